//! `pack new`: asks four things and lays out a pack that can be studied at once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cli::PackNewArgs;
use crate::commands::app_context::AppContext;
use crate::commands::errors::not_found;
use crate::commands::exit::Exit;
use crate::commands::files;
use crate::ui::json::{self, json};
use crate::ui::output;
use crate::ui::prompter::{Prompted, Prompter};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::facts;
use badgedex_domain::question::Teaches;
use badgedex_domain::sanitize;
use badgedex_files::private;
use badgedex_packs::installed::PackChange;
use badgedex_packs::new_pack::{NewPack, topics_of};
use badgedex_packs::slug::slug;
use badgedex_store::describe_io_error;

/// The licence that is proposed: others may not use the pack.
const NO_LICENCE: &str = "all rights reserved";
/// What is typed for a pack that is for no credential.
const NONE: &str = "none";

/// Asks what is not given, by a prompter that is opened for the first question.
struct Asking<'a> {
    app: &'a AppContext,
    prompter: Option<Box<dyn Prompter>>,
}

/// How the command ends if no pack is laid out and that is not an error.
type Left = Exit;

/// Asks for what is not given, and writes the new pack.
///
/// # Errors
/// A value does not fit, nobody can be asked, or the folder cannot be written.
pub fn run(app: &AppContext, wanted: &PackNewArgs) -> Result<Exit> {
    let mut asking = Asking { app, prompter: None };
    let (blank, folder) = match asking.blank(wanted)? {
        Ok(found) => found,
        Err(left) => {
            output::note("nothing was written")?;
            return Ok(left);
        }
    };
    lay_out(app, &blank, &folder)?;
    tell(app, &blank, &folder)?;
    Ok(Exit::Done)
}

/// What is asked, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Title,
    Purpose,
    Topics,
    Licence,
}

const STEPS: [Step; 4] = [Step::Title, Step::Purpose, Step::Topics, Step::Licence];

impl Step {
    fn is_given(self, wanted: &PackNewArgs) -> bool {
        match self {
            Step::Title => wanted.title.is_some(),
            Step::Purpose => wanted.credential.is_some(),
            Step::Topics => wanted.topics.is_some(),
            Step::Licence => wanted.licence.is_some(),
        }
    }
}

/// What was said so far.
struct Draft {
    blank: NewPack,
    folder: PathBuf,
}

impl Asking<'_> {
    /// Goes through the steps; back leads to the step before, and leaves at the first one.
    fn blank(&mut self, wanted: &PackNewArgs) -> Result<Result<(NewPack, PathBuf), Left>> {
        // A place that is taken is told before anything is asked.
        if let Some(at) = &wanted.at {
            place(self.app, Some(at), "")?;
        }
        let mut draft = Draft { blank: NewPack::unsaid(), folder: PathBuf::new() };
        let mut at = 0;
        while let Some(step) = STEPS.get(at) {
            at = match self.step(*step, wanted, &mut draft)? {
                Ok(()) => at + 1,
                Err(Exit::NotDone) => match STEPS[..at].iter().rposition(|step| !step.is_given(wanted)) {
                    Some(before) => before,
                    None => return Ok(Err(Exit::NotDone)),
                },
                Err(left) => return Ok(Err(left)),
            };
        }
        Ok(Ok((draft.blank, draft.folder)))
    }

    fn step(&mut self, step: Step, wanted: &PackNewArgs, draft: &mut Draft) -> Result<Result<(), Left>> {
        let done = match step {
            Step::Title => {
                let needs_id = wanted.at.is_none();
                let checked = |text: &str| title_problem(text, needs_id).map_or(Ok(()), Err);
                let ask = "What is the pack called?";
                let before = draft.blank.title.clone();
                self.text("title", wanted.title.as_deref(), ask, &before, &checked)?.map(|title| {
                    draft.blank.title = title;
                })
            }
            Step::Purpose => self.purpose(wanted)?.map(|(teaches, credential)| {
                (draft.blank.teaches, draft.blank.credential) = (teaches, credential);
            }),
            Step::Topics => {
                let checked = |text: &str| topics_of(text).map(|_| ()).map_err(|error| error.to_string());
                let ask = "Which topics does it have? Write commas between them";
                match self.text("topics", wanted.topics.as_deref(), ask, "General", &checked)? {
                    Ok(topics) => {
                        draft.blank.topics = topics_of(&topics).map_err(anyhow::Error::msg)?;
                        Ok(())
                    }
                    Err(left) => Err(left),
                }
            }
            Step::Licence => {
                let ask = "Under which licence may others use it?";
                let licence = wanted.licence.as_deref();
                self.text("licence", licence, ask, NO_LICENCE, &some_text)?.map(|licence| {
                    draft.blank.licence = licence;
                })
            }
        };
        if step == Step::Title && done.is_ok() {
            (draft.blank.id, draft.folder) = place(self.app, wanted.at.as_deref(), &draft.blank.title)?;
        }
        Ok(done)
    }

    /// What the pack is for: what was given, else what is chosen.
    fn purpose(&mut self, wanted: &PackNewArgs) -> Result<Result<(Teaches, Option<CredentialId>), Left>> {
        if let Some(named) = &wanted.credential {
            let teaches = if wanted.about { Teaches::About } else { Teaches::Content };
            return Ok(Ok((teaches, credential(self.app, named)?)));
        }
        let options = ["What an exam asks", "Facts about a credential", "Something else, for no credential"];
        let options = options.map(str::to_owned);
        let mut cursor = 0;
        loop {
            cursor = match said_or_left(self.prompter("credential")?.choose(
                "What is it for?",
                &options,
                cursor,
            )?)? {
                Ok(2) => return Ok(Ok((Teaches::Content, None))),
                Ok(chosen) => chosen,
                Err(left) => return Ok(Err(left)),
            };
            let app = self.app;
            let checked = |text: &str| credential(app, text).map(|_| ()).map_err(|error| error.to_string());
            let ask = "Which credential? \"none\" where the program does not know it";
            match self.text("credential", None, ask, NONE, &checked)? {
                Ok(named) => {
                    let teaches = if cursor == 1 { Teaches::About } else { Teaches::Content };
                    return Ok(Ok((teaches, credential(self.app, &named)?)));
                }
                Err(Exit::NotDone) => {}
                Err(left) => return Ok(Err(left)),
            }
        }
    }

    /// A line that was given or is asked for, and passes `check` either way.
    fn text(
        &mut self,
        flag: &str,
        given: Option<&str>,
        title: &str,
        initial: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<Result<String, Left>> {
        let clean = |text: &str| sanitize::line(text).trim().to_owned();
        if let Some(given) = given {
            return match check(given) {
                Ok(()) => Ok(Ok(clean(given))),
                Err(problem) => bail!("--{flag}: {problem}"),
            };
        }
        let wish = self.prompter(flag)?.text(title, initial, check)?;
        Ok(said_or_left(wish)?.map(|text| clean(&text)))
    }

    /// The prompter that asks; with `--json` nobody is asked.
    fn prompter(&mut self, flag: &str) -> Result<&mut dyn Prompter> {
        if self.app.ui.json {
            bail!(
                "nobody is asked with --json: add --{flag}\n  --title, --credential, --topics and --licence answer everything"
            );
        }
        let prompter = match self.prompter.take() {
            Some(prompter) => prompter,
            None => self.app.ui.prompter()?,
        };
        Ok(self.prompter.insert(prompter).as_mut())
    }
}

/// What was said; or how the command ends if nothing was.
fn said_or_left<T>(wish: Prompted<T>) -> Result<Result<T, Left>> {
    match wish {
        Prompted::Input(said) => Ok(Ok(said)),
        Prompted::Back => Ok(Err(Exit::NotDone)),
        Prompted::Quit => Ok(Err(Exit::Interrupted)),
        Prompted::EndOfInput => bail!(
            "the input ended before everything was answered; nothing was written\n  --title, --credential, --topics and --licence answer beforehand"
        ),
    }
}

fn some_text(text: &str) -> Result<(), String> {
    if sanitize::line(text).trim().is_empty() { Err("write a word or two".to_owned()) } else { Ok(()) }
}

fn title_problem(text: &str, needs_id: bool) -> Option<String> {
    let no_id = || "it has no letter from a to z for an id: name one, as in badgedex pack new ID".to_owned();
    let id_is_missing = needs_id && slug(text).is_empty();
    some_text(text).err().or_else(|| id_is_missing.then(no_id))
}

/// The credential that a word means; `None` if the word says so.
fn credential(app: &AppContext, named: &str) -> Result<Option<CredentialId>> {
    if named.trim().eq_ignore_ascii_case(NONE) {
        return Ok(None);
    }
    let found = app.packs.catalogs.find_credential(named).map_err(|e| not_found(&e))?;
    Ok(Some(found.id.clone()))
}

/// The id of the new pack and its folder, both of which are free.
fn place(app: &AppContext, at: Option<&Path>, title: &str) -> Result<(String, PathBuf)> {
    let own = &app.packs.folder;
    let (id, folder) = match at {
        Some(at) if is_id(at) => {
            let id = at.to_string_lossy().into_owned();
            (id.clone(), own.join(id))
        }
        Some(at) => {
            let name = at.file_name().context("the folder has no name: write one, as in ./notes")?;
            (slug(&name.to_string_lossy()), at.to_owned())
        }
        None => (slug(title), own.join(slug(title))),
    };
    if title.is_empty() && at.is_none() {
        return Ok((id, folder));
    }
    if id.is_empty() || slug(&id) != id {
        let like = match slug(&id) {
            like if like.is_empty() => "notes".to_owned(),
            like => like,
        };
        bail!("an id holds only a to z, 0 to 9 and single hyphens between them: write {like}");
    }
    if folder.symlink_metadata().is_ok() {
        bail!("{} is there already: choose another id or folder", folder.display());
    }
    if is_taken(app, own, &id) {
        bail!("there is a pack \"{id}\" already: choose another id");
    }
    Ok((id, folder))
}

/// A word without a separator is an id, anything else a folder.
fn is_id(at: &Path) -> bool {
    let text = at.to_string_lossy();
    !text.contains(std::path::is_separator) && text != "." && text != ".."
}

/// Packs with faults have ids too.
fn is_taken(app: &AppContext, own: &Path, id: &str) -> bool {
    let is_used = app.packs.library().all_packs().iter().any(|pack| pack.id == id) || id == facts::PACK;
    let folders = badgedex_packs::folders(own).unwrap_or_default();
    is_used || folders.iter().any(|folder| folder.ids().any(|other| other == id))
}

/// Writes the whole pack or nothing.
fn lay_out(app: &AppContext, blank: &NewPack, folder: &Path) -> Result<()> {
    let cannot = |error: io::Error| {
        anyhow::anyhow!("cannot write {}: {}", folder.display(), describe_io_error(&error))
    };
    // Two that lay out the same pack at once: one finds the other's.
    let _change = match folder.starts_with(&app.packs.folder) {
        true => Some(PackChange::begin(&app.packs.folder).map_err(cannot)?),
        false => None,
    };
    if let Some(parent) = folder.parent() {
        private::create_dir_all(parent).map_err(cannot)?;
    }
    private::create_dir(folder).map_err(cannot)?;
    let written = blank.files(app.clock.today).iter().try_for_each(|(name, text)| {
        let path = folder.join(name);
        private::create_dir_all(path.parent().unwrap_or(folder)).map_err(cannot)?;
        files::write_new(&path, text.as_bytes())
    });
    written.inspect_err(|_| {
        // The folder is ours alone; if it cannot be removed either, the first error says more.
        let _ = fs::remove_dir_all(folder);
    })
}

fn tell(app: &AppContext, blank: &NewPack, folder: &Path) -> Result<()> {
    let own = folder.starts_with(&app.packs.folder);
    if app.ui.json {
        let files: Vec<Value> = blank
            .files(app.clock.today)
            .into_iter()
            .map(|(name, _)| json::path(&folder.join(name)))
            .collect();
        let mut value = json!({ "format": 1, "done": "laid-out", "pack": blank.id, "files": files });
        json::set_path(&mut value, "folder", folder);
        output::json(&value)?;
        return Ok(());
    }
    let shown = folder.display();
    let study = match own {
        true => format!("  badgedex study --pack {}\n", blank.id),
        false => format!("  badgedex pack add {shown}\n    installs it, so that it can be studied\n"),
    };
    let text = format!(
        "Laid out: {}, in {shown}\n  write your questions over the examples in questions.json\n  badgedex pack check {shown}\n{study}",
        blank.title
    );
    output::page(sanitize::paragraph(&text).trim_end())?;
    Ok(())
}
