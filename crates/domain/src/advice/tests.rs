//! The advice rule by rule: what comes first, what to do about it, and why.

use super::*;
use crate::catalog::Expires;
use crate::fixture::*;
use crate::journal::Deed;

fn suggested(learner: &Learner) -> Option<(String, Action)> {
    learner.advise(|a| a.suggestion.as_ref().map(|s| (s.credential.id.to_string(), s.action)))
}

/// Needed and have of a step, and whether it is closed.
fn step(learner: &Learner, number: usize) -> (usize, usize, bool) {
    learner.advise(|a| (a.steps[number - 1].needed, a.steps[number - 1].have, a.steps[number - 1].closed))
}

/// The kinds of reasons of the suggestion.
fn kinds(learner: &Learner) -> Vec<&'static str> {
    learner.advise(|a| {
        a.suggestion.as_ref().map_or(Vec::new(), |s| s.reasons.iter().map(Reason::kind).collect())
    })
}

/// The alternatives, each with what puts it behind the suggestion.
fn runners_up(learner: &Learner) -> Vec<(String, RunnerUpReason)> {
    learner.advise(|a| {
        let second = |s: &Suggestion| {
            s.reasons.iter().find_map(|r| if let Reason::Second(why) = r { Some(*why) } else { None })
        };
        a.alternatives.iter().map(|s| (s.credential.id.to_string(), second(s).unwrap())).collect()
    })
}

fn until(on: &str) -> Expires {
    Expires::On(day(on))
}

#[test]
fn the_first_open_step_suggests_the_best_of_its_candidates() {
    let on = || Learner::on(TODAY);
    for (learner, expected) in [
        (on(), WELCOME),
        (on().holding(&[WELCOME]), BASICS),
        (on().holding(&[WELCOME, BASICS]), BUILDER),
        // The role decides, unless another one is mastered.
        (on().holding(&[WELCOME, BASICS]).role("developer"), CODER),
        (on().holding(&[WELCOME, BASICS]).role("developer").mastering(OPERATOR), OPERATOR),
        // The greater mastery decides if nothing else does.
        (on().holding(&[WELCOME, BASICS]).answered(OPERATOR, &[3]), OPERATOR),
        // Something skipped is never suggested.
        (on().skipping(&[WELCOME]), BASICS),
        (on().holding(&[WELCOME, BASICS, BUILDER]), CODER),
        // The last step: what needs nothing before what does, the unverified at the end.
        (on().holding(&[WELCOME, BASICS, KEEPER, CODER, OPERATOR]), BUILDER),
        (on().holding(&[WELCOME, BASICS, BUILDER, CODER, OPERATOR]), ARCHITECT),
        (on().holding(&[WELCOME, BASICS, BUILDER, CODER, OPERATOR, ARCHITECT]), NETWORK),
    ] {
        assert_eq!(suggested(&learner).map(|(credential, _)| credential).as_deref(), Some(expected));
    }
}

#[test]
fn with_everything_on_offer_held_the_collection_is_complete_and_nothing_is_suggested() {
    let all = [WELCOME, BASICS, BUILDER, CODER, OPERATOR, ARCHITECT, NETWORK];
    let complete = Learner::on(TODAY).holding(&all);
    assert!(complete.advise(|a| a.complete && a.suggestion.is_none() && a.alternatives.is_empty()));
    // A skipped one keeps it incomplete.
    let skipping = Learner::on(TODAY).holding(&all[..6]).skipping(&[NETWORK]);
    assert!(skipping.advise(|a| !a.complete));
}

#[test]
fn a_step_counts_what_is_held_and_asks_for_no_more_than_is_available() {
    let on = || Learner::on(TODAY);
    for (learner, number, expected) in [
        (on(), 1, (1, 0, false)),
        (on().holding(&[WELCOME]), 1, (1, 1, false)),
        (on().skipping(&[WELCOME]), 1, (0, 0, true)),
        (on(), 3, (1, 0, false)),
        // A retired credential counts as long as it is valid, and so does its new name.
        (on().after(passed(KEEPER, "2025-01-01")), 3, (1, 1, false)),
        (on().holding(&[OPERATOR]), 3, (1, 1, false)),
        (on().after(passed(KEEPER, "2020-01-01")), 3, (1, 0, false)),
        // All but the rumor, which keeps no step open.
        (on(), 4, (7, 0, false)),
        (on().skipping(&[NETWORK]), 4, (6, 0, false)),
    ] {
        assert_eq!(step(&learner, number), expected, "step {number}");
    }
}

#[test]
fn the_action_is_the_first_that_fits() {
    let on = || Learner::on(TODAY);
    let start = || on().holding(&[WELCOME, BASICS]);
    for (learner, credential, action) in [
        (on(), WELCOME, Action::Study),
        (on().mastering(WELCOME), WELCOME, Action::Take),
        (start().mastering(BUILDER), BUILDER, Action::Prepare),
        (start().with_content_for(BUILDER).mastering(BUILDER), BUILDER, Action::Book),
        (start().mastering(BUILDER).after(scheduled(BUILDER, TODAY)), BUILDER, Action::Sit),
        (start().after(passed_until(BUILDER, "2024-01-01", until("2026-12-24"))), BUILDER, Action::Renew),
        (on().after(passed_until(WELCOME, "2024-01-01", until("2026-11-22"))), WELCOME, Action::Retake),
    ] {
        assert_eq!(suggested(&learner), Some((credential.to_owned(), action)));
    }
}

#[test]
fn the_most_urgent_renewal_comes_first_then_the_nearest_booking() {
    let renewing = Learner::on(TODAY)
        .after(passed_until(BUILDER, "2024-01-01", until("2027-03-01")))
        .after(passed_until(NETWORK, "2024-01-01", until("2027-02-01")))
        .after(scheduled(OPERATOR, "2026-12-01"));
    assert_eq!(suggested(&renewing), Some((NETWORK.to_owned(), Action::Renew)));
    renewing.advise(|a| {
        let due: Vec<(&str, i64)> =
            a.renewals.iter().map(|r| (r.credential.id.as_str(), r.days_left)).collect();
        assert_eq!(due, [(NETWORK, 70), (BUILDER, 98)]);
        assert_eq!(a.renewals[1].renewed_by, [id(BUILDER), id(ARCHITECT)]);
    });
    let booked =
        Learner::on(TODAY).after(scheduled(OPERATOR, "2027-01-10")).after(scheduled(CODER, "2026-12-24"));
    assert_eq!(suggested(&booked), Some((CODER.to_owned(), Action::Sit)));
    let yesterday = Learner::on(TODAY).after(scheduled(CODER, "2026-11-22"));
    assert_eq!(suggested(&yesterday).map(|(credential, _)| credential).as_deref(), Some(WELCOME));
}

#[test]
fn an_expiring_retired_credential_that_no_exam_renews_is_listed_but_not_suggested() {
    let legacy = Learner::on(TODAY).after(passed_until(LEGACY, "2024-01-01", until("2026-12-24")));
    assert_eq!(suggested(&legacy).map(|(credential, _)| credential).as_deref(), Some(WELCOME));
    legacy.advise(|a| assert_eq!(a.renewals[0].renewed_by, []));
    let keeper = Learner::on(TODAY).after(passed_until(KEEPER, "2024-01-01", until("2026-12-24")));
    keeper.advise(|a| assert_eq!(a.renewals[0].renewed_by, [id(OPERATOR), id(ARCHITECT)]));
}

#[test]
fn the_exam_that_renews_the_most_of_what_expires_is_suggested() {
    let expiring = |credentials: &[&str]| {
        let days = ["2026-12-24", "2027-01-24", "2027-02-24"];
        credentials.iter().zip(days).fold(Learner::on(TODAY), |learner, (credential, day)| {
            learner.after(passed_until(credential, "2024-01-01", until(day)))
        })
    };
    for (learner, exam) in [
        (expiring(&[BASICS]), BASICS),
        // Its own exam is gone: the cheapest one that renews it.
        (expiring(&[KEEPER]), OPERATOR),
        (expiring(&[KEEPER]).skipping(&[OPERATOR]).holding(&[BUILDER]), ARCHITECT),
        // The architect's exam needs the builder first, and nothing else is left.
        (expiring(&[KEEPER]).skipping(&[OPERATOR]), WELCOME),
        // The exam of the second renews the first as well.
        (expiring(&[BASICS, CODER]), CODER),
        (expiring(&[CODER, BASICS]), CODER),
        // Neither has an exam that renews both; the architect's does.
        (expiring(&[CODER, KEEPER]).holding(&[BUILDER]), ARCHITECT),
        (expiring(&[BASICS, CODER, BUILDER]), ARCHITECT),
        // Nothing that is valid for long is repeated.
        (expiring(&[KEEPER]).holding(&[OPERATOR]), WELCOME),
    ] {
        assert_eq!(suggested(&learner).map(|(credential, _)| credential).as_deref(), Some(exam));
    }
    let booked = expiring(&[KEEPER]).holding(&[BUILDER]).after(scheduled(ARCHITECT, "2026-12-20"));
    assert_eq!(suggested(&booked), Some((ARCHITECT.to_owned(), Action::Sit)));
}

#[test]
fn an_exam_that_renews_something_else_says_what_and_until_when() {
    let keeper = Learner::on(TODAY).after(passed_until(KEEPER, "2024-01-01", until("2026-12-24")));
    assert_eq!(suggested(&keeper), Some((OPERATOR.to_owned(), Action::Renew)));
    keeper.advise(|a| {
        let expected = Reason::RenewsExpiring {
            credential: id(KEEPER),
            on: day("2026-12-24"),
            days_left: 31,
            own_exam_is_gone: true,
        };
        assert_eq!(a.suggestion.as_ref().unwrap().reasons[0], expected);
        let second = |s: &Suggestion| s.reasons.contains(&Reason::Second(RunnerUpReason::RenewalFirst));
        assert!(a.alternatives.iter().all(second));
    });
}

#[test]
fn every_runner_up_says_what_puts_it_behind_the_first() {
    use RunnerUpReason::{BookedFirst, LaterInCatalog, LaterStep, LessMastery, NotMastered, Prerequisite};
    use RunnerUpReason::{RenewalFirst, RolePrefersFirst, Unverified};
    let start = || Learner::on(TODAY).holding(&[WELCOME, BASICS]);
    let rest = || Learner::on(TODAY).holding(&[WELCOME, BASICS, CODER, OPERATOR]);
    for (learner, runner_up, why) in [
        (start(), CODER, LaterInCatalog),
        (Learner::on(TODAY), BASICS, LaterStep),
        (start().role("developer"), BUILDER, RolePrefersFirst),
        (start().mastering(OPERATOR), BUILDER, NotMastered),
        (start().answered(OPERATOR, &[3]), BUILDER, LessMastery),
        (start().after(scheduled(OPERATOR, "2026-12-24")), BUILDER, BookedFirst),
        (start().after(passed_until(NETWORK, "2024-01-01", until("2026-12-24"))), BUILDER, RenewalFirst),
        (rest(), ARCHITECT, Prerequisite),
        (rest(), RUMOR, Unverified),
    ] {
        let found = runners_up(&learner);
        let second = found.iter().find(|(credential, _)| credential == runner_up).map(|(_, second)| *second);
        assert_eq!(second, Some(why), "{runner_up}");
    }
}

#[test]
fn each_reason_is_given_where_it_holds() {
    let start = || Learner::on(TODAY).holding(&[WELCOME, BASICS]);
    let plain = ["step", "mastery", "fee", "validity"];
    assert_eq!(kinds(&Learner::on(TODAY)), plain);
    for (learner, reason) in [
        (start().after(scheduled(BUILDER, "2026-12-24")), "booked"),
        (start().after(passed_until(BUILDER, "2024-01-01", until("2026-12-24"))), "expires"),
        (Learner::on(TODAY).after(passed_until(WELCOME, "2024-01-01", until("2026-11-22"))), "expired"),
        (start().mastering(BUILDER), "no_content"),
        (start().role("developer"), "role"),
        (start(), "renews"),
        (Learner::on(TODAY).after(scheduled(NETWORK, "2026-12-24")), "retires_soon"),
        (
            start().after(Deed::Failed { credential: id(BUILDER), on: Some(day("2026-11-20")), score: None }),
            "failed",
        ),
        (Learner::on(TODAY).after(scheduled(RUMOR, "2026-12-24")), "unverified"),
        (Learner::on(TODAY).after(scheduled(ARCHITECT, "2026-12-24")), "prerequisite_open"),
    ] {
        assert!(kinds(&learner).contains(&reason), "{reason}: {:?}", kinds(&learner));
        assert!(!kinds(&Learner::on(TODAY)).contains(&reason), "{reason} is given without cause");
    }
}

#[test]
fn an_exam_that_retires_soon_says_whether_a_second_try_is_possible() {
    for (booked, second_try) in [("2027-01-17", true), ("2027-01-18", false)] {
        let learner = Learner::on(TODAY).after(scheduled(NETWORK, booked));
        let expected = Reason::RetiresSoon {
            last_day: day("2027-01-31"),
            days_left: 69,
            second_try: Some(second_try),
            first_try_by: Some(day("2027-01-17")),
        };
        assert!(learner.advise(|a| a.suggestion.as_ref().unwrap().reasons.contains(&expected)), "{booked}");
    }
}

#[test]
fn following_the_advice_reaches_everything_on_offer() {
    let mut learner = Learner::on(TODAY);
    let mut passes = Vec::new();
    while let Some((credential, _)) = suggested(&learner) {
        assert!(!passes.contains(&credential), "{credential} twice");
        learner = learner.after(passed(&credential, TODAY));
        passes.push(credential);
    }
    assert_eq!(passes, [WELCOME, BASICS, BUILDER, CODER, OPERATOR, ARCHITECT, NETWORK]);
}
