//! The program's clock: the only place that looks at the computer's.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, TimeZone};

/// The computer's clock, or the day that `--today` names at the present time of day.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    today: Option<NaiveDate>,
}

impl Clock {
    pub fn new(today: Option<NaiveDate>) -> Clock {
        Clock { today }
    }

    pub fn now(self) -> DateTime<FixedOffset> {
        let now = Local::now().fixed_offset();
        let Some(today) = self.today else { return now };
        let local = today.and_time(now.time());
        // The offset of that day where the zone has one for it: summer time may differ.
        let zoned = Local.from_local_datetime(&local).earliest().map(|t| t.fixed_offset());
        zoned.or_else(|| now.offset().from_local_datetime(&local).single()).unwrap_or(now)
    }

    /// An instant, in milliseconds since 1970, as this computer's clock showed it then.
    pub fn at(self, ms: i64) -> Option<DateTime<FixedOffset>> {
        Local.timestamp_millis_opt(ms).single().map(|time| time.fixed_offset())
    }
}
