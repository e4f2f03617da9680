//! One badge in full: facts with their sources, mastery by topic, what it opens, how to go on.

use chrono::NaiveDate;

use super::{badge_card, collection, reasons};
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, and, bar, capitalized, count, date, fit, months, percent};
use badgedex_domain::badge::Badge;
use badgedex_domain::catalog::{Catalog, Credential, CredentialId, Domain, RenewalWithoutExam, Validity};
use badgedex_domain::mastery::Mastery;
use badgedex_domain::money::Money;
use badgedex_domain::period::{Moment, Offer, PartialDate};

const LABEL: usize = 14;

/// What the screen shows besides the badge.
#[derive(Debug, Clone)]
pub struct Detail<'a> {
    pub catalog: &'a Catalog,
    pub badge: &'a Badge<'a>,
    /// Mastery by the topic's name.
    pub topics: Vec<(String, Mastery)>,
    /// An installed pack teaches what the exam asks.
    pub has_content: bool,
    pub skipped: bool,
    pub today: NaiveDate,
}

/// One badge in full.
pub fn badge(look: &Look, detail: &Detail) -> String {
    let credential = detail.badge.credential;
    let mut page = Page::new(look);
    page.blank();
    head(&mut page, look, detail);
    mastery(&mut page, look, detail);
    page.blank();
    for (label, fact, text) in facts(detail) {
        page.hanging(&format!("{label:LABEL$}"), format!("{text}{}", origin(look, credential, fact)));
    }
    page.blank();
    page.para(how_to_go_on(detail));
    notes(&mut page, look, credential);
    page.done()
}

fn head(page: &mut Page, look: &Look, detail: &Detail) {
    let credential = detail.badge.credential;
    let tier = detail.catalog.tier(&credential.tier).map_or("", |t| t.name.as_str());
    let code = credential.code_on(detail.today).map_or_else(String::new, |code| format!(", {code}"));
    if look.plain {
        page.line(&credential.name).line(format!("{tier}, {}{code}", credential.short));
    } else {
        let picture = badge_card::picture(look, detail.catalog, &credential.field);
        let tone = badge_card::tone(detail.badge);
        let name = look.paint(Tone::Title, &credential.name);
        let tier = format!("{tier}, {}{code}", credential.short);
        let beside = if look.is_narrow() { ["", "", ""] } else { ["", &name, &tier] };
        for (line, beside) in picture.iter().zip(beside) {
            page.line(format!("{}  {beside}", look.paint(tone, line)));
        }
        if look.is_narrow() {
            page.para(&name).para(&tier);
        }
    }
    page.blank();
    let standing = collection::standing(detail.badge, detail.today);
    let skipped = detail.skipped.then(|| "skipped: never suggested".to_owned());
    let parts: Vec<String> = standing.into_iter().chain(skipped).collect();
    let text = if parts.is_empty() { "not held".to_owned() } else { parts.join("; ") };
    let tone = badge_card::tone(detail.badge);
    page.para(
        look.paint(if parts.is_empty() { Tone::Plain } else { tone }, &format!("{}.", capitalized(&text))),
    );
}

/// Label, the fact's name in the catalog, and what it says.
fn facts(detail: &Detail) -> Vec<(&'static str, &'static str, String)> {
    let c = detail.badge.credential;
    let known = |text: Option<String>| text.unwrap_or_else(|| "not known".to_owned());
    let yes_no = |yes: bool, a: &str, b: &str| if yes { a.to_owned() } else { b.to_owned() };
    let mut facts = vec![
        ("On offer", "offered", offered(detail)),
        ("Fee", "fee", known(c.fee.map(|fee| fee.to_string()))),
        ("Proctored", "proctored", known(c.proctored.map(|p| yes_no(p, "yes", "no")))),
        ("Valid", "validity", known(c.validity.as_ref().map(|v| validity(v, detail.today)))),
        ("Prerequisites", "prerequisites", prerequisites(detail)),
    ];
    let is_exam = c.fee.is_none_or(|fee| fee.amount > Money(0));
    if is_exam {
        let exam = [
            c.minutes.map(|m| format!("{m} minutes")),
            c.questions.map(|q| format!("{q} questions")),
            c.pass_mark.map(|p| format!("pass at {p}")),
        ];
        let exam: Vec<String> = exam.into_iter().flatten().collect();
        facts.push((
            "Exam",
            "minutes",
            if exam.is_empty() { "not known".to_owned() } else { exam.join(", ") },
        ));
    }
    if !c.domains_on(detail.today).is_empty() {
        let domain = |d: &Domain| match d.weight {
            Some(weight) => format!("{} {weight} %", d.name),
            None => d.name.clone(),
        };
        facts.push((
            "Asks",
            "topics",
            c.domains_on(detail.today).iter().map(domain).collect::<Vec<_>>().join("; "),
        ));
    }
    facts.extend(relations(detail));
    facts
}

fn relations(detail: &Detail) -> Vec<(&'static str, &'static str, String)> {
    let c = detail.badge.credential;
    let names = |ids: &[CredentialId]| {
        let names: Vec<String> =
            ids.iter().filter_map(|id| detail.catalog.credential(id)).map(short).collect();
        and(&names)
    };
    let renewers: Vec<CredentialId> = c.renewed_by.iter().flatten().map(|r| r.credential.clone()).collect();
    let renews: Vec<CredentialId> = detail
        .catalog
        .credentials
        .iter()
        .filter(|other| other.id != c.id && other.renewal_by(&c.id, detail.today).is_some())
        .map(|other| other.id.clone())
        .collect();
    let next: Vec<CredentialId> = c.successor.iter().chain(&c.followed_by).cloned().collect();
    [
        ("Renewed by", "renewed_by", names(&renewers)),
        ("Without exam", "renewed_without_exam", without_exam(detail)),
        ("Renews", "renews", names(&renews)),
        ("Followed by", "offered", names(&next)),
    ]
    .into_iter()
    .filter(|(_, _, text)| !text.is_empty())
    .collect()
}

/// How it is renewed without an exam: on which days, if it is held, else from how long before it expires.
fn without_exam(detail: &Detail) -> String {
    let credential = detail.badge.credential;
    let expires_on = detail.badge.holding.and_then(|held| held.expires_on());
    let ways: Vec<String> = match expires_on.filter(|day| *day >= detail.today) {
        Some(expires_on) => credential
            .windows_without_exam(expires_on, detail.today)
            .iter()
            .map(|window| reasons::without_exam(window, detail.today))
            .collect(),
        None => credential
            .renewed_without_exam
            .iter()
            .filter(|way| way.from.is_none_or(|from| from.last().is_some_and(|day| day <= detail.today)))
            .map(without_exam_in_general)
            .collect(),
    };
    ways.join(" ")
}

fn without_exam_in_general(way: &RenewalWithoutExam) -> String {
    let opens = way.from_days_before.map_or_else(String::new, |days| {
        format!(", in the last {} before it expires", count(days as usize, "day", "days"))
    });
    format!("{}{opens}. {}", way.name, way.effort)
}

fn short(credential: &Credential) -> String {
    format!("{} ({})", credential.name, credential.short)
}

fn offered(detail: &Detail) -> String {
    let offered = &detail.badge.credential.offered;
    let since = if detail.badge.offer == Offer::Announced { "from" } else { "since" };
    let from = offered.from.map(|m| moment(since, m)).unwrap_or_default();
    let until = offered.until.map(|m| moment("until", m)).unwrap_or_default();
    let state = match detail.badge.offer {
        Offer::OnOffer => "yes",
        Offer::Announced => "announced",
        Offer::Retired => "retired",
        Offer::Unverified => "not verified today",
    };
    let seen = match (detail.badge.offer, offered.seen) {
        (Offer::Unverified, Some(seen)) => format!(", last seen {}", partial(seen)),
        _ => String::new(),
    };
    [state.to_owned() + &seen, from, until]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn moment(word: &str, moment: Moment) -> String {
    match moment {
        Moment::At(day) => format!("{word} {}", partial(day)),
        Moment::Between { after: Some(after), by: Some(by) } => {
            format!("{word} some day after {} and by {}", partial(after), partial(by))
        }
        Moment::Between { after: None, by: Some(by) } => format!("{word} {} or earlier", partial(by)),
        Moment::Between { after: Some(after), by: None } => {
            format!("{word} some day after {}", partial(after))
        }
        Moment::Between { after: None, by: None } => String::new(),
    }
}

fn partial(day: PartialDate) -> String {
    match day {
        PartialDate::Day(day) => date(day),
        PartialDate::Month(day) => day.format("%B %Y").to_string(),
        PartialDate::Year(day) => day.format("%Y").to_string(),
    }
}

fn validity(validity: &Validity, today: NaiveDate) -> String {
    match validity.months_on(today) {
        _ if *validity == Validity::Never => "never expires".to_owned(),
        Some(number) => months(number),
        None => "not known".to_owned(),
    }
}

fn prerequisites(detail: &Detail) -> String {
    match detail.badge.credential.prerequisites.as_deref() {
        None => "not known".to_owned(),
        Some([]) => "none".to_owned(),
        Some(list) => {
            let word = |active: bool| if active { "valid" } else { "passed" };
            let names: Vec<String> = list
                .iter()
                .filter_map(|p| {
                    Some(format!("{} ({})", detail.catalog.credential(&p.credential)?.name, word(p.active)))
                })
                .collect();
            and(&names)
        }
    }
}

/// The site that states a fact and the day it was checked.
fn origin(look: &Look, credential: &Credential, fact: &str) -> String {
    let stated = match fact {
        "offered" => Some((credential.offered.checked, credential.offered.source.as_ref())),
        "renewed_without_exam" => credential
            .renewed_without_exam
            .first()
            .map(|way| (way.origin.checked, way.origin.source.as_ref())),
        fact => credential.origin(fact).map(|o| (o.checked, o.source.as_ref())),
    };
    let Some((checked, Some(source))) = stated else { return String::new() };
    let day = checked.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    look.paint(Tone::Dim, &format!(" [{}, {day}]", site(source))).into_owned()
}

/// The site of an address; other sources as they are.
fn site(source: &str) -> &str {
    source.split_once("://").map_or(source, |(_, rest)| rest.split('/').next().unwrap_or(rest))
}

fn notes(page: &mut Page, look: &Look, credential: &Credential) {
    if credential.notes.is_empty() {
        return;
    }
    page.blank();
    page.title("Where the sources are unclear");
    for note in &credential.notes {
        page.hanging("  ", look.paint(Tone::Dim, &note.text));
    }
}

fn mastery(page: &mut Page, look: &Look, detail: &Detail) {
    let mastery = detail.badge.mastery;
    page.blank();
    match mastery.mean {
        None => page.line("There are no questions about it."),
        Some(mean) => page.para(format!(
            "{}  {}",
            look.paint(Tone::Title, &format!("Mastery {}", percent(mean))),
            look.paint(
                Tone::Dim,
                &format!(
                    "{} of {} mastered",
                    mastery.mastered,
                    count(mastery.questions, "question", "questions")
                )
            )
        )),
    };
    let widest = detail.topics.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(30);
    for (name, topic) in &detail.topics {
        let mean = topic.mean.unwrap_or(0.0);
        let bar = bar(look, mean, 10);
        let gap = if bar.is_empty() { "" } else { " " };
        page.line(format!("{}  {bar}{gap}{}", fit(name, widest), percent(mean)));
    }
}

fn how_to_go_on(detail: &Detail) -> String {
    let short = detail.badge.credential.short.to_lowercase();
    let mut text = format!("badgedex study --credential {short}");
    let is_exam = detail.badge.credential.fee.is_none_or(|fee| fee.amount > Money(0));
    if !detail.has_content && is_exam && detail.badge.offer == Offer::OnOffer {
        text += "\nThese questions are about the credential. What its exam asks is another matter: no installed pack teaches that yet.";
    }
    text
}
