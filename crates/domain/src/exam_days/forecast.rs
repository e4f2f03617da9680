//! What is known on the day of the exam if every day until then follows the rule.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ranking::{Card, Day, Memory};
use super::{ExamDays, StudyQuestion};
use crate::memory::{Hypothesis, Term, TermEstimate};

/// The play has at most this many questions: more are thinned out evenly.
const MAX_PLAYED: usize = 80;
/// The play goes day by day near the exam; before, by this part of the days that are left.
const STRETCH: i64 = 20;
/// Share of the chance that an unseen question is known which is left on the day of the exam.
pub(super) const UNASKED: f64 = 0.9;
/// More answers than this on a day are not proposed.
const MAX_DAILY: u32 = 400;
/// Takes one of a question's states for the truth: the reciprocal of the plastic number, whose multiples are spread
/// evenly (Roberts 2018).
const SPREAD: f64 = 0.754_877_666_246_692_7;
/// The square roots of primes make the dice of a question's answers.
const PRIMES: [f64; 32] = [
    2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0, 23.0, 29.0, 31.0, 37.0, 41.0, 43.0, 47.0, 53.0, 59.0, 61.0,
    67.0, 71.0, 73.0, 79.0, 83.0, 89.0, 97.0, 101.0, 103.0, 107.0, 109.0, 113.0, 127.0, 131.0,
];

/// What is known on the day of the exam: mean chance of recall, by weight.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// If the learner learns from misses as they seem to.
    pub mid: f64,
    /// If they learn less from misses, as far as can be told.
    pub low: f64,
    /// If they learn more from misses, as far as can be told.
    pub high: f64,
}

/// A question of the play, as it is on the day of the exam.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlayedQuestion {
    /// Its place in the questions of which the play was made.
    pub place: usize,
    /// Whether it was ever asked.
    pub is_seen: bool,
    /// Chance that it is recalled; of an unseen one: that it is known all the same.
    pub known: f64,
    /// How much it counts in the exam.
    pub weight: f64,
}

/// A question in the play.
struct Player<'a> {
    place: usize,
    card: Card<'a>,
    /// The state that is taken for the truth; `None` while the question is new.
    state: Option<Hypothesis>,
    /// How often it was asked in the play.
    asked: usize,
}

impl Player<'_> {
    fn card(&self) -> Card<'_> {
        Card { states: self.state.as_slice(), ..self.card }
    }
}

impl ExamDays<'_> {
    /// Mean chance of recall on the day of the exam, by weight, if every day until then follows the rule; 0 to 1.
    /// `None` if no question of the exam is left, or the day has come.
    pub fn forecast(&self, questions: &[StudyQuestion]) -> Option<f64> {
        let played = self.play(questions);
        let weights: f64 = played.iter().map(|question| question.weight).sum();
        let known: f64 = played.iter().map(|question| question.weight * question.known).sum();
        (weights > 0.0).then(|| known / weights)
    }

    /// The forecast with its range: the term may be other than it seems by its standard deviation.
    pub fn forecast_range(&self, questions: &[StudyQuestion], learner: &TermEstimate) -> Option<Forecast> {
        let mid = self.forecast(questions)?;
        let with = |term: f64| ExamDays { term: Term::of(term), ..*self }.forecast(questions).unwrap_or(mid);
        let (term, sd) = (self.term.log_odds(), learner.sd());
        let (low, high) = (with(term - sd), with(term + sd));
        Some(Forecast { mid, low: low.min(mid), high: high.max(mid) })
    }

    /// The lowest daily number of answers at which the forecast reaches `target`; `None` if 400 do not.
    pub fn needed(&self, questions: &[StudyQuestion], target: f64) -> Option<u32> {
        let reaches = |daily: u32| {
            ExamDays { daily, ..*self }.forecast(questions).is_some_and(|forecast| forecast >= target)
        };
        if !reaches(MAX_DAILY) {
            return None;
        }
        let (mut too_few, mut enough) = (0, MAX_DAILY);
        while enough - too_few > 1 {
            let middle = too_few.midpoint(enough);
            if reaches(middle) { enough = middle } else { too_few = middle }
        }
        Some(enough)
    }

    /// Plays the days until the exam with an even sample of the questions; empty if the day has come.
    pub fn play(&self, questions: &[StudyQuestion]) -> Vec<PlayedQuestion> {
        let (exam, memory) = (self.days_left(), self.memory());
        let players = self.played(questions, |_, _| {});
        players.iter().map(|player| player.on(exam, memory)).collect()
    }

    /// About how many questions each day after today asks until the exam, its day not included.
    pub(super) fn questions_by_day(&self, questions: &[StudyQuestion]) -> Vec<(NaiveDate, usize)> {
        let mut by_day = Vec::new();
        self.played(questions, |stretch, asked| {
            let on = |after: i64| self.today.checked_add_days(Days::new(after.unsigned_abs()));
            let days: Vec<NaiveDate> = stretch.filter_map(on).collect();
            let of_study = days.iter().filter(|day| self.budget(**day) > 0).count().max(1);
            let number = |day: NaiveDate| match self.budget(day) {
                0 => 0,
                _ => (asked / of_study as f64).round() as usize,
            };
            by_day.extend(days.iter().filter(|day| **day > self.today).map(|day| (*day, number(*day))));
        });
        by_day
    }

    /// The questions after the play; none if the day has come. `on_stretch` is told the days, from today, of each
    /// stretch, and about how many questions were asked on them.
    fn played<'a>(
        &self,
        questions: &[StudyQuestion<'a>],
        mut on_stretch: impl FnMut(Range<i64>, f64),
    ) -> Vec<Player<'a>> {
        let exam = self.days_left();
        if exam <= 0 {
            return Vec::new();
        }
        let (mut players, step) = self.players(questions);
        let answers_per_day = self.answers_per_day() / step;
        let (mut day, mut left) = (0, 0.0_f64);
        while day < exam {
            let stretch = if day > 0 { ((exam - day) / STRETCH).max(1) } else { 1 };
            let until = exam.min(day + stretch);
            // What was overspent is missing on the next day; what was left over is lost.
            left = left.min(0.0) + self.budget_between(day, until) / step;
            let mut asked = 0;
            if left > 0.0 {
                let today = Day { memory: self.memory(), day, exam, answers_per_day };
                (left, asked) = play_day(&mut players, &today, left);
            }
            on_stretch(day..until, asked as f64 * step);
            day += stretch;
        }
        players
    }

    /// The simulated questions, and how many real ones each represents.
    fn players<'a>(&self, questions: &[StudyQuestion<'a>]) -> (Vec<Player<'a>>, f64) {
        let mut places: Vec<usize> =
            (0..questions.len()).filter(|place| questions[*place].weight > 0.0).collect();
        places.sort_by(|a, b| questions[*b].weight.total_cmp(&questions[*a].weight));
        let step = places.len().div_ceil(MAX_PLAYED).max(1);
        let player = |(number, place): (usize, usize)| {
            let card = self.card(&questions[place]);
            let state = state_for_truth(card.states, number + 1);
            Player { place, card, state, asked: 0 }
        };
        let sample = places.into_iter().step_by(step).enumerate();
        (sample.map(player).collect(), step as f64)
    }
}

impl Player<'_> {
    /// Asks it on a day. How many answers that took.
    fn answer(&mut self, number: usize, day: &Day) -> f64 {
        let days = if self.state.is_some() { day.day - self.card.last } else { 0 };
        let known = self.card().known(day.day, day.memory);
        let [recalled, guessed, corrected] =
            day.memory.outcomes(self.state.as_ref(), known, self.card.guess, days);
        // One die decides whether a miss was learned from, too: that shows at the next answer only.
        let die = (number as f64 * PRIMES[self.asked % PRIMES.len()].sqrt()) % 1.0;
        let (outcome, answers) = if die < recalled.chance {
            (recalled, 1.0)
        } else if die < recalled.chance + guessed.chance {
            (guessed, 1.0)
        } else {
            (corrected, 2.0)
        };
        self.state = Some(outcome.after);
        self.card.last = day.day;
        self.asked += 1;
        answers
    }

    fn on(&self, exam: i64, memory: Memory) -> PlayedQuestion {
        let is_seen = self.state.is_some();
        let known = self.card().known(exam, memory) * if is_seen { 1.0 } else { UNASKED };
        PlayedQuestion { place: self.place, is_seen, known, weight: self.card.weight }
    }
}

/// Works off a day's answers. How many of them are left, negative if the last question took one too many; and how many
/// questions were asked.
fn play_day(players: &mut [Player], day: &Day, mut left: f64) -> (f64, usize) {
    let mut asked = 0;
    let cards: Vec<Card> = players.iter().map(Player::card).collect();
    for (place, _) in day.order(&cards, 0) {
        if left <= 0.0 {
            break;
        }
        left -= players[place].answer(place + 1, day);
        asked += 1;
    }
    (left, asked)
}

/// The state of a belief that is taken for the truth in the play: by weight, evenly spread over the questions.
fn state_for_truth(states: &[Hypothesis], number: usize) -> Option<Hypothesis> {
    let die = (number as f64 * SPREAD + 0.5) % 1.0;
    let mut total = 0.0;
    let mut picked = None;
    for state in states {
        if die >= total {
            picked = Some(Hypothesis { weight: 1.0, ..*state });
        }
        total += state.weight;
    }
    picked
}
