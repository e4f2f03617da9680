//! Encodings: what is detected, what is named, and what is no text.

use proptest::prelude::*;

use super::*;

fn utf_16(text: &str, in_order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(in_order).collect()
}

#[test]
fn the_encoding_is_detected() {
    let long = "Which knot joins two ropes?\n";
    let umlauts = "öäüßöäüßöäüß";
    for (bytes, text, encoding) in [
        (b"".to_vec(), "", "UTF-8"),
        (b"plain".to_vec(), "plain", "UTF-8"),
        ("Tür".into(), "Tür", "UTF-8"),
        ("\u{feff}Tür".into(), "Tür", "UTF-8"),
        (b"T\xfcr \x96 auf".to_vec(), "Tür – auf", "windows-1252"),
        // An overlong slash and half of a pair of surrogates.
        (b"a\xc0\xafb".to_vec(), "aÀ¯b", "windows-1252"),
        (b"a\xed\xa0\x80b".to_vec(), "aí\u{a0}€b", "windows-1252"),
        ([umlauts.as_bytes(), b"\xc3"].concat(), "öäüßöäüßöäüß\u{fffd}", DAMAGED_UTF_8),
        (utf_16("\u{feff}Tür 語", u16::to_le_bytes), "Tür 語", "UTF-16LE"),
        (utf_16("\u{feff}Tür 語", u16::to_be_bytes), "Tür 語", "UTF-16BE"),
        (utf_16(long, u16::to_le_bytes), long, "UTF-16LE"),
        (utf_16(long, u16::to_be_bytes), long, "UTF-16BE"),
        (utf_16("Γνωρίζω τον κόμβο\n", u16::to_le_bytes), "Γνωρίζω τον κόμβο\n", "UTF-16LE"),
    ] {
        let decoded = decode(&bytes, None);
        assert_eq!(decoded, Ok(Decoded { text: text.into(), encoding }), "{bytes:?}");
    }
}

#[test]
fn lf_crlf_and_cr_end_a_line_and_nothing_else_does() {
    for (bytes, text) in [
        ("a\nb\r\nc\rd", "a\nb\nc\nd"),
        ("a\r\r\nb\n\rc", "a\n\nb\n\nc"),
        ("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f", "a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f"),
    ] {
        assert_eq!(decode(bytes.as_bytes(), None).map(|d| d.text), Ok(text.into()));
    }
}

#[test]
fn a_named_encoding_is_taken_at_its_word() {
    for (bytes, named, text) in [
        (b"T\x9fr".to_vec(), "macintosh", "Tür"),
        (b"T\xfcr \xa4".to_vec(), "ISO-8859-15", "Tür €"),
        ("Tür".into(), " UTF8 ", "Tür"),
        ("\u{feff}Tür".into(), "utf-8", "Tür"),
        (utf_16("ab", u16::to_le_bytes), "utf-16le", "ab"),
        ("Tür".into(), "latin1", "TÃ¼r"),
    ] {
        assert_eq!(decode(&bytes, Some(named)).map(|d| d.text), Ok(text.into()), "{named}");
    }
}

#[test]
fn a_name_that_does_not_fit_is_told() {
    assert_eq!(
        decode(b"a\nb\xff", Some("utf-8")).unwrap_err().to_string(),
        "line 2 is not UTF-8: leave out --encoding, or name another one"
    );
    let unknown = decode(b"a", Some("klingon\u{1b}[31m")).unwrap_err().to_string();
    assert!(
        unknown.starts_with("there is no encoding \"klingon␛[31m\": name one such as utf-8"),
        "{unknown}"
    );
    assert!(decode(b"a", Some("iso-2022-cn")).is_err());
}

#[test]
fn what_is_riddled_with_zeros_or_control_characters_is_no_text() {
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
    let noise: Vec<u8> = (0..=255).filter(|b| *b != 0).collect();
    for bytes in [picture.as_slice(), b"a\0b\0\0\0c", &noise] {
        assert_eq!(decode(bytes, None), Err(DecodeError::Binary));
    }
    assert_eq!(decode(b"a\0b", Some("utf-8")), Err(DecodeError::Binary));
}

#[test]
fn one_stray_zero_does_not_cost_a_long_text() {
    let text = format!("{}\0{}", "question ".repeat(100), "answer ".repeat(100));
    assert_eq!(decode(text.as_bytes(), None).map(|d| d.text), Ok(text));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), named in any::<bool>()) {
        if let Ok(decoded) = decode(&bytes, named.then_some("utf-16")) {
            prop_assert!(!decoded.text.contains('\r'));
        }
    }

    #[test]
    fn utf_8_stays_what_it_is(text in "[^\0\r\u{feff}]{0,80}") {
        prop_assert_eq!(decode(text.as_bytes(), None), Ok(Decoded { text, encoding: "UTF-8" }));
    }
}
