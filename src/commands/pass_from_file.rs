//! `pass --from`: reads a badge file, shows what it holds, and records what the learner agrees to.

mod intake;
mod screen;

use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Result, bail};
use serde_json::Value;

use super::app_context::AppContext;
use super::exit::Exit;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::prompter::Prompted;
use crate::ui::text::count;
use badgedex_domain::journal::Deed;
use badgedex_files::ReadError;
use badgedex_proofs::{self, BadgeFile};
use intake::{Intake, ReadyBadge, WhyLeftOut};

/// Reads a badge file and records its credentials; with `yes`, without asking.
///
/// # Errors
/// The file is not a badge file, or the store cannot be written to.
pub fn run(app: &mut AppContext, path: &Path, yes: bool) -> Result<Exit> {
    let reading = read(path)?;
    let format = reading.format.to_string();
    let mut intake = Intake::of(reading, &app.packs.catalogs, &app.learner.record, app.clock.today);
    if !app.ui.json {
        output::page(&screen::screen(&app.ui.look(), &format, &intake))?;
    }
    let Some(agreed) = agree(app, &mut intake, yes)? else {
        output::note("nothing was recorded")?;
        return Ok(Exit::Interrupted);
    };
    let recorded: Vec<String> = agreed.iter().map(|badge| badge.passed.credential.to_string()).collect();
    if !agreed.is_empty() {
        app.record(agreed.into_iter().map(|badge| Deed::Passed(badge.passed)).collect())?;
    }
    tell(app, &recorded, &intake)?;
    let nothing_sound = recorded.is_empty() && intake.known.is_empty();
    Ok(if nothing_sound { Exit::NotDone } else { Exit::Done })
}

fn read(path: &Path) -> Result<BadgeFile> {
    let bytes = match badgedex_files::read(path, badgedex_proofs::MAX_FILE_BYTES as u64) {
        Ok(bytes) => bytes,
        Err(ReadError::TooLarge { .. }) => {
            bail!("{} is {}", path.display(), badgedex_proofs::BadgeFileError::TooLarge)
        }
        Err(error) => bail!("cannot read {}: {error}", path.display()),
    };
    badgedex_proofs::read(&bytes).map_err(|error| anyhow::anyhow!("{} is {error}", path.display()))
}

/// What the learner agrees to; `None` if they left. In scripts `--yes` agrees to all that leaves nothing open.
fn agree(app: &AppContext, intake: &mut Intake, yes: bool) -> Result<Option<Vec<ReadyBadge>>> {
    let (clear, open): (Vec<ReadyBadge>, Vec<ReadyBadge>) =
        intake.ready.drain(..).partition(|badge| badge.open.is_empty());
    if !yes && std::io::stdin().is_terminal() && !app.ui.json {
        return ask(app, clear, open);
    }
    let agreed = match yes {
        true => clear,
        false => {
            intake.leave_out(clear, &WhyLeftOut::NotAgreed);
            Vec::new()
        }
    };
    intake.leave_out(open, &WhyLeftOut::Unanswered);
    Ok(Some(agreed))
}

/// Asks once about all clear ones, and about each of the others; `None` if the learner leaves.
fn ask(app: &AppContext, clear: Vec<ReadyBadge>, open: Vec<ReadyBadge>) -> Result<Option<Vec<ReadyBadge>>> {
    let mut prompter = app.ui.prompter()?;
    let mut agreed = Vec::new();
    let all = format!("Record {}?", count(clear.len(), "credential", "credentials"));
    if !clear.is_empty() {
        match prompter.confirm(&all, true)? {
            Prompted::Input(true) => agreed.extend(clear),
            Prompted::Input(false) | Prompted::Back => {}
            Prompted::EndOfInput | Prompted::Quit => return Ok(None),
        }
    }
    for badge in open {
        let questions: Vec<String> = badge.open.iter().map(screen::open_question).collect();
        let question = format!("{}: {}. Record it?", badge.name, questions.join("; "));
        match prompter.confirm(&question, false)? {
            Prompted::Input(true) => agreed.push(badge),
            Prompted::Input(false) | Prompted::Back => {}
            Prompted::EndOfInput | Prompted::Quit => return Ok(None),
        }
    }
    Ok(Some(agreed))
}

fn tell(app: &AppContext, recorded: &[String], intake: &Intake) -> Result<()> {
    if app.ui.json {
        let left_out: Vec<Value> = intake
            .left_out
            .iter()
            .map(|one| json!({ "name": one.name, "why": screen::why_left_out(&one.why) }))
            .collect();
        let value = json!({ "format": 1, "recorded": recorded, "known": intake.known, "left_out": left_out });
        output::json(&value)?;
    } else if recorded.is_empty() {
        output::note("nothing was recorded")?;
    } else {
        output::page(&format!("Recorded: {}.", count(recorded.len(), "credential", "credentials")))?;
    }
    Ok(())
}
