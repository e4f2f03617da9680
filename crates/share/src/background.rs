//! What a card has around its words: background, border, ribbon and the program's mark.

use badgedex_domain::catalog::Frame;

use super::font::Weight;
use super::geometry::{outline, polygon, rays, wave};
use super::medal::Colors;
use super::scene::{
    Anchor, Course, Gradient, Node, Outline, Paint, Repeated, Shape, Stop, Stroke, Text, Transform,
};

/// The card's width in pixels.
pub const WIDTH: u32 = 1200;
/// The card's height in pixels.
pub const HEIGHT: u32 = 630;
/// The medal's center.
pub const MEDAL: (f64, f64) = (290.0, 288.0);
/// The height of the last line.
pub const FOOT: f64 = 572.0;

/// How many waves cross each other in the corner.
const CORNER_WAVES: u32 = 12;

/// The background: dark corners, a light behind the medal, rays and waves.
pub fn background(colors: &Colors) -> Vec<Node> {
    let palette = colors.palette;
    let diagonal = Gradient {
        id: "card-background".to_owned(),
        course: Course::LinearInBox { from: (0.0, 0.0), to: (1.0, 1.0) },
        stops: vec![
            Stop::opaque(0.0, palette.night),
            Stop::opaque(0.5, palette.deep),
            Stop::opaque(1.0, palette.night),
        ],
    };
    let light = Gradient {
        id: "card-light".to_owned(),
        course: Course::RadialInBox { center: (0.5, 0.5), radius: 0.5 },
        stops: vec![
            Stop::opaque(0.0, palette.glow),
            Stop { offset: 0.45, color: palette.glow, opacity: 0.55 },
            Stop { offset: 1.0, color: palette.glow, opacity: 0.0 },
        ],
    };
    let fading = Gradient {
        id: "card-rays".to_owned(),
        course: Course::RadialAroundOrigin { radius: 620.0 },
        stops: vec![
            Stop { offset: 0.0, color: palette.light, opacity: 0.16 },
            Stop { offset: 1.0, color: palette.light, opacity: 0.0 },
        ],
    };
    let card =
        Outline::Rectangle { corner: (0.0, 0.0), size: (f64::from(WIDTH), f64::from(HEIGHT)), radius: 0.0 };
    let glow = Outline::Circle { center: (0.0, 0.0), radius: 470.0 };
    let behind_medal = vec![
        Shape::filled(glow, Paint::Gradient(light)).into(),
        Shape::filled(Outline::Path(rays(32, 620.0)), Paint::Gradient(fading)).into(),
    ];
    let corner_wave = Repeated {
        id: "card-corner".to_owned(),
        shape: Shape::stroked(
            Outline::Path(wave(12, 230.0, 70.0)),
            Stroke::new(Paint::Solid(palette.light, 0.1), 1.0),
        ),
        angles: (1..CORNER_WAVES).map(|i| f64::from(i) * 2.5).collect(),
    };
    vec![
        Shape::filled(card, Paint::Gradient(diagonal)).into(),
        Node::group(Transform::Translate(MEDAL.0, MEDAL.1), behind_medal),
        Node::group(Transform::Translate(1190.0, 20.0), vec![Node::Repeated(corner_wave)]),
    ]
}

/// The frame of the tier, as the terminal's cards have it.
pub fn border(frame: Frame, colors: &Colors) -> Vec<Node> {
    let line = |inset: f64, radius: f64, width: f64, dashes: &[f64]| -> Node {
        let size = (f64::from(WIDTH) - 2.0 * inset, f64::from(HEIGHT) - 2.0 * inset);
        let stroke =
            Stroke { dashes: dashes.to_vec(), ..Stroke::new(Paint::Solid(colors.metal.bright, 0.75), width) };
        Shape::stroked(Outline::Rectangle { corner: (inset, inset), size, radius }, stroke).into()
    };
    match frame {
        Frame::Round => vec![line(24.0, 44.0, 2.0, &[])],
        Frame::Light => vec![line(24.0, 14.0, 2.0, &[])],
        Frame::Heavy => vec![line(25.0, 14.0, 5.0, &[])],
        Frame::Double => vec![line(21.0, 16.0, 2.5, &[]), line(30.0, 9.0, 2.0, &[])],
        Frame::Dashed => vec![line(24.0, 14.0, 2.5, &[14.0, 8.0])],
    }
}

/// Two tails that hang below the medal.
pub fn ribbon(colors: &Colors) -> Vec<Node> {
    let tail = [(-52.0, 120.0), (52.0, 120.0), (52.0, 280.0), (0.0, 248.0), (-52.0, 280.0)];
    let stripe = [(-26.0, 120.0), (-18.0, 120.0), (-18.0, 259.1), (-26.0, 264.0)];
    let mirrored = stripe.map(|(x, y)| (-x, y));
    let tail = Shape::filled(Outline::Path(polygon(&tail)), colors.palette.glow.into())
        .with_stroke(Stroke::new(colors.palette.night.into(), 2.0));
    let stripes = Outline::Path(polygon(&stripe) + &polygon(&mirrored));
    let stripes = Shape::filled(stripes, Paint::Solid(colors.metal.bright, 0.85));
    let parts = vec![tail.into(), stripes.into()];
    [24.0, -24.0].into_iter().map(|angle| Node::group(Transform::Rotate(angle), parts.clone())).collect()
}

/// The program's mark in the corner.
pub fn mark(colors: &Colors) -> Node {
    let light = colors.palette.light;
    let name = Text { anchor: Anchor::End, ..Text::new("badgedex", (0.0, 0.0), 19.0, Weight::Bold, light) };
    let hexagon = Outline::Path(outline(Frame::Light, 11.0));
    let dot = Outline::Circle { center: (0.0, 0.0), radius: 3.4 };
    let sign = vec![
        Shape::stroked(hexagon, Stroke::new(light.into(), 2.4)).into(),
        Shape::filled(dot, light.into()).into(),
    ];
    let nodes = vec![name.into(), Node::group(Transform::Translate(-128.0, -7.0), sign)];
    Node::group(Transform::Translate(1130.0, FOOT), nodes)
}
