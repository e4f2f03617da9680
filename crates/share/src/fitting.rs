//! Fitting text into a box: the largest size at which it fits, broken into even lines.

use unicode_width::UnicodeWidthChar;

use super::font::Weight;
use super::measure::width;

/// The space that a text may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextBox {
    /// In pixels, like the sizes.
    pub width: f64,
    pub max_lines: usize,
    pub max_size: f64,
    pub min_size: f64,
    /// A word that does not fit on a line at this size is broken.
    pub break_size: f64,
    pub weight: Weight,
    /// Added after each letter, in font sizes.
    pub spacing: f64,
}

/// A text that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedText {
    pub size: f64,
    pub lines: Vec<String>,
}

/// Longer texts are cut before they are measured, in characters.
const MAX_LENGTH: usize = 240;
/// A blank's width, in font sizes.
const BLANK: f64 = 0.35;
const ELLIPSIS: &str = "…";
/// The ellipsis' width, in font sizes.
const ELLIPSIS_WIDTH: f64 = 1.0;
/// A line break says the same as one of these between blanks.
const DASHES: [char; 4] = ['-', '–', '—', '|'];

/// A word, or a part of one that is too long for a line; measured in font sizes.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    text: String,
    width: f64,
    /// The blank before it; 0 if it continues the piece before.
    gap: f64,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Line {
    text: String,
    /// In font sizes.
    width: f64,
}

/// Fits a text into a box; what does not fit at the smallest size ends in an ellipsis.
pub fn fit(text: &str, space: &TextBox) -> FittedText {
    let pieces = pieces(text, space);
    let mut size = space.max_size;
    loop {
        let max_width = space.width / size;
        let lines = wrap(&pieces, max_width);
        let fits = lines.len() <= space.max_lines && lines.iter().all(|l| l.width <= max_width);
        if fits {
            return FittedText { size, lines: finish(even(&pieces, lines, max_width)) };
        }
        if size <= space.min_size {
            return FittedText { size, lines: finish(cut(lines, space.max_lines, max_width)) };
        }
        size = (size - 1.0).max(space.min_size);
    }
}

/// Breaks between words; a line is wider than `max_width` only if a single word is.
fn wrap(pieces: &[Piece], max_width: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.width_with(piece) <= max_width => line.push(piece),
            _ => lines.push(Line { text: piece.text.clone(), width: piece.width }),
        }
    }
    lines
}

/// The same number of lines, but as narrow as they can be.
fn even(pieces: &[Piece], lines: Vec<Line>, max_width: f64) -> Vec<Line> {
    let widest = |lines: &[Line]| lines.iter().map(|l| l.width).fold(0.0, f64::max);
    let mut best = lines;
    let (mut low, mut high) = (0.0, max_width);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        let narrower = wrap(pieces, middle);
        if narrower.len() == best.len() && widest(&narrower) <= middle {
            (best, high) = (narrower, middle);
        } else {
            low = middle;
        }
    }
    best
}

/// The first lines; the last of them ends in an ellipsis if others follow.
fn cut(mut lines: Vec<Line>, count: usize, max_width: f64) -> Vec<Line> {
    if lines.len() > count {
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            let share = (max_width - ELLIPSIS_WIDTH) / last.width.max(1.0);
            let kept = (last.text.chars().count() as f64 * share.clamp(0.0, 1.0)).floor() as usize;
            last.text = last.text.chars().take(kept).collect::<String>().trim_end().to_owned() + ELLIPSIS;
        }
    }
    lines
}

/// The lines' texts, without the dashes that a line break replaces.
fn finish(lines: Vec<Line>) -> Vec<String> {
    let count = lines.len();
    let bare = |(i, line): (usize, Line)| {
        let after_break = if i > 0 { line.text.strip_prefix(DASHES).and_then(blank_before) } else { None };
        let text = after_break.unwrap_or(&line.text);
        let before_break = if i + 1 < count { text.strip_suffix(DASHES).and_then(blank_after) } else { None };
        before_break.unwrap_or(text).to_owned()
    };
    lines.into_iter().enumerate().map(bare).collect()
}

fn blank_before(text: &str) -> Option<&str> {
    text.strip_prefix(' ')
}

fn blank_after(text: &str) -> Option<&str> {
    text.strip_suffix(' ')
}

fn pieces(text: &str, space: &TextBox) -> Vec<Piece> {
    let mut text = text.to_owned();
    if let Some((end, _)) = text.char_indices().nth(MAX_LENGTH) {
        text.truncate(end);
        text.push_str(ELLIPSIS);
    }
    let max_width = space.width / space.break_size;
    let gap = BLANK + space.spacing;
    let of_word = |word: &str| match spaced_width(word, space) {
        width if width <= max_width => vec![Piece { text: word.to_owned(), width, gap }],
        _ => broken(word, max_width, space),
    };
    text.split_whitespace().flat_map(of_word).collect()
}

/// A word in parts that fit, each as long as possible.
fn broken(word: &str, max_width: f64, space: &TextBox) -> Vec<Piece> {
    let mut parts: Vec<Piece> = Vec::new();
    for letter in word.chars() {
        let is_mark = letter.width().unwrap_or(0) == 0;
        let width = spaced_width(letter.encode_utf8(&mut [0; 4]), space);
        match parts.last_mut() {
            Some(part) if is_mark => part.text.push(letter),
            Some(part) if part.width + width <= max_width => {
                part.text.push(letter);
                part.width += width;
            }
            _ => {
                let gap = if parts.is_empty() { BLANK + space.spacing } else { 0.0 };
                parts.push(Piece { text: letter.to_string(), width, gap });
            }
        }
    }
    parts
}

/// The width of a word with the spacing of its box, in font sizes.
fn spaced_width(word: &str, space: &TextBox) -> f64 {
    width(word, space.weight) + word.chars().count() as f64 * space.spacing
}

impl Line {
    fn push(&mut self, piece: &Piece) {
        self.width = self.width_with(piece);
        if piece.gap > 0.0 {
            self.text.push(' ');
        }
        self.text.push_str(&piece.text);
    }

    /// How wide it would be with one more piece.
    fn width_with(&self, piece: &Piece) -> f64 {
        self.width + piece.gap + piece.width
    }
}
