//! Which questions to ask on each day before an exam, so that most is known on its day.
//!
//! New questions are spread evenly over the days, early enough that everything can come round one and a half times
//! more before the exam. The other answers go where one more repetition brings most for the exam day and waiting
//! would cost most; what is known well rests until the last four days.
//!
//! Nothing of it is stored. The list of a day follows from the beliefs, the learner's term, the day of the exam, the
//! answers of today and the daily number, so that it follows every change: a missed day, another date, a suspended
//! question. The forecast plays the days that are left by the same rule, with fixed dice.

mod daily;
mod exam_study;
mod forecast;
mod look_back;
mod ranking;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

pub use daily::daily_answers;
pub use exam_study::{AIM, DayOfStudy, ExamStudy, Outlook, Pace};
pub use forecast::{Forecast, PlayedQuestion};
pub use look_back::{Circumstances, LookBack};

use super::memory::{Hypothesis, Model, Term};
use super::question::QuestionId;
use super::settings::DaysOff;
use ranking::{Card, Day, Memory};

/// A question of the exam's content, as far as the order of asking depends on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudyQuestion<'a> {
    /// Its id.
    pub id: &'a QuestionId,
    /// What is remembered; `None` if it was never answered.
    pub seen: Option<Seen<'a>>,
    /// Chance that somebody who does not know guesses right, at least 0 and below 1.
    pub guess: f64,
    /// How much it counts in the exam, compared with others; 0 if it is not part of it.
    pub weight: f64,
    /// Chance that it is known before the first answer.
    pub prior: f64,
    /// Its turn among the new questions, 0 to 1.
    pub turn: f64,
}

/// What is remembered of a question that was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen<'a> {
    /// The states of its belief; never empty.
    pub belief: &'a [Hypothesis],
    /// The day of the last answer.
    pub last: NaiveDate,
}

/// The days from today to an exam, and how the learner studies on them.
#[derive(Debug, Clone, Copy)]
pub struct ExamDays<'a> {
    /// The memory model of this learner.
    pub model: &'a Model,
    /// The day of memory.
    pub today: NaiveDate,
    /// The day of the exam.
    pub exam: NaiveDate,
    /// Answers on a day of study: see [`daily_answers`].
    pub daily: u32,
    /// Weekdays without study.
    pub days_off: DaysOff,
    /// How well the learner learns from misses.
    pub term: Term,
}

/// What was answered today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DoneToday {
    /// All answers, without cram.
    pub answers: u32,
    /// How many of them were first answers to content of the exam.
    pub new: u32,
}

/// A question in the order of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ordered<'a> {
    /// Its id.
    pub id: &'a QuestionId,
    /// How many answers it is expected to take, from 1 to 2: a wrong one is asked again on the same day.
    pub answers: f64,
}

impl ExamDays<'_> {
    /// The questions to ask today, in this order; empty from the day of the exam on.
    pub fn today_list<'a>(&self, questions: &[StudyQuestion<'a>], done: DoneToday) -> Vec<&'a QuestionId> {
        let order = self.order(questions, done);
        order[..self.todays(&order, done)].iter().map(|ordered| ordered.id).collect()
    }

    /// How many questions of an order fit what is left of today's answers. The last one may take one answer too many.
    fn todays(&self, order: &[Ordered], done: DoneToday) -> usize {
        let mut left = f64::from(self.budget(self.today)) - f64::from(done.answers);
        let fits = |question: &&Ordered| {
            let has_room = left > 0.0;
            left -= question.answers;
            has_room
        };
        order.iter().take_while(fits).count()
    }

    /// All questions of the exam that may be asked today, the most urgent first: those of
    /// [`today_list`](ExamDays::today_list), then what follows where the learner goes on. Empty from the day of the
    /// exam on. What was answered today is not in it.
    pub fn order<'a>(&self, questions: &[StudyQuestion<'a>], done: DoneToday) -> Vec<Ordered<'a>> {
        if self.exam <= self.today {
            return Vec::new();
        }
        let asked: Vec<&StudyQuestion> = questions.iter().filter(|question| question.weight > 0.0).collect();
        let cards: Vec<Card> = asked.iter().map(|question| self.card(question)).collect();
        let (exam, answers_per_day) = (self.days_left(), self.answers_per_day());
        let day = Day { memory: self.memory(), day: 0, exam, answers_per_day };
        let order = day.order(&cards, done.new as usize);
        order.into_iter().map(|(place, answers)| Ordered { id: asked[place].id, answers }).collect()
    }

    fn memory(&self) -> Memory<'_> {
        Memory { model: self.model, term: self.term }
    }

    /// Days from today to the exam; not positive from its day on.
    fn days_left(&self) -> i64 {
        (self.exam - self.today).num_days()
    }

    /// Answers on a day.
    fn budget(&self, day: NaiveDate) -> u32 {
        if self.days_off.has(day.weekday()) { 0 } else { self.daily }
    }

    /// Answers on the days from one until before another, counted from today.
    fn budget_between(&self, from: i64, until: i64) -> f64 {
        let after = |days: i64| self.today.checked_add_days(Days::new(days.unsigned_abs()));
        (from..until).filter_map(after).map(|day| f64::from(self.budget(day))).sum()
    }

    /// Mean number of answers a day until the exam, days off included.
    fn answers_per_day(&self) -> f64 {
        self.budget_between(0, self.days_left()) / self.days_left().max(1) as f64
    }

    /// A question with its days counted from today.
    fn card<'a>(&self, question: &StudyQuestion<'a>) -> Card<'a> {
        Card {
            states: question.seen.map_or(&[], |seen| seen.belief),
            last: question.seen.map_or(0, |seen| (seen.last - self.today).num_days()),
            guess: question.guess,
            weight: question.weight,
            prior: question.prior,
            turn: question.turn,
        }
    }
}

#[cfg(test)]
mod tests;
