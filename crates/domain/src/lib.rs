//! The rules of badgedex, as functions of values: no terminal, clock, file, SQL or randomness of their own.
//!
//! Today's date, a random generator and the journal are arguments; what comes back are facts, which the
//! screens put into words. Dependencies go one way:
//! `catalog <- question <- facts; grading <- memory <- history <- mastery <- overview <- { badge, advice }`.
//!
//! | Question | Modules |
//! | --- | --- |
//! | What can be earned? | [`catalog`], [`catalogs`], [`period`], [`money`] |
//! | What is asked, and is an answer right? | [`question`], [`library`], [`facts`], [`grading`], [`typed_answer`], [`lint`] |
//! | What happened, what is held, and when does it expire? | [`journal`], [`record`], [`settings`] |
//! | What is remembered? | [`memory`], [`history`], [`mastery`], [`tuning`], [`overview`] |
//! | What to ask today, and for which exam? | [`target`], [`domains`], [`exam_days`], [`selection`], [`search`], [`comeback`] |
//! | How does a mock exam go, and how likely is a pass? | [`mock_exam`], [`readiness`] |
//! | What to earn next? | [`advice`], [`plan`], [`renewals`], [`title`], [`badge`] |
//! | What keeps one going? | [`streak`], [`levels`], [`spans`], [`awards`] |
//! | How is it said, and is it safe to print? | [`wording`], [`sanitize`] |

#![warn(missing_docs)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod advice;
pub mod awards;
pub mod badge;
pub mod catalog;
pub mod catalogs;
pub mod comeback;
pub mod domains;
pub mod exam_days;
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
pub mod mock_exam;
pub mod money;
pub mod overview;
pub mod period;
pub mod plan;
pub mod question;
pub mod readiness;
pub mod record;
pub mod renewals;
pub mod sanitize;
pub mod search;
pub mod selection;
pub mod settings;
pub mod spans;
pub mod streak;
pub mod target;
pub mod title;
pub mod tuning;
pub mod typed_answer;
pub mod typed_date;
pub mod wording;
