//! Awards: earned by remembering, by care and by collecting; never by speed or repetition alone.
//!
//! Each is a function of the journal and the installed packs and catalogs: the same events, in
//! whatever order they were imported, earn the same awards on the same days. What was earned stays earned as
//! the journal grows, and undoing a right answer or a pass never earns an award.

mod progress;

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
use progress::{AwardProgress, QuestionGroup};

/// Topics and packs with fewer questions earn no award.
const MIN_TOPIC_QUESTIONS: u32 = 5;
const MIN_PACK_QUESTIONS: u32 = 20;
/// Credentials with fewer questions earn no award.
const MIN_CREDENTIAL_QUESTIONS: u32 = 10;
/// Days within which a backlog has to be cleared.
const BACKLOG_DAYS: u64 = 7;
/// More days with passes are ignored: such a journal is not a person's.
const MAX_PASS_DAYS: usize = 400;

/// What can be earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Award {
    /// One question remembered for three weeks.
    FirstRoots,
    /// 25 questions that cannot be guessed remembered for three weeks.
    FromMemory,
    /// 500 questions remembered for three weeks.
    DeepShelf,
    /// One question remembered for 100 days.
    HundredDays,
    /// 100 questions remembered for 100 days.
    HundredTimesHundred,
    /// One question remembered for a year.
    FullYear,
    /// Every question of a topic remembered for three weeks.
    FirmGround,
    /// Every question of a pack remembered for three weeks.
    Bedrock,
    /// Every question about a tier's credentials on offer remembered for three weeks.
    NoGap,
    /// Every question about a held credential remembered for three weeks.
    KnowsItsBadge,
    /// A leech remembered for three weeks after it became one.
    LeechTamed,
    /// 25 questions remembered for three weeks after they were wrong.
    Mended,
    /// 100 right answers to old questions within seven days.
    BacklogCleared,
    /// 200 predictions that came true within 3 percentage points.
    Calibrated,
    /// An exam passed that was failed before.
    SecondWind,
    /// A credential passed again while it was valid.
    RenewedInTime,
    /// The first credential.
    FirstBadge,
    /// Every credential of a tier that is on offer.
    TierHeld,
    /// A title.
    TitleHeld,
    /// Credentials of two issuers.
    TwoIssuers,
    /// Every credential of a catalog that is on offer.
    Everything,
    /// A right answer around midnight on New Year's Eve.
    NewYear,
    /// A right answer on 29 February.
    LeapDay,
    /// A right answer two years after the first one to that question.
    FullCircle,
}

/// A group of awards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardFamily {
    /// Remembering questions for a long time.
    Remembering,
    /// Working on what is hard.
    Care,
    /// Collecting credentials.
    Collection,
    /// Surprises: not shown before they are earned.
    Joy,
}

impl Award {
    /// All awards, in the order in which they are shown.
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

    /// The group in which it is shown.
    pub fn family(self) -> AwardFamily {
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
            | Award::KnowsItsBadge => AwardFamily::Remembering,
            Award::LeechTamed
            | Award::Mended
            | Award::BacklogCleared
            | Award::Calibrated
            | Award::SecondWind
            | Award::RenewedInTime => AwardFamily::Care,
            Award::FirstBadge
            | Award::TierHeld
            | Award::TitleHeld
            | Award::TwoIssuers
            | Award::Everything => AwardFamily::Collection,
            Award::NewYear | Award::LeapDay | Award::FullCircle => AwardFamily::Joy,
        }
    }

    /// Whether it is hidden until it is earned.
    pub fn is_secret(self) -> bool {
        self.family() == AwardFamily::Joy
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
    /// Which award.
    pub award: Award,
    /// How much of it is done, at most `need`.
    pub have: u32,
    /// How much it asks for, at least 1.
    pub need: u32,
    /// The day on which it was earned.
    pub earned_on: Option<NaiveDate>,
}

/// How far the learner has come with each award, in the order of [`Award::ALL`].
pub fn awards(history: &History, library: &Library, record: &Record, today: NaiveDate) -> Vec<AwardState> {
    let questions = QuestionMilestones::of(history);
    let groups = QuestionGroups::of(history, library);
    let collection = CollectionProgress::of(library, record, today);
    let totals = &history.totals;
    let progress = |award: Award| match award {
        Award::FirstRoots => questions.kept(Milestone::ThreeWeeks, 1),
        Award::FromMemory => AwardProgress::of_days(questions.from_memory.clone(), 25),
        Award::DeepShelf => questions.kept(Milestone::ThreeWeeks, 500),
        Award::HundredDays => questions.kept(Milestone::HundredDays, 1),
        Award::HundredTimesHundred => questions.kept(Milestone::HundredDays, 100),
        Award::FullYear => questions.kept(Milestone::Year, 1),
        Award::FirmGround => groups.topic(),
        Award::Bedrock => groups.pack(),
        Award::NoGap => groups.tier(library, today),
        Award::KnowsItsBadge => groups.held(record, today),
        Award::LeechTamed => AwardProgress::of_days(questions.tamed.clone(), 1),
        Award::Mended => AwardProgress::of_days(questions.mended.clone(), 25),
        Award::BacklogCleared => backlog(&totals.days),
        Award::Calibrated => calibrated(history),
        Award::SecondWind => AwardProgress::once(record.passed_after_failing(today)),
        Award::RenewedInTime => AwardProgress::once(record.renewed_in_time(library.catalogs(), today)),
        Award::FirstBadge => collection.first,
        Award::TierHeld => collection.tier,
        Award::TitleHeld => collection.title,
        Award::TwoIssuers => collection.issuers,
        Award::Everything => collection.everything,
        Award::NewYear => AwardProgress::once(totals.moments.new_year),
        Award::LeapDay => AwardProgress::once(totals.moments.leap_day),
        Award::FullCircle => AwardProgress::once(totals.moments.full_circle),
    };
    Award::ALL.iter().map(|award| progress(*award).state(*award)).collect()
}

/// The days on which single questions reached a milestone.
#[derive(Default)]
struct QuestionMilestones {
    kept: [Vec<NaiveDate>; 3],
    from_memory: Vec<NaiveDate>,
    mended: Vec<NaiveDate>,
    tamed: Vec<NaiveDate>,
}

impl QuestionMilestones {
    fn of(history: &History) -> QuestionMilestones {
        let mut questions = QuestionMilestones::default();
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

    fn kept(&self, milestone: Milestone, need: u32) -> AwardProgress {
        AwardProgress::of_days(self.kept[milestone as usize].clone(), need)
    }
}

/// Topics, packs and credentials as groups.
struct QuestionGroups<'a> {
    topics: Vec<QuestionGroup>,
    packs: Vec<QuestionGroup>,
    credentials: BTreeMap<&'a CredentialId, QuestionGroup>,
}

impl<'a> QuestionGroups<'a> {
    fn of(history: &History, library: &'a Library) -> QuestionGroups<'a> {
        let mut groups =
            QuestionGroups { topics: Vec::new(), packs: Vec::new(), credentials: BTreeMap::new() };
        // What was earned stays when a pack is switched off, and nothing gets easier.
        for pack in library.all_packs() {
            let mut topics: BTreeMap<&str, QuestionGroup> = BTreeMap::new();
            for question in &pack.questions {
                let track = history.track(&question.id);
                let reached = track.and_then(|track| track.spans.reached(Milestone::ThreeWeeks));
                topics.entry(&question.topic).or_default().add(reached);
                for id in &question.credentials {
                    groups.credentials.entry(id).or_default().add(reached);
                }
            }
            groups.packs.push(topics.values().copied().fold(QuestionGroup::default(), QuestionGroup::and));
            groups.topics.extend(topics.into_values());
        }
        groups
    }

    fn topic(&self) -> AwardProgress {
        AwardProgress::best(
            self.topics
                .iter()
                .filter(|group| group.questions >= MIN_TOPIC_QUESTIONS)
                .map(|group| group.progress()),
        )
    }

    fn pack(&self) -> AwardProgress {
        AwardProgress::best(
            self.packs
                .iter()
                .filter(|group| group.questions >= MIN_PACK_QUESTIONS)
                .map(|group| group.progress()),
        )
    }

    /// The questions about all credentials of a tier that are on offer.
    fn tier(&self, library: &Library, today: NaiveDate) -> AwardProgress {
        let of_tier = |catalog: &Catalog, tier: &str| {
            let offered = catalog.in_tier(tier).filter(|c| c.offer(today) == Offer::OnOffer);
            let groups = offered.map(|c| self.credentials.get(&c.id).copied().unwrap_or_default());
            groups.fold(QuestionGroup::default(), QuestionGroup::and)
        };
        let all = library.catalogs().iter().flat_map(|catalog| {
            catalog.tiers.iter().map(|tier| of_tier(catalog, &tier.id)).collect::<Vec<_>>()
        });
        AwardProgress::best(
            all.filter(|group| group.questions >= MIN_PACK_QUESTIONS).map(QuestionGroup::progress),
        )
    }

    /// The questions about a credential that is held.
    fn held(&self, record: &Record, today: NaiveDate) -> AwardProgress {
        let held = record.holdings().filter(|holding| holding.on <= today);
        let all = held.filter_map(|holding| {
            let group = self.credentials.get(&holding.credential)?;
            let progress = group.progress();
            let passed = record.first_passed(&holding.credential).unwrap_or(holding.on);
            let on = progress.on.map(|on| on.max(passed));
            (group.questions >= MIN_CREDENTIAL_QUESTIONS).then_some(AwardProgress { on, ..progress })
        });
        AwardProgress::best(all)
    }
}

/// A hundred old questions answered right within seven days.
fn backlog(days: &BTreeMap<NaiveDate, DayTotals>) -> AwardProgress {
    const NEED: u32 = 100;
    let mut progress = AwardProgress { need: NEED, ..AwardProgress::default() };
    for (day, _) in days.iter().filter(|(_, totals)| totals.old_right > 0) {
        let from = *day - Days::new(BACKLOG_DAYS - 1);
        let sum: u32 = days.range(from..=*day).map(|(_, totals)| totals.old_right).sum();
        progress.have = progress.have.max(sum);
        if sum >= NEED {
            progress.on = Some(*day);
            break;
        }
    }
    progress
}

/// Predictions that came true, over a block of answers.
fn calibrated(history: &History) -> AwardProgress {
    let predictions = &history.totals.predictions;
    let (have, need) = predictions.block();
    let on = predictions.calibrated_on;
    AwardProgress { have: if on.is_some() { need } else { have }, need, on }
}

/// Progress of the awards for collecting, over the days with a pass.
#[derive(Debug, Default)]
struct CollectionProgress {
    first: AwardProgress,
    tier: AwardProgress,
    title: AwardProgress,
    issuers: AwardProgress,
    everything: AwardProgress,
}

impl CollectionProgress {
    fn of(library: &Library, record: &Record, today: NaiveDate) -> CollectionProgress {
        let catalogs = library.catalogs();
        let none = AwardProgress { need: 1, ..AwardProgress::default() };
        let mut collected = CollectionProgress {
            first: none,
            tier: none,
            title: none,
            issuers: AwardProgress { need: 2, ..none },
            everything: none,
        };
        for day in record.pass_days(catalogs, today).into_iter().take(MAX_PASS_DAYS) {
            let then = record.up_to(day, catalogs);
            collected.first = collected.first.better(AwardProgress::once(Some(day)));
            let issuers = catalogs.iter().filter(|catalog| holds_any(catalog, &then, day)).count();
            collected.issuers = collected.issuers.better(set_progress(issuers, 2, day));
            for catalog in catalogs.iter() {
                collected.add_catalog(catalog, &then, day);
            }
        }
        collected
    }

    fn add_catalog(&mut self, catalog: &Catalog, then: &Record, day: NaiveDate) {
        let held = |ids: &[&CredentialId]| ids.iter().filter(|id| then.holds(id, day)).count();
        let offered = |tier: Option<&str>| -> Vec<&CredentialId> {
            let all = catalog.credentials.iter().filter(|c| c.offer(day) == Offer::OnOffer);
            all.filter(|c| tier.is_none_or(|tier| c.tier == tier)).map(|c| &c.id).collect()
        };
        for tier in &catalog.tiers {
            let ids = offered(Some(&tier.id));
            self.tier = self.tier.better(set_progress(held(&ids), ids.len(), day));
        }
        let all = offered(None);
        self.everything = self.everything.better(set_progress(held(&all), all.len(), day));
        for title in titles(catalog, then, day) {
            let have = if title.is_held { title.needed } else { title.have };
            self.title = self.title.better(set_progress(have, title.needed, day));
        }
    }
}

fn holds_any(catalog: &Catalog, record: &Record, day: NaiveDate) -> bool {
    catalog.credentials.iter().any(|credential| record.holds(&credential.id, day))
}

/// Progress within a set of credentials; an empty set is never complete.
fn set_progress(have: usize, need: usize, day: NaiveDate) -> AwardProgress {
    let is_reached = need > 0 && have >= need;
    AwardProgress { have: have as u32, need: need.max(1) as u32, on: is_reached.then_some(day) }
}

#[cfg(test)]
mod tests;
