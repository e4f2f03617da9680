//! The shapes of facts that tiers state for all of their credentials, and credentials for themselves.

use serde::{Deserialize, Deserializer};

/// Facts that a tier may state for all of its credentials, and a credential for itself: absent
/// inherits, null is unknown.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RawShared {
    /// What the exam costs; null where it is not known.
    #[serde(default, deserialize_with = "stated")]
    pub fee: Stated<RawFee>,
    /// Whether somebody watches over the exam; null where it is not known.
    #[serde(default, deserialize_with = "stated")]
    pub proctored: Stated<bool>,
    /// For how long a pass is valid: "never" where it never ends, or rules by the day of the pass; null where it is not known.
    #[serde(default, deserialize_with = "stated")]
    pub validity: Stated<RawValidity>,
    /// What must be held before; null where it is not known.
    #[serde(default, deserialize_with = "stated")]
    pub prerequisites: Stated<Vec<RawPrerequisite>>,
    /// Whether others can check a pass; null where it is not known.
    #[serde(default, deserialize_with = "stated")]
    pub public_proof: Stated<bool>,
    /// The scaled score that passes; null where it is not known.
    #[serde(default, deserialize_with = "stated")]
    pub pass_mark: Stated<u32>,
    /// The highest scaled score; null where it is not known.
    #[serde(default, deserialize_with = "stated")]
    pub score_max: Stated<u32>,
    /// The share of right answers that passes, where the issuer publishes it; null where it does not.
    #[serde(default, deserialize_with = "stated")]
    pub pass_share: Stated<RawPassShare>,
}

/// The share of right answers that passes.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawPassShare {
    /// From 0 to 1: 0.75.
    pub share: f64,
    /// How uncertain it is, as a standard deviation: 0 for a published percentage.
    #[serde(default)]
    pub sd: f64,
    /// Where it is from.
    pub source: Option<String>,
}

/// None: not stated. Some(None): stated to be unknown.
pub type Stated<T> = Option<Option<T>>;

fn stated<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Stated<T>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// An amount and its currency.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawFee {
    /// The amount: 150.
    pub amount: f64,
    /// Three capital letters: USD.
    pub currency: String,
}

/// For how long a pass is valid.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RawValidity {
    Word(String),
    /// The oldest rule first.
    Rules(Vec<RawValidFor>),
}

/// A rule for passes from a day on.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawValidFor {
    /// The first day of pass for which the rule holds; null for the oldest rule.
    pub passed_from: Option<String>,
    /// For how many months a pass is valid.
    pub months: u32,
}

/// What must be held before.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawPrerequisite {
    /// The id of the credential.
    pub credential: String,
    /// Whether it must still be valid.
    pub must_be: RawMustBe,
}

/// Whether a prerequisite must still be valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RawMustBe {
    /// It was passed once.
    Passed,
    /// It is still valid.
    Active,
}

/// Where a fact is from.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawOrigin {
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// A page or an address.
    pub source: Option<String>,
}

/// By fact, in the order of the file.
pub type RawOrigins = std::collections::BTreeMap<String, RawOrigin>;
