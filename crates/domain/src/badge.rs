//! The collection: every credential's badge, by tier.

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, Set, Tier};
use super::mastery::Mastery;
use super::overview::Overview;
use super::period::Offer;
use super::record::{Booking, Holding, Record, Standing};

/// A credential's place in the collection.
#[derive(Debug, Clone)]
pub struct Badge<'a> {
    /// Whose badge it is.
    pub credential: &'a Credential,
    /// Whether the credential is on offer.
    pub offer: Offer,
    /// `None` if it was neither held nor is booked.
    pub standing: Option<Standing>,
    /// The pass, if there is one.
    pub holding: Option<&'a Holding>,
    /// The booked exam, if there is one; its day may be past.
    pub booking: Option<&'a Booking>,
    /// What the learner knows of it.
    pub mastery: Mastery,
}

/// The badges of one tier.
#[derive(Debug, Clone)]
pub struct TierBadges<'a> {
    /// The tier.
    pub tier: &'a Tier,
    /// Its badges, in the catalog's order; never empty.
    pub badges: Vec<Badge<'a>>,
}

/// All badges of a catalog.
#[derive(Debug, Clone)]
pub struct Collection<'a> {
    /// By tier, in the catalog's order.
    pub sets: Vec<TierBadges<'a>>,
    /// Number of credentials that are held and valid, retired ones included.
    pub held: usize,
    /// Number of credentials that are on offer today, held or not.
    pub obtainable: usize,
}

impl<'a> Collection<'a> {
    /// The collection on `today`. Retired and announced credentials are listed only if they are held.
    pub fn of(catalog: &'a Catalog, record: &'a Record, overview: &Overview, today: NaiveDate) -> Self {
        let badge = |c| badge(c, record, overview, today);
        let sets: Vec<TierBadges> = catalog
            .tiers
            .iter()
            .map(|tier| TierBadges {
                tier,
                badges: catalog.in_tier(&tier.id).map(badge).filter(Badge::is_listed).collect(),
            })
            .filter(|set| !set.badges.is_empty())
            .collect();
        let count =
            |test: fn(&Badge) -> bool| sets.iter().flat_map(|s| &s.badges).filter(|b| test(b)).count();
        Collection { held: count(|b| b.is_held()), obtainable: count(|b| b.offer == Offer::OnOffer), sets }
    }

    /// All badges, in the order of the tiers.
    pub fn badges(&self) -> impl Iterator<Item = &Badge<'a>> {
        self.sets.iter().flat_map(|set| &set.badges)
    }
}

/// Credentials of one generation, such as those of a catalog's first edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Generation<'a> {
    /// The set that the catalog names.
    pub set: &'a Set,
    /// Number of credentials that are held and valid, retired ones included.
    pub held: usize,
    /// Number of credentials that are on offer today, held or not.
    pub obtainable: usize,
}

/// The generations of a catalog on a day.
pub fn generations<'a>(catalog: &'a Catalog, record: &Record, today: NaiveDate) -> Vec<Generation<'a>> {
    let of_set = |set: &'a Set| {
        let members = || set.credentials.iter().filter_map(|id| catalog.credential(id));
        Generation {
            set,
            held: members().filter(|c| record.holds(&c.id, today)).count(),
            obtainable: members().filter(|c| c.offer(today) == Offer::OnOffer).count(),
        }
    };
    catalog.sets.iter().map(of_set).collect()
}

/// One credential's badge, listed or not.
pub fn badge<'a>(
    credential: &'a Credential,
    record: &'a Record,
    overview: &Overview,
    today: NaiveDate,
) -> Badge<'a> {
    Badge {
        credential,
        offer: credential.offer(today),
        standing: record.standing(&credential.id, today),
        holding: record.holding(&credential.id),
        booking: record.booking(&credential.id),
        mastery: overview.of_credential(&credential.id),
    }
}

impl Badge<'_> {
    fn is_listed(&self) -> bool {
        match self.offer {
            Offer::OnOffer | Offer::Unverified => true,
            Offer::Announced | Offer::Retired => self.holding.is_some(),
        }
    }

    /// Whether it is held and valid.
    pub fn is_held(&self) -> bool {
        matches!(self.standing, Some(Standing::Held | Standing::Expiring))
    }
}
