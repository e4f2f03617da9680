//! Readiness: the chance to pass, and what is missing to tell it.

use super::{day, in_every_look, today};
use crate::ui::screens::chance::Stake;
use crate::ui::screens::ready::{self, BookingAdvice, DomainView, EvidenceView, ReadyView};
use badgedex_domain::money::{Currency, Fee, Money};
use badgedex_domain::readiness::{
    Assumptions, Cut, DomainShape, DomainStudy, ExamShape, FirstAnswer, Gap, Readiness,
};

/// Names, and the numbers of questions in the exam, in study, and seen.
const DOMAINS: [(&str, &str, usize, usize, usize); 4] = [
    ("concepts", "Cloud Concepts", 12, 58, 44),
    ("security", "Security and Compliance", 15, 72, 50),
    ("technology", "Cloud Technology and Services", 17, 82, 55),
    ("billing", "Billing, Pricing, and Support", 6, 28, 19),
];

/// A learner with this many first answers in each domain, seven of ten right.
fn told(answers: usize) -> Readiness {
    let shape = |domain: &(&str, &str, usize, usize, usize)| DomainShape { questions: domain.2, guess: 0.25 };
    let exam = ExamShape::new(DOMAINS.iter().map(shape).collect(), Cut::UNPUBLISHED).unwrap();
    let answer = |n: usize| FirstAnswer {
        domain: n % DOMAINS.len(),
        right: n % 10 < 7,
        guess: 0.25,
        hint: false,
        day: n as f64 / 12.0,
        mastery: n as f64 / 400.0,
    };
    let answers: Vec<FirstAnswer> = (0..answers * DOMAINS.len()).map(answer).collect();
    let study = |domain: &(&str, &str, usize, usize, usize)| DomainStudy {
        mastery: 0.8 * domain.4 as f64 / domain.3 as f64,
        questions: domain.3,
    };
    let study: Vec<DomainStudy> = DOMAINS.iter().map(study).collect();
    Readiness::of(&answers, &exam, &study, 30.0, &Assumptions::default())
}

fn view(readiness: &Readiness, answers: usize) -> ReadyView<'_> {
    let domain = |(told, domain): (&_, &(&'static str, &'static str, usize, usize, usize))| DomainView {
        id: domain.0,
        title: domain.1,
        weight: 2.0 * domain.2 as f64,
        mastery: 0.5,
        first_answers: answers,
        questions: domain.3,
        seen: answers.min(domain.4),
        told: *told,
    };
    ReadyView {
        title: "Cloud Practitioner (CLF-C02)".into(),
        named: "clf".into(),
        on: day("2026-12-21"),
        today: today(),
        readiness,
        of: 50,
        cut: Cut::UNPUBLISHED,
        gap: Gap::default(),
        with_plan: Some(0.87),
        domains: readiness.domains.iter().zip(&DOMAINS).map(domain).collect(),
        evidence: EvidenceView {
            answers: 4 * answers,
            mock_exams: 0,
            results: 0,
            narrowed_by_mock_exam: 0.7,
        },
        advice: BookingAdvice { stake: None, enough_from: Some(day("2026-12-09")) },
    }
}

#[test]
fn the_chance_before_the_first_mock_exam() {
    let readiness = told(42);
    in_every_look("ready", |look| ready::ready(look, &view(&readiness, 42)));
}

#[test]
fn the_chance_in_a_booked_exam_after_mock_exams_and_a_real_one() {
    let readiness = told(60);
    let booked = ReadyView {
        cut: Cut { share: 0.66, sd: 0.0 },
        gap: Gap { mean: 0.2, sd: 0.25 },
        with_plan: Some(0.62),
        evidence: EvidenceView { answers: 240, mock_exams: 2, results: 1, narrowed_by_mock_exam: 0.97 },
        advice: BookingAdvice {
            stake: Some(Stake {
                fee: Some(Fee { amount: Money(10_000), currency: Currency::new("USD").unwrap() }),
                free_to_move: Some((24, day("2026-12-19"))),
            }),
            enough_from: Some(day("2027-01-09")),
        },
        ..view(&readiness, 60)
    };
    in_every_look("ready_booked", |look| ready::ready(look, &booked));
}

#[test]
fn the_chance_today_when_no_day_is_known() {
    let readiness = told(42);
    let today = ReadyView {
        on: today(),
        with_plan: None,
        advice: BookingAdvice { stake: None, enough_from: None },
        ..view(&readiness, 42)
    };
    in_every_look("ready_today", |look| ready::ready(look, &today));
}

#[test]
fn what_is_missing_and_how_to_begin() {
    let readiness = told(3);
    in_every_look("ready_missing", |look| ready::ready(look, &view(&readiness, 3)));
}

#[test]
fn a_domain_without_new_questions_is_left_to_a_mock_exam() {
    let readiness = told(3);
    let mut few = view(&readiness, 3);
    few.domains[1].seen = few.domains[1].questions;
    let text = ready::ready(&super::WIDE, &few);
    assert!(text.contains("None is left to study"), "{text}");
    let step = ready::first_step(&readiness.missing, &few.domains).unwrap();
    assert_eq!(step.topic.as_deref(), Some("technology"));
}
