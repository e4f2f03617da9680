//! A picture in box-drawing characters, as lines: it looks the same in every font and in none.

use super::color::Rgb;
use super::font::Weight;
use super::geometry::number;
use super::scene::{Anchor, Node, Outline, Shape, Stroke, Text, Transform};
use super::text::clean;

/// A character's cell.
const CELL: (f64, f64) = (10.0, 20.0);
/// Columns that a picture may have.
const COLUMNS: usize = 11;
/// The size of characters that are not lines.
const LETTER: f64 = 15.0;

/// What a picture is made of, from its upper left corner.
struct Engraving {
    /// Path data.
    lines: String,
    letters: Vec<Text>,
}

/// Draws a picture around the origin, in a box that is 110 by 60 units.
pub fn engrave(picture: &[String; 3], color: Rgb) -> Node {
    let engraving = read(picture, color);
    let stroke = Stroke { is_round: true, ..Stroke::new(color.into(), 2.0) };
    let lines = Shape::stroked(Outline::Path(engraving.lines), stroke);
    let letters = engraving.letters.into_iter().map(Node::from);
    let nodes = std::iter::once(Node::from(lines)).chain(letters).collect();
    Node::group(Transform::Translate(-(COLUMNS as f64) * CELL.0 / 2.0, -CELL.1 * 1.5), nodes)
}

fn read(picture: &[String; 3], color: Rgb) -> Engraving {
    let mut engraving = Engraving { lines: String::new(), letters: Vec::new() };
    for (row, line) in picture.iter().enumerate() {
        for (column, glyph) in indented(line).chars().enumerate() {
            let corner = (column as f64 * CELL.0, row as f64 * CELL.1);
            add(&mut engraving, corner, glyph, color);
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

fn add(engraving: &mut Engraving, (x, y): (f64, f64), glyph: char, color: Rgb) {
    match strokes(glyph) {
        Some(strokes) => engraving.lines.push_str(&format!("M{} {}{strokes}", number(x), number(y))),
        None if glyph.is_whitespace() => {}
        None => {
            let at = (x + CELL.0 / 2.0, y + CELL.1 * 0.77);
            let letter = Text::new(&glyph.to_string(), at, LETTER, Weight::Bold, color);
            engraving.letters.push(Text { anchor: Anchor::Middle, ..letter });
        }
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
