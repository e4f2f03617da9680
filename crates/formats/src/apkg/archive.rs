//! The collection of a package, unpacked into a file of its own. The sizes that an
//! archive states are not believed, and nothing but the collection is ever unpacked.

use std::io::{self, BufReader, Read, Seek, Write};

use tempfile::NamedTempFile;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::collection::CollectionError;
use super::protobuf;
use super::zstd::Frames;

/// Why nothing of a package can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The file is not a zip archive, or it is damaged.
    #[error("it is not a valid zip archive ({0})")]
    NotAnArchive(String),
    /// The archive holds something else.
    #[error("it holds no Anki collection")]
    NoCollection,
    /// Its version is not known.
    #[error(
        "it was made by a newer version of Anki than this program supports: export it again with \"Support older Anki versions\""
    )]
    TooNew,
    /// The collection is not a regular file.
    #[error("its collection is a link or a folder, not a file")]
    NotAFile,
    /// The collection cannot be decompressed.
    #[error("its collection cannot be unpacked ({0})")]
    Packed(String),
    /// The collection exceeds the limit.
    #[error("its collection is larger than 256 MiB once it is unpacked")]
    TooLarge,
    /// The collection is something else.
    #[error("its collection is not a SQLite database")]
    NotADatabase,
    /// The collection cannot be read.
    #[error(transparent)]
    Collection(#[from] CollectionError),
}

/// The largest collection, in bytes.
const MAX_COLLECTION_BYTES: u64 = 256 * 1024 * 1024;
/// The largest head of a package, in bytes; it usually has three.
const MAX_META_BYTES: u64 = 1024;
/// How every SQLite database begins.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Where a package keeps its collection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CollectionEntry {
    /// Schema 11, in versions 1 and 2.
    Plain(&'static str),
    /// Schema 18, in version 3.
    Zstd(&'static str),
}

const OF_1: CollectionEntry = CollectionEntry::Plain("collection.anki2");
const OF_2: CollectionEntry = CollectionEntry::Plain("collection.anki21");
const OF_3: CollectionEntry = CollectionEntry::Zstd("collection.anki21b");

impl CollectionEntry {
    fn name(self) -> &'static str {
        match self {
            CollectionEntry::Plain(name) | CollectionEntry::Zstd(name) => name,
        }
    }
}

/// Unpacks the collection. The file is gone with the value.
///
/// # Errors
///
/// The package holds no collection that can be unpacked.
pub fn collection(source: impl Read + Seek) -> Result<NamedTempFile, PackageError> {
    let mut archive =
        ZipArchive::new(source).map_err(|error| PackageError::NotAnArchive(error.to_string()))?;
    // Later versions also hold a collection of an earlier version, with a note that asks the reader to update.
    let candidates = match version(&mut archive) {
        None | Some(0) => vec![OF_3, OF_2, OF_1],
        Some(1) => vec![OF_1],
        Some(2) => vec![OF_2],
        Some(3) => vec![OF_3],
        Some(_) => return Err(PackageError::TooNew),
    };
    let find = |entry: CollectionEntry| Some((entry, archive.index_for_name_raw(entry.name().as_bytes())?));
    let (kept, index) = candidates.into_iter().find_map(find).ok_or(PackageError::NoCollection)?;
    let entry = archive.by_index(index).map_err(|error| PackageError::Packed(error.to_string()))?;
    if !is_file(&entry) {
        return Err(PackageError::NotAFile);
    }
    let stated = entry.size();
    let unpacked = match kept {
        CollectionEntry::Plain(_) => unpack(entry),
        CollectionEntry::Zstd(_) => unpack(Frames::new(BufReader::new(entry))),
    };
    unpacked.map_err(|bad| match bad {
        PackageError::Packed(why) => {
            PackageError::Packed(format!("{why}; its archive states {stated} bytes, and no more is read"))
        }
        other => other,
    })
}

/// What the package says of itself; the oldest say nothing.
fn version(archive: &mut ZipArchive<impl Read + Seek>) -> Option<u64> {
    let index = archive.index_for_name_raw(b"meta")?;
    let entry = archive.by_index(index).ok().filter(is_file)?;
    let mut meta = Vec::new();
    entry.take(MAX_META_BYTES).read_to_end(&mut meta).ok()?;
    protobuf::number(&meta, 1)
}

fn is_file<R: Read>(entry: &ZipFile<'_, R>) -> bool {
    !entry.is_symlink() && !entry.is_dir()
}

/// Copies until the end or the limit. What does not begin like a database is not unpacked at all.
fn unpack(mut inflated: impl Read) -> Result<NamedTempFile, PackageError> {
    let packed = |error: io::Error| PackageError::Packed(error.to_string());
    let mut head = [0; SQLITE_MAGIC.len()];
    match inflated.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(PackageError::NotADatabase),
        read => read.map_err(packed)?,
    }
    if head != *SQLITE_MAGIC {
        return Err(PackageError::NotADatabase);
    }
    let mut file = NamedTempFile::new().map_err(packed)?;
    file.write_all(&head).map_err(packed)?;
    let room = MAX_COLLECTION_BYTES - SQLITE_MAGIC.len() as u64;
    let copied = io::copy(&mut inflated.take(room + 1), &mut file).map_err(packed)?;
    file.flush().map_err(packed)?;
    if copied > room { Err(PackageError::TooLarge) } else { Ok(file) }
}
