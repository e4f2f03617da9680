//! Streaks as tables.
