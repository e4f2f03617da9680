//! Folds the learner's answers into what is remembered of each question.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Timelike};
use serde::{Deserialize, Serialize};

use super::journal::{Answered, Deed, Event, memory_day};
use super::library::Library;
use super::memory::{Belief, Evidence, FirstAnswers, Model, Term, TermEstimate};
use super::question::{Form, QuestionId};
use super::spans::Spans;

mod predictions;
mod self_checked;

pub use predictions::{BINS, Calibration, Predictions, bin};
pub use self_checked::SelfChecked;

/// Strength is the number of days until retrievability falls to this.
const STRENGTH_RETENTION: f64 = 0.9;
/// A wrong answer is a lapse if the strength had reached this many days.
pub const MIN_LAPSE_DAYS: f64 = 7.0;
/// Lapses from which a question is a leech.
pub const MIN_LEECH_LAPSES: u32 = 8;
/// A question counts for at most this many days of memory, however strong it is.
pub const MAX_MEMORY_DAYS: f64 = 365.0;
/// Longest thinking time that counts for one answer, in milliseconds: the rest was spent elsewhere.
const MAX_THINKING_MS: u64 = 120_000;
/// A question is old once it was first right this many days before.
const MIN_OLD_DAYS: i64 = 30;
/// Days after the first right answer from which another one is a "full circle".
const MIN_FULL_CIRCLE_DAYS: i64 = 730;

/// All that happened with one question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Track {
    /// Answers ever given, cram included.
    pub answers: u32,
    /// How many of them were right.
    pub right: u32,
    /// What is remembered.
    pub memory: Memory,
    /// For how long it was answered right.
    pub spans: Spans,
}

/// What is remembered of one question.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Memory {
    /// Never answered within the schedule.
    #[default]
    New,
    /// Answered at least once within the schedule.
    Learned(Learned),
}

/// The memory of a question that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The distribution over memory states.
    pub belief: Belief,
    /// Days of memory that it counts for: its strength after the last answer, by the learner's term of that moment,
    /// at most [`MAX_MEMORY_DAYS`]. What was built up on a day is not worked out again when the term moves.
    pub memory_days: f64,
    /// The day of the first answer.
    pub first_day: NaiveDate,
    /// The day of the last answer.
    pub last_day: NaiveDate,
    /// Wrong answers when the strength was at least [`MIN_LAPSE_DAYS`].
    pub lapses: u32,
    /// Whether it was ever answered right.
    pub ever_right: bool,
    /// Whether the last answer was right.
    pub last_right: bool,
}

/// Totals of one day of memory.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct DayTotals {
    /// Answers, cram included.
    pub answers: u32,
    /// How many of them were cram.
    pub cram: u32,
    /// How many of them were right.
    pub right: u32,
    /// Questions answered for the first time.
    pub first_seen: u32,
    /// Time spent thinking, in milliseconds, at most two minutes per answer.
    pub took_ms: u64,
    /// By how many days of memory the sum over all questions changed.
    pub memory: f64,
    /// First answers of the day that were right, to questions first right at least 30 days before.
    pub old_right: u32,
}

/// Rare moments: for each, the first day with a right answer in it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Moments {
    /// Within five minutes of midnight on New Year's Eve.
    pub new_year: Option<NaiveDate>,
    /// On a 29 February.
    pub leap_day: Option<NaiveDate>,
    /// Two years after the question was first right, or later.
    pub full_circle: Option<NaiveDate>,
}

/// One answered question, as far as memory is concerned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Review {
    /// The day of memory.
    pub day: NaiveDate,
    /// Whether it was right.
    pub correct: bool,
    /// Chance of a right guess, `0.0..1.0`.
    pub guess: f64,
    /// Whether a hint was shown.
    pub hint: bool,
    /// Asked outside the schedule: it changes no belief.
    pub cram: bool,
    /// The minute of the local day, from midnight.
    pub minute: u16,
    /// Milliseconds from question to answer; `None` if it was not timed.
    pub took_ms: Option<u64>,
    /// Only the learner can say whether it was right.
    pub self_checked: bool,
}

impl Review {
    /// A review from an event of the journal.
    pub fn of(answered: &Answered, at: DateTime<FixedOffset>) -> Review {
        let Answered { correct, guess, hint, cram, took_ms, .. } = *answered;
        let (minute, self_checked) = (minute_of(at), is_self_checked(answered));
        Review { day: memory_day(at), correct, guess, hint, cram, minute, took_ms, self_checked }
    }

    /// A review at noon of a day, for samples whose time of day does not matter.
    pub fn at_noon(answered: &Answered, day: NaiveDate) -> Review {
        let Answered { correct, guess, hint, cram, took_ms, .. } = *answered;
        let self_checked = is_self_checked(answered);
        Review { day, correct, guess, hint, cram, minute: 720, took_ms, self_checked }
    }

    /// Within five minutes of midnight on New Year's Eve: until 04:00 it is still the old year's last day.
    fn is_at_new_year(&self) -> bool {
        (self.day.month(), self.day.day()) == (12, 31) && !(5..1435).contains(&self.minute)
    }
}

fn is_self_checked(answered: &Answered) -> bool {
    answered.form.as_deref() == Some(Form::Reveal.name())
}

/// The minute of the local day, from midnight.
pub fn minute_of(at: DateTime<FixedOffset>) -> u16 {
    u16::try_from(at.hour() * 60 + at.minute()).unwrap_or(0)
}

/// Counts over all questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// First answers to questions: the basis of the next prior.
    pub firsts: FirstAnswers,
    /// How well the learner learns from misses.
    pub learner: TermEstimate,
    /// What was predicted of checked answers, and what happened.
    pub predictions: Predictions,
    /// Answers that only the learner could check.
    pub self_checked: SelfChecked,
    /// By day of memory; days without answers are left out.
    pub days: BTreeMap<NaiveDate, DayTotals>,
    /// Rare moments.
    pub moments: Moments,
}

impl Totals {
    /// New questions of a day.
    pub fn first_seen(&self, day: NaiveDate) -> u32 {
        self.days.get(&day).map_or(0, |totals| totals.first_seen)
    }
}

/// The state before an answer, which [`History::undo`] restores.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoPoint {
    track: Option<Track>,
    firsts: FirstAnswers,
    learner: TermEstimate,
    predictions: Predictions,
    self_checked: SelfChecked,
    day: (NaiveDate, Option<DayTotals>),
    moments: Moments,
}

/// What all answers together have left.
///
/// ```
/// use badgedex_domain::history::{History, Review};
/// use badgedex_domain::journal::Answered;
/// use badgedex_domain::memory::Model;
/// use badgedex_domain::question::QuestionId;
///
/// let (model, question) = (Model::default(), QuestionId::new("pack/question"));
/// let day = "2026-11-23".parse().unwrap();
/// let review = Review::at_noon(&Answered::new(question.clone(), true, 0.25), day);
///
/// let mut history = History::default();
/// let before = history.learn(&model, &question, &review);
/// assert!(history.learned(&question).is_some_and(|learned| learned.ever_right));
/// history.undo(&question, before);
/// assert_eq!(history, History::default());
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    tracks: HashMap<QuestionId, Track>,
    /// Counts over all questions.
    pub totals: Totals,
}

impl History {
    /// Folds events that are in the journal's order and without what was retracted.
    pub fn of(events: &[Event], model: &Model, library: &Library) -> History {
        let mut history = History::default();
        for event in events {
            if let Deed::Answered(answered) = &event.deed {
                let question = library.current_id(&answered.question);
                history.fold(model, question, &Review::of(answered, event.at));
            }
        }
        history
    }

    /// A history from its stored parts.
    pub fn of_parts(tracks: impl IntoIterator<Item = (QuestionId, Track)>, totals: Totals) -> History {
        History { tracks: tracks.into_iter().collect(), totals }
    }

    /// Adds one answer, which comes after all others in the journal's order. Returns the state before it,
    /// so that the answer can be undone.
    pub fn learn(&mut self, model: &Model, question: &QuestionId, review: &Review) -> UndoPoint {
        let Totals { firsts, learner, predictions, self_checked, days, moments } = &self.totals;
        let before = UndoPoint {
            track: self.tracks.get(question).cloned(),
            firsts: firsts.clone(),
            learner: *learner,
            predictions: predictions.clone(),
            self_checked: *self_checked,
            day: (review.day, days.get(&review.day).copied()),
            moments: *moments,
        };
        self.fold(model, question, review);
        before
    }

    /// Adds one answer as [`History::learn`] does, without a way to undo it.
    pub fn fold(&mut self, model: &Model, question: &QuestionId, review: &Review) {
        let track = match self.tracks.get_mut(question) {
            Some(track) => track,
            None => self.tracks.entry(question.clone()).or_default(),
        };
        let Totals { firsts, learner, predictions, self_checked, days, moments } = &mut self.totals;
        let day = days.entry(review.day).or_default();
        day.answers += 1;
        day.right += u32::from(review.correct);
        day.took_ms += review.took_ms.unwrap_or(0).min(MAX_THINKING_MS);
        track.answers += 1;
        track.right += u32::from(review.correct);
        if review.self_checked {
            self_checked.add(review);
        }
        if review.cram {
            day.cram += 1;
            return;
        }
        moments.add(review, &track.spans);
        day.old_right += u32::from(track.spans.is_old_and_right(review));
        track.spans.add(review.day, review.correct, review.guess);
        let before = track.memory_days();
        if let Memory::Learned(learned) = &mut track.memory {
            if let Some(chance) = learned.answer(model, learner, review) {
                match review.self_checked {
                    true => self_checked.calibration.add(chance, review.correct),
                    false => predictions.add(chance, review.correct, review.day),
                }
            }
        } else {
            let prior = firsts.prior_of(question.pack());
            track.memory = Memory::Learned(Learned::first(model, learner.term, review, prior));
            firsts.add(question.pack(), review.correct, review.guess);
            day.first_seen += 1;
        }
        day.memory += track.memory_days() - before;
    }

    /// Undoes the last answer that was added, to the last bit.
    pub fn undo(&mut self, question: &QuestionId, before: UndoPoint) {
        match before.track {
            Some(track) => self.tracks.insert(question.clone(), track),
            None => self.tracks.remove(question),
        };
        let (day, totals) = before.day;
        match totals {
            Some(totals) => self.totals.days.insert(day, totals),
            None => self.totals.days.remove(&day),
        };
        self.totals.firsts = before.firsts;
        self.totals.learner = before.learner;
        self.totals.predictions = before.predictions;
        self.totals.self_checked = before.self_checked;
        self.totals.moments = before.moments;
    }

    /// What happened with a question; `None` if it was never answered.
    pub fn track(&self, question: &QuestionId) -> Option<&Track> {
        self.tracks.get(question)
    }

    /// The memory of a question; `None` if it was never answered within the schedule.
    pub fn learned(&self, question: &QuestionId) -> Option<&Learned> {
        match &self.tracks.get(question)?.memory {
            Memory::Learned(learned) => Some(learned),
            Memory::New => None,
        }
    }

    /// Every question ever answered, in no order.
    pub fn tracks(&self) -> impl Iterator<Item = (&QuestionId, &Track)> {
        self.tracks.iter()
    }

    /// Answers ever given, cram included.
    pub fn answers(&self) -> u32 {
        self.tracks.values().map(|t| t.answers).sum()
    }

    /// Right answers ever given, cram included.
    pub fn right(&self) -> u32 {
        self.tracks.values().map(|t| t.right).sum()
    }
}

impl Track {
    /// Days of memory that the question counts for, at most [`MAX_MEMORY_DAYS`]; 0 if it was never answered.
    pub fn memory_days(&self) -> f64 {
        match &self.memory {
            Memory::New => 0.0,
            Memory::Learned(learned) => learned.memory_days,
        }
    }
}

impl Spans {
    /// Whether this is a right answer, the first of its day, to an old question.
    fn is_old_and_right(&self, review: &Review) -> bool {
        let age = |first: NaiveDate| (review.day - first).num_days();
        review.correct
            && self.is_first_of(review.day)
            && self.whole.is_some_and(|span| age(span.first()) >= MIN_OLD_DAYS)
    }
}

impl Moments {
    fn add(&mut self, review: &Review, spans: &Spans) {
        let Review { day, correct, .. } = *review;
        if !correct {
            return;
        }
        if review.is_at_new_year() {
            self.new_year.get_or_insert(day);
        }
        if (day.month(), day.day()) == (2, 29) {
            self.leap_day.get_or_insert(day);
        }
        let age = |first: NaiveDate| (day - first).num_days();
        if spans.whole.is_some_and(|span| age(span.first()) >= MIN_FULL_CIRCLE_DAYS) {
            self.full_circle.get_or_insert(day);
        }
    }
}

impl Learned {
    fn first(model: &Model, term: Term, review: &Review, prior: f64) -> Learned {
        let belief = model.update(None, &evidence(review, 0, prior), term);
        Learned {
            memory_days: memory_days(model, &belief, term),
            belief,
            first_day: review.day,
            last_day: review.day,
            lapses: 0,
            ever_right: review.correct,
            last_right: review.correct,
        }
    }

    /// Adds an answer, and what it says about how well the learner learns from misses. Returns the chance of a right
    /// answer that was predicted; `None` on the day of the last answer, when a question is a second look: that day
    /// predicts nothing and proves nothing.
    fn answer(&mut self, model: &Model, learner: &mut TermEstimate, review: &Review) -> Option<f64> {
        let days = self.days_until(review.day);
        let evidence = evidence(review, days, 0.0);
        if !review.correct && self.is_strong(model, learner.term, MIN_LAPSE_DAYS) {
            self.lapses += 1;
        }
        let before = model.before_answer(&self.belief, days, learner.term);
        let recall = before.retrievability();
        let belief = model.after(&before, &evidence);
        if days > 0 {
            *learner = learner.after(&before, &evidence);
        }
        self.memory_days = memory_days(model, &belief, learner.term);
        self.belief = belief;
        self.last_day = self.last_day.max(review.day);
        self.ever_right |= review.correct;
        self.last_right = review.correct;
        (days > 0).then_some(recall + (1.0 - recall) * review.guess)
    }

    /// Whole days from the last answer to `day`, never below 0: the clock may have been set back.
    pub fn days_until(&self, day: NaiveDate) -> u32 {
        u32::try_from((day - self.last_day).num_days()).unwrap_or(0)
    }

    /// Chance to recall on `day`, 0 to 1; on the day of the last answer it is the chance that there is a memory.
    pub fn raw_retrievability(&self, model: &Model, term: Term, day: NaiveDate) -> f64 {
        model.retrievability(&self.belief, f64::from(self.days_until(day)), term)
    }

    /// Chance to recall on `day`, 0 to 1, or on the next day if `day` is that of the last answer: on that day it says
    /// little about memory.
    pub fn retrievability(&self, model: &Model, term: Term, day: NaiveDate) -> f64 {
        model.retrievability(&self.belief, f64::from(self.days_until(day).max(1)), term)
    }

    /// Days until retrievability falls to 0.9.
    pub fn strength(&self, model: &Model, term: Term) -> f64 {
        model.interval(&self.belief, STRENGTH_RETENTION, term)
    }

    /// Whether the strength is at least so many days. Quicker than to find the strength.
    pub fn is_strong(&self, model: &Model, term: Term, days: f64) -> bool {
        model.retrievability(&self.belief, days, term) >= STRENGTH_RETENTION
    }

    /// The first day on which retrievability is at or below `retention`.
    pub fn due_on(&self, model: &Model, term: Term, retention: f64) -> NaiveDate {
        let days = model.due_after(&self.belief, retention, term);
        self.last_day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
    }

    /// Whether it has [`MIN_LEECH_LAPSES`] lapses or more.
    pub fn is_leech(&self) -> bool {
        self.lapses >= MIN_LEECH_LAPSES
    }
}

fn memory_days(model: &Model, belief: &Belief, term: Term) -> f64 {
    model.interval(belief, STRENGTH_RETENTION, term).min(MAX_MEMORY_DAYS)
}

fn evidence(review: &Review, days: u32, prior: f64) -> Evidence {
    Evidence { correct: review.correct, guess: review.guess, days, prior, hint: review.hint }
}

#[cfg(test)]
mod tests;
