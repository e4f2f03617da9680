//! The collection and one badge of it.

use super::{Learner, in_every_look, today};
use crate::ui::screens::{badge, collection};
use badgedex_domain::badge::{self as badges, Collection};
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

#[test]
fn one_badge_in_full() {
    let learner = Learner::of_some_weeks();
    let catalog = &learner.library.catalogs()[0];
    let credential = learner.library.catalogs().find_credential("saa").unwrap();
    let badge = badges::badge(catalog, credential, &learner.record, &learner.overview(), today());
    let topics = vec![("Expiry and renewal".to_owned(), badge.mastery)];
    in_every_look("badge", |look| {
        let topics = topics.clone();
        let detail = badge::Detail {
            catalog,
            badge: &badge,
            topics,
            has_content: false,
            skipped: true,
            today: today(),
        };
        badge::badge(look, &detail)
    });
}
