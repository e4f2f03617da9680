//! Awards: what is earned by remembering, by care and by collecting; never by speed or repetition alone.
//!
//! Each is a function of the journal, read with the packs and catalogs that are there: the same events, in
//! whatever order they came in, earn the same awards on the same days. What was earned stays earned as the
//! journal grows, and taking back a right answer or a pass never earns one.

mod reach;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::catalog::{Catalog, CredentialId};
use super::history::{DayTotals, History};
use super::library::Library;
use super::period::Offer;
use super::record::Record;
use super::spans::{Milestone, Span, Spans};
use super::title::titles;
use reach::{Reach, Whole};

/// A topic of fewer questions is no ground to stand on, and a pack of fewer is none either.
const A_TOPIC: u32 = 5;
const A_PACK: u32 = 20;
/// A credential of which fewer questions are known says little.
const A_CREDENTIAL: u32 = 10;
/// The days within which a backlog is cleared.
const A_WEEK: u64 = 7;
/// Nobody passes exams on more days than this; a journal that says so is not read to its end.
const MOST_PASS_DAYS: usize = 400;

/// What can be earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Award {
    FirstRoots,
    FromMemory,
    DeepShelf,
    HundredDays,
    HundredTimesHundred,
    FullYear,
    FirmGround,
    Bedrock,
    NoGap,
    KnowsItsBadge,
    LeechTamed,
    Mended,
    BacklogCleared,
    Calibrated,
    SecondWind,
    RenewedInTime,
    FirstBadge,
    TierHeld,
    TitleHeld,
    TwoIssuers,
    Everything,
    NewYear,
    LeapDay,
    FullCircle,
}

/// What an award is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Remembering,
    Care,
    Collection,
    Joy,
}

impl Award {
    pub const ALL: [Award; 24] = [
        Award::FirstRoots,
        Award::FromMemory,
        Award::DeepShelf,
        Award::HundredDays,
        Award::HundredTimesHundred,
        Award::FullYear,
        Award::FirmGround,
        Award::Bedrock,
        Award::NoGap,
        Award::KnowsItsBadge,
        Award::LeechTamed,
        Award::Mended,
        Award::BacklogCleared,
        Award::Calibrated,
        Award::SecondWind,
        Award::RenewedInTime,
        Award::FirstBadge,
        Award::TierHeld,
        Award::TitleHeld,
        Award::TwoIssuers,
        Award::Everything,
        Award::NewYear,
        Award::LeapDay,
        Award::FullCircle,
    ];

    pub fn family(self) -> Family {
        match self {
            Award::FirstRoots
            | Award::FromMemory
            | Award::DeepShelf
            | Award::HundredDays
            | Award::HundredTimesHundred
            | Award::FullYear
            | Award::FirmGround
            | Award::Bedrock
            | Award::NoGap
            | Award::KnowsItsBadge => Family::Remembering,
            Award::LeechTamed
            | Award::Mended
            | Award::BacklogCleared
            | Award::Calibrated
            | Award::SecondWind
            | Award::RenewedInTime => Family::Care,
            Award::FirstBadge
            | Award::TierHeld
            | Award::TitleHeld
            | Award::TwoIssuers
            | Award::Everything => Family::Collection,
            Award::NewYear | Award::LeapDay | Award::FullCircle => Family::Joy,
        }
    }

    /// It is not shown before it is earned.
    pub fn is_secret(self) -> bool {
        self.family() == Family::Joy
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Award::FirstRoots => "first-roots",
            Award::FromMemory => "from-memory",
            Award::DeepShelf => "deep-shelf",
            Award::HundredDays => "hundred-days",
            Award::HundredTimesHundred => "hundred-times-hundred",
            Award::FullYear => "full-year",
            Award::FirmGround => "firm-ground",
            Award::Bedrock => "bedrock",
            Award::NoGap => "no-gap",
            Award::KnowsItsBadge => "knows-its-badge",
            Award::LeechTamed => "leech-tamed",
            Award::Mended => "mended",
            Award::BacklogCleared => "backlog-cleared",
            Award::Calibrated => "calibrated",
            Award::SecondWind => "second-wind",
            Award::RenewedInTime => "renewed-in-time",
            Award::FirstBadge => "first-badge",
            Award::TierHeld => "tier-held",
            Award::TitleHeld => "title-held",
            Award::TwoIssuers => "two-issuers",
            Award::Everything => "everything",
            Award::NewYear => "new-year",
            Award::LeapDay => "leap-day",
            Award::FullCircle => "full-circle",
        }
    }
}

/// How far the learner has come with an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardState {
    pub award: Award,
    /// Of what it asks for, at most `need`.
    pub have: u32,
    pub need: u32,
    /// The day on which it was earned.
    pub earned_on: Option<NaiveDate>,
}

/// How far the learner has come with each award, in the order of [`Award::ALL`].
pub fn awards(history: &History, library: &Library, record: &Record, today: NaiveDate) -> Vec<AwardState> {
    let questions = Questions::of(history);
    let wholes = Wholes::of(history, library);
    let collection = Collected::of(library, record, today);
    let totals = &history.totals;
    let reach = |award: Award| match award {
        Award::FirstRoots => questions.kept(Milestone::ThreeWeeks, 1),
        Award::FromMemory => Reach::of_days(questions.from_memory.clone(), 25),
        Award::DeepShelf => questions.kept(Milestone::ThreeWeeks, 500),
        Award::HundredDays => questions.kept(Milestone::HundredDays, 1),
        Award::HundredTimesHundred => questions.kept(Milestone::HundredDays, 100),
        Award::FullYear => questions.kept(Milestone::Year, 1),
        Award::FirmGround => wholes.topic(),
        Award::Bedrock => wholes.pack(),
        Award::NoGap => wholes.tier(library, today),
        Award::KnowsItsBadge => wholes.held(record, today),
        Award::LeechTamed => Reach::of_days(questions.tamed.clone(), 1),
        Award::Mended => Reach::of_days(questions.mended.clone(), 25),
        Award::BacklogCleared => backlog(&totals.days),
        Award::Calibrated => calibrated(history),
        Award::SecondWind => Reach::once(record.passed_after_failing(today)),
        Award::RenewedInTime => Reach::once(record.renewed_in_time(library.catalogs(), today)),
        Award::FirstBadge => collection.first,
        Award::TierHeld => collection.tier,
        Award::TitleHeld => collection.title,
        Award::TwoIssuers => collection.issuers,
        Award::Everything => collection.everything,
        Award::NewYear => Reach::once(totals.moments.new_year),
        Award::LeapDay => Reach::once(totals.moments.leap_day),
        Award::FullCircle => Reach::once(totals.moments.full_circle),
    };
    Award::ALL.iter().map(|award| reach(*award).state(*award)).collect()
}

/// The days on which single questions reached what awards ask for.
#[derive(Default)]
struct Questions {
    kept: [Vec<NaiveDate>; 3],
    from_memory: Vec<NaiveDate>,
    mended: Vec<NaiveDate>,
    tamed: Vec<NaiveDate>,
}

impl Questions {
    fn of(history: &History) -> Questions {
        let mut questions = Questions::default();
        for (_, track) in history.tracks() {
            questions.add(&track.spans);
        }
        questions
    }

    fn add(&mut self, spans: &Spans) {
        for milestone in Milestone::ALL {
            self.kept[milestone as usize].extend(spans.reached(milestone));
        }
        let three_weeks = |span: Option<Span>| span.and_then(|span| span.reached(Milestone::ThreeWeeks));
        self.from_memory.extend(three_weeks(spans.whole.filter(Span::is_from_memory)));
        self.mended.extend(three_weeks(spans.mended));
        self.tamed.extend(three_weeks(spans.tamed));
    }

    fn kept(&self, milestone: Milestone, need: u32) -> Reach {
        Reach::of_days(self.kept[milestone as usize].clone(), need)
    }
}

/// Topics, packs and credentials as wholes.
struct Wholes<'a> {
    topics: Vec<Whole>,
    packs: Vec<Whole>,
    credentials: BTreeMap<&'a CredentialId, Whole>,
}

impl<'a> Wholes<'a> {
    fn of(history: &History, library: &'a Library) -> Wholes<'a> {
        let mut wholes = Wholes { topics: Vec::new(), packs: Vec::new(), credentials: BTreeMap::new() };
        for pack in library.packs() {
            let mut topics: BTreeMap<&str, Whole> = BTreeMap::new();
            for question in &pack.questions {
                let track = history.track(&question.id);
                let reached = track.and_then(|track| track.spans.reached(Milestone::ThreeWeeks));
                topics.entry(&question.topic).or_default().add(reached);
                for id in &question.credentials {
                    wholes.credentials.entry(id).or_default().add(reached);
                }
            }
            wholes.packs.push(topics.values().copied().fold(Whole::default(), Whole::and));
            wholes.topics.extend(topics.into_values());
        }
        wholes
    }

    fn topic(&self) -> Reach {
        Reach::best(self.topics.iter().filter(|whole| whole.questions >= A_TOPIC).map(|whole| whole.reach()))
    }

    fn pack(&self) -> Reach {
        Reach::best(self.packs.iter().filter(|whole| whole.questions >= A_PACK).map(|whole| whole.reach()))
    }

    /// Of each tier all that is on offer, together.
    fn tier(&self, library: &Library, today: NaiveDate) -> Reach {
        let of_tier = |catalog: &Catalog, tier: &str| {
            let offered = catalog.in_tier(tier).filter(|c| c.offer(today) == Offer::OnOffer);
            let wholes = offered.map(|c| self.credentials.get(&c.id).copied().unwrap_or_default());
            wholes.fold(Whole::default(), Whole::and)
        };
        let all = library.catalogs().iter().flat_map(|catalog| {
            catalog.tiers.iter().map(|tier| of_tier(catalog, &tier.id)).collect::<Vec<_>>()
        });
        Reach::best(all.filter(|whole| whole.questions >= A_PACK).map(Whole::reach))
    }

    /// Of a credential that is held, every question about it.
    fn held(&self, record: &Record, today: NaiveDate) -> Reach {
        let held = record.holdings().filter(|holding| holding.on <= today);
        let reach = held.filter_map(|holding| {
            let whole = self.credentials.get(&holding.credential)?;
            let reach = whole.reach();
            let passed = record.first_passed(&holding.credential).unwrap_or(holding.on);
            let on = reach.on.map(|on| on.max(passed));
            (whole.questions >= A_CREDENTIAL).then_some(Reach { on, ..reach })
        });
        Reach::best(reach)
    }
}

/// A hundred old questions answered right within seven days.
fn backlog(days: &BTreeMap<NaiveDate, DayTotals>) -> Reach {
    const NEED: u32 = 100;
    let mut reach = Reach { need: NEED, ..Reach::default() };
    for (day, _) in days.iter().filter(|(_, totals)| totals.old_right > 0) {
        let from = *day - Days::new(A_WEEK - 1);
        let sum: u32 = days.range(from..=*day).map(|(_, totals)| totals.old_right).sum();
        reach.have = reach.have.max(sum);
        if sum >= NEED {
            reach.on = Some(*day);
            break;
        }
    }
    reach
}

/// What the program predicted came true, over a block of answers.
fn calibrated(history: &History) -> Reach {
    let predictions = &history.totals.predictions;
    let (have, need) = predictions.block();
    let on = predictions.calibrated_on;
    Reach { have: if on.is_some() { need } else { have }, need, on }
}

/// What was held on the days on which something was passed.
#[derive(Debug, Default)]
struct Collected {
    first: Reach,
    tier: Reach,
    title: Reach,
    issuers: Reach,
    everything: Reach,
}

impl Collected {
    fn of(library: &Library, record: &Record, today: NaiveDate) -> Collected {
        let catalogs = library.catalogs();
        let none = Reach { need: 1, ..Reach::default() };
        let mut collected = Collected {
            first: none,
            tier: none,
            title: none,
            issuers: Reach { need: 2, ..none },
            everything: none,
        };
        for day in record.pass_days(catalogs, today).into_iter().take(MOST_PASS_DAYS) {
            let then = record.up_to(day, catalogs);
            collected.first = collected.first.better(Reach::once(Some(day)));
            let issuers = catalogs.iter().filter(|catalog| holds_any(catalog, &then, day)).count();
            collected.issuers = collected.issuers.better(of_set(issuers, 2, day));
            for catalog in catalogs.iter() {
                collected.look_at(catalog, &then, day);
            }
        }
        collected
    }

    fn look_at(&mut self, catalog: &Catalog, then: &Record, day: NaiveDate) {
        let held = |ids: &[&CredentialId]| ids.iter().filter(|id| then.holds(id, day)).count();
        let offered = |tier: Option<&str>| -> Vec<&CredentialId> {
            let all = catalog.credentials.iter().filter(|c| c.offer(day) == Offer::OnOffer);
            all.filter(|c| tier.is_none_or(|tier| c.tier == tier)).map(|c| &c.id).collect()
        };
        for tier in &catalog.tiers {
            let ids = offered(Some(&tier.id));
            self.tier = self.tier.better(of_set(held(&ids), ids.len(), day));
        }
        let all = offered(None);
        self.everything = self.everything.better(of_set(held(&all), all.len(), day));
        for title in titles(catalog, then, day) {
            let have = if title.is_held { title.needed } else { title.have };
            self.title = self.title.better(of_set(have, title.needed, day));
        }
    }
}

fn holds_any(catalog: &Catalog, record: &Record, day: NaiveDate) -> bool {
    catalog.credentials.iter().any(|credential| record.holds(&credential.id, day))
}

/// So many of a set; an empty one is never reached.
fn of_set(have: usize, need: usize, day: NaiveDate) -> Reach {
    let is_reached = need > 0 && have >= need;
    Reach { have: have as u32, need: need.max(1) as u32, on: is_reached.then_some(day) }
}
