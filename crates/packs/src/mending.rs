//! Mending files of questions: what can be put right in one way only is put right in its place, and
//! all the rest stays byte for byte.
//!
//! Nothing that changes what a question means, nothing invented: a person decides what is right,
//! and the program only how it is written.

mod credentials;
mod dates;
mod ids;
mod keys;
mod law;
mod layout;
mod question;
pub mod shapes;
mod slips;
mod splice;
mod texts;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt;

use super::fault::write_place;
use super::folder::{CATALOG, File, Folder, PACK};
use super::parts::{Object, Part};
use super::place::Spot;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::catalogs::CredentialNames;
use badgedex_domain::library::Library;
use ids::Ids;
use splice::Splices;

/// What was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    ByteOrderMark,
    /// So many lines did not end with LF alone.
    LineEnds(usize),
    /// So many lines had blanks before their end.
    BlanksAtLineEnds(usize),
    LastLineEnd,
    Comma,
    /// So many texts stood in curly quotation marks.
    CurlyQuotes(usize),
    /// So many words were written as other languages do: `True`, `None`.
    Words(usize),
    /// A number stood in quotation marks.
    Number {
        key: &'static str,
        number: String,
    },
    /// A text stood where a list of texts belongs.
    List {
        key: &'static str,
    },
    IdMade(String),
    IdRighted {
        from: String,
        to: String,
    },
    /// The letter of a choice, from what was written in its place.
    Letter {
        from: String,
        to: char,
    },
    Truth(bool),
    TextTwice {
        key: &'static str,
        text: String,
    },
    Blanks {
        key: &'static str,
    },
    Credential {
        from: String,
        to: String,
    },
    Date {
        from: String,
        to: String,
    },
}

/// Something that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    pub file: String,
    /// Where it stands now; none where the whole file is meant.
    pub spot: Option<Spot>,
    pub question: Option<String>,
    pub what: What,
}

impl Mend {
    /// `file:line:column  question: `, as much of it as is known.
    pub fn place(&self) -> String {
        struct Place<'a>(&'a Mend);
        impl fmt::Display for Place<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let Place(Mend { file, spot, question, .. }) = self;
                write_place(f, file, spot.map(|spot| (spot.line, spot.column)), question.as_deref())
            }
        }
        Place(self).to_string()
    }
}

/// A file as it would be.
#[derive(Debug)]
pub struct Draft {
    pub label: String,
    pub text: String,
    pub mends: Vec<Mend>,
}

/// With its files mended a folder would read worse than before.
#[derive(Debug, thiserror::Error)]
#[error("the files were left as they are: once mended they would not read as well as now")]
pub struct Worse;

/// What has to be known of all files before one of them is mended.
#[derive(Debug)]
pub struct Around {
    ids: Ids,
    /// How often a stem stands there, blanks around it aside.
    stems: HashMap<String, usize>,
    called: CredentialNames,
    known: BTreeSet<CredentialId>,
}

impl Around {
    /// Looks at folders, which may have faults, and at what can be used of them and beside them.
    pub fn of(folders: &[Folder], library: &Library) -> Around {
        let catalogs = library.catalogs();
        let known = catalogs.credentials().map(|credential| credential.id.clone()).collect();
        let mut around =
            Around { ids: Ids::default(), stems: HashMap::new(), called: catalogs.names(), known };
        for question in library.questions() {
            let earlier = question.was.iter().chain(&question.replaces);
            earlier.for_each(|id| around.ids.take(id.as_str()));
        }
        for file in folders.iter().flat_map(Folder::question_files) {
            match readable(unmarked(&file.text)) {
                Some(found) => around.look_at(&found.json),
                // Whatever may be an id in a text that cannot be read is left free.
                None => file.text.split('"').filter(|id| id.contains('/')).for_each(|id| around.ids.take(id)),
            }
        }
        around
    }

    fn look_at(&mut self, text: &str) {
        for question in questions(text).iter().filter_map(|part| Object::of(*part)) {
            question.string("id").into_iter().for_each(|id| self.ids.take(id));
            for list in ["was", "replaces"] {
                let ids = question.get(list).and_then(Part::items).unwrap_or_default();
                ids.into_iter().filter_map(Part::string).for_each(|id| self.ids.take(id));
            }
            if let Some(stem) = question.string("stem") {
                *self.stems.entry(stem.trim().to_owned()).or_default() += 1;
            }
        }
    }
}

/// The questions in the text of a file, as far as it has any.
fn questions(text: &str) -> Vec<Part<'_>> {
    Part::whole(text).and_then(Object::of).map(|file| questions_of(&file)).unwrap_or_default()
}

fn questions_of<'a>(file: &Object<'a>) -> Vec<Part<'a>> {
    file.get("questions").and_then(Part::items).unwrap_or_default()
}

const MARK: char = '\u{feff}';

fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}

/// A text that is JSON but for slips that can be mended.
struct Readable<'a> {
    /// With its commas that are too many.
    text: Cow<'a, str>,
    commas: Vec<usize>,
    /// With blanks in their places.
    json: Cow<'a, str>,
    told: Vec<What>,
}

/// Whether a text can be read once it is mended.
pub fn is_readable(text: &str) -> bool {
    readable(unmarked(text)).is_some()
}

fn readable(text: &str) -> Option<Readable<'_>> {
    if Part::whole(text).is_some() {
        let (text, json) = (Cow::Borrowed(text), Cow::Borrowed(text));
        return Some(Readable { text, commas: Vec::new(), json, told: Vec::new() });
    }
    let (text, told) = slips::righted(text);
    let commas = layout::commas_too_many(&text);
    let json = layout::blanked(&text, &commas);
    Part::whole(&json)?;
    Some(Readable { text, commas, json: Cow::Owned(json), told })
}

/// Mends the files of a folder that are meant; those in which nothing is mended are not among the drafts.
///
/// The files stand in the folder with their byte order marks, if they have any.
pub fn mended(
    folder: &Folder,
    is_meant: &dyn Fn(&File) -> bool,
    around: &mut Around,
) -> Result<Vec<Draft>, Worse> {
    let pack = folder.pack().and_then(|file| {
        let found = readable(unmarked(&file.text))?;
        Object::of(Part::whole(&found.json)?)?.string("id")
    });
    let meant = folder.files.iter().filter(|file| is_meant(file));
    let drafts: Vec<Draft> = meant.filter_map(|file| draft(file, pack.as_deref(), around)).collect();
    match law::is_as_good(folder, &drafts, &around.known) {
        true => Ok(drafts),
        false => Err(Worse),
    }
}

fn draft(file: &File, pack: Option<&str>, around: &mut Around) -> Option<Draft> {
    let marked = unmarked(&file.text);
    let Readable { text, commas, json, told: righted } = readable(marked)?;
    let mut splices = Splices::default();
    let mut told: Vec<What> =
        (marked.len() < file.text.len()).then_some(What::ByteOrderMark).into_iter().collect();
    told.extend(righted);
    told.extend(layout::tidied(&text, &mut splices));
    commas.iter().for_each(|at| layout::take_out_comma(&text, *at, &mut splices));
    let whole = Part::whole(&json)?;
    match file.name.as_str() {
        PACK => question::mend_head(whole, around, &mut splices),
        CATALOG => question::mend_catalog(whole, &mut splices),
        _ => question::mend_file(whole, pack, around, &mut splices),
    }
    if told.is_empty() && splices.is_empty() {
        return None;
    }
    let (text, placed) = splices.applied(&text);
    let of_file = told.into_iter().map(|what| (None, None, what));
    let of_parts = placed.into_iter().map(|(spot, question, what)| (Some(spot), question, what));
    let mend = |(spot, question, what)| Mend { file: file.label.clone(), spot, question, what };
    Some(Draft { label: file.label.clone(), text, mends: of_file.chain(of_parts).map(mend).collect() })
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
