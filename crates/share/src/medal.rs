//! The medal: an outline and a metal by frame, enamel and waves by field, the picture and the short
//! name in its middle.

use std::f64::consts::FRAC_PI_2;

use badgedex_domain::catalog::Frame;
use maud::{Markup, html};

use super::color::{BLACK, FADED, LEAD, Metal, Palette, Rgb, WHITE, hash, metal_of, palette_of};
use super::engraving::engrave;
use super::fitting::{FittedText, TextBox, fit};
use super::font::Weight;
use super::geometry::{Point, diamond, outline, polar, star, wave};
use super::scene::{
    Anchor, Course, Gradient, Node, Outline, Paint, Repeated, Shape, Stop, Stroke, Text, Transform,
};
use super::text::clean;
use super::{Earned, Missing, svg};

/// The radius of every medal.
pub const RADIUS: f64 = 200.0;
/// The radius of the plate in the middle.
const PLATE: f64 = 122.0;
/// How many waves cross each other.
const WAVES: u32 = 6;
/// How far the stars or diamonds of the tier are from the center.
const SIGNS: f64 = 148.0;

/// The colors of one medal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colors {
    pub palette: Palette,
    pub metal: Metal,
}

impl Colors {
    /// By field and frame; gray for what is no longer valid.
    pub fn of(earned: &Earned) -> Colors {
        if earned.is_held() {
            Colors { palette: palette_of(&earned.field), metal: metal_of(earned.frame) }
        } else {
            Colors { palette: FADED, metal: LEAD }
        }
    }
}

/// Draws a medal around the origin; `ids` keeps its ids apart from those of other drawings.
pub fn medal(earned: &Earned, ids: &str) -> Vec<Node> {
    let colors = Colors::of(earned);
    let gloss = Shape::filled(frame_outline(earned.frame, 0.955), Paint::Gradient(gloss(ids)));
    let mut nodes = body(earned.frame, &colors, ids);
    nodes.push(waves(&earned.field, &colors.metal, ids));
    nodes.push(signs(earned.frame, &colors));
    nodes.extend(plate(earned, &colors, ids));
    nodes.push(gloss.into());
    nodes
}

/// Draws the shadow of a medal, which goes below it.
pub fn shadow(ids: &str) -> Node {
    let fading = Gradient {
        id: format!("{ids}shadow"),
        course: Course::RadialInBox { center: (0.5, 0.5), radius: 0.5 },
        stops: vec![
            Stop { offset: 0.8, color: BLACK, opacity: 0.55 },
            Stop { offset: 1.0, color: BLACK, opacity: 0.0 },
        ],
    };
    let disk = Outline::Circle { center: (0.0, 16.0), radius: RADIUS * 1.12 };
    Shape::filled(disk, Paint::Gradient(fading)).into()
}

/// Draws the shape of a medal that was not earned yet; the page's style sheet colors it.
pub fn silhouette(missing: &Missing, frame: Frame) -> Markup {
    html! {
        path.shape d=(outline(frame, RADIUS)) {}
        circle.plate r=(PLATE) {}
        @if let Some(name) = short_name(&missing.short, 15.0, 54.0, None, None) { (svg::text(&name)) }
    }
}

/// The outline of a medal whose radius is a share of the whole.
fn frame_outline(frame: Frame, share: f64) -> Outline {
    Outline::Path(outline(frame, RADIUS * share))
}

/// Metal that shines from one corner of the box to the other.
fn metal(metal: &Metal, id: String, from: Point, to: Point) -> Paint {
    let stops = vec![
        Stop::opaque(0.0, metal.shine),
        Stop::opaque(0.22, metal.bright),
        Stop::opaque(0.42, metal.middle),
        Stop::opaque(0.55, metal.bright),
        Stop::opaque(0.64, metal.shine),
        Stop::opaque(0.8, metal.middle),
        Stop::opaque(1.0, metal.shade),
    ];
    Paint::Gradient(Gradient { id, course: Course::LinearInBox { from, to }, stops })
}

/// The metal of the rim, lit from the upper left.
fn rim(colors: &Colors, ids: &str) -> Paint {
    metal(&colors.metal, format!("{ids}metal"), (0.1, 0.1), (0.9, 0.9))
}

/// The rim's inner slope, lit from the lower right.
fn bevel(colors: &Colors, ids: &str) -> Paint {
    metal(&colors.metal, format!("{ids}bevel"), (0.9, 0.9), (0.1, 0.1))
}

fn enamel(palette: &Palette, ids: &str) -> Paint {
    Paint::Gradient(Gradient {
        id: format!("{ids}enamel"),
        course: Course::RadialInBox { center: (0.5, 0.36), radius: 0.62 },
        stops: vec![
            Stop::opaque(0.0, palette.glow),
            Stop::opaque(0.7, palette.deep),
            Stop::opaque(1.0, palette.night),
        ],
    })
}

fn plate_paint(palette: &Palette, ids: &str) -> Paint {
    Paint::Gradient(Gradient {
        id: format!("{ids}plate"),
        course: Course::RadialInBox { center: (0.5, 0.2), radius: 0.9 },
        stops: vec![Stop::opaque(0.0, palette.deep), Stop::opaque(1.0, palette.night)],
    })
}

/// A reflection over all of the medal.
fn gloss(ids: &str) -> Gradient {
    let stop = |offset, opacity| Stop { offset, color: WHITE, opacity };
    Gradient {
        id: format!("{ids}gloss"),
        course: Course::LinearInBox { from: (0.2, 0.0), to: (0.75, 0.9) },
        stops: vec![stop(0.0, 0.32), stop(0.38, 0.07), stop(0.4, 0.0)],
    }
}

/// Metal, its bevel, and the enamel.
fn body(frame: Frame, colors: &Colors, ids: &str) -> Vec<Node> {
    let edge = || Stroke::new(colors.metal.shade.into(), 1.5);
    let inner_line = Stroke::new(Paint::Solid(colors.metal.bright, 0.7), 1.2);
    let shapes = [
        Shape::filled(frame_outline(frame, 1.0), rim(colors, ids)).with_stroke(edge()),
        Shape::filled(frame_outline(frame, 0.955), bevel(colors, ids)),
        Shape::filled(frame_outline(frame, 0.91), enamel(&colors.palette, ids)).with_stroke(edge()),
        Shape::stroked(frame_outline(frame, 0.875), inner_line),
    ];
    shapes.map(Node::from).to_vec()
}

/// Waves on the enamel, as on banknotes; their number is the field's.
fn waves(field: &str, metal: &Metal, ids: &str) -> Node {
    let count = 9 + u32::try_from(hash(field) % 8).unwrap_or(0);
    let line = Stroke::new(Paint::Solid(metal.bright, 0.5), 0.9);
    Node::Repeated(Repeated {
        id: format!("{ids}wave"),
        shape: Shape::stroked(Outline::Path(wave(count, SIGNS - 2.0, 16.0)), line),
        angles: (1..WAVES).map(|i| 360.0 * f64::from(i) / f64::from(WAVES * count)).collect(),
    })
}

/// Stars for the frame's rank; a frame outside of the ranks has diamonds.
fn signs(frame: Frame, colors: &Colors) -> Node {
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
    let outline = Outline::Path(places.map(sign).collect());
    let stroke = Stroke { is_round: true, ..Stroke::new(colors.palette.night.into(), 5.0) };
    let signs = Shape::filled(outline, colors.metal.shine.into()).with_stroke(stroke);
    Shape { is_stroke_below: true, ..signs }.into()
}

/// The plate in the middle, with what is on it.
fn plate(earned: &Earned, colors: &Colors, ids: &str) -> Vec<Node> {
    let Colors { palette, metal } = colors;
    let circle = |radius| Outline::Circle { center: (0.0, 0.0), radius };
    let plate = Shape::filled(circle(PLATE), plate_paint(palette, ids))
        .with_stroke(Stroke::new(rim(colors, ids), 6.0));
    // Dashes of nearly no length with round caps are dots.
    let dots = Stroke {
        dashes: vec![0.1, 7.078],
        is_round: true,
        ..Stroke::new(Paint::Solid(metal.bright, 0.8), 2.4)
    };
    let mut nodes = vec![plate.into(), Shape::stroked(circle(PLATE - 9.0), dots).into()];
    let is_blank = earned.picture.iter().all(|line| clean(line).is_empty());
    if !is_blank {
        let large = Node::group(Transform::Scale(1.5), vec![engrave(&earned.picture, palette.light)]);
        nodes.push(Node::group(Transform::Translate(0.0, -36.0), vec![large]));
    }
    let (baseline, max_size) = if is_blank { (22.0, 72.0) } else { (68.0, 52.0) };
    let halo = Stroke::new(Paint::Solid(BLACK, 0.25), 3.0);
    let name = short_name(&earned.short, baseline, max_size, Some(WHITE), Some(halo));
    nodes.extend(name.map(Node::from));
    nodes
}

/// The short name on one line, around the middle.
fn short_name(
    short: &str,
    baseline: f64,
    max_size: f64,
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
) -> Option<Text> {
    let space = TextBox {
        width: 168.0,
        max_lines: 1,
        max_size,
        min_size: 17.0,
        break_size: 17.0,
        weight: Weight::Bold,
        spacing: 0.03,
    };
    let FittedText { size, lines } = fit(&clean(short), &space);
    // A smaller name is a little higher, so that it stays in the middle of its place.
    let baseline = baseline - (max_size - size) * 0.3;
    lines.into_iter().next().map(|content| Text {
        content,
        at: (0.0, baseline),
        size,
        weight: Weight::Bold,
        anchor: Anchor::Middle,
        letter_spacing: size * space.spacing,
        fill,
        stroke,
    })
}
