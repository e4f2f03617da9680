//! The end of a sitting.

use chrono::NaiveDate;

use super::awards;
use super::exam_days::ExamDaysView;
use crate::session::{MasteryChange, Summary};
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, count, duration, in_days, percent, thousands};
use badgedex_domain::awards::AwardState;
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::mastery::StudyStage;
use badgedex_domain::question::Question;
use badgedex_domain::selection::Selection;

/// At most this many badges and mastered questions are named; the others are counted.
const MAX_NAMED: usize = 4;

/// What the screen shows besides the summary.
#[derive(Debug, Clone)]
pub struct Ending<'a> {
    pub catalogs: &'a Catalogs,
    /// Questions that were mastered in it.
    pub mastered: Vec<&'a Question>,
    pub seconds: u64,
    /// How many come back on which day, the nearest first, today left out.
    pub coming: Vec<(NaiveDate, usize)>,
    /// Still due today.
    pub still_due: usize,
    /// Days of memory before the sitting, and now.
    pub memory: (f64, f64),
    /// Terms that the learner has not met before.
    pub explains: Explained,
    /// Awards that were earned in it; empty if awards are switched off.
    pub awards: Vec<AwardState>,
    /// The exam that is booked next, if nothing teaches its content.
    pub exam: Option<ExamDay>,
    /// The days before the next exam; `None` if none with content has a day.
    pub exam_days: Option<ExamDaysView>,
    pub today: NaiveDate,
}

/// Which terms are explained: each the first time that it is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Explained {
    pub memory: bool,
    pub mastered: bool,
}

/// What will be remembered on the day of a booked exam, if nothing more is studied until then.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamDay {
    pub name: String,
    pub on: NaiveDate,
    /// Mean retrievability on that day, 0 to 1.
    pub mean: f64,
    /// By topic, the weakest first.
    pub topics: Vec<(String, f64)>,
    /// No installed pack teaches the exam's content: these are facts about it.
    pub only_facts: bool,
}

/// The number of right answers, what was mastered, what faded, which badges changed, when to come back.
pub fn summary(look: &Look, summary: &Summary, ending: &Ending) -> String {
    let mut page = Page::new(look);
    page.blank();
    if summary.questions == 0 {
        page.para("Nothing was answered, and nothing has changed.");
    } else {
        page.title(&format!(
            "{}, {} right, {}",
            count(summary.questions, "question", "questions"),
            summary.right,
            duration(ending.seconds)
        ));
    }
    mastered(&mut page, look, &ending.mastered);
    if ending.explains.mastered && !ending.mastered.is_empty() {
        page.hanging(
            &label(look, ""),
            "Mastered: you would recall it with a chance of 90 % or more, for three weeks at least.",
        );
    }
    for change in summary.faded.iter().take(MAX_NAMED) {
        page.hanging(
            &label(look, "Fading"),
            format!("{} ({}, was {})", change.name, percent(change.now), percent(change.was)),
        );
    }
    badges(&mut page, look, summary, ending.catalogs);
    memory(&mut page, look, ending.memory);
    if ending.explains.memory {
        page.hanging(&label(look, ""), "Days of memory: for how many days what you know will last, summed over all questions. Levels count them.");
    }
    if let Some(exam) = &ending.exam {
        page.hanging(&label(look, &exam.name), exam_day(exam, ending.today));
    }
    match &ending.exam_days {
        Some(exam) => course(&mut page, look, exam),
        None => {
            page.hanging("", coming(ending));
        }
    }
    let page = page.done();
    match awards::announcement(look, &ending.awards) {
        earned if earned.is_empty() => page,
        earned => format!("{page}\n\n{earned}"),
    }
}

/// "exam in 12 days: 62 % of it will be remembered then; by topic: Costs 40 %, Expiry 90 %".
fn exam_day(exam: &ExamDay, today: NaiveDate) -> String {
    let topics: Vec<String> =
        exam.topics.iter().map(|(topic, share)| format!("{topic} {}", percent(*share))).collect();
    let by_topic =
        if topics.is_empty() { String::new() } else { format!("; by topic: {}", topics.join(", ")) };
    let what = if exam.only_facts { "the facts about it" } else { "it" };
    let when = in_days((exam.on - today).num_days());
    format!(
        "exam {when}; if you stop now, you will remember about {} of {what} that day{by_topic}",
        percent(exam.mean)
    )
}

/// What is left of today, and what will be remembered on the day of the exam.
fn course(page: &mut Page, look: &Look, exam: &ExamDaysView) {
    if let Some(remembered) = exam.at_this_pace() {
        page.hanging(&label(look, "Exam"), remembered);
    }
    page.para(match exam.today.questions {
        0 => exam.todays(),
        left => format!("{} left today.", count(left, "question is", "questions are")),
    });
}

/// A label in its column.
fn label(look: &Look, text: &str) -> String {
    let width = if look.is_narrow() { 8 } else { 16 };
    format!("{text:width$}")
}

fn mastered(page: &mut Page, look: &Look, questions: &[&Question]) {
    for (i, question) in questions.iter().take(MAX_NAMED).enumerate() {
        let stem = question.stem.lines().next().unwrap_or_default();
        page.hanging(&label(look, if i == 0 { "Mastered now" } else { "" }), stem);
    }
    if questions.len() > MAX_NAMED {
        page.hanging(&label(look, ""), format!("and {} more", questions.len() - MAX_NAMED));
    }
}

fn badges(page: &mut Page, look: &Look, summary: &Summary, catalogs: &Catalogs) {
    let mut changes: Vec<(&str, &MasteryChange)> = summary
        .badges
        .iter()
        .filter_map(|(id, change)| Some((catalogs.credential(id)?.short.as_str(), change)))
        .collect();
    let size = |change: &MasteryChange| (change.now - change.was).abs();
    changes.sort_by(|a, b| b.1.study.cmp(&a.1.study).then(size(b.1).total_cmp(&size(a.1))));
    for (name, change) in changes.iter().take(MAX_NAMED) {
        let state = match change.study {
            Some(StudyStage::Mastered) => look.paint(Tone::Accent, ", mastered now").into_owned(),
            Some(StudyStage::Learning) if change.now < change.was => ", no longer mastered".to_owned(),
            Some(StudyStage::Unseen | StudyStage::Seen | StudyStage::Learning) | None => String::new(),
        };
        let bar = bar(look, change.now, if look.is_narrow() { 6 } else { 10 });
        let gap = if bar.is_empty() { "" } else { " " };
        page.line(format!(
            "{}{bar}{gap}{} (was {}){state}",
            label(look, name),
            percent(change.now),
            percent(change.was)
        ));
    }
    if changes.len() > MAX_NAMED {
        page.line(format!(
            "{}and {}",
            label(look, ""),
            count(changes.len() - MAX_NAMED, "other badge", "other badges")
        ));
    }
}

/// "Memory  38 days added, 450 in all"; nothing if the change is less than half a day.
fn memory(page: &mut Page, look: &Look, (was, now): (f64, f64)) {
    let change = (now - was).round();
    if change == 0.0 {
        return;
    }
    let days = count(change.abs() as usize, "day", "days");
    let what = if change > 0.0 { "added" } else { "less" };
    let all = thousands(now.round().max(0.0) as u64);
    page.hanging(&label(look, "Memory"), format!("{days} {what}, {all} in all"));
}

/// "Next: 6 tomorrow, 11 on Wednesday".
fn coming(ending: &Ending) -> String {
    if ending.still_due > 0 {
        return format!("{} due now.", count(ending.still_due, "question is", "questions are"));
    }
    let days: Vec<String> = ending
        .coming
        .iter()
        .take(2)
        .map(|(day, number)| format!("{number} {}", when(*day, ending.today)))
        .collect();
    if days.is_empty() { "Nothing comes back yet.".to_owned() } else { format!("Next: {}", days.join(", ")) }
}

/// "tomorrow", "on Wednesday", "in 12 days".
fn when(day: NaiveDate, today: NaiveDate) -> String {
    let days = (day - today).num_days();
    if (2..=6).contains(&days) { format!("on {}", day.format("%A")) } else { in_days(days) }
}

/// That today's questions for the next exam are done, and how to go on.
pub fn nothing_for_exam(look: &Look, exam: &ExamDaysView, selection: &Selection) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.para(exam.todays());
    if let Some(remembered) = exam.at_this_pace() {
        page.para(remembered);
    }
    if let Some(more) = exam.more_a_day() {
        page.para(more);
    }
    if selection.waiting > 0 {
        page.para("To go on all the same:");
        page.hanging("  badgedex study --count 10   ", "the ten that bring most for the exam day");
    }
    page.done()
}

/// Why there is nothing to ask, and what can be done instead.
///
/// If only a part of the questions was asked for, `coming` counts only that part.
pub fn nothing(
    look: &Look,
    selection: &Selection,
    coming: &[(NaiveDate, usize)],
    today: NaiveDate,
    is_part: bool,
) -> String {
    let mut page = Page::new(look);
    page.blank();
    let (here, which) = if is_part { (" here", " of these") } else { ("", "") };
    match coming.first() {
        Some((day, number)) => page.para(format!(
            "Nothing is due{here}: you still know what you studied. {} back {}.",
            count(*number, &format!("question{which} comes"), &format!("questions{which} come")),
            when(*day, today)
        )),
        None if selection.waiting > 0 => page.para(format!("Nothing is due{here}.")),
        None => page.para("There are no questions here."),
    };
    if selection.waiting > 0 {
        let waiting = count(selection.waiting, "more is waiting", "more are waiting");
        page.para(format!("You've done today's new questions; {waiting}."));
    }
    let (lead, start) = match is_part {
        false => ("To study more:", "badgedex study "),
        true => ("To study more, add to the command:", ""),
    };
    page.para(lead);
    for (flag, words) in [
        ("--count 10", "ten more new questions"),
        ("--mistakes", "what you last answered wrong"),
        ("--cram", "the weakest, without changing the schedule"),
    ] {
        page.hanging(&format!("  {start}{flag:<10}   "), words);
    }
    page.done()
}
