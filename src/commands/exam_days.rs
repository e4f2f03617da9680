//! The days before the next exam: what is asked today, what will be remembered, and how to catch up.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::app_context::AppContext;
use super::target;
use crate::ui::json::json;
use crate::ui::screens::exam_days::{CatchUp, ExamDaysView};
use crate::ui::text::count;
use badgedex_domain::exam_days::{AIM, DayOfStudy, ExamStudy};
use badgedex_domain::journal::Deed;
use badgedex_domain::mock_exam::proposed_days;
use badgedex_domain::question::QuestionId;
use badgedex_domain::selection::SittingRequest;
use badgedex_domain::settings::SettingKey;

/// So many mock exams are proposed where no questions are held back for them.
const WITHOUT_FORMS: usize = 2;

/// The days before the next exam; `None` if no exam with content has a day.
///
/// # Errors
/// The store cannot be read.
pub fn view(app: &AppContext) -> Result<Option<ExamDaysView>> {
    let Some(today) = app.overview()?.sitting.exam.clone() else { return Ok(None) };
    Ok(Some(ExamDaysView {
        name: target::name(app, &today.target)?,
        outlook: app.outlook()?,
        is_day_off: app.learner.settings.days_off.has(app.clock.day.weekday()),
        today,
    }))
}

/// What `due --json` says about the next exam; null if no exam with content has a day.
///
/// # Errors
/// The store cannot be read.
pub fn json(app: &AppContext) -> Result<Value> {
    let sitting = &app.overview()?.sitting;
    let Some(exam) = &sitting.exam else { return Ok(Value::Null) };
    let outlook = app.outlook()?;
    let forecast = outlook.map(|outlook| outlook.forecast);
    Ok(json!({
        "credential": exam.target.credential(),
        "pack": exam.target.pack(),
        "on": exam.on,
        "days_left": (exam.on - app.clock.today).num_days(),
        "daily": exam.daily,
        "answered_today": exam.done.answers,
        "new_today": exam.done.new,
        "list": sitting.of_exam(),
        "forecast": forecast.map(|forecast| forecast.mid),
        "low": forecast.map(|forecast| forecast.low),
        "high": forecast.map(|forecast| forecast.high),
        "rough": outlook.is_none_or(|outlook| outlook.is_rough),
        "needed": { "recall": AIM, "daily": outlook.and_then(|outlook| outlook.needed) },
    }))
}

/// What a learner who is behind can do; empty if they are on course.
///
/// # Errors
/// The store cannot be read.
pub fn ways_to_catch_up(app: &AppContext) -> Result<Vec<CatchUp>> {
    let Some(outlook) = app.outlook()?.filter(|outlook| !outlook.is_on_course()) else {
        return Ok(Vec::new());
    };
    let dispensable = with_study(app, |study| study.dispensable())?.flatten();
    let fewer = dispensable.map(|questions| CatchUp::Fewer(questions.len()));
    Ok(outlook.needed.map(CatchUp::More).into_iter().chain(fewer).collect())
}

/// Does one of the things that [`ways_to_catch_up`] names. Returns the sentence about it.
///
/// # Errors
/// The store cannot be written to.
pub fn catch_up(app: &mut AppContext, how: &CatchUp) -> Result<String> {
    match how {
        CatchUp::More(needed) => {
            let key = SettingKey::AnswersPerDay.name().to_owned();
            app.record(vec![Deed::Set { key, value: json!(needed.to_string()) }])?;
            Ok(format!("From now on, {needed} answers a day."))
        }
        CatchUp::Fewer(number) => {
            let questions = set_aside(app, *number)?;
            let number = count(questions.len(), "question", "questions");
            Ok(format!("Set aside: {number}. badgedex undo brings them back."))
        }
    }
}

/// Sets aside new questions of the next exam, those that count least. Returns them.
///
/// # Errors
/// The store cannot be written to.
pub fn set_aside(app: &mut AppContext, number: usize) -> Result<Vec<QuestionId>> {
    let by_weight = with_study(app, |study| study.new_by_weight())?;
    let questions: Vec<QuestionId> = by_weight.unwrap_or_default().into_iter().take(number).collect();
    if !questions.is_empty() {
        app.record(questions.iter().map(|id| Deed::Suspended { question: id.clone() }).collect())?;
    }
    Ok(questions)
}

/// The days until the next exam, with about as many questions as each asks; empty if no exam with content has a day.
///
/// # Errors
/// The store cannot be read.
pub fn schedule(app: &AppContext) -> Result<Vec<DayOfStudy>> {
    Ok(with_study(app, |study| study.schedule())?.unwrap_or_default())
}

/// When to sit the mock exams that are left before the next exam: one for each form that was not used, two if there are
/// no forms. Empty if no exam with content has a day.
///
/// # Errors
/// The store cannot be read.
pub fn mock_exam_days(app: &AppContext) -> Result<Vec<NaiveDate>> {
    let Some(exam) = &app.overview()?.sitting.exam else { return Ok(Vec::new()) };
    let library = app.packs.library();
    let held_back = exam.target.content(library).flat_map(|pack| library.held_back(&pack.id));
    let forms: BTreeSet<&str> = held_back.filter_map(|question| question.exam_form.as_deref()).collect();
    let begun = with_study(app, |study| study.begun_on())?.unwrap_or(app.clock.day);
    let taken = app.learner.exams.of_target(&exam.target);
    let taken = taken.filter(|taken| taken.has_result() && taken.started_at.date_naive() >= begun).count();
    let used = app.learner.exams.used_forms(&exam.target);
    let left = match forms.len() {
        0 => WITHOUT_FORMS.saturating_sub(taken),
        _ => forms.iter().filter(|form| !used.contains(**form)).count(),
    };
    Ok(proposed_days(begun, app.clock.today, exam.on, left))
}

/// Something about the questions of the next exam; `None` if no exam with content has a day.
///
/// # Errors
/// The store cannot be read.
fn with_study<T>(app: &AppContext, of: impl FnOnce(&ExamStudy) -> T) -> Result<Option<T>> {
    let request = SittingRequest { focus: app.focus()?, ..SittingRequest::default() };
    let knowledge = app.knowledge()?;
    Ok(request.exam_study(&knowledge, &app.learner.record).map(|study| of(&study)))
}
