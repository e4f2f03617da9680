//! A learner before an exam: everything that decides how ready they are for it on a day.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::evidence::{Preparedness, day_number};
use super::real_exams::{Prediction, RealExam, Scale, learn};
use super::{
    Assumptions, Cut, DomainShape, DomainStudy, ExamShape, FirstAnswer, Gap, Missing, Posterior, Readiness,
    missing,
};
use crate::catalog::Credential;
use crate::domains::{ExamDomain, ExamDomains};
use crate::mastery::Knowledge;
use crate::question::QuestionId;
use crate::target::Target;

/// Chance to guess a question of a real exam right.
const GUESS: f64 = 0.25;
/// How many questions an exam has if that is not known.
const DEFAULT_QUESTIONS: usize = 65;

/// A learner before an exam.
#[derive(Debug, Clone)]
pub struct ExamCandidate<'a> {
    knowledge: Knowledge<'a>,
    domains: &'a ExamDomains<'a>,
    exam: ExamShape,
    answers: &'a [FirstAnswer],
    posterior: Posterior,
    missing: Vec<Missing>,
    gap: Gap,
    predictions: Vec<Prediction>,
}

/// How many questions of a real exam count, what passes it, and how it is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamFacts {
    /// What it asks.
    pub shape: ExamShape,
    /// `None` if its scores cannot be read as shares of right answers.
    pub scale: Option<Scale>,
}

impl ExamFacts {
    /// Those of a credential's exam with these domains; `None` stands for an exam that no catalog has.
    pub fn of(credential: Option<&Credential>, domains: &ExamDomains) -> Option<ExamFacts> {
        let scored = credential.and_then(|credential| credential.scored.or(credential.questions));
        let scored = scored.map_or(DEFAULT_QUESTIONS, |scored| scored as usize);
        let domain = |questions: usize| DomainShape { questions, guess: GUESS };
        let blueprint = domains.blueprint(scored).into_iter().map(domain).collect();
        let published = credential.and_then(|credential| credential.pass_share.as_ref());
        let cut = published.map_or(Cut::UNPUBLISHED, |share| Cut { share: share.share, sd: share.sd });
        let marks = credential.and_then(|credential| Some((credential.pass_mark?, credential.score_max?)));
        let scale = marks
            .filter(|(pass_mark, top)| pass_mark < top)
            .map(|(pass_mark, top)| Scale { pass_mark: f64::from(pass_mark), top: f64::from(top) });
        Some(ExamFacts { shape: ExamShape::new(blueprint, cut)?, scale })
    }
}

impl<'a> ExamCandidate<'a> {
    /// A learner of whom this is known. `answers` is the evidence for the exam; `real_exams` are in the order of
    /// their days, with how the learner stood.
    pub fn new(
        knowledge: Knowledge<'a>,
        domains: &'a ExamDomains<'a>,
        facts: ExamFacts,
        answers: &'a [FirstAnswer],
        real_exams: &[(RealExam, Preparedness)],
    ) -> ExamCandidate<'a> {
        let ExamFacts { shape: exam, scale } = facts;
        let (gap, predictions) = learn(answers, &exam, scale, real_exams);
        let posterior = Posterior::of(answers, exam.domains().len(), 0.0);
        let missing = missing(answers, &exam);
        ExamCandidate { knowledge, domains, exam, answers, posterior, missing, gap, predictions }
    }

    /// What the exam asks.
    pub fn exam(&self) -> &ExamShape {
        &self.exam
    }

    /// How much harder than the questions here the exam is.
    pub fn gap(&self) -> Gap {
        self.gap
    }

    /// What was predicted for the real exams, and what happened.
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions
    }

    /// What keeps the program silent; empty if there is enough evidence.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// How many first answers there are in each domain.
    pub fn first_answers(&self) -> Vec<usize> {
        let mut numbers = vec![0; self.exam.domains().len()];
        for answer in self.answers {
            if let Some(number) = numbers.get_mut(answer.domain) {
                *number += 1;
            }
        }
        numbers
    }

    /// What study has achieved by domain, on a day, if nothing more is practiced until then.
    pub fn study_on(&self, day: NaiveDate) -> Vec<DomainStudy> {
        let knowledge = Knowledge { day, ..self.knowledge };
        let domain = |domain: &ExamDomain| DomainStudy {
            mastery: mean(domain.questions.iter().map(|q| knowledge.retrievability(&q.id))).unwrap_or(0.0),
            questions: domain.questions.len(),
        };
        self.domains.domains().iter().map(domain).collect()
    }

    /// How ready the learner is on a day, as things stand.
    pub fn readiness(&self, day: NaiveDate) -> Readiness {
        let assumptions = Assumptions { gap: self.gap, outside: 0.0 };
        let (missing, study) = (self.missing.clone(), self.study_on(day));
        Readiness::from_posterior(&self.posterior, missing, &self.exam, &study, day_number(day), &assumptions)
    }

    /// What study has achieved by domain, on a day, if the questions are remembered then as `played` says: the chance to
    /// recall each of those that stand for all, 0 for one that was never seen. A domain of which none was played stays
    /// as it stands.
    fn study_after<'q>(
        &self,
        day: NaiveDate,
        played: impl IntoIterator<Item = (&'q QuestionId, f64)>,
    ) -> Vec<DomainStudy> {
        let played: HashMap<&QuestionId, f64> = played.into_iter().collect();
        let mut study = self.study_on(day);
        for (domain, study) in self.domains.domains().iter().zip(&mut study) {
            let of_domain = domain.questions.iter().filter_map(|question| played.get(&question.id).copied());
            study.mastery = mean(of_domain).unwrap_or(study.mastery);
        }
        study
    }

    /// The chance to pass on a day if the questions are remembered then as `played` says: the chance to recall each of
    /// those that stand for all, 0 for one that was never seen.
    pub fn chance_after<'q>(
        &self,
        day: NaiveDate,
        played: impl IntoIterator<Item = (&'q QuestionId, f64)>,
    ) -> f64 {
        let levels = self.posterior.on_day(day_number(day), &self.study_after(day, played), 0.0);
        levels.distribution(&self.exam, self.gap).chance_to_pass(self.exam.cut)
    }

    /// By what factor one more mock exam on `today` would narrow the range of the share of right answers on a day,
    /// if it goes as expected.
    pub fn narrowed_by_mock_exam(&self, today: NaiveDate, day: NaiveDate) -> f64 {
        let (now, study) = (self.readiness(day), self.study_on(today));
        let mut answers = self.answers.to_vec();
        for (domain, (shape, told)) in self.exam.domains().iter().zip(&now.domains).enumerate() {
            let right = (shape.questions as f64 * told.share.mid).round() as usize;
            let answer = |place: usize| FirstAnswer {
                domain,
                right: place < right,
                guess: shape.guess,
                hint: false,
                day: day_number(today),
                mastery: study[domain].mastery,
            };
            answers.extend((0..shape.questions).map(answer));
        }
        let assumptions = Assumptions { gap: self.gap, outside: 0.0 };
        let after =
            Readiness::of(&answers, &self.exam, &self.study_on(day), day_number(day), &assumptions).share;
        (after.high - after.low) / (now.share.high - now.share.low).max(f64::EPSILON)
    }
}

/// The chance to pass an exam on a day, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Whose exam.
    pub target: Target,
    /// The day for which it holds.
    pub on: NaiveDate,
    /// 0 to 1.
    pub chance: f64,
    /// Number of right answers: the lowest and the highest of the central 80 %.
    pub right: (f64, f64),
    /// How many questions count.
    pub of: usize,
}

impl ExamCandidate<'_> {
    /// The chance on a day, in short; `None` if there is too little evidence.
    pub fn chance(&self, target: &Target, on: NaiveDate) -> Option<Chance> {
        if !self.missing.is_empty() {
            return None;
        }
        let told = self.readiness(on);
        let of = self.exam.questions();
        Some(Chance { target: target.clone(), on, chance: told.chance, right: told.right, of })
    }
}

/// `None` without numbers.
fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, number) = numbers.fold((0.0, 0_usize), |(sum, number), next| (sum + next, number + 1));
    (number > 0).then(|| sum / number as f64)
}
