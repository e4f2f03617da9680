//! The chance that a question is known before its first answer, from the first answers to others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The weight, in first answers, of the initial prior of one half.
const INITIAL_WEIGHT: f64 = 5.0;
/// The weight, in first answers to a topic, of the learner's share over all topics.
const OVERALL_WEIGHT: f64 = 10.0;
/// The range of the prior.
const RANGE: (f64, f64) = (0.02, 0.98);

/// The learner's first answers to questions, as far as the next prior needs them.
///
/// The topic of a question is here the pack part of its id, so that the journal alone decides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FirstAnswers {
    all: Share,
    topics: BTreeMap<String, Share>,
}

/// How much was known of how much.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
struct Share {
    /// Sum of right answers minus expected guesses.
    knew: f64,
    /// The highest value that this sum could have.
    could: f64,
}

impl Share {
    fn add(&mut self, correct: bool, guess: f64) {
        self.knew += f64::from(u8::from(correct)) - guess;
        self.could += 1.0 - guess;
    }

    /// The share known, where `start` is worth `weight` answers.
    fn known(self, start: f64, weight: f64) -> f64 {
        (self.knew + start * weight) / (self.could + weight)
    }
}

impl FirstAnswers {
    /// Counts one more first answer.
    pub fn add(&mut self, topic: &str, correct: bool, guess: f64) {
        self.all.add(correct, guess);
        match self.topics.get_mut(topic) {
            Some(share) => share.add(correct, guess),
            None => self.topics.entry(topic.to_owned()).or_default().add(correct, guess),
        }
    }

    /// Chance that this learner knows a question of a topic that was never asked, 0.02 to 0.98.
    pub fn prior_of(&self, topic: &str) -> f64 {
        self.with_topic(self.topics.get(topic).copied().unwrap_or_default())
    }

    /// That of a topic of which nothing was asked.
    pub fn prior(&self) -> f64 {
        self.with_topic(Share::default())
    }

    fn with_topic(&self, topic: Share) -> f64 {
        let overall = self.all.known(0.5, INITIAL_WEIGHT);
        topic.known(overall, OVERALL_WEIGHT).clamp(RANGE.0, RANGE.1)
    }
}
