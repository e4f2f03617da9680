//! The result of a mock exam: right answers, the pass mark, domains, time, what it is worth, earlier ones.

use chrono::NaiveDate;

use crate::ui::look::{Look, Tone};
use crate::ui::screens::chance::in_words;
use crate::ui::text::{Page, bar, count, date, display_width, duration, fit, percent};
use badgedex_domain::journal::ExamEnd;

/// Cells of the bar of a domain.
const BAR: usize = 10;
/// Columns of the bar with the pass mark.
const SCALE: usize = 40;
/// The longest title of a domain that is shown.
const MAX_DOMAIN: usize = 36;

/// The share of right answers that passes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PassLine {
    /// 0 to 1.
    pub share: f64,
    /// Whether the issuer publishes it.
    pub is_published: bool,
}

/// The result of one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainLine {
    pub title: String,
    pub questions: usize,
    pub right: usize,
}

impl DomainLine {
    /// Wrong answers: what is to be gained here.
    fn wrong(&self) -> usize {
        self.questions - self.right
    }
}

/// An earlier mock exam of the same target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Earlier {
    pub number: usize,
    pub right: usize,
    pub questions: usize,
}

/// What an exam has changed about the chance to pass the real one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChanceChange {
    /// The day of the real exam, or today.
    pub on: NaiveDate,
    pub today: NaiveDate,
    /// `None` if there was too little evidence.
    pub before: Option<f64>,
    pub after: Option<f64>,
}

/// What the screen of a result shows.
#[derive(Debug, Clone)]
pub struct ExamResultView<'a> {
    /// Its place among all mock exams, from 1.
    pub number: usize,
    pub title: &'a str,
    pub form: Option<&'a str>,
    pub how: ExamEnd,
    /// `None`: without a clock.
    pub minutes: Option<u32>,
    pub used_seconds: u64,
    pub breaks: u32,
    pub questions: usize,
    pub answered: usize,
    pub right: usize,
    /// How many questions the learner had never seen.
    pub fresh: usize,
    pub pass: PassLine,
    pub domains: Vec<DomainLine>,
    pub earlier: Vec<Earlier>,
    /// `None` if the result is looked at later.
    pub chance: Option<ChanceChange>,
}

impl ExamResultView<'_> {
    fn share(&self) -> f64 {
        self.right as f64 / self.questions.max(1) as f64
    }
}

/// "Mock exam 2, Cloud Practitioner, form b".
pub fn heading(number: usize, title: &str, form: Option<&str>) -> String {
    let form = form.map_or_else(String::new, |form| format!(", form {form}"));
    format!("Mock exam {number}, {title}{form}")
}

/// The result in full.
pub fn result(look: &Look, view: &ExamResultView) -> String {
    let mut page = Page::new(look);
    page.blank();
    let title = heading(view.number, view.title, view.form);
    page.ends(&look.paint(Tone::Title, &title), &time(view));
    if !look.plain {
        page.blank();
    }
    score(&mut page, look, view);
    if !view.domains.is_empty() {
        page.blank();
        domains(&mut page, look, view);
    }
    page.blank();
    page.para(worth(view));
    if let [.., last] = &view.earlier[..] {
        page.para(earlier(last, view));
    }
    if let Some(change) = view.chance {
        page.para(chance(change));
    }
    page.done()
}

/// "64 min, no break; the time was up".
fn time(view: &ExamResultView) -> String {
    let breaks = match view.breaks {
        0 => "no break".to_owned(),
        breaks => count(breaks as usize, "break", "breaks"),
    };
    let of = view.minutes.map_or_else(String::new, |minutes| format!(" of {minutes} min"));
    let up = if view.how == ExamEnd::TimeUp { "; the time was up" } else { "" };
    format!("{}{of}, {breaks}{up}", duration(view.used_seconds))
}

fn score(page: &mut Page, look: &Look, view: &ExamResultView) {
    let right = format!("{} of {} right, {}", view.right, view.questions, percent(view.share()));
    page.line(look.paint(Tone::Title, &right));
    let needed = needed(view.pass);
    if !look.plain {
        scale(page, look, view);
    }
    page.para(look.paint(Tone::Dim, &needed));
    let open = view.questions - view.answered;
    if open > 0 {
        page.para(format!(
            "{} left open and {} as wrong.",
            count(open, "question was", "questions were"),
            if open == 1 { "counts" } else { "count" }
        ));
    }
}

/// "About 70 % is needed; the issuer does not publish it."
fn needed(pass: PassLine) -> String {
    match pass.is_published {
        true => format!("{} is needed.", percent(pass.share)),
        false => format!("About {} is needed; the issuer does not publish it.", percent(pass.share)),
    }
}

/// A line from 0 to 100 % with the pass mark, the result on it, and the pass mark in words below.
fn scale(page: &mut Page, look: &Look, view: &ExamResultView) {
    let cells = SCALE.min(look.width.saturating_sub(8)).max(10);
    let place = |share: f64| ((share * (cells - 1) as f64).round() as usize).min(cells - 1);
    let (mark, here) = (place(view.pass.share), place(view.share()));
    let tone = if view.share() >= view.pass.share { Tone::Good } else { Tone::Warn };
    let cell = |at: usize| match at {
        at if at == here => look.paint(tone, look.symbol("●", "o")).into_owned(),
        at if at == mark => look.symbol("┃", "|").to_owned(),
        _ => look.paint(Tone::Dim, look.symbol("─", "-")).into_owned(),
    };
    let line: String = (0..cells).map(cell).collect();
    page.line(format!("{}{line}{}", look.symbol("├", "["), look.symbol("┤", "]")));
    let pass = percent(view.pass.share);
    page.line(format!("{}{}", " ".repeat((mark + 1).saturating_sub(display_width(&pass) / 2)), pass));
}

/// One domain a line; the one with the most wrong answers is named.
fn domains(page: &mut Page, look: &Look, view: &ExamResultView) {
    let most = view.domains.iter().map(DomainLine::wrong).max().unwrap_or(0);
    let gain_at = view.domains.iter().position(|domain| most > 0 && domain.wrong() == most);
    let room = if look.is_narrow() { look.width.saturating_sub(16) } else { MAX_DOMAIN };
    let width = view.domains.iter().map(|domain| display_width(&domain.title)).max().unwrap_or(0).min(room);
    for (place, domain) in view.domains.iter().enumerate() {
        let right = format!("{} of {}", domain.right, domain.questions);
        let gain = if gain_at == Some(place) { "most to gain here" } else { "" };
        if look.plain {
            let gain = if gain.is_empty() { String::new() } else { format!("; {gain}") };
            page.para(format!("{}: {right}{gain}", domain.title));
        } else if look.is_narrow() {
            page.line(format!("{}  {right:>8}", fit(&domain.title, width)));
        } else {
            let share = domain.right as f64 / domain.questions.max(1) as f64;
            let title = fit(&domain.title, width);
            page.line(format!("{title}  {}  {right:>8}   {gain}", bar(look, share, BAR)));
        }
    }
}

/// How much the result says: only questions that the learner had never seen are like those of the real exam.
fn worth(view: &ExamResultView) -> String {
    let (questions, fresh) = (view.questions, view.fresh);
    match fresh {
        fresh if fresh == questions => format!("All {questions} were new to you."),
        0 => {
            "You had seen all of them before, so the result says little about questions that you do not know."
                .to_owned()
        }
        fresh => format!(
            "{fresh} of {questions} {} new to you. You had seen the others, which makes the result look better than it is.",
            if fresh == 1 { "was" } else { "were" }
        ),
    }
}

/// "Mock exam 1: 43 of 65, 66 %. This one: 9 points more."
fn earlier(last: &Earlier, view: &ExamResultView) -> String {
    let share = last.right as f64 / last.questions.max(1) as f64;
    let points = ((view.share() - share) * 100.0).round();
    let change = match points {
        0.0 => "as many now".to_owned(),
        points if points > 0.0 => format!("{points} points more now"),
        points => format!("{} points less now", -points),
    };
    format!("Mock exam {}: {} of {}, {}; {change}.", last.number, last.right, last.questions, percent(share))
}

/// "Chance to pass on 21 December 2026: about 8 in 10; before this exam about 6 in 10."
fn chance(change: ChanceChange) -> String {
    let Some(after) = change.after else {
        return "Your chance to pass cannot be told yet: badgedex ready says what is missing.".to_owned();
    };
    let when = match change.on > change.today {
        true => format!("on {}", date(change.on)),
        false => "if the exam were today".to_owned(),
    };
    let before =
        change.before.map_or_else(String::new, |before| format!("; before this exam {}", in_words(before)));
    format!("Chance to pass {when}: {}{before}.", in_words(after))
}

/// A mock exam without a result: it is open, or it was left.
pub fn open_or_left(
    look: &Look,
    title: &str,
    on: NaiveDate,
    answered: (usize, usize),
    is_open: bool,
) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(title);
    let (answered, questions) = answered;
    page.para(match is_open {
        true => format!(
            "Begun on {} and still open: {answered} of {questions} answered. To go on: badgedex exam",
            date(on)
        ),
        false => format!(
            "Begun on {} and given up, or its result was undone: there is no result. Its questions are ordinary study questions now.",
            date(on)
        ),
    });
    page.done()
}
