//! Fault injection with the real binary: kills, full disks, concurrent processes, damaged and foreign stores,
//! several devices.
//!
//! `cargo test` runs a quick form. The full form prints a table for `docs/reliability.md`:
//! `cargo test --release --test main faults --  --ignored --nocapture --test-threads=1`.
//! Random moments and deeds come from a seed, which is printed; `FAULTS_SEED` repeats a run.

// The signals, limits, modes and links of Unix.
#![cfg(unix)]

mod backups;
mod bit_flips;
mod clocks;
mod concurrency;
mod damaged;
mod devices;
mod first_edition;
mod foreign_stores;
mod full_disk;
mod full_run;
mod homes;
mod kills;
mod machines;
mod open_sittings;
mod permissions;
mod random;
mod read_only;
mod sittings;
mod tally;
mod upgrades;
mod write_ahead_logs;
