//! The questions inside the binary, compressed by the build script.

use std::io::Read;

use flate2::read::DeflateDecoder;

/// Everything under `questions/`, as it was when the program was built: for each file, in the order of
/// their paths, its path and its text, each preceded by its length in four bytes, little-endian.
static FILES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/questions.bin"));

/// The path below `questions/` and the text of every file, in the order of their paths.
pub fn files() -> Vec<(String, String)> {
    let mut bytes = Vec::new();
    DeflateDecoder::new(FILES).read_to_end(&mut bytes).expect("the build script wrote a whole stream");
    let mut parts = Parts(&bytes);
    let mut files = Vec::new();
    while let (Some(path), Some(text)) = (parts.next(), parts.next()) {
        files.push((path, text));
    }
    files
}

/// Texts one after the other, each after its length.
struct Parts<'a>(&'a [u8]);

impl Iterator for Parts<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let (length, rest) = self.0.split_first_chunk::<4>()?;
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.0 = rest;
        Some(String::from_utf8(text.to_vec()).expect("the build script packs UTF-8 only"))
    }
}
