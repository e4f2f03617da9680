//! The order of the questions of one day: what an answer brings for the exam, and what waiting would cost.

use super::memory_step::{self, LEARNED_AFTER_MISS, MemoryState, recall, shift};
use crate::memory::Grade;

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
    pub(super) states: &'a [MemoryState],
    /// The day of the last answer; it means nothing while the question is new.
    pub(super) last: i64,
    pub(super) guess: f64,
    pub(super) weight: f64,
    pub(super) prior: f64,
    pub(super) turn: f64,
}

/// A day before the exam.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    /// The day, from today.
    pub(super) day: i64,
    /// The day of the exam, from today.
    pub(super) exam: i64,
    /// Mean number of answers a day, days off included.
    pub(super) answers_per_day: f64,
    /// The learner's term.
    pub(super) term: f64,
}

/// One way in which an answer can go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub(super) chance: f64,
    /// The memory afterwards. Its weight means nothing.
    pub(super) after: MemoryState,
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
    pub(super) fn known(&self, day: i64, term: f64) -> f64 {
        if self.is_new() {
            return self.prior;
        }
        let days = (day - self.last) as f64;
        let recalled = |s: &MemoryState| s.weight * shift(s.learned, term) * recall(s.stability, days);
        self.states.iter().map(recalled).sum()
    }

    /// How many answers it is expected to take: a wrong one is asked again.
    fn answers(&self, known: f64) -> f64 {
        1.0 + (1.0 - known) * (1.0 - self.guess)
    }
}

/// How an answer can go: recalled; guessed right; wrong, then asked again and right.
pub(super) fn outcomes(state: Option<&MemoryState>, recalled: f64, guess: f64, days: i64) -> [Outcome; 3] {
    let good = MemoryState { learned: 1.0, ..memory_step::step(state, Grade::Good, days) };
    let again = MemoryState { learned: LEARNED_AFTER_MISS, ..memory_step::step(state, Grade::Again, days) };
    let corrected = MemoryState {
        learned: LEARNED_AFTER_MISS + LEARNED_AFTER_MISS * (1.0 - LEARNED_AFTER_MISS),
        ..memory_step::step(Some(&again), Grade::Good, 0)
    };
    [
        Outcome { chance: recalled, after: good },
        Outcome { chance: (1.0 - recalled) * guess, after: again },
        Outcome { chance: (1.0 - recalled) * (1.0 - guess), after: corrected },
    ]
}

impl Day {
    /// The questions that may be asked on this day, the most urgent first: their places, and how many answers each
    /// is expected to take. `new_today`: how many new ones were asked today.
    pub(super) fn order(&self, cards: &[Card], new_today: usize) -> Vec<(usize, f64)> {
        let is_last_days = self.exam - self.day <= LAST_DAYS;
        let rounds = ROUNDS_AFTER_NEW * cards.len() as f64 / self.answers_per_day.max(1e-9);
        let days_for_new = (self.exam - self.day) as f64 - rounds;
        let is_paced = days_for_new > 0.0 && !is_last_days;
        let new_share = if is_paced { new_share(cards, new_today, days_for_new) } else { Vec::new() };
        let rank = |(place, card): (usize, &Card)| {
            let known = card.known(self.day, self.term);
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
    fn gain(&self, card: &Card) -> f64 {
        let left = (self.exam - self.day) as f64;
        let recalled = |outcome: &Outcome| {
            let Outcome { chance, after } = outcome;
            chance * shift(after.learned, self.term) * recall(after.stability, left)
        };
        if card.is_new() {
            let [_, guessed, corrected] = outcomes(None, card.prior, card.guess, 0);
            return recalled(&guessed) + recalled(&corrected);
        }
        let days = self.day - card.last;
        let of_state = |gain: f64, state: &MemoryState| {
            let learned = shift(state.learned, self.term);
            let now = learned * recall(state.stability, days as f64);
            let after: f64 = outcomes(Some(state), now, card.guess, days).iter().map(recalled).sum();
            let without = learned * recall(state.stability, (self.exam - card.last) as f64);
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
