//! From bytes to text: which encoding a file is in, and where its lines end.
//!
//! Three things end a line: LF, CRLF and CR; all become LF. VT, FF, NEL, LS and PS do not: they stay,
//! and the gate shows them as blanks.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use thiserror::Error;

use badgedex_domain::sanitize;

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Without a byte order mark; every line ends in LF.
    pub text: String,
    /// The name for the screen: what was detected, or what a person named.
    pub encoding: &'static str,
}

/// Why bytes cannot be read as text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// The label names no encoding.
    #[error(
        "there is no encoding \"{0}\": name one such as utf-8, utf-16le, windows-1252, iso-8859-15, macintosh or shift_jis"
    )]
    UnknownEncoding(String),
    /// The bytes are not text in any encoding.
    #[error(
        "it is not text: it has bytes that no text has (if it is text, name its encoding with --encoding)"
    )]
    Binary,
    /// The bytes are not in the encoding that was named.
    #[error("line {line} is not {encoding}: leave out --encoding, or name another one")]
    NotIn {
        /// Its name for the screen.
        encoding: &'static str,
        /// The first line that is not in it, from 1.
        line: usize,
    },
}

/// The name of text that is UTF-8 but for some bytes.
pub const DAMAGED_UTF_8: &str = "UTF-8, damaged";

/// Reads bytes in the encoding that a person named, otherwise in the one that they seem to be in.
///
/// # Errors
///
/// They are not text, or not in that encoding.
pub fn decode(bytes: &[u8], named: Option<&str>) -> Result<Decoded, DecodeError> {
    let (text, encoding) = match named {
        Some(label) => decode_as(bytes, label)?,
        None => detect(bytes)?,
    };
    Ok(Decoded { text: with_plain_line_ends(text), encoding })
}

fn decode_as(bytes: &[u8], label: &str) -> Result<(String, &'static str), DecodeError> {
    let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) else {
        return Err(DecodeError::UnknownEncoding(sanitize::line(label).into_owned()));
    };
    let (text, is_faulty) = encoding.decode_with_bom_removal(bytes);
    if is_faulty {
        let line = 1 + text.split('\u{fffd}').next().unwrap_or_default().matches('\n').count();
        return Err(DecodeError::NotIn { encoding: encoding.name(), line });
    }
    match is_riddled(text.as_bytes()) {
        true => Err(DecodeError::Binary),
        false => Ok((text.into_owned(), encoding.name())),
    }
}

fn detect(bytes: &[u8]) -> Result<(String, &'static str), DecodeError> {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).filter(|e| *e != UTF_8);
    if let Some(encoding) = encoding.or_else(|| bare_utf_16(bytes)) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return match is_riddled(text.as_bytes()) {
            true => Err(DecodeError::Binary),
            false => Ok((text.into_owned(), encoding.name())),
        };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if is_riddled(bytes) {
        return Err(DecodeError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), UTF_8.name())),
        Err(_) if is_nearly_utf_8(bytes) => Ok((String::from_utf8_lossy(bytes).into_owned(), DAMAGED_UTF_8)),
        Err(_) if has_many_controls(bytes) => Err(DecodeError::Binary),
        Err(_) => Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), WINDOWS_1252.name())),
    }
}

/// UTF-16 without a byte order mark: every other byte is zero, and hardly any of those between.
fn bare_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    let zeros = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_plain = |many: usize, few: usize| pairs >= 4 && many * 10 >= pairs && few * 20 < many;
    if is_plain(odd, even) {
        Some(UTF_16LE)
    } else if is_plain(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether it has more than a stray zero byte: no text has.
fn is_riddled(bytes: &[u8]) -> bool {
    bytes.iter().filter(|b| **b == 0).count() > bytes.len() / 256
}

/// Whether it is UTF-8 but for a few damaged bytes.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 10 * broken
}

/// Compressed data would pass as Windows-1252; its control characters show what it is.
fn has_many_controls(bytes: &[u8]) -> bool {
    let is_control = |b: &&u8| matches!(**b, 0..=8 | 14..=26 | 28..=31 | 127);
    bytes.iter().filter(is_control).count() > bytes.len() / 20
}

fn with_plain_line_ends(text: String) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    }
}

#[cfg(test)]
mod tests;
