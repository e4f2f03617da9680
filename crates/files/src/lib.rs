//! Files on disk: read within limits, written as a whole, private to their owner, and locked.
//!
//! Whatever a person names may be a pipe, a device or a file without an end; whatever is written may be
//! interrupted. Both are dealt with here and nowhere else.

#![warn(missing_docs)]

mod draft;
mod lock;
pub mod private;
mod read;

pub use draft::{Draft, write_whole};
pub use lock::{FileLock, Locked};
pub use read::{ReadError, open_regular, read, read_text};
