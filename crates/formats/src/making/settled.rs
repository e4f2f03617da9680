//! A pack as the files that hold it, after our own reader has read them.

use std::collections::{BTreeSet, HashMap};

use super::{Made, OwnIds, Remark};
use crate::sound::short;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::{Pack, Question};
use badgedex_packs::Fault;
use badgedex_packs::imported::{self, Note};
use badgedex_packs::json_writer;
use badgedex_packs::{File, Folder};
use badgedex_packs::{layout, question};

/// A pack that our own reader takes, and its files.
#[derive(Debug, Clone)]
pub struct Files {
    /// As it was read.
    pub pack: Pack,
    pub files: Vec<File>,
    pub own_ids: OwnIds,
    pub refused: Vec<Remark>,
    pub warnings: Vec<Remark>,
}

/// Our own reader refuses the pack as a whole.
#[derive(Debug, thiserror::Error)]
#[error("no pack can be made of it: {0}")]
pub struct Unwritable(pub String);

/// Writes a pack and reads it; questions that cannot be read are refused.
pub fn settle(made: Made, known: &BTreeSet<CredentialId>) -> Result<Files, Unwritable> {
    let mut made = made;
    // Faults of the questions in the first round; the second has none, or they are not the questions'.
    for _ in 0..2 {
        keep_used_topics(&mut made.pack);
        let mut files = json_writer::files(&made.pack);
        match read(&files, known)? {
            Ok(pack) => {
                let Made { own_ids, refused, warnings, .. } = made;
                files.extend(layout::schemas());
                return Ok(Files { pack, files, own_ids, refused, warnings });
            }
            Err(faults) => made = without(made, &faults)?,
        }
    }
    Err(Unwritable("its questions cannot be told apart".to_owned()))
}

impl Files {
    /// Puts what the learner edited since the last import in the place of what the files say instead, where
    /// there is a note of it. Returns how many questions that were.
    pub fn keep_edits(
        &mut self,
        old: &Pack,
        note: &Note,
        known: &BTreeSet<CredentialId>,
    ) -> Result<usize, Unwritable> {
        let mut pack = self.pack.clone();
        let kept = imported::keep(old, note, &mut pack);
        if kept == 0 {
            return Ok(0);
        }
        let files = json_writer::files(&pack);
        self.pack = read(&files, known)?.map_err(|mut faults| {
            let first = faults.pop().map(|fault| fault.problem).unwrap_or_default();
            Unwritable(format!("what you edited does not go with it ({first}): --replace takes the file's"))
        })?;
        self.files = files.into_iter().chain(layout::schemas()).collect();
        Ok(kept)
    }
}

fn read(files: &[File], known: &BTreeSet<CredentialId>) -> Result<Result<Pack, Vec<Fault>>, Unwritable> {
    let folder = Folder { label: String::new(), files: files.to_vec(), unreadable: None };
    let outcome = question::read(&folder, known).ok_or_else(|| Unwritable("it has no head".to_owned()))?;
    Ok(outcome.pack)
}

fn keep_used_topics(pack: &mut Pack) {
    let used: BTreeSet<&str> = pack.questions.iter().map(|question| question.topic.as_str()).collect();
    pack.topics.retain(|topic| used.contains(topic.id.as_str()));
}

/// Takes out the questions that have a fault.
fn without(made: Made, faults: &[Fault]) -> Result<Made, Unwritable> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for fault in faults {
        let id = fault.item.as_deref().ok_or_else(|| Unwritable(fault.problem.clone()))?;
        first.entry(id).or_insert(&fault.problem);
    }
    let Made { mut pack, origins, own_ids, mut refused, warnings } = made;
    let questions: Vec<Question> = std::mem::take(&mut pack.questions);
    let mut kept = Vec::new();
    for (question, origin) in questions.into_iter().zip(origins) {
        match first.get(question.id.as_str()) {
            Some(why) => refused.push(Remark {
                file: origin.file,
                line: Some(origin.line),
                what: short(&question.stem),
                why: (*why).to_owned(),
            }),
            None => {
                pack.questions.push(question);
                kept.push(origin);
            }
        }
    }
    refused.sort_by_key(|remark| (remark.file, remark.line));
    Ok(Made { pack, origins: kept, own_ids, refused, warnings })
}
