//! The marks of tasks as they are meant: "- [×]", "- []" and "-[x]" are no tasks in Markdown.

use std::borrow::Cow;

/// What stands between the brackets of a ticked task.
const TICKS: [&str; 8] = ["x", "X", "×", "х", "Х", "✓", "✔", "✅"];

/// A text with its tasks marked as Markdown wants it, line by line.
pub fn tidied(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| task(line).is_some_and(|task| !task.is_proper())) {
        return Cow::Borrowed(text);
    }
    let mut tidied = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        match task(line).filter(|task| !task.is_proper()) {
            Some(task) => task.write(&mut tidied),
            None => tidied.push_str(line),
        }
    }
    Cow::Owned(tidied)
}

/// Whether a line is a task, and a ticked one.
pub fn tick(line: &str) -> Option<bool> {
    task(line).map(|task| !task.inner.trim().is_empty())
}

/// A line that is meant as a task.
struct Task<'a> {
    /// The blanks in front of it, and its bullet.
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
