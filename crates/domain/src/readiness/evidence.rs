//! The evidence for an exam: the first answers to its questions as the journal tells them, each with the mastery of
//! its domain just before it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::mastery_sums::MasterySums;
use super::real_exams::RealExam;
use super::{DomainStudy, FirstAnswer};
use crate::domains::ExamDomains;
use crate::history::{History, Review};
use crate::journal::ExamId;
use crate::library::Library;
use crate::memory::Model;
use crate::mock_exam::MockExams;
use crate::question::QuestionId;
use crate::target::Target;

/// Time and id of an event: the journal's order. The time is in nanoseconds since 1970, UTC.
pub type EventKey = (i64, Uuid);

/// The questions of an exam, held back or not, as far as its evidence depends on them.
#[derive(Debug, Clone)]
pub struct ExamContent<'a> {
    places: HashMap<&'a QuestionId, (usize, usize)>,
    domains: Vec<DomainContent<'a>>,
    /// The learner's real exams, in the journal's order.
    pub real_exams: Vec<RealExam>,
}

/// The questions of a domain, in the order of their ids.
#[derive(Debug, Clone, Default)]
struct DomainContent<'a> {
    ids: Vec<&'a QuestionId>,
    study: Vec<InStudy>,
    /// How many were always in study.
    always: usize,
    /// When the others came into study.
    since: Vec<i64>,
}

/// From when on a question is in study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum InStudy {
    Always,
    /// Since the end of the mock exam that asked it, in nanoseconds.
    Since(i64),
    /// It is held back.
    NotYet,
}

impl InStudy {
    /// What was known of it up to a moment.
    fn up_to(self, at: i64) -> InStudy {
        match self {
            InStudy::Since(since) if since > at => InStudy::NotYet,
            known => known,
        }
    }
}

impl<'a> ExamContent<'a> {
    /// The content of a target's exam, whose domains are given.
    pub fn of(
        target: &Target,
        library: &'a Library,
        domains: &ExamDomains,
        mock_exams: &MockExams,
        real_exams: Vec<RealExam>,
    ) -> ExamContent<'a> {
        let mut ended: HashMap<&QuestionId, i64> = HashMap::new();
        for exam in mock_exams.all() {
            let Some((at, _)) = exam.end else { continue };
            for question in exam.questions() {
                let at = at.timestamp_nanos_opt().unwrap_or(i64::MAX);
                let first = ended.entry(library.current_id(question)).or_insert(at);
                *first = at.min(*first);
            }
        }
        let mut content = ExamContent {
            places: HashMap::new(),
            domains: vec![DomainContent::default(); domains.domains().len()],
            real_exams,
        };
        for question in library.packs().iter().flat_map(|pack| library.asked_by(target, pack)) {
            let Some(domain) = domains.place_of(&question.topic) else { continue };
            let study = match (&question.exam_form, ended.get(&question.id)) {
                (None, _) => InStudy::Always,
                (Some(_), Some(at)) => InStudy::Since(*at),
                (Some(_), None) => InStudy::NotYet,
            };
            content.domains[domain].add(&question.id, study);
        }
        content.place();
        content
    }

    /// Brings the questions of each domain into the order of their ids: it does not change when an exam hides some.
    fn place(&mut self) {
        for (domain, content) in self.domains.iter_mut().enumerate() {
            let DomainContent { ids, study, .. } = std::mem::take(content);
            let mut questions: Vec<(&QuestionId, InStudy)> = ids.into_iter().zip(study).collect();
            questions.sort_unstable_by_key(|(id, _)| *id);
            for (place, (id, study)) in questions.into_iter().enumerate() {
                self.places.insert(id, (domain, place));
                content.add(id, study);
            }
        }
    }

    /// Identifies what of the content decides the evidence up to a moment.
    pub fn fingerprint(&self, until: Option<EventKey>) -> u64 {
        let mut hasher = DefaultHasher::new();
        let until = until.map_or(i64::MIN, |(at, _)| at);
        for domain in &self.domains {
            domain.ids.len().hash(&mut hasher);
            for (id, study) in domain.ids.iter().zip(&domain.study) {
                (id, study.up_to(until)).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

impl<'a> DomainContent<'a> {
    fn add(&mut self, id: &'a QuestionId, study: InStudy) {
        self.ids.push(id);
        self.study.push(study);
        match study {
            InStudy::Always => self.always += 1,
            InStudy::Since(since) => self.since.push(since),
            InStudy::NotYet => {}
        }
    }

    /// How many questions were in study just before a moment.
    fn size(&self, at: i64) -> usize {
        self.always + self.since.iter().filter(|since| **since < at).count()
    }
}

/// An answer of the journal.
#[derive(Debug, Clone, Copy)]
pub struct JournalAnswer<'a> {
    /// Its place in the journal.
    pub key: EventKey,
    /// Today's id.
    pub question: &'a QuestionId,
    /// What was answered, and how.
    pub review: &'a Review,
    /// The mock exam in which it was given.
    pub exam: Option<&'a ExamId>,
}

/// The evidence for one exam, up to some moment of the journal.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExamEvidence {
    /// The first answers, in the journal's order. Days are counted from the beginning of the calendar.
    pub answers: Vec<FirstAnswer>,
    /// The mock exam whose answers came last, and the mastery by domain before it.
    exam: Option<(ExamId, Vec<f64>)>,
    /// How the learner stood at real exams, by the ids of their results.
    real_exams: Vec<(Uuid, Preparedness)>,
    /// The latest day with an answer.
    last_day: Option<NaiveDate>,
}

/// How a learner stood at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preparedness {
    /// How many first answers there were.
    pub answers: usize,
    /// By domain.
    pub study: Vec<DomainStudy>,
}

/// The day on which an answer or an exam is, as a number.
pub fn day_number(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

impl ExamEvidence {
    /// Whether it can be continued where it was left: no real exam was before that without being noted.
    ///
    /// `newest` is the last answer that is in it.
    pub fn is_complete(&self, content: &ExamContent, newest: Option<EventKey>) -> bool {
        let is_later = |exam: &RealExam| {
            newest.is_none_or(|newest| newest < exam.key)
                && self.last_day.is_none_or(|last_day| last_day <= exam.on)
        };
        content.real_exams.iter().all(|exam| self.noted(exam).is_some() || is_later(exam))
    }

    fn noted(&self, exam: &RealExam) -> Option<&Preparedness> {
        self.real_exams.iter().find(|(id, _)| *id == exam.key.1).map(|(_, preparedness)| preparedness)
    }
}

/// Gathers the evidence for one exam while a history is folded.
///
/// For each answer, in the journal's order: [`before`](EvidenceFold::before), then
/// [`History::fold`], then [`after`](EvidenceFold::after).
#[derive(Debug)]
pub struct EvidenceFold<'a> {
    content: &'a ExamContent<'a>,
    evidence: ExamEvidence,
    /// Built when it is first needed.
    sums: Option<MasterySums>,
}

impl<'a> EvidenceFold<'a> {
    /// Continues with some evidence; [`ExamEvidence::default`] begins anew.
    pub fn new(content: &'a ExamContent<'a>, evidence: ExamEvidence) -> EvidenceFold<'a> {
        EvidenceFold { content, evidence, sums: None }
    }

    /// Takes note of an answer that the history does not have yet.
    pub fn before(&mut self, history: &History, model: &Model, answer: &JournalAnswer) {
        let JournalAnswer { key, question, review, exam } = *answer;
        self.note_real_exams(history, model, key, review.day);
        self.evidence.last_day = self.evidence.last_day.max(Some(review.day));
        let Some(&(domain, _)) = self.content.places.get(question) else { return };
        if review.cram || history.track(question).is_some() {
            return;
        }
        let mastery = match exam {
            Some(exam) => self.before_exam(history, model, exam, answer)[domain],
            None => self.mastery(history, model, domain, review.day, key.0),
        };
        let Review { correct: right, guess, hint, day, .. } = *review;
        let day = day_number(day);
        self.evidence.answers.push(FirstAnswer { domain, right, guess, hint, day, mastery });
    }

    /// Takes note of what the history has become.
    pub fn after(&mut self, history: &History, model: &Model, question: &QuestionId) {
        let Some(sums) = &mut self.sums else { return };
        if let (Some(place), Some(learned)) = (self.content.places.get(question), history.learned(question)) {
            sums.follow(*place, learned, model);
        }
    }

    /// The evidence so far.
    pub fn into_evidence(self) -> ExamEvidence {
        self.evidence
    }

    /// How the learner stood at a real exam; at one after the last answer, how they stand now.
    pub fn preparedness(&mut self, history: &History, model: &Model, exam: &RealExam) -> Preparedness {
        match self.evidence.noted(exam) {
            Some(preparedness) => preparedness.clone(),
            None => self.prepared_now(history, model, exam),
        }
    }

    /// Notes how the learner stood at real exams that were before an answer. Answers of the same day count, unless
    /// the result was recorded before them.
    fn note_real_exams(&mut self, history: &History, model: &Model, key: EventKey, day: NaiveDate) {
        let content = self.content;
        let is_over = |exam: &&RealExam| day > exam.on || key > exam.key;
        for exam in content.real_exams.iter().filter(is_over) {
            if self.evidence.noted(exam).is_none() {
                let preparedness = self.prepared_now(history, model, exam);
                self.evidence.real_exams.push((exam.key.1, preparedness));
            }
        }
    }

    fn prepared_now(&mut self, history: &History, model: &Model, exam: &RealExam) -> Preparedness {
        let at = exam.key.0;
        let content = self.content;
        let domain = |(place, domain): (usize, &DomainContent)| DomainStudy {
            mastery: self.mastery(history, model, place, exam.on, at),
            questions: domain.size(at),
        };
        let study = content.domains.iter().enumerate().map(domain).collect();
        Preparedness { answers: self.evidence.answers.len(), study }
    }

    /// Mastery by domain before a mock exam, of which this is an answer.
    fn before_exam(
        &mut self,
        history: &History,
        model: &Model,
        exam: &ExamId,
        answer: &JournalAnswer,
    ) -> &[f64] {
        if self.evidence.exam.as_ref().is_none_or(|(last, _)| last != exam) {
            let domains = 0..self.content.domains.len();
            let (day, at) = (answer.review.day, answer.key.0);
            let mastery = domains.map(|domain| self.mastery(history, model, domain, day, at)).collect();
            self.evidence.exam = Some((exam.clone(), mastery));
        }
        self.evidence.exam.as_ref().map_or(&[], |(_, mastery)| mastery)
    }

    /// Mastery of a domain on a day, just before a moment, 0 to 1; 0 without questions.
    fn mastery(&mut self, history: &History, model: &Model, domain: usize, day: NaiveDate, at: i64) -> f64 {
        let size = self.content.domains[domain].size(at);
        if size == 0 {
            return 0.0;
        }
        let ids = self.content.domains.iter().map(|domain| domain.ids.as_slice());
        let sums = self.sums.get_or_insert_with(|| MasterySums::of(ids, history));
        (sums.sum(domain, model, day, history.totals.learner.term) / size as f64).min(1.0)
    }
}

#[cfg(test)]
mod tests;
