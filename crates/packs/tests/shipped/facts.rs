//! What the catalogs ask by themselves, held against the catalogs.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::rngs::StdRng;

use badgedex_domain::catalog::ValidFor;
use badgedex_domain::library::Library;
use badgedex_domain::question::Key;

use badgedex_domain::catalog::Validity;
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

const ACCREDITATIONS: [&str; 4] = [
    "aws-technical-professional",
    "aws-cloud-economics",
    "aws-stp-foundations",
    "aws-cloud-practitioner-essentials",
];

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

    /// The credential with a name, whole or without its tier.
    fn named(&self, name: &str) -> &'a Credential {
        let is = |c: &&Credential| {
            let rest = c.name.strip_prefix(name);
            let tier = &self.catalog.tier(&c.tier).unwrap().name;
            rest.is_some_and(|r| r.is_empty() || r.trim_start_matches([' ', '-', ':']) == tier.as_str())
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

    fn hold(&self, kind: &str) {
        match kind {
            "tier" => {
                let tier = self.catalog.tier(&self.credential().tier).unwrap();
                self.choices(|name| name == tier.name);
            }
            "fee" => self.choices(|fee| fee == self.credential().fee.unwrap().to_string()),
            "proctored" => self.truth(self.credential().proctored.unwrap()),
            "validity" => match self.credential().validity.as_ref().unwrap() {
                Validity::Never => self.truth(true),
                validity => self.number(validity.months_on(self.today).unwrap() / 12),
            },
            "renewed-by" => self.choices(|name| {
                let way = self.named(name);
                assert!(self.on_offer(way), "{}: {name} is on offer", self.question.id);
                self.credential().renewal_by(&way.id, self.today).is_some()
            }),
            "offered" => {
                assert!(self.on_offer(self.credential()));
                self.truth(true);
            }
            "retired" => {
                assert_eq!(self.credential().offer(self.today), Offer::Retired);
                self.truth(false);
            }
            "successor" => {
                self.choices(|name| Some(&self.named(name).id) == self.credential().successor.as_ref());
            }
            "family" => {
                let family = self.catalog.family_of(self.tier()).unwrap();
                self.choices(|name| name.ends_with(&format!(" {}", family.name)));
            }
            "which-is" => self.choices(|name| self.named(name).tier == self.tier().id),
            "which-is-not" => self.choices(|name| self.named(name).tier != self.tier().id),
            "how-many" => {
                let tier = &self.tier().id;
                let count = self.catalog.in_tier(tier).filter(|c| self.on_offer(c)).count();
                self.number(u32::try_from(count).unwrap());
            }
            "path" => {
                let number: u32 = self.subject.rsplit('-').next().unwrap().parse().unwrap();
                let title = |number| &self.catalog.path.iter().find(|s| s.number == number).unwrap().title;
                self.choices(|choice| choice == title(number + 1));
            }
            "code" => self.choices(|code| Some(code) == self.credential().code_on(self.today)),
            "minutes" => self.number(self.credential().minutes.unwrap()),
            "pass-mark" => self.number(self.credential().pass_mark.unwrap()),
            "heaviest" => {
                let weight = |name: &str| {
                    let domains = self.credential().domains_on(self.today);
                    domains.iter().find(|d| d.name == name).unwrap().weight.unwrap()
                };
                let domains = self.credential().domains_on(self.today);
                self.choices(|name| {
                    domains.iter().all(|d| d.name == name || d.weight.unwrap() < weight(name))
                });
            }
            other => panic!("nothing is known of the kind {other}"),
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
                assert!(!question.stem.contains(&format!("- {tier}")), "{id}: {}", question.stem);
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
fn what_was_retired_is_a_new_question_that_replaces_the_old_one() {
    let (offered, retired) = (
        "facts/offered/aws-advanced-networking-specialty",
        "facts/retired/aws-advanced-networking-specialty",
    );
    let before = asked("2026-12-31");
    assert!(before.contains_key(offered) && !before.contains_key(retired));
    let after = asked("2027-01-01");
    assert!(!after.contains_key(offered));
    assert_eq!(replaces(&after[retired]), [offered]);
    assert_eq!(before[offered].stem, after[retired].stem, "the same stem with another key");
}

#[test]
fn the_successor_is_asked_of_what_got_a_new_name() {
    let id = "facts/successor/aws-sysops-administrator-associate";
    assert!(!asked("2020-01-15").contains_key(id));
    assert!(asked("2026-11-23").contains_key(id));
}

#[test]
fn how_many_is_a_new_question_when_the_count_changes() {
    for (on, id, earlier) in [
        ("2020-01-15", "facts/how-many/aws-specialty-5", None),
        ("2026-11-23", "facts/how-many/aws-specialty-2", Some("facts/how-many/aws-specialty-5")),
        ("2027-02-01", "facts/how-many/aws-specialty-1", Some("facts/how-many/aws-specialty-2")),
        ("2020-01-15", "facts/how-many/aws-associate-3", None),
        ("2026-11-23", "facts/how-many/aws-associate-5", Some("facts/how-many/aws-associate-3")),
    ] {
        let questions = asked(on);
        let question = questions.get(id).unwrap_or_else(|| panic!("{id} on {on}"));
        assert!(!replaces(question).contains(&id));
        assert!(earlier.is_none_or(|earlier| replaces(question).contains(&earlier)), "{id} on {on}");
        let of_tier = id.trim_end_matches(char::is_numeric);
        assert_eq!(questions.keys().filter(|other| other.starts_with(of_tier)).count(), 1, "{of_tier}");
    }
}

#[test]
fn how_many_is_not_asked_while_one_of_the_tier_is_doubtful() {
    // Nothing has confirmed STP: Foundations since the article.
    let of_tier =
        |on| asked(on).into_keys().filter(|id| id.starts_with("facts/how-many/aws-accreditation")).count();
    assert_eq!((of_tier("2020-01-15"), of_tier("2026-11-23")), (1, 0));
}

/// A validity that changes with the day of passing, as CNCF's did on 2024-04-01.
fn with_a_validity_that_changed(on: &str) -> Catalog {
    let mut catalog = aws(&library(on)).clone();
    let security =
        catalog.credentials.iter_mut().find(|c| c.id.as_str() == "aws-security-specialty").unwrap();
    let from = |from, months| ValidFor { passed_from: from, months };
    security.validity = Some(Validity::Months(vec![from(None, 36), from(Some(day("2024-04-01")), 24)]));
    catalog
}

#[test]
fn a_validity_that_changed_is_a_new_question_that_replaces_the_old_one() {
    let of_day = |on| {
        let catalog = with_a_validity_that_changed(on);
        let questions = asked_by(&[catalog], on);
        let of_security = |(id, _): &(String, Question)| {
            id.starts_with("facts/validity/") && id.contains("aws-security-specialty")
        };
        questions.into_iter().find(of_security).unwrap().1
    };
    let (before, after) = (of_day("2024-03-31"), of_day("2024-04-01"));
    let years = |value| Kind::Number { value, unit: "years".into(), tolerance: 0.0 };
    assert_eq!((&before.kind, &after.kind), (&years(3.0), &years(2.0)));
    assert_ne!(before.id, after.id, "another key is another question");
    assert_eq!(after.replaces, [before.id]);
}

#[test]
fn on_the_articles_day_fee_proctoring_and_validity_of_all_fifteen_are_asked() {
    let library = library("2020-01-15");
    let article = aws(&library).sets.iter().find(|s| s.id == "article").unwrap();
    assert_eq!(article.credentials.len(), 15);
    let questions = asked("2020-01-15");
    for credential in &article.credentials {
        for kind in ["tier", "fee", "proctored", "validity", "offered"] {
            let id = format!("facts/{kind}/{credential}");
            assert!(questions.contains_key(&id), "{id}");
        }
    }
}

#[test]
fn what_nobody_has_confirmed_for_three_years_is_no_longer_asked() {
    let questions = asked("2026-11-23");
    for accreditation in ACCREDITATIONS {
        for kind in ["fee", "proctored", "validity"] {
            let id = format!("facts/{kind}/{accreditation}");
            assert!(!questions.contains_key(&id), "{id} was read in 2020");
        }
    }
    assert!(questions.contains_key("facts/fee/aws-security-specialty"));
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
fn what_is_retired_is_asked_for_no_fee_and_no_validity() {
    let questions = asked("2027-02-01");
    for (kind, is_asked) in
        [("tier", true), ("retired", true), ("fee", false), ("validity", false), ("proctored", false)]
    {
        let id = format!("facts/{kind}/aws-advanced-networking-specialty");
        assert_eq!(questions.contains_key(&id), is_asked, "{id}");
    }
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
