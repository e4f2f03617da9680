//! What the cached results of the day were made from, as short names.
//!
//! Something cached is used only while its name is the same.

use uuid::Uuid;

use super::clock::Clock;
use badgedex_domain::memory::{MODEL_EDITION, Model};
use badgedex_packs::Fingerprint;
use badgedex_store::JournalHead;

/// The name of this build: what another one has cached is of no use to it.
const BUILD: &str = env!("BADGEDEX_BUILD");

/// What decides which packs there are.
pub fn packs(packs: &Fingerprint) -> String {
    hashed(&format!("{BUILD}\n{}", packs.text))
}

/// What decides the sums of the day: journal, day, packs, and this program with its model of memory. The learner's term,
/// and which questions mock exams hold back, follow from the journal.
pub fn overview(head: &JournalHead, clock: &Clock, packs: &Fingerprint) -> String {
    let JournalHead { edition, seq, last } = head;
    let Clock { today, day, .. } = clock;
    hashed(&format!("{BUILD} {MODEL_EDITION}\n{edition} {seq} {last:?}\n{today} {day}\n{}", packs.text))
}

/// What decides the beliefs besides the journal. `renames` is from [`renames`].
pub fn beliefs(renames: &str, model: &Model) -> String {
    hashed(&format!("{BUILD} {MODEL_EDITION}\n{renames}\n{:?}", model.parameters()))
}

/// The earlier ids of all questions.
pub fn renames(all: &str) -> String {
    hashed(all)
}

/// A short name for a long text.
fn hashed(text: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).simple().to_string()
}
