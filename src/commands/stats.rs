//! `stats`: what was learned, and what is to come.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use serde_json::Value;

use super::app_context::AppContext;
use super::awards;
use super::exit::Exit;
use super::files;
use crate::ui::json::json;
use crate::ui::look::{Look, Tone};
use crate::ui::screens::{
    self,
    stats::{RealExamLine, Stats},
};
use crate::ui::styled_page::Span;
use badgedex_domain::exam_days::{Circumstances, LookBack};
use badgedex_domain::history::{Calibration, DayTotals, SelfChecked};
use badgedex_domain::mastery::Mastery;
use badgedex_domain::overview::{HardQuestion, Overview, TopicSummary};
use badgedex_domain::readiness::{Prediction, brier_score};
use badgedex_domain::target::Target;
use badgedex_share::{Ink, Letters};
use badgedex_store::StoreError;

/// The look of the page as a picture.
const PICTURE: Look = Look { width: 80, color: true, unicode: true, plain: false, wrap: true, links: false };

/// Shows what was learned; with `svg`, writes the page as a picture.
///
/// # Errors
/// The store cannot be read, or what was asked for cannot be written.
pub fn run(app: &AppContext, all: bool, svg: Option<&Path>) -> Result<Exit> {
    let (overview, exams) = (app.overview()?, real_exams(app)?);
    if let Some(path) = svg {
        let stats = page(app, overview, &exams);
        let picture = badgedex_share::screen_svg("What you remember", &letters(&stats));
        files::deliver(Some(path), picture.as_bytes(), true)?;
        return Ok(Exit::Done);
    }
    let details = if all { Some((learner(app)?, details(app)?)) } else { None };
    let stats = page(app, overview, &exams);
    app.ui.print(|| stats_json(app, &stats, details), |look| screens::stats::stats(look, &stats))?;
    Ok(Exit::Done)
}

fn page<'a>(app: &AppContext, overview: &'a Overview, exams: &'a [RealExamLine]) -> Stats<'a> {
    let goal = app.learner.settings.rule_on(overview.day).goal;
    Stats { overview, gamification: app.learner.settings.gamification, goal, exams }
}

/// The page's lines, as they are drawn.
fn letters(stats: &Stats) -> Vec<Vec<Letters>> {
    let drawn = |span: Span| Letters { text: span.text, ink: ink(span.tone) };
    let lines = screens::stats::page(&PICTURE, stats).lines().into_iter();
    lines.map(|line| line.into_iter().map(drawn).collect()).collect()
}

fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Plain => Ink::Text,
        Tone::Title => Ink::Strong,
        Tone::Good => Ink::Good,
        Tone::Bad => Ink::Bad,
        Tone::Warn => Ink::Warn,
        Tone::Accent => Ink::Accent,
        Tone::Dim => Ink::Faint,
    }
}

fn stats_json(app: &AppContext, stats: &Stats, details: Option<(Value, Value)>) -> Value {
    let overview = stats.overview;
    let topics: Vec<Value> = overview.topics.iter().map(topic_json).collect();
    let is_on = app.learner.settings.gamification;
    let mut value = json!({
        "format": 1,
        "today": app.clock.today,
        "questions": {
            "total": overview.all.questions, "seen": overview.all.seen, "learning": overview.all.learning,
            "mastered": overview.all.mastered, "due": overview.due,
        },
        "answers": overview.answers,
        "right": overview.right,
        "streak_days": overview.streak.days,
        "topics": topics,
        "calibration": calibration_json(&overview.predictions.all),
        "calibration_bins": overview.predictions.bins.iter().map(calibration_json).collect::<Vec<_>>(),
        "self_checked": self_checked_json(&overview.self_checked),
        "memory": memory_json(overview, is_on),
        "days": overview.days.iter().map(day_json).collect::<Vec<_>>(),
        "days_studied": overview.days_studied,
        "minutes": minutes(overview.took_ms),
        "retrievability": overview.chances,
        "coming": overview.coming.iter().map(|(on, due)| json!({ "on": on, "due": due })).collect::<Vec<_>>(),
        "hardest": overview.hardest.iter().map(hard_json).collect::<Vec<_>>(),
        "leeches": overview.leeches.iter().map(hard_json).collect::<Vec<_>>(),
        "exams": real_exams_json(stats.exams),
        "later_answers": overview.later,
        "streak": is_on.then(|| streak_json(app, overview)),
        "awards": is_on.then(|| awards::listed(&overview.awards)),
    });
    if let Some((learner, details)) = details {
        value["learner"] = learner;
        value["details"] = details;
    }
    value
}

/// The real exams of which a chance can be predicted, the earliest first.
fn real_exams(app: &AppContext) -> Result<Vec<RealExamLine>> {
    let mut exams = Vec::new();
    for id in app.learner.real_exams.keys() {
        let target = Target::Credential(id.clone());
        let told = app.with_candidate(&target, |candidate, _| candidate.predictions().to_vec())?;
        let short = app.packs.catalogs.credential(id).map_or_else(|| id.to_string(), |c| c.short.clone());
        let line = |told: Prediction| {
            let look_back = look_back(app, &target, told.on)?;
            Ok(RealExamLine { short: short.clone(), told, look_back })
        };
        exams.extend(told.into_iter().flatten().map(line).collect::<Result<Vec<_>>>()?);
    }
    exams.sort_by_key(|exam| exam.told.on);
    Ok(exams)
}

/// What was forecast before an exam, and what was remembered on its day.
fn look_back(app: &AppContext, target: &Target, on: NaiveDate) -> Result<Option<LookBack>> {
    let around = Circumstances {
        library: app.packs.library(),
        model: &app.learner.model,
        record: &app.learner.record,
        settings: &app.learner.settings,
    };
    Ok(LookBack::of(target, on, &app.answers()?, around))
}

fn real_exams_json(exams: &[RealExamLine]) -> Value {
    let told: Vec<Prediction> = exams.iter().map(|exam| exam.told).collect();
    let exam = |exam: &RealExamLine| {
        let Prediction { on, chance, passed } = exam.told;
        let look_back = exam
            .look_back
            .map(|told| json!({ "made_on": told.made_on, "forecast": told.forecast, "known": told.known }));
        json!({ "short": exam.short, "on": on, "chance": chance, "passed": passed, "remembered": look_back })
    };
    json!({ "results": exams.iter().map(exam).collect::<Vec<_>>(), "brier": brier_score(&told) })
}

fn topic_json(topic: &TopicSummary) -> Value {
    let Mastery { mean, questions, mastered, .. } = topic.mastery;
    json!({
        "pack": topic.pack, "topic": topic.topic, "mastery": mean, "questions": questions, "mastered": mastered,
    })
}

fn calibration_json(calibration: &Calibration) -> Value {
    let means = calibration.means();
    json!({
        "answers": calibration.answers,
        "predicted": means.map(|(predicted, _)| predicted),
        "actual": means.map(|(_, actual)| actual),
    })
}

/// They are among the `answers` and `right` of all.
fn self_checked_json(own: &SelfChecked) -> Value {
    json!({
        "answers": own.answers, "known": own.known, "hard": own.hard, "forgot": own.forgot(),
        "calibration": calibration_json(&own.calibration),
    })
}

fn memory_json(overview: &Overview, is_on: bool) -> Value {
    let memory = &overview.memory;
    let level = memory.level().filter(|_| is_on);
    let next = memory.next_level().filter(|_| is_on);
    json!({
        "days": memory.days,
        "faded": memory.faded,
        "level": level.map(|l| l.name),
        "next_level": next.map(|l| json!({ "name": l.name, "from_days": l.from_days })),
    })
}

fn day_json((day, totals): (&NaiveDate, &DayTotals)) -> Value {
    json!({
        "day": day, "answers": totals.answers, "right": totals.right, "new": totals.first_seen,
        "minutes": minutes(totals.took_ms), "memory": totals.memory,
    })
}

/// Minutes with one decimal.
fn minutes(ms: u64) -> f64 {
    (ms as f64 / 6_000.0).round() / 10.0
}

fn hard_json(hard: &HardQuestion) -> Value {
    json!({
        "question": hard.question.as_str(), "answers": hard.answers, "right": hard.right, "lapses": hard.lapses,
    })
}

fn streak_json(app: &AppContext, overview: &Overview) -> Value {
    let streak = &overview.streak;
    let rule = app.learner.settings.rule_on(overview.day);
    json!({
        "days": streak.days,
        "longest": streak.longest,
        "rest_days": streak.rest_days,
        "today_done": streak.is_today_done,
        "lost": streak.lost.map(|lost| json!({ "days": lost.days, "on": lost.on })),
        "goal": rule.goal.map(|goal| goal.to_string()),
    })
}

/// How well the learner learns from misses, and what they would know of a pack of which nothing was asked.
fn learner(app: &AppContext) -> Result<Value, StoreError> {
    let totals = &app.history()?.totals;
    let estimate = &totals.learner;
    Ok(json!({
        "term": estimate.term.log_odds(), "prior": totals.firsts.prior(),
        "later_answers_to_misses": estimate.answers_to_misses,
    }))
}

/// Every question ever answered, also of packs that are gone.
fn details(app: &AppContext) -> Result<Value, StoreError> {
    let history = app.history()?;
    let (model, term) = (&app.learner.model, history.totals.learner.term);
    let mut tracks: Vec<_> = history.tracks().collect();
    tracks.sort_by_key(|(id, _)| *id);
    let details = tracks.into_iter().map(|(id, track)| {
        let learned = history.learned(id);
        json!({
            "question": id.as_str(),
            "answers": track.answers,
            "right": track.right,
            "retrievability": learned.map(|l| l.raw_retrievability(model, term, app.clock.day)),
            "strength_days": learned.map(|l| l.strength(model, term)),
            "due_on": learned.map(|l| l.due_on(model, term, app.learner.settings.retention)),
        })
    });
    Ok(details.collect())
}
