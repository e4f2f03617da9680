//! Worlds in which the chance to pass is tested: how much is known before, what practice does for questions that were
//! never seen, what else is learned, and how hard the exam is.

use rand::rngs::StdRng;
use rand::{Rng, RngExt};

/// Questions in study, by domain.
pub const STUDY: [usize; 4] = [58, 72, 82, 28];
/// Scored questions of an exam, by domain.
pub const EXAM: [usize; 4] = [12, 15, 17, 6];
pub const DOMAINS: usize = STUDY.len();
/// Chance to guess a question right.
pub const GUESS: f64 = 0.25;

/// What practice does for questions that were never seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Growth {
    /// Log odds in proportion to mastery; mean and standard deviation over learners.
    Proportional(f64, f64),
    /// Most of it comes with the first questions; the log odds of full mastery.
    Saturating(f64),
    /// Domains consist of concepts that several questions share. Practice of a question teaches its concept with a
    /// chance that differs between learners, evenly from 0 to 1.
    Concepts,
}

/// A world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct World {
    pub name: &'static str,
    pub growth: Growth,
    /// Log odds a day that are learned elsewhere.
    pub outside: f64,
    /// By how much the exam is harder than the questions in study, in log odds.
    pub gap: f64,
    /// Everything is practiced within a few days, a month before the exam.
    pub is_crammed: bool,
    /// Nothing is known of the second domain, and nothing of it is learned.
    pub has_blank_domain: bool,
}

const AS_ASSUMED: World = World {
    name: "as assumed",
    growth: Growth::Proportional(1.4, 0.9),
    outside: 0.0,
    gap: 0.0,
    is_crammed: false,
    has_blank_domain: false,
};

/// All worlds: the first is the model's own, the others differ from it.
pub const WORLDS: [World; 9] = [
    AS_ASSUMED,
    World { name: "concepts, transfer from 0 to 1", growth: Growth::Concepts, ..AS_ASSUMED },
    World { name: "no transfer at all", growth: Growth::Proportional(0.0, 0.0), ..AS_ASSUMED },
    World { name: "saturating growth", growth: Growth::Saturating(1.4), ..AS_ASSUMED },
    World { name: "a course outside", outside: 0.03, ..AS_ASSUMED },
    World { name: "crammed, then a month's gap", is_crammed: true, ..AS_ASSUMED },
    World { name: "a harder exam", gap: 0.4, ..AS_ASSUMED },
    World { name: "an easier exam", gap: -0.4, ..AS_ASSUMED },
    World { name: "one domain at zero", has_blank_domain: true, ..AS_ASSUMED },
];

/// What a learner knows of questions that they have never seen.
#[derive(Debug, Clone)]
pub struct Knowing {
    world: World,
    /// Log odds by domain before any study.
    start: [f64; DOMAINS],
    /// Log odds of full mastery.
    gain: f64,
    /// Chance that practice of a question teaches its concept.
    transfer: f64,
    /// By domain: when each concept was last taught; `None` if it is not known.
    concepts: Vec<Vec<Option<f64>>>,
}

/// Questions in study that share a concept.
const PER_CONCEPT: usize = 3;
/// Days until half of the concepts that were taught are forgotten.
const CONCEPT_HALF_LIFE: f64 = 40.0;
/// Log odds of a domain of which nothing is known.
const BLANK: f64 = -6.0;

impl Knowing {
    pub fn new(world: World, rng: &mut StdRng) -> Knowing {
        let common = -0.2 + normal(rng);
        let start = std::array::from_fn(|domain| match domain {
            1 if world.has_blank_domain => BLANK,
            _ => common + 0.8 * normal(rng),
        });
        let gain = match world.growth {
            Growth::Proportional(mean, sd) => mean + sd * normal(rng),
            Growth::Saturating(gain) => gain,
            Growth::Concepts => 0.0,
        };
        let concepts = |domain: usize| -> Vec<Option<f64>> {
            let known = sigmoid(start[domain]);
            let number = STUDY[domain] / PER_CONCEPT;
            // What was known before study is not forgotten.
            (0..number).map(|_| (rng.random::<f64>() < known).then_some(f64::INFINITY)).collect()
        };
        let concepts = (0..DOMAINS).map(concepts).collect();
        Knowing { world, start, gain, transfer: rng.random(), concepts }
    }

    /// The concept of a question in study.
    fn concept(&self, domain: usize, question: usize) -> usize {
        question % self.concepts[domain].len()
    }

    /// After a question was practiced.
    pub fn practice(&mut self, domain: usize, question: usize, day: f64, rng: &mut StdRng) {
        let concept = self.concept(domain, question);
        if self.world.growth == Growth::Concepts
            && rng.random::<f64>() < self.transfer
            && !(self.world.has_blank_domain && domain == 1)
        {
            let taught = &mut self.concepts[domain][concept];
            *taught = Some(taught.map_or(day, |before| before.max(day)));
        }
    }

    /// Whether the first answer to a question is right; one of an exam has no number.
    pub fn is_right(
        &self,
        domain: usize,
        question: Option<usize>,
        day: f64,
        mastery: f64,
        harder: f64,
        rng: &mut StdRng,
    ) -> bool {
        let known = match self.world.growth {
            Growth::Concepts => {
                let any = rng.random_range(0..self.concepts[domain].len());
                let concept = question.map_or(any, |question| self.concept(domain, question));
                let known = self.concepts[domain][concept].map_or(0.0, |taught| {
                    if taught.is_infinite() { 1.0 } else { 0.5_f64.powf((day - taught) / CONCEPT_HALF_LIFE) }
                });
                // Harder questions on a known concept are missed now and then.
                known * sigmoid(3.0 - harder)
            }
            Growth::Proportional(..) | Growth::Saturating(_) => {
                let learned = match self.world.growth {
                    Growth::Saturating(_) => (1.0 - (-3.0 * mastery).exp()) / (1.0 - (-3.0_f64).exp()),
                    _ => mastery,
                };
                let is_blank = self.world.has_blank_domain && domain == 1;
                let learned = if is_blank { 0.0 } else { self.gain * learned + self.world.outside * day };
                // Questions differ in difficulty.
                sigmoid(1.2 * (self.start[domain] + learned - harder) + normal(rng))
            }
        };
        rng.random::<f64>() < GUESS + (1.0 - GUESS) * known
    }
}

pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// A standard normal number (Box and Muller 1958).
pub fn normal(rng: &mut impl Rng) -> f64 {
    let (u, v): (f64, f64) = (1.0 - rng.random::<f64>(), rng.random());
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
