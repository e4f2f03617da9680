//! The head of the menu, and what is due.

use super::{day, in_every_look, today};
use crate::ui::screens::exam_days::{CatchUp, ExamDaysView};
use crate::ui::screens::{due, home};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::comeback::ComeBack;
use badgedex_domain::exam_days::{DoneToday, Forecast, Outlook};
use badgedex_domain::history::DayTotals;
use badgedex_domain::levels::MemoryDays;
use badgedex_domain::selection::ExamToday;
use badgedex_domain::settings::Goal;
use badgedex_domain::streak::{Lost, Streak};
use badgedex_domain::target::Target;

#[test]
fn the_head_of_the_menu() {
    let full = home::Head {
        today: today(),
        target: None,
        morning: None,
        sitting: 15,
        due: 12,
        new: 3,
        streak: Some(home::StreakLine {
            streak: Streak { days: 6, longest: 9, rest_days: 1, is_today_done: false, lost: None },
            goal: Some(Goal::Answers(10)),
            today: DayTotals { answers: 3, ..DayTotals::default() },
        }),
        memory: MemoryDays { days: 412.0, faded: 38.0 },
        has_levels: true,
        come_back: None,
        seconds_per_question: 18.0,
        held: 4,
        obtainable: 12,
        exam: Some(("SAA".into(), day("2026-12-11"))),
        expiry: None,
        next: Some("Cloud Practitioner: mastery 62 %, step 2 of 7. Study for it.".into()),
    };
    in_every_look("home", |look| home::head(look, &full));
    let lost =
        Streak { lost: Some(Lost { days: 12, on: day("2026-05-03") }), longest: 40, ..Streak::default() };
    let after_a_break = home::Head {
        due: 412,
        streak: full.streak.map(|line| home::StreakLine { streak: lost, ..line }),
        memory: MemoryDays { days: 3_900.0, faded: 2_950.0 },
        come_back: Some(ComeBack { questions: 20, is_after_break: true, days: Some(23) }),
        ..full.clone()
    };
    in_every_look("home_after_a_break", |look| home::head(look, &after_a_break));
    let with_target = home::Head {
        target: Some(home::TargetLine {
            chance: Some("7 in 10 to pass, as things stand; 34 to 43 of 50 right".into()),
            title: "Cloud Practitioner (CLF-C02)".into(),
            when: "exam in 21 days, Mon 21 Dec".into(),
            mastery: Some(0.62),
            exam_days: None,
        }),
        sitting: 24,
        new: 9,
        exam: None,
        next: None,
        ..full.clone()
    };
    in_every_look("home_with_target", |look| home::head(look, &with_target));
    let before_an_exam = |exam_days| {
        let target = with_target.target.clone().map(|line| home::TargetLine { exam_days, ..line });
        home::Head { target, ..with_target.clone() }
    };
    let on_course = before_an_exam(Some(exam_days(0.86, Some(18))));
    in_every_look("home_on_course", |look| home::head(look, &on_course));
    let behind = before_an_exam(Some(exam_days(0.74, Some(31))));
    in_every_look("home_behind", |look| home::head(look, &behind));
    let morning =
        home::Morning { name: "AWS Certified Cloud Practitioner".into(), place: Some("online".into()) };
    let exam_day = home::Head { morning: Some(morning), ..with_target.clone() };
    in_every_look("home_exam_day", |look| home::head(look, &exam_day));
    let calm = home::Head { streak: None, has_levels: false, ..full };
    in_every_look("home_calm", |look| home::head(look, &calm));
}

/// 21 days before an exam, at 24 answers a day.
fn exam_days(forecast: f64, needed: Option<u32>) -> ExamDaysView {
    let today = ExamToday {
        target: Target::Credential(CredentialId::new("aws-cloud-practitioner")),
        on: day("2026-12-14"),
        daily: 24,
        done: DoneToday::default(),
        questions: 24,
        new: 9,
    };
    let forecast = Forecast { mid: forecast, low: forecast - 0.08, high: forecast + 0.05 };
    let outlook = Some(Outlook { forecast, is_rough: needed.is_none(), needed });
    ExamDaysView { name: "Cloud Practitioner".into(), today, outlook, is_day_off: false }
}

#[test]
fn what_is_said_about_the_days_before_an_exam() {
    let view = exam_days(0.8, None);
    assert_eq!(view.todays(), "24 questions today, 9 of them new.");
    let sentence = "At this pace you would remember about 80 % on 14 December 2026 (72 to 85 %). A rough guess until you have met 20 questions.";
    assert_eq!(view.at_this_pace().as_deref(), Some(sentence));
    assert_eq!(view.more_a_day().as_deref(), Some("No daily number would bring it to 85 % by then."));
    assert_eq!(exam_days(0.9, Some(20)).more_a_day(), None);
    let left = |questions, new, answers, is_day_off| {
        let today = ExamToday { questions, new, done: DoneToday { answers, new: 0 }, ..view.today.clone() };
        ExamDaysView { today, is_day_off, ..view.clone() }.todays()
    };
    assert_eq!(left(1, 0, 0, false), "1 question today.");
    assert_eq!(left(2, 2, 0, false), "2 new questions today.");
    assert_eq!(left(0, 0, 24, false), "Today's questions are done; the rest of the day is free.");
    assert_eq!(left(0, 0, 3, true), "Today is a day off.");
    assert_eq!(left(0, 0, 0, false), "Nothing to study today.");
}

#[test]
fn what_is_due() {
    let of_topics = due::Due {
        topics: vec![
            ("The article".into(), "Costs".into(), 3),
            ("The article".into(), "Recommended order".into(), 12),
            ("What the catalogs say".into(), "Catalog: tiers".into(), 1),
        ],
        total: 16,
        new: 1,
        ..due::Due::default()
    };
    in_every_look("due", |look| due::due(look, &of_topics));
    let behind = due::Due {
        exam: Some(exam_days(0.74, Some(31))),
        catch_up: vec![CatchUp::More(31), CatchUp::Fewer(40)],
        ..of_topics
    };
    in_every_look("due_before_an_exam", |look| due::due(look, &behind));
}
