//! Packs and their questions.

use super::{in_every_look, today};
use crate::ui::screens::packs;

#[test]
fn packs_and_their_questions() {
    let library = badgedex_packs::load(&[], today()).library;
    in_every_look("pack_list", |look| packs::list(look, &library));
    let article = library.find_pack("article").unwrap();
    let few: Vec<_> = article.questions.iter().step_by(9).cloned().collect();
    in_every_look("pack_show", |look| packs::show(look, article, &few));
}
