//! The program's clock: the only place that looks at the computer's.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, TimeZone};

use badgedex_domain::journal::memory_day;

/// The computer's clock, or the day that `--today` names at the present time of day.
///
/// The days stay as they are until [`Clock::refresh`], so that one screen is of one day.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    fixed: Option<NaiveDate>,
    /// The calendar day.
    pub today: NaiveDate,
    /// The day of memory.
    pub day: NaiveDate,
}

impl Clock {
    /// The clock of a run; `fixed` is the day of `--today`.
    pub fn new(fixed: Option<NaiveDate>) -> Clock {
        let now = now(fixed);
        Clock { fixed, today: now.date_naive(), day: memory_day(now) }
    }

    /// The present time.
    pub fn now(self) -> DateTime<FixedOffset> {
        now(self.fixed)
    }

    /// An instant, in milliseconds since 1970, as this computer's clock showed it then.
    pub fn at(self, ms: i64) -> Option<DateTime<FixedOffset>> {
        Local.timestamp_millis_opt(ms).single().map(|time| time.fixed_offset())
    }

    /// Takes the days of the present time. Returns whether one of them changed.
    pub fn refresh(&mut self) -> bool {
        let before = (self.today, self.day);
        *self = Clock::new(self.fixed);
        before != (self.today, self.day)
    }
}

fn now(fixed: Option<NaiveDate>) -> DateTime<FixedOffset> {
    let now = Local::now().fixed_offset();
    let Some(today) = fixed else { return now };
    let local = today.and_time(now.time());
    // The offset of that day if the zone has one for it: summer time may differ.
    let zoned = Local.from_local_datetime(&local).earliest().map(|t| t.fixed_offset());
    zoned.or_else(|| now.offset().from_local_datetime(&local).single()).unwrap_or(now)
}
