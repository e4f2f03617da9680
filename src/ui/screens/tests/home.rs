//! The head of the menu, and what is due.

use super::{day, in_every_look, today};
use crate::ui::screens::{due, home};
use badgedex_domain::comeback::ComeBack;
use badgedex_domain::history::DayTotals;
use badgedex_domain::levels::MemoryDays;
use badgedex_domain::settings::Goal;
use badgedex_domain::streak::{Lost, Streak};

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
            title: "Cloud Practitioner (CLF-C02)".into(),
            when: "exam in 21 days, Mon 21 Dec".into(),
            mastery: Some(0.62),
        }),
        sitting: 24,
        new: 9,
        exam: None,
        next: None,
        ..full.clone()
    };
    in_every_look("home_with_target", |look| home::head(look, &with_target));
    let morning =
        home::Morning { name: "AWS Certified Cloud Practitioner".into(), place: Some("online".into()) };
    let exam_day = home::Head { morning: Some(morning), ..with_target.clone() };
    in_every_look("home_exam_day", |look| home::head(look, &exam_day));
    let calm = home::Head { streak: None, has_levels: false, ..full };
    in_every_look("home_calm", |look| home::head(look, &calm));
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
    };
    in_every_look("due", |look| due::due(look, &of_topics));
}
