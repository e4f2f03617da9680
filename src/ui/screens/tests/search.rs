//! The questions that a search has found.

use super::in_every_look;
use crate::ui::screens::search;
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::library::Library;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches, Topic};
use badgedex_domain::search::{self as finding, SearchQuery};

/// One question on lamps, and more on ropes than are listed.
fn library() -> Library {
    let topic = |id: &str, name: &str| Topic { id: id.into(), name: name.into(), weight: None };
    let question = |name: &str, topic: &str, stem: &str| {
        Question::new(QuestionId::new(format!("harbor/{name}")), topic, stem, Kind::TrueFalse { key: true })
    };
    let rope = |number: u32| {
        let stem = format!("Rope {number} is longer\nthan the one before.");
        question(&format!("rope-{number}"), "ropes", &stem)
    };
    let lamp = "A harbor wants its lamps to be seen from ten miles off in a fog that hides the pier, without \
                buying new ones: it is enough to lift each of them by two meters and to clean the glass daily.";
    let pack = Pack {
        topics: vec![topic("lamps", "Lamps and their keepers"), topic("ropes", "Ropes")],
        questions: [question("lamp", "lamps", lamp)].into_iter().chain((1..=22).map(rope)).collect(),
        ..Pack::new("harbor", "Harbor", Teaches::Content)
    };
    Library::new(Catalogs::default(), vec![pack])
}

#[test]
fn the_questions_that_were_found() {
    let library = library();
    for (name, words) in [("search_one", "lamp FOG"), ("search_many", "rope")] {
        let query = SearchQuery::of(words).unwrap();
        let found = finding::search(&library, &query);
        in_every_look(name, |look| search::list(look, &library, &query, &found));
    }
}
