//! A file of a shared folder, which anybody can write: as a device's journal and as a device's packs. What was
//! read of a journal is written as a line that means the same; a pack that is taken has passed every check.

#![no_main]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use badgedex_fuzz::{assert_gate, scratch};
use badgedex_packs::bundle::{self, BundleEntry, BundleReader};
use badgedex_store::{JournalFile, ReadLimits, jsonl};
use libfuzzer_sys::fuzz_target;

/// Far below those of a sync, so that inputs reach them.
const LIMITS: ReadLimits = ReadLimits { lines: 500, bytes: 256 * 1024 };

fuzz_target!(|bytes: &[u8]| {
    read_journal(bytes);
    let path = scratch("packs.gz");
    fs::write(&path, bytes).expect("a scratch file");
    read_packs(&path);
});

fn read_journal(bytes: &[u8]) {
    let mut file = match JournalFile::from_shared(Cursor::new(bytes.to_vec()), "shared.jsonl", LIMITS) {
        Ok(file) => file,
        Err(problem) => return assert_gate(&problem.to_string()),
    };
    let mut lines = 0;
    loop {
        match file.next_event() {
            Ok(None) => return,
            Ok(Some(Ok(line))) => {
                let written = jsonl::write(&line.event);
                let again = jsonl::read_line(&written).expect("what was written is read");
                assert!(again.has_sum && again.event == line.event, "of {written}");
            }
            Ok(Some(Err(bad))) => assert_gate(&bad.problem),
            Err(problem) => return assert_gate(&problem.to_string()),
        }
        lines += 1;
        assert!(lines <= LIMITS.lines);
    }
}

fn read_packs(path: &Path) {
    let Ok(mut reader) = BundleReader::open(path) else { return };
    while let Ok(Some(entry)) = reader.next_entry() {
        let BundleEntry::Pack(state) = entry else { continue };
        let Ok(folder) = reader.folder(&state) else { return };
        if bundle::check_folder(&folder, &state, Path::new("")).is_ok() {
            assert!(folder.files.iter().all(|file| !file.name.contains(['/', '\\']) && !file.name.starts_with('.')));
        }
    }
}
