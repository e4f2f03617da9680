//! A picture in box-drawing characters, as lines: it looks the same in every font and in none.

use maud::{Markup, html};

use super::colour::Rgb;
use super::geometry::number;
use super::text::clean;

/// A character's cell.
const CELL: (f64, f64) = (10.0, 20.0);
/// Columns that a picture may have.
const COLUMNS: usize = 11;
/// The size of characters that are not lines.
const LETTER: f64 = 15.0;

/// What a picture is made of.
struct Engraving {
    /// Path data.
    lines: String,
    letters: Vec<Letter>,
    columns: usize,
}

struct Letter {
    glyph: char,
    x: f64,
    y: f64,
}

/// Draws a picture around the origin, in a box that is 110 by 60 units.
pub fn engrave(picture: &[String; 3], colour: Rgb) -> Markup {
    let engraving = read(picture);
    let across = engraving.columns as f64 * CELL.0 / 2.0;
    html! {
        g transform={ "translate(-" (number(across)) " -" (number(CELL.1 * 1.5)) ")" } {
            path d=(engraving.lines) fill="none" stroke=(colour) stroke-width="2"
                stroke-linecap="round" stroke-linejoin="round" {}
            g fill=(colour) font-weight="700" font-size=(LETTER) text-anchor="middle" {
                @for letter in &engraving.letters {
                    text x=(number(letter.x)) y=(number(letter.y)) { (letter.glyph) }
                }
            }
        }
    }
}

fn read(picture: &[String; 3]) -> Engraving {
    let mut engraving = Engraving { lines: String::new(), letters: Vec::new(), columns: COLUMNS };
    for (row, line) in picture.iter().enumerate() {
        for (column, glyph) in indented(line).chars().enumerate() {
            add(&mut engraving, column as f64 * CELL.0, row as f64 * CELL.1, glyph);
        }
    }
    engraving
}

/// As much of a line as is drawn, cleaned, with the blanks between and before its characters.
fn indented(line: &str) -> String {
    line.chars()
        .take(COLUMNS)
        .map(|c| if c == ' ' { "\u{a0}".to_owned() } else { clean(&c.to_string()) })
        .collect()
}

fn add(engraving: &mut Engraving, x: f64, y: f64, glyph: char) {
    match strokes(glyph) {
        Some(strokes) => engraving.lines.push_str(&format!("M{} {}{strokes}", number(x), number(y))),
        None if glyph.is_whitespace() => {}
        None => engraving.letters.push(Letter { glyph, x: x + CELL.0 / 2.0, y: y + CELL.1 * 0.77 }),
    }
}

/// A character's lines, from the upper left corner of its cell.
fn strokes(glyph: char) -> Option<&'static str> {
    Some(match glyph {
        '─' | '━' | '-' => "m0 10h10",
        '│' | '┃' | '|' => "m5 0v20",
        '╭' => "m10 10q-5 0-5 5v5",
        '╮' => "m0 10q5 0 5 5v5",
        '╰' => "m5 0v5q0 5 5 5",
        '╯' => "m5 0v5q0 5-5 5",
        '┌' | '┏' => "m10 10h-5v10",
        '┐' | '┓' => "m0 10h5v10",
        '└' | '┗' => "m5 0v10h5",
        '┘' | '┛' => "m5 0v10h-5",
        '├' => "m5 0v20m0-10h5",
        '┤' => "m5 0v20m0-10h-5",
        '┬' => "m0 10h10m-5 0v10",
        '┴' => "m0 10h10m-5 0v-10",
        '┼' => "m5 0v20m-5-10h10",
        '═' => "m0 8h10m-10 4h10",
        '╤' => "m0 8h10m-10 4h10m-5 0v8",
        '╧' => "m0 8h10m-10 4h10m-5-4v-8",
        '╱' | '/' => "m0 20l10-20",
        '╲' | '\\' => "m0 0l10 20",
        '╳' => "l10 20m-10 0l10-20",
        '╶' => "m5 10h5",
        '╴' => "m0 10h5",
        '╵' => "m5 0v10",
        '╷' => "m5 10v10",
        '_' => "m0 20h10",
        '(' => "m10 0q-10 10 0 20",
        ')' => "q10 10 0 20",
        '◉' => "m.5 10a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0m3.7 0a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0",
        '○' | '●' | '◯' => "m.5 10a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0",
        '▯' => "m2 5h6v10h-6z",
        '✦' => "m5-1q.9 10.1 6 11q-5.1.9-6 11q-.9-10.1-6-11q5.1-.9 6-11z",
        '✧' => "m5 5q.5 4.5 3 5q-2.5.5-3 5q-.5-4.5-3-5q2.5-.5 3-5z",
        '▸' => "m5 4.5l6 5.5l-6 5.5z",
        _ => return None,
    })
}
