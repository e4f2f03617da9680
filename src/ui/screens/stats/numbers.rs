//! Numbers, counts and times as people read them.

pub use crate::ui::text::thousands as number;

/// A measure, rounded; 0 if it is negative or not a number.
pub fn whole(measure: f64) -> u64 {
    if measure.is_finite() { measure.max(0.0).round() as u64 } else { 0 }
}

/// "1 answer", "1,200 answers".
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// "2 hours 05 minutes", "14 minutes", "40 seconds".
pub fn hours(ms: u64) -> String {
    let seconds = ms / 1_000;
    let minutes = seconds / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => counted(seconds, "second", "seconds"),
        (0, minutes) => counted(minutes, "minute", "minutes"),
        (hours, 0) => counted(hours, "hour", "hours"),
        (hours, rest) => format!("{} {rest:02} min", counted(hours, "hour", "hours")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_unit_that_fits_and_measures_are_whole() {
        for (ms, told) in [
            (0, "0 seconds"),
            (60_000, "1 minute"),
            (3_600_000, "1 hour"),
            (7_500_000, "2 hours 05 min"),
            (4_000_000_000_000, "1,111,111 hours 06 min"),
        ] {
            assert_eq!(hours(ms), told);
        }
        assert_eq!((whole(f64::NAN), whole(-3.0), whole(2.5)), (0, 0, 3));
    }
}
