//! The card as a PNG, drawn with the program's own fonts.

use std::collections::BTreeSet;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree};
use thiserror::Error;

use super::Earned;
use super::card::card_svg;
use super::fonts::{options, texts};
use super::ground::{HEIGHT, WIDTH};

/// Why a card could not be drawn.
#[derive(Debug, Error)]
pub enum PictureError {
    #[error("could not read the card's drawing: {0}")]
    Drawing(#[from] usvg::Error),
    #[error("no memory for a picture of {WIDTH} by {HEIGHT} pixels")]
    Memory,
    #[error("could not write the picture as PNG: {0}")]
    Encoding(String),
}

/// A card as a PNG of 1200 by 630 pixels; the same card makes the same bytes.
pub fn card_png(earned: &Earned) -> Result<Vec<u8>, PictureError> {
    let tree = Tree::from_str(&card_svg(earned), &options())?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or(PictureError::Memory)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Encoding(error.to_string()))
}

/// What the picture shows as empty boxes, because the program's fonts do not have it.
pub fn not_drawn(earned: &Earned) -> Result<BTreeSet<String>, PictureError> {
    let tree = Tree::from_str(&card_svg(earned), &options())?;
    let glyphs = texts(tree.root())
        .into_iter()
        .flat_map(|text| text.layouted())
        .flat_map(|span| &span.positioned_glyphs)
        .filter(|glyph| glyph.id.0 == 0 && !glyph.text.is_empty());
    Ok(glyphs.map(|glyph| glyph.text.clone()).collect())
}
