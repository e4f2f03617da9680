//! Titles: names for holding several credentials at once.

use chrono::{Datelike, NaiveDate};

use super::catalog::{Catalog, Credential, KeptUntil, Title};
use super::period::Offer;
use super::record::{Holding, Record};

/// How close the learner is to a title.
#[derive(Debug, Clone, PartialEq)]
pub struct TitleState<'a> {
    /// Which title.
    pub title: &'a Title,
    /// How many of its credentials count.
    pub have: usize,
    /// How many it asks for.
    pub needed: usize,
    /// Whether the learner may use it today.
    pub is_held: bool,
    /// The last day of the title; `None` if it is not held, or nothing limits it.
    pub kept_until: Option<NaiveDate>,
}

/// All titles of a catalog on a day.
pub fn titles<'a>(catalog: &'a Catalog, record: &Record, today: NaiveDate) -> Vec<TitleState<'a>> {
    catalog.titles.iter().map(|title| state(catalog, title, record, today)).collect()
}

fn state<'a>(catalog: &'a Catalog, title: &'a Title, record: &Record, today: NaiveDate) -> TitleState<'a> {
    let needed = needs(catalog, title, today);
    let valid = |c: &&&Credential| record.holds(&c.id, today);
    let holdings: Vec<&Holding> = needed.iter().filter_map(|c| record.holding(&c.id)).collect();
    let have = match title.all_valid_at_once {
        true => needed.iter().filter(valid).count(),
        false => holdings.len(),
    };
    let kept_until = (holdings.len() == needed.len()).then(|| kept_until(title, &holdings)).flatten();
    let is_kept = kept_until.is_some_and(|day| today <= day);
    let is_held = !needed.is_empty() && (have == needed.len() || is_kept);
    TitleState { title, have, needed: needed.len(), is_held, kept_until: kept_until.filter(|_| is_held) }
}

fn needs<'a>(catalog: &'a Catalog, title: &Title, today: NaiveDate) -> Vec<&'a Credential> {
    match &title.needs {
        Some(ids) => ids.iter().filter_map(|id| catalog.credential(id)).collect(),
        None => catalog.credentials.iter().filter(|c| c.offer(today) == Offer::OnOffer).collect(),
    }
}

/// The last day of the title once all were valid on one day; `None` if they never were, or if
/// none of them expires.
fn kept_until(title: &Title, holdings: &[&Holding]) -> Option<NaiveDate> {
    let complete_on = holdings.iter().map(|h| h.on).max()?;
    let first_expiry = holdings.iter().filter_map(|h| h.expires_on()).min()?;
    if title.all_valid_at_once && first_expiry < complete_on {
        return None;
    }
    match title.kept_until {
        Some(KeptUntil::YearEndOfFirstExpiry) => NaiveDate::from_ymd_opt(first_expiry.year(), 12, 31),
        None => title.all_valid_at_once.then_some(first_expiry),
    }
}

#[cfg(test)]
mod tests;
