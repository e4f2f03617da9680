//! The real binary: through pipes, in a pseudo terminal (`terminal`), and under faults (`faults`). One test
//! binary, so that everything is linked once; `cargo test --test main sitting` runs a part.

mod support;
mod target;

mod acts;
mod authoring;
mod badge_files;
mod contracts;
mod exam_days;
mod faults;
mod flags;
mod held_back;
mod importing;
mod journal;
mod mock_exam;
mod own_packs;
mod pack_fix;
mod pack_quality;
mod packs;
mod packs_off;
mod ready;
mod recording;
mod search;
mod sitting;
mod stats;
mod terminal;
mod traveling_packs;
mod tuning;
