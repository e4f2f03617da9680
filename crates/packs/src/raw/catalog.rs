//! The shape of a catalog's file.

use serde::Deserialize;
use serde_json::value::RawValue;

#[cfg(test)]
use super::credential::RawCredential;
use super::stated::{RawOrigins, RawShared};

/// One issuer's programme: its credentials, tiers, roles and the recommended order.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawCatalog<'a> {
    /// Where the schema of this file is, for editors.
    #[serde(rename = "$schema")]
    pub _schema: Option<String>,
    /// The format of this file: 1.
    pub format: u32,
    /// Names the catalog; it never changes.
    pub id: String,
    /// Who issues the credentials.
    pub issuer: String,
    /// A short name of the issuer.
    pub short: String,
    /// What people read in lists.
    pub title: String,
    /// What tiers have in common: accreditations, certifications.
    pub families: Vec<RawFamily>,
    /// The tiers. What a tier states holds for all of its credentials.
    pub tiers: Vec<RawTier>,
    /// The subjects, with the pictures that cards show.
    pub fields: Vec<RawField>,
    /// What learners do; it chooses within a step of the path.
    pub roles: Vec<RawRole>,
    /// The recommended order, step by step.
    pub path: Vec<RawStep>,
    /// Who recommends that order; left out, it is the catalog's author.
    pub path_by: Option<RawPathAuthor>,
    /// Groups of credentials that can be collected.
    #[serde(default)]
    pub sets: Vec<RawSet>,
    /// Names for holding several credentials at once.
    #[serde(default)]
    pub titles: Vec<RawTitle>,
    /// The rule for sitting an exam again.
    pub retake: Option<RawRetake>,
    /// Until when a booked exam can be moved without losing its fee.
    pub reschedule: Option<RawReschedule>,
    /// What a pass takes off the fee of the next exam.
    pub voucher: Option<RawVoucher>,
    /// Everything that is offered, was offered or is announced.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(with = "Vec<RawCredential>"))]
    pub credentials: Vec<&'a RawValue>,
}

/// Who recommends a path.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawPathAuthor {
    /// As a part of a sentence: "the article".
    pub name: String,
    /// Where the path can be read.
    pub source: Option<String>,
}

/// What several tiers have in common.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawFamily {
    /// How tiers name the family.
    pub id: String,
    /// In the singular: "certification".
    pub name: String,
    /// In the plural: "certifications".
    pub plural: String,
}

/// A tier, and what holds for all of its credentials.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RawTier {
    /// How credentials and steps name the tier.
    pub id: String,
    /// In the singular.
    pub name: String,
    /// In the plural.
    pub plural: String,
    /// The id of its family.
    pub family: String,
    /// How the cards of the tier are framed.
    pub frame: RawFrame,
    #[serde(flatten)]
    pub shared: RawShared,
    /// By fact: where it is from, and when it was checked.
    #[serde(default)]
    pub sources: RawOrigins,
}

/// How cards are framed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RawFrame {
    /// A circle.
    Round,
    /// A thin line.
    Light,
    /// A thick line.
    Heavy,
    /// Two lines.
    Double,
    /// A broken line.
    Dashed,
}

/// A subject, with its picture in two alphabets.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawField {
    /// How credentials name the subject.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Three lines of equal width.
    pub picture: [String; 3],
    /// The same in plain ASCII.
    pub ascii: [String; 3],
}

/// What a learner does.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawRole {
    /// How settings name the role.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Ids of credentials, the most preferred first.
    pub prefers: Vec<String>,
    /// What the role takes earlier than the path asks for it.
    pub first: Option<RawRoleFirst>,
}

/// A tier that a role takes earlier than the path asks for it.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawRoleFirst {
    /// The id of the tier.
    pub tier: String,
    /// The number of the step before which all of the tier that is on offer comes.
    pub before_step: u32,
    /// Why, and whose idea that is.
    pub why: String,
}

/// One step of the recommended order.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawStep {
    /// Its number, from 1.
    pub step: u32,
    /// What people read.
    pub title: String,
    /// Why it is here.
    #[serde(default)]
    pub why: String,
    /// How many of its credentials it asks for: a number, or "all".
    pub needs: RawNeeds,
    /// What it chooses from.
    pub from: RawPool,
}

/// A number, or "all".
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RawNeeds {
    /// At least this many.
    Count(usize),
    Word(String),
}

/// What a step chooses from.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RawPool {
    /// All credentials of a tier.
    Tier(String),
    /// These credentials, by their ids.
    Credentials(Vec<String>),
    /// Everything on offer.
    Rest(#[cfg_attr(test, schemars(with = "bool"))] serde::de::IgnoredAny),
}

/// A group of credentials that can be collected.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawSet {
    /// Names the set.
    pub id: String,
    /// What people read.
    pub name: String,
    /// The ids of its credentials.
    pub credentials: Vec<String>,
}

/// A name for holding several credentials at once.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawTitle {
    /// Names the title.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Ids of credentials, or "all".
    pub needs: RawTitleNeeds,
    /// Whether all must be valid on one day.
    #[serde(default)]
    pub all_valid_at_once: bool,
    /// Until when the title is kept.
    pub kept_until: Option<RawKeptUntil>,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}

/// Ids of credentials, or "all".
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RawTitleNeeds {
    /// These credentials, by their ids.
    Credentials(Vec<String>),
    /// "all".
    Word(String),
}

/// Until when a title is kept.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RawKeptUntil {
    /// Until the end of the year in which the first of them expires.
    YearEndOfFirstExpiry,
}

/// The rule for sitting an exam again.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawRetake {
    /// How many days lie between two tries.
    pub after_days: u32,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}

/// Until when a booked exam can be moved without losing its fee.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawReschedule {
    /// How many hours before the appointment.
    pub hours: u32,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}

/// What a pass takes off the next fee.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawVoucher {
    /// Per cent of the fee.
    pub percent: u32,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}
