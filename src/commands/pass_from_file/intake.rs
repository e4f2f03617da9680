//! What becomes of the badges of a file: ready to be recorded, known already, or left out. No input, no output,
//! no words.

use chrono::NaiveDate;

use badgedex_domain::catalog::{Credential, Expires, Validity};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::journal::Passed;
use badgedex_domain::period::Offer;
use badgedex_domain::record::Record;
use badgedex_proofs::{self, Badge, BadgeExpiry, BadgeFile, BadgeWarning, MergedBadge, Recognition};

/// At most this many credentials with a similar name are named.
const MAX_NEAREST: usize = 2;

/// A file's badges, sorted by what becomes of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Intake {
    pub ready: Vec<ReadyBadge>,
    /// Names of those that are in the collection already, with the same dates or later ones.
    pub known: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

/// A badge that is a credential, and can be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadyBadge {
    pub name: String,
    pub passed: Passed,
    /// What is good to know, though nothing is to be decided.
    pub remarks: Vec<BadgeRemark>,
    /// What only the learner can settle.
    pub open: Vec<OpenQuestion>,
}

/// What is told about a badge.
#[derive(Debug, Clone, PartialEq)]
pub enum BadgeRemark {
    /// What the reader noticed.
    FromFile(BadgeWarning),
    /// It is in the file this many times.
    Repeated(usize),
}

/// Why a badge is not recorded without asking.
#[derive(Debug, Clone, PartialEq)]
pub enum OpenQuestion {
    /// What the reader noticed.
    FromFile(BadgeWarning),
    /// The credential was not offered yet on that day.
    NotYetOffered(NaiveDate),
    NoLongerOffered(NaiveDate),
}

/// A badge that is not recorded: its name, or its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    pub name: String,
    pub why: WhyLeftOut,
}

/// Why a badge is not recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum WhyLeftOut {
    /// What the reader says about it.
    Unreadable(String),
    Unnamed(Vec<BadgeWarning>),
    /// It is another kind of badge, as the recognition says.
    NotACredential(String),
    /// No catalog has it; the names of those that are nearest.
    InNoCatalog(Vec<String>),
    Undated(Vec<BadgeWarning>),
    /// Its day is after today.
    StillToCome(NaiveDate),
    /// Nobody agreed to it.
    NotAgreed,
    /// It has an open question that nobody answered.
    Unanswered,
}

impl Intake {
    /// Sorts the badges of a file.
    pub fn of(reading: BadgeFile, catalogs: &Catalogs, record: &Record, today: NaiveDate) -> Intake {
        let mut intake = Intake::default();
        for merged in badgedex_proofs::merge_duplicates(reading.badges) {
            intake.sort(merged, catalogs, record, today);
        }
        let unreadable = reading.errors.into_iter();
        intake.left_out.extend(
            unreadable.map(|fault| LeftOut { name: fault.place, why: WhyLeftOut::Unreadable(fault.problem) }),
        );
        intake
    }

    /// Moves badges to those that are left out.
    pub fn leave_out(&mut self, badges: Vec<ReadyBadge>, why: &WhyLeftOut) {
        self.left_out.extend(badges.into_iter().map(|badge| LeftOut { name: badge.name, why: why.clone() }));
    }

    fn sort(&mut self, merged: MergedBadge, catalogs: &Catalogs, record: &Record, today: NaiveDate) {
        let MergedBadge { badge: found, duplicates: earlier } = merged;
        let name = found.name.clone().unwrap_or_else(|| found.place.clone());
        let why = if found.name.is_none() && found.slug.is_none() {
            WhyLeftOut::Unnamed(found.warnings)
        } else {
            match badgedex_proofs::recognize(&found, catalogs) {
                Recognition::NotACredential(because) => WhyLeftOut::NotACredential(because.to_string()),
                Recognition::Unknown { nearest } => {
                    let nearest = nearest.iter().take(MAX_NEAREST).map(|c| c.name.clone());
                    WhyLeftOut::InNoCatalog(nearest.collect())
                }
                Recognition::Known(credential) => match found.on {
                    None => WhyLeftOut::Undated(found.warnings),
                    Some(on) if on > today => WhyLeftOut::StillToCome(on),
                    Some(on) => return self.take(&found, 1 + earlier.len(), credential, on, record),
                },
            }
        };
        self.left_out.push(LeftOut { name, why });
    }

    /// Takes a badge of a credential, which is in the file this many `times`.
    fn take(&mut self, found: &Badge, times: usize, credential: &Credential, on: NaiveDate, record: &Record) {
        let (name, expires) = (credential.name.clone(), expires(found.expires, credential));
        let passed = Passed { expires, proof: found.proof.clone(), ..Passed::new(credential.id.clone(), on) };
        if record.knows(&passed) || record.holding(&credential.id).is_some_and(|h| h.on > on) {
            self.known.push(name);
            return;
        }
        let (asking, telling): (Vec<_>, Vec<_>) =
            found.warnings.iter().cloned().partition(|doubt| doubt.needs_decision());
        let mut open: Vec<OpenQuestion> = asking.into_iter().map(OpenQuestion::FromFile).collect();
        match credential.offer(on) {
            Offer::Announced => open.push(OpenQuestion::NotYetOffered(on)),
            Offer::Retired => open.push(OpenQuestion::NoLongerOffered(on)),
            Offer::OnOffer | Offer::Unverified => {}
        }
        let mut remarks: Vec<BadgeRemark> = telling.into_iter().map(BadgeRemark::FromFile).collect();
        if times > 1 {
            remarks.push(BadgeRemark::Repeated(times));
        }
        self.ready.push(ReadyBadge { name, passed, remarks, open });
    }
}

/// The expiry that is recorded; `None` leaves it to the catalog's rule.
fn expires(found: BadgeExpiry, credential: &Credential) -> Option<Expires> {
    match found {
        // Credly leaves the day out also if the issuer names none: the catalog's rule says more.
        BadgeExpiry::Never if matches!(credential.validity, Some(Validity::Months(_))) => None,
        BadgeExpiry::Never => Some(Expires::Never),
        BadgeExpiry::On(day) => Some(Expires::On(day)),
        BadgeExpiry::NotStated => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::json::json;
    use serde_json::Value;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A badge as Credly writes it.
    fn badge(name: &str, on: Option<&str>) -> Value {
        json!({ "badge_template": { "name": name }, "issued_at_date": on, "state": "accepted" })
    }

    fn intake(badges: &[Value]) -> Intake {
        let today = day("2026-11-23");
        let library = badgedex_packs::load(&[], today).library;
        let file = badgedex_proofs::read(json!({ "data": badges }).to_string().as_bytes()).unwrap();
        Intake::of(file, library.catalogs(), &Record::default(), today)
    }

    #[test]
    fn a_badge_of_a_credential_is_ready_and_one_from_tomorrow_is_still_to_come() {
        let name = "AWS Certified Cloud Practitioner";
        let ready = intake(&[badge(name, Some("2026-11-23"))]).ready;
        assert_eq!((ready.len(), ready[0].passed.on, &ready[0].open[..]), (1, day("2026-11-23"), &[][..]));
        let left_out = intake(&[badge(name, Some("2026-11-24"))]).left_out;
        assert_eq!(left_out[0].why, WhyLeftOut::StillToCome(day("2026-11-24")));
    }

    #[test]
    fn a_badge_twice_in_a_file_is_ready_once_and_that_is_told() {
        let one = badge("AWS Certified Cloud Practitioner", Some("2026-11-20"));
        let ready = intake(&[one.clone(), one]).ready;
        assert_eq!((ready.len(), &ready[0].remarks[..]), (1, &[BadgeRemark::Repeated(2)][..]));
    }

    #[test]
    fn a_pass_before_the_exam_was_offered_is_asked_about() {
        let ready = intake(&[badge("AWS Certified AI Practitioner", Some("2020-01-15"))]).ready;
        assert_eq!(ready[0].open, [OpenQuestion::NotYetOffered(day("2020-01-15"))]);
    }

    #[test]
    fn what_no_catalog_has_and_what_has_no_day_is_left_out() {
        let unknown = intake(&[badge("Certified Basket Weaver", Some("2026-11-20"))]);
        assert!(matches!(unknown.left_out[0].why, WhyLeftOut::InNoCatalog(_)));
        let undated = intake(&[badge("AWS Certified Cloud Practitioner", None)]);
        assert!(matches!(undated.left_out[0].why, WhyLeftOut::Undated(_)));
    }
}
