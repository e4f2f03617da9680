//! How wide words are.

use unicode_width::UnicodeWidthChar;

use super::font::{Font, Weight};

/// What other fonts may need more than ours for an emoji or an ideograph, in font sizes.
const WIDE_EXTRA: f64 = 0.75;

/// The width of a word, in font sizes; generous where another font will have to draw it.
pub fn width(word: &str, weight: Weight) -> f64 {
    let extra = word.chars().filter(|c| c.width() == Some(2)).count() as f64 * WIDE_EXTRA;
    Font::of(weight).run(word, 0.0).width + extra
}
