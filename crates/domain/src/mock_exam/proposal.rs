//! When to sit the mock exams that are left.

use chrono::{Days, NaiveDate};

/// Days before the exam on which the last mock exam is sat: late enough to tell how one stands, early enough to study
/// what went wrong.
const LAST_DAYS_BEFORE: u64 = 5;

/// The days on which to sit `forms` mock exams: the first about in the middle of the preparation, the last five days
/// before the exam, others evenly in between; a single one is the last. `begun` is the day on which the preparation
/// began, so that the days do not move while it goes on. Days that have passed become `today`, and there are no two
/// on one day; none is on the day of the exam.
///
/// ```
/// use badgedex_domain::mock_exam::proposed_days;
///
/// let day = |text: &str| text.parse().unwrap();
/// let days = proposed_days(day("2026-12-01"), day("2026-12-01"), day("2026-12-31"), 2);
/// assert_eq!(days, [day("2026-12-16"), day("2026-12-26")]);
/// ```
pub fn proposed_days(begun: NaiveDate, today: NaiveDate, exam: NaiveDate, forms: usize) -> Vec<NaiveDate> {
    let begun = begun.min(today);
    let half = u64::try_from((exam - begun).num_days()).unwrap_or(0) / 2;
    let last = exam.checked_sub_days(Days::new(LAST_DAYS_BEFORE)).unwrap_or(exam);
    let middle = begun.checked_add_days(Days::new(half)).unwrap_or(exam).min(last);
    let between = u64::try_from((last - middle).num_days()).unwrap_or(0);
    let gaps = forms.saturating_sub(1) as u64;
    let nth = |n: u64| match gaps {
        0 => Some(last),
        gaps => middle.checked_add_days(Days::new(between * n / gaps)),
    };
    let mut days: Vec<NaiveDate> = (0..forms as u64).filter_map(nth).map(|day| day.max(today)).collect();
    days.dedup();
    days.retain(|day| *day < exam);
    days
}
