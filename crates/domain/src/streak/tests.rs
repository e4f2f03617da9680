//! Streaks as tables: days in a row, rest, days off, goals, clocks that were wrong.

use chrono::{DateTime, Days, FixedOffset};
use proptest::prelude::*;
use serde_json::{Map, json};
use uuid::Uuid;

use super::*;
use crate::history::{History, Review};
use crate::journal::{Answered, Deed, Event};
use crate::memory::Model;
use crate::question::QuestionId;

/// A Monday.
fn start() -> NaiveDate {
    "2026-06-01".parse().unwrap()
}

fn day(number: u64) -> NaiveDate {
    start() + Days::new(number)
}

fn done(days: &[u64]) -> BTreeMap<NaiveDate, DayTotals> {
    days.iter().map(|number| (day(*number), DayTotals { answers: 5, ..DayTotals::default() })).collect()
}

/// What was set on which day.
fn set(changes: &[(u64, &str, &str)]) -> Settings {
    let event = |(number, (on, key, value)): (usize, &(u64, &str, &str))| Event {
        id: Uuid::from_u128(number as u128),
        at: DateTime::parse_from_rfc3339(&format!("{}T12:00:00+00:00", day(*on))).unwrap(),
        device: "d".into(),
        deed: Deed::Set { key: (*key).to_owned(), value: json!(value) },
        extra: Map::new(),
    };
    Settings::of(&changes.iter().enumerate().map(event).collect::<Vec<_>>())
}

fn run(from: u64, to: u64) -> Vec<u64> {
    (from..=to).collect()
}

#[test]
fn a_streak_lasts_until_a_whole_day_was_missed() {
    for (days, today, streak_days) in [
        (vec![], 22, 0),
        (vec![22], 22, 1),
        (vec![21], 22, 1),
        (vec![20], 22, 0),
        (run(19, 22), 22, 4),
        (run(19, 21), 22, 3),
        (vec![18, 20, 21, 22], 22, 3),
        (vec![22, 23], 22, 1),
    ] {
        let found = streak(&done(&days), &Settings::default(), day(today));
        assert_eq!(found.days, streak_days, "answers on {days:?}");
    }
}

#[test]
fn seven_days_earn_a_day_of_rest_two_are_kept_and_they_are_used_by_themselves() {
    for (days, today, streak_days, rest) in [
        (run(0, 5), 6, 6, 0),
        (run(0, 6), 7, 7, 1),
        (run(0, 6), 8, 7, 0),
        (run(0, 6), 9, 0, 0),
        (run(0, 13), 14, 14, 2),
        (run(0, 27), 28, 28, 2),
        (run(0, 13), 16, 14, 0),
        (run(0, 13), 17, 0, 0),
        ([run(0, 6), run(8, 9)].concat(), 9, 9, 0),
        ([run(0, 5), run(7, 9)].concat(), 9, 3, 0),
        ([run(0, 13), run(15, 15)].concat(), 15, 15, 1),
        ([run(0, 13), run(16, 21)].concat(), 21, 20, 0),
        ([run(0, 13), run(16, 22)].concat(), 22, 21, 1),
    ] {
        let found = streak(&done(&days), &Settings::default(), day(today));
        assert_eq!((found.days, found.rest_days), (streak_days, rest), "{days:?} on {today}");
    }
}

#[test]
fn weekdays_off_are_passed_over_and_cost_no_rest() {
    let weekends = set(&[(0, "days-off", "sat,sun")]);
    for (days, today, streak_days) in [
        (run(0, 4), 7, 5),
        ([run(0, 4), run(7, 8)].concat(), 8, 7),
        (run(0, 4), 8, 0),
        // Studying on a day off counts all the same.
        (run(0, 6), 7, 7),
    ] {
        let found = streak(&done(&days), &weekends, day(today));
        assert_eq!(found.days, streak_days, "{days:?} on {today}");
    }
    // Set on the second Monday: the first weekend was missed.
    let later = set(&[(7, "days-off", "sat,sun")]);
    assert_eq!(streak(&done(&[run(0, 4), run(7, 8)].concat()), &later, day(8)).days, 2);
}

#[test]
fn a_goal_counts_from_the_day_on_which_it_was_set() {
    let twenty = set(&[(3, "goal", "20")]);
    for (answers, counts) in [(19, false), (20, true), (200, true)] {
        let mut days = done(&run(0, 2));
        days.insert(day(3), DayTotals { answers, ..DayTotals::default() });
        let found = streak(&days, &twenty, day(3));
        assert_eq!((found.days, found.is_today_done), (if counts { 4 } else { 3 }, counts), "{answers}");
    }
    let minutes = set(&[(0, "goal", "15 minutes")]);
    for (took_ms, counts) in [(899_999, false), (900_000, true)] {
        let days = BTreeMap::from([(day(0), DayTotals { answers: 1, took_ms, ..DayTotals::default() })]);
        assert_eq!(streak(&days, &minutes, day(0)).is_today_done, counts, "{took_ms}");
    }
}

#[test]
fn a_lost_streak_is_told_until_a_new_one_begins_and_the_longest_stays() {
    let days = done(&run(0, 4));
    let found = streak(&days, &Settings::default(), day(9));
    assert_eq!((found.days, found.longest, found.lost), (0, 5, Some(Lost { days: 5, on: day(4) })));
    let again = streak(&done(&[run(0, 4), vec![9]].concat()), &Settings::default(), day(9));
    assert_eq!((again.days, again.longest, again.lost), (1, 5, None));
    let short = streak(&done(&run(0, 1)), &Settings::default(), day(9));
    assert_eq!(short.lost, None, "two days were no streak");
}

#[test]
fn days_are_those_of_the_clock_under_which_they_were_answered() {
    for (answers, today, streak_days) in [
        // Across the date line, and back.
        (
            vec!["2026-06-01T22:00:00+13:00", "2026-06-01T20:00:00-10:00", "2026-06-02T21:00:00-10:00"],
            "2026-06-02",
            2,
        ),
        // The night on which summer time begins, and the one on which it ends.
        (vec!["2026-03-28T23:30:00+01:00", "2026-03-29T23:30:00+02:00"], "2026-03-29", 2),
        (vec!["2026-10-24T23:30:00+02:00", "2026-10-26T02:30:00+01:00"], "2026-10-26", 2),
        // Past midnight belongs to the evening before, past four it does not.
        (vec!["2026-06-01T12:00:00+00:00", "2026-06-03T03:59:00+00:00"], "2026-06-03", 2),
        (vec!["2026-06-01T12:00:00+00:00", "2026-06-03T04:00:00+00:00"], "2026-06-03", 1),
        // A clock that was set back by a day.
        (vec!["2026-06-02T12:00:00+00:00", "2026-06-01T12:00:00+00:00"], "2026-06-02", 2),
    ] {
        let found = streak(&history(&answers).totals.days, &Settings::default(), today.parse().unwrap());
        assert_eq!(found.days, streak_days, "{answers:?}");
    }
}

fn history(answers: &[&str]) -> History {
    let mut history = History::default();
    for at in answers {
        let at: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(at).unwrap();
        let answered = Answered::new(QuestionId::new("p/q"), true, 0.0);
        history.learn(&Model::default(), &QuestionId::new("p/q"), &Review::of(&answered, at));
    }
    history
}

proptest! {
    #[test]
    fn one_more_day_of_study_never_makes_the_longest_streak_shorter(
        days in prop::collection::btree_set(0..120_u64, 0..80), more in 0..120_u64, off in prop::bool::ANY,
    ) {
        let settings = if off { set(&[(0, "days-off", "wed,sun")]) } else { Settings::default() };
        let days: Vec<u64> = days.into_iter().collect();
        let before = streak(&done(&days), &settings, day(120));
        let after = streak(&done(&[days, vec![more]].concat()), &settings, day(120));
        prop_assert!(after.longest >= before.longest);
        prop_assert!(after.days <= after.longest && after.rest_days <= MAX_REST_DAYS);
    }
}
