//! One state of memory and its step, in 64-bit: FSRS-6 with its default parameters
//! (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>).

use crate::memory::Grade;

/// Chance that a miss, with the answer shown, is learned from, before the learner has shown better.
pub(super) const LEARNED_AFTER_MISS: f64 = 0.75;
/// The parameters of FSRS-6.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// One possible state of the learner's memory of a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MemoryState {
    /// Share of the belief, 0 to 1.
    pub weight: f64,
    /// Days until recall falls to 0.9, above 0.
    pub stability: f64,
    /// From 1 (easy) to 10.
    pub difficulty: f64,
    /// Chance that there is a memory at all, 0 to 1.
    pub learned: f64,
}

/// Chance to recall `days` after the last answer what was learned.
pub(super) fn recall(stability: f64, days: f64) -> f64 {
    let factor = 0.9_f64.powf(-1.0 / W[20]) - 1.0;
    (1.0 + factor * days / stability).powf(-W[20])
}

/// A chance with its odds multiplied by e^term.
pub(super) fn shift(chance: f64, term: f64) -> f64 {
    let factor = term.exp();
    factor * chance / (1.0 + (factor - 1.0) * chance)
}

/// The state after one answer; `None`: it is the first. Its weight and its chance of being learned are those from
/// before.
pub(super) fn step(state: Option<&MemoryState>, grade: Grade, days: i64) -> MemoryState {
    let g = f64::from(grade as u8);
    let Some(state) = state else {
        let difficulty = (W[4] - (W[5] * (g - 1.0)).exp() + 1.0).clamp(1.0, 10.0);
        return MemoryState { weight: 1.0, stability: W[grade as usize - 1], difficulty, learned: 1.0 };
    };
    let (s, d) = (state.stability, state.difficulty);
    let r = recall(s, days as f64);
    let stability = if days == 0 {
        let gain = (W[17] * (g - 3.0 + W[18])).exp() * s.powf(-W[19]);
        s * if g >= 2.0 { gain.max(1.0) } else { gain }
    } else if grade == Grade::Again {
        let forgotten = W[11] * d.powf(-W[12]) * ((s + 1.0).powf(W[13]) - 1.0) * ((1.0 - r) * W[14]).exp();
        forgotten.min(s / (W[17] * W[18]).exp())
    } else {
        let hard = if grade == Grade::Hard { W[15] } else { 1.0 };
        let gain = W[8].exp() * (11.0 - d) * s.powf(-W[9]) * (((1.0 - r) * W[10]).exp() - 1.0) * hard;
        s * (1.0 + gain)
    };
    let moved = d + (10.0 - d) * (-W[6] * (g - 3.0)) / 9.0;
    let easy = W[4] - (W[5] * 3.0).exp() + 1.0;
    let difficulty = W[7] * (easy - moved) + moved;
    MemoryState {
        stability: stability.clamp(0.001, 36_500.0),
        difficulty: difficulty.clamp(1.0, 10.0),
        ..*state
    }
}
