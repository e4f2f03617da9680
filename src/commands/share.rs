//! `share`: the news of a credential, or the whole collection, to show to others.

use anyhow::{Context, Result, bail};

use super::app_context::AppContext;
use super::errors::not_found;
use super::exit::Exit;
use super::files;
use crate::cli::ShareArgs;
use crate::ui::output;
use crate::ui::text::date;
use badgedex_domain::badge::{Badge, Collection};
use badgedex_domain::catalog::{Catalog, Credential};
use badgedex_domain::period::Offer;
use badgedex_domain::record::{Holding, Standing};
use badgedex_domain::sanitize;
use badgedex_share::{Earned, Missing, Shelf, Shown, Wall};

/// A page or card carries at most this many characters of a name.
const MAX_NAME_CHARS: usize = 80;

/// Writes the news of a credential, or the whole collection.
///
/// # Errors
/// Nothing that is held is meant, or what was asked for cannot be written.
pub fn run(app: &AppContext, wanted: &ShareArgs) -> Result<Exit> {
    match &wanted.credential {
        Some(named) => one(app, wanted, named)?,
        None => all(app, wanted)?,
    }
    Ok(Exit::Done)
}

fn one(app: &AppContext, wanted: &ShareArgs, named: &str) -> Result<()> {
    let credential = app.packs.catalogs.find_credential(named).map_err(|e| not_found(&e))?;
    let catalog = app.packs.catalog_of(&credential.id)?;
    let collection = Collection::of(catalog, &app.learner.record, app.overview()?, app.clock.today);
    let badge = collection.badges().find(|b| b.credential.id == credential.id);
    let badge = badge.filter(|b| b.holding.is_some()).with_context(|| not_held(credential))?;
    if badge.holding.is_some_and(Holding::is_incomplete) {
        let short = credential.short.to_lowercase();
        bail!("the day of your pass is missing\n  add it, then share: badgedex pass {short} --on DATE");
    }
    let earned = earned(catalog, badge, wanted.proof).with_context(|| not_held(credential))?;
    if let (Shown::Expired, Some(day)) = (&earned.state, badge.holding.and_then(|h| h.expires_on())) {
        bail!("{} expired on {}: only what is valid is shared", credential.name, date(day));
    }
    let out = wanted.out.as_deref();
    if wanted.html {
        bail!("the page shows the whole collection: leave the credential out");
    } else if wanted.png {
        let missing: Vec<String> = badgedex_share::not_drawn(&earned).iter().map(char::to_string).collect();
        if !missing.is_empty() {
            let missing = missing.join(" ");
            output::note(&format!(
                "the picture has boxes in place of {missing}; --svg and --html show these characters"
            ))?;
        }
        files::deliver(out, &badgedex_share::card_png(&earned)?, false)
    } else if wanted.svg {
        files::deliver(out, badgedex_share::card_svg(&earned).as_bytes(), true)
    } else {
        files::deliver(out, with_line_end(badgedex_share::news(&earned)).as_bytes(), true)
    }
}

fn not_held(credential: &Credential) -> String {
    let short = credential.short.to_lowercase();
    format!(
        "you do not hold {}: only what you hold is shared\n  badgedex pass {short} records it",
        credential.name
    )
}

fn all(app: &AppContext, wanted: &ShareArgs) -> Result<()> {
    let catalog = app.catalog_named(wanted.issuer.as_deref())?;
    let collection = Collection::of(catalog, &app.learner.record, app.overview()?, app.clock.today);
    let wall = wall(app, catalog, &collection, wanted);
    if wall.held().next().is_none() {
        bail!("your collection is empty: badgedex pass NAME records what you hold");
    }
    let out = wanted.out.as_deref();
    if wanted.svg || wanted.png {
        bail!("a card shows one credential: name it, such as badgedex share clf --png --out clf.png");
    } else if wanted.html {
        files::deliver(out, badgedex_share::page_html(&wall).as_bytes(), true)
    } else {
        files::deliver(out, with_line_end(badgedex_share::wall_news(&wall)).as_bytes(), true)
    }
}

fn with_line_end(text: String) -> String {
    if text.ends_with('\n') { text } else { format!("{text}\n") }
}

fn wall(app: &AppContext, catalog: &Catalog, collection: &Collection, wanted: &ShareArgs) -> Wall {
    let shelf = |set: &badgedex_domain::badge::TierBadges| Shelf {
        name: set.tier.plural.clone(),
        frame: set.tier.frame,
        earned: set.badges.iter().filter_map(|b| earned(catalog, b, wanted.proof)).collect(),
        missing: set.badges.iter().filter(|b| is_missing(b)).map(missing).collect(),
    };
    let holder =
        wanted.name.as_deref().map(|name| sanitize::line(name.trim()).chars().take(MAX_NAME_CHARS).collect());
    Wall {
        title: catalog.title.clone(),
        issuer: catalog.issuer.clone(),
        holder,
        today: app.clock.today,
        obtainable: collection.obtainable,
        shelves: collection.sets.iter().map(shelf).collect(),
    }
}

fn is_missing(badge: &Badge) -> bool {
    badge.holding.is_none() && badge.offer == Offer::OnOffer
}

fn missing(badge: &Badge) -> Missing {
    Missing { name: badge.credential.name.clone(), short: badge.credential.short.clone() }
}

/// What a badge shows to others; `None` if it is not held.
fn earned(catalog: &Catalog, badge: &Badge, with_proof: bool) -> Option<Earned> {
    // What is shown to others has the day on which it was earned.
    let holding = badge.holding.filter(|held| !held.is_incomplete())?;
    let credential = badge.credential;
    let tier = catalog.tier(&credential.tier)?;
    let state = match badge.standing {
        Some(Standing::Held) => Shown::Held,
        Some(Standing::Expiring) => Shown::Expiring,
        Some(Standing::Expired | Standing::Scheduled) | None => Shown::Expired,
    };
    Some(Earned {
        name: credential.name.clone(),
        short: credential.short.clone(),
        issuer: catalog.issuer.clone(),
        tier: tier.name.clone(),
        frame: tier.frame,
        field: credential.field.clone(),
        picture: catalog.field(&credential.field)?.picture.clone(),
        on: holding.on,
        expires: holding.expires,
        proof: holding.proof.clone().filter(|_| with_proof),
        state,
    })
}
