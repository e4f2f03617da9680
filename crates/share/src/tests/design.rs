//! Tests of colors, of fitting words, and of engraving.

use super::{FRAMES, odd_texts};
use crate::color::{BLACK, FADED, LEAD, PALETTES, Rgb, WHITE, metal_of, palette_of};
use crate::engraving::engrave;
use crate::fitting::{TextBox, fit};
use crate::font::Weight;
use crate::measure::width;
use crate::svg::elements;
use crate::text::clean;

/// What WCAG 2.2 asks for at level AA: of words, and of pictures.
const WORDS: f64 = 4.5;
const PICTURES: f64 = 3.0;

const TEXT_BOX: TextBox = TextBox {
    width: 570.0,
    max_lines: 3,
    max_size: 60.0,
    min_size: 24.0,
    break_size: 36.0,
    weight: Weight::Bold,
    spacing: 0.0,
};

/// The relative luminance of WCAG 2.2.
fn luminance(color: Rgb) -> f64 {
    let [_, red, green, blue] = color.0.to_be_bytes().map(|byte| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast ratio of WCAG 2.2, from 1 to 21.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// A color laid over another.
fn over(top: Rgb, under: Rgb, opacity: f64) -> Rgb {
    let (top, under) = (top.0.to_be_bytes(), under.0.to_be_bytes());
    let mixed = |i: usize| (f64::from(top[i]) * opacity + f64::from(under[i]) * (1.0 - opacity)) as u8;
    Rgb(u32::from_be_bytes([0, mixed(1), mixed(2), mixed(3)]))
}

#[test]
fn the_contrast_of_black_and_white_is_that_of_the_standard() {
    assert!((contrast(WHITE, BLACK) - 21.0).abs() < 0.001);
    assert!((contrast(Rgb(0x77_7777), WHITE) - 4.48).abs() < 0.01);
}

#[test]
fn words_are_readable_on_every_background() {
    for palette in PALETTES.iter().chain([&FADED]) {
        // A ray over the light behind the medal, and waves over the background.
        let ray = over(palette.light, palette.glow, 0.16);
        for background in [palette.night, palette.deep, palette.glow] {
            for words in [WHITE, palette.light] {
                assert!(contrast(words, background) >= WORDS, "{words} on {background}");
            }
        }
        assert!(contrast(WHITE, ray) >= WORDS, "white on a ray, {ray}");
        let waves = over(palette.light, palette.deep, 0.1);
        assert!(contrast(palette.light, waves) >= WORDS, "{} on {waves}", palette.light);
        assert!(contrast(WHITE, over(palette.light, palette.deep, 0.32)) >= PICTURES);
    }
}

#[test]
fn medals_contrast_with_every_background() {
    for palette in PALETTES.iter().chain([&FADED]) {
        for metal in FRAMES.map(metal_of).iter().chain([&LEAD]) {
            assert!(contrast(metal.shine, palette.glow) >= PICTURES);
            assert!(contrast(metal.bright, palette.deep) >= PICTURES);
        }
    }
}

#[test]
fn a_field_always_has_the_same_colors_and_fields_differ() {
    assert_eq!(palette_of("networking"), palette_of("networking"));
    let fields = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"];
    let mut nights: Vec<u32> = fields.iter().map(|field| palette_of(field).night.0).collect();
    nights.sort_unstable();
    nights.dedup();
    assert!(nights.len() >= 5, "{} of {} palettes", nights.len(), PALETTES.len());
}

#[test]
fn a_short_name_is_set_as_large_as_possible_and_a_long_one_smaller() {
    let short = fit("Networks", &TEXT_BOX);
    assert_eq!((short.size, short.lines), (60.0, vec!["Networks".to_owned()]));
    let long = fit("A Certified Engineer of Very Many Distributed Networks and Routes", &TEXT_BOX);
    assert!(long.size < 60.0 && long.lines.len() == 3, "{long:?}");
}

#[test]
fn a_break_takes_the_place_of_a_dash() {
    let fitted = fit("Certified Solutions Architect - Professional", &TEXT_BOX);
    assert_eq!(fitted.lines, ["Certified Solutions", "Architect", "Professional"]);
    assert_eq!(fit("A - B", &TEXT_BOX).lines, ["A - B"]);
}

#[test]
fn lines_are_even() {
    let fitted = fit("aaaaaa bbbb cccc dddd eeeeee", &TEXT_BOX);
    assert_eq!(fitted.lines, ["aaaaaa bbbb", "cccc dddd", "eeeeee"], "and not as much as fits on each");
    let two = fit("aaaaaaaa bbb ccc ddd", &TextBox { max_lines: 2, ..TEXT_BOX });
    assert_eq!(two.lines, ["aaaaaaaa", "bbb ccc ddd"]);
}

#[test]
fn whatever_the_text_is_its_lines_are_few_and_fit() {
    for text in odd_texts() {
        let fitted = fit(&clean(&text), &TEXT_BOX);
        assert!(fitted.lines.len() <= TEXT_BOX.max_lines, "{fitted:?}");
        for line in &fitted.lines {
            let width = width(line, TEXT_BOX.weight) * fitted.size;
            assert!(width <= TEXT_BOX.width + 1.0, "{line} is {width} wide");
        }
    }
}

#[test]
fn what_is_cut_says_so() {
    let fitted = fit(&"many words ".repeat(60), &TEXT_BOX);
    assert!(fitted.lines[2].ends_with('…'), "{fitted:?}");
}

#[test]
fn box_drawing_becomes_lines_and_letters_stay_letters() {
    let picture = [" ╭─╮ ", " │x│ ", " ╰─╯ "].map(str::to_owned);
    let drawing = elements(&[engrave(&picture, WHITE)]).into_string();
    assert!(drawing.contains("M10 0m10 10q-5 0-5 5v5"), "{drawing}");
    assert!(drawing.contains(">x</text>") && !drawing.contains('│'), "{drawing}");
}
