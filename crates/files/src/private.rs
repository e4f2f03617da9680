//! What is written belongs to the learner alone: created for its owner only, whatever the umask is.

use std::fs::{Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Options that create a new file, accessible to its owner only.
pub fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    system::make_private(&mut options);
    options
}

/// Creates a folder, accessible to its owner only.
///
/// # Errors
///
/// What the system reports; an existing folder is an error.
pub fn create_dir(path: &Path) -> io::Result<()> {
    system::dir_builder().create(path)?;
    // A umask can only take permissions away, the owner's too.
    set_dir_mode(path)
}

/// Creates a folder and those above it that are missing, accessible to their owner only. An existing one stays as
/// it is.
///
/// # Errors
///
/// What the system reports.
pub fn create_dir_all(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    system::dir_builder().recursive(true).create(path)?;
    set_dir_mode(path)
}

/// Makes a file accessible to its owner only.
///
/// # Errors
///
/// What the system reports.
pub fn set_file_mode(path: &Path) -> io::Result<()> {
    system::set_mode(path, 0o600)
}

/// Makes a folder accessible to its owner only.
///
/// # Errors
///
/// What the system reports.
pub fn set_dir_mode(path: &Path) -> io::Result<()> {
    system::set_mode(path, 0o700)
}

/// Whether anybody but the owner, also one of a group, can write it.
pub fn is_writable_by_others(metadata: &Metadata) -> bool {
    system::is_writable_by_others(metadata)
}

/// Whether anybody but the owner can read, write or run it.
pub fn is_accessible_to_others(metadata: &Metadata) -> bool {
    system::is_accessible_to_others(metadata)
}

/// Whether a file or folder belongs neither to this user nor to the owner of the folder that it is in. The second
/// lets root open a learner's data.
pub fn is_foreign(path: &Path, metadata: &Metadata) -> bool {
    system::is_foreign(path, metadata)
}

/// Tells a file from another one that has taken its name.
pub type Identity = (u64, u64);

/// The identity of the file with a name; `None` if there is none, or the system has no such thing.
pub fn identity(path: &Path) -> Option<Identity> {
    std::fs::metadata(path).ok().and_then(|metadata| system::identity(&metadata))
}

#[cfg(unix)]
mod system {
    use std::fs::{self, DirBuilder, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub fn is_writable_by_others(metadata: &Metadata) -> bool {
        metadata.mode() & 0o022 != 0
    }

    pub fn is_accessible_to_others(metadata: &Metadata) -> bool {
        metadata.mode() & 0o077 != 0
    }

    pub fn is_foreign(path: &Path, metadata: &Metadata) -> bool {
        let is_ours = || metadata.uid() == rustix::process::geteuid().as_raw();
        let folder = parent(path).and_then(|folder| fs::metadata(folder).ok());
        folder.is_some_and(|folder| folder.uid() != metadata.uid()) && !is_ours()
    }

    /// The folder that a path is in; "." for a bare name.
    fn parent(path: &Path) -> Option<&Path> {
        path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    }

    pub fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
        fs::set_permissions(path, Permissions::from_mode(mode))
    }

    pub fn make_private(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    pub fn identity(metadata: &Metadata) -> Option<super::Identity> {
        Some((metadata.dev(), metadata.ino()))
    }

    pub fn dir_builder() -> DirBuilder {
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        builder
    }
}

/// Elsewhere the platform's data folder is private to its user.
#[cfg(not(unix))]
mod system {
    use std::fs::{DirBuilder, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub fn is_writable_by_others(_: &Metadata) -> bool {
        false
    }

    pub fn is_accessible_to_others(_: &Metadata) -> bool {
        false
    }

    pub fn is_foreign(_: &Path, _: &Metadata) -> bool {
        false
    }

    pub fn set_mode(_: &Path, _: u32) -> io::Result<()> {
        Ok(())
    }

    pub fn make_private(_: &mut OpenOptions) {}

    /// A file that is open cannot be renamed there.
    pub fn identity(_: &Metadata) -> Option<super::Identity> {
        None
    }

    pub fn dir_builder() -> DirBuilder {
        DirBuilder::new()
    }
}
