//! What is wrong with an id, a topic or a date, and what to write instead.

use crate::nearest::nearest;
use crate::slug::{is_slug, slug};
use badgedex_domain::question::Pack;

/// More topics are not named.
const MAX_TOPICS: usize = 8;

/// Longer names, in bytes, and names among more topics are not compared for their likeness.
const MAX_LENGTH: usize = 100;
const MAX_COMPARED: usize = 200;

/// An id without its pack, or in other letters than an id has.
pub fn wrong_id(id: &str, pack: &str) -> String {
    let (before, name) = id.split_once('/').unwrap_or((pack, id));
    let name = slug(name);
    let name = if name.is_empty() { "name" } else { &name };
    match before == pack && id.contains('/') {
        true => format!("after \"{pack}/\" come a to z, 0 to 9 and hyphens: write the id \"{pack}/{name}\""),
        false if is_slug(pack) => {
            format!("an id begins with that of its pack: write the id \"{pack}/{name}\"")
        }
        false => "an id begins with that of its pack, which has to be fixed first".to_owned(),
    }
}

/// A topic that the pack does not have.
pub fn no_topic(topic: &str, pack: &Pack) -> String {
    if topic.len() > MAX_LENGTH || pack.topics.len() > MAX_COMPARED {
        return "the pack has no such topic: write the id of one of pack.json".to_owned();
    }
    let wanted = slug(topic);
    let by_name = pack.topics.iter().find(|t| slug(&t.name) == wanted && !wanted.is_empty());
    let ids: Vec<&str> = pack.topics.iter().map(|topic| topic.id.as_str()).collect();
    let meant = match by_name {
        Some(topic) => Some(topic.id.as_str()),
        None => nearest(&wanted, &ids),
    };
    match meant {
        Some(meant) => format!("the pack has no topic \"{topic}\": did you mean \"{meant}\"?"),
        None => format!("the pack has no topic \"{topic}\": {}", choice_of(&ids)),
    }
}

/// A question without a topic.
pub fn missing_topic(pack: &Pack) -> String {
    let ids: Vec<&str> = pack.topics.iter().map(|topic| topic.id.as_str()).collect();
    format!("\"topic\" is missing: {}", choice_of(&ids))
}

fn choice_of(ids: &[&str]) -> String {
    let named: Vec<String> = ids.iter().take(MAX_TOPICS).map(|id| format!("\"{id}\"")).collect();
    match ids.len() {
        0 => "write a topic into \"topics\" of pack.json first".to_owned(),
        1..=MAX_TOPICS => format!("write {}", named.join(" or ")),
        _ => format!("write {} or another one of pack.json", named.join(", ")),
    }
}

/// A text that is not a day.
pub fn no_date(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    let is_shaped = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && parts.iter().map(|part| part.len()).eq([4, 2, 2]);
    match is_shaped {
        true => format!("there is no day {text}: write one that is in the calendar"),
        false => format!("\"{text}\" is not a date: write YYYY-MM-DD"),
    }
}

/// An id of a pack in other letters than an id has.
pub fn wrong_pack_id(id: &str) -> String {
    let like = slug(id);
    let like = if like.is_empty() { "my-pack" } else { &like };
    format!("the id \"{id}\" may hold only a to z, 0 to 9 and hyphens: write \"{like}\"")
}

/// A credential that no catalog has.
pub fn no_credential(id: &str) -> String {
    format!("no catalog has a credential \"{id}\": write an id that badgedex badges knows")
}
