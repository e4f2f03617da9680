//! `next`: the suggestion, its reasons, the alternatives and what would change it.

use chrono::NaiveDate;

use super::reasons;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, and, count, date, or, percent};
use badgedex_domain::advice::{Advice, Reason, RenewalDue, RunnerUpReason, StepState, Suggestion};
use badgedex_domain::catalog::{Catalog, Credential};
use badgedex_domain::period::Offer;
use badgedex_domain::renewals::RenewalPlan;

/// Columns of "Why" and "Then".
const LABEL: usize = 6;
/// At most this many alternatives are named.
const MAX_NAMED: usize = 3;

/// What the screen shows besides the advice.
#[derive(Debug, Clone)]
pub struct AdviceContext<'a> {
    pub catalog: &'a Catalog,
    pub today: NaiveDate,
    /// Whether the learner is a partner of the issuer; `None` if that is not known.
    pub is_partner: Option<bool>,
    /// What would be suggested if the suggestion were skipped.
    pub if_skipped: Option<&'a Credential>,
    /// Roles for which something else would be suggested.
    pub by_role: Vec<(&'a str, &'a Credential)>,
    /// The cheapest way to renew all that expires soon.
    pub renewal_plan: RenewalPlan<'a>,
    /// The earliest expiry of all holdings, if there is one.
    pub next_expiry: Option<NaiveDate>,
    /// The chances in the exams that are booked.
    pub chances: Vec<String>,
    /// Show every step of the path.
    pub explain: bool,
}

/// The suggestion with its reasons and alternatives, or why there is none.
pub fn next(look: &Look, advice: &Advice, context: &AdviceContext) -> String {
    let mut page = Page::new(look);
    page.blank();
    match &advice.suggestion {
        Some(first) => suggestion(&mut page, look, first, advice, context),
        None if advice.complete && !advice.betas.is_empty() => all_but_betas(&mut page, advice, context),
        None if advice.complete => feast(&mut page, look, context),
        None => stuck(&mut page, advice),
    }
    partners_only(&mut page, look, advice, context);
    renewals(&mut page, look, advice, context);
    if context.explain {
        page.blank();
        page.title("The path");
        for step in &advice.steps {
            explained(&mut page, look, step, context.today);
        }
    }
    if let Some(first) = &advice.suggestion {
        page.blank();
        page.line(look.paint(Tone::Accent, &reasons::command(first)));
    }
    page.done()
}

/// Sentences after a label; below it on a narrow screen and in plain output.
fn labeled(page: &mut Page, look: &Look, label: &str, sentences: &[String]) {
    let is_beside = !look.is_narrow() && !look.plain;
    if !is_beside && !sentences.is_empty() {
        page.line(format!("{label}:"));
    }
    for (i, sentence) in sentences.iter().enumerate() {
        let label = match (is_beside, i) {
            (false, _) => "  ".to_owned(),
            (true, 0) => format!("{label:LABEL$}"),
            (true, _) => " ".repeat(LABEL),
        };
        page.hanging(&label, sentence);
    }
}

fn suggestion(page: &mut Page, look: &Look, first: &Suggestion, advice: &Advice, context: &AdviceContext) {
    let tier = context.catalog.tier(&first.credential.tier).map_or("", |t| t.name.as_str());
    let title = format!("Next: {}", first.credential.name);
    page.ends(&look.paint(Tone::Title, &title), &format!("{tier}, {}", first.credential.short));
    page.blank();
    page.para(reasons::action(first));
    let say = |reason: &Reason| reasons::text(reason, context.catalog, context.today);
    labeled(page, look, "Chance", &context.chances);
    labeled(page, look, "Why", &first.reasons.iter().map(say).collect::<Vec<_>>());
    let others = advice.alternatives.iter().take(MAX_NAMED);
    labeled(page, look, "Then", &others.map(|second| runner_up(second, context)).collect::<Vec<_>>());
    page.blank();
    page.title("What would change this");
    for sentence in what_would_change(context) {
        page.hanging("  ", sentence);
    }
}

fn runner_up(second: &Suggestion, context: &AdviceContext) -> String {
    let why = second.reasons.iter().find(|reason| match reason {
        Reason::Second(why) => is_worth_saying(*why),
        _ => false,
    });
    let why =
        why.map_or_else(String::new, |r| format!(" {}", reasons::text(r, context.catalog, context.today)));
    let step = second.step.map_or_else(String::new, |step| format!(", step {step}"));
    let mastery = percent(second.mastery.mean.unwrap_or(0.0));
    format!(
        "{} ({}{step}, mastery {mastery}).{why}",
        context.catalog.card_name(second.credential),
        second.credential.short
    )
}

/// Whether a reason to come second says more about a runner-up than its place in the list.
fn is_worth_saying(why: RunnerUpReason) -> bool {
    match why {
        RunnerUpReason::RenewalFirst | RunnerUpReason::BookedFirst | RunnerUpReason::LaterInCatalog => false,
        RunnerUpReason::RoleFirst
        | RunnerUpReason::LaterStep
        | RunnerUpReason::Unverified
        | RunnerUpReason::OnlyBeta
        | RunnerUpReason::PartnersOnly
        | RunnerUpReason::Prerequisite
        | RunnerUpReason::RetiresFirst
        | RunnerUpReason::NotMastered
        | RunnerUpReason::RolePrefersFirst
        | RunnerUpReason::LessMastery => true,
    }
}

fn what_would_change(context: &AdviceContext) -> Vec<String> {
    let name = |c: &Credential| format!("{} ({})", context.catalog.card_name(c), c.short);
    let mut parts = Vec::new();
    match context.if_skipped {
        Some(other) => parts.push(format!("If you skip it: {}.", name(other))),
        None => parts.push("If you skip it: nothing else is open.".to_owned()),
    }
    if let Some((_, other)) = context.by_role.first() {
        let roles: Vec<String> = context
            .by_role
            .iter()
            .filter(|(_, c)| c.id == other.id)
            .map(|(role, _)| (*role).to_owned())
            .collect();
        parts.push(format!("In the role {}: {}.", or(&roles), name(other)));
    }
    parts.push(match context.next_expiry {
        Some(day) => format!("Your next expiry: {}.", date(day)),
        None => "Nothing you hold expires.".to_owned(),
    });
    parts
}

fn feast(page: &mut Page, look: &Look, context: &AdviceContext) {
    let star = look.symbol("★", "*");
    page.line(look.paint(Tone::Good, &format!("{star} {star} {star}  Complete  {star} {star} {star}")));
    page.blank();
    page.para(format!(
        "You hold every credential that {} offers today. Nothing is left to suggest.",
        context.catalog.issuer
    ));
    page.para("Show them: badgedex badges");
}

/// Everything is held but what is only a beta.
fn all_but_betas(page: &mut Page, advice: &Advice, context: &AdviceContext) {
    page.para(format!(
        "You hold every credential that {} offers with a standard exam.",
        context.catalog.issuer
    ));
    for beta in &advice.betas {
        let fee = beta.beta_on(context.today).and_then(|beta| beta.fee);
        let code = beta.code_on(context.today).map(str::to_owned);
        let facts: Vec<String> = code.into_iter().chain(fee.map(|fee| fee.to_string())).collect();
        let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
        page.para(format!("Still open: {}, so far only a beta{facts}.", beta.name));
    }
}

fn stuck(page: &mut Page, advice: &Advice) {
    let closed = advice.steps.iter().filter(|s| s.closed).count();
    page.para("Nothing is open: every step of the path is done, skipped or not available today.");
    if closed > 0 {
        page.para(format!(
            "{} closed. Take a skipped one back with: badgedex unskip NAME",
            count(closed, "step is", "steps are")
        ));
    } else {
        page.para("Take a skipped one back with: badgedex unskip NAME");
    }
}

/// What is not suggested to somebody who is not a partner; or, until that is known, the question.
fn partners_only(page: &mut Page, look: &Look, advice: &Advice, context: &AdviceContext) {
    if advice.partners_only.is_empty() {
        return;
    }
    let names: Vec<String> = advice.partners_only.iter().map(|c| c.short.clone()).collect();
    let text = match context.is_partner {
        Some(true) => return,
        Some(false) => {
            let them = if names.len() == 1 { "it" } else { "them" };
            format!("Not suggested, because only partners can earn {them}: {}.", and(&names))
        }
        None => format!(
            "{} last seen as {} for partners of {}. If you work for one: badgedex set partner yes, else no.",
            if names.len() == 1 { format!("{} was", names[0]) } else { format!("{} were", and(&names)) },
            if names.len() == 1 { "a badge" } else { "badges" },
            context.catalog.short
        ),
    };
    page.blank();
    page.para(look.paint(Tone::Dim, &text));
}

fn renewals(page: &mut Page, look: &Look, advice: &Advice, context: &AdviceContext) {
    if advice.renewals.is_empty() {
        return;
    }
    page.blank();
    page.title("Expiring");
    for renewal in &advice.renewals {
        let name = format!("{} ({})", renewal.credential.name, renewal.credential.short);
        let left = count(usize::try_from(renewal.days_left).unwrap_or(0), "day", "days");
        page.para(
            look.paint(
                Tone::Warn,
                &format!("{name}: valid until {}, {left} left.", date(renewal.expires_on)),
            ),
        );
        page.hanging("  ", ways(renewal, context));
        for window in &renewal.without_exam {
            let way = reasons::without_exam(window, context.today);
            page.hanging("  ", format!("Without an exam: {way}"));
        }
    }
    if advice.renewals.len() > 1 {
        page.para(all_at_once(&context.renewal_plan));
    }
}

/// "USD 400", with a note if a fee is not known.
fn money(plan: &RenewalPlan) -> String {
    let currency = plan.exams.iter().find_map(|(exam, _)| exam.fee).map(|fee| fee.currency);
    let unknown = if plan.fee_unknown { " and a fee that is not known" } else { "" };
    format!("{} {}{unknown}", currency.map_or_else(String::new, |c| c.to_string()), plan.total)
        .trim()
        .to_owned()
}

/// "All of them at least cost: SAP (USD 300) renews SAA and CLF."
fn all_at_once(plan: &RenewalPlan) -> String {
    if plan.exams.is_empty() {
        return "No exam on offer renews any of them.".to_owned();
    }
    let shorts = |held: &[&Credential]| and(&held.iter().map(|c| c.short.clone()).collect::<Vec<_>>());
    let exams: Vec<String> = plan
        .exams
        .iter()
        .map(|(exam, renews)| {
            let fee = exam.fee.map_or_else(String::new, |fee| format!(" ({fee})"));
            format!("{}{fee} renews {}", exam.short, shorts(renews))
        })
        .collect();
    let total = if plan.exams.len() > 1 { format!(", {} in all", money(plan)) } else { String::new() };
    format!("Cheapest, with the fewest exams: {}{total}.", exams.join("; "))
}

fn ways(renewal: &RenewalDue, context: &AdviceContext) -> String {
    let names: Vec<String> = renewal
        .renewed_by
        .iter()
        .filter_map(|id| context.catalog.credential(id))
        .map(|c| match c.fee {
            Some(fee) => format!("{} ({fee})", c.short),
            None => c.short.clone(),
        })
        .collect();
    if names.is_empty() {
        "No exam on offer renews it.".to_owned()
    } else {
        format!("Renewed by a pass of {}.", or(&names))
    }
}

fn explained(page: &mut Page, look: &Look, step: &StepState, today: NaiveDate) {
    let state = if step.closed {
        "closed: nothing of it is available".to_owned()
    } else if step.is_open() {
        format!("{} of {}", step.have, step.needed)
    } else {
        look.paint(Tone::Good, look.symbol("✔ done", "done")).into_owned()
    };
    page.blank();
    let title = format!("{} {}", step.step.number, look.paint(Tone::Title, &step.step.title));
    if look.plain {
        page.para(format!("{title}: {state}"));
    } else {
        page.ends(&title, &state);
    }
    page.hanging("  ", &step.step.why);
    let held: Vec<String> = step.slots.iter().filter_map(|s| s.held).map(|c| c.short.clone()).collect();
    let not_counted: Vec<String> =
        step.unconfirmed(today).map(|c| reasons::not_counted_name(c, today)).collect();
    let missing: Vec<String> = step
        .slots
        .iter()
        .filter(|s| step.is_open() && s.held.is_none())
        .filter_map(|s| s.candidate)
        .filter(|c| c.offer(today) != Offer::Unverified)
        .map(|c| c.short.clone())
        .collect();
    for (word, names) in [("Held: ", held), ("Open: ", missing), ("Not counted: ", not_counted)] {
        if !names.is_empty() {
            page.hanging(&format!("  {word}"), names.join(", "));
        }
    }
}
