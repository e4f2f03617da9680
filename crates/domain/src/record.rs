//! What the learner holds, has booked, has skipped and has set aside: the journal, except for answers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, FixedOffset, NaiveDate};

use super::catalog::{Catalog, Credential, CredentialId, Expires, Renewal};
use super::catalogs::Catalogs;
use super::journal::{DayPrecision, Deed, Event, Passed};
use super::library::Library;
use super::period::PartialDate;
use super::question::{Question, QuestionId};

/// A holding is expiring if at most this many days are left, the last valid day included.
pub const EXPIRING_DAYS: i64 = 180;

/// A credential that the learner has, with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// What was passed.
    pub credential: CredentialId,
    /// The day of the last pass, or the first day that it can be: see `precision`.
    pub on: NaiveDate,
    /// How exactly that day is known.
    pub precision: DayPrecision,
    /// `None` if neither the person nor the catalog says.
    pub expires: Option<Expires>,
    /// The number or address of a certificate.
    pub proof: Option<String>,
}

/// An exam that is booked.
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    /// The day of the exam.
    pub on: NaiveDate,
    /// Paid, in the currency of the credential's fee.
    pub fee: Option<f64>,
    /// Where: a test centre, or "online".
    pub place: Option<String>,
    /// When it was booked.
    made: DateTime<FixedOffset>,
}

/// The state of a credential for the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not held, and an exam is booked.
    Scheduled,
    /// Held and valid for longer than [`EXPIRING_DAYS`].
    Held,
    /// Held, with at most [`EXPIRING_DAYS`] left.
    Expiring,
    /// Held once, no longer valid.
    Expired,
}

impl Standing {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Scheduled => "scheduled",
            Standing::Held => "held",
            Standing::Expiring => "expiring",
            Standing::Expired => "expired",
        }
    }
}

impl Holding {
    /// When it was passed, as exactly as that is known.
    pub fn passed_on(&self) -> Option<PartialDate> {
        self.precision.of(self.on)
    }

    /// Whether the day of the pass is missing.
    pub fn is_incomplete(&self) -> bool {
        self.precision != DayPrecision::Day
    }

    /// Whether it is valid on a day.
    pub fn is_valid(&self, today: NaiveDate) -> bool {
        self.days_left(today).is_none_or(|days| days >= 0)
    }

    /// Days from today to the last valid one, negative if it has expired; `None` if it never expires or the expiry
    /// is not known.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.expires_on().map(|day| (day - today).num_days())
    }

    /// The last valid day; `None` if it never expires or the expiry is not known.
    pub fn expires_on(&self) -> Option<NaiveDate> {
        match self.expires {
            Some(Expires::On(day)) => Some(day),
            Some(Expires::Never) | None => None,
        }
    }

    /// Held, expiring or expired.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        match self.days_left(today) {
            Some(days) if days < 0 => Standing::Expired,
            Some(days) if days <= EXPIRING_DAYS => Standing::Expiring,
            Some(_) | None => Standing::Held,
        }
    }
}

/// A learner's mark on a question. It stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Why, in the learner's words.
    pub why: Option<String>,
    /// When it was set.
    pub at: DateTime<FixedOffset>,
}

/// What the last event on a question says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Latest<T> {
    /// Its place in the journal's order: there may be another event under an earlier id of the question.
    place: usize,
    says: T,
}

/// What the last events on questions say, under the ids that the questions had then.
type LatestOf<T> = BTreeMap<QuestionId, Latest<T>>;

/// What follows from the journal, except for answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// The passes of each credential since it was last dropped, in the journal's order.
    passes: BTreeMap<CredentialId, Vec<Passed>>,
    holdings: BTreeMap<CredentialId, Holding>,
    bookings: BTreeMap<CredentialId, Booking>,
    skipped: BTreeSet<CredentialId>,
    /// Whether a question is set aside.
    suspensions: LatestOf<bool>,
    /// `None`: the flag was taken away.
    flags: LatestOf<Option<Flag>>,
    /// `None`: the note was removed.
    notes: LatestOf<Option<String>>,
    /// The last fail of each credential, and the first one.
    fails: BTreeMap<CredentialId, NaiveDate>,
    first_fails: BTreeMap<CredentialId, NaiveDate>,
}

impl Record {
    /// Folds events that are in the journal's order, without retracted ones; see [`effective`](crate::journal::effective).
    pub fn of(events: &[Event], catalogs: &Catalogs) -> Record {
        let mut record = Record::default();
        for (place, event) in events.iter().enumerate() {
            record.add(event, place);
        }
        record.holdings = holdings(&record.passes, catalogs);
        record
    }

    fn add(&mut self, event: &Event, place: usize) {
        match &event.deed {
            Deed::Passed(passed) => {
                self.passes.entry(passed.credential.clone()).or_default().push(passed.clone());
                self.close_booking(&passed.credential, passed.on);
            }
            Deed::Dropped { credential } => {
                self.passes.remove(credential);
            }
            Deed::Failed { credential, on, score: _ } => {
                let on = on.unwrap_or_else(|| event.at.date_naive());
                if self.booking(credential).is_some_and(|b| on >= b.on) {
                    self.bookings.remove(credential);
                }
                let last = self.fails.entry(credential.clone()).or_insert(on);
                *last = on.max(*last);
                let first = self.first_fails.entry(credential.clone()).or_insert(on);
                *first = on.min(*first);
            }
            Deed::Scheduled(scheduled) => {
                let place = scheduled.place.clone();
                let booking = Booking { on: scheduled.on, fee: scheduled.fee, place, made: event.at };
                self.bookings.insert(scheduled.credential.clone(), booking);
            }
            Deed::Moved { credential, on } => {
                if let Some(booking) = self.bookings.get_mut(credential) {
                    booking.on = *on;
                }
            }
            Deed::Unscheduled { credential } => {
                self.bookings.remove(credential);
            }
            Deed::Skipped { credential } => {
                self.skipped.insert(credential.clone());
            }
            Deed::Unskipped { credential } => {
                self.skipped.remove(credential);
            }
            Deed::Suspended { question } => {
                self.suspensions.insert(question.clone(), Latest { place, says: true });
            }
            Deed::Resumed { question } => {
                self.suspensions.insert(question.clone(), Latest { place, says: false });
            }
            Deed::Flagged { question, why } => {
                let flag = Flag { why: nonempty(why.as_deref()), at: event.at };
                self.flags.insert(question.clone(), Latest { place, says: Some(flag) });
            }
            Deed::Unflagged { question } => {
                self.flags.insert(question.clone(), Latest { place, says: None });
            }
            Deed::Noted { question, text } => {
                self.notes.insert(question.clone(), Latest { place, says: nonempty(text.as_deref()) });
            }
            Deed::Answered(_) | Deed::Set { .. } | Deed::Tuned { .. } => {}
            Deed::ExamStarted(_) | Deed::ExamMarked(_) | Deed::ExamFinished { .. } => {}
            Deed::ExamPaused { .. } | Deed::ExamResumed { .. } => {}
            Deed::Retracted { .. } | Deed::Unknown { .. } => {}
        }
    }

    /// Removes the booking of an exam that was taken. An old pass that is recorded later leaves
    /// the booking of the next exam in place.
    fn close_booking(&mut self, credential: &CredentialId, on: NaiveDate) {
        let meant = |b: &Booking| on >= b.made.date_naive() || on >= b.on;
        if self.bookings.get(credential).is_some_and(meant) {
            self.bookings.remove(credential);
        }
    }

    /// The pass of a credential, valid or not.
    pub fn holding(&self, id: &CredentialId) -> Option<&Holding> {
        self.holdings.get(id)
    }

    /// Whether this pass was recorded already; an expiry or proof that it lacks is not compared.
    pub fn knows(&self, pass: &Passed) -> bool {
        let same = |known: &Passed| {
            known.on == pass.on
                && (pass.expires.is_none() || known.expires == pass.expires)
                && (pass.proof.is_none() || known.proof == pass.proof)
        };
        self.passes.get(&pass.credential).is_some_and(|all| all.iter().any(same))
    }

    /// All passes, valid or not.
    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.holdings.values()
    }

    /// Whether a credential is held and valid on a day.
    pub fn holds(&self, id: &CredentialId, today: NaiveDate) -> bool {
        self.holding(id).is_some_and(|h| h.is_valid(today))
    }

    /// The booked exam of a credential; its day may be past.
    pub fn booking(&self, id: &CredentialId) -> Option<&Booking> {
        self.bookings.get(id)
    }

    /// All booked exams, past ones included.
    pub fn bookings(&self) -> impl Iterator<Item = (&CredentialId, &Booking)> {
        self.bookings.iter()
    }

    /// The booking of a credential, today or later.
    pub fn upcoming(&self, id: &CredentialId, today: NaiveDate) -> Option<&Booking> {
        self.booking(id).filter(|b| b.on >= today)
    }

    /// The next booked exam, today's included.
    pub fn next_exam(&self, today: NaiveDate) -> Option<(&CredentialId, &Booking)> {
        self.bookings().filter(|(_, b)| b.on >= today).min_by_key(|(_, b)| b.on)
    }

    /// Booked exams up to today whose result was not recorded, the oldest first.
    pub fn unreported(&self, today: NaiveDate) -> Vec<(&CredentialId, &Booking)> {
        let mut past: Vec<_> = self.bookings.iter().filter(|(_, b)| b.on <= today).collect();
        past.sort_by_key(|(_, b)| b.on);
        past
    }

    /// What was held on a day: the passes up to it, regardless of when they were recorded.
    pub fn up_to(&self, day: NaiveDate, catalogs: &Catalogs) -> Record {
        let until = |passes: &Vec<Passed>| passes.iter().filter(|p| p.on <= day).cloned().collect::<Vec<_>>();
        let passes: BTreeMap<_, _> = self.passes.iter().map(|(id, all)| (id.clone(), until(all))).collect();
        let passes = passes.into_iter().filter(|(_, all)| !all.is_empty()).collect();
        Record { holdings: holdings(&passes, catalogs), passes, ..Record::default() }
    }

    /// The days up to today on which a known credential was passed, the earliest first.
    pub fn pass_days(&self, catalogs: &Catalogs, today: NaiveDate) -> BTreeSet<NaiveDate> {
        let known = self.passes.iter().filter(|(id, _)| catalogs.credential(id).is_some());
        known
            .flat_map(|(_, all)| all)
            .filter(|p| has_day(p))
            .map(|p| p.on)
            .filter(|on| *on <= today)
            .collect()
    }

    /// The first day on which a credential was passed, as far as it is known.
    pub fn first_passed(&self, id: &CredentialId) -> Option<NaiveDate> {
        self.passes.get(id)?.iter().filter(|p| has_day(p)).map(|p| p.on).min()
    }

    /// The first day on which an exam was passed that had been failed before.
    pub fn passed_after_failing(&self, today: NaiveDate) -> Option<NaiveDate> {
        let failed = |p: &&Passed| self.first_fails.get(&p.credential).is_some_and(|fail| *fail < p.on);
        let days = self.passes.values().flatten().filter(failed).map(|p| p.on);
        days.filter(|on| *on <= today).min()
    }

    /// The first day on which something was passed again while it was still valid.
    pub fn renewed_in_time(&self, catalogs: &Catalogs, today: NaiveDate) -> Option<NaiveDate> {
        let expires =
            |p: &Passed| match p.expires.or_else(|| catalogs.credential(&p.credential)?.expiry(p.on)) {
                Some(Expires::On(day)) => Some(day),
                Some(Expires::Never) | None => None,
            };
        let first_of = |all: &Vec<Passed>| {
            let mut all: Vec<&Passed> = all.iter().collect();
            all.sort_by_key(|p| p.on);
            let renewed = all.windows(2).filter(|pair| {
                pair[0].on < pair[1].on && expires(pair[0]).is_some_and(|until| pair[1].on <= until)
            });
            renewed.map(|pair| pair[1].on).min()
        };
        self.passes.values().filter_map(first_of).filter(|on| *on <= today).min()
    }

    /// The same record after one more pass.
    pub fn with_pass(&self, id: &CredentialId, on: NaiveDate, catalogs: &Catalogs) -> Record {
        let mut other = self.clone();
        let passed = Passed::new(id.clone(), on);
        other.passes.entry(id.clone()).or_default().push(passed);
        other.bookings.remove(id);
        other.holdings = holdings(&other.passes, catalogs);
        other
    }

    /// The same record as if what is valid on `day` never expired, except for some credentials.
    pub fn lasting(&self, day: NaiveDate, except: &[&CredentialId]) -> Record {
        let mut other = self.clone();
        for holding in other.holdings.values_mut() {
            if holding.is_valid(day) && !except.contains(&&holding.credential) {
                holding.expires = Some(Expires::Never);
            }
        }
        other
    }

    /// Whether the learner does not want a credential.
    pub fn has_skipped(&self, id: &CredentialId) -> bool {
        self.skipped.contains(id)
    }

    /// What the learner does not want.
    pub fn skipped(&self) -> impl Iterator<Item = &CredentialId> {
        self.skipped.iter()
    }

    /// The same record with one more skipped credential.
    pub fn with_skip(&self, id: &CredentialId) -> Record {
        let mut other = self.clone();
        other.skipped.insert(id.clone());
        other
    }

    /// Whether a question is set aside, under its id of today or an earlier one.
    pub fn is_suspended(&self, question: &Question) -> bool {
        latest(&self.suspensions, question).is_some_and(|is_suspended| *is_suspended)
    }

    /// The ids of questions that are set aside, as they were then.
    pub fn suspended(&self) -> impl Iterator<Item = &QuestionId> {
        self.suspensions.iter().filter(|(_, event)| event.says).map(|(id, _)| id)
    }

    /// The flag of a question, under its id of today or an earlier one; `None` if it is not flagged.
    pub fn flag(&self, question: &Question) -> Option<&Flag> {
        latest(&self.flags, question)?.as_ref()
    }

    /// The learner's note on a question, under its id of today or an earlier one.
    pub fn note(&self, question: &Question) -> Option<&str> {
        latest(&self.notes, question)?.as_deref()
    }

    /// All flags with the questions' present ids, the newest first. Questions that no pack has any more keep theirs.
    pub fn flags(&self, library: &Library) -> Vec<(QuestionId, &Flag)> {
        let mut by_question: BTreeMap<&QuestionId, &Latest<Option<Flag>>> = BTreeMap::new();
        for (id, event) in &self.flags {
            let newest = by_question.entry(library.current_id(id)).or_insert(event);
            if newest.place < event.place {
                *newest = event;
            }
        }
        let mut flags: Vec<(usize, QuestionId, &Flag)> = by_question
            .into_iter()
            .filter_map(|(id, event)| Some((event.place, id.clone(), event.says.as_ref()?)))
            .collect();
        flags.sort_by_key(|(place, ..)| Reverse(*place));
        flags.into_iter().map(|(_, id, flag)| (id, flag)).collect()
    }

    /// The day of the last failed exam; `None` if it was passed later.
    pub fn last_fail(&self, id: &CredentialId) -> Option<NaiveDate> {
        let failed = self.fails.get(id).copied()?;
        self.holding(id).is_none_or(|h| h.on < failed).then_some(failed)
    }

    /// The first day of another try after the last failed one; `None` if it is possible today, or the wait is not
    /// known.
    pub fn retake_from(&self, catalog: &Catalog, id: &CredentialId, today: NaiveDate) -> Option<NaiveDate> {
        let wait = catalog.retake.as_ref()?.after_days;
        let again = self.last_fail(id)?.checked_add_days(Days::new(u64::from(wait)))?;
        (again > today).then_some(again)
    }

    /// The state of a credential: held or expiring before scheduled before expired. `None` if nothing applies.
    pub fn standing(&self, id: &CredentialId, today: NaiveDate) -> Option<Standing> {
        let held = self.holding(id).map(|h| h.standing(today));
        let scheduled = self.upcoming(id, today).map(|_| Standing::Scheduled);
        match held {
            Some(Standing::Held | Standing::Expiring) => held,
            Some(Standing::Expired | Standing::Scheduled) | None => scheduled.or(held),
        }
    }
}

/// What the last event on a question says, under its id of today or an earlier one.
fn latest<'a, T>(events: &'a LatestOf<T>, question: &Question) -> Option<&'a T> {
    let of_question = [&question.id].into_iter().chain(&question.was).filter_map(|id| events.get(id));
    of_question.max_by_key(|event| event.place).map(|event| &event.says)
}

/// A text without blanks around it; `None` if nothing is left.
fn nonempty(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The holdings that passes amount to: of each credential the last recorded pass, extended by later passes of
/// exams that renew it.
fn holdings(
    passes: &BTreeMap<CredentialId, Vec<Passed>>,
    catalogs: &Catalogs,
) -> BTreeMap<CredentialId, Holding> {
    let last = passes.values().filter_map(|all| all.last());
    let mut held: BTreeMap<CredentialId, Holding> =
        last.map(|p| (p.credential.clone(), holding(p, catalogs))).collect();
    // What a pass of each exam may extend: not every pass is compared with every holding.
    let mut extended_by: BTreeMap<&CredentialId, Vec<&Credential>> = BTreeMap::new();
    for credential in held.keys().filter_map(|id| catalogs.credential(id)) {
        for way in credential.renewed_by.iter().flatten() {
            extended_by.entry(&way.credential).or_default().push(credential);
        }
    }
    let mut by_day: Vec<&Passed> = passes.values().flatten().collect();
    by_day.sort_by_key(|p| (p.on, &p.credential));
    for passed in by_day {
        for credential in extended_by.get(&passed.credential).into_iter().flatten() {
            if let Some(holding) = held.get_mut(&credential.id) {
                renew(holding, credential, passed);
            }
        }
    }
    held
}

/// Whether something is known of the day of a pass.
fn has_day(passed: &Passed) -> bool {
    passed.precision != DayPrecision::Unknown
}

fn holding(passed: &Passed, catalogs: &Catalogs) -> Holding {
    let by_catalog = || {
        let credential = catalogs.credential(&passed.credential)?;
        let when = passed.precision.of(passed.on)?;
        let (first, last) = (credential.expiry(when.first()), credential.expiry(when.last()));
        // A month or a year leaves the last valid day open.
        first.filter(|first| Some(*first) == last)
    };
    Holding {
        credential: passed.credential.clone(),
        on: passed.on,
        precision: passed.precision,
        expires: passed.expires.or_else(by_catalog),
        proof: passed.proof.clone(),
    }
}

/// A pass of another exam, on a later day, extends what it renews.
fn renew(holding: &mut Holding, credential: &Credential, passed: &Passed) {
    if passed.credential == holding.credential || passed.on < holding.on {
        return;
    }
    let Some(Renewal { also_when_expired, .. }) = credential.renewal_by(&passed.credential, passed.on) else {
        return;
    };
    if !also_when_expired && !holding.is_valid(passed.on) {
        return;
    }
    if let (Some(old), Some(Expires::On(new))) = (holding.expires_on(), credential.expiry(passed.on)) {
        holding.expires = Some(Expires::On(old.max(new)));
    }
}

#[cfg(test)]
mod tests;
