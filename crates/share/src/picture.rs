//! The card as a PNG, lettered with the program's own fonts.

use std::collections::BTreeSet;

use thiserror::Error;

use super::Earned;
use super::background::{HEIGHT, WIDTH};
use super::card::card;
use super::font::Font;
use super::painter::Canvas;
use super::scene::{Node, Text};

/// Why a card could not be written as a picture.
#[derive(Debug, Error)]
pub enum PictureError {
    #[error("could not write the picture as PNG: {0}")]
    Encoding(#[from] png::EncodingError),
}

/// A card as a PNG of 1200 by 630 pixels; the same card makes the same bytes.
///
/// # Errors
///
/// If the PNG encoder fails.
pub fn card_png(earned: &Earned) -> Result<Vec<u8>, PictureError> {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    canvas.paint(&card(earned));
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&canvas.bytes())?;
    writer.finish()?;
    Ok(file)
}

/// The characters that the picture shows as empty boxes, and the marks that it leaves out.
///
/// The program's fonts do not have them, or a shaping engine would be needed to draw them well:
/// to join Arabic letters, to order what is read from right to left, to stack marks on a letter.
pub fn not_drawn(earned: &Earned) -> BTreeSet<char> {
    let nodes = card(earned);
    texts(&nodes).into_iter().flat_map(|text| Font::of(text.weight).missing(&text.content)).collect()
}

/// All texts of a drawing.
fn texts(nodes: &[Node]) -> Vec<&Text> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Group(group) => found.extend(texts(&group.nodes)),
            Node::Text(text) => found.push(text),
            Node::Shape(_) | Node::Repeated(_) => {}
        }
    }
    found
}
