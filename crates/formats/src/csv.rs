//! Separated values: one question a row, columns by the names in the first row or by `--map`.

mod cells;
mod columns;
mod naming;
mod sniff;

use crate::excerpt::first_line_excerpt;
use crate::parsed::ParsedFile;
use crate::records::{self, Row, Shape};
use columns::Columns;
pub use columns::{ColumnMapping, CsvField, MappingError, OWN_HEADER, read_as};
use naming::KeyNaming;
pub use sniff::{Separator, regularity};

/// Reads the rows of a file, with what a person said about its columns.
///
/// ```
/// use badgedex_formats::csv::{ColumnMapping, read};
///
/// let contents = read("question,answer\nWhich side is port?,left\n", &ColumnMapping::default());
/// assert_eq!(contents.questions[0].stem, "Which side is port?");
/// ```
pub fn read(text: &str, map: &ColumnMapping) -> ParsedFile {
    let mut contents = ParsedFile::default();
    let separator = sniff::separator(text);
    let shape = Shape { delimiter: separator.byte, has_comments: false, first_line: 1 };
    let text = &records::without_blanks_before_quotes(text, separator.byte);
    let read = records::read(text, shape);
    contents.notes.push(format!("the columns are separated by {}", separator.plural));
    let rows: Vec<Row> = read.rows.into_iter().filter(|row| !is_empty(row)).collect();
    match columns::find(&rows, map) {
        Err(why) => {
            let (line, what) = rows.first().map_or((1, String::new()), |row| (row.line, shown(row)));
            contents.refuse(line, what, why);
        }
        Ok(columns) => {
            contents.notes.push(columns.said());
            read_rows(&rows, &columns, &mut contents);
        }
    }
    if let Some(line) = read.unclosed {
        let what = first_line_excerpt(text.lines().nth(line - 1).unwrap_or_default());
        let why = "a quotation mark on this line is never closed";
        contents.refuse(line, what, why);
        contents.refusals.sort_by_key(|refused| refused.line);
    }
    contents
}

fn read_rows(rows: &[Row], columns: &Columns, contents: &mut ParsedFile) {
    let rows = rows.get(usize::from(columns.has_header)..).unwrap_or_default();
    let naming = KeyNaming::of(rows, columns);
    contents.notes.extend(naming.note().map(str::to_owned));
    for row in rows {
        let (draft, kind) = cells::question(row, columns, naming);
        draft.finish(kind, contents);
    }
}

fn is_empty(row: &Row) -> bool {
    row.fields.iter().all(|field| field.trim().is_empty())
}

/// A row for the eye.
fn shown(row: &Row) -> String {
    first_line_excerpt(&row.fields.join(" | ").replace('\n', " "))
}

#[cfg(test)]
mod tests;
