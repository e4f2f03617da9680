//! `pass --from`: reads a badge file, shows what it holds, and records what the learner agrees to.

use std::fs;
use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Result, bail};
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::Exit;
use super::desk::Desk;
use crate::ui::look::Look;
use crate::ui::output;
use crate::ui::prompter::Wish;
use crate::ui::text::{Page, count, date};
use badgedex_domain::catalog::{Credential, Expires, Validity};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::journal::{Deed, Passed};
use badgedex_domain::period::Offer;
use badgedex_domain::record::Record;
use badgedex_proofs::{self, Badge, BadgeExpiry, BadgeFile, MergedBadge, Recognition};

/// A badge that is a credential, ready to be recorded.
#[derive(Debug, Clone, PartialEq)]
struct Ready {
    name: String,
    passed: Passed,
    /// What is good to know, though nothing to ask about.
    remarks: Vec<String>,
    /// What only the learner can settle.
    questions: Vec<String>,
}

/// A file's badges, sorted by what becomes of them.
#[derive(Debug, Default)]
struct Sorted {
    ready: Vec<Ready>,
    /// In the collection already, with the same dates.
    known: Vec<String>,
    /// Name or place, and why it is left out.
    left_out: Vec<(String, String)>,
}

pub fn run(desk: &mut Desk, path: &Path, yes: bool) -> Result<Exit> {
    let reading = read(path)?;
    let faults: Vec<(String, String)> =
        reading.errors.iter().map(|f| (f.place.clone(), f.problem.clone())).collect();
    let format = reading.format.to_string();
    let mut sorted = sort(reading, &desk.catalogs, &desk.record, desk.today());
    sorted.left_out.extend(faults);
    if !desk.json {
        output::page(&screen(&desk.look(), &format, &sorted))?;
    }
    let Some(agreed) = agree(desk, &mut sorted, yes)? else {
        output::note("nothing was recorded")?;
        return Ok(Exit::Interrupted);
    };
    let recorded: Vec<String> = agreed.iter().map(|r| r.passed.credential.to_string()).collect();
    if !agreed.is_empty() {
        desk.record(agreed.into_iter().map(|ready| Deed::Passed(ready.passed)).collect())?;
    }
    tell(desk, &recorded, &sorted)?;
    let nothing_sound = recorded.is_empty() && sorted.known.is_empty();
    Ok(if nothing_sound { Exit::NotDone } else { Exit::Done })
}

fn read(path: &Path) -> Result<BadgeFile> {
    let cannot = |source: std::io::Error| anyhow::anyhow!("cannot read {}: {source}", path.display());
    let too_large = fs::metadata(path).map_err(cannot)?.len() > badgedex_proofs::MAX_FILE_BYTES as u64;
    let bytes = if too_large { Vec::new() } else { fs::read(path).map_err(cannot)? };
    if too_large {
        bail!("{} is {}", path.display(), badgedex_proofs::BadgeFileError::TooLarge);
    }
    badgedex_proofs::read(&bytes).map_err(|error| anyhow::anyhow!("{} is {error}", path.display()))
}

/// What becomes of each badge of a file.
fn sort(reading: BadgeFile, catalogs: &Catalogs, record: &Record, today: NaiveDate) -> Sorted {
    let mut sorted = Sorted::default();
    for MergedBadge { badge: found, duplicates: earlier } in badgedex_proofs::merge_duplicates(reading.badges)
    {
        let name = found.name.clone().unwrap_or_else(|| found.place.clone());
        if found.name.is_none() && found.slug.is_none() {
            let doubts: Vec<String> = found.warnings.iter().map(ToString::to_string).collect();
            sorted.left_out.push((name, format!("{}; record it with: badgedex pass", doubts.join("; "))));
            continue;
        }
        match badgedex_proofs::recognize(&found, catalogs) {
            Recognition::NotACredential(because) => {
                sorted.left_out.push((name, format!("no credential: {because}")));
            }
            Recognition::Unknown { nearest } => sorted.left_out.push((name, unknown(&nearest))),
            Recognition::Known(credential) => match found.on {
                None => {
                    let doubts: Vec<String> = found.warnings.iter().map(ToString::to_string).collect();
                    sorted.left_out.push((name, doubts.join("; ")));
                }
                Some(on) if on > today => {
                    sorted.left_out.push((name, format!("{} is still to come", date(on))));
                }
                Some(on) => sort_known(&mut sorted, &found, earlier.len(), credential, on, record),
            },
        }
    }
    sorted
}

fn unknown(nearest: &[&Credential]) -> String {
    let names: Vec<&str> = nearest.iter().take(2).map(|c| c.name.as_str()).collect();
    match names.is_empty() {
        true => "no catalog has it".to_owned(),
        false => format!("no catalog has it; the nearest: {}", names.join(", ")),
    }
}

fn sort_known(
    sorted: &mut Sorted,
    found: &Badge,
    earlier: usize,
    credential: &Credential,
    on: NaiveDate,
    record: &Record,
) {
    let expires = match found.expires {
        // Credly leaves the day out also where the issuer names none: the catalog's rule says more.
        BadgeExpiry::Never if matches!(credential.validity, Some(Validity::Months(_))) => None,
        BadgeExpiry::Never => Some(Expires::Never),
        BadgeExpiry::On(day) => Some(Expires::On(day)),
        BadgeExpiry::NotStated => None,
    };
    let passed = Passed { credential: credential.id.clone(), on, expires, proof: found.proof.clone() };
    if record.knows(&passed) || record.holding(&credential.id).is_some_and(|h| h.on > on) {
        sorted.known.push(credential.name.clone());
        return;
    }
    let (questions, remarks): (Vec<_>, Vec<_>) =
        found.warnings.iter().partition(|doubt| doubt.needs_decision());
    let mut questions: Vec<String> = questions.iter().map(ToString::to_string).collect();
    let mut remarks: Vec<String> = remarks.iter().map(ToString::to_string).collect();
    match credential.offer(on) {
        Offer::Announced => questions.push(format!("it was not offered yet on {}", date(on))),
        Offer::Retired => questions.push(format!("it was no longer offered on {}", date(on))),
        Offer::OnOffer | Offer::Unverified => {}
    }
    if earlier > 0 {
        remarks.push(format!(
            "it stands in the file {}; the last to expire counts",
            count(earlier + 1, "time", "times")
        ));
    }
    sorted.ready.push(Ready { name: credential.name.clone(), passed, remarks, questions });
}

fn screen(look: &Look, format: &str, sorted: &Sorted) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.para(format!(
        "{format}: {} recognised, {} known already, {} left out",
        sorted.ready.len(),
        sorted.known.len(),
        sorted.left_out.len()
    ));
    for ready in &sorted.ready {
        let until = match ready.passed.expires {
            Some(Expires::On(day)) => format!(", until {}", date(day)),
            Some(Expires::Never) => ", for ever".to_owned(),
            None => String::new(),
        };
        let mark = if ready.questions.is_empty() { look.symbol("✔ ", "+ ") } else { "? " };
        page.hanging(mark, format!("{}, {}{until}", ready.name, date(ready.passed.on)));
        for remark in ready.remarks.iter().chain(&ready.questions) {
            page.hanging("    ", remark);
        }
    }
    for name in &sorted.known {
        page.hanging("= ", format!("{name}: known already"));
    }
    for (name, why) in &sorted.left_out {
        page.hanging("- ", format!("{name}: {why}"));
    }
    page.done()
}

/// What the learner agrees to; none where they left. In scripts `--yes` agrees to all that leaves nothing open.
fn agree(desk: &Desk, sorted: &mut Sorted, yes: bool) -> Result<Option<Vec<Ready>>> {
    let (clear, open): (Vec<Ready>, Vec<Ready>) =
        sorted.ready.drain(..).partition(|ready| ready.questions.is_empty());
    let asks = !yes && std::io::stdin().is_terminal() && !desk.json;
    if !asks {
        let kept =
            if yes { clear } else { leave_out(sorted, clear, "nothing is recorded unasked: say --yes") };
        let open = leave_out(sorted, open, "only you can say; record it with: badgedex pass");
        return Ok(Some(kept.into_iter().chain(open).collect()));
    }
    let mut prompter = desk.prompter()?;
    let mut agreed = Vec::new();
    let all = format!("Record {}?", count(clear.len(), "credential", "credentials"));
    if !clear.is_empty() {
        match prompter.confirm(&all, true)? {
            Wish::Said(true) => agreed.extend(clear),
            Wish::Said(false) | Wish::Back => {}
            Wish::End | Wish::Quit => return Ok(None),
        }
    }
    for ready in open {
        let question = format!("{}: {}. Record it?", ready.name, ready.questions.join("; "));
        match prompter.confirm(&question, false)? {
            Wish::Said(true) => agreed.push(ready),
            Wish::Said(false) | Wish::Back => {}
            Wish::End | Wish::Quit => return Ok(None),
        }
    }
    Ok(Some(agreed))
}

/// Moves what is not recorded to those left out, and returns nothing of it.
fn leave_out(sorted: &mut Sorted, ready: Vec<Ready>, why: &str) -> Vec<Ready> {
    sorted.left_out.extend(ready.into_iter().map(|r| (r.name, why.to_owned())));
    Vec::new()
}

fn tell(desk: &Desk, recorded: &[String], sorted: &Sorted) -> Result<()> {
    if desk.json {
        let left_out: Vec<Value> =
            sorted.left_out.iter().map(|(name, why)| json!({ "name": name, "why": why })).collect();
        let value = json!({ "format": 1, "recorded": recorded, "known": sorted.known, "left_out": left_out });
        output::json(&value)?;
    } else if recorded.is_empty() {
        output::note("nothing was recorded")?;
    } else {
        output::page(&format!("Recorded: {}.", count(recorded.len(), "credential", "credentials")))?;
    }
    Ok(())
}
