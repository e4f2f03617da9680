//! The suggestion of what to do next.

use chrono::NaiveDate;

use super::{Learner, day, in_every_look, passed, today};
use crate::ui::screens::next;
use badgedex_domain::advice::{Advisor, Reason};
use badgedex_domain::renewals::cheapest;

fn next_of(learner: &Learner, name: &str, on: NaiveDate) {
    let catalog = &learner.library.catalogs()[0];
    let overview = learner.overview();
    let catalogs = learner.library.catalogs();
    let role = catalog.role("developer");
    let advisor = Advisor {
        catalog,
        catalogs,
        overview: &overview,
        record: &learner.record,
        role,
        is_partner: None,
        today: on,
    };
    let mut advice = advisor.advise();
    // The numbers of questions change with the packs: the screens show these instead.
    let suggestions = advice.suggestion.iter_mut().chain(&mut advice.alternatives);
    for suggestion in suggestions {
        suggestion.mastery.mean = Some(0.14);
        for reason in &mut suggestion.reasons {
            if let Reason::Mastery { mean, open } = reason {
                (*mean, *open) = (Some(0.14), 91);
            }
        }
    }
    in_every_look(name, |look| {
        let context = next::AdviceContext {
            catalog,
            today: on,
            is_partner: None,
            if_skipped: learner.library.catalogs().find_credential("clf").ok(),
            by_role: vec![("Security", learner.library.catalogs().find_credential("scs").unwrap())],
            renewal_plan: {
                let chosen: Vec<_> = advice.renewals.iter().map(|r| r.credential).collect();
                cheapest(catalog, &learner.record, &chosen, on)
            },
            next_expiry: Some(day("2027-03-14")),
            chances: Vec::new(),
            explain: true,
        };
        next::next(look, &advice, &context)
    });
}

#[test]
fn the_suggestion_of_a_beginner() {
    next_of(&Learner::beginner(), "next_beginner", today());
}

#[test]
fn the_suggestion_when_an_exam_is_booked() {
    next_of(&Learner::of_some_weeks(), "next_booked", today());
}

#[test]
fn the_suggestion_when_something_expires() {
    let deeds = vec![
        ("2026-01-02", passed("aws-solutions-architect-associate", "2024-01-10")),
        ("2026-01-02", passed("aws-cloud-practitioner", "2024-03-14")),
    ];
    next_of(&Learner::new(deeds), "next_renewal", today());
}

#[test]
fn the_feast_when_everything_is_held() {
    let library = badgedex_packs::load(&[], day("2020-01-15")).library;
    let all: Vec<String> = library
        .catalogs()
        .credentials()
        .filter(|c| c.offer(day("2020-01-15")).known() == Some(true))
        .map(|c| c.id.to_string())
        .collect();
    let deeds = all.iter().map(|id| ("2020-01-14", passed(id, "2020-01-10"))).collect();
    next_of(&Learner::new(deeds), "next_feast", day("2020-01-15"));
}
