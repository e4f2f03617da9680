//! Tests of the page.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::{earned, odd, odd_texts, wall};
use crate::text::clean;
use crate::{Missing, Wall, page_html};

/// The page's body, which is written so that it is XML as well.
fn body(page: &str) -> &str {
    let start = page.find("<body>").unwrap();
    &page[start..page.find("</html>").unwrap()]
}

fn elements<'d>(document: &'d Document, name: &'d str) -> Vec<Node<'d, 'd>> {
    document.descendants().filter(|n| n.has_tag_name(name)).collect()
}

fn words(node: Node) -> String {
    node.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect::<Vec<_>>().join("|")
}

#[test]
fn a_page_is_built_of_landmarks_headings_and_lists() {
    let page = page_html(&wall());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"));
    assert!(page.contains("<title>Academy certificates</title>"));
    let document = Document::parse(body(&page)).unwrap();
    let count = |name: &str| elements(&document, name).len();
    let counts = ["header", "main", "footer", "h1", "section", "h2", "li", "h3"].map(count);
    assert_eq!(counts, [1, 1, 1, 1, 2, 2, 5, 5], "the empty shelf is left out");
}

#[test]
fn a_page_runs_and_loads_nothing() {
    let page = page_html(&wall());
    assert!(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
    for never in ["<script", "<link", "<img", "<iframe", "src=", "@import", "://", "url(http", "javascript"] {
        assert!(!page.contains(never), "{never}");
    }
    let document = Document::parse(body(&page)).unwrap();
    let attributes = || document.descendants().flat_map(|n| n.attributes());
    assert!(attributes().all(|a| a.name() != "href" || a.value().starts_with('#')));
    assert!(attributes().all(|a| !a.name().starts_with("on") && !a.value().contains("data:")));
}

#[test]
fn a_page_suits_phones_dark_rooms_and_paper() {
    let page = page_html(&wall());
    for part in [
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "@media (prefers-color-scheme: dark)",
        "@media print",
        "auto-fill",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn every_card_has_its_dates_and_only_what_was_earned_has_any() {
    let page = page_html(&wall());
    let document = Document::parse(body(&page)).unwrap();
    let cards: Vec<String> = elements(&document, "ul").into_iter().map(words).collect();
    let all = cards.join("|");
    for text in [
        "Networks|Passed on|14 March 2024|Valid until|14 March 2027|Proof|0J4K-Q1TK",
        "First Steps|Passed on|29 February 2020|Validity|Does not expire",
        "Old Routes|Passed on|1 May 2019|Was valid until|1 May 2022",
        "Renewal due",
    ] {
        assert!(all.contains(text), "{text} is not in {all}");
    }
    let times: Vec<&str> =
        elements(&document, "time").iter().filter_map(|n| n.attribute("datetime")).collect();
    assert!(times.contains(&"2024-03-14") && times.contains(&"2022-05-01"));
    let missing = elements(&document, "li").into_iter().find(|n| n.attribute("class") == Some("missing"));
    let missing = words(missing.unwrap());
    assert!(missing.contains("All Routes") && missing.ends_with("Not earned yet"), "{missing}");
}

#[test]
fn what_expired_is_not_counted() {
    let page = page_html(&wall());
    let document = Document::parse(body(&page)).unwrap();
    let sums = words(elements(&document, "dl")[0]);
    assert_eq!(sums, "held|3|on offer|4|still to earn|1");
    assert!(words(document.root_element()).contains("|2 held, 1 to earn|"));
}

#[test]
fn every_drawing_is_named_and_no_id_stands_twice() {
    let page = page_html(&wall());
    let document = Document::parse(body(&page)).unwrap();
    for drawing in elements(&document, "svg") {
        assert_eq!(drawing.attribute("role"), Some("img"));
        assert!(drawing.attribute("aria-label").is_some_and(|label| label.len() > 5));
    }
    let ids: Vec<&str> = document.descendants().filter_map(|n| n.attribute("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn foreign_text_stays_text_on_a_page() {
    for text in odd_texts() {
        let mut wall =
            Wall { title: text.clone(), issuer: text.clone(), holder: Some(text.clone()), ..wall() };
        wall.shelves[0].name.clone_from(&text);
        wall.shelves[0].earned = vec![odd(&text)];
        wall.shelves[0].missing = vec![Missing { name: text.clone(), short: text.clone() }];
        let page = page_html(&wall);
        let document = Document::parse(body(&page)).unwrap_or_else(|e| panic!("{text}: {e}"));
        for never in ["script", "img", "style", "iframe", "a"] {
            assert!(elements(&document, never).is_empty(), "{never} from {text}");
        }
        assert!(document.descendants().flat_map(|n| n.attributes()).all(|a| !a.name().starts_with("on")));
        assert_eq!(elements(&document, "h3")[0].text().unwrap_or_default(), clean(&text));
        let head = &page[..page.find("<body>").unwrap()];
        assert_eq!((head.matches("<title>").count(), head.matches("</style>").count()), (1, 1), "{text}");
    }
}

#[test]
fn a_holder_is_named_only_where_one_is_given() {
    assert!(page_html(&Wall { holder: Some("Ada".to_owned()), ..wall() }).contains(">Ada: Academy"));
    assert!(
        page_html(&Wall { holder: Some(" ".to_owned()), ..wall() }).contains(">Academy certificates</h1>")
    );
}

#[test]
fn a_page_without_anything_is_a_page() {
    let mut wall = wall();
    assert_eq!(page_html(&wall), page_html(&wall.clone()), "the same collection, the same bytes");
    wall.shelves.clear();
    let page = page_html(&wall);
    assert!(page.contains("No badge yet."));
    wall.shelves = super::wall().shelves;
    wall.shelves[0].earned = vec![earned("")];
    assert!(page_html(&wall).contains(">NWK</h3>"), "the short name replaces a missing name");
}
