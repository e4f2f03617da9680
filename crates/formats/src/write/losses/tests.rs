//! Every part of every kind of question either comes back from a file or is named when it is written.

use std::mem::discriminant;

use super::*;
use crate::pack_builder::{self, PackHead};
use crate::reading::{self, ReadOptions};
use crate::write::{WrittenPack, strategies};
use crate::{Format, write};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::QuestionId;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn kinds() -> Vec<Kind> {
    let choices = || texts(&["bow", "stern", "keel"]);
    let one_of =
        |typed: &[&str], shuffle| Kind::OneOf { choices: choices(), key: 1, typed: texts(typed), shuffle };
    let any_of =
        |size_stated, shuffle| Kind::AnyOf { choices: choices(), keys: vec![0, 2], size_stated, shuffle };
    let number = |unit: &str, tolerance| Kind::Number { value: 12.0, unit: unit.to_owned(), tolerance };
    vec![
        one_of(&[], true),
        one_of(&["stern", "the | stern"], true),
        one_of(&[], false),
        any_of(true, true),
        any_of(false, true),
        any_of(true, false),
        Kind::TrueFalse { key: false },
        Kind::Typed { accepted: texts(&["a bow"]) },
        Kind::Typed { accepted: texts(&["a bow", "the bow"]) },
        number("", 0.0),
        number("cubic metres", 0.0),
        number("", 0.5),
        Kind::Order { items: choices() },
        Kind::Reveal { answer: "a bow".to_owned() },
    ]
}

/// A question with each of the parts that every kind may have, and one with all of them.
fn variants(kind: &Kind) -> Vec<Question> {
    let plain = strategies::question("the-bow", "Which part of a ship is in front?", kind.clone());
    let text = |text: &str| Some(text.to_owned());
    let fills: [fn(&mut Question); 7] = [
        |q| q.hint = Some("It rises ] first.".to_owned()),
        |q| q.rationale = Some("It parts the water.".to_owned()),
        |q| q.source = Some("https://example.com/a?b=c#d".to_owned()),
        |q| q.checked = chrono::NaiveDate::from_ymd_opt(2026, 11, 27),
        |q| q.credentials = vec![CredentialId::new("sailor")],
        |q| q.facts = vec!["F1".to_owned()],
        |q| q.was = vec![QuestionId::new("mine/front")],
    ];
    let mut all = plain.clone();
    all.source = text("A book\\of ships,\npage 3");
    let mut variants = vec![plain.clone()];
    for fill in fills {
        let mut one = plain.clone();
        fill(&mut one);
        variants.push(one);
        fill(&mut all);
    }
    variants.push(all);
    variants
}

/// The question as it is after the file has been imported, and the name of its topic.
fn again(text: &str, format: Format) -> Option<(Question, String)> {
    let said = ReadOptions { format: Some(format), ..ReadOptions::default() };
    let reading = reading::read("file", text.as_bytes(), &said).expect("a file that was written");
    let head = PackHead { id: "again".into(), title: "Again".into(), files: vec![], credential: None };
    let mut pack = pack_builder::build(&head, vec![reading.contents], &mut |_| ()).pack;
    let question = pack.questions.pop()?;
    let topic = pack.topics.into_iter().find(|topic| topic.id == question.topic)?;
    Some((question, topic.name))
}

fn comes_back(part: QuestionPart, question: &Question, again: &Question, topic: &str) -> bool {
    match (part, &again.kind) {
        (QuestionPart::Kind, kind) => discriminant(kind) == discriminant(&question.kind),
        (QuestionPart::Id, _) => again.id.as_str() == "again/the-bow",
        (QuestionPart::Topic, _) => topic == "Ropes / knots",
        (QuestionPart::Hint, _) => again.hint == question.hint,
        (QuestionPart::Rationale, _) => again.rationale == question.rationale,
        (QuestionPart::Source, _) => again.source == question.source,
        (QuestionPart::Checked, _) => again.checked == question.checked,
        (QuestionPart::Credentials, _) => again.credentials == question.credentials,
        (QuestionPart::Facts, _) => again.facts == question.facts,
        (QuestionPart::Past, _) => again.was == question.was,
        (QuestionPart::Unit, Kind::Reveal { answer }) => answer.contains("cubic metres"),
        // The front of a card holds its choices as they are, and says nothing of how many are right.
        (QuestionPart::FixedOrder | QuestionPart::HiddenSize, Kind::Reveal { .. }) => true,
        (QuestionPart::FixedOrder, Kind::OneOf { shuffle, .. } | Kind::AnyOf { shuffle, .. }) => !shuffle,
        (QuestionPart::HiddenSize, Kind::AnyOf { size_stated, .. }) => !size_stated,
        (
            QuestionPart::Typed | QuestionPart::OtherAnswers | QuestionPart::Unit | QuestionPart::Tolerance,
            kind,
        ) => *kind == question.kind,
        _ => false,
    }
}

type Write = fn(&Pack) -> WrittenPack;

#[test]
fn what_does_not_come_back_is_named() {
    let formats: [(Format, Write); 6] = [
        (Format::Gift, write::gift::write),
        (Format::Aiken, write::aiken::write),
        (Format::AnkiText, write::anki_text::write),
        (Format::Csv, write::csv::write),
        (Format::Practice, write::markdown::write),
        (Format::Json, write::json::write),
    ];
    for (format, write) in formats {
        for question in kinds().iter().flat_map(variants) {
            let written = write(&strategies::pack_of(vec![question.clone()]));
            let context = || format!("{format}: {question:?}\n{}{:?}", written.text, written.left_out);
            if written.left_out.iter().any(|one| matches!(one.loss, Loss::Whole(_))) {
                assert_eq!(written.left_out.len(), 1, "{}", context());
                continue;
            }
            let (again, topic) = again(&written.text, format).unwrap_or_else(|| panic!("{}", context()));
            for part in QuestionPart::ALL.into_iter().filter(|part| part.is_in(&question)) {
                let is_named = written.left_out.iter().any(|one| one.loss == Loss::Part(part));
                // Our own file holds these; it is the import into another pack that leaves them behind.
                let is_ours = format == Format::Json
                    && matches!(part, QuestionPart::Credentials | QuestionPart::Facts | QuestionPart::Past);
                let is_back = is_ours || comes_back(part, &question, &again, &topic);
                assert!(is_back != is_named, "{part:?} comes back: {is_back}. {}", context());
            }
        }
    }
}

#[test]
fn what_a_pack_says_of_itself_is_named() {
    let mut pack = strategies::pack_of(vec![]);
    assert_eq!(of_head(&pack), Vec::<&str>::new());
    (pack.description, pack.licence) = ("Of ships.".to_owned(), Some("CC0".to_owned()));
    assert_eq!(of_head(&pack), ["description", "licence"]);
}
