//! What `pack add`, `pack update` and `pack remove` do, in words.

use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, count};
use badgedex_domain::sanitize;

/// What differs between two states of a pack, by the ids of questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackDiff {
    pub added: Vec<String>,
    /// Each with the JSON keys that differ.
    pub changed: Vec<(String, Vec<String>)>,
    pub gone: Vec<String>,
    pub unchanged: usize,
    /// Of those that are changed or gone, what the learner edited or added.
    pub edited: Vec<String>,
    /// `pack.json` differs.
    pub head: bool,
}

impl PackDiff {
    /// Nothing would change.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.gone.is_empty() && !self.head
    }
}

/// What an update would change.
pub fn difference(look: &Look, pack: &str, difference: &PackDiff) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(pack);
    let PackDiff { added, changed, gone, unchanged, edited, head } = difference;
    let sums =
        [(added.len(), "added"), (changed.len(), "changed"), (gone.len(), "gone"), (*unchanged, "unchanged")];
    let sums: Vec<String> = sums.iter().map(|(number, word)| format!("{number} {word}")).collect();
    page.para(look.paint(Tone::Accent, &sums.join(", ")));
    if *head {
        page.para("pack.json differs");
    }
    for id in added {
        page.hanging("  ", format!("added    {}", sanitize::line(id)));
    }
    for (id, keys) in changed {
        page.hanging("  ", format!("changed  {} ({})", sanitize::line(id), keys.join(", ")));
    }
    for id in gone {
        page.hanging("  ", format!("gone     {}", sanitize::line(id)));
    }
    if !edited.is_empty() {
        let what =
            count(edited.len(), "question that you edited or added", "questions that you edited or added");
        page.para(look.paint(Tone::Warn, &format!("{what} would be lost:")));
        for id in edited {
            page.hanging("  ", sanitize::line(id));
        }
    }
    page.done()
}

/// A pack was installed.
pub fn added(id: &str, questions: usize) -> String {
    let number = count(questions, "question", "questions");
    format!("The pack {id} is installed, with {number}. badgedex study --pack {id} asks them.")
}

/// A pack was removed.
pub fn removed(id: &str) -> String {
    format!("The pack {id} was taken out. Its answers stay in the journal.")
}
