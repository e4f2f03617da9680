//! `exam list`: all mock exams, with their results.

use anyhow::Result;
use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde_json::Value;

use super::report::{ExamDomainResult, ExamReports};
use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::ui::json::json;
use crate::ui::screens;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::journal::ExamEnd;
use badgedex_domain::mock_exam::MockExam;

/// Lists all mock exams, the earliest first.
///
/// # Errors
/// The store cannot be read, or standard output cannot be written to.
pub fn run(app: &AppContext) -> Result<Exit> {
    let reports = ExamReports::of(app)?;
    let exams =
        || -> Vec<Value> { app.learner.exams.all().iter().map(|exam| exam_json(&reports, exam)).collect() };
    app.ui.print(
        || json!({ "format": 1, "exams": exams() }),
        |look| screens::exam::list(look, &reports.lines()),
    )?;
    Ok(Exit::Done)
}

/// A mock exam as JSON. What is right is null while it has no result.
pub fn exam_json(reports: &ExamReports, exam: &MockExam) -> Value {
    let result = reports.result(exam);
    let domain = |domain: ExamDomainResult| {
        json!({
            "topic": domain.topic,
            "title": domain.title,
            "weight": domain.weight,
            "questions": domain.questions,
            "right": result.is_some().then_some(domain.right),
        })
    };
    let started = &exam.started;
    json!({
        "id": exam.id().as_str(),
        "number": reports.number(exam),
        "credential": started.credential.as_ref().map(CredentialId::as_str),
        "pack": started.pack,
        "form": started.exam_form,
        "started_at": written(exam.started_at),
        "finished_at": exam.end.map(|(at, _)| written(at)),
        "how": exam.how().map(ExamEnd::name),
        "minutes": started.minutes,
        "used_seconds": exam.clock.used_seconds(),
        "breaks": exam.clock.breaks(),
        "questions": exam.questions().len(),
        "answered": exam.answered(),
        "right": result.as_ref().map(|result| result.right),
        "fresh": reports.fresh(exam),
        "share": result.as_ref().map(|result| result.share()),
        "domains": reports.domains(exam).into_iter().map(domain).collect::<Vec<_>>(),
    })
}

fn written(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}
