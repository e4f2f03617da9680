//! Is the chance to pass right? Simulated learners of several worlds, most of which differ from what the model
//! assumes, study, sit mock exams, are told a chance, and take the exam.
//!
//! The whole study, as `docs/readiness.md` shows it, takes some minutes:
//!
//! ```text
//! cargo test --release -p badgedex-domain --test readiness_study -- --ignored --nocapture
//! ```

mod learner;
mod world;

use std::thread;

use learner::{Bank, Told, life};
use world::{WORLDS, World};

/// Learners of each world, with each number of mock exams.
const LEARNERS: usize = 2_000;
/// Numbers of mock exams.
const MOCK_EXAMS: usize = 4;
/// A chance from which somebody would book.
const HIGH: f64 = 0.9;

/// What the learners of a world were told, and what became of them.
#[derive(Debug, Default)]
struct Outcome {
    learners: usize,
    told: Vec<(f64, bool)>,
}

impl Outcome {
    fn of(told: Vec<Told>) -> Outcome {
        let learners = told.len();
        let told = told.into_iter().filter_map(|told| Some((told.chance?, told.passed))).collect();
        Outcome { learners, told }
    }

    fn mean_told(&self) -> f64 {
        self.told.iter().map(|(chance, _)| chance).sum::<f64>() / self.told.len() as f64
    }

    fn passed(&self) -> f64 {
        share_passed(&self.told)
    }

    /// Those who were told a chance within a range.
    fn between(&self, low: f64, high: f64) -> Vec<(f64, bool)> {
        self.told.iter().filter(|(chance, _)| (low..high).contains(chance)).copied().collect()
    }

    fn brier(&self) -> f64 {
        let error = |(chance, passed): &(f64, bool)| (chance - f64::from(u8::from(*passed))).powi(2);
        self.told.iter().map(error).sum::<f64>() / self.told.len() as f64
    }
}

fn share_passed(told: &[(f64, bool)]) -> f64 {
    told.iter().filter(|(_, passed)| *passed).count() as f64 / told.len() as f64
}

/// Simulates learners of a world on two threads.
fn simulate(world: World, mock_exams: usize, learners: usize) -> Outcome {
    let half = |first: usize| {
        let bank = Bank::new();
        let seeds = (first..learners).step_by(2);
        seeds.map(|seed| life(&bank, world, mock_exams, seed as u64)).collect::<Vec<Told>>()
    };
    let told = thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut told = half(0);
        told.extend(other.join().expect("a simulation does not panic"));
        told
    });
    Outcome::of(told)
}

fn percent(share: f64) -> String {
    if share.is_nan() { "-".to_owned() } else { format!("{:.1} %", 100.0 * share) }
}

fn row(world: World, mock_exams: usize, outcome: &Outcome) -> String {
    let (high, middle) = (outcome.between(HIGH, 1.1), outcome.between(0.4, 0.6));
    format!(
        "| {} | {mock_exams} | {} | {} | {} | {} | {} | {} | {:.3} |",
        world.name,
        outcome.told.len(),
        percent(outcome.mean_told()),
        percent(outcome.passed()),
        high.len(),
        percent(share_passed(&high)),
        percent(share_passed(&middle)),
        outcome.brier(),
    )
}

#[test]
#[ignore = "the whole study takes some minutes in a release build"]
fn the_whole_study() {
    println!(
        "| World | Mock exams | Learners told | Mean told | Passed | Told 90 % or more | Of these passed | Of those told 40 to 60 % passed | Brier score |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for world in WORLDS {
        for mock_exams in 0..MOCK_EXAMS {
            let outcome = simulate(world, mock_exams, LEARNERS);
            assert!(outcome.learners == LEARNERS);
            println!("{}", row(world, mock_exams, &outcome));
        }
    }
}

#[test]
fn in_every_world_a_chance_says_more_than_the_share_that_passes() {
    for world in WORLDS {
        let outcome = simulate(world, 1, 30);
        let passed = outcome.passed();
        let always_the_mean = passed * (1.0 - passed);
        assert!(
            outcome.told.len() > 25,
            "{}: {} learners were told a chance",
            world.name,
            outcome.told.len()
        );
        assert!(
            outcome.brier() < always_the_mean + 0.05,
            "{}: Brier score {:.3}, {always_the_mean:.3} for the share that passed",
            world.name,
            outcome.brier()
        );
    }
}

#[test]
fn who_is_told_nine_in_ten_mostly_passes() {
    let told: Vec<(f64, bool)> =
        WORLDS.iter().flat_map(|world| simulate(*world, 2, 30).between(HIGH, 1.1)).collect();
    assert!(told.len() > 40, "{} learners were told at least 90 %", told.len());
    assert!(share_passed(&told) > 0.85, "of {} learners {}", told.len(), percent(share_passed(&told)));
}
