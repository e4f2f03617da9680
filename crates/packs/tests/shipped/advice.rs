//! Following the advice, on the shipped catalog.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, Days};
use proptest::prelude::*;
use serde_json::Map;
use uuid::Uuid;

use badgedex_domain::advice::*;
use badgedex_domain::catalog::Expires;
use badgedex_domain::catalog::{Catalog, CredentialId};
use badgedex_domain::history::{History, Review};
use badgedex_domain::journal::{Answered, Deed, Event, Passed, Scheduled};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::overview::Overview;
use badgedex_domain::period::Offer;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches};
use badgedex_domain::record::{Record, Standing};
use badgedex_domain::settings::Settings;
use badgedex_packs as packs;
use chrono::NaiveDate;

static IN_2020: LazyLock<Library> = LazyLock::new(|| shipped("2020-01-15"));
static IN_2026: LazyLock<Library> = LazyLock::new(|| shipped("2026-11-23"));
static IN_2027: LazyLock<Library> = LazyLock::new(|| shipped("2027-02-01"));
/// The day of the article, a day of today, and one on which Advanced Networking is gone.
const DAYS: [&str; 3] = ["2020-01-15", "2026-11-23", "2027-02-01"];

const ATP: &str = "aws-technical-professional";
const ACE: &str = "aws-cloud-economics";
const STP: &str = "aws-stp-foundations";
const CPE: &str = "aws-cloud-practitioner-essentials";
const ACCREDITATIONS: [&str; 4] = [ATP, ACE, STP, CPE];
const CLF: &str = "aws-cloud-practitioner";
const SAA: &str = "aws-solutions-architect-associate";
const DVA: &str = "aws-developer-associate";
const SYSOPS: &str = "aws-sysops-administrator-associate";
const CLOUDOPS: &str = "aws-cloudops-engineer-associate";
const AIF: &str = "aws-ai-practitioner";
const AIB: &str = "aws-ai-business-strategist";
const DEA: &str = "aws-data-engineer-associate";
const MLA: &str = "aws-machine-learning-engineer-associate";
const SAP: &str = "aws-solutions-architect-professional";
const DOP: &str = "aws-devops-engineer-professional";
const AIP: &str = "aws-generative-ai-developer-professional";
const ANS: &str = "aws-advanced-networking-specialty";
const BDS: &str = "aws-big-data-specialty";
const SCS: &str = "aws-security-specialty";
const MLS: &str = "aws-machine-learning-specialty";
const AXS: &str = "aws-alexa-skill-builder-specialty";
const FIFTEEN: [&str; 15] = [ATP, ACE, STP, CPE, CLF, SAA, DVA, SYSOPS, SAP, DOP, ANS, BDS, SCS, MLS, AXS];
const BEGINNING: [&str; 5] = [ATP, ACE, STP, CPE, CLF];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(name: &str) -> CredentialId {
    CredentialId::new(name)
}

fn shipped(on: &str) -> Library {
    packs::load(&[], day(on)).library
}

/// A learner on a day.
#[derive(Clone)]
struct Scene {
    today: NaiveDate,
    library: Cow<'static, Library>,
    events: Vec<Event>,
    history: History,
    role: Option<String>,
    is_partner: Option<bool>,
}

fn on(today: &str) -> Scene {
    let library: &'static Library = match today {
        "2020-01-15" => &IN_2020,
        "2027-02-01" => &IN_2027,
        _ => &IN_2026,
    };
    Scene {
        today: day(today),
        library: Cow::Borrowed(library),
        events: Vec::new(),
        history: History::default(),
        role: None,
        is_partner: None,
    }
}

impl Scene {
    fn after(mut self, deed: Deed) -> Scene {
        let noon = self.today.and_hms_opt(12, 0, 0).unwrap() - Days::new(30);
        let at = DateTime::from_naive_utc_and_offset(noon, chrono::FixedOffset::east_opt(0).unwrap());
        let id = Uuid::from_u128(self.events.len() as u128 + 1);
        self.events.push(Event { id, at, device: "d".into(), deed, extra: Map::new() });
        self
    }

    fn role(mut self, role: &str) -> Scene {
        self.role = Some(role.to_owned());
        self
    }

    fn partner(self, is_partner: bool) -> Scene {
        Scene { is_partner: Some(is_partner), ..self }
    }

    fn passed_on(self, on: &str, credentials: &[&str]) -> Scene {
        credentials.iter().fold(self, |scene, c| scene.passed(c, day(on), None))
    }

    /// Passed ten days ago, in exams that are still available.
    fn holding(self, credentials: &[&str]) -> Scene {
        let recently = self.today - Days::new(10);
        credentials.iter().fold(self, |scene, c| scene.passed(c, recently, None))
    }

    fn passed(self, credential: &str, on: NaiveDate, expires: Option<Expires>) -> Scene {
        self.after(Deed::Passed(Passed { expires, ..Passed::new(id(credential), on) }))
    }

    fn booked(self, credential: &str, on: &str) -> Scene {
        self.after(Deed::Scheduled(Scheduled {
            credential: id(credential),
            on: day(on),
            fee: None,
            place: None,
        }))
    }

    fn skipped(self, credentials: &[&str]) -> Scene {
        credentials.iter().fold(self, |scene, c| scene.after(Deed::Skipped { credential: id(c) }))
    }

    /// All questions of a credential answered right by typing on these days, counted back from today.
    fn answered(mut self, credential: &str, days_ago: &[u64]) -> Scene {
        let model = Model::default();
        let credential = id(credential);
        let questions: Vec<QuestionId> =
            self.library.questions_of(&credential).map(|q| q.id.clone()).collect();
        for question in questions {
            let answered = Answered::new(question.clone(), true, 0.0);
            for ago in days_ago {
                self.history.learn(
                    &model,
                    &question,
                    &Review::at_noon(&answered, self.today - Days::new(*ago)),
                );
            }
        }
        self
    }

    fn mastered(self, credential: &str) -> Scene {
        self.answered(credential, &[90, 80, 50, 3])
    }

    /// With a pack that teaches what the exam asks.
    fn with_content_for(mut self, credential: &str) -> Scene {
        let question = Question {
            credentials: vec![id(credential)],
            ..Question::new(
                QuestionId::new("exam/first"),
                "t",
                "What does the exam ask?",
                Kind::Typed { accepted: vec!["this".into()] },
            )
        };
        let pack = Pack {
            credentials: vec![id(credential)],
            questions: vec![question],
            ..Pack::new("exam", "The exam", Teaches::Content)
        };
        let packs = self.library.packs().iter().cloned().chain([pack]).collect();
        self.library = Cow::Owned(Library::new(self.library.catalogs().to_vec(), packs));
        self
    }

    fn catalog(&self) -> &Catalog {
        self.library.catalogs().iter().find(|c| c.id == "aws").unwrap()
    }

    fn record(&self) -> Record {
        Record::of(&self.events, self.library.catalogs())
    }

    fn offer(&self, credential: &str) -> Offer {
        self.catalog().credential(&id(credential)).unwrap().offer(self.today)
    }

    fn on_offer(&self) -> BTreeSet<String> {
        let all = self.catalog().credentials.iter();
        all.filter(|c| c.offer(self.today) == Offer::OnOffer).map(|c| c.id.to_string()).collect()
    }

    fn advise<T>(&self, see: impl FnOnce(&Advice) -> T) -> T {
        self.ask(|advisor| see(&advisor.advise()))
    }

    fn ask<T>(&self, see: impl FnOnce(&Advisor) -> T) -> T {
        let (record, model) = (self.record(), Model::default());
        let knowledge = Knowledge {
            library: &self.library,
            history: &self.history,
            model: &model,
            retention: 0.9,
            day: self.today,
        };
        let catalog = self.catalog();
        let role = self.role.as_ref().map(|r| catalog.role(r).expect("the catalog has the role"));
        let advisor = Advisor {
            catalog,
            catalogs: self.library.catalogs(),
            overview: &Overview::of(&knowledge, &record, &Settings::default(), self.today),
            record: &record,
            role,
            is_partner: self.is_partner,
            today: self.today,
        };
        see(&advisor)
    }

    fn suggested(&self) -> Option<(String, Action)> {
        self.advise(|a| a.suggestion.as_ref().map(|s| (s.credential.id.to_string(), s.action)))
    }

    fn credential(&self) -> Option<String> {
        self.suggested().map(|(credential, _)| credential)
    }

    fn alternatives(&self) -> Vec<String> {
        self.advise(|a| a.alternatives.iter().map(|s| s.credential.id.to_string()).collect())
    }

    fn reasons(&self) -> Vec<Reason> {
        self.advise(|a| a.suggestion.as_ref().map(|s| s.reasons.clone()).unwrap_or_default())
    }

    /// Needed and have of a step, and whether it is closed.
    fn step(&self, number: u32) -> (usize, usize, bool) {
        self.advise(|a| {
            let step = a.steps.iter().find(|s| s.step.number == number).unwrap();
            assert!(!(step.closed && step.is_open()));
            (step.needed, step.have, step.closed)
        })
    }

    fn is_complete(&self) -> bool {
        self.advise(|a| a.complete)
    }

    /// Does what is suggested until nothing is: everything passed today, in that order.
    fn follow(&mut self) -> Vec<String> {
        let mut passed: Vec<String> = Vec::new();
        while let Some(credential) = self.credential() {
            self.advise(|advice| self.check(advice));
            assert!(!passed.contains(&credential), "{credential} twice after {passed:?}");
            *self = self.clone().passed(&credential, self.today, None);
            passed.push(credential);
        }
        passed
    }

    /// What holds of every advice.
    fn check(&self, advice: &Advice) {
        let record = self.record();
        let first = advice.suggestion.as_ref().unwrap();
        let all = || [first].into_iter().chain(&advice.alternatives);
        for suggestion in all() {
            let credential = &suggestion.credential.id;
            let standing = record.standing(credential, self.today);
            assert!(matches!(self.offer(credential.as_str()), Offer::OnOffer | Offer::Unverified));
            assert!(!record.has_skipped(credential), "{credential} is skipped");
            assert_ne!(standing, Some(Standing::Held), "{credential} is held");
            assert!(suggestion.reasons.iter().any(|r| matches!(r, Reason::Mastery { .. })));
            assert!(suggestion.reasons.iter().any(|r| matches!(r, Reason::Fee { .. })));
        }
        for (place, suggestion) in advice.alternatives.iter().enumerate() {
            assert_ne!(suggestion.action, Action::Renew);
            assert!(!record.holds(&suggestion.credential.id, self.today));
            let earlier = all().take(place + 1);
            assert!(earlier.into_iter().all(|s| s.credential.id != suggestion.credential.id), "a repeat");
            assert!(suggestion.reasons.iter().any(|r| matches!(r, Reason::Second(_))));
        }
        if first.action != Action::Sit {
            assert_eq!(
                self.offer(first.credential.id.as_str()),
                Offer::OnOffer,
                "something verified remains"
            );
        }
    }

    fn holds_all_on_offer(&self) -> bool {
        let record = self.record();
        self.on_offer().iter().all(|c| record.holds(&id(c), self.today))
    }
}

fn names(credentials: &[&str]) -> BTreeSet<String> {
    credentials.iter().map(|c| (*c).to_owned()).collect()
}

#[test]
fn on_the_articles_day_the_collection_is_exactly_its_fifteen() {
    assert_eq!(on("2020-01-15").on_offer(), names(&FIFTEEN));
}

#[test]
fn from_nothing_the_advice_leads_in_fifteen_passes_to_the_complete_collection() {
    let mut scene = on("2020-01-15");
    let passed = scene.follow();
    assert_eq!(passed.len(), 15);
    assert_eq!(passed.iter().cloned().collect::<BTreeSet<_>>(), names(&FIFTEEN));
    assert!(scene.is_complete());
    assert_eq!((scene.suggested(), scene.alternatives()), (None, vec![]));
}

#[test]
fn the_path_goes_in_the_order_of_the_article() {
    let passed = on("2020-01-15").follow();
    let scene = on("2020-01-15");
    let tier = |c: &String| scene.catalog().credential(&id(c)).unwrap().tier.clone();
    let tiers: Vec<String> = passed.iter().map(tier).collect();
    assert_eq!(tiers[..4], ["accreditation"; 4]);
    assert_eq!(tiers[4], "foundational");
    assert_eq!(tiers[5..8], ["associate"; 3]);
    assert_eq!(tiers[8..10], ["specialty", "professional"]);
}

#[test]
fn on_every_day_the_advice_leads_from_nothing_to_everything_on_offer() {
    for today in DAYS {
        let mut scene = on(today);
        let passed: BTreeSet<String> = scene.follow().into_iter().collect();
        assert_eq!(passed, scene.on_offer(), "on {today}");
        assert!(scene.is_complete(), "on {today}");
    }
}

#[test]
fn a_role_chooses_within_its_step() {
    let associates = || on("2020-01-15").holding(&BEGINNING);
    let specialties = || associates().holding(&[SAA, DVA, SYSOPS]);
    let professionals = || specialties().holding(&[BDS]);
    for (scene, role, credential) in [
        (on("2020-01-15"), "sales", ACE),
        (on("2020-01-15"), "technician", ATP),
        (associates(), "developer", DVA),
        (associates(), "technician", SYSOPS),
        (associates(), "architect", SAA),
        (associates(), "operations", SYSOPS),
        (specialties(), "security", SCS),
        (specialties(), "networking", ANS),
        (specialties(), "voice", AXS),
        (specialties(), "data", BDS),
        (specialties(), "machine-learning", MLS),
        (professionals(), "operations", DOP),
        (professionals(), "architect", SAP),
    ] {
        let scene = scene.role(role);
        assert_eq!(scene.credential().as_deref(), Some(credential), "{role}");
        assert!(scene.reasons().iter().any(|r| matches!(r, Reason::RolePrefers { .. })), "{role}");
    }
}

#[test]
fn without_a_role_the_catalogs_order_chooses() {
    let scene = on("2020-01-15");
    assert_eq!(scene.credential().as_deref(), Some(ATP));
    assert_eq!(scene.alternatives()[..3], [ACE, STP, CPE]);
    assert_eq!(scene.holding(&BEGINNING).credential().as_deref(), Some(SAA));
}

#[test]
fn the_foundational_step_is_for_every_role_the_one_that_the_article_names() {
    for today in DAYS {
        let scene = on(today).holding(&ACCREDITATIONS);
        for role in scene.catalog().roles.clone() {
            assert_eq!(scene.clone().role(&role.id).credential().as_deref(), Some(CLF), "{}", role.id);
        }
    }
}

#[test]
fn what_is_mastered_goes_before_what_the_role_prefers() {
    let scene = on("2020-01-15").holding(&BEGINNING).role("developer").mastered(SYSOPS);
    assert_eq!(scene.suggested(), Some((SYSOPS.into(), Action::Prepare)));
}

#[test]
fn the_greater_mastery_goes_before_the_catalogs_order_but_after_the_role() {
    let scene = on("2020-01-15").holding(&BEGINNING).answered(SYSOPS, &[1]);
    assert_eq!(scene.suggested(), Some((SYSOPS.into(), Action::Study)));
    assert_eq!(scene.role("developer").credential().as_deref(), Some(DVA));
}

#[test]
fn the_action_is_the_first_that_fits() {
    let beginner = || on("2026-11-23");
    let at_clf = || beginner().holding(&ACCREDITATIONS);
    let at_saa = || beginner().holding(&BEGINNING);
    for (what, scene, credential, action) in [
        ("nothing is known", beginner(), CPE, Action::Study),
        ("mastered, free, not proctored", beginner().partner(true).mastered(ACE), ACE, Action::Take),
        ("mastered, no content", at_saa().mastered(SAA), SAA, Action::Prepare),
        ("mastered with content", at_clf().with_content_for(CLF).mastered(CLF), CLF, Action::Book),
        ("content, nothing known", at_clf().with_content_for(CLF), CLF, Action::Study),
        ("booked", at_clf().mastered(CLF).booked(CLF, "2026-12-24"), CLF, Action::Sit),
        ("expiring", at_saa().passed_on("2024-01-10", &[SAA]).mastered(SAA), SAA, Action::Renew),
        (
            "expiring and booked",
            at_saa().passed_on("2024-01-10", &[SAA]).booked(SAA, "2026-12-24"),
            SAA,
            Action::Sit,
        ),
        ("expired", at_saa().passed_on("2021-01-10", &[SAA]), SAA, Action::Retake),
        ("expired and mastered", at_saa().passed_on("2021-01-10", &[SAA]).mastered(SAA), SAA, Action::Retake),
        (
            "expired and booked",
            at_saa().passed_on("2021-01-10", &[SAA]).booked(SAA, "2026-12-24"),
            SAA,
            Action::Sit,
        ),
    ] {
        assert_eq!(scene.suggested(), Some((credential.into(), action)), "{what}");
    }
}

#[test]
fn to_prepare_says_that_facts_are_not_content() {
    let scene = on("2026-11-23").holding(&BEGINNING);
    assert!(scene.clone().mastered(SAA).reasons().contains(&Reason::NoContent));
    assert!(!scene.with_content_for(SAA).mastered(SAA).reasons().contains(&Reason::NoContent));
}

#[test]
fn a_renewal_comes_before_everything_and_the_most_urgent_first() {
    let scene = on("2026-11-23")
        .passed_on("2024-02-01", &[SCS])
        .passed_on("2023-12-01", &[DOP])
        .booked(SAA, "2026-11-24");
    assert_eq!(scene.suggested(), Some((DOP.into(), Action::Renew)));
    let due = scene.advise(|a| {
        a.renewals.iter().map(|r| (r.credential.id.to_string(), r.days_left)).collect::<Vec<_>>()
    });
    assert_eq!(due, [(DOP.to_owned(), 8), (SCS.to_owned(), 70)]);
    assert_eq!(scene.holding(&[DOP]).suggested(), Some((SCS.into(), Action::Renew)));
}

#[test]
fn a_renewal_falls_due_180_days_before_the_expiry() {
    for (expires, action) in [("2027-05-23", Action::Study), ("2027-05-22", Action::Renew)] {
        let until = Some(Expires::On(day(expires)));
        let scene = on("2026-11-23").passed(SCS, day("2024-05-23"), until);
        assert_eq!(scene.suggested().unwrap().1, action, "it expires on {expires}");
    }
}

#[test]
fn a_cheaper_way_to_renew_stands_with_the_renewals() {
    let ways = |scene: Scene| {
        scene.advise(|a| a.renewals[0].renewed_by.iter().map(CredentialId::to_string).collect::<Vec<_>>())
    };
    let of_clf = ways(on("2026-11-23").passed_on("2024-01-10", &[CLF]));
    assert!([CLF, SAA, CLOUDOPS, SAP].iter().all(|way| of_clf.iter().any(|w| w == way)), "{of_clf:?}");
    assert_eq!(ways(on("2026-11-23").passed_on("2024-01-10", &[SAA])), [SAA, SAP]);
    assert_eq!(ways(on("2026-11-23").passed_on("2024-01-10", &[SYSOPS])), [CLOUDOPS, DOP]);
}

#[test]
fn what_expires_and_is_retired_cannot_be_renewed_by_its_own_exam() {
    for credential in [SYSOPS, MLS] {
        let scene = on("2026-11-23").passed_on("2024-01-10", &[credential]);
        assert_eq!(scene.offer(credential), Offer::Retired);
        assert_ne!(scene.credential().as_deref(), Some(credential));
        assert_eq!(scene.advise(|a| a.renewals.len()), 1, "it is listed all the same");
    }
}

#[test]
fn the_nearest_booking_from_today_on_comes_before_the_path() {
    let scene = || on("2026-11-23").booked(SAA, "2026-12-20");
    for (scene, expected) in [
        (scene(), (SAA, Action::Sit)),
        (scene().booked(DOP, "2026-12-10"), (DOP, Action::Sit)),
        (scene().booked(DOP, "2026-11-23"), (DOP, Action::Sit)),
        (scene().booked(DOP, "2026-11-22"), (SAA, Action::Sit)),
        (on("2026-11-23").booked(DOP, "2026-11-22"), (CPE, Action::Study)),
    ] {
        assert_eq!(scene.suggested(), Some((expected.0.into(), expected.1)));
    }
}

#[test]
fn an_expired_certification_is_on_the_path_again() {
    let scene = on("2026-11-23").holding(&BEGINNING);
    let valid = scene.clone().passed_on("2024-11-23", &[SAA]);
    let expired = scene.passed_on("2023-11-22", &[SAA]);
    assert_eq!((valid.step(3), expired.step(3)), ((1, 1, false), (1, 0, false)));
    assert_eq!(expired.suggested(), Some((SAA.into(), Action::Retake)));
    assert!(expired.reasons().contains(&Reason::Expired { on: day("2026-11-22") }));
    assert!(!valid.alternatives().contains(&SAA.to_owned()));
}

#[test]
fn what_has_expired_and_is_retired_is_not_suggested() {
    let mut scene = on("2026-11-23").passed_on("2020-01-15", &[BDS, AXS, SYSOPS]);
    let passed = scene.follow();
    assert!([BDS, AXS, SYSOPS].iter().all(|gone| !passed.iter().any(|p| p == gone)), "{passed:?}");
    assert!(scene.is_complete());
}

#[test]
fn what_was_earned_before_its_retirement_counts_and_its_new_name_stands_in_for_it() {
    let two = || on("2026-11-23").holding(&BEGINNING).holding(&[SAA, DVA]);
    for (scene, step, credential) in [
        (two(), (3, 2, false), CLOUDOPS),
        (two().passed_on("2025-03-01", &[SYSOPS]), (3, 3, false), SCS),
        (two().holding(&[CLOUDOPS]), (3, 3, false), SCS),
        // It has expired.
        (two().passed_on("2022-03-01", &[SYSOPS]), (3, 2, false), CLOUDOPS),
    ] {
        assert_eq!(scene.step(4), step);
        assert_eq!(scene.credential().as_deref(), Some(credential));
    }
}

#[test]
fn sysops_alone_is_the_one_associate_of_step_three() {
    let scene = on("2026-11-23").holding(&BEGINNING).passed_on("2025-03-01", &[SYSOPS]);
    assert_eq!(scene.step(3), (1, 1, false));
    assert_eq!(scene.step(4), (3, 1, false));
}

#[test]
fn another_associate_meets_step_three_but_the_articles_three_are_still_asked_for() {
    let scene = on("2026-11-23").holding(&BEGINNING).holding(&[DEA]);
    assert_eq!((scene.step(3), scene.step(4)), ((1, 1, false), (3, 0, false)));
    assert_eq!(scene.credential().as_deref(), Some(SAA));
}

#[test]
fn what_follows_across_tiers_counts_for_nothing() {
    let scene = on("2026-11-23").holding(&BEGINNING).passed_on("2025-03-01", &[MLS]);
    assert_eq!(scene.step(3), (1, 0, false), "Machine Learning Engineer is not Machine Learning");
    assert_eq!(scene.step(5), (1, 1, false), "but the retired Specialty is one");
}

#[test]
fn a_step_needs_no_more_than_can_be_had() {
    for (scene, step) in [
        (on("2020-01-15"), (4, 0, false)),
        (on("2026-11-23").partner(false), (1, 0, false)),
        // STP: Foundations is unverified: it keeps no step open.
        (on("2026-11-23"), (3, 0, false)),
        (on("2026-11-23").holding(&[ATP, ACE, CPE]), (3, 3, false)),
        (on("2026-11-23").holding(&ACCREDITATIONS), (4, 4, false)),
        (on("2026-11-23").holding(&[STP]), (4, 1, false)),
        (on("2026-11-23").skipped(&[ATP]), (2, 0, false)),
        (on("2026-11-23").holding(&[ATP]).skipped(&[ACE, CPE]), (1, 1, false)),
        (on("2026-11-23").skipped(&[ATP, ACE, CPE]), (0, 0, true)),
    ] {
        assert_eq!(scene.step(1), step);
    }
}

#[test]
fn a_step_of_which_everything_is_skipped_is_closed_and_passed_over() {
    let specialties = [SCS, ANS];
    for (number, skipped, next) in [
        (1, &ACCREDITATIONS[..], CLF),
        (2, &[CLF], CPE),
        (3, &[SAA, DVA, CLOUDOPS, DEA, MLA], CPE),
        (4, &[SAA, DVA, CLOUDOPS], CPE),
        (5, &specialties, CPE),
        (6, &[SAP, DOP, AIP], CPE),
    ] {
        let scene = on("2026-11-23").skipped(skipped);
        assert_eq!(scene.step(number), (0, 0, true), "step {number}");
        assert_eq!(scene.credential().as_deref(), Some(next));
    }
}

#[test]
fn with_everything_skipped_nothing_is_suggested_and_nothing_complete() {
    let scene = on("2026-11-23");
    let all: Vec<String> = scene.on_offer().into_iter().collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let scene = scene.skipped(&all);
    assert_eq!((scene.suggested(), scene.is_complete()), (None, false));
    assert_eq!(scene.step(7), (0, 0, true));
}

#[test]
fn one_skipped_credential_keeps_the_collection_incomplete() {
    let mut scene = on("2020-01-15").skipped(&[AXS]);
    assert_eq!(scene.follow().len(), 14);
    assert_eq!((scene.suggested(), scene.is_complete()), (None, false));
}

#[test]
fn advanced_networking_is_said_to_retire_soon_and_then_gone() {
    let ready = |today| on(today).holding(&BEGINNING).holding(&[SAA, DVA, CLOUDOPS]).role("networking");
    let before = ready("2026-11-23");
    assert_eq!(before.credential().as_deref(), Some(ANS));
    let soon = Reason::RetiresSoon {
        last_day: day("2026-12-31"),
        days_left: 38,
        second_try: Some(true),
        first_try_by: Some(day("2026-12-17")),
    };
    assert!(before.reasons().contains(&soon));
    let mut after = ready("2027-02-01");
    assert_eq!(after.credential().as_deref(), Some(SCS));
    assert!(!after.follow().contains(&ANS.to_owned()));
    assert!(after.is_complete());
}

#[test]
fn what_is_unverified_is_named_last_in_its_step() {
    let scene = on("2026-11-23").role("technician").mastered(STP);
    assert_eq!(scene.credential().as_deref(), Some(CPE), "although STP is mastered");
    assert_eq!(scene.alternatives()[..3], [ATP, ACE, STP]);
    scene.advise(|a| {
        let stp = &a.alternatives[2];
        assert!(stp.reasons.contains(&Reason::Unverified));
        assert!(stp.reasons.contains(&Reason::Second(RunnerUpReason::Unverified)));
    });
}

#[test]
fn alternatives_are_the_others_of_the_step_and_then_the_next_steps_first_choices() {
    let scene = on("2020-01-15").holding(&BEGINNING).holding(&[SAA]);
    assert_eq!(scene.credential().as_deref(), Some(DVA));
    assert_eq!(scene.alternatives(), [SYSOPS, ANS, SAP]);
    let seconds = scene.advise(|a| {
        let second = |s: &Suggestion| s.reasons.iter().find(|r| matches!(r, Reason::Second(_))).cloned();
        a.alternatives.iter().filter_map(second).collect::<Vec<_>>()
    });
    assert_eq!(
        seconds,
        [RunnerUpReason::LaterInCatalog, RunnerUpReason::LaterStep, RunnerUpReason::LaterStep]
            .map(Reason::Second)
    );
}

#[test]
fn alternatives_hold_no_renewal_and_not_the_suggestion() {
    let scene = on("2026-11-23").passed_on("2024-02-01", &[SCS]).passed_on("2023-12-01", &[DOP]);
    let alternatives = scene.alternatives();
    assert!(![SCS, DOP].iter().any(|c| alternatives.iter().any(|a| a == c)), "{alternatives:?}");
    assert_eq!(alternatives[0], CPE, "the path goes on behind the renewal");
}

#[test]
fn the_suggestion_says_why() {
    let scene = on("2026-11-23").holding(&ACCREDITATIONS).passed_on("2025-01-10", &[CLF]).role("architect");
    assert_eq!(scene.credential().as_deref(), Some(SAA));
    let reasons = scene.reasons();
    for reason in [
        Reason::Step {
            number: 3,
            title: "One Associate".into(),
            have: 0,
            needed: 1,
            not_counted: Vec::new(),
        },
        Reason::RolePrefers { role: "Architect".into() },
        Reason::Renews { credentials: vec![id(CLF)] },
    ] {
        assert!(reasons.contains(&reason), "{reason:?} in {reasons:?}");
    }
    let fee = reasons.iter().find_map(|r| match r {
        Reason::Fee { fee, proctored } => Some((fee.unwrap().to_string(), *proctored)),
        _ => None,
    });
    assert_eq!(fee, Some(("USD 150".into(), Some(true))));
    let valid = reasons.iter().find_map(|r| match r {
        Reason::Valid { validity } => validity.as_ref()?.months_on(scene.today),
        _ => None,
    });
    assert_eq!(valid, Some(36));
    assert!(reasons.iter().any(|r| matches!(r, Reason::Mastery { mean: Some(_), open } if *open > 0)));
}

#[test]
fn a_renewal_and_a_booked_exam_count_for_the_step_where_they_belong() {
    let step = |scene: Scene| scene.advise(|a| a.suggestion.as_ref().unwrap().step);
    assert_eq!(step(on("2026-11-23").passed_on("2023-12-01", &[DOP])), Some(6));
    let booked = || on("2026-11-23").booked(DVA, "2026-12-20");
    assert_eq!(step(booked()), Some(3));
    // One Associate is held: the next one counts for the three.
    assert_eq!(step(booked().holding(&[SAA])), Some(4));
}

/// What is suggested today, state by state.
#[test]
fn the_first_suggestion_fits_the_state() {
    let today = || on("2026-11-23");
    let started = || today().holding(&BEGINNING);
    let associates = || started().holding(&[SAA, DVA, CLOUDOPS]);
    let expiring = |scene: Scene, credential: &str, days: u64| {
        let today = scene.today;
        let until = Expires::On(today + Days::new(days));
        scene.passed(credential, today - Days::new(1000), Some(until))
    };
    for (what, scene, credential, action) in [
        // What expires.
        (
            "SysOps, whose exam is gone",
            expiring(today().role("operations").holding(&[CLF]), SYSOPS, 46),
            CLOUDOPS,
            Action::Renew,
        ),
        (
            "SysOps, CloudOps skipped",
            expiring(today().holding(&[CLF]), SYSOPS, 46).skipped(&[CLOUDOPS]),
            DOP,
            Action::Renew,
        ),
        (
            "SysOps, DevOps booked",
            expiring(today().holding(&[CLF]), SYSOPS, 46).skipped(&[CLOUDOPS]).booked(DOP, "2026-12-20"),
            DOP,
            Action::Sit,
        ),
        ("Machine Learning, which nothing renews", expiring(started(), MLS, 46), SAA, Action::Study),
        ("Cloud Practitioner alone", expiring(today(), CLF, 41), CLF, Action::Renew),
        (
            "Cloud Practitioner and an Associate",
            expiring(expiring(today(), CLF, 41), SAA, 60),
            SAA,
            Action::Renew,
        ),
        (
            "three that DevOps renews",
            expiring(expiring(expiring(today(), CLF, 41), DVA, 60), CLOUDOPS, 70),
            DOP,
            Action::Renew,
        ),
        ("two with exams of their own", expiring(expiring(started(), SCS, 20), DOP, 60), SCS, Action::Renew),
        ("an Associate on its last day", expiring(today(), SAA, 0), SAA, Action::Renew),
        // What is open to everybody.
        ("a beginner", today(), CPE, Action::Study),
        ("a beginner in sales", today().role("sales"), CPE, Action::Study),
        ("a technician", today().role("technician"), CPE, Action::Study),
        ("a technician at a partner", today().role("technician").partner(true), ATP, Action::Study),
        ("sales at a partner", today().role("sales").partner(true), ACE, Action::Study),
        ("the course is done", today().holding(&[CPE]), ATP, Action::Study),
        ("the course is done, not a partner", today().holding(&[CPE]).partner(false), CLF, Action::Study),
        // What retires.
        ("three Associates", associates(), SCS, Action::Study),
        ("three Associates, networking", associates().role("networking"), ANS, Action::Study),
        ("three Associates, networking mastered", associates().mastered(ANS), ANS, Action::Prepare),
        ("three Associates, Security skipped", associates().skipped(&[SCS]), ANS, Action::Study),
        // Sales goes on with the other Foundational one.
        ("sales after Cloud Practitioner", started().role("sales"), AIF, Action::Study),
        ("sales, AI Practitioner held", started().role("sales").holding(&[AIF]), SAA, Action::Study),
        ("sales, AI Practitioner skipped", started().role("sales").skipped(&[AIF]), SAA, Action::Study),
        ("a developer after Cloud Practitioner", started().role("developer"), DVA, Action::Study),
        ("a data engineer after Cloud Practitioner", started().role("data"), DEA, Action::Study),
        ("no role after Cloud Practitioner", started(), SAA, Action::Study),
        // The path goes on.
        ("one Associate", started().holding(&[SAA]), DVA, Action::Study),
        ("a Specialty", associates().holding(&[SCS]), SAP, Action::Study),
        ("a Professional", associates().holding(&[SCS, DOP]), AIF, Action::Study),
        ("an exam booked", started().booked(DVA, "2026-12-20"), DVA, Action::Sit),
    ] {
        assert_eq!(scene.suggested(), Some((credential.to_owned(), action)), "{what}");
    }
}

#[test]
fn what_expires_lists_the_ways_without_an_exam_with_their_days() {
    let ways = |credential: &str, passed: &str, today: &str| {
        on(today).passed_on(passed, &[credential]).advise(|advice| {
            let ways = advice.renewals.iter().flat_map(|renewal| renewal.without_exam.clone());
            ways.map(|w| (w.way.name.clone(), w.from.unwrap().to_string(), w.until.to_string()))
                .collect::<Vec<_>>()
        })
    };
    let row =
        |name: &str, from: &str, until: &str| vec![(name.to_owned(), from.to_owned(), until.to_owned())];
    let (game, training) =
        ("AWS Cloud Quest: Recertify Cloud Practitioner", "Training on AWS Skill Builder (beta)");
    // 41 days left; the game was first confirmed in October 2026.
    assert_eq!(ways(CLF, "2024-01-03", "2026-11-23"), row(game, "2026-10-01", "2027-01-03"));
    assert_eq!(ways(SAA, "2024-01-03", "2026-11-23"), row(training, "2026-10-05", "2027-01-03"));
    assert_eq!(ways(SYSOPS, "2024-05-01", "2026-11-23"), row(training, "2027-01-31", "2027-05-01"));
    assert_eq!(ways(DOP, "2024-01-03", "2026-11-23"), row(training, "2026-10-05", "2027-01-03"));
    for without in [SCS, DEA, MLA] {
        assert!(ways(without, "2024-04-03", "2026-11-23").is_empty(), "{without}");
    }
    // Neither was known on the article's day.
    assert!(ways(CLF, "2017-03-01", "2020-01-15").is_empty());
}

#[test]
fn what_only_partners_can_earn_is_not_on_offer_to_others() {
    let held: Vec<String> =
        on("2026-11-23").on_offer().into_iter().filter(|c| c != ATP && c != ACE).collect();
    let held: Vec<&str> = held.iter().map(String::as_str).collect();
    let others = || on("2026-11-23").holding(&held);
    assert_eq!((others().partner(false).suggested(), others().partner(false).is_complete()), (None, true));
    assert_eq!(others().credential().as_deref(), Some(ATP));
    assert!(others().reasons().contains(&Reason::PartnersOnly));
    assert!(!others().partner(true).reasons().contains(&Reason::PartnersOnly));
    let named = |scene: Scene| scene.advise(|a| a.partners_only.len());
    assert_eq!((named(others()), named(others().holding(&[ATP])), named(on("2020-01-15"))), (2, 1, 0));
}

#[test]
fn it_is_asked_whether_one_is_a_partner_only_where_the_suggestion_depends_on_it() {
    for (what, scene, depends) in [
        ("a beginner", on("2026-11-23"), true),
        ("only partners' badges are left of the step", on("2026-11-23").holding(&[CPE]), true),
        ("both are held", on("2026-11-23").holding(&[ATP, ACE]), false),
        ("both are skipped", on("2026-11-23").skipped(&[ATP, ACE]), false),
        ("an exam is booked", on("2026-11-23").booked(SAA, "2026-12-20"), false),
        ("something expires", on("2026-11-23").passed_on("2024-01-03", &[CLF]), false),
        ("they were open to everybody", on("2020-01-15"), false),
    ] {
        assert_eq!(scene.ask(|advisor| advisor.depends_on_partnership()), depends, "{what}");
    }
}

#[test]
fn an_exam_that_changes_soon_says_both_days() {
    let reasons = |today: &str| on(today).booked(DVA, "2026-12-20").reasons();
    let changes = Reason::ExamChanges {
        code: Some("DVA-C02".into()),
        last_day: Some(day("2026-11-30")),
        next_code: "DVA-C03".into(),
        first_day: day("2026-12-01"),
    };
    assert!(reasons("2026-11-23").contains(&changes));
    let kinds = |reasons: Vec<Reason>| reasons.iter().map(Reason::kind).collect::<Vec<_>>();
    assert!(!kinds(on("2027-02-01").booked(DVA, "2027-02-20").reasons()).contains(&"exam_changes"));
}

#[test]
fn a_beta_is_called_one_and_does_not_count_as_unconfirmed() {
    let kinds = |credential: &str| {
        let reasons = on("2026-11-23").booked(credential, "2026-12-20").reasons();
        let beta = reasons.iter().find_map(|reason| match reason {
            Reason::Beta { code, fee, languages } => {
                Some((code.clone(), fee.map(|fee| fee.to_string()), languages.clone()))
            }
            _ => None,
        });
        (beta, reasons.contains(&Reason::Unverified))
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(kinds(AIB), (Some((text("AIB-C01"), text("USD 50"), vec![])), false));
    assert_eq!(kinds(MLA), (Some((text("ME1-C02"), text("USD 75"), vec!["English".to_owned()])), false));
    assert_eq!(kinds(STP), (None, true));
    assert_eq!(kinds(SAA), (None, false));
    let mut scene = on("2026-11-23");
    scene.follow();
    assert!(scene.is_complete());
    assert_eq!(scene.advise(|a| a.betas.iter().map(|c| c.id.to_string()).collect::<Vec<_>>()), [AIB]);
}

#[test]
fn what_retires_says_what_a_pass_would_be_worth() {
    let worth = on("2026-11-23").booked(ANS, "2026-12-10").reasons();
    let expected = Reason::Worth { valid_until: Some(day("2029-12-31")), is_renewable: false };
    assert!(worth.contains(&expected), "{worth:?}");
}

#[test]
fn a_step_names_what_it_does_not_count() {
    let unconfirmed = |scene: Scene, number: usize| {
        let today = scene.today;
        scene.advise(|a| a.steps[number - 1].unconfirmed(today).map(|c| c.id.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(unconfirmed(on("2026-11-23"), 1), [STP]);
    assert_eq!(unconfirmed(on("2026-11-23").holding(&[STP]), 1), [""; 0]);
    assert_eq!(unconfirmed(on("2020-01-15"), 1), [""; 0]);
}

/// How a credential stands at the start of a story.
#[derive(Debug, Clone, Copy)]
enum Start {
    Nothing,
    Held,
    Expiring(u64),
    Expired(u64),
    Skipped,
    Booked(u64),
}

fn start() -> impl Strategy<Value = Start> {
    prop_oneof![
        4 => Just(Start::Nothing),
        3 => Just(Start::Held),
        1 => (0..=180_u64).prop_map(Start::Expiring),
        1 => (1..500_u64).prop_map(Start::Expired),
        1 => Just(Start::Skipped),
        1 => (0..90_u64).prop_map(Start::Booked),
    ]
}

fn begin(scene: Scene, credential: &str, start: Start) -> Scene {
    let today = scene.today;
    let until = |day: NaiveDate| Some(Expires::On(day));
    match start {
        Start::Nothing => scene,
        Start::Held => scene.holding(&[credential]),
        Start::Expiring(days) => {
            scene.passed(credential, today - Days::new(900), until(today + Days::new(days)))
        }
        Start::Expired(days) => {
            scene.passed(credential, today - Days::new(2000), until(today - Days::new(days)))
        }
        Start::Skipped => scene.skipped(&[credential]),
        Start::Booked(days) => scene.booked(credential, &(today + Days::new(days)).to_string()),
    }
}

fn roles() -> impl Strategy<Value = Option<String>> {
    let roles = &IN_2026.catalogs()[0].roles;
    prop::option::of(prop::sample::select(roles.iter().map(|r| r.id.clone()).collect::<Vec<_>>()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn from_any_subset_of_the_fifteen_and_for_any_role_the_advice_leads_to_the_complete_collection(
        held in prop::sample::subsequence(FIFTEEN.to_vec(), 0..=15),
        role in roles(),
        is_partner in prop::sample::select(vec![None, Some(true)]),
        today in prop::sample::select(DAYS.to_vec()),
    ) {
        let mut scene = Scene { role, is_partner, ..on(today) }.holding(&held);
        let missing: BTreeSet<String> = scene.on_offer().difference(&names(&held)).cloned().collect();
        let passed: BTreeSet<String> = scene.follow().into_iter().collect();
        prop_assert_eq!(passed, missing, "exactly what was missing");
        prop_assert!(scene.is_complete());
    }

    #[test]
    fn from_any_state_the_advice_leads_to_everything_that_is_on_offer_and_not_skipped(
        starts in prop::collection::vec(start(), IN_2026.catalogs().credentials().count()),
        role in roles(),
        today in prop::sample::select(DAYS.to_vec()),
    ) {
        let all: Vec<String> = IN_2026.catalogs().credentials().map(|c| c.id.to_string()).collect();
        let mut scene = Scene { role, ..on(today) };
        for (credential, start) in all.iter().zip(starts) {
            scene = begin(scene, credential, start);
        }
        scene.follow();
        let record = scene.record();
        for credential in scene.on_offer() {
            let is_done = record.holds(&id(&credential), scene.today) || record.has_skipped(&id(&credential));
            prop_assert!(is_done, "{} is left", credential);
        }
        prop_assert_eq!(scene.is_complete(), scene.holds_all_on_offer());
        prop_assert_eq!(scene.suggested(), None);
    }
}
