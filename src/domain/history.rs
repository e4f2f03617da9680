//! The learner's answers, folded into what is remembered of each question.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::journal::{Answered, Deed, Event};
use super::library::Library;
use super::memory::{Belief, Evidence, FirstAnswers, Model};
use super::question::QuestionId;

/// A wrong answer is a lapse once the strength had reached so many days.
pub const LAPSE_FROM_DAYS: f64 = 7.0;
/// So many lapses make a question a leech.
pub const LEECH_LAPSES: u32 = 8;

/// What one question has seen of the learner.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Track {
    pub answers: u32,
    pub right: u32,
    pub memory: Memory,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub enum Memory {
    /// Never answered within the schedule.
    #[default]
    New,
    Learned(Learned),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    pub belief: Belief,
    /// The day of the last answer.
    pub last_day: NaiveDate,
    pub lapses: u32,
    /// Whether it was ever answered right.
    pub ever_right: bool,
    pub last_right: bool,
}

/// Predicted against actual, over the first answers of a question on a day after its first.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Calibration {
    pub answers: u32,
    /// Sum of the chances that the program gave.
    pub predicted: f64,
    pub right: u32,
}

/// One answered question, as far as memory is concerned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Review {
    /// The day of memory.
    pub day: NaiveDate,
    pub correct: bool,
    /// Chance of a right guess, `0.0..1.0`.
    pub guess: f64,
    pub hint: bool,
    /// Asked outside the schedule: it changes no belief.
    pub cram: bool,
}

impl Review {
    pub fn of(answered: &Answered, day: NaiveDate) -> Review {
        let Answered { correct, guess, hint, cram, .. } = *answered;
        Review { day, correct, guess, hint, cram }
    }
}

/// What is counted over all questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Totals {
    pub firsts: FirstAnswers,
    pub calibration: Calibration,
    /// Answers by day of memory.
    pub days: BTreeMap<NaiveDate, u32>,
    /// New questions by day of memory.
    pub first_seen: BTreeMap<NaiveDate, u32>,
}

/// How it all stood before an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    track: Option<Track>,
    firsts: FirstAnswers,
    calibration: Calibration,
    day: NaiveDate,
    /// It was the question's first.
    was_first: bool,
}

/// All answers, folded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    tracks: HashMap<QuestionId, Track>,
    pub totals: Totals,
}

impl History {
    /// Folds events that are in the journal's order and without what was retracted.
    pub fn of(events: &[Event], model: &Model, library: &Library) -> History {
        let mut history = History::default();
        for event in events {
            if let Deed::Answered(answered) = &event.deed {
                let question = library.current_id(&answered.question);
                history.fold(model, question, &Review::of(answered, event.day()));
            }
        }
        history
    }

    /// A history as it was kept.
    pub fn of_parts(tracks: impl IntoIterator<Item = (QuestionId, Track)>, totals: Totals) -> History {
        History { tracks: tracks.into_iter().collect(), totals }
    }

    /// Adds one answer, which comes after all others in the journal's order. Returns how it all stood
    /// before, so that it can be taken back.
    pub fn learn(&mut self, model: &Model, question: &QuestionId, review: &Review) -> Before {
        let (firsts, calibration) = (self.totals.firsts, self.totals.calibration);
        let track = self.tracks.get(question).cloned();
        let was_first = self.fold(model, question, review);
        Before { track, firsts, calibration, day: review.day, was_first }
    }

    /// Adds one answer, as [`History::learn`] does, for good. Says whether it was the question's first.
    pub fn fold(&mut self, model: &Model, question: &QuestionId, review: &Review) -> bool {
        let totals = &mut self.totals;
        *totals.days.entry(review.day).or_default() += 1;
        let track = match self.tracks.get_mut(question) {
            Some(track) => track,
            None => self.tracks.entry(question.clone()).or_default(),
        };
        track.answers += 1;
        track.right += u32::from(review.correct);
        if review.cram {
            return false;
        }
        if let Memory::Learned(learned) = &mut track.memory {
            learned.answer(model, review, &mut totals.calibration);
            return false;
        }
        track.memory = Memory::Learned(Learned::first(model, review, totals.firsts.prior()));
        totals.firsts.add(review.correct, review.guess);
        *totals.first_seen.entry(review.day).or_default() += 1;
        true
    }

    /// Takes back the last answer that was added, to the last bit.
    pub fn take_back(&mut self, question: &QuestionId, before: Before) {
        match before.track {
            Some(track) => self.tracks.insert(question.clone(), track),
            None => self.tracks.remove(question),
        };
        self.totals.firsts = before.firsts;
        self.totals.calibration = before.calibration;
        one_less(&mut self.totals.days, before.day);
        if before.was_first {
            one_less(&mut self.totals.first_seen, before.day);
        }
    }

    pub fn track(&self, question: &QuestionId) -> Option<&Track> {
        self.tracks.get(question)
    }

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

    pub fn answers(&self) -> u32 {
        self.tracks.values().map(|t| t.answers).sum()
    }

    pub fn right(&self) -> u32 {
        self.tracks.values().map(|t| t.right).sum()
    }

    /// Days in a row with answers, up to today, or up to yesterday where today has none yet.
    pub fn streak_days(&self, today: NaiveDate) -> u32 {
        let yesterday = today.pred_opt().unwrap_or(today);
        let days = &self.totals.days;
        let start = if days.contains_key(&today) { today } else { yesterday };
        let answered = |day: &NaiveDate| days.contains_key(day);
        start.iter_days().rev().take_while(answered).count() as u32
    }
}

fn one_less(days: &mut BTreeMap<NaiveDate, u32>, day: NaiveDate) {
    match days.get_mut(&day) {
        Some(1) | None => drop(days.remove(&day)),
        Some(number) => *number -= 1,
    }
}

impl Learned {
    fn first(model: &Model, review: &Review, prior: f64) -> Learned {
        Learned {
            belief: model.update(None, &evidence(review, 0, prior)),
            last_day: review.day,
            lapses: 0,
            ever_right: review.correct,
            last_right: review.correct,
        }
    }

    fn answer(&mut self, model: &Model, review: &Review, calibration: &mut Calibration) {
        let days = self.days_until(review.day);
        if days > 0 {
            let recall = model.retrievability(&self.belief, f64::from(days));
            calibration.answers += 1;
            calibration.predicted += recall + (1.0 - recall) * review.guess;
            calibration.right += u32::from(review.correct);
        }
        if !review.correct && self.strength(model) >= LAPSE_FROM_DAYS {
            self.lapses += 1;
        }
        self.belief = model.update(Some(&self.belief), &evidence(review, days, 0.0));
        self.last_day = self.last_day.max(review.day);
        self.ever_right |= review.correct;
        self.last_right = review.correct;
    }

    /// Whole days from the last answer to `day`, never below 0: a clock may have been set back.
    pub fn days_until(&self, day: NaiveDate) -> u32 {
        u32::try_from((day - self.last_day).num_days()).unwrap_or(0)
    }

    /// Chance to recall on `day`, 1 on the day of the last answer.
    pub fn raw_retrievability(&self, model: &Model, day: NaiveDate) -> f64 {
        model.retrievability(&self.belief, f64::from(self.days_until(day)))
    }

    /// Chance to recall on `day`, or on the next day where `day` is the last answer's: right after an
    /// answer anybody recalls it.
    pub fn retrievability(&self, model: &Model, day: NaiveDate) -> f64 {
        model.retrievability(&self.belief, f64::from(self.days_until(day).max(1)))
    }

    /// Days until retrievability falls to 0.9.
    pub fn strength(&self, model: &Model) -> f64 {
        model.interval(&self.belief, 0.9)
    }

    /// The first day on which retrievability is at or below `retention`.
    pub fn due_on(&self, model: &Model, retention: f64) -> NaiveDate {
        let days = model.due_after(&self.belief, retention);
        self.last_day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
    }

    pub fn is_leech(&self) -> bool {
        self.lapses >= LEECH_LAPSES
    }
}

fn evidence(review: &Review, days: u32, prior: f64) -> Evidence {
    Evidence { correct: review.correct, guess: review.guess, days, prior, hint: review.hint }
}

#[cfg(test)]
mod tests;
