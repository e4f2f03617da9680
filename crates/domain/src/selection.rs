//! Which questions a sitting asks, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalog::CredentialId;
use super::mastery::Knowledge;
use super::question::{Question, QuestionId};
use super::record::Record;

/// How many questions a sitting has by default.
pub const DEFAULT_QUESTIONS: usize = 20;

/// What the learner wants to be asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SittingRequest {
    /// Pairs of pack and topic; empty: all.
    pub topics: Vec<(String, String)>,
    /// Only questions about this credential.
    pub credential: Option<CredentialId>,
    /// Only questions of the pack with this id.
    pub pack: Option<String>,
    /// Only these questions; `None`: all.
    pub questions: Option<BTreeSet<QuestionId>>,
    /// Only questions whose last answer was wrong.
    pub mistakes: bool,
    /// The weakest questions, due or not.
    pub cram: bool,
    /// How many questions; overrules the daily limit of new ones.
    pub count: Option<usize>,
    /// How many questions if `count` is `None`; the daily limit of new ones applies.
    pub length: Option<usize>,
    /// The exam that is booked next: its questions are preferred if not all can be asked.
    pub exam: Option<CredentialId>,
}

/// The questions of a sitting, in order, and what was left out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Selection {
    /// In the order in which they are asked.
    pub questions: Vec<QuestionId>,
    /// How many of them were asked before.
    pub due: usize,
    /// How many of them were never answered.
    pub new: usize,
    /// New questions that the daily limit holds back.
    pub new_waiting: usize,
}

impl SittingRequest {
    fn needs(&self, question: &Question) -> bool {
        self.exam.as_ref().is_some_and(|exam| question.credentials.contains(exam))
    }

    fn allows(&self, question: &Question) -> bool {
        let topic = |(pack, topic): &(String, String)| question.id.pack() == pack && question.topic == *topic;
        (self.topics.is_empty() || self.topics.iter().any(topic))
            && self.pack.as_deref().is_none_or(|pack| question.id.pack() == pack)
            && self.credential.as_ref().is_none_or(|id| question.credentials.contains(id))
            && self.questions.as_ref().is_none_or(|wanted| wanted.contains(&question.id))
    }
}

/// Chooses: due ones first, the most forgotten first; then new ones, topics interleaved.
///
/// `new_left` is what today's limit of new questions still allows.
pub fn choose(
    request: &SittingRequest,
    knowledge: &Knowledge,
    record: &Record,
    new_left: usize,
) -> Selection {
    let (seen, new): (Vec<&Question>, Vec<&Question>) = knowledge
        .library
        .questions()
        .filter(|q| request.allows(q) && !record.is_suspended(q))
        .partition(|q| knowledge.learned(&q.id).is_some());
    let count = request.count.or(request.length).unwrap_or(DEFAULT_QUESTIONS);
    let mut due: Vec<&Question> =
        seen.into_iter().filter(|q| comes_back(request, knowledge, &q.id)).collect();
    // A chance is never negative, so its bits sort like the number.
    let forgotten = |q: &&Question| (knowledge.retrievability(&q.id).to_bits(), q.id.clone());
    due.sort_by_cached_key(forgotten);
    due.sort_by_key(|q| Reverse(request.needs(q)));
    due.truncate(count);
    due.sort_by_cached_key(forgotten);
    let limit = if request.count.is_some() || request.cram { count } else { new_left };
    let (first, later): (Vec<&Question>, Vec<&Question>) = new.into_iter().partition(|q| request.needs(q));
    let fresh = match request.mistakes {
        true => Vec::new(),
        false => [interleaved(first), interleaved(later)].concat(),
    };
    let taken = limit.min(count - due.len()).min(fresh.len());
    Selection {
        due: due.len(),
        new: taken,
        new_waiting: fresh.len() - taken,
        questions: due.into_iter().chain(fresh.into_iter().take(taken)).map(|q| q.id.clone()).collect(),
    }
}

/// How many of the requested questions come back on the days after this one, the nearest first.
pub fn upcoming(request: &SittingRequest, knowledge: &Knowledge, record: &Record) -> Vec<(NaiveDate, usize)> {
    let mut coming: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let questions = knowledge.library.questions().filter(|q| request.allows(q) && !record.is_suspended(q));
    for learned in questions.filter_map(|question| knowledge.learned(&question.id)) {
        *coming.entry(learned.due_on(knowledge.model, knowledge.retention)).or_default() += 1;
    }
    coming.into_iter().filter(|(on, _)| *on > knowledge.day).collect()
}

fn comes_back(request: &SittingRequest, knowledge: &Knowledge, id: &QuestionId) -> bool {
    if request.mistakes {
        return knowledge.learned(id).is_some_and(|l| !l.last_right);
    }
    request.cram || knowledge.is_due(id)
}

/// One of each topic in turn; within a topic in the pack's order.
fn interleaved(questions: Vec<&Question>) -> Vec<&Question> {
    let mut topics: Vec<((&str, &str), VecDeque<&Question>)> = Vec::new();
    for question in questions {
        let name = (question.id.pack(), question.topic.as_str());
        match topics.iter_mut().find(|(topic, _)| *topic == name) {
            Some((_, queue)) => queue.push_back(question),
            None => topics.push((name, VecDeque::from([question]))),
        }
    }
    let mut mixed = Vec::new();
    while topics.iter().any(|(_, queue)| !queue.is_empty()) {
        mixed.extend(topics.iter_mut().filter_map(|(_, queue)| queue.pop_front()));
    }
    mixed
}

#[cfg(test)]
mod tests;
