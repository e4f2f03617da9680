//! Which questions a sitting asks, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalog::CredentialId;
use super::domains::ExamDomains;
use super::exam_days::{DoneToday, ExamStudy, Pace, daily_answers};
use super::mastery::Knowledge;
use super::question::{Pack, Question, QuestionId};
use super::record::Record;
use super::settings::Settings;
use super::target::{self, Exam, Target};

/// How many questions a sitting has by default.
pub const DEFAULT_QUESTIONS: usize = 20;

/// What the learner wants to be asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SittingRequest {
    /// Pairs of pack and topic; empty: all.
    pub topics: Vec<(String, String)>,
    /// Only questions about this credential; what its exam asks comes first.
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
    /// What comes first if neither topics nor a credential nor a pack are named.
    pub focus: Focus,
}

/// What the learner is working towards: it decides what a sitting asks first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Focus {
    /// The exams ahead, the nearest first: see [`exams`](crate::target::exams).
    pub exams: Vec<Exam>,
    /// How the learner studies for them.
    pub pace: Pace,
    /// Share of the questions that comes from outside of the exams' content, 0 to 0.2.
    pub mix: f64,
    /// The pack that comes first if there is no exam.
    pub first_pack: Option<String>,
    /// The credential about which questions are preferred if not all can be asked: nothing teaches the content of
    /// its exam.
    pub preferred: Option<CredentialId>,
}

impl Focus {
    /// What follows from the journal and the packs in use. `today` is the calendar day.
    pub fn of(settings: &Settings, record: &Record, knowledge: &Knowledge, today: NaiveDate) -> Focus {
        let daily = daily_answers(settings, &knowledge.history.totals.days, knowledge.day);
        let booked = record.next_exam(today).map(|(id, _)| id.clone());
        let target = settings.target.as_ref().and_then(|target| target.credential().cloned());
        Focus {
            exams: target::exams(settings, record, knowledge.library, today),
            pace: Pace { daily, days_off: settings.days_off },
            mix: settings.mix,
            first_pack: settings.first_pack.clone(),
            preferred: booked.or(target),
        }
    }
}

/// What today's new questions are limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewLimit {
    /// How many the learner wants a day.
    pub per_day: usize,
    /// How many were answered for the first time today.
    pub today: usize,
}

impl NewLimit {
    /// How many may still come today.
    pub fn left(self) -> usize {
        self.per_day.saturating_sub(self.today)
    }
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
    /// Questions for which the learner can go on: new ones that the daily limit holds back; before an exam, all of
    /// its questions that may still be asked today.
    pub waiting: usize,
    /// The exam whose questions come first; `None` if none has a day, or something else is wanted.
    pub exam: Option<ExamToday>,
}

/// What the days before an exam ask today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamToday {
    /// What is prepared for.
    pub target: Target,
    /// The day of the exam.
    pub on: NaiveDate,
    /// Answers on a day of study.
    pub daily: u32,
    /// What was answered today.
    pub done: DoneToday,
    /// How many questions of the sitting, the first ones, are for it.
    pub questions: usize,
    /// How many of them were never answered.
    pub new: usize,
}

impl Selection {
    /// The questions for the exam.
    pub fn of_exam(&self) -> &[QuestionId] {
        &self.questions[..self.exam.as_ref().map_or(0, |exam| exam.questions)]
    }
}

/// Questions of a sitting that have the same precedence.
struct Group<'a> {
    questions: Vec<&'a Question>,
    /// The order of new ones.
    order: NewOrder,
    amount: Amount,
}

/// How many questions of a group are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    /// As many as there is room for.
    All,
    /// The share that the learner wants from outside of the exams' content.
    Mix,
}

/// In which order new questions come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NewOrder {
    /// One of each topic in turn.
    Interleaved,
    /// As they are listed: those of an exam in their turns.
    Listed,
    /// Not at all.
    None,
}

impl SittingRequest {
    fn allows(&self, question: &Question) -> bool {
        let topic = |(pack, topic): &(String, String)| question.id.pack() == pack && question.topic == *topic;
        (self.topics.is_empty() || self.topics.iter().any(topic))
            && self.pack.as_deref().is_none_or(|pack| question.id.pack() == pack)
            && self.credential.as_ref().is_none_or(|id| question.credentials.contains(id))
            && self.questions.as_ref().is_none_or(|wanted| wanted.contains(&question.id))
    }

    /// Whether neither topics nor a credential nor a pack are named.
    fn is_open(&self) -> bool {
        self.topics.is_empty() && self.credential.is_none() && self.pack.is_none() && self.questions.is_none()
    }

    /// What the days before the nearest exam ask; `None` if something else is wanted, or no exam has a day.
    pub fn exam_study<'a>(&'a self, knowledge: &Knowledge<'a>, record: &Record) -> Option<ExamStudy<'a>> {
        let nearest = self.focus.exams.first().filter(|_| self.is_open() && !self.mistakes && !self.cram)?;
        ExamStudy::of(nearest, knowledge, record, self.focus.pace)
    }

    /// The questions that may be asked, in groups of falling precedence. The first one is the nearest exam's.
    fn groups<'a>(&self, knowledge: &Knowledge<'a>, record: &Record, today: NaiveDate) -> Vec<Group<'a>> {
        let library = knowledge.library;
        let of = |wanted: &dyn Fn(&Pack, &Question) -> bool| -> Vec<&'a Question> {
            let in_pack = |pack: &'a Pack| pack.questions.iter().filter(move |q| wanted(pack, q));
            library
                .packs()
                .iter()
                .flat_map(in_pack)
                .filter(|q| self.allows(q) && !record.is_suspended(q))
                .collect()
        };
        let group = |order: NewOrder, wanted: &dyn Fn(&Pack, &Question) -> bool| Group {
            questions: of(wanted),
            order,
            amount: Amount::All,
        };
        let content = |target: &Target, day: NaiveDate| Group {
            questions: ExamDomains::of(target, library, day)
                .by_turn()
                .into_iter()
                .filter(|q| self.allows(q) && !record.is_suspended(q))
                .collect(),
            order: NewOrder::Listed,
            amount: Amount::All,
        };
        if let Some(id) = &self.credential {
            let target = Target::Credential(id.clone());
            return vec![
                content(&target, today),
                group(NewOrder::Interleaved, &|pack, q| !target.asks(pack, q)),
            ];
        }
        let Focus { exams, first_pack, .. } = &self.focus;
        let Some((nearest, others)) = exams.split_first().filter(|_| self.is_open()) else {
            let is_first = |pack: &Pack| self.is_open() && first_pack.as_ref() == Some(&pack.id);
            return vec![
                group(NewOrder::Interleaved, &|pack, _| is_first(pack)),
                group(NewOrder::Interleaved, &|pack, _| !is_first(pack)),
            ];
        };
        let is_nearest = |pack: &Pack, q: &Question| nearest.target.asks(pack, q);
        let is_other =
            |pack: &Pack, q: &Question| !is_nearest(pack, q) && others.iter().any(|o| o.target.asks(pack, q));
        let content = content(&nearest.target, nearest.on.unwrap_or(today));
        // What was answered wrong, and the weakest, is wanted of all packs in the end.
        let is_whole = self.mistakes || self.cram;
        let about = |q: &Question| nearest.target.credential().is_some_and(|id| q.credentials.contains(id));
        let mut outside = group(NewOrder::Interleaved, &|pack, q| !is_nearest(pack, q) && !is_other(pack, q));
        outside.questions.sort_by_key(|q| Reverse(about(q)));
        vec![
            content,
            group(if is_whole { NewOrder::Interleaved } else { NewOrder::None }, &is_other),
            Group { amount: if is_whole { Amount::All } else { Amount::Mix }, ..outside },
        ]
    }
}

/// Chooses what the days before an exam ask; then, group by group, due ones first, the most forgotten first, and new
/// ones.
///
/// `today` is the calendar day, which decides how far an exam is.
pub fn choose(
    request: &SittingRequest,
    knowledge: &Knowledge,
    record: &Record,
    limit: NewLimit,
    today: NaiveDate,
) -> Selection {
    let mut sitting = Builder {
        request,
        knowledge,
        room: request.count.or(request.length).unwrap_or(DEFAULT_QUESTIONS),
        new_left: if request.count.is_some() || request.cram { usize::MAX } else { limit.left() },
        selection: Selection::default(),
    };
    let mut groups = VecDeque::from(request.groups(knowledge, record, today));
    if let Some(study) = request.exam_study(knowledge, record) {
        sitting.add_exam(&study);
        groups.pop_front();
    }
    groups.into_iter().for_each(|group| sitting.add(group));
    sitting.selection
}

/// A sitting that is being put together.
struct Builder<'a> {
    request: &'a SittingRequest,
    knowledge: &'a Knowledge<'a>,
    /// How many questions there is room for.
    room: usize,
    /// How many new ones may still come.
    new_left: usize,
    selection: Selection,
}

impl Builder<'_> {
    /// Adds today's questions for an exam; if a number is wanted, as many as that, and what follows them.
    fn add_exam(&mut self, study: &ExamStudy) {
        let order = study.order();
        let wanted = self.request.count.or(self.request.length);
        let taken = wanted.unwrap_or_else(|| study.todays(&order)).min(order.len());
        let is_new = |id: &QuestionId| self.knowledge.learned(id).is_none();
        let questions: Vec<QuestionId> = order[..taken].iter().map(|ordered| ordered.id.clone()).collect();
        self.selection.new = questions.iter().filter(|id| is_new(id)).count();
        self.selection.due = taken - self.selection.new;
        self.selection.waiting = order.len() - taken;
        self.selection.exam = Some(ExamToday {
            target: study.exam.target.clone(),
            on: study.days.exam,
            daily: study.days.daily,
            done: study.done,
            questions: taken,
            new: self.selection.new,
        });
        self.selection.questions = questions;
        self.room -= if wanted.is_some() { taken } else { 0 };
    }

    fn add(&mut self, group: Group) {
        let (seen, new): (Vec<&Question>, Vec<&Question>) =
            group.questions.into_iter().partition(|q| self.knowledge.learned(&q.id).is_some());
        let is_limited = self.request.count.is_none() && !self.request.mistakes && !self.request.cram;
        if is_limited && group.amount == Amount::Mix {
            let share = self.request.focus.mix;
            let content = self.selection.questions.len() as f64;
            self.room = (content * share / (1.0 - share)).floor() as usize;
            self.new_left = self.room;
        }
        let due = self.due(seen, self.room);
        self.room -= due.len();
        let new = if self.request.mistakes { Vec::new() } else { self.in_order(new, group.order) };
        let taken = self.new_left.min(self.room).min(new.len());
        if group.amount == Amount::All {
            self.selection.waiting += new.len() - taken;
        }
        self.room -= taken;
        self.new_left = self.new_left.saturating_sub(taken);
        self.selection.due += due.len();
        self.selection.new += taken;
        let questions = due.into_iter().chain(new.into_iter().take(taken));
        self.selection.questions.extend(questions.map(|q| q.id.clone()));
    }

    /// Those that come back, the most forgotten first. If not all fit, the preferred ones stay.
    fn due<'q>(&self, seen: Vec<&'q Question>, max: usize) -> Vec<&'q Question> {
        let mut due: Vec<&Question> =
            seen.into_iter().filter(|q| comes_back(self.request, self.knowledge, &q.id)).collect();
        // A chance is never negative, so its bits sort like the number.
        let forgotten = |q: &&Question| (self.knowledge.retrievability(&q.id).to_bits(), q.id.clone());
        due.sort_by_cached_key(forgotten);
        if due.len() > max {
            due.sort_by_key(|q| Reverse(self.is_preferred(q)));
            due.truncate(max);
            due.sort_by_cached_key(forgotten);
        }
        due
    }

    fn in_order<'q>(&self, new: Vec<&'q Question>, order: NewOrder) -> Vec<&'q Question> {
        match order {
            NewOrder::None => Vec::new(),
            NewOrder::Listed => new,
            NewOrder::Interleaved => {
                let (first, later): (Vec<&Question>, Vec<&Question>) =
                    new.into_iter().partition(|q| self.is_preferred(q));
                [interleaved(first), interleaved(later)].concat()
            }
        }
    }

    fn is_preferred(&self, question: &Question) -> bool {
        let preferred = self.request.focus.preferred.as_ref().filter(|_| self.request.focus.exams.is_empty());
        preferred.is_some_and(|id| question.credentials.contains(id))
    }
}

/// How many of the requested questions come back on the days after this one, the nearest first.
pub fn upcoming(request: &SittingRequest, knowledge: &Knowledge, record: &Record) -> Vec<(NaiveDate, usize)> {
    let mut coming: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let questions = knowledge.library.questions().filter(|q| request.allows(q) && !record.is_suspended(q));
    for learned in questions.filter_map(|question| knowledge.learned(&question.id)) {
        *coming.entry(learned.due_on(knowledge.model, knowledge.term(), knowledge.retention)).or_default() +=
            1;
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
