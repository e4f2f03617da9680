//! What becomes of the learner's own packs, in words.

use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, count};
use badgedex_domain::sanitize;

/// What differs between two states of a pack, by the ids of questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    pub added: Vec<String>,
    /// With the keys that differ.
    pub changed: Vec<(String, Vec<String>)>,
    pub gone: Vec<String>,
    pub unchanged: usize,
    /// Of those that change or go, the learner's own work.
    pub edited: Vec<String>,
    /// What `pack.json` says differs.
    pub head: bool,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.gone.is_empty() && !self.head
    }
}

/// What an update does.
pub fn difference(look: &Look, pack: &str, difference: &Difference) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(pack);
    let Difference { added, changed, gone, unchanged, edited, head } = difference;
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

/// A pack is there now.
pub fn added(id: &str, questions: usize) -> String {
    let number = count(questions, "question", "questions");
    format!("The pack {id} is installed, with {number}. badgedex study --pack {id} asks them.")
}

/// A pack is out.
pub fn removed(id: &str) -> String {
    format!("The pack {id} was taken out. Its answers stay in the journal.")
}
