//! The card: one credential as a drawing of the size that social sites show.

use maud::{PreEscaped, html};

use super::background::{FOOT, HEIGHT, MEDAL, WIDTH, background, border, mark, ribbon};
use super::color::{Rgb, WHITE};
use super::fitting::{FittedText, TextBox, fit};
use super::font::{FAMILY, Weight};
use super::medal::{Colors, medal, shadow};
use super::scene::{Node, Outline, Shape, Text, Transform};
use super::text::{clean, date, description, name, proof, validity};
use super::{Earned, svg};

/// The left edge of the words, in pixels.
const LEFT: f64 = 556.0;
/// The greatest width of the words.
const COLUMN_WIDTH: f64 = 574.0;
/// The words are centered around this height.
const MIDDLE: f64 = 282.0;
/// From the left of the first date to the left of the second.
const DATE_STEP: f64 = 294.0;
/// The greatest width of a proof, which has the mark on its right.
const PROOF_WIDTH: f64 = 404.0;

/// A card as a self-contained SVG.
pub fn card_svg(earned: &Earned) -> String {
    let drawing = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(HEIGHT)
            viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } xml:lang="en" role="img"
            aria-labelledby="card-title" aria-describedby="card-description" font-family=(FAMILY) {
            title id="card-title" { (name(earned)) }
            desc id="card-description" { (description(earned)) }
            (svg::elements(&card(earned)))
        }
    };
    drawing.into_string()
}

/// The drawing of a card, of `WIDTH` by `HEIGHT` pixels.
pub fn card(earned: &Earned) -> Vec<Node> {
    let colors = Colors::of(earned);
    let mut hung = ribbon(&colors);
    hung.push(shadow("card-"));
    hung.extend(medal(earned, "card-"));
    let mut nodes = background(&colors);
    nodes.extend(border(earned.frame, &colors));
    nodes.push(Node::group(Transform::Translate(MEDAL.0, MEDAL.1), hung));
    nodes.extend(words(earned, &colors));
    nodes.push(mark(&colors));
    nodes
}

/// The column on the right of the medal, from above: tier, name, issuer and dates; the proof at the foot.
fn words(earned: &Earned, colors: &Colors) -> Vec<Node> {
    let blocks = [tier(earned, colors), title(earned), issuer(earned, colors), dates(earned, colors)];
    let height: f64 = blocks.iter().map(|block| block.height).sum();
    let mut top = MIDDLE - height / 2.0;
    let mut nodes = Vec::new();
    for block in blocks {
        nodes.push(Node::group(Transform::Translate(LEFT, top), block.nodes));
        top += block.height;
    }
    nodes.extend(foot(earned, colors));
    nodes
}

/// Words that take a part of the column's height.
struct Block {
    height: f64,
    /// From the block's upper left corner.
    nodes: Vec<Node>,
}

fn tier(earned: &Earned, colors: &Colors) -> Block {
    let space = TextBox { spacing: 0.12, ..single_line(Weight::Bold, 19.0, 13.0) };
    let fitted = fit(&clean(&earned.tier).to_uppercase(), &space);
    let letter_spacing = fitted.size * space.spacing;
    let texts = lines(&fitted, Weight::Bold, colors.palette.light, 22.0);
    let nodes = texts.map(|text| Text { letter_spacing, ..text }.into()).collect();
    Block { height: height_if_any(&fitted, 46.0), nodes }
}

fn title(earned: &Earned) -> Block {
    let space = TextBox { max_lines: 3, break_size: 36.0, ..single_line(Weight::Bold, 60.0, 24.0) };
    let fitted = fit(&name(earned), &space);
    let nodes = lines(&fitted, Weight::Bold, WHITE, fitted.size * 0.9).map(Node::from).collect();
    Block { height: line_height(&fitted) * fitted.lines.len() as f64, nodes }
}

fn issuer(earned: &Earned, colors: &Colors) -> Block {
    let fitted = fit(&clean(&earned.issuer), &single_line(Weight::Regular, 27.0, 17.0));
    let nodes = lines(&fitted, Weight::Regular, colors.palette.light, 32.0).map(Node::from).collect();
    Block { height: height_if_any(&fitted, 40.0), nodes }
}

/// When it was passed and until when it is valid, side by side below a short bar.
fn dates(earned: &Earned, colors: &Colors) -> Block {
    let space = TextBox { width: DATE_STEP - 26.0, ..single_line(Weight::Bold, 28.0, 18.0) };
    let fitted = |(label, value): (&'static str, String)| (label, fit(&value, &space));
    let mut facts: Vec<(&str, FittedText)> =
        [Some(("Passed on", date(earned.on))), validity(earned)].into_iter().flatten().map(fitted).collect();
    let size = facts.iter().map(|(_, value)| value.size).fold(space.max_size, f64::min);
    facts.iter_mut().for_each(|(_, value)| value.size = size);
    let bar = Outline::Rectangle { corner: (0.0, 24.0), size: (72.0, 4.0), radius: 2.0 };
    let mut nodes = vec![Shape::filled(bar, colors.metal.bright.into()).into()];
    for (i, (label, value)) in facts.iter().enumerate() {
        let label = Text::new(label, (0.0, 0.0), 19.0, Weight::Regular, colors.palette.light);
        let value = lines(value, Weight::Bold, WHITE, 37.0);
        let fact = std::iter::once(label).chain(value).map(Node::from).collect();
        nodes.push(Node::group(Transform::Translate(DATE_STEP * i as f64, 66.0), fact));
    }
    Block { height: 110.0, nodes }
}

/// The proof, if there is one to show.
fn foot(earned: &Earned, colors: &Colors) -> Option<Node> {
    let light = colors.palette.light;
    let space = TextBox {
        width: PROOF_WIDTH,
        max_lines: 2,
        break_size: 18.0,
        ..single_line(Weight::Regular, 20.0, 12.0)
    };
    let fitted = fit(&proof(earned)?, &space);
    let top = FOOT - line_height(&fitted) * (fitted.lines.len() as f64 - 1.0);
    let label = Text::new("Proof", (0.0, -27.0), 17.0, Weight::Regular, light);
    let value = lines(&fitted, Weight::Regular, light, 0.0);
    let nodes = std::iter::once(label).chain(value).map(Node::from).collect();
    Some(Node::group(Transform::Translate(LEFT, top), nodes))
}

/// A line that is as wide as the column.
fn single_line(weight: Weight, max_size: f64, min_size: f64) -> TextBox {
    TextBox {
        width: COLUMN_WIDTH,
        max_lines: 1,
        max_size,
        min_size,
        break_size: min_size,
        weight,
        spacing: 0.0,
    }
}

/// Lines of words, the first of them with its baseline on the height of `first`.
fn lines(fitted: &FittedText, weight: Weight, color: Rgb, first: f64) -> impl Iterator<Item = Text> {
    fitted.lines.iter().enumerate().map(move |(i, line)| {
        Text::new(line, (0.0, first + line_height(fitted) * i as f64), fitted.size, weight, color)
    })
}

/// From baseline to baseline.
fn line_height(fitted: &FittedText) -> f64 {
    fitted.size * 1.18
}

/// The height of a block, which is 0 without words.
fn height_if_any(fitted: &FittedText, height: f64) -> f64 {
    if fitted.lines.is_empty() { 0.0 } else { height }
}
