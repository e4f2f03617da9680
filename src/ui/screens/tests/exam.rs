//! Mock exams: the start screen, a question in lines, the overview, results, the list, the review.

use chrono::{DateTime, FixedOffset};

use super::{Learner, PLAIN, day, in_every_look};
use crate::ui::exam_prompt::{ExamCell, ExamMap, ExamPrompt, ExamTime};
use crate::ui::screens::exam::{
    ChanceChange, DomainLine, Earlier, ExamLine, ExamResultView, OpenView, PassLine, ReviewView, StartView,
    go_on, list, open_or_left, overview, question, result, review, start,
};
use crate::ui::screens::question::Marks;
use badgedex_domain::grading::{Reply, Verdict};
use badgedex_domain::journal::{ExamEnd, ExamId};
use badgedex_domain::mock_exam::ExamClock;
use badgedex_domain::mock_exam::answers::asked_in;
use badgedex_domain::question::Question;

const TITLE: &str = "Cloud Practitioner (CLF-C02)";

fn noon() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T12:00:00+00:00").unwrap()
}

fn forty_colleagues() -> Question {
    let library = Learner::beginner().library;
    let mut question =
        library.questions().find(|q| q.id.as_str() == "article/forty-colleagues").unwrap().clone();
    question.reasons = question.kind.choices().iter().map(|choice| format!("Why {choice} is so.")).collect();
    question
}

fn full() -> StartView<'static> {
    StartView {
        title: TITLE,
        form: Some("b"),
        questions: 65,
        minutes: Some(117),
        extra_percent: 30,
        full_length: Some(65),
        fresh: 65,
    }
}

#[test]
fn what_an_exam_will_be_like_is_said_before_it_begins() {
    in_every_look("exam_start", |look| start(look, &full()));
    let short = StartView { form: None, questions: 20, minutes: None, extra_percent: 0, fresh: 7, ..full() };
    in_every_look("exam_start_short", |look| start(look, &short));
    let known = StartView { fresh: 0, ..full() };
    assert!(start(&PLAIN, &known).contains("You have seen all of them before"));
    let open = OpenView { title: TITLE, questions: 65, answered: 12, seconds_left: Some(4230) };
    in_every_look("exam_go_on", |look| go_on(look, &open));
}

#[test]
fn a_question_of_an_exam_and_the_overview_in_lines() {
    let forty = forty_colleagues();
    let asked = asked_in(&ExamId::new("e"), &forty);
    let cells: Vec<ExamCell> =
        (0..12).map(|n| ExamCell { is_answered: n % 3 > 0, is_flagged: n == 4 }).collect();
    let clock = ExamClock::started(noon(), Some(4));
    let time = ExamTime { clock: &clock, now: &noon };
    let reply = Reply::Choice(1);
    let prompt =
        ExamPrompt { place: 4, asked: &asked, reply: Some(&reply), cells: &cells, time, is_new: true };
    insta::assert_snapshot!("exam_question_plain", question(&PLAIN, &prompt));
    let map = ExamMap { cells: &cells, here: 4, time };
    insta::assert_snapshot!("exam_overview_plain", overview(&PLAIN, &map));
}

fn of_65(right: usize, fresh: usize) -> ExamResultView<'static> {
    let domain = |title: &str, questions, right| DomainLine { title: title.to_owned(), questions, right };
    ExamResultView {
        number: 2,
        title: TITLE,
        form: Some("b"),
        how: ExamEnd::Submitted,
        minutes: Some(90),
        used_seconds: 3845,
        breaks: 0,
        questions: 65,
        answered: 64,
        right,
        fresh,
        pass: PassLine { share: 0.7, is_published: false },
        domains: vec![
            domain("Cloud Concepts", 16, 13),
            domain("Security and Compliance", 19, 16),
            domain("Cloud Technology and Services", 22, 15),
            domain("Billing, Pricing, and Support", 8, 5),
        ],
        earlier: vec![Earlier { number: 1, right: 43, questions: 65 }],
        chance: Some(ChanceChange {
            on: day("2026-12-21"),
            today: day("2026-11-23"),
            before: Some(0.62),
            after: Some(0.81),
        }),
    }
}

#[test]
fn a_result_shows_the_pass_mark_the_domains_and_what_it_is_worth() {
    in_every_look("exam_result", |look| result(look, &of_65(49, 65)));
    let late = ExamResultView {
        how: ExamEnd::TimeUp,
        breaks: 2,
        pass: PassLine { share: 0.75, is_published: true },
        chance: Some(ChanceChange {
            on: day("2026-11-23"),
            today: day("2026-11-23"),
            before: None,
            after: Some(0.02),
        }),
        ..of_65(0, 12)
    };
    in_every_look("exam_result_time_up", |look| result(look, &late));
    let all = ExamResultView { answered: 65, earlier: Vec::new(), chance: None, ..of_65(65, 0) };
    in_every_look("exam_result_all_right", |look| result(look, &all));
    in_every_look("exam_left", |look| {
        open_or_left(look, "Mock exam, Cloud Practitioner (CLF-C02)", day("2026-11-23"), (3, 65), false)
    });
}

#[test]
fn the_list_is_a_small_chart() {
    let exam = |number, right: Option<usize>, is_open| ExamLine {
        number,
        title: TITLE.to_owned(),
        form: (number < 3).then(|| "a".to_owned()),
        on: day("2026-11-23"),
        questions: 65,
        answered: 12,
        right,
        is_open,
    };
    let exams =
        [exam(1, Some(43), false), exam(2, Some(49), false), exam(3, None, false), exam(4, None, true)];
    in_every_look("exam_list", |look| list(look, &exams));
    in_every_look("exam_list_empty", |look| list(look, &[]));
}

#[test]
fn a_review_names_every_choice_with_its_reason() {
    let forty = forty_colleagues();
    let asked = asked_in(&ExamId::new("e"), &forty);
    let right = (0..4).find(|place| asked.answer.is_right(*place)).unwrap();
    let reply = Reply::Choice((right + 1) % asked.answer.choices().len());
    let view = ReviewView {
        place: (2, 16),
        number: 12,
        topic: "Costs",
        question: &forty,
        asked: &asked,
        reply: Some(&reply),
        verdict: Verdict::Wrong,
        was_flagged: true,
        was_unsure: true,
        marks: Marks { flag: None, note: Some("Four tens.") },
    };
    in_every_look("exam_review", |look| review(look, &view));
    let open =
        ReviewView { reply: None, was_flagged: false, was_unsure: false, marks: Marks::default(), ..view };
    in_every_look("exam_review_open", |look| review(look, &open));
}
