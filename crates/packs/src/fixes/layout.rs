//! What does not show: line ends, blanks before them, and commas that are too many.

use super::edits::Edits;
use super::fix::FixKind;

/// Line ends as LF, no blanks before them, and one at the end of the file.
///
/// In a text that is JSON no line ends inside of quotation marks.
pub fn tidied(text: &str, edits: &mut Edits) -> Vec<FixKind> {
    let (mut line_ends, mut blanks, mut start) = (0, 0, 0);
    while let Some(found) = text[start..].find(['\n', '\r']) {
        let at = start + found;
        let (end, is_plain) = match &text[at..] {
            rest if rest.starts_with("\r\n") => (at + 2, false),
            rest => (at + 1, rest.starts_with('\n')),
        };
        let before = start + text[start..at].trim_end_matches([' ', '\t']).len();
        blanks += usize::from(before < at);
        line_ends += usize::from(!is_plain);
        match is_plain {
            true if before == at => {}
            true => edits.silent(before..at, ""),
            false => edits.silent(before..end, "\n"),
        }
        start = end;
    }
    let last = start + text[start..].trim_end_matches([' ', '\t']).len();
    let is_open = start < text.len();
    if is_open {
        blanks += usize::from(last < text.len());
        edits.silent(last..text.len(), if last > start { "\n" } else { "" });
    }
    let told = [
        (line_ends > 0).then_some(FixKind::LineEnds(line_ends)),
        (blanks > 0).then_some(FixKind::BlanksAtLineEnds(blanks)),
        (is_open && last > start).then_some(FixKind::LastLineEnd),
    ];
    told.into_iter().flatten().collect()
}

/// White space between the parts of an object, as `tidied` would leave it.
pub fn tidy(space: &str) -> String {
    let mut edits = Edits::default();
    // The end of this text is not the end of a line.
    let (lines, rest) = space.split_at(space.rfind(['\n', '\r']).map_or(0, |at| at + 1));
    tidied(lines, &mut edits);
    edits.applied(lines).0 + rest
}

/// Takes a comma out, and the blanks before it if they would end the line.
pub fn take_out_comma(text: &str, at: usize, edits: &mut Edits) {
    let is_last = text[at + 1..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    let start = if is_last { text[..at].trim_end_matches([' ', '\t']).len() } else { at };
    edits.reported(start..at + 1, "", None, FixKind::Comma);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_blanks_before_them_are_tidied() {
        let table: [(&str, &str, &[FixKind]); 9] = [
            ("{}\n", "{}\n", &[]),
            ("", "", &[]),
            ("{}", "{}\n", &[FixKind::LastLineEnd]),
            ("{\r\n}\r\n", "{\n}\n", &[FixKind::LineEnds(2)]),
            ("{\r}\r", "{\n}\n", &[FixKind::LineEnds(2)]),
            ("{ \t\n\n  }\n\n", "{\n\n  }\n\n", &[FixKind::BlanksAtLineEnds(1)]),
            ("{}\n  ", "{}\n", &[FixKind::BlanksAtLineEnds(1)]),
            ("{} ", "{}\n", &[FixKind::BlanksAtLineEnds(1), FixKind::LastLineEnd]),
            (
                "{ \r\n \r}",
                "{\n\n}\n",
                &[FixKind::LineEnds(2), FixKind::BlanksAtLineEnds(2), FixKind::LastLineEnd],
            ),
        ];
        for (text, tidy, told) in table {
            let mut edits = Edits::default();
            assert_eq!(tidied(text, &mut edits), told, "{text:?}");
            assert_eq!(edits.applied(text).0, tidy, "{text:?}");
        }
        for (space, tidied) in [(",\r\n  ", ",\n  "), (", ", ", "), (" \n ,", "\n ,"), (",", ",")] {
            assert_eq!(tidy(space), tidied, "{space:?}");
        }
    }
}
