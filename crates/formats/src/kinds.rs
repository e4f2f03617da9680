//! The kinds of question as other programs know them: what only our own format can say has its usual value.

use badgedex_domain::question::Kind;

/// One right choice, at the index `key`; shuffled, and never typed.
pub fn one_of(choices: Vec<String>, key: usize) -> Kind {
    Kind::OneOf { choices, key, typed: Vec::new(), shuffle: true }
}

/// Several right choices, at the indexes `keys` in ascending order; shuffled, and the stem says how many.
pub fn any_of(choices: Vec<String>, keys: Vec<usize>) -> Kind {
    Kind::AnyOf { choices, keys, size_stated: true, shuffle: true }
}

/// One right choice if there is one key, several otherwise. The keys may be in any order.
pub fn choice(choices: Vec<String>, mut keys: Vec<usize>) -> Kind {
    keys.sort_unstable();
    keys.dedup();
    match keys[..] {
        [key] => one_of(choices, key),
        _ => any_of(choices, keys),
    }
}

/// One accepted answer.
pub fn typed(answer: String) -> Kind {
    Kind::Typed { accepted: vec![answer] }
}

/// A number without a unit.
pub fn number(value: f64, tolerance: f64) -> Kind {
    Kind::Number { value, unit: String::new(), tolerance }
}

/// A self-checked question.
pub fn reveal(answer: impl Into<String>) -> Kind {
    Kind::Reveal { answer: answer.into() }
}

/// A kind without what other programs cannot say, for the snapshots of tests.
#[cfg(test)]
pub fn brief(kind: &Kind) -> String {
    match kind {
        Kind::OneOf { choices, key, .. } => format!("OneOf {{ choices: {choices:?}, key: {key} }}"),
        Kind::AnyOf { choices, keys, .. } => format!("AnyOf {{ choices: {choices:?}, keys: {keys:?} }}"),
        Kind::Number { value, unit, tolerance } => {
            format!("Number {{ value: {value:?}, tolerance: {tolerance:?}, unit: {unit:?} }}")
        }
        Kind::TrueFalse { .. }
        | Kind::Typed { .. }
        | Kind::Order { .. }
        | Kind::Drawn { .. }
        | Kind::Reveal { .. } => format!("{kind:?}"),
    }
}
