//! A pack in our own format, as one document.

use super::losses::LeftOut;
use super::written::{DRAWN, WrittenPack};
use badgedex_domain::question::Pack;
use badgedex_packs::json_writer;

/// Writes the whole pack; a question whose choices are drawn afresh has no form in a file.
pub fn write(pack: &Pack) -> WrittenPack {
    let is_drawn = |question: &&_| json_writer::question(pack, question).is_none();
    let left_out = pack.questions.iter().filter(is_drawn).map(|q| LeftOut::whole(q, DRAWN)).collect();
    WrittenPack { text: json_writer::document(pack), left_out }
}
