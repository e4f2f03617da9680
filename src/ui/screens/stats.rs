//! What was learned, and what is to come.

use crate::domain::history::Calibration;
use crate::domain::overview::{Overview, TopicSum};
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, count, fit, in_days, percent};

/// So many answers make a calibration worth telling.
const ENOUGH: u32 = 20;

/// What the screen is made of.
#[derive(Debug, Clone, Copy)]
pub struct Stats<'a> {
    pub overview: &'a Overview,
    /// Whether streak, levels and awards are shown.
    pub gamification: bool,
}

pub fn stats(look: &Look, stats: &Stats) -> String {
    let stats = stats.overview;
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
    page.para(format!("{}, {share} right.", count(stats.answers as usize, "answer", "answers")));
    page.para(calibration(&stats.predictions.all));
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

fn topics(page: &mut Page, look: &Look, stats: &Overview) {
    let widest = stats.topics.iter().map(|topic| topic.name.chars().count()).max().unwrap_or(0).min(26);
    let mut last = "";
    for TopicSum { pack_title: pack, name: topic, mastery, .. } in &stats.topics {
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

fn coming(page: &mut Page, stats: &Overview) {
    let days: Vec<String> = stats
        .coming
        .iter()
        .filter(|(day, _)| **day > stats.day)
        .take(4)
        .map(|(day, number)| format!("{number} {}", in_days((*day - stats.day).num_days())))
        .collect();
    if !days.is_empty() {
        page.blank();
        page.para(format!("To come: {}.", days.join(", ")));
    }
}
