//! Tests of fonts and of the painter.

use crate::color::{BLACK, Rgb, WHITE};
use crate::font::{Font, Weight};
use crate::painter::Canvas;
use crate::scene::{Course, Gradient, Node, Outline, Paint, Shape, Stop, Stroke, Text, Transform};

const RED: Rgb = Rgb(0xff_0000);

/// What a canvas of 10 by 10 pixels shows, row by row.
fn painted(nodes: &[Node]) -> Vec<[u8; 3]> {
    let mut canvas = Canvas::new(10, 10);
    canvas.paint(nodes);
    canvas.bytes().as_chunks::<3>().0.to_vec()
}

fn square(corner: (f64, f64), side: f64) -> Outline {
    Outline::Rectangle { corner, size: (side, side), radius: 0.0 }
}

/// Columns and rows of the pixels that are not black.
fn touched(pixels: &[[u8; 3]]) -> Vec<(usize, usize)> {
    (0..100).filter(|i| pixels[*i] != [0; 3]).map(|i| (i % 10, i / 10)).collect()
}

#[test]
fn both_fonts_can_be_read() {
    for weight in [Weight::Regular, Weight::Bold] {
        let font = Font::of(weight);
        assert_eq!(font.missing("Straße Łódź Ελλάδα Київ Երևան თბილისი ™ … – ₴ ◉").count(), 0);
        assert_eq!(font.run("", 0.0).width, 0.0);
    }
}

#[test]
fn widths_add_up_and_pairs_are_kerned() {
    let width = |text: &str| Font::of(Weight::Regular).run(text, 0.0).width;
    assert!((width("nn") - 2.0 * width("n")).abs() < 1e-9);
    assert!(width("AV") < width("A") + width("V"), "the V leans over the A");
    assert_eq!(width("cafe\u{301}"), width("café"));
    assert!((Font::of(Weight::Regular).run("nn", 0.5).width - width("nn") - 1.0).abs() < 1e-9);
    assert!(Font::of(Weight::Bold).run("n", 0.0).width > width("n"));
}

#[test]
fn a_character_without_a_glyph_is_a_box_and_a_mark_is_left_out() {
    let font = Font::of(Weight::Regular);
    assert_eq!(font.run("認🚀", 0.0).glyphs.len(), 2);
    assert!(font.run("認", 0.0).glyphs.iter().all(|glyph| !glyph.outline.is_empty()));
    assert_eq!(font.run("x\u{301}\u{302}", 0.0).glyphs.len(), 1);
}

#[test]
fn a_square_covers_its_pixels_and_halves_of_them_by_half() {
    let whole = painted(&[Shape::filled(square((2.0, 3.0), 2.0), WHITE.into()).into()]);
    assert_eq!(touched(&whole), [(2, 3), (3, 3), (2, 4), (3, 4)]);
    assert_eq!(whole[32], [255; 3]);
    let half = painted(&[Shape::filled(square((2.5, 3.0), 1.0), WHITE.into()).into()]);
    assert_eq!(touched(&half), [(2, 3), (3, 3)]);
    assert!(half[32][0].abs_diff(128) <= 1, "{:?}", half[32]);
}

#[test]
fn groups_move_turn_and_enlarge() {
    let square: Node = Shape::filled(square((1.0, 0.0), 1.0), WHITE.into()).into();
    let moved = |transform| touched(&painted(&[Node::group(transform, vec![square.clone()])]));
    assert_eq!(moved(Transform::Translate(3.0, 4.0)), [(4, 4)]);
    assert_eq!(moved(Transform::Scale(2.0)), [(2, 0), (3, 0), (2, 1), (3, 1)]);
    let turned = Node::group(Transform::Rotate(90.0), vec![square.clone()]);
    let turned = painted(&[Node::group(Transform::Translate(5.0, 5.0), vec![turned])]);
    assert_eq!(turned[6 * 10 + 4], [255; 3], "clockwise, from the right to below");
}

#[test]
fn a_stroke_below_the_fill_only_shows_outside() {
    let line = Stroke::new(RED.into(), 2.0);
    let shape = Shape::filled(square((3.0, 3.0), 4.0), WHITE.into()).with_stroke(line);
    let above = painted(&[shape.clone().into()]);
    let below = painted(&[Shape { is_stroke_below: true, ..shape }.into()]);
    let places = [2 * 10 + 5, 3 * 10 + 5, 5 * 10 + 5];
    assert_eq!(places.map(|i| above[i]), [[255, 0, 0], [255, 0, 0], [255; 3]]);
    assert_eq!(places.map(|i| below[i]), [[255, 0, 0], [255; 3], [255; 3]]);
}

#[test]
fn a_gradient_goes_from_its_first_color_to_its_last() {
    let paint = |course| {
        let stops = vec![Stop::opaque(0.0, BLACK), Stop::opaque(1.0, WHITE)];
        let gradient = Gradient { id: "g".to_owned(), course, stops };
        painted(&[Shape::filled(square((0.0, 0.0), 10.0), Paint::Gradient(gradient)).into()])
    };
    let linear = paint(Course::LinearInBox { from: (0.0, 0.0), to: (1.0, 0.0) });
    let row: Vec<u8> = linear[..10].iter().map(|pixel| pixel[0]).collect();
    assert_eq!(row, [13, 38, 64, 89, 115, 140, 166, 191, 217, 242]);
    let radial = paint(Course::RadialInBox { center: (0.5, 0.5), radius: 0.5 });
    assert!(radial[44][0] < 40 && radial[0] == [255; 3], "{:?}", radial[44]);
    let around_origin = paint(Course::RadialAroundOrigin { radius: 20.0 });
    assert!(around_origin[0][0] < 12 && around_origin[99][0].abs_diff(171) <= 2, "{:?}", around_origin[99]);
}

#[test]
fn an_opacity_lets_the_lower_color_through() {
    let lower = Shape::filled(square((0.0, 0.0), 10.0), RED.into());
    let upper = Shape::filled(square((0.0, 0.0), 10.0), Paint::Solid(WHITE, 0.5));
    assert!(painted(&[lower.into(), upper.into()]).iter().all(|pixel| *pixel == [255, 128, 128]));
}

#[test]
fn what_is_outside_of_the_canvas_is_cut_off() {
    let large = Shape::filled(Outline::Circle { center: (0.0, 0.0), radius: 300.0 }, WHITE.into());
    assert_eq!(touched(&painted(&[large.into()])).len(), 100);
    let far = Shape::filled(square((-50.0, 80.0), 10.0), WHITE.into());
    assert!(touched(&painted(&[far.into()])).is_empty());
}

#[test]
fn letters_are_painted_on_their_baseline() {
    let text = Text::new("H", (1.0, 9.0), 10.0, Weight::Bold, WHITE);
    let touched = touched(&painted(&[text.into()]));
    assert!(touched.iter().all(|(_, row)| (1..9).contains(row)), "{touched:?}");
    assert!(touched.len() > 20);
}
