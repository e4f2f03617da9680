//! Ids of packs that are used already: by shipped packs, or by others of the learner's own.

use std::collections::HashSet;

use super::diagnostic::Diagnostic;
use super::folder::{File, Folder};
use super::json::key_offset;
use super::position::Position;
use super::raw::{RawId, RawQuestions};

/// Whether a folder is a shipped one as it is, was or will be, and no other one that took its id: a
/// catalog of its id, or a pack of its id with its title or one of its questions.
pub fn is_state_of(folder: &Folder, shipped: &Folder) -> bool {
    let is_same = |a: Option<&File>, b: Option<&File>| {
        let id = a.and_then(File::id);
        id.is_some() && id == b.and_then(File::id)
    };
    let is_same_pack = || {
        let (old, new) = (questions(shipped), questions(folder));
        title(folder) == title(shipped) || !old.is_disjoint(&new)
    };
    is_same(folder.catalog(), shipped.catalog()) || is_same(folder.pack(), shipped.pack()) && is_same_pack()
}

fn title(folder: &Folder) -> Option<String> {
    super::pack_reader::head_of(folder).map(|pack| pack.title)
}

/// The ids of a folder's questions, as far as its files can be read.
fn questions(folder: &Folder) -> HashSet<String> {
    let files =
        folder.question_files().filter_map(|file| serde_json::from_str::<RawQuestions>(&file.text).ok());
    let texts = files.flat_map(|raw| raw.questions);
    texts.filter_map(|text| serde_json::from_str::<RawId>(text.get()).ok()).map(|raw| raw.id).collect()
}

/// Another pack has the id: the one in the folder `other`, or one that comes with the program.
pub fn diagnostic(folder: &Folder, id: &str, other: Option<&str>) -> Diagnostic {
    let problem = match other {
        Some(other) => {
            format!(
                "there is a pack \"{id}\" already, in {other}: rename one of the two, and its questions' ids"
            )
        }
        None => format!(
            "there is a pack \"{id}\" already, which comes with the program: write another id, here and in the ids of the questions"
        ),
    };
    match folder.pack() {
        Some(head) => {
            let spot = Position::START.after(&head.text[..key_offset(&head.text, "id")]);
            Diagnostic::at(&head.label, spot, None, problem)
        }
        None => Diagnostic::of_file(&folder.label, problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check, folder};

    fn pack(label: &str, id: &str, title: &str, question: &str) -> Folder {
        let head = format!(
            "{{\n \"format\": 1, \"id\": \"{id}\", \"title\": \"{title}\", \"teaches\": \"content\",\n \"topics\": [{{ \"id\": \"only\", \"name\": \"Only\" }}] }}"
        );
        let questions = format!(
            "{{ \"format\": 1, \"pack\": \"{id}\", \"questions\": [{{ \"id\": \"{id}/{question}\", \"topic\": \"only\", \"kind\": \"true-false\", \"stem\": \"It is {label}.\", \"key\": true }}] }}"
        );
        let file = |name: &str, text: &str| File::of(&format!("{label}/{name}"), text);
        let files = vec![file("pack.json", &head), file("q.json", &questions)];
        Folder::new(label, files)
    }

    fn told(folders: &[Folder]) -> Vec<String> {
        check(folders).diagnostics.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_id_of_a_shipped_pack_is_taken_unless_it_is_that_pack() {
        let told = told(&[pack("mine", "article", "My articles", "one")]);
        let [diagnostic] = &told[..] else { panic!("{told:?}") };
        assert!(
            diagnostic
                .starts_with("mine/pack.json:2:15: there is a pack \"article\" already, which comes with"),
            "{diagnostic}"
        );
        let shipped = folder::shipped();
        let article = shipped.iter().find(|folder| folder.ids().any(|id| id == "article")).unwrap();
        let renamed = |folder: &Folder, from: &str, to: &str| {
            let mut folder = folder.clone();
            folder.files.iter_mut().for_each(|file| file.text = file.text.replace(from, to));
            folder
        };
        let title = title(article).unwrap();
        for state in
            [article.clone(), renamed(article, &title, "Another"), renamed(article, "article/", "article/x")]
        {
            assert!(is_state_of(&state, article));
        }
        assert!(!is_state_of(
            &renamed(&renamed(article, &title, "Another"), "article/", "article/x"),
            article
        ));
    }

    #[test]
    fn two_packs_of_one_id_are_told_with_the_folder_of_the_first() {
        let told = told(&[pack("a", "same", "One", "one"), pack("b", "same", "Two", "two")]);
        let [diagnostic] = &told[..] else { panic!("{told:?}") };
        assert!(
            diagnostic.starts_with("b/pack.json:2:15: there is a pack \"same\" already, in a: rename"),
            "{diagnostic}"
        );
    }
}
