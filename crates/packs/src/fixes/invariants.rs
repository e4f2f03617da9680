//! What fixes must keep: a question that could be used stays the same, and nothing becomes worse.

use std::collections::{BTreeSet, HashMap};

use super::fix::{FixedFile, questions, unmarked};
use crate::catalog_reader;
use crate::folder::{CATALOG, File, Folder, PACK};
use crate::json;
use crate::pack_reader::{self, QuestionState};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::Question;

/// Whether a folder with these drafts in it is at least as good as without them.
pub fn is_as_good(folder: &Folder, drafts: &[FixedFile], known: &BTreeSet<CredentialId>) -> bool {
    if drafts.is_empty() {
        return true;
    }
    let before = with(folder, &[]);
    let after = with(folder, drafts);
    let pairs = || before.files.iter().zip(&after.files).filter(|(old, new)| old.text != new.text);
    let are_heads = pairs().filter(|(old, _)| old.name == PACK).all(|(old, new)| is_head_kept(old, new));
    let are_catalogs =
        pairs().filter(|(old, _)| old.name == CATALOG).all(|(old, new)| catalog_is_kept(old, new));
    let mut of_questions = pairs().filter(|(old, _)| old.name != PACK && old.name != CATALOG);
    let are_questions = match pack_reader::head_of(&after) {
        // Without a head nothing of the pack is read, before or after.
        None => true,
        Some(pack) => of_questions.all(|(old, new)| {
            let states = |file| pack_reader::each(file, &pack, known);
            states(old).is_none_or(|old| states(new).is_some_and(|new| are_kept(&old, &new)))
        }),
    };
    are_heads && are_catalogs && are_questions && repeated(&after) <= repeated(&before)
}

/// The folder as its files would be read.
fn with(folder: &Folder, drafts: &[FixedFile]) -> Folder {
    let texts: HashMap<&str, &str> =
        drafts.iter().map(|draft| (draft.label.as_str(), draft.text.as_str())).collect();
    let mut folder = folder.clone();
    for file in &mut folder.files {
        file.text = texts.get(file.label.as_str()).copied().unwrap_or(unmarked(&file.text)).to_owned();
    }
    folder
}

fn is_head_kept(old: &File, new: &File) -> bool {
    match (pack_reader::pack_in(old), pack_reader::pack_in(new)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(old), Some(new)) => {
            old.credentials.len() == new.credentials.len()
                && badgedex_domain::question::Pack { credentials: new.credentials.clone(), ..old } == new
        }
    }
}

fn catalog_is_kept(old: &File, new: &File) -> bool {
    match (catalog_reader::read(old), catalog_reader::read(new)) {
        (Ok(old), Ok(new)) => old == new,
        (Ok(_), Err(_)) => false,
        (Err(_), _) => true,
    }
}

fn are_kept(old: &[QuestionState], new: &[QuestionState]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_kept(old, new))
}

fn is_kept(old: &QuestionState, new: &QuestionState) -> bool {
    match (old, new) {
        (QuestionState::Unreadable, _) | (QuestionState::Faulty(_), QuestionState::Sound(_)) => true,
        (QuestionState::Faulty(old), QuestionState::Faulty(new)) => new <= old,
        (QuestionState::Sound(old), QuestionState::Sound(new)) => is_same(old, new),
        (QuestionState::Faulty(_) | QuestionState::Sound(_), QuestionState::Unreadable)
        | (QuestionState::Sound(_), QuestionState::Faulty(_)) => false,
    }
}

/// All is the same but for blanks around the stem.
fn is_same(old: &Question, new: &Question) -> bool {
    old.stem.trim() == new.stem.trim() && Question { stem: new.stem.clone(), ..old.clone() } == *new
}

/// How many questions have an id that another one before them has.
fn repeated(folder: &Folder) -> usize {
    let mut seen = BTreeSet::new();
    let mut repeated = 0;
    for file in folder.question_files() {
        let Some(root) = json::parse(&file.text).root else { continue };
        for question in questions(&root) {
            let id = question.string_at("id");
            repeated += usize::from(id.is_some_and(|id| !seen.insert(id)));
        }
    }
    repeated
}
