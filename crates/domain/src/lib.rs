//! The rules, as functions of values: no terminal, clock, file, SQL or randomness of their own.
//!
//! Today's date, a random generator and the journal are arguments. Dependencies go one way:
//! `catalog <- question <- facts; grading <- memory <- history <- mastery <- overview <- { badge, advice }`.

#![warn(missing_docs)]

pub mod advice;
pub mod awards;
pub mod badge;
pub mod catalog;
pub mod catalogs;
pub mod comeback;
pub mod facts;
#[cfg(test)]
mod fixture;
pub mod grading;
pub mod history;
pub mod journal;
pub mod levels;
pub mod library;
pub mod lint;
pub mod mastery;
pub mod memory;
pub mod money;
pub mod overview;
pub mod period;
pub mod plan;
pub mod question;
pub mod record;
pub mod renewals;
pub mod sanitize;
pub mod selection;
pub mod settings;
pub mod spans;
pub mod streak;
pub mod title;
pub mod tuning;
