//! A badge as a card: frame by tier, picture by field, one line for its state.

use chrono::NaiveDate;

use crate::ui::look::{Look, Tone};
use crate::ui::text::{bar, count, fit, percent};
use badgedex_domain::badge::Badge;
use badgedex_domain::catalog::{Catalog, Frame};
use badgedex_domain::mastery::StudyStage;
use badgedex_domain::period::Offer;
use badgedex_domain::record::Standing;

/// Columns of a card, its frame included.
pub const WIDTH: usize = 17;
/// Columns within the frame.
const INNER: usize = WIDTH - 2;
/// Columns of a picture.
const PICTURE: usize = 11;
/// Lines that a name may take.
const NAME_LINES: usize = 2;

/// The lines of a card, all [`WIDTH`] columns wide.
pub fn card(look: &Look, catalog: &Catalog, badge: &Badge, today: NaiveDate) -> Vec<String> {
    let tone = tone(badge);
    let frame = edges(look, frame_of(catalog, badge));
    let inner = if is_silhouette(badge) {
        silhouette(look, catalog, badge, today)
    } else {
        face(look, catalog, badge, today)
    };
    let side = look.paint(tone, frame.side).into_owned();
    let edge = |(left, right): (&str, &str), label: &str| {
        let level = frame.level.repeat(INNER.saturating_sub(label.chars().count()));
        look.paint(tone, &format!("{left}{level}{label}{right}")).into_owned()
    };
    let label = format!(" {} {}", badge.credential.short, frame.level);
    let mut lines = vec![edge(frame.top, &label)];
    lines.extend(inner.iter().map(|line| format!("{side}{}{side}", fit(line, INNER))));
    lines.push(edge(frame.bottom, ""));
    lines
}

/// The lines of several cards, side by side.
pub fn row(cards: &[Vec<String>], gap: &str) -> Vec<String> {
    let height = cards.iter().map(Vec::len).max().unwrap_or(0);
    let line = |i: usize| {
        let parts: Vec<&str> = cards.iter().filter_map(|card| card.get(i)).map(String::as_str).collect();
        parts.join(gap)
    };
    (0..height).map(line).collect()
}

/// Never answered, not held, not booked: its name is shown dimmed, and of its picture the outline.
fn is_silhouette(badge: &Badge) -> bool {
    badge.standing.is_none() && badge.mastery.study == StudyStage::Unseen
}

/// The picture's outline without what it shows, the name and why there is nothing more.
fn silhouette(look: &Look, catalog: &Catalog, badge: &Badge, today: NaiveDate) -> Vec<String> {
    let shade = look.symbol("░", ":");
    let shaded = |line: &String| {
        let filled: String = line.chars().map(|c| if c == ' ' { " " } else { shade }).collect();
        look.paint(Tone::Dim, &format!("  {filled}")).into_owned()
    };
    let state = match badge.offer {
        Offer::Unverified if badge.credential.is_only_beta(today) => "only a beta",
        Offer::Unverified => "not confirmed",
        Offer::OnOffer | Offer::Announced | Offer::Retired => "unseen",
    };
    let mut lines: Vec<String> = picture(look, catalog, &badge.credential.field).iter().map(shaded).collect();
    let words = name_lines(catalog, badge).into_iter().chain([state.to_owned()]);
    lines.extend(words.map(|words| look.paint(Tone::Dim, &format!(" {words}")).into_owned()));
    lines
}

/// The name in the lines of a card.
fn name_lines(catalog: &Catalog, badge: &Badge) -> Vec<String> {
    let name = catalog.card_name(badge.credential);
    let mut name: Vec<String> =
        textwrap::wrap(&name, INNER - 2).into_iter().map(|part| part.into_owned()).collect();
    name.resize(NAME_LINES, String::new());
    name
}

fn face(look: &Look, catalog: &Catalog, badge: &Badge, today: NaiveDate) -> Vec<String> {
    let picture = picture(look, catalog, &badge.credential.field);
    let mut lines: Vec<String> = picture.iter().map(|line| format!("  {line}")).collect();
    lines.extend(name_lines(catalog, badge).iter().map(|part| format!(" {part}")));
    lines.push(format!(" {}", state(look, badge, today)));
    lines
}

/// The picture of a field; blanks if it has none.
pub fn picture(look: &Look, catalog: &Catalog, field: &str) -> [String; 3] {
    let drawn = catalog.field(field).map(|f| if look.unicode { &f.picture } else { &f.ascii });
    drawn.map_or_else(
        || [(); 3].map(|()| " ".repeat(PICTURE)),
        |lines| lines.each_ref().map(|l| fit(l, PICTURE)),
    )
}

/// The state of a badge, short enough for a card.
pub fn state(look: &Look, badge: &Badge, today: NaiveDate) -> String {
    let tone = tone(badge);
    let paint = |text: String| look.paint(tone, &text).into_owned();
    let expires = badge.holding.and_then(|h| h.expires_on());
    match (badge.standing, badge.mastery.study) {
        (Some(Standing::Held), _) if badge.offer == Offer::Retired => {
            paint(format!("{} retired", look.symbol("★", "*")))
        }
        (Some(Standing::Held), _) => {
            let until =
                expires.map_or_else(|| "held".to_owned(), |day| format!("to {}", day.format("%b %Y")));
            paint(format!("{} {until}", look.symbol("★", "*")))
        }
        (Some(Standing::Expiring), _) => {
            let left = expires.map_or(0, |day| (day - today).num_days());
            paint(format!("{} {}", look.symbol("▲", "!"), days(left)))
        }
        (Some(Standing::Scheduled), _) => {
            let left = badge.booking.map_or(0, |b| (b.on - today).num_days());
            let when = if left == 0 { "today".to_owned() } else { format!("in {}", days(left)) };
            paint(format!("{} {when}", look.symbol("◷", "@")))
        }
        (Some(Standing::Expired), _) => {
            let when = expires.map_or_else(String::new, |day| day.format(" %b %Y").to_string());
            paint(format!("{} exp.{when}", look.symbol("▽", "v")))
        }
        (None, StudyStage::Mastered) => paint(format!("{} mastered", look.symbol("◆", "+"))),
        (None, StudyStage::Learning) => {
            let mean = badge.mastery.mean.unwrap_or(0.0);
            format!("{} {}", bar(look, mean, 7), percent(mean)).trim().to_owned()
        }
        (None, StudyStage::Seen) => format!("{} seen", look.symbol("·", ".")),
        (None, StudyStage::Unseen) => "unseen".to_owned(),
    }
}

fn days(number: i64) -> String {
    count(usize::try_from(number).unwrap_or(0), "day", "days")
}

/// A badge's tone; its words say the same.
pub fn tone(badge: &Badge) -> Tone {
    match (badge.standing, badge.mastery.study) {
        (Some(Standing::Held), _) => Tone::Good,
        (Some(Standing::Expiring), _) => Tone::Warn,
        (Some(Standing::Expired), _) => Tone::Bad,
        (Some(Standing::Scheduled), _) | (None, StudyStage::Mastered) => Tone::Accent,
        (None, StudyStage::Unseen) => Tone::Dim,
        (None, StudyStage::Seen | StudyStage::Learning) => Tone::Plain,
    }
}

fn frame_of(catalog: &Catalog, badge: &Badge) -> Frame {
    catalog.tier(&badge.credential.tier).map_or(Frame::Light, |tier| tier.frame)
}

struct Edges {
    top: (&'static str, &'static str),
    bottom: (&'static str, &'static str),
    level: &'static str,
    side: &'static str,
}

fn edges(look: &Look, frame: Frame) -> Edges {
    let of = |top, bottom, level, side| Edges { top, bottom, level, side };
    match (look.unicode, frame) {
        (true, Frame::Round) => of(("╭", "╮"), ("╰", "╯"), "─", "│"),
        (true, Frame::Light) => of(("┌", "┐"), ("└", "┘"), "─", "│"),
        (true, Frame::Heavy) => of(("┏", "┓"), ("┗", "┛"), "━", "┃"),
        (true, Frame::Double) => of(("╔", "╗"), ("╚", "╝"), "═", "║"),
        (true, Frame::Dashed) => of(("┌", "┐"), ("└", "┘"), "╌", "╎"),
        (false, Frame::Round) => of((".", "."), ("'", "'"), "-", "|"),
        (false, Frame::Light) => of(("+", "+"), ("+", "+"), "-", "|"),
        (false, Frame::Heavy) => of(("#", "#"), ("#", "#"), "-", "|"),
        (false, Frame::Double) => of(("#", "#"), ("#", "#"), "=", "|"),
        (false, Frame::Dashed) => of(("+", "+"), ("+", "+"), "~", ":"),
    }
}
