//! The PNG painter: a scene as pixels.

use zeno::{Angle, Bounds, Cap, Command, Fill, Join, Mask, PathData, Style, Transform as Matrix};

use super::color::Rgb;
use super::font::Font;
use super::scene::{
    Anchor, Course, Gradient, Group, Node, Outline, Paint, Repeated, Shape, Stroke, Text, Transform,
};

/// An opaque picture that is painted from the bottom up.
pub struct Canvas {
    width: usize,
    height: usize,
    /// Row by row; red, green and blue from 0 to 255. Fractions keep many thin layers exact.
    pixels: Vec<[f32; 3]>,
}

/// A color with its opacity: red, green and blue from 0 to 255, the opacity from 0 to 1.
type Tint = ([f32; 3], f32);

impl Canvas {
    /// A black canvas.
    pub fn new(width: u32, height: u32) -> Canvas {
        let (width, height) = (width as usize, height as usize);
        Canvas { width, height, pixels: vec![[0.0; 3]; width * height] }
    }

    /// Paints the nodes over what is there.
    pub fn paint(&mut self, nodes: &[Node]) {
        self.paint_all(nodes, Matrix::IDENTITY);
    }

    /// The pixels row by row, with a byte each for red, green and blue.
    pub fn bytes(&self) -> Vec<u8> {
        self.pixels.iter().flatten().map(|part| part.round() as u8).collect()
    }

    fn paint_all(&mut self, nodes: &[Node], matrix: Matrix) {
        for node in nodes {
            match node {
                Node::Group(Group { transform, nodes }) => {
                    self.paint_all(nodes, to_matrix(*transform).then(&matrix));
                }
                Node::Shape(shape) => self.paint_shape(shape, &matrix),
                Node::Repeated(Repeated { shape, angles, .. }) => {
                    self.paint_shape(shape, &matrix);
                    for angle in angles {
                        self.paint_shape(shape, &to_matrix(Transform::Rotate(*angle)).then(&matrix));
                    }
                }
                Node::Text(text) => self.paint_text(text, &matrix),
            }
        }
    }

    fn paint_shape(&mut self, shape: &Shape, matrix: &Matrix) {
        let data = path_data(&shape.outline);
        let path: Vec<Command> = data.as_str().commands().collect();
        let area = Area { path: &path, matrix };
        match shape.is_stroke_below {
            true => {
                self.stroke(&area, shape.stroke.as_ref());
                self.fill(&area, shape.fill.as_ref());
            }
            false => {
                self.fill(&area, shape.fill.as_ref());
                self.stroke(&area, shape.stroke.as_ref());
            }
        }
    }

    fn paint_text(&mut self, text: &Text, matrix: &Matrix) {
        let path = text_path(text);
        let area = Area { path: &path, matrix };
        self.stroke(&area, text.stroke.as_ref());
        self.fill(&area, text.fill.map(Paint::from).as_ref());
    }

    fn fill(&mut self, area: &Area, paint: Option<&Paint>) {
        if let Some(paint) = paint {
            self.apply(area, &Coverage::of(area.path, Fill::NonZero.into(), area.matrix), paint);
        }
    }

    fn stroke(&mut self, area: &Area, stroke: Option<&Stroke>) {
        let Some(stroke) = stroke else { return };
        let dashes: Vec<f32> = stroke.dashes.iter().map(|length| *length as f32).collect();
        let mut style = zeno::Stroke::new(stroke.width as f32);
        style.dash(&dashes, 0.0);
        if stroke.is_round {
            style.cap(Cap::Round).join(Join::Round);
        }
        // The partly covered edges of lines that meet would add up if all were one mask.
        let lines = subpaths(area.path).map(|line| Coverage::of(line, style.into(), area.matrix)).collect();
        self.apply(area, &Coverage::union(lines), &stroke.paint);
    }

    /// Paints the covered pixels.
    fn apply(&mut self, area: &Area, coverage: &Coverage, paint: &Paint) {
        match paint {
            Paint::Solid(color, opacity) => {
                let tint = (parts(*color), *opacity as f32);
                self.blend(coverage, |_, _| tint);
            }
            Paint::Gradient(gradient) => {
                let Some(inverse) = area.matrix.invert() else { return };
                let shading = Shading { gradient, bounds: bounds(area.path) };
                self.blend(coverage, |x, y| {
                    // The middle of the pixel decides.
                    let middle = zeno::Point::new(x as f32 + 0.5, y as f32 + 0.5);
                    shading.tint(inverse.transform_point(middle))
                });
            }
        }
    }

    /// Lays tints over the covered pixels.
    fn blend(&mut self, coverage: &Coverage, tint: impl Fn(usize, usize) -> Tint) {
        for (column, row, covered) in coverage.pixels() {
            let (Ok(x), Ok(y)) = (usize::try_from(column), usize::try_from(row)) else { continue };
            if covered == 0 || x >= self.width || y >= self.height {
                continue;
            }
            let Some(pixel) = self.pixels.get_mut(y * self.width + x) else { continue };
            let (color, opacity) = tint(x, y);
            let share = opacity * f32::from(covered) / 255.0;
            for (part, over) in pixel.iter_mut().zip(color) {
                *part += (over - *part) * share;
            }
        }
    }
}

/// How much of each pixel in a rectangle is covered, from 0 to 255, row by row.
#[derive(Default)]
struct Coverage {
    left: i32,
    top: i32,
    width: usize,
    shares: Vec<u8>,
}

impl Coverage {
    /// What a path covers when it is filled or stroked.
    fn of(path: &[Command], style: Style, matrix: &Matrix) -> Coverage {
        let (shares, place) = Mask::new(path).style(style).transform(Some(*matrix)).render();
        Coverage { left: place.left, top: place.top, width: place.width as usize, shares }
    }

    /// The strongest coverage of each pixel.
    fn union(mut parts: Vec<Coverage>) -> Coverage {
        if parts.len() < 2 {
            return parts.pop().unwrap_or_default();
        }
        let left = parts.iter().map(|part| part.left).min().unwrap_or_default();
        let top = parts.iter().map(|part| part.top).min().unwrap_or_default();
        let right = parts.iter().map(|part| part.left + part.width as i32).max().unwrap_or_default();
        let bottom = parts.iter().map(|part| part.top + part.height() as i32).max().unwrap_or_default();
        let (width, height) = ((right - left) as usize, (bottom - top) as usize);
        let mut shares = vec![0; width * height];
        for (column, row, covered) in parts.iter().flat_map(Coverage::pixels) {
            if let Some(share) = shares.get_mut((row - top) as usize * width + (column - left) as usize) {
                *share = covered.max(*share);
            }
        }
        Coverage { left, top, width, shares }
    }

    fn height(&self) -> usize {
        self.shares.len() / self.width.max(1)
    }

    /// Column, row and share of every pixel.
    fn pixels(&self) -> impl Iterator<Item = (i32, i32, u8)> {
        let rows = (self.top..).zip(self.shares.chunks(self.width.max(1)));
        rows.flat_map(|(row, shares)| {
            (self.left..).zip(shares).map(move |(column, share)| (column, row, *share))
        })
    }
}

/// What is painted, and where.
struct Area<'a> {
    path: &'a [Command],
    /// From the path's units to pixels.
    matrix: &'a Matrix,
}

/// A gradient over an outline.
struct Shading<'g> {
    gradient: &'g Gradient,
    /// The outline's bounding box.
    bounds: Bounds,
}

impl Shading<'_> {
    /// The color at a point, in the outline's units.
    fn tint(&self, point: zeno::Point) -> Tint {
        self.tint_at(self.position(point))
    }

    /// How far along the gradient a point is: 0 at its start, 1 at its end.
    fn position(&self, point: zeno::Point) -> f32 {
        let vector = |(x, y): (f64, f64)| zeno::Vector::new(x as f32, y as f32);
        let in_box = || {
            let from_corner = point - self.bounds.min;
            zeno::Vector::new(from_corner.x / self.bounds.width(), from_corner.y / self.bounds.height())
        };
        match self.gradient.course {
            Course::LinearInBox { from, to } => {
                let way = vector(to) - vector(from);
                (in_box() - vector(from)).dot(way) / way.length_squared()
            }
            Course::RadialInBox { center, radius } => in_box().distance_to(vector(center)) / radius as f32,
            Course::RadialAroundOrigin { radius } => point.length() / radius as f32,
        }
    }

    fn tint_at(&self, position: f32) -> Tint {
        let stops = &self.gradient.stops;
        let next = stops.iter().position(|stop| stop.offset as f32 >= position);
        let (before, after) = match next {
            None => (stops.last(), stops.last()),
            Some(next) => (stops.get(next.saturating_sub(1)), stops.get(next)),
        };
        let (Some(before), Some(after)) = (before, after) else { return ([0.0; 3], 0.0) };
        let distance = (after.offset - before.offset) as f32;
        let share = if distance > 0.0 { (position - before.offset as f32) / distance } else { 1.0 };
        let mix = |from: f32, to: f32| from + (to - from) * share;
        let (from, to) = (parts(before.color), parts(after.color));
        let color = [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
        (color, mix(before.opacity as f32, after.opacity as f32))
    }
}

fn parts(color: Rgb) -> [f32; 3] {
    let [_, red, green, blue] = color.0.to_be_bytes().map(f32::from);
    [red, green, blue]
}

fn to_matrix(transform: Transform) -> Matrix {
    match transform {
        Transform::Translate(x, y) => Matrix::translation(x as f32, y as f32),
        Transform::Rotate(degrees) => Matrix::rotation(Angle::from_degrees(degrees as f32)),
        Transform::Scale(factor) => Matrix::scale(factor as f32, factor as f32),
    }
}

/// An outline as path data. Circles and rectangles start where they do in SVG, for the sake of dashes.
fn path_data(outline: &Outline) -> String {
    match outline {
        Outline::Path(data) => data.clone(),
        Outline::Circle { center: (x, y), radius } => {
            let (left, right) = (x - radius, x + radius);
            format!("M{right} {y}A{radius} {radius} 0 0 1 {left} {y}A{radius} {radius} 0 0 1 {right} {y}Z")
        }
        Outline::Rectangle { corner: (left, top), size, radius } => {
            let (right, bottom) = (left + size.0, top + size.1);
            if *radius == 0.0 {
                return format!("M{left} {top}H{right}V{bottom}H{left}Z");
            }
            let corner = |x: f64, y: f64| format!("A{radius} {radius} 0 0 1 {x} {y}");
            format!(
                "M{} {top}H{}{}V{}{}H{}{}V{}{}Z",
                left + radius,
                right - radius,
                corner(right, top + radius),
                bottom - radius,
                corner(right - radius, bottom),
                left + radius,
                corner(*left, bottom - radius),
                top + radius,
                corner(left + radius, *top),
            )
        }
    }
}

/// The parts of a path that are drawn without lifting the pen.
fn subpaths(path: &[Command]) -> impl Iterator<Item = &[Command]> {
    path.chunk_by(|_, next| !matches!(next, Command::MoveTo(_)))
}

/// The box around a path. Curves reach less far than their control points, so they are followed.
fn bounds(path: &[Command]) -> Bounds {
    const STEPS: u8 = 16;
    let mix = |from: zeno::Point, to: zeno::Point, share: f32| from + (to - from) * share;
    let mut points: Vec<zeno::Point> = Vec::new();
    for command in path {
        let from = points.last().copied().unwrap_or_default();
        let shares = (1..=STEPS).map(|step| f32::from(step) / f32::from(STEPS));
        let on_quadratic = |a, b, c, share| mix(mix(a, b, share), mix(b, c, share), share);
        match *command {
            Command::MoveTo(to) | Command::LineTo(to) => points.push(to),
            Command::QuadTo(bend, to) => points.extend(shares.map(|s| on_quadratic(from, bend, to, s))),
            Command::CurveTo(leave, arrive, to) => {
                points.extend(shares.map(|s| {
                    mix(on_quadratic(from, leave, arrive, s), on_quadratic(leave, arrive, to, s), s)
                }))
            }
            Command::Close => {}
        }
    }
    Bounds::from_points(points)
}

/// The outlines of all letters of a text.
fn text_path(text: &Text) -> Vec<Command> {
    let run = Font::of(text.weight).run(&text.content, text.letter_spacing / text.size);
    let start = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -run.width / 2.0,
        Anchor::End => -run.width,
    };
    let placed = run.glyphs.iter().flat_map(|glyph| {
        let x = text.at.0 + (start + glyph.x) * text.size;
        let size = text.size as f32;
        let matrix = Matrix::scale(size, size).then_translate(x as f32, text.at.1 as f32);
        glyph.outline.iter().map(move |command| command.transform(&matrix))
    });
    placed.collect()
}
