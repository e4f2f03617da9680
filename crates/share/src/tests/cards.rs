//! Tests of the card, as a drawing and as a picture.

use std::collections::BTreeSet;

use resvg::usvg::Tree;
use resvg::usvg::roxmltree::Document;

use super::{FRAMES, day, earned, odd, odd_texts};
use crate::fonts::{options, texts};
use crate::text::clean;
use crate::{Earned, Shown, card_png, card_svg, not_drawn};
use badgedex_domain::catalog::Expires;

/// The texts that a card shows, in their order.
fn shown(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    texts.map(|n| n.text().unwrap_or_default().to_owned()).collect()
}

fn pixels(png: &[u8]) -> (u32, u32, BTreeSet<[u8; 4]>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut buffer).unwrap();
    (info.width, info.height, buffer.as_chunks::<4>().0.iter().copied().collect())
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
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
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
        let tree = Tree::from_str(&card_svg(earned), &options()).unwrap();
        for text in texts(tree.root()) {
            let place = text.abs_stroke_bounding_box();
            let (left, right) = if place.left() < 540.0 { (170.0, 410.0) } else { (550.0, 1140.0) };
            let inside = place.left() >= left && place.right() <= right;
            assert!(inside && place.top() >= 36.0 && place.bottom() <= 594.0, "{place:?} {}", earned.name);
        }
    }
}

#[test]
fn a_picture_has_the_size_of_news_and_is_not_blank() {
    let png = card_png(&earned("Networks")).unwrap();
    let (width, height, colours) = pixels(&png);
    assert_eq!((width, height), (1200, 630));
    assert!(colours.len() > 5000, "{} colours", colours.len());
    assert!(colours.contains(&[255, 255, 255, 255]), "the name is white");
    assert!(colours.iter().all(|c| c[3] == 255), "nothing is see-through");
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
fn what_the_fonts_do_not_have_is_known() {
    assert_eq!(not_drawn(&earned("Networks, Сети, Δίκτυα, شبكات")).unwrap(), BTreeSet::new());
    let missing = not_drawn(&earned("認 🚀")).unwrap();
    assert_eq!(missing, BTreeSet::from(["認".to_owned(), "🚀".to_owned()]));
}

#[test]
fn the_fonts_come_with_their_licence() {
    let licence = include_str!("../../assets/LICENSE-DejaVu");
    assert!(licence.contains("Bitstream Vera"));
}
