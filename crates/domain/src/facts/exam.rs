//! Questions on the exam itself: its code today, and what weighs most.

use super::{CatalogQuestions, FactDraft, MIN_WRONG, drawn, offer, spread, wrong};
use crate::catalog::{Credential, Domain, Version};
use crate::period::{Moment, PartialDate};
use crate::question::Wrong;

/// From how many wrong codes a question draws: few, so that other versions of the same exam are among them.
const WRONG_CODES: usize = 4;
/// How many other versions of the same exam are wrong choices.
const OTHER_VERSIONS: usize = 2;
/// With two domains, one outweighs the other too easily.
const MIN_DOMAINS: usize = 3;

impl<'a> CatalogQuestions<'a> {
    /// The exam's code, if only one can be in use today and the names do not tell it.
    pub(super) fn code(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let code = self.certain_code(credential).filter(|code| *code != credential.short)?;
        let version = credential.version(self.today);
        let others = self.other_versions(credential, version);
        let siblings = self.index.similar_codes(code).take(WRONG_CODES.saturating_sub(others.len()));
        let siblings = siblings.map(|(code, c)| wrong(code, format!("{code}: {}.", self.full_name(c))));
        let wrong: Vec<Wrong> = others.into_iter().chain(siblings).collect();
        let id = |code: &str| format!("code/{}-{}", credential.id, code.to_lowercase());
        let earlier = self.earlier_codes(credential);
        let was = earlier.last().copied().unwrap_or_default();
        (wrong.len() >= MIN_WRONG).then(|| {
            let name = self.full_name(credential);
            let draft = FactDraft::about(credential, "codes", "code", "exams");
            FactDraft { id: id(code), ..draft }
                .asks(
                    format!("Which code does the exam of {name} have today?"),
                    drawn(vec![code.to_owned()], wrong),
                    format!("{}.", in_use(&name, code, version)),
                )
                .replacing(earlier.iter().map(|code| id(code)).collect(), was, version.and_then(since))
        })
    }

    /// The code of today's exam; `None` if an earlier version may still be in use.
    fn certain_code(&self, credential: &'a Credential) -> Option<&'a str> {
        let Some(version) = credential.version(self.today) else { return credential.code.as_deref() };
        let has_begun = version.from.is_none_or(|from| from.last().is_some_and(|day| day <= self.today));
        let before = credential.versions.iter().take_while(|v| *v != version).last();
        let is_over = |v: &Version| v.until.and_then(Moment::last).is_some_and(|last| last < self.today);
        (has_begun && before.is_none_or(is_over)).then_some(version.code.as_str())
    }

    /// Other versions of the same exam and of its predecessors, as wrong choices.
    fn other_versions(&self, credential: &Credential, version: Option<&Version>) -> Vec<Wrong> {
        let own = credential.versions.iter().filter(|v| Some(*v) != version);
        let own =
            own.rev().take(OTHER_VERSIONS).map(|v| wrong(&v.code, format!("{}.", self.version_text(v))));
        let before = self.index.predecessors(&credential.id).iter();
        let before = before.filter_map(|c| {
            let code = c.versions.last().map(|v| v.code.as_str()).or(c.code.as_deref())?;
            Some(wrong(code, format!("{code} was the exam of {}.", self.full_name(c))))
        });
        own.chain(before.take(OTHER_VERSIONS)).collect()
    }

    /// "DVA-C01 ended on 27 February 2023", "DVA-C03 begins on 1 December 2026".
    fn version_text(&self, version: &Version) -> String {
        let code = &version.code;
        let is_to_come = version.from.and_then(Moment::first).is_some_and(|first| self.today < first);
        match (is_to_come, version.from.and_then(offer::when), version.until.and_then(offer::when)) {
            (true, Some(from), _) => format!("{code} begins {from}"),
            (false, _, Some(until)) => format!("{code} ended {until}"),
            (true, None, _) => format!("{code} is a later version of the exam"),
            (false, _, None) => format!("{code} is an earlier version of the exam"),
        }
    }

    /// The codes of the versions before today's, the latest last.
    fn earlier_codes(&self, credential: &'a Credential) -> Vec<&'a str> {
        let Some(now) = credential.version(self.today) else { return Vec::new() };
        let earlier = credential.versions.iter().take_while(|v| *v != now).filter(|v| v.code != now.code);
        earlier.map(|v| v.code.as_str()).collect()
    }

    /// Which domain weighs most. Asked only if all weights are known and one is the greatest.
    pub(super) fn heaviest(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let domains = self.known_domains(credential)?;
        let weight = |d: &Domain| d.weight.unwrap_or(0.0);
        let known = domains.len() >= MIN_DOMAINS && domains.iter().all(|d| d.weight.is_some());
        let heaviest = domains.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)))?;
        let ties = domains.iter().filter(|d| weight(d) == weight(heaviest)).count();
        let others = domains.iter().filter(|d| d.name != heaviest.name);
        let wrong = others.map(|d| wrong(&d.name, format!("{}: {} %.", d.name, weight(d)))).collect();
        let code = credential.code_on(self.today);
        let id = |code: &str| format!("heaviest/{}-{}", credential.id, code.to_lowercase());
        (known && ties == 1).then(|| {
            let draft = FactDraft::about(credential, "topics", "heaviest", "exams");
            let draft = FactDraft { id: code.map_or(draft.id, id), ..draft };
            let earlier = self.earlier_codes(credential).into_iter().map(id).collect();
            let exam = match code {
                Some(code) => format!("{} ({code})", credential.name),
                None => credential.name.clone(),
            };
            draft
                .asks(
                    format!("Which domain weighs most in the exam of {exam}?"),
                    drawn(vec![heaviest.name.clone()], spread(wrong)),
                    format!("{}: {} %.", heaviest.name, weight(heaviest)),
                )
                .replacing(
                    earlier,
                    "the weights of an earlier version",
                    credential.version(self.today).and_then(since),
                )
        })
    }

    /// The domains of today's version. Those of the credential are the newest version's: of an earlier day they
    /// say nothing unless that version has certainly begun.
    fn known_domains(&self, credential: &'a Credential) -> Option<&'a [Domain]> {
        let Some(version) = credential.version(self.today) else { return Some(&credential.domains) };
        if !version.domains.is_empty() {
            return Some(&version.domains);
        }
        let is_newest = credential.versions.last() == Some(version);
        let was_read =
            || credential.origin("topics").and_then(|o| o.checked).is_some_and(|day| day <= self.today);
        let is_in_use = self.certain_code(credential).is_some() || was_read();
        (is_newest && is_in_use).then_some(&credential.domains)
    }
}

/// "DVA-C02 has been the exam of AWS Certified Developer - Associate since 28 February 2023".
fn in_use(name: &str, code: &str, version: Option<&Version>) -> String {
    let since = version.and_then(since).map(crate::wording::partial_date);
    let until = version.and_then(|v| v.until).and_then(offer::when);
    let mut told = match since {
        Some(since) => format!("{code} has been the exam of {name} since {since}"),
        None => format!("{code} is the exam of {name}"),
    };
    if let Some(until) = until {
        told.push_str(&format!("; it ends {until}"));
    }
    told
}

/// Since when a version is in use; `None` if only a span is known.
fn since(version: &Version) -> Option<PartialDate> {
    match version.from? {
        Moment::At(date) => Some(date),
        Moment::Between { .. } => None,
    }
}
