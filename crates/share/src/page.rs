//! The page: a whole collection as one HTML file that needs no other and runs no script.

use chrono::NaiveDate;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::medal::{Colors, RADIUS, medal, silhouette};
use super::text::{clean, date, last_day, name, proof, validity};
use super::{Earned, Missing, Shelf, Shown, Wall, svg};
use badgedex_domain::catalog::Frame;

const STYLE: &str = include_str!("page.css");
/// Nothing is loaded, nothing runs, nothing is sent.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// A collection as a self-contained page.
pub fn page_html(wall: &Wall) -> String {
    let heading = heading(wall);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="description" content=(summary(wall));
                title { (heading) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (head(wall, &heading))
                main {
                    @if wall.held().next().is_none() { p.of { "No badge yet." } }
                    @for (i, shelf) in wall.shelves.iter().enumerate() {
                        @if !shelf.is_empty() { (section(shelf, i)) }
                    }
                }
                footer { p { "Made with badgedex on " (time(wall.today)) "." } }
            }
        }
    };
    page.into_string()
}

/// Whose collection it is, or what of.
fn heading(wall: &Wall) -> String {
    match wall.holder.as_deref().map(clean).filter(|holder| !holder.is_empty()) {
        Some(holder) => format!("{holder}: {}", clean(&wall.title)),
        None => clean(&wall.title),
    }
}

/// The page in one sentence.
fn summary(wall: &Wall) -> String {
    format!("{} held on {}, of {}.", wall.held().count(), date(wall.today), clean(&wall.title))
}

fn head(wall: &Wall, heading: &str) -> Markup {
    let missing: usize = wall.shelves.iter().map(|shelf| shelf.missing.len()).sum();
    let issuer = clean(&wall.issuer);
    let sums = [("held", wall.held().count()), ("on offer", wall.obtainable), ("still to earn", missing)];
    html! {
        header {
            h1 dir="auto" { (heading) }
            p.of {
                @if !issuer.is_empty() { bdi { (issuer) } ", " }
                "as of " (time(wall.today))
            }
            dl.sums {
                @for (label, number) in sums { div { dt { (label) } dd { (number) } } }
            }
        }
    }
}

/// One tier.
fn section(shelf: &Shelf, index: usize) -> Markup {
    let (held, missing) = (shelf.held().count(), shelf.missing.len());
    html! {
        section aria-labelledby={ "shelf-" (index) } {
            div.shelf {
                h2 id={ "shelf-" (index) } dir="auto" { (clean(&shelf.name)) }
                p { (held) " held" @if missing > 0 { ", " (missing) " to earn" } }
            }
            ul {
                @for (i, earned) in shelf.held().chain(shelf.expired()).enumerate() {
                    (card(earned, &format!("m{index}-{i}-")))
                }
                @for missing in &shelf.missing { (place(missing, shelf.frame)) }
            }
        }
    }
}

/// A card of what was earned.
fn card(earned: &Earned, ids: &str) -> Markup {
    let palette = Colors::of(earned).palette;
    html! {
        li {
            div.stage style={ "--glow:" (palette.glow) ";--deep:" (palette.deep) ";--night:" (palette.night) } {
                (picture(&format!("Medal of {}", name(earned)), &svg::elements(&medal(earned, ids))))
            }
            div.about {
                h3 dir="auto" { (name(earned)) }
                dl.dates {
                    div { dt { "Passed on" } dd { (time(earned.on)) } }
                    @if let Some((label, value)) = validity(earned) {
                        div {
                            dt { (label) }
                            dd { (last_day(earned).map_or_else(|| html! { (value) }, time)) }
                        }
                    }
                    @if let Some(state) = state(earned) { div { dt { "State" } dd { (state) } } }
                    @if let Some(proof) = proof(earned) { div.proof { dt { "Proof" } dd dir="auto" { (proof) } } }
                }
            }
        }
    }
}

/// What the dates do not say at once.
fn state(earned: &Earned) -> Option<&'static str> {
    match earned.state {
        Shown::Expiring => Some("Renewal due"),
        Shown::Expired if last_day(earned).is_none() => Some("No longer valid"),
        Shown::Held | Shown::Expired => None,
    }
}

/// The place of what was not earned yet.
fn place(missing: &Missing, frame: Frame) -> Markup {
    let name = clean(&missing.name);
    html! {
        li.missing {
            div.stage { (picture(&format!("Empty place of {name}"), &silhouette(missing, frame))) }
            div.about {
                h3 dir="auto" { (name) }
                p { "Not earned yet" }
            }
        }
    }
}

/// A drawing with the words for those who do not see it.
fn picture(words: &str, drawing: &Markup) -> Markup {
    let (edge, side) = (-RADIUS - 4.0, 2.0 * RADIUS + 8.0);
    html! {
        svg viewBox={ (edge) " " (edge) " " (side) " " (side) } role="img" aria-label=(words)
            font-family="Verdana, 'DejaVu Sans', 'Segoe UI', Arial, sans-serif" {
            title { (words) }
            (drawing)
        }
    }
}

fn time(day: NaiveDate) -> Markup {
    html! { time datetime=(day.format("%Y-%m-%d")) { (date(day)) } }
}
