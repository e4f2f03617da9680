//! What was mended in files of questions, in words.

use std::collections::BTreeSet;

use crate::ui::text::count;
use badgedex_domain::sanitize;
use badgedex_packs::mending::{Mend, What};

/// A line for everything that was mended, for every file that cannot be read yet, and the sum.
pub fn page(mends: &[Mend], unread: &[String]) -> String {
    let mut page = String::new();
    for mend in mends {
        page.push_str(&format!("{}{}\n", mend.place(), sanitize::line(&words(&mend.what))));
    }
    for file in unread {
        let why =
            "nothing was mended in it, since it cannot be read before its next fault is put right by hand";
        page.push_str(&format!("{}: {why}\n", sanitize::line(file)));
    }
    let files: BTreeSet<&str> = mends.iter().map(|mend| mend.file.as_str()).collect();
    page.push_str(&match mends.len() {
        0 => "nothing was mended".to_owned(),
        number => format!(
            "{} mended in {}",
            count(number, "thing was", "things were"),
            count(files.len(), "file", "files")
        ),
    });
    page
}

/// What was done.
pub fn words(what: &What) -> String {
    match what {
        What::ByteOrderMark => "the byte order mark was taken out".to_owned(),
        What::LineEnds(number) => {
            format!("{} made plain line feeds", count(*number, "line end was", "line ends were"))
        }
        What::BlanksAtLineEnds(number) => {
            format!("the blanks at the end of {} were taken out", count(*number, "line", "lines"))
        }
        What::LastLineEnd => "a line end was put after the last line".to_owned(),
        What::Comma => "a comma too many was taken out".to_owned(),
        What::CurlyQuotes(number) => {
            let texts = count(*number, "text", "texts");
            format!("the curly quotation marks around {texts} were made straight")
        }
        What::Words(number) => {
            format!("{} put right, to true, false or null", count(*number, "word was", "words were"))
        }
        What::Number { key, number } => {
            format!("the number of \"{key}\" was put right: {number} without quotation marks")
        }
        What::List { key } => format!("the text of \"{key}\" was put into a list"),
        What::IdMade(id) => format!("the id \"{id}\" was made of the first words of the stem"),
        What::IdRighted { from, to } => format!("the id \"{from}\" was put right: \"{to}\""),
        What::Letter { from, to } => format!("the key {from} was put right: \"{to}\""),
        What::Truth(truth) => format!("the key was put right: {truth} without quotation marks"),
        What::TextTwice { key, text } => {
            format!("\"{text}\" stood twice in \"{key}\": one was taken out")
        }
        What::Blanks { key } => format!("blanks around a text of \"{key}\" were taken out"),
        What::Credential { from, to } => format!("the credential \"{from}\" was put right: \"{to}\""),
        What::Date { from, to } => format!("the date \"{from}\" was put right: \"{to}\""),
    }
}
