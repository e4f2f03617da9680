//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// How long a race may usually take.
pub const PATIENCE_SECONDS: u64 = 180;

/// Measures badgedex against small programs, hashcards and Anki in one run.
#[derive(Debug, Parser)]
pub struct Options {
    /// Small sizes and few rounds, to try the measuring itself
    #[arg(long)]
    pub quick: bool,
    /// Only these pieces of work
    #[arg(long, value_name = "NAME")]
    pub only: Vec<Work>,
    /// Folder for everything that is built, installed and generated
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/work"))]
    pub work: PathBuf,
    /// Where the results go; benches/RESULTS.md for a full run, standard output otherwise
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Measure this binary instead of building one
    #[arg(long, value_name = "PATH")]
    pub badgedex: Option<PathBuf>,
    /// Seconds after which a race ends, once each contestant has run three times
    #[arg(long, value_name = "SECONDS", default_value_t = PATIENCE_SECONDS)]
    pub patience: u64,
}

/// Pieces of work that can be measured by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Work {
    Start,
    Growth,
    Packs,
    Answer,
    Rebuild,
    Import,
    Check,
    Memory,
    Binary,
}

/// How much is generated: few, usual and many.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub answers: [usize; 3],
    pub questions: [usize; 3],
    /// Answers in one sitting.
    pub sitting: usize,
}

impl Options {
    pub fn wants(&self, work: Work) -> bool {
        self.only.is_empty() || self.only.contains(&work)
    }

    /// Whether everything is measured, at its size.
    pub fn is_full(&self) -> bool {
        !self.quick && self.only.is_empty()
    }

    pub fn sizes(&self) -> Sizes {
        if self.quick {
            Sizes { answers: [1_000, 5_000, 20_000], questions: [100, 500, 2_000], sitting: 20 }
        } else {
            Sizes { answers: [10_000, 100_000, 1_000_000], questions: [1_000, 10_000, 100_000], sitting: 200 }
        }
    }

    /// Rounds of a race that has `full` rounds in a full run.
    pub fn rounds(&self, full: usize) -> usize {
        if self.quick { 3 } else { full }
    }
}
