//! The end of a sitting, and what is said if there is nothing to ask.

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{Learner, day, in_every_look, today};
use crate::session::Session;
use crate::ui::screens::summary;
use badgedex_domain::awards::{Award, AwardState};
use badgedex_domain::grading::Reply;
use badgedex_domain::selection::Selection;

#[test]
fn the_end_of_a_sitting() {
    let learner = Learner::of_some_weeks();
    let before = Learner::beginner();
    let knowledge = learner.knowledge();
    let ids: Vec<_> =
        learner.library.questions().filter(|q| q.topic == "expiry").map(|q| q.id.clone()).take(6).collect();
    let mut session = Session::new("s".into(), &ids, false);
    let mut rng = StdRng::seed_from_u64(7);
    while session.next(&knowledge, &mut rng).is_some() && session.answers() < 6 {
        session.answer(&Reply::DontKnow);
    }
    let done = session.summary(&before.overview(), &learner.overview(), &knowledge);
    let worse = session.summary(&learner.overview(), &before.overview(), &before.knowledge());
    let ending = |still_due| summary::Ending {
        catalogs: learner.library.catalogs(),
        mastered: done.mastered.iter().filter_map(|id| learner.library.question(id)).collect(),
        seconds: 220,
        coming: vec![(day("2026-11-24"), 6), (day("2026-11-25"), 11)],
        still_due,
        memory: (412.4, 449.9),
        explains: summary::Explained { memory: true, mastered: true },
        awards: vec![AwardState { award: Award::FirstRoots, have: 1, need: 1, earned_on: Some(today()) }],
        exam: Some(summary::ExamDay {
            name: "DVA".into(),
            on: day("2026-12-05"),
            mean: 0.62,
            topics: vec![("Costs".into(), 0.4), ("Expiry and renewal".into(), 0.9)],
            only_facts: true,
        }),
        exam_days: None,
        today: today(),
    };
    in_every_look("summary", |look| summary::summary(look, &done, &ending(0)));
    in_every_look("summary_fading", |look| summary::summary(look, &worse, &ending(3)));
}

#[test]
fn nothing_to_ask() {
    let selection = Selection { waiting: 84, ..Selection::default() };
    in_every_look("nothing_due", |look| {
        summary::nothing(look, &selection, &[(day("2026-11-24"), 6)], today(), false)
    });
    in_every_look("nothing_due_here", |look| {
        summary::nothing(look, &selection, &[(day("2026-11-24"), 6)], today(), true)
    });
}
