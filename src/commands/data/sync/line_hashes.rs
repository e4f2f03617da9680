//! Which lines the files of a shared folder have: a hash of each, since the lines themselves would not fit in memory.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Hashes of the lines of all files, and of this device's own.
#[derive(Debug, Default)]
pub struct LineHashes {
    hasher: RandomState,
    folder: HashSet<u64>,
    pub own_file: HashSet<u64>,
}

impl LineHashes {
    /// Notes that a file has this line, and whether it is this device's own file.
    pub fn add(&mut self, line: &str, is_own: bool) {
        let hash = self.hasher.hash_one(line);
        self.folder.insert(hash);
        if is_own {
            self.own_file.insert(hash);
        }
    }

    /// Whether a file of the folder has this line.
    pub fn is_in_folder(&self, line: &str) -> bool {
        self.folder.contains(&self.hasher.hash_one(line))
    }

    /// Whether this device's own file has this line.
    pub fn is_in_own_file(&self, line: &str) -> bool {
        self.own_file.contains(&self.hasher.hash_one(line))
    }
}
