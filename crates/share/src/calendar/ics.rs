//! Entries as the text of an iCalendar file: the small part of RFC 5545 that we need.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::CalendarEntry;
use badgedex_domain::sanitize;

/// The octets of a line, without its line break.
const LINE_OCTETS: usize = 75;

/// The calendar as a file's text; `stamp` is the time of the last event in the journal, so that the
/// same data gives the same bytes.
///
/// RFC 5545 does not allow a calendar without entries: do not write one. Days that the format cannot express
/// (before the year 1, after 9999) are left out.
pub fn write(entries: &[CalendarEntry], stamp: DateTime<Utc>) -> String {
    let stamp = instant(stamp);
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//badgedex//badgedex//EN");
    file.line("CALSCALE:GREGORIAN");
    file.line("METHOD:PUBLISH");
    file.line("X-WR-CALNAME:badgedex");
    for entry in entries {
        file.event(entry, &stamp);
    }
    file.line("END:VCALENDAR");
    file.text
}

#[derive(Default)]
struct File {
    text: String,
}

impl File {
    fn event(&mut self, entry: &CalendarEntry, stamp: &str) {
        let Some(start) = day(entry.on) else { return };
        let end = entry.until.unwrap_or(entry.on).max(entry.on).succ_opt().and_then(day);
        let title = escaped(&sanitize::line(&entry.title));
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}", escaped(&sanitize::line(&entry.uid))));
        self.line(&format!("DTSTAMP:{stamp}"));
        self.line(&format!("DTSTART;VALUE=DATE:{start}"));
        if let Some(end) = end {
            self.line(&format!("DTEND;VALUE=DATE:{end}"));
        }
        self.line(&format!("SUMMARY:{title}"));
        self.line(&format!("DESCRIPTION:{}", escaped(&sanitize::paragraph(&entry.text))));
        self.line(&format!("CATEGORIES:{}", entry.kind.category()));
        self.line("TRANSP:TRANSPARENT");
        for trigger in entry.kind.triggers() {
            self.alarm(&trigger, &title);
        }
        self.line("END:VEVENT");
    }

    fn alarm(&mut self, trigger: &str, title: &str) {
        self.line("BEGIN:VALARM");
        self.line("ACTION:DISPLAY");
        self.line(&format!("TRIGGER:{trigger}"));
        self.line(&format!("DESCRIPTION:{title}"));
        self.line("END:VALARM");
    }

    /// One line, folded: a continuation line begins with a blank.
    fn line(&mut self, line: &str) {
        let (mut rest, mut room) = (line, LINE_OCTETS);
        while rest.len() > room {
            let (head, tail) = rest.split_at(fold_at(rest, room));
            self.text.push_str(head);
            self.text.push_str("\r\n ");
            (rest, room) = (tail, LINE_OCTETS - 1);
        }
        self.text.push_str(rest);
        self.text.push_str("\r\n");
    }
}

/// The last place for a fold: between characters and not after a blank, because some readers trim lines.
fn fold_at(text: &str, room: usize) -> usize {
    let edge = (1..=room).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    let trimmed = text[..edge].trim_end().len();
    if trimmed > 0 { trimmed } else { edge }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            _ if c.is_control() => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

/// `None` if the year does not have four digits.
fn day(day: NaiveDate) -> Option<String> {
    (1..=9999).contains(&day.year()).then(|| day.format("%Y%m%d").to_string())
}

/// A leap second, which many readers refuse, is written as the second before it.
fn instant(at: DateTime<Utc>) -> String {
    let time = at.time().with_nanosecond(0).unwrap_or_default();
    let day = day(at.date_naive()).unwrap_or_else(|| "19700101".to_owned());
    format!("{day}T{}Z", time.format("%H%M%S"))
}
