//! Draws what a learner may have recalled and what guessed: complete histories, as likely as the answers make them.
//!
//! A right answer may be a guess, and later answers tell more: a learner who is wrong the next day probably
//! guessed. So several histories of a question are followed from its first answer, each weighed by how well
//! it predicts the answers, and the likeliest are drawn more often (a particle filter).

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use fsrs::{FSRSItem, FSRSReview};
use rand::{Rng, RngExt};

use super::Given;
use crate::history::Review;
use crate::memory::{FirstAnswers, Grade, MAX_RECALL, Model};
use crate::question::QuestionId;

/// How many histories of a question are followed at once.
const PARTICLES: usize = 16;
/// How many histories of a question train.
const DRAWS: usize = 5;
/// With this many answers, one history of each question is enough.
const ONE_DRAW_MIN_ANSWERS: usize = 20_000;
/// More answers add nothing; those of the questions answered last are used.
const MAX_ANSWERS: usize = 100_000;
/// Longer histories of one question are cut: the training accepts no longer ones.
const MAX_HISTORY: usize = 200;

/// The training set for the `fsrs` crate.
pub struct Drawn {
    /// In the order of the answers.
    pub items: Vec<FSRSItem>,
    pub cards: Vec<i64>,
    /// How many histories were drawn of each question.
    pub draws: usize,
}

/// An answer, with what came before it.
#[derive(Clone, Copy)]
struct TimedReview {
    review: Review,
    days: u32,
    prior: f64,
    /// Place in the order of all answers.
    place: usize,
}

/// One possible history of a question.
#[derive(Clone)]
struct Particle {
    weight: f64,
    /// Stability and difficulty.
    memory: Option<(f64, f64)>,
    reviews: Vec<FSRSReview>,
}

/// Draws histories of every question; `None` if it was stopped.
pub fn draw(
    given: &[&Given],
    model: &Model,
    rng: &mut impl Rng,
    is_stopped: impl Fn() -> bool,
) -> Option<Drawn> {
    let draws = if given.len() < ONE_DRAW_MIN_ANSWERS { DRAWS } else { 1 };
    let mut prefixes = Vec::new();
    for (question, steps) in by_question(given).into_iter().enumerate() {
        if is_stopped() {
            return None;
        }
        for (draw, particle) in likely(&follow(&steps, model, rng), draws, rng).into_iter().enumerate() {
            let card = (question * draws + draw) as i64;
            for (i, step) in steps.iter().enumerate().filter(|(_, step)| step.days > 0) {
                let reviews = particle.reviews[..=i].to_vec();
                prefixes.push((step.place, card, FSRSItem { reviews }));
            }
        }
    }
    prefixes.sort_by_key(|&(place, card, _)| (place, card));
    let cards = prefixes.iter().map(|&(_, card, _)| card).collect();
    Some(Drawn { items: prefixes.into_iter().map(|(_, _, item)| item).collect(), cards, draws })
}

/// The answers of each question, in the order of the first answers.
fn by_question(given: &[&Given]) -> Vec<Vec<TimedReview>> {
    let taken = taken(given);
    let mut firsts = FirstAnswers::default();
    let mut places: HashMap<&QuestionId, (usize, NaiveDate)> = HashMap::new();
    let mut all: Vec<Vec<TimedReview>> = Vec::new();
    for (place, (question, review)) in given.iter().enumerate() {
        let (index, last_day) = *places.entry(question).or_insert_with(|| {
            all.push(Vec::new());
            (all.len() - 1, review.day)
        });
        let steps = &mut all[index];
        let days = u32::try_from((review.day - last_day).num_days()).unwrap_or(0);
        places.insert(question, (index, last_day.max(review.day)));
        let step = TimedReview { review: *review, days, prior: firsts.prior_of(question.pack()), place };
        if steps.is_empty() {
            firsts.add(question.pack(), review.correct, review.guess);
        }
        // The first answer is kept even if the question does not train: the prior depends on it.
        if steps.is_empty() || (steps.len() < MAX_HISTORY && taken.contains(question)) {
            steps.push(step);
        }
    }
    all.retain(|steps| steps.len() > 1);
    all
}

/// The questions that train: those answered last, with at most [`MAX_ANSWERS`] answers together.
fn taken<'a>(given: &[&'a Given]) -> HashSet<&'a QuestionId> {
    let mut sizes: HashMap<&QuestionId, usize> = HashMap::new();
    for (question, _) in given {
        *sizes.entry(question).or_default() += 1;
    }
    let (mut taken, mut room) = (HashSet::new(), MAX_ANSWERS);
    for (question, _) in given.iter().rev() {
        let size = sizes[question].min(MAX_HISTORY);
        if room >= size && taken.insert(question) {
            room -= size;
        }
    }
    taken
}

fn follow(steps: &[TimedReview], model: &Model, rng: &mut impl Rng) -> Vec<Particle> {
    let can_be_guessed = steps.iter().any(|step| step.review.guess > 0.0);
    let start = Particle { weight: 1.0, memory: None, reviews: Vec::with_capacity(steps.len()) };
    let mut particles = vec![start; if can_be_guessed { PARTICLES } else { 1 }];
    for step in steps {
        for particle in &mut particles {
            particle.go(step, model, rng);
        }
        rescale(&mut particles);
    }
    particles
}

/// Only the proportion of weights matters; without scaling they would vanish in a long history.
fn rescale(particles: &mut [Particle]) {
    let most = particles.iter().map(|particle| particle.weight).fold(0.0, f64::max);
    for particle in particles {
        particle.weight = if most > 0.0 { particle.weight / most } else { 1.0 };
    }
}

impl Particle {
    fn go(&mut self, step: &TimedReview, model: &Model, rng: &mut impl Rng) {
        let Review { correct, guess, hint, .. } = step.review;
        let chance = match self.memory {
            None => step.prior,
            // The answer was shown earlier today: a right one is not a guess.
            Some(_) if step.days == 0 && correct => 1.0,
            Some((stability, _)) => model.recall(stability, f64::from(step.days)).min(MAX_RECALL),
        };
        let predicted = if correct { chance + (1.0 - chance) * guess } else { 1.0 - chance };
        self.weight *= predicted;
        let recalled = correct && rng.random::<f64>() * predicted <= chance;
        let grade = match (recalled, hint) {
            (false, _) => Grade::Again,
            (true, true) => Grade::Hard,
            (true, false) => Grade::Good,
        };
        self.reviews.push(FSRSReview { rating: grade as u32, delta_t: step.days });
        self.memory = Some(model.step(self.memory, grade, step.days));
    }
}

/// Draws some of the histories in proportion to their weights.
fn likely<'a>(particles: &'a [Particle], draws: usize, rng: &mut impl Rng) -> Vec<&'a Particle> {
    let total: f64 = particles.iter().map(|particle| particle.weight).sum();
    let first = rng.random::<f64>();
    let pick = |draw: usize| {
        let mut left = total * (draw as f64 + first) / draws as f64;
        let place = particles.iter().position(|particle| {
            left -= particle.weight;
            left < 0.0
        });
        &particles[place.unwrap_or(particles.len() - 1)]
    };
    (0..draws).map(pick).collect()
}
