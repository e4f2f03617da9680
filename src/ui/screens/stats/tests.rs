//! The screen of figures for histories of every kind.
