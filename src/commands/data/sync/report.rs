//! What a sync did, for the learner.

use std::path::{Path, PathBuf};

use anyhow::Result;
use uuid::Uuid;

use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::traveling_packs::PackChanges;
use crate::ui::json::{json, set_path};
use crate::ui::output;
use crate::ui::text::count;
use badgedex_store::JournalFileError;

/// At most this many differing events are told one by one.
const MAX_TOLD: usize = 20;

/// What a sync did.
#[derive(Debug, Default)]
pub struct Report {
    /// Events that were added to the journal.
    pub new: usize,
    /// Events that were put in the place of others.
    pub replaced: usize,
    /// Files of other devices that were read to their end.
    pub devices: usize,
    /// Events that were added to this device's file.
    pub written: usize,
    /// The new name of this device.
    pub new_name: Option<String>,
    /// Files that were not read to their end.
    pub passed_over: usize,
    /// Lines that are not events, and that no program put between two versions.
    pub damaged_lines: usize,
    /// Ids with different lines.
    conflicts: usize,
    /// Where the lines are that did not stay.
    pub kept_aside: Option<PathBuf>,
    /// A backup was made before anything changed.
    pub is_backed_up: bool,
    /// What became of the learner's own packs.
    pub packs: PackChanges,
}

impl Report {
    /// Whether the journal is another one than before.
    pub fn has_changed_journal(&self) -> bool {
        self.new > 0 || self.replaced > 0
    }

    /// A file was not read, or not to its end.
    ///
    /// # Errors
    /// Standard error is closed.
    pub fn pass_over(&mut self, problem: &JournalFileError) -> Result<()> {
        self.passed_over += 1;
        output::note(&format!("{problem}; it was passed over"))?;
        Ok(())
    }

    /// Lines of a file are not events.
    ///
    /// # Errors
    /// Standard error is closed.
    pub fn tell_passed_over_lines(&self, path: &Path, lines: usize, first: usize) -> Result<()> {
        let lines = count(lines, "line was", "lines were");
        output::note(&format!("{}: {lines} passed over, the first is line {first}", path.display()))?;
        Ok(())
    }

    /// There are different lines of an event.
    ///
    /// # Errors
    /// Standard error is closed.
    pub fn tell_conflict(&mut self, id: Uuid, device: &str) -> Result<()> {
        self.conflicts += 1;
        if self.conflicts <= MAX_TOLD {
            output::note(&format!(
                "there are different lines of the event {id}; that of the device {device} stays"
            ))?;
        }
        Ok(())
    }

    /// Tells everything, and what it means for the exit code.
    ///
    /// # Errors
    /// Standard output or standard error is closed.
    pub fn tell(&self, app: &AppContext, own: &Path) -> Result<Exit> {
        if self.conflicts > MAX_TOLD {
            output::note(&format!("{} events have different lines", self.conflicts))?;
        }
        if let Some(path) = &self.kept_aside {
            output::note(&format!("the lines that did not stay are in {}", path.display()))?;
        }
        if let Some(name) = &self.new_name {
            output::note(&format!(
                "another copy of your data records under the same device name: this one is called {name} from now on"
            ))?;
        }
        let mut text = format!(
            "{} from {}, {} written to {}",
            count(self.new, "new event", "new events"),
            count(self.devices, "other device", "other devices"),
            count(self.written, "event", "events"),
            own.display()
        );
        if let Some(packs) = self.packs.told() {
            text += &format!("\n{packs}");
        }
        let mut value = json!({
            "format": 1, "new": self.new, "replaced": self.replaced, "conflicts": self.conflicts,
            "damaged_lines": self.damaged_lines, "devices": self.devices, "written": self.written,
            "device": app.journal.store.device(), "renamed": self.new_name.is_some(),
            "packs": self.packs.json(),
        });
        set_path(&mut value, "file", own);
        app.ui.tell(&value, &text)?;
        let wrong = self.passed_over + self.conflicts + self.damaged_lines + self.packs.refused;
        Ok(if wrong == 0 { Exit::Done } else { Exit::NotDone })
    }
}
