//! Names in the letters of ids: a to z, 0 to 9, and hyphens between the words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An id made of a text, empty where it has no letter that an id may have. Letters with marks lose them,
/// "ß" is "ss"; what has no Latin form stands between words.
pub fn id_of(text: &str) -> String {
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

/// Letters of Latin alphabets that are no letter with a mark.
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
            assert_eq!(id_of(text), id, "{text}");
        }
    }
}
