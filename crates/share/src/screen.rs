//! A screen as an SVG: letters stay letters; blocks, rules and dots become shapes.
//!
//! Fonts draw blocks and dots at every height; as shapes they meet wherever the picture is shown.

use maud::{Markup, PreEscaped, html};
use unicode_width::UnicodeWidthChar;

use super::color::{Rgb, WHITE};
use super::geometry::number;

/// The size of a cell of the screen, in pixels.
const CELL_WIDTH: f64 = 9.0;
const CELL_HEIGHT: f64 = 20.0;
/// The space around the screen, in pixels.
const MARGIN: f64 = 24.0;
/// From a cell's top to the baseline.
const BASELINE: f64 = 15.0;
const COLUMNS: f64 = 80.0;
const FAMILY: &str = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";
const BACKGROUND: Rgb = WHITE;
/// For a day of the calendar: nothing, then more and more.
const SHADES: [Rgb; 5] = [Rgb(0xeb_edf0), Rgb(0xac_e3b8), Rgb(0x62_c07a), Rgb(0x2f_8f4e), Rgb(0x17_5a30)];

/// What letters mean, which decides their color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Text,
    Strong,
    Good,
    Bad,
    Warn,
    Accent,
    Faint,
}

/// Letters of the same meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    pub text: String,
    pub ink: Ink,
}

impl Ink {
    fn color(self) -> Rgb {
        match self {
            Ink::Text | Ink::Strong => Rgb(0x1f_2933),
            Ink::Good => Rgb(0x1e_7a3f),
            Ink::Bad => Rgb(0xb3_261e),
            Ink::Warn => Rgb(0x9c_27_6b),
            Ink::Accent => Rgb(0x0b_6b8a),
            Ink::Faint => Rgb(0x6b_7785),
        }
    }
}

/// A screen of eighty columns as a self-contained SVG.
pub fn screen_svg(title: &str, lines: &[Vec<Letters>]) -> String {
    let width = COLUMNS * CELL_WIDTH + 2.0 * MARGIN;
    let height = lines.len() as f64 * CELL_HEIGHT + 2.0 * MARGIN;
    let drawing = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        svg xmlns="http://www.w3.org/2000/svg" width=(number(width)) height=(number(height))
            viewBox={ "0 0 " (number(width)) " " (number(height)) } xml:lang="en" role="img"
            font-family=(FAMILY) font-size="15" xml:space="preserve" {
            title { (title) }
            rect width="100%" height="100%" rx="12" fill=(BACKGROUND) {}
            @for (row, line) in lines.iter().enumerate() {
                (drawn(line, MARGIN + row as f64 * CELL_HEIGHT))
            }
        }
    };
    drawing.into_string()
}

/// Letters next to each other.
#[derive(Debug, Default)]
struct Run {
    text: String,
    left: f64,
    columns: usize,
}

fn drawn(line: &[Letters], top: f64) -> Markup {
    let mut shapes = Vec::new();
    let mut column = 0;
    for letters in line {
        let mut run = Run::default();
        for letter in letters.text.chars().filter(|c| is_allowed(*c)) {
            let left = MARGIN + column as f64 * CELL_WIDTH;
            let columns = letter.width().unwrap_or(0);
            column += columns;
            if let Some(shape) = shape(letter, left, top, letters.ink) {
                shapes.extend(run.take_drawing(top, letters.ink));
                shapes.push(shape);
                continue;
            }
            if letter == ' ' && (run.text.is_empty() || run.text.ends_with(' ')) {
                shapes.extend(run.take_drawing(top, letters.ink));
                continue;
            }
            if run.text.is_empty() {
                run.left = left;
            }
            run.text.push(letter);
            run.columns += columns;
        }
        shapes.extend(run.take_drawing(top, letters.ink));
    }
    html! { @for shape in &shapes { (shape) } }
}

impl Run {
    /// Draws the letters of the run, and empties it.
    fn take_drawing(&mut self, top: f64, ink: Ink) -> Option<Markup> {
        let run = std::mem::take(self);
        let text = run.text.trim_end();
        if text.is_empty() {
            return None;
        }
        let columns = run.columns - (run.text.len() - text.len());
        let weight = if ink == Ink::Strong { "700" } else { "400" };
        Some(html! {
            text x=(number(run.left)) y=(number(top + BASELINE)) textLength=(number(columns as f64 * CELL_WIDTH))
                lengthAdjust="spacingAndGlyphs" font-weight=(weight) fill=(ink.color()) { (text) }
        })
    }
}

/// Whether XML can hold a character and it takes a place on the screen.
fn is_allowed(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// What is drawn instead of a letter; `None` if it stays a letter.
fn shape(letter: char, left: f64, top: f64, ink: Ink) -> Option<Markup> {
    let color = ink.color();
    let bar = |x: f64, y: f64, wide: f64, tall: f64| Some(block(left + x, top + y, wide, tall, color));
    let shade = |shade: usize| Some(square(left, top, SHADES[shade]));
    match letter {
        '·' if ink == Ink::Faint => shade(0),
        '░' => shade(1),
        '▒' => shade(2),
        '▓' => shade(3),
        // The darkest day; all other full blocks are parts of bars, and never good alone.
        '█' if ink == Ink::Good => shade(4),
        '▁'..='█' => {
            let eighths = f64::from(u32::from(letter) - u32::from('▁') + 1);
            let tall = CELL_HEIGHT * eighths / 8.0;
            bar(1.0, CELL_HEIGHT - tall, CELL_WIDTH + 1.0, tall)
        }
        '▉'..='▏' => {
            let eighths = f64::from(u32::from('▏') - u32::from(letter) + 1);
            bar(0.0, 4.0, CELL_WIDTH * eighths / 8.0, CELL_HEIGHT - 8.0)
        }
        '▰' => bar(0.0, 5.0, CELL_WIDTH - 1.5, CELL_HEIGHT - 10.0),
        '▱' => Some(block(left, top + 5.0, CELL_WIDTH - 1.5, CELL_HEIGHT - 10.0, SHADES[0])),
        '─' => bar(0.0, CELL_HEIGHT / 2.0, CELL_WIDTH, 1.0),
        '│' => bar(CELL_WIDTH / 2.0, 0.0, 1.0, CELL_HEIGHT),
        '└' => Some(html! {
            (block(left + CELL_WIDTH / 2.0, top, 1.0, CELL_HEIGHT / 2.0, color))
            (block(left + CELL_WIDTH / 2.0, top + CELL_HEIGHT / 2.0, CELL_WIDTH / 2.0, 1.0, color))
        }),
        '●' => Some(html! {
            circle cx=(number(left + CELL_WIDTH / 2.0)) cy=(number(top + CELL_HEIGHT / 2.0)) r="4.5" fill=(color) {}
        }),
        '\u{2801}'..='\u{28ff}' => Some(dots(letter, left, top, color)),
        _ => None,
    }
}

fn block(x: f64, y: f64, wide: f64, tall: f64, color: Rgb) -> Markup {
    html! { rect x=(number(x)) y=(number(y)) width=(number(wide)) height=(number(tall)) fill=(color) {} }
}

/// A day of the calendar: a square that extends into the blank on its right.
fn square(left: f64, top: f64, color: Rgb) -> Markup {
    html! {
        rect x=(number(left)) y=(number(top + 2.0)) width="16" height="16" rx="3" fill=(color) {}
    }
}

/// The dots of a braille letter: two columns of four, in the order of Unicode's bits.
fn dots(letter: char, left: f64, top: f64, color: Rgb) -> Markup {
    const PLACES: [(f64, f64); 8] =
        [(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (1.0, 0.0), (1.0, 1.0), (1.0, 2.0), (0.0, 3.0), (1.0, 3.0)];
    let bits = u32::from(letter) - 0x2800;
    if bits == 0xff {
        return block(left, top, CELL_WIDTH, CELL_HEIGHT, color);
    }
    let set = PLACES.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, place)| place);
    html! {
        @for (x, y) in set {
            (block(left + x * CELL_WIDTH / 2.0, top + y * CELL_HEIGHT / 4.0, CELL_WIDTH / 2.0, CELL_HEIGHT / 4.0, color))
        }
    }
}
