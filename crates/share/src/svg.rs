//! The SVG writer: a scene as SVG elements.

use maud::{Markup, html};

use super::geometry::number;
use super::scene::{
    Anchor, Course, Gradient, Group, Node, Outline, Paint, Repeated, Shape, Stroke, Text, Transform,
};

/// The elements of a scene, after the gradients that they use.
pub fn elements(nodes: &[Node]) -> Markup {
    let mut gradients = Vec::new();
    nodes.iter().for_each(|node| collect_gradients(node, &mut gradients));
    html! {
        @if !gradients.is_empty() { defs { @for gradient in &gradients { (definition(gradient)) } } }
        @for node in nodes { (element(node)) }
    }
}

/// A text as an element.
pub fn text(text: &Text) -> Markup {
    let (x, y) = text.at;
    let anchor = match text.anchor {
        Anchor::Start => None,
        Anchor::Middle => Some("middle"),
        Anchor::End => Some("end"),
    };
    let stroke = StrokeAttributes::of(text.stroke.as_ref());
    html! {
        text x=[(x != 0.0).then(|| number(x))] y=(number(y)) font-size=(number(text.size))
            font-weight=(text.weight.number()) text-anchor=[anchor]
            letter-spacing=[(text.letter_spacing != 0.0).then(|| number(text.letter_spacing))]
            fill=[text.fill] stroke=[stroke.paint] stroke-width=[stroke.width]
            stroke-opacity=[stroke.opacity] paint-order=[text.stroke.as_ref().map(|_| "stroke")] {
            (text.content)
        }
    }
}

/// Adds the gradients of a node, each once.
fn collect_gradients<'n>(node: &'n Node, found: &mut Vec<&'n Gradient>) {
    let shape = match node {
        Node::Group(group) => return group.nodes.iter().for_each(|node| collect_gradients(node, found)),
        Node::Text(_) => return,
        Node::Shape(shape) | Node::Repeated(Repeated { shape, .. }) => shape,
    };
    for paint in shape.fill.iter().chain(shape.stroke.as_ref().map(|stroke| &stroke.paint)) {
        match paint {
            Paint::Gradient(gradient) if !found.iter().any(|g| g.id == gradient.id) => found.push(gradient),
            Paint::Gradient(_) | Paint::Solid(..) => {}
        }
    }
}

fn definition(gradient: &Gradient) -> Markup {
    let stops = html! {
        @for stop in &gradient.stops {
            stop offset=(stop.offset) stop-color=(stop.color) stop-opacity=[translucent(stop.opacity)] {}
        }
    };
    let id = &gradient.id;
    html! {
        @match gradient.course {
            Course::LinearInBox { from, to } => {
                linearGradient id=(id) x1=(from.0) y1=(from.1) x2=(to.0) y2=(to.1) { (stops) }
            }
            Course::RadialInBox { center, radius } => {
                radialGradient id=(id) cx=(center.0) cy=(center.1) r=(radius) { (stops) }
            }
            Course::RadialAroundOrigin { radius } => {
                radialGradient id=(id) gradientUnits="userSpaceOnUse" cx="0" cy="0" r=(radius) { (stops) }
            }
        }
    }
}

fn element(node: &Node) -> Markup {
    match node {
        Node::Group(Group { transform, nodes }) => html! {
            g transform=(attribute(*transform)) { @for node in nodes { (element(node)) } }
        },
        Node::Shape(drawn) => shape(drawn, None),
        Node::Repeated(repeated) => html! {
            (shape(&repeated.shape, Some(&repeated.id)))
            @for angle in &repeated.angles {
                use href={ "#" (repeated.id) } transform=(attribute(Transform::Rotate(*angle))) {}
            }
        },
        Node::Text(drawn) => text(drawn),
    }
}

fn shape(shape: &Shape, id: Option<&str>) -> Markup {
    let fill = shape.fill.as_ref().map_or_else(|| "none".to_owned(), color);
    let fill_opacity = shape.fill.as_ref().and_then(opacity);
    let stroke = StrokeAttributes::of(shape.stroke.as_ref());
    let order = shape.is_stroke_below.then_some("stroke");
    html! {
        @match &shape.outline {
            Outline::Path(data) => {
                path id=[id] d=(data) fill=(fill) fill-opacity=[fill_opacity] stroke=[stroke.paint]
                    stroke-width=[stroke.width] stroke-opacity=[stroke.opacity] stroke-dasharray=[stroke.dashes]
                    stroke-linecap=[stroke.ends] stroke-linejoin=[stroke.ends] paint-order=[order] {}
            }
            Outline::Circle { center, radius } => {
                circle id=[id] cx=(number(center.0)) cy=(number(center.1)) r=(number(*radius)) fill=(fill)
                    fill-opacity=[fill_opacity] stroke=[stroke.paint] stroke-width=[stroke.width]
                    stroke-opacity=[stroke.opacity] stroke-dasharray=[stroke.dashes]
                    stroke-linecap=[stroke.ends] stroke-linejoin=[stroke.ends] paint-order=[order] {}
            }
            Outline::Rectangle { corner, size, radius } => {
                rect id=[id] x=(number(corner.0)) y=(number(corner.1)) width=(number(size.0))
                    height=(number(size.1)) rx=[(*radius != 0.0).then(|| number(*radius))] fill=(fill)
                    fill-opacity=[fill_opacity] stroke=[stroke.paint] stroke-width=[stroke.width]
                    stroke-opacity=[stroke.opacity] stroke-dasharray=[stroke.dashes]
                    stroke-linecap=[stroke.ends] stroke-linejoin=[stroke.ends] paint-order=[order] {}
            }
        }
    }
}

/// The attributes of a stroke; `None` if there is no stroke, or for what SVG assumes anyway.
#[derive(Default)]
struct StrokeAttributes {
    paint: Option<String>,
    width: Option<f64>,
    opacity: Option<f64>,
    dashes: Option<String>,
    ends: Option<&'static str>,
}

impl StrokeAttributes {
    fn of(stroke: Option<&Stroke>) -> StrokeAttributes {
        let Some(stroke) = stroke else { return StrokeAttributes::default() };
        let dashes: Vec<String> = stroke.dashes.iter().map(f64::to_string).collect();
        StrokeAttributes {
            paint: Some(color(&stroke.paint)),
            width: (stroke.width != 1.0).then_some(stroke.width),
            opacity: opacity(&stroke.paint),
            dashes: (!dashes.is_empty()).then(|| dashes.join(" ")),
            ends: stroke.is_round.then_some("round"),
        }
    }
}

fn attribute(transform: Transform) -> String {
    match transform {
        Transform::Translate(x, y) => format!("translate({} {})", number(x), number(y)),
        Transform::Rotate(degrees) => format!("rotate({degrees})"),
        Transform::Scale(factor) => format!("scale({factor})"),
    }
}

fn color(paint: &Paint) -> String {
    match paint {
        Paint::Solid(color, _) => color.to_string(),
        Paint::Gradient(gradient) => format!("url(#{})", gradient.id),
    }
}

fn opacity(paint: &Paint) -> Option<f64> {
    match paint {
        Paint::Solid(_, opacity) => translucent(*opacity),
        Paint::Gradient(_) => None,
    }
}

/// An opacity, unless it is full.
fn translucent(opacity: f64) -> Option<f64> {
    (opacity < 1.0).then_some(opacity)
}
