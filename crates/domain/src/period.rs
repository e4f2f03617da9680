//! Dates as precisely as sources know them: a day, a month, a year, or a span.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Months for which a credential counts as on offer after the last day on which a source saw it.
const CONFIRMED_FOR_MONTHS: u32 = 36;

/// A date that may lack its day or its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartialDate {
    /// An exact day.
    Day(NaiveDate),
    /// The first day of the month.
    Month(NaiveDate),
    /// The first day of the year.
    Year(NaiveDate),
}

impl PartialDate {
    /// The first day that it can mean.
    pub fn first(self) -> NaiveDate {
        match self {
            PartialDate::Day(day) | PartialDate::Month(day) | PartialDate::Year(day) => day,
        }
    }

    /// The last day that it can mean.
    pub fn last(self) -> NaiveDate {
        match self {
            PartialDate::Day(day) => day,
            PartialDate::Month(first) => last_day_before(first, 1),
            PartialDate::Year(first) => last_day_before(first, 12),
        }
    }
}

/// The last day of a span of whole months that starts on `first`.
fn last_day_before(first: NaiveDate, months: u32) -> NaiveDate {
    months_later(first, months).checked_sub_days(Days::new(1)).unwrap_or(first)
}

/// The text is not an existing date of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date: write YYYY-MM-DD, YYYY-MM or YYYY")]
pub struct InvalidDate(pub String);

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        let shaped = text.chars().all(|c| c.is_ascii_digit() || c == '-');
        match text.len() {
            10 if shaped => day(text).map(PartialDate::Day),
            7 if shaped => day(&format!("{text}-01")).map(PartialDate::Month),
            4 if shaped => day(&format!("{text}-01-01")).map(PartialDate::Year),
            _ => None,
        }
        .ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Day(day) => write!(f, "{day}"),
            PartialDate::Month(day) => write!(f, "{}-{:02}", day.year(), day.month()),
            PartialDate::Year(day) => write!(f, "{}", day.year()),
        }
    }
}

/// When something began or ended, as precisely as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// On this day, in this month or in this year.
    At(PartialDate),
    /// Not yet on `after`, certainly by `by`; either may be unknown.
    Between {
        /// It had not happened on this day.
        after: Option<PartialDate>,
        /// It had happened by this day.
        by: Option<PartialDate>,
    },
}

impl Moment {
    /// The first day that it can mean; for a span the day after `after`. `None` if that is unknown.
    pub fn first(self) -> Option<NaiveDate> {
        match self {
            Moment::At(date) => Some(date.first()),
            Moment::Between { after, .. } => after.and_then(|a| a.last().succ_opt()),
        }
    }

    /// The last day that it can mean.
    pub fn last(self) -> Option<NaiveDate> {
        match self {
            Moment::At(date) => Some(date.last()),
            Moment::Between { by, .. } => by.map(PartialDate::last),
        }
    }
}

/// Whether something is offered on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Not yet on offer.
    Announced,
    /// It can be earned.
    OnOffer,
    /// No source confirms or denies it for this day.
    Unverified,
    /// No longer on offer.
    Retired,
}

impl Offer {
    /// Whether it is on offer; `None` if that is unverified.
    pub fn known(self) -> Option<bool> {
        match self {
            Offer::OnOffer => Some(true),
            Offer::Announced | Offer::Retired => Some(false),
            Offer::Unverified => None,
        }
    }
}

/// The time in which a credential can be earned, with its source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Offered {
    /// When it is first on offer; `None` if that is not known.
    pub from: Option<Moment>,
    /// The last day; `None` if no end is known.
    pub until: Option<Moment>,
    /// The last day on which a source saw it on offer.
    pub seen: Option<PartialDate>,
    /// The day on which the source was read.
    pub checked: Option<NaiveDate>,
    /// The address of the source.
    pub source: Option<String>,
}

impl Offered {
    /// Whether it can be earned on `today`.
    pub fn on(&self, today: NaiveDate) -> Offer {
        let seen = self.seen.map(PartialDate::first);
        let (possible, certain) = self.beginning();
        if self.last_possible().is_some_and(|last| last < today) {
            return Offer::Retired;
        }
        if possible.is_some_and(|first| today < first) {
            return Offer::Announced;
        }
        let known_since = certain.into_iter().chain(seen).min();
        if known_since.is_none_or(|first| today < first) {
            return Offer::Unverified;
        }
        let sure_until = match self.until {
            Some(_) => self.last_sure(),
            None => certain.into_iter().chain(seen).max().map(|day| months_later(day, CONFIRMED_FOR_MONTHS)),
        };
        if sure_until.is_some_and(|last| today <= last) { Offer::OnOffer } else { Offer::Unverified }
    }

    /// The first day on which it may have been on offer, and the first on which it certainly was.
    fn beginning(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.from.and_then(Moment::first), self.from.and_then(Moment::last))
    }

    /// The last day on which it may still be on offer; `None` if no end is known.
    pub fn last_possible(&self) -> Option<NaiveDate> {
        self.until?.last()
    }

    /// The last day on which it is certainly on offer; `None` if no end is known.
    pub fn last_sure(&self) -> Option<NaiveDate> {
        match self.until? {
            Moment::At(date) => Some(date.first()),
            Moment::Between { after, .. } => after.map(PartialDate::first),
        }
    }

    /// The days on which the answer of [`Offered::on`] may change.
    pub fn change_days(&self) -> Vec<NaiveDate> {
        let (possible, certain) = self.beginning();
        let ends = [self.last_sure(), self.last_possible()];
        let after = ends.into_iter().flatten().filter_map(|day| day.succ_opt());
        possible.into_iter().chain(certain).chain(after).collect()
    }
}

/// The same day of the month, `months` later; 29 February becomes 28.
///
/// A date beyond the calendar becomes its last day.
pub fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Option<Moment> {
        Some(Moment::At(text.parse().unwrap()))
    }

    fn between(after: &str, by: &str) -> Option<Moment> {
        let date = |text: &str| text.parse().ok();
        Some(Moment::Between { after: date(after), by: date(by) })
    }

    #[test]
    fn a_partial_date_knows_its_first_and_last_day() {
        for (text, first, last) in [
            ("2024-02-29", "2024-02-29", "2024-02-29"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023", "2023-01-01", "2023-12-31"),
        ] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!((date.first(), date.last()), (day(first), day(last)));
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "20", "2023-13", "2023-02-29", "2023/02/01", "+2023-01"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_29th_of_february_becomes_the_28th() {
        assert_eq!(months_later(day("2024-02-29"), 36), day("2027-02-28"));
        assert_eq!(months_later(day("2024-03-31"), 6), day("2024-09-30"));
        assert_eq!(months_later(day("2024-03-14"), 36), day("2027-03-14"));
    }

    #[test]
    fn an_offer_is_a_function_of_the_day() {
        let cases = [
            // from, until, seen, day, expected
            (at("2020-04-06"), at("2024-04-30"), "", "2020-04-05", Offer::Announced),
            (at("2020-04-06"), at("2024-04-30"), "", "2020-04-06", Offer::OnOffer),
            (at("2020-04-06"), at("2024-04-30"), "", "2024-04-30", Offer::OnOffer),
            (at("2020-04-06"), at("2024-04-30"), "", "2024-05-01", Offer::Retired),
            (at("2019-03"), at("2021-03"), "", "2019-03-15", Offer::Unverified),
            (at("2019-03"), at("2021-03"), "", "2021-03-01", Offer::OnOffer),
            (at("2019-03"), at("2021-03"), "", "2021-03-02", Offer::Unverified),
            (at("2019-03"), at("2021-03"), "", "2021-04-01", Offer::Retired),
            (between("2013-04-30", "2016"), None, "2026-09-20", "2013-04-30", Offer::Announced),
            (between("2013-04-30", "2016"), None, "2026-09-20", "2013-05-01", Offer::Unverified),
            (between("2013-04-30", "2016"), None, "2026-09-20", "2016-12-31", Offer::OnOffer),
            (between("2013-04-30", "2016"), None, "2026-09-20", "2029-09-20", Offer::OnOffer),
            (between("2013-04-30", "2016"), None, "2026-09-20", "2029-09-21", Offer::Unverified),
            (between("2026-09-28", ""), None, "", "2026-09-28", Offer::Announced),
            (between("2026-09-28", ""), None, "", "2026-09-29", Offer::Unverified),
            (None, None, "2026-09-20", "2026-11-23", Offer::OnOffer),
            (None, None, "2026-09-20", "2026-09-19", Offer::Unverified),
            (None, None, "", "2026-11-23", Offer::Unverified),
        ];
        for (from, until, seen, today, expected) in cases {
            let seen = seen.parse().ok();
            let offered = Offered { from, until, seen, ..Offered::default() };
            assert_eq!(offered.on(day(today)), expected, "{offered:?} on {today}");
        }
    }
}
