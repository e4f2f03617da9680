//! The shape of a credential in a catalog's file.

use serde::Deserialize;

use super::stated::{RawFee, RawOrigins, RawShared};

/// A credential: what its tier states holds for it unless it states something else.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RawCredential {
    /// Names the credential over all catalogs; it never changes.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// A short name, such as CLF.
    pub short: String,
    /// Other names that people use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The id of its tier.
    pub tier: String,
    /// The code of its exam as it is now.
    pub code: Option<String>,
    /// The id of its subject.
    pub field: String,
    /// From when to when it can be taken.
    pub offered: RawOffered,
    /// Set if only partners of the issuer can earn it.
    pub partners_only: Option<RawPartnersOnly>,
    /// Its exam as a beta.
    pub beta: Option<RawBeta>,
    /// The id of the credential that took its place.
    pub successor: Option<String>,
    /// Ids of credentials that others take after it.
    #[serde(default)]
    pub followed_by: Vec<String>,
    /// The credentials whose pass renews it; null where it is not known.
    pub renewed_by: Option<Vec<RawRenewal>>,
    /// How it is renewed without an exam.
    #[serde(default)]
    pub renewed_without_exam: Vec<RawRenewalWithoutExam>,
    #[serde(flatten)]
    pub shared: RawShared,
    /// How long the exam takes.
    pub minutes: Option<u32>,
    /// How many questions the exam has.
    pub questions: Option<u32>,
    /// How many of them count for the score.
    pub scored: Option<u32>,
    /// What the exam is about, with weights.
    pub topics: Option<Vec<RawDomain>>,
    /// The versions of its exam.
    #[serde(default)]
    pub codes: Vec<RawVersion>,
    /// Remarks for people.
    #[serde(default)]
    pub notes: Vec<RawNote>,
    /// By fact: where it is from, and when it was checked.
    #[serde(default)]
    pub sources: RawOrigins,
}

/// Keys of a credential, for those that serde's `flatten` would let pass.
pub const CREDENTIAL_KEYS: [&str; 30] = [
    "id",
    "name",
    "short",
    "aliases",
    "tier",
    "code",
    "field",
    "offered",
    "partners_only",
    "beta",
    "successor",
    "followed_by",
    "prerequisites",
    "renewed_by",
    "renewed_without_exam",
    "fee",
    "proctored",
    "public_proof",
    "minutes",
    "questions",
    "scored",
    "pass_mark",
    "score_max",
    "pass_share",
    "validity",
    "topics",
    "codes",
    "notes",
    "sources",
    "set",
];

/// From when to when a credential can be taken.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawOffered {
    /// The first day, as far as it is known.
    pub from: Option<RawMoment>,
    /// The last day, as far as it is known.
    pub until: Option<RawMoment>,
    /// The last day on which it was seen on offer.
    pub seen: Option<String>,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}

/// A day (YYYY, YYYY-MM or YYYY-MM-DD), or the days between which it lies.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RawMoment {
    /// YYYY, YYYY-MM or YYYY-MM-DD.
    At(String),
    /// Between two days, either of which may be unknown.
    Between { after: Option<String>, by: Option<String> },
}

/// A pass that renews this credential.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawRenewal {
    /// The id of the credential whose pass renews it.
    pub credential: String,
    /// Since which day.
    pub from: Option<String>,
    /// Whether it renews an expired one too.
    #[serde(default)]
    pub also_when_expired: bool,
}

/// A way to renew this credential without an exam.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawRenewalWithoutExam {
    /// What it is called.
    pub name: String,
    /// What it costs; null if it is not known.
    pub fee: Option<RawFee>,
    /// How many days before the expiry it opens; null if it is always open.
    pub from_days_before: Option<u32>,
    /// When it was first possible; null if it always was.
    pub from: Option<RawMoment>,
    /// The last day on which it is possible; null if no end is known.
    pub until: Option<RawMoment>,
    /// For how many months it renews, from the day on which it is completed; null if that is not known.
    pub months: Option<u32>,
    /// What has to be done, in a few words.
    pub effort: String,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}

/// Only partners of the issuer can earn it.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawPartnersOnly {
    /// When that began; null if it has always been so.
    pub from: Option<RawMoment>,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}

/// An exam, or a new version of one, that is tried out before it is the standard.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawBeta {
    /// The code under which it is booked; null if it is that of the exam.
    pub code: Option<String>,
    /// What it costs; null if it is not known.
    pub fee: Option<RawFee>,
    /// The first day; null if it is not known.
    pub from: Option<RawMoment>,
    /// The last day; null if no end is known.
    pub until: Option<RawMoment>,
    /// Languages in which the exam is a beta; empty: all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The day on which it was checked: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
}

/// A topic of an exam.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawDomain {
    /// The id of the packs' topics that teach it.
    pub id: Option<String>,
    /// What people read.
    pub name: String,
    /// Per cent of the exam.
    pub weight: Option<f64>,
}

/// A version of an exam.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawVersion {
    /// Its code.
    pub code: String,
    /// Its first day.
    pub from: Option<RawMoment>,
    /// Its last day.
    pub until: Option<RawMoment>,
    /// What it is about, with weights.
    #[serde(default)]
    pub topics: Vec<RawDomain>,
}

/// A remark for people.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawNote {
    /// The key that it is about.
    pub about: String,
    /// The remark.
    pub text: String,
}
