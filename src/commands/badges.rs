//! `badges`: the collection, or one badge in full.

use anyhow::Result;
use serde_json::Value;

use super::app_context::AppContext;
use super::errors::not_found;
use super::exit::Exit;
use super::next::without_exam_json;
use crate::ui::json::json;
use crate::ui::look::Look;
use crate::ui::screens::{self, collection::CollectionContext};
use badgedex_domain::advice::Advisor;
use badgedex_domain::badge::{self, Badge, Collection, Generation};
use badgedex_domain::catalog::Credential;
use badgedex_domain::record::Standing;
use badgedex_domain::target::Target;
use badgedex_domain::title::{self, TitleState};

/// Shows the collection, or one badge, with its sources if they are asked for.
///
/// # Errors
/// There is no such credential or issuer, or the store cannot be read.
pub fn run(app: &AppContext, named: Option<&str>, sources: bool, issuer: Option<&str>) -> Result<Exit> {
    match named {
        None => collection(app, issuer)?,
        Some(named) => {
            let credential = app.packs.catalogs.find_credential(named).map_err(|e| not_found(&e))?;
            one(app, credential, sources)?;
        }
    }
    Ok(Exit::Done)
}

fn collection(app: &AppContext, issuer: Option<&str>) -> Result<()> {
    let catalog = app.catalog_named(issuer)?;
    let today = app.clock.today;
    let collection = Collection::of(catalog, &app.learner.record, app.overview()?, today);
    let generations = badge::generations(catalog, &app.learner.record, today);
    let titles = title::titles(catalog, &app.learner.record, today);
    let around = CollectionContext { catalog, generations: &generations, titles: &titles, today };
    app.ui.print(
        || collection_json(app, &collection, &generations, &titles),
        |look| screens::collection::collection(look, &collection, &around),
    )
}

fn collection_json(
    app: &AppContext,
    collection: &Collection,
    generations: &[Generation],
    titles: &[TitleState],
) -> Value {
    let sets: Vec<Value> = collection
        .sets
        .iter()
        .map(|set| {
            let badges: Vec<Value> = set.badges.iter().map(badge_json).collect();
            json!({ "tier": set.tier.id, "name": set.tier.name, "badges": badges })
        })
        .collect();
    json!({
        "format": 1, "today": app.clock.today, "held": collection.held, "obtainable": collection.obtainable,
        "sets": sets,
        "generations": generations.iter().map(generation_json).collect::<Vec<_>>(),
        "titles": titles.iter().map(title_json).collect::<Vec<_>>(),
    })
}

fn generation_json(generation: &Generation) -> Value {
    json!({
        "id": generation.set.id, "name": generation.set.name, "held": generation.held,
        "obtainable": generation.obtainable, "total": generation.set.credentials.len(),
    })
}

fn title_json(state: &TitleState) -> Value {
    json!({
        "id": state.title.id, "name": state.title.name, "have": state.have, "needed": state.needed,
        "held": state.is_held, "kept_until": state.kept_until,
    })
}

fn badge_json(badge: &Badge) -> Value {
    json!({
        "credential": badge.credential.id.as_str(),
        "name": badge.credential.name,
        "short": badge.credential.short,
        "standing": badge.standing.map(|s| s.name()),
        "study": badge.mastery.study.name(),
        "mastery": badge.mastery.mean,
        "questions": badge.mastery.questions,
        "mastered": badge.mastery.mastered,
        "offered": badge.offer.known(),
        "held_on": badge.holding.and_then(|h| h.passed_on()).map(|on| on.first()),
        "expires_on": badge.holding.map(|h| expires_json(h.expires)),
        "scheduled_on": badge.booking.map(|b| b.on),
        "proof": badge.holding.and_then(|h| h.proof.as_deref()),
    })
}

/// A day, "never", or null if it is not known.
fn expires_json(expires: Option<badgedex_domain::catalog::Expires>) -> Value {
    use badgedex_domain::catalog::Expires;
    match expires {
        Some(Expires::On(day)) => json!(day),
        Some(Expires::Never) => json!("never"),
        None => Value::Null,
    }
}

fn one(app: &AppContext, credential: &Credential, sources: bool) -> Result<()> {
    let catalog = app.packs.catalog_of(&credential.id)?;
    let today = app.clock.today;
    let advisor = app.advisor(catalog, app.role_in(catalog))?;
    let badge = badge::badge(credential, &app.learner.record, advisor.overview, today);
    app.ui.print(
        || {
            let mut value = badge_json(&badge);
            value["format"] = json!(1);
            value["today"] = json!(today);
            let expires_on = badge.holding.and_then(|held| held.expires_on()).filter(|day| *day >= today);
            let windows = expires_on.map(|day| credential.windows_without_exam(day, today));
            let windows = windows.iter().flatten().map(without_exam_json);
            value["without_exam"] = windows.collect();
            value
        },
        |look| badge_screen(look, &advisor, &badge, sources),
    )
}

fn badge_screen(look: &Look, advisor: &Advisor, badge: &Badge, sources: bool) -> String {
    let Advisor { catalog, overview, record, is_partner, today, .. } = *advisor;
    let id = &badge.credential.id;
    let number = advisor.step_of(&advisor.steps(), badge.credential);
    // What stands in the way of a pass matters to those who need one.
    let is_held = badge.standing == Some(Standing::Held);
    let detail = screens::badge::Detail {
        catalog,
        badge,
        domains: overview.domains_of_target(&Target::Credential(id.clone())),
        facts: overview.facts_about(id),
        obstacles: if is_held { Vec::new() } else { advisor.obstacles(badge.credential) },
        is_partner,
        step: catalog.path.iter().find(|step| Some(step.number) == number),
        skipped: record.has_skipped(id),
        sources,
        today,
    };
    screens::badge::badge(look, &detail)
}
