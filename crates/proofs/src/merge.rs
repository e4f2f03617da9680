//! The same badge more than once in a file: one counts, the others are told.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::found::{Found, FoundExpiry};
use super::recognise::{folded, folded_slug};

/// A badge, and where else the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The one that counts: without an open question if there is one, and of these the last to expire.
    pub found: Found,
    /// The others, in the order of the file.
    pub earlier: Vec<Found>,
}

/// Puts the same badges together, in the order of the file. What expires later counts: an issuer that
/// renews a badge may issue it again. A badge without a name is only the same as one with the same proof.
pub fn merged(found: Vec<Found>) -> Vec<Merged> {
    let mut groups: Vec<Vec<Found>> = Vec::new();
    let mut named: HashMap<String, Namesakes> = HashMap::new();
    for badge in found {
        let new = groups.len();
        let issuer = badge.issuer.as_deref().map(folded);
        let place = key(&badge).map_or(new, |key| named.entry(key).or_default().place(issuer, new));
        if place == new {
            groups.push(vec![]);
        }
        groups[place].push(badge);
    }
    groups.into_iter().filter_map(one).collect()
}

/// What makes badges the same, their issuer aside.
fn key(badge: &Found) -> Option<String> {
    let name = badge.name.as_deref().map(folded).or_else(|| badge.slug.as_deref().map(folded_slug));
    let named = name.filter(|name| !name.is_empty()).map(|name| format!("name {name}"));
    named.or_else(|| badge.proof.as_ref().map(|proof| format!("proof {proof}")))
}

/// The groups of badges of one name.
#[derive(Default)]
struct Namesakes {
    first: Option<usize>,
    /// Nothing in it says who issued it.
    of_nobody: Option<usize>,
    by_issuer: HashMap<String, usize>,
}

impl Namesakes {
    /// The group of a badge, `new` if it is the first of its kind. Where one of two badges does not say
    /// who issued it, nothing speaks against their being the same.
    fn place(&mut self, issuer: Option<String>, new: usize) -> usize {
        let place = match issuer {
            None => self.first.unwrap_or_else(|| *self.of_nobody.insert(new)),
            Some(issuer) => match self.by_issuer.get(&issuer) {
                Some(&place) => place,
                None => {
                    let place = self.of_nobody.take().unwrap_or(new);
                    self.by_issuer.insert(issuer, place);
                    place
                }
            },
        };
        self.first.get_or_insert(place);
        place
    }
}

fn one(mut group: Vec<Found>) -> Option<Merged> {
    let counts = (0..group.len()).max_by_key(|&i| (rank(&group[i]), Reverse(i)))?;
    Some(Merged { found: group.remove(counts), earlier: group })
}

/// Sound before doubtful, then by expiry, then by the day it was earned.
fn rank(badge: &Found) -> (bool, u8, Option<NaiveDate>, Option<NaiveDate>) {
    let (rank, day) = match badge.expires {
        FoundExpiry::NotStated => (0, None),
        FoundExpiry::On(day) => (1, Some(day)),
        FoundExpiry::Never => (2, None),
    };
    (!badge.asks(), rank, day, badge.on)
}
