//! What makes the questions of a pack bad, though every one of them can be asked.

mod choices;
mod likeness;
mod wording;

use std::collections::HashSet;

use chrono::{Datelike, Months, NaiveDate};

use super::question::{Kind, Pack, Question, QuestionId};

/// Something that makes a pack worse than it could be.
#[derive(Debug, Clone, PartialEq)]
pub struct Flaw {
    pub of: Of,
    pub defect: Defect,
}

/// What a flaw belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Pack,
    Topic(String),
    Fact(String),
    Question(QuestionId),
}

/// What is bad.
#[derive(Debug, Clone, PartialEq)]
pub enum Defect {
    /// The key is far longer than every other choice.
    LongKey,
    /// Of so many questions, the key is the longest choice in so many.
    LongestKeys {
        longest: usize,
        questions: usize,
    },
    /// Of so many questions, the key is the same letter in so many.
    SameLetter {
        letter: char,
        times: usize,
        questions: usize,
    },
    /// One choice is right wherever another is.
    Overlap {
        one: String,
        other: String,
    },
    /// "All of the above" and its like.
    Above {
        choice: String,
    },
    /// The question asks for what is not so.
    Negative,
    /// A rare word stands in the stem and in the key alone.
    Telling {
        word: String,
    },
    /// The stem holds the whole key.
    NamedKey {
        key: String,
    },
    /// Another question asks nearly the same.
    Duplicate {
        of: QuestionId,
    },
    NoRationale,
    /// The rationale says the key again and nothing else.
    BareRationale,
    NoSource,
    NeverChecked,
    /// It was last compared with its source over a year ago.
    Old {
        checked: NaiveDate,
    },
    /// It was compared with its source on a day that is yet to come.
    Ahead {
        checked: NaiveDate,
    },
    /// A fact or topic without a question.
    Unasked,
    /// The weights of the topics come to something other than 100.
    Weights {
        sum: f64,
    },
}

impl Defect {
    /// The name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Defect::LongKey => "long-key",
            Defect::LongestKeys { .. } => "longest-keys",
            Defect::SameLetter { .. } => "same-letter",
            Defect::Overlap { .. } => "overlapping-choices",
            Defect::Above { .. } => "all-of-the-above",
            Defect::Negative => "negative-stem",
            Defect::Telling { .. } => "telling-stem",
            Defect::NamedKey { .. } => "telling-stem",
            Defect::Duplicate { .. } => "near-duplicate",
            Defect::NoRationale => "no-rationale",
            Defect::BareRationale => "bare-rationale",
            Defect::NoSource => "no-source",
            Defect::NeverChecked => "never-checked",
            Defect::Old { .. } => "old",
            Defect::Ahead { .. } => "checked-ahead",
            Defect::Unasked => "unasked",
            Defect::Weights { .. } => "weights",
        }
    }
}

/// All flaws of a pack, as they are on `today`: of the pack first, then by question.
pub fn flaws(pack: &Pack, today: NaiveDate) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = choices::habits(pack)
        .into_iter()
        .chain(weights(pack))
        .map(|d| Flaw { of: Of::Pack, defect: d })
        .collect();
    flaws.extend(unasked(pack));
    let twins = likeness::twins(&pack.questions);
    let telling = wording::telling(&pack.questions);
    for ((question, twin), word) in pack.questions.iter().zip(twins).zip(telling) {
        let mut defects = choices::defects(&question.kind);
        defects.extend(wording::is_negative(question).then_some(Defect::Negative));
        let named = wording::named_key(question).map(|key| Defect::NamedKey { key });
        defects.extend(named.or_else(|| word.map(|word| Defect::Telling { word })));
        defects.extend(twin.map(|of| Defect::Duplicate { of }));
        defects.extend(provenance(question, today));
        flaws.extend(defects.into_iter().map(|d| Flaw { of: Of::Question(question.id.clone()), defect: d }));
    }
    flaws
}

fn weights(pack: &Pack) -> Option<Defect> {
    let weights: Vec<f64> = pack.topics.iter().filter_map(|topic| topic.weight).collect();
    let sum: f64 = weights.iter().sum();
    // Guides round to whole numbers: a third is 33.
    (!weights.is_empty() && (sum - 100.0).abs() > 0.5).then_some(Defect::Weights { sum })
}

fn unasked(pack: &Pack) -> Vec<Flaw> {
    let topics: HashSet<&str> = pack.questions.iter().map(|q| q.topic.as_str()).collect();
    let facts: HashSet<&str> = pack.questions.iter().flat_map(|q| &q.facts).map(String::as_str).collect();
    let lone_topics = pack.topics.iter().filter(|t| !topics.contains(t.id.as_str()));
    let lone_facts = pack.facts.iter().filter(|f| !facts.contains(f.id.as_str()));
    let lone = lone_topics.map(|t| Of::Topic(t.id.clone())).chain(lone_facts.map(|f| Of::Fact(f.id.clone())));
    lone.map(|of| Flaw { of, defect: Defect::Unasked }).collect()
}

/// What is missing or old in the word that a question gives for its answer.
fn provenance(question: &Question, today: NaiveDate) -> Vec<Defect> {
    let is_empty = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let mut defects = Vec::new();
    // What a self-checked question reveals is its explanation.
    if is_empty(&question.rationale) && !matches!(question.kind, Kind::Reveal { .. }) {
        defects.push(Defect::NoRationale);
    } else if wording::only_repeats(question) {
        defects.push(Defect::BareRationale);
    }
    if is_empty(&question.source) {
        defects.push(Defect::NoSource);
    }
    match question.checked {
        None => defects.push(Defect::NeverChecked),
        Some(checked) if checked > today => defects.push(Defect::Ahead { checked }),
        Some(checked) if is_old(question, checked, today) => defects.push(Defect::Old { checked }),
        Some(_) => {}
    }
    defects
}

/// What is asked of, or answered by, a year that was over or running when it was checked stays as it was.
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
