//! A pack as Anki's "Notes in Plain Text": flip cards, with the choices on the front and the key on the back.

use super::{LeftOut, Part, Written};
use crate::draft::letter;
use badgedex_domain::question::{Kind, Pack, Question};

const HEAD: &str = "#separator:tab\n#html:false\n#guid column:1\n#deck column:2\n";

/// What a note says beside what is asked: a unit stands in its answer, choices on its front as they are.
const KEPT: [Part; 6] =
    [Part::Id, Part::Topic, Part::Rationale, Part::Unit, Part::FixedOrder, Part::HiddenSize];

/// Writes a note for every question but those whose choices are drawn.
pub fn write(pack: &Pack) -> Written {
    let mut writer = ::csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    let mut left_out = Vec::new();
    for question in &pack.questions {
        let Some(back) = super::key_text(&question.kind) else {
            left_out.push(LeftOut::whole(question, super::DRAWN));
            continue;
        };
        if question.stem.contains("{{c") {
            left_out.push(LeftOut::whole(question, "since Anki would take the text for a cloze"));
            continue;
        }
        let rationale = question.rationale.as_deref().unwrap_or_default();
        let deck = super::topic(pack, question);
        let note = [question.id.as_str(), deck, &front(question), &back, rationale];
        writer.write_record(note).expect("a vector takes all bytes, and every note has five fields");
        left_out.extend(LeftOut::parts(question, &KEPT));
    }
    let bytes = writer.into_inner().expect("a vector takes all bytes");
    Written { text: format!("{HEAD}{}", String::from_utf8_lossy(&bytes)), left_out }
}

fn front(question: &Question) -> String {
    let (Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } | Kind::Order { items: choices }) =
        &question.kind
    else {
        return question.stem.clone();
    };
    let mut choices: Vec<&String> = choices.iter().collect();
    if matches!(question.kind, Kind::Order { .. }) {
        choices.sort();
    }
    let lettered = choices.iter().enumerate().map(|(place, text)| format!("\n{}. {text}", letter(place)));
    format!("{}\n{}", question.stem, lettered.collect::<String>())
}
