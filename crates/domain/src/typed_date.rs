//! A date as a person types it, in any usual form.

use chrono::{Datelike, NaiveDate};

use crate::period::PartialDate;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The years that are taken for a year rather than for a typo.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Why a typed text is not taken as a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedDateError {
    /// It has no usual form, or the day does not exist.
    #[error("not a date: \"{0}\"; write it as 2024-05-30")]
    NotADate(String),
    /// The day and the month can be swapped.
    #[error("\"{text}\" can be {day_first} or {month_first}; write it as {day_first} or {month_first}")]
    Ambiguous {
        /// As it was typed.
        text: String,
        /// Its meaning with the day first.
        day_first: NaiveDate,
        /// Its meaning with the month first.
        month_first: NaiveDate,
    },
}

/// Reads a day, a month or a year: `2024-05-30`, `30 May 2024`, `May 30, 2024`, `30.5.2024`, `30/05/2024`,
/// `2024-05`, `05/2024`, `May 2024`, `2024`, `today`, `yesterday`, `tomorrow`. Dots put the day first; with
/// slashes both orders are in use.
///
/// # Errors
///
/// If it is not a date from 1900 to 2200, or with slashes can be two different days.
pub fn parse(text: &str, today: NaiveDate) -> Result<PartialDate, TypedDateError> {
    let typed = text.trim().to_lowercase();
    let found = match typed.as_str() {
        "today" => Some(PartialDate::Day(today)),
        "yesterday" => today.pred_opt().map(PartialDate::Day),
        "tomorrow" => today.succ_opt().map(PartialDate::Day),
        written if written.contains('/') => slashed(text, written)?,
        written => dashed(written).or_else(|| dotted(written)).or_else(|| worded(written)),
    };
    found.ok_or_else(|| TypedDateError::NotADate(text.trim().to_owned()))
}

fn slashed(text: &str, written: &str) -> Result<Option<PartialDate>, TypedDateError> {
    let parts: Vec<&str> = written.split('/').collect();
    let [first, second, last] = parts[..] else {
        return Ok(month_and_year(&parts));
    };
    match (day(last, second, first), day(last, first, second)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => {
            Err(TypedDateError::Ambiguous { text: text.trim().to_owned(), day_first, month_first })
        }
        (Some(day), _) | (None, Some(day)) => Ok(Some(PartialDate::Day(day))),
        (None, None) => Ok(self::day(first, second, last).map(PartialDate::Day)),
    }
}

fn dashed(written: &str) -> Option<PartialDate> {
    match written.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] => self::day(year, month, day).map(PartialDate::Day),
        [year, month] => self::day(year, month, "1").map(PartialDate::Month),
        [year] => self::day(year, "1", "1").map(PartialDate::Year),
        _ => None,
    }
}

fn dotted(written: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = written.split('.').map(str::trim).collect();
    match parts[..] {
        [day, month, year] => self::day(year, month, day).map(PartialDate::Day),
        _ => month_and_year(&parts),
    }
}

fn month_and_year(parts: &[&str]) -> Option<PartialDate> {
    match *parts {
        [month, year] => day(year, month, "1").map(PartialDate::Month),
        _ => None,
    }
}

/// `30 May 2024`, `May 30, 2024`, `May 2024`; months may be cut to three letters or more.
fn worded(written: &str) -> Option<PartialDate> {
    let words: Vec<&str> = written.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    match words[..] {
        [a, b, year] => {
            let (month, day) =
                month_named(b).map(|month| (month, a)).or_else(|| Some((month_named(a)?, b)))?;
            self::day(year, &month.to_string(), day).map(PartialDate::Day)
        }
        [month, year] => day(year, &month_named(month)?.to_string(), "1").map(PartialDate::Month),
        _ => None,
    }
}

/// The number of a month, from 1, that a word in lower case names, whole or cut to three letters or more.
pub fn month_named(word: &str) -> Option<u32> {
    let mut months = MONTHS.iter().zip(1..);
    months.find(|(month, _)| word.len() >= 3 && month.starts_with(word)).map(|(_, number)| number)
}

fn day(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |text: &str, most: usize| {
        let shaped = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        shaped.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = i32::try_from(number(year, 4)?).ok()?;
    let found = NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)?;
    YEARS.contains(&found.year()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(text: &str) -> Result<PartialDate, TypedDateError> {
        parse(text, ymd("2026-12-01"))
    }

    #[test]
    fn a_day_is_read_in_any_usual_form() {
        for text in [
            "2024-05-30",
            " 30 May 2024 ",
            "30 may 2024",
            "May 30, 2024",
            "may 30 2024",
            "30. May 2024",
            "30.5.2024",
            "30.05.2024",
            "30/05/2024",
            "5/30/2024",
            "2024/05/30",
        ] {
            assert_eq!(read(text), Ok(PartialDate::Day(ymd("2024-05-30"))), "{text}");
        }
        for (text, day) in [("today", "2026-12-01"), ("Yesterday", "2026-11-30"), ("tomorrow", "2026-12-02")]
        {
            assert_eq!(read(text), Ok(PartialDate::Day(ymd(day))), "{text}");
        }
    }

    #[test]
    fn a_month_or_a_year_is_its_first_day() {
        for text in ["2024-09", "September 2024", "Sep 2024", "sept 2024", "09/2024", "9/2024", "09.2024"] {
            assert_eq!(read(text), Ok(PartialDate::Month(ymd("2024-09-01"))), "{text}");
        }
        assert_eq!(read("2024"), Ok(PartialDate::Year(ymd("2024-01-01"))));
    }

    #[test]
    fn slashes_that_can_be_two_days_are_ambiguous_and_both_are_named() {
        assert_eq!(
            read("03/05/2024").unwrap_err().to_string(),
            "\"03/05/2024\" can be 2024-05-03 or 2024-03-05; write it as 2024-05-03 or 2024-03-05"
        );
        assert_eq!(read("05/05/2024"), Ok(PartialDate::Day(ymd("2024-05-05"))));
    }

    #[test]
    fn what_is_not_a_date_is_said_with_the_way_to_write_one() {
        let error = read("31 February").unwrap_err().to_string();
        assert_eq!(error, "not a date: \"31 February\"; write it as 2024-05-30");
        for text in [
            "",
            "31 February 2024",
            "2023-02-29",
            "1/2/3/2024",
            "24",
            "30.5.24",
            "+2024",
            "2024-13",
            "ma 2024",
            "1899",
            "é",
        ] {
            assert!(matches!(read(text), Err(TypedDateError::NotADate(_))), "{text}");
        }
    }
}
