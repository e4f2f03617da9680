//! Over how long a question was answered right: the basis of awards for remembering.
//!
//! A day counts if the first answer of the day was right. A span consists of at least three such days; it
//! reaches a milestone once the first and the last are far enough apart and guessing alone hardly explains
//! them. Spans are independent of beliefs, so that answering faster or more often makes none longer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A length of time for which a question is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// 21 days.
    ThreeWeeks,
    /// 100 days.
    HundredDays,
    /// 365 days.
    Year,
}

impl Milestone {
    /// All milestones, the shortest first.
    pub const ALL: [Milestone; 3] = [Milestone::ThreeWeeks, Milestone::HundredDays, Milestone::Year];

    /// Days from the first right answer to the last one.
    pub fn days(self) -> i64 {
        match self {
            Milestone::ThreeWeeks => 21,
            Milestone::HundredDays => 100,
            Milestone::Year => 365,
        }
    }
}

/// The highest chance that all right answers of a span were guesses: three answers with four
/// choices are enough, five on true or false are not.
const MAX_LUCK: f64 = 0.02;
/// Wrong days from which awards count a question as a leech.
pub const MIN_LEECH_WRONG_DAYS: u32 = 8;

/// The days on which a question was answered right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Span {
    first: NaiveDate,
    /// A day between the first and the last.
    between: Option<NaiveDate>,
    last: NaiveDate,
    /// Chance that all right answers were guesses, 0 to 1.
    luck: f64,
    reached: [Option<NaiveDate>; 3],
}

impl Span {
    fn of(day: NaiveDate, guess: f64) -> Span {
        Span { first: day, between: None, last: day, luck: guess, reached: [None; 3] }
    }

    fn add(&mut self, day: NaiveDate, guess: f64) {
        let known = [Some(self.first), self.between, Some(self.last)];
        if known.contains(&Some(day)) {
            return;
        }
        self.luck *= guess;
        let mut days = [self.first, self.last, day];
        days.sort_unstable();
        // With one day so far, the first and the last are the same, and nothing is between them.
        let has_two = self.first != self.last;
        self.between = self.between.or(has_two.then_some(days[1]));
        (self.first, self.last) = (days[0], days[2]);
        for milestone in Milestone::ALL {
            let place = &mut self.reached[milestone as usize];
            if place.is_none() && self.between.is_some() && self.luck <= MAX_LUCK {
                *place = ((self.last - self.first).num_days() >= milestone.days()).then_some(day);
            }
        }
    }

    /// The day on which a milestone was reached.
    pub fn reached(&self, milestone: Milestone) -> Option<NaiveDate> {
        self.reached[milestone as usize]
    }

    /// Whether no right answer can have been a guess.
    pub fn is_from_memory(&self) -> bool {
        self.luck == 0.0
    }

    /// The first day on which it was answered right.
    pub fn first(&self) -> NaiveDate {
        self.first
    }
}

/// Everything that awards use of one question.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Spans {
    /// Over all right answers.
    pub whole: Option<Span>,
    /// Over those after the first wrong one.
    pub mended: Option<Span>,
    /// Over those after it became a leech.
    pub tamed: Option<Span>,
    /// On how many days the first answer was wrong.
    pub wrong_days: u32,
    /// The last day with an answer.
    day: Option<NaiveDate>,
}

impl Spans {
    /// Adds an answer. Only the first one of a day counts.
    pub fn add(&mut self, day: NaiveDate, correct: bool, guess: f64) {
        if !self.is_first_of(day) {
            return;
        }
        self.day = Some(day);
        if !correct {
            self.wrong_days += 1;
            return;
        }
        extend(&mut self.whole, day, guess);
        if self.wrong_days > 0 {
            extend(&mut self.mended, day, guess);
        }
        if self.wrong_days >= MIN_LEECH_WRONG_DAYS {
            extend(&mut self.tamed, day, guess);
        }
    }

    /// Whether an answer on this day would be its first.
    pub fn is_first_of(&self, day: NaiveDate) -> bool {
        self.day != Some(day)
    }

    /// The day on which the whole span reached a milestone.
    pub fn reached(&self, milestone: Milestone) -> Option<NaiveDate> {
        self.whole.and_then(|span| span.reached(milestone))
    }
}

fn extend(span: &mut Option<Span>, day: NaiveDate, guess: f64) {
    match span {
        Some(span) => span.add(day, guess),
        None => *span = Some(Span::of(day, guess)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(number)
    }

    fn spans(answers: &[(u64, bool)], guess: f64) -> Spans {
        let mut spans = Spans::default();
        answers.iter().for_each(|(on, correct)| spans.add(day(*on), *correct, guess));
        spans
    }

    #[test]
    fn three_days_three_weeks_apart_make_a_span_and_two_do_not() {
        for (answers, guess, reached) in [
            (&[(0, true), (21, true)][..], 0.25, None),
            (&[(0, true), (5, true), (21, true)], 0.25, Some(21)),
            (&[(0, true), (5, true), (20, true)], 0.25, None),
            (&[(0, true), (0, true), (21, true), (21, true)], 0.25, None),
            (&[(0, true), (5, false), (21, true), (30, true)], 0.25, Some(30)),
            // A right answer after the wrong one of the same day was no recall.
            (&[(0, true), (5, false), (5, true), (21, true)], 0.0, None),
            // True or false takes six.
            (&[(0, true), (5, true), (21, true), (22, true), (23, true)], 0.5, None),
            (&[(0, true), (5, true), (21, true), (22, true), (23, true), (24, true)], 0.5, Some(24)),
            // A clock that was set back.
            (&[(30, true), (5, true), (9, true)], 0.0, Some(9)),
        ] {
            let spans = spans(answers, guess);
            assert_eq!(spans.reached(Milestone::ThreeWeeks), reached.map(day), "{answers:?} {guess}");
        }
    }

    #[test]
    fn a_leech_is_tamed_only_by_what_comes_after_its_eighth_wrong_day() {
        let wrong: Vec<(u64, bool)> = (0..8).map(|on| (on * 2, false)).collect();
        let right = [(1, true), (20, true), (30, true), (41, true)];
        let mut answers: Vec<(u64, bool)> = wrong.into_iter().chain(right).collect();
        answers.sort_unstable();
        let spans = spans(&answers, 0.0);
        assert_eq!(spans.tamed.unwrap().reached(Milestone::ThreeWeeks), Some(day(41)));
        assert_eq!(spans.mended.unwrap().reached(Milestone::ThreeWeeks), Some(day(30)));
    }
}
