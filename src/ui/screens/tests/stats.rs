//! The figures and the awards.

use super::{Learner, answered, day, in_every_look, today};
use crate::ui::screens::{awards, stats};
use badgedex_domain::exam_days::LookBack;
use badgedex_domain::overview::Overview;
use badgedex_domain::readiness::Prediction;

/// A learner of five months: every third day some questions, the hard ones wrong every other time.
fn of_months(until: &[&str]) -> Learner {
    let shelf = badgedex_packs::load(&[], today()).library;
    let questions: Vec<_> = shelf.questions().take(60).collect();
    let days: Vec<String> = (0..50)
        .map(|n| (day("2026-06-20") + chrono::Days::new(n * 3)).to_string())
        .chain(until.iter().map(|day| (*day).to_owned()))
        .collect();
    let mut deeds = Vec::new();
    for (n, at) in days.iter().enumerate() {
        for (i, question) in questions.iter().enumerate().filter(|(i, _)| (i + n) % (3 + i % 5) == 0) {
            let correct = i % 9 > 0 || n % 2 == 0;
            deeds.push((at.as_str(), answered(question.id.as_str(), correct)));
        }
    }
    Learner::new(deeds)
}

/// A real exam, and what was forecast two weeks before.
fn real_exam(on: &str, chance: Option<f64>, passed: bool) -> stats::RealExamLine {
    let on = day(on);
    let look_back = LookBack { on, made_on: on - chrono::Days::new(14), forecast: 0.84, known: 0.82 };
    stats::RealExamLine {
        short: "CLF".into(),
        told: Prediction { on, chance, passed },
        look_back: passed.then_some(look_back),
    }
}

#[test]
fn the_figures_of_every_history() {
    let some = |overview: &Overview, name: &str, gamification| {
        in_every_look(name, |look| {
            stats::stats(look, &stats::Stats { overview, gamification, goal: None, exams: &[] })
        });
    };
    some(&Learner::beginner().overview(), "stats_empty", true);
    some(&Learner::of_some_weeks().overview(), "stats_small", true);
    let large = of_months(&[]).overview();
    some(&large, "stats_large", true);
    some(&large, "stats_off", false);
    some(&of_months(&["2030-01-01", "1999-01-01"]).overview(), "stats_broken", true);
    let exams = [real_exam("2026-03-02", Some(0.62), false), real_exam("2026-11-02", Some(0.81), true)];
    in_every_look("stats_real_exams", |look| {
        let overview = &Learner::of_some_weeks().overview();
        stats::stats(look, &stats::Stats { overview, gamification: false, goal: None, exams: &exams })
    });
    in_every_look("awards", |look| awards::awards(look, &large.awards));
}
