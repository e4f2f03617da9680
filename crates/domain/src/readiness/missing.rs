//! What keeps the program silent about a chance to pass: too few first answers.

use serde::{Deserialize, Serialize};

use super::{DomainShape, ExamShape, FirstAnswer};

/// Evidence from which a chance is shown, in answers that cannot be guessed: 40 of one-of-four.
const NEEDED: f64 = 30.0;
/// What an answer to a one-of-four question is worth.
const ONE_OF_FOUR: f64 = 0.75;
/// Less than this is not missing.
const NEGLIGIBLE: f64 = 1e-9;

/// First answers that are still needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The domain in which they are needed; `None`: any.
    pub domain: Option<usize>,
    /// How many, if they are to questions with four choices.
    pub answers: usize,
}

/// What is needed before a chance is shown: enough over all domains, then each domain's share of it.
///
/// The level that a domain borrows from the others is too high for one that the learner avoids.
pub fn missing(answers: &[FirstAnswer], exam: &ExamShape) -> Vec<Missing> {
    let mut worth = vec![0.0; exam.domains().len()];
    for answer in answers {
        if let Some(worth) = worth.get_mut(answer.domain) {
            *worth += answer.worth();
        }
    }
    let all = (None, NEEDED - worth.iter().sum::<f64>());
    let total = exam.questions() as f64;
    let of_domain = |(domain, (shape, worth)): (usize, (&DomainShape, &f64))| {
        (Some(domain), NEEDED * shape.questions as f64 / total - worth)
    };
    let domains = exam.domains().iter().zip(&worth).enumerate().map(of_domain);
    let needed = std::iter::once(all).chain(domains).filter(|(_, more)| *more > NEGLIGIBLE);
    needed
        .map(|(domain, more)| Missing { domain, answers: (more / ONE_OF_FOUR - NEGLIGIBLE).ceil() as usize })
        .collect()
}
