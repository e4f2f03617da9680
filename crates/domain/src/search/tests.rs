//! Which questions a search finds, and in which order.

use super::*;
use crate::catalogs::Catalogs;
use crate::question::{Pack, QuestionId, Teaches, Topic, Wrong};

fn one_of(id: &str, topic: &str, stem: &str, choices: [&str; 2], reasons: [&str; 2]) -> Question {
    let texts = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    let kind = Kind::OneOf { choices: texts(choices), key: 0, typed: vec!["typed".into()], shuffle: true };
    Question { reasons: texts(reasons), ..Question::new(QuestionId::new(id), topic, stem, kind) }
}

fn library() -> Library {
    let topic = |id: &str, name: &str| Topic { id: id.into(), name: name.into(), weight: None };
    let typed = Kind::Typed { accepted: vec!["Secret".into()] };
    let drawn = Kind::Drawn {
        right: vec!["Amber".into()],
        wrong: vec![Wrong { text: "Basalt".into(), meaning: Some("It is for quarries.".into()) }],
        shown: 2,
    };
    let order = Kind::Order { items: vec!["Alpha".into(), "Omega".into()] };
    let question = |id: &str, stem: &str, kind| Question::new(QuestionId::new(id), "store", stem, kind);
    let held_back = Question {
        exam_form: Some("a".into()),
        ..one_of("p/held", "run", "A Lambda function held back", ["Yes", "No"], ["", ""])
    };
    let pack = Pack {
        topics: vec![topic("run", "Running code"), topic("store", "Storing things")],
        questions: vec![
            one_of("p/reason", "run", "What runs?", ["A queue", "A server"], ["Lambda reads it.", "No."]),
            one_of("p/choice", "run", "What scales?", ["Lambda", "A server"], ["", ""]),
            one_of("p/begins", "run", "Which lambdas fail?", ["The first", "The last"], ["", ""]),
            one_of("p/stem", "run", "When does a LAMBDA time out?", ["After 15 minutes", "Never"], ["", ""]),
            Question {
                rationale: Some("Größe: ein Café.".into()), ..question("p/typed", "Name it.", typed)
            },
            question("p/drawn", "Which stone?", drawn),
            question("p/order", "先日の東京タワーの写真", order),
            held_back,
        ],
        ..Pack::new("p", "P", Teaches::Content)
    };
    Library::new(Catalogs::default(), vec![pack])
}

fn found(library: &Library, text: &str) -> Vec<String> {
    let query = SearchQuery::of(text).expect("there is a word");
    let name = |question: &Question| question.id.as_str().trim_start_matches("p/").to_owned();
    search(library, &query).into_iter().map(name).collect()
}

#[test]
fn all_words_are_found_in_any_order_without_case_and_accents() {
    let library = library();
    for (text, ids) in [
        ("lambda", &["stem", "begins", "choice", "reason"][..]),
        ("LÀMBDA", &["stem", "begins", "choice", "reason"]),
        ("lam", &["begins", "stem", "choice", "reason"]),
        ("ambda", &[]),
        ("time lambda", &["stem"]),
        ("lambda minutes", &["stem"]),
        ("minutes, lambda: 15!", &["stem"]),
        ("lambda server", &["choice", "reason"]),
        ("lambda quarries", &[]),
        ("cafe", &["typed"]),
        ("café grösse", &["typed"]),
        ("GROSSE", &["typed"]),
        ("running", &["reason", "choice", "begins", "stem"]),
        ("basalt", &["drawn"]),
        ("quarries stone", &["drawn"]),
        ("omega", &["order"]),
        ("東京", &["order"]),
        ("タワー", &["order"]),
        ("secret", &[]),
        ("typed", &[]),
        ("held", &[]),
    ] {
        assert_eq!(found(&library, text), ids, "{text}");
    }
}

#[test]
fn a_text_without_a_word_is_no_search() {
    for text in ["", "  ", "?!", "--"] {
        assert_eq!(SearchQuery::of(text), None, "{text:?}");
    }
    assert_eq!(SearchQuery::of("Multi-AZ, S3").unwrap().words(), ["multi", "az", "s3"]);
}

#[test]
fn a_pack_that_is_off_is_not_searched() {
    let library = library().with_off(&["p".to_owned()].into());
    assert!(found(&library, "lambda").is_empty());
}

#[test]
fn the_word_that_no_question_has_is_named_with_the_nearest() {
    let library = library();
    let missing = |text: &str| SearchQuery::of(text).unwrap().missing_word(&library);
    let unknown = missing("lambda servre").unwrap();
    assert_eq!((unknown.typed.as_str(), unknown.nearest[0].0.as_str()), ("servre", "server"));
    assert_eq!(missing("quarries lambda"), None, "each of them occurs");
}
