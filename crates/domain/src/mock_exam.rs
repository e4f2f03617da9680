//! Mock exams as the journal tells them: what was asked, marked and used of the time, and how they ended.
//!
//! Which questions one asks is decided in [`drawing`], how the choices are shown and graded in [`answers`].

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, FixedOffset};
use serde_json::Value;
use uuid::Uuid;

use super::journal::{Deed, Event, ExamEnd, ExamId, ExamMarked, ExamStarted, retracted};
use super::question::QuestionId;
use super::target::Target;

pub mod answers;
mod clock;
pub mod drawing;
mod proposal;
mod result;

pub use clock::ExamClock;
pub use proposal::proposed_days;
pub use result::{DomainResult, MockExamResult};

/// A question took long if it took more than this many times the median of its exam.
const SLOW: u64 = 2;

/// A mock exam, open or over.
#[derive(Debug, Clone, PartialEq)]
pub struct MockExam {
    /// What it was begun with.
    pub started: ExamStarted,
    /// When it was begun.
    pub started_at: DateTime<FixedOffset>,
    /// When and how it ended; `None` while it is open.
    pub end: Option<(DateTime<FixedOffset>, ExamEnd)>,
    /// The time that was used.
    pub clock: ExamClock,
    marks: BTreeMap<QuestionId, Mark>,
}

/// What the learner did with a question of a mock exam.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mark {
    /// Places of choices in the pack's order, or a text; null if the question is open.
    pub given: Value,
    /// Whether the learner wants to come back to it.
    pub flagged: bool,
    /// Milliseconds that the question took.
    pub took_ms: Option<u64>,
    /// Whether an answer was replaced by another one.
    pub is_changed: bool,
}

impl MockExam {
    /// The exam's id.
    pub fn id(&self) -> &ExamId {
        &self.started.exam
    }

    /// What the exam prepares for; `None` if the journal names neither a credential nor a pack.
    pub fn target(&self) -> Option<Target> {
        let pack = || self.started.pack.clone().map(Target::Pack);
        self.started.credential.clone().map(Target::Credential).or_else(pack)
    }

    /// Whether it can go on.
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether it has a result: it was submitted, by the learner or by the clock.
    pub fn has_result(&self) -> bool {
        self.end.is_some_and(|(_, how)| how != ExamEnd::Left)
    }

    /// How it ended; `None` while it is open.
    pub fn how(&self) -> Option<ExamEnd> {
        self.end.map(|(_, how)| how)
    }

    /// Its questions, in the order in which they are asked.
    pub fn questions(&self) -> impl ExactSizeIterator<Item = &QuestionId> {
        self.started.questions.iter().map(|asked| &asked.question)
    }

    /// The last mark of a question; `None` if it has none.
    pub fn mark(&self, question: &QuestionId) -> Option<&Mark> {
        self.marks.get(question)
    }

    /// What was answered; `None` while the question is open.
    pub fn given(&self, question: &QuestionId) -> Option<&Value> {
        self.mark(question).map(|mark| &mark.given).filter(|given| !given.is_null())
    }

    /// Whether the learner flagged the question in this exam.
    pub fn is_flagged(&self, question: &QuestionId) -> bool {
        self.mark(question).is_some_and(|mark| mark.flagged)
    }

    /// How many questions are answered.
    pub fn answered(&self) -> usize {
        self.questions().filter(|question| self.given(question).is_some()).count()
    }

    /// The place, from 0, of the first question that is open; `None` if all are answered.
    pub fn first_open(&self) -> Option<usize> {
        self.questions().position(|question| self.given(question).is_none())
    }

    /// The place to which a reply to the question at `place` leads: the next one, after the last the first that is
    /// open, else the last again.
    pub fn place_after(&self, place: usize) -> usize {
        let last = self.questions().len().saturating_sub(1);
        if place < last { place + 1 } else { self.first_open().unwrap_or(last) }
    }

    /// Whether the learner was unsure: the answer was changed, or it took more than twice the median.
    pub fn is_unsure(&self, question: &QuestionId) -> bool {
        let Some(mark) = self.mark(question).filter(|mark| !mark.given.is_null()) else { return false };
        let is_slow = |took: u64| self.median_ms().is_some_and(|median| took > SLOW * median);
        mark.is_changed || mark.took_ms.is_some_and(is_slow)
    }

    /// The median, the lower one of two, of the times that answers took.
    fn median_ms(&self) -> Option<u64> {
        let answered = self.marks.values().filter(|mark| !mark.given.is_null());
        let mut times: Vec<u64> = answered.filter_map(|mark| mark.took_ms).collect();
        times.sort_unstable();
        times.get(times.len().checked_sub(1)? / 2).copied()
    }

    fn add_mark(&mut self, marked: &ExamMarked) {
        let mark = self.marks.entry(marked.question.clone()).or_default();
        mark.is_changed |= !mark.given.is_null() && !goes_on(&mark.given, &marked.given);
        mark.given.clone_from(&marked.given);
        mark.flagged = marked.flagged;
        mark.took_ms = marked.took_ms.or(mark.took_ms);
    }
}

/// Whether an answer is the one before, or that with more choices: several are marked one after the other.
fn goes_on(before: &Value, now: &Value) -> bool {
    let has_more = |before: &Vec<Value>, now: &Vec<Value>| {
        now.len() > before.len() && before.iter().all(|place| now.contains(place))
    };
    before == now || before.as_array().zip(now.as_array()).is_some_and(|(before, now)| has_more(before, now))
}

/// All mock exams of a learner.
///
/// ```
/// use badgedex_domain::mock_exam::MockExams;
///
/// let exams = MockExams::of(&[]);
/// assert_eq!(exams.all().len(), 0);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MockExams {
    /// By the time of their start.
    all: Vec<MockExam>,
}

impl MockExams {
    /// Folds the events of a journal, in whatever order and with retractions.
    ///
    /// Who has seen an exam's questions cannot forget them: if its end or its start was undone, it is an exam that was
    /// left. Other undone events count for nothing.
    pub fn of(events: &[Event]) -> MockExams {
        let retracted = retracted(events);
        let mut by_exam: BTreeMap<&ExamId, Vec<&Event>> = BTreeMap::new();
        for event in events {
            if let Some(exam) = event.deed.exam() {
                by_exam.entry(exam).or_default().push(event);
            }
        }
        let exam = |mut events: Vec<&Event>| {
            events.sort_by_key(|event| event.key());
            exam_of(&events, &retracted)
        };
        let mut all: Vec<MockExam> = by_exam.into_values().filter_map(exam).collect();
        all.sort_by(|a, b| (a.started_at, a.id()).cmp(&(b.started_at, b.id())));
        MockExams { all }
    }

    /// All of them, the earliest first.
    pub fn all(&self) -> &[MockExam] {
        &self.all
    }

    /// The exam with an id.
    pub fn get(&self, id: &ExamId) -> Option<&MockExam> {
        self.all.iter().find(|exam| exam.id() == id)
    }

    /// The exams of a target, the earliest first.
    pub fn of_target<'a>(&'a self, target: &Target) -> impl DoubleEndedIterator<Item = &'a MockExam> {
        self.all.iter().filter(move |exam| exam.target().as_ref() == Some(target))
    }

    /// The exam of a target that can go on: the one that was begun last.
    pub fn open<'a>(&'a self, target: &Target) -> Option<&'a MockExam> {
        self.of_target(target).rfind(|exam| exam.is_open())
    }

    /// The questions of open exams: until the end nothing else may show them.
    pub fn hidden(&self) -> BTreeSet<&QuestionId> {
        self.all.iter().filter(|exam| exam.is_open()).flat_map(MockExam::questions).collect()
    }

    /// The questions of exams that are over and of none that is open: they are questions like others, also those that
    /// were held back.
    pub fn released(&self) -> BTreeSet<&QuestionId> {
        let hidden = self.hidden();
        let over = self.all.iter().filter(|exam| !exam.is_open());
        over.flat_map(MockExam::questions).filter(|question| !hidden.contains(question)).collect()
    }

    /// The forms that exams of a target have asked.
    pub fn used_forms<'a>(&'a self, target: &Target) -> BTreeSet<&'a str> {
        self.of_target(target).filter_map(|exam| exam.started.exam_form.as_deref()).collect()
    }

    /// When an exam last asked a question; `None` if none did.
    pub fn last_asked(&self, question: &QuestionId) -> Option<DateTime<FixedOffset>> {
        let asking = self.all.iter().filter(|exam| exam.questions().any(|asked| asked == question));
        asking.map(|exam| exam.started_at).max()
    }

    /// How many questions of an exam were new to the learner: in no earlier exam, and never answered before it, as
    /// `was_answered` says.
    pub fn fresh(&self, exam: &MockExam, was_answered: impl Fn(&QuestionId) -> bool) -> usize {
        let before = self.all.iter().take_while(|earlier| earlier.id() != exam.id());
        let asked: HashSet<&QuestionId> = before.flat_map(MockExam::questions).collect();
        exam.questions().filter(|question| !asked.contains(question) && !was_answered(question)).count()
    }
}

/// One exam from its events, which are in order; `None` if its start is missing.
fn exam_of(events: &[&Event], retracted: &HashSet<Uuid>) -> Option<MockExam> {
    let is_undone = |event: &Event| retracted.contains(&event.id);
    let start = events.iter().rfind(|event| matches!(event.deed, Deed::ExamStarted(_)))?;
    let Deed::ExamStarted(started) = &start.deed else { return None };
    let finish = |event: &Event| match event.deed {
        Deed::ExamFinished { how, .. } => Some((event.at, how)),
        _ => None,
    };
    let last = events.iter().rposition(|event| finish(event).is_some() && !is_undone(event));
    let undone = || events.iter().rposition(|event| finish(event).is_some());
    let end = match last {
        Some(place) if !is_undone(start) => finish(events[place]),
        _ => undone().map(|place| (events[place].at, ExamEnd::Left)),
    };
    let mut exam = MockExam {
        started: started.clone(),
        started_at: start.at,
        end: end.or_else(|| is_undone(start).then_some((start.at, ExamEnd::Left))),
        clock: ExamClock::started(start.at, started.minutes),
        marks: BTreeMap::new(),
    };
    let counted = last.or_else(undone).map_or(events, |place| &events[..place]);
    for event in counted.iter().filter(|event| !is_undone(event)) {
        // A computer's clock may have been set back since the start.
        let at = event.at.max(start.at);
        match &event.deed {
            Deed::ExamMarked(marked) => {
                exam.clock.mark(at);
                exam.add_mark(marked);
            }
            Deed::ExamPaused { .. } => exam.clock.pause(at),
            Deed::ExamResumed { .. } => exam.clock.resume(at),
            // The others are no events of a running exam.
            _ => {}
        }
    }
    if let Some((_, how)) = exam.end {
        exam.clock.end(how);
    }
    Some(exam)
}

#[cfg(test)]
mod tests;
