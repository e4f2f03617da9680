//! What a mock exam shows while it is taken, and what the learner can do then.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::text::count;
use badgedex_domain::grading::Reply;
use badgedex_domain::mock_exam::ExamClock;
use badgedex_domain::question::{Asked, Key};

/// From here on the time that is left is shown in another color.
pub const FEW_MINUTES: u64 = 5;
/// After a longer time without a key the learner is asked whether they were away.
pub const MAX_IDLE: TimeDelta = TimeDelta::minutes(5);

/// A question of a mock exam.
pub struct ExamPrompt<'a> {
    /// Its place, from 0.
    pub place: usize,
    pub asked: &'a Asked,
    /// What was answered so far.
    pub reply: Option<&'a Reply>,
    /// All questions of the exam, in their order.
    pub cells: &'a [ExamCell],
    pub time: ExamTime<'a>,
    /// Whether the learner has just come to it.
    pub is_new: bool,
}

impl ExamPrompt<'_> {
    /// Whether the question is flagged.
    pub fn is_flagged(&self) -> bool {
        self.cells.get(self.place).is_some_and(|cell| cell.is_flagged)
    }

    /// "Choose 2: 1 chosen"; `None` if there is only one answer to give.
    pub fn chosen(&self, chosen: usize) -> Option<String> {
        match &self.asked.answer {
            Key::AnyOf { size: Some(size), .. } => Some(format!("Choose {size}: {chosen} chosen")),
            Key::AnyOf { size: None, .. } => Some(format!("Choose all that apply: {chosen} chosen")),
            Key::OneOf { .. } | Key::TrueFalse { .. } | Key::Typed { .. } => None,
            Key::Number { .. } | Key::Order { .. } | Key::Reveal { .. } => None,
        }
    }
}

/// How a question of a mock exam stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExamCell {
    pub is_answered: bool,
    pub is_flagged: bool,
}

/// All questions of a mock exam at a glance.
#[derive(Clone, Copy)]
pub struct ExamMap<'a> {
    pub cells: &'a [ExamCell],
    /// Where the learner is, from 0.
    pub here: usize,
    pub time: ExamTime<'a>,
}

impl ExamMap<'_> {
    /// How many questions are answered, flagged and open.
    pub fn counts(&self) -> (usize, usize, usize) {
        let answered = self.cells.iter().filter(|cell| cell.is_answered).count();
        let flagged = self.cells.iter().filter(|cell| cell.is_flagged).count();
        (answered, flagged, self.cells.len() - answered)
    }
}

/// The clock of a mock exam that is being taken.
#[derive(Clone, Copy)]
pub struct ExamTime<'a> {
    pub clock: &'a ExamClock,
    /// Looks at the program's clock.
    pub now: &'a dyn Fn() -> DateTime<FixedOffset>,
}

impl ExamTime<'_> {
    /// Seconds that are left; `None` without a limit.
    pub fn seconds_left(&self) -> Option<u64> {
        self.clock.seconds_left((self.now)())
    }
}

/// "71 minutes left": it changes by the minute only.
pub fn time_left(seconds: u64) -> String {
    match seconds.div_ceil(60) {
        0 => "no time left".to_owned(),
        1 => "less than a minute left".to_owned(),
        minutes if minutes <= FEW_MINUTES => format!("only {minutes} minutes left"),
        minutes => format!("{} left", count(usize::try_from(minutes).unwrap_or(0), "minute", "minutes")),
    }
}

/// What the learner did at a question of a mock exam.
#[derive(Debug, Clone, PartialEq)]
pub enum ExamInput {
    /// An answer, which replaces the one before.
    Answer(Reply),
    /// Puts the flag on the question, or takes it away.
    Flag,
    Next,
    Previous,
    /// To a place, from 0.
    GoTo(usize),
    Overview,
    Submit,
    /// Stops the clock for a while.
    Break,
    /// No key was pressed since then; the key that ended it means nothing else.
    Away(DateTime<FixedOffset>),
    /// The time is up.
    TimeUp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_changes_by_the_minute() {
        for (seconds, text) in [
            (5400, "90 minutes left"),
            (5399, "90 minutes left"),
            (5340, "89 minutes left"),
            (301, "6 minutes left"),
            (300, "only 5 minutes left"),
            (61, "only 2 minutes left"),
            (60, "less than a minute left"),
            (0, "no time left"),
        ] {
            assert_eq!(time_left(seconds), text, "{seconds}");
        }
    }
}
