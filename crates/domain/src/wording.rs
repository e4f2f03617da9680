//! Words that every output writes alike: a date, a list.

use chrono::{Datelike, NaiveDate};

use super::period::PartialDate;

/// "14 March 2027".
pub fn date(day: NaiveDate) -> String {
    format!("{} {}", day.day(), day.format("%B %Y"))
}

/// "14 March 2027", "March 2027" or "2027", as precisely as it is known.
pub fn partial_date(date: PartialDate) -> String {
    match date {
        PartialDate::Day(day) => self::date(day),
        PartialDate::Month(first) => first.format("%B %Y").to_string(),
        PartialDate::Year(first) => first.year().to_string(),
    }
}

/// "a", "a and b", "a, b and c".
pub fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "a", "a or b", "a, b or c".
pub fn or(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_precisely_as_it_is_known() {
        for (iso, told) in [("2027-03-14", "14 March 2027"), ("2027-03", "March 2027"), ("2027", "2027")] {
            assert_eq!(partial_date(iso.parse().unwrap()), told);
        }
    }

    #[test]
    fn a_list_has_one_and_or_or_before_its_last_word() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (list, told) in [("", ""), ("a", "a"), ("a b", "a and b"), ("a b c", "a, b and c")] {
            assert_eq!(and(&words(list)), told);
            assert_eq!(or(&words(list)), told.replace("and", "or"));
        }
    }
}
