//! Every screen as a snapshot: at 80 and 40 columns, with and without colour, in ASCII and plain.

mod imports;

use chrono::{DateTime, NaiveDate};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{awards, badge, collection, due, home, next, packs, stats, summary, turn};
use crate::session::Session;
use crate::ui::look::Look;
use crate::ui::text::display_width;
use badgedex_domain::advice::Advisor;
use badgedex_domain::awards::{Award, AwardState};
use badgedex_domain::badge::{self as badges, Collection};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::comeback::ComeBack;
use badgedex_domain::grading::{Recall, Reply, Verdict, grade};
use badgedex_domain::history::{DayTotals, History};
use badgedex_domain::journal::{Answered, Deed, Event, Passed, Scheduled, effective};
use badgedex_domain::levels::MemoryDays;
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::Kind;
use badgedex_domain::record::Record;
use badgedex_domain::renewals::cheapest;
use badgedex_domain::selection::Selection;
use badgedex_domain::settings::{Goal, Settings};
use badgedex_domain::streak::{Lost, Streak};
use badgedex_domain::title::titles;
use badgedex_packs as shelf;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

/// A learner of some weeks: a few passes, a booking, answers right and wrong.
struct Learner {
    library: Library,
    history: History,
    record: Record,
    model: Model,
}

impl Learner {
    fn new(deeds: Vec<(&str, Deed)>) -> Learner {
        let library = shelf::load(&[], today()).library;
        let event = |(i, (at, deed)): (usize, (&str, Deed))| Event {
            id: Uuid::from_u128(i as u128 + 1),
            at: DateTime::parse_from_rfc3339(&format!("{at}T12:00:00+00:00")).unwrap(),
            device: "test".into(),
            deed,
            extra: Map::new(),
        };
        let events = effective(deeds.into_iter().enumerate().map(event).collect());
        let model = Model::default();
        let history = History::of(&events, &model, &library);
        let record = Record::of(&events, library.catalogs());
        Learner { library, history, record, model }
    }

    fn beginner() -> Learner {
        Learner::new(Vec::new())
    }

    fn of_some_weeks() -> Learner {
        let shelf = shelf::load(&[], today()).library;
        let mut deeds = vec![
            ("2026-01-02", passed("aws-cloud-practitioner", "2024-03-14")),
            ("2026-01-02", passed("aws-solutions-architect-associate", "2025-06-01")),
            ("2026-01-02", passed("aws-sysops-administrator-associate", "2025-03-01")),
            ("2026-01-02", passed("aws-big-data-specialty", "2019-05-05")),
            ("2026-01-02", passed("aws-technical-professional", "2020-05-05")),
            ("2026-11-01", booked("aws-developer-associate", "2026-12-05")),
        ];
        for at in ["2026-09-01", "2026-09-08", "2026-09-25"] {
            for question in shelf.questions().filter(|q| q.topic == "expiry" && q.id.pack() == "article") {
                deeds.push((at, answered(question.id.as_str(), true)));
            }
        }
        for (i, question) in shelf.questions().filter(|q| q.topic == "order").enumerate() {
            deeds.push(("2026-11-20", answered(question.id.as_str(), i % 3 > 0)));
        }
        Learner::new(deeds)
    }

    fn knowledge(&self) -> Knowledge<'_> {
        Knowledge {
            library: &self.library,
            history: &self.history,
            model: &self.model,
            retention: 0.9,
            day: today(),
        }
    }

    fn overview(&self) -> Overview {
        self.overview_on(today())
    }

    fn overview_on(&self, day: NaiveDate) -> Overview {
        let knowledge = Knowledge { day, ..self.knowledge() };
        Overview::of(&knowledge, &self.record, &Settings::default(), day)
    }
}

fn passed(credential: &str, on: &str) -> Deed {
    let credential = CredentialId::new(credential);
    Deed::Passed(Passed { credential, on: day(on), expires: None, proof: None })
}

fn booked(credential: &str, on: &str) -> Deed {
    Deed::Scheduled(Scheduled {
        credential: CredentialId::new(credential),
        on: day(on),
        fee: None,
        place: None,
    })
}

fn answered(question: &str, correct: bool) -> Deed {
    Deed::Answered(Answered {
        question: badgedex_domain::question::QuestionId::new(question),
        revision: None,
        form: None,
        guess: 0.25,
        correct,
        given: Value::Null,
        hint: false,
        cram: false,
        took_ms: None,
        sitting: None,
    })
}

const WIDE: Look = Look { width: 80, color: false, unicode: true, plain: false, wrap: true };
const NARROW: Look = Look { width: 40, ..WIDE };
const COLOURED: Look = Look { color: true, ..WIDE };
const ASCII: Look = Look { unicode: false, ..WIDE };
const PLAIN: Look = Look { plain: true, ..WIDE };

/// Takes a snapshot of a screen in every look, and checks that no line is wider than the look.
fn in_every_look(name: &str, screen: impl Fn(&Look) -> String) {
    for (suffix, look) in
        [("wide", WIDE), ("narrow", NARROW), ("coloured", COLOURED), ("ascii", ASCII), ("plain", PLAIN)]
    {
        let text = screen(&look);
        for line in text.lines() {
            assert!(display_width(line) <= look.width, "{name} {suffix}: {line:?}");
        }
        if !look.color {
            assert!(!text.contains('\u{1b}'), "{name} {suffix} has colours");
        }
        insta::assert_snapshot!(format!("{name}_{suffix}"), text.replace('\u{1b}', "␛"));
    }
}

#[test]
fn the_collection_of_a_beginner() {
    let learner = Learner::beginner();
    let catalog = &learner.library.catalogs()[0];
    let badges = Collection::of(catalog, &learner.record, &learner.overview(), today());
    let generations = badges::generations(catalog, &learner.record, today());
    let titles = titles(catalog, &learner.record, today());
    let around = collection::Around { catalog, generations: &generations, titles: &titles, today: today() };
    in_every_look("collection_beginner", |look| collection::collection(look, &badges, &around));
}

#[test]
fn the_collection_of_some_weeks() {
    let learner = Learner::of_some_weeks();
    let catalog = &learner.library.catalogs()[0];
    let badges = Collection::of(catalog, &learner.record, &learner.overview(), today());
    let generations = badges::generations(catalog, &learner.record, today());
    let titles = titles(catalog, &learner.record, today());
    let around = collection::Around { catalog, generations: &generations, titles: &titles, today: today() };
    in_every_look("collection", |look| collection::collection(look, &badges, &around));
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

fn next_of(learner: &Learner, name: &str, on: NaiveDate) {
    let catalog = &learner.library.catalogs()[0];
    let overview = learner.overview();
    let catalogs = learner.library.catalogs();
    let role = catalog.role("developer");
    let advisor =
        Advisor { catalog, catalogs, overview: &overview, record: &learner.record, role, today: on };
    let advice = advisor.advise();
    in_every_look(name, |look| {
        let around = next::Around {
            catalog,
            today: on,
            if_skipped: learner.library.catalogs().find_credential("clf").ok(),
            by_role: vec![("Security", learner.library.catalogs().find_credential("scs").unwrap())],
            renewal_plan: {
                let chosen: Vec<_> = advice.renewals.iter().map(|r| r.credential).collect();
                cheapest(catalog, &learner.record, &chosen, on)
            },
            next_expiry: Some(day("2027-03-14")),
            explain: true,
        };
        next::next(look, &advice, &around)
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
    let library = shelf::load(&[], day("2020-01-15")).library;
    let all: Vec<String> = library
        .catalogs()
        .credentials()
        .filter(|c| c.offer(day("2020-01-15")).known() == Some(true))
        .map(|c| c.id.to_string())
        .collect();
    let deeds = all.iter().map(|id| ("2020-01-14", passed(id, "2020-01-10"))).collect();
    next_of(&Learner::new(deeds), "next_feast", day("2020-01-15"));
}

#[test]
fn a_question_and_its_verdicts() {
    let learner = Learner::of_some_weeks();
    let knowledge = learner.knowledge();
    let question = learner.library.questions().find(|q| q.id.as_str() == "article/forty-colleagues").unwrap();
    let mut session = Session::new("s".into(), &[question.id.clone(), question.id.clone()], false);
    let turn = session.next(&knowledge, &mut StdRng::seed_from_u64(7)).unwrap();
    in_every_look("question", |look| turn::question(look, &turn, "Costs"));
    in_every_look("hint", |look| turn::hint(look, question));
    for (name, reply, verdict) in [
        ("verdict_right", Reply::Choice(0), Verdict::Right),
        ("verdict_wrong", Reply::Choice(1), Verdict::Wrong),
        ("verdict_unknown", Reply::DontKnow, Verdict::Wrong),
    ] {
        in_every_look(name, |look| {
            let judged = turn::Judged {
                turn: &turn,
                question,
                reply: &reply,
                verdict,
                comes_back: verdict == Verdict::Wrong,
                due_on: Some(day("2026-11-27")),
                changed: None,
                cram: false,
                today: today(),
            };
            turn::verdict(look, &judged)
        });
    }
}

#[test]
fn a_self_checked_question_its_answer_and_what_the_learner_says_of_it() {
    let mut library = Learner::beginner().library.packs()[0].clone();
    let question = &mut library.questions[0];
    question.kind = Kind::Reveal { answer: "Three tiers:\nfoundational, associate, professional.".into() };
    question.rationale = Some("Right: each asks for more than the one before.".into());
    let question = question.clone();
    let library = Library::new(Catalogs::default(), vec![library]);
    let learner = Learner { library, ..Learner::beginner() };
    let mut session = Session::new("s".into(), std::slice::from_ref(&question.id), false);
    let turn = session.next(&learner.knowledge(), &mut StdRng::seed_from_u64(7)).unwrap();
    in_every_look("reveal_answer", |look| turn::answer(look, &turn.asked.answer.text()));
    for (name, recall) in
        [("reveal_knew", Recall::Knew), ("reveal_hard", Recall::Hard), ("reveal_forgot", Recall::Forgot)]
    {
        let reply = Reply::Recalled(recall);
        let verdict = grade(&turn.asked, &reply);
        in_every_look(name, |look| {
            let judged = turn::Judged {
                turn: &turn,
                question: &question,
                reply: &reply,
                verdict,
                comes_back: verdict == Verdict::Wrong,
                due_on: Some(day("2026-11-27")),
                changed: None,
                cram: false,
                today: today(),
            };
            turn::verdict(look, &judged)
        });
    }
    in_every_look("pack_show_reveal", |look| {
        packs::show(look, &learner.library.packs()[0], std::slice::from_ref(&question))
    });
}

#[test]
fn the_end_of_a_sitting() {
    let learner = Learner::of_some_weeks();
    let before = Learner::beginner();
    let knowledge = learner.knowledge();
    let ids: Vec<_> =
        learner.library.questions().filter(|q| q.topic == "expiry").map(|q| q.id.clone()).take(6).collect();
    let mut session = Session::new("s".into(), &ids, false);
    let mut rng = StdRng::seed_from_u64(7);
    while session.next(&knowledge, &mut rng).is_some() && session.answers() < 6 {
        session.answer(&Reply::DontKnow);
    }
    let done = session.summary(&before.overview(), &learner.overview(), &knowledge);
    let worse = session.summary(&learner.overview(), &before.overview(), &before.knowledge());
    let ending = |still_due| summary::Ending {
        catalogs: learner.library.catalogs(),
        mastered: done.mastered.iter().filter_map(|id| learner.library.question(id)).collect(),
        seconds: 220,
        coming: vec![(day("2026-11-24"), 6), (day("2026-11-25"), 11)],
        still_due,
        memory: (412.4, 449.9),
        awards: vec![AwardState { award: Award::FirstRoots, have: 1, need: 1, earned_on: Some(today()) }],
        exam: Some(summary::ExamDay {
            name: "DVA".into(),
            on: day("2026-12-05"),
            mean: 0.62,
            topics: vec![("Costs".into(), 0.4), ("Expiry and renewal".into(), 0.9)],
            only_facts: true,
        }),
        today: today(),
    };
    in_every_look("summary", |look| summary::summary(look, &done, &ending(0)));
    in_every_look("summary_fading", |look| summary::summary(look, &worse, &ending(3)));
}

#[test]
fn nothing_to_ask() {
    let selection = Selection { new_waiting: 84, ..Selection::default() };
    in_every_look("nothing_due", |look| {
        summary::nothing(look, &selection, &[(day("2026-11-24"), 6)], today(), false)
    });
    in_every_look("nothing_due_here", |look| {
        summary::nothing(look, &selection, &[(day("2026-11-24"), 6)], today(), true)
    });
}

#[test]
fn the_head_of_the_menu() {
    let full = home::Head {
        today: today(),
        due: 12,
        new: 3,
        streak: Some(home::StreakLine {
            streak: Streak { days: 6, longest: 9, rest_days: 1, is_today_done: false, lost: None },
            goal: Some(Goal::Answers(10)),
            today: DayTotals { answers: 3, ..DayTotals::default() },
        }),
        memory: MemoryDays { days: 412.0, faded: 38.0 },
        has_levels: true,
        come_back: None,
        seconds_per_question: 18.0,
        held: 4,
        obtainable: 12,
        exam: Some(("SAA".into(), day("2026-12-11"))),
        expiry: None,
        next: "Cloud Practitioner: mastery 62 %, step 2 of 7. Study for it.".into(),
    };
    in_every_look("home", |look| home::head(look, &full));
    let lost =
        Streak { lost: Some(Lost { days: 12, on: day("2026-05-03") }), longest: 40, ..Streak::default() };
    let after_a_break = home::Head {
        due: 412,
        streak: full.streak.map(|line| home::StreakLine { streak: lost, ..line }),
        memory: MemoryDays { days: 3_900.0, faded: 2_950.0 },
        come_back: Some(ComeBack { questions: 20, is_after_break: true, days: Some(23) }),
        ..full.clone()
    };
    in_every_look("home_after_a_break", |look| home::head(look, &after_a_break));
    let calm = home::Head { streak: None, has_levels: false, ..full };
    in_every_look("home_calm", |look| home::head(look, &calm));
}

#[test]
fn what_is_due() {
    let of_topics = due::Due {
        topics: vec![
            ("The article".into(), "Costs".into(), 3),
            ("The article".into(), "Recommended order".into(), 12),
            ("What the catalogs say".into(), "Catalog: tiers".into(), 1),
        ],
        total: 16,
        new: 1,
    };
    in_every_look("due", |look| due::due(look, &of_topics));
}

/// A learner of five months: every third day some questions, the hard ones wrong every other time.
fn of_months(until: &[&str]) -> Learner {
    let shelf = shelf::load(&[], today()).library;
    let questions: Vec<_> = shelf.questions().take(60).collect();
    let days: Vec<String> = (0..50)
        .map(|n| (day("2026-06-20") + chrono::Days::new(n * 3)).to_string())
        .chain(until.iter().map(|day| (*day).to_owned()))
        .collect();
    let mut deeds = Vec::new();
    for (n, at) in days.iter().enumerate() {
        for (i, question) in questions.iter().enumerate().filter(|(i, _)| (i + n) % (3 + i % 5) == 0) {
            let correct = i % 9 > 0 || n % 2 == 0;
            deeds.push((at.as_str(), answered(question.id.as_str(), correct)));
        }
    }
    Learner::new(deeds)
}

#[test]
fn the_figures_of_every_history() {
    let some = |overview: &Overview, name: &str, gamification| {
        in_every_look(name, |look| stats::stats(look, &stats::Stats { overview, gamification, goal: None }));
    };
    some(&Learner::beginner().overview(), "stats_empty", true);
    some(&Learner::of_some_weeks().overview(), "stats_small", true);
    let large = of_months(&[]).overview();
    some(&large, "stats_large", true);
    some(&large, "stats_off", false);
    some(&of_months(&["2030-01-01", "1999-01-01"]).overview(), "stats_broken", true);
    in_every_look("awards", |look| awards::awards(look, &large.awards));
}

#[test]
fn packs_and_their_questions() {
    let library = shelf::load(&[], today()).library;
    in_every_look("pack_list", |look| packs::list(look, library.packs()));
    let article = library.find_pack("article").unwrap();
    let few: Vec<_> = article.questions.iter().step_by(9).cloned().collect();
    in_every_look("pack_show", |look| packs::show(look, article, &few));
}
