//! Dates as people write them, where they can mean only one day.

use badgedex_domain::typed_date::month_named;
use chrono::NaiveDate;

/// How exact a date has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exact {
    ToTheDay,
    ToTheDayOrMonth,
}

/// The date as YYYY-MM-DD (or YYYY-MM); `None` if it is not a date, or may be another one.
pub fn iso(text: &str, exact: Exact) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let parts: Vec<&str> = match lower.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        true => lower.split([' ', ',', '.', '/', '-']).filter(|part| !part.is_empty()).collect(),
        false => lower.split(separator(&lower)?).collect(),
    };
    let is_month_enough = exact == Exact::ToTheDayOrMonth;
    let day = |year, month, day| {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(|day| day.to_string())
    };
    match parts[..] {
        [a, b, c] => match (month_named(a), month_named(b)) {
            (Some(month), None) => day(year(c)?, month, ordinal(b)?),
            (None, Some(month)) => match year(a) {
                Some(year) => day(year, month, ordinal(c)?),
                None => day(year(c)?, month, ordinal(a)?),
            },
            (None, None) => match year(a) {
                Some(year) => day(year, short(b)?, short(c)?),
                None => either(short(a)?, short(b)?).and_then(|(d, month)| day(year(c)?, month, d)),
            },
            (Some(_), Some(_)) => None,
        },
        [a, b] if is_month_enough => {
            let month = |text| month_named(text).or_else(|| short(text));
            let (year, month) = match year(a) {
                Some(year) => (year, month(b)?),
                None => (year(b)?, month(a)?),
            };
            (1..=12).contains(&month).then(|| format!("{year}-{month:02}"))
        }
        _ => None,
    }
}

/// The character between the numbers of a date.
fn separator(text: &str) -> Option<char> {
    text.chars().find(|c| !c.is_ascii_digit()).filter(|c| ['-', '/', '.', ' '].contains(c))
}

fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let shaped = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    shaped.then(|| text.parse().ok()).flatten()
}

fn year(text: &str) -> Option<u32> {
    digits(text, 4..=4).filter(|year| *year >= 1000)
}

fn short(text: &str) -> Option<u32> {
    digits(text, 1..=2)
}

/// A day next to the name of a month: "7", "07" or "7th".
fn ordinal(text: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end));
    short(bare.unwrap_or(text))
}

/// Day and month of two numbers before a year: some write the day first, some the month.
fn either(a: u32, b: u32) -> Option<(u32, u32)> {
    match (a, b) {
        _ if a == b => Some((a, b)),
        (13.., ..=12) => Some((a, b)),
        (..=12, 13..) => Some((b, a)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_can_mean_one_day_only_is_written_as_iso() {
        for text in [
            "2026/11/27",
            "2026.11.27",
            "2026 11 27",
            " 2026-11-27 ",
            "27 Nov 2026",
            "27. November 2026",
            "November 27, 2026",
            "nov 27 2026",
            "Nov. 27th, 2026",
            "27-Nov-2026",
            "2026 November 27",
            "27/11/2026",
            "11/27/2026",
            "27.11.2026",
        ] {
            assert_eq!(iso(text, Exact::ToTheDay).as_deref(), Some("2026-11-27"), "{text}");
        }
        for (text, day) in
            [("2026-11-7", "2026-11-07"), ("4/4/2026", "2026-04-04"), ("1 Sept 2024", "2024-09-01")]
        {
            assert_eq!(iso(text, Exact::ToTheDay).as_deref(), Some(day), "{text}");
        }
        for text in ["2026/11", "11/2026", "Nov 2026", "November, 2026", "2026 Nov"] {
            assert_eq!(iso(text, Exact::ToTheDayOrMonth).as_deref(), Some("2026-11"), "{text}");
            assert_eq!(iso(text, Exact::ToTheDay), None, "{text}");
        }
    }

    #[test]
    fn what_may_be_another_day_or_is_none_stays() {
        for text in [
            "03/04/2026",
            "3.4.2026",
            "27/11/26",
            "26-11-27",
            "2026/13/11",
            "2026-02-30",
            "30 Feb 2026",
            "yesterday",
            "Nov Nov 2026",
            "20261127",
            "2026-11-27T10:00",
            "2026--11-27",
            "2026/11-27",
            "0026-11-27",
            "27 Nov 2026 or so",
            "",
            "-",
            "ä",
            "13/2026",
        ] {
            assert_eq!(iso(text, Exact::ToTheDayOrMonth), None, "{text}");
        }
    }
}
