//! The JSON schemas of packs and catalogs: editors complete and check by them.
//!
//! They are made of the types in `raw.rs` by the test below and committed, so that they can be embedded.

/// The schemas that a new pack takes along, by the names of their files.
pub const OF_A_PACK: [(&str, &str); 2] = [
    ("pack.schema.json", include_str!("../../../questions/schema/pack.schema.json")),
    ("questions.schema.json", include_str!("../../../questions/schema/questions.schema.json")),
];

#[cfg(test)]
mod tests;
