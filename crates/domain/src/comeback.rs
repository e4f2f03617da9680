//! What is proposed after a break: a sitting of the usual length, and how long it takes to catch up.

use super::overview::Overview;

/// With more due than this many sittings, the bare number would discourage the learner.
const MAX_DUE_SITTINGS: usize = 3;
/// Days without an answer from which it is a break.
const MIN_BREAK_DAYS: i64 = 7;
/// The forecast looks at most this many days ahead.
const MAX_DAYS: u32 = 365;

/// A sitting that is proposed instead of everything that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComeBack {
    /// How many questions it has.
    pub questions: usize,
    /// Whether nothing was answered for a week or longer.
    pub is_after_break: bool,
    /// Days until everything is caught up with one such sitting per day; `None` if it takes over a year.
    pub days: Option<u32>,
}

/// The proposal for a learner with too much due; `None` if a few sittings are enough.
pub fn come_back(overview: &Overview) -> Option<ComeBack> {
    let questions = overview.sitting.questions.len();
    (questions > 0 && overview.due > MAX_DUE_SITTINGS * questions).then(|| ComeBack {
        questions,
        is_after_break: break_days(overview).is_none_or(|days| days >= MIN_BREAK_DAYS),
        days: days_until_fresh(overview, questions),
    })
}

/// Days since the last answer; `None` if it is further back than the overview.
fn break_days(overview: &Overview) -> Option<i64> {
    overview.days.last_key_value().map(|(last, _)| (overview.day - *last).num_days())
}

/// Counts what becomes due in the meantime, but not the return of what is answered.
fn days_until_fresh(overview: &Overview, a_day: usize) -> Option<u32> {
    let mut left = overview.due;
    for (number, day) in (1..=MAX_DAYS).zip(overview.day.iter_days().skip(1)) {
        left = left.saturating_sub(a_day);
        if left == 0 {
            return Some(number);
        }
        left += overview.coming.get(&day).copied().unwrap_or(0);
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::Days;

    use super::*;
    use crate::question::QuestionId;

    fn overview(due: usize, sitting: u32, coming: usize, last: Option<u64>) -> Overview {
        let day = "2026-11-23".parse().unwrap();
        let mut overview = Overview::empty(day);
        overview.due = due;
        overview.sitting.questions = (0..sitting).map(|n| QuestionId::new(format!("p/{n}"))).collect();
        overview.coming = (1..400).map(|n| (day + Days::new(n), coming)).collect::<BTreeMap<_, _>>();
        overview.days.extend(last.map(|days| (day - Days::new(days), Default::default())));
        overview
    }

    #[test]
    fn a_sitting_is_proposed_where_more_is_due_than_a_few() {
        for (due, sitting, coming, last, expected) in [
            (60, 20, 0, Some(1), None),
            (61, 20, 0, Some(1), Some((false, Some(4)))),
            (61, 20, 0, Some(7), Some((true, Some(4)))),
            (1_400, 20, 0, None, Some((true, Some(70)))),
            (1_400, 20, 10, Some(90), Some((true, Some(139)))),
            (1_400, 20, 20, Some(90), Some((true, None))),
            (0, 0, 0, None, None),
        ] {
            let found = come_back(&overview(due, sitting, coming, last));
            assert_eq!(
                found.map(|c| (c.is_after_break, c.days)),
                expected,
                "{due} {sitting} {coming} {last:?}"
            );
        }
    }
}
