//! From the cells of a row to a question.

use super::super::Content;
use super::super::draft::{Draft, Why, beginning, choice, order, place_of_letter};
use super::super::records::Row;
use super::columns::{Columns, Field};
use super::naming::{self, Naming};
use badgedex_domain::question::Kind;
use badgedex_domain::sanitize;

/// The question of a row, and what it asks for.
pub fn question(row: &Row, columns: &Columns, naming: Naming) -> (Draft, Result<Content, Why>) {
    let cells = Cells { row, columns, naming };
    let mut draft = Draft::at(row.line);
    draft.own_id = cells.text(Field::Id);
    draft.topic = cells.text(Field::Topic).map(|t| parts(&t, columns.is_own)).unwrap_or_default();
    draft.tags = cells.text(Field::Tags).map(|t| tags(&t)).unwrap_or_default();
    draft.stem = cells.text(Field::Question).unwrap_or_default();
    draft.hint = cells.text(Field::Hint);
    draft.rationale = cells.text(Field::Explanation);
    draft.source = cells.text(Field::Source);
    draft.checked = cells.text(Field::Checked).and_then(|day| day.parse().ok());
    let key = cells.text(Field::Correct).or_else(|| cells.text(Field::Answer));
    let choices = columns.choices(row);
    draft.warnings.extend(key.filter(|_| choices.len() > 1).and_then(|key| naming.remark(&key, &choices)));
    (draft, cells.content())
}

struct Cells<'a> {
    row: &'a Row,
    columns: &'a Columns,
    naming: Naming,
}

impl Cells<'_> {
    fn text(&self, field: Field) -> Option<String> {
        self.columns.cell(self.row, field).map(|cell| self.clean(cell))
    }

    /// Takes back the mark that our own export puts in front of what a spreadsheet would work out.
    fn clean(&self, cell: &str) -> String {
        match cell.strip_prefix('\'').filter(|_| self.columns.is_own) {
            Some(rest) => rest.to_owned(),
            None if self.columns.is_own => cell.to_owned(),
            None => cell.trim().to_owned(),
        }
    }

    fn content(&self) -> Result<Content, Why> {
        let kind = self.text(Field::Kind).unwrap_or_default().to_lowercase();
        let kind: String = kind.chars().filter(char::is_ascii_alphabetic).collect();
        let choices = self.columns.choices(self.row);
        match kind.as_str() {
            "truefalse" | "boolean" | "tf" => self.truth(),
            "typed" | "shortanswer" => Ok(Content::Typed { accepted: self.accepted()? }),
            "number" | "numerical" | "numeric" => self.number(),
            "order" | "ordering" => order(choices.iter().map(|(_, cell)| self.clean(cell)).collect()),
            _ if !choices.is_empty() => self.choice(&choices),
            "reveal" => Ok(Content::Reveal { answer: self.answer()? }),
            "oneof" | "anyof" | "multiplechoice" => Err("it has no choices".to_owned()),
            _ => {
                let answer = self.answer()?;
                Ok(truth(&answer)
                    .filter(|_| self.has_truth_only())
                    .map_or(Content::Reveal { answer }, |key| Content::TrueFalse { key }))
            }
        }
    }

    /// A key column that says true or false is one of such a question, an answer may be a word.
    fn has_truth_only(&self) -> bool {
        self.text(Field::Correct).is_some() && self.text(Field::Answer).is_none()
    }

    fn answer(&self) -> Result<String, Why> {
        let answer = self.text(Field::Answer).or_else(|| self.text(Field::Correct));
        answer.ok_or_else(|| "it has no answer".to_owned())
    }

    fn truth(&self) -> Result<Content, Why> {
        let said = self.text(Field::Correct).or_else(|| self.text(Field::Answer));
        let said = said.ok_or_else(|| "it has no answer".to_owned())?;
        let key =
            truth(&said).ok_or_else(|| format!("\"{}\" is neither true nor false", beginning(&said)))?;
        Ok(Content::TrueFalse { key })
    }

    fn accepted(&self) -> Result<Vec<String>, Why> {
        let answer = self.answer()?;
        let accepted: Vec<String> = match self.columns.is_own {
            true => split_own(&answer),
            false => answer.split(" | ").map(|one| one.trim().to_owned()).collect(),
        };
        Ok(accepted.into_iter().filter(|one| !one.is_empty()).collect())
    }

    /// The answers that may be typed to a question with choices, as our own export says them.
    fn typed(&self) -> Vec<String> {
        let has_both = self.columns.is_own && self.text(Field::Correct).is_some();
        let said = self.text(Field::Answer).filter(|_| has_both).unwrap_or_default();
        let answers = split_own(&said).into_iter().map(|one| sanitize::line(&one).into_owned());
        answers.filter(|one| !one.is_empty()).collect()
    }

    fn number(&self) -> Result<Content, Why> {
        let answer = self.answer()?;
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        let value = number(&answer).ok_or_else(|| format!("\"{}\" is no number", beginning(&answer)))?;
        let tolerance = self.text(Field::Tolerance).map_or(Some(0.0), |t| number(&t)).filter(|t| *t >= 0.0);
        let tolerance = tolerance.ok_or_else(|| "its tolerance is no number".to_owned())?;
        Ok(Content::Number { value, tolerance, unit: self.text(Field::Unit).unwrap_or_default() })
    }

    fn choice(&self, cells: &[(usize, &str)]) -> Result<Content, Why> {
        let mut choices: Vec<String> = cells.iter().map(|(_, cell)| self.clean(cell)).collect();
        let key = self.text(Field::Correct).or_else(|| self.text(Field::Answer));
        let key = key.ok_or_else(|| "no choice is marked as right".to_owned())?;
        let places: Vec<usize> = cells.iter().map(|(place, _)| *place).collect();
        let own = self.columns.is_own.then(|| naming::letters(&key, &places)).flatten();
        let keys = match self.naming.place(&key) {
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
            Content::OneOf { choices, key } if !typed.is_empty() => {
                let choices = choices.iter().map(|one| sanitize::line(one).into_owned()).collect();
                Content::Own(Kind::OneOf { choices, key, typed, shuffle: true })
            }
            Content::OneOf { choices, key } if is_truth(&choices) => {
                Content::TrueFalse { key: truth(&choices[key]) == Some(true) }
            }
            other => other,
        })
    }
}

/// The places among the choices that a key names: by words, letters or numbers.
fn keys(key: &str, choices: &[String], places: &[usize], naming: Naming) -> Result<Vec<usize>, Why> {
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
            found.push(naming.place_of_number(number, key)?.and_then(named).ok_or_else(unknown)?);
            continue;
        }
        let letters = piece.trim_matches(['.', ')', '(']);
        if letters.is_empty() || letters.len() > 26 || !letters.chars().all(|c| c.is_ascii_alphabetic()) {
            return Err(unknown());
        }
        for letter in letters.chars() {
            found.push(place_of_letter(letter).and_then(named).ok_or_else(unknown)?);
        }
    }
    Ok(found)
}

fn is_same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn unknown(key: &str) -> Why {
    format!("its key \"{}\" names no choice", beginning(key))
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

/// Answers as our own export joins them: by " | ", with `\` in front of a `|` or `\` of their own.
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
