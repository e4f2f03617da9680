//! A question, its hint, its answer and its verdict.

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{Learner, day, in_every_look, today};
use crate::session::{Session, Turn};
use crate::ui::screens::question::Marks;
use crate::ui::screens::verdict::{self, VerdictView};
use crate::ui::screens::{packs, question};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::grading::{Recall, Reply, Verdict, grade};
use badgedex_domain::library::Library;
use badgedex_domain::question::{Kind, Question};
use badgedex_domain::record::Flag;

/// A verdict that comes back in this sitting if the answer was wrong, in four days otherwise.
fn in_every_look_of_verdict(name: &str, turn: &Turn, question: &Question, reply: &Reply, is: Verdict) {
    in_every_look(name, |look| {
        let view = VerdictView {
            turn,
            question,
            reply,
            verdict: is,
            comes_back: is == Verdict::Wrong,
            due_on: Some(day("2026-11-27")),
            changed: None,
            cram: false,
            today: today(),
        };
        verdict::verdict(look, &view)
    });
}

#[test]
fn a_question_and_its_verdicts() {
    let learner = Learner::of_some_weeks();
    let knowledge = learner.knowledge();
    let question = learner.library.questions().find(|q| q.id.as_str() == "article/forty-colleagues").unwrap();
    let mut session = Session::new("s".into(), &[question.id.clone(), question.id.clone()], false);
    let turn = session.next(&knowledge, &mut StdRng::seed_from_u64(7)).unwrap();
    in_every_look("question", |look| question::question(look, &turn, "Costs", Marks::default()));
    let why = Some("The key is wrong: forty-one colleagues.\nSee the guide.".to_owned());
    let flag = Flag { why, at: "2026-11-20T12:00:00+00:00".parse().unwrap() };
    let marks = Marks { flag: Some(&flag), note: Some("Four tens.\nRight: count them.") };
    in_every_look("question_marked", |look| question::question(look, &turn, "Costs", marks));
    in_every_look("hint", |look| question::hint(look, question));
    for (name, reply, verdict) in [
        ("verdict_right", Reply::Choice(0), Verdict::Right),
        ("verdict_wrong", Reply::Choice(1), Verdict::Wrong),
        ("verdict_unknown", Reply::DontKnow, Verdict::Wrong),
    ] {
        in_every_look_of_verdict(name, &turn, question, &reply, verdict);
    }
}

#[test]
fn a_self_checked_question_its_answer_and_what_the_learner_says_of_it() {
    let mut library = Learner::beginner().library.packs()[0].clone();
    let question = &mut library.questions[0];
    question.kind = Kind::Reveal { answer: "Three tiers:\nfoundational, associate, professional.".into() };
    question.rationale = Some("Right: each asks for more than the one before.".into());
    let question = question.clone();
    let library = Library::new(Catalogs::default(), vec![library]);
    let learner = Learner { library, ..Learner::beginner() };
    let mut session = Session::new("s".into(), std::slice::from_ref(&question.id), false);
    let turn = session.next(&learner.knowledge(), &mut StdRng::seed_from_u64(7)).unwrap();
    in_every_look("reveal_answer", |look| question::answer(look, &turn.asked.answer.text()));
    for (name, recall) in
        [("reveal_knew", Recall::Knew), ("reveal_hard", Recall::Hard), ("reveal_forgot", Recall::Forgot)]
    {
        let reply = Reply::Recalled(recall);
        let verdict = grade(&turn.asked, &reply);
        in_every_look_of_verdict(name, &turn, &question, &reply, verdict);
    }
    in_every_look("pack_show_reveal", |look| {
        packs::show(look, &learner.library.packs()[0], std::slice::from_ref(&question))
    });
}
