//! Sittings, played through.
