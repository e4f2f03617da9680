//! Mastery by pack and topic.

use super::numbers::{counted, number};
use super::of;
use crate::ui::look::{Look, Tone};
use crate::ui::styled_page::{StyledPage, span};
use crate::ui::text::{bar, display_width, fit, percent};
use badgedex_domain::mastery::Mastery;
use badgedex_domain::overview::{Overview, TopicSummary};

/// At most this many topics of a pack are listed, the weakest.
const MAX_TOPICS: usize = 12;
/// Columns of a topic's name, at most.
const MAX_NAME: usize = 30;
/// With fewer columns for the name the tally is left out.
const MIN_NAME: usize = 10;

/// Adds the mastery of each pack and topic.
pub fn mastery(page: &mut StyledPage, overview: &Overview) {
    let mean = overview.all.mean.map(percent).unwrap_or_default();
    page.heading("Mastery", &mean);
    let mut waiting = Vec::new();
    for topics in overview.topics.chunk_by(|a, b| a.pack == b.pack) {
        let whole = Whole::of(topics);
        if whole.questions == 0 {
            continue;
        }
        if whole.seen == 0 {
            waiting.push(topics[0].pack_title.clone());
            continue;
        }
        pack(page, topics, &whole);
    }
    if !waiting.is_empty() {
        page.toned(Tone::Dim, "", format!("Not begun: {}.", named(&waiting)));
    }
}

/// A pack's topics together.
struct Whole {
    questions: usize,
    seen: usize,
    mastered: usize,
    mean: f64,
}

impl Whole {
    fn of(topics: &[TopicSummary]) -> Whole {
        let sum = |of: fn(&Mastery) -> usize| topics.iter().map(|topic| of(&topic.mastery)).sum::<usize>();
        let questions = sum(|m| m.questions);
        let weighed = |m: &Mastery| m.mean.unwrap_or(0.0) * m.questions as f64;
        let mean = topics.iter().map(|topic| weighed(&topic.mastery)).sum::<f64>() / questions.max(1) as f64;
        Whole { questions, seen: sum(|m| m.seen), mastered: sum(|m| m.mastered), mean }
    }
}

fn pack(page: &mut StyledPage, topics: &[TopicSummary], whole: &Whole) {
    let tally = format!("{} mastered", of(whole.mastered as u64, whole.questions as u64));
    let title = &topics[0].pack_title;
    if page.look.plain {
        page.para(format!("Pack {title}: mastery {}, {tally}.", percent(whole.mean)));
    } else {
        let row = Row { name: title, mean: whole.mean, tally, tone: Tone::Title, indent: 0 };
        row.line(page);
    }
    let mut begun: Vec<&TopicSummary> = topics.iter().filter(|topic| topic.mastery.seen > 0).collect();
    let hidden = begun.len().saturating_sub(MAX_TOPICS);
    if hidden > 0 {
        let mean = |topic: &TopicSummary| topic.mastery.mean.unwrap_or(0.0);
        begun.sort_by(|a, b| mean(a).total_cmp(&mean(b)));
        begun.truncate(MAX_TOPICS);
    }
    begun.iter().for_each(|one| topic(page, one));
    let open = topics.iter().filter(|topic| topic.mastery.seen == 0 && topic.mastery.questions > 0).count();
    let more = [(hidden, "stronger topic", "stronger topics"), (open, "topic not begun", "topics not begun")];
    let more: Vec<String> = more
        .iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| counted(*number as u64, one, many))
        .collect();
    if !more.is_empty() {
        page.toned(Tone::Dim, "  ", format!("and {}", more.join(", ")));
    }
}

fn topic(page: &mut StyledPage, topic: &TopicSummary) {
    let Mastery { mean, questions, mastered, .. } = topic.mastery;
    let mean = mean.unwrap_or(0.0);
    let tally = of(mastered as u64, questions as u64);
    if page.look.plain {
        page.para(format!("- {}: {}, {tally} mastered", topic.name, percent(mean)));
        return;
    }
    Row { name: &topic.name, mean, tally, tone: Tone::Plain, indent: 2 }.line(page);
}

/// A name, a bar and figures in columns.
struct Row<'a> {
    name: &'a str,
    mean: f64,
    tally: String,
    tone: Tone,
    indent: usize,
}

impl Row<'_> {
    fn line(self, page: &mut StyledPage) {
        let is_narrow = page.look.is_narrow();
        let cells = if is_narrow { 8 } else { 18 };
        // A gap and the percentage.
        let bare = cells + 8;
        let has_tally = !is_narrow && bare + 2 + display_width(&self.tally) + MIN_NAME <= page.room();
        let tally = if has_tally { format!("  {}", self.tally) } else { String::new() };
        let taken = bare + if has_tally { display_width(&tally).max(22) } else { 0 };
        let width = page.room().saturating_sub(taken).clamp(MIN_NAME - 2, MAX_NAME) - self.indent;
        let drawn = bar(&Look { color: false, ..page.look }, self.mean, cells);
        page.line([
            span(self.tone, format!("{}{}", " ".repeat(self.indent), fit(self.name, width))),
            span(Tone::Accent, format!("  {drawn}")),
            span(self.tone, format!("{:>6}", percent(self.mean))),
            span(Tone::Dim, tally),
        ]);
    }
}

/// "A, B and 3 others".
fn named(titles: &[String]) -> String {
    const MAX_PACKS_NAMED: usize = 3;
    let (first, rest) = titles.split_at(titles.len().min(MAX_PACKS_NAMED));
    match rest.len() {
        0 => first.join(", "),
        more => format!("{} and {} more", first.join(", "), number(more as u64)),
    }
}
