//! Slugs: names in the characters of ids, which are a to z, 0 to 9, and hyphens between words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// A longer slug of an imported name is cut, in bytes.
const MAX_BYTES: usize = 60;

/// The slug of a text; empty if it has no character that an id may have. Letters lose their marks, "ß"
/// becomes "ss"; whatever has no Latin form separates words.
pub fn slug(text: &str) -> String {
    let mut id = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            other => match spelt(other) {
                "" if id.is_empty() || id.ends_with('-') => {}
                "" => id.push('-'),
                letters => id.push_str(letters),
            },
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// The slug of a name, at most 60 bytes long and never empty: a name without any Latin form gets a digest.
pub fn nonempty_slug(name: &str) -> String {
    let mut cut = slug(name);
    cut.truncate(MAX_BYTES);
    match cut.trim_end_matches('-') {
        "" => format!("n-{}", digest(name, 8)),
        cut => cut.to_owned(),
    }
}

/// The first hexadecimal digits of a hash of a text.
pub fn digest(text: &str, digits: usize) -> String {
    let mut digest = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).simple().to_string();
    digest.truncate(digits);
    digest
}

/// Whether a text is a slug: lower-case letters, digits and hyphens, at least one of them.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Latin letters that are not a plain letter with a mark.
fn spelt(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_plain_letters_of_a_text() {
        for (text, id) in [
            ("Cloud notes", "cloud-notes"),
            (" S3 & EBS: costs! ", "s3-ebs-costs"),
            ("Überblick, très court", "uberblick-tres-court"),
            ("Was ist größer?", "was-ist-grosser"),
            ("STRASSE, STRAẞE", "strasse-strasse"),
            ("Ærø, Łódź, cœur", "aero-lodz-coeur"),
            ("日本語", ""),
            ("a--b/../c", "a-b-c"),
        ] {
            assert_eq!(slug(text), id, "{text}");
        }
    }

    #[test]
    fn names_become_ids() {
        for (name, id) in
            [("Sea terms", "sea-terms"), ("--help", "help"), ("a/../b", "a-b"), ("Ünïcode", "unicode")]
        {
            assert_eq!(nonempty_slug(name), id);
        }
        assert!(nonempty_slug("日本語").starts_with("n-"));
        assert!(nonempty_slug(&"long ".repeat(100)).len() <= 60);
    }
}
