//! What the catalogs ask by themselves, held against the catalogs.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::rngs::StdRng;

use badgedex_domain::library::Library;
use badgedex_domain::question::Key;

use badgedex_domain::catalog::{Catalog, Credential, CredentialId, Tier};
use badgedex_domain::facts::*;
use badgedex_domain::money::{Currency, Fee, Money};
use badgedex_domain::period::Offer;
use badgedex_domain::question::{Kind, Question, QuestionId};
use badgedex_packs as packs;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The day of the article, a day of today, and one on which Advanced Networking is gone.
const DAYS: [&str; 3] = ["2020-01-15", "2026-11-23", "2027-02-01"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn library(on: &str) -> Library {
    packs::load(&[], day(on)).library
}

fn aws(library: &Library) -> &Catalog {
    library.catalogs().iter().find(|c| c.id == "aws").unwrap()
}

/// The generated questions on a day, by id.
fn asked(on: &str) -> BTreeMap<String, Question> {
    asked_by(library(on).catalogs(), on)
}

fn asked_by(catalogs: &[Catalog], on: &str) -> BTreeMap<String, Question> {
    let questions = pack(catalogs, day(on)).questions;
    questions.into_iter().map(|q| (q.id.to_string(), q)).collect()
}

fn replaces(question: &Question) -> Vec<&str> {
    question.replaces.iter().map(QuestionId::as_str).collect()
}

/// A question and the catalog that must agree with it.
struct Trial<'a> {
    catalog: &'a Catalog,
    question: &'a Question,
    today: NaiveDate,
    /// The id's last part.
    subject: &'a str,
}

impl<'a> Trial<'a> {
    fn credential(&self) -> &'a Credential {
        let named = |c: &&Credential| {
            self.subject == c.id.as_str() || self.subject.starts_with(&format!("{}-", c.id.as_str()))
        };
        let all = self.catalog.credentials.iter().filter(named);
        all.max_by_key(|c| c.id.as_str().len()).expect("the subject is a credential")
    }

    /// The tier in a subject like `aws-specialty`, or `aws-specialty-5`.
    fn tier(&self) -> &'a Tier {
        let named = |t: &&Tier| {
            let name = format!("{}-{}", self.catalog.id, t.id);
            self.subject == name || self.subject.starts_with(&format!("{name}-"))
        };
        self.catalog.tiers.iter().find(named).expect("the subject is a tier")
    }

    fn on_offer(&self, credential: &Credential) -> bool {
        credential.offer(self.today) == Offer::OnOffer
    }

    /// The credential with a name: whole, with its code, or without its tier.
    fn named(&self, name: &str) -> &'a Credential {
        let is = |c: &&Credential| {
            let tier = &self.catalog.tier(&c.tier).unwrap().name;
            let bare = c.name.strip_suffix(&format!(" - {tier}")).unwrap_or(&c.name);
            [
                c.name.clone(),
                format!("{} ({})", c.name, c.short),
                bare.into(),
                format!("{bare} ({})", c.short),
            ]
            .contains(&name.to_owned())
        };
        let all: Vec<&Credential> = self.catalog.credentials.iter().filter(is).collect();
        assert_eq!(all.len(), 1, "{}: \"{name}\" names one credential", self.question.id);
        all[0]
    }

    /// Every right choice passes the test and no wrong one does.
    fn choices(&self, is_right: impl Fn(&str) -> bool) {
        let Kind::Drawn { right, wrong, .. } = &self.question.kind else {
            panic!("{} has no choices", self.question.id)
        };
        assert!(!right.is_empty() && !wrong.is_empty(), "{}", self.question.id);
        for (text, expected) in right.iter().map(|r| (r, true)).chain(wrong.iter().map(|w| (&w.text, false)))
        {
            assert_eq!(is_right(text), expected, "{}: \"{text}\"", self.question.id);
        }
    }

    fn truth(&self, is_true: bool) {
        assert_eq!(self.question.kind, Kind::TrueFalse { key: is_true }, "{}", self.question.id);
    }

    fn number(&self, number: u32) {
        let Kind::Number { value, tolerance, .. } = &self.question.kind else {
            panic!("{} asks for no number", self.question.id)
        };
        assert_eq!((*value, *tolerance), (f64::from(number), 0.0), "{}", self.question.id);
    }

    /// The credentials that it is about; all of them have what the question asks.
    fn about(&self) -> impl Iterator<Item = &'a Credential> {
        let ids = self.question.credentials.iter();
        ids.map(|id| self.catalog.credential(id).expect("the catalog has the credential"))
    }

    fn hold(&self, kind: &str) {
        match kind {
            "tier" => {
                let tier = self.catalog.tier(&self.credential().tier).unwrap();
                self.choices(|name| name == tier.name);
            }
            "fee" | "proctored" | "validity" | "minutes" | "pass-mark" => self.term(kind, self.credential()),
            "tier-fee" | "tier-proctored" | "tier-validity" | "tier-minutes" | "tier-pass-mark" => {
                assert!(self.about().count() > 0, "{}", self.question.id);
                for credential in self.about() {
                    assert_eq!(credential.tier, self.tier().id, "{}", self.question.id);
                    self.term(kind.trim_start_matches("tier-"), credential);
                }
            }
            "renewed-by" => self.choices(|name| {
                let way = self.named(name);
                assert!(self.on_offer(way), "{}: {name} is on offer", self.question.id);
                self.credential().renewal_by(&way.id, self.today).is_some()
            }),
            "ended" => {
                self.choices(|name| {
                    assert_eq!(self.named(name).tier, self.tier().id, "{}: {name}", self.question.id);
                    self.named(name).offer(self.today) == Offer::Retired
                });
            }
            "still-offered" => self.choices(|name| self.on_offer(self.named(name))),
            "successor" => {
                self.choices(|name| Some(&self.named(name).id) == self.credential().successor.as_ref());
            }
            "which-is" => self.choices(|name| self.named(name).tier == self.tier().id),
            "which-is-not" => self.choices(|name| self.named(name).tier != self.tier().id),
            "path" => {
                let number: u32 = self.subject.rsplit('-').next().unwrap().parse().unwrap();
                let title = |number| &self.catalog.path.iter().find(|s| s.number == number).unwrap().title;
                self.choices(|choice| choice == title(number + 1));
            }
            "code" => self.choices(|code| Some(code) == self.credential().code_on(self.today)),
            "heaviest" => {
                let domains = self.credential().domains_on(self.today);
                let weight = |name: &str| domains.iter().find(|d| d.name == name).unwrap().weight.unwrap();
                self.choices(|name| {
                    domains.iter().all(|d| d.name == name || d.weight.unwrap() < weight(name))
                });
            }
            other => panic!("nothing is known of the kind {other}"),
        }
    }

    fn term(&self, term: &str, credential: &Credential) {
        match term {
            "fee" => self.choices(|fee| fee == credential.fee.unwrap().to_string()),
            "proctored" => self.truth(credential.proctored.unwrap()),
            "validity" => {
                let validity = credential.validity.as_ref().unwrap();
                let years =
                    validity.months_on(self.today).map(|months| format!("after {} years", months / 12));
                self.choices(|choice| choice == years.as_deref().unwrap_or("never"));
            }
            "minutes" => self.number(credential.minutes.unwrap()),
            "pass-mark" => self.number(credential.pass_mark.unwrap()),
            other => panic!("nothing is known of the term {other}"),
        }
    }
}

#[test]
fn every_key_is_right_by_the_catalog() {
    for on in DAYS {
        let library = library(on);
        for (id, question) in asked_by(library.catalogs(), on) {
            let mut parts = id.splitn(3, '/').skip(1);
            let (kind, subject) = (parts.next().unwrap(), parts.next().unwrap());
            let issuer = subject.split('-').next().unwrap();
            let catalog = library.catalogs().iter().find(|c| c.id == issuer).unwrap();
            Trial { catalog, question: &question, today: day(on), subject }.hold(kind);
        }
    }
}

#[test]
fn every_drawing_shows_distinct_choices() {
    for on in DAYS {
        for (id, question) in asked(on) {
            for seed in 0..20 {
                let asked = question.draw(false, &mut StdRng::seed_from_u64(seed));
                if let Key::OneOf { choices, .. } = asked.answer {
                    let distinct: BTreeSet<&String> = choices.iter().collect();
                    assert_eq!(distinct.len(), choices.len(), "{id}: {choices:?}");
                    assert!(choices.len() >= 2, "{id}");
                }
            }
        }
    }
}

#[test]
fn stems_are_unique_over_all_shipped_packs() {
    for on in DAYS {
        let shelf = packs::load(&[], day(on));
        assert_eq!(shelf.diagnostics, []);
        assert_eq!(packs::repeated_stems(&shelf.library), [], "on {on}");
    }
}

#[test]
fn every_id_begins_with_facts_and_names_its_kind_and_its_subject() {
    for on in DAYS {
        let questions = pack(library(on).catalogs(), day(on)).questions;
        let ids: BTreeSet<&str> = questions.iter().map(|q| q.id.as_str()).collect();
        assert_eq!(ids.len(), questions.len(), "no id appears twice");
        for id in ids {
            assert!(id.starts_with("facts/"), "{id}");
            assert_eq!(id.split('/').count(), 3, "{id}");
        }
    }
}

#[test]
fn the_tier_of_the_security_specialty_is_asked_on_every_day() {
    for on in DAYS {
        assert!(asked(on).contains_key("facts/tier/aws-security-specialty"), "on {on}");
        assert!(library(on).question(&QuestionId::new("facts/tier/aws-security-specialty")).is_some());
    }
}

#[test]
fn the_tier_question_does_not_give_the_tier_away() {
    for on in DAYS {
        let library = library(on);
        for (id, question) in asked_by(library.catalogs(), on) {
            if let Some(subject) = id.strip_prefix("facts/tier/") {
                let credential = library.catalogs().credential(&CredentialId::new(subject)).unwrap();
                let catalog = library.catalogs().catalog_of(&credential.id).unwrap();
                let tier = &catalog.tier(&credential.tier).unwrap().name;
                let (_, subject) = question.stem.split_once("Which tier does").unwrap();
                assert!(!subject.contains(tier.as_str()), "{id}: {}", question.stem);
            }
        }
    }
}

#[test]
fn every_question_has_a_topic_a_source_a_rationale_and_belongs_to_known_credentials() {
    for on in DAYS {
        let library = library(on);
        let pack = pack(library.catalogs(), day(on));
        for question in &pack.questions {
            assert!(pack.topics.iter().any(|t| t.id == question.topic), "{}", question.id);
            assert!(question.source.is_some() && question.rationale.is_some(), "{}", question.id);
            assert!(
                question.credentials.iter().all(|c| library.catalogs().credential(c).is_some()),
                "{}",
                question.id
            );
        }
    }
}

#[test]
fn what_can_still_be_earned_is_a_new_question_when_one_ends() {
    let (six, seven) = ("facts/still-offered/aws-specialty-6", "facts/still-offered/aws-specialty-7");
    let before = asked("2026-12-31");
    assert!(before.contains_key(six) && !before.contains_key(seven));
    let after = asked("2027-01-01");
    assert!(!after.contains_key(six));
    assert!(replaces(&after[seven]).contains(&six));
    assert_eq!(before[six].stem, after[seven].stem, "the same stem with another key");
    let changed = after[seven].changed.clone().unwrap();
    assert_eq!(changed.was, "AWS Certified Advanced Networking - Specialty");
    assert_eq!(changed.since, "2027-01-01".parse().ok());
}

#[test]
fn the_successor_is_asked_of_what_got_a_new_name() {
    let id = "facts/successor/aws-sysops-administrator-associate";
    assert!(!asked("2020-01-15").contains_key(id));
    let rationale = |id: &str| asked("2026-11-23")[id].rationale.clone().unwrap();
    assert_eq!(
        rationale(id),
        "AWS Certified SysOps Administrator - Associate ended on 29 September 2025. AWS Certified CloudOps Engineer - \
         Associate succeeded it. If you hold the old one, it stays valid until it expires."
    );
    assert_eq!(
        rationale("facts/successor/aws-big-data-specialty"),
        "AWS Certified Big Data - Specialty ended between 1 April 2020 and 30 June 2021. AWS Certified Data Analytics - \
         Specialty succeeded it and ended on 8 April 2024."
    );
}

#[test]
fn an_exam_code_is_a_new_question_when_the_version_changes() {
    let of_day = |on| {
        asked(on).into_keys().filter(|id| id.starts_with("facts/code/aws-developer")).collect::<Vec<_>>()
    };
    assert_eq!(of_day("2026-11-30"), ["facts/code/aws-developer-associate-dva-c02"]);
    assert_eq!(of_day("2026-12-01"), ["facts/code/aws-developer-associate-dva-c03"]);
    let question = &asked("2026-12-01")["facts/code/aws-developer-associate-dva-c03"];
    assert!(replaces(question).contains(&"facts/code/aws-developer-associate-dva-c02"));
    assert_eq!(
        question.rationale.as_deref(),
        Some("DVA-C03 has been the exam of AWS Certified Developer - Associate since 1 December 2026.")
    );
}

#[test]
fn the_code_is_not_asked_while_two_versions_are_in_use() {
    // MLA-C01 goes on in three languages while MLA-C02 is a beta in English.
    let questions = asked("2026-11-30");
    assert!(!questions.keys().any(|id| id.starts_with("facts/code/aws-machine-learning-engineer")));
    assert!(questions.contains_key("facts/heaviest/aws-machine-learning-engineer-associate-mla-c02"));
}

#[test]
fn what_the_list_of_a_tier_calls_on_offer_is_all_that_is_on_offer() {
    for on in DAYS {
        let library = library(on);
        for (id, question) in asked_by(library.catalogs(), on) {
            let Some(subject) = id.strip_prefix("facts/which-is").and_then(|id| id.split_once('/')) else {
                continue;
            };
            let tier = subject.1.strip_prefix("aws-").unwrap();
            for credential in aws(&library).in_tier(tier).filter(|c| c.offer(day(on)) == Offer::OnOffer) {
                let rationale = question.rationale.as_ref().unwrap();
                assert!(rationale.contains(&credential.name), "{id} on {on} leaves out {}", credential.name);
            }
        }
    }
}

/// A kind's name without `tier-`: a rule and the exceptions to it are of one kind. Both forms of a question
/// on a tier count as one, too.
fn kind_of(id: &str) -> &str {
    match id.split('/').nth(1).unwrap().trim_start_matches("tier-") {
        "which-is-not" => "which-is",
        "still-offered" => "ended",
        kind => kind,
    }
}

fn answers(question: &Question) -> Vec<String> {
    match &question.kind {
        Kind::Drawn { right, .. } => right.clone(),
        Kind::TrueFalse { key } => vec![key.to_string()],
        Kind::Number { value, .. } => vec![value.to_string()],
        other => panic!("{}: {other:?} is not generated", question.id),
    }
}

#[test]
fn every_kind_has_at_least_two_answers_in_a_catalog() {
    for on in DAYS {
        for catalog in library(on).catalogs().iter() {
            let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for (id, question) in asked_by(std::slice::from_ref(catalog), on) {
                kinds.entry(kind_of(&id).to_owned()).or_default().extend(answers(&question));
            }
            for (kind, answers) in kinds {
                assert!(answers.len() >= 2, "{kind} of {} on {on}: {answers:?}", catalog.id);
            }
        }
    }
}

#[test]
fn the_rule_of_a_tier_is_asked_once_and_of_a_credential_only_what_is_different() {
    const TERMS: [&str; 5] = ["fee", "proctored", "validity", "minutes", "pass-mark"];
    for on in DAYS {
        let library = library(on);
        let questions = asked_by(library.catalogs(), on);
        for term in TERMS {
            for credential in library.catalogs().credentials() {
                let catalog = library.catalogs().catalog_of(&credential.id).unwrap();
                let rule = questions.get(&format!("facts/tier-{term}/{}-{}", catalog.id, credential.tier));
                let own = questions.get(&format!("facts/{term}/{}", credential.id));
                if let (Some(rule), Some(own)) = (rule, own) {
                    assert_ne!(answers(rule), answers(own), "{term} of {} on {on}", credential.id);
                    assert!(
                        !rule.credentials.contains(&credential.id),
                        "{term} of {} on {on}",
                        credential.id
                    );
                }
            }
        }
        let stems: BTreeSet<&str> = questions.values().map(|q| q.stem.as_str()).collect();
        assert_eq!(stems.len(), questions.len(), "each is asked once on {on}");
    }
}

#[test]
fn every_credential_on_offer_is_asked_about() {
    for on in DAYS {
        let library = library(on);
        let pack = pack(library.catalogs(), day(on));
        for credential in library.catalogs().credentials().filter(|c| c.offer(day(on)) == Offer::OnOffer) {
            assert!(
                pack.questions.iter().any(|q| q.credentials.contains(&credential.id)),
                "{} on {on}",
                credential.id
            );
        }
    }
}

#[test]
fn about_eighty_are_asked_today() {
    let questions = asked("2026-11-30");
    let of = |issuer: &str| {
        let is = |id: &&String| id.split('/').nth(2).unwrap().starts_with(issuer);
        questions.keys().filter(is).count()
    };
    assert_eq!((of("aws-"), of("cncf-")), (69, 14));
}

#[test]
fn every_text_is_written_as_a_person_would() {
    let iso = |text: &str| {
        let words = text.split(|c: char| !c.is_ascii_digit() && c != '-');
        words.filter(|word| word.len() == 7 || word.len() == 10).any(|word| word.matches('-').count() >= 1)
    };
    for on in DAYS {
        for (id, question) in asked(on) {
            for seed in 0..5 {
                let asked = question.draw(false, &mut StdRng::seed_from_u64(seed));
                let notes = question.rationale.clone().unwrap();
                let texts =
                    [asked.stem.clone(), notes].into_iter().chain(asked.reasons.iter().flatten().cloned());
                for text in texts {
                    for spoiled in
                        ["  ", " .", "..", "for ever", "on line", "None", "nothing but itself", "centre"]
                    {
                        assert!(!text.contains(spoiled), "{id} on {on}: {text:?} has {spoiled:?}");
                    }
                    assert_eq!(text, text.trim(), "{id} on {on}");
                    assert!(text.ends_with(['.', '?']), "{id} on {on}: {text:?}");
                    let from_catalog = id.contains("/renewed-by/");
                    assert!(from_catalog || !iso(&text), "{id} on {on}: {text:?} has a bare date");
                }
            }
        }
    }
}

#[test]
fn on_the_articles_day_the_rules_of_all_five_tiers_are_asked() {
    let library = library("2020-01-15");
    let article = aws(&library).sets.iter().find(|s| s.id == "article").unwrap();
    assert_eq!(article.credentials.len(), 15);
    let questions = asked("2020-01-15");
    for credential in &article.credentials {
        assert!(questions.contains_key(&format!("facts/tier/{credential}")), "{credential}");
        for term in ["fee", "proctored", "validity"] {
            let tier = &aws(&library).credential(credential).unwrap().tier;
            let rule = &questions[&format!("facts/tier-{term}/aws-{tier}")];
            assert!(rule.credentials.contains(credential), "{term} of {credential}");
        }
    }
}

#[test]
fn what_nobody_has_confirmed_for_three_years_is_no_longer_asked() {
    let questions = asked("2026-11-23");
    for term in ["fee", "proctored", "validity"] {
        let id = format!("facts/tier-{term}/aws-accreditation");
        assert!(!questions.contains_key(&id), "{id} was read in 2020");
    }
    assert!(questions.contains_key("facts/tier-fee/aws-specialty"));
}

#[test]
fn of_what_is_announced_nothing_is_asked() {
    let library = library("2020-01-15");
    let announced = |c: &&Credential| c.offer(day("2020-01-15")) == Offer::Announced;
    let questions = asked("2020-01-15");
    for credential in aws(&library).credentials.iter().filter(announced) {
        let of_it = questions.keys().filter(|id| id.ends_with(&format!("/{}", credential.id))).count();
        assert_eq!(of_it, 0, "{}", credential.id);
    }
}

#[test]
fn what_is_retired_is_no_longer_asked_about_by_itself() {
    let questions = asked("2027-02-01");
    let network = CredentialId::new("aws-advanced-networking-specialty");
    let about: Vec<&String> =
        questions.iter().filter(|(_, q)| q.credentials.contains(&network)).map(|(id, _)| id).collect();
    assert_eq!(about, ["facts/still-offered/aws-specialty-7"]);
}

#[test]
fn exams_of_one_code_and_free_exams_of_two_currencies_are_no_choices() {
    let mut aws = aws(&library(DAYS[1])).clone();
    for credential in aws.credentials.iter_mut().filter(|c| c.tier != "accreditation") {
        (credential.code, credential.versions) = (Some("ONE".into()), vec![]);
        credential.fee = Some(Fee { amount: Money(0), currency: Currency::new("EUR").unwrap() });
    }
    for (id, question) in asked_by(&[aws], DAYS[1]) {
        let Kind::Drawn { right, wrong, .. } = &question.kind else { continue };
        let all: BTreeSet<&String> = right.iter().chain(wrong.iter().map(|w| &w.text)).collect();
        assert_eq!(all.len(), right.len() + wrong.len(), "{id}: {:?}", question.kind);
        assert!(!wrong.is_empty(), "{id}");
    }
}
