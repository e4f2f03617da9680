//! Words that every output writes alike: a date, a list.

use chrono::{Datelike, NaiveDate};

/// "14 March 2027".
pub fn date(day: NaiveDate) -> String {
    format!("{} {}", day.day(), day.format("%B %Y"))
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
    fn a_list_has_one_and_or_or_before_its_last_word() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (list, told) in [("", ""), ("a", "a"), ("a b", "a and b"), ("a b c", "a, b and c")] {
            assert_eq!(and(&words(list)), told);
            assert_eq!(or(&words(list)), told.replace("and", "or"));
        }
    }
}
