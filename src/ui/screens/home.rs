//! The head of the menu.

use chrono::NaiveDate;

use super::exam_days::ExamDaysView;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, count, date, in_days, percent, thousands};
use badgedex_domain::comeback::ComeBack;
use badgedex_domain::exam_days::Outlook;
use badgedex_domain::history::DayTotals;
use badgedex_domain::levels::MemoryDays;
use badgedex_domain::settings::Goal;
use badgedex_domain::streak::{Lost, Streak, is_reached};

const LABEL: usize = 12;

/// The figures of the head.
#[derive(Debug, Clone)]
pub struct Head {
    pub today: NaiveDate,
    /// What is prepared for; `None` if no target is set.
    pub target: Option<TargetLine>,
    /// On the day of an exam.
    pub morning: Option<Morning>,
    /// Questions of the next sitting.
    pub sitting: usize,
    pub due: usize,
    /// New questions among those of the next sitting.
    pub new: usize,
    /// `None` if it is switched off.
    pub streak: Option<StreakLine>,
    pub memory: MemoryDays,
    /// Whether levels are named.
    pub has_levels: bool,
    /// What is proposed if more is due than fits a few sittings.
    pub come_back: Option<ComeBack>,
    /// Time a question takes this learner, on average.
    pub seconds_per_question: f64,
    /// Credentials on offer: held, and all.
    pub held: usize,
    pub obtainable: usize,
    /// The nearest exam: short name and day.
    pub exam: Option<(String, NaiveDate)>,
    /// The nearest expiry: short name and day.
    pub expiry: Option<(String, NaiveDate)>,
    /// The suggestion in one line; `None` if there is a target.
    pub next: Option<String>,
}

/// The target in a line, and how far the learner is.
#[derive(Debug, Clone)]
pub struct TargetLine {
    /// "Cloud Practitioner (CLF-C02)".
    pub title: String,
    /// "exam in 21 days, Mon 21 Dec".
    pub when: String,
    /// Mastery of what its exam asks, 0 to 1; `None` if nothing teaches it.
    pub mastery: Option<f64>,
    /// The days before its exam; `None` without a day.
    pub exam_days: Option<ExamDaysView>,
    /// The chance to pass; `None` if there is too little evidence.
    pub chance: Option<String>,
}

/// The exam of today.
#[derive(Debug, Clone)]
pub struct Morning {
    pub name: String,
    /// Where it is, if that was recorded.
    pub place: Option<String>,
}

/// The streak, and how far the goal of today is reached.
#[derive(Debug, Clone, Copy)]
pub struct StreakLine {
    pub streak: Streak,
    pub goal: Option<Goal>,
    pub today: DayTotals,
}

/// The head of the menu.
pub fn head(look: &Look, head: &Head) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.ends(&look.paint(Tone::Title, "badgedex"), &head.today.format("%a %-d %b %Y").to_string());
    page.blank();
    if let Some(morning) = &head.morning {
        page.para(look.paint(Tone::Accent, &good_luck(morning)));
    }
    if let Some(target) = &head.target {
        page.ends(&look.paint(Tone::Title, &target.title), &target.when);
    }
    let streak = head.streak.as_ref().map_or_else(String::new, streak);
    match &head.target {
        Some(target) => {
            page.para(to_do(head));
            match target.exam_days.as_ref().and_then(|days| Some((days, days.outlook?))) {
                Some((days, outlook)) => course(&mut page, look, days, &outlook),
                None => mastery(&mut page, look, target, &streak),
            }
            if let Some(chance) = &target.chance {
                page.hanging(&format!("{:LABEL$}", "Chance"), chance);
            }
        }
        None => {
            page.ends(&to_do(head), &streak);
        }
    }
    if let Some(come_back) = &head.come_back {
        page.para(until_fresh(come_back));
    }
    if let Some(lost) = head.streak.and_then(|line| line.streak.lost) {
        page.para(lost_streak(&lost, head));
    }
    memory(&mut page, head);
    let cells = bar(look, head.held as f64 / head.obtainable.max(1) as f64, 12);
    let gap = if cells.is_empty() { "" } else { "  " };
    let held = format!("{:LABEL$}{cells}{gap}{} of {}", "Collection", head.held, head.obtainable);
    let is_counted = head.target.as_ref().is_some_and(|target| target.exam_days.is_some());
    let right = match dates(head) {
        dates if !is_counted => dates,
        dates if dates.is_empty() => streak,
        dates => format!("{dates}, {streak}"),
    };
    page.ends(&held, right.trim_end_matches(", "));
    if let Some(next) = &head.next {
        page.hanging(&format!("{:LABEL$}", "Next"), next);
    }
    page.done()
}

/// "Today is the day: AWS Certified Cloud Practitioner, Zurich, 09:00. Good luck!"
fn good_luck(morning: &Morning) -> String {
    let place = morning.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
    format!("Today is the day: {}{place}. Good luck!", morning.name)
}

/// "Mastery     62 %", or that nothing teaches what the exam asks.
fn mastery(page: &mut Page, look: &Look, target: &TargetLine, streak: &str) {
    let Some(mastery) = target.mastery else {
        page.para("There are no questions for this exam yet, only facts about it.");
        if !streak.is_empty() {
            page.para(streak);
        }
        return;
    };
    let cells = bar(look, mastery, 12);
    let gap = if cells.is_empty() { "" } else { "  " };
    page.ends(&format!("{:LABEL$}{cells}{gap}{}", "Mastery", percent(mastery)), streak);
}

/// "On course   about 86 % remembered on the day", or "Behind", and what would help; neither while it is a rough guess.
fn course(page: &mut Page, look: &Look, days: &ExamDaysView, outlook: &Outlook) {
    let label = match (outlook.is_rough, outlook.is_on_course()) {
        (true, _) => "Forecast",
        (false, true) => "On course",
        (false, false) => "Behind",
    };
    let share = outlook.forecast.mid;
    let cells = bar(look, share, 12);
    let gap = if cells.is_empty() { "" } else { "  " };
    let rough = if outlook.is_rough { ", a first guess" } else { "" };
    let remembered = format!("about {} remembered on the day{rough}", percent(share));
    page.hanging(&format!("{label:LABEL$}{cells}{gap}"), remembered);
    if let Some(more) = days.more_a_day().filter(|_| !outlook.is_rough) {
        let is_listed = look.is_narrow() || look.plain;
        if is_listed {
            page.para(more)
        } else {
            page.hanging(&" ".repeat(LABEL), more)
        };
    }
}

fn to_do(head: &Head) -> String {
    let minutes = |questions: usize| {
        let minutes = (questions as f64 * head.seconds_per_question / 60.0).ceil().max(1.0);
        format!("about {}", count(minutes as usize, "minute", "minutes"))
    };
    if head.target.as_ref().is_some_and(|target| target.mastery.is_some()) {
        let number = match (head.sitting, head.new) {
            (0, _) => return format!("{:LABEL$}{}", "Today", done(head)),
            (all, 0) => count(all, "question", "questions"),
            (all, new) if all == new => count(new, "new question", "new questions"),
            (all, new) => format!("{}, {new} of them new", count(all, "question", "questions")),
        };
        return format!("{:LABEL$}{number}: {}", "Today", minutes(head.sitting));
    }
    match (&head.come_back, head.due, head.new) {
        (Some(ComeBack { questions, is_after_break, .. }), ..) => {
            let welcome = if *is_after_break { "Welcome back. " } else { "" };
            format!("{welcome}A sitting of {questions} takes {}", minutes(*questions))
        }
        (None, 0, 0) => "Nothing is due".to_owned(),
        (None, 0, new) => count(new, "new question", "new questions"),
        (None, due, _) => format!("{due} due, {}", minutes(due)),
    }
}

/// Why no questions are left today.
fn done(head: &Head) -> &'static str {
    match head.target.as_ref().and_then(|target| target.exam_days.as_ref()) {
        Some(days) if days.is_day_off => "a day off",
        Some(days) if days.today.done.answers > 0 => "done; the rest of the day is free",
        Some(_) | None => "done for today",
    }
}

/// "One a day, and all is fresh again in about 23 days."
fn until_fresh(come_back: &ComeBack) -> String {
    let days = come_back.days.map(|days| count(days as usize, "day", "days"));
    let when = days.map_or_else(|| "over a year".to_owned(), |days| format!("about {days}"));
    format!("One such sitting a day, and all is fresh again in {when}.")
}

/// "streak 6 days, 3 of 10 today".
fn streak(line: &StreakLine) -> String {
    let days = match line.streak.days {
        0 => None,
        days => Some(format!("streak {}", count(days as usize, "day", "days"))),
    };
    let goal = line.goal.map(|goal| match goal {
        _ if is_reached(Some(goal), &line.today) => "today's goal is reached".to_owned(),
        Goal::Answers(of) => format!("{} of {of} today", line.today.answers),
        Goal::Minutes(of) => format!("{} of {of} minutes today", line.today.took_ms / 60_000),
    });
    days.into_iter().chain(goal).collect::<Vec<_>>().join(", ")
}

/// One line about the lost streak, until a new one begins.
fn lost_streak(lost: &Lost, head: &Head) -> String {
    let longest = head.streak.map_or(0, |line| line.streak.longest);
    let stays = match longest > lost.days {
        true => format!("your longest, {}, stays", count(longest as usize, "day", "days")),
        false => "it stays your longest".to_owned(),
    };
    format!("A streak of {} ended on {}; {stays}.", count(lost.days as usize, "day", "days"), date(lost.on))
}

/// "Memory      412 days, 38 faded" and "level Year".
fn memory(page: &mut Page, head: &Head) {
    let whole = |days: f64| thousands(days.round().max(0.0) as u64);
    if head.memory.days < 1.0 {
        return;
    }
    let faded = match head.memory.faded {
        faded if faded < 1.0 => String::new(),
        faded => format!(", {} faded", whole(faded)),
    };
    let days = if head.memory.days.round() == 1.0 { "day" } else { "days" };
    let level = head.memory.level().filter(|_| head.has_levels);
    let level = level.map_or_else(String::new, |level| format!("level {}", level.name));
    page.ends(&format!("{:LABEL$}{} {days}{faded}", "Memory", whole(head.memory.days)), &level);
}

/// The nearest exam, else the nearest expiry.
fn dates(head: &Head) -> String {
    let days = |day: NaiveDate| in_days((day - head.today).num_days());
    match (&head.exam, &head.expiry) {
        (Some((name, day)), _) => format!("exam {name} {}", days(*day)),
        (None, Some((name, day))) => format!("{name} expires {}", days(*day)),
        (None, None) => String::new(),
    }
}
