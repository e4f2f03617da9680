//! Separated values: one question a row, columns by the names in the first row or by `--map`.

mod cells;
mod columns;
mod naming;
mod sniff;

use super::draft::beginning;
use super::records::{self, Row, Shape};
use super::{Contents, Refused};
use columns::Columns;
pub use columns::{Field, Mapping, read_as};
use naming::Naming;
pub use sniff::regularity;

/// The columns of our own export, in front of those of the choices: what it wrote is read back to the letter.
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

/// Reads the rows of a file, with what a person said about its columns.
pub fn read(text: &str, map: &Mapping) -> Contents {
    let mut contents = Contents::default();
    let separator = sniff::separator(text);
    let shape = Shape { delimiter: separator.byte, has_comments: false, first_line: 1 };
    let text = &records::without_blanks_before_quotes(text, separator.byte);
    let read = records::read(text, shape);
    contents.notes.push(format!("the columns are separated by {}", separator.plural));
    let rows: Vec<Row> = read.rows.into_iter().filter(|row| !is_empty(row)).collect();
    match columns::find(&rows, map) {
        Err(why) => {
            let (line, what) = rows.first().map_or((1, String::new()), |row| (row.line, shown(row)));
            contents.refused.push(Refused { line, what, why });
        }
        Ok(columns) => {
            contents.notes.push(columns.said());
            read_rows(&rows, &columns, &mut contents);
        }
    }
    if let Some(line) = read.unclosed {
        let what = beginning(text.lines().nth(line - 1).unwrap_or_default());
        let why = "a quote opens in this line and is never closed".to_owned();
        contents.refused.push(Refused { line, what, why });
        contents.refused.sort_by_key(|refused| refused.line);
    }
    contents
}

fn read_rows(rows: &[Row], columns: &Columns, contents: &mut Contents) {
    let rows = rows.get(usize::from(columns.has_header)..).unwrap_or_default();
    let naming = Naming::of(rows, columns);
    contents.notes.extend(naming.note().map(str::to_owned));
    for row in rows {
        let (draft, content) = cells::question(row, columns, naming);
        draft.settle(content, contents);
    }
}

fn is_empty(row: &Row) -> bool {
    row.fields.iter().all(|field| field.trim().is_empty())
}

/// A row for the eye.
fn shown(row: &Row) -> String {
    beginning(&row.fields.join(" | ").replace('\n', " "))
}

#[cfg(test)]
mod tests;
