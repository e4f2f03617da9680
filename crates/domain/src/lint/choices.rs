//! Lints for choices that give the key away, or that are right together.

use super::Lint;
use super::wording::words;
use crate::question::{Kind, Pack};

/// A key is far longer if it has this many times, and this many more, characters than every other choice.
const MIN_LENGTH_RATIO: f64 = 1.5;
const MIN_EXTRA_CHARS: usize = 20;
/// Fewer questions do not show a habit.
const MIN_QUESTIONS: usize = 5;
/// A habit is this many standard deviations above the mean.
const MIN_DEVIATIONS: f64 = 2.5;

fn length(text: &str) -> usize {
    text.chars().count()
}

fn longest_other(choices: &[String], key: usize) -> usize {
    let others = choices.iter().enumerate().filter(|(i, _)| *i != key);
    others.map(|(_, choice)| length(choice)).max().unwrap_or(0)
}

/// The lints that the choices of one question break.
pub fn lints(kind: &Kind) -> Vec<Lint> {
    let mut lints = Vec::new();
    if let Kind::OneOf { choices, key, .. } = kind {
        let (long, other) = (length(&choices[*key]), longest_other(choices, *key));
        if long >= other + MIN_EXTRA_CHARS && long as f64 >= MIN_LENGTH_RATIO * other as f64 {
            lints.push(Lint::LongKey);
        }
    }
    let choices = kind.choices();
    lints.extend(overlap(choices));
    let above = choices.iter().find(|choice| is_above(choice));
    lints.extend(above.map(|choice| Lint::Above { choice: choice.clone() }));
    lints
}

/// Two choices of which one is right whenever the other is.
fn overlap(choices: &[String]) -> Option<Lint> {
    let read: Vec<Vec<String>> = choices.iter().map(|choice| words(choice)).collect();
    let ranges: Vec<Option<Range>> = choices.iter().map(|choice| range(choice)).collect();
    for (i, one) in choices.iter().enumerate() {
        for (j, other) in choices.iter().enumerate() {
            let meet = i < j && ranges[i].as_ref().zip(ranges[j].as_ref()).is_some_and(|(a, b)| a.meets(b));
            if i != j && (meet || is_part(&read[i], &read[j])) {
                return Some(Lint::Overlap { one: one.clone(), other: other.clone() });
            }
        }
    }
    None
}

/// Words that join two things.
const JOINS: [&str; 5] = ["and", "or", "plus", "with", "including"];

/// Whether a choice is a part of another one: "X" in "X and Y". Names that begin alike are not.
fn is_part(part: &[String], whole: &[String]) -> bool {
    let joins = |word: Option<&String>| word.is_some_and(|word| JOINS.contains(&word.as_str()));
    if part.is_empty() || whole.len() < part.len() + 2 {
        return false;
    }
    let (first, last) = (whole.starts_with(part), whole.ends_with(part));
    first && joins(whole.get(part.len())) || last && joins(whole.get(whole.len() - part.len() - 1))
}

/// A range of numbers of one unit: "2 to 5 years", "at least 3 years", "under 10 GB".
struct Range {
    from: f64,
    to: f64,
    unit: String,
}

impl Range {
    fn meets(&self, other: &Range) -> bool {
        self.unit == other.unit && self.from < other.to && other.from < self.to
    }
}

/// How an open range begins, and whether it has no upper bound.
const OPEN: [(&str, bool); 11] = [
    ("at least ", true),
    ("more than ", true),
    ("over ", true),
    ("above ", true),
    ("at most ", false),
    ("up to ", false),
    ("less than ", false),
    ("fewer than ", false),
    ("under ", false),
    ("below ", false),
    ("within ", false),
];

fn range(choice: &str) -> Option<Range> {
    let said = choice.trim().trim_end_matches('.').to_lowercase();
    for (begin, is_above) in OPEN {
        if let Some(rest) = said.strip_prefix(begin) {
            let (bound, unit) = number(rest)?;
            let (from, to) = if is_above { (bound, f64::INFINITY) } else { (f64::NEG_INFINITY, bound) };
            return Some(Range { from, to, unit });
        }
    }
    let apart = said.replace(['-', '\u{2013}'], " to ");
    let (from, to) = apart.split_once(" to ")?;
    let (to, unit) = number(to.trim())?;
    Some(Range { from: from.trim().parse().ok()?, to, unit })
}

/// A number and the unit after it.
fn number(text: &str) -> Option<(f64, String)> {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number: f64 = number.replace(',', "").parse().ok()?;
    number.is_finite().then(|| (number, unit.trim().to_owned()))
}

/// Whether a choice refers to the other choices.
fn is_above(choice: &str) -> bool {
    let words = words(choice);
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(&"both" | &"neither") = words.first() {
        words.remove(0);
    }
    matches!(
        words[..],
        ["all" | "none" | "any", "of", "the", "above" | "other" | "others", ..]
            | ["all" | "none", "of", "these" | "them"]
            | ["all" | "none", "the", "above"]
    ) || matches!(words[..], [a, "and" | "nor" | "or", b] if is_letter(a) && is_letter(b))
}

fn is_letter(word: &str) -> bool {
    matches!(word.as_bytes(), [b'a'..=b'z'])
}

/// How often something happened, and how often it would by chance.
#[derive(Default)]
struct HabitTally {
    times: usize,
    questions: usize,
    mean: f64,
    variance: f64,
}

impl HabitTally {
    fn add(&mut self, came_out: bool, choices: usize) {
        let chance = 1.0 / choices as f64;
        self.times += usize::from(came_out);
        self.questions += 1;
        self.mean += chance;
        self.variance += chance * (1.0 - chance);
    }

    fn is_habit(&self) -> bool {
        let is_always = self.times == self.questions;
        let is_often = self.times as f64 > self.mean + MIN_DEVIATIONS * self.variance.sqrt();
        self.questions >= MIN_QUESTIONS && (is_always || is_often)
    }
}

/// Habits of a whole pack that help somebody who knows nothing to guess.
pub fn habits(pack: &Pack) -> Vec<Lint> {
    let mut longest = HabitTally::default();
    let mut letters: [HabitTally; 26] = Default::default();
    for question in &pack.questions {
        let Kind::OneOf { choices, key, .. } = &question.kind else { continue };
        longest.add(length(&choices[*key]) > longest_other(choices, *key), choices.len());
        for (place, letter) in letters.iter_mut().enumerate().take(choices.len()) {
            letter.add(place == *key, choices.len());
        }
    }
    let mut habits = Vec::new();
    if longest.is_habit() {
        habits.push(Lint::LongestKeys { longest: longest.times, questions: longest.questions });
    }
    let often = ('A'..='Z').zip(&letters).filter(|(_, tally)| tally.is_habit());
    habits.extend(often.map(|(letter, t)| Lint::SameLetter {
        letter,
        times: t.times,
        questions: t.questions,
    }));
    habits
}
