//! How likely the learner is to pass an exam on a day, from their first answers to questions they had never seen.
//!
//! A repeated answer says how well that question is remembered, not how well an unseen one would go. So only first
//! answers count as evidence; repeats count through *mastery*, the mean retrievability over all questions of an exam
//! domain with unseen ones as 0.
//!
//! The learner has one *level* per domain: the log odds of knowing a question of it that was never seen. All levels
//! start around one common level, so that a domain without evidence borrows from the others. Between two answers a
//! level moves with mastery, by the constant [`GAIN`], and wanders: practice carries over to unseen questions more or
//! less, and people learn elsewhere. Because [`GAIN`] is not fitted to the learner, a right answer can never lower
//! the chance to pass.
//!
//! [`Posterior::of`] finds the levels (a Kalman filter and smoother, repeated until the mode stands still: Fahrmeir
//! 1992, de Jong 1991), [`Levels::distribution`] the number of right answers in the exam (mixtures of binomials, by
//! Gauss-Hermite quadrature), and [`Gap::after`] learns from the results of real exams how much harder than the
//! questions here an exam is.
//!
//! ```
//! use badgedex_domain::readiness::{Assumptions, Cut, DomainShape, DomainStudy, ExamShape, FirstAnswer, Readiness};
//!
//! let domain = DomainShape { questions: 50, guess: 0.25 };
//! let exam = ExamShape::new(vec![domain], Cut::UNPUBLISHED).unwrap();
//! let study = [DomainStudy { mastery: 0.4, questions: 120 }];
//! let answer = |right| FirstAnswer { domain: 0, right, guess: 0.25, hint: false, day: 0.0, mastery: 0.0 };
//!
//! let chance = |answers: &[FirstAnswer]| {
//!     Readiness::of(answers, &exam, &study, 14.0, &Assumptions::default()).chance
//! };
//! assert!(chance(&[answer(true); 60]) > 0.9);
//! assert!(chance(&[answer(false); 60]) < 0.1);
//! ```

mod candidate;
mod distribution;
mod evidence;
mod gap;
mod mastery_sums;
mod missing;
mod posterior;
mod real_exams;

use serde::{Deserialize, Serialize};

pub use candidate::{Chance, ExamCandidate, ExamFacts};
pub use distribution::Distribution;
pub use evidence::{
    EventKey, EvidenceFold, ExamContent, ExamEvidence, JournalAnswer, Preparedness, day_number,
};
pub use gap::{ExamResult, Gap};
pub use missing::{Missing, missing};
pub use posterior::{Level, Levels, Normal, Posterior};
pub use real_exams::{Prediction, RealExam, Scale, brier_score, learn};

/// Log odds that a level gains while mastery goes from 0 to 1.
pub const GAIN: f64 = 1.4;
/// An exam has at most this many scored questions: beyond it the binomials would overflow.
pub const MAX_EXAM_QUESTIONS: usize = 1000;
/// Share of the chance to be wrong that a hint takes away from one who does not know.
const HINT_HELPS: f64 = 0.5;
/// How many questions an hour of practice covers.
const PER_HOUR: f64 = 40.0;
/// Retrievability of a question after it was practiced.
const PRACTICED: f64 = 0.9;
/// Gains from an hour that differ by less count as equal.
const EQUAL_GAINS: f64 = 1e-7;
/// The central 80 % of a normal distribution is within this many standard deviations.
const Z_80: f64 = 1.281_551_565_544_600_4;

/// The first answer to a question that the learner had never seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FirstAnswer {
    /// The exam domain, by its place in the exam.
    pub domain: usize,
    /// Whether it was right.
    pub right: bool,
    /// Chance that somebody who does not know guesses right, at least 0 and below 1.
    pub guess: f64,
    /// Whether a hint was shown.
    pub hint: bool,
    /// The day of the answer; any day may be 0.
    pub day: f64,
    /// Mastery of the domain just before the answer, 0 to 1.
    pub mastery: f64,
}

impl FirstAnswer {
    /// Chance that somebody who does not know is right, with the help of the hint.
    fn guess_with_hint(&self) -> f64 {
        if self.hint { 1.0 - (1.0 - self.guess) * (1.0 - HINT_HELPS) } else { self.guess }
    }

    /// How much it says, in answers that cannot be guessed.
    fn worth(&self) -> f64 {
        1.0 - self.guess_with_hint()
    }
}

/// What an exam asks, and what it takes to pass it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExamShape {
    domains: Vec<DomainShape>,
    /// The share of right answers that passes.
    pub cut: Cut,
}

impl ExamShape {
    /// An exam with these domains; `None` if it has no questions, or more than [`MAX_EXAM_QUESTIONS`].
    pub fn new(domains: Vec<DomainShape>, cut: Cut) -> Option<ExamShape> {
        let exam = ExamShape { domains, cut };
        (1..=MAX_EXAM_QUESTIONS).contains(&exam.questions()).then_some(exam)
    }

    /// Its domains; there is at least one.
    pub fn domains(&self) -> &[DomainShape] {
        &self.domains
    }

    /// How many scored questions it has.
    pub fn questions(&self) -> usize {
        self.domains.iter().map(|domain| domain.questions).sum()
    }
}

/// One domain of an exam.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DomainShape {
    /// How many scored questions it has.
    pub questions: usize,
    /// Chance to guess one of them right, at least 0 and below 1.
    pub guess: f64,
}

/// The share of right answers that passes, as far as it is known: a normal distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// The most likely share, 0 to 1.
    pub share: f64,
    /// Standard deviation; 0 for a published share.
    pub sd: f64,
}

impl Cut {
    /// What is assumed of an exam whose issuer publishes a scaled pass mark only.
    pub const UNPUBLISHED: Cut = Cut { share: 0.70, sd: 0.03 };
}

/// What study has achieved in one domain.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DomainStudy {
    /// Mastery on the day of the exam, 0 to 1.
    pub mastery: f64,
    /// How many questions of it there are to study.
    pub questions: usize,
}

impl DomainStudy {
    /// By how much an hour of practice raises mastery.
    fn hour(&self) -> f64 {
        if self.questions == 0 {
            return 0.0;
        }
        (PRACTICED - self.mastery).max(0.0) * (PER_HOUR / self.questions as f64).min(1.0)
    }
}

/// What is assumed beyond the answers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Assumptions {
    /// How much harder than the questions here the exam is.
    pub gap: Gap,
    /// Log odds a day that are learned elsewhere: 0 unless the learner says so, about 0.03 for a six-week course.
    pub outside: f64,
}

/// How ready the learner is for an exam on its day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Readiness {
    /// Chance to pass, 0 to 1. It is not shown while something is [`missing`](Readiness::missing).
    pub chance: f64,
    /// Share of right answers to expect.
    pub share: Range,
    /// Number of right answers: the lowest and the highest of the central 80 %, interpolated.
    pub right: (f64, f64),
    /// Evidence that is needed before anything is shown; empty if there is enough.
    pub missing: Vec<Missing>,
    /// By domain, in the exam's order.
    pub domains: Vec<DomainReadiness>,
    /// The domain in which an hour of practice raises the chance most; the first one if several are equal.
    pub study_next: usize,
}

/// A share of right answers, with the range that holds the central 80 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Its lower end, 0 to 1.
    pub low: f64,
    /// The mean.
    pub mid: f64,
    /// Its upper end, 0 to 1.
    pub high: f64,
}

/// How ready the learner is in one domain.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DomainReadiness {
    /// Share of right answers to expect.
    pub share: Range,
    /// By how much an hour of practice in this domain raises the chance to pass.
    pub hour: f64,
}

impl Readiness {
    /// How ready a learner with these first answers is on a day. `study` has the domains in the order of the exam.
    pub fn of(
        answers: &[FirstAnswer],
        exam: &ExamShape,
        study: &[DomainStudy],
        day: f64,
        assumptions: &Assumptions,
    ) -> Readiness {
        let posterior = Posterior::of(answers, exam.domains.len(), assumptions.outside);
        Readiness::from_posterior(&posterior, missing(answers, exam), exam, study, day, assumptions)
    }

    /// The same from a posterior that was kept. What is `missing` comes from the same answers.
    pub fn from_posterior(
        posterior: &Posterior,
        missing: Vec<Missing>,
        exam: &ExamShape,
        study: &[DomainStudy],
        day: f64,
        assumptions: &Assumptions,
    ) -> Readiness {
        let Assumptions { gap, outside } = *assumptions;
        let levels = posterior.on_day(day, study, outside);
        let distribution = levels.distribution(exam, gap);
        let chance = distribution.chance_to_pass(exam.cut);
        let chance_after = |domain: usize, gained: f64| {
            levels.raised(domain, GAIN * gained).distribution(exam, gap).chance_to_pass(exam.cut)
        };
        let domain = |(place, (shape, study)): (usize, (&DomainShape, &DomainStudy))| {
            let gained = study.hour();
            let hour = if gained > 0.0 { chance_after(place, gained) - chance } else { 0.0 };
            DomainReadiness { share: levels.share(place, shape.guess, gap), hour }
        };
        let domains: Vec<DomainReadiness> = exam.domains.iter().zip(study).enumerate().map(domain).collect();
        Readiness {
            chance,
            share: distribution.share(),
            right: (distribution.quantile(0.1), distribution.quantile(0.9)),
            missing,
            study_next: best(&domains),
            domains,
        }
    }
}

/// The domain in which an hour brings most.
fn best(domains: &[DomainReadiness]) -> usize {
    let most = domains.iter().map(|domain| domain.hour).fold(f64::NEG_INFINITY, f64::max);
    domains.iter().position(|domain| domain.hour > most - EQUAL_GAINS).unwrap_or(0)
}

/// The probability that belongs to log odds.
fn sigmoid(log_odds: f64) -> f64 {
    if log_odds >= 0.0 {
        1.0 / (1.0 + (-log_odds).exp())
    } else {
        let odds = log_odds.exp();
        odds / (1.0 + odds)
    }
}

/// Chance to be right at a level: known, or guessed.
fn right_at(level: f64, guess: f64) -> f64 {
    guess + (1.0 - guess) * sigmoid(level)
}

#[cfg(test)]
mod tests;
