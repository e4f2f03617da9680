//! The collection: all badges by tier, as cards, or as lines in plain output.

use chrono::NaiveDate;

use super::badge_card;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, count, date, percent};
use badgedex_domain::badge::{Badge, Collection, Generation, TierBadges};
use badgedex_domain::catalog::Catalog;
use badgedex_domain::mastery::StudyStage;
use badgedex_domain::period::Offer;
use badgedex_domain::record::{Holding, Standing};
use badgedex_domain::title::TitleState;
use badgedex_domain::wording::partial_date;

const GAP: &str = "  ";

/// What the screen shows besides the badges.
#[derive(Debug, Clone, Copy)]
pub struct CollectionContext<'a> {
    pub catalog: &'a Catalog,
    pub generations: &'a [Generation<'a>],
    pub titles: &'a [TitleState<'a>],
    pub today: NaiveDate,
}

/// All badges of a catalog.
pub fn collection(look: &Look, collection: &Collection, context: &CollectionContext) -> String {
    let CollectionContext { catalog, today, .. } = *context;
    let mut page = Page::new(look);
    page.blank();
    page.title(&catalog.title);
    page.para(how_far(look, collection));
    if let Some(text) = generations(context.generations) {
        page.para(look.paint(Tone::Dim, &text));
    }
    for state in context.titles.iter().filter(|state| state.have > 0) {
        page.para(title(look, state));
    }
    for set in &collection.sets {
        page.blank();
        page.ends(&look.paint(Tone::Title, &set.tier.name), &tally(set));
        if look.plain {
            for badge in &set.badges {
                page.para(line(catalog, badge, today));
            }
        } else {
            grid(&mut page, look, catalog, set, today);
        }
    }
    to_complete(&mut page, look, collection);
    page.blank();
    page.para(look.paint(Tone::Dim, "badgedex badges NAME shows one in full"));
    page.done()
}

/// The badges whose day of passing is missing, and how it is added.
fn to_complete(page: &mut Page, look: &Look, collection: &Collection) {
    let is_incomplete = |badge: &&Badge| badge.holding.is_some_and(Holding::is_incomplete);
    let incomplete: Vec<&Badge> = collection.badges().filter(is_incomplete).collect();
    if incomplete.is_empty() {
        return;
    }
    page.blank();
    page.para(look.paint(Tone::Warn, "To complete"));
    for badge in incomplete {
        let known = badge.holding.and_then(Holding::passed_on);
        let known = known.map_or_else(String::new, |when| format!(" (passed in {})", partial_date(when)));
        let short = badge.credential.short.to_lowercase();
        let name = &badge.credential.name;
        page.hanging("- ", format!("{name}{known}: the day is missing: badgedex pass {short} --on DATE"));
    }
}

/// "4 held of 12 that can be earned today, 7 mastered, 2 seen".
fn how_far(look: &Look, collection: &Collection) -> String {
    let of_study = |study: StudyStage| collection.badges().filter(|b| b.mastery.study == study).count();
    let held_now = collection.badges().filter(|b| b.is_held() && b.offer == Offer::OnOffer).count();
    let older = collection.held - held_now;
    let share = held_now as f64 / collection.obtainable.max(1) as f64;
    let cells = bar(look, share, 12);
    let gap = if cells.is_empty() { "" } else { "  " };
    let mut text =
        format!("{cells}{gap}{held_now} held of {} that can be earned today", collection.obtainable);
    if older > 0 {
        text += &format!(", and {older} no longer offered");
    }
    for (number, word) in [
        (of_study(StudyStage::Mastered), "mastered"),
        (of_study(StudyStage::Learning), "being learned"),
        (of_study(StudyStage::Seen), "seen"),
    ] {
        if number > 0 {
            text += &format!(", {number} {word}");
        }
    }
    text
}

/// "The article's fifteen: 4 held, 9 still offered. Launched since: ...".
fn generations(generations: &[Generation]) -> Option<String> {
    let told: Vec<String> = generations
        .iter()
        .filter(|g| g.obtainable > 0 || g.held > 0)
        .map(|g| {
            format!(
                "{}: {} held, {} of {} on offer.",
                g.set.name,
                g.held,
                g.obtainable,
                g.set.credentials.len()
            )
        })
        .collect();
    (told.len() > 1).then(|| told.join(" "))
}

/// "Kubestronaut: yours until 31 December 2027" or "3 of 5".
fn title(look: &Look, state: &TitleState) -> String {
    let name = &state.title.name;
    match (state.is_held, state.kept_until) {
        (true, Some(day)) => look
            .paint(Tone::Good, &format!("{} {name}: yours until {}", look.symbol("★", "*"), date(day)))
            .into_owned(),
        (true, None) => {
            look.paint(Tone::Good, &format!("{} {name}: yours", look.symbol("★", "*"))).into_owned()
        }
        (false, _) => format!("{name}: {} of {}", state.have, state.needed),
    }
}

/// "1 held, 2 mastered".
fn tally(set: &TierBadges) -> String {
    let held = set.badges.iter().filter(|b| b.is_held()).count();
    let mastered =
        set.badges.iter().filter(|b| !b.is_held() && b.mastery.study == StudyStage::Mastered).count();
    let mut text = if held == 0 { "none held".to_owned() } else { format!("{held} held") };
    if mastered > 0 {
        text += &format!(", {mastered} mastered");
    }
    text
}

fn grid(page: &mut Page, look: &Look, catalog: &Catalog, set: &TierBadges, today: NaiveDate) {
    let room = look.width.saturating_sub(look.margin().len());
    let columns = ((room + GAP.len()) / (badge_card::WIDTH + GAP.len())).max(1);
    for badges in set.badges.chunks(columns) {
        let drawn: Vec<Vec<String>> =
            badges.iter().map(|b| badge_card::card(look, catalog, b, today)).collect();
        for line in badge_card::row(&drawn, GAP) {
            page.line(line);
        }
    }
}

/// A badge in words.
pub fn line(catalog: &Catalog, badge: &Badge, today: NaiveDate) -> String {
    let name = format!("{} ({})", catalog.card_name(badge.credential), badge.credential.short);
    let mut parts = vec![name];
    parts.extend(standing(badge, today));
    if badge.credential.is_only_beta(today) {
        parts.push("only a beta".to_owned());
    } else if badge.offer == Offer::Unverified {
        parts.push("not confirmed to be on offer".to_owned());
    }
    match (badge.mastery.study, badge.mastery.mean) {
        (StudyStage::Unseen, _) => parts.push("unseen".to_owned()),
        (study, Some(mean)) => parts.push(format!("{}, mastery {}", study.name(), percent(mean))),
        (study, None) => parts.push(study.name().to_owned()),
    }
    parts.join(", ")
}

/// Held until when, booked for when, expired since when.
pub fn standing(badge: &Badge, today: NaiveDate) -> Option<String> {
    let until = badge.holding.and_then(|h| h.expires_on());
    let retired = if badge.offer == Offer::Retired { ", no longer offered" } else { "" };
    let text = match (badge.standing?, until) {
        (Standing::Held, Some(day)) => format!("held until {}{retired}", date(day)),
        (Standing::Held, None) => format!("held{retired}"),
        (Standing::Expiring, Some(day)) => {
            let left = usize::try_from((day - today).num_days()).unwrap_or(0);
            format!("expires on {} ({} left){retired}", date(day), count(left, "day", "days"))
        }
        (Standing::Expired, Some(day)) => format!("expired on {}{retired}", date(day)),
        (Standing::Scheduled, _) => format!("exam on {}", date(badge.booking?.on)),
        (Standing::Expiring | Standing::Expired, None) => return None,
    };
    Some(text)
}
