//! Contestants that take turns, so that what slows the machine down slows all of them.

use std::time::{Duration, Instant};

use anyhow::Result;

/// A race is never shorter, however long it takes.
const FEWEST_ROUNDS: usize = 3;

/// Somebody to be measured. What does its work prepares it too, and returns only what counts.
pub struct Contestant<'a> {
    pub name: String,
    measure: Box<dyn FnMut() -> Result<f64> + 'a>,
}

impl<'a> Contestant<'a> {
    pub fn new(name: impl Into<String>, measure: impl FnMut() -> Result<f64> + 'a) -> Self {
        Contestant { name: name.into(), measure: Box::new(measure) }
    }
}

/// What came of one contestant: a figure each round, or why there is none.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub name: String,
    pub figures: Result<Vec<f64>, String>,
}

impl Outcome {
    pub fn median(&self) -> Option<f64> {
        median(self.figures.as_deref().ok()?)
    }
}

/// Runs each contestant once to warm up, then all of them in turn, round after round, back and forth.
///
/// Who fails is out, and the others go on. After `patience` the race ends with the round.
pub fn race(mut contestants: Vec<Contestant>, rounds: usize, patience: Duration) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = contestants
        .iter()
        .map(|c| Outcome { name: c.name.clone(), figures: Ok(Vec::with_capacity(rounds)) })
        .collect();
    let started = Instant::now();
    for round in 0..=rounds {
        if round > FEWEST_ROUNDS && started.elapsed() > patience {
            break;
        }
        let forward = round % 2 == 0;
        for place in 0..contestants.len() {
            let place = if forward { place } else { contestants.len() - 1 - place };
            run(&mut contestants[place], &mut outcomes[place], round == 0);
        }
    }
    outcomes
}

fn run(contestant: &mut Contestant, outcome: &mut Outcome, is_warm_up: bool) {
    let Ok(figures) = &mut outcome.figures else { return };
    match (contestant.measure)() {
        Ok(_) if is_warm_up => {}
        Ok(figure) => figures.push(figure),
        Err(error) => {
            eprintln!("  {}: {error:#}", contestant.name);
            outcome.figures = Err(format!("{error:#}"));
        }
    }
}

/// The middle one, or the mean of the two in the middle.
pub fn median(figures: &[f64]) -> Option<f64> {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
    }
}
