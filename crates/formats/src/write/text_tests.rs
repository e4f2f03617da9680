//! What the text formats write and read again is the same.

use proptest::prelude::*;

use super::*;
use crate::ParsedFile;
use crate::csv::ColumnMapping;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches, Topic};

fn question(number: usize, stem: &str, kind: Kind, rationale: Option<String>) -> Question {
    Question { rationale, ..Question::new(QuestionId::new(format!("plants/q{number}")), "moss", stem, kind) }
}

fn pack(questions: Vec<Question>) -> Pack {
    Pack {
        id: "plants".to_owned(),
        title: "Plants".to_owned(),
        description: String::new(),
        licence: None,
        source: None,
        teaches: Teaches::Content,
        credentials: Vec::new(),
        topics: vec![Topic { id: "moss".to_owned(), name: "Moss & fern".to_owned(), weight: None }],
        facts: Vec::new(),
        questions,
    }
}

/// A text of one line without blanks around it, made of what is markup somewhere.
fn text() -> impl Strategy<Value = String> {
    let signs = "[a-zA-Z0-9é][-+=@'\"|\\\\*_`#<>&!~.,;:() \\[\\]{}a-z0-9$^/?]{0,24}[a-z?]";
    prop_oneof!["[-=+@'#*_>1-9][.) ]?[a-z]{1,6}", signs].prop_map(|t| t.trim().to_owned())
}

fn choices() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 3..6).prop_filter("choices differ", |choices| {
        let folded: std::collections::HashSet<String> = choices.iter().map(|c| c.to_lowercase()).collect();
        folded.len() == choices.len()
    })
}

fn listed() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (choices(), 0..3_usize).prop_map(|(choices, key)| Kind::OneOf {
            choices,
            key,
            typed: vec![],
            shuffle: true
        }),
        choices()
            .prop_map(|choices| Kind::AnyOf { choices, keys: vec![0, 2], size_stated: true, shuffle: true })
            .prop_filter("one is wrong", |_| true),
        any::<bool>().prop_map(|key| Kind::TrueFalse { key }),
    ]
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        listed(),
        choices().prop_map(|accepted| Kind::Typed { accepted }),
        choices().prop_map(|items| Kind::Order { items }),
        text().prop_map(|answer| Kind::Reveal { answer }),
        (-1000_i32..1000, 0_u32..10, "([a-z]{1,5})?").prop_map(|(value, tolerance, unit)| Kind::Number {
            value: f64::from(value) / 4.0,
            unit,
            tolerance: f64::from(tolerance),
        }),
    ]
}

fn questions(kind: impl Strategy<Value = Kind>) -> impl Strategy<Value = Vec<Question>> {
    prop::collection::vec((text(), kind, prop::option::of(text())), 1..5).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(i, (stem, kind, rationale))| question(i, &stem, kind, rationale)).collect()
    })
}

/// What task lists never say.
fn is_unsaid(loss: Loss) -> bool {
    matches!(loss, Loss::Part(QuestionPart::Id | QuestionPart::Topic))
}

fn assert_same(pack: &Pack, contents: &ParsedFile, text: &str) {
    assert_eq!(contents.refusals, [], "{text}");
    assert_eq!(contents.questions.len(), pack.questions.len(), "{text}");
    for (found, question) in contents.questions.iter().zip(&pack.questions) {
        assert_eq!(found.stem, question.stem, "{text}");
        assert_eq!(found.kind, question.kind, "{text}");
        assert_eq!(found.rationale, question.rationale, "{text}");
    }
}

proptest! {
    #[test]
    fn separated_values_come_back_as_they_were(questions in questions(any_kind())) {
        let sourced = |question: Question| Question { source: question.rationale.clone(), ..question };
        let pack = pack(questions.into_iter().map(sourced).collect());
        let written = csv::write(&pack);
        prop_assert_eq!(&written.left_out, &[]);
        let contents = crate::csv::read(&written.text, &ColumnMapping::default());
        assert_same(&pack, &contents, &written.text);
        for (found, question) in contents.questions.iter().zip(&pack.questions) {
            prop_assert_eq!(&found.source, &question.source, "{}", written.text);
        }
    }

    #[test]
    fn task_lists_come_back_as_they_were(questions in questions(listed())) {
        let pack = pack(questions);
        let written = markdown::write(&pack);
        prop_assert!(written.left_out.iter().all(|one| is_unsaid(one.loss)));
        assert_same(&pack, &crate::practice::read(&written.text), &written.text);
    }

    #[test]
    fn what_unfolds_comes_back_self_checked(stem in text(), answer in text(), rationale in prop::option::of(text())) {
        let kind = Kind::Reveal { answer: answer.clone() };
        let written = markdown::write(&pack(vec![question(1, &stem, kind, rationale.clone())]));
        prop_assert!(written.left_out.iter().all(|one| is_unsaid(one.loss)));
        let contents = crate::practice::read(&written.text);
        prop_assert_eq!(contents.questions.len(), 1, "{}", written.text);
        prop_assert_eq!(&contents.questions[0].stem, &stem);
        prop_assert_eq!(&contents.questions[0].kind, &Kind::Reveal { answer });
        prop_assert_eq!(&contents.questions[0].rationale, &rationale);
    }

    #[test]
    fn flip_cards_come_back_with_their_ids(questions in questions(any_kind())) {
        let pack = pack(questions);
        let written = anki_text::write(&pack);
        let contents = crate::anki_text::read(&written.text);
        prop_assert_eq!(&contents.refusals, &[], "{}", written.text);
        for (found, question) in contents.questions.iter().zip(&pack.questions) {
            prop_assert_eq!(found.own_id.as_deref(), Some(question.id.as_str()));
            prop_assert!(found.stem.starts_with(&question.stem));
        }
    }
}

#[test]
fn cells_that_a_spreadsheet_would_work_out_are_marked() {
    let typed = Kind::Typed { accepted: vec!["+1".to_owned()] };
    let written = csv::write(&pack(vec![question(1, "=1+1", typed, Some("@x".to_owned()))]));
    assert!(written.text.ends_with("plants/q1,typed,Moss & fern,'=1+1,,'+1,,,'@x,,,\n"), "{}", written.text);
}

#[test]
fn our_own_format_holds_the_head_and_the_questions() {
    let kind = Kind::AnyOf {
        choices: ["a", "b", "c"].map(str::to_owned).to_vec(),
        keys: vec![0, 2],
        size_stated: false,
        shuffle: true,
    };
    let written = json::write(&pack(vec![question(1, "a?", kind, None)]));
    let value: serde_json::Value = serde_json::from_str(&written.text).unwrap();
    assert_eq!(value["title"], "Plants");
    assert_eq!(value["questions"][0]["keys"], serde_json::json!(["A", "C"]));
}
