//! A small invented world for the tests of the rules: two catalogs, one pack, and a learner on a day.
//!
//! "North" has a credential for every case that the rules tell apart: free, retired with and without a
//! successor, announced, unverified, about to retire, with a prerequisite. "South" is a second issuer.

use chrono::{DateTime, Days, NaiveDate};
use serde_json::Map;
use uuid::Uuid;

use crate::advice::{Advice, Advisor};
use crate::catalog::{
    Catalog, Credential, CredentialId, Expires, Family, Frame, KeptUntil, Needs, Origin, Pool, Prerequisite,
    Renewal, Retake, Role, Step, Tier, Title, ValidFor, Validity, Voucher,
};
use crate::catalogs::Catalogs;
use crate::history::{History, Review};
use crate::journal::{self, Answered, Deed, Event, Passed, Scheduled};
use crate::library::Library;
use crate::mastery::Knowledge;
use crate::memory::Model;
use crate::money::{Currency, Fee, Money};
use crate::overview::Overview;
use crate::period::{Moment, Offered};
use crate::question::{Kind, Pack, Question, QuestionId, Teaches, Topic};
use crate::record::Record;
use crate::settings::Settings;

/// The day on which most tests play.
pub const TODAY: &str = "2026-11-23";

/// Free, not proctored, never expires.
pub const WELCOME: &str = "north-welcome";
/// The Foundational one; every associate and professional exam renews it.
pub const BASICS: &str = "north-basics";
pub const BUILDER: &str = "north-builder";
pub const CODER: &str = "north-coder";
/// Retired; [`OPERATOR`] is its new name.
pub const KEEPER: &str = "north-keeper";
pub const OPERATOR: &str = "north-operator";
/// Needs [`BUILDER`] first.
pub const ARCHITECT: &str = "north-architect";
/// On offer until 2027-01-31.
pub const NETWORK: &str = "north-network";
/// Announced for 2027-06-01.
pub const QUANTUM: &str = "north-quantum";
/// Retired without a successor.
pub const LEGACY: &str = "north-legacy";
/// Nothing recent confirms it, and its fee is unknown.
pub const RUMOR: &str = "north-rumor";
/// The only one of the second issuer.
pub const PILOT: &str = "south-pilot";

/// A date from its ISO form.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

/// A credential's id.
pub fn id(name: &str) -> CredentialId {
    CredentialId::new(name)
}

fn at(text: &str) -> Option<Moment> {
    Some(Moment::At(text.parse().expect("a partial date")))
}

fn on_offer() -> Offered {
    Offered { from: at("2018-01-01"), seen: "2026-11-01".parse().ok(), ..Offered::default() }
}

fn fee(amount: i64) -> Option<Fee> {
    Some(Fee { amount: Money(amount * 100), currency: Currency::new("USD")? })
}

fn months(months: u32) -> Option<Validity> {
    Some(Validity::Months(vec![ValidFor { passed_from: None, months }]))
}

fn renewed_by(exams: &[&str]) -> Option<Vec<Renewal>> {
    let by = |exam: &&str| Renewal { credential: id(exam), from: None, also_when_expired: false };
    Some(exams.iter().map(by).collect())
}

/// A proctored exam on offer that is valid for three years.
fn exam(name: &str, title: &str, short: &str, tier: &str, price: i64, renewals: &[&str]) -> Credential {
    let facts = ["fee", "proctored", "validity", "renewed_by", "minutes"];
    let origin = Origin { checked: Some(day("2026-11-01")), source: Some("https://north.example".into()) };
    Credential {
        short: short.into(),
        code: Some(format!("{short}-01")),
        offered: on_offer(),
        fee: fee(price),
        proctored: Some(true),
        minutes: Some(90),
        validity: months(36),
        renewed_by: renewed_by(renewals),
        origins: facts.iter().map(|fact| ((*fact).to_owned(), origin.clone())).collect(),
        ..Credential::new(id(name), title, tier)
    }
}

fn credentials() -> Vec<Credential> {
    let all = [BASICS, BUILDER, CODER, OPERATOR, ARCHITECT];
    vec![
        Credential {
            fee: fee(0),
            proctored: Some(false),
            validity: Some(Validity::Never),
            renewed_by: None,
            code: None,
            ..exam(WELCOME, "North Welcome", "WEL", "accreditation", 0, &[])
        },
        Credential {
            aliases: vec!["entry".into()],
            ..exam(BASICS, "North Certified Basics", "BAS", "foundational", 100, &all)
        },
        exam(BUILDER, "North Certified Builder - Associate", "BLD", "associate", 150, &[BUILDER, ARCHITECT]),
        exam(CODER, "North Certified Coder - Associate", "COD", "associate", 150, &[CODER, ARCHITECT]),
        Credential {
            offered: Offered { until: at("2025-09-30"), ..on_offer() },
            successor: Some(id(OPERATOR)),
            ..exam(
                KEEPER,
                "North Certified Keeper - Associate",
                "KEE",
                "associate",
                150,
                &[OPERATOR, ARCHITECT],
            )
        },
        Credential {
            offered: Offered { from: at("2025-09-01"), ..on_offer() },
            ..exam(
                OPERATOR,
                "North Certified Operator - Associate",
                "OPE",
                "associate",
                150,
                &[OPERATOR, ARCHITECT],
            )
        },
        Credential {
            prerequisites: Some(vec![Prerequisite { credential: id(BUILDER), active: false }]),
            ..exam(
                ARCHITECT,
                "North Certified Architect - Professional",
                "ARC",
                "professional",
                300,
                &[ARCHITECT],
            )
        },
        Credential {
            offered: Offered { until: at("2027-01-31"), ..on_offer() },
            ..exam(NETWORK, "North Certified Network - Specialty", "NET", "specialty", 300, &[NETWORK])
        },
        Credential {
            offered: Offered { from: at("2027-06-01"), ..Offered::default() },
            ..exam(QUANTUM, "North Certified Quantum - Specialty", "QUA", "specialty", 300, &[QUANTUM])
        },
        Credential {
            offered: Offered { until: at("2024-04-01"), ..on_offer() },
            renewed_by: None,
            ..exam(LEGACY, "North Certified Legacy - Specialty", "LEG", "specialty", 300, &[])
        },
        Credential {
            offered: Offered { seen: "2020-01-01".parse().ok(), ..Offered::default() },
            fee: None,
            ..exam(RUMOR, "North Certified Rumor - Specialty", "RUM", "specialty", 0, &[RUMOR])
        },
    ]
}

fn tier(name: &str, title: &str, family: &str) -> Tier {
    let plural = format!("{title}s");
    Tier { id: name.into(), name: title.into(), plural, family: family.into(), frame: Frame::Round }
}

fn family(name: &str, title: &str) -> Family {
    Family { id: name.into(), name: title.into(), plural: format!("{title}s") }
}

fn step(number: u32, title: &str, needs: Needs, from: Pool) -> Step {
    Step { number, title: title.into(), why: format!("That is step {number}."), needs, from }
}

fn north() -> Catalog {
    let trio = [BUILDER, CODER, OPERATOR].map(id).to_vec();
    let title = |name: &str, needs, kept_until| Title {
        id: name.into(),
        name: name.into(),
        all_valid_at_once: true,
        needs,
        kept_until,
        origin: Origin::default(),
    };
    Catalog {
        families: vec![family("accreditation", "Accreditation"), family("certification", "Certification")],
        tiers: vec![
            tier("accreditation", "Accreditation", "accreditation"),
            tier("foundational", "Foundational", "certification"),
            tier("associate", "Associate", "certification"),
            tier("professional", "Professional", "certification"),
            tier("specialty", "Specialty", "certification"),
        ],
        roles: vec![Role {
            id: "developer".into(),
            name: "Developer".into(),
            prefers: vec![id(CODER)],
            first: None,
        }],
        path: vec![
            step(1, "All accreditations", Needs::All, Pool::Tier("accreditation".into())),
            step(2, "The basics", Needs::AtLeast(1), Pool::Credentials(vec![id(BASICS)])),
            step(3, "One associate", Needs::AtLeast(1), Pool::Tier("associate".into())),
            step(4, "The rest", Needs::All, Pool::Rest),
        ],
        titles: vec![
            title("trio", Some(trio), Some(KeptUntil::YearEndOfFirstExpiry)),
            title("everything", None, None),
        ],
        retake: Some(Retake { after_days: 14, origin: Origin::default() }),
        voucher: Some(Voucher { percent: 50, origin: Origin::default() }),
        credentials: credentials(),
        ..Catalog::new("north", "North Institute")
    }
}

fn south() -> Catalog {
    let pilot = exam(PILOT, "South Pilot", "PIL", "core", 80, &[PILOT]);
    Catalog {
        tiers: vec![tier("core", "Core", "certification")],
        families: vec![family("certification", "Certification")],
        credentials: vec![Credential { validity: months(24), ..pilot }],
        ..Catalog::new("south", "South Institute")
    }
}

/// Both catalogs.
pub fn catalogs() -> Catalogs {
    Catalogs::from(vec![north(), south()])
}

/// A typed question, which cannot be guessed.
pub fn question(name: &str, topic: &str, credential: &str) -> Question {
    let kind = Kind::Typed { accepted: vec!["yes".into()] };
    let stem = format!("Say yes to {name}.");
    let question = Question::new(QuestionId::new(name), topic, stem, kind);
    Question { credentials: vec![id(credential)], ..question }
}

/// Facts about North: two questions for each of its credentials, and five on costs.
pub fn facts_pack() -> Pack {
    let topic = |name: &str, title: &str| Topic { id: name.into(), name: title.into(), weight: None };
    let about = credentials().into_iter().flat_map(|c| {
        let name = |n: u32| format!("north/{}-{n}", c.short.to_lowercase());
        [1, 2].map(|n| question(&name(n), "about", c.id.as_str()))
    });
    let costs = (1..=5).map(|n| question(&format!("north/cost-{n}"), "costs", BASICS));
    Pack {
        topics: vec![topic("about", "About North"), topic("costs", "What it costs")],
        questions: about.chain(costs).collect(),
        ..Pack::new("north", "Facts about North", Teaches::About)
    }
}

/// Both catalogs and the facts.
pub fn library() -> Library {
    Library::new(catalogs(), vec![facts_pack()])
}

/// An event at noon (UTC) of a day.
pub fn event(number: u128, on: NaiveDate, deed: Deed) -> Event {
    let at = DateTime::parse_from_rfc3339(&format!("{on}T12:00:00+00:00")).expect("an instant");
    Event { id: Uuid::from_u128(number), at, device: "test".into(), deed, extra: Map::new() }
}

/// A pass whose expiry the catalog decides.
pub fn passed(credential: &str, on: &str) -> Deed {
    Deed::Passed(Passed::new(id(credential), day(on)))
}

/// A pass with the expiry that the person gave.
pub fn passed_until(credential: &str, on: &str, expires: Expires) -> Deed {
    Deed::Passed(Passed { expires: Some(expires), ..Passed::new(id(credential), day(on)) })
}

/// A booking without fee and place.
pub fn scheduled(credential: &str, on: &str) -> Deed {
    Deed::Scheduled(Scheduled { credential: id(credential), on: day(on), fee: None, place: None })
}

/// The record after deeds, each with the day on which it was recorded.
pub fn record_after(deeds: Vec<(&str, Deed)>) -> Record {
    let events =
        deeds.into_iter().zip(1..).map(|((on, deed), number)| event(number, day(on), deed)).collect();
    Record::of(&journal::effective(events), &catalogs())
}

/// A learner on a day, built step by step.
#[derive(Clone)]
pub struct Learner {
    pub today: NaiveDate,
    library: Library,
    deeds: Vec<(NaiveDate, Deed)>,
    history: History,
    role: Option<&'static str>,
}

impl Learner {
    /// Somebody who starts from nothing.
    pub fn on(today: &str) -> Learner {
        let (library, history) = (library(), History::default());
        Learner { today: day(today), library, deeds: Vec::new(), history, role: None }
    }

    /// Adds something that was recorded a month ago.
    pub fn after(mut self, deed: Deed) -> Learner {
        self.deeds.push((self.today - Days::new(30), deed));
        self
    }

    /// Passed ten days ago.
    pub fn holding(self, credentials: &[&str]) -> Learner {
        let on = (self.today - Days::new(10)).to_string();
        credentials.iter().fold(self, |learner, c| learner.after(passed(c, &on)))
    }

    pub fn skipping(self, credentials: &[&str]) -> Learner {
        credentials.iter().fold(self, |learner, c| learner.after(Deed::Skipped { credential: id(c) }))
    }

    pub fn role(self, role: &'static str) -> Learner {
        Learner { role: Some(role), ..self }
    }

    /// All questions about a credential answered right on these days, counted back from today.
    pub fn answered(mut self, credential: &str, days_ago: &[u64]) -> Learner {
        let questions: Vec<QuestionId> =
            self.library.questions_of(&id(credential)).map(|q| q.id.clone()).collect();
        for question in questions {
            let review = Answered::new(question.clone(), true, 0.0);
            for ago in days_ago {
                let review = Review::at_noon(&review, self.today - Days::new(*ago));
                self.history.fold(&Model::default(), &question, &review);
            }
        }
        self
    }

    pub fn mastering(self, credential: &str) -> Learner {
        self.answered(credential, &[90, 80, 50, 3])
    }

    /// Installs a pack with one question of what the credential's exam asks.
    pub fn with_content_for(mut self, credential: &str) -> Learner {
        let content = Pack {
            credentials: vec![id(credential)],
            topics: vec![Topic { id: "exam".into(), name: "The exam".into(), weight: None }],
            questions: vec![question("exam/first", "exam", credential)],
            ..Pack::new("exam", "The exam", Teaches::Content)
        };
        self.library = Library::new(catalogs(), vec![facts_pack(), content]);
        self
    }

    pub fn record(&self) -> Record {
        let events = self.deeds.iter().zip(1..).map(|((on, deed), number)| event(number, *on, deed.clone()));
        Record::of(&journal::effective(events.collect()), self.library.catalogs())
    }

    /// Looks at things through an advisor on North's path.
    pub fn ask<T>(&self, see: impl FnOnce(&Advisor) -> T) -> T {
        let (record, model) = (self.record(), Model::default());
        let (library, history) = (&self.library, &self.history);
        let knowledge = Knowledge { library, history, model: &model, retention: 0.9, day: self.today };
        let catalogs = library.catalogs();
        let catalog = &catalogs[0];
        see(&Advisor {
            catalog,
            catalogs,
            overview: &Overview::of(&knowledge, &record, &Settings::default(), self.today),
            record: &record,
            role: self.role.map(|role| catalog.role(role).expect("North has the role")),
            is_partner: None,
            today: self.today,
        })
    }

    pub fn advise<T>(&self, see: impl FnOnce(&Advice) -> T) -> T {
        self.ask(|advisor| see(&advisor.advise()))
    }
}
