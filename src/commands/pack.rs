//! `pack list` and `pack show`: the questions that are there.

use anyhow::Result;
use rand::Rng;
use serde_json::{Value, json};

use super::Exit;
use super::desk::Desk;
use super::errors::no_pack;
use crate::ui::screens;
use badgedex_domain::question::{Asked, Key, Kind, Pack, Question, TRUE_FALSE};

pub fn list(desk: &Desk) -> Result<Exit> {
    let packs = desk.library().packs();
    desk.print(
        || json!({ "format": 1, "packs": packs.iter().map(pack_json).collect::<Vec<_>>() }),
        |look| screens::packs::list(look, packs),
    )?;
    Ok(Exit::Done)
}

fn pack_json(pack: &Pack) -> Value {
    json!({
        "id": pack.id,
        "title": pack.title,
        "questions": pack.questions.len(),
        "topics": pack.topics.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(),
        "licence": pack.licence,
        "source": pack.source,
    })
}

pub fn show(desk: &Desk, named: &str) -> Result<Exit> {
    let pack = desk.library().find_pack(named).map_err(|e| no_pack(desk, &e))?;
    let mut rng = desk.rng();
    desk.print(
        || {
            let questions: Vec<Value> = pack.questions.iter().map(|q| question_json(q, &mut rng)).collect();
            json!({ "format": 1, "pack": pack.id, "title": pack.title, "questions": questions })
        },
        |look| screens::packs::show(look, pack, &pack.questions),
    )?;
    Ok(Exit::Done)
}

/// A question with all keys of the format, null where its kind has none.
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
    let said = question.rationale.iter().chain(&asked.meanings);
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
                _ => Vec::new(),
            }
        }
    }
}
