//! What the questions look up in a catalog. Each credential is visited once, so that a catalog with thousands
//! of credentials generates its questions in a moment.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::catalog::{Catalog, Credential, CredentialId, Tier};
use crate::period::Offer;

/// A credential, its place in the catalog and whether it is on offer.
struct Entry<'a> {
    credential: &'a Credential,
    place: usize,
    offer: Offer,
}

/// The credentials of a catalog on a day, by what they have in common. Lists are in the catalog's order.
pub(super) struct CatalogIndex<'a> {
    entries: HashMap<&'a CredentialId, Entry<'a>>,
    tiers: HashMap<&'a str, &'a Tier>,
    tiers_of_family: HashMap<&'a str, Vec<&'a Tier>>,
    /// By tier.
    on_offer: HashMap<&'a str, Vec<&'a Credential>>,
    /// By tier.
    ended: HashMap<&'a str, Vec<&'a Credential>>,
    /// The first of each tier, whether it is on offer or not.
    firsts: HashMap<&'a str, &'a Credential>,
    /// What is on offer, by family.
    families: HashMap<&'a str, Vec<&'a Credential>>,
    /// What is on offer and renewed by a pass of the key, besides the key itself.
    renewed_by: HashMap<&'a CredentialId, Vec<&'a Credential>>,
    /// What the key was called before.
    predecessors: HashMap<&'a CredentialId, Vec<&'a Credential>>,
    /// What is on offer, by the code of its exam.
    codes: BTreeMap<&'a str, &'a Credential>,
    /// How many credentials have a name without its tier.
    bare_names: HashMap<&'a str, usize>,
}

impl<'a> CatalogIndex<'a> {
    pub(super) fn of(catalog: &'a Catalog, today: NaiveDate) -> CatalogIndex<'a> {
        let mut index = CatalogIndex {
            entries: catalog
                .credentials
                .iter()
                .enumerate()
                .map(|(place, c)| (&c.id, Entry { credential: c, place, offer: c.offer(today) }))
                .collect(),
            tiers: catalog.tiers.iter().map(|t| (t.id.as_str(), t)).collect(),
            tiers_of_family: HashMap::new(),
            on_offer: HashMap::new(),
            ended: HashMap::new(),
            firsts: HashMap::new(),
            families: HashMap::new(),
            renewed_by: HashMap::new(),
            predecessors: HashMap::new(),
            codes: BTreeMap::new(),
            bare_names: HashMap::new(),
        };
        for tier in &catalog.tiers {
            index.tiers_of_family.entry(&tier.family).or_default().push(tier);
        }
        for credential in &catalog.credentials {
            *index.bare_names.entry(index.bare_name(credential)).or_default() += 1;
            if let Some(successor) = &credential.successor {
                index.predecessors.entry(successor).or_default().push(credential);
            }
            index.firsts.entry(&credential.tier).or_insert(credential);
            match index.offer(credential) {
                Offer::OnOffer => index.add_on_offer(credential, today),
                Offer::Retired => index.ended.entry(&credential.tier).or_default().push(credential),
                Offer::Announced | Offer::Unverified => {}
            }
        }
        index
    }

    fn add_on_offer(&mut self, credential: &'a Credential, today: NaiveDate) {
        self.on_offer.entry(&credential.tier).or_default().push(credential);
        self.families.entry(self.family(credential)).or_default().push(credential);
        if let Some(code) = credential.code_on(today) {
            self.codes.entry(code).or_insert(credential);
        }
        for way in credential.renewed_by.iter().flatten() {
            let is_in_force = way.from.is_none_or(|from| from <= today);
            if is_in_force && way.credential != credential.id {
                self.renewed_by.entry(&way.credential).or_default().push(credential);
            }
        }
    }

    /// Whether anything is on offer.
    pub(super) fn has_offers(&self) -> bool {
        !self.on_offer.is_empty()
    }

    pub(super) fn credential(&self, id: &CredentialId) -> Option<&'a Credential> {
        self.entries.get(id).map(|entry| entry.credential)
    }

    pub(super) fn offer(&self, credential: &Credential) -> Offer {
        self.entries.get(&credential.id).map_or(Offer::Unverified, |entry| entry.offer)
    }

    /// The others that are on offer in the family of a credential, beginning with those after it.
    pub(super) fn siblings(&self, credential: &Credential) -> impl Iterator<Item = &'a Credential> {
        let family = self.families.get(self.family(credential)).map_or(&[][..], Vec::as_slice);
        let place = |c: &Credential| self.entries.get(&c.id).map(|entry| entry.place);
        let own = place(credential);
        let (before, after) = family.split_at(family.partition_point(|c| place(c) <= own));
        let id = credential.id.clone();
        after.iter().chain(before).copied().filter(move |c| c.id != id)
    }

    pub(super) fn tier(&self, id: &str) -> Option<&'a Tier> {
        self.tiers.get(id).copied()
    }

    pub(super) fn on_offer(&self, tier: &str) -> &[&'a Credential] {
        self.on_offer.get(tier).map_or(&[], Vec::as_slice)
    }

    pub(super) fn ended(&self, tier: &str) -> &[&'a Credential] {
        self.ended.get(tier).map_or(&[], Vec::as_slice)
    }

    /// An example of a tier, on offer if one is.
    pub(super) fn example(&self, tier: &str) -> Option<&'a Credential> {
        self.on_offer(tier).first().or_else(|| self.firsts.get(tier)).copied()
    }

    /// The other tiers of a tier's family.
    pub(super) fn sibling_tiers<'s>(&'s self, tier: &'s Tier) -> impl Iterator<Item = &'a Tier> + 's {
        let family = self.tiers_of_family.get(tier.family.as_str()).into_iter().flatten();
        family.copied().filter(|other| other.id != tier.id)
    }

    /// What is on offer and renewed by a pass of this exam, besides its own credential.
    pub(super) fn renewed_by(&self, exam: &CredentialId) -> &[&'a Credential] {
        self.renewed_by.get(exam).map_or(&[], Vec::as_slice)
    }

    pub(super) fn predecessors(&self, credential: &CredentialId) -> &[&'a Credential] {
        self.predecessors.get(credential).map_or(&[], Vec::as_slice)
    }

    /// The exam codes of others, the nearest in the alphabet first: they look alike.
    pub(super) fn similar_codes<'s>(
        &'s self,
        code: &'s str,
    ) -> impl Iterator<Item = (&'a str, &'a Credential)> + 's {
        use std::ops::Bound::{Excluded, Unbounded};
        let mut before = self.codes.range::<str, _>((Unbounded, Excluded(code))).rev();
        let mut after = self.codes.range::<str, _>((Excluded(code), Unbounded));
        let pairs = std::iter::from_fn(move || match [after.next(), before.next()] {
            [None, None] => None,
            pair => Some(pair.into_iter().flatten()),
        });
        pairs.flatten().map(|(code, credential)| (*code, *credential))
    }

    /// The id of a credential's family; empty if its tier is missing.
    pub(super) fn family(&self, credential: &Credential) -> &'a str {
        self.tier(&credential.tier).map_or("", |tier| tier.family.as_str())
    }

    /// A name without the tier at its end: "AWS Certified Security" for "AWS Certified Security - Specialty".
    ///
    /// Where no punctuation separates the tier it is a part of the name, and stays: "Cloud Native Associate".
    pub(super) fn bare_name<'c>(&self, credential: &'c Credential) -> &'c str {
        let tier = self.tier(&credential.tier).map_or("", |t| t.name.as_str());
        let bare = credential.name.strip_suffix(tier).unwrap_or(&credential.name);
        let bare = bare.trim_end();
        let bare = bare.strip_suffix(['-', ':', '–']).map_or("", str::trim_end);
        if bare.is_empty() { &credential.name } else { bare }
    }

    /// A credential's name without its tier, which would give the answer away; `None` if it still does. The short
    /// name distinguishes two credentials that then have the same name.
    pub(super) fn name_without_tier(&self, credential: &Credential) -> Option<String> {
        let tier = self.tier(&credential.tier).map_or("", |t| t.name.as_str());
        let bare = self.bare_name(credential);
        if words(bare).contains(&words(tier)) {
            return None;
        }
        if self.bare_names.get(bare).is_none_or(|count| *count < 2) {
            return Some(bare.to_owned());
        }
        Some(format!("{bare} ({})", credential.short))
    }
}

/// The words of a name in lower case, with a blank before and after each.
pub(super) fn words(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).fold(" ".to_owned(), |joined, word| joined + &word + " ")
}
