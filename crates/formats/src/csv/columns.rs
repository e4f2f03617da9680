//! Which column holds what.

use badgedex_packs::json_writer::letter;

use crate::reason::Reason;
use crate::records::Row;

/// The columns of our own export, before those of the choices. A file with exactly these is read back unchanged.
pub const OWN_HEADER: [&str; 12] = [
    "id",
    "kind",
    "topic",
    "question",
    "correct",
    "answer",
    "tolerance",
    "unit",
    "explanation",
    "hint",
    "source",
    "checked",
];

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvField {
    /// The id that the file gives a question.
    Id,
    /// The kind of question.
    Kind,
    /// The topic, or a path of topics.
    Topic,
    /// Tags.
    Tags,
    /// The stem.
    Question,
    /// Which choices are right.
    Correct,
    /// The answer in words.
    Answer,
    /// The tolerance of a number.
    Tolerance,
    /// The unit of a number.
    Unit,
    /// Why the answer is right.
    Explanation,
    /// A hint.
    Hint,
    /// Where it can be looked up.
    Source,
    /// When it was last compared with its source.
    Checked,
    /// All choices in one cell.
    Choices,
    /// A choice, by its place from 0.
    Choice(usize),
}

/// Names of columns, without blanks, underscores and hyphens; the first is the one that is shown.
const NAMES: [(CsvField, &[&str]); 14] = [
    (CsvField::Id, &["id", "guid", "uuid", "questionid"]),
    (CsvField::Kind, &["kind", "type", "questiontype"]),
    (CsvField::Topic, &["topic", "category", "deck", "chapter", "subject", "domain", "section"]),
    (CsvField::Tags, &["tags", "tag"]),
    (
        CsvField::Question,
        &[
            "question",
            "stem",
            "front",
            "prompt",
            "term",
            "questiontext",
            "word",
            "frage",
            "pregunta",
            "pergunta",
            "domanda",
        ],
    ),
    (
        CsvField::Correct,
        &[
            "correct",
            "key",
            "correctanswer",
            "correctanswers",
            "correctanswer(s)",
            "correctoption",
            "correctchoice",
            "correctoptions",
            "rightanswer",
            "answerkey",
            "keys",
            "solution",
            "correctindex",
            "correctanswerindex",
            "answerindex",
        ],
    ),
    (
        CsvField::Answer,
        &[
            "answer",
            "back",
            "definition",
            "answers",
            "accepted",
            "meaning",
            "antwort",
            "respuesta",
            "réponse",
            "resposta",
            "risposta",
        ],
    ),
    (CsvField::Choices, &["choices", "options", "alternatives"]),
    (CsvField::Tolerance, &["tolerance"]),
    (CsvField::Unit, &["unit"]),
    (CsvField::Explanation, &["explanation", "rationale", "feedback", "comment", "reason"]),
    (CsvField::Hint, &["hint"]),
    (CsvField::Source, &["source", "reference", "url"]),
    (CsvField::Checked, &["checked"]),
];

/// Which field a name means.
fn named(name: &str) -> Option<CsvField> {
    let name: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect();
    let known = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    let named = known.map(|(field, _)| *field).or_else(|| choice(&name).map(CsvField::Choice));
    named.or_else(|| tells_key(&name).then_some(CsvField::Correct))
}

/// "correctoptionids", "rightanswernumber": words that together name the key.
fn tells_key(name: &str) -> bool {
    const PARTS: [&str; 11] =
        ["answer", "option", "choice", "index", "letter", "number", "text", "key", "id", "no", "s"];
    let start = ["correct", "right"].iter().find_map(|start| name.strip_prefix(start));
    let mut rest = start.unwrap_or(name);
    while let Some(after) = PARTS.iter().find_map(|part| rest.strip_prefix(part)) {
        rest = after;
    }
    start.is_some() && rest.is_empty()
}

/// "a", "optiona", "choice1", "answerb": the place of a choice.
fn choice(name: &str) -> Option<usize> {
    let starts = [
        "incorrectanswer",
        "wronganswer",
        "incorrect",
        "wrong",
        "option",
        "choice",
        "answer",
        "distractor",
        "opt",
        "",
    ];
    let rest = starts.iter().find_map(|start| name.strip_prefix(start))?;
    match rest.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a')),
        _ if rest.len() < name.len() => {
            rest.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place < 100)
        }
        _ => None,
    }
}

/// How many names in a row mean something.
pub fn known(fields: &[String]) -> usize {
    fields.iter().filter(|name| named(name).is_some()).count()
}

/// What a person said about the columns: fields, and the number or the name of a column for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnMapping(Vec<(CsvField, String)>);

impl ColumnMapping {
    /// Reads a list of `field=column`.
    ///
    /// # Errors
    ///
    /// An entry has no `=`, or names no field.
    pub fn parse(entries: &[String]) -> Result<ColumnMapping, MappingError> {
        entries.iter().map(|entry| parse_entry(entry)).collect::<Result<_, _>>().map(ColumnMapping)
    }
}

/// Why an entry of a [`ColumnMapping`] cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// The entry has no `=`, or nothing after it.
    #[error("\"{0}\" is not field=column: write for example question=2")]
    NotAPair(String),
    /// The name before the `=` is unknown.
    #[error("there is no field \"{0}\": the fields are {1}, and a to z for the choices")]
    UnknownField(String, String),
}

fn parse_entry(entry: &str) -> Result<(CsvField, String), MappingError> {
    let (name, column) = entry
        .split_once('=')
        .filter(|(_, column)| !column.trim().is_empty())
        .ok_or_else(|| MappingError::NotAPair(entry.to_owned()))?;
    let known = || NAMES.iter().map(|(_, names)| names[0]).collect::<Vec<_>>().join(", ");
    let field = named(name).ok_or_else(|| MappingError::UnknownField(name.trim().to_owned(), known()))?;
    Ok((field, column.trim().to_owned()))
}

/// The columns of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    fields: Vec<Option<CsvField>>,
    pub has_header: bool,
    /// Whether the header is that of our own export.
    pub is_own_export: bool,
}

impl Columns {
    /// What each column is read as, for the eye.
    pub fn said(&self) -> String {
        if self.is_own_export {
            return "the columns are those of badgedex pack export".to_owned();
        }
        let named = |field: &Option<CsvField>| match field {
            None => "nothing".to_owned(),
            Some(CsvField::Choice(place)) => format!("choice {}", letter(*place)),
            Some(field) => {
                let known = NAMES.iter().find(|(known, _)| known == field);
                known.map_or("nothing", |(_, names)| names[0]).to_owned()
            }
        };
        let fields: Vec<String> = self.fields.iter().map(named).collect();
        format!("{}: --map FIELD=COLUMN changes that", read_as(&fields))
    }

    /// The cell of a field in a row; `None` if there is no such column, or nothing in it.
    pub fn cell<'a>(&self, row: &'a Row, field: CsvField) -> Option<&'a str> {
        let place = self.fields.iter().position(|f| *f == Some(field))?;
        row.fields.get(place).map(String::as_str).filter(|cell| !cell.trim().is_empty())
    }

    /// The cells of the choices, in their order.
    pub fn choices<'a>(&self, row: &'a Row) -> Vec<(usize, &'a str)> {
        let mut choices: Vec<(usize, &str)> = Vec::new();
        for (field, cell) in self.fields.iter().zip(&row.fields) {
            if let Some(CsvField::Choice(place)) = field
                && !cell.trim().is_empty()
            {
                choices.push((*place, cell));
            }
        }
        choices.sort_by_key(|(place, _)| *place);
        match self.cell(row, CsvField::Choices) {
            Some(cell) if choices.is_empty() => in_one_cell(cell),
            _ => choices,
        }
    }
}

/// "column 1 is read as question, 2 as answer, 3 to 5 as nothing".
pub fn read_as(fields: &[impl AsRef<str> + PartialEq]) -> String {
    let (mut said, mut place) = (Vec::new(), 0);
    for run in fields.chunk_by(|a, b| a == b) {
        let (from, to) = (place + 1, place + run.len());
        place = to;
        let columns = if from == to { from.to_string() } else { format!("{from} to {to}") };
        let reads = if from > 1 {
            ""
        } else if from == to {
            "is read "
        } else {
            "are read "
        };
        said.push(format!("{columns} {reads}as {}", run[0].as_ref()));
    }
    let word = if said.first().is_some_and(|first| first.contains(" to ")) { "columns" } else { "column" };
    format!("{word} {}", said.join(", "))
}

/// Choices in one cell, separated by pipes, otherwise by line breaks, otherwise by semicolons.
fn in_one_cell(cell: &str) -> Vec<(usize, &str)> {
    let separator = ['|', '\n', ';'].into_iter().find(|sign| cell.contains(*sign)).unwrap_or('|');
    cell.split(separator).map(str::trim).filter(|choice| !choice.is_empty()).enumerate().collect()
}

/// Columns of a table of questions.
const MAX_COLUMNS: usize = 1_000;

/// Works out the columns from the first row and what a person said.
///
/// # Errors
///
/// No column holds the question, or none the answer.
pub fn find(rows: &[Row], map: &ColumnMapping) -> Result<Columns, Reason> {
    let Some(first) = rows.first() else { return Err("it has no rows".into()) };
    if first.fields.len() > MAX_COLUMNS {
        return Err(format!("it has {} columns; the maximum is {MAX_COLUMNS}", first.fields.len()).into());
    }
    let mut fields: Vec<Option<CsvField>> = first.fields.iter().map(|name| named(name)).collect();
    let asks = fields.contains(&Some(CsvField::Question)) || known(&first.fields) >= 2;
    let by_name = map.0.iter().any(|(_, column)| column.parse::<usize>().is_err());
    let has_header = asks || by_name;
    if !has_header {
        let width = rows.iter().map(|row| row.fields.len()).max().unwrap_or(0);
        fields = vec![None; width];
        if map.0.is_empty() {
            fields = front_and_back(&fields)?;
        }
    }
    for (field, column) in &map.0 {
        let place = place_of(column, first, fields.len())?;
        fields.iter_mut().filter(|f| **f == Some(*field)).for_each(|f| *f = None);
        fields[place] = Some(*field);
    }
    if !fields.contains(&Some(CsvField::Question)) {
        return Err("no column holds the question: name it with --map question=COLUMN".into());
    }
    let answers = |field: &Option<CsvField>| {
        matches!(field, Some(CsvField::Answer | CsvField::Correct | CsvField::Choices | CsvField::Choice(_)))
    };
    if !fields.iter().any(answers) {
        return Err("no column holds the answer: name it with --map answer=COLUMN".into());
    }
    Ok(Columns { fields, has_header, is_own_export: is_own_export(&first.fields) })
}

fn front_and_back(fields: &[Option<CsvField>]) -> Result<Vec<Option<CsvField>>, Reason> {
    match fields.len() {
        2 => Ok(vec![Some(CsvField::Question), Some(CsvField::Answer)]),
        1 => Err("it has only one column: nothing separates a question from its answer".into()),
        count => Err(format!(
            "it has {count} columns and no names above them: say with --map what they hold, for example \
             --map question=1 --map answer=2"
        )
        .into()),
    }
}

fn place_of(column: &str, header: &Row, width: usize) -> Result<usize, Reason> {
    let fold = |name: &str| name.trim().to_lowercase();
    if let Ok(number) = column.parse::<usize>() {
        let place = number.checked_sub(1).filter(|place| *place < width);
        return place
            .ok_or_else(|| format!("--map names column {number}, and the columns are 1 to {width}").into());
    }
    let place = header.fields.iter().position(|name| fold(name) == fold(column));
    place.ok_or_else(|| {
        format!("--map names a column \"{column}\", and the first row has {}", header.fields.join(", "))
            .into()
    })
}

fn is_own_export(header: &[String]) -> bool {
    let letters = header.iter().skip(OWN_HEADER.len()).enumerate();
    header.len() >= OWN_HEADER.len()
        && header.iter().zip(OWN_HEADER).all(|(name, own)| name == own)
        && letters
            .into_iter()
            .all(|(place, name)| named(name) == Some(CsvField::Choice(place)) && name.len() == 1)
}
