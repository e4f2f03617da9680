//! How a pack is laid out in its files: the order of keys, what goes on one line, and the schemas.

use serde_json::Value;

use super::folder::File;
use super::schema;

/// The folder of a pack that holds its schemas: with it, editors need no network.
const SCHEMAS: &str = "schema";

/// The keys of a question in the order in which people read them.
pub const IN_ORDER: [&str; 28] = [
    "id",
    "was",
    "replaces",
    "changed",
    "topic",
    "credentials",
    "kind",
    "stem",
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
    "reasons",
    "hint",
    "rationale",
    "source",
    "checked",
    "level",
    "form",
    "facts",
];

/// The schemas as files of a pack; the name of each begins with its folder.
pub fn schemas() -> impl Iterator<Item = File> {
    schema::OF_A_PACK.iter().map(|(name, text)| {
        let name = format!("{SCHEMAS}/{name}");
        File { label: name.clone(), name, text: (*text).to_owned() }
    })
}

/// The value of "$schema" in a file of a pack that holds them.
pub fn schema_of(name: &str) -> Value {
    Value::from(format!("{SCHEMAS}/{name}.schema.json"))
}

/// An object with a key a line, whose last line has this margin before it.
pub fn object(margin: &str, pairs: &[(&str, String)]) -> String {
    let lines: Vec<String> =
        pairs.iter().map(|(key, value)| format!("{margin}  \"{key}\": {value}")).collect();
    format!("{{\n{}\n{margin}}}", lines.join(",\n"))
}

/// A list with an entry a line, whose last line has this margin before it.
pub fn list(margin: &str, entries: &[String]) -> String {
    match entries {
        [] => "[]".to_owned(),
        entries => {
            let lines: Vec<String> = entries.iter().map(|entry| format!("{margin}  {entry}")).collect();
            format!("[\n{}\n{margin}]", lines.join(",\n"))
        }
    }
}

/// A value on one line, with blanks behind the commas of a list.
pub fn in_line(value: &Value) -> String {
    match value {
        Value::Array(parts) => {
            let parts: Vec<String> = parts.iter().map(Value::to_string).collect();
            format!("[{}]", parts.join(", "))
        }
        Value::Object(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), in_line(value)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        value => value.to_string(),
    }
}
