//! A pack as Anki's "Notes in Plain Text": flip cards, with the choices on the front and the key on the back.

use super::losses::{LeftOut, QuestionPart};
use super::written::{DRAWN, WrittenPack, key_text, topic};
use badgedex_domain::question::{Kind, Pack, Question};
use badgedex_packs::json_writer::letter;

const HEAD: &str = "#separator:tab\n#html:false\n#guid column:1\n#deck column:2\n";

/// What a note keeps besides what is asked: its answer contains the unit, its front the choices as they are.
const KEPT: [QuestionPart; 6] = [
    QuestionPart::Id,
    QuestionPart::Topic,
    QuestionPart::Rationale,
    QuestionPart::Unit,
    QuestionPart::FixedOrder,
    QuestionPart::HiddenSize,
];

/// Writes a note for every question except those whose choices are drawn.
pub fn write(pack: &Pack) -> WrittenPack {
    let mut writer = ::csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    let mut left_out = Vec::new();
    for question in &pack.questions {
        let Some(back) = key_text(&question.kind) else {
            left_out.push(LeftOut::whole(question, DRAWN));
            continue;
        };
        if question.stem.contains("{{c") {
            left_out.push(LeftOut::whole(question, "since Anki would take the text for a cloze"));
            continue;
        }
        let rationale = question.rationale.as_deref().unwrap_or_default();
        let deck = topic(pack, question);
        let note = [question.id.as_str(), deck, &front(question), &back, rationale];
        writer.write_record(note).expect("a vector takes all bytes, and every note has five fields");
        left_out.extend(LeftOut::parts(question, &KEPT));
    }
    let bytes = writer.into_inner().expect("a vector takes all bytes");
    WrittenPack { text: format!("{HEAD}{}", String::from_utf8_lossy(&bytes)), left_out }
}

fn front(question: &Question) -> String {
    let choices: Vec<&String> = match &question.kind {
        Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } => choices.iter().collect(),
        Kind::Order { items } => {
            let mut items: Vec<&String> = items.iter().collect();
            items.sort();
            items
        }
        Kind::TrueFalse { .. }
        | Kind::Typed { .. }
        | Kind::Number { .. }
        | Kind::Drawn { .. }
        | Kind::Reveal { .. } => return question.stem.clone(),
    };
    let lettered = choices.iter().enumerate().map(|(place, text)| format!("\n{}. {text}", letter(place)));
    format!("{}\n{}", question.stem, lettered.collect::<String>())
}
