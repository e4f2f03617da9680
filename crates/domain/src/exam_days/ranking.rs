//! The order of the questions of one day: what an answer brings for the exam, and what waiting would cost.

use crate::memory::{Grade, Hypothesis, LEARNED_AFTER_MISS, Model, Term};

/// After the last new question there is time for this many rounds through all questions.
const ROUNDS_AFTER_NEW: f64 = 1.5;
/// What is recalled with a higher chance than this rests ...
const MIN_RESTING: f64 = 0.85;
/// ... until this many days are left, in which only what is known on the exam day counts.
const LAST_DAYS: i64 = 4;

/// A question, with its days counted from today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card<'a> {
    /// Its states of memory; empty while it is new.
    pub(super) states: &'a [Hypothesis],
    /// The day of the last answer; it means nothing while the question is new.
    pub(super) last: i64,
    pub(super) guess: f64,
    pub(super) weight: f64,
    pub(super) prior: f64,
    pub(super) turn: f64,
}

/// A day before the exam.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day<'a> {
    /// How this learner's memory works.
    pub(super) memory: Memory<'a>,
    /// The day, from today.
    pub(super) day: i64,
    /// The day of the exam, from today.
    pub(super) exam: i64,
    /// Mean number of answers a day, days off included.
    pub(super) answers_per_day: f64,
}

/// The learner's memory: the model, and how well they learn from misses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory<'a> {
    pub(super) model: &'a Model,
    pub(super) term: Term,
}

/// One way in which an answer can go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub(super) chance: f64,
    /// The memory afterwards, as if it were certain.
    pub(super) after: Hypothesis,
}

/// Which questions come before which others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    /// The new ones that are to be met today.
    NewToday,
    /// By what an answer brings.
    ByGain,
    /// New ones of later days.
    NewLater,
    /// What is known well.
    Resting,
}

/// The place of a question in the order of a day.
struct Ranked {
    place: usize,
    precedence: Precedence,
    turn: f64,
    /// What is greater comes first.
    points: f64,
    answers: f64,
}

impl Card<'_> {
    fn is_new(&self) -> bool {
        self.states.is_empty()
    }

    /// Chance that it is recalled on a day; while it is new, that it is known already.
    pub(super) fn known(&self, day: i64, memory: Memory) -> f64 {
        if self.is_new() {
            return self.prior;
        }
        let days = day - self.last;
        self.states.iter().map(|state| state.weight * memory.recalled(state, days)).sum()
    }

    /// How many answers it is expected to take: a wrong one is asked again.
    pub(super) fn answers(&self, known: f64) -> f64 {
        1.0 + (1.0 - known) * (1.0 - self.guess)
    }
}

impl Memory<'_> {
    /// Chance that a state is recalled after some days.
    fn recalled(&self, state: &Hypothesis, days: i64) -> f64 {
        self.term.shift(state.learned) * self.model.recall(state.stability, days as f64)
    }

    /// How an answer can go: recalled; guessed right; wrong, then asked again and right.
    pub(super) fn outcomes(
        &self,
        state: Option<&Hypothesis>,
        recalled: f64,
        guess: f64,
        days: i64,
    ) -> [Outcome; 3] {
        let days = u32::try_from(days).unwrap_or(0);
        let step = |state: Option<&Hypothesis>, grade, days, learned| {
            let before = state.map(|state| (state.stability, state.difficulty));
            let (stability, difficulty) = self.model.step(before, grade, days);
            Hypothesis { weight: 1.0, stability, difficulty, learned }
        };
        let good = step(state, Grade::Good, days, 1.0);
        let again = step(state, Grade::Again, days, LEARNED_AFTER_MISS);
        let looked_twice = LEARNED_AFTER_MISS + LEARNED_AFTER_MISS * (1.0 - LEARNED_AFTER_MISS);
        let corrected = step(Some(&again), Grade::Good, 0, looked_twice);
        [
            Outcome { chance: recalled, after: good },
            Outcome { chance: (1.0 - recalled) * guess, after: again },
            Outcome { chance: (1.0 - recalled) * (1.0 - guess), after: corrected },
        ]
    }
}

impl Day<'_> {
    /// The questions that may be asked on this day, the most urgent first: their places, and how many answers each
    /// is expected to take. `new_today`: how many new ones were asked today.
    pub(super) fn order(&self, cards: &[Card], new_today: usize) -> Vec<(usize, f64)> {
        let is_last_days = self.exam - self.day <= LAST_DAYS;
        let rounds = ROUNDS_AFTER_NEW * cards.len() as f64 / self.answers_per_day.max(1e-9);
        let days_for_new = (self.exam - self.day) as f64 - rounds;
        let is_paced = days_for_new > 0.0 && !is_last_days;
        let new_share = if is_paced { new_share(cards, new_today, days_for_new) } else { Vec::new() };
        let rank = |(place, card): (usize, &Card)| {
            let known = card.known(self.day, self.memory);
            let answers = card.answers(known);
            let (precedence, turn, points) = if card.is_new() && is_paced {
                let is_today = new_share.binary_search(&place).is_ok();
                let precedence = if is_today { Precedence::NewToday } else { Precedence::NewLater };
                (precedence, card.turn, card.weight)
            } else {
                let rests = !card.is_new() && known > MIN_RESTING && !is_last_days;
                let precedence = if rests { Precedence::Resting } else { Precedence::ByGain };
                (precedence, 0.0, self.points(card, answers))
            };
            Ranked { place, precedence, turn, points, answers }
        };
        // One answer a day is enough.
        let may_be_asked = |(_, card): &(usize, &Card)| card.is_new() || card.last < self.day;
        let mut ranked: Vec<Ranked> = cards.iter().enumerate().filter(may_be_asked).map(rank).collect();
        ranked.sort_by(|a, b| {
            let by_turn = a.turn.total_cmp(&b.turn);
            a.precedence.cmp(&b.precedence).then(by_turn).then(b.points.total_cmp(&a.points))
        });
        ranked.into_iter().map(|ranked| (ranked.place, ranked.answers)).collect()
    }

    /// What an answer today brings for the exam and what waiting until tomorrow would lose, per expected answer.
    fn points(&self, card: &Card, answers: f64) -> f64 {
        let gain = self.gain(card);
        let is_last = self.exam - self.day <= 1;
        let lost = if is_last { 0.0 } else { gain - Day { day: self.day + 1, ..*self }.gain(card) };
        card.weight * (gain + lost) / answers
    }

    /// By how much an answer on this day raises the chance of recall on the day of the exam. A new question that is
    /// known already gains nothing.
    pub(super) fn gain(&self, card: &Card) -> f64 {
        let left = self.exam - self.day;
        let recalled = |outcome: &Outcome| outcome.chance * self.memory.recalled(&outcome.after, left);
        if card.is_new() {
            let [_, guessed, corrected] = self.memory.outcomes(None, card.prior, card.guess, 0);
            return recalled(&guessed) + recalled(&corrected);
        }
        let days = self.day - card.last;
        let of_state = |gain: f64, state: &Hypothesis| {
            let now = self.memory.recalled(state, days);
            let outcomes = self.memory.outcomes(Some(state), now, card.guess, days);
            let after: f64 = outcomes.iter().map(recalled).sum();
            let without = self.memory.recalled(state, self.exam - card.last);
            gain + state.weight * after - state.weight * without
        };
        card.states.iter().fold(0.0, of_state)
    }
}

/// The places of the new questions that are to be met today, sorted: an even share of those that are left.
fn new_share(cards: &[Card], new_today: usize, days_for_new: f64) -> Vec<usize> {
    let mut new: Vec<usize> = (0..cards.len()).filter(|place| cards[*place].is_new()).collect();
    new.sort_by(|a, b| {
        let (a, b) = (&cards[*a], &cards[*b]);
        a.turn.total_cmp(&b.turn).then(b.weight.total_cmp(&a.weight))
    });
    let share = ((new.len() + new_today) as f64 / days_for_new).ceil() as usize;
    new.truncate(share.saturating_sub(new_today));
    new.sort_unstable();
    new
}
