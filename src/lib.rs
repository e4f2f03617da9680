//! badgedex: study for professional credentials, collect them, and learn which one to take next.
//!
//! The map, from the door to the heart; arrows run one way.
//!
//! - [`cli`]: the command line, as types
//! - [`commands`]: one file a command: read the clock once, load, let the domain decide, save, show
//! - [`ui`]: what the learner sees and how they are asked (rich, lines, scripted)
//! - [`session`]: one sitting as a state machine
//! - [`store`]: the journal in SQLite, and as JSON lines
//! - [`calendar`]: exams, expiries and reminders as iCalendar
//! - [`packs`]: reading and checking packs and catalogs
//! - [`proofs`]: badge files of other programs
//! - [`sharing`]: what is shown to others: text, card, page
//! - [`domain`]: the rules, as functions of values

#![forbid(unsafe_code)]

pub mod calendar;
pub mod cli;
pub mod commands;
pub mod domain;
pub mod packs;
pub mod proofs;
pub mod session;
pub mod sharing;
pub mod store;
pub mod ui;
