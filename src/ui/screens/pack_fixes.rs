//! What `pack check --fix` changed in files of questions, in words.

use std::collections::BTreeSet;

use crate::ui::text::count;
use badgedex_domain::sanitize;
use badgedex_packs::fixes::{Fix, FixKind};

/// A line for every fix, one for every file that cannot be read yet, and the total.
pub fn page(mends: &[Fix], unread: &[String]) -> String {
    let mut page = String::new();
    for mend in mends {
        page.push_str(&format!("{}: {}\n", mend.place, sanitize::line(&words(&mend.kind))));
    }
    for file in unread {
        let why = "nothing was fixed in it: fix the next fault by hand first, so that it can be read";
        page.push_str(&format!("{}: {why}\n", sanitize::line(file)));
    }
    let files: BTreeSet<&str> = mends.iter().map(|mend| mend.place.file.as_str()).collect();
    page.push_str(&match mends.len() {
        0 => "nothing was fixed".to_owned(),
        number => format!(
            "{} fixed in {}",
            count(number, "thing was", "things were"),
            count(files.len(), "file", "files")
        ),
    });
    page
}

/// What was done.
pub fn words(what: &FixKind) -> String {
    match what {
        FixKind::ByteOrderMark => "the byte order mark was taken out".to_owned(),
        FixKind::LineEnds(number) => {
            format!("{} made plain line feeds", count(*number, "line end was", "line ends were"))
        }
        FixKind::BlanksAtLineEnds(number) => {
            format!("the blanks at the end of {} were taken out", count(*number, "line", "lines"))
        }
        FixKind::LastLineEnd => "a line end was put after the last line".to_owned(),
        FixKind::Comma => "a comma too many was taken out".to_owned(),
        FixKind::CurlyQuotes(number) => {
            let texts = count(*number, "text", "texts");
            format!("the curly quotation marks around {texts} were made straight")
        }
        FixKind::Words(number) => {
            format!("{} put right, to true, false or null", count(*number, "word was", "words were"))
        }
        FixKind::Number { key, number } => {
            format!("the number of \"{key}\" was put right: {number} without quotation marks")
        }
        FixKind::List { key } => format!("the text of \"{key}\" was put into a list"),
        FixKind::IdMade(id) => format!("the id \"{id}\" was made of the first words of the stem"),
        FixKind::IdRighted { from, to } => format!("the id \"{from}\" was put right: \"{to}\""),
        FixKind::Letter { from, to } => format!("the key {from} was put right: \"{to}\""),
        FixKind::Truth(truth) => format!("the key was put right: {truth} without quotation marks"),
        FixKind::TextTwice { key, text } => {
            format!("\"{text}\" stood twice in \"{key}\": one was taken out")
        }
        FixKind::Blanks { key } => format!("blanks around a text of \"{key}\" were taken out"),
        FixKind::Credential { from, to } => format!("the credential \"{from}\" was put right: \"{to}\""),
        FixKind::Date { from, to } => format!("the date \"{from}\" was put right: \"{to}\""),
    }
}
