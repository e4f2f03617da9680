//! Mock exams: what is drawn, what a journal says of them, their clock and their result.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use serde_json::{Map, json};

use super::answers::{asked_in, given, reply};
use super::drawing::{Candidate, DrawError, DrawRequest, DrawnExam, draw};
use super::*;
use crate::catalog::CredentialId;
use crate::grading::Reply;
use crate::journal::QuestionRevision;
use crate::question::{Key, Kind, Question};

const QUESTIONS: [&str; 4] = ["p/a", "p/b", "p/c", "p/d"];

fn noon() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap()
}

fn question(id: &str) -> QuestionId {
    QuestionId::new(id)
}

fn target() -> Target {
    Target::Credential(CredentialId::new("c"))
}

fn exam() -> ExamId {
    ExamId::new("e")
}

fn start(form: Option<&str>, minutes: Option<u32>) -> Deed {
    let asked = |id: &&str| QuestionRevision { question: question(id), revision: None };
    Deed::ExamStarted(ExamStarted {
        exam: exam(),
        credential: Some(CredentialId::new("c")),
        pack: None,
        exam_form: form.map(str::to_owned),
        minutes,
        questions: QUESTIONS.iter().map(asked).collect(),
    })
}

fn mark(id: &str, given: Value, flagged: bool, took_ms: u64) -> Deed {
    let took_ms = Some(took_ms);
    Deed::ExamMarked(ExamMarked { exam: exam(), question: question(id), given, flagged, took_ms })
}

fn answer(id: &str) -> Deed {
    mark(id, json!([0]), false, 1000)
}

fn finish(how: ExamEnd) -> Deed {
    Deed::ExamFinished { exam: exam(), how }
}

fn pause() -> Deed {
    Deed::ExamPaused { exam: exam() }
}

fn resume() -> Deed {
    Deed::ExamResumed { exam: exam() }
}

/// Events at these minutes after noon; their ids count from 1.
fn events(story: &[(i64, Deed)]) -> Vec<Event> {
    let event = |((minute, deed), id): (&(i64, Deed), u128)| Event {
        id: Uuid::from_u128(id),
        at: noon() + TimeDelta::minutes(*minute),
        device: "d".into(),
        deed: deed.clone(),
        extra: Map::new(),
    };
    story.iter().zip(1..).map(event).collect()
}

fn after(story: &[(i64, Deed)]) -> MockExam {
    MockExams::of(&events(story)).get(&exam()).expect("the exam was begun").clone()
}

#[test]
fn the_last_mark_of_a_question_holds() {
    let exam = after(&[
        (0, start(None, Some(90))),
        (1, answer("p/a")),
        (2, mark("p/a", json!([2]), true, 5000)),
        (3, answer("p/b")),
        (4, mark("p/b", Value::Null, false, 9000)),
    ]);
    assert_eq!(exam.given(&question("p/a")), Some(&json!([2])));
    assert!(exam.is_flagged(&question("p/a")) && !exam.is_flagged(&question("p/b")));
    assert_eq!((exam.answered(), exam.first_open()), (1, Some(1)));
    assert!(exam.is_open() && exam.how().is_none());
}

#[test]
fn after_the_last_question_comes_the_first_open_one_or_the_last_again() {
    let open = after(&[(0, start(None, None)), (1, answer("p/a")), (2, answer("p/d"))]);
    assert_eq!([0, 1, 2, 3].map(|place| open.place_after(place)), [1, 2, 3, 1]);
    let marks = QUESTIONS.iter().map(|id| (1, answer(id)));
    let story: Vec<(i64, Deed)> = [(0, start(None, None))].into_iter().chain(marks).collect();
    assert_eq!(after(&story).place_after(3), 3);
}

#[test]
fn time_runs_from_start_or_resume_to_the_last_mark_or_the_pause() {
    let minutes = |story: &[(i64, Deed)]| {
        let exam = after(story);
        (exam.clock.used_seconds() / 60, exam.clock.breaks())
    };
    let begun = [(0, start(None, Some(90))), (10, answer("p/a"))];
    assert_eq!(minutes(&begun), (10, 0));
    // A break that was told, and one because the program was killed.
    let paused = [&begun[..], &[(15, pause()), (75, resume()), (80, answer("p/b"))]].concat();
    assert_eq!(minutes(&paused), (20, 1));
    let killed = [&begun[..], &[(600, resume()), (605, answer("p/b"))]].concat();
    assert_eq!(minutes(&killed), (15, 1));
    let submitted = [&paused[..], &[(300, finish(ExamEnd::Submitted))]].concat();
    assert_eq!(minutes(&submitted), (20, 1));
    let time_up = [&paused[..], &[(300, finish(ExamEnd::TimeUp))]].concat();
    assert_eq!(minutes(&time_up), (90, 1));
}

#[test]
fn a_mark_after_the_end_changes_nothing() {
    let exam = after(&[
        (0, start(None, None)),
        (1, answer("p/a")),
        (2, finish(ExamEnd::Submitted)),
        (3, answer("p/b")),
    ]);
    assert_eq!((exam.answered(), exam.clock.used_seconds()), (1, 60));
}

#[test]
fn unanswered_questions_are_wrong_and_an_exam_that_was_left_has_no_result() {
    let story = [
        (0, start(None, None)),
        (1, answer("p/a")),
        (1, answer("p/b")),
        (1, answer("p/c")),
        (2, finish(ExamEnd::Submitted)),
    ];
    let domain = |id: &QuestionId| Some(usize::from(id.as_str() > "p/b"));
    let result = after(&story).result(|id| id.as_str() != "p/b", domain, 2).unwrap();
    assert_eq!((result.questions, result.answered, result.right, result.share()), (4, 3, 2, 0.5));
    let halves: Vec<(usize, usize)> = result.domains.iter().map(|d| (d.questions, d.right)).collect();
    assert_eq!(halves, [(2, 1), (2, 1)]);

    let left = [&story[..4], &[(2, finish(ExamEnd::Left))]].concat();
    assert_eq!(after(&left).result(|_| true, domain, 2), None);
    assert_eq!(after(&story[..4]).result(|_| true, domain, 2), None);
}

#[test]
fn an_answer_is_unsure_if_it_was_changed_or_took_more_than_twice_the_median() {
    let exam = after(&[
        (0, start(None, None)),
        (1, mark("p/a", json!([0]), false, 30_000)),
        (2, mark("p/b", json!([1]), false, 61_000)),
        (3, mark("p/c", json!([1]), false, 20_000)),
        (4, mark("p/c", json!([2]), false, 20_000)),
    ]);
    let unsure: Vec<bool> = QUESTIONS.iter().map(|id| exam.is_unsure(&question(id))).collect();
    assert_eq!(unsure, [false, true, true, false]);
}

#[test]
fn choices_that_are_marked_one_after_the_other_are_one_answer() {
    for (second, is_changed) in [
        (json!([0, 3]), false),
        (json!([3, 0]), false),
        (json!([0]), false),
        (json!([3]), true),
        (json!([1, 3]), true),
        (Value::Null, true),
    ] {
        let exam = after(&[
            (0, start(None, None)),
            (1, mark("p/a", json!([0]), false, 1000)),
            (2, mark("p/a", second.clone(), false, 1000)),
        ]);
        assert_eq!(exam.mark(&question("p/a")).unwrap().is_changed, is_changed, "{second}");
    }
}

#[test]
fn a_clock_that_was_set_back_uses_no_time() {
    let resumed = Deed::ExamResumed { exam: exam() };
    let exam = after(&[(-600, resumed), (0, start(None, Some(90))), (1, answer("p/a"))]);
    assert_eq!((exam.answered(), exam.clock.used_seconds()), (1, 60));
}

#[test]
fn who_undoes_the_end_or_the_start_of_an_exam_has_left_it() {
    let story = [(0, start(Some("a"), None)), (1, answer("p/a")), (2, finish(ExamEnd::Submitted))];
    for undone in [1, 3] {
        let retracted = Deed::Retracted { event: Uuid::from_u128(undone) };
        let exams = MockExams::of(&events(&[&story[..], &[(3, retracted)]].concat()));
        assert_eq!(exams.all()[0].how(), Some(ExamEnd::Left));
        assert_eq!(exams.used_forms(&target()).len(), 1);
        assert_eq!(exams.released().len(), 4);
    }
    let retracted = Deed::Retracted { event: Uuid::from_u128(2) };
    assert_eq!(after(&[&story[..2], &[(3, retracted)]].concat()).answered(), 0);
}

#[test]
fn questions_are_hidden_while_their_exam_is_open_and_released_afterwards() {
    let open = [(0, start(Some("a"), None)), (1, answer("p/a"))];
    let exams = MockExams::of(&events(&open));
    assert_eq!((exams.hidden().len(), exams.released().len()), (4, 0));
    assert_eq!(exams.open(&target()).map(MockExam::id), Some(&exam()));

    let over = [&open[..], &[(2, finish(ExamEnd::Left))]].concat();
    let exams = MockExams::of(&events(&over));
    assert_eq!((exams.hidden().len(), exams.released().len()), (0, 4));
    assert!(exams.open(&target()).is_none());
    assert_eq!(exams.last_asked(&question("p/a")), Some(noon()));
}

#[test]
fn a_question_is_fresh_if_it_was_never_answered_and_in_no_earlier_exam() {
    let mut second = start(None, None);
    if let Deed::ExamStarted(started) = &mut second {
        started.exam = ExamId::new("f");
        started.questions.truncate(1);
        started.questions.push(QuestionRevision { question: question("p/e"), revision: None });
    }
    let exams = MockExams::of(&events(&[(0, start(None, None)), (9, second)]));
    let fresh = |exam: usize| exams.fresh(&exams.all()[exam], |id| id.as_str() == "p/b");
    assert_eq!((fresh(0), fresh(1)), (3, 1));
}

proptest! {
    #[test]
    fn an_exam_is_the_same_whatever_the_order_of_its_events(
        story in prop::collection::vec((0..60_i64, deed()), 0..12),
        turn in 0..12_usize,
    ) {
        let mut shuffled = events(&story);
        let exams = MockExams::of(&shuffled);
        shuffled.reverse();
        let turn = turn.min(shuffled.len());
        shuffled.rotate_left(turn);
        prop_assert_eq!(MockExams::of(&shuffled), exams);
    }

    #[test]
    fn no_exam_takes_longer_than_it_may(story in prop::collection::vec((0..600_i64, deed()), 0..12)) {
        for exam in MockExams::of(&events(&story)).all() {
            let limit = exam.started.minutes.map_or(u64::MAX, |minutes| u64::from(minutes) * 60);
            prop_assert!(exam.clock.used_seconds() <= limit);
        }
    }

    #[test]
    fn a_reply_comes_back_from_what_was_marked(choices in 2..6_usize, picks in prop::collection::vec(any::<bool>(), 6)) {
        let texts: Vec<String> = (0..choices).map(|n| format!("choice {n}")).collect();
        let keys: Vec<usize> = (0..choices).filter(|n| picks[*n]).collect();
        prop_assume!(!keys.is_empty());
        let kind = Kind::AnyOf { choices: texts, keys: keys.clone(), size_stated: true, shuffle: true };
        let question = Question::new(QuestionId::new("p/q"), "t", "Which?", kind);
        let asked = asked_in(&exam(), &question);
        let Key::AnyOf { keys: right, .. } = &asked.answer else { panic!("it has choices") };
        let marked = given(&question, &asked, &Reply::Choices(right.clone()));
        prop_assert_eq!(&marked, &json!(keys));
        let Some(Reply::Choices(mut again)) = reply(&question, &asked, &marked) else { panic!("it fits") };
        again.sort_unstable();
        prop_assert_eq!(&again, right);
    }
}

fn deed() -> impl Strategy<Value = Deed> {
    let any_mark = (0..4_usize, prop::option::of(0..3_usize), any::<bool>());
    prop_oneof![
        Just(start(None, Some(5))),
        any_mark.prop_map(|(id, given, flagged)| mark(
            QUESTIONS[id],
            json!(given.map(|g| [g])),
            flagged,
            1000
        )),
        Just(pause()),
        Just(resume()),
        Just(finish(ExamEnd::Submitted)),
        Just(finish(ExamEnd::TimeUp)),
        Just(finish(ExamEnd::Left)),
        (1..9_u128).prop_map(|id| Deed::Retracted { event: Uuid::from_u128(id) }),
    ]
}

#[test]
fn an_exam_shows_a_question_in_one_order_on_every_device() {
    let choices: Vec<String> = (0..5).map(|n| format!("choice {n}")).collect();
    let kind = Kind::OneOf { choices, key: 2, typed: Vec::new(), shuffle: true };
    let one = Question::new(QuestionId::new("p/q"), "t", "Which?", kind);
    assert_eq!(asked_in(&exam(), &one), asked_in(&exam(), &one));
    let orders: BTreeSet<String> =
        (0..20).map(|n| asked_in(&ExamId::new(n.to_string()), &one).answer.choices().join(" ")).collect();
    assert!(orders.len() > 10);
}

#[test]
fn at_the_end_each_answered_question_has_an_answer() {
    let question_of = |id: &str, kind: Kind| Question::new(QuestionId::new(id), "t", id, kind);
    let choices = || ["one", "two", "three", "four"].map(str::to_owned).to_vec();
    let one_of = Kind::OneOf { choices: choices(), key: 1, typed: vec!["two".into()], shuffle: true };
    let any_of = Kind::AnyOf { choices: choices(), keys: vec![0, 2], size_stated: true, shuffle: true };
    let pack = [
        question_of("p/a", one_of),
        question_of("p/b", any_of),
        question_of("p/c", Kind::TrueFalse { key: false }),
        question_of("p/d", Kind::Typed { accepted: vec!["port 22".into()] }),
    ];
    let exam = after(&[
        (0, start(None, None)),
        (1, mark("p/a", json!([1]), false, 1000)),
        (2, mark("p/b", json!([2]), true, 2000)),
        (3, mark("p/c", json!([1]), false, 3000)),
        (4, finish(ExamEnd::Submitted)),
    ]);
    let answers = exam.answers(|id| pack.iter().find(|question| question.id == *id));
    let told: Vec<_> = answers.iter().map(|a| (a.question.as_str(), a.correct, a.given.clone())).collect();
    assert_eq!(
        told,
        [("p/a", true, json!("two")), ("p/b", false, json!(["three"])), ("p/c", true, json!("False"))]
    );
    assert_eq!(answers.iter().map(|a| a.guess).collect::<Vec<_>>(), [0.25, 1.0 / 6.0, 0.5]);
    assert!(answers.iter().all(|a| a.exam == Some(ExamId::new("e")) && !a.hint && !a.cram));
}

#[test]
fn what_no_longer_fits_the_question_is_wrong() {
    let kind =
        Kind::OneOf { choices: vec!["one".into(), "two".into()], key: 0, typed: Vec::new(), shuffle: true };
    let question = Question::new(QuestionId::new("p/q"), "t", "Which?", kind);
    let asked = asked_in(&exam(), &question);
    for marked in [json!([2]), json!([0, 1]), json!("one"), json!([-1]), json!([])] {
        assert_eq!(reply(&question, &asked, &marked), None, "{marked}");
    }
}

/// Two domains of three to one: twelve questions of the first, eight of the second, two forms of four.
fn bank() -> Vec<Candidate> {
    let candidate = |id: String, domain: usize, form: Option<&str>| Candidate {
        question: QuestionId::new(id),
        domain: Some(domain),
        form: form.map(str::to_owned),
        last_seen: None,
    };
    let first = (0..12).map(|n| candidate(format!("p/x{n:02}"), 0, None));
    let second = (0..8).map(|n| candidate(format!("p/y{n:02}"), 1, None));
    let held =
        ["a", "b"].map(|form| (0..4).map(move |n| candidate(format!("p/{form}{n}"), n % 2, Some(form))));
    first.chain(second).chain(held.into_iter().flatten()).collect()
}

fn drawn(
    bank: &[Candidate],
    exam: &str,
    length: Option<usize>,
    form: Option<&str>,
    used: &[&str],
) -> Result<DrawnExam, DrawError> {
    let (exam, used_forms) = (ExamId::new(exam), used.iter().copied().collect());
    let blueprint = &|questions: usize| vec![questions - questions / 4, questions / 4];
    draw(&DrawRequest { exam: &exam, blueprint, full_length: 8, length, form, used_forms: &used_forms }, bank)
}

fn domains(bank: &[Candidate], exam: &DrawnExam) -> [usize; 2] {
    let of = |domain| {
        let is_in = |c: &&Candidate| c.domain == Some(domain) && exam.questions.contains(&c.question);
        bank.iter().filter(is_in).count()
    };
    [of(0), of(1)]
}

#[test]
fn a_full_exam_is_the_first_form_that_was_never_used() {
    let form = |used: &[&str]| drawn(&bank(), "e", None, None, used).unwrap().form;
    assert_eq!(form(&[]).as_deref(), Some("a"));
    assert_eq!(form(&["a"]).as_deref(), Some("b"));
    assert_eq!(form(&["a", "b"]), None);
    let exam = drawn(&bank(), "e", Some(8), None, &[]).unwrap();
    assert_eq!(exam.form.as_deref(), Some("a"), "as many as the exam has is the full length");
}

#[test]
fn a_shorter_exam_keeps_the_blueprint_and_leaves_the_forms_alone() {
    let bank = bank();
    let exam = drawn(&bank, "e", Some(4), None, &["a"]).unwrap();
    assert_eq!((exam.form.as_deref(), exam.fresh, domains(&bank, &exam)), (None, 4, [3, 1]));
    assert!(exam.questions.iter().all(|id| !id.as_str().starts_with("p/b")));
}

#[test]
fn a_form_that_is_wanted_is_asked_again_or_in_part() {
    let mut bank = bank();
    let again = drawn(&bank, "e", None, Some("A"), &["a"]).unwrap();
    assert_eq!((again.form.as_deref(), again.questions.len()), (Some("a"), 4));
    bank.iter_mut().filter(|c| c.form.is_some()).for_each(|c| c.last_seen = Some(noon()));
    let part = drawn(&bank, "e", Some(2), Some("a"), &["a"]).unwrap();
    assert_eq!((part.questions.len(), part.fresh), (2, 0));
    let unknown = drawn(&bank, "e", None, Some("c"), &[]).unwrap_err();
    assert_eq!(unknown.to_string(), "there is no form \"c\"; forms: a, b");
}

#[test]
fn fresh_questions_come_first_and_then_those_not_seen_for_the_longest_time() {
    let mut bank = bank();
    let seen = |n: usize| noon() - TimeDelta::days(n as i64);
    for (n, candidate) in bank.iter_mut().enumerate().filter(|(_, c)| c.form.is_none()) {
        candidate.last_seen = (n > 1).then(|| seen(n));
    }
    let exam = drawn(&bank, "e", Some(4), None, &[]).unwrap();
    let mut ids: Vec<&str> = exam.questions.iter().map(QuestionId::as_str).collect();
    ids.sort_unstable();
    assert_eq!((ids, exam.fresh), (vec!["p/x00", "p/x01", "p/x11", "p/y07"], 2));
}

#[test]
fn a_domain_with_too_few_questions_is_filled_up_from_others() {
    let bank: Vec<Candidate> =
        bank().into_iter().filter(|c| c.form.is_none() && c.domain == Some(1)).collect();
    assert_eq!(drawn(&bank, "e", None, None, &[]).unwrap().questions.len(), 8);
    assert_eq!(drawn(&bank, "e", Some(20), None, &[]).unwrap().questions.len(), 8);
    assert_eq!(drawn(&[], "e", None, None, &[]), Err(DrawError::NoQuestions));
}

#[test]
fn an_exam_draws_the_same_questions_in_the_same_order_whatever_the_order_of_the_bank() {
    let mut bank = bank();
    let exam = drawn(&bank, "e", Some(6), None, &[]).unwrap();
    bank.reverse();
    assert_eq!(drawn(&bank, "e", Some(6), None, &[]).unwrap(), exam);
    assert_ne!(drawn(&bank, "f", Some(6), None, &[]).unwrap(), exam);
}

#[test]
fn mock_exams_are_proposed_for_the_middle_and_for_five_days_before_the_exam() {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let (begun, exam) = (day("2026-12-01"), day("2026-12-31"));
    for (today, forms, proposed) in [
        ("2026-12-01", 1, vec!["2026-12-26"]),
        ("2026-12-01", 2, vec!["2026-12-16", "2026-12-26"]),
        ("2026-12-01", 3, vec!["2026-12-16", "2026-12-21", "2026-12-26"]),
        // Days that were missed are made up for today.
        ("2026-12-20", 2, vec!["2026-12-20", "2026-12-26"]),
        ("2026-12-29", 2, vec!["2026-12-29"]),
        ("2026-12-31", 2, vec![]),
        ("2026-12-01", 0, vec![]),
    ] {
        let days = proposed_days(begun, day(today), exam, forms);
        assert_eq!(days, proposed.into_iter().map(day).collect::<Vec<_>>(), "{today}, {forms} forms");
    }
    let (from, soon) = (day("2026-12-01"), day("2026-12-04"));
    assert_eq!(proposed_days(from, from, soon, 2), [from], "a short time has room for one");
}
