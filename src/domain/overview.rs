//! What is known on a day, summed up: all that the day's screens need, without a single question.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalog::CredentialId;
use super::history::Calibration;
use super::mastery::{Knowledge, Known, Mastery, Tally};
use super::question::{Pack, Question};
use super::record::Record;
use super::selection::{self, Selection, Wanted};
use super::settings::Settings;

/// The sums of a day. They are worked out from the journal, the packs and the day, and can be kept
/// with a note of what they were made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The day of memory for which they hold.
    pub day: NaiveDate,
    pub all: Mastery,
    /// Questions that are due, without those set aside.
    pub due: usize,
    /// New questions that the daily limit still allows, of those that there are.
    pub new: usize,
    /// Answers ever given, cram answers and questions that are gone included.
    pub answers: u32,
    pub right: u32,
    /// Days in a row with answers.
    pub streak_days: u32,
    pub calibration: Calibration,
    /// In the packs' order.
    pub topics: Vec<TopicSum>,
    /// How many questions come back on which day, those that are due now on this one.
    pub coming: BTreeMap<NaiveDate, usize>,
    /// What a sitting asks where nothing else is wished for.
    pub sitting: Selection,
    credentials: BTreeMap<CredentialId, CredentialSum>,
}

/// What is known of one topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicSum {
    pub pack: String,
    pub pack_title: String,
    pub topic: String,
    pub name: String,
    pub mastery: Mastery,
    pub due: usize,
}

/// What is known of one credential.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct CredentialSum {
    mastery: Mastery,
    /// By topic: its place among all, and what is known of the topic's questions about this credential.
    topics: Vec<(usize, Mastery)>,
    /// An installed pack teaches what its exam asks.
    has_content: bool,
}

impl Overview {
    /// Sums up `knowledge`. `today` is the calendar's day, by which an exam is booked.
    pub fn of(knowledge: &Knowledge, record: &Record, settings: &Settings, today: NaiveDate) -> Overview {
        let mut sums = Sums::new(knowledge, record);
        for pack in knowledge.library.packs() {
            sums.add_pack(pack);
        }
        let history = knowledge.history;
        let seen_today = history.totals.first_seen.get(&knowledge.day).copied().unwrap_or(0);
        let limit = settings.new_per_day.saturating_sub(seen_today) as usize;
        let wanted = Wanted { exam: record.next_exam(today).map(|(id, _)| id.clone()), ..Wanted::default() };
        Overview {
            day: knowledge.day,
            due: sums.topics.iter().map(|topic| topic.due).sum(),
            new: sums.unseen.min(limit),
            answers: history.answers(),
            right: history.right(),
            streak_days: history.streak_days(knowledge.day),
            calibration: history.totals.calibration,
            sitting: selection::choose(&wanted, knowledge, record, limit),
            all: knowledge.sum(&sums.all),
            credentials: sums
                .credentials
                .iter()
                .map(|(id, of)| (CredentialId::clone(id), sums.credential(id, of)))
                .collect(),
            topics: sums.topics,
            coming: sums.coming,
        }
    }

    /// What is known of a credential; nothing of one that no question is about.
    pub fn of_credential(&self, id: &CredentialId) -> Mastery {
        self.credentials.get(id).map_or(Mastery::NONE, |of| of.mastery)
    }

    /// What is known of a credential by topic, topics in the packs' order.
    pub fn topics_of(&self, id: &CredentialId) -> Vec<(String, Mastery)> {
        let topics = self.credentials.get(id).into_iter().flat_map(|of| &of.topics);
        topics.filter_map(|(place, part)| Some((self.topics.get(*place)?.name.clone(), *part))).collect()
    }

    /// Whether an installed pack teaches what the credential's exam asks.
    pub fn has_content_for(&self, id: &CredentialId) -> bool {
        self.credentials.get(id).is_some_and(|of| of.has_content)
    }

    pub fn topic(&self, pack: &str, topic: &str) -> Option<&TopicSum> {
        self.topics.iter().find(|t| t.pack == pack && t.topic == topic)
    }

    /// How many questions come back on the days after this one, the nearest first.
    pub fn after_today(&self) -> Vec<(NaiveDate, usize)> {
        self.coming.iter().filter(|(on, _)| **on > self.day).map(|(on, number)| (*on, *number)).collect()
    }
}

/// Sums in the making: every question is looked at once.
struct Sums<'a> {
    knowledge: &'a Knowledge<'a>,
    record: &'a Record,
    all: Tally,
    unseen: usize,
    topics: Vec<TopicSum>,
    coming: BTreeMap<NaiveDate, usize>,
    credentials: BTreeMap<&'a CredentialId, CredentialTally>,
}

#[derive(Default)]
struct CredentialTally {
    all: Tally,
    /// By the topic's place among all.
    topics: BTreeMap<usize, Tally>,
}

impl<'a> Sums<'a> {
    fn new(knowledge: &'a Knowledge<'a>, record: &'a Record) -> Self {
        Sums {
            knowledge,
            record,
            all: Tally::default(),
            unseen: 0,
            topics: Vec::new(),
            coming: BTreeMap::new(),
            credentials: BTreeMap::new(),
        }
    }

    fn add_pack(&mut self, pack: &'a Pack) {
        let first = self.topics.len();
        let places: HashMap<&str, usize> =
            pack.topics.iter().enumerate().map(|(i, t)| (t.id.as_str(), first + i)).collect();
        let mut tallies = vec![Tally::default(); pack.topics.len()];
        self.topics.extend(pack.topics.iter().map(|topic| TopicSum {
            pack: pack.id.clone(),
            pack_title: pack.title.clone(),
            topic: topic.id.clone(),
            name: topic.name.clone(),
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
    }

    /// Adds one question to all that it belongs to, but for its topic.
    fn add(&mut self, question: &'a Question, place: usize) -> Known {
        let known = self.knowledge.known(&question.id);
        self.all.add(&known);
        for id in &question.credentials {
            let of = self.credentials.entry(id).or_default();
            of.all.add(&known);
            of.topics.entry(place).or_default().add(&known);
        }
        self.topics[place].due += usize::from(self.schedule(question));
        known
    }

    /// What the tally of a credential comes to.
    fn credential(&self, id: &CredentialId, of: &CredentialTally) -> CredentialSum {
        let topic = |(place, part): (&usize, &Tally)| (*place, self.knowledge.sum(part));
        CredentialSum {
            mastery: self.knowledge.sum(&of.all),
            topics: of.topics.iter().map(topic).collect(),
            has_content: self.knowledge.library.has_content_for(id),
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
        let due_on = learned.due_on(model, retention);
        *self.coming.entry(due_on.max(day)).or_default() += 1;
        due_on <= day
    }
}

#[cfg(test)]
mod tests;
