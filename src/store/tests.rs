//! The store, opened, closed and reopened.
