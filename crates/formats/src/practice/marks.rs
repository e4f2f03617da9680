//! The marks of tasks as they are meant: `- [×]`, `- []` and `-[x]` are not tasks in Markdown.

use std::borrow::Cow;

/// What is between the brackets of a ticked task.
const TICKS: [&str; 8] = ["x", "X", "×", "х", "Х", "✓", "✔", "✅"];

/// A text with its tasks marked as Markdown wants it, and its code closed as it is meant to be.
pub fn tidied(text: &str) -> Cow<'_, str> {
    let (mut tidied, mut fence) = (String::with_capacity(text.len() + 64), Fence::default());
    for line in text.split_inclusive('\n') {
        let (is_code, better) = fence.take(line);
        match task(line).filter(|task| !is_code && !task.is_proper()) {
            Some(task) => task.write(&mut tidied),
            None => tidied.push_str(better.unwrap_or(line)),
        }
        if better.is_some() {
            tidied.push('\n');
        }
    }
    if tidied == text { Cow::Borrowed(text) } else { Cow::Owned(tidied) }
}

/// The code that is open: how many backticks opened it.
#[derive(Default)]
struct Fence(Option<usize>);

impl Fence {
    /// Whether a line belongs to code, and the line that was meant if it is written differently: what opens code
    /// again while code is open was meant to close it.
    fn take<'a>(&mut self, line: &'a str) -> (bool, Option<&'a str>) {
        let rest = line.trim_start();
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let info = rest[ticks..].trim();
        if ticks < 3 || info.contains('`') {
            return (self.0.is_some(), None);
        }
        let closes = self.0.is_some_and(|open| ticks >= open);
        if closes {
            self.0 = None;
        } else if self.0.is_none() {
            self.0 = Some(ticks);
        }
        let bare = &line[..line.len() - rest.len() + ticks];
        (true, (closes && !info.is_empty()).then_some(bare))
    }
}

/// Whether a line is a task, and a ticked one.
pub fn tick(line: &str) -> Option<bool> {
    task(line).map(|task| !task.inner.trim().is_empty())
}

/// A line that is meant as a task.
struct Task<'a> {
    /// The blanks before it, and its bullet.
    bullet: &'a str,
    /// Between the bullet and the bracket.
    gap: &'a str,
    inner: &'a str,
    words: &'a str,
}

fn task(line: &str) -> Option<Task<'_>> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let rest = line[indent..].strip_prefix(['-', '*', '+'])?;
    let open = rest.trim_start_matches([' ', '\t']);
    let (inner, words) = open.strip_prefix('[')?.split_once(']')?;
    let is_mark = inner.trim().is_empty() || TICKS.contains(&inner.trim());
    let is_link = words.starts_with(['(', '[', ':']);
    let gap = &rest[..rest.len() - open.len()];
    (is_mark && !is_link).then_some(Task { bullet: &line[..=indent], gap, inner, words })
}

impl Task<'_> {
    fn is_proper(&self) -> bool {
        let is_apart = self.words.is_empty() || self.words.starts_with(char::is_whitespace);
        !self.gap.is_empty() && is_apart && matches!(self.inner, " " | "x" | "X")
    }

    fn write(&self, into: &mut String) {
        let mark = if self.inner.trim().is_empty() { " [ ] " } else { " [x] " };
        into.extend([self.bullet, mark, self.words.trim_start_matches([' ', '\t'])]);
    }
}
