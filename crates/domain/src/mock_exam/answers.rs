//! How a question is shown in a mock exam, and the answers that are recorded at its end.

use serde_json::Value;

use super::MockExam;
use super::drawing::exam_rng;
use crate::grading::{Reply, Verdict, grade};
use crate::journal::{Answered, ExamId};
use crate::question::{Asked, Key, Kind, Question, QuestionId};

/// The question as an exam shows it: the order of its choices follows from the exam and the question, on every device.
pub fn asked_in(exam: &ExamId, question: &Question) -> Asked {
    question.draw(false, &mut exam_rng(exam, question.id.as_str()))
}

/// A reply as `exam_marked` keeps it: a list of places in the pack's order, or a text; null for "I don't know".
pub fn given(question: &Question, asked: &Asked, reply: &Reply) -> Value {
    let places = |shown: &[usize]| -> Value {
        shown.iter().map(|place| pack_place(question, asked, *place)).collect::<Vec<_>>().into()
    };
    match reply {
        Reply::Choice(place) => places(&[*place]),
        Reply::Choices(shown) => {
            let mut of_pack: Vec<usize> =
                shown.iter().map(|place| pack_place(question, asked, *place)).collect();
            of_pack.sort_unstable();
            of_pack.into()
        }
        Reply::Order(shown) => places(shown),
        Reply::Text(text) => text.as_str().into(),
        Reply::Recalled(recall) => recall.name().into(),
        Reply::DontKnow => Value::Null,
    }
}

/// The reply that `exam_marked` keeps, with the places as they are shown; `None` if it does not fit the question, for
/// example because the pack has changed.
pub fn reply(question: &Question, asked: &Asked, given: &Value) -> Option<Reply> {
    let shown = || -> Option<Vec<usize>> {
        let places = given.as_array()?.iter().map(|place| usize::try_from(place.as_u64()?).ok());
        places.map(|place| shown_place(question, asked, place?)).collect()
    };
    match &asked.answer {
        Key::OneOf { .. } | Key::TrueFalse { .. } => match shown()?.as_slice() {
            [place] => Some(Reply::Choice(*place)),
            _ => None,
        },
        Key::AnyOf { .. } => Some(Reply::Choices(shown()?)),
        Key::Order { .. } => Some(Reply::Order(shown()?)),
        Key::Typed { .. } | Key::Number { .. } => Some(Reply::Text(given.as_str()?.to_owned())),
        // Only the learner could grade it, who sees no answers during an exam.
        Key::Reveal { .. } => None,
    }
}

/// The texts of a question whose places are marked, in the pack's order.
fn texts(question: &Question) -> &[String] {
    match &question.kind {
        Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } => choices,
        Kind::Order { items } => items,
        Kind::TrueFalse { .. } | Kind::Typed { .. } | Kind::Number { .. } => &[],
        Kind::Drawn { .. } | Kind::Reveal { .. } => &[],
    }
}

fn shown_texts(asked: &Asked) -> &[String] {
    match &asked.answer {
        Key::Order { shown, .. } => shown,
        answer => answer.choices(),
    }
}

/// The place in the pack's order of what is shown at a place; the same place if the question has one order only.
fn pack_place(question: &Question, asked: &Asked, shown: usize) -> usize {
    let text = shown_texts(asked).get(shown);
    text.and_then(|text| nth_equal(texts(question), text, occurrence(shown_texts(asked), shown)))
        .unwrap_or(shown)
}

/// The place at which the text of a place in the pack's order is shown; `None` if the question has no such place.
fn shown_place(question: &Question, asked: &Asked, of_pack: usize) -> Option<usize> {
    let (texts, shown) = (texts(question), shown_texts(asked));
    match texts.get(of_pack) {
        Some(text) => nth_equal(shown, text, occurrence(texts, of_pack)),
        None if texts.is_empty() => Some(of_pack).filter(|place| *place < shown.len().max(2)),
        None => None,
    }
}

/// How many equal texts come before the one at a place: items to be put in order may be equal.
fn occurrence(texts: &[String], place: usize) -> usize {
    texts[..place].iter().filter(|text| **text == texts[place]).count()
}

fn nth_equal(texts: &[String], wanted: &str, n: usize) -> Option<usize> {
    texts.iter().enumerate().filter(|(_, text)| *text == wanted).map(|(place, _)| place).nth(n)
}

impl MockExam {
    /// The answers to record when the exam ends: one for each question that was answered, in the exam's order.
    /// `question` finds a question by its id; what is gone from the packs is left out.
    pub fn answers<'q>(&self, question: impl Fn(&QuestionId) -> Option<&'q Question>) -> Vec<Answered> {
        let answer = |id: &QuestionId| {
            let mark = self.mark(id).filter(|mark| !mark.given.is_null())?;
            let question = question(id)?;
            let asked = asked_in(self.id(), question);
            let reply = reply(question, &asked, &mark.given);
            let is_right = reply.as_ref().is_some_and(|reply| grade(&asked, reply) == Verdict::Right);
            Some(Answered {
                revision: Some(asked.revision.clone()),
                form: Some(asked.answer.form().name().to_owned()),
                given: reply.map_or(Value::Null, |reply| reply.given(&asked.answer)),
                took_ms: mark.took_ms,
                exam: Some(self.id().clone()),
                ..Answered::new(id.clone(), is_right, asked.guess)
            })
        };
        self.questions().filter_map(answer).collect()
    }
}
