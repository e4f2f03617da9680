//! What was tried and what came of it, as figures.

use std::fmt;
use std::time::Duration;

/// What one group of faults did.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    /// Faults that hit: kills, writes that failed, processes.
    pub faults: usize,
    /// What the program said to have done.
    pub acknowledged: usize,
    /// Of these, what was not there afterwards, or was there twice.
    pub lost: usize,
    /// Stores, backups and files that were not sound afterwards.
    pub unsound: usize,
    pub longest_wait: Option<Duration>,
    /// The first things that went wrong.
    pub wrong: Vec<String>,
}

impl Figures {
    pub fn lose(&mut self, number: usize, what: String) {
        self.lost += number;
        self.wrong.push(what);
    }

    pub fn break_down(&mut self, what: String) {
        self.unsound += 1;
        self.wrong.push(what);
    }

    /// Notes what did not end as it should; returns whether it did.
    pub fn expect(&mut self, sound: bool, what: impl FnOnce() -> String) -> bool {
        if !sound {
            self.break_down(what());
        }
        sound
    }

    pub fn waited(&mut self, wait: Duration) {
        self.longest_wait = self.longest_wait.max(Some(wait));
    }

    pub fn add(mut self, other: Figures) -> Figures {
        self.faults += other.faults;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.unsound += other.unsound;
        self.longest_wait = self.longest_wait.max(other.longest_wait);
        self.wrong.extend(other.wrong);
        self
    }

    /// Nothing was lost, nothing broke.
    #[track_caller]
    pub fn assert_clean(&self) {
        let first: Vec<&str> = self.wrong.iter().take(5).map(String::as_str).collect();
        assert!(self.lost == 0 && self.unsound == 0 && self.wrong.is_empty(), "{self}\n{}", first.join("\n"));
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wait = self.longest_wait.map_or("-".to_owned(), |wait| format!("{} ms", wait.as_millis()));
        let Figures { faults, acknowledged, lost, unsound, .. } = self;
        write!(f, "{faults} | {acknowledged} | {lost} | {unsound} | {wait}")
    }
}
