//! Finds badges that are in a file more than once: one counts, the others are its duplicates.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::badge::{Badge, BadgeExpiry};
use super::recognize::{folded, folded_slug};

/// A badge and its duplicates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedBadge {
    /// The one that counts: one that needs no decision if there is one, and of these the last to expire.
    pub badge: Badge,
    /// The others, in the order of the file.
    pub duplicates: Vec<Badge>,
}

/// Groups equal badges, in the order of the file. The one that expires last counts: an issuer that renews a
/// badge may issue it again. A badge without a name equals only one with the same proof.
pub fn merge_duplicates(badges: Vec<Badge>) -> Vec<MergedBadge> {
    let mut groups: Vec<Vec<Badge>> = Vec::new();
    let mut named: HashMap<String, Namesakes> = HashMap::new();
    for badge in badges {
        let new = groups.len();
        let issuer = badge.issuer.as_deref().map(folded);
        let place = key(&badge).map_or(new, |key| named.entry(key).or_default().place(issuer, new));
        if place == new {
            groups.push(vec![]);
        }
        groups[place].push(badge);
    }
    groups.into_iter().filter_map(merge_group).collect()
}

/// What equal badges have in common besides their issuer; `None` if the badge equals no other.
fn key(badge: &Badge) -> Option<String> {
    let name = badge.name.as_deref().map(folded).or_else(|| badge.slug.as_deref().map(folded_slug));
    let named = name.filter(|name| !name.is_empty()).map(|name| format!("name {name}"));
    named.or_else(|| badge.proof.as_ref().map(|proof| format!("proof {proof}")))
}

/// The groups of badges of one name.
#[derive(Default)]
struct Namesakes {
    first: Option<usize>,
    /// The one whose badges do not say who issued them.
    without_issuer: Option<usize>,
    by_issuer: HashMap<String, usize>,
}

impl Namesakes {
    /// The group of a badge; `new` if it is the first of its kind. If one of two badges does not say who issued
    /// it, they are taken for the same.
    fn place(&mut self, issuer: Option<String>, new: usize) -> usize {
        let place = match issuer {
            None => self.first.unwrap_or_else(|| *self.without_issuer.insert(new)),
            Some(issuer) => match self.by_issuer.get(&issuer) {
                Some(&place) => place,
                None => {
                    let place = self.without_issuer.take().unwrap_or(new);
                    self.by_issuer.insert(issuer, place);
                    place
                }
            },
        };
        self.first.get_or_insert(place);
        place
    }
}

fn merge_group(mut group: Vec<Badge>) -> Option<MergedBadge> {
    let counts = (0..group.len()).max_by_key(|&i| (rank(&group[i]), Reverse(i)))?;
    Some(MergedBadge { badge: group.remove(counts), duplicates: group })
}

/// Badges that need no decision first, then by expiry, then by the day they were earned.
fn rank(badge: &Badge) -> (bool, u8, Option<NaiveDate>, Option<NaiveDate>) {
    let (rank, day) = match badge.expires {
        BadgeExpiry::NotStated => (0, None),
        BadgeExpiry::On(day) => (1, Some(day)),
        BadgeExpiry::Never => (2, None),
    };
    (!badge.needs_decision(), rank, day, badge.on)
}
