//! The two fonts that pictures are lettered with: outlines, widths and kerning of DejaVu Sans.
//!
//! `assets/make_outlines.py` makes the files and describes their format. Text is not
//! shaped: characters that have to be joined, ordered or stacked have no glyph here, so that they are
//! reported as missing instead of being drawn wrongly.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;
use zeno::{Command, Point};

/// The value of `font-family`: the font of pictures, then fonts that are not wider.
pub const FAMILY: &str = "'DejaVu Sans', Verdana, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

static REGULAR: LazyLock<Font> =
    LazyLock::new(|| Font::unpack(include_bytes!("../assets/DejaVuSans.outlines")).expect("a test reads it"));
static BOLD: LazyLock<Font> = LazyLock::new(|| {
    Font::unpack(include_bytes!("../assets/DejaVuSans-Bold.outlines")).expect("a test reads it")
});

/// The character whose glyph is drawn for characters without one: a box.
const MISSING: char = '\0';

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// The value of `font-weight`.
    pub fn number(self) -> u32 {
        match self {
            Weight::Regular => 400,
            Weight::Bold => 700,
        }
    }
}

/// The letters of one weight. Lengths are in font sizes.
#[derive(Debug, Default)]
pub struct Font {
    glyphs: BTreeMap<char, Glyph>,
    /// What is added between two characters.
    kerning: BTreeMap<(char, char), f64>,
}

/// The drawing of one character.
#[derive(Debug, Default)]
struct Glyph {
    width: f64,
    /// From the start of the baseline; y grows downwards.
    outline: Vec<Command>,
}

/// A glyph and where it starts on the baseline, in font sizes.
#[derive(Debug, Clone, Copy)]
pub struct PlacedGlyph<'f> {
    pub x: f64,
    pub outline: &'f [Command],
}

/// A line of glyphs. Lengths are in font sizes.
#[derive(Debug)]
pub struct GlyphRun<'f> {
    pub glyphs: Vec<PlacedGlyph<'f>>,
    pub width: f64,
}

impl Font {
    /// The font of a weight.
    pub fn of(weight: Weight) -> &'static Font {
        match weight {
            Weight::Regular => &REGULAR,
            Weight::Bold => &BOLD,
        }
    }

    /// The glyphs of a text from left to right, with `spacing` font sizes after each.
    ///
    /// A box is drawn for a character without a glyph; a mark without one is left out.
    pub fn run(&self, text: &str, spacing: f64) -> GlyphRun<'_> {
        let mut run = GlyphRun { glyphs: Vec::new(), width: 0.0 };
        let mut before = None;
        for character in visible(text) {
            let substitute = if character.width() == Some(0) { None } else { self.glyphs.get(&MISSING) };
            let Some(glyph) = self.glyphs.get(&character).or(substitute) else { continue };
            let kerning = before.and_then(|before| self.kerning.get(&(before, character)));
            let x = run.width + kerning.copied().unwrap_or_default();
            run.glyphs.push(PlacedGlyph { x, outline: &glyph.outline });
            run.width = x + glyph.width + spacing;
            before = Some(character);
        }
        run
    }

    /// The characters of a text for which the font has no glyph.
    pub fn missing(&self, text: &str) -> impl Iterator<Item = char> {
        visible(text).filter(|character| !self.glyphs.contains_key(character))
    }

    /// Reads a compressed file of outlines; `None` if it is damaged.
    fn unpack(compressed: &[u8]) -> Option<Font> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(compressed).read_to_end(&mut bytes).ok()?;
        Reader { bytes: &bytes, em: 1.0 }.font()
    }
}

/// The characters that are to be seen; letters and their accents are one where Unicode has one for both.
fn visible(text: &str) -> impl Iterator<Item = char> {
    text.nfc().filter(|character| !is_invisible(*character))
}

/// Soft hyphens, joiners and variation selectors: at most, they choose how their neighbors look.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
}

/// What is left of a file of outlines.
struct Reader<'b> {
    bytes: &'b [u8],
    /// Font units in one font size.
    em: f64,
}

impl Reader<'_> {
    fn font(mut self) -> Option<Font> {
        self.em = f64::from(self.number()?);
        let mut font = Font::default();
        let mut character = 0;
        for _ in 0..self.number()? {
            character += self.number()?;
            font.glyphs.insert(char::from_u32(character)?, self.glyph()?);
        }
        for _ in 0..self.number()? {
            let pair = (self.character()?, self.character()?);
            font.kerning.insert(pair, self.signed_length()?);
        }
        self.bytes.is_empty().then_some(font)
    }

    fn glyph(&mut self) -> Option<Glyph> {
        let mut glyph = Glyph { width: self.length()?, outline: Vec::new() };
        let mut at = (0, 0);
        for _ in 0..self.number()? {
            let mut points = Vec::new();
            for _ in 0..self.number()? {
                let across = self.number()?;
                at = (at.0 + signed(across >> 1), at.1 + signed(self.number()?));
                points.push((self.point(at), across & 1 == 1));
            }
            add_contour(&mut glyph.outline, &points);
        }
        Some(glyph)
    }

    /// A point of font units in font sizes, downwards.
    fn point(&self, (x, y): (i32, i32)) -> Point {
        Point::new((f64::from(x) / self.em) as f32, (-f64::from(y) / self.em) as f32)
    }

    fn length(&mut self) -> Option<f64> {
        Some(f64::from(self.number()?) / self.em)
    }

    fn signed_length(&mut self) -> Option<f64> {
        Some(f64::from(signed(self.number()?)) / self.em)
    }

    fn character(&mut self) -> Option<char> {
        char::from_u32(self.number()?)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

/// The signed number that a zigzag number encodes.
fn signed(zigzag: u32) -> i32 {
    (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed()
}

/// Adds a closed contour of points and whether they are on the curve, of which the first one is.
fn add_contour(outline: &mut Vec<Command>, points: &[(Point, bool)]) {
    let Some((&(start, _), rest)) = points.split_first() else { return };
    outline.push(Command::MoveTo(start));
    let mut control: Option<Point> = None;
    for &(point, is_on_curve) in rest {
        match (control, is_on_curve) {
            (None, true) => outline.push(Command::LineTo(point)),
            (None, false) => control = Some(point),
            (Some(bend), true) => {
                outline.push(Command::QuadTo(bend, point));
                control = None;
            }
            (Some(bend), false) => {
                outline.push(Command::QuadTo(bend, (bend + point) * 0.5));
                control = Some(point);
            }
        }
    }
    if let Some(bend) = control {
        outline.push(Command::QuadTo(bend, start));
    }
    outline.push(Command::Close);
}
