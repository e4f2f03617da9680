//! A question of a mock exam in plain lines: number, time, stem.

use crate::ui::exam_prompt::{ExamPrompt, time_left};
use crate::ui::look::Look;
use crate::ui::text::{Page, capitalized};
use badgedex_domain::grading::Reply;
use badgedex_domain::sanitize;

/// Number, time left, flag, what was answered so far, and the stem. The first line starts with `Question N of M`, as
/// no other line does.
pub fn question(look: &Look, prompt: &ExamPrompt) -> String {
    let mut page = Page::new(look);
    page.blank();
    let mut parts = vec![format!("Question {} of {}", prompt.place + 1, prompt.cells.len())];
    parts.extend(prompt.time.seconds_left().map(|seconds| capitalized(&time_left(seconds))));
    parts.extend(prompt.is_flagged().then(|| "Flagged".to_owned()));
    parts.extend(prompt.reply.and_then(given).map(|given| format!("Your answer so far: {given}")));
    page.line(format!("{}.", parts.join(". ")));
    page.para(&prompt.asked.stem);
    page.done()
}

/// An answer as it is typed in plain lines; `None` if there is none.
fn given(reply: &Reply) -> Option<String> {
    let places =
        |places: &[usize]| places.iter().map(|place| (place + 1).to_string()).collect::<Vec<_>>().join(",");
    match reply {
        Reply::Choice(place) => Some(places(&[*place])),
        Reply::Choices(chosen) | Reply::Order(chosen) => Some(places(chosen)),
        Reply::Text(text) => Some(sanitize::line(text).into_owned()),
        Reply::Recalled(_) | Reply::DontKnow => None,
    }
}
