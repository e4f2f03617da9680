//! From the cells of a row to a question.

use badgedex_domain::question::Kind;
use badgedex_domain::sanitize;

use super::columns::{Columns, CsvField};
use super::naming::{self, KeyNaming};
use crate::draft::{QuestionDraft, choice, index_of_letter, order};
use crate::excerpt::first_line_excerpt;
use crate::reason::Reason;
use crate::records::Row;

/// The question of a row, and what it asks for.
pub fn question(row: &Row, columns: &Columns, naming: KeyNaming) -> (QuestionDraft, Result<Kind, Reason>) {
    let cells = Cells { row, columns, naming };
    let mut draft = QuestionDraft::at(row.line);
    draft.own_id = cells.text(CsvField::Id);
    draft.topic = cells.text(CsvField::Topic).map(|t| parts(&t, columns.is_own_export)).unwrap_or_default();
    draft.tags = cells.text(CsvField::Tags).map(|t| tags(&t)).unwrap_or_default();
    draft.stem = cells.text(CsvField::Question).unwrap_or_default();
    draft.hint = cells.text(CsvField::Hint);
    draft.rationale = cells.text(CsvField::Explanation);
    draft.source = cells.text(CsvField::Source);
    draft.checked = cells.text(CsvField::Checked).and_then(|day| day.parse().ok());
    let key = cells.text(CsvField::Correct).or_else(|| cells.text(CsvField::Answer));
    let choices = columns.choices(row);
    draft.warnings.extend(key.filter(|_| choices.len() > 1).and_then(|key| naming.warning(&key, &choices)));
    (draft, cells.kind())
}

struct Cells<'a> {
    row: &'a Row,
    columns: &'a Columns,
    naming: KeyNaming,
}

impl Cells<'_> {
    fn text(&self, field: CsvField) -> Option<String> {
        self.columns.cell(self.row, field).map(|cell| self.clean(cell))
    }

    /// Removes the mark that our own export puts before what a spreadsheet would take for a formula.
    fn clean(&self, cell: &str) -> String {
        match cell.strip_prefix('\'').filter(|_| self.columns.is_own_export) {
            Some(rest) => rest.to_owned(),
            None if self.columns.is_own_export => cell.to_owned(),
            None => cell.trim().to_owned(),
        }
    }

    fn kind(&self) -> Result<Kind, Reason> {
        let name = self.text(CsvField::Kind).unwrap_or_default().to_lowercase();
        let name: String = name.chars().filter(char::is_ascii_alphabetic).collect();
        let choices = self.columns.choices(self.row);
        match name.as_str() {
            "truefalse" | "boolean" | "tf" => self.truth(),
            "typed" | "shortanswer" => Ok(Kind::Typed { accepted: self.accepted()? }),
            "number" | "numerical" | "numeric" => self.number(),
            "order" | "ordering" => order(choices.iter().map(|(_, cell)| self.clean(cell)).collect()),
            _ if !choices.is_empty() => self.choice(&choices),
            "reveal" => Ok(Kind::Reveal { answer: self.answer()? }),
            "oneof" | "anyof" | "multiplechoice" => Err("it has no choices".into()),
            _ => {
                let answer = self.answer()?;
                Ok(truth(&answer)
                    .filter(|_| self.has_truth_only())
                    .map_or(Kind::Reveal { answer }, |key| Kind::TrueFalse { key }))
            }
        }
    }

    /// A key column that says true or false is one of such a question, an answer may be a word.
    fn has_truth_only(&self) -> bool {
        self.text(CsvField::Correct).is_some() && self.text(CsvField::Answer).is_none()
    }

    fn answer(&self) -> Result<String, Reason> {
        let answer = self.text(CsvField::Answer).or_else(|| self.text(CsvField::Correct));
        answer.ok_or(Reason::NoAnswer)
    }

    fn truth(&self) -> Result<Kind, Reason> {
        let said = self.text(CsvField::Correct).or_else(|| self.text(CsvField::Answer));
        let said = said.ok_or(Reason::NoAnswer)?;
        let key = truth(&said)
            .ok_or_else(|| format!("\"{}\" is neither true nor false", first_line_excerpt(&said)))?;
        Ok(Kind::TrueFalse { key })
    }

    fn accepted(&self) -> Result<Vec<String>, Reason> {
        let answer = self.answer()?;
        let accepted: Vec<String> = match self.columns.is_own_export {
            true => split_own(&answer),
            false => answer.split(" | ").map(|one| one.trim().to_owned()).collect(),
        };
        Ok(accepted.into_iter().filter(|one| !one.is_empty()).collect())
    }

    /// The answers that may be typed to a question with choices, as our own export says them.
    fn typed(&self) -> Vec<String> {
        let has_both = self.columns.is_own_export && self.text(CsvField::Correct).is_some();
        let said = self.text(CsvField::Answer).filter(|_| has_both).unwrap_or_default();
        let answers = split_own(&said).into_iter().map(|one| sanitize::line(&one).into_owned());
        answers.filter(|one| !one.is_empty()).collect()
    }

    fn number(&self) -> Result<Kind, Reason> {
        let answer = self.answer()?;
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        let value =
            number(&answer).ok_or_else(|| format!("\"{}\" is not a number", first_line_excerpt(&answer)))?;
        let tolerance =
            self.text(CsvField::Tolerance).map_or(Some(0.0), |t| number(&t)).filter(|t| *t >= 0.0);
        let tolerance = tolerance.ok_or("its tolerance is not a number")?;
        Ok(Kind::Number { value, tolerance, unit: self.text(CsvField::Unit).unwrap_or_default() })
    }

    fn choice(&self, cells: &[(usize, &str)]) -> Result<Kind, Reason> {
        let mut choices: Vec<String> = cells.iter().map(|(_, cell)| self.clean(cell)).collect();
        let key = self.text(CsvField::Correct).or_else(|| self.text(CsvField::Answer));
        let key = key.ok_or(Reason::NoRightChoice)?;
        let places: Vec<usize> = cells.iter().map(|(place, _)| *place).collect();
        let own = self.columns.is_own_export.then(|| naming::letters(&key, &places)).flatten();
        let keys = match self.naming.index(&key) {
            _ if own.is_some() => own.unwrap_or_default(),
            None if self.naming.is_apart() => {
                let place = choices.iter().position(|choice| is_same(choice, &key));
                choices.extend(place.is_none().then_some(key));
                vec![place.unwrap_or(choices.len() - 1)]
            }
            Some(place) => vec![places.iter().position(|p| *p == place).ok_or_else(|| unknown(&key))?],
            None => keys(&key, &choices, &places, self.naming)?,
        };
        let typed = self.typed();
        Ok(match choice(choices, keys)? {
            Kind::OneOf { choices, key, shuffle, .. } if !typed.is_empty() => {
                Kind::OneOf { choices, key, typed, shuffle }
            }
            Kind::OneOf { choices, key, .. } if is_truth(&choices) => {
                Kind::TrueFalse { key: truth(&choices[key]) == Some(true) }
            }
            other => other,
        })
    }
}

/// The places among the choices that a key names: by words, letters or numbers.
fn keys(key: &str, choices: &[String], places: &[usize], naming: KeyNaming) -> Result<Vec<usize>, Reason> {
    if let Some(place) = choices.iter().position(|choice| is_same(choice, key)) {
        return Ok(vec![place]);
    }
    let pieces: Vec<&str> = naming::pieces(key).collect();
    let by_words = |piece: &&str| choices.iter().position(|choice| is_same(choice, piece));
    if let Some(found) = pieces.iter().map(by_words).collect::<Option<Vec<_>>>().filter(|f| !f.is_empty()) {
        return Ok(found);
    }
    let named = |place: usize| places.iter().position(|p| *p == place);
    let unknown = || unknown(key);
    let mut found = Vec::new();
    for piece in pieces.iter().flat_map(|piece| piece.split_whitespace()) {
        if let Ok(number) = piece.parse::<usize>() {
            found.push(naming.index_of_number(number, key)?.and_then(named).ok_or_else(unknown)?);
            continue;
        }
        let letters = piece.trim_matches(['.', ')', '(']);
        if letters.is_empty() || letters.len() > 26 || !letters.chars().all(|c| c.is_ascii_alphabetic()) {
            return Err(unknown());
        }
        for letter in letters.chars() {
            found.push(index_of_letter(letter).and_then(named).ok_or_else(unknown)?);
        }
    }
    Ok(found)
}

fn is_same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn unknown(key: &str) -> Reason {
    format!("its key \"{}\" names no choice", first_line_excerpt(key)).into()
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "t" => Some(true),
        "false" | "f" => Some(false),
        _ => None,
    }
}

fn is_truth(choices: &[String]) -> bool {
    choices.len() == 2
        && choices.iter().all(|c| truth(c).is_some())
        && truth(&choices[0]) != truth(&choices[1])
}

fn parts(topic: &str, is_own: bool) -> Vec<String> {
    if is_own {
        return vec![topic.to_owned()];
    }
    topic.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn tags(cell: &str) -> Vec<String> {
    let is_listed = cell.contains([',', ';']);
    let tags = cell.split(|c: char| if is_listed { matches!(c, ',' | ';') } else { c.is_whitespace() });
    tags.map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// Answers as our own export joins them: by " | ", with `\` before a `|` or `\` of their own.
fn split_own(text: &str) -> Vec<String> {
    let mut answers = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let last = answers.len() - 1;
        match c {
            '\\' => answers[last].extend(chars.next()),
            '|' => answers.push(String::new()),
            _ => answers[last].push(c),
        }
    }
    answers.iter().map(|answer| answer.trim().to_owned()).collect()
}
