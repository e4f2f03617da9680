//! The tests of the crate, and the credentials that they show.

mod cards;
mod design;
mod pages;
mod painting;
mod words;

use chrono::NaiveDate;

use super::{Earned, Missing, Shelf, Shown, Wall};
use badgedex_domain::catalog::Expires;
use badgedex_domain::catalog::Frame;

pub const FRAMES: [Frame; 5] = [Frame::Round, Frame::Light, Frame::Heavy, Frame::Double, Frame::Dashed];

/// Texts that would do harm, or that are hard to set.
pub fn odd_texts() -> Vec<String> {
    let long = "Certified Senior Principal Distributed Systems Reliability and Observability Engineer XY";
    [
        "",
        " ",
        "A",
        "<script>alert(1)</script>",
        "\"><svg onload='x'>",
        "]]> &amp; &lt; <!-- x --> <![CDATA[",
        "</style></title><img src=x onerror=y>",
        "a\u{0}b\u{1b}[31mc\u{fffe}d\u{ffff}\u{202e}e",
        "مهندس معتمد في الحوسبة السحابية - مستوى متقدم",
        "הסמכה מקצועית",
        "Certified 🚀 Rocket 👩\u{200d}🔬 Scientist",
        "認定ソリューションアーキテクト・プロフェッショナル上級試験合格者",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "https://www.example.org/badges/01234567-89ab-cdef-0123-456789abcdef/public_url",
        long,
    ]
    .into_iter()
    .map(str::to_owned)
    .chain(["W".repeat(300), "W W ".repeat(200), "|".repeat(90)])
    .collect()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn earned(name: &str) -> Earned {
    Earned {
        name: name.to_owned(),
        short: "NWK".to_owned(),
        issuer: "The Academy".to_owned(),
        tier: "Professional".to_owned(),
        frame: Frame::Double,
        field: "networking".to_owned(),
        picture: ["   ◉───◉   ", "  ╱ ╲ ╱ ╲  ", " ◉───◉───◉ "].map(str::to_owned),
        on: day("2024-03-14"),
        expires: Some(Expires::On(day("2027-03-14"))),
        proof: Some("0J4K-Q1TK".to_owned()),
        state: Shown::Held,
    }
}

/// A credential that says the same odd text everywhere.
pub fn odd(text: &str) -> Earned {
    let text = text.to_owned();
    Earned {
        short: text.clone(),
        issuer: text.clone(),
        tier: text.clone(),
        field: text.clone(),
        picture: [text.clone(), text.clone(), text.clone()],
        proof: Some(text.clone()),
        ..earned(&text)
    }
}

/// One of each standing, and one that is missing.
pub fn wall() -> Wall {
    let past = Earned {
        state: Shown::Expired,
        on: day("2019-05-01"),
        expires: Some(Expires::On(day("2022-05-01"))),
        proof: None,
        ..earned("Old Routes")
    };
    let soon = Earned {
        state: Shown::Expiring,
        on: day("2024-01-09"),
        expires: Some(Expires::On(day("2027-01-09"))),
        ..earned("New Routes")
    };
    let ever = Earned {
        frame: Frame::Round,
        on: day("2020-02-29"),
        expires: Some(Expires::Never),
        proof: None,
        ..earned("First Steps")
    };
    let missing = Missing { name: "All Routes".to_owned(), short: "ALL".to_owned() };
    let shelf = |name: &str, frame, earned, missing| Shelf { name: name.to_owned(), frame, earned, missing };
    Wall {
        title: "Academy certificates".to_owned(),
        issuer: "The Academy".to_owned(),
        holder: None,
        today: day("2026-11-23"),
        obtainable: 4,
        shelves: vec![
            shelf("First ones", Frame::Round, vec![ever], vec![]),
            shelf("Professional ones", Frame::Double, vec![past, earned("Networks"), soon], vec![missing]),
            shelf("None", Frame::Light, vec![], vec![]),
        ],
    }
}
