//! How a command ends, as an exit code.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    /// It could not be done, or only in part; or nothing is due.
    NotDone = 1,
    /// `due --short` could not tell.
    Unsure = 3,
    /// Left with Ctrl-C.
    Interrupted = 130,
}
