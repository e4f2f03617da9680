//! The cheapest way to keep several holdings valid: the fewest exams, then the least money.

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, CredentialId};
use super::money::Money;
use super::period::Offer;
use super::record::Record;

/// At most this many exams are combined; those that renew the most are preferred.
const MAX_CANDIDATES: usize = 20;

/// Exams that together keep a chosen set valid.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RenewalPlan<'a> {
    /// Each with what it keeps valid.
    pub exams: Vec<(&'a Credential, Vec<&'a Credential>)>,
    /// The sum of the fees that are known, in the currency of the first.
    pub total: Money,
    /// A fee of one of the exams is not known.
    pub fee_unknown: bool,
    /// Chosen credentials that no available exam renews.
    pub not_renewable: Vec<&'a Credential>,
}

/// One exam and the chosen credentials that it renews, one bit each.
#[derive(Debug, Clone, Copy)]
struct RenewalExam<'a> {
    exam: &'a Credential,
    renews: u64,
}

impl RenewalExam<'_> {
    /// Unknown fees count as more expensive than known ones.
    fn cost(&self) -> Money {
        self.exam.fee.map_or(Money(i64::MAX / 1024), |fee| fee.amount)
    }
}

/// The fewest exams, then the least money, that renew everything of `chosen` that can be renewed on `today`.
///
/// Only the first 64 of `chosen` are considered.
pub fn cheapest<'a>(
    catalog: &'a Catalog,
    record: &Record,
    chosen: &[&'a Credential],
    today: NaiveDate,
) -> RenewalPlan<'a> {
    let chosen = &chosen[..chosen.len().min(64)];
    let exams = exams(catalog, record, chosen, today);
    let reachable = exams.iter().fold(0, |all, exam| all | exam.renews);
    let best = smallest_cover(&exams, reachable);
    let names = |bits: u64| -> Vec<&'a Credential> {
        (0..chosen.len()).filter(|i| bits & (1 << i) != 0).map(|i| chosen[i]).collect()
    };
    RenewalPlan {
        total: Money(best.iter().filter_map(|exam| exam.exam.fee).map(|fee| fee.amount.0).sum()),
        fee_unknown: best.iter().any(|exam| exam.exam.fee.is_none()),
        exams: best.iter().map(|exam| (exam.exam, names(exam.renews))).collect(),
        not_renewable: names(!reachable & mask(chosen.len())),
    }
}

fn mask(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// Available exams that renew something of `chosen`, without those that another one dominates.
fn exams<'a>(
    catalog: &'a Catalog,
    record: &Record,
    chosen: &[&Credential],
    today: NaiveDate,
) -> Vec<RenewalExam<'a>> {
    let renews = |exam: &Credential| {
        let bit = |(i, held): (usize, &&Credential)| u64::from(renews(exam, held, today)) << i;
        chosen.iter().enumerate().map(bit).sum()
    };
    let open = |c: &&Credential| c.offer(today) == Offer::OnOffer && !record.has_skipped(&c.id);
    let ready = |c: &&Credential| {
        let met = |id: &CredentialId| record.holding(id).is_some();
        c.prerequisites.iter().flatten().all(|p| met(&p.credential))
    };
    let all: Vec<RenewalExam> = catalog
        .credentials
        .iter()
        .filter(open)
        .filter(ready)
        .map(|exam| RenewalExam { exam, renews: renews(exam) })
        .filter(|exam| exam.renews != 0)
        .collect();
    let mut kept: Vec<RenewalExam> = Vec::new();
    for (i, exam) in all.iter().enumerate() {
        let dominated = all.iter().enumerate().any(|(j, other)| i != j && dominates(other, exam, j < i));
        if !dominated {
            kept.push(*exam);
        }
    }
    kept.sort_by_key(|exam| (std::cmp::Reverse(exam.renews.count_ones()), exam.cost()));
    kept.truncate(MAX_CANDIDATES);
    kept
}

/// Whether a pass of `exam` renews `held`. Its own exam does so even if the catalog does not say how.
pub fn renews(exam: &Credential, held: &Credential, today: NaiveDate) -> bool {
    match &held.renewed_by {
        None => exam.id == held.id,
        Some(_) => held.renewal_by(&exam.id, today).is_some(),
    }
}

/// Whether `a` renews all that `b` does and costs at most as much; of two equal ones the earlier does.
fn dominates(a: &RenewalExam, b: &RenewalExam, earlier: bool) -> bool {
    let covers = a.renews & b.renews == b.renews;
    let same = a.renews == b.renews && a.cost() == b.cost();
    covers && a.cost() <= b.cost() && (!same || earlier)
}

/// The smallest set of exams that reaches everything, the cheapest of its size.
fn smallest_cover<'a>(exams: &[RenewalExam<'a>], goal: u64) -> Vec<RenewalExam<'a>> {
    for size in 0..=exams.len() {
        let mut best: Option<(Money, Vec<RenewalExam<'a>>)> = None;
        each_subset(exams, size, &mut Vec::new(), &mut |set| {
            let reached = set.iter().fold(0, |all, exam| all | exam.renews);
            let cost = Money(set.iter().map(|exam| exam.cost().0).sum());
            if reached == goal && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, set.to_vec()));
            }
        });
        if let Some((_, set)) = best {
            return set;
        }
    }
    Vec::new()
}

/// Calls `see` with every set of `size` exams.
fn each_subset<'a>(
    exams: &[RenewalExam<'a>],
    size: usize,
    taken: &mut Vec<RenewalExam<'a>>,
    see: &mut impl FnMut(&[RenewalExam<'a>]),
) {
    if size == 0 {
        return see(taken);
    }
    for (i, exam) in exams.iter().enumerate() {
        if exams.len() - i < size {
            return;
        }
        taken.push(*exam);
        each_subset(&exams[i + 1..], size - 1, taken, see);
        taken.pop();
    }
}

#[cfg(test)]
mod tests;
