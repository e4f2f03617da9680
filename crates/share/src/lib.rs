//! What the learner shows to others: short texts, cards, pictures of cards, a page of the collection,
//! and a calendar.
//!
//! Values in, text or bytes out. Nothing here reads a clock or a file, and the same values make the
//! same bytes. Every text comes from a person or a catalog: it is cleaned and escaped on its way.

mod background;
pub mod calendar;
mod card;
mod color;
mod engraving;
mod fitting;
mod font;
mod geometry;
mod measure;
mod medal;
mod page;
mod painter;
mod picture;
mod scene;
mod screen;
mod svg;
mod text;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use badgedex_domain::catalog::Expires;
use badgedex_domain::catalog::Frame;

pub use card::card_svg;
pub use page::page_html;
pub use picture::{PictureError, card_png, not_drawn};
pub use screen::{Ink, Letters, screen_svg};
pub use text::{news, wall_news};

/// A credential that was earned, with what its card shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earned {
    pub name: String,
    pub short: String,
    pub issuer: String,
    /// The tier's name, in the singular.
    pub tier: String,
    pub frame: Frame,
    /// The field's id: it selects the colors.
    pub field: String,
    /// The field's picture in box-drawing characters; it is engraved as lines.
    pub picture: [String; 3],
    pub on: NaiveDate,
    /// `None` if that is not known.
    pub expires: Option<Expires>,
    /// Only if the person wants it shown.
    pub proof: Option<String>,
    pub state: Shown,
}

/// Whether an earned credential is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Held,
    Expiring,
    Expired,
}

/// A whole collection on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wall {
    pub title: String,
    pub issuer: String,
    /// Only if the person wants to be named.
    pub holder: Option<String>,
    pub today: NaiveDate,
    /// How many credentials are on offer today, held or not.
    pub obtainable: usize,
    pub shelves: Vec<Shelf>,
}

/// The part of a collection that is one tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// The tier's name, in the plural.
    pub name: String,
    pub frame: Frame,
    pub earned: Vec<Earned>,
    pub missing: Vec<Missing>,
}

/// A credential that was not earned yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub name: String,
    pub short: String,
}

impl Earned {
    /// Whether it is valid.
    pub fn is_held(&self) -> bool {
        self.state != Shown::Expired
    }
}

impl Shelf {
    /// Whether nothing is on it, earned or not.
    pub fn is_empty(&self) -> bool {
        self.earned.is_empty() && self.missing.is_empty()
    }

    /// The valid credentials.
    pub fn held(&self) -> impl Iterator<Item = &Earned> {
        self.earned.iter().filter(|e| e.is_held())
    }

    /// The credentials that have expired.
    pub fn expired(&self) -> impl Iterator<Item = &Earned> {
        self.earned.iter().filter(|e| !e.is_held())
    }
}

impl Wall {
    /// The valid credentials, shelf by shelf.
    pub fn held(&self) -> impl Iterator<Item = &Earned> {
        self.shelves.iter().flat_map(Shelf::held)
    }
}
