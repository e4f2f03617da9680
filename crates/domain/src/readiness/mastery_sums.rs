//! Mastery by domain at every moment of a journal that is folded, without looking at every question each time.

use chrono::NaiveDate;

use crate::history::{History, Learned};
use crate::memory::{Belief, MAX_HYPOTHESES, Model, Term, shifted};
use crate::question::QuestionId;

/// What is known of the questions of an exam, domain by domain, while a journal is folded.
#[derive(Debug, Clone)]
pub(super) struct MasterySums {
    domains: Vec<DomainSum>,
}

/// The questions of one domain.
#[derive(Debug, Clone)]
struct DomainSum {
    questions: Vec<Option<Remembered>>,
    /// The chance to recall each question; 0 if it was never answered. Their sum is always taken in this order, so
    /// that the same journal gives the same number to the last bit.
    chances: Vec<f64>,
    /// The day and the term for which the chances hold.
    of: Option<(NaiveDate, Term)>,
}

/// A question that was answered.
#[derive(Debug, Clone)]
struct Remembered {
    belief: Belief,
    last_day: NaiveDate,
    /// For each hypothesis its weight times the chance to recall what was learned, on the day of the sums.
    recalls: [f64; MAX_HYPOTHESES],
}

impl MasterySums {
    /// Those of a history: `questions` has the ids by domain.
    pub(super) fn of<'q>(
        questions: impl Iterator<Item = &'q [&'q QuestionId]>,
        history: &History,
    ) -> MasterySums {
        let domain = |ids: &[&QuestionId]| DomainSum {
            questions: ids.iter().map(|id| history.learned(id).map(Remembered::of)).collect(),
            chances: vec![0.0; ids.len()],
            of: None,
        };
        MasterySums { domains: questions.map(domain).collect() }
    }

    /// After an answer to a question of a domain.
    pub(super) fn follow(&mut self, (domain, place): (usize, usize), learned: &Learned, model: &Model) {
        let domain = &mut self.domains[domain];
        let mut remembered = Remembered::of(learned);
        if let Some((day, term)) = domain.of {
            remembered.look(model, day);
            domain.chances[place] = remembered.chance(term.odds());
        }
        domain.questions[place] = Some(remembered);
    }

    /// The sum of the chances to recall the questions of a domain.
    pub(super) fn sum(&mut self, domain: usize, model: &Model, day: NaiveDate, term: Term) -> f64 {
        let domain = &mut self.domains[domain];
        if domain.of != Some((day, term)) {
            let odds = term.odds();
            let is_other_day = domain.of.is_none_or(|(of, _)| of != day);
            for (remembered, chance) in domain.questions.iter_mut().zip(&mut domain.chances) {
                let Some(remembered) = remembered else { continue };
                if is_other_day {
                    remembered.look(model, day);
                }
                *chance = remembered.chance(odds);
            }
            domain.of = Some((day, term));
        }
        domain.chances.iter().sum()
    }
}

impl Remembered {
    fn of(learned: &Learned) -> Remembered {
        let recalls = [0.0; MAX_HYPOTHESES];
        Remembered { belief: learned.belief, last_day: learned.last_day, recalls }
    }

    /// On the day of an answer, the chance of the next day counts: see [`Learned::retrievability`].
    fn look(&mut self, model: &Model, day: NaiveDate) {
        let days = (day - self.last_day).num_days().max(1) as f64;
        for (recall, state) in self.recalls.iter_mut().zip(self.belief.hypotheses()) {
            *recall = state.weight * model.recall(state.stability, days);
        }
    }

    /// The chance to recall it, for a learner's term given as odds.
    fn chance(&self, odds: f64) -> f64 {
        let states = self.belief.hypotheses().iter();
        states.zip(self.recalls).map(|(state, recall)| recall * shifted(state.learned, odds)).sum()
    }
}
