//! Tests of the texts to post.

use super::{day, earned, odd, odd_texts, wall};
use crate::text::clean;
use crate::{Earned, Shown, news, wall_news};
use badgedex_domain::catalog::Expires;

#[test]
fn the_news_say_what_is_true_of_each_standing() {
    let base = Earned { proof: None, ..earned("Networks") };
    for (state, expires, text) in [
        (
            Shown::Held,
            Some(Expires::On(day("2027-03-14"))),
            "I am happy to share that I earned Networks from The Academy on 14 March 2024. \
             It is valid until 14 March 2027.",
        ),
        (
            Shown::Expiring,
            Some(Expires::Never),
            "I am happy to share that I earned Networks from The Academy on 14 March 2024. \
             It does not expire.",
        ),
        (Shown::Held, None, "I am happy to share that I earned Networks from The Academy on 14 March 2024."),
        (
            Shown::Expired,
            Some(Expires::On(day("2026-03-01"))),
            "I earned Networks from The Academy on 14 March 2024 and held it until 1 March 2026.",
        ),
        (Shown::Expired, None, "I earned Networks from The Academy on 14 March 2024; it is no longer valid."),
    ] {
        assert_eq!(news(&Earned { state, expires, ..base.clone() }), text);
    }
}

#[test]
fn a_proof_is_told_only_if_there_is_one() {
    let with = |proof: Option<&str>| news(&Earned { proof: proof.map(str::to_owned), ..earned("X") });
    assert!(with(Some("AB-12")).ends_with(" Proof: AB-12"));
    assert!(!with(None).contains("Proof"));
    assert!(!with(Some(" \u{200b} ")).contains("Proof"));
}

#[test]
fn news_are_one_line_whatever_the_names_are() {
    for text in odd_texts() {
        let news = news(&odd(&text));
        assert!(!news.chars().any(char::is_control), "{news:?}");
    }
}

#[test]
fn a_collection_names_only_what_is_valid_and_the_latest_first() {
    assert_eq!(
        wall_news(&wall()),
        "Academy certificates: as of 23 November 2026 I hold 3 of them, and I am glad of every one: \
         Networks, New Routes and First Steps."
    );
}

#[test]
fn a_long_collection_is_cut_and_an_empty_one_is_a_beginning() {
    let mut wall = wall();
    wall.shelves.truncate(1);
    wall.shelves[0].earned = (1..=9).map(|i| earned(&format!("No. {i}"))).collect();
    let news = wall_news(&wall);
    assert!(news.ends_with("No. 1, No. 2, No. 3, No. 4, No. 5, No. 6 and 3 more."), "{news}");
    wall.shelves[0].earned.truncate(1);
    assert!(wall_news(&wall).ends_with("as of 23 November 2026 I hold my first one, No. 1."));
    wall.shelves[0].earned.clear();
    assert!(wall_news(&wall).contains("begins here"));
}

#[test]
fn foreign_text_is_one_line_that_xml_can_hold() {
    assert_eq!(clean("  a\u{fffe}\n\tb\u{ffff} "), "a b");
    assert_eq!(clean("a\u{1b}b\u{202e}c"), "a␛b<U+202E>c");
}
