//! Questions on the exam itself: its code, its length, its pass mark, what weighs most.

use super::{CatalogQuestions, FactDraft, drawn, wrong};
use crate::catalog::{Credential, Domain, Version};
use crate::period::{Moment, PartialDate};
use crate::question::{Kind, Wrong};

impl<'a> CatalogQuestions<'a> {
    pub(super) fn code(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let code = credential.code_on(self.today)?;
        let siblings = self.on_offer().filter(|c| c.id != credential.id);
        let wrong: Vec<Wrong> = siblings
            .filter_map(|c| c.code_on(self.today).map(|code| wrong(code, format!("{code}: {}.", c.name))))
            .collect();
        let id = |code: &str| format!("code/{}-{}", credential.id, code.to_lowercase());
        let version = credential.version(self.today);
        let earlier: Vec<&Version> = credential
            .versions
            .iter()
            .take_while(|v| Some(*v) != version)
            .filter(|v| v.code != code)
            .collect();
        let replaces =
            if version.is_some() { earlier.iter().map(|v| id(&v.code)).collect() } else { Vec::new() };
        let was = earlier.last().map_or_else(String::new, |v| v.code.clone());
        (wrong.len() >= 3).then(|| {
            let draft = FactDraft::about(credential, "codes", "code", "exams");
            let draft = FactDraft { id: id(code), ..draft };
            draft
                .asks(
                    format!("Which code does the exam of {} have today?", credential.name),
                    drawn(vec![code.to_owned()], wrong),
                    format!("{code} is the exam of {}. {}", credential.name, versions_text(credential)),
                )
                .replacing(replaces, was, version.and_then(since))
        })
    }

    pub(super) fn minutes(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let minutes = credential.minutes.filter(|_| self.is_verified(credential, "minutes"))?;
        let disputed = credential.notes.iter().any(|n| n.about == "minutes");
        (!disputed).then(|| {
            FactDraft::about(credential, "minutes", "minutes", "exams").asks(
                format!("How many minutes does the exam of {} give you?", credential.name),
                Kind::Number { value: f64::from(minutes), unit: "minutes".to_owned(), tolerance: 0.0 },
                match credential.questions {
                    Some(questions) => format!("{minutes} minutes for {questions} questions."),
                    None => format!("{minutes} minutes."),
                },
            )
        })
    }

    pub(super) fn pass_mark(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let mark = credential.pass_mark.filter(|_| self.is_verified(credential, "pass_mark"))?;
        Some(FactDraft::about(credential, "pass_mark", "pass-mark", "exams").asks(
            format!("Which score passes the exam of {}?", credential.name),
            Kind::Number { value: f64::from(mark), unit: "points".to_owned(), tolerance: 0.0 },
            format!("{mark} points or more pass."),
        ))
    }

    /// The codes, in lower case, of the versions before today's.
    fn earlier_versions(&self, credential: &Credential) -> Vec<String> {
        let Some(now) = credential.version(self.today) else { return Vec::new() };
        let earlier = credential.versions.iter().take_while(|v| *v != now).filter(|v| v.code != now.code);
        earlier.map(|v| v.code.to_lowercase()).collect()
    }

    /// Which domain weighs most. Asked only if all weights are known and one is the greatest.
    pub(super) fn heaviest(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let domains = credential.domains_on(self.today);
        let weight = |d: &Domain| d.weight.unwrap_or(0.0);
        let known = domains.len() >= 3 && domains.iter().all(|d| d.weight.is_some());
        let heaviest = domains.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)))?;
        let ties = domains.iter().filter(|d| weight(d) == weight(heaviest)).count();
        let others = domains.iter().filter(|d| d.name != heaviest.name);
        let wrong: Vec<String> = others.map(|d| d.name.clone()).collect();
        let weights: Vec<String> = domains.iter().map(|d| format!("{} {} %", d.name, weight(d))).collect();
        let code = credential
            .code_on(self.today)
            .map_or_else(String::new, |code| format!("-{}", code.to_lowercase()));
        (known && ties == 1).then(|| {
            let draft = FactDraft::about(credential, "topics", "heaviest", "exams");
            let draft = FactDraft { id: format!("{}{code}", draft.id), ..draft };
            let earlier: Vec<String> = self.earlier_versions(credential);
            let replaces = earlier.iter().map(|code| format!("heaviest/{}-{code}", credential.id)).collect();
            let since = credential.version(self.today).and_then(since);
            draft
                .asks(
                    format!("What weighs most in the exam of {}?", credential.name),
                    drawn(vec![heaviest.name.clone()], super::explained(wrong)),
                    format!("{}.", weights.join("; ")),
                )
                .replacing(replaces, "the weights of an earlier version", since)
        })
    }
}

/// The earlier and later codes of an exam, with their days.
fn versions_text(credential: &Credential) -> String {
    let told: Vec<String> =
        credential.versions.iter().filter_map(|v| Some(format!("{} from {}", v.code, since(v)?))).collect();
    if told.len() < 2 { String::new() } else { format!("{}.", told.join(", ")) }
}

/// Since when a version is in use; `None` if only a span is known.
fn since(version: &Version) -> Option<PartialDate> {
    match version.from? {
        Moment::At(date) => Some(date),
        Moment::Between { .. } => None,
    }
}
