//! Reads baked pictures: PNGs with an Open Badge in one of their text chunks.

use std::io::Cursor;

use png::text_metadata::{ITXtChunk, ZTXtChunk};
use png::{Decoder, DecodingError, Info, Limits};

use super::badge::BadgeFileError;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The chunks of versions 2.0 and 3.0.
const KEYWORDS: [&str; 2] = ["openbadges", "openbadgecredential"];
/// At most this much text is unpacked from one picture, in bytes.
const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// At most this much memory is used while the chunks of a picture are read, in bytes.
const MAX_MEMORY_BYTES: usize = 16 * 1024 * 1024;

/// The texts of badges in a picture.
#[derive(Debug)]
pub(super) struct Baked {
    pub(super) texts: Vec<String>,
    /// The picture is cut short, so that a text may be missing.
    pub(super) is_truncated: bool,
}

pub(super) fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// The badges that a picture holds. Its pixels are not read.
pub(super) fn read(bytes: &[u8]) -> Result<Baked, BadgeFileError> {
    let limits = Limits { bytes: MAX_MEMORY_BYTES };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(|error| damaged(&error))?;
    let is_truncated = match reader.finish() {
        Err(error @ DecodingError::LimitsExceeded) => return Err(damaged(&error)),
        ended => ended.is_err(),
    };
    let texts = texts(reader.info())?;
    match texts[..] {
        [] if is_truncated => {
            Err(BadgeFileError::not_badges("a picture that is cut short, before any badge in it"))
        }
        [] => Err(BadgeFileError::not_badges("a picture without a badge inside")),
        _ => Ok(Baked { texts, is_truncated }),
    }
}

fn damaged(error: &DecodingError) -> BadgeFileError {
    BadgeFileError::not_badges(match error {
        DecodingError::LimitsExceeded => {
            format!("a picture that needs more than {} MiB of memory", MAX_MEMORY_BYTES / 1024 / 1024)
        }
        _ => "a picture that is damaged or cut short".to_owned(),
    })
}

/// All texts of badges, without repetitions.
fn texts(info: &Info) -> Result<Vec<String>, BadgeFileError> {
    let is_badge = |keyword: &str| KEYWORDS.contains(&keyword);
    let mut unpacked = Unpacked { texts: Vec::new(), left: MAX_TEXT_BYTES };
    for chunk in info.utf8_text.iter().filter(|c| is_badge(&c.keyword)) {
        unpacked.add(international(chunk, unpacked.left)?)?;
    }
    for chunk in info.uncompressed_latin1_text.iter().filter(|c| is_badge(&c.keyword)) {
        unpacked.add(as_utf8(&chunk.text))?;
    }
    for chunk in info.compressed_latin1_text.iter().filter(|c| is_badge(&c.keyword)) {
        unpacked.add(as_utf8(&compressed(chunk, unpacked.left)?))?;
    }
    Ok(unpacked.texts)
}

struct Unpacked {
    texts: Vec<String>,
    /// How many more bytes may be unpacked.
    left: usize,
}

impl Unpacked {
    fn add(&mut self, text: String) -> Result<(), BadgeFileError> {
        self.left = self.left.checked_sub(text.len()).ok_or_else(too_long)?;
        if !self.texts.contains(&text) {
            self.texts.push(text);
        }
        Ok(())
    }
}

fn too_long() -> BadgeFileError {
    let most = MAX_TEXT_BYTES / 1024 / 1024;
    BadgeFileError::not_badges(format!("a picture whose text is damaged or longer than {most} MiB"))
}

fn international(chunk: &ITXtChunk, left: usize) -> Result<String, BadgeFileError> {
    let mut chunk = chunk.clone();
    chunk.decompress_text_with_limit(left).map_err(|_| too_long())?;
    chunk.get_text().map_err(|_| too_long())
}

fn compressed(chunk: &ZTXtChunk, left: usize) -> Result<String, BadgeFileError> {
    let mut chunk = chunk.clone();
    chunk.decompress_text_with_limit(left).map_err(|_| too_long())?;
    chunk.get_text().map_err(|_| too_long())
}

/// These chunks should be Latin-1, but programs write UTF-8 into them.
fn as_utf8(latin1: &str) -> String {
    let bytes: Option<Vec<u8>> = latin1.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| latin1.to_owned())
}
