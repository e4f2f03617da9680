//! The collection of a package, unpacked into a file of its own. What an archive says of sizes is not
//! believed, and nothing but the collection is ever unpacked.

use std::io::{self, BufReader, Read, Seek, Write};

use tempfile::NamedTempFile;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::BadPackage;
use super::zstd::Frames;
use crate::anki::protobuf;

/// So much a collection may have, in bytes.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The head of a package, which has three bytes.
const MOST_META: u64 = 1024;
/// How every SQLite database begins.
const BEGINNING: &[u8; 16] = b"SQLite format 3\0";

/// Where a package keeps its collection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Schema 11, in versions 1 and 2.
    Plain(&'static str),
    /// Schema 18, in version 3.
    Zstd(&'static str),
}

const OF_1: Kept = Kept::Plain("collection.anki2");
const OF_2: Kept = Kept::Plain("collection.anki21");
const OF_3: Kept = Kept::Zstd("collection.anki21b");

impl Kept {
    fn name(self) -> &'static str {
        match self {
            Kept::Plain(name) | Kept::Zstd(name) => name,
        }
    }
}

/// Unpacks the collection. The file is gone with the value.
pub fn collection(source: impl Read + Seek) -> Result<NamedTempFile, BadPackage> {
    let mut archive = ZipArchive::new(source).map_err(|error| BadPackage::NoArchive(error.to_string()))?;
    // Later versions have a collection of an earlier one beside theirs, with a note that asks to update.
    let candidates = match version(&mut archive) {
        None | Some(0) => vec![OF_3, OF_2, OF_1],
        Some(1) => vec![OF_1],
        Some(2) => vec![OF_2],
        Some(3) => vec![OF_3],
        Some(_) => return Err(BadPackage::TooNew),
    };
    let find = |kept: Kept| Some((kept, archive.index_for_name_raw(kept.name().as_bytes())?));
    let (kept, index) = candidates.into_iter().find_map(find).ok_or(BadPackage::NothingInIt)?;
    let entry = archive.by_index(index).map_err(|error| BadPackage::Packed(error.to_string()))?;
    if !is_file(&entry) {
        return Err(BadPackage::NoFile);
    }
    let stated = entry.size();
    let unpacked = match kept {
        Kept::Plain(_) => unpack(entry),
        Kept::Zstd(_) => unpack(Frames::new(BufReader::new(entry))),
    };
    unpacked.map_err(|bad| match bad {
        BadPackage::Packed(why) => {
            BadPackage::Packed(format!("{why}; its archive states {stated} bytes, and no more is read"))
        }
        other => other,
    })
}

/// What the package says of itself; the oldest say nothing.
fn version(archive: &mut ZipArchive<impl Read + Seek>) -> Option<u64> {
    let index = archive.index_for_name_raw(b"meta")?;
    let entry = archive.by_index(index).ok().filter(is_file)?;
    let mut meta = Vec::new();
    entry.take(MOST_META).read_to_end(&mut meta).ok()?;
    protobuf::number(&meta, 1)
}

fn is_file<R: Read>(entry: &ZipFile<'_, R>) -> bool {
    !entry.is_symlink() && !entry.is_dir()
}

/// Copies until the end or the limit. What is no database at its beginning is not unpacked at all.
fn unpack(mut inflated: impl Read) -> Result<NamedTempFile, BadPackage> {
    let packed = |error: io::Error| BadPackage::Packed(error.to_string());
    let mut head = [0; BEGINNING.len()];
    match inflated.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(BadPackage::NoDatabase),
        read => read.map_err(packed)?,
    }
    if head != *BEGINNING {
        return Err(BadPackage::NoDatabase);
    }
    let mut file = NamedTempFile::new().map_err(packed)?;
    file.write_all(&head).map_err(packed)?;
    let room = MOST_BYTES - BEGINNING.len() as u64;
    let copied = io::copy(&mut inflated.take(room + 1), &mut file).map_err(packed)?;
    file.flush().map_err(packed)?;
    if copied > room { Err(BadPackage::TooLarge) } else { Ok(file) }
}
