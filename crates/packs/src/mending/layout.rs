//! What does not show: line ends, blanks before them, and commas that are too many.

use super::What;
use super::splice::Splices;

/// Line ends as LF, no blanks before them, and one at the end of the file.
///
/// In a text that is JSON no line ends inside of quotation marks.
pub fn tidied(text: &str, splices: &mut Splices) -> Vec<What> {
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
            true => splices.quiet(before..at, ""),
            false => splices.quiet(before..end, "\n"),
        }
        start = end;
    }
    let last = start + text[start..].trim_end_matches([' ', '\t']).len();
    let is_open = start < text.len();
    if is_open {
        blanks += usize::from(last < text.len());
        splices.quiet(last..text.len(), if last > start { "\n" } else { "" });
    }
    let told = [
        (line_ends > 0).then_some(What::LineEnds(line_ends)),
        (blanks > 0).then_some(What::BlanksAtLineEnds(blanks)),
        (is_open && last > start).then_some(What::LastLineEnd),
    ];
    told.into_iter().flatten().collect()
}

/// White space between the parts of an object, as `tidied` would leave it.
pub fn tidy(space: &str) -> String {
    let mut splices = Splices::default();
    // The end of this text is not the end of a line.
    let (lines, rest) = space.split_at(space.rfind(['\n', '\r']).map_or(0, |at| at + 1));
    tidied(lines, &mut splices);
    splices.applied(lines).0 + rest
}

/// The commas that stand after the last thing of a list or an object.
pub fn commas_too_many(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut is_inside, mut is_escaped) = (false, false);
    // The last two bytes that are no blanks.
    let (mut before, mut last) = (b'[', (0, b'['));
    for (at, byte) in text.bytes().enumerate() {
        if is_inside {
            is_inside = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            continue;
        }
        if byte.is_ascii_whitespace() {
            continue;
        }
        if matches!(byte, b'}' | b']') && last.1 == b',' && !matches!(before, b'[' | b'{' | b',' | b':') {
            found.push(last.0);
        }
        is_inside = byte == b'"';
        (before, last) = (last.1, (at, byte));
    }
    found
}

/// Takes a comma out, and the blanks before it where they would stand at the end of a line.
pub fn take_out_comma(text: &str, at: usize, splices: &mut Splices) {
    let is_last = text[at + 1..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    let start = if is_last { text[..at].trim_end_matches([' ', '\t']).len() } else { at };
    splices.told(start..at + 1, "", None, What::Comma);
}

/// The text with blanks in place of some of its bytes: everything keeps its place.
pub fn blanked(text: &str, commas: &[usize]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut from = 0;
    for &at in commas {
        blanked.push_str(&text[from..at]);
        blanked.push(' ');
        from = at + 1;
    }
    blanked.push_str(&text[from..]);
    blanked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_blanks_before_them_are_tidied() {
        let table: [(&str, &str, &[What]); 9] = [
            ("{}\n", "{}\n", &[]),
            ("", "", &[]),
            ("{}", "{}\n", &[What::LastLineEnd]),
            ("{\r\n}\r\n", "{\n}\n", &[What::LineEnds(2)]),
            ("{\r}\r", "{\n}\n", &[What::LineEnds(2)]),
            ("{ \t\n\n  }\n\n", "{\n\n  }\n\n", &[What::BlanksAtLineEnds(1)]),
            ("{}\n  ", "{}\n", &[What::BlanksAtLineEnds(1)]),
            ("{} ", "{}\n", &[What::BlanksAtLineEnds(1), What::LastLineEnd]),
            ("{ \r\n \r}", "{\n\n}\n", &[What::LineEnds(2), What::BlanksAtLineEnds(2), What::LastLineEnd]),
        ];
        for (text, tidy, told) in table {
            let mut splices = Splices::default();
            assert_eq!(tidied(text, &mut splices), told, "{text:?}");
            assert_eq!(splices.applied(text).0, tidy, "{text:?}");
        }
        for (space, tidied) in [(",\r\n  ", ",\n  "), (", ", ", "), (" \n ,", "\n ,"), (",", ",")] {
            assert_eq!(tidy(space), tidied, "{space:?}");
        }
    }

    #[test]
    fn a_comma_is_too_many_only_after_a_thing_and_outside_of_texts() {
        for (text, places) in [
            ("[1,]", &[2][..]),
            ("{\"a\": [1 , ] ,\n}", &[9, 13]),
            ("[\",]\", \"\\\",]\"]", &[]),
            ("[\"a\\\\\",]", &[6]),
            ("[,]", &[]),
            ("[1,,]", &[]),
            ("{\"a\":,}", &[]),
            (",]", &[]),
            ("[1, 2]", &[]),
        ] {
            assert_eq!(commas_too_many(text), places, "{text}");
        }
        assert_eq!(blanked("[1,ä,]", &[2, 5]), "[1 ä ]");
    }
}
