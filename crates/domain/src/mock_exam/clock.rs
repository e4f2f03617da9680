//! The clock of a mock exam: it runs from the start or a resume to the last mark or the pause.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::journal::ExamEnd;

/// The time of a mock exam.
///
/// It stops while the program is not running: what lies between the last mark and a resume is a break.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamClock {
    /// How long the exam may take; `None`: as long as one likes.
    limit: Option<TimeDelta>,
    /// What was used before the stretch that began last.
    before: TimeDelta,
    /// The stretch that began last: its begin and its last mark; `None` during a break.
    stretch: Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)>,
    breaks: u32,
}

impl ExamClock {
    /// The clock of an exam that begins. `minutes` is how long it may take.
    pub fn started(at: DateTime<FixedOffset>, minutes: Option<u32>) -> ExamClock {
        let limit = minutes.map(|minutes| TimeDelta::minutes(minutes.into()));
        ExamClock { limit, before: TimeDelta::zero(), stretch: Some((at, at)), breaks: 0 }
    }

    pub(super) fn mark(&mut self, at: DateTime<FixedOffset>) {
        if let Some((_, last)) = &mut self.stretch {
            *last = at.max(*last);
        }
    }

    pub(super) fn pause(&mut self, at: DateTime<FixedOffset>) {
        self.mark(at);
        self.close();
    }

    pub(super) fn resume(&mut self, at: DateTime<FixedOffset>) {
        self.close();
        self.stretch = Some((at, at));
        self.breaks += 1;
    }

    pub(super) fn end(&mut self, how: ExamEnd) {
        self.close();
        if let (ExamEnd::TimeUp, Some(limit)) = (how, self.limit) {
            self.before = limit;
        }
    }

    fn close(&mut self) {
        if let Some((begin, last)) = self.stretch.take() {
            self.before += last - begin;
        }
    }

    /// Whether the clock was stopped for a break, or the exam is over.
    pub fn is_stopped(&self) -> bool {
        self.stretch.is_none()
    }

    /// How often the exam was interrupted and resumed.
    pub fn breaks(&self) -> u32 {
        self.breaks
    }

    /// The seconds that count as used so far, never more than the exam may take.
    pub fn used_seconds(&self) -> u64 {
        let running = self.stretch.map_or(TimeDelta::zero(), |(begin, last)| last - begin);
        self.within_limit(self.before + running)
    }

    /// The seconds that are left at an instant while the exam is being taken; `None` without a limit.
    ///
    /// ```
    /// use badgedex_domain::mock_exam::ExamClock;
    /// use chrono::{DateTime, TimeDelta};
    ///
    /// let noon = DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap();
    /// let clock = ExamClock::started(noon, Some(90));
    /// assert_eq!(clock.seconds_left(noon + TimeDelta::minutes(89)), Some(60));
    /// assert_eq!(clock.seconds_left(noon + TimeDelta::minutes(91)), Some(0));
    /// ```
    pub fn seconds_left(&self, now: DateTime<FixedOffset>) -> Option<u64> {
        let running = self.stretch.map_or(TimeDelta::zero(), |(begin, _)| now - begin);
        let used = self.before + running.max(TimeDelta::zero());
        let left = self.limit? - used;
        Some(u64::try_from(left.num_seconds()).unwrap_or(0))
    }

    fn within_limit(&self, used: TimeDelta) -> u64 {
        let used = self.limit.map_or(used, |limit| used.min(limit));
        u64::try_from(used.num_seconds()).unwrap_or(0)
    }
}
