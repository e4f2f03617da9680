//! Past reviews of another program, as answers in the journal.

use std::collections::HashSet;

use anyhow::Result;
use serde_json::Map;
use uuid::{Builder, Uuid};

use crate::commands::app_context::AppContext;
use crate::ui::json::json;
use badgedex_domain::grading::Recall;
use badgedex_domain::journal::{Answered, Deed, Event};
use badgedex_domain::question::{Form, QuestionId};
use badgedex_formats::apkg::PastReview;
use badgedex_formats::report::PackReport;
use badgedex_formats::round_trip::PackFiles;

/// Anki is not older, in milliseconds since 1970: an earlier review has no valid time.
const MIN_MS: i64 = 1_136_073_600_000;

/// Reviews, each with its question.
pub type Past = Vec<(QuestionId, PastReview)>;

/// The reviews of the questions that are in the pack.
pub fn of(files: &PackFiles, histories: Vec<Vec<PastReview>>) -> Past {
    let there: HashSet<&QuestionId> = files.pack.questions.iter().map(|question| &question.id).collect();
    let mut past = Past::new();
    for (file, reviews) in histories.into_iter().enumerate() {
        for review in reviews {
            let question = files.own_ids.get(&(file, review.own_id.clone()));
            let question = question.filter(|question| there.contains(question));
            past.extend(question.map(|question| (question.clone(), review)));
        }
    }
    past
}

/// Records the reviews of all packs, each once however often it is imported.
///
/// # Errors
/// The store cannot be written to.
pub fn record(app: &mut AppContext, packs: &mut [PackReport], past: &[Past]) -> Result<()> {
    if past.iter().all(Vec::is_empty) {
        return Ok(());
    }
    for (pack, past) in packs.iter_mut().zip(past) {
        let events: Vec<Event> =
            past.iter().filter_map(|(question, review)| event(app, question, review)).collect();
        let mut importing = app.journal.store.begin_import()?;
        for event in &events {
            importing.add(event)?;
        }
        pack.reviews.new = importing.finish()?.new;
        pack.reviews.known = events.len() - pack.reviews.new;
    }
    app.reload_imported()?;
    Ok(())
}

/// `None` if its time is not valid.
fn event(app: &AppContext, question: &QuestionId, review: &PastReview) -> Option<Event> {
    if !(MIN_MS..=app.clock.now().to_utc().timestamp_millis()).contains(&review.at_ms) {
        return None;
    }
    Some(Event {
        id: id(question, review)?,
        at: app.clock.at(review.at_ms)?,
        device: app.journal.store.device().to_owned(),
        deed: Deed::Answered(answered(question, review)),
        extra: Map::new(),
    })
}

/// The learner judged it themselves, whatever kind of question it is here.
fn answered(question: &QuestionId, review: &PastReview) -> Answered {
    let recall = match review.grade {
        0 | 1 => Recall::Forgot,
        2 => Recall::Hard,
        _ => Recall::Knew,
    };
    Answered {
        question: question.clone(),
        revision: None,
        form: Some(Form::Reveal.name().to_owned()),
        guess: 0.0,
        correct: recall != Recall::Forgot,
        given: json!(recall.name()),
        hint: recall == Recall::Hard,
        cram: false,
        took_ms: Some(u64::from(review.took_ms)),
        sitting: None,
        exam: None,
    }
}

/// An id of the review's time, which the same review has on every import.
fn id(question: &QuestionId, review: &PastReview) -> Option<Uuid> {
    let text = format!("{question}\u{1e}{}\u{1e}{}\u{1e}{}", review.own_id, review.at_ms, review.grade);
    let hash = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes());
    let random: [u8; 10] = hash.as_bytes()[6..].try_into().ok()?;
    Some(Builder::from_unix_timestamp_millis(u64::try_from(review.at_ms).ok()?, &random).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_has_the_same_id_on_every_import_and_its_own_time_in_it() {
        let question = QuestionId::new("mine/q-000000000001");
        let review = PastReview { own_id: "g".into(), at_ms: 1_700_000_000_123, grade: 3, took_ms: 5 };
        let made = id(&question, &review).unwrap();
        assert_eq!(id(&question, &review), Some(made));
        assert_eq!(made.get_version_num(), 7);
        let (seconds, nanos) = made.get_timestamp().unwrap().to_unix();
        assert_eq!(seconds * 1000 + u64::from(nanos) / 1_000_000, 1_700_000_000_123);
        let other = PastReview { at_ms: review.at_ms + 1, ..review.clone() };
        assert_ne!(id(&question, &other), Some(made));
        assert_ne!(id(&QuestionId::new("other/q-000000000001"), &review), Some(made));
    }

    #[test]
    fn again_is_wrong_hard_is_right_after_a_hint_and_the_rest_is_right() {
        for (grade, correct, hint, given) in [
            (1, false, false, "forgot"),
            (2, true, true, "hard"),
            (3, true, false, "knew"),
            (4, true, false, "knew"),
        ] {
            let review = PastReview { own_id: "g".into(), at_ms: 1, grade, took_ms: 5 };
            let answered = answered(&QuestionId::new("m/q"), &review);
            assert_eq!(
                (answered.correct, answered.hint, answered.given),
                (correct, hint, json!(given)),
                "{grade}"
            );
            assert_eq!((answered.guess, answered.form.as_deref()), (0.0, Some("reveal")));
        }
    }
}
