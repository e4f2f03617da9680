//! The ids of imported questions: the same question has the same id in every import.

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use badgedex_domain::question::{Kind, QuestionId};
use badgedex_domain::sanitize;
use badgedex_packs::slug::{digest, is_slug};

/// What makes two questions the same: what they ask and what is right, apart from case and blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(Uuid);

impl Fingerprint {
    pub fn of(stem: &str, kind: &Kind) -> Fingerprint {
        let mut texts = vec![normal(stem)];
        texts.extend(key(kind));
        Fingerprint(Uuid::new_v5(&Uuid::NAMESPACE_OID, texts.join("\u{1f}").as_bytes()))
    }
}

/// Longer names, in bytes, are replaced by a hash.
const MAX_NAME_BYTES: usize = 60;

/// The id of a question whose own name is a valid id here, too: "waves" or "sea/waves", as our own files have it.
pub fn by_name(pack: &str, own: &str) -> Option<QuestionId> {
    let (before, name) = own.split_once('/').unwrap_or(("", own));
    let has_letters = name.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_name = is_slug(name) && has_letters && name.len() <= MAX_NAME_BYTES;
    (is_name && (before.is_empty() || is_slug(before))).then(|| QuestionId::new(format!("{pack}/{name}")))
}

/// The id of a question that the file names itself.
pub fn by_own(pack: &str, own: &str) -> QuestionId {
    named(pack, &format!("own\u{1f}{own}"))
}

/// The id of a question without a name.
pub fn by_fingerprint(pack: &str, fingerprint: Fingerprint) -> QuestionId {
    named(pack, &format!("mark\u{1f}{}", fingerprint.0.simple()))
}

fn named(pack: &str, what: &str) -> QuestionId {
    QuestionId::new(format!("{pack}/q-{}", digest(what, 12)))
}

/// The right answers, in an order that does not depend on that of the choices.
fn key(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::OneOf { choices, key, .. } => choices.get(*key).map(|c| normal(c)).into_iter().collect(),
        Kind::AnyOf { choices, keys, .. } => {
            let mut right: Vec<String> =
                keys.iter().filter_map(|key| choices.get(*key)).map(|choice| normal(choice)).collect();
            right.sort();
            right
        }
        Kind::TrueFalse { key } => vec![key.to_string()],
        Kind::Typed { accepted } => accepted.first().map(|one| normal(one)).into_iter().collect(),
        Kind::Number { value, .. } => vec![value.to_string()],
        Kind::Order { items } => items.iter().map(|item| normal(item)).collect(),
        Kind::Reveal { answer } => vec![normal(answer)],
        Kind::Drawn { right, .. } => right.iter().map(|one| normal(one)).collect(),
    }
}

/// A text without irrelevant differences: case, the number and kind of blanks, forms of one letter.
fn normal(text: &str) -> String {
    let folded: String = sanitize::line(text).nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
