//! One sitting as a state machine: turn after turn, without input, output or a clock.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use rand::Rng;
use serde_json::{Value, json};

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::grading::{self, Recall, Reply, Verdict};
use badgedex_domain::journal::Answered;
use badgedex_domain::mastery::{Knowledge, Mastery, StudyStage};
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Asked, Key, QuestionId, TRUE_FALSE};

/// A wrong question comes back at the earliest as the third after it.
const BACK_AFTER: usize = 3;
/// And at most so often in one sitting.
const MOST_REPEATS: u32 = 2;

/// A question on its way through the sitting.
#[derive(Debug, Clone, PartialEq)]
struct Slot {
    /// Shared: every answer keeps a copy of the queue.
    question: Rc<QuestionId>,
    /// How often it has come back.
    repeats: u32,
    /// The turn before which it must not come.
    not_before: usize,
    /// How far the learner had come with it when it was first asked.
    was: Option<StudyStage>,
}

/// The question to be asked now.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    pub question: QuestionId,
    pub asked: Asked,
    /// From 1.
    pub number: usize,
    /// How many there will be, as far as is known now.
    pub of: usize,
    /// It was answered wrong in this sitting.
    pub is_repeat: bool,
    pub hint_shown: bool,
}

/// What a reply came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub verdict: Verdict,
    /// For the journal; `took_ms` is the caller's to fill in.
    pub answered: Answered,
    /// It comes back in this sitting.
    pub comes_back: bool,
}

/// One answer of the sitting, for its end.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    question: QuestionId,
    verdict: Verdict,
    is_repeat: bool,
    was: Option<StudyStage>,
}

/// How it all stood before an answer, so that it can be taken back.
#[derive(Debug, Clone, PartialEq)]
struct Snapshot {
    queue: VecDeque<Slot>,
    slot: Slot,
    turn: usize,
}

#[derive(Debug, Clone)]
pub struct Session {
    id: String,
    cram: bool,
    queue: VecDeque<Slot>,
    current: Option<(Slot, Turn)>,
    /// Turns taken.
    turn: usize,
    given: Vec<Given>,
    undo: Vec<Snapshot>,
    /// Set aside in this sitting: they come no more, whatever is undone.
    gone: BTreeSet<QuestionId>,
}

impl Session {
    /// A sitting of these questions, in this order. `id` names it in the journal.
    pub fn new(id: String, questions: &[QuestionId], cram: bool) -> Session {
        let slot = |question: &QuestionId| Slot {
            question: Rc::new(question.clone()),
            repeats: 0,
            not_before: 0,
            was: None,
        };
        Session {
            id,
            cram,
            queue: questions.iter().map(slot).collect(),
            current: None,
            turn: 0,
            given: Vec::new(),
            undo: Vec::new(),
            gone: BTreeSet::new(),
        }
    }

    /// The next question, drawn for asking; none when the sitting is over.
    ///
    /// Questions that the library no longer has are passed over.
    pub fn next(&mut self, knowledge: &Knowledge, rng: &mut impl Rng) -> Option<Turn> {
        loop {
            let mut slot = self.take()?;
            // It may have been given another id since the sitting began.
            let id = knowledge.library.current_id(&slot.question);
            if *id != *slot.question {
                slot.question = Rc::new(id.clone());
            }
            let question = knowledge.library.question(&slot.question);
            let Some(question) = question.filter(|q| !self.gone.contains(&q.id)) else { continue };
            let turn = Turn {
                question: QuestionId::clone(&slot.question),
                asked: question.draw(knowledge.is_strong(&slot.question), rng),
                number: self.turn + 1,
                of: self.turn + 1 + self.queue.len(),
                is_repeat: slot.repeats > 0,
                hint_shown: false,
            };
            slot.was.get_or_insert_with(|| knowledge.study(&slot.question));
            self.current = Some((slot, turn.clone()));
            return Some(turn);
        }
    }

    /// The first of the queue whose time has come. One that would come too early waits for tomorrow
    /// when nothing else is left.
    fn take(&mut self) -> Option<Slot> {
        let ready = self.queue.iter().position(|slot| slot.not_before <= self.turn)?;
        self.queue.remove(ready)
    }

    /// Notes that the hint was shown: a right answer then counts as hard.
    pub fn show_hint(&mut self) {
        if let Some((_, turn)) = &mut self.current {
            turn.hint_shown = true;
        }
    }

    /// Grades the reply to the question that is being asked. None where none is.
    pub fn answer(&mut self, reply: &Reply) -> Option<Outcome> {
        let (slot, turn) = self.current.take()?;
        let verdict = grading::grade(&turn.asked, reply);
        self.undo.push(Snapshot { queue: self.queue.clone(), slot: slot.clone(), turn: self.turn });
        self.given.push(Given {
            question: QuestionId::clone(&slot.question),
            verdict,
            is_repeat: turn.is_repeat,
            was: slot.was,
        });
        let answered = self.answered(&turn, reply, verdict);
        let comes_back = verdict == Verdict::Wrong && self.put_back(slot);
        self.turn += 1;
        Some(Outcome { verdict, answered, comes_back })
    }

    /// Puts a wrong one back, where enough others stand between; else it waits for tomorrow.
    fn put_back(&mut self, slot: Slot) -> bool {
        let place = (BACK_AFTER - 1).min(self.queue.len());
        let not_before = self.turn + BACK_AFTER;
        let mut queue = self.queue.clone();
        queue.insert(place, Slot { repeats: slot.repeats + 1, not_before, ..slot.clone() });
        let fits = slot.repeats < MOST_REPEATS && all_come(&queue, self.turn + 1);
        if fits {
            self.queue = queue;
        }
        fits
    }

    fn answered(&self, turn: &Turn, reply: &Reply, verdict: Verdict) -> Answered {
        Answered {
            question: turn.question.clone(),
            revision: Some(turn.asked.revision.clone()),
            form: Some(turn.asked.answer.form().name().to_owned()),
            guess: turn.asked.guess,
            correct: verdict == Verdict::Right,
            given: given(&turn.asked.answer, reply),
            hint: turn.hint_shown || *reply == Reply::Recalled(Recall::Hard),
            cram: self.cram,
            took_ms: None,
            sitting: Some(self.id.clone()),
        }
    }

    /// Passes over the question that is being asked; it is not counted.
    pub fn skip(&mut self) {
        self.current = None;
    }

    /// Asks the question that is being asked once more, as the library has it then.
    pub fn ask_again(&mut self) {
        if let Some((slot, _)) = self.current.take() {
            self.queue.push_front(slot);
        }
    }

    /// Passes over the question that is being asked, for good.
    pub fn set_aside(&mut self) {
        self.gone.extend(self.current.take().map(|(slot, _)| QuestionId::clone(&slot.question)));
    }

    /// Takes back the last answer: its question is the next one again. Says whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.undo.pop() else { return false };
        self.given.pop();
        self.current = None;
        self.queue = before.queue;
        self.queue.push_front(before.slot);
        self.turn = before.turn;
        true
    }

    /// Answers given so far, repeats included.
    pub fn answers(&self) -> usize {
        self.given.len()
    }

    /// The questions that were asked and answered.
    pub fn asked(&self) -> BTreeSet<&QuestionId> {
        self.given.iter().map(|g| &g.question).collect()
    }

    /// What the sitting came to, from the sums before it, and what is known now.
    pub fn summary(&self, before: &Overview, after: &Overview, now: &Knowledge) -> Summary {
        let asked = self.asked();
        let questions = || asked.iter().filter_map(|id| now.library.question(id));
        let topics: BTreeSet<(&str, &str)> = questions().map(|q| (q.id.pack(), q.topic.as_str())).collect();
        let credentials: BTreeSet<&CredentialId> = questions().flat_map(|q| &q.credentials).collect();
        let firsts = || self.given.iter().filter(|g| !g.is_repeat);
        let is_mastered = |g: &&Given| {
            g.was != Some(StudyStage::Mastered) && now.study(&g.question) == StudyStage::Mastered
        };
        Summary {
            questions: firsts().count(),
            right: firsts().filter(|g| g.verdict == Verdict::Right).count(),
            mastered: firsts().filter(is_mastered).map(|g| g.question.clone()).collect(),
            faded: topics
                .into_iter()
                .filter_map(|(pack, topic)| {
                    let (was, is) = (before.topic(pack, topic)?, after.topic(pack, topic)?);
                    Change::between(is.name.clone(), was.mastery, is.mastery)
                })
                .filter(|change| change.now < change.was)
                .collect(),
            badges: credentials
                .into_iter()
                .filter_map(|id| {
                    let change = (before.of_credential(id), after.of_credential(id));
                    Some((id.clone(), Change::between(id.to_string(), change.0, change.1)?))
                })
                .collect(),
        }
    }
}

/// Whether every slot of a queue has its turn, from a turn on.
fn all_come(queue: &VecDeque<Slot>, mut turn: usize) -> bool {
    let mut waiting: Vec<usize> = queue.iter().map(|slot| slot.not_before).collect();
    while let Some(ready) = waiting.iter().position(|not_before| *not_before <= turn) {
        waiting.remove(ready);
        turn += 1;
    }
    waiting.is_empty()
}

/// The end of a sitting, as facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub questions: usize,
    /// At the first asking.
    pub right: usize,
    /// Mastered now and not before.
    pub mastered: Vec<QuestionId>,
    /// Topics that were asked and whose mastery fell.
    pub faded: Vec<Change>,
    /// Credentials that were asked about and whose mastery changed.
    pub badges: Vec<(CredentialId, Change)>,
}

/// How the mastery of something changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub name: String,
    /// Mean retrievability, 0 to 1.
    pub was: f64,
    pub now: f64,
    /// It has come further, or less far, than it was.
    pub study: Option<StudyStage>,
}

impl Change {
    /// None where nothing changed that could be seen.
    fn between(name: String, was: Mastery, now: Mastery) -> Option<Change> {
        let study = (was.study != now.study).then_some(now.study);
        let (was, now) = (was.mean?, now.mean?);
        let seen = (was * 100.0).round() != (now * 100.0).round() || study.is_some();
        seen.then_some(Change { name, was, now, study })
    }
}

/// What was answered, as the journal keeps it: texts, since choices stand elsewhere the next time.
fn given(key: &Key, reply: &Reply) -> Value {
    let texts = |all: &[String], places: &[usize]| -> Value {
        places.iter().filter_map(|&i| all.get(i)).map(|text| json!(text)).collect()
    };
    match (key, reply) {
        (Key::OneOf { choices, .. }, Reply::Choice(i)) => json!(choices.get(*i)),
        (Key::TrueFalse { .. }, Reply::Choice(i)) => json!(TRUE_FALSE.get(*i)),
        (Key::AnyOf { choices, .. }, Reply::Choices(places)) => texts(choices, places),
        (Key::Order { shown, .. }, Reply::Order(places)) => texts(shown, places),
        (Key::Reveal { .. }, Reply::Recalled(recall)) => json!(recall.name()),
        (_, Reply::Text(text)) => json!(text),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests;
