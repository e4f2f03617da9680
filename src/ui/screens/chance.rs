//! The chance to pass in words, with the range of right answers that always goes with it.

use chrono::NaiveDate;

use crate::ui::text::{date, short_date};
use badgedex_domain::money::Fee;
use badgedex_domain::readiness::Chance;

/// Chances beyond these are not told apart: no estimate is that sure.
const SURE: (f64, f64) = (0.05, 0.95);

/// "about 7 in 10", "less than 1 in 20", "more than 19 in 20".
pub fn in_words(chance: f64) -> String {
    if chance < SURE.0 {
        "less than 1 in 20".to_owned()
    } else if chance > SURE.1 {
        "more than 19 in 20".to_owned()
    } else {
        format!("about {}", tenths(chance))
    }
}

/// "7 in 10": never none or all of them.
fn tenths(chance: f64) -> String {
    format!("{} in 10", (chance * 10.0).round().clamp(1.0, 9.0))
}

/// "34 to 43 of 50", or "50 of 50".
pub fn right_of((low, high): (f64, f64), of: usize) -> String {
    let (low, high) = (low.round(), high.round());
    if low == high { format!("{low} of {of}") } else { format!("{low} to {high} of {of}") }
}

/// The line of the home screen: "7 in 10 to pass, as things stand; 34 to 43 of 50 right".
pub fn line(chance: &Chance, today: NaiveDate) -> String {
    let told = in_words(chance.chance);
    let told = told.strip_prefix("about ").unwrap_or(&told);
    let when = if chance.on > today { "as things stand" } else { "if the exam were today" };
    format!("{told} to pass, {when}; {} right", right_of(chance.right, chance.of))
}

/// An exam that is booked, as far as money is at stake.
#[derive(Debug, Clone, PartialEq)]
pub struct Stake {
    /// What was paid, or what the exam costs.
    pub fee: Option<Fee>,
    /// Until how many hours before the appointment it can be moved for free, and the last whole day of that.
    pub free_to_move: Option<(u32, NaiveDate)>,
}

/// "CLF on 21 Dec 2026: about 7 in 10 to pass, as things stand; 34 to 43 of 50 right. The fee of USD 100 is at risk."
pub fn booked(short: &str, chance: &Chance, stake: &Stake, today: NaiveDate) -> String {
    let told = format!(
        "{short} on {}: {} to pass, as things stand; {} right.",
        short_date(chance.on),
        in_words(chance.chance),
        right_of(chance.right, chance.of)
    );
    [Some(told), at_stake(stake, today)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "The fee of USD 100 is at risk. The exam can be moved for free until 24 hours before it: 19 December 2026 is the
/// last whole day."
pub fn at_stake(stake: &Stake, today: NaiveDate) -> Option<String> {
    let fee =
        stake.fee.filter(|fee| fee.amount.units() > 0.0).map(|fee| format!("The fee of {fee} is at risk."));
    let moving = stake.free_to_move.map(|(hours, last)| match last < today {
        true => format!("It could be moved for free until {hours} hours before it."),
        false => format!(
            "The exam can be moved for free until {hours} hours before it: {} is the last whole day.",
            date(last)
        ),
    });
    let told: Vec<String> = [fee, moving].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_is_told_in_tenths_and_never_as_none_or_certain() {
        for (chance, words) in [
            (0.0, "less than 1 in 20"),
            (0.06, "about 1 in 10"),
            (0.68, "about 7 in 10"),
            (0.949, "about 9 in 10"),
            (1.0, "more than 19 in 20"),
        ] {
            assert_eq!(in_words(chance), words);
        }
    }

    #[test]
    fn a_range_of_one_number_is_that_number() {
        assert_eq!(right_of((33.6, 43.2), 50), "34 to 43 of 50");
        assert_eq!(right_of((49.7, 50.0), 50), "50 of 50");
    }
}
