//! Laws of mending.
