//! The medal: an outline and a metal by frame, enamel and waves by field, the picture and the short
//! name in its middle.

use std::f64::consts::FRAC_PI_2;

use maud::{Markup, html};

use super::colour::{BLACK, FADED, LEAD, Metal, Palette, WHITE, hash, metal_of, palette_of};
use super::engraving::engrave;
use super::geometry::{diamond, number, outline, polar, star, wave};
use super::lettering::{Fitted, Room, fit};
use super::measure::Weight;
use super::text::clean;
use super::{Earned, Missing};
use badgedex_domain::catalog::Frame;

/// The radius of every medal.
pub const RADIUS: f64 = 200.0;
/// Of the plate in the middle.
const PLATE: f64 = 122.0;
/// How many waves lie on each other.
const WAVES: u32 = 6;
/// Where the signs of the tier stand.
const SIGNS: f64 = 148.0;

/// The colours of one medal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    pub palette: Palette,
    pub metal: Metal,
}

impl Colours {
    /// By field and frame; grey for what is no longer valid.
    pub fn of(earned: &Earned) -> Colours {
        if earned.is_held() {
            Colours { palette: palette_of(&earned.field), metal: metal_of(earned.frame) }
        } else {
            Colours { palette: FADED, metal: LEAD }
        }
    }
}

/// Draws a medal around the origin; `ids` keeps its ids apart from those of other drawings.
pub fn medal(earned: &Earned, ids: &str) -> Markup {
    let colours = Colours::of(earned);
    html! {
        (paints(&colours, ids))
        (body(earned.frame, &colours, ids))
        (waves(&earned.field, &colours.metal, ids))
        (signs(earned.frame, &colours))
        (plate(earned, &colours, ids))
        path d=(outline(earned.frame, RADIUS * 0.955)) fill={ "url(#" (ids) "gloss)" } {}
    }
}

/// Draws the shadow of a medal, to lie below it.
pub fn shadow(ids: &str) -> Markup {
    html! {
        defs {
            radialGradient id={ (ids) "shadow" } {
                stop offset="0.8" stop-color=(BLACK) stop-opacity="0.55" {}
                stop offset="1" stop-color=(BLACK) stop-opacity="0" {}
            }
        }
        circle cy="16" r=(RADIUS * 1.12) fill={ "url(#" (ids) "shadow)" } {}
    }
}

/// Draws the shape of a medal that was not earned yet.
pub fn silhouette(missing: &Missing, frame: Frame) -> Markup {
    html! {
        path.shape d=(outline(frame, RADIUS)) {}
        circle.plate r=(PLATE) {}
        (short_name(&missing.short, 15.0, 54.0))
    }
}

/// The gradients.
fn paints(colours: &Colours, ids: &str) -> Markup {
    let Colours { palette, metal } = colours;
    let stops = [
        ("0", metal.shine),
        ("0.22", metal.bright),
        ("0.42", metal.middle),
        ("0.55", metal.bright),
        ("0.64", metal.shine),
        ("0.8", metal.middle),
        ("1", metal.shade),
    ];
    let slope = |id: &str, from: &str, to: &str| {
        html! {
            linearGradient id={ (ids) (id) } x1=(from) y1=(from) x2=(to) y2=(to) {
                @for (offset, colour) in stops { stop offset=(offset) stop-color=(colour) {} }
            }
        }
    };
    html! {
        defs {
            (slope("metal", "0.1", "0.9"))
            (slope("bevel", "0.9", "0.1"))
            radialGradient id={ (ids) "enamel" } cx="0.5" cy="0.36" r="0.62" {
                stop offset="0" stop-color=(palette.glow) {}
                stop offset="0.7" stop-color=(palette.deep) {}
                stop offset="1" stop-color=(palette.night) {}
            }
            radialGradient id={ (ids) "plate" } cx="0.5" cy="0.2" r="0.9" {
                stop offset="0" stop-color=(palette.deep) {}
                stop offset="1" stop-color=(palette.night) {}
            }
            linearGradient id={ (ids) "gloss" } x1="0.2" y1="0" x2="0.75" y2="0.9" {
                stop offset="0" stop-color=(WHITE) stop-opacity="0.32" {}
                stop offset="0.38" stop-color=(WHITE) stop-opacity="0.07" {}
                stop offset="0.4" stop-color=(WHITE) stop-opacity="0" {}
            }
        }
    }
}

/// Metal, its bevel, and the enamel.
fn body(frame: Frame, colours: &Colours, ids: &str) -> Markup {
    html! {
        path d=(outline(frame, RADIUS)) fill={ "url(#" (ids) "metal)" }
            stroke=(colours.metal.shade) stroke-width="1.5" {}
        path d=(outline(frame, RADIUS * 0.955)) fill={ "url(#" (ids) "bevel)" } {}
        path d=(outline(frame, RADIUS * 0.91)) fill={ "url(#" (ids) "enamel)" }
            stroke=(colours.metal.shade) stroke-width="1.5" {}
        path d=(outline(frame, RADIUS * 0.875)) fill="none" stroke=(colours.metal.bright)
            stroke-width="1.2" stroke-opacity="0.7" {}
    }
}

/// Waves on the enamel, as on banknotes; their number is the field's.
fn waves(field: &str, metal: &Metal, ids: &str) -> Markup {
    let count = 9 + u32::try_from(hash(field) % 8).unwrap_or(0);
    let turn = |i: u32| 360.0 * f64::from(i) / f64::from(WAVES * count);
    html! {
        g fill="none" stroke=(metal.bright) stroke-width="0.9" stroke-opacity="0.5" {
            path id={ (ids) "wave" } d=(wave(count, SIGNS - 2.0, 16.0)) {}
            @for i in 1..WAVES {
                use href={ "#" (ids) "wave" } transform={ "rotate(" (turn(i)) ")" } {}
            }
        }
    }
}

/// Stars for the frame's rank; a frame that stands beside the ladder has diamonds.
fn signs(frame: Frame, colours: &Colours) -> Markup {
    let count = match frame {
        Frame::Round => 1,
        Frame::Light => 2,
        Frame::Heavy | Frame::Dashed => 3,
        Frame::Double => 4,
    };
    let sign = |at| if frame == Frame::Dashed { diamond(at, 14.0) } else { star(at, 15.0) };
    let places = (0..count).map(|i| {
        let aside = f64::from(i) - f64::from(count - 1) / 2.0;
        polar(SIGNS, FRAC_PI_2 - aside * 0.24)
    });
    let path: String = places.map(sign).collect();
    html! {
        path d=(path) fill=(colours.metal.shine) stroke=(colours.palette.night) stroke-width="5"
            stroke-linejoin="round" paint-order="stroke" {}
    }
}

/// The plate in the middle, with what is on it.
fn plate(earned: &Earned, colours: &Colours, ids: &str) -> Markup {
    let Colours { palette, metal } = colours;
    let blank = earned.picture.iter().all(|line| clean(line).is_empty());
    html! {
        circle r=(PLATE) fill={ "url(#" (ids) "plate)" } stroke={ "url(#" (ids) "metal)" } stroke-width="6" {}
        circle r=(PLATE - 9.0) fill="none" stroke=(metal.bright) stroke-width="2.4"
            stroke-dasharray="0.1 7.078" stroke-linecap="round" stroke-opacity="0.8" {}
        @if !blank {
            g transform="translate(0 -36) scale(1.5)" { (engrave(&earned.picture, palette.light)) }
        }
        g fill=(WHITE) stroke=(BLACK) stroke-opacity="0.25" stroke-width="3" paint-order="stroke" {
            @if blank { (short_name(&earned.short, 22.0, 72.0)) }
            @else { (short_name(&earned.short, 68.0, 52.0)) }
        }
    }
}

/// The short name on one line, around the middle.
fn short_name(short: &str, baseline: f64, largest: f64) -> Markup {
    let room = Room {
        width: 168.0,
        lines: 1,
        largest,
        smallest: 17.0,
        breaks: 17.0,
        weight: Weight::Bold,
        spacing: 0.03,
    };
    let Fitted { size, lines } = fit(&clean(short), &room);
    // A smaller name stands a little higher, so that it stays in the middle of its place.
    let baseline = baseline - (largest - size) * 0.3;
    html! {
        @for line in &lines {
            text y=(number(baseline)) font-size=(number(size)) font-weight="700" text-anchor="middle"
                letter-spacing=(number(size * room.spacing)) { (line) }
        }
    }
}
