//! `pack show`: a pack's questions with their answers.

use anyhow::{Result, bail};
use rand::Rng;
use serde_json::Value;

use crate::commands::app_context::AppContext;
use crate::commands::errors::no_pack;
use crate::commands::exit::Exit;
use crate::ui::json::json;
use crate::ui::screens;
use badgedex_domain::question::{Asked, Fact, Key, Kind, Level, Question, TRUE_FALSE};

/// Shows a pack, on request with the questions that are held back for mock exams.
///
/// # Errors
/// There is no such pack, or standard output cannot be written to.
pub fn run(app: &AppContext, named: &str, with_held_back: bool) -> Result<Exit> {
    let library = app.packs.library();
    let pack = library.find_pack(named).map_err(|e| no_pack(&app.packs.folder, &e))?;
    let held_back = library.held_back(&pack.id).filter(|_| with_held_back);
    let questions: Vec<Question> = pack.questions.iter().chain(held_back).cloned().collect();
    let mut rng = app.rng();
    app.ui.print(
        || {
            let questions: Vec<Value> = questions.iter().map(|q| question_json(q, &mut rng)).collect();
            json!({ "format": 1, "pack": pack.id, "title": pack.title, "questions": questions })
        },
        |look| screens::packs::show(look, pack, &questions),
    )?;
    Ok(Exit::Done)
}

/// Shows the statements that a pack's questions are about.
///
/// # Errors
/// There is no such pack, it lists no statements, or standard output cannot be written to.
pub fn facts(app: &AppContext, named: &str) -> Result<Exit> {
    let library = app.packs.library();
    let pack = library.find_pack(named).map_err(|e| no_pack(&app.packs.folder, &e))?;
    if pack.facts.is_empty() {
        bail!("the pack {} lists no statements\n  its questions: badgedex pack show {}", pack.id, pack.id);
    }
    let one = |fact: &Fact| json!({ "id": fact.id, "topic": fact.topic, "text": fact.text });
    app.ui.print(
        || json!({ "format": 1, "pack": pack.id, "title": pack.title, "facts": pack.facts.iter().map(one).collect::<Vec<_>>() }),
        |look| screens::packs::facts(look, pack),
    )?;
    Ok(Exit::Done)
}

/// A question with all keys of the format, null for those that its kind does not have.
fn question_json(question: &Question, rng: &mut impl Rng) -> Value {
    let mut value = json!({
        "id": question.id.as_str(),
        "topic": question.topic,
        "kind": question.form().name(),
        "stem": question.stem,
        "choices": null, "key": null, "accepted": null, "value": null, "unit": null, "tolerance": null,
        "items": null, "answer": null,
        "hint": question.hint,
        "rationale": question.rationale,
        "reasons": (!question.reasons.is_empty()).then_some(&question.reasons),
        "form": question.exam_form,
        "level": question.level.map(Level::number),
        "source": question.source,
        "checked": question.checked,
        "facts": question.facts,
        "credentials": question.credentials.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        "was": question.was.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        "replaces": question.replaces.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
    });
    for (key, part) in answer_json(question, rng) {
        value[key] = part;
    }
    value
}

/// The rationale, with what the wrong choices of a drawing are right for.
fn rationale(question: &Question, asked: &Asked) -> String {
    let said = question.rationale.iter().chain(asked.reasons.iter().flatten());
    said.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn answer_json(question: &Question, rng: &mut impl Rng) -> Vec<(&'static str, Value)> {
    match &question.kind {
        Kind::OneOf { choices, key, typed, .. } => {
            let accepted = if typed.is_empty() { Value::Null } else { json!(typed) };
            vec![("choices", json!(choices)), ("key", json!([key])), ("accepted", accepted)]
        }
        Kind::AnyOf { choices, keys, .. } => vec![("choices", json!(choices)), ("key", json!(keys))],
        Kind::TrueFalse { key } => {
            vec![("choices", json!(TRUE_FALSE)), ("key", json!([usize::from(!key)]))]
        }
        Kind::Typed { accepted } => vec![("accepted", json!(accepted))],
        Kind::Number { value, unit, tolerance } => {
            vec![("value", json!(value)), ("unit", json!(unit)), ("tolerance", json!(tolerance))]
        }
        Kind::Order { items } => vec![("items", json!(items))],
        Kind::Reveal { answer } => vec![("answer", json!(answer))],
        Kind::Drawn { .. } => {
            let asked = question.draw(false, rng);
            match &asked.answer {
                Key::OneOf { choices, key } => vec![
                    ("choices", json!(choices)),
                    ("key", json!([key])),
                    ("rationale", json!(rationale(question, &asked))),
                ],
                // A catalog's own questions are drawn as one-of.
                Key::AnyOf { .. }
                | Key::TrueFalse { .. }
                | Key::Typed { .. }
                | Key::Number { .. }
                | Key::Order { .. }
                | Key::Reveal { .. } => Vec::new(),
            }
        }
    }
}
