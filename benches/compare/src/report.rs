//! The results as Markdown.

use std::fmt::Write;

use crate::table::Table;

/// All that the results say.
pub struct Report {
    pub date: String,
    pub command: String,
    pub is_full: bool,
    pub machine: Vec<(&'static str, String)>,
    pub versions: Vec<(&'static str, String)>,
    pub tables: Vec<Table>,
    /// Work that failed as a whole, and why.
    pub failed: Vec<(String, String)>,
}

const HOW: &str = "\
Contestants take turns: one run each to warm up, then round after round, back and forth. Figures are medians
of the rounds, times are whole processes by the clock on the wall, and ratios are of medians of the same run.
Data is generated: answers spread over two years that end on the day before the run, questions of some 300
bytes, three kinds mixed. hashcards has as many cards in Markdown, Anki as many cards and reviews in a
collection. Anki's `answer_card` and its memory states are timed inside of Python, the rest of Anki is not
counted there. Peaks of memory are the largest resident set that the kernel saw.
";

impl Report {
    pub fn markdown(&self) -> String {
        let mut text = String::from("# How fast the whole program is\n\n");
        if !self.is_full {
            text.push_str("This is no full run: sizes are small, or work is left out.\n\n");
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "Measured on {} by\n\n```\n{}\n```\n\n{HOW}", self.date, self.command);
        text.push_str(&facts("Machine", &self.machine));
        text.push_str(&facts("Versions", &self.versions));
        text.push_str("## Bounds\n\n");
        for table in &self.tables {
            let _ = writeln!(text, "{}", table.markdown());
        }
        text.push_str(&self.gaps());
        text
    }

    fn gaps(&self) -> String {
        let mut text = String::from("## What could not be measured, and why\n\n");
        let of_tables = self.tables.iter().flat_map(Table::gaps);
        let failed = self.failed.iter().map(|(name, why)| (name.as_str(), why.as_str()));
        let mut gaps: Vec<String> =
            of_tables.chain(failed).map(|(name, why)| format!("- {name}: {why}\n")).collect();
        gaps.dedup();
        text.push_str(&if gaps.is_empty() { "Nothing.\n".to_owned() } else { gaps.concat() });
        text
    }
}

fn facts(title: &str, facts: &[(&'static str, String)]) -> String {
    let lines: String = facts.iter().map(|(name, value)| format!("- {name}: {value}\n")).collect();
    format!("## {title}\n\n{lines}\n")
}
