//! One question as it stands in its file: found, checked when it was edited, and put back.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use super::folder::{File, Folder};
use super::place::Spot as Place;
use super::raw::{RawId, RawQuestions};
use super::replacing::replace;
use super::{Fault, check};

/// A question's text and where it stands.
#[derive(Debug, Clone)]
pub struct Spot {
    folder: Folder,
    place: usize,
    range: Range<usize>,
}

/// Finds a question in the files of its pack.
pub fn find(folder: &Folder, id: &str) -> Option<Spot> {
    let found = folder.files.iter().enumerate().find_map(|(place, file)| Some((place, range(file, id)?)));
    found.map(|(place, range)| Spot { folder: folder.clone(), place, range })
}

fn range(file: &File, id: &str) -> Option<Range<usize>> {
    let raw: RawQuestions = serde_json::from_str(&file.text).ok()?;
    let is_wanted = |text: &str| serde_json::from_str::<RawId>(text).is_ok_and(|raw| raw.id == id);
    let text = raw.questions.into_iter().map(|raw| raw.get()).find(|text| is_wanted(text))?;
    // The question is a part of the file's text: the distance of the two is its place in it.
    let start = (text.as_ptr() as usize).checked_sub(file.text.as_ptr() as usize)?;
    Some(start..start + text.len())
}

impl Spot {
    fn file(&self) -> &File {
        &self.folder.files[self.place]
    }

    /// The question alone.
    pub fn text(&self) -> &str {
        &self.file().text[self.range.clone()]
    }

    /// Where the file is.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(&self.file().label)
    }

    /// The file with another text in the question's place; the rest stays as it is.
    fn spliced(&self, text: &str) -> String {
        let mut whole = self.file().text.clone();
        whole.replace_range(self.range.clone(), text);
        whole
    }

    /// What the pack's faults would be with another text in the question's place.
    pub fn faults(&self, text: &str) -> Vec<Fault> {
        let label = &self.file().label;
        if let Err(error) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text) {
            let start = Place::START.after(&self.file().text[..self.range.start]);
            return vec![Fault::of_json(label, start, text, None, &error)];
        }
        let mut folder = self.folder.clone();
        folder.files[self.place].text = self.spliced(text);
        check(std::slice::from_ref(&folder)).faults
    }

    /// Writes the file with another text in the question's place, as a whole or not at all.
    ///
    /// Where the file changed meanwhile nothing is written.
    pub fn put(&self, text: &str) -> io::Result<()> {
        let path = self.path();
        let now = fs::read_to_string(&path)?;
        let mark = now.strip_suffix(&self.file().text).filter(|mark| mark.is_empty() || *mark == "\u{feff}");
        let Some(mark) = mark else {
            return Err(io::Error::other("the file was changed by somebody else meanwhile"));
        };
        let new = format!("{mark}{}", self.spliced(text));
        replace(&fs::canonicalize(&path)?, now.as_bytes(), new.as_bytes())
    }
}
