//! Ids that are missing or invalid.
//!
//! What was learned is kept under an id, so a valid one is never changed. Nothing is kept under an invalid
//! one: a pack with an error is not used.

use std::collections::{HashMap, HashSet};

use crate::slug::is_slug;
use crate::slug::nonempty_slug;

/// So much of a stem is enough for a name.
const MAX_NAME: usize = 40;

/// All ids that name a question, today or earlier: a new one must be none of them.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
    /// The number that the next question with the same name gets.
    next: HashMap<String, usize>,
}

impl Ids {
    pub fn take(&mut self, id: impl Into<String>) {
        self.taken.insert(id.into());
    }

    /// A new id from a stem's first words; `None` if the stem is empty.
    pub fn made(&mut self, pack: &str, stem: &str) -> Option<String> {
        (!stem.trim().is_empty()).then_some(())?;
        let base = format!("{pack}/{}", first_words(&nonempty_slug(stem)));
        let next = self.next.entry(base.clone()).or_insert(1);
        loop {
            let id = if *next == 1 { base.clone() } else { format!("{base}-{next}") };
            *next += 1;
            if self.taken.insert(id.clone()) {
                return Some(id);
            }
        }
    }

    /// An invalid id with its pack before it and in the right letters; `None` if that does not
    /// make it valid, or where the id that it would be is taken.
    pub fn righted(&mut self, pack: &str, id: &str) -> Option<String> {
        if is_valid(pack, id) {
            return None;
        }
        let name = match id.trim().split_once('/') {
            Some((before, name)) if kebab(before) == pack => name,
            Some(_) => return None,
            None => id,
        };
        let name = kebab(name);
        let righted = format!("{pack}/{name}");
        let is_name = is_slug(&name) && name.bytes().any(|byte| byte != b'-');
        (is_name && self.taken.insert(righted.clone())).then_some(righted)
    }
}

/// Whether a pack may have a question with this id.
fn is_valid(pack: &str, id: &str) -> bool {
    id.split_once('/').is_some_and(|(before, name)| before == pack && is_slug(name))
}

fn first_words(slug: &str) -> &str {
    match slug.get(..MAX_NAME).and_then(|start| start.rfind('-')) {
        Some(end) => &slug[..end],
        None => slug,
    }
}

fn kebab(text: &str) -> String {
    let words: Vec<&str> = text.split(['_', ' ', '\t']).filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_first_words_and_stands_once() {
        let mut ids = Ids::default();
        ids.take("mine/what-is-it-2");
        for (stem, id) in [
            ("What is it?", "mine/what-is-it"),
            ("What is it!", "mine/what-is-it-3"),
            ("Which planet of all eight is the largest one?", "mine/which-planet-of-all-eight-is-the"),
            ("Éclair & Co.", "mine/eclair-co"),
        ] {
            assert_eq!(ids.made("mine", stem).as_deref(), Some(id));
        }
        let id = ids.made("mine", "日本語").unwrap();
        assert!(is_slug(id.strip_prefix("mine/").unwrap()), "{id}");
        assert_eq!(ids.made("mine", " \n"), None);
    }

    #[test]
    fn an_id_is_put_right_only_where_it_is_clear_which_one_is_meant() {
        let mut ids = Ids::default();
        ids.take("my-pack/taken");
        for (id, righted) in [
            ("one", Some("my-pack/one")),
            ("my-pack/Two_And  More", Some("my-pack/two-and-more")),
            ("My Pack/three", Some("my-pack/three")),
            (" my-pack/four ", Some("my-pack/four")),
            ("my-pack/ONE", None),
            ("Taken", None),
            ("my-pack/valid", None),
            ("other/one", None),
            ("my-pack/a/b", None),
            ("my-pack/", None),
            ("my-pack/_", None),
            ("öne", None),
            ("a.b", None),
            ("", None),
        ] {
            assert_eq!(ids.righted("my-pack", id).as_deref(), righted, "{id}");
        }
    }
}
