//! Building text: lines that fit, bars, plurals and dates.

use chrono::{Datelike, NaiveDate};
use unicode_width::UnicodeWidthStr;

use super::look::{Look, Tone};
pub use badgedex_domain::wording::{and, date, or};

/// Builds a screen line by line.
#[derive(Debug)]
pub struct Page<'l> {
    look: &'l Look,
    text: String,
}

impl<'l> Page<'l> {
    /// An empty page.
    pub fn new(look: &'l Look) -> Page<'l> {
        Page { look, text: String::new() }
    }

    /// One line, as it is.
    pub fn line(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.text.push_str(format!("{}{}", self.look.margin(), text.as_ref()).trim_end());
        self.text.push('\n');
        self
    }

    /// An empty line.
    pub fn blank(&mut self) -> &mut Self {
        self.text.push('\n');
        self
    }

    /// Text that is broken into lines that fit.
    pub fn para(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.hanging("", text)
    }

    /// An address on a line of its own, without anything glued to it. If it is longer than the line, it is broken
    /// after a slash.
    pub fn address(&mut self, address: &str) -> &mut Self {
        let look = self.look;
        let room = look.width.saturating_sub(2 * look.margin().len()).max(1);
        let mut line = String::new();
        for part in address.split_inclusive('/') {
            if look.wrap && !line.is_empty() && display_width(&line) + display_width(part) > room {
                self.line(look.paint(Tone::Dim, &look.link(address, &line)));
                line.clear();
            }
            line.push_str(part);
        }
        self.line(look.paint(Tone::Dim, &look.link(address, &line)))
    }

    /// Where something is from: words, or addresses with semicolons between.
    pub fn source(&mut self, source: &str) -> &mut Self {
        let parts: Vec<&str> = source.split("; ").collect();
        if !parts.iter().all(|part| part.starts_with("http") && !part.contains(' ')) {
            return self.para(self.look.paint(Tone::Dim, source));
        }
        parts.into_iter().for_each(|part| {
            self.address(part);
        });
        self
    }

    /// Text after a label; further lines are aligned with the text. On a narrow screen they are aligned with
    /// the label.
    pub fn hanging(&mut self, label: &str, text: impl AsRef<str>) -> &mut Self {
        let margin = self.look.margin();
        let below = match self.look.is_narrow() && display_width(label) > 4 {
            true => 2,
            false => display_width(label),
        };
        let first = format!("{margin}{label}");
        let next = format!("{margin}{}", " ".repeat(below));
        for (i, paragraph) in text.as_ref().split('\n').enumerate() {
            let first = if i == 0 { &first } else { &next };
            for (j, line) in wrap(paragraph, self.look, first, &next).iter().enumerate() {
                let is_labelled = i == 0 && j == 0 && !label.trim().is_empty();
                if self.look.plain && !is_labelled && looks_like_a_verdict(line) {
                    self.text.push_str(GUARD);
                }
                self.text.push_str(line.trim_end());
                self.text.push('\n');
            }
        }
        self
    }

    /// Two texts at both ends of a line; on two lines if they do not fit.
    pub fn ends(&mut self, left: &str, right: &str) -> &mut Self {
        let room = self.look.width.saturating_sub(2 * self.look.margin().len());
        let taken = display_width(left) + display_width(right);
        if self.look.plain || taken + 2 > room {
            self.para(left);
            return if right.is_empty() { self } else { self.para(right) };
        }
        self.line(format!("{left}{}{right}", " ".repeat(room - taken)))
    }

    /// A heading, broken into lines that fit.
    pub fn title(&mut self, text: &str) -> &mut Self {
        let painted = self.look.paint(Tone::Title, text).into_owned();
        self.para(painted)
    }

    /// The text, without a line break at its end.
    pub fn done(&self) -> String {
        self.text.trim_end_matches('\n').to_owned()
    }
}

/// Breaks one paragraph between words.
pub fn wrap(text: &str, look: &Look, first: &str, next: &str) -> Vec<String> {
    if !look.wrap {
        return vec![format!("{first}{text}")];
    }
    let options = textwrap::Options::new(look.width.saturating_sub(look.margin().len() / 2))
        .initial_indent(first)
        .subsequent_indent(next)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    // A number and its sign stay on one line.
    let held = text.replace(" %", "\u{a0}%");
    let lines = textwrap::wrap(&held, options);
    lines.into_iter().map(|line| line.replace("\u{a0}%", " %")).collect()
}

/// What is put before a line of other text that would look like a verdict in plain output.
const GUARD: &str = "| ";

/// In plain output a line that starts with a verdict's words is a verdict, and one that starts with `Question N` opens
/// a question of a mock exam: no other text may start so.
fn looks_like_a_verdict(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.strip_prefix("Question ").and_then(|rest| rest.chars().next());
    ["Right", "Not quite"].iter().any(|word| line.starts_with(word))
        || number.is_some_and(|c| c.is_ascii_digit())
}

/// A text of which no line but the first looks like a verdict.
pub fn guarded(text: &str) -> String {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    let guard =
        |line: &str| if looks_like_a_verdict(line) { format!("{GUARD}{line}") } else { line.to_owned() };
    std::iter::once(first).chain(lines.map(guard)).collect::<Vec<_>>().join("\n")
}

/// Columns that a text takes, without its escape codes.
pub fn display_width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// A text in a column of a width: filled with blanks, or cut.
pub fn fit(text: &str, width: usize) -> String {
    let taken = display_width(text);
    if taken <= width {
        return format!("{text}{}", " ".repeat(width - taken));
    }
    let mut cut = String::new();
    for c in text.chars() {
        let wider = format!("{cut}{c}");
        if wider.width() >= width {
            break;
        }
        cut = wider;
    }
    format!("{cut}.{}", " ".repeat(width.saturating_sub(cut.width() + 1)))
}

/// A share, 0 to 1, as a bar of `cells` cells; empty in plain output.
pub fn bar(look: &Look, share: f64, cells: usize) -> String {
    if look.plain {
        return String::new();
    }
    let full = ((share.clamp(0.0, 1.0) * cells as f64).round() as usize).min(cells);
    let full = if share > 0.0 { full.max(1) } else { full };
    let full = if share < 1.0 { full.min(cells.saturating_sub(1)) } else { full };
    let (on, off) = (look.symbol("▰", "#"), look.symbol("▱", "-"));
    format!(
        "{}{}",
        look.paint(Tone::Accent, &on.repeat(full)),
        look.paint(Tone::Dim, &off.repeat(cells - full))
    )
}

/// "62 %". A share below 1 is never shown as 100 %.
pub fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    let shown = if share < 1.0 { rounded.min(99.0) } else { rounded };
    format!("{shown} %")
}

/// "1 question", "2 questions".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// "1,234,567".
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let groups =
        digits.as_bytes()[first..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (first > 0).then(|| digits[..first].to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// "14 Mar 2023".
pub fn short_date(day: NaiveDate) -> String {
    format!("{} {}", day.day(), day.format("%b %Y"))
}

/// "today", "tomorrow", "in 4 days", "3 days ago".
pub fn in_days(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {}", days_in_words(days)),
        _ => format!("{} ago", days_in_words(-days)),
    }
}

/// A number of days, in days, months or years.
fn days_in_words(days: i64) -> String {
    match days {
        ..60 => format!("{days} days"),
        60..700 => format!("{} months", (days as f64 / 30.44).round()),
        _ => format!("{} years", (days as f64 / 365.25).round()),
    }
}

/// "3 years", "18 months".
pub fn months(number: u32) -> String {
    match number % 12 {
        0 => count(number as usize / 12, "year", "years"),
        _ => count(number as usize, "month", "months"),
    }
}

/// The text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), chars.as_str()))
}

/// Minutes and seconds of a sitting: "3 min 40 s", "50 s".
pub fn duration(seconds: u64) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (minutes, rest) {
        (0, _) => format!("{rest} s"),
        (_, 0) => format!("{minutes} min"),
        _ => format!("{minutes} min {rest} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(width: usize) -> Look {
        Look { width, color: false, unicode: true, plain: false, wrap: true, links: false }
    }

    #[test]
    fn a_bar_is_full_only_at_all_of_it_and_empty_only_at_nothing() {
        for (share, bar_text) in [(0.0, "▱▱▱▱"), (0.01, "▰▱▱▱"), (0.5, "▰▰▱▱"), (0.99, "▰▰▰▱"), (1.0, "▰▰▰▰")]
        {
            assert_eq!(bar(&look(80), share, 4), bar_text, "{share}");
        }
    }

    #[test]
    fn words_that_look_like_a_verdict_are_guarded_in_the_plain_face() {
        let plain = Look { plain: true, ..look(20) };
        let mut page = Page::new(&plain);
        page.para("Right: not a verdict").hanging("Right: ", "one");
        assert_eq!(page.done(), "| Right: not a verdict\nRight: one");
        assert_eq!(guarded("1) yes\nRightsizing\nno"), "1) yes\n| Rightsizing\nno");
    }

    #[test]
    fn an_address_is_whole_or_broken_after_a_slash() {
        let whole = "https://example.org/a/long/path";
        for (width, lines) in [(80, vec![whole]), (24, vec!["https://example.org/", "a/long/path"])] {
            let look = look(width);
            let mut page = Page::new(&look);
            page.source(whole);
            assert_eq!(page.done().lines().map(str::trim).collect::<Vec<_>>(), lines);
        }
    }

    #[test]
    fn plurals_and_spans_are_right() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
        assert_eq!(count(1, "question", "questions"), "1 question");
        assert_eq!(count(0, "question", "questions"), "0 questions");
        assert_eq!(in_days(1), "tomorrow");
        assert_eq!(in_days(18), "in 18 days");
        assert_eq!(in_days(-100), "3 months ago");
        assert_eq!(duration(220), "3 min 40 s");
        assert_eq!(duration(60), "1 min");
        assert_eq!(percent(0.999), "99 %");
    }

    #[test]
    fn a_column_is_filled_or_cut() {
        assert_eq!(fit("abc", 5), "abc  ");
        assert_eq!(fit("abcdef", 5), "abcd.");
    }
}
