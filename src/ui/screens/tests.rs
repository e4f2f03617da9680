//! Every screen as a snapshot: at 80 and 40 columns, with and without color, in ASCII and plain.

mod collection;
mod exam;
mod home;
mod import;
mod next;
mod packs;
mod plan;
mod question;
mod ready;
mod search;
mod stats;
mod summary;
mod words;

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::ui::look::Look;
use crate::ui::text::display_width;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::history::History;
use badgedex_domain::journal::{Answered, Deed, Event, Passed, Scheduled, effective};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::QuestionId;
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;

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
        let library = badgedex_packs::load(&[], today()).library;
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
        let library = badgedex_packs::load(&[], today()).library;
        let mut deeds = vec![
            ("2026-01-02", passed("aws-cloud-practitioner", "2024-03-14")),
            ("2026-01-02", passed("aws-solutions-architect-associate", "2025-06-01")),
            ("2026-01-02", passed("aws-sysops-administrator-associate", "2025-03-01")),
            ("2026-01-02", passed("aws-big-data-specialty", "2019-05-05")),
            ("2026-01-02", passed("aws-technical-professional", "2020-05-05")),
            ("2026-11-01", booked("aws-developer-associate", "2026-12-05")),
        ];
        for at in ["2026-09-01", "2026-09-08", "2026-09-25"] {
            for question in library.questions().filter(|q| q.topic == "expiry" && q.id.pack() == "article") {
                deeds.push((at, answered(question.id.as_str(), true)));
            }
        }
        for (i, question) in library.questions().filter(|q| q.topic == "order").enumerate() {
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
    Deed::Passed(Passed::new(credential, day(on)))
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
        question: QuestionId::new(question),
        revision: None,
        form: None,
        guess: 0.25,
        correct,
        given: Value::Null,
        hint: false,
        cram: false,
        took_ms: None,
        sitting: None,
        exam: None,
    })
}

const WIDE: Look = Look { width: 80, color: false, unicode: true, plain: false, wrap: true, links: false };
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
