//! What every piece of work needs to be measured: sizes, data, and commands of all contestants.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::data::Data;
use crate::options::{Options, Sizes};
use crate::process;
use crate::race::{Contestant, Outcome, race};
use crate::tools::{self, Tools};

pub struct Bench<'a> {
    pub options: &'a Options,
    pub sizes: Sizes,
    pub tools: &'a Tools,
    pub data: Data<'a>,
}

impl Bench<'_> {
    /// A command of badgedex on a home.
    pub fn ours(&self, home: &Path, words: &str) -> Command {
        let mut command = Command::new(&self.tools.badgedex);
        command.arg("--home").arg(home).args(words.split(' '));
        command
    }

    /// One of the small programs of this crate.
    pub fn probe(&self, name: &str) -> Command {
        Command::new(self.tools.probes.join(name))
    }

    pub fn hashcards(&self, words: &str, deck: &Path) -> Result<Command> {
        let program = self.tools.hashcards.as_ref().map_err(|why| anyhow!("not installed: {why}"))?;
        let mut command = Command::new(program);
        command.args(words.split(' ')).arg(deck);
        Ok(command)
    }

    /// Runs the Python probe on a collection; `None` if there is no Anki.
    pub fn anki(&self, deed: &str, collection: &Result<PathBuf>) -> Result<Command> {
        let python = self.tools.anki.as_ref().map_err(|why| anyhow!("not installed: {why}"))?;
        let collection = collection.as_ref().map_err(|why| anyhow!("{why:#}"))?;
        let mut command = Command::new(python);
        command.arg(tools::anki_probe()).arg(deed).arg(collection);
        Ok(command)
    }

    /// A race, once all that was made for it is on disk: else the first rounds would pay for it.
    pub fn race(&self, contestants: Vec<Contestant>, full_rounds: usize) -> Vec<Outcome> {
        let _ = process::said(&mut Command::new("sync"));
        race(contestants, self.options.rounds(full_rounds), Duration::from_secs(self.options.patience))
    }

    /// The whole process of a command of badgedex.
    pub fn timed<'b>(&'b self, name: &str, home: &'b Path, words: &'b str) -> Contestant<'b> {
        Contestant::new(name, move || process::seconds(&mut self.ours(home, words)))
    }
}
