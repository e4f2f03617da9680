//! The target: what the learner is preparing for, when, and how far they are, domain by domain.

use chrono::NaiveDate;

use super::exam_days::ExamDaysView;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, count, date, fit, in_days, percent};
use badgedex_domain::mastery::Mastery;
use badgedex_domain::overview::DomainSummary;
use badgedex_domain::target::{DaySource, ExamDay};

/// Columns of a domain's name, at most.
const MAX_DOMAIN: usize = 34;
/// Cells of a domain's bar.
const BAR: usize = 10;

/// What the screens say about a target.
#[derive(Debug, Clone)]
pub struct TargetView<'a> {
    /// A credential without its issuer, or the title of a pack.
    pub name: String,
    /// The code of the exam.
    pub code: Option<&'a str>,
    /// The credential's short name, as commands take it; `None` for a pack.
    pub short: Option<String>,
    pub day: Option<ExamDay>,
    /// How many questions teach what the exam asks.
    pub questions: usize,
    /// Its domains, in the exam's order.
    pub domains: &'a [DomainSummary],
    /// Of the domains, by their weights.
    pub mastery: Mastery,
    /// Of the facts about the credential; `None` for a pack.
    pub facts: Option<Mastery>,
    /// The days before its exam; `None` without a day, or if another exam is nearer.
    pub exam_days: Option<ExamDaysView>,
    pub today: NaiveDate,
}

impl TargetView<'_> {
    /// "Cloud Practitioner (CLF-C02)".
    pub fn title(&self) -> String {
        self.code.map_or_else(|| self.name.clone(), |code| format!("{} ({code})", self.name))
    }

    /// "exam in 21 days, Mon 21 Dec"; empty without a day.
    pub fn when(&self) -> String {
        self.day.map_or_else(String::new, |day| when(day.on, self.today))
    }
}

/// "exam in 21 days, Mon 21 Dec", "exam today", "the exam was on 21 December 2026".
fn when(on: NaiveDate, today: NaiveDate) -> String {
    match (on - today).num_days() {
        ..0 => format!("the exam was on {}", date(on)),
        0 => "exam today".to_owned(),
        days => format!("exam {}, {}", in_days(days), on.format("%a %-d %b")),
    }
}

/// The target in full, or how to set one.
pub fn target(look: &Look, view: Option<&TargetView>) -> String {
    let mut page = Page::new(look);
    page.blank();
    let Some(view) = view else {
        page.para("No target is set. Say what you are preparing for, and study asks for it:");
        page.para(look.paint(Tone::Accent, "badgedex target CREDENTIAL --on DATE"));
        return page.done();
    };
    page.ends(&look.paint(Tone::Title, &view.title()), &view.when());
    day(&mut page, view);
    page.blank();
    if view.questions == 0 {
        without_content(&mut page, look, view);
    } else {
        if let Some(exam) = &view.exam_days {
            days(&mut page, exam);
        }
        domains(&mut page, look, view);
    }
    if let Some(facts) = view.facts.filter(|facts| facts.questions > 0) {
        let seen = format!("{} of {} seen", facts.seen, facts.questions);
        page.hanging("Facts about it  ", format!("{seen}, {}", percent(facts.mean.unwrap_or(0.0))));
    }
    page.done()
}

fn day(page: &mut Page, view: &TargetView) {
    let short = view.short.as_deref();
    match (view.day.map(|day| day.source), short) {
        (Some(DaySource::Booking), _) => page.para("The exam is booked."),
        (Some(DaySource::Setting), Some(short)) => {
            page.para(format!("Not booked yet. Once it is: badgedex schedule {short} --on DATE"))
        }
        (None, Some(short)) => {
            page.para(format!("No day is set. To plan for one: badgedex target {short} --on DATE"))
        }
        (Some(DaySource::Setting), None) => page,
        (None, None) => page.para("No day is set. To plan for one: badgedex target --on DATE"),
    };
}

/// What is asked today, and what will be remembered on the day of the exam.
pub fn days(page: &mut Page, exam: &ExamDaysView) {
    page.para(exam.todays());
    let sentences = [exam.at_this_pace(), exam.more_a_day()];
    for sentence in sentences.into_iter().flatten() {
        page.para(sentence);
    }
    page.blank();
}

/// What can be done where nothing teaches what the exam asks.
pub fn without_content(page: &mut Page, look: &Look, view: &TargetView) {
    page.para(
        "There are no questions for this exam yet, only facts about it: fees, dates, rules. Knowing those does not prepare you for the exam.",
    );
    let credential = view.short.as_deref().unwrap_or("none");
    page.hanging("- ", format!("Have a question bank? badgedex pack import FILE --credential {credential}"));
    page.hanging("- ", format!("Write your own: badgedex pack new --credential {credential}"));
    if look.plain {
        return;
    }
    page.blank();
}

/// The mastery, then the domains, the weakest first, one a line.
fn domains(page: &mut Page, look: &Look, view: &TargetView) {
    let mastery = view.mastery;
    let seen = format!("{} of {} seen", mastery.seen, count(mastery.questions, "question", "questions"));
    page.hanging("Mastery         ", format!("{}, {seen}", percent(mastery.mean.unwrap_or(0.0))));
    let mut domains: Vec<&DomainSummary> = view.domains.iter().collect();
    domains.sort_by(|a, b| a.mastery.mean.unwrap_or(0.0).total_cmp(&b.mastery.mean.unwrap_or(0.0)));
    let room = if look.is_narrow() { look.width.saturating_sub(12) } else { MAX_DOMAIN };
    let width = domains.iter().map(|domain| domain.title.chars().count()).max().unwrap_or(0).min(room);
    for domain in domains {
        let share = domain.mastery.mean.unwrap_or(0.0);
        let weight = weight(domain);
        if look.plain {
            let weight = if weight.is_empty() { weight } else { format!(" ({weight})") };
            page.para(format!("{}{weight}: {}", domain.title, percent(share)));
        } else if look.is_narrow() {
            page.line(format!("{} {:>5}", fit(&domain.title, width), percent(share)));
        } else {
            let bar = bar(look, share, BAR);
            page.line(format!("  {}  {bar} {:>5}   {weight}", fit(&domain.title, width), percent(share)));
        }
    }
}

/// "24 % of the exam"; empty if no exam guide says so.
pub fn weight(domain: &DomainSummary) -> String {
    domain
        .weight
        .map_or_else(String::new, |weight| format!("{} % of the exam", (weight * 10.0).round() / 10.0))
}
