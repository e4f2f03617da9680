//! Questions on renewal: which other exam keeps a credential valid.

use super::index::words;
use super::{CatalogQuestions, FactDraft, MAX_WRONG, MIN_WRONG, drawn, wrong};
use crate::catalog::{Credential, CredentialId, Validity};
use crate::period::Offer;
use crate::question::Wrong;

/// Words with which the names of several credentials may begin, and that notes leave out: "AWS Certified".
const MAX_SHARED_WORDS: usize = 2;

impl<'a> CatalogQuestions<'a> {
    /// Which other exam renews it. Wrong choices are siblings that expire too.
    pub(super) fn renewed_by(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let ways = credential.renewed_by.as_ref().filter(|_| self.is_verified(credential, "renewed_by"))?;
        let in_force = ways.iter().filter(|way| way.from.is_none_or(|from| from <= self.today));
        let others = in_force.filter(|way| way.credential != credential.id);
        let exams: Vec<&Credential> = others
            .filter_map(|way| self.index.credential(&way.credential))
            .filter(|exam| self.index.offer(exam) == Offer::OnOffer)
            .collect();
        let right: Vec<String> = exams.iter().map(|exam| self.full_name(exam)).collect();
        let wrong = self.renewing_others(credential);
        (!right.is_empty() && wrong.len() >= MIN_WRONG).then(|| {
            let name = self.full_name(credential);
            let ways =
                format!("{name} is renewed by {}, as far as the catalog knows.", self.full_names(&exams));
            let remarks = remarks(credential, &exams);
            let rationale = std::iter::once(ways.as_str()).chain(remarks).collect::<Vec<_>>().join(" ");
            FactDraft::about(credential, "renewed_by", "renewed-by", "expiry").asks(
                format!("Which of these exams, when you pass it, also renews {name}?"),
                drawn(right, wrong),
                rationale,
            )
        })
    }

    /// The siblings that follow in the catalog and do not renew it, with what their exams renew.
    fn renewing_others(&self, credential: &Credential) -> Vec<Wrong> {
        let siblings = self.index.siblings(credential);
        let expire = siblings.filter(|c| matches!(c.validity, Some(Validity::Months(_))));
        let renews = |id: &CredentialId| credential.renewal_by(id, self.today).is_some();
        let no_way = expire.filter(|c| !renews(&c.id) && !c.successor.as_ref().is_some_and(renews));
        no_way.take(MAX_WRONG).map(|c| self.renewing(c)).collect()
    }

    /// A credential as a wrong choice, with what its exam renews.
    fn renewing(&self, exam: &Credential) -> Wrong {
        let name = self.full_name(exam);
        let renewed = self.index.renewed_by(&exam.id);
        let meaning = match renewed.is_empty() {
            true => format!("{name} renews no other."),
            false => format!("{name} renews {}.", self.full_names(renewed)),
        };
        wrong(name, meaning)
    }
}

/// The catalog's notes on renewal that name one of these exams: what is disputed stays visible.
fn remarks<'a>(credential: &'a Credential, exams: &[&Credential]) -> Vec<&'a str> {
    let notes = credential.notes.iter().filter(|note| note.about == "renewed_by");
    let named = |text: &str| {
        let text = words(text);
        exams.iter().any(|exam| names(exam).iter().any(|name| text.contains(name.as_str())))
    };
    notes.filter(|note| named(&note.text)).map(|note| note.text.as_str()).collect()
}

/// How a note may name an exam: by its short name, or without the words that its name shares with others.
fn names(exam: &Credential) -> Vec<String> {
    let name: Vec<&str> = exam.name.split_whitespace().collect();
    let ends = (0..=MAX_SHARED_WORDS).filter_map(|dropped| name.get(dropped..)).filter(|end| end.len() > 1);
    ends.map(|end| words(&end.join(" "))).chain([words(&exam.short)]).filter(|name| name != " ").collect()
}
