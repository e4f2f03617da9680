//! The cheapest renewals: tables on the shipped catalog, and what every plan promises.

use std::collections::BTreeSet;

use proptest::prelude::*;

use badgedex_domain::catalog::Credential;
use badgedex_domain::library::Library;
use badgedex_domain::money::Money;
use badgedex_domain::record::Record;
use badgedex_domain::renewals::*;
use badgedex_packs as packs;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn library() -> Library {
    packs::load(&[], day("2026-11-23")).library
}

fn plan_of<'a>(library: &'a Library, chosen: &[&str]) -> RenewalPlan<'a> {
    let chosen: Vec<&Credential> =
        chosen.iter().map(|name| library.catalogs().find_credential(name).unwrap()).collect();
    let catalog = library.catalogs().catalog_of(&chosen[0].id).unwrap();
    cheapest(catalog, &Record::default(), &chosen, day("2026-11-23"))
}

#[test]
fn one_exam_that_renews_all_beats_several_cheap_ones() {
    let library = library();
    for (chosen, exams, total) in [
        (vec!["clf"], vec!["CLF"], 100),
        (vec!["saa"], vec!["SAA"], 150),
        (vec!["saa", "clf"], vec!["SAA"], 150),
        (vec!["dva", "coe"], vec!["DOP"], 300),
        (vec!["dva", "coe", "clf"], vec!["DOP"], 300),
        (vec!["dea", "mla", "aif", "clf"], vec!["AIP"], 300),
        (vec!["scs", "clf"], vec!["CLF", "SCS"], 400),
        (vec!["soa"], vec!["COE"], 150),
    ] {
        let plan = plan_of(&library, &chosen);
        let mut shorts: Vec<&str> = plan.exams.iter().map(|(exam, _)| exam.short.as_str()).collect();
        shorts.sort_unstable();
        assert_eq!(shorts, exams, "{chosen:?}");
        assert_eq!(plan.total, Money(total * 100), "{chosen:?}");
        assert!(plan.not_renewable.is_empty() && !plan.fee_unknown, "{chosen:?}");
    }
}

#[test]
fn what_no_exam_renews_is_said_and_costs_nothing() {
    let library = library();
    let plan = plan_of(&library, &["mls", "saa"]);
    let out: Vec<&str> = plan.not_renewable.iter().map(|c| c.short.as_str()).collect();
    assert_eq!(out, ["MLS"]);
    assert_eq!(plan.exams.len(), 1);
}

#[test]
fn nothing_chosen_needs_no_exam() {
    let library = library();
    let plan = cheapest(&library.catalogs()[0], &Record::default(), &[], day("2026-11-23"));
    assert!(plan.exams.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every chosen credential is renewed by an exam of the plan or told to be out of reach, and no exam
    /// can be left out.
    #[test]
    fn a_plan_keeps_what_it_promises(picked in proptest::collection::btree_set(0_usize..24, 1..9)) {
        let library = library();
        let catalog = &library.catalogs()[0];
        let today = day("2026-11-23");
        let chosen: Vec<&Credential> = picked.iter().map(|i| &catalog.credentials[*i]).collect();
        let plan = cheapest(catalog, &Record::default(), &chosen, today);
        let renewed = |exams: &[&Credential]| -> BTreeSet<&str> {
            let by = |held: &&&Credential| exams.iter().any(|exam| renews(exam, held, today));
            chosen.iter().filter(by).map(|c| c.short.as_str()).collect()
        };
        let exams: Vec<&Credential> = plan.exams.iter().map(|(exam, _)| *exam).collect();
        let all: BTreeSet<&str> = chosen.iter().map(|c| c.short.as_str()).collect();
        let out: BTreeSet<&str> = plan.not_renewable.iter().map(|c| c.short.as_str()).collect();
        prop_assert_eq!(&renewed(&exams) | &out, all);
        for left_out in 0..exams.len() {
            let mut fewer = exams.clone();
            fewer.remove(left_out);
            prop_assert!(renewed(&fewer).len() < renewed(&exams).len());
        }
    }
}
