//! A note on the sides of its cards.

use super::cloze::Hidden;
use super::template::{Piece, Side, Use};
use crate::draft::{filled, is_blank};
use crate::html::{self, Plain};

/// A note's fields, as they are written and as they read.
pub struct Note<'a> {
    raw: &'a [String],
    plain: Vec<Plain>,
    has_tags: bool,
    /// In bytes.
    pub size: usize,
}

/// A front as a note fills it.
#[derive(Debug, Default)]
pub struct Asked {
    pub stem: Plain,
    pub hint: Option<String>,
    /// The fields that it shows.
    pub shown: Vec<usize>,
    /// The field that is to be typed.
    pub typed: Option<usize>,
    /// Whether a deletion is to be typed.
    pub types_deletion: bool,
}

impl<'a> Note<'a> {
    pub fn of(raw: &'a [String], has_tags: bool) -> Note<'a> {
        let plain = raw.iter().map(|field| html::plain(field)).collect();
        Note { raw, plain, has_tags, size: raw.iter().map(String::len).sum() }
    }

    pub fn raw(&self, place: usize) -> &'a str {
        self.raw.get(place).map_or("", String::as_str)
    }

    pub fn plain(&self, place: usize) -> Plain {
        self.plain.get(place).cloned().unwrap_or_default()
    }

    /// Whether it shows anything; a picture is something.
    pub fn is_filled(&self, place: usize) -> bool {
        self.plain.get(place).is_some_and(|plain| !is_blank(&plain.text) || plain.pictures + plain.sounds > 0)
    }

    /// The first of its fields that says something.
    pub fn beginning(&self) -> String {
        let filled = self.plain.iter().find(|plain| !is_blank(&plain.text));
        filled.map(|plain| plain.text.clone()).unwrap_or_default()
    }

    /// Its fields at some places, as one text.
    pub fn joined(&self, places: &[usize]) -> Option<String> {
        let texts: Vec<String> = places.iter().filter_map(|&place| filled(&self.plain(place).text)).collect();
        filled(&texts.join("\n"))
    }

    /// The front of a card; none where the note has no such card, since no field on it is filled.
    pub fn front(&self, side: &Side, hidden: &[(usize, Hidden)]) -> Option<Asked> {
        let mut asked = Asked::default();
        let (mut html, mut hints, mut is_there, mut decoration) = (String::new(), Vec::new(), false, 0);
        for piece in side.pieces(|place| self.is_filled(place), self.has_tags) {
            let (place, how) = match piece {
                Piece::Field(place, how) => (place, how),
                Piece::Literal(text, pictures) => {
                    html.push_str(text);
                    decoration += pictures;
                    continue;
                }
            };
            is_there |= self.is_filled(place);
            let gap = hidden.iter().find(|(of, _)| *of == place).map(|(_, hidden)| hidden.shown.as_str());
            asked.types_deletion |= how == Use::TypedCloze;
            match how {
                Use::Silent => {}
                Use::Hint => hints.push(place),
                Use::Typed => asked.typed = Some(place),
                Use::TypedCloze if asked.shown.contains(&place) => {}
                Use::Cloze | Use::TypedCloze => html.push_str(gap.unwrap_or_default()),
                Use::Shown => html.push_str(self.raw(place)),
            }
            if matches!(how, Use::Shown | Use::Cloze | Use::TypedCloze) {
                asked.shown.push(place);
            }
        }
        asked.stem = undecorated(&html, decoration);
        asked.hint = self.joined(&hints);
        is_there.then_some(asked)
    }

    /// The back of a card without some of the fields; nothing where no field is left on it.
    pub fn back(&self, side: &Side, leave: impl Fn(usize) -> bool) -> Plain {
        let (mut html, mut is_there, mut decoration) = (String::new(), false, 0);
        for piece in side.pieces(|place| self.is_filled(place), self.has_tags) {
            match piece {
                Piece::Literal(text, pictures) => {
                    html.push_str(text);
                    decoration += pictures;
                }
                Piece::Field(_, Use::Cloze | Use::TypedCloze | Use::Silent) => {}
                Piece::Field(place, _) if leave(place) => {}
                Piece::Field(place, _) => {
                    is_there |= self.is_filled(place);
                    html.push_str(self.raw(place));
                }
            }
        }
        if is_there { undecorated(&html, decoration) } else { Plain::default() }
    }
}

/// A side without the pictures that its template draws: no note needs them.
fn undecorated(html: &str, decoration: usize) -> Plain {
    let plain = html::plain(html);
    Plain { pictures: plain.pictures.saturating_sub(decoration), ..plain }
}
