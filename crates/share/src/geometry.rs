//! Shapes as SVG path data, around the origin, with at most one decimal.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use badgedex_domain::catalog::Frame;

/// A point of the plane; y grows downwards.
pub type Point = (f64, f64);

/// A number with at most one decimal.
pub fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // Never "-0".
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// The point at a distance from the origin; an angle of 0 is to the right, and angles turn
/// clockwise.
pub fn polar(radius: f64, angle: f64) -> Point {
    (radius * angle.cos(), radius * angle.sin())
}

/// The outline of a medal: each frame has its own.
pub fn outline(frame: Frame, radius: f64) -> String {
    match frame {
        Frame::Round => scallop(60, radius),
        Frame::Light => rounded(&ring(6, radius, -FRAC_PI_2), 0.16),
        Frame::Heavy => scallop(12, radius),
        Frame::Double => rounded(&burst(24, radius, radius * 0.91), 0.3),
        Frame::Dashed => rounded(&ring(8, radius, -FRAC_PI_2 + PI / 8.0), 0.12),
    }
}

/// A star with five points.
pub fn star(at: Point, radius: f64) -> String {
    polygon(&shift(&burst(5, radius, radius * 0.45), at))
}

/// A slim square on one of its corners.
pub fn diamond((x, y): Point, radius: f64) -> String {
    let slim = radius * 0.72;
    polygon(&[(x, y - radius), (x + slim, y), (x, y + radius), (x - slim, y)])
}

/// A wave that runs around a ring, as on banknotes.
pub fn wave(waves: u32, radius: f64, height: f64) -> String {
    let count = waves * 6;
    let points: Vec<Point> = (0..count)
        .map(|i| {
            let angle = TAU * f64::from(i) / f64::from(count);
            polar(radius + height * (f64::from(waves) * angle).cos(), angle)
        })
        .collect();
    smooth(&points)
}

/// Rays that leave the origin.
pub fn rays(count: u32, radius: f64) -> String {
    let half = TAU / f64::from(count) / 4.0;
    (0..count)
        .map(|i| {
            let angle = TAU * f64::from(i) / f64::from(count);
            polygon(&[(0.0, 0.0), polar(radius, angle - half), polar(radius, angle + half)])
        })
        .collect()
}

/// Straight lines from point to point, and back.
pub fn polygon(points: &[Point]) -> String {
    let corners: Vec<String> = points.iter().map(|p| point(*p)).collect();
    format!("M{}Z", corners.join("L"))
}

fn point((x, y): Point) -> String {
    format!("{} {}", number(x), number(y))
}

fn shift(points: &[Point], by: Point) -> Vec<Point> {
    points.iter().map(|p| (p.0 + by.0, p.1 + by.1)).collect()
}

fn ring(corners: u32, radius: f64, turn: f64) -> Vec<Point> {
    (0..corners).map(|i| polar(radius, turn + TAU * f64::from(i) / f64::from(corners))).collect()
}

fn burst(points: u32, outer: f64, inner: f64) -> Vec<Point> {
    (0..points * 2)
        .map(|i| {
            let radius = if i % 2 == 0 { outer } else { inner };
            polar(radius, -FRAC_PI_2 + PI * f64::from(i) / f64::from(points))
        })
        .collect()
}

/// Arcs that bulge outwards, from corner to corner of a ring.
fn scallop(lobes: u32, radius: f64) -> String {
    let half = PI / f64::from(lobes);
    // The bulges reach the radius.
    let inner = radius / (half.cos() + half.sin());
    let bulge = number(inner * half.sin() * 1.02);
    let corners = ring(lobes, inner, -FRAC_PI_2 + half);
    let (first, rest) = (corners.first().copied().unwrap_or_default(), corners.iter().skip(1));
    let arcs: String = rest
        .chain(corners.first())
        .map(|corner| format!("A{bulge} {bulge} 0 0 1 {}", point(*corner)))
        .collect();
    format!("M{}{arcs}Z", point(first))
}

/// A polygon whose corners are rounded off, each by a share of its edges.
fn rounded(points: &[Point], share: f64) -> String {
    let towards =
        |from: Point, to: Point| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
    let corners: Vec<String> = neighbors(points)
        .map(|[before, corner, after, _]| {
            let (start, end) = (towards(corner, before), towards(corner, after));
            format!("{}Q{} {}", point(start), point(corner), point(end))
        })
        .collect();
    format!("M{}Z", corners.join("L"))
}

/// A closed curve through points: a Catmull-Rom spline as Bézier curves.
fn smooth(points: &[Point]) -> String {
    let start = points.first().copied().unwrap_or_default();
    let curves: String = neighbors(points)
        .map(|[before, from, to, after]| {
            let leave = (from.0 + (to.0 - before.0) / 6.0, from.1 + (to.1 - before.1) / 6.0);
            let arrive = (to.0 - (after.0 - from.0) / 6.0, to.1 - (after.1 - from.1) / 6.0);
            format!("C{} {} {}", point(leave), point(arrive), point(to))
        })
        .collect();
    format!("M{}{curves}Z", point(start))
}

/// Each point of a closed line, with the one before and the two after it.
fn neighbors(points: &[Point]) -> impl Iterator<Item = [Point; 4]> {
    let around = points.iter().copied().cycle();
    let before = around.clone().skip(points.len().saturating_sub(1));
    let (after, later) = (around.clone().skip(1), around.clone().skip(2));
    before
        .zip(points.iter().copied())
        .zip(after.zip(later))
        .map(|((before, point), (after, later))| [before, point, after, later])
}
