//! Words: the short texts to post, and the sentences that cards and pages share.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::{Earned, Shown, Wall};
use badgedex_domain::catalog::Expires;
use badgedex_domain::sanitize;
use badgedex_domain::wording::and;
pub use badgedex_domain::wording::date;

/// A post names at most this many credentials, and counts the others.
const MAX_NAMES: usize = 6;

/// A short text to post about one credential.
pub fn news(earned: &Earned) -> String {
    let what = format!("{}{}", name(earned), phrase(" from ", &clean(&earned.issuer)));
    let on = date(earned.on);
    let opening = match (earned.state, last_day(earned)) {
        (Shown::Held | Shown::Expiring, _) => format!("I am happy to share that I earned {what} on {on}."),
        (Shown::Expired, Some(until)) => {
            format!("I earned {what} on {on} and held it until {}.", date(until))
        }
        (Shown::Expired, None) => format!("I earned {what} on {on}; it is no longer valid."),
    };
    let validity = match (earned.state, earned.expires) {
        (Shown::Expired, _) | (_, None) => None,
        (_, Some(Expires::Never)) => Some("It does not expire.".to_owned()),
        (_, Some(Expires::On(day))) => Some(format!("It is valid until {}.", date(day))),
    };
    let proof = proof(earned).map(|proof| format!("Proof: {proof}"));
    [Some(opening), validity, proof].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A short text to post about a whole collection; the latest come first.
pub fn wall_news(wall: &Wall) -> String {
    let (title, today) = (clean(&wall.title), date(wall.today));
    let mut held: Vec<&Earned> = wall.held().collect();
    held.sort_by_key(|e| Reverse(e.on));
    let mut names: Vec<String> = held.iter().take(MAX_NAMES).map(|e| name(e)).collect();
    if held.len() > MAX_NAMES {
        names.push(format!("{} more", held.len() - MAX_NAMES));
    }
    match held.len() {
        0 => format!("{title}: my collection begins here, and its first place is still free ({today})."),
        1 => format!("{title}: as of {today} I hold my first one, {}.", and(&names)),
        count => format!(
            "{title}: as of {today} I hold {count} of them, and I am glad of every one: {}.",
            and(&names)
        ),
    }
}

/// A label and a value for how long it is valid; `None` if that is not known.
pub fn validity(earned: &Earned) -> Option<(&'static str, String)> {
    let label = if earned.is_held() { "Valid until" } else { "Was valid until" };
    match earned.expires? {
        Expires::Never => Some(("Validity", "Does not expire".to_owned())),
        Expires::On(day) => Some((label, date(day))),
    }
}

/// One sentence with everything that a card shows, for those who cannot see it.
pub fn description(earned: &Earned) -> String {
    let tier = phrase(", ", &clean(&earned.tier));
    let by = phrase(" by ", &clean(&earned.issuer));
    let valid = validity(earned).map(|(label, value)| format!(". {label}: {value}")).unwrap_or_default();
    let proof = proof(earned).map(|proof| format!(". Proof: {proof}")).unwrap_or_default();
    format!("{}{tier}{by}. Passed on {}{valid}{proof}.", name(earned), date(earned.on))
}

/// The name, or the short name if the name is blank.
pub fn name(earned: &Earned) -> String {
    let name = clean(&earned.name);
    if name.is_empty() { clean(&earned.short) } else { name }
}

/// The proof; `None` if it is missing or blank.
pub fn proof(earned: &Earned) -> Option<String> {
    earned.proof.as_deref().map(clean).filter(|proof| !proof.is_empty())
}

/// The last valid day; `None` if it never expires or that is not known.
pub fn last_day(earned: &Earned) -> Option<NaiveDate> {
    match earned.expires? {
        Expires::On(day) => Some(day),
        Expires::Never => None,
    }
}

/// Foreign text on one line, with single spaces and without characters that XML forbids.
pub fn clean(text: &str) -> String {
    let allowed = sanitize::line(text).replace(['\u{fffe}', '\u{ffff}'], "");
    allowed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text after an opening, or nothing.
fn phrase(opening: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{opening}{text}") }
}
