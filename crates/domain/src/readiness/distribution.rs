//! How many answers will be right in the exam.

use super::{Cut, ExamShape, Gap, Level, Levels, Range, Z_80, right_at, sigmoid};

/// Gauss-Hermite quadrature of a standard normal with seven points: places and weights (Abramowitz and Stegun 1964,
/// table 25.10, scaled).
pub(super) const NODES: [(f64, f64); 7] = [
    (-3.750_439_717_725_742, 5.482_688_559_722_19e-4),
    (-2.366_759_410_734_541, 3.075_712_396_758_651e-2),
    (-1.154_405_394_739_968, 0.240_123_178_605_012_7),
    (0.0, 0.457_142_857_142_857_1),
    (1.154_405_394_739_968, 0.240_123_178_605_012_7),
    (2.366_759_410_734_541, 3.075_712_396_758_651e-2),
    (3.750_439_717_725_742, 5.482_688_559_722_19e-4),
];
/// What is known for sure needs one point.
const SURE: [(f64, f64); 1] = [(0.0, 1.0)];
/// A share of right answers this near below a published cut passes: it is the rounding of a division.
const ROUNDING: f64 = 1e-12;

/// Chances of each number of right answers in an exam.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// By the number of right answers, from 0 to all.
    pub chances: Vec<f64>,
    /// Mean of the share of questions that the learner can be expected to answer right.
    mean: f64,
    /// Variance of that share, without the luck of the questions that are drawn.
    variance: f64,
}

/// The right answers of one domain at one common level and gap.
struct DomainMixture {
    /// By the number of right answers.
    chances: Vec<f64>,
    /// Mean of the chance to be right.
    mean: f64,
    /// Mean of its square.
    square: f64,
}

impl Levels {
    /// How many answers will be right in an exam with the same domains.
    pub fn distribution(&self, exam: &ExamShape, gap: Gap) -> Distribution {
        let total = exam.questions();
        let choices: Vec<Vec<f64>> =
            exam.domains().iter().map(|domain| binomials(domain.questions)).collect();
        let mut chances = vec![0.0; total + 1];
        let (mut mean, mut square, mut within) = (0.0, 0.0, 0.0);
        for (x, weight_x) in NODES {
            let common = self.common.mean + self.common.variance.sqrt() * x;
            for &(y, weight_y) in if gap.sd > 0.0 { &NODES[..] } else { &SURE[..] } {
                let weight = weight_x * weight_y;
                let harder = gap.mean + gap.sd * y;
                let (mut together, mut share) = (vec![1.0], 0.0);
                for ((level, domain), choices) in self.domains.iter().zip(exam.domains()).zip(&choices) {
                    let own = mixture(level, common, harder, domain.guess, choices);
                    let part = domain.questions as f64 / total as f64;
                    share += own.mean * part;
                    within += weight * (own.square - own.mean * own.mean) * part * part;
                    together = convolved(&together, &own.chances);
                }
                mean += weight * share;
                square += weight * share * share;
                for (chance, more) in chances.iter_mut().zip(&together) {
                    *chance += weight * more;
                }
            }
        }
        Distribution { chances, mean, variance: (square - mean * mean + within).max(0.0) }
    }

    /// The share of right answers to expect in a domain.
    pub(super) fn share(&self, domain: usize, guess: f64, gap: Gap) -> Range {
        let Level { base, slope, variance } = self.domains[domain];
        let center = base + slope * self.common.mean - gap.mean;
        let sd = (variance + slope * slope * self.common.variance + gap.sd * gap.sd).sqrt();
        let at = |z: f64| right_at(center + sd * z, guess);
        Range { low: at(-Z_80), mid: NODES.iter().map(|(z, weight)| weight * at(*z)).sum(), high: at(Z_80) }
    }
}

impl Distribution {
    /// Chance that enough answers are right.
    pub fn chance_to_pass(&self, cut: Cut) -> f64 {
        let total = (self.chances.len() - 1) as f64;
        let passes = |right: usize| {
            let share = right as f64 / total;
            match cut.sd > 0.0 {
                true => standard_normal((share - cut.share) / cut.sd),
                false => f64::from(u8::from(share >= cut.share - ROUNDING)),
            }
        };
        self.chances.iter().enumerate().map(|(right, chance)| chance * passes(right)).sum()
    }

    /// The number of right answers below which this share of the distribution lies, as if every number were spread
    /// evenly over half an answer to either side.
    pub fn quantile(&self, share: f64) -> f64 {
        let most = (self.chances.len() - 1) as f64;
        let mut below = 0.0;
        for (right, chance) in self.chances.iter().enumerate() {
            if below + chance >= share {
                return (right as f64 - 0.5 + (share - below) / chance).clamp(0.0, most);
            }
            below += chance;
        }
        most
    }

    /// The share of right answers to expect.
    pub fn share(&self) -> Range {
        let at = |z: f64| (self.mean + z * self.variance.sqrt()).clamp(0.0, 1.0);
        Range { low: at(-Z_80), mid: self.mean, high: at(Z_80) }
    }
}

/// A mixture of binomials: the level is known up to a normal, the answers are independent once it is known.
fn mixture(level: &Level, common: f64, harder: f64, guess: f64, choices: &[f64]) -> DomainMixture {
    let questions = choices.len() - 1;
    let mut of_domain = DomainMixture { chances: vec![0.0; questions + 1], mean: 0.0, square: 0.0 };
    for (z, weight) in NODES {
        let known = sigmoid(level.base + level.slope * common + level.variance.sqrt() * z - harder);
        let (right, wrong) = (guess + (1.0 - guess) * known, (1.0 - guess) * (1.0 - known));
        of_domain.mean += weight * right;
        of_domain.square += weight * right * right;
        let (rights, wrongs) = (powers(right, questions), powers(wrong, questions));
        for (number, chance) in of_domain.chances.iter_mut().enumerate() {
            // In this order nothing underflows before the large binomial coefficient is in it.
            *chance += weight * choices[number] * rights[number] * wrongs[questions - number];
        }
    }
    of_domain
}

/// The powers of a number, from 0 to `most`.
fn powers(base: f64, most: usize) -> Vec<f64> {
    std::iter::successors(Some(1.0), |power| Some(power * base)).take(most + 1).collect()
}

/// The binomial coefficients of `n`, from 0 to `n`.
fn binomials(n: usize) -> Vec<f64> {
    let next = |coefficient: &mut f64, k: usize| {
        let now = *coefficient;
        *coefficient = now * (n - k) as f64 / (k + 1) as f64;
        Some(now)
    };
    (0..=n).scan(1.0, next).collect()
}

/// The distribution of a sum of two independent numbers.
fn convolved(left: &[f64], right: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; left.len() + right.len() - 1];
    for (i, a) in left.iter().enumerate() {
        for (j, b) in right.iter().enumerate() {
            sum[i + j] += a * b;
        }
    }
    sum
}

/// The chance that a standard normal is below a number.
fn standard_normal(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}
