//! The step of one memory state, in 64-bit: FSRS-6
//! (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>).

use super::Grade;

/// The number of parameters.
pub const PARAMETERS: usize = 21;
/// The range of each parameter: those that the `fsrs` crate keeps its own to.
const RANGES: [(f64, f64); PARAMETERS] = [
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.01, 0.8),
    (0.1, 0.8),
];
/// The range of stability, in days.
const STABILITY_RANGE: (f64, f64) = (0.001, 36_500.0);
/// The range of difficulty.
const DIFFICULTY_RANGE: (f64, f64) = (1.0, 10.0);

/// Stability in days, and difficulty from 1 to 10.
pub type State = (f64, f64);

/// FSRS-6 with its parameters, and what follows from them alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Fsrs6 {
    w: [f64; PARAMETERS],
    /// Scales days so that recall is 0.9 after `stability` days.
    factor: f64,
    /// The difficulty that all others drift towards.
    easy: f64,
    /// After a miss stability falls at least by this factor.
    least_loss: f64,
}

impl Fsrs6 {
    /// With these parameters, each brought into its range.
    pub fn new(parameters: &[f64; PARAMETERS]) -> Fsrs6 {
        let mut w = *parameters;
        for (w, (low, high)) in w.iter_mut().zip(RANGES) {
            *w = w.clamp(low, high);
        }
        let factor = 0.9_f64.powf(-1.0 / w[20]) - 1.0;
        Fsrs6 { w, factor, easy: w[4] - (w[5] * 3.0).exp() + 1.0, least_loss: (w[17] * w[18]).exp() }
    }

    /// Chance to recall `days` after the last answer what was learned, 0 to 1.
    pub fn recall(&self, stability: f64, days: f64) -> f64 {
        power(1.0 + self.factor * days / stability, -self.w[20])
    }

    /// Some chance of recall to the power of -1/decay, which grows in a straight line over the days.
    pub fn straightened(&self, chance: f64) -> f64 {
        power(chance, -1.0 / self.w[20])
    }

    /// How quickly that line grows `days` after the last answer, as a share of it.
    pub fn growth(&self, stability: f64, days: f64) -> f64 {
        self.factor / (stability + self.factor * days)
    }

    /// The state after the first answer.
    pub fn first(&self, grade: Grade) -> State {
        let steps = f64::from(grade as u8) - 1.0;
        let difficulty = self.w[4] - (self.w[5] * steps).exp() + 1.0;
        (self.w[grade as usize - 1], clamp(difficulty, DIFFICULTY_RANGE))
    }

    /// The state after one more answer; `recall` is the chance of it before the answer.
    pub fn next(&self, (stability, difficulty): State, grade: Grade, days: u32, recall: f64) -> State {
        let (w, s, d) = (&self.w, stability, difficulty);
        let from_good = f64::from(grade as u8) - 3.0;
        let next = if days == 0 {
            let gain = (w[17] * (from_good + w[18]) - w[19] * s.ln()).exp();
            s * if grade == Grade::Again { gain } else { gain.max(1.0) }
        } else if grade == Grade::Again {
            let kept = w[11] * ((1.0 - recall) * w[14] - w[12] * d.ln()).exp();
            (kept * (power(s + 1.0, w[13]) - 1.0)).min(s / self.least_loss)
        } else {
            let effort = if grade == Grade::Hard { w[15] } else { 1.0 };
            let spacing = ((1.0 - recall) * w[10]).exp() - 1.0;
            s * (1.0 + (w[8] - w[9] * s.ln()).exp() * (11.0 - d) * spacing * effort)
        };
        let moved = d + (10.0 - d) * (-w[6] * from_good) / 9.0;
        let moved = w[7] * (self.easy - moved) + moved;
        (clamp(next, STABILITY_RANGE), clamp(moved, DIFFICULTY_RANGE))
    }
}

/// `base` to a power: half the time of `powf`, which also tells the last bit.
fn power(base: f64, exponent: f64) -> f64 {
    (exponent * base.ln()).exp()
}

fn clamp(value: f64, (low, high): (f64, f64)) -> f64 {
    value.clamp(low, high)
}
