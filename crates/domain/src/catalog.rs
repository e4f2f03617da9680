//! One issuer's program as data: credentials, tiers, roles and the path.

mod index;

use std::collections::HashSet;
use std::fmt;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::money::{Fee, Money};
use super::period::{Moment, Offer, Offered, months_later};
pub use index::CredentialIndex;
use index::name_words;

/// Identifies a credential permanently and over all catalogs: `aws-security-specialty`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CredentialId(String);

impl CredentialId {
    /// An id as the catalog writes it.
    pub fn new(id: impl Into<String>) -> Self {
        CredentialId(id.into())
    }

    /// The id as text.
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
    /// Unique among catalogs: `aws`.
    pub id: String,
    /// The issuer's full name.
    pub issuer: String,
    /// The issuer's short name.
    pub short: String,
    /// The catalog's title.
    pub title: String,
    /// What tiers have in common.
    pub families: Vec<Family>,
    /// From the lowest to the highest.
    pub tiers: Vec<Tier>,
    /// Subjects of the credentials.
    pub fields: Vec<Field>,
    /// What learners do.
    pub roles: Vec<Role>,
    /// The recommended order.
    pub path: Vec<Step>,
    /// Who recommends that order; `None`: the catalog's author.
    pub path_by: Option<PathAuthor>,
    /// Credentials that belong together as a generation.
    pub sets: Vec<Set>,
    /// Names for holding several credentials.
    pub titles: Vec<Title>,
    /// The wait after a failed exam; `None` if it is not known.
    pub retake: Option<Retake>,
    /// Until when a booked exam can be moved for free; `None` if it is not known.
    pub reschedule: Option<Reschedule>,
    /// What a pass takes off the next fee; `None` if nothing.
    pub voucher: Option<Voucher>,
    /// In the order in which the collection numbers them.
    pub credentials: Vec<Credential>,
    /// Finds them.
    #[serde(skip)]
    pub index: CredentialIndex,
}

/// What tiers have in common: accreditations, certifications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Unique within the catalog.
    pub id: String,
    /// In the singular: `Certification`.
    pub name: String,
    /// In the plural.
    pub plural: String,
}

/// A level of credentials: Foundational, Associate, ...
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Unique within the catalog.
    pub id: String,
    /// In the singular: `Associate`.
    pub name: String,
    /// In the plural.
    pub plural: String,
    /// The id of its [`Family`].
    pub family: String,
    /// How its cards are drawn.
    pub frame: Frame,
}

/// How the cards of a tier are framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frame {
    /// Round corners.
    Round,
    /// A thin line.
    Light,
    /// A thick line.
    Heavy,
    /// A double line.
    Double,
    /// A dashed line.
    Dashed,
}

/// A subject, with the small picture that its cards show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Unique within the catalog.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Three lines of Unicode art.
    pub picture: [String; 3],
    /// The same in ASCII.
    pub ascii: [String; 3],
}

/// What the learner does for a living; it decides between candidates of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Unique within the catalog.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The most preferred first.
    pub prefers: Vec<CredentialId>,
    /// What the role takes earlier than the path asks for it; `None`: nothing.
    pub first: Option<RoleFirst>,
}

/// A tier that a role takes earlier than the path asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleFirst {
    /// The id of the tier.
    pub tier: String,
    /// All of the tier that is on offer comes before this step.
    pub before_step: u32,
    /// Why, and whose idea that is.
    pub why: String,
}

/// One rule of the recommended order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// From 1.
    pub number: u32,
    /// What it asks for, in a few words.
    pub title: String,
    /// Why it has this place.
    pub why: String,
    /// How many credentials it asks for.
    pub needs: Needs,
    /// Which credentials it chooses from.
    pub from: Pool,
}

/// Who recommends a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathAuthor {
    /// As a part of a sentence: `the article`.
    pub name: String,
    /// Where the path can be read.
    pub source: Option<String>,
}

/// How many credentials of its pool a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Needs {
    /// Every one.
    All,
    /// At least this many.
    AtLeast(usize),
}

/// Which credentials a step chooses from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pool {
    /// All credentials of a tier, by its id.
    Tier(String),
    /// These credentials.
    Credentials(Vec<CredentialId>),
    /// Everything on offer.
    Rest,
}

/// Credentials that belong together as a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// Unique within the catalog.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its members.
    pub credentials: Vec<CredentialId>,
}

/// A name for holding several credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Unique within the catalog.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `None`: everything on offer.
    pub needs: Option<Vec<CredentialId>>,
    /// Whether all must be valid on one day.
    pub all_valid_at_once: bool,
    /// How long it is kept; `None`: while all are valid.
    pub kept_until: Option<KeptUntil>,
    /// Where that is written.
    pub origin: Origin,
}

/// How long a title is kept once it was earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptUntil {
    /// The end of the year in which the first of its credentials expires.
    YearEndOfFirstExpiry,
}

/// The wait between a failed exam and the next try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retake {
    /// Days from the failed exam to the next try.
    pub after_days: u32,
    /// Where that is written.
    pub origin: Origin,
}

/// Until when a booked exam can be moved without losing its fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reschedule {
    /// Hours before the appointment.
    pub hours: u32,
    /// Where that is written.
    pub origin: Origin,
}

impl Reschedule {
    /// The last day that is free to move an exam from beginning to end, whatever the hour of the appointment.
    ///
    /// ```
    /// use badgedex_domain::catalog::{Origin, Reschedule};
    ///
    /// let rule = Reschedule { hours: 24, origin: Origin::default() };
    /// let last = rule.last_whole_day("2026-12-21".parse().unwrap());
    /// assert_eq!(last.to_string(), "2026-12-19");
    /// ```
    pub fn last_whole_day(&self, exam: NaiveDate) -> NaiveDate {
        let days = u64::from(self.hours.div_ceil(24)) + 1;
        exam.checked_sub_days(Days::new(days)).unwrap_or(exam)
    }
}

/// What a pass takes off the next fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// Percent off the next fee, 0 to 100.
    pub percent: u32,
    /// Where that is written.
    pub origin: Origin,
}

/// The source of a fact, and when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The day on which the source was read.
    pub checked: Option<NaiveDate>,
    /// Its address.
    pub source: Option<String>,
}

/// Until when a holding is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expires {
    /// It never expires.
    Never,
    /// Valid through this day.
    On(NaiveDate),
}

/// How long a credential is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Validity {
    /// It never expires.
    Never,
    /// Depends on the day of passing: the last rule that has begun applies.
    Months(Vec<ValidFor>),
}

/// A validity for passes from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidFor {
    /// The first day of the rule; `None`: from the beginning.
    pub passed_from: Option<NaiveDate>,
    /// Months from the day of the pass.
    pub months: u32,
}

impl Validity {
    /// Months of validity of a pass on `day`; `None` if it never expires or no rule applies.
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
    /// The credential that must have been earned.
    pub credential: CredentialId,
    /// Whether it must still be valid, not just have been passed once.
    pub active: bool,
}

/// A pass of `credential` extends the credential that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// The exam whose pass renews.
    pub credential: CredentialId,
    /// The first day on which it does so; `None`: always.
    pub from: Option<NaiveDate>,
    /// Whether it also renews what has expired.
    pub also_when_expired: bool,
}

/// A way to keep a credential valid without passing an exam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RenewalWithoutExam {
    /// What it is called.
    pub name: String,
    /// What it costs; `None` if it is not known.
    pub fee: Option<Fee>,
    /// Days before the expiry on which it opens; `None`: it is always open.
    pub from_days_before: Option<u32>,
    /// When it was first possible; `None`: always.
    pub from: Option<Moment>,
    /// The last day on which it is possible; `None` if no end is known.
    pub until: Option<Moment>,
    /// Months for which it renews, from the day on which it is completed; `None` if that is not known.
    pub months: Option<u32>,
    /// What has to be done, in a few words.
    pub effort: String,
    /// Where that is written.
    pub origin: Origin,
}

/// The days on which a renewal without an exam can be completed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RenewalWindow<'a> {
    /// How to renew.
    pub way: &'a RenewalWithoutExam,
    /// The first day; `None`: it has always been possible.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: NaiveDate,
}

impl RenewalWithoutExam {
    /// When it keeps something valid that expires on a day; `None` if it is not possible in time.
    ///
    /// ```
    /// use badgedex_domain::catalog::{Origin, RenewalWithoutExam};
    ///
    /// let game = RenewalWithoutExam {
    ///     name: "Quest".into(),
    ///     fee: None,
    ///     from_days_before: Some(180),
    ///     from: None,
    ///     until: None,
    ///     months: Some(36),
    ///     effort: "Finish the game.".into(),
    ///     origin: Origin::default(),
    /// };
    /// let window = game.window("2027-01-03".parse().unwrap()).unwrap();
    /// assert_eq!(window.from, "2026-07-07".parse().ok());
    /// assert_eq!(window.until, "2027-01-03".parse().unwrap());
    /// ```
    pub fn window(&self, expires_on: NaiveDate) -> Option<RenewalWindow<'_>> {
        let opens =
            self.from_days_before.and_then(|days| expires_on.checked_sub_days(Days::new(days.into())));
        let begins = match self.from {
            Some(moment) => Some(moment.last()?),
            None => None,
        };
        let ends = match self.until {
            Some(moment) => Some(moment.first()?),
            None => None,
        };
        let from = opens.max(begins);
        let until = ends.map_or(expires_on, |ends| ends.min(expires_on));
        from.is_none_or(|from| from <= until).then_some(RenewalWindow { way: self, from, until })
    }
}

/// Only people whose company is the issuer's partner can earn it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnersOnly {
    /// When that began; `None`: it has always been so.
    pub from: Option<Moment>,
    /// Where that is written.
    pub origin: Origin,
}

/// An exam, or a new version of one, that is tried out before it is the standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Beta {
    /// The code under which it is booked; `None`: that of the exam.
    pub code: Option<String>,
    /// What it costs; `None` if it is not known.
    pub fee: Option<Fee>,
    /// The first day; `None` if it is not known.
    pub from: Option<Moment>,
    /// The last day; `None` if no end is known.
    pub until: Option<Moment>,
    /// Languages in which the exam is a beta; empty: all.
    pub languages: Vec<String>,
    /// Where that is written.
    pub origin: Origin,
}

/// One domain of an exam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Domain {
    /// The id of the packs' topics that teach it; `None` if none is given.
    pub id: Option<String>,
    /// Its name in the exam guide.
    pub name: String,
    /// Percent of the exam, 0 to 100.
    pub weight: Option<f64>,
}

/// A version of an exam and the time in which it can be taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The exam code: `SAA-C03`.
    pub code: String,
    /// The first day on which it can be taken; `None`: from the beginning.
    pub from: Option<Moment>,
    /// The last day on which it can be taken; `None`: no end is known.
    pub until: Option<Moment>,
    /// Its domains; empty: those of the credential.
    pub domains: Vec<Domain>,
}

impl Version {
    /// Whether it may be in use on a day.
    fn is_in_use(&self, day: NaiveDate) -> bool {
        self.from.and_then(Moment::first).is_none_or(|first| first <= day)
            && self.until.and_then(Moment::last).is_none_or(|last| day <= last)
    }
}

/// The share of right answers that passes an exam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassShare {
    /// Above 0 and below 1.
    pub share: f64,
    /// How uncertain it is, as a standard deviation: 0 for a published percentage.
    pub sd: f64,
    /// Where it is from; `None` if the catalog does not say.
    pub source: Option<String>,
}

/// A remark on one fact: what is disputed or unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The name of the fact: `fee`, `minutes`, ...
    pub about: String,
    /// One or two sentences.
    pub text: String,
}

/// Something that can be earned. Facts that the tier states for all of its credentials are filled in;
/// `None` means that a fact is not known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Credential {
    /// Unique over all catalogs.
    pub id: CredentialId,
    /// The full name.
    pub name: String,
    /// The short name: `SAA`.
    pub short: String,
    /// Other names that people type.
    pub aliases: Vec<String>,
    /// The id of its [`Tier`].
    pub tier: String,
    /// The exam code; `None` if it has no exam or the code is not known.
    pub code: Option<String>,
    /// The id of its [`Field`].
    pub field: String,
    /// When it can be earned.
    pub offered: Offered,
    /// `None` if it is open to everybody, as far as is known.
    pub partners_only: Option<PartnersOnly>,
    /// Its exam as a beta; `None` if none is known.
    pub beta: Option<Beta>,
    /// The same credential under a new name.
    pub successor: Option<CredentialId>,
    /// What took over its field; it does not count as a pass of this one.
    pub followed_by: Vec<CredentialId>,
    /// What must be earned before; an empty list: nothing.
    pub prerequisites: Option<Vec<Prerequisite>>,
    /// Exams that renew it; `None`: only its own, as far as is known.
    pub renewed_by: Option<Vec<Renewal>>,
    /// Ways to renew it without an exam.
    pub renewed_without_exam: Vec<RenewalWithoutExam>,
    /// What the exam costs.
    pub fee: Option<Fee>,
    /// Whether a proctor watches.
    pub proctored: Option<bool>,
    /// Whether others can verify a pass online.
    pub public_proof: Option<bool>,
    /// The length of the exam in minutes.
    pub minutes: Option<u32>,
    /// How many questions the exam has.
    pub questions: Option<u32>,
    /// How many of the exam's questions count for the score.
    pub scored: Option<u32>,
    /// The score that passes.
    pub pass_mark: Option<u32>,
    /// The highest score.
    pub score_max: Option<u32>,
    /// The share of right answers that passes; `None` if the issuer does not publish it.
    pub pass_share: Option<PassShare>,
    /// How long a pass is valid.
    pub validity: Option<Validity>,
    /// What the exam asks; empty if it is not known.
    pub domains: Vec<Domain>,
    /// Versions of the exam, the oldest first.
    pub versions: Vec<Version>,
    /// Remarks on its facts.
    pub notes: Vec<Note>,
    /// Sources by fact (`fee`, `minutes`, ...), including facts of its tier.
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
            partners_only: None,
            beta: None,
            successor: None,
            followed_by: Vec::new(),
            prerequisites: None,
            renewed_by: None,
            renewed_without_exam: Vec::new(),
            fee: None,
            proctored: None,
            public_proof: None,
            minutes: None,
            questions: None,
            scored: None,
            pass_mark: None,
            score_max: None,
            pass_share: None,
            validity: None,
            domains: Vec::new(),
            versions: Vec::new(),
            notes: Vec::new(),
            origins: Vec::new(),
        }
    }

    /// Whether it can be earned on a day.
    pub fn offer(&self, today: NaiveDate) -> Offer {
        self.offered.on(today)
    }

    /// Whether only partners of the issuer can earn it on a day.
    pub fn is_partners_only(&self, day: NaiveDate) -> bool {
        self.partners_only.as_ref().is_some_and(|partners| {
            partners.from.is_none_or(|from| from.last().is_some_and(|certain| certain <= day))
        })
    }

    /// Its exam as a beta, if that may be taken on a day.
    pub fn beta_on(&self, day: NaiveDate) -> Option<&Beta> {
        let has_begun = |beta: &&Beta| beta.from.and_then(Moment::first).is_some_and(|first| first <= day);
        let is_open = |beta: &&Beta| beta.until.and_then(Moment::last).is_none_or(|last| day <= last);
        self.beta.as_ref().filter(has_begun).filter(is_open)
    }

    /// Whether its exam is only a beta on a day, as far as is known.
    pub fn is_only_beta(&self, day: NaiveDate) -> bool {
        self.offer(day) == Offer::Unverified && self.beta_on(day).is_some()
    }

    /// What its exam costs on a day: the price of the beta while there is nothing else; `None` if it is not known.
    pub fn fee_on(&self, day: NaiveDate) -> Option<Fee> {
        let beta = self.beta_on(day).filter(|_| self.is_only_beta(day));
        beta.and_then(|beta| beta.fee).or(self.fee)
    }

    /// The version of the exam that replaces the one of a day within some days, with its first day.
    pub fn next_version(&self, day: NaiveDate, within_days: u64) -> Option<(&Version, NaiveDate)> {
        let soon = day.checked_add_days(Days::new(within_days))?;
        let begins = self.versions.iter().filter_map(|v| Some((v, v.from.and_then(Moment::first)?)));
        begins.filter(|(_, first)| day < *first && *first <= soon).min_by_key(|(_, first)| *first)
    }

    /// The version of the exam that is taken on a day; the newest if two are in use.
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

    /// Until when a pass on `day` is valid; `None` if that is not known.
    ///
    /// A pass is valid through the same day of the month; 29 February becomes 28.
    ///
    /// ```
    /// use badgedex_domain::catalog::{Credential, CredentialId, Expires, ValidFor, Validity};
    ///
    /// let rule = ValidFor { passed_from: None, months: 36 };
    /// let id = CredentialId::new("north-builder");
    /// let builder = Credential {
    ///     validity: Some(Validity::Months(vec![rule])),
    ///     ..Credential::new(id, "North Builder", "associate")
    /// };
    /// let expiry = builder.expiry("2024-02-29".parse().unwrap());
    /// assert_eq!(expiry, Some(Expires::On("2027-02-28".parse().unwrap())));
    /// ```
    pub fn expiry(&self, day: NaiveDate) -> Option<Expires> {
        match self.validity.as_ref()? {
            Validity::Never => Some(Expires::Never),
            validity => validity.months_on(day).map(|months| Expires::On(months_later(day, months))),
        }
    }

    /// The source of a fact, by its name in the catalog: `fee`, `minutes`, ...
    pub fn origin(&self, fact: &str) -> Option<&Origin> {
        self.origins.iter().find(|(name, _)| name == fact).map(|(_, origin)| origin)
    }

    /// Whether it is free and not proctored, so that it can be taken at any time.
    pub fn is_open_to_all(&self) -> bool {
        self.fee.is_some_and(|fee| fee.amount == Money(0)) && self.proctored == Some(false)
    }

    /// The ways to renew it without an exam that are still possible today, if it expires on a day.
    pub fn windows_without_exam(&self, expires_on: NaiveDate, today: NaiveDate) -> Vec<RenewalWindow<'_>> {
        let windows = self.renewed_without_exam.iter().filter_map(|way| way.window(expires_on));
        windows.filter(|window| window.until >= today).collect()
    }

    /// The rule by which a pass of `other` on `day` extends this one; `None` if it does not.
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
            path_by: None,
            sets: Vec::new(),
            titles: Vec::new(),
            retake: None,
            reschedule: None,
            voucher: None,
            credentials: Vec::new(),
            index: CredentialIndex::default(),
        }
    }

    /// The credential with an id.
    pub fn credential(&self, id: &CredentialId) -> Option<&Credential> {
        self.index.place(&self.credentials, id).map(|place| &self.credentials[place])
    }

    /// The tier with an id.
    pub fn tier(&self, id: &str) -> Option<&Tier> {
        self.tiers.iter().find(|t| t.id == id)
    }

    /// The role with an id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.id == id)
    }

    /// The field with an id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.id == id)
    }

    /// What a tier belongs to; `None` if the catalog lacks it.
    pub fn family_of(&self, tier: &Tier) -> Option<&Family> {
        self.families.iter().find(|f| f.id == tier.family)
    }

    /// The credentials of a tier, in the catalog's order.
    pub fn in_tier<'a>(&'a self, tier: &'a str) -> impl Iterator<Item = &'a Credential> {
        self.credentials.iter().filter(move |c| c.tier == tier)
    }

    /// The credential and what it is called today, oldest name first.
    pub fn line<'a>(&'a self, credential: &'a Credential) -> Vec<&'a Credential> {
        let mut line = vec![credential];
        let mut named = HashSet::from([&credential.id]);
        while let Some(next) =
            line.last().and_then(|last| last.successor.as_ref()).and_then(|id| self.credential(id))
        {
            if !named.insert(&next.id) {
                break;
            }
            line.push(next);
        }
        line
    }

    /// The credential's number in the collection, from 1; 0 if the catalog lacks it.
    pub fn number(&self, id: &CredentialId) -> usize {
        self.index.place(&self.credentials, id).map_or(0, |place| place + 1)
    }

    /// A credential's name without the words that many names of the catalog begin with, and without its tier:
    /// short enough for a card.
    pub fn card_name(&self, credential: &Credential) -> String {
        let tier = self.tier(&credential.tier).map_or("", |t| t.name.as_str());
        let bare = credential.name.strip_suffix(tier).unwrap_or(&credential.name);
        let words: Vec<&str> = bare.trim_end_matches([' ', '-', ':', '–']).split_whitespace().collect();
        let name: Vec<&str> = name_words(&credential.name).collect();
        let shared = |count: usize| {
            let number = |start| self.index.names_beginning_with(&self.credentials, start);
            name.get(..count).is_some_and(|start| number(start) >= MIN_SHARED_BY)
        };
        let dropped = (1..words.len()).take_while(|count| shared(*count)).count();
        words[dropped..].join(" ")
    }
}

/// Words that at least this many names begin with are left out.
const MIN_SHARED_BY: usize = 3;
