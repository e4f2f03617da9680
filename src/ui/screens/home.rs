//! The head of the menu.

use chrono::NaiveDate;

use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, count, in_days};

/// Seconds that a question takes, for "about 4 minutes", where nothing better is known.
const SECONDS_A_QUESTION: usize = 20;
const LABEL: usize = 12;

/// The figures of the head.
#[derive(Debug, Clone)]
pub struct Head {
    pub today: NaiveDate,
    pub due: usize,
    /// New ones that today's limit allows.
    pub new: usize,
    pub streak_days: u32,
    /// Held ones that are on offer, and how many are.
    pub held: usize,
    pub obtainable: usize,
    /// The nearest exam: short name and day.
    pub exam: Option<(String, NaiveDate)>,
    /// The nearest expiry: short name and day.
    pub expiry: Option<(String, NaiveDate)>,
    /// The suggestion in one line.
    pub next: String,
}

pub fn head(look: &Look, head: &Head) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.ends(&look.paint(Tone::Title, "badgedex"), &head.today.format("%a %-d %b %Y").to_string());
    page.blank();
    page.ends(&to_do(head), &streak(head));
    let cells = bar(look, head.held as f64 / head.obtainable.max(1) as f64, 12);
    let gap = if cells.is_empty() { "" } else { "  " };
    let held = format!("{:LABEL$}{cells}{gap}{} of {}", "Collection", head.held, head.obtainable);
    page.ends(&held, &dates(head));
    page.hanging(&format!("{:LABEL$}", "Next"), &head.next);
    page.done()
}

fn to_do(head: &Head) -> String {
    match (head.due, head.new) {
        (0, 0) => "Nothing is due".to_owned(),
        (0, new) => count(new, "new question", "new questions"),
        (due, _) => {
            let minutes = (due * SECONDS_A_QUESTION).div_ceil(60);
            format!("{due} due, about {}", count(minutes, "minute", "minutes"))
        }
    }
}

fn streak(head: &Head) -> String {
    match head.streak_days {
        0 => String::new(),
        days => format!("streak {}", count(days as usize, "day", "days")),
    }
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
