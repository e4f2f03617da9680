//! Everything generated for one run, in one folder: made once, when it is first asked for.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use chrono::{Local, NaiveDate};

use super::{deck, journal, packs};
use crate::process;
use crate::tools::{self, Tools};

/// What the folder was made for.
const STAMP: &str = "made-for";

pub struct Data<'a> {
    folder: PathBuf,
    tools: &'a Tools,
    pub today: NaiveDate,
}

impl<'a> Data<'a> {
    /// Reuses what an earlier run made on the same day with the same two programs, or starts from scratch.
    pub fn new(work: &Path, tools: &'a Tools) -> Result<Data<'a>> {
        let today = Local::now().date_naive();
        let folder = work.join("data");
        let (program, generator) = (changed(&tools.badgedex)?, changed(&env::current_exe()?)?);
        let stamp = format!("{today} {program} {generator}");
        if fs::read_to_string(folder.join(STAMP)).ok().as_ref() != Some(&stamp) {
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(STAMP), stamp)?;
        }
        Ok(Data { folder, tools, today })
    }

    /// Makes something under a name of its own; half of it never stays.
    fn once(&self, name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let path = self.folder.join(name);
        if !path.exists() {
            eprintln!("making {name}");
            let half = self.fresh("half")?;
            make(&half).with_context(|| format!("cannot make {name}"))?;
            fs::rename(&half, &path)?;
        }
        Ok(path)
    }

    /// A path that does not exist yet.
    pub fn fresh(&self, name: &str) -> Result<PathBuf> {
        let path = self.folder.join(name);
        if path.is_dir() {
            fs::remove_dir_all(&path)?;
        } else if path.exists() {
            fs::remove_file(&path)?;
        }
        Ok(path)
    }

    pub fn journal(&self, answers: usize, questions: usize) -> Result<PathBuf> {
        let name = format!("journal-{answers}-{questions}.jsonl");
        self.once(&name, |path| journal::write(path, answers, questions, self.today))
    }

    pub fn packs(&self, questions: usize) -> Result<PathBuf> {
        self.once(&format!("packs-{questions}"), |path| packs::write(path, questions))
    }

    pub fn deck(&self, cards: usize) -> Result<PathBuf> {
        self.once(&format!("deck-{cards}"), |path| deck::write(path, cards))
    }

    /// A home with answers to questions, and with the packs that these are in.
    pub fn home(&self, answers: usize, questions: usize) -> Result<PathBuf> {
        let (journal, packs) = (self.journal(answers, questions)?, self.packs(questions)?);
        self.once(&format!("home-{answers}-{questions}"), |home| {
            copy(&packs, &home.join("questions"))?;
            self.import(home, &journal)
        })
    }

    /// A home with answers to questions that no pack has any more: nothing but the journal counts.
    pub fn home_without_packs(&self, answers: usize, questions: usize) -> Result<PathBuf> {
        let journal = self.journal(answers, questions)?;
        self.once(&format!("journal-home-{answers}-{questions}"), |home| self.import(home, &journal))
    }

    fn import(&self, home: &Path, journal: &Path) -> Result<()> {
        let mut command = Command::new(&self.tools.badgedex);
        command.arg("--home").arg(home).args(["data", "import"]).arg(journal);
        process::said(&mut command).map(drop)
    }

    /// A home of its own for what changes it.
    pub fn copy_of(&self, home: &Path, name: &str) -> Result<PathBuf> {
        let path = self.fresh(name)?;
        copy(home, &path)?;
        Ok(path)
    }

    /// A collection of Anki; the folder of its media is beside it.
    pub fn collection(&self, cards: usize, reviews: usize) -> Result<PathBuf> {
        let python = self.tools.anki.as_ref().map_err(|why| anyhow::anyhow!("no Anki: {why}"))?;
        let folder = self.once(&format!("anki-{cards}-{reviews}"), |folder| {
            fs::create_dir_all(folder)?;
            let mut command = Command::new(python);
            command.arg(tools::anki_probe()).arg("make").arg(folder.join("collection.anki2"));
            process::said(command.arg(cards.to_string()).arg(reviews.to_string())).map(drop)
        })?;
        Ok(folder.join("collection.anki2"))
    }
}

/// When a file was last changed, in milliseconds since 1970.
fn changed(path: &Path) -> Result<u128> {
    Ok(fs::metadata(path)?.modified()?.duration_since(UNIX_EPOCH)?.as_millis())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        fs::copy(from, to)?;
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
