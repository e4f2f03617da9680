//! The note types and the decks of a collection, of either schema.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::database::{CollectionError, Database, bytes, number, text};
use super::model::{AnkiTemplate, NoteType};
use crate::apkg::protobuf;

/// The note types by their ids, and the decks.
type NoteTypesAndDecks = (HashMap<i64, NoteType>, HashMap<i64, Vec<String>>);

/// Anki's number for its own image occlusion.
const OCCLUSION: u64 = 6;

/// Schema 18: tables, with the rest of a row as a message. Names are never compared, neither by us nor
/// by an index: their order is one that only Anki knows.
///
/// # Errors
///
/// A table is missing or cannot be read.
pub fn of_tables(file: &Database) -> Result<NoteTypesAndDecks, CollectionError> {
    let mut note_types = HashMap::new();
    let sql = "SELECT id, name, config FROM notetypes NOT INDEXED";
    for (id, name, config) in file.rows(sql, [], "note types", |row| {
        Ok((number(row, 0), text(row, 1).unwrap_or_default(), bytes(row, 2)))
    })? {
        let is_cloze = protobuf::number(&config, 1) == Some(1);
        let is_occlusion = protobuf::number(&config, 9) == Some(OCCLUSION);
        note_types.insert(id, NoteType { name, is_cloze, is_occlusion, ..NoteType::default() });
    }
    file.require("fields")?;
    let sql = "SELECT ntid, ord, name FROM fields";
    let mut fields = file.rows(sql, [], "fields", |row| {
        Ok((number(row, 0), number(row, 1), text(row, 2).unwrap_or_default()))
    })?;
    fields.sort_by_key(|(notetype, place, _)| (*notetype, *place));
    for (notetype, _, name) in fields {
        note_types.entry(notetype).and_modify(|found| found.fields.push(name));
    }
    for (notetype, template) in templates(file)? {
        note_types.entry(notetype).and_modify(|found| found.templates.push(template));
    }
    note_types.values_mut().for_each(|found| found.templates.sort_by_key(|template| template.ord));
    Ok((note_types, decks(file)?))
}

fn templates(file: &Database) -> Result<Vec<(i64, AnkiTemplate)>, CollectionError> {
    file.require("templates")?;
    file.rows("SELECT ntid, ord, config FROM templates", [], "templates", |row| {
        let config = bytes(row, 2);
        let side = |field| protobuf::text(&config, field).unwrap_or_default();
        Ok((number(row, 0), AnkiTemplate { ord: number(row, 1), front: side(1), back: side(2) }))
    })
}

fn decks(file: &Database) -> Result<HashMap<i64, Vec<String>>, CollectionError> {
    if !file.has("decks")? {
        return Ok(HashMap::new());
    }
    let rows = file.rows("SELECT id, name FROM decks NOT INDEXED", [], "decks", |row| {
        Ok((number(row, 0), path(&text(row, 1).unwrap_or_default())))
    })?;
    Ok(rows.into_iter().collect())
}

/// Schema 11: everything about note types and decks is JSON in the only row of one table.
///
/// # Errors
///
/// The table is missing, or its JSON is not valid.
pub fn of_json(file: &Database) -> Result<NoteTypesAndDecks, CollectionError> {
    file.require("col")?;
    let rows = file.rows("SELECT models, decks FROM col NOT INDEXED LIMIT 1", [], "collections", |row| {
        Ok((text(row, 0).unwrap_or_default(), text(row, 1).unwrap_or_default()))
    })?;
    let Some((models, decks)) = rows.into_iter().next() else {
        return Err(CollectionError::Damaged("it names no note types".to_owned()));
    };
    let models = by_id::<JsonNoteType>(&models)
        .map_err(|error| CollectionError::Damaged(format!("its note types are not valid JSON ({error})")))?;
    // Without their names the decks are lost, and no question with them.
    let decks = by_id::<JsonDeck>(&decks).unwrap_or_default();
    let note_types = models.into_iter().map(|(id, model)| (id, NoteType::from(model))).collect();
    Ok((note_types, decks.into_iter().map(|(id, deck)| (id, path(&deck.name))).collect()))
}

/// One that is not as it should be does not cost the others.
fn by_id<T: DeserializeOwned>(json: &str) -> Result<HashMap<i64, T>, serde_json::Error> {
    let all: HashMap<String, Value> = serde_json::from_str(json)?;
    let sound = all
        .into_iter()
        .filter_map(|(id, value)| Some((id.trim().parse().ok()?, serde_json::from_value(value).ok()?)));
    Ok(sound.collect())
}

/// A deck's name as the names of the decks around it, and its own.
fn path(name: &str) -> Vec<String> {
    let parts = name.split('\u{1f}').flat_map(|part| part.split("::"));
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[derive(Deserialize)]
struct JsonDeck {
    name: String,
}

#[derive(Deserialize)]
struct JsonNoteType {
    #[serde(default)]
    name: String,
    #[serde(default, rename = "type")]
    kind: Value,
    flds: Vec<JsonField>,
    tmpls: Vec<JsonTemplate>,
    #[serde(default, rename = "originalStockKind")]
    stock: Value,
}

#[derive(Deserialize)]
struct JsonField {
    name: String,
    #[serde(default)]
    ord: Value,
}

#[derive(Deserialize)]
struct JsonTemplate {
    #[serde(default)]
    ord: Value,
    #[serde(default)]
    qfmt: String,
    #[serde(default)]
    afmt: String,
}

impl From<JsonNoteType> for NoteType {
    fn from(mut model: JsonNoteType) -> Self {
        let place = |value: &Value, otherwise: usize| {
            value.as_i64().unwrap_or_else(|| i64::try_from(otherwise).unwrap_or(i64::MAX))
        };
        model.flds.sort_by_key(|field| field.ord.as_i64());
        let template = |(i, sides): (usize, JsonTemplate)| AnkiTemplate {
            ord: place(&sides.ord, i),
            front: sides.qfmt,
            back: sides.afmt,
        };
        let mut templates: Vec<AnkiTemplate> = model.tmpls.into_iter().enumerate().map(template).collect();
        templates.sort_by_key(|template| template.ord);
        NoteType {
            name: model.name,
            is_cloze: model.kind.as_i64() == Some(1),
            is_occlusion: model.stock.as_u64() == Some(OCCLUSION),
            fields: model.flds.into_iter().map(|field| field.name).collect(),
            templates,
        }
    }
}
