//! The scene: the shapes and texts of a drawing, which the SVG writer and the PNG painter both read.

use super::color::Rgb;
use super::font::Weight;
use super::geometry::Point;

/// A part of a drawing. Later nodes cover earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Group(Group),
    Shape(Shape),
    Repeated(Repeated),
    Text(Text),
}

/// Nodes that are moved together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub transform: Transform,
    pub nodes: Vec<Node>,
}

/// How the contents of a group are moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    Translate(f64, f64),
    /// Clockwise, in degrees.
    Rotate(f64),
    /// The same in both directions.
    Scale(f64),
}

/// A shape that is drawn once as it is, and again at each of the angles.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeated {
    /// Unique in the document.
    pub id: String,
    pub shape: Shape,
    /// Around the origin, clockwise, in degrees.
    pub angles: Vec<f64>,
}

/// An outline with its fill and its stroke.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    pub outline: Outline,
    pub fill: Option<Paint>,
    pub stroke: Option<Stroke>,
    /// The fill covers the inner half of the stroke, instead of the other way round.
    pub is_stroke_below: bool,
}

/// The geometry of a shape; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// SVG path data.
    Path(String),
    Circle {
        center: Point,
        radius: f64,
    },
    Rectangle {
        corner: Point,
        size: (f64, f64),
        /// Of the rounded corners; 0 if they are sharp.
        radius: f64,
    },
}

/// What an area is painted with.
#[derive(Debug, Clone, PartialEq)]
pub enum Paint {
    /// A color and its opacity, from 0 to 1.
    Solid(Rgb, f64),
    Gradient(Gradient),
}

/// How the line around an outline is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    pub paint: Paint,
    pub width: f64,
    /// The lengths of dashes and gaps in turn; empty if the line is unbroken.
    pub dashes: Vec<f64>,
    /// Whether caps and joins are round.
    pub is_round: bool,
}

/// A change of color from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// Unique in the document.
    pub id: String,
    pub course: Course,
    /// In the order of their offsets.
    pub stops: Vec<Stop>,
}

/// Where a gradient runs. Boxes are the outline's bounding box, whose sides are 1 long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Course {
    LinearInBox {
        from: Point,
        to: Point,
    },
    RadialInBox {
        center: Point,
        radius: f64,
    },
    /// Around the origin, in the units of the outline.
    RadialAroundOrigin {
        radius: f64,
    },
}

/// A color on the way of a gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// From 0 to 1.
    pub offset: f64,
    pub color: Rgb,
    /// From 0 to 1.
    pub opacity: f64,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub content: String,
    /// The end of the baseline that `anchor` names.
    pub at: Point,
    pub size: f64,
    pub weight: Weight,
    pub anchor: Anchor,
    /// Added after each character.
    pub letter_spacing: f64,
    /// `None` if the style sheet of the page says it.
    pub fill: Option<Rgb>,
    /// Below the fill.
    pub stroke: Option<Stroke>,
}

/// Which point of a text's baseline has the text's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Node {
    /// A group of nodes.
    pub fn group(transform: Transform, nodes: Vec<Node>) -> Node {
        Node::Group(Group { transform, nodes })
    }
}

impl Shape {
    /// A shape without a stroke.
    pub fn filled(outline: Outline, paint: Paint) -> Shape {
        Shape { outline, fill: Some(paint), stroke: None, is_stroke_below: false }
    }

    /// A shape without a fill.
    pub fn stroked(outline: Outline, stroke: Stroke) -> Shape {
        Shape { outline, fill: None, stroke: Some(stroke), is_stroke_below: false }
    }

    /// The shape with a stroke around it.
    pub fn with_stroke(self, stroke: Stroke) -> Shape {
        Shape { stroke: Some(stroke), ..self }
    }
}

impl Stroke {
    /// An unbroken line with sharp corners.
    pub fn new(paint: Paint, width: f64) -> Stroke {
        Stroke { paint, width, dashes: Vec::new(), is_round: false }
    }
}

impl Stop {
    /// An opaque color.
    pub fn opaque(offset: f64, color: Rgb) -> Stop {
        Stop { offset, color, opacity: 1.0 }
    }
}

impl Text {
    /// A text that begins at a point.
    pub fn new(content: &str, at: Point, size: f64, weight: Weight, fill: Rgb) -> Text {
        Text {
            content: content.to_owned(),
            at,
            size,
            weight,
            anchor: Anchor::Start,
            letter_spacing: 0.0,
            fill: Some(fill),
            stroke: None,
        }
    }
}

impl From<Rgb> for Paint {
    fn from(color: Rgb) -> Paint {
        Paint::Solid(color, 1.0)
    }
}

impl From<Shape> for Node {
    fn from(shape: Shape) -> Node {
        Node::Shape(shape)
    }
}

impl From<Text> for Node {
    fn from(text: Text) -> Node {
        Node::Text(text)
    }
}
