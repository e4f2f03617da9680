//! Faults, against the real binary: killed, without room, in a crowd, damaged, of others, on two machines.
//!
//! `cargo test` runs the quick form. The full form ends with a table for `docs/reliability.md`:
//! `cargo test --release --test main faults --  --ignored --nocapture --test-threads=1`.
//! Random moments and deeds come from a seed that is printed; `FAULTS_SEED` repeats it.

// Signals, limits, modes and links as Unix has them.
#![cfg(unix)]

mod backups;
mod clocks;
mod crowds;
mod damaged;
mod dice;
mod doors;
mod everything;
mod figures;
mod full_disk;
mod homes;
mod kills;
mod leftovers;
mod machines;
mod others;
mod read_only;
mod sittings;
mod upgrades;
