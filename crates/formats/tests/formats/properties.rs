//! Properties of everything that reads files of other programs, whatever the bytes. The fuzz targets and the
//! tests share them.

use std::collections::HashSet;
use std::io::Cursor;

use badgedex_domain::question::Kind;
use badgedex_domain::sanitize;
use badgedex_formats::limits::MAX_TEXT;
use badgedex_formats::{ImportedQuestion, ParsedFile, apkg, encoding, html};

/// Bytes as the text formats take them: read twice the same, and all that is told of them is so.
pub fn assert_text(bytes: &[u8], read: impl Fn(&str) -> ParsedFile) {
    let Ok(decoded) = encoding::decode(bytes, None) else { return };
    let contents = read(&decoded.text);
    assert_eq!(read(&decoded.text), contents);
    assert_contents(&contents, decoded.text.matches('\n').count() + 1);
}

/// A package: what is found can be asked, and each answer belongs to something that was found.
pub fn assert_package(bytes: &[u8]) {
    let (contents, reviews) = match apkg::read(Cursor::new(bytes), true) {
        Ok(read) => read,
        Err(bad) => return assert!(!bad.to_string().is_empty()),
    };
    assert_contents(&contents, usize::MAX);
    let ids: HashSet<&str> = contents.questions.iter().filter_map(|found| found.own_id.as_deref()).collect();
    assert!(reviews.iter().all(|review| ids.contains(review.own_id.as_str())), "{reviews:?}");
    assert!(reviews.iter().all(|review| (1..=4).contains(&review.grade)), "{reviews:?}");
}

/// HTML: nothing is left around its text but blanks before its first line, which may be code, and no line
/// break but LF.
pub fn assert_html(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let plain = html::plain(text);
    assert_eq!(plain, html::plain(text));
    assert_eq!(plain.text, plain.text.trim_end().trim_start_matches('\n'));
    assert!(!plain.text.contains('\r'), "{plain:?}");
}

fn assert_contents(contents: &ParsedFile, lines: usize) {
    let is_there = |line: usize| assert!((1..=lines).contains(&line), "line {line} of {lines}");
    for found in &contents.questions {
        is_there(found.line);
        assert_found(found);
    }
    for refused in &contents.refusals {
        is_there(refused.line);
        let reason = refused.reason.to_string();
        assert!(!reason.is_empty(), "{refused:?}");
        for said in [&refused.excerpt, &reason].map(|said| sanitize::line(said)) {
            assert!(!said.contains('\n'), "{refused:?}");
        }
    }
}

/// It asks something, has an answer, and passes the limits.
fn assert_found(found: &ImportedQuestion) {
    assert!(!is_blank(&found.stem), "nothing is asked: {found:?}");
    assert!(found.stem.len() <= MAX_TEXT, "the stem has {} bytes", found.stem.len());
    match &found.kind {
        Kind::OneOf { choices, key, .. } => assert_choices(choices, &[*key], found),
        Kind::AnyOf { choices, keys, .. } => assert_choices(choices, keys, found),
        Kind::Order { items } => assert_choices(items, &[0], found),
        Kind::Typed { accepted } => assert!(accepted.iter().all(|one| !is_blank(one)), "{found:?}"),
        Kind::Number { value, tolerance, .. } => {
            assert!(value.is_finite() && *tolerance >= 0.0, "{found:?}");
        }
        Kind::Reveal { answer } => assert!(!is_blank(answer), "{found:?}"),
        Kind::TrueFalse { .. } => {}
        Kind::Drawn { .. } => panic!("no file says so: {found:?}"),
    }
}

/// Each says something and no two the same, some are right and not all.
fn assert_choices(choices: &[String], keys: &[usize], found: &ImportedQuestion) {
    assert!((2..=26).contains(&choices.len()), "{found:?}");
    assert!(!keys.is_empty() && keys.len() < choices.len(), "{found:?}");
    assert!(keys.iter().all(|key| *key < choices.len()) && keys.is_sorted_by(|a, b| a < b), "{found:?}");
    let folded: HashSet<String> = choices.iter().map(|choice| choice.trim().to_lowercase()).collect();
    assert!(folded.len() == choices.len() && !choices.iter().any(|choice| is_blank(choice)), "{found:?}");
}

fn is_blank(text: &str) -> bool {
    sanitize::paragraph(text).trim().is_empty()
}
