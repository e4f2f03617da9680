//! What first answers say of the learner's levels.
//!
//! Given the common level, the domains are independent, and each is a chain of answers in the order of days. The
//! level at an answer is carried as `base + slope * common + N(0, variance)`, so that one pass over a chain does the
//! filtering for every common level at once. Answers are not normal: the mode is found by repeated filtering and
//! smoothing of a normal approximation around the last mode.

use serde::{Deserialize, Serialize};

use super::{DomainStudy, FirstAnswer, GAIN, sigmoid};

/// The common level before any study: 40 % of the questions are known, and that is very unsure.
const COMMON: Normal = Normal { mean: -0.4, variance: 1.2 * 1.2 };
/// Variance of a domain's level around the common one: a domain may be quite new to the learner.
const SPREAD: f64 = 1.2 * 1.2;
/// Variance of [`GAIN`], per unit of change in mastery: how much practice carries over differs.
const WANDER: f64 = 0.8;
/// Variance a day of everything else: 0.6 either way in a month.
const DRIFT: f64 = 0.012;
/// The level at a typical pass mark: 60 % known, so 70 % right with guessing.
const NEAR_CUT: f64 = 0.4;
/// The mode has been found once no level moves further than this.
const STANDS_STILL: f64 = 1e-10;
/// A few dozen turns are enough; this limit ends the search whatever the numbers are.
const MAX_TURNS: usize = 199;

/// A normal distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Normal {
    /// Its mean.
    pub mean: f64,
    /// Its variance, at least 0.
    pub variance: f64,
}

/// The level of a domain, given the common level: `base + slope * common + N(0, variance)`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// What does not depend on the common level.
    pub base: f64,
    /// How much of the common level is in it, 0 to 1.
    pub slope: f64,
    /// Its variance if the common level is known.
    pub variance: f64,
}

impl Level {
    /// Before any answer: that of the common level.
    const START: Level = Level { base: 0.0, slope: 1.0, variance: SPREAD };

    /// The level after some days and a change in mastery.
    fn moved(self, step: Step) -> Level {
        Level { base: self.base + step.shift, variance: self.variance + step.variance, ..self }
    }
}

/// What lies between two answers.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// By how much the level is expected to move.
    shift: f64,
    /// By how much it wanders.
    variance: f64,
}

impl Step {
    fn new(days: f64, mastery_gained: f64, outside: f64) -> Step {
        Step {
            shift: GAIN * mastery_gained + outside * days,
            variance: WANDER * mastery_gained.abs() + DRIFT * days,
        }
    }
}

/// What the first answers say of the learner, each domain as of its last answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    common: Normal,
    domains: Vec<ChainEnd>,
}

/// A domain as of its last answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct ChainEnd {
    level: Level,
    /// The day of the last answer; that of the first answer to any domain if it has none; `None` without answers.
    day: Option<f64>,
    /// Mastery at the last answer; 0 before any.
    mastery: f64,
}

/// The levels of all domains on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    /// The common level.
    pub common: Normal,
    /// By domain.
    pub domains: Vec<Level>,
}

impl Levels {
    /// The same with the level of one domain raised.
    pub fn raised(&self, domain: usize, by: f64) -> Levels {
        let mut raised = self.clone();
        raised.domains[domain].base += by;
        raised
    }
}

/// The answers of one domain in the order of their days, with the current mode.
struct Chain<'a> {
    answers: Vec<&'a FirstAnswer>,
    /// What lies before each answer.
    steps: Vec<Step>,
    /// The most likely level at each answer.
    mode: Vec<f64>,
    /// The level after each answer, without what later answers say.
    filtered: Vec<Level>,
}

/// Which curvature of an answer's log likelihood is used.
#[derive(Clone, Copy, PartialEq)]
enum Curvature {
    /// A bound of it at the mode: the steps converge.
    Bound,
    /// Fisher's information near the pass mark. It depends on what was asked, not on what was answered, so that a
    /// right answer instead of a wrong one never makes the posterior wider.
    NearCut,
}

/// Information on the common level, gathered over the domains.
struct Gathered {
    precision: f64,
    weighted: f64,
}

impl Posterior {
    /// The posterior of the levels of `domains` domains. Answers of other domains are ignored; answers of one domain
    /// on one day count in the given order.
    ///
    /// `outside`: log odds a day that are learned elsewhere.
    pub fn of(answers: &[FirstAnswer], domains: usize, outside: f64) -> Posterior {
        let first_day = answers.iter().map(|answer| answer.day).min_by(f64::total_cmp);
        let mut chains: Vec<Chain> =
            (0..domains).map(|domain| Chain::new(answers, domain, first_day, outside)).collect();
        for _ in 0..MAX_TURNS {
            let common = filter(&mut chains, Curvature::Bound);
            let moved = chains.iter_mut().map(|chain| chain.smooth(common.mean)).fold(0.0, f64::max);
            if moved < STANDS_STILL {
                break;
            }
        }
        let common = filter(&mut chains, Curvature::NearCut);
        Posterior { common, domains: chains.iter().map(|chain| chain.end(first_day)).collect() }
    }

    /// The levels on a day, with the mastery of that day.
    pub fn on_day(&self, day: f64, study: &[DomainStudy], outside: f64) -> Levels {
        let level = |(end, study): (&ChainEnd, &DomainStudy)| {
            let days = end.day.map_or(0.0, |last| (day - last).max(0.0));
            end.level.moved(Step::new(days, study.mastery - end.mastery, outside))
        };
        Levels { common: self.common, domains: self.domains.iter().zip(study).map(level).collect() }
    }
}

/// Filters every chain around its mode; the common level follows from all of them.
fn filter(chains: &mut [Chain], curvature: Curvature) -> Normal {
    let precision = 1.0 / COMMON.variance;
    let mut gathered = Gathered { precision, weighted: COMMON.mean * precision };
    for chain in chains {
        chain.filter(curvature, &mut gathered);
    }
    Normal { mean: gathered.weighted / gathered.precision, variance: 1.0 / gathered.precision }
}

impl<'a> Chain<'a> {
    fn new(answers: &'a [FirstAnswer], domain: usize, first_day: Option<f64>, outside: f64) -> Chain<'a> {
        let mut answers: Vec<&FirstAnswer> =
            answers.iter().filter(|answer| answer.domain == domain).collect();
        answers.sort_by(|a, b| a.day.total_cmp(&b.day));
        let mut before = (first_day.unwrap_or_default(), 0.0);
        let step = |answer: &&FirstAnswer| {
            let (day, mastery) = std::mem::replace(&mut before, (answer.day, answer.mastery));
            Step::new(answer.day - day, answer.mastery - mastery, outside)
        };
        let steps = answers.iter().map(step).collect();
        let mode = answers.iter().map(|answer| COMMON.mean + GAIN * answer.mastery).collect();
        Chain { filtered: Vec::with_capacity(answers.len()), answers, steps, mode }
    }

    /// One pass forward: the level after each answer, for every common level at once.
    fn filter(&mut self, curvature: Curvature, gathered: &mut Gathered) {
        self.filtered.clear();
        let mut level = Level::START;
        for ((answer, step), mode) in self.answers.iter().zip(&self.steps).zip(&self.mode) {
            level = level.moved(*step);
            let guess = answer.guess_with_hint();
            let (slope, bound) = log_likelihood(*mode, answer.right, guess);
            let information = match curvature {
                Curvature::Bound => bound,
                Curvature::NearCut => log_likelihood(NEAR_CUT, true, guess).1,
            };
            let kept = 1.0 / (1.0 + information * level.variance);
            let surprise = slope + information * (mode - level.base);
            gathered.precision += level.slope * level.slope * information * kept;
            gathered.weighted += level.slope * surprise * kept;
            level = Level {
                base: level.base + level.variance * surprise * kept,
                slope: level.slope * kept,
                variance: level.variance * kept,
            };
            self.filtered.push(level);
        }
    }

    /// One pass backward: the mode with what later answers say. How far the mode moved at most.
    fn smooth(&mut self, common: f64) -> f64 {
        let mut most: f64 = 0.0;
        let mut later: Option<(f64, Step)> = None;
        for ((level, mode), step) in self.filtered.iter().zip(&mut self.mode).zip(&self.steps).rev() {
            let mut smoothed = level.base + level.slope * common;
            if let Some((later, step)) = later {
                let share = level.variance / (level.variance + step.variance);
                smoothed += share * (later - smoothed - step.shift);
            }
            most = most.max((smoothed - *mode).abs());
            *mode = smoothed;
            later = Some((smoothed, *step));
        }
        most
    }

    fn end(&self, first_day: Option<f64>) -> ChainEnd {
        let last = self.answers.last();
        ChainEnd {
            level: self.filtered.last().copied().unwrap_or(Level::START),
            day: last.map(|answer| answer.day).or(first_day),
            mastery: last.map_or(0.0, |answer| answer.mastery),
        }
    }
}

/// Slope of one answer's log likelihood at a level, and a bound on its curvature: exact for a wrong answer, expected
/// for a right one.
///
/// The log likelihood of a right answer that may be a guess is not concave at low levels, so its own curvature cannot
/// be used.
fn log_likelihood(level: f64, right: bool, guess: f64) -> (f64, f64) {
    let known = sigmoid(level);
    if !right {
        return (-known, known * (1.0 - known));
    }
    // Share of the right answers that are not guesses.
    let recalled = (1.0 - guess) * known / (guess + (1.0 - guess) * known);
    ((1.0 - known) * recalled, known * (1.0 - known) * recalled)
}
