//! A pack as separated values, every kind in it; our own header says that it can be read back unchanged.

use super::losses::{LeftOut, QuestionPart};
use super::written::{DRAWN, WrittenPack, topic};
use crate::csv::OWN_HEADER;
use badgedex_domain::question::{Kind, Pack, Question};
use badgedex_packs::json_writer::letter;

/// What a row keeps besides what is asked.
const KEPT: [QuestionPart; 11] = [
    QuestionPart::Kind,
    QuestionPart::Id,
    QuestionPart::Topic,
    QuestionPart::Hint,
    QuestionPart::Rationale,
    QuestionPart::Source,
    QuestionPart::Checked,
    QuestionPart::Typed,
    QuestionPart::OtherAnswers,
    QuestionPart::Unit,
    QuestionPart::Tolerance,
];

/// Writes all questions except those whose choices are drawn.
pub fn write(pack: &Pack) -> WrittenPack {
    let width = pack.questions.iter().map(|question| choices(&question.kind).len()).max().unwrap_or(0);
    let mut written = WrittenPack::default();
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let letters = (0..width).map(|place| letter(place).to_ascii_lowercase().to_string());
    let header = OWN_HEADER.iter().map(|name| (*name).to_owned()).chain(letters).collect();
    let mut rows: Vec<Vec<String>> = vec![header];
    for question in &pack.questions {
        match row(pack, question, width) {
            Some(row) => {
                rows.push(row);
                written.left_out.extend(LeftOut::parts(question, &KEPT));
            }
            None => written.left_out.push(LeftOut::whole(question, DRAWN)),
        }
    }
    for row in rows {
        writer.write_record(row).expect("a vector takes all bytes, and every row has as many cells");
    }
    let bytes = writer.into_inner().expect("a vector takes all bytes");
    written.text = String::from_utf8_lossy(&bytes).into_owned();
    written
}

fn row(pack: &Pack, question: &Question, width: usize) -> Option<Vec<String>> {
    let key = KeyCells::of(&question.kind)?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut cells = vec![
        question.id.as_str().to_owned(),
        key.kind.to_owned(),
        topic(pack, question).to_owned(),
        question.stem.clone(),
        key.correct,
        key.answer,
        key.tolerance,
        key.unit,
        text(&question.rationale),
        text(&question.hint),
        text(&question.source),
        question.checked.map(|checked| checked.to_string()).unwrap_or_default(),
    ];
    let choices = choices(&question.kind);
    cells.extend(choices.iter().cloned());
    cells.resize(OWN_HEADER.len() + width, String::new());
    Some(cells.into_iter().map(harmless).collect())
}

/// A cell that no spreadsheet reads as a formula.
fn harmless(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

/// The cells that hold what is right.
#[derive(Default)]
struct KeyCells {
    kind: &'static str,
    correct: String,
    answer: String,
    tolerance: String,
    unit: String,
}

impl KeyCells {
    fn of(kind: &Kind) -> Option<KeyCells> {
        let key = KeyCells { kind: kind.form().name(), ..KeyCells::default() };
        Some(match kind {
            Kind::OneOf { key: place, typed, .. } => {
                KeyCells { correct: letter(*place).to_string(), answer: joined(typed), ..key }
            }
            Kind::AnyOf { keys, .. } => {
                let letters: Vec<String> = keys.iter().map(|place| letter(*place).to_string()).collect();
                KeyCells { correct: letters.join(","), ..key }
            }
            Kind::TrueFalse { key: truth } => KeyCells { correct: truth.to_string(), ..key },
            Kind::Typed { accepted } => KeyCells { answer: joined(accepted), ..key },
            Kind::Number { value, unit, tolerance } => {
                let (answer, tolerance) = (value.to_string(), tolerance.to_string());
                KeyCells { answer, tolerance, unit: unit.clone(), ..key }
            }
            Kind::Order { .. } => key,
            Kind::Reveal { answer } => KeyCells { answer: answer.clone(), ..key },
            Kind::Drawn { .. } => return None,
        })
    }
}

fn choices(kind: &Kind) -> &[String] {
    match kind {
        Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } => choices,
        Kind::Order { items } => items,
        Kind::TrueFalse { .. }
        | Kind::Typed { .. }
        | Kind::Number { .. }
        | Kind::Drawn { .. }
        | Kind::Reveal { .. } => &[],
    }
}

fn joined(accepted: &[String]) -> String {
    let escaped: Vec<String> = accepted.iter().map(|a| a.replace('\\', "\\\\").replace('|', "\\|")).collect();
    escaped.join(" | ")
}
