//! `ready`: how likely the learner is to pass an exam on its day.

use anyhow::{Context, Result, bail};
use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::app_context::AppContext;
use super::chance;
use super::exit::Exit;
use super::target;
use crate::cli::ReadyArgs;
use crate::ui::json::json;
use crate::ui::screens::ready::{self, BookingAdvice, DomainView, EvidenceView, FirstStep, ReadyView};
use crate::ui::text::date;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::domains::{ExamDomain, ExamDomains};
use badgedex_domain::exam_days::ExamStudy;
use badgedex_domain::readiness::{DomainReadiness, DomainStudy, ExamCandidate, Missing, Range, Readiness};
use badgedex_domain::target::{Exam, Target};

/// How far ahead a day with that chance is looked for.
const MAX_DAYS_AHEAD: u64 = 182;
/// The days are first tried in steps of a week.
const WEEK: u64 = 7;

/// Shows how ready the learner is.
///
/// # Errors
/// There is no such exam, no question in study teaches it, the day is over, or the store cannot be read.
pub fn run(app: &AppContext, asked_for: &ReadyArgs) -> Result<Exit> {
    let target = wanted(app, asked_for)?;
    show(app, &target, asked_for.on)
}

/// The exam that is asked for: the one that is named, else the target, else the next one that is booked.
///
/// # Errors
/// There is no such exam, or none is named, set or booked.
pub fn wanted(app: &AppContext, asked_for: &ReadyArgs) -> Result<Target> {
    if let Some(pack) = &asked_for.pack {
        return target::resolve(app, &format!("pack/{pack}"));
    }
    if let Some(named) = &asked_for.credential {
        return target::resolve(app, named);
    }
    let booked = || {
        let (id, _) = app.learner.record.next_exam(app.clock.today)?;
        Some(Target::Credential(id.clone()))
    };
    let target = app.learner.settings.target.clone().or_else(booked);
    target.context(
        "say which exam you mean\n  badgedex ready CREDENTIAL\n  badgedex target CREDENTIAL --on DATE sets the one you are preparing for",
    )
}

/// Shows how ready the learner is for a target's exam: on the given day, else on its own, else today.
///
/// # Errors
/// No question in study teaches it, the day is over, or the store cannot be read.
pub fn show(app: &AppContext, target: &Target, on: Option<NaiveDate>) -> Result<Exit> {
    if let Some(on) = on.filter(|on| *on < app.clock.today) {
        bail!("{} is over; say a day to come", date(on));
    }
    with_view(app, target, on, |view| {
        let json = || view_json(target, view);
        app.ui.print(json, |look| ready::ready(look, view))?;
        Ok(Exit::Done)
    })
}

/// The missing first answers with which to begin; `None` if there is enough evidence, or nothing teaches the exam.
///
/// # Errors
/// The store cannot be read.
pub fn first_step(app: &AppContext, target: &Target) -> Result<Option<FirstStep>> {
    let on = app.exam_day(target);
    let step = app.with_candidate(target, |candidate, domains| -> Result<Option<FirstStep>> {
        let views = domain_views(app, candidate, domains, &candidate.readiness(on), on)?;
        Ok(ready::first_step(candidate.missing(), &views))
    })?;
    step.transpose().map(Option::flatten)
}

/// Works with all that the screen shows.
fn with_view<T>(
    app: &AppContext,
    target: &Target,
    on: Option<NaiveDate>,
    work: impl FnOnce(&ReadyView) -> Result<T>,
) -> Result<T> {
    let (on, today) = (on.unwrap_or_else(|| app.exam_day(target)), app.clock.today);
    let shown = target::view_of(app, target)?;
    let named =
        shown.short.clone().unwrap_or_else(|| format!("--pack {}", target.pack().unwrap_or_default()));
    let done = app.with_candidate(target, |candidate, domains| {
        let readiness = candidate.readiness(on);
        let view = ReadyView {
            title: shown.title(),
            named: named.clone(),
            on,
            today,
            readiness: &readiness,
            of: candidate.exam().questions(),
            cut: candidate.exam().cut,
            gap: candidate.gap(),
            with_plan: chance_with_plan(app, candidate, target, on)?,
            domains: domain_views(app, candidate, domains, &readiness, on)?,
            evidence: evidence(app, candidate, target, on),
            advice: advice(app, candidate, target, on)?,
        };
        work(&view)
    })?;
    done.unwrap_or_else(|| Err(without_content(&shown.title(), target, &named)))
}

fn without_content(title: &str, target: &Target, named: &str) -> anyhow::Error {
    let more = match target {
        Target::Credential(_) => format!(
            "\n  badgedex pack import FILE --credential {named} adds a question bank\n  badgedex pack new --credential {named} begins one of your own"
        ),
        Target::Pack(_) => String::new(),
    };
    anyhow::anyhow!(
        "no question in study teaches what the exam of {title} asks, so no chance can be told{more}"
    )
}

fn domain_views<'a>(
    app: &AppContext,
    candidate: &ExamCandidate,
    domains: &'a ExamDomains,
    readiness: &Readiness,
    on: NaiveDate,
) -> Result<Vec<DomainView<'a>>> {
    let history = app.history()?;
    let study = candidate.study_on(on).into_iter().zip(candidate.first_answers());
    let all = domains.domains().iter().zip(&readiness.domains).zip(study);
    let view = |((domain, told), (study, first_answers)): ((&'a ExamDomain, &DomainReadiness), _)| {
        let DomainStudy { mastery, questions } = study;
        DomainView {
            id: domain.id,
            title: domain.title,
            weight: domain.weight,
            mastery,
            first_answers,
            questions,
            seen: domain.questions.iter().filter(|question| history.learned(&question.id).is_some()).count(),
            told: *told,
        }
    };
    Ok(all.map(view).collect())
}

fn evidence(app: &AppContext, candidate: &ExamCandidate, target: &Target, on: NaiveDate) -> EvidenceView {
    EvidenceView {
        answers: candidate.first_answers().iter().sum(),
        mock_exams: app.learner.exams.of_target(target).filter(|exam| exam.has_result()).count(),
        results: candidate.predictions().iter().filter(|told| told.chance.is_some()).count(),
        narrowed_by_mock_exam: candidate.narrowed_by_mock_exam(app.clock.today, on),
    }
}

/// The chance if every day's list is worked off until the exam; `None` if its day is not ahead.
fn chance_with_plan(
    app: &AppContext,
    candidate: &ExamCandidate,
    target: &Target,
    on: NaiveDate,
) -> Result<Option<f64>> {
    let exam = Exam { target: target.clone(), on: Some(on) };
    let (knowledge, pace) = (app.knowledge()?, app.focus()?.pace);
    let study = ExamStudy::of(&exam, &knowledge, &app.learner.record, pace);
    let study = study.filter(|_| candidate.missing().is_empty());
    Ok(study.map(|study| candidate.chance_after(on, study.recalled_on_the_day())))
}

fn advice(
    app: &AppContext,
    candidate: &ExamCandidate,
    target: &Target,
    on: NaiveDate,
) -> Result<BookingAdvice> {
    let enough_from = match candidate.missing() {
        [] => enough_from(app, candidate, target)?,
        _ => None,
    };
    let booking = target.credential().and_then(|id| app.learner.record.upcoming(id, app.clock.today));
    let is_its_day = booking.is_some_and(|booking| booking.on == on);
    let stake = target.credential().filter(|_| is_its_day).and_then(|id| chance::stake(app, id));
    Ok(BookingAdvice { stake, enough_from })
}

/// The first day on which the chance is enough at today's pace: found in steps of a week, then day by day.
fn enough_from(app: &AppContext, candidate: &ExamCandidate, target: &Target) -> Result<Option<NaiveDate>> {
    let is_enough = |days: u64| -> Result<bool> {
        let Some(on) = app.clock.today.checked_add_days(Days::new(days)) else { return Ok(false) };
        Ok(chance_with_plan(app, candidate, target, on)?.is_some_and(|chance| chance >= ready::ENOUGH))
    };
    let mut before = 0;
    for days in [1].into_iter().chain((WEEK..=MAX_DAYS_AHEAD).step_by(WEEK as usize)) {
        if is_enough(days)? {
            for days in before + 1..days {
                if is_enough(days)? {
                    return Ok(app.clock.today.checked_add_days(Days::new(days)));
                }
            }
            return Ok(app.clock.today.checked_add_days(Days::new(days)));
        }
        before = days;
    }
    Ok(None)
}

fn view_json(target: &Target, view: &ReadyView) -> Value {
    let readiness: &Readiness = view.readiness;
    let is_told = readiness.missing.is_empty();
    let topic = |place: usize| view.domains.get(place).map(|domain| domain.id);
    let missing =
        |missing: &Missing| json!({ "topic": missing.domain.and_then(topic), "answers": missing.answers });
    let brings = readiness.domains.iter().any(|domain| domain.hour > 0.0);
    let next = topic(readiness.study_next).filter(|_| is_told && brings);
    json!({
        "format": 1,
        "today": view.today,
        "credential": target.credential().map(CredentialId::as_str),
        "pack": target.pack(),
        "on": view.on,
        "chance": is_told.then_some(readiness.chance),
        "with_plan": view.with_plan,
        "share": range_json(readiness.share),
        "right": { "low": readiness.right.0, "high": readiness.right.1, "of": view.of },
        "missing": readiness.missing.iter().map(missing).collect::<Vec<_>>(),
        "evidence": { "answers": view.evidence.answers, "exams": view.evidence.mock_exams },
        "cut": { "share": view.cut.share, "sd": view.cut.sd },
        "gap": { "mean": view.gap.mean, "sd": view.gap.sd },
        "study_next": next,
        "enough_from": view.advice.enough_from,
        "domains": view.domains.iter().map(domain_json).collect::<Vec<_>>(),
    })
}

fn domain_json(domain: &DomainView) -> Value {
    json!({
        "topic": domain.id,
        "title": domain.title,
        "weight": domain.weight,
        "questions": domain.questions,
        "seen": domain.seen,
        "mastery": domain.mastery,
        "first_answers": domain.first_answers,
        "share": range_json(domain.told.share),
        "hour": domain.told.hour,
    })
}

fn range_json(range: Range) -> Value {
    json!({ "mid": range.mid, "low": range.low, "high": range.high })
}
