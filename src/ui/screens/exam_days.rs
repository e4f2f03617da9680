//! The days before an exam in words: what is asked today, what will be remembered, and what to do about it.

use crate::ui::text::{count, date, percent};
use badgedex_domain::exam_days::{AIM, Outlook};
use badgedex_domain::selection::ExamToday;

/// The days before the next exam.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamDaysView {
    /// The credential or the pack, as a person calls it.
    pub name: String,
    pub today: ExamToday,
    /// `None` if nothing is in study.
    pub outlook: Option<Outlook>,
    /// Whether today is a day off.
    pub is_day_off: bool,
}

impl ExamDaysView {
    /// "24 questions today, 9 of them new."
    pub fn todays(&self) -> String {
        let ExamToday { questions, new, done, .. } = self.today;
        let number = match (questions, new) {
            (0, _) if self.is_day_off => return "Today is a day off.".to_owned(),
            (0, _) if done.answers == 0 => return "Nothing to study today.".to_owned(),
            (0, _) => return "Today's questions are done; the rest of the day is free.".to_owned(),
            (all, 0) => count(all, "question", "questions"),
            (all, new) if all == new => count(new, "new question", "new questions"),
            (all, new) => {
                return format!("{} today, {new} of them new.", count(all, "question", "questions"));
            }
        };
        format!("{number} today.")
    }

    /// "At this pace you would remember about 86 % on 21 December 2026 (78 to 91 %)."
    pub fn at_this_pace(&self) -> Option<String> {
        let Outlook { forecast, is_rough, .. } = self.outlook?;
        let rough = if is_rough { " A rough guess until you have met 20 questions." } else { "" };
        Some(format!(
            "At this pace you would remember about {} on {}{}.{rough}",
            percent(forecast.mid),
            date(self.today.on),
            range(forecast.low, forecast.high)
        ))
    }

    /// "31 answers a day would bring it to 85 %; you give about 20."; `None` if the learner is on course.
    pub fn more_a_day(&self) -> Option<String> {
        let outlook = self.outlook.filter(|outlook| !outlook.is_on_course())?;
        let daily = self.today.daily;
        Some(match outlook.needed {
            Some(needed) => format!(
                "{} a day would bring it to {}; your daily number is {daily}.",
                count(needed as usize, "answer", "answers"),
                percent(AIM)
            ),
            None => format!("No daily number would bring it to {} by then.", percent(AIM)),
        })
    }
}

/// " (78 to 91 %)"; empty if both are the same number.
fn range(low: f64, high: f64) -> String {
    let (low, high) = (percent(low), percent(high));
    if low == high { String::new() } else { format!(" ({} to {high})", low.trim_end_matches(" %")) }
}

/// What the learner can do who is behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatchUp {
    /// Give this many answers a day.
    More(u32),
    /// Set aside this many questions, those that count least.
    Fewer(usize),
}

impl CatchUp {
    /// The choice in a menu.
    pub fn words(&self, daily: u32) -> String {
        match self {
            CatchUp::More(needed) => format!("{needed} answers a day, instead of {daily}"),
            CatchUp::Fewer(number) => {
                format!("Leave out {} that count least", count(*number, "new question", "new questions"))
            }
        }
    }

    /// The command that does the same.
    pub fn command(&self) -> String {
        match self {
            CatchUp::More(needed) => format!("badgedex set answers_per_day {needed}"),
            CatchUp::Fewer(number) => format!("badgedex suspend --least {number}"),
        }
    }
}
