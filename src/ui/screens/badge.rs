//! One badge in full: standing, mastery by exam domain, fee and dates, what it opens; behind a flag, the sources.

use chrono::NaiveDate;

use super::target::weight;
use super::{badge_card, collection, reasons};
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, and, bar, capitalized, count, date, fit, months, or, percent};
use badgedex_domain::advice::Reason;
use badgedex_domain::badge::Badge;
use badgedex_domain::catalog::{
    Catalog, Credential, CredentialId, Domain, RenewalWithoutExam, Step, Validity,
};
use badgedex_domain::mastery::Mastery;
use badgedex_domain::money::Money;
use badgedex_domain::overview::DomainSummary;
use badgedex_domain::period::{Moment, Offer};
use badgedex_domain::wording::partial_date;

const LABEL: usize = 14;
/// At most this many columns of a domain's name stand before its bar.
const MAX_DOMAIN: usize = 34;

/// What the screen shows besides the badge.
#[derive(Debug, Clone)]
pub struct Detail<'a> {
    pub catalog: &'a Catalog,
    pub badge: &'a Badge<'a>,
    /// What its exam asks, as far as installed packs teach it, with what is known of it.
    pub domains: &'a [DomainSummary],
    /// What is known of the facts about it.
    pub facts: Mastery,
    /// What stands in the way of earning it, and what changes soon.
    pub obstacles: Vec<Reason>,
    /// Whether the learner is a partner of the issuer; `None` if that is not known.
    pub is_partner: Option<bool>,
    /// The step of the path that asks for it.
    pub step: Option<&'a Step>,
    pub skipped: bool,
    /// Show where the facts come from, and what is disputed.
    pub sources: bool,
    pub today: NaiveDate,
}

/// One badge in full.
pub fn badge(look: &Look, detail: &Detail) -> String {
    let mut page = Page::new(look);
    page.blank();
    head(&mut page, look, detail);
    mastery(&mut page, look, detail);
    page.blank();
    let facts = facts(detail);
    for fact in &facts {
        if look.is_narrow() || look.plain {
            page.para(format!("{}: {}", fact.label, fact.text));
        } else {
            page.hanging(&format!("{:LABEL$}", fact.label), &fact.text);
        }
    }
    page.blank();
    let short = detail.badge.credential.short.to_lowercase();
    page.para(look.paint(Tone::Accent, &format!("badgedex study --credential {short}")));
    page.blank();
    if detail.sources {
        sources(&mut page, look, detail.badge.credential, &facts);
    } else {
        let what =
            if detail.badge.credential.notes.is_empty() { "Sources" } else { "Sources and open questions" };
        page.para(look.paint(Tone::Dim, &format!("{what}: badgedex badges {short} --sources")));
    }
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
    if let Some(held) = detail.badge.holding.filter(|held| held.is_incomplete()) {
        let known =
            held.passed_on().map_or_else(String::new, |when| format!("Passed in {}. ", partial_date(when)));
        let short = credential.short.to_lowercase();
        page.para(format!("{known}The day is missing: badgedex pass {short} --on DATE"));
    }
    for obstacle in &detail.obstacles {
        page.para(reasons::text(obstacle, detail.catalog, detail.today));
    }
    if detail.is_partner == Some(false) && credential.is_partners_only(detail.today) {
        page.para(format!("Only partners of {} can earn it.", detail.catalog.short));
    }
}

fn mastery(page: &mut Page, look: &Look, detail: &Detail) {
    let mastery = detail.badge.mastery;
    page.blank();
    let Some(mean) = mastery.mean else {
        page.line("There are no questions about it.");
        return;
    };
    page.para(format!(
        "{}  {}",
        look.paint(Tone::Title, &format!("Mastery {}", percent(mean))),
        look.paint(Tone::Dim, &mastered(&mastery))
    ));
    if detail.domains.is_empty() {
        if is_exam(detail.badge.credential) && detail.badge.offer == Offer::OnOffer {
            page.para("These questions ask facts about it. No installed pack teaches what its exam asks.");
        }
        return;
    }
    let facts = (detail.facts.questions > 0).then(|| ("Facts about it", detail.facts, String::new()));
    let domains = detail.domains.iter();
    let domains = domains.map(|domain| (domain.title.as_str(), domain.mastery, weight(domain)));
    let rows: Vec<(&str, Mastery, String)> = domains.chain(facts).collect();
    let widest = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0).min(MAX_DOMAIN);
    for (name, part, weight) in rows {
        row(page, look, name, &part, &weight, widest);
    }
}

/// One domain: its name, its mastery as a bar and a number, its weight.
fn row(page: &mut Page, look: &Look, name: &str, mastery: &Mastery, weight: &str, widest: usize) {
    let mean = mastery.mean.unwrap_or(0.0);
    let bar = bar(look, mean, 10);
    if look.plain {
        let weight = if weight.is_empty() { String::new() } else { format!(" ({weight})") };
        page.para(format!("{name}{weight}: {}", percent(mean)));
    } else if look.is_narrow() {
        page.para(name);
        page.line(format!("  {bar} {:>5}  {weight}", percent(mean)));
    } else {
        page.line(format!("{}  {bar} {:>5}  {weight}", fit(name, widest), percent(mean)));
    }
}

/// "12 of 40 questions mastered".
fn mastered(mastery: &Mastery) -> String {
    let questions = count(mastery.questions, "question", "questions");
    format!("{} of {questions} mastered", mastery.mastered)
}

fn is_exam(credential: &Credential) -> bool {
    credential.fee.is_none_or(|fee| fee.amount > Money(0))
}

/// One line of facts.
struct FactLine {
    label: &'static str,
    /// The names of its facts in the catalog.
    names: &'static [&'static str],
    text: String,
}

fn facts(detail: &Detail) -> Vec<FactLine> {
    let c = detail.badge.credential;
    let known = |text: Option<String>| text.unwrap_or_else(|| "not known".to_owned());
    let line = |label, names, text| FactLine { label, names, text };
    let mut facts = vec![
        line("Fee", &["fee", "proctored"], fee(c, detail.today)),
        line("Valid", &["validity"], known(c.validity.as_ref().map(|v| validity(v, detail.today)))),
        line("On offer", &["offered"], offered(detail)),
    ];
    if is_exam(c) {
        let exam = [
            c.minutes.map(|m| format!("{m} minutes")),
            c.questions.map(|q| format!("{q} questions")),
            c.pass_mark.map(|p| format!("pass at {p}")),
        ];
        let exam: Vec<String> = exam.into_iter().flatten().collect();
        let exam = if exam.is_empty() { "not known".to_owned() } else { exam.join(", ") };
        facts.insert(0, line("Exam", &["minutes", "questions", "pass_mark"], exam));
    }
    // With content they stand with their mastery.
    if detail.domains.is_empty() && !c.domains_on(detail.today).is_empty() {
        let domain = |d: &Domain| match d.weight {
            Some(weight) => format!("{} {weight} %", d.name),
            None => d.name.clone(),
        };
        let domains: Vec<String> = c.domains_on(detail.today).iter().map(domain).collect();
        facts.push(line("Domains", &["topics"], domains.join("; ")));
    }
    facts.extend(relations(detail));
    facts
}

/// "USD 100, proctored", "USD 100 (the beta: USD 50), proctored".
fn fee(credential: &Credential, today: NaiveDate) -> String {
    let fee = credential.fee.map_or_else(|| "not known".to_owned(), |fee| fee.to_string());
    let beta = credential.beta_on(today).and_then(|beta| beta.fee);
    let beta = beta.map_or_else(String::new, |fee| format!(" (the beta: {fee})"));
    let proctored = match credential.proctored {
        Some(true) => "proctored",
        Some(false) => "not proctored",
        None => "proctored or not is not known",
    };
    format!("{fee}{beta}, {proctored}")
}

fn relations(detail: &Detail) -> Vec<FactLine> {
    let c = detail.badge.credential;
    let all = || detail.catalog.credentials.iter().filter(|other| other.id != c.id);
    let names = |ids: &[CredentialId]| {
        let found = ids.iter().filter_map(|id| detail.catalog.credential(id));
        and(&found.map(name_and_short).collect::<Vec<_>>())
    };
    let renewed_by = renewed_by(detail);
    let renews = all().filter(|other| other.renewal_by(&c.id, detail.today).is_some());
    let renews: Vec<CredentialId> = renews.map(|other| other.id.clone()).collect();
    let opens = all().filter(|other| other.prerequisites.iter().flatten().any(|p| p.credential == c.id));
    let opens: Vec<CredentialId> = opens.map(|other| other.id.clone()).collect();
    let next: Vec<CredentialId> = c.successor.iter().chain(&c.followed_by).cloned().collect();
    let path = detail.step.map_or_else(String::new, |step| {
        format!("step {} of {}, {}", step.number, detail.catalog.path.len(), step.title)
    });
    let lines: [(_, &[_], _); 7] = [
        ("Requires", &["prerequisites"], prerequisites(detail)),
        ("Path", &[], path),
        ("Opens", &[], names(&opens)),
        ("Renews", &[], names(&renews)),
        ("Renewed by", &["renewed_by"], renewed_by),
        ("Without exam", &["renewed_without_exam"], without_exam(detail)),
        ("Followed by", &["followed_by"], names(&next)),
    ];
    let lines = lines.into_iter().filter(|(_, _, text)| !text.is_empty());
    lines.map(|(label, names, text)| FactLine { label, names, text }).collect()
}

/// "a pass of SAA or SAP"; empty if the catalog names no exam.
fn renewed_by(detail: &Detail) -> String {
    let Some(ways) = detail.badge.credential.renewed_by.as_ref().filter(|ways| !ways.is_empty()) else {
        return String::new();
    };
    let exams = ways.iter().filter_map(|way| detail.catalog.credential(&way.credential));
    let is_available =
        |exam: &&Credential| matches!(exam.offer(detail.today), Offer::OnOffer | Offer::Unverified);
    let exams: Vec<String> = exams.filter(is_available).map(|exam| exam.short.clone()).collect();
    if exams.is_empty() { "no exam on offer".to_owned() } else { format!("a pass of {}", or(&exams)) }
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

fn name_and_short(credential: &Credential) -> String {
    format!("{} ({})", credential.name, credential.short)
}

/// "since November 2017", "announced, from 1 June 2027", "no longer (until 31 March 2026)".
fn offered(detail: &Detail) -> String {
    let offered = &detail.badge.credential.offered;
    let until = offered.until.map(|m| moment("until", m));
    let from = |word: &str| offered.from.map(|m| moment(word, m));
    let parts = match detail.badge.offer {
        Offer::OnOffer if offered.from.is_none() => [Some("yes".to_owned()), None, until],
        Offer::OnOffer => [from("since"), None, until],
        Offer::Announced => [Some("announced".to_owned()), from("from"), until],
        Offer::Retired => {
            let until = until.map_or_else(String::new, |until| format!(" ({until})"));
            [Some(format!("no longer{until}")), None, None]
        }
        Offer::Unverified if detail.badge.credential.is_only_beta(detail.today) => {
            let from = detail.badge.credential.beta_on(detail.today).and_then(|beta| beta.from);
            [Some("only as a beta".to_owned()), from.map(|m| moment("since", m)), until]
        }
        Offer::Unverified => {
            let seen = offered.seen.map(|seen| format!("last seen {}", partial_date(seen)));
            [Some("not confirmed".to_owned()), seen, until]
        }
    };
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn moment(word: &str, moment: Moment) -> String {
    match moment {
        Moment::At(day) => format!("{word} {}", partial_date(day)),
        Moment::Between { after: Some(after), by: Some(by) } => {
            format!("{word} some time between {} and {}", partial_date(after), partial_date(by))
        }
        Moment::Between { after: None, by: Some(by) } => format!("{word} {} or earlier", partial_date(by)),
        Moment::Between { after: Some(after), by: None } => {
            format!("{word} some time after {}", partial_date(after))
        }
        Moment::Between { after: None, by: None } => String::new(),
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
        Some([]) => "nothing".to_owned(),
        Some(list) => {
            let word = |active: bool| if active { "must be valid" } else { "passed at any time" };
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

/// Where a fact is written, and when that was read.
#[derive(PartialEq)]
struct SourceOf<'a> {
    source: &'a str,
    checked: Option<NaiveDate>,
}

/// Where the facts come from, each source once; then what is disputed or unknown.
fn sources(page: &mut Page, look: &Look, credential: &Credential, facts: &[FactLine]) {
    let mut by_source: Vec<(SourceOf, Vec<&str>)> = Vec::new();
    for (fact, name) in facts.iter().flat_map(|fact| fact.names.iter().map(move |name| (fact, *name))) {
        let Some(origin) = origin(credential, name) else { continue };
        match by_source.iter_mut().find(|(known, _)| *known == origin) {
            Some((_, labels)) if labels.contains(&fact.label) => {}
            Some((_, labels)) => labels.push(fact.label),
            None => by_source.push((origin, vec![fact.label])),
        }
    }
    page.title("Sources");
    for (SourceOf { source, checked }, labels) in by_source {
        let checked = checked.map_or_else(|| "undated".to_owned(), |day| format!("checked on {}", date(day)));
        page.para(format!("{}: {checked}", capitalized(&labels.join(", ").to_lowercase())));
        // Whole, however long, so that it can be clicked and copied.
        page.line(format!("  {}", look.paint(Tone::Dim, source)));
    }
    if !credential.notes.is_empty() {
        page.blank();
        page.title("Open questions");
        for note in &credential.notes {
            page.hanging("- ", &note.text);
        }
    }
}

/// The source of a fact; `None` if the catalog names none.
fn origin<'a>(credential: &'a Credential, fact: &str) -> Option<SourceOf<'a>> {
    let (source, checked) = match fact {
        "offered" => (&credential.offered.source, credential.offered.checked),
        "renewed_without_exam" => {
            let way = credential.renewed_without_exam.first()?;
            (&way.origin.source, way.origin.checked)
        }
        fact => {
            let origin = credential.origin(fact)?;
            (&origin.source, origin.checked)
        }
    };
    Some(SourceOf { source: source.as_deref()?, checked })
}
