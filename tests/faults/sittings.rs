//! Sittings over pipes: what they acknowledge, and whether it was recorded.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::Learner;

/// Something that a sitting records before it acknowledges it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    Answered(String),
    TakenBack,
    SetAside(String),
}

/// The first lines of all stems, with the ids of their questions.
static STEMS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let learner = Learner::with_packs(&["words"]);
    let all = ["article", "facts", "aws-today", "words"].into_iter();
    let listed = learner.json(&["pack", "list"]);
    let known = |pack: &&str| listed["packs"].as_array().unwrap().iter().any(|p| p["id"] == *pack);
    let others = listed["packs"].as_array().unwrap().iter().filter_map(|p| p["id"].as_str());
    let mut packs: Vec<&str> = all.filter(|pack| *pack == "facts" || known(pack)).chain(others).collect();
    packs.sort_unstable();
    packs.dedup();
    let stem = |question: &Value| {
        let first = question["stem"].as_str().unwrap().lines().next().unwrap_or_default();
        (first.to_owned(), question["id"].as_str().unwrap().to_owned())
    };
    packs.iter().flat_map(|pack| learner.questions(pack)).map(|question| stem(&question)).collect()
});

/// What a transcript acknowledges, in its order. An incomplete last line counts, too: it is printed after the
/// deed is on disk.
pub fn acknowledged(transcript: &str) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut question = "";
    for line in transcript.lines() {
        if let Some(id) = STEMS.get(line) {
            question = id;
        } else if is_verdict(line) {
            deeds.push(Deed::Answered(question.to_owned()));
        } else if line.starts_with("Undone") {
            deeds.push(Deed::TakenBack);
        } else if line.starts_with("Set aside") {
            deeds.push(Deed::SetAside(question.to_owned()));
        }
    }
    deeds
}

/// Whether a line acknowledges an answer.
pub fn is_verdict(line: &str) -> bool {
    line.starts_with("Right") || line.starts_with("Not quite")
}

/// Whether a line acknowledges any deed.
pub fn is_acknowledgement(line: &str) -> bool {
    is_verdict(line) || line.starts_with("Undone") || line.starts_with("Set aside")
}

/// The deed of an event, if a sitting can record it.
pub fn deed(event: &Value) -> Option<Deed> {
    let question = || event["question"].as_str().unwrap().to_owned();
    match event["kind"].as_str()? {
        "answered" => Some(Deed::Answered(question())),
        "retracted" => Some(Deed::TakenBack),
        "suspended" => Some(Deed::SetAside(question())),
        _ => None,
    }
}

/// Checks that all acknowledged deeds of a sitting were recorded, and at most one more: that was on disk
/// before it could be acknowledged.
pub fn check_recorded(acknowledged: &[Deed], recorded: &[Deed]) -> Result<(), String> {
    let kept = recorded.iter().zip(acknowledged).take_while(|(there, said)| there == said).count();
    match (kept == acknowledged.len(), recorded.len() <= acknowledged.len() + 1) {
        (true, true) => Ok(()),
        (true, false) => Err(format!("{} deeds that were never acknowledged", recorded.len() - kept)),
        _ => Err(format!("acknowledged {acknowledged:?}, recorded {recorded:?}")),
    }
}
