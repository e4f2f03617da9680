//! One sitting as a state machine: turn after turn, without input, output or clock.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use rand::Rng;
use uuid::Uuid;

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::grading::{self, Recall, Reply, Verdict};
use badgedex_domain::history::UndoPoint;
use badgedex_domain::journal::Answered;
use badgedex_domain::library::Library;
use badgedex_domain::mastery::{Knowledge, Mastery, StudyStage};
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Asked, QuestionId};

/// A wrong question comes back as the third after it at the earliest.
const BACK_AFTER: usize = 3;
/// A question comes back at most this often in one sitting.
const MAX_REPEATS: u32 = 2;

/// A question on its way through the sitting.
#[derive(Debug, Clone, PartialEq)]
struct Slot {
    /// Shared: every answer keeps a copy of the queue.
    question: Rc<QuestionId>,
    /// How often it has come back.
    repeats: u32,
    /// It must not come before this turn.
    not_before: usize,
    /// What the learner knew of it when it was first asked.
    was: Option<StudyStage>,
    /// How it was drawn: after an undo it looks as it did.
    drawn: Option<Rc<Asked>>,
}

/// The question to be asked now.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    pub question: QuestionId,
    pub asked: Asked,
    /// From 1; what is asked again has the number of the one before.
    pub number: usize,
    /// How many questions the sitting has, what is asked again not counted; `None` if the clock decides.
    pub of: Option<usize>,
    /// It was answered wrong in this sitting.
    pub is_repeat: bool,
    pub hint_shown: bool,
}

/// The result of a reply.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub verdict: Verdict,
    /// For the journal; the caller fills in `took_ms`.
    pub answered: Answered,
    /// It comes back in this sitting.
    pub comes_back: bool,
}

/// One answer of the sitting, and all that taking it back needs.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    question: QuestionId,
    verdict: Verdict,
    is_repeat: bool,
    was: Option<StudyStage>,
    /// Where the sitting was before it.
    position: Position,
    /// What it did, once it is in the journal.
    recorded: Option<Recorded>,
}

/// How far a sitting is.
#[derive(Debug, Clone, PartialEq)]
struct Position {
    queue: VecDeque<Slot>,
    slot: Slot,
    turn: usize,
}

/// An answer in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub event: Uuid,
    /// What was remembered before it.
    pub before: UndoPoint,
}

/// One sitting: which question comes now, what was answered, what can be taken back.
#[derive(Debug, Clone)]
pub struct Session {
    id: String,
    cram: bool,
    queue: VecDeque<Slot>,
    current: Option<(Slot, Turn)>,
    /// Turns taken.
    turn: usize,
    /// The answers, the last one last.
    given: Vec<Given>,
    /// Set aside in this sitting: they are not asked again, whatever is undone.
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
            drawn: None,
        };
        Session {
            id,
            cram,
            queue: questions.iter().map(slot).collect(),
            current: None,
            turn: 0,
            given: Vec::new(),
            gone: BTreeSet::new(),
        }
    }

    /// The next question, drawn for asking; `None` when the sitting is over.
    ///
    /// Questions that the library no longer has are skipped.
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
            let is_strong = knowledge.is_strong(&slot.question);
            let drawn = slot.drawn.get_or_insert_with(|| Rc::new(question.draw(is_strong, rng)));
            let asked_as = Asked::clone(drawn);
            let is_repeat = slot.repeats > 0;
            let asked = self.given.iter().filter(|given| !given.is_repeat).count();
            let number = asked + usize::from(!is_repeat);
            let turn = Turn {
                question: QuestionId::clone(&slot.question),
                asked: asked_as,
                number,
                of: Some(number + self.queue.iter().filter(|slot| slot.repeats == 0).count()),
                is_repeat,
                hint_shown: false,
            };
            slot.was.get_or_insert_with(|| knowledge.study(&slot.question));
            self.current = Some((slot, turn.clone()));
            return Some(turn);
        }
    }

    /// The first of the queue that may come now. One that would come too early waits for tomorrow if nothing else
    /// is left.
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

    /// Grades the reply to the question that is being asked; `None` if no question is.
    pub fn answer(&mut self, reply: &Reply) -> Option<Outcome> {
        let (slot, turn) = self.current.take()?;
        let verdict = grading::grade(&turn.asked, reply);
        self.given.push(Given {
            question: QuestionId::clone(&slot.question),
            verdict,
            is_repeat: turn.is_repeat,
            was: slot.was,
            position: Position { queue: self.queue.clone(), slot: slot.clone(), turn: self.turn },
            recorded: None,
        });
        let answered = self.answered(&turn, reply, verdict);
        let comes_back = verdict == Verdict::Wrong && self.put_back(slot);
        self.turn += 1;
        Some(Outcome { verdict, answered, comes_back })
    }

    /// Notes that the last answer is in the journal.
    pub fn note_recorded(&mut self, recorded: Recorded) {
        if let Some(last) = self.given.last_mut() {
            last.recorded = Some(recorded);
        }
    }

    /// Puts a wrong one back if enough others are between; else it waits for tomorrow.
    fn put_back(&mut self, slot: Slot) -> bool {
        let place = (BACK_AFTER - 1).min(self.queue.len());
        let not_before = self.turn + BACK_AFTER;
        let mut queue = self.queue.clone();
        queue.insert(place, Slot { repeats: slot.repeats + 1, not_before, drawn: None, ..slot.clone() });
        let fits = slot.repeats < MAX_REPEATS && all_come(&queue, self.turn + 1);
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
            given: reply.given(&turn.asked.answer),
            hint: turn.hint_shown || *reply == Reply::Recalled(Recall::Hard),
            cram: self.cram,
            took_ms: None,
            sitting: Some(self.id.clone()),
            exam: None,
        }
    }

    /// Skips the question that is being asked; it is not counted.
    pub fn skip(&mut self) {
        self.current = None;
    }

    /// Asks the question that is being asked once more, as the library has it then.
    pub fn ask_again(&mut self) {
        if let Some((slot, _)) = self.current.take() {
            self.queue.push_front(Slot { drawn: None, ..slot });
        }
    }

    /// Skips the question that is being asked, for the rest of the sitting.
    pub fn set_aside(&mut self) {
        self.gone.extend(self.current.take().map(|(slot, _)| QuestionId::clone(&slot.question)));
    }

    /// The event of the last answer, which an undo takes back.
    pub fn last_event(&self) -> Option<Uuid> {
        self.given.last()?.recorded.as_ref().map(|recorded| recorded.event)
    }

    /// Takes back the last answer: its question is the next one again. Returns the question, and what its
    /// answer did; `None` if nothing was answered.
    pub fn undo(&mut self) -> Option<(QuestionId, Option<Recorded>)> {
        let Given { question, position, recorded, .. } = self.given.pop()?;
        self.current = None;
        self.queue = position.queue;
        self.queue.push_front(position.slot);
        self.turn = position.turn;
        Some((question, recorded))
    }

    /// After the packs were read again: answers are of the questions' present ids.
    pub fn rename(&mut self, library: &Library) {
        for given in &mut self.given {
            given.position.slot.drawn = None;
            given.question = library.current_id(&given.question).clone();
        }
    }

    /// Answers given so far, repeats included.
    pub fn answers(&self) -> usize {
        self.given.len()
    }

    /// The questions that were asked and answered.
    pub fn asked(&self) -> BTreeSet<&QuestionId> {
        self.given.iter().map(|g| &g.question).collect()
    }

    /// Sums the sitting up, from the sums before it and what is known now.
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
            wrong: firsts().filter(|g| g.verdict == Verdict::Wrong).map(|g| g.question.clone()).collect(),
            mastered: firsts().filter(is_mastered).map(|g| g.question.clone()).collect(),
            faded: topics
                .into_iter()
                .filter_map(|(pack, topic)| {
                    let (was, is) = (before.topic(pack, topic)?, after.topic(pack, topic)?);
                    MasteryChange::between(is.name.clone(), was.mastery, is.mastery)
                })
                .filter(|change| change.now < change.was)
                .collect(),
            badges: credentials
                .into_iter()
                .filter_map(|id| {
                    let change = (before.of_credential(id), after.of_credential(id));
                    Some((id.clone(), MasteryChange::between(id.to_string(), change.0, change.1)?))
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

/// What a sitting achieved, as facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub questions: usize,
    /// At the first asking.
    pub right: usize,
    /// Answered wrong at the first asking.
    pub wrong: Vec<QuestionId>,
    /// Mastered now and not before.
    pub mastered: Vec<QuestionId>,
    /// Topics that were asked and whose mastery fell.
    pub faded: Vec<MasteryChange>,
    /// Credentials that were asked about and whose mastery changed.
    pub badges: Vec<(CredentialId, MasteryChange)>,
}

/// How the mastery of something changed.
#[derive(Debug, Clone, PartialEq)]
pub struct MasteryChange {
    pub name: String,
    /// Mean retrievability, 0 to 1.
    pub was: f64,
    pub now: f64,
    /// The new stage, if it is another one than before.
    pub study: Option<StudyStage>,
}

impl MasteryChange {
    /// `None` if nothing changed that can be seen.
    fn between(name: String, was: Mastery, now: Mastery) -> Option<MasteryChange> {
        let study = (was.study != now.study).then_some(now.study);
        let (was, now) = (was.mean?, now.mean?);
        let seen = (was * 100.0).round() != (now * 100.0).round() || study.is_some();
        seen.then_some(MasteryChange { name, was, now, study })
    }
}

#[cfg(test)]
mod tests;
