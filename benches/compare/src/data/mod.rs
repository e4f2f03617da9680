//! Generated data: the same for the same sizes, but for the days, which end before today.

pub mod deck;
mod homes;
pub mod journal;
pub mod packs;
mod random;

pub use homes::Data;
