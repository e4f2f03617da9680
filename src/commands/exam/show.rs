//! `exam show`: the result of a mock exam, and on request its questions with answers and reasons.

use anyhow::{Result, bail};
use serde_json::Value;

use super::find;
use super::list::exam_json;
use super::report::{self, ExamReports};
use super::review::{self, Reviewed};
use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::ui::json::json;
use crate::ui::look::Look;
use crate::ui::screens;
use badgedex_domain::mock_exam::MockExam;
use badgedex_domain::question::{Kind, Question, QuestionId};

/// Shows a mock exam. With `with_review` a terminal is asked which questions to go over; else all are printed.
///
/// # Errors
/// There is no such exam, it has no result that could be gone over, the store cannot be read, or standard output cannot
/// be written to.
pub fn run(app: &mut AppContext, named: Option<&str>, with_review: bool) -> Result<Exit> {
    let exam = find(app, named)?.clone();
    if with_review && exam.is_open() {
        bail!("the mock exam is still open: answers and reasons come at its end\n  to go on: badgedex exam");
    }
    if with_review && app.ui.can_ask() {
        let mut prompter = app.ui.prompter()?;
        return review::show_result(app, prompter.as_mut(), exam.id(), None);
    }
    let (app, reports) = (&*app, ExamReports::of(app)?);
    app.ui.print(
        || json!({ "format": 1, "exam": exam_json(&reports, &exam), "answers": answers(app, &reports, &exam) }),
        |look| text(look, app, &reports, &exam, with_review),
    )?;
    Ok(Exit::Done)
}

fn text(look: &Look, app: &AppContext, reports: &ExamReports, exam: &MockExam, with_review: bool) -> String {
    let title = report::title(app, exam);
    let mut pages = vec![match reports.view(exam, &title) {
        Some(view) => screens::exam::result(look, &view),
        None => review::without_result(look, app, exam),
    }];
    if with_review && exam.has_result() {
        let all = exam.questions().len();
        let reviewed = exam.questions().filter_map(|id| Reviewed::of(app, exam, id)).enumerate();
        let page =
            |(place, one): (usize, Reviewed)| screens::exam::review(look, &one.view(app, exam, (place, all)));
        pages.extend(reviewed.map(page));
    }
    pages.join("\n")
}

/// Every question of an exam; what is right is null while there is no result.
fn answers(app: &AppContext, reports: &ExamReports, exam: &MockExam) -> Vec<Value> {
    let answer = |id: &QuestionId| {
        let question = app.packs.library().exam_question(id);
        let mark = exam.mark(id);
        let has_result = exam.has_result();
        json!({
            "question": id.as_str(),
            "topic": question.map(|question| question.topic.as_str()),
            "given": exam.given(id).cloned().unwrap_or_default(),
            "key": question.filter(|_| has_result).map(key).unwrap_or_default(),
            "correct": has_result.then(|| reports.is_right(exam, id)),
            "flagged": exam.is_flagged(id),
            "took_ms": mark.and_then(|mark| mark.took_ms),
            "fresh": reports.is_fresh(exam, id),
        })
    };
    exam.questions().map(answer).collect()
}

/// What is right, as a mark has it: places of choices or items in the pack's order, or a text.
fn key(question: &Question) -> Value {
    match &question.kind {
        Kind::OneOf { key, .. } => json!([*key]),
        Kind::AnyOf { keys, .. } => json!(keys),
        Kind::TrueFalse { key } => json!([usize::from(!key)]),
        Kind::Typed { accepted } => json!(accepted.first()),
        Kind::Number { value, .. } => json!(value),
        Kind::Order { items } => json!((0..items.len()).collect::<Vec<_>>()),
        Kind::Reveal { answer } => json!(answer),
        Kind::Drawn { .. } => Value::Null,
    }
}
