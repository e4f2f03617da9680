//! Practice exams in Markdown, in the layouts that are found: numbered questions with lettered choices, task
//! lists, and questions that are unfolded. A file may mix them.

mod key;
mod labels;
mod lines;
mod marks;
mod number;
mod numbered;
mod question;
mod render;
mod tasks;

use crate::draft::filled;
use crate::parsed::ParsedFile;
use crate::reason::Reason;

/// Reads every question of a file, in the order of the file.
pub fn read(text: &str) -> ParsedFile {
    let mut contents = ParsedFile::default();
    let text = &marks::tidied(text);
    let taken = tasks::read(text, &mut contents);
    numbered::read(text, &taken, &mut contents);
    contents.questions.sort_by_key(|found| found.line);
    contents.refusals.sort_by_key(|refused| refused.line);
    contents.title = title(text);
    if contents.title.is_some() && !contents.questions.is_empty() {
        // A title may ask something without being a question.
        let line = text.lines().position(|line| !line.trim().is_empty()).map_or(0, |place| place + 1);
        contents.refusals.retain(|refusal| refusal.line != line || refusal.reason != Reason::NothingToAnswer);
    }
    contents
}

/// What a line is in one of the layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// A heading or a number begins it.
    pub is_stem: bool,
    /// A choice with the letter A, or a task.
    pub is_first_choice: bool,
    /// A ticked task.
    pub is_ticked: bool,
}

/// What a line shows by itself.
pub fn signs(line: &str) -> Signs {
    let tick = marks::tick(line);
    let is_first = lines::lettered_choice(line, 0).is_some_and(|(letter, _)| letter == 'A');
    Signs {
        is_stem: lines::numbered(line).is_some() || lines::heading(line).is_some(),
        is_first_choice: is_first || tick.is_some(),
        is_ticked: tick == Some(true),
    }
}

/// The first line, if it is a heading of the first level.
fn title(text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let title = first.strip_prefix("# ")?;
    filled(&render::plain(title).text)
}

#[cfg(test)]
mod tests;
