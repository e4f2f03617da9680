//! Tests of the card, as a drawing and as a picture.

use std::collections::BTreeSet;

use roxmltree::Document;

use super::{FRAMES, day, earned, odd, odd_texts};
use crate::card::card;
use crate::font::Font;
use crate::scene::{Anchor, Node, Text, Transform};
use crate::text::clean;
use crate::{Earned, Shown, card_png, card_svg, not_drawn};
use badgedex_domain::catalog::Expires;

/// The texts that a card shows, in their order.
fn shown(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    texts.map(|n| n.text().unwrap_or_default().to_owned()).collect()
}

/// The box around a text on the card, in pixels.
#[derive(Debug)]
struct Extent {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// The extents of all texts of nodes that are moved by `origin` and enlarged by `scale`.
fn extents(nodes: &[Node], origin: (f64, f64), scale: f64) -> Vec<Extent> {
    let of_node = |node: &Node| match node {
        Node::Group(group) => match group.transform {
            Transform::Translate(x, y) => {
                extents(&group.nodes, (origin.0 + x * scale, origin.1 + y * scale), scale)
            }
            Transform::Scale(factor) => extents(&group.nodes, origin, scale * factor),
            Transform::Rotate(_) => extents(&group.nodes, (f64::NAN, f64::NAN), scale),
        },
        Node::Text(text) => vec![extent(text, origin, scale)],
        Node::Shape(_) | Node::Repeated(_) => Vec::new(),
    };
    nodes.iter().flat_map(of_node).collect()
}

/// From the baseline to the top and to the bottom of most letters, in font sizes.
const ASCENT: f64 = 0.93;
const DESCENT: f64 = 0.24;

fn extent(text: &Text, origin: (f64, f64), scale: f64) -> Extent {
    let size = text.size * scale;
    let width = Font::of(text.weight).run(&text.content, text.letter_spacing / text.size).width * size;
    let (x, y) = (origin.0 + text.at.0 * scale, origin.1 + text.at.1 * scale);
    let left = match text.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Extent { left, right: left + width, top: y - ASCENT * size, bottom: y + DESCENT * size }
}

fn pixels(png: &[u8]) -> (u32, u32, BTreeSet<[u8; 3]>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut buffer).unwrap();
    (info.width, info.height, buffer.as_chunks::<3>().0.iter().copied().collect())
}

#[test]
fn a_card_shows_name_issuer_tier_dates_proof_and_mark() {
    let shown = shown(&card_svg(&earned("Networks")));
    for text in [
        "NWK",
        "PROFESSIONAL",
        "Networks",
        "The Academy",
        "Passed on",
        "14 March 2024",
        "Valid until",
        "14 March 2027",
        "Proof",
        "0J4K-Q1TK",
        "badgedex",
    ] {
        assert!(shown.iter().any(|t| t == text), "{text} is not in {shown:?}");
    }
}

#[test]
fn a_card_claims_no_more_than_is_known() {
    let of = |earned: Earned| shown(&card_svg(&earned)).join("\n");
    let unknown = of(Earned { expires: None, proof: None, ..earned("X") });
    assert!(!unknown.contains("alid") && !unknown.contains("Proof"), "{unknown}");
    assert!(of(Earned { expires: Some(Expires::Never), ..earned("X") }).contains("Does not expire"));
    let past = Expires::On(day("2025-01-31"));
    let past = of(Earned { state: Shown::Expired, expires: Some(past), ..earned("X") });
    assert!(past.contains("Was valid until\n31 January 2025"), "{past}");
}

#[test]
fn a_card_has_a_title_and_a_description_for_those_who_do_not_see_it() {
    let svg = card_svg(&earned("Networks"));
    let document = Document::parse(&svg).unwrap();
    let text = |id: &str| document.descendants().find(|n| n.attribute("id") == Some(id)).unwrap().text();
    assert_eq!(text("card-title"), Some("Networks"));
    assert_eq!(
        text("card-description"),
        Some(
            "Networks, Professional by The Academy. Passed on 14 March 2024. \
             Valid until: 14 March 2027. Proof: 0J4K-Q1TK."
        )
    );
    let root = document.root_element();
    let size = ["width", "height", "viewBox"].map(|name| root.attribute(name).unwrap());
    assert_eq!(size, ["1200", "630", "0 0 1200 630"]);
}

#[test]
fn foreign_text_stays_text_in_a_card() {
    for text in odd_texts() {
        let svg = card_svg(&odd(&text));
        let document = Document::parse(&svg).unwrap_or_else(|e| panic!("{text}: {e}"));
        let title = document.descendants().find(|n| n.attribute("id") == Some("card-title")).unwrap();
        assert_eq!(title.text().unwrap_or_default(), clean(&text));
        for node in document.descendants().filter(|n| n.is_element()) {
            let name = node.tag_name().name();
            assert!(!["script", "image", "foreignObject", "a", "style"].contains(&name), "{name}");
            assert!(node.attributes().all(|a| !a.name().starts_with("on")), "{text}");
        }
    }
}

#[test]
fn a_card_refers_to_nothing_but_its_own_parts() {
    for frame in FRAMES {
        let svg = card_svg(&Earned { frame, ..earned("Networks") });
        let document = Document::parse(&svg).unwrap();
        let elements = || document.descendants().filter(|n| n.is_element());
        let ids: Vec<&str> = elements().filter_map(|n| n.attribute("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id is used twice");
        for attribute in elements().flat_map(|n| n.attributes()) {
            let target = match attribute.name() {
                "href" => attribute.value().strip_prefix('#'),
                _ => attribute.value().strip_prefix("url(#").and_then(|v| v.strip_suffix(')')),
            };
            assert!(target.is_none_or(|target| ids.contains(&target)), "{}", attribute.value());
            assert!(!attribute.value().contains("://") && !attribute.value().contains("data:"));
        }
        assert_eq!(svg.matches("http").count(), 1, "only the name space");
    }
}

#[test]
fn no_text_leaves_the_card_or_its_place() {
    let odd = odd_texts().iter().map(|text| odd(text)).collect::<Vec<_>>();
    let days = Earned { on: day("2023-09-30"), ..earned("Certified Networks Engineer - Associate") };
    for earned in odd.iter().chain([&days]) {
        for place in extents(&card(earned), (0.0, 0.0), 1.0) {
            let (left, right) = if place.left < 540.0 { (170.0, 410.0) } else { (550.0, 1140.0) };
            let is_inside = place.left >= left && place.right <= right;
            assert!(is_inside && place.top >= 36.0 && place.bottom <= 594.0, "{place:?} {}", earned.name);
        }
    }
}

#[test]
fn a_picture_has_the_size_of_news_and_is_not_blank() {
    let png = card_png(&earned("Networks")).unwrap();
    let (width, height, colors) = pixels(&png);
    assert_eq!((width, height), (1200, 630));
    assert!(colors.len() > 5000, "{} colors", colors.len());
    assert!(colors.contains(&[255, 255, 255]), "the name is white");
}

#[test]
fn the_same_card_makes_the_same_bytes_and_another_makes_others() {
    let card = earned("Networks");
    assert_eq!(card_svg(&card), card_svg(&card));
    let png = card_png(&card).unwrap();
    assert_eq!(png, card_png(&card).unwrap());
    assert_ne!(png, card_png(&earned("Routes")).unwrap());
}

#[test]
fn odd_texts_become_pictures_too() {
    for text in ["<b>&\"'", "הסמכה", "認定 🚀", ""] {
        assert!(card_png(&odd(text)).is_ok(), "{text}");
    }
}

#[test]
fn characters_that_the_fonts_do_not_have_are_reported() {
    assert_eq!(not_drawn(&earned("Networks, Сети, Δίκτυα, Zażółć")), BTreeSet::new());
    assert_eq!(not_drawn(&earned("認 🚀")), BTreeSet::from(['認', '🚀']));
    assert_eq!(not_drawn(&earned("👩\u{200d}🔬 ✔\u{fe0f}")), BTreeSet::from(['👩', '🔬']));
}

#[test]
fn characters_that_need_a_shaping_engine_are_reported() {
    assert_eq!(not_drawn(&earned("شبك 12")), BTreeSet::from(['ش', 'ب', 'ك']));
    assert_eq!(not_drawn(&earned("שלום")), BTreeSet::from(['ש', 'ל', 'ו', 'ם']));
    assert_eq!(not_drawn(&earned("cafe\u{301}")), BTreeSet::new(), "Unicode has é");
    assert_eq!(not_drawn(&earned("x\u{301}")), BTreeSet::from(['\u{301}']));
}

#[test]
fn the_fonts_come_with_their_license() {
    let license = include_str!("../../assets/LICENSE-DejaVu");
    assert!(license.contains("Bitstream Vera"));
}
