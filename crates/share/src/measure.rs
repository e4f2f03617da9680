//! How wide words are.

use maud::html;
use resvg::usvg::Tree;
use unicode_width::UnicodeWidthChar;

use super::fonts::{FAMILY, options, texts};

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// As `font-weight` has it.
    pub fn number(self) -> u32 {
        match self {
            Weight::Regular => 400,
            Weight::Bold => 700,
        }
    }
}

/// Widths are measured at this size.
const MEASURED_AT: f64 = 100.0;
/// What other fonts may need more than ours for an emoji or an ideograph, in font sizes.
const WIDE_EXTRA: f64 = 0.75;

/// The widths of words, in font sizes; generous where another font will have to draw them.
pub fn widths(words: &[&str], weight: Weight) -> Vec<f64> {
    let measured = measured(words, weight).unwrap_or_default();
    let extra = |word: &str| word.chars().filter(|c| c.width() == Some(2)).count() as f64 * WIDE_EXTRA;
    words
        .iter()
        .enumerate()
        .map(|(i, word)| measured.get(i).copied().unwrap_or(word.len() as f64) + extra(word))
        .collect()
}

/// What the drawing library says; none where it cannot tell.
fn measured(words: &[&str], weight: Weight) -> Option<Vec<f64>> {
    let drawing = html! {
        svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"
            font-family=(FAMILY) font-size=(MEASURED_AT) font-weight=(weight.number()) {
            @for (i, word) in words.iter().enumerate() { text id={ "w" (i) } { (word) } }
        }
    };
    let tree = Tree::from_str(&drawing.into_string(), &options()).ok()?;
    let mut widths = vec![0.0; words.len()];
    for text in texts(tree.root()) {
        let place = text.id().strip_prefix('w').and_then(|i| i.parse::<usize>().ok());
        if let Some(width) = place.and_then(|i| widths.get_mut(i)) {
            *width = f64::from(text.bounding_box().width()) / MEASURED_AT;
        }
    }
    Some(widths)
}
