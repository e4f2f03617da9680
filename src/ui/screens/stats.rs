//! What was learned, and what is to come.

use chrono::NaiveDate;

use crate::domain::history::Calibration;
use crate::domain::mastery::Mastery;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, count, fit, in_days, percent};

/// So many answers make a calibration worth telling.
const ENOUGH: u32 = 20;

/// The figures of the screen.
#[derive(Debug, Clone)]
pub struct Stats {
    pub all: Mastery,
    pub due: usize,
    pub answers: u32,
    pub right: u32,
    pub streak_days: u32,
    pub calibration: Calibration,
    /// Pack's title, topic's name, what is known.
    pub topics: Vec<(String, String, Mastery)>,
    /// How many come back on which day.
    pub coming: Vec<(NaiveDate, usize)>,
    pub today: NaiveDate,
}

pub fn stats(look: &Look, stats: &Stats) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(&format!(
        "{} of {} seen, {} mastered, {} due",
        stats.all.seen,
        count(stats.all.questions, "question", "questions"),
        stats.all.mastered,
        stats.due
    ));
    if stats.answers == 0 {
        page.para("No answers yet: the figures begin with the first sitting.");
        return page.done();
    }
    let share = percent(f64::from(stats.right) / f64::from(stats.answers));
    page.para(format!(
        "{}, {share} right; studied {} in a row.",
        count(stats.answers as usize, "answer", "answers"),
        count(stats.streak_days as usize, "day", "days")
    ));
    page.para(calibration(&stats.calibration));
    topics(&mut page, look, stats);
    coming(&mut page, stats);
    page.done()
}

/// Whether the program's chances came true.
fn calibration(c: &Calibration) -> String {
    if c.answers < ENOUGH {
        let missing = ENOUGH - c.answers;
        return format!(
            "Predicted against actual: {} on later days until this says something.",
            count(missing as usize, "more answer", "more answers")
        );
    }
    let of = f64::from(c.answers);
    format!(
        "Predicted against actual: {} against {} right, over {}.",
        percent(c.predicted / of),
        percent(f64::from(c.right) / of),
        count(c.answers as usize, "answer", "answers")
    )
}

fn topics(page: &mut Page, look: &Look, stats: &Stats) {
    let widest = stats.topics.iter().map(|(_, name, _)| name.chars().count()).max().unwrap_or(0).min(26);
    let mut last = "";
    for (pack, topic, mastery) in &stats.topics {
        if pack != last {
            page.blank();
            page.line(look.paint(Tone::Title, pack));
            last = pack;
        }
        let mean = mastery.mean.unwrap_or(0.0);
        let cells = bar(look, mean, if look.is_narrow() { 6 } else { 14 });
        let gap = if cells.is_empty() { "" } else { "  " };
        let tally = format!("{} of {} mastered", mastery.mastered, mastery.questions);
        let tally =
            if look.is_narrow() { String::new() } else { format!("  {}", look.paint(Tone::Dim, &tally)) };
        let width = if look.is_narrow() { widest.min(18) } else { widest };
        page.line(format!("{}  {cells}{gap}{:>5}{tally}", fit(topic, width), percent(mean)));
    }
}

fn coming(page: &mut Page, stats: &Stats) {
    let days: Vec<String> = stats
        .coming
        .iter()
        .filter(|(day, _)| *day > stats.today)
        .take(4)
        .map(|(day, number)| format!("{number} {}", in_days((*day - stats.today).num_days())))
        .collect();
    if !days.is_empty() {
        page.blank();
        page.para(format!("To come: {}.", days.join(", ")));
    }
}
