//! Screens: functions from facts to text. They decide nothing and print nothing.

pub mod awards;
pub mod badge;
pub mod badge_card;
pub mod chance;
pub mod collection;
pub mod due;
pub mod exam;
pub mod exam_days;
pub mod export;
pub mod flags;
pub mod home;
pub mod import;
pub mod next;
pub mod pack_fixes;
pub mod pack_install;
pub mod packs;
pub mod plan;
pub mod question;
pub mod ready;
pub mod reasons;
pub mod search;
pub mod stats;
pub mod summary;
pub mod target;
pub mod tune;
pub mod verdict;

#[cfg(test)]
mod tests;
