//! The card: one credential as an SVG of the size that social sites show.

use maud::{Markup, PreEscaped, html};

use super::Earned;
use super::colour::{Rgb, WHITE};
use super::fonts::FAMILY;
use super::geometry::number;
use super::ground::{FOOT, HEIGHT, MEDAL, WIDTH, border, ground, mark, ribbon};
use super::lettering::{Fitted, Room, fit};
use super::measure::Weight;
use super::medal::{Colours, medal, shadow};
use super::text::{clean, date, description, name, proof, validity};

/// Where the words begin.
const LEFT: f64 = 556.0;
/// How wide they may be.
const MEASURE: f64 = 574.0;
/// The words stand around this height.
const MIDDLE: f64 = 282.0;
/// How far the two dates stand apart.
const DATES_APART: f64 = 294.0;
/// How wide a proof may be, beside the mark.
const PROOF: f64 = 404.0;

/// A card as a self-contained SVG.
pub fn card_svg(earned: &Earned) -> String {
    let colours = Colours::of(earned);
    let drawing = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(HEIGHT)
            viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } xml:lang="en" role="img"
            aria-labelledby="card-title" aria-describedby="card-description" font-family=(FAMILY) {
            title id="card-title" { (name(earned)) }
            desc id="card-description" { (description(earned)) }
            (ground(&colours))
            (border(earned.frame, &colours))
            g transform={ "translate(" (MEDAL.0) " " (MEDAL.1) ")" } {
                (ribbon(&colours))
                (shadow("card-"))
                (medal(earned, "card-"))
            }
            (words(earned, &colours))
            (mark(&colours))
        }
    };
    drawing.into_string()
}

/// The column beside the medal, from above: tier, name, issuer and dates; the proof at the foot.
fn words(earned: &Earned, colours: &Colours) -> Markup {
    let blocks = [tier(earned, colours), title(earned), issuer(earned, colours), dates(earned, colours)];
    let tall: f64 = blocks.iter().map(|block| block.height).sum();
    let mut top = MIDDLE - tall / 2.0;
    html! {
        @for block in &blocks {
            (block.at(top))
            @let () = top += block.height;
        }
        (foot(earned, colours))
    }
}

/// Words that take a part of the column's height.
struct Block {
    height: f64,
    /// Drawn from the block's upper left corner.
    drawing: Markup,
}

impl Block {
    fn at(&self, top: f64) -> Markup {
        html! { g transform={ "translate(" (number(LEFT)) " " (number(top)) ")" } { (self.drawing) } }
    }
}

fn tier(earned: &Earned, colours: &Colours) -> Block {
    let room = Room { spacing: 0.12, ..row(Weight::Bold, 19.0, 13.0) };
    let fitted = fit(&clean(&earned.tier).to_uppercase(), &room);
    let drawing = html! {
        g letter-spacing=(number(fitted.size * room.spacing)) {
            (lines(&fitted, Weight::Bold, colours.palette.light, 22.0))
        }
    };
    Block { height: below(&fitted, 46.0), drawing }
}

fn title(earned: &Earned) -> Block {
    let room = Room { lines: 3, breaks: 36.0, ..row(Weight::Bold, 60.0, 24.0) };
    let fitted = fit(&name(earned), &room);
    let drawing = lines(&fitted, Weight::Bold, WHITE, fitted.size * 0.9);
    Block { height: step(&fitted) * fitted.lines.len() as f64, drawing }
}

fn issuer(earned: &Earned, colours: &Colours) -> Block {
    let fitted = fit(&clean(&earned.issuer), &row(Weight::Regular, 27.0, 17.0));
    let drawing = lines(&fitted, Weight::Regular, colours.palette.light, 32.0);
    Block { height: below(&fitted, 40.0), drawing }
}

/// When it was passed and until when it is valid, side by side below a short bar.
fn dates(earned: &Earned, colours: &Colours) -> Block {
    let room = Room { width: DATES_APART - 26.0, ..row(Weight::Bold, 28.0, 18.0) };
    let fitted = |(label, value): (&'static str, String)| (label, fit(&value, &room));
    let mut facts: Vec<(&str, Fitted)> =
        [Some(("Passed on", date(earned.on))), validity(earned)].into_iter().flatten().map(fitted).collect();
    let size = facts.iter().map(|(_, value)| value.size).fold(room.largest, f64::min);
    facts.iter_mut().for_each(|(_, value)| value.size = size);
    let drawing = html! {
        rect y="24" width="72" height="4" rx="2" fill=(colours.metal.bright) {}
        @for (i, (label, value)) in facts.iter().enumerate() {
            g transform={ "translate(" (DATES_APART * i as f64) " 66)" } {
                text font-size="19" fill=(colours.palette.light) { (label) }
                (lines(value, Weight::Bold, WHITE, 37.0))
            }
        }
    };
    Block { height: 110.0, drawing }
}

/// The proof, where there is one to show.
fn foot(earned: &Earned, colours: &Colours) -> Markup {
    let Some(proof) = proof(earned) else { return html! {} };
    let light = colours.palette.light;
    let room = Room { width: PROOF, lines: 2, breaks: 18.0, ..row(Weight::Regular, 20.0, 12.0) };
    let fitted = fit(&proof, &room);
    let top = FOOT - step(&fitted) * (fitted.lines.len() as f64 - 1.0);
    html! {
        g transform={ "translate(" (number(LEFT)) " " (number(top)) ")" } {
            text y="-27" font-size="17" fill=(light) { "Proof" }
            (lines(&fitted, Weight::Regular, light, 0.0))
        }
    }
}

/// A room of one line that is as wide as the column.
fn row(weight: Weight, largest: f64, smallest: f64) -> Room {
    Room { width: MEASURE, lines: 1, largest, smallest, breaks: smallest, weight, spacing: 0.0 }
}

/// Lines of words, the first of them on the height of `first`.
fn lines(fitted: &Fitted, weight: Weight, colour: Rgb, first: f64) -> Markup {
    html! {
        @for (i, text) in fitted.lines.iter().enumerate() {
            text y=(number(first + step(fitted) * i as f64)) font-size=(number(fitted.size))
                font-weight=(weight.number()) fill=(colour) { (text) }
        }
    }
}

/// From line to line.
fn step(fitted: &Fitted) -> f64 {
    fitted.size * 1.18
}

/// The height that words take, if there are any.
fn below(fitted: &Fitted, height: f64) -> f64 {
    if fitted.lines.is_empty() { 0.0 } else { height }
}
