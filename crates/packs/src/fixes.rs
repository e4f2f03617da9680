//! Fixing files of questions: what can be fixed in one way only is fixed in its place, and all the rest
//! stays byte for byte.
//!
//! Nothing changes what a question means, and nothing is invented: a person decides what is right, and the
//! program only how it is written.

mod context;
mod credentials;
mod dates;
mod edits;
mod fix;
mod ids;
mod invariants;
mod keys;
mod layout;
mod question;
mod syntax;
mod texts;
mod wrong_types;

use super::diagnostic::Place;
use super::folder::{CATALOG, File, Folder, PACK};
use super::json::{Parsed, parse};
pub use context::FixContext;
use edits::{Edits, PlacedFix};
use fix::unmarked;
pub use fix::{Fix, FixKind, FixRefused, FixedFile};

/// Whether a text can be read once it is fixed.
pub fn is_readable(text: &str) -> bool {
    parse(unmarked(text)).root.is_some()
}

/// Fixes the files of a folder for which `is_meant` holds; those in which nothing is fixed are left out.
///
/// The files must be in the folder with their byte order marks, if they have any.
///
/// # Errors
///
/// [`FixRefused`] if a question that could be used would be another one afterwards, or could not be used.
pub fn fix_folder(
    folder: &Folder,
    is_meant: &dyn Fn(&File) -> bool,
    context: &mut FixContext,
) -> Result<Vec<FixedFile>, FixRefused> {
    let pack = folder.pack().and_then(|file| {
        let head = parse(unmarked(&file.text)).root?;
        if head.has_unique_keys() { head.string_at("id") } else { None }
    });
    let meant = folder.files.iter().filter(|file| is_meant(file));
    let files: Vec<FixedFile> = meant.filter_map(|file| fix_file(file, pack.as_deref(), context)).collect();
    match invariants::is_as_good(folder, &files, context.known()) {
        true => Ok(files),
        false => Err(FixRefused),
    }
}

fn fix_file(file: &File, pack: Option<&str>, context: &mut FixContext) -> Option<FixedFile> {
    let text = unmarked(&file.text);
    let Parsed { root, errors } = parse(text);
    let root = root?;
    let mut edits = Edits::default();
    let mut told: Vec<FixKind> =
        (text.len() < file.text.len()).then_some(FixKind::ByteOrderMark).into_iter().collect();
    let tidied = layout::tidied(text, &mut edits);
    told.extend(syntax::fix(text, &errors, &mut edits));
    told.extend(tidied);
    match file.name.as_str() {
        PACK => question::fix_head(&root, context, &mut edits),
        CATALOG => question::fix_catalog(&root, &mut edits),
        _ => question::fix_file(&root, pack, context, &mut edits),
    }
    if told.is_empty() && edits.is_empty() {
        return None;
    }
    let (text, placed) = edits.applied(text);
    let of_file = told.into_iter().map(|kind| Fix { place: Place::file(&file.label), kind });
    let of_parts = placed.into_iter().map(|PlacedFix { position, item, kind }| Fix {
        place: Place { file: file.label.clone(), position: Some(position), item },
        kind,
    });
    Some(FixedFile { label: file.label.clone(), text, fixes: of_file.chain(of_parts).collect() })
}

#[cfg(test)]
mod invariant_tests;
#[cfg(test)]
mod tests;
