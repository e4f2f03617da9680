//! Counts what a group of faults did.

use std::fmt;
use std::time::Duration;

/// The counts of one group of faults.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    /// Faults that occurred: kills, failed writes, processes.
    pub faults: usize,
    /// What the program acknowledged.
    pub acknowledged: usize,
    /// What was acknowledged but is missing afterward, or is there twice.
    pub lost: usize,
    /// Stores, backups and files that were not intact afterward.
    pub unsound: usize,
    pub longest_wait: Option<Duration>,
    /// Descriptions of everything that went wrong.
    pub wrong: Vec<String>,
}

impl Tally {
    pub fn lose(&mut self, number: usize, what: String) {
        self.lost += number;
        self.wrong.push(what);
    }

    pub fn break_down(&mut self, what: String) {
        self.unsound += 1;
        self.wrong.push(what);
    }

    /// Notes a wrong result; returns whether it was right.
    pub fn expect(&mut self, sound: bool, what: impl FnOnce() -> String) -> bool {
        if !sound {
            self.break_down(what());
        }
        sound
    }

    pub fn waited(&mut self, wait: Duration) {
        self.longest_wait = self.longest_wait.max(Some(wait));
    }

    pub fn add(mut self, other: Tally) -> Tally {
        self.faults += other.faults;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.unsound += other.unsound;
        self.longest_wait = self.longest_wait.max(other.longest_wait);
        self.wrong.extend(other.wrong);
        self
    }

    /// Asserts that nothing was lost or damaged.
    #[track_caller]
    pub fn assert_clean(&self) {
        let first: Vec<&str> = self.wrong.iter().take(5).map(String::as_str).collect();
        assert!(self.lost == 0 && self.unsound == 0 && self.wrong.is_empty(), "{self}\n{}", first.join("\n"));
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wait = self.longest_wait.map_or("-".to_owned(), |wait| format!("{} ms", wait.as_millis()));
        let Tally { faults, acknowledged, lost, unsound, .. } = self;
        write!(f, "{faults} | {acknowledged} | {lost} | {unsound} | {wait}")
    }
}
