//! From a catalog's file to the domain's catalog: what tiers say for all is filled in, ids are checked.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::diagnostic::Diagnostic;
use super::folder::File;
use super::json::{self, key_offset};
use super::position::{Position, PositionCursor, offset};
use super::raw::catalog::{
    RawCatalog, RawFrame, RawKeptUntil, RawNeeds, RawPool, RawStep, RawTier, RawTitle, RawTitleNeeds,
};
use super::raw::credential::{
    CREDENTIAL_KEYS, RawCredential, RawDomain, RawMoment, RawOffered, RawRenewal, RawRenewalWithoutExam,
};
use super::raw::stated::{
    RawFee, RawMustBe, RawOrigins, RawPassShare, RawPrerequisite, RawValidFor, RawValidity, Stated,
};
use super::raw::{FORMAT, RawId};
use badgedex_domain::catalog::{
    Beta, Catalog, Credential, CredentialId, Domain, Family, Field, Frame, KeptUntil, Needs, Note, Origin,
    PartnersOnly, PassShare, PathAuthor, Pool, Prerequisite, Renewal, RenewalWithoutExam, Reschedule, Retake,
    Role, RoleFirst, Set, Step, Tier, Title, ValidFor, Validity, Version, Voucher,
};
use badgedex_domain::money::{Currency, Fee, Money};
use badgedex_domain::period::{Moment, Offered, PartialDate};
use badgedex_domain::sanitize;

/// Reads and checks a catalog.
pub fn read(file: &File) -> Result<Catalog, Vec<Diagnostic>> {
    let raw: RawCatalog = json::read(&file.text, Position::START)
        .map_err(|error| vec![Diagnostic::of_json(&file.label, None, &error)])?;
    if raw.format != FORMAT {
        let problem = format!("format {} is not known: write {FORMAT}, which this program reads", raw.format);
        let spot = Position::START.after(&file.text[..key_offset(&file.text, "format")]);
        return Err(vec![Diagnostic::at(&file.label, spot, None, problem)]);
    }
    let mut reader = CatalogReader { file, diagnostics: Vec::new(), spot: Position::START, item: None };
    let catalog = reader.catalog(&raw);
    reader.check_references(&catalog);
    if reader.diagnostics.is_empty() { Ok(catalog) } else { Err(reader.diagnostics) }
}

/// No exam costs more.
const MAX_FEE: f64 = 1e6;

struct CatalogReader<'a> {
    file: &'a File,
    diagnostics: Vec<Diagnostic>,
    /// Where that begins which is being read.
    spot: Position,
    /// The credential that is being read.
    item: Option<String>,
}

fn clean(text: impl AsRef<str>) -> String {
    sanitize::line(text.as_ref()).into_owned()
}

fn ids(texts: &[String]) -> Vec<CredentialId> {
    texts.iter().map(CredentialId::new).collect()
}

impl CatalogReader<'_> {
    fn report(&mut self, problem: impl Into<String>) {
        let item = self.item.clone();
        self.diagnostics.push(Diagnostic::at(&self.file.label, self.spot, item.as_deref(), problem));
    }

    fn catalog(&mut self, raw: &RawCatalog) -> Catalog {
        let credentials = self.credentials(raw);
        self.spot = Position::START;
        self.item = None;
        Catalog {
            id: clean(&raw.id),
            issuer: clean(&raw.issuer),
            short: clean(&raw.short),
            title: clean(&raw.title),
            families: raw
                .families
                .iter()
                .map(|f| Family { id: clean(&f.id), name: clean(&f.name), plural: clean(&f.plural) })
                .collect(),
            tiers: raw.tiers.iter().map(tier).collect(),
            fields: raw
                .fields
                .iter()
                .map(|f| Field {
                    id: clean(&f.id),
                    name: clean(&f.name),
                    picture: f.picture.each_ref().map(clean),
                    ascii: f.ascii.each_ref().map(clean),
                })
                .collect(),
            roles: raw
                .roles
                .iter()
                .map(|r| Role {
                    id: clean(&r.id),
                    name: clean(&r.name),
                    prefers: ids(&r.prefers),
                    first: r.first.as_ref().map(|first| RoleFirst {
                        tier: clean(&first.tier),
                        before_step: first.before_step,
                        why: clean(&first.why),
                    }),
                })
                .collect(),
            path: raw.path.iter().filter_map(|s| self.step(s)).collect(),
            path_by: raw
                .path_by
                .as_ref()
                .map(|by| PathAuthor { name: clean(&by.name), source: by.source.as_ref().map(clean) }),
            sets: raw
                .sets
                .iter()
                .map(|s| Set { id: clean(&s.id), name: clean(&s.name), credentials: ids(&s.credentials) })
                .collect(),
            titles: raw.titles.iter().map(|t| self.title(t)).collect(),
            retake: raw.retake.as_ref().map(|r| Retake {
                after_days: r.after_days,
                origin: self.origin(r.checked.as_ref(), r.source.as_ref()),
            }),
            reschedule: raw.reschedule.as_ref().map(|r| Reschedule {
                hours: r.hours,
                origin: self.origin(r.checked.as_ref(), r.source.as_ref()),
            }),
            voucher: raw.voucher.as_ref().map(|v| Voucher {
                percent: v.percent,
                origin: self.origin(v.checked.as_ref(), v.source.as_ref()),
            }),
            credentials,
            index: Default::default(),
        }
    }

    fn credentials(&mut self, raw: &RawCatalog) -> Vec<Credential> {
        let mut walk = PositionCursor::start(&self.file.text);
        let mut credentials = Vec::new();
        for text in &raw.credentials {
            self.spot = walk.to(offset(&self.file.text, text));
            self.item = serde_json::from_str::<RawId>(text.get()).ok().map(|raw| raw.id);
            self.check_keys(text.get());
            match json::read::<RawCredential>(text.get(), self.spot) {
                Ok(credential) => credentials.push(self.credential(&credential, &raw.tiers)),
                Err(error) => {
                    let item = self.item.as_deref();
                    self.diagnostics.push(Diagnostic::of_json(&self.file.label, item, &error));
                }
            }
        }
        credentials
    }

    fn check_keys(&mut self, text: &str) {
        let keys: std::collections::BTreeMap<String, serde::de::IgnoredAny> =
            serde_json::from_str(text).unwrap_or_default();
        for key in keys.keys().filter(|key| !CREDENTIAL_KEYS.contains(&key.as_str())) {
            self.report(format!("unknown field \"{key}\""));
        }
    }

    fn credential(&mut self, raw: &RawCredential, tiers: &[RawTier]) -> Credential {
        let tier = tiers.iter().find(|t| t.id == raw.tier);
        if tier.is_none() {
            self.report(format!("there is no tier \"{}\"", raw.tier));
        }
        let inherited = tier.map(|t| &t.shared);
        let fee = stated(&raw.shared.fee, inherited.map(|s| &s.fee));
        let validity = stated(&raw.shared.validity, inherited.map(|s| &s.validity));
        let pass_share = stated(&raw.shared.pass_share, inherited.map(|s| &s.pass_share));
        let prerequisites = stated(&raw.shared.prerequisites, inherited.map(|s| &s.prerequisites));
        Credential {
            id: CredentialId::new(raw.id.as_str()),
            name: clean(&raw.name),
            short: clean(&raw.short),
            aliases: raw.aliases.iter().map(clean).collect(),
            tier: clean(&raw.tier),
            code: raw.code.as_ref().map(clean),
            field: clean(&raw.field),
            offered: self.offered(&raw.offered),
            partners_only: raw.partners_only.as_ref().map(|partners| PartnersOnly {
                from: self.moment(partners.from.as_ref()),
                origin: self.origin(partners.checked.as_ref(), partners.source.as_ref()),
            }),
            beta: raw.beta.as_ref().map(|beta| Beta {
                code: beta.code.as_ref().map(clean),
                fee: beta.fee.as_ref().and_then(|fee| self.fee(fee)),
                from: self.moment(beta.from.as_ref()),
                until: self.moment(beta.until.as_ref()),
                languages: beta.languages.iter().map(clean).collect(),
                origin: self.origin(beta.checked.as_ref(), beta.source.as_ref()),
            }),
            successor: raw.successor.as_ref().map(CredentialId::new),
            followed_by: ids(&raw.followed_by),
            prerequisites: prerequisites.map(|list| list.iter().map(prerequisite).collect()),
            renewed_by: raw.renewed_by.as_ref().map(|ways| ways.iter().map(|w| self.renewal(w)).collect()),
            renewed_without_exam: raw.renewed_without_exam.iter().map(|w| self.without_exam(w)).collect(),
            fee: fee.and_then(|fee| self.fee(&fee)),
            proctored: stated(&raw.shared.proctored, inherited.map(|s| &s.proctored)),
            public_proof: stated(&raw.shared.public_proof, inherited.map(|s| &s.public_proof)),
            minutes: raw.minutes,
            questions: raw.questions,
            scored: self.scored(raw),
            pass_mark: stated(&raw.shared.pass_mark, inherited.map(|s| &s.pass_mark)),
            score_max: stated(&raw.shared.score_max, inherited.map(|s| &s.score_max)),
            pass_share: pass_share.and_then(|share| self.pass_share(&share)),
            validity: validity.and_then(|v| self.validity(&v)),
            domains: domains(raw.topics.iter().flatten()),
            versions: raw
                .codes
                .iter()
                .map(|v| Version {
                    code: clean(&v.code),
                    from: self.moment(v.from.as_ref()),
                    until: self.moment(v.until.as_ref()),
                    domains: domains(&v.topics),
                })
                .collect(),
            notes: raw.notes.iter().map(|n| Note { about: clean(&n.about), text: clean(&n.text) }).collect(),
            origins: self.origins(&raw.sources, tier.map(|t| &t.sources)),
        }
    }

    /// A credential's own origins, then its tier's for what it does not name.
    fn origins(&mut self, own: &RawOrigins, tier: Option<&RawOrigins>) -> Vec<(String, Origin)> {
        let inherited = tier.into_iter().flatten().filter(|(fact, _)| !own.contains_key(*fact));
        own.iter()
            .chain(inherited)
            .map(|(fact, raw)| (clean(fact), self.origin(raw.checked.as_ref(), raw.source.as_ref())))
            .collect()
    }

    fn origin(&mut self, checked: Option<&String>, source: Option<&String>) -> Origin {
        Origin { checked: checked.and_then(|c| self.day(c)), source: source.map(clean) }
    }

    fn day(&mut self, text: &str) -> Option<NaiveDate> {
        let date = text.parse::<NaiveDate>().ok();
        if date.is_none() {
            self.report(format!("\"{text}\" is not a date: write YYYY-MM-DD"));
        }
        date
    }

    fn partial(&mut self, text: &str) -> Option<PartialDate> {
        text.parse()
            .map_err(|error: badgedex_domain::period::InvalidDate| self.report(error.to_string()))
            .ok()
    }

    fn moment(&mut self, raw: Option<&RawMoment>) -> Option<Moment> {
        match raw? {
            RawMoment::At(text) => self.partial(text).map(Moment::At),
            RawMoment::Between { after, by } => Some(Moment::Between {
                after: after.as_deref().and_then(|text| self.partial(text)),
                by: by.as_deref().and_then(|text| self.partial(text)),
            }),
        }
    }

    fn offered(&mut self, raw: &RawOffered) -> Offered {
        Offered {
            from: self.moment(raw.from.as_ref()),
            until: self.moment(raw.until.as_ref()),
            seen: raw.seen.as_deref().and_then(|text| self.partial(text)),
            checked: raw.checked.as_deref().and_then(|text| self.day(text)),
            source: raw.source.as_ref().map(clean),
        }
    }

    fn fee(&mut self, raw: &RawFee) -> Option<Fee> {
        let currency = Currency::new(&raw.currency);
        if currency.is_none() || !(0.0..=MAX_FEE).contains(&raw.amount) {
            self.report("a fee is an amount from 0 to a million and a currency of three capital letters");
            return None;
        }
        Some(Fee { amount: Money::from_units(raw.amount), currency: currency? })
    }

    fn scored(&mut self, raw: &RawCredential) -> Option<u32> {
        let is_part = |scored: &u32| *scored > 0 && raw.questions.is_none_or(|all| *scored <= all);
        if raw.scored.is_some_and(|scored| !is_part(&scored)) {
            self.report("\"scored\" is a number from 1 to that of \"questions\"");
        }
        raw.scored.filter(is_part)
    }

    fn pass_share(&mut self, raw: &RawPassShare) -> Option<PassShare> {
        if !(raw.share > 0.0 && raw.share < 1.0 && (0.0..0.5).contains(&raw.sd)) {
            self.report("\"pass_share\" has a share between 0 and 1 and an sd from 0 to 0.5");
            return None;
        }
        Some(PassShare { share: raw.share, sd: raw.sd, source: raw.source.as_ref().map(clean) })
    }

    fn validity(&mut self, raw: &RawValidity) -> Option<Validity> {
        match raw {
            RawValidity::Word(word) if word == "never" => Some(Validity::Never),
            RawValidity::Word(word) => {
                self.report(format!("the validity is \"never\" or a list of months, not \"{word}\""));
                None
            }
            RawValidity::Rules(rules) if !rules.is_sorted_by_key(|r| r.passed_from.clone()) => {
                self.report("put the validity rules in the order of their days, the oldest first");
                None
            }
            RawValidity::Rules(rules) => {
                let rule = |r: &RawValidFor, this: &mut Self| ValidFor {
                    passed_from: r.passed_from.as_deref().and_then(|text| this.day(text)),
                    months: r.months,
                };
                Some(Validity::Months(rules.iter().map(|r| rule(r, self)).collect()))
            }
        }
    }

    fn renewal(&mut self, raw: &RawRenewal) -> Renewal {
        Renewal {
            credential: CredentialId::new(raw.credential.as_str()),
            from: raw.from.as_deref().and_then(|text| self.day(text)),
            also_when_expired: raw.also_when_expired,
        }
    }

    fn without_exam(&mut self, raw: &RawRenewalWithoutExam) -> RenewalWithoutExam {
        RenewalWithoutExam {
            name: clean(&raw.name),
            fee: raw.fee.as_ref().and_then(|fee| self.fee(fee)),
            from_days_before: raw.from_days_before,
            from: self.moment(raw.from.as_ref()),
            until: self.moment(raw.until.as_ref()),
            months: raw.months,
            effort: clean(&raw.effort),
            origin: self.origin(raw.checked.as_ref(), raw.source.as_ref()),
        }
    }

    fn step(&mut self, raw: &RawStep) -> Option<Step> {
        let needs = match &raw.needs {
            RawNeeds::Count(count) => Needs::AtLeast(*count),
            RawNeeds::Word(word) if word == "all" => Needs::All,
            RawNeeds::Word(word) => {
                self.report(format!("step {} needs \"all\" or a number, not \"{word}\"", raw.step));
                return None;
            }
        };
        let from = match &raw.from {
            RawPool::Tier(tier) => Pool::Tier(clean(tier)),
            RawPool::Credentials(named) => Pool::Credentials(ids(named)),
            RawPool::Rest(_) => Pool::Rest,
        };
        Some(Step { number: raw.step, title: clean(&raw.title), why: clean(&raw.why), needs, from })
    }

    fn title(&mut self, raw: &RawTitle) -> Title {
        Title {
            id: clean(&raw.id),
            name: clean(&raw.name),
            needs: match &raw.needs {
                RawTitleNeeds::Credentials(named) => Some(ids(named)),
                RawTitleNeeds::Word(word) => {
                    if word != "all" {
                        self.report(format!("title {}: it needs a list of credentials or \"all\"", raw.id));
                    }
                    None
                }
            },
            all_valid_at_once: raw.all_valid_at_once,
            kept_until: raw
                .kept_until
                .map(|RawKeptUntil::YearEndOfFirstExpiry| KeptUntil::YearEndOfFirstExpiry),
            origin: self.origin(raw.checked.as_ref(), raw.source.as_ref()),
        }
    }

    /// Ids are unique, and whatever is named is there.
    fn check_references(&mut self, catalog: &Catalog) {
        let known: BTreeSet<&CredentialId> = catalog.credentials.iter().map(|c| &c.id).collect();
        let mut named: Vec<&CredentialId> = Vec::new();
        for c in &catalog.credentials {
            named.extend(c.successor.iter().chain(&c.followed_by));
            named.extend(c.prerequisites.iter().flatten().map(|p| &p.credential));
            named.extend(c.renewed_by.iter().flatten().map(|r| &r.credential));
            if catalog.field(&c.field).is_none() {
                self.report(format!("{}: there is no field \"{}\"", c.id, c.field));
            }
        }
        named.extend(catalog.roles.iter().flat_map(|r| &r.prefers));
        named.extend(catalog.sets.iter().flat_map(|s| &s.credentials));
        named.extend(catalog.titles.iter().flat_map(|t| t.needs.iter().flatten()));
        for step in &catalog.path {
            match &step.from {
                Pool::Credentials(ids) => named.extend(ids),
                Pool::Tier(tier) if catalog.tier(tier).is_none() => {
                    self.report(format!("step {}: there is no tier \"{tier}\"", step.number));
                }
                Pool::Tier(_) | Pool::Rest => {}
            }
        }
        for first in catalog.roles.iter().filter_map(|role| role.first.as_ref()) {
            if catalog.tier(&first.tier).is_none() {
                self.report(format!("a role takes the tier \"{}\" first, which does not exist", first.tier));
            }
        }
        for id in named.into_iter().filter(|id| !known.contains(id)) {
            self.report(format!("there is no credential \"{id}\""));
        }
        for tier in catalog.tiers.iter().filter(|t| catalog.family_of(t).is_none()) {
            self.report(format!("tier {}: there is no family \"{}\"", tier.id, tier.family));
        }
        self.check_unique(catalog);
    }

    /// Ids can be shown; what a question would offer to choose from can be read and told apart.
    fn check_unique(&mut self, catalog: &Catalog) {
        for id in catalog.credentials.iter().map(|c| c.id.as_str()) {
            if clean(id) != id || id.trim().is_empty() {
                self.report(format!("the id \"{id}\" is empty or holds characters that are not shown"));
            }
        }
        let (families, tiers) = (&catalog.families, &catalog.tiers);
        self.check_told_apart("family has the id", families.iter().map(|f| &f.id));
        self.check_told_apart("family has the name", families.iter().map(|f| &f.name));
        self.check_told_apart("tier has the id", tiers.iter().map(|t| &t.id));
        self.check_told_apart("tier has the name", tiers.iter().map(|t| &t.name));
        self.check_told_apart("step has the title", catalog.path.iter().map(|s| &s.title));
        self.check_told_apart("credential has the name", catalog.credentials.iter().map(|c| &c.name));
        for credential in &catalog.credentials {
            self.item = Some(credential.id.to_string());
            for domains in credential.versions.iter().map(|v| &v.domains).chain([&credential.domains]) {
                self.check_told_apart("topic has the name", domains.iter().map(|d| &d.name));
                self.check_told_apart("topic has the id", domains.iter().filter_map(|d| d.id.as_ref()));
            }
        }
        self.item = None;
        let mut seen = BTreeSet::new();
        for credential in &catalog.credentials {
            let names = [credential.id.as_str(), &credential.short].map(str::to_lowercase);
            for name in BTreeSet::from(names) {
                if !seen.insert(name.clone()) {
                    self.report(format!("{}: another credential is called \"{name}\" too", credential.id));
                }
            }
        }
    }

    fn check_told_apart<'t>(&mut self, has: &str, texts: impl Iterator<Item = &'t String>) {
        let mut seen = BTreeSet::new();
        for text in texts.map(|text| text.trim()) {
            if text.is_empty() {
                self.report(format!("a {has} \"\", which says nothing"));
            } else if !seen.insert(text.to_lowercase()) {
                self.report(format!("more than one {has} \"{text}\""));
            }
        }
    }
}

/// A credential's own statement, else its tier's.
fn stated<T: Clone>(own: &Stated<T>, inherited: Option<&Stated<T>>) -> Option<T> {
    own.clone().or_else(|| inherited.cloned().flatten()).flatten()
}

fn domains<'r>(raw: impl IntoIterator<Item = &'r RawDomain>) -> Vec<Domain> {
    let domain = |raw: &RawDomain| Domain {
        id: raw.id.as_ref().map(clean),
        name: clean(&raw.name),
        weight: raw.weight,
    };
    raw.into_iter().map(domain).collect()
}

fn prerequisite(raw: &RawPrerequisite) -> Prerequisite {
    Prerequisite {
        credential: CredentialId::new(raw.credential.as_str()),
        active: raw.must_be == RawMustBe::Active,
    }
}

fn tier(raw: &RawTier) -> Tier {
    Tier {
        id: clean(&raw.id),
        name: clean(&raw.name),
        plural: clean(&raw.plural),
        family: clean(&raw.family),
        frame: match raw.frame {
            RawFrame::Round => Frame::Round,
            RawFrame::Light => Frame::Light,
            RawFrame::Heavy => Frame::Heavy,
            RawFrame::Double => Frame::Double,
            RawFrame::Dashed => Frame::Dashed,
        },
    }
}
