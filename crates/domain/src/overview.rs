//! What is known on a day, summed up: everything that the screens of a day need, without the questions.

use std::collections::{BTreeMap, HashMap};
use std::ops::{Bound, RangeInclusive};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::awards::{AwardState, awards};
use super::catalog::CredentialId;
use super::domains::{ExamDomain, ExamDomains};
use super::history::{BINS, DayTotals, History, MIN_LEECH_LAPSES, Memory, Predictions, SelfChecked, bin};
use super::levels::MemoryDays;
use super::library::Library;
use super::mastery::{Knowledge, Mastery, MasteryTally, QuestionMastery};
use super::memory::{Model, TermEstimate};
use super::question::{Pack, Question, QuestionId, Teaches};
use super::record::Record;
use super::selection::{self, Focus, NewLimit, Selection, SittingRequest};
use super::settings::Settings;
use super::streak::{Streak, streak};
use super::target::Target;

/// The sums of a day, computed from the journal, the packs and the day. They can be cached together
/// with a note of what they were computed from.
///
/// ```
/// use badgedex_domain::overview::Overview;
///
/// let overview = Overview::empty("2026-11-23".parse().unwrap());
/// assert_eq!((overview.due, overview.streak.days, overview.all.mean), (0, 0, None));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The day of memory for which the sums hold.
    pub day: NaiveDate,
    /// What is known of all questions together.
    pub all: Mastery,
    /// Number of due questions, without those that are set aside.
    pub due: usize,
    /// Number of new questions that are available and that the daily limit still allows.
    pub new: usize,
    /// Answers ever given, including cram answers and questions that are gone.
    pub answers: u32,
    /// How many of the answers were right.
    pub right: u32,
    /// Days of study in a row.
    pub streak: Streak,
    /// What was predicted of checked answers, and what happened.
    pub predictions: Predictions,
    /// Self-checked answers; they are included in `answers` and `right`, but not in `predictions`.
    pub self_checked: SelfChecked,
    /// How well the learner learns from misses.
    pub learner: TermEstimate,
    /// Days of memory, as they were built up.
    pub memory: MemoryDays,
    /// How far each award has come, in the order of [`Award::ALL`](crate::awards::Award::ALL).
    pub awards: Vec<AwardState>,
    /// Totals of the last [`SHOWN_DAYS`] days, this one included; days without answers are left out.
    pub days: BTreeMap<NaiveDate, DayTotals>,
    /// The days of memory before the first of them.
    pub memory_before: f64,
    /// Number of days with answers.
    pub days_studied: u32,
    /// Time spent thinking, over all days.
    pub took_ms: u64,
    /// Answers with a later day than this one: a clock was wrong, here or elsewhere.
    pub later: u32,
    /// Seen questions by the chance to recall them now, in bins of 10 percentage points.
    pub chances: [u32; BINS],
    /// The questions with the highest share of wrong answers, the hardest first; at most five.
    pub hardest: Vec<HardQuestion>,
    /// The leeches with the most lapses; at most five.
    pub leeches: Vec<HardQuestion>,
    /// Topics in the packs' order.
    pub topics: Vec<TopicSummary>,
    /// How many questions come back on which day; due ones count for today.
    pub coming: BTreeMap<NaiveDate, usize>,
    /// What a sitting asks by default.
    pub sitting: Selection,
    credentials: BTreeMap<CredentialId, CredentialSummary>,
    /// What is known of each pack as the exam of a target.
    packs: BTreeMap<String, ExamSummary>,
}

/// How many days the screens show: 26 weeks and the current one.
pub const SHOWN_DAYS: u64 = 27 * 7;
/// How many of the hardest questions, and of the leeches, are listed.
const MAX_NAMED: usize = 5;
/// A question with fewer answers does not count as hard.
const MIN_ANSWERS: u32 = 3;
/// Seconds per question while too few answers were timed.
const DEFAULT_SECONDS: f64 = 20.0;
const MIN_TIMED_ANSWERS: u32 = 20;
/// How many characters of a stem are kept to recognize a question.
const MAX_STEM_CHARS: usize = 100;

/// A question that is hard for the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardQuestion {
    /// Its id.
    pub question: QuestionId,
    /// The first line of its stem, cut after a word to at most 100 characters.
    pub stem: String,
    /// How often it was answered.
    pub answers: u32,
    /// How often it was right.
    pub right: u32,
    /// How often it was forgotten after it was known.
    pub lapses: u32,
}

impl HardQuestion {
    /// Share of wrong answers, in ten-thousandths.
    fn wrong_share(&self) -> u32 {
        (self.answers - self.right) * 10_000 / self.answers.max(1)
    }
}

/// What is known of one topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicSummary {
    /// The id of the pack.
    pub pack: String,
    /// The pack's title.
    pub pack_title: String,
    /// The id of the topic.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// What its pack is about.
    pub teaches: Teaches,
    /// Percent of the exam, 0 to 100, if it is an exam domain with a weight.
    pub weight: Option<f64>,
    /// What is known of its questions.
    pub mastery: Mastery,
    /// How many of its questions are due.
    pub due: usize,
}

/// What is known of one domain of an exam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DomainSummary {
    /// Unique within the exam.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Percent of the exam, 0 to 100; `None` if no exam guide says so.
    pub weight: Option<f64>,
    /// What is known of its questions.
    pub mastery: Mastery,
}

/// What is known of what one exam asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct ExamSummary {
    /// Of the domains, by their weights.
    mastery: Mastery,
    /// The domains with questions, in the exam's order.
    domains: Vec<DomainSummary>,
}

/// What is known of one credential.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct CredentialSummary {
    /// Of all of its questions; the exam's if an installed pack teaches what it asks.
    mastery: Mastery,
    /// By topic: its place among all topics, and what is known of its questions about this credential.
    topics: Vec<(usize, Mastery)>,
    /// Of the questions that are facts about it.
    facts: Mastery,
    /// Of what its exam asks; `None` if no installed pack teaches that.
    exam: Option<ExamSummary>,
}

impl Overview {
    /// Sums up `knowledge`. `today` is the calendar day, which decides about booked exams.
    pub fn of(knowledge: &Knowledge, record: &Record, settings: &Settings, today: NaiveDate) -> Overview {
        let mut sums = OverviewBuilder::new(knowledge, record);
        for pack in knowledge.library.packs() {
            sums.add_pack(pack);
        }
        let packs = knowledge.library.packs().iter();
        let packs = packs.map(|pack| (pack.id.clone(), sums.pack(pack, today))).collect();
        let history = knowledge.history;
        let totals = &history.totals;
        let seen_today = totals.first_seen(knowledge.day);
        let limit = NewLimit { per_day: settings.new_per_day as usize, today: seen_today as usize };
        let focus = Focus::of(settings, record, knowledge, today);
        let request = SittingRequest { focus, ..SittingRequest::default() };
        Overview {
            day: knowledge.day,
            due: sums.topics.iter().map(|topic| topic.due).sum(),
            new: sums.unseen.min(limit.left()),
            answers: history.answers(),
            right: history.right(),
            streak: streak(&totals.days, settings, knowledge.day),
            predictions: totals.predictions.clone(),
            self_checked: totals.self_checked,
            learner: totals.learner,
            memory: MemoryDays { days: memory_days(&totals.days), faded: sums.faded },
            awards: awards(history, knowledge.library, record, today),
            days: totals.days.range(shown(knowledge.day)).map(|(day, totals)| (*day, *totals)).collect(),
            memory_before: memory_days(totals.days.range(..*shown(knowledge.day).start())),
            days_studied: totals.days.len() as u32,
            took_ms: totals.days.values().map(|totals| totals.took_ms).sum(),
            later: later(history, knowledge.day),
            chances: sums.chances,
            hardest: hardest(sums.hard.clone()),
            leeches: leeches(sums.hard.clone()),
            sitting: selection::choose(&request, knowledge, record, limit, today),
            all: knowledge.sum(&sums.all),
            credentials: sums
                .credentials
                .iter()
                .map(|(id, of)| (CredentialId::clone(id), sums.credential(id, of, today)))
                .collect(),
            packs,
            topics: sums.topics,
            coming: sums.coming,
        }
    }

    /// The overview of a day without answers and questions.
    pub fn empty(day: NaiveDate) -> Overview {
        let library = Library::default();
        let (history, model) = (History::default(), Model::default());
        let knowledge =
            Knowledge { library: &library, history: &history, model: &model, retention: 0.9, day };
        Overview::of(&knowledge, &Record::default(), &Settings::default(), day)
    }

    /// Seconds that this learner takes per question; a default if fewer than 20 answers were timed.
    pub fn seconds_per_question(&self) -> f64 {
        let timed = || self.days.values().filter(|totals| totals.took_ms > 0);
        let answers: u32 = timed().map(|totals| totals.answers).sum();
        let took_ms: u64 = timed().map(|totals| totals.took_ms).sum();
        if answers < MIN_TIMED_ANSWERS {
            DEFAULT_SECONDS
        } else {
            took_ms as f64 / 1000.0 / f64::from(answers)
        }
    }

    /// Answers that the program checked, and how many of them were right.
    pub fn checked(&self) -> (u32, u32) {
        let own = &self.self_checked;
        (self.answers.saturating_sub(own.answers), self.right.saturating_sub(own.known))
    }

    /// Days of the streak, or 0 if the learner has switched gamification off.
    pub fn shown_streak(&self, settings: &Settings) -> u32 {
        if settings.gamification { self.streak.days } else { 0 }
    }

    /// The topics with at least one due question, in the packs' order.
    pub fn due_topics(&self) -> impl Iterator<Item = &TopicSummary> {
        self.topics.iter().filter(|topic| topic.due > 0)
    }

    /// The awards that were earned since an earlier overview.
    pub fn earned_since(&self, before: &Overview) -> Vec<AwardState> {
        let had = |award| before.awards.iter().any(|state| state.award == award && state.earned_on.is_some());
        let earned = self.awards.iter().filter(|state| state.earned_on.is_some());
        earned.filter(|state| !had(state.award)).copied().collect()
    }

    /// What is known of a credential; [`Mastery::NONE`] if no question is about it.
    pub fn of_credential(&self, id: &CredentialId) -> Mastery {
        self.credentials.get(id).map_or(Mastery::NONE, |of| of.mastery)
    }

    /// What is known of a credential by topic, topics in the packs' order.
    pub fn topics_of(&self, id: &CredentialId) -> Vec<(String, Mastery)> {
        let topics = self.credentials.get(id).into_iter().flat_map(|of| &of.topics);
        topics.filter_map(|(place, part)| Some((self.topics.get(*place)?.name.clone(), *part))).collect()
    }

    /// The domains of a target's exam that have questions, in the exam's order.
    pub fn domains_of_target(&self, target: &Target) -> &[DomainSummary] {
        self.exam(target).map_or(&[], |exam| &exam.domains)
    }

    /// What is known of what a target's exam asks; [`Mastery::NONE`] if no pack teaches it.
    pub fn mastery_of_target(&self, target: &Target) -> Mastery {
        self.exam(target).map_or(Mastery::NONE, |exam| exam.mastery)
    }

    fn exam(&self, target: &Target) -> Option<&ExamSummary> {
        match target {
            Target::Credential(id) => self.credentials.get(id)?.exam.as_ref(),
            Target::Pack(id) => self.packs.get(id),
        }
    }

    /// What is known of the facts about a credential; [`Mastery::NONE`] if no question asks one.
    pub fn facts_about(&self, id: &CredentialId) -> Mastery {
        self.credentials.get(id).map_or(Mastery::NONE, |of| of.facts)
    }

    /// Whether an installed pack teaches what the credential's exam asks.
    pub fn has_content_for(&self, id: &CredentialId) -> bool {
        self.credentials.get(id).is_some_and(|of| of.exam.is_some())
    }

    /// The topic of a pack; `None` if there is none.
    pub fn topic(&self, pack: &str, topic: &str) -> Option<&TopicSummary> {
        self.topics.iter().find(|t| t.pack == pack && t.topic == topic)
    }

    /// How many questions come back on the days after this one, the nearest first.
    pub fn after_today(&self) -> Vec<(NaiveDate, usize)> {
        self.coming.iter().filter(|(on, _)| **on > self.day).map(|(on, number)| (*on, *number)).collect()
    }
}

/// A line of at most [`MAX_STEM_CHARS`] characters, cut after a word.
fn shortened(line: &str) -> String {
    if line.chars().count() <= MAX_STEM_CHARS {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MAX_STEM_CHARS - 3).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}...")
}

/// The days that the screens show.
fn shown(day: NaiveDate) -> RangeInclusive<NaiveDate> {
    day.checked_sub_days(Days::new(SHOWN_DAYS - 1)).unwrap_or(day)..=day
}

fn memory_days<'a>(days: impl IntoIterator<Item = (&'a NaiveDate, &'a DayTotals)>) -> f64 {
    // Rounding may leave a tiny negative sum.
    days.into_iter().map(|(_, totals)| totals.memory).sum::<f64>().max(0.0)
}

fn later(history: &History, day: NaiveDate) -> u32 {
    let after = (Bound::Excluded(day), Bound::Unbounded);
    history.totals.days.range(after).map(|(_, totals)| totals.answers).sum()
}

fn hardest(mut all: Vec<HardQuestion>) -> Vec<HardQuestion> {
    all.retain(|hard| hard.answers >= MIN_ANSWERS && hard.right < hard.answers);
    all.sort_by(|a, b| b.wrong_share().cmp(&a.wrong_share()).then_with(|| a.question.cmp(&b.question)));
    all.truncate(MAX_NAMED);
    all
}

fn leeches(mut all: Vec<HardQuestion>) -> Vec<HardQuestion> {
    all.retain(|hard| hard.lapses >= MIN_LEECH_LAPSES);
    all.sort_by(|a, b| b.lapses.cmp(&a.lapses).then_with(|| a.question.cmp(&b.question)));
    all.truncate(MAX_NAMED);
    all
}

/// Builds an overview in one pass over all questions.
struct OverviewBuilder<'a> {
    knowledge: &'a Knowledge<'a>,
    record: &'a Record,
    all: MasteryTally,
    unseen: usize,
    topics: Vec<TopicSummary>,
    /// Of every topic, in the same order.
    tallies: Vec<MasteryTally>,
    coming: BTreeMap<NaiveDate, usize>,
    credentials: BTreeMap<&'a CredentialId, CredentialTally>,
    faded: f64,
    chances: [u32; BINS],
    /// Questions that were answered wrong more than once.
    hard: Vec<HardQuestion>,
}

#[derive(Default)]
struct CredentialTally {
    all: MasteryTally,
    facts: MasteryTally,
    /// By the topic's place among all topics.
    topics: BTreeMap<usize, MasteryTally>,
}

impl<'a> OverviewBuilder<'a> {
    fn new(knowledge: &'a Knowledge<'a>, record: &'a Record) -> Self {
        OverviewBuilder {
            knowledge,
            record,
            all: MasteryTally::default(),
            unseen: 0,
            topics: Vec::new(),
            tallies: Vec::new(),
            coming: BTreeMap::new(),
            credentials: BTreeMap::new(),
            faded: 0.0,
            chances: [0; BINS],
            hard: Vec::new(),
        }
    }

    fn add_pack(&mut self, pack: &'a Pack) {
        let first = self.topics.len();
        let places: HashMap<&str, usize> =
            pack.topics.iter().enumerate().map(|(i, t)| (t.id.as_str(), first + i)).collect();
        let mut tallies = vec![MasteryTally::default(); pack.topics.len()];
        self.topics.extend(pack.topics.iter().map(|topic| TopicSummary {
            pack: pack.id.clone(),
            pack_title: pack.title.clone(),
            topic: topic.id.clone(),
            name: topic.name.clone(),
            teaches: pack.teaches,
            weight: topic.weight,
            mastery: Mastery::NONE,
            due: 0,
        }));
        for question in &pack.questions {
            let Some(&place) = places.get(question.topic.as_str()) else { continue };
            let known = self.add(question, place);
            tallies[place - first].add(&known);
        }
        for (topic, tally) in self.topics[first..].iter_mut().zip(&tallies) {
            topic.mastery = self.knowledge.sum(tally);
        }
        self.tallies.append(&mut tallies);
    }

    /// Adds one question to every sum but that of its topic.
    fn add(&mut self, question: &'a Question, place: usize) -> QuestionMastery {
        let known = self.knowledge.known(&question.id);
        self.all.add(&known);
        self.note_difficulty(question, &known);
        for id in &question.credentials {
            let of = self.credentials.entry(id).or_default();
            of.all.add(&known);
            if self.topics[place].teaches == Teaches::About {
                of.facts.add(&known);
            }
            of.topics.entry(place).or_default().add(&known);
        }
        self.topics[place].due += usize::from(self.schedule(question));
        known
    }

    /// The summary that the tally of a credential amounts to.
    fn credential(&self, id: &CredentialId, of: &CredentialTally, today: NaiveDate) -> CredentialSummary {
        let topic = |(place, part): (&usize, &MasteryTally)| (*place, self.knowledge.sum(part));
        let of_content =
            of.topics.iter().filter(|(place, _)| self.topics[**place].teaches == Teaches::Content);
        let exam = self.knowledge.library.has_content_for(id).then(|| {
            let parts = of_content.map(|(place, part)| (self.topics[*place].topic.as_str(), part));
            self.exam(&Target::Credential(id.clone()), parts, today)
        });
        CredentialSummary {
            mastery: exam.as_ref().map_or_else(|| self.knowledge.sum(&of.all), |exam| exam.mastery),
            topics: of.topics.iter().map(topic).collect(),
            facts: self.knowledge.sum(&of.facts),
            exam,
        }
    }

    /// What is known of a pack as the exam of a target.
    fn pack(&self, pack: &Pack, today: NaiveDate) -> ExamSummary {
        let topics = self.topics.iter().zip(&self.tallies).filter(|(topic, _)| topic.pack == pack.id);
        let parts = topics.map(|(topic, part)| (topic.topic.as_str(), part));
        self.exam(&Target::Pack(pack.id.clone()), parts, today)
    }

    /// What is known of what an exam asks, from its parts by the ids of their topics: its domains by their weights.
    fn exam<'t>(
        &self,
        target: &Target,
        parts: impl Iterator<Item = (&'t str, &'t MasteryTally)>,
        today: NaiveDate,
    ) -> ExamSummary {
        let exam = ExamDomains::of(target, self.knowledge.library, today);
        let mut tallies = vec![MasteryTally::default(); exam.domains().len()];
        for (topic, part) in parts {
            if let Some(place) = exam.place_of(topic) {
                tallies[place].merge(part);
            }
        }
        let domain = |(domain, tally): (&ExamDomain, &MasteryTally)| DomainSummary {
            id: domain.id.to_owned(),
            title: domain.title.to_owned(),
            weight: domain.is_weight_stated.then_some(domain.weight),
            mastery: self.knowledge.sum(tally),
        };
        let weights = exam.domains().iter().map(|domain| domain.weight);
        let with_questions = exam.domains().iter().zip(&tallies).filter(|(d, _)| !d.questions.is_empty());
        ExamSummary {
            mastery: self.knowledge.sum_by_weight(weights.zip(&tallies)),
            domains: with_questions.map(domain).collect(),
        }
    }

    /// Notes when a question comes back. Says whether it is due.
    fn schedule(&mut self, question: &Question) -> bool {
        if self.record.is_suspended(question) {
            return false;
        }
        let Knowledge { model, retention, day, .. } = *self.knowledge;
        let Some(learned) = self.knowledge.learned(&question.id) else {
            self.unseen += 1;
            return false;
        };
        let is_due = self.knowledge.is_due(&question.id);
        let due_on = if is_due { day } else { learned.due_on(model, self.knowledge.term(), retention) };
        *self.coming.entry(due_on.max(day)).or_default() += 1;
        self.faded += if is_due { learned.memory_days } else { 0.0 };
        is_due
    }

    /// Notes how well a question is known now, and whether it is hard.
    fn note_difficulty(&mut self, question: &Question, known: &QuestionMastery) {
        let Some(track) = self.knowledge.history.track(&question.id) else { return };
        let Memory::Learned(learned) = &track.memory else { return };
        self.chances[bin(known.chance)] += 1;
        if track.answers > track.right + 1 {
            self.hard.push(HardQuestion {
                question: question.id.clone(),
                stem: shortened(question.stem.lines().next().unwrap_or_default()),
                answers: track.answers,
                right: track.right,
                lapses: learned.lapses,
            });
        }
    }
}

#[cfg(test)]
mod tests;
