//! A note's fields on the sides of its cards.

use super::cloze::HiddenDeletion;
use super::template::{FieldUse, Side, SidePiece};
use crate::draft::filled;
use crate::html::{self, PlainText};
use crate::validate::is_blank;

/// A note's fields, as they are written and as they read.
pub struct NoteText<'a> {
    raw: &'a [String],
    plain: Vec<PlainText>,
    has_tags: bool,
    /// In bytes.
    pub size: usize,
}

/// A front as a note fills it.
#[derive(Debug, Default)]
pub struct FrontText {
    pub stem: PlainText,
    pub hint: Option<String>,
    /// The fields that it shows.
    pub shown: Vec<usize>,
    /// The field that is to be typed.
    pub typed: Option<usize>,
    /// Whether a deletion is to be typed.
    pub types_deletion: bool,
}

impl<'a> NoteText<'a> {
    pub fn of(raw: &'a [String], has_tags: bool) -> NoteText<'a> {
        let plain = raw.iter().map(|field| html::plain(field)).collect();
        NoteText { raw, plain, has_tags, size: raw.iter().map(String::len).sum() }
    }

    /// A field as it is written.
    pub fn raw(&self, place: usize) -> &'a str {
        self.raw.get(place).map_or("", String::as_str)
    }

    /// A field as it reads.
    pub fn plain(&self, place: usize) -> PlainText {
        self.plain.get(place).cloned().unwrap_or_default()
    }

    /// Whether it shows anything; a picture is something.
    pub fn is_filled(&self, place: usize) -> bool {
        self.plain.get(place).is_some_and(|plain| !is_blank(&plain.text) || plain.pictures + plain.sounds > 0)
    }

    /// The first of its fields that says something.
    pub fn first_text(&self) -> String {
        let filled = self.plain.iter().find(|plain| !is_blank(&plain.text));
        filled.map(|plain| plain.text.clone()).unwrap_or_default()
    }

    /// Its fields at some places, as one text.
    pub fn joined(&self, places: &[usize]) -> Option<String> {
        let texts: Vec<String> = places.iter().filter_map(|&place| filled(&self.plain(place).text)).collect();
        filled(&texts.join("\n"))
    }

    /// The front of a card; `None` if the note has no such card because no field on it is filled.
    pub fn front(&self, side: &Side, hidden: &[(usize, HiddenDeletion)]) -> Option<FrontText> {
        let mut asked = FrontText::default();
        let (mut html, mut hints, mut is_there, mut decoration) = (String::new(), Vec::new(), false, 0);
        for piece in side.pieces(|place| self.is_filled(place), self.has_tags) {
            let (place, how) = match piece {
                SidePiece::Field(place, how) => (place, how),
                SidePiece::Literal(text, pictures) => {
                    html.push_str(text);
                    decoration += pictures;
                    continue;
                }
            };
            is_there |= self.is_filled(place);
            let gap = hidden.iter().find(|(of, _)| *of == place).map(|(_, hidden)| hidden.shown.as_str());
            asked.types_deletion |= how == FieldUse::TypedCloze;
            match how {
                FieldUse::Silent => {}
                FieldUse::Hint => hints.push(place),
                FieldUse::Typed => asked.typed = Some(place),
                FieldUse::TypedCloze if asked.shown.contains(&place) => {}
                FieldUse::Cloze | FieldUse::TypedCloze => html.push_str(gap.unwrap_or_default()),
                FieldUse::Shown => html.push_str(self.raw(place)),
            }
            if matches!(how, FieldUse::Shown | FieldUse::Cloze | FieldUse::TypedCloze) {
                asked.shown.push(place);
            }
        }
        asked.stem = undecorated(&html, decoration);
        asked.hint = self.joined(&hints);
        is_there.then_some(asked)
    }

    /// The back of a card without some of the fields; empty if no field is left on it.
    pub fn back(&self, side: &Side, leave: impl Fn(usize) -> bool) -> PlainText {
        let (mut html, mut is_there, mut decoration) = (String::new(), false, 0);
        for piece in side.pieces(|place| self.is_filled(place), self.has_tags) {
            match piece {
                SidePiece::Literal(text, pictures) => {
                    html.push_str(text);
                    decoration += pictures;
                }
                SidePiece::Field(_, FieldUse::Cloze | FieldUse::TypedCloze | FieldUse::Silent) => {}
                SidePiece::Field(place, _) if leave(place) => {}
                SidePiece::Field(place, _) => {
                    is_there |= self.is_filled(place);
                    html.push_str(self.raw(place));
                }
            }
        }
        if is_there { undecorated(&html, decoration) } else { PlainText::default() }
    }
}

/// A side without the pictures that its template draws: no note needs them.
fn undecorated(html: &str, decoration: usize) -> PlainText {
    let plain = html::plain(html);
    PlainText { pictures: plain.pictures.saturating_sub(decoration), ..plain }
}
