//! A pack as the files that hold it, after our own reader has read them: what is written can always be read.

use std::collections::{BTreeSet, HashMap};

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::{Pack, Question};
use badgedex_packs::Diagnostic;
use badgedex_packs::import_marks::{self, ImportMarks};
use badgedex_packs::json_writer;
use badgedex_packs::{File, Folder};
use badgedex_packs::{layout, pack_reader};

use crate::excerpt::excerpt;
use crate::pack_builder::{BuiltPack, OwnIds};
use crate::report::ImportRemark;

/// A pack that our own reader accepts, and its files.
#[derive(Debug, Clone)]
pub struct PackFiles {
    /// As it was read.
    pub pack: Pack,
    /// The files to write.
    pub files: Vec<File>,
    /// Which question an id of a file names, by the index of the file.
    pub own_ids: OwnIds,
    /// What is not in the pack.
    pub refused: Vec<ImportRemark>,
    /// What a person should know of its questions.
    pub warnings: Vec<ImportRemark>,
}

/// Our own reader refuses the pack as a whole.
#[derive(Debug, thiserror::Error)]
#[error("it cannot be made into a pack: {0}")]
pub struct UnwritablePack(pub String);

/// Writes a pack and reads it back; questions that cannot be read are refused.
///
/// # Errors
///
/// The pack as a whole cannot be read, without any of its questions being the reason.
pub fn read_back(built: BuiltPack, known: &BTreeSet<CredentialId>) -> Result<PackFiles, UnwritablePack> {
    let mut built = built;
    // Faults of the questions in the first round; the second has none, or they are not the questions'.
    for _ in 0..2 {
        keep_used_topics(&mut built.pack);
        let mut files = json_writer::files(&built.pack);
        match read(&files, known)? {
            Ok(pack) => {
                let BuiltPack { own_ids, refused, warnings, .. } = built;
                files.extend(layout::schemas());
                return Ok(PackFiles { pack, files, own_ids, refused, warnings });
            }
            Err(faults) => built = without(built, &faults)?,
        }
    }
    Err(UnwritablePack("its questions cannot be told apart".to_owned()))
}

impl PackFiles {
    /// Keeps what the learner edited since the last import instead of what the files say, as far as `note` tells
    /// it. Returns how many questions that were.
    ///
    /// # Errors
    ///
    /// The pack cannot be read with the edits.
    pub fn keep_edits(
        &mut self,
        old: &Pack,
        note: &ImportMarks,
        known: &BTreeSet<CredentialId>,
    ) -> Result<usize, UnwritablePack> {
        let mut pack = self.pack.clone();
        let kept = import_marks::keep(old, note, &mut pack);
        if kept == 0 {
            return Ok(0);
        }
        let files = json_writer::files(&pack);
        self.pack = read(&files, known)?.map_err(|mut faults| {
            let first = faults.pop().map(|fault| fault.message).unwrap_or_default();
            UnwritablePack(format!(
                "your edits do not fit the new file ({first}): --replace takes the file's questions"
            ))
        })?;
        self.files = files.into_iter().chain(layout::schemas()).collect();
        Ok(kept)
    }
}

fn read(
    files: &[File],
    known: &BTreeSet<CredentialId>,
) -> Result<Result<Pack, Vec<Diagnostic>>, UnwritablePack> {
    let folder = Folder::new("", files.to_vec());
    let outcome =
        pack_reader::read(&folder, known).ok_or_else(|| UnwritablePack("it has no head".to_owned()))?;
    Ok(outcome.pack)
}

fn keep_used_topics(pack: &mut Pack) {
    let used: BTreeSet<&str> = pack.questions.iter().map(|question| question.topic.as_str()).collect();
    pack.topics.retain(|topic| used.contains(topic.id.as_str()));
}

/// Takes out the questions that have a fault.
fn without(built: BuiltPack, faults: &[Diagnostic]) -> Result<BuiltPack, UnwritablePack> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for fault in faults {
        let id = fault.place.item.as_deref().ok_or_else(|| UnwritablePack(fault.message.clone()))?;
        first.entry(id).or_insert(&fault.message);
    }
    let BuiltPack { mut pack, origins, own_ids, mut refused, warnings } = built;
    let questions: Vec<Question> = std::mem::take(&mut pack.questions);
    let mut kept = Vec::new();
    for (question, origin) in questions.into_iter().zip(origins) {
        match first.get(question.id.as_str()) {
            Some(why) => refused.push(ImportRemark {
                file: origin.file,
                line: Some(origin.line),
                what: excerpt(&question.stem),
                why: (*why).to_owned(),
            }),
            None => {
                pack.questions.push(question);
                kept.push(origin);
            }
        }
    }
    refused.sort_by_key(|remark| (remark.file, remark.line));
    Ok(BuiltPack { pack, origins: kept, own_ids, refused, warnings })
}
