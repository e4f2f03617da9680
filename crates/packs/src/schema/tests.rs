//! The committed schemas are those of the types, and let the shipped files pass.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use schemars::{Schema, schema_for};
use serde_json::Value;

use crate::raw::catalog::RawCatalog;
use crate::raw::credential::CREDENTIAL_KEYS;
use crate::raw::{RawPack, RawQuestions};

/// Set to 1, it writes the schemas instead of comparing them.
const RENEW: &str = "BADGEDEX_RENEW_SCHEMAS";
/// A key that older catalogs may hold, and that says nothing.
const WITHOUT_MEANING: &str = "set";

fn all() -> [(&'static str, Schema); 3] {
    [
        ("pack", schema_for!(RawPack)),
        ("questions", schema_for!(RawQuestions)),
        ("catalog", schema_for!(RawCatalog)),
    ]
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../questions").join(name)
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for (name, schema) in all() {
        let file = folder("schema").join(format!("{name}.schema.json"));
        let made = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if env::var_os(RENEW).is_some_and(|value| value == "1") {
            fs::write(&file, made).unwrap();
            continue;
        }
        let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            committed == made,
            "questions/schema/{name}.schema.json is not what the types say; renew it with\n  {RENEW}=1 cargo test -p badgedex-packs schema"
        );
    }
}

/// All names of properties in a schema, at any depth.
fn properties(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(here)) = object.get("properties") {
                names.extend(here.keys().cloned());
            }
            object.values().for_each(|part| properties(part, names));
        }
        Value::Array(parts) => parts.iter().for_each(|part| properties(part, names)),
        _ => {}
    }
}

fn names(schema: &Schema) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    properties(schema.as_value(), &mut names);
    names
}

#[test]
fn every_key_of_an_answer_and_of_a_credential_is_in_the_schema() {
    let [(_, pack), (_, questions), (_, catalog)] = all();
    let (pack, questions, catalog) = (names(&pack), names(&questions), names(&catalog));
    for key in ["$schema", "format", "id", "teaches", "credentials", "topics", "weight", "facts", "licence"] {
        assert!(pack.contains(key), "{key}");
    }
    for key in [
        "$schema",
        "choices",
        "key",
        "keys",
        "size_stated",
        "shuffle",
        "typed",
        "accepted",
        "value",
        "unit",
        "tolerance",
        "items",
        "answer",
        "was",
        "replaces",
        "changed",
        "checked",
    ] {
        assert!(questions.contains(key), "{key}");
    }
    for key in CREDENTIAL_KEYS.iter().filter(|key| **key != WITHOUT_MEANING) {
        assert!(catalog.contains(*key), "{key}");
    }
}

/// All keys of objects in a file, at any depth.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.keys().cloned());
            // What facts are called is the file's own business.
            object.iter().filter(|(key, _)| *key != "sources").for_each(|(_, part)| keys(part, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| keys(part, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_shipped_packs_is_in_a_schema() {
    let known: BTreeSet<String> = all().iter().flat_map(|(_, schema)| names(schema)).collect();
    for pack in ["article", "aws-today"] {
        for entry in fs::read_dir(folder(pack)).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            let mut found = BTreeSet::new();
            keys(&serde_json::from_str(&text).unwrap(), &mut found);
            let strange: Vec<&String> = found.difference(&known).collect();
            assert!(strange.is_empty(), "{pack}: {strange:?}");
        }
    }
}
