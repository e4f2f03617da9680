//! Which questions a mock exam asks.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use uuid::Uuid;

use crate::journal::ExamId;
use crate::question::QuestionId;

/// A question that a mock exam may ask.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its id.
    pub question: QuestionId,
    /// The place of its domain; `None` if it is in none of the exam's.
    pub domain: Option<usize>,
    /// The form for which it is, or was, held back.
    pub form: Option<String>,
    /// When the learner last saw it: the last answer, or the start of the last exam that asked it. `None`: it is
    /// fresh.
    pub last_seen: Option<DateTime<FixedOffset>>,
}

/// What a mock exam is drawn for.
#[derive(Clone, Copy)]
pub struct DrawRequest<'a> {
    /// The id of the exam that begins: the same one draws the same questions in the same order.
    pub exam: &'a ExamId,
    /// How many questions come from each domain in an exam of some length.
    pub blueprint: &'a dyn Fn(usize) -> Vec<usize>,
    /// How many questions the exam has.
    pub full_length: usize,
    /// How many are wanted; `None`: as many as the exam has, or the form.
    pub length: Option<usize>,
    /// The form that is wanted; `None`: one that was never used, if the full length is wanted.
    pub form: Option<&'a str>,
    /// The forms that were used.
    pub used_forms: &'a BTreeSet<&'a str>,
}

/// The questions of a mock exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnExam {
    /// The form that they are; `None` if they were drawn from the questions in study.
    pub form: Option<String>,
    /// In the order in which they are asked.
    pub questions: Vec<QuestionId>,
    /// How many of them the learner has never seen.
    pub fresh: usize,
}

/// Why no exam can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The form that is wanted does not exist.
    #[error("there is no form \"{wanted}\"; forms: {}", known.join(", "))]
    UnknownForm {
        /// As it was asked for.
        wanted: String,
        /// The forms that exist.
        known: Vec<String>,
    },
    /// There are no questions to draw from.
    #[error("there are no questions for a mock exam")]
    NoQuestions,
}

/// Draws the questions of a mock exam.
///
/// At full length a form that was never used is asked, the first by name. Else, and for fewer questions, they come
/// from those in study: domains by their weights, fresh questions first, then those that were not seen for the longest
/// time. If a domain has too few, others take its place. The questions of forms that were never used are left alone
/// unless their form is wanted.
///
/// # Errors
///
/// The form does not exist, or there are no questions.
pub fn draw(request: &DrawRequest, candidates: &[Candidate]) -> Result<DrawnExam, DrawError> {
    let forms: BTreeSet<&str> = candidates.iter().filter_map(|candidate| candidate.form.as_deref()).collect();
    let is_full = request.length.is_none_or(|length| length >= request.full_length);
    let form = match request.form {
        Some(wanted) => Some(known_form(&forms, wanted)?),
        None => forms.iter().find(|form| is_full && !request.used_forms.contains(*form)).copied(),
    };
    let is_offered = |candidate: &&Candidate| match (form, candidate.form.as_deref()) {
        (Some(form), of) => of == Some(form),
        (None, Some(of)) => request.used_forms.contains(of),
        (None, None) => true,
    };
    let offered: Vec<&Candidate> = candidates.iter().filter(is_offered).collect();
    let length = match (request.length, form) {
        (Some(length), _) => length,
        (None, Some(_)) => offered.len(),
        (None, None) => request.full_length,
    };
    let mut rng = exam_rng(request.exam, "order");
    let mut drawn = by_blueprint((request.blueprint)(length), length, offered, &mut rng);
    if drawn.is_empty() {
        return Err(DrawError::NoQuestions);
    }
    drawn.shuffle(&mut rng);
    Ok(DrawnExam {
        form: form.map(str::to_owned),
        fresh: drawn.iter().filter(|candidate| candidate.last_seen.is_none()).count(),
        questions: drawn.into_iter().map(|candidate| candidate.question.clone()).collect(),
    })
}

fn known_form<'f>(forms: &BTreeSet<&'f str>, wanted: &str) -> Result<&'f str, DrawError> {
    let same = |form: &&&str| form.eq_ignore_ascii_case(wanted.trim());
    forms.iter().find(same).copied().ok_or_else(|| DrawError::UnknownForm {
        wanted: wanted.to_owned(),
        known: forms.iter().map(|form| (*form).to_owned()).collect(),
    })
}

/// Takes `length` candidates, or all if there are fewer.
fn by_blueprint<'c>(
    mut left: Vec<usize>,
    length: usize,
    mut candidates: Vec<&'c Candidate>,
    rng: &mut StdRng,
) -> Vec<&'c Candidate> {
    // Of those seen at the same time, and of fresh ones, chance decides.
    candidates.sort_by(|a, b| a.question.cmp(&b.question));
    candidates.shuffle(rng);
    candidates.sort_by_key(|candidate| candidate.last_seen);
    let (mut drawn, mut others) = (Vec::new(), Vec::new());
    for candidate in candidates {
        match candidate.domain.and_then(|domain| left.get_mut(domain)).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                drawn.push(candidate);
            }
            None => others.push(candidate),
        }
    }
    let missing = length.saturating_sub(drawn.len());
    drawn.extend(others.into_iter().take(missing));
    drawn
}

/// The chance of an exam: the same for the same exam and purpose.
pub(super) fn exam_rng(exam: &ExamId, purpose: &str) -> StdRng {
    let hash = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{exam}\u{1e}{purpose}").as_bytes());
    let (high, low) = hash.as_u64_pair();
    StdRng::seed_from_u64(high ^ low)
}

/// The minutes of an exam with `questions` of its `full_length`: in proportion, rounded up, with a learner's extra
/// time in percent.
///
/// ```
/// use badgedex_domain::mock_exam::drawing::minutes_for;
///
/// assert_eq!(minutes_for(90, 65, 65, 0), 90);
/// assert_eq!(minutes_for(90, 65, 20, 0), 28);
/// assert_eq!(minutes_for(90, 65, 65, 30), 117);
/// ```
pub fn minutes_for(full_minutes: u32, full_length: usize, questions: usize, extra_percent: u32) -> u32 {
    let share = questions as f64 / full_length.max(1) as f64;
    let minutes = f64::from(full_minutes) * share * (1.0 + f64::from(extra_percent) / 100.0);
    // A margin for products that binary fractions cannot hold.
    (minutes - 1e-9).ceil().clamp(1.0, f64::from(u32::MAX)) as u32
}
