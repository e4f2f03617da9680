//! The shapes of files as they are written. Nothing outside of this room sees them.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The only format that there is so far.
pub const FORMAT: u32 = 1;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPack {
    pub format: u32,
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub description: String,
    pub licence: Option<String>,
    pub source: Option<String>,
    pub teaches: RawTeaches,
    #[serde(default)]
    pub credentials: Vec<String>,
    pub topics: Vec<RawTopic>,
    #[serde(default)]
    pub facts: Vec<RawFact>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawTeaches {
    About,
    Content,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTopic {
    pub id: String,
    pub name: String,
    pub weight: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFact {
    pub id: String,
    pub topic: String,
    pub text: String,
}

/// A file with questions, each still as text: so every fault has its line, and one bad question does
/// not hide the others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawQuestions<'a> {
    pub format: u32,
    pub pack: String,
    #[serde(borrow)]
    pub questions: Vec<&'a RawValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawQuestion {
    pub id: String,
    pub topic: String,
    pub credentials: Option<Vec<String>>,
    #[serde(default)]
    pub facts: Vec<String>,
    pub kind: RawKind,
    pub stem: String,
    pub choices: Option<Vec<String>>,
    pub key: Option<RawKey>,
    pub keys: Option<Vec<String>>,
    pub size_stated: Option<bool>,
    pub shuffle: Option<bool>,
    pub typed: Option<Vec<String>>,
    pub accepted: Option<Vec<String>>,
    pub value: Option<f64>,
    pub unit: Option<String>,
    pub tolerance: Option<f64>,
    pub items: Option<Vec<String>>,
    pub answer: Option<String>,
    pub hint: Option<String>,
    pub rationale: Option<String>,
    pub source: Option<String>,
    pub checked: Option<String>,
    #[serde(default)]
    pub was: Vec<String>,
    #[serde(default)]
    pub replaces: Vec<String>,
    pub changed: Option<RawChanged>,
}

/// What was true before, where a question replaces another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawChanged {
    pub was: String,
    pub since: Option<String>,
}

/// The id alone, of a question whose other keys may be wrong.
#[derive(Debug, Deserialize)]
pub struct RawId {
    pub id: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawKind {
    OneOf,
    AnyOf,
    TrueFalse,
    Typed,
    Number,
    Order,
    Reveal,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum RawKey {
    Truth(bool),
    Letter(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCatalog<'a> {
    pub format: u32,
    pub id: String,
    pub issuer: String,
    pub short: String,
    pub title: String,
    pub families: Vec<RawFamily>,
    pub tiers: Vec<RawTier>,
    pub fields: Vec<RawField>,
    pub roles: Vec<RawRole>,
    pub path: Vec<RawStep>,
    #[serde(default)]
    pub sets: Vec<RawSet>,
    #[serde(default)]
    pub titles: Vec<RawTitle>,
    pub retake: Option<RawRetake>,
    pub voucher: Option<RawVoucher>,
    #[serde(borrow)]
    pub credentials: Vec<&'a RawValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFamily {
    pub id: String,
    pub name: String,
    pub plural: String,
}

/// Facts that a tier may state for all of its credentials, and a credential for itself: absent
/// inherits, null is unknown.
#[derive(Debug, Default, Deserialize)]
pub struct RawShared {
    #[serde(default, deserialize_with = "stated")]
    pub fee: Stated<RawFee>,
    #[serde(default, deserialize_with = "stated")]
    pub proctored: Stated<bool>,
    #[serde(default, deserialize_with = "stated")]
    pub validity: Stated<RawValidity>,
    #[serde(default, deserialize_with = "stated")]
    pub prerequisites: Stated<Vec<RawPrerequisite>>,
    #[serde(default, deserialize_with = "stated")]
    pub public_proof: Stated<bool>,
    #[serde(default, deserialize_with = "stated")]
    pub pass_mark: Stated<u32>,
}

/// None: not stated. Some(None): stated to be unknown.
pub type Stated<T> = Option<Option<T>>;

fn stated<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Stated<T>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

#[derive(Debug, Deserialize)]
pub struct RawTier {
    pub id: String,
    pub name: String,
    pub plural: String,
    pub family: String,
    pub frame: RawFrame,
    #[serde(flatten)]
    pub shared: RawShared,
    #[serde(default)]
    pub sources: RawOrigins,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawFrame {
    Round,
    Light,
    Heavy,
    Double,
    Dashed,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFee {
    pub amount: f64,
    pub currency: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum RawValidity {
    Word(String),
    Rules(Vec<RawValidFor>),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawValidFor {
    pub passed_from: Option<String>,
    pub months: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPrerequisite {
    pub credential: String,
    pub must_be: RawMustBe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawMustBe {
    Passed,
    Active,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawOrigin {
    pub checked: Option<String>,
    pub source: Option<String>,
}

/// By fact, in the order of the file.
pub type RawOrigins = std::collections::BTreeMap<String, RawOrigin>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawField {
    pub id: String,
    pub name: String,
    pub picture: [String; 3],
    pub ascii: [String; 3],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRole {
    pub id: String,
    pub name: String,
    pub prefers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawStep {
    pub step: u32,
    pub title: String,
    #[serde(default)]
    pub why: String,
    pub needs: RawNeeds,
    pub from: RawPool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum RawNeeds {
    Count(usize),
    Word(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawPool {
    Tier(String),
    Credentials(Vec<String>),
    Rest(serde::de::IgnoredAny),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSet {
    pub id: String,
    pub name: String,
    pub credentials: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTitle {
    pub id: String,
    pub name: String,
    pub needs: RawTitleNeeds,
    #[serde(default)]
    pub all_valid_at_once: bool,
    pub kept_until: Option<RawKeptUntil>,
    pub checked: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum RawTitleNeeds {
    Credentials(Vec<String>),
    /// "all".
    Word(String),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawKeptUntil {
    YearEndOfFirstExpiry,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRetake {
    pub after_days: u32,
    pub checked: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawVoucher {
    pub percent: u32,
    pub checked: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct RawCredential {
    pub id: String,
    pub name: String,
    pub short: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub tier: String,
    pub code: Option<String>,
    pub field: String,
    pub offered: RawOffered,
    pub successor: Option<String>,
    #[serde(default)]
    pub followed_by: Vec<String>,
    pub renewed_by: Option<Vec<RawRenewal>>,
    #[serde(flatten)]
    pub shared: RawShared,
    pub minutes: Option<u32>,
    pub questions: Option<u32>,
    pub topics: Option<Vec<RawDomain>>,
    #[serde(default)]
    pub codes: Vec<RawVersion>,
    #[serde(default)]
    pub notes: Vec<RawNote>,
    #[serde(default)]
    pub sources: RawOrigins,
}

/// Keys of a credential, for those that serde's `flatten` would let pass.
pub const CREDENTIAL_KEYS: [&str; 24] = [
    "id",
    "name",
    "short",
    "aliases",
    "tier",
    "code",
    "field",
    "offered",
    "successor",
    "followed_by",
    "prerequisites",
    "renewed_by",
    "fee",
    "proctored",
    "public_proof",
    "minutes",
    "questions",
    "pass_mark",
    "validity",
    "topics",
    "codes",
    "notes",
    "sources",
    "set",
];

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawOffered {
    pub from: Option<RawMoment>,
    pub until: Option<RawMoment>,
    pub seen: Option<String>,
    pub checked: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum RawMoment {
    At(String),
    Between { after: Option<String>, by: Option<String> },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRenewal {
    pub credential: String,
    pub from: Option<String>,
    #[serde(default)]
    pub also_when_expired: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDomain {
    pub name: String,
    pub weight: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawVersion {
    pub code: String,
    pub from: Option<RawMoment>,
    pub until: Option<RawMoment>,
    #[serde(default)]
    pub topics: Vec<RawDomain>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNote {
    pub about: String,
    pub text: String,
}
