//! The questions that a search has found.

use super::{Learner, in_every_look};
use crate::ui::screens::search;
use badgedex_domain::search::{self as finding, SearchQuery};

#[test]
fn the_questions_that_were_found() {
    let library = Learner::beginner().library;
    for (name, words) in [("search_some", "foundational sales"), ("search_many", "exam")] {
        let query = SearchQuery::of(words).unwrap();
        let found = finding::search(&library, &query);
        in_every_look(name, |look| search::list(look, &library, &query, &found));
    }
}
