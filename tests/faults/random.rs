//! Random choices that can be repeated.

use std::env;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// The environment variable with the seed to repeat.
const SEED_VARIABLE: &str = "FAULTS_SEED";

/// A random number generator whose seed is printed.
pub struct SeededRandom(StdRng);

impl SeededRandom {
    /// Takes the seed from `FAULTS_SEED`, else from the clock, and prints it: a test that fails shows it.
    pub fn new(what: &str) -> SeededRandom {
        let given = env::var(SEED_VARIABLE).ok().map(|seed| seed.parse().expect("FAULTS_SEED is a number"));
        let seed = given.unwrap_or_else(seed_from_clock);
        eprintln!("{what}: {SEED_VARIABLE}={seed}");
        SeededRandom(StdRng::seed_from_u64(seed))
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// A duration from 0 to `longest`.
    pub fn span(&mut self, longest: Duration) -> Duration {
        longest.mul_f64(self.0.random_range(0.0..1.0))
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }

    pub fn bytes(&mut self, number: usize) -> Vec<u8> {
        (0..number).map(|_| self.0.random_range(0..=255)).collect()
    }
}

fn seed_from_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    u64::from(since.subsec_nanos()) ^ since.as_secs()
}
