//! Awards as tables, and their laws.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::fixture::{self, BASICS, BUILDER, CODER, PILOT, id};
use crate::journal::{Answered, Deed, Event, Passed, effective};
use crate::memory::Model;
use crate::question::QuestionId;

fn day(number: u64) -> NaiveDate {
    "2024-01-01".parse::<NaiveDate>().unwrap() + Days::new(number)
}

/// The last day on which anything happens here.
fn today() -> NaiveDate {
    day(1_500)
}

fn event(number: usize, on: u64, deed: Deed) -> Event {
    let seconds = number % 60;
    let at =
        DateTime::parse_from_rfc3339(&format!("{}T12:{:02}:{seconds:02}+00:00", day(on), number / 60 % 60));
    Event { at: at.unwrap(), ..fixture::event(number as u128, day(on), deed) }
}

fn answered(question: &str, correct: bool, guess: f64) -> Deed {
    Deed::Answered(Answered::new(QuestionId::new(question), correct, guess))
}

fn passed(credential: &str, on: u64) -> Deed {
    Deed::Passed(Passed::new(id(credential), day(on)))
}

fn of(deeds: &[(u64, Deed)], library: &Library) -> Vec<AwardState> {
    let events: Vec<Event> =
        deeds.iter().enumerate().map(|(number, (on, deed))| event(number, *on, deed.clone())).collect();
    of_events(events, library)
}

fn of_events(events: Vec<Event>, library: &Library) -> Vec<AwardState> {
    let events = effective(events);
    let history = History::of(&events, &Model::default(), library);
    awards(&history, library, &Record::of(&events, library.catalogs()), today())
}

fn earned(states: &[AwardState]) -> BTreeMap<Award, NaiveDate> {
    states.iter().filter_map(|state| Some((state.award, state.earned_on?))).collect()
}

/// Right on these days.
fn right(question: &str, days: &[u64]) -> Vec<(u64, Deed)> {
    days.iter().map(|on| (*on, answered(question, true, 0.0))).collect()
}

fn every(library: &Library, topic: &str, days: &[u64]) -> Vec<(u64, Deed)> {
    let questions = library.questions().filter(|q| q.topic == topic && q.id.pack() == "north");
    questions.flat_map(|q| right(q.id.as_str(), days)).collect()
}

#[test]
fn each_award_is_earned_on_its_day_and_not_by_less() {
    let library = library();
    let wrong = |question: &str, days: &[u64]| -> Vec<(u64, Deed)> {
        days.iter().map(|on| (*on, answered(question, false, 0.0))).collect()
    };
    let many = |number: usize, days: &[u64]| -> Vec<(u64, Deed)> {
        (0..number).flat_map(|n| right(&format!("p/{n}"), days)).collect()
    };
    let associates = [BUILDER, CODER];
    for (award, deeds, expected) in [
        (Award::FirstRoots, right("p/q", &[0, 9, 21]), Some(21)),
        (Award::FirstRoots, right("p/q", &[0, 9, 20]), None),
        (Award::HundredDays, right("p/q", &[0, 9, 21, 100]), Some(100)),
        (Award::HundredDays, right("p/q", &[0, 9, 21, 99]), None),
        (Award::FullYear, right("p/q", &[5, 9, 370]), Some(370)),
        (Award::FromMemory, many(25, &[0, 9, 30]), Some(30)),
        (Award::FromMemory, many(24, &[0, 9, 30]), None),
        (Award::DeepShelf, many(500, &[0, 9, 30]), Some(30)),
        (Award::HundredTimesHundred, many(100, &[0, 9, 101]), Some(101)),
        (Award::FirmGround, every(library, "costs", &[1, 8, 40]), Some(40)),
        (
            Award::LeechTamed,
            [wrong("p/q", &[1, 2, 3, 4, 5, 6, 7, 8]), right("p/q", &[9, 20, 30])].concat(),
            Some(30),
        ),
        (
            Award::LeechTamed,
            [wrong("p/q", &[1, 2, 3, 4, 5, 6, 7]), right("p/q", &[9, 20, 30])].concat(),
            None,
        ),
        (Award::LeechTamed, [wrong("p/q", &[1; 8]), right("p/q", &[9, 20, 30])].concat(), None),
        (Award::BacklogCleared, [many(100, &[0]), many(50, &[40]), many(100, &[46])].concat(), Some(46)),
        (Award::BacklogCleared, [many(100, &[0]), many(100, &[29])].concat(), None),
        (Award::FirstBadge, vec![(3, passed(associates[0], 2))], Some(2)),
        (Award::TwoIssuers, vec![(3, passed(associates[0], 2)), (3, passed(PILOT, 9))], Some(9)),
        (Award::SecondWind, vec![(3, failed(associates[0], 2)), (9, passed(associates[0], 9))], Some(9)),
        (Award::SecondWind, vec![(3, failed(associates[0], 2)), (9, passed(associates[1], 9))], None),
        (
            Award::RenewedInTime,
            vec![(3, passed(associates[0], 2)), (999, passed(associates[0], 900))],
            Some(900),
        ),
        (
            Award::RenewedInTime,
            vec![(3, passed(associates[0], 2)), (1_400, passed(associates[0], 1_400))],
            None,
        ),
        // 2024 has a 29 February: the sixtieth day.
        (Award::LeapDay, right("p/q", &[59]), Some(59)),
        (Award::LeapDay, right("p/q", &[58]), None),
        (Award::FullCircle, right("p/q", &[70, 70 + 729]), None),
        (Award::FullCircle, right("p/q", &[70, 70 + 730]), Some(800)),
        (Award::NewYear, right("p/q", &[364]), None),
    ] {
        let found = earned(&of(&deeds, library));
        assert_eq!(found.get(&award).copied(), expected.map(day), "{award:?} of {} deeds", deeds.len());
    }
}

#[test]
fn a_pack_that_is_off_takes_no_award_away_and_makes_none_easier() {
    let deeds = every(library(), "costs", &[1, 8, 40]);
    let off = library().clone().with_off(&["north".to_owned()].into());
    assert!(off.questions().all(|q| q.id.pack() != "north"));
    assert_eq!(of(&deeds, &off), of(&deeds, library()));
}

fn failed(credential: &str, on: u64) -> Deed {
    Deed::Failed { credential: id(credential), on: Some(day(on)), score: None }
}

#[test]
fn a_tier_a_title_and_everything_are_earned_on_the_day_that_completes_them() {
    let library = library();
    let catalog = library.catalogs().iter().find(|c| c.id == "north").unwrap();
    let on_offer: Vec<&str> = catalog
        .credentials
        .iter()
        .filter(|c| c.offer(day(1_060)) == Offer::OnOffer)
        .map(|c| c.id.as_str())
        .collect();
    let deeds: Vec<(u64, Deed)> = on_offer.iter().zip(1_050..).map(|(id, on)| (on, passed(id, on))).collect();
    let last = day(1_050 + on_offer.len() as u64 - 1);
    let found = earned(&of(&deeds, library));
    assert_eq!(found.get(&Award::Everything), Some(&last));
    assert!(found.contains_key(&Award::TitleHeld), "{found:?}");
    assert!(found[&Award::TierHeld] <= last);
    let all_but_one = earned(&of(&deeds[1..], library));
    assert!(!all_but_one.contains_key(&Award::Everything), "{all_but_one:?}");
}

#[test]
fn nothing_is_earned_by_answering_fast_or_often() {
    let library = library();
    let in_a_day: Vec<(u64, Deed)> =
        (0..3_000).map(|n| (9, answered(&format!("p/{}", n % 300), true, 0.25))).collect();
    assert_eq!(earned(&of(&in_a_day, library)), BTreeMap::new());
    // True or false, right on three days three weeks apart: it may have been luck.
    let lucky: Vec<(u64, Deed)> = [0, 9, 30].map(|on| (on, answered("p/q", true, 0.5))).into();
    assert_eq!(earned(&of(&lucky, library)), BTreeMap::new());
}

#[test]
fn an_empty_journal_has_all_awards_before_it() {
    let states = of(&[], library());
    assert_eq!(states.len(), Award::ALL.len());
    assert!(states.iter().all(|state| state.earned_on.is_none() && state.need >= 1));
}

/// Deeds of a few questions and credentials over some years.
fn deeds() -> impl Strategy<Value = Vec<(u64, Deed)>> {
    let answer = (0..900_u64, 0..6_u8, prop::bool::weighted(0.7), prop::sample::select(vec![0.0, 0.25, 0.5]))
        .prop_map(|(on, question, correct, guess)| (on, answered(&format!("p/{question}"), correct, guess)));
    let ids = [BASICS, CODER, PILOT, BUILDER, "nobody-knows"];
    let pass = (0..900_u64, prop::sample::select(ids.to_vec())).prop_map(|(on, id)| (on, passed(id, on)));
    let fail = (0..900_u64, prop::sample::select(ids.to_vec())).prop_map(|(on, id)| (on, failed(id, on)));
    prop::collection::vec(prop_oneof![20 => answer, 2 => pass, 1 => fail], 0..120)
}

fn events(deeds: &[(u64, Deed)]) -> Vec<Event> {
    let mut sorted = deeds.to_vec();
    sorted.sort_by_key(|(on, _)| *on);
    sorted.into_iter().enumerate().map(|(number, (on, deed))| event(number, on, deed)).collect()
}

/// Read once: the laws ask for it often.
fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(fixture::library)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn importing_in_any_order_earns_the_same_on_the_same_days(
        (in_order, shuffled) in deeds().prop_map(|d| events(&d)).prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle())),
    ) {
        prop_assert_eq!(of_events(in_order, library()), of_events(shuffled, library()));
    }

    #[test]
    fn what_was_earned_stays_earned_and_taking_back_the_latest_earns_nothing(
        deeds in deeds(), kept in 0.0..1.0_f64,
    ) {
        let all = events(&deeds);
        let prefix = all[..(all.len() as f64 * kept) as usize].to_vec();
        let (before, after) = (earned(&of_events(prefix, library())), earned(&of_events(all, library())));
        for (award, on) in before {
            prop_assert_eq!(after.get(&award), Some(&on), "{:?}", award);
        }
    }

    /// Undoing a wrong answer may make later right ones count. Undoing anything else only loses.
    #[test]
    fn removing_events_but_for_wrong_answers_never_earns_one(deeds in deeds(), seed in 0..u64::MAX) {
        let all = events(&deeds);
        let is_wrong = |event: &Event| matches!(&event.deed, Deed::Answered(a) if !a.correct);
        let fewer: Vec<Event> = all
            .iter()
            .enumerate()
            .filter(|(i, event)| is_wrong(event) || seed.rotate_left((*i % 64) as u32) & 1 == 1)
            .map(|(_, event)| event.clone())
            .collect();
        let (fewer, all) = (earned(&of_events(fewer, library())), earned(&of_events(all, library())));
        for award in fewer.keys() {
            prop_assert!(all.contains_key(award), "{:?}", award);
        }
    }
}
