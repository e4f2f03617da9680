//! Packs everything under `questions/` into one compressed file, which the library embeds.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;

fn main() -> io::Result<()> {
    // At run time: a checkout that was moved together with its target folder is built from its new place.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let root = Path::new(&here).join("../../questions");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("questions.bin");
    let mut encoder = DeflateEncoder::new(fs::File::create(out)?, Compression::best());
    for file in files {
        let name = file.strip_prefix(&root).expect("it was found below the root");
        write_part(&mut encoder, name.to_string_lossy().replace('\\', "/").as_bytes())?;
        write_part(&mut encoder, fs::read_to_string(&file)?.as_bytes())?;
    }
    encoder.finish()?.sync_all()
}

/// The JSON files of the folders below `folder`; schemas are embedded as they are.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "json")
            && !path.to_string_lossy().ends_with(".schema.json")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// A length in four bytes, little-endian, and as many bytes.
fn write_part(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).expect("a file of questions is smaller than 4 GiB");
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)
}
