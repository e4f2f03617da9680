//! One question, as it is written: what it means, and what is wrong with it.

mod keys;
pub mod messages;
mod stated_number;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::diagnostic::Diagnostic;
use super::json::key_offset;
use super::json_writer::letter;
use super::limits::{MAX_CHOICES, MAX_TEXT};
use super::position::Position;
use super::raw::{RawChanged, RawKind, RawQuestion};
use super::slug::is_slug;
use super::text_case::is_same;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::period::PartialDate;
use badgedex_domain::question::{Changed, Kind, Level, Pack, Question, QuestionId};
use badgedex_domain::sanitize;

/// One question and what is wrong with it.
pub struct Checker<'a> {
    pub file: &'a str,
    /// Where the question begins.
    pub spot: Position,
    pub text: &'a str,
    pub id: &'a str,
    pub diagnostics: Vec<Diagnostic>,
}

impl Checker<'_> {
    /// Reports an error at a key of the question.
    fn report(&mut self, key: &str, problem: impl Into<String>) {
        let spot = self.spot.after(&self.text[..key_offset(self.text, key)]);
        self.diagnostics.push(Diagnostic::at(self.file, spot, Some(self.id), problem));
    }

    pub fn question(
        &mut self,
        raw: &RawQuestion,
        pack: &Pack,
        known: &BTreeSet<CredentialId>,
    ) -> Option<Question> {
        if self.text.len() > MAX_TEXT {
            return self.refuse("stem", "the question is longer than 64 KiB: shorten it");
        }
        self.check_id(&raw.id, &pack.id);
        self.check_references(raw, pack, known);
        self.check_text(raw);
        let checked = self.date(raw.checked.as_deref());
        let kind = self.kind(raw);
        self.check_stated_number(&raw.stem, kind.as_ref());
        let changed = self.changed(raw.changed.as_ref());
        let reasons = self.reasons(raw);
        let exam_form = self.exam_form(raw);
        let level = self.level(raw.level);
        let clean = |text: &String| sanitize::paragraph(text).into_owned();
        let ids = |ids: &[String]| ids.iter().map(QuestionId::new).collect();
        let credentials = match &raw.credentials {
            Some(named) => named.iter().map(CredentialId::new).collect(),
            None => pack.credentials.clone(),
        };
        Some(Question {
            id: QuestionId::new(raw.id.as_str()),
            topic: raw.topic.clone(),
            credentials,
            facts: raw.facts.clone(),
            stem: clean(&raw.stem),
            kind: kind?,
            hint: raw.hint.as_ref().map(clean),
            rationale: raw.rationale.as_ref().map(clean),
            reasons,
            exam_form,
            level,
            source: raw.source.as_ref().map(clean),
            checked,
            was: ids(&raw.was),
            replaces: ids(&raw.replaces),
            changed,
        })
    }

    fn check_id(&mut self, id: &str, pack: &str) {
        match id.split_once('/') {
            Some((before, name)) if before == pack && is_slug(name) => {}
            _ => self.report("id", messages::wrong_id(id, pack)),
        }
    }

    fn check_references(&mut self, raw: &RawQuestion, pack: &Pack, known: &BTreeSet<CredentialId>) {
        if !pack.topics.iter().any(|t| t.id == raw.topic) {
            self.report("topic", messages::no_topic(&raw.topic, pack));
        }
        for id in raw.credentials.iter().flatten() {
            if !known.contains(&CredentialId::new(id.as_str())) {
                self.report("credentials", messages::no_credential(id));
            }
        }
        for (key, ids) in [("was", &raw.was), ("replaces", &raw.replaces)] {
            if ids.iter().any(|id| sanitize::line(id) != id.as_str()) {
                self.report(key, format!("\"{key}\" holds characters that no id has: take them out"));
            }
        }
        for id in &raw.facts {
            if !pack.facts.iter().any(|f| f.id == *id) {
                self.report(
                    "facts",
                    format!("the pack has no fact \"{id}\": write one of pack.json, or take it out"),
                );
            }
        }
    }

    fn check_text(&mut self, raw: &RawQuestion) {
        if sanitize::line(&raw.stem).trim().is_empty() {
            self.report("stem", "the stem is empty: write what is asked");
        }
    }

    /// "Choose two" with another number of right choices.
    fn check_stated_number(&mut self, stem: &str, kind: Option<&Kind>) {
        let right = match kind {
            Some(Kind::OneOf { .. }) => 1,
            Some(Kind::AnyOf { keys, .. }) => keys.len(),
            Some(
                Kind::TrueFalse { .. }
                | Kind::Typed { .. }
                | Kind::Number { .. }
                | Kind::Order { .. }
                | Kind::Drawn { .. }
                | Kind::Reveal { .. },
            )
            | None => return,
        };
        if let Some(stated) = stated_number::stated_number(stem).filter(|stated| *stated != right) {
            let are = if right == 1 { "1 choice is right" } else { &format!("{right} choices are right") };
            self.report("stem", format!("the stem says to choose {stated}, but {are}: correct one of them"));
        }
    }

    /// As many as choices; empty if there are none.
    fn reasons(&mut self, raw: &RawQuestion) -> Vec<String> {
        let (Some(reasons), Some(choices)) = (&raw.reasons, &raw.choices) else { return Vec::new() };
        if reasons.len() != choices.len() {
            let (has, wanted) = (reasons.len(), choices.len());
            let problem =
                format!("\"reasons\" has {has}, and there are {wanted} choices: write one for each");
            self.report("reasons", problem);
        }
        let reasons: Vec<String> =
            reasons.iter().map(|text| sanitize::line(text).trim().to_owned()).collect();
        if let Some(empty) = reasons.iter().position(String::is_empty) {
            let problem = format!("the reason of choice {} is empty: write it", letter(empty));
            self.report("reasons", problem);
        }
        reasons
    }

    fn exam_form(&mut self, raw: &RawQuestion) -> Option<String> {
        let form = raw.form.as_ref()?;
        if raw.kind == RawKind::Reveal {
            return self.refuse("form", "an exam cannot mark a question of this kind: remove \"form\"");
        }
        match is_slug(form) {
            true => Some(form.clone()),
            false => {
                self.refuse("form", "a form is named by a to z, 0 to 9 and hyphens: write \"a\" or \"b\"")
            }
        }
    }

    fn level(&mut self, level: Option<u8>) -> Option<Level> {
        let number = level?;
        Level::of(number)
            .or_else(|| self.refuse("level", &format!("level {number} does not exist: write 1, 2 or 3")))
    }

    fn date(&mut self, text: Option<&str>) -> Option<NaiveDate> {
        let text = text?;
        let date = text.parse().ok();
        if date.is_none() {
            self.report("checked", messages::no_date(text));
        }
        date
    }

    fn changed(&mut self, raw: Option<&RawChanged>) -> Option<Changed> {
        let raw = raw?;
        let since = raw.since.as_deref().map(str::parse::<PartialDate>);
        let since = match since {
            Some(Err(error)) => return self.refuse("changed", &error.to_string()),
            Some(Ok(since)) => Some(since),
            None => None,
        };
        Some(Changed { was: sanitize::line(&raw.was).into_owned(), since })
    }

    fn kind(&mut self, raw: &RawQuestion) -> Option<Kind> {
        self.check_keys(raw);
        match raw.kind {
            RawKind::OneOf => self.one_of(raw),
            RawKind::AnyOf => self.any_of(raw),
            RawKind::TrueFalse => self.truth(raw),
            RawKind::Typed => {
                let accepted = self.texts(raw, "accepted", raw.accepted.as_ref(), 1)?;
                Some(Kind::Typed { accepted })
            }
            RawKind::Number => self.number(raw),
            RawKind::Order => Some(Kind::Order { items: self.texts(raw, "items", raw.items.as_ref(), 2)? }),
            RawKind::Reveal => self.reveal(raw),
        }
    }

    fn refuse<T>(&mut self, key: &str, problem: &str) -> Option<T> {
        self.report(key, problem);
        None
    }

    /// Texts of a list: at least `least`, all different.
    fn texts(
        &mut self,
        raw: &RawQuestion,
        key: &str,
        texts: Option<&Vec<String>>,
        least: usize,
    ) -> Option<Vec<String>> {
        let texts: Vec<String> = match texts {
            Some(texts) => texts.iter().map(|t| sanitize::line(t).trim().to_owned()).collect(),
            None => return self.missing(raw, key, "id", &format!("\"{key}\" is missing: write it")),
        };
        if !(least..=MAX_CHOICES).contains(&texts.len()) {
            return self.refuse(
                key,
                &format!("\"{key}\" has {}, and may have {least} to {MAX_CHOICES}", texts.len()),
            );
        }
        for (i, text) in texts.iter().enumerate() {
            if text.is_empty() {
                self.report(key, format!("one of \"{key}\" is empty: write a text, or take it out"));
            }
            if texts[..i].iter().any(|t| is_same(t, text)) {
                self.report(
                    key,
                    format!("two of \"{key}\" are the same: \"{text}\"; change one, or take it out"),
                );
            }
        }
        Some(texts)
    }

    fn reveal(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let Some(answer) = &raw.answer else {
            return self.missing(raw, "answer", "id", "\"answer\" is missing: write it");
        };
        let answer = sanitize::paragraph(answer).trim().to_owned();
        match answer.is_empty() {
            true => self.refuse("answer", "the answer is empty: write what is to be shown"),
            false => Some(Kind::Reveal { answer }),
        }
    }

    fn number(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let Some(value) = raw.value else {
            return self.missing(raw, "value", "id", "\"value\" is missing: write it");
        };
        let tolerance = raw.tolerance.unwrap_or(0.0);
        if tolerance < 0.0 {
            return self.refuse("tolerance", "the tolerance is below 0: write 0 or more");
        }
        let unit = raw.unit.as_ref().map(|u| sanitize::line(u).into_owned()).unwrap_or_default();
        Some(Kind::Number { value, unit, tolerance })
    }
}
