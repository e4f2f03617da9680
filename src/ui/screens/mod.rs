//! Screens: functions from facts to text. They decide nothing and print nothing.

pub mod awards;
pub mod badge;
pub mod cards;
pub mod collection;
pub mod due;
pub mod home;
pub mod import;
pub mod mended;
pub mod next;
pub mod own;
pub mod packs;
pub mod plan;
pub mod reasons;
pub mod stats;
pub mod summary;
pub mod tune;
pub mod turn;

#[cfg(test)]
mod tests;
