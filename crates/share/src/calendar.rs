//! The learner's dates as iCalendar (RFC 5545): exam days, expiries and renewal windows, with alarms.

mod ics;

use chrono::{Days, NaiveDate};

pub use self::ics::write;

use crate::text::date;
use badgedex_domain::catalog::{Credential, CredentialId, RenewalWindow, Version};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::exam_days::DayOfStudy;
use badgedex_domain::money::{Fee, Money};
use badgedex_domain::period::{Offer, Offered};
use badgedex_domain::record::{Booking, EXPIRING_DAYS, Holding, Record};

/// Days before an expiry on which its alarms ring. All are below the domain's [`EXPIRING_DAYS`]: on that day the
/// renewal window opens, which has an alarm of its own.
const REMIND_BEFORE: [u64; 2] = [90, 30];

/// The kind of a calendar entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    Exam,
    Expiry,
    /// The days before an expiry in which to renew.
    Window,
    /// A day's questions for an exam.
    Study,
}

impl EntryKind {
    fn category(self) -> &'static str {
        match self {
            EntryKind::Exam => "Exam",
            EntryKind::Expiry => "Expiry",
            EntryKind::Window => "Renewal",
            EntryKind::Study => "Study",
        }
    }

    /// When its alarms ring, relative to the start of its first day, always at 9:00: on the day before an exam, on
    /// the day on which a window opens, and on each day of [`REMIND_BEFORE`] for an expiry.
    /// A day of study has none.
    fn triggers(self) -> Vec<String> {
        match self {
            EntryKind::Exam => vec![days_before(1)],
            EntryKind::Window => vec!["PT9H".to_owned()],
            EntryKind::Expiry => REMIND_BEFORE.map(days_before).to_vec(),
            EntryKind::Study => Vec::new(),
        }
    }
}

/// The duration from the start of a day back to 9:00, `days` (at least 1) before it.
fn days_before(days: u64) -> String {
    match days.saturating_sub(1) {
        0 => "-PT15H".to_owned(),
        whole => format!("-P{whole}DT15H"),
    }
}

/// A day, or a span of days, in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    pub kind: EntryKind,
    /// The same in every export, so that a calendar updates its entries instead of duplicating them.
    pub uid: String,
    pub on: NaiveDate,
    /// The last day of a span.
    pub until: Option<NaiveDate>,
    pub title: String,
    pub text: String,
}

/// The calendar entries of a record, by day, then by uid.
///
/// Exams stay until their result is recorded.
pub fn entries(record: &Record, catalogs: &Catalogs, today: NaiveDate) -> Vec<CalendarEntry> {
    let exams = record.bookings().map(|(id, booking)| exam(id, booking, catalogs));
    let valid = record.holdings().filter(|holding| holding.is_valid(today));
    let terms =
        valid.filter_map(|holding| Some(Term { holding, expires: holding.expires_on()?, catalogs, today }));
    let mut entries: Vec<CalendarEntry> = exams.chain(terms.flat_map(|term| term.entries())).collect();
    entries.sort_by(|a, b| (a.on, &a.uid).cmp(&(b.on, &b.uid)));
    entries
}

/// The days of study until an exam: one entry for each that asks something, and one for each mock exam. `exam` is its
/// name.
pub fn study_entries(exam: &str, days: &[DayOfStudy], mock_exams: &[NaiveDate]) -> Vec<CalendarEntry> {
    let entry = |uid: String, on: NaiveDate, title: String| CalendarEntry {
        kind: EntryKind::Study,
        uid,
        on,
        until: None,
        title,
        text: format!("For the exam: {exam}"),
    };
    let with_questions = days.iter().filter(|day| day.questions > 0).map(|day| {
        let questions = if day.questions == 1 { "question" } else { "questions" };
        let title = format!("badgedex: {} {questions}", day.questions);
        entry(format!("study-{}@badgedex", day.on), day.on, title)
    });
    let mock_exams = mock_exams
        .iter()
        .map(|on| entry(format!("mock-exam-{on}@badgedex"), *on, "badgedex: mock exam".to_owned()));
    with_questions.chain(mock_exams).collect()
}

fn exam(id: &CredentialId, booking: &Booking, catalogs: &Catalogs) -> CalendarEntry {
    let known = catalogs.credential(id);
    let code = known.and_then(|c| code_on(c, booking.on)).map(|code| format!("Code: {code}"));
    let minutes = known.and_then(|c| c.minutes).map(|minutes| format!("Time: {minutes} minutes"));
    let end = "When it is over, tell badgedex how it went.".to_owned();
    let lines: Vec<String> =
        [code, minutes, price(booking, known), Some(end)].into_iter().flatten().collect();
    CalendarEntry {
        kind: EntryKind::Exam,
        uid: format!("exam-{id}@badgedex"),
        on: booking.on,
        until: None,
        title: format!("Exam: {}", name(id, catalogs)),
        text: lines.join("\n"),
    }
}

/// What was paid, or the fee.
fn price(booking: &Booking, known: Option<&Credential>) -> Option<String> {
    let fee = known.and_then(|c| c.fee);
    match (booking.fee.map(Money::from_units), fee) {
        (Some(amount), Some(Fee { currency, .. })) => Some(format!("Paid: {}", Fee { amount, currency })),
        (Some(amount), None) => Some(format!("Paid: {amount}")),
        (None, fee) => fee.map(|fee| format!("Fee: {fee}")),
    }
}

/// A holding that will expire, as `today` sees it.
struct Term<'a> {
    holding: &'a Holding,
    expires: NaiveDate,
    catalogs: &'a Catalogs,
    today: NaiveDate,
}

impl Term<'_> {
    /// The expiry; the renewal window, unless nothing is known to renew it.
    fn entries(&self) -> Vec<CalendarEntry> {
        let name = name(&self.holding.credential, self.catalogs);
        let opens = self.before(EXPIRING_DAYS.unsigned_abs()).max(self.holding.on).min(self.expires);
        let expiry = CalendarEntry {
            text: self.advice(self.today),
            ..self.entry(EntryKind::Expiry, "expiry", self.expires, format!("{name} expires"))
        };
        let window = CalendarEntry {
            until: Some(self.expires),
            ..self.entry(EntryKind::Window, "window", opens, format!("Renewal window: {name}"))
        };
        [expiry].into_iter().chain(self.is_renewable(opens).then_some(window)).collect()
    }

    fn entry(&self, kind: EntryKind, word: &str, on: NaiveDate, title: String) -> CalendarEntry {
        CalendarEntry {
            kind,
            uid: format!("{word}-{}-{}@badgedex", self.holding.credential, self.expires),
            on,
            until: None,
            title,
            text: self.advice(on),
        }
    }

    fn before(&self, days: u64) -> NaiveDate {
        self.expires.checked_sub_days(Days::new(days)).unwrap_or(self.expires)
    }

    fn is_renewable(&self, on: NaiveDate) -> bool {
        self.renewers(on).is_none_or(|found| !found.is_empty()) || !self.without_exam(on).is_empty()
    }

    /// What renews it without an exam on a day still to come.
    fn without_exam(&self, on: NaiveDate) -> Vec<RenewalWindow<'_>> {
        let held = self.catalogs.credential(&self.holding.credential);
        held.map_or_else(Vec::new, |held| held.windows_without_exam(self.expires, on.max(self.today)))
    }

    /// Until when it is valid, and what renews it.
    fn advice(&self, on: NaiveDate) -> String {
        let renewers = self.renewers(on);
        let lead = match renewers.as_deref() {
            None => "",
            Some([]) => "\nNo exam on offer renews it.",
            Some([_]) => "\nRenewed by passing:",
            Some(_) => "\nRenewed by passing one of:",
        };
        let listed: String = renewers.iter().flatten().map(|exam| format!("\n- {exam}")).collect();
        let others = self.without_exam(on);
        let other_lead = if others.is_empty() { "" } else { "\nRenewed without an exam by:" };
        let others: String = others.iter().map(|window| format!("\n- {}", without_exam(window))).collect();
        format!("Valid through {}.{lead}{listed}{other_lead}{others}", date(self.expires))
    }

    /// The exams that renew it and are available on a day still to come, or on the last one; `None` if no
    /// catalog knows the credential.
    fn renewers(&self, on: NaiveDate) -> Option<Vec<String>> {
        let held = self.catalogs.credential(&self.holding.credential)?;
        let from = on.max(self.today);
        let found = renewing(held, self.expires)
            .into_iter()
            .filter_map(|id| self.catalogs.credential(id))
            .filter(|c| may_be_had(&c.offered, from) || may_be_had(&c.offered, self.expires))
            .map(|c| with_facts(c, from, self.expires));
        Some(found.collect())
    }
}

/// What renews a credential by then: its own exam unless the catalog says otherwise.
fn renewing(held: &Credential, by: NaiveDate) -> Vec<&CredentialId> {
    match &held.renewed_by {
        None => vec![&held.id],
        Some(ways) => {
            let begun = ways.iter().filter(|way| way.from.is_none_or(|first| first <= by));
            begun.map(|way| &way.credential).collect()
        }
    }
}

/// An exam's name with its code (and the code on `by` if that differs), its fee, and its last day if that is
/// before `by`.
fn with_facts(credential: &Credential, on: NaiveDate, by: NaiveDate) -> String {
    let last = credential.offered.last_sure().filter(|last| *last < by);
    let code = code_on(credential, on);
    let later = code_on(credential, by).filter(|later| code.is_some_and(|code| code != *later));
    let facts: Vec<String> = [
        code.map(str::to_owned),
        later.map(|later| format!("later {later}")),
        credential.fee.map(|fee| fee.to_string()),
        last.map(|last| format!("until {}", date(last))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if facts.is_empty() {
        credential.name.clone()
    } else {
        format!("{} ({})", credential.name, facts.join(", "))
    }
}

/// "AWS Cloud Quest (free), from 15 July 2026 to 10 January 2027: Finish the game online."
fn without_exam(window: &RenewalWindow) -> String {
    let RenewalWindow { way, from, until } = window;
    let fee = match way.fee {
        Some(Fee { amount: Money(0), .. }) => " (free)".to_owned(),
        Some(fee) => format!(" ({fee})"),
        None => String::new(),
    };
    let from = from.map_or_else(String::new, |from| format!(" from {}", date(from)));
    format!("{}{fee},{from} until {}: {}", way.name, date(*until), way.effort)
}

/// The exam's code on a day: that of the latest version that has begun, else of the only possible version.
fn code_on(credential: &Credential, day: NaiveDate) -> Option<&str> {
    let offered = |v: &Version| Offered { from: v.from, until: v.until, ..Offered::default() };
    let possible: Vec<&Version> =
        credential.versions.iter().filter(|v| may_be_had(&offered(v), day)).collect();
    let begun = possible.iter().rev().find(|v| v.from.is_some());
    match (begun, &possible[..]) {
        (Some(version), _) | (None, [version]) => Some(&version.code),
        _ => credential
            .code
            .as_deref()
            .filter(|code| credential.versions.is_empty() || possible.iter().any(|v| v.code == *code)),
    }
}

/// On offer, or at least not known to be retired or only announced.
fn may_be_had(offered: &Offered, day: NaiveDate) -> bool {
    matches!(offered.on(day), Offer::OnOffer | Offer::Unverified)
}

fn name<'a>(id: &'a CredentialId, catalogs: &'a Catalogs) -> &'a str {
    catalogs.credential(id).map_or(id.as_str(), |c| c.name.as_str())
}

#[cfg(test)]
mod tests;
