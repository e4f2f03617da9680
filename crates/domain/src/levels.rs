//! Levels: names for the days of memory that a learner has built up.

use serde::{Deserialize, Serialize};

/// A level and where it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Its name.
    pub name: &'static str,
    /// Days of memory from which it is reached.
    pub from_days: f64,
}

/// All levels, the lowest first. A millennium takes a thousand questions that last a year.
pub const LEVELS: [Level; 9] = [
    Level { name: "Week", from_days: 7.0 },
    Level { name: "Month", from_days: 30.0 },
    Level { name: "Season", from_days: 91.0 },
    Level { name: "Year", from_days: 365.0 },
    Level { name: "Olympiad", from_days: 1_461.0 },
    Level { name: "Decade", from_days: 3_653.0 },
    Level { name: "Generation", from_days: 9_131.0 },
    Level { name: "Lifetime", from_days: 29_220.0 },
    Level { name: "Millennium", from_days: 365_243.0 },
];

/// The days of memory of all questions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct MemoryDays {
    /// Sum of their strengths in days, each at most 365.
    pub days: f64,
    /// The part of `days` that belongs to due questions.
    pub faded: f64,
}

impl MemoryDays {
    /// The highest level that is reached; `None` below the first.
    pub fn level(&self) -> Option<&'static Level> {
        LEVELS.iter().rev().find(|level| self.days >= level.from_days)
    }

    /// The next level; `None` after the last.
    pub fn next_level(&self) -> Option<&'static Level> {
        LEVELS.iter().find(|level| self.days < level.from_days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_reached_at_its_number_and_the_next_one_is_named() {
        for (days, level, next) in [
            (0.0, None, Some("Week")),
            (6.99, None, Some("Week")),
            (7.0, Some("Week"), Some("Month")),
            (1_460.9, Some("Year"), Some("Olympiad")),
            (1e9, Some("Millennium"), None),
        ] {
            let memory = MemoryDays { days, faded: 0.0 };
            assert_eq!(memory.level().map(|l| l.name), level, "{days}");
            assert_eq!(memory.next_level().map(|l| l.name), next, "{days}");
        }
    }
}
