//! One issuer's programme: credentials, tiers, roles and the path, as data.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::money::{Fee, Money};
use super::period::{Moment, Offer, Offered, months_later};

/// Names a credential over all catalogs and for ever.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CredentialId(String);

impl CredentialId {
    pub fn new(id: impl Into<String>) -> Self {
        CredentialId(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Everything that one issuer offers, has offered or has announced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    pub id: String,
    pub issuer: String,
    pub short: String,
    pub title: String,
    pub families: Vec<Family>,
    pub tiers: Vec<Tier>,
    pub fields: Vec<Field>,
    pub roles: Vec<Role>,
    pub path: Vec<Step>,
    pub sets: Vec<Set>,
    pub titles: Vec<Title>,
    pub retake: Option<Retake>,
    pub voucher: Option<Voucher>,
    pub credentials: Vec<Credential>,
}

/// What tiers have in common: accreditations, certifications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    pub id: String,
    pub name: String,
    pub plural: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub id: String,
    pub name: String,
    pub plural: String,
    pub family: String,
    pub frame: Frame,
}

/// How the cards of a tier are framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frame {
    Round,
    Light,
    Heavy,
    Double,
    Dashed,
}

/// A subject, with the small picture that its cards show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub id: String,
    pub name: String,
    pub picture: [String; 3],
    pub ascii: [String; 3],
}

/// What the learner does; it chooses within a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    pub id: String,
    pub name: String,
    /// The most preferred first.
    pub prefers: Vec<CredentialId>,
}

/// One rule of the recommended order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// From 1.
    pub number: u32,
    pub title: String,
    /// Why it stands here.
    pub why: String,
    pub needs: Needs,
    pub from: Pool,
}

/// How many of its pool a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Needs {
    All,
    AtLeast(usize),
}

/// Which credentials a step chooses from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pool {
    Tier(String),
    Credentials(Vec<CredentialId>),
    /// Everything on offer.
    Rest,
}

/// Credentials that belong together as a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    pub id: String,
    pub name: String,
    pub credentials: Vec<CredentialId>,
}

/// A name for holding several credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    pub id: String,
    pub name: String,
    /// None: everything on offer.
    pub needs: Option<Vec<CredentialId>>,
    pub all_valid_at_once: bool,
    pub kept_until: Option<KeptUntil>,
    pub origin: Origin,
}

/// How long a title is kept once it was earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptUntil {
    /// The end of the year in which the first of its credentials expires.
    YearEndOfFirstExpiry,
}

/// How long one waits after a fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retake {
    pub after_days: u32,
    pub origin: Origin,
}

/// What a pass takes off the next fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    pub percent: u32,
    pub origin: Origin,
}

/// Where a fact stands, and when that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    pub checked: Option<NaiveDate>,
    pub source: Option<String>,
}

/// Until when a holding is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expires {
    Never,
    /// Valid through this day.
    On(NaiveDate),
}

/// How long a credential is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Validity {
    Never,
    /// By the day of passing: the last rule whose day has come holds.
    Months(Vec<ValidFor>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidFor {
    /// None: from the beginning.
    pub passed_from: Option<NaiveDate>,
    pub months: u32,
}

impl Validity {
    /// Months of validity of a pass on `day`; none where it never expires or no rule holds.
    pub fn months_on(&self, day: NaiveDate) -> Option<u32> {
        match self {
            Validity::Never => None,
            Validity::Months(rules) => rules
                .iter()
                .rev()
                .find(|rule| rule.passed_from.is_none_or(|from| from <= day))
                .map(|rule| rule.months),
        }
    }
}

/// What must have been earned before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prerequisite {
    pub credential: CredentialId,
    /// It must be valid, and not only have been passed once.
    pub active: bool,
}

/// A pass of `credential` prolongs the credential that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    pub credential: CredentialId,
    /// The first day on which it does so; none: always.
    pub from: Option<NaiveDate>,
    pub also_when_expired: bool,
}

/// An exam's domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Domain {
    pub name: String,
    /// Per cent of the exam.
    pub weight: Option<f64>,
}

/// A version of an exam and its days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    pub code: String,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    /// Empty where they are not known, or those of the credential.
    pub domains: Vec<Domain>,
}

impl Version {
    /// Whether it may be the one that is sat on a day.
    fn is_in_use(&self, day: NaiveDate) -> bool {
        self.from.and_then(Moment::first).is_none_or(|first| first <= day)
            && self.until.and_then(Moment::last).is_none_or(|last| day <= last)
    }
}

/// A remark on one fact: what is disputed or unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub about: String,
    pub text: String,
}

/// Something that can be earned. What a tier says for all of its credentials is already filled in;
/// none means that it is not known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Credential {
    pub id: CredentialId,
    pub name: String,
    pub short: String,
    pub aliases: Vec<String>,
    pub tier: String,
    pub code: Option<String>,
    pub field: String,
    pub offered: Offered,
    /// The same credential under a new name.
    pub successor: Option<CredentialId>,
    /// What took over its field; counts for nothing.
    pub followed_by: Vec<CredentialId>,
    pub prerequisites: Option<Vec<Prerequisite>>,
    pub renewed_by: Option<Vec<Renewal>>,
    pub fee: Option<Fee>,
    pub proctored: Option<bool>,
    pub public_proof: Option<bool>,
    pub minutes: Option<u32>,
    pub questions: Option<u32>,
    pub pass_mark: Option<u32>,
    pub validity: Option<Validity>,
    pub domains: Vec<Domain>,
    pub versions: Vec<Version>,
    pub notes: Vec<Note>,
    /// By fact (`fee`, `minutes`, ...), its tier's facts included.
    pub origins: Vec<(String, Origin)>,
}

impl Credential {
    /// A credential of which nothing is known but its id, name and tier.
    pub fn new(id: CredentialId, name: impl Into<String>, tier: impl Into<String>) -> Credential {
        Credential {
            id,
            name: name.into(),
            short: String::new(),
            aliases: Vec::new(),
            tier: tier.into(),
            code: None,
            field: String::new(),
            offered: Offered::default(),
            successor: None,
            followed_by: Vec::new(),
            prerequisites: None,
            renewed_by: None,
            fee: None,
            proctored: None,
            public_proof: None,
            minutes: None,
            questions: None,
            pass_mark: None,
            validity: None,
            domains: Vec::new(),
            versions: Vec::new(),
            notes: Vec::new(),
            origins: Vec::new(),
        }
    }

    pub fn offer(&self, today: NaiveDate) -> Offer {
        self.offered.on(today)
    }

    /// The version of the exam that is sat on a day; the newest where two are in use.
    pub fn version(&self, day: NaiveDate) -> Option<&Version> {
        self.versions.iter().rev().find(|v| v.is_in_use(day))
    }

    /// The exam's code on a day.
    pub fn code_on(&self, day: NaiveDate) -> Option<&str> {
        self.version(day).map(|v| v.code.as_str()).or(self.code.as_deref())
    }

    /// What the exam asks on a day.
    pub fn domains_on(&self, day: NaiveDate) -> &[Domain] {
        let own = self.version(day).map(|v| v.domains.as_slice()).filter(|d| !d.is_empty());
        own.unwrap_or(&self.domains)
    }

    /// Until when a pass on `day` is valid; none where that is not known.
    pub fn expiry(&self, day: NaiveDate) -> Option<Expires> {
        match self.validity.as_ref()? {
            Validity::Never => Some(Expires::Never),
            validity => validity.months_on(day).map(|months| Expires::On(months_later(day, months))),
        }
    }

    /// Where a fact stands.
    pub fn origin(&self, fact: &str) -> Option<&Origin> {
        self.origins.iter().find(|(name, _)| name == fact).map(|(_, origin)| origin)
    }

    /// Free and without a proctor: it can be taken as soon as it is known.
    pub fn is_open_to_all(&self) -> bool {
        self.fee.is_some_and(|fee| fee.amount == Money(0)) && self.proctored == Some(false)
    }

    /// Whether a pass of `other` on `day` prolongs this one, and if so, also after its expiry.
    pub fn renewal_by(&self, other: &CredentialId, day: NaiveDate) -> Option<&Renewal> {
        self.renewed_by
            .iter()
            .flatten()
            .find(|r| r.credential == *other && r.from.is_none_or(|from| from <= day))
    }
}

impl Catalog {
    /// An empty catalog. Short name and title are the issuer's name.
    pub fn new(id: impl Into<String>, issuer: impl Into<String>) -> Catalog {
        let issuer = issuer.into();
        Catalog {
            id: id.into(),
            short: issuer.clone(),
            title: issuer.clone(),
            issuer,
            families: Vec::new(),
            tiers: Vec::new(),
            fields: Vec::new(),
            roles: Vec::new(),
            path: Vec::new(),
            sets: Vec::new(),
            titles: Vec::new(),
            retake: None,
            voucher: None,
            credentials: Vec::new(),
        }
    }

    pub fn credential(&self, id: &CredentialId) -> Option<&Credential> {
        self.credentials.iter().find(|c| c.id == *id)
    }

    pub fn tier(&self, id: &str) -> Option<&Tier> {
        self.tiers.iter().find(|t| t.id == id)
    }

    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.id == id)
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.id == id)
    }

    pub fn family_of(&self, tier: &Tier) -> Option<&Family> {
        self.families.iter().find(|f| f.id == tier.family)
    }

    pub fn in_tier<'a>(&'a self, tier: &'a str) -> impl Iterator<Item = &'a Credential> {
        self.credentials.iter().filter(move |c| c.tier == tier)
    }

    /// The credential and what it is called today, oldest name first.
    pub fn line<'a>(&'a self, credential: &'a Credential) -> Vec<&'a Credential> {
        let mut line = vec![credential];
        while let Some(next) = line
            .last()
            .and_then(|last| last.successor.as_ref())
            .and_then(|id| self.credential(id))
            .filter(|next| !line.contains(next))
        {
            line.push(next);
        }
        line
    }

    /// The number by which the collection knows a credential, from 1.
    pub fn number(&self, id: &CredentialId) -> usize {
        self.credentials.iter().position(|c| c.id == *id).map_or(0, |i| i + 1)
    }

    /// A credential's name without what most of the catalog's names begin with, and without its tier:
    /// short enough for a card.
    pub fn card_name(&self, credential: &Credential) -> String {
        let tier = self.tier(&credential.tier).map_or("", |t| t.name.as_str());
        let bare = credential.name.strip_suffix(tier).unwrap_or(&credential.name);
        let words: Vec<&str> = bare.trim_end_matches([' ', '-', ':', '–']).split_whitespace().collect();
        let shared = |count: usize| {
            let start = |c: &&Credential| start_words(&c.name, count) == start_words(&credential.name, count);
            self.credentials.iter().filter(start).count() >= MIN_SHARED_BY
        };
        let dropped = (1..words.len()).take_while(|count| shared(*count)).count();
        words[dropped..].join(" ")
    }
}

/// So many names that begin alike make their beginning say nothing.
const MIN_SHARED_BY: usize = 3;

/// The first words of a name, without punctuation.
fn start_words(name: &str, count: usize) -> Vec<&str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(count).collect()
}
