//! The collection and one badge of it.

use super::{Learner, NARROW, WIDE, in_every_look, today};
use crate::ui::screens::{badge, collection};
use badgedex_domain::advice::Advisor;
use badgedex_domain::badge::{self as badges, Collection};
use badgedex_domain::mastery::Mastery;
use badgedex_domain::target::Target;
use badgedex_domain::title::titles;

fn collection_of(learner: &Learner, name: &str) {
    let catalog = &learner.library.catalogs()[0];
    let badges = Collection::of(catalog, &learner.record, &learner.overview(), today());
    let generations = badges::generations(catalog, &learner.record, today());
    let titles = titles(catalog, &learner.record, today());
    let context =
        collection::CollectionContext { catalog, generations: &generations, titles: &titles, today: today() };
    in_every_look(name, |look| collection::collection(look, &badges, &context));
}

#[test]
fn the_collection_of_a_beginner() {
    collection_of(&Learner::beginner(), "collection_beginner");
}

#[test]
fn the_collection_of_some_weeks() {
    collection_of(&Learner::of_some_weeks(), "collection");
}

fn badge_of(learner: &Learner, named: &str, see: impl FnOnce(&badge::Detail)) {
    let catalogs = learner.library.catalogs();
    let overview = learner.overview();
    let advisor = Advisor {
        catalog: &catalogs[0],
        catalogs,
        overview: &overview,
        record: &learner.record,
        role: None,
        is_partner: None,
        today: today(),
    };
    let credential = catalogs.find_credential(named).unwrap();
    let badge = badges::badge(credential, &learner.record, &overview, today());
    let number = advisor.step_of(&advisor.steps(), credential);
    see(&badge::Detail {
        catalog: advisor.catalog,
        badge: &badge,
        domains: overview.domains_of_target(&Target::Credential(credential.id.clone())),
        // The number of generated questions is not what is looked at here.
        facts: Mastery { questions: 20, mean: Some(0.04), ..Mastery::NONE },
        obstacles: advisor.obstacles(credential),
        is_partner: None,
        step: advisor.catalog.path.iter().find(|step| Some(step.number) == number),
        skipped: named == "saa",
        sources: false,
        today: today(),
    });
}

/// The numbers of questions change with the packs: the screens show these instead.
const MASTERY: Mastery = Mastery { questions: 80, mastered: 12, mean: Some(0.14), ..Mastery::NONE };

#[test]
fn one_badge_in_full() {
    for (name, named) in [
        ("badge", "saa"),
        ("badge_with_content", "clf"),
        ("badge_changing", "dva"),
        ("badge_beta", "aib"),
        ("badge_partners_only", "ace"),
        ("badge_ending", "ans"),
    ] {
        badge_of(&Learner::of_some_weeks(), named, |detail| {
            let badge = badges::Badge { mastery: MASTERY, ..detail.badge.clone() };
            let detail = badge::Detail { badge: &badge, ..detail.clone() };
            in_every_look(name, |look| badge::badge(look, &detail));
        });
    }
}

#[test]
fn the_sources_of_a_badge_stand_behind_a_flag_with_whole_addresses_and_what_is_open() {
    badge_of(&Learner::beginner(), "clf", |detail| {
        let without = badge::badge(&WIDE, detail);
        assert!(!without.contains("https://"), "{without}");
        assert!(without.contains("Sources and open questions:"), "{without}");
        let with = badge::badge(&NARROW, &badge::Detail { sources: true, ..detail.clone() });
        let address = "  https://aws.amazon.com/certification/certified-cloud-practitioner/";
        assert!(with.lines().any(|line| line.trim_end().ends_with(address)), "{with}");
        assert!(with.contains("Open questions") && with.contains("- Only the month of its launch"), "{with}");
    });
}
