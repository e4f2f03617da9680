//! What a card has around its words: background, border, ribbon and the program's mark.

use maud::{Markup, html};

use super::geometry::{outline, polygon, rays, wave};
use super::medal::Colours;
use badgedex_domain::catalog::Frame;

/// The card's width in pixels.
pub const WIDTH: u32 = 1200;
/// The card's height in pixels.
pub const HEIGHT: u32 = 630;
/// The medal's middle.
pub const MEDAL: (f64, f64) = (290.0, 288.0);
/// The height of the last line.
pub const FOOT: f64 = 572.0;

/// How many waves lie on each other in the corner.
const CORNER_WAVES: u32 = 12;

/// The background: dark corners, a light behind the medal, rays and waves.
pub fn ground(colours: &Colours) -> Markup {
    let palette = colours.palette;
    html! {
        defs {
            linearGradient id="card-ground" x1="0" y1="0" x2="1" y2="1" {
                stop offset="0" stop-color=(palette.night) {}
                stop offset="0.5" stop-color=(palette.deep) {}
                stop offset="1" stop-color=(palette.night) {}
            }
            radialGradient id="card-light" {
                stop offset="0" stop-color=(palette.glow) {}
                stop offset="0.45" stop-color=(palette.glow) stop-opacity="0.55" {}
                stop offset="1" stop-color=(palette.glow) stop-opacity="0" {}
            }
            radialGradient id="card-rays" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="620" {
                stop offset="0" stop-color=(palette.light) stop-opacity="0.16" {}
                stop offset="1" stop-color=(palette.light) stop-opacity="0" {}
            }
        }
        rect width=(WIDTH) height=(HEIGHT) fill="url(#card-ground)" {}
        g transform={ "translate(" (MEDAL.0) " " (MEDAL.1) ")" } {
            circle r="470" fill="url(#card-light)" {}
            path d=(rays(32, 620.0)) fill="url(#card-rays)" {}
        }
        g transform="translate(1190 20)" fill="none" stroke=(palette.light) stroke-opacity="0.1" {
            path id="card-corner" d=(wave(12, 230.0, 70.0)) {}
            @for i in 1..CORNER_WAVES {
                use href="#card-corner" transform={ "rotate(" (f64::from(i) * 2.5) ")" } {}
            }
        }
    }
}

/// The frame of the tier, as the terminal's cards have it.
pub fn border(frame: Frame, colours: &Colours) -> Markup {
    let line = |inset: f64, radius: f64, width: f64, dashes: &str| {
        html! {
            rect x=(inset) y=(inset) rx=(radius) width=(f64::from(WIDTH) - 2.0 * inset)
                height=(f64::from(HEIGHT) - 2.0 * inset) fill="none" stroke=(colours.metal.bright)
                stroke-width=(width) stroke-opacity="0.75" stroke-dasharray=(dashes) {}
        }
    };
    match frame {
        Frame::Round => line(24.0, 44.0, 2.0, "none"),
        Frame::Light => line(24.0, 14.0, 2.0, "none"),
        Frame::Heavy => line(25.0, 14.0, 5.0, "none"),
        Frame::Double => html! { (line(21.0, 16.0, 2.5, "none")) (line(30.0, 9.0, 2.0, "none")) },
        Frame::Dashed => line(24.0, 14.0, 2.5, "14 8"),
    }
}

/// Two tails that hang below the medal.
pub fn ribbon(colours: &Colours) -> Markup {
    let tail = [(-52.0, 120.0), (52.0, 120.0), (52.0, 280.0), (0.0, 248.0), (-52.0, 280.0)];
    let stripe = [(-26.0, 120.0), (-18.0, 120.0), (-18.0, 259.1), (-26.0, 264.0)];
    let mirrored = stripe.map(|(x, y)| (-x, y));
    html! {
        @for turn in ["rotate(24) ", "rotate(-24) "] {
            g transform=(turn) {
                path d=(polygon(&tail)) fill=(colours.palette.glow) stroke=(colours.palette.night)
                    stroke-width="2" {}
                path d={ (polygon(&stripe)) (polygon(&mirrored)) } fill=(colours.metal.bright)
                    fill-opacity="0.85" {}
            }
        }
    }
}

/// The program's mark in the corner.
pub fn mark(colours: &Colours) -> Markup {
    let light = colours.palette.light;
    html! {
        g transform={ "translate(1130 " (FOOT) ")" } {
            text font-size="19" font-weight="700" fill=(light) text-anchor="end" { "badgedex" }
            path transform="translate(-128 -7)" d=(outline(Frame::Light, 11.0)) fill="none" stroke=(light)
                stroke-width="2.4" {}
            circle cx="-128" cy="-7" r="3.4" fill=(light) {}
        }
    }
}
