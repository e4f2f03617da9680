//! Finds questions by the words in them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::catalogs::{NotFound, nearest_of};
use super::library::Library;
use super::question::{Kind, Question};

/// What is searched for: words without case and accents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    words: Vec<String>,
}

/// How well a question fits a search; the best is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchRank {
    /// The sum over all words: 0 for one in the stem, 1 for the choices, 2 for the reasons, 3 for the topic.
    places: usize,
    /// Words that were found only as the beginning of a longer one.
    beginnings: usize,
}

/// The texts of a question that are searched, the most telling first.
struct SearchedTexts<'a> {
    stem: [&'a str; 1],
    choices: Vec<&'a str>,
    reasons: Vec<&'a str>,
    topic: [&'a str; 1],
}

impl SearchQuery {
    /// The words of a text; `None` if it has none.
    pub fn of(text: &str) -> Option<SearchQuery> {
        let words = words(text);
        (!words.is_empty()).then_some(SearchQuery { words })
    }

    /// The words, folded.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// How well texts fit, the most telling ones first; `None` unless each word begins a word in one of them.
    ///
    /// ```
    /// use badgedex_domain::search::SearchQuery;
    ///
    /// let query = SearchQuery::of("étage SORT").unwrap();
    /// assert!(query.rank(&[&["Sorting by etage"]]).is_some());
    /// assert!(query.rank(&[&["Sorting only"]]).is_none());
    /// assert!(query.rank(&[&["sort"], &["étages"]]) > query.rank(&[&["sort étages"]]));
    /// ```
    pub fn rank(&self, texts: &[&[&str]]) -> Option<SearchRank> {
        let places: Vec<Vec<String>> =
            texts.iter().map(|texts| texts.iter().flat_map(|text| words(text)).collect()).collect();
        let mut rank = SearchRank { places: 0, beginnings: 0 };
        for word in &self.words {
            let (place, is_whole) = found(word, &places)?;
            rank.places += place;
            rank.beginnings += usize::from(!is_whole);
        }
        Some(rank)
    }

    /// The first word that no question in study has, with the nearest words that there are; `None` if every word
    /// occurs somewhere.
    pub fn missing_word(&self, library: &Library) -> Option<NotFound> {
        let mut known = BTreeSet::new();
        for (question, topic) in searched(library) {
            let texts = SearchedTexts::of(question, topic);
            known.extend(texts.in_order().iter().flat_map(|texts| texts.iter()).flat_map(|text| words(text)));
        }
        let places = [known.into_iter().collect::<Vec<String>>()];
        let missing = self.words.iter().find(|word| found(word, &places).is_none())?;
        let known = places[0].iter().filter(|word| word.len() > 1);
        Some(nearest_of("word", missing, known.map(|word| (word.clone(), String::new()))))
    }
}

impl<'a> SearchedTexts<'a> {
    fn of(question: &'a Question, topic: &'a str) -> SearchedTexts<'a> {
        let mut reasons: Vec<&str> =
            question.reasons.iter().chain(&question.rationale).map(String::as_str).collect();
        // Accepted answers are keys: a search that found them would tell the answer.
        let choices: Vec<&str> = match &question.kind {
            Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } | Kind::Order { items: choices } => {
                choices.iter().map(String::as_str).collect()
            }
            Kind::Drawn { right, wrong, .. } => {
                reasons.extend(wrong.iter().filter_map(|wrong| wrong.meaning.as_deref()));
                right
                    .iter()
                    .map(String::as_str)
                    .chain(wrong.iter().map(|wrong| wrong.text.as_str()))
                    .collect()
            }
            Kind::TrueFalse { .. } | Kind::Typed { .. } | Kind::Number { .. } | Kind::Reveal { .. } => {
                Vec::new()
            }
        };
        SearchedTexts { stem: [&question.stem], choices, reasons, topic: [topic] }
    }

    fn in_order(&self) -> [&[&'a str]; 4] {
        [&self.stem, &self.choices, &self.reasons, &self.topic]
    }
}

/// The questions in study that have all words, the best first, else in the order of their packs. What is held back
/// for a mock exam is not found.
pub fn search<'a>(library: &'a Library, query: &SearchQuery) -> Vec<&'a Question> {
    let hit = |(question, topic): (&'a Question, &'a str)| {
        Some((query.rank(&SearchedTexts::of(question, topic).in_order())?, question))
    };
    let mut hits: Vec<(SearchRank, &Question)> = searched(library).filter_map(hit).collect();
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().map(|(_, question)| question).collect()
}

/// The questions that are searched, each with the name of its topic.
fn searched(library: &Library) -> impl Iterator<Item = (&Question, &str)> {
    library.packs().iter().flat_map(|pack| {
        let name = |question: &Question| pack.topics.iter().find(|topic| topic.id == question.topic);
        pack.questions.iter().map(move |q| (q, name(q).map_or("", |topic| topic.name.as_str())))
    })
}

/// The first place with a word that begins so, and whether a whole word there is the same.
fn found(wanted: &str, places: &[Vec<String>]) -> Option<(usize, bool)> {
    let is_unspaced = wanted.contains(is_unspaced);
    let fits = |word: &String| word.starts_with(wanted) || (is_unspaced && word.contains(wanted));
    let place = places.iter().position(|words| words.iter().any(fits))?;
    Some((place, places[place].iter().any(|word| word == wanted)))
}

/// The words of a text: letters and digits, in lower case and without accents.
fn words(text: &str) -> Vec<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            other => folded.push(other),
        }
    }
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Letters of scripts that do not put spaces between words: Thai to Khmer, Chinese, Japanese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
