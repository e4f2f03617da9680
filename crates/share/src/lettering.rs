//! Fitting words into a room: the largest size at which they fit, broken into even lines.

use unicode_width::UnicodeWidthChar;

use super::measure::{Weight, widths};

/// Where a text may stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    pub width: f64,
    pub lines: usize,
    pub largest: f64,
    pub smallest: f64,
    /// A word that does not fit on a line at this size is broken.
    pub breaks: f64,
    pub weight: Weight,
    /// Added between letters, in font sizes.
    pub spacing: f64,
}

/// A text that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    pub size: f64,
    pub lines: Vec<String>,
}

/// Longer texts are cut before they are measured.
const LONGEST: usize = 240;
/// A blank's width, in font sizes.
const BLANK: f64 = 0.35;
const ELLIPSIS: &str = "…";
/// The ellipsis' width, in font sizes.
const ELLIPSIS_WIDTH: f64 = 1.0;
/// Where one of these stands between blanks, a line break says the same.
const DASHES: [char; 4] = ['-', '–', '—', '|'];

/// A word, or a part of one that is too long for a line; measured in font sizes.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    text: String,
    width: f64,
    /// The blank before it; none where it goes on from the piece before.
    gap: f64,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Line {
    text: String,
    /// In font sizes.
    width: f64,
}

/// Fits a text into a room; what does not fit at the smallest size ends in an ellipsis.
pub fn fit(text: &str, room: &Room) -> Fitted {
    let pieces = pieces(text, room);
    let mut size = room.largest;
    loop {
        let most = room.width / size;
        let lines = wrap(&pieces, most);
        let fits = lines.len() <= room.lines && lines.iter().all(|l| l.width <= most);
        if fits {
            return Fitted { size, lines: finish(even(&pieces, lines, most)) };
        }
        if size <= room.smallest {
            return Fitted { size, lines: finish(cut(lines, room.lines, most)) };
        }
        size = (size - 1.0).max(room.smallest);
    }
}

/// Breaks between words; a line is wider than it may be only where one word is.
fn wrap(pieces: &[Piece], most: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.width_with(piece) <= most => line.push(piece),
            _ => lines.push(Line { text: piece.text.clone(), width: piece.width }),
        }
    }
    lines
}

/// The same number of lines, but as narrow as they can be.
fn even(pieces: &[Piece], lines: Vec<Line>, most: f64) -> Vec<Line> {
    let widest = |lines: &[Line]| lines.iter().map(|l| l.width).fold(0.0, f64::max);
    let mut best = lines;
    let (mut low, mut high) = (0.0, most);
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

/// The first lines; the last of them says that more would follow.
fn cut(mut lines: Vec<Line>, count: usize, most: f64) -> Vec<Line> {
    if lines.len() > count {
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            let share = (most - ELLIPSIS_WIDTH) / last.width.max(1.0);
            let kept = (last.text.chars().count() as f64 * share.clamp(0.0, 1.0)).floor() as usize;
            last.text = last.text.chars().take(kept).collect::<String>().trim_end().to_owned() + ELLIPSIS;
        }
    }
    lines
}

/// The lines' texts, without the dashes that a break has made idle.
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

fn pieces(text: &str, room: &Room) -> Vec<Piece> {
    let mut text = text.to_owned();
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push_str(ELLIPSIS);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let most = room.width / room.breaks;
    let widths = spaced(&words, room);
    let blank = BLANK + room.spacing;
    let piece = |(word, width): (&&str, f64)| match width <= most {
        true => vec![Piece { text: (*word).to_owned(), width, gap: blank }],
        false => broken(word, most, room),
    };
    words.iter().zip(widths).flat_map(piece).collect()
}

/// A word in parts that fit, each as long as it may be.
fn broken(word: &str, most: f64, room: &Room) -> Vec<Piece> {
    let letters: Vec<String> = word.chars().map(String::from).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    let mut parts: Vec<Piece> = Vec::new();
    for (letter, width) in letters.iter().zip(spaced(&letters, room)) {
        let is_mark = letter.chars().all(|c| c.width().unwrap_or(0) == 0);
        match parts.last_mut() {
            Some(part) if is_mark => part.text.push_str(letter),
            Some(part) if part.width + width <= most => {
                part.text.push_str(letter);
                part.width += width;
            }
            _ => {
                let gap = if parts.is_empty() { BLANK + room.spacing } else { 0.0 };
                parts.push(Piece { text: (*letter).to_owned(), width, gap });
            }
        }
    }
    parts
}

/// The widths of words with the room's spacing.
fn spaced(words: &[&str], room: &Room) -> Vec<f64> {
    let spacing = |word: &str| word.chars().count() as f64 * room.spacing;
    words.iter().zip(widths(words, room.weight)).map(|(word, width)| width + spacing(word)).collect()
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
