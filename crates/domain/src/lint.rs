//! Lints: what makes the questions of a pack bad although every one of them can be asked.

mod choices;
mod duplicates;
mod wording;

use std::collections::HashSet;

use chrono::{Datelike, Months, NaiveDate};

use super::question::{Kind, Pack, Question, QuestionId};

/// A broken rule and where.
#[derive(Debug, Clone, PartialEq)]
pub struct LintWarning {
    /// What it is about.
    pub place: LintPlace,
    /// Which rule is broken.
    pub lint: Lint,
}

/// What a warning is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LintPlace {
    /// The whole pack.
    Pack,
    /// The topic with this id.
    Topic(String),
    /// The fact with this id.
    Fact(String),
    /// The question with this id.
    Question(QuestionId),
}

/// The rules of good questions.
#[derive(Debug, Clone, PartialEq)]
pub enum Lint {
    /// The key is far longer than every other choice.
    LongKey,
    /// The key is the longest choice in too many questions.
    LongestKeys {
        /// In how many questions the key is the longest choice.
        longest: usize,
        /// How many questions have one right choice.
        questions: usize,
    },
    /// The key is the same letter in too many questions.
    SameLetter {
        /// The letter, `A` to `Z`.
        letter: char,
        /// How often it is the key.
        times: usize,
        /// How many questions have one right choice.
        questions: usize,
    },
    /// One choice is right whenever another one is.
    Overlap {
        /// The narrower choice.
        one: String,
        /// The one that includes it.
        other: String,
    },
    /// "All of the above" and the like.
    Above {
        /// The choice.
        choice: String,
    },
    /// The question asks which choice does not apply.
    Negative,
    /// The stem and the key share a rare word that no other choice has.
    Telling {
        /// The shared word.
        word: String,
    },
    /// The stem contains the whole key.
    NamedKey {
        /// The key.
        key: String,
    },
    /// Another question asks nearly the same.
    Duplicate {
        /// The earlier question.
        of: QuestionId,
    },
    /// The rationale is missing.
    NoRationale,
    /// The rationale only repeats the key.
    BareRationale,
    /// The source is missing.
    NoSource,
    /// It was never compared with its source.
    NeverChecked,
    /// It was last compared with its source over a year ago.
    Old {
        /// The day of the last check.
        checked: NaiveDate,
    },
    /// The day of the last check is in the future.
    Ahead {
        /// The day that is still to come.
        checked: NaiveDate,
    },
    /// A fact or topic has no question.
    Unasked,
    /// The weights of the topics do not sum to 100.
    Weights {
        /// What the weights sum to.
        sum: f64,
    },
}

impl Lint {
    /// The name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Lint::LongKey => "long-key",
            Lint::LongestKeys { .. } => "longest-keys",
            Lint::SameLetter { .. } => "same-letter",
            Lint::Overlap { .. } => "overlapping-choices",
            Lint::Above { .. } => "all-of-the-above",
            Lint::Negative => "negative-stem",
            Lint::Telling { .. } => "telling-stem",
            Lint::NamedKey { .. } => "telling-stem",
            Lint::Duplicate { .. } => "near-duplicate",
            Lint::NoRationale => "no-rationale",
            Lint::BareRationale => "bare-rationale",
            Lint::NoSource => "no-source",
            Lint::NeverChecked => "never-checked",
            Lint::Old { .. } => "old",
            Lint::Ahead { .. } => "checked-ahead",
            Lint::Unasked => "unasked",
            Lint::Weights { .. } => "weights",
        }
    }
}

/// All warnings of a pack as of `today`: those of the pack first, then by question.
pub fn lint(pack: &Pack, today: NaiveDate) -> Vec<LintWarning> {
    let mut warnings: Vec<LintWarning> = choices::habits(pack)
        .into_iter()
        .chain(weights(pack))
        .map(|lint| LintWarning { place: LintPlace::Pack, lint })
        .collect();
    warnings.extend(unasked(pack));
    let duplicates = duplicates::duplicates(&pack.questions);
    let telling = wording::telling(&pack.questions);
    for ((question, duplicate), word) in pack.questions.iter().zip(duplicates).zip(telling) {
        let mut lints = choices::lints(&question.kind);
        lints.extend(wording::is_negative(question).then_some(Lint::Negative));
        let named = wording::named_key(question).map(|key| Lint::NamedKey { key });
        lints.extend(named.or_else(|| word.map(|word| Lint::Telling { word })));
        lints.extend(duplicate.map(|of| Lint::Duplicate { of }));
        lints.extend(provenance(question, today));
        warnings.extend(
            lints
                .into_iter()
                .map(|lint| LintWarning { place: LintPlace::Question(question.id.clone()), lint }),
        );
    }
    warnings
}

fn weights(pack: &Pack) -> Option<Lint> {
    let weights: Vec<f64> = pack.topics.iter().filter_map(|topic| topic.weight).collect();
    let sum: f64 = weights.iter().sum();
    // Guides round to whole numbers: a third is 33.
    (!weights.is_empty() && (sum - 100.0).abs() > 0.5).then_some(Lint::Weights { sum })
}

fn unasked(pack: &Pack) -> Vec<LintWarning> {
    let topics: HashSet<&str> = pack.questions.iter().map(|q| q.topic.as_str()).collect();
    let facts: HashSet<&str> = pack.questions.iter().flat_map(|q| &q.facts).map(String::as_str).collect();
    let lone_topics = pack.topics.iter().filter(|t| !topics.contains(t.id.as_str()));
    let lone_facts = pack.facts.iter().filter(|f| !facts.contains(f.id.as_str()));
    let lone = lone_topics
        .map(|t| LintPlace::Topic(t.id.clone()))
        .chain(lone_facts.map(|f| LintPlace::Fact(f.id.clone())));
    lone.map(|place| LintWarning { place, lint: Lint::Unasked }).collect()
}

/// Missing or outdated evidence for a question's answer.
fn provenance(question: &Question, today: NaiveDate) -> Vec<Lint> {
    let is_empty = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let mut lints = Vec::new();
    // The answer that a self-checked question reveals is its explanation.
    if is_empty(&question.rationale) && !matches!(question.kind, Kind::Reveal { .. }) {
        lints.push(Lint::NoRationale);
    } else if wording::only_repeats(question) {
        lints.push(Lint::BareRationale);
    }
    if is_empty(&question.source) {
        lints.push(Lint::NoSource);
    }
    match question.checked {
        None => lints.push(Lint::NeverChecked),
        Some(checked) if checked > today => lints.push(Lint::Ahead { checked }),
        Some(checked) if is_old(question, checked, today) => lints.push(Lint::Old { checked }),
        Some(_) => {}
    }
    lints
}

/// Facts about a year that had begun when they were checked do not become outdated.
fn is_old(question: &Question, checked: NaiveDate, today: NaiveDate) -> bool {
    let is_past = checked.checked_add_months(Months::new(12)).is_some_and(|day| day < today);
    let answer = match &question.kind {
        Kind::Number { value, .. } => value.to_string(),
        Kind::OneOf { .. } | Kind::AnyOf { .. } | Kind::TrueFalse { .. } | Kind::Typed { .. } => {
            String::new()
        }
        Kind::Order { .. } | Kind::Drawn { .. } | Kind::Reveal { .. } => String::new(),
    };
    is_past && !years(&question.stem).chain(years(&answer)).any(|year| year <= checked.year())
}

fn years(text: &str) -> impl Iterator<Item = i32> + '_ {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).filter(|year| (1900..=2200).contains(year))
}

#[cfg(test)]
mod tests;
