//! Names as ids: lower-case letters, digits and hyphens.

use uuid::Uuid;

use crate::packs::latin;

/// A longer id is cut.
const MOST_CHARS: usize = 60;

/// The id that a name makes; one of letters that have no Latin form is named by its number.
pub fn slug(name: &str) -> String {
    let mut slug = latin::id_of(name);
    slug.truncate(MOST_CHARS);
    match slug.trim_end_matches('-') {
        "" => format!("n-{}", number(name, 8)),
        slug => slug.to_owned(),
    }
}

/// Hexadecimal digits that a text always has, and hardly any other.
pub fn number(text: &str, digits: usize) -> String {
    let mut number = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).simple().to_string();
    number.truncate(digits);
    number
}
