//! `target`: what the learner is preparing for, and when.

use anyhow::{Result, bail};
use chrono::NaiveDate;
use serde_json::Value;

use super::app_context::AppContext;
use super::errors::{no_pack, not_found};
use super::exam_days;
use super::exit::Exit;
use crate::cli::TargetArgs;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::screens::{self, target::TargetView};
use crate::ui::text::date;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::journal::Deed;
use badgedex_domain::period::Offer;
use badgedex_domain::settings::SettingKey;
use badgedex_domain::target::{DaySource, ExamDay, Target};

/// Shows the target, or sets it and its day.
///
/// # Errors
/// There is no such credential or pack, the day is over, or the store cannot be written to.
pub fn run(app: &mut AppContext, asked_for: &TargetArgs) -> Result<Exit> {
    let TargetArgs { credential, pack, on } = asked_for;
    let wanted = match (credential.as_deref(), pack.as_deref()) {
        (Some("none"), None) => Some(None),
        (Some(named), _) => Some(Some(resolve(app, named)?)),
        (None, Some(pack)) => Some(Some(Target::Pack(own_pack(app, pack)?))),
        (None, None) => None,
    };
    match (wanted, *on) {
        (None, None) => {}
        (Some(None), Some(_)) => {
            bail!("without a target there is no exam day\n  badgedex target none takes both back")
        }
        (None, Some(on)) => match app.learner.settings.target.clone() {
            Some(target) => set(app, Some(&target), Some(on))?,
            None => bail!("no target is set yet\n  badgedex target CREDENTIAL --on {on}"),
        },
        (Some(target), on) => set(app, target.as_ref(), on)?,
    }
    show(app)
}

/// The target that a person names: a credential, or `pack/ID`.
///
/// # Errors
/// There is no such credential or pack.
pub fn resolve(app: &AppContext, named: &str) -> Result<Target> {
    match Target::named(named) {
        Some(Target::Pack(pack)) => Ok(Target::Pack(own_pack(app, &pack)?)),
        _ => {
            let credential = app.packs.catalogs.find_credential(named).map_err(|e| not_found(&e))?;
            Ok(Target::Credential(credential.id.clone()))
        }
    }
}

fn own_pack(app: &AppContext, named: &str) -> Result<String> {
    let pack = app.packs.library().find_pack(named).map_err(|e| no_pack(&app.packs.folder, &e))?;
    Ok(pack.id.clone())
}

/// Records a target, or that there is none, and its day. A day that was set for another target is taken back.
///
/// # Errors
/// The day is over, or the store cannot be written to.
pub fn set(app: &mut AppContext, target: Option<&Target>, on: Option<NaiveDate>) -> Result<()> {
    let settings = &app.learner.settings;
    if let Some(on) = on.filter(|on| *on < app.clock.today) {
        bail!("{} is over; nothing was recorded", date(on));
    }
    let mut deeds = Vec::new();
    if settings.target.as_ref() != target {
        let text = target.map_or_else(|| "none".to_owned(), Target::to_string);
        deeds.push(setting(SettingKey::Target, &text));
        if on.is_none() && settings.target_date.is_some() {
            deeds.push(setting(SettingKey::TargetDate, "none"));
        }
    }
    if let Some(on) = on.filter(|on| settings.target_date != Some(*on)) {
        deeds.push(setting(SettingKey::TargetDate, &on.to_string()));
    }
    if !deeds.is_empty() {
        app.record(deeds)?;
    }
    if let Some(Target::Credential(id)) = target {
        warn(app, id)?;
    }
    Ok(())
}

/// What ends the preparation for the target, and takes back its day.
pub fn ended() -> [Deed; 2] {
    [SettingKey::Target, SettingKey::TargetDate].map(|key| setting(key, "none"))
}

fn setting(key: SettingKey, value: &str) -> Deed {
    Deed::Set { key: key.name().to_owned(), value: json!(value) }
}

/// Says what speaks against a credential as a target: it can no longer be earned, or it is held.
fn warn(app: &AppContext, id: &CredentialId) -> Result<()> {
    let Some(credential) = app.packs.catalogs.credential(id) else { return Ok(()) };
    let today = app.clock.today;
    let name = &credential.name;
    match credential.offer(today) {
        Offer::Retired => output::note(&format!("{name} is retired: its exam can no longer be taken"))?,
        Offer::Announced => output::note(&format!("{name} is announced: its exam cannot be taken yet"))?,
        Offer::OnOffer | Offer::Unverified => {}
    }
    let held = app.learner.record.holding(id).filter(|held| held.is_valid(today));
    match held.map(|held| held.expires_on()) {
        Some(Some(until)) => output::note(&format!("you hold it already, until {}", date(until)))?,
        Some(None) => output::note("you hold it already")?,
        None => {}
    }
    Ok(())
}

/// Shows the target, or that there is none.
///
/// # Errors
/// The learner's data cannot be read, or standard output cannot be written to.
pub fn show(app: &AppContext) -> Result<Exit> {
    let view = view(app)?;
    app.ui.print(|| target_json(app, view.as_ref()), |look| screens::target::target(look, view.as_ref()))?;
    Ok(Exit::Done)
}

/// What the screens say about the target; `None` if none is set.
///
/// # Errors
/// The store cannot be read.
pub fn view(app: &AppContext) -> Result<Option<TargetView<'_>>> {
    let Some(target) = app.learner.settings.target.as_ref() else { return Ok(None) };
    Ok(Some(view_of(app, target)?))
}

/// A target as a person calls it: a credential without its issuer, or the title of a pack.
///
/// # Errors
/// There is no catalog.
pub fn name(app: &AppContext, target: &Target) -> Result<String> {
    let credential = target.credential().and_then(|id| app.packs.catalogs.credential(id));
    let pack = target.pack().and_then(|id| app.packs.library().find_pack(id).ok());
    Ok(match (credential, pack) {
        (Some(credential), _) => app.packs.catalog_of(&credential.id)?.card_name(credential),
        (None, Some(pack)) => pack.title.clone(),
        (None, None) => target.to_string(),
    })
}

/// What the screens say about a target.
///
/// # Errors
/// The store cannot be read.
pub fn view_of<'a>(app: &'a AppContext, target: &'a Target) -> Result<TargetView<'a>> {
    let overview = app.overview()?;
    let credential = target.credential().and_then(|id| app.packs.catalogs.credential(id));
    Ok(TargetView {
        name: name(app, target)?,
        code: credential.and_then(|c| c.code_on(app.clock.today)),
        short: credential.map(|c| c.short.to_lowercase()),
        day: target.day(&app.learner.settings, &app.learner.record),
        questions: target.content(app.packs.library()).map(|pack| pack.questions.len()).sum(),
        domains: overview.domains_of_target(target),
        mastery: overview.mastery_of_target(target),
        facts: target.credential().map(|id| overview.facts_about(id)),
        exam_days: exam_days::view(app)?.filter(|days| days.today.target == *target),
        today: app.clock.today,
    })
}

fn target_json(app: &AppContext, view: Option<&TargetView>) -> Value {
    let target = app.learner.settings.target.as_ref();
    let day = view.and_then(|view| view.day);
    let library = app.packs.library();
    let packs: Vec<&str> =
        target.into_iter().flat_map(|t| t.content(library)).map(|pack| pack.id.as_str()).collect();
    let held_back: Vec<_> = packs.iter().flat_map(|pack| library.held_back(pack)).collect();
    let mut forms: Vec<&str> = held_back.iter().filter_map(|q| q.exam_form.as_deref()).collect();
    forms.sort_unstable();
    forms.dedup();
    json!({
        "format": 1,
        "today": app.clock.today,
        "target": target.and_then(Target::credential).map(CredentialId::as_str),
        "pack": target.and_then(Target::pack),
        "on": day.map(|ExamDay { on, .. }| on),
        "source": day.map(|ExamDay { source, .. }: ExamDay| DaySource::name(source)),
        "days_left": day.map(|ExamDay { on, .. }| (on - app.clock.today).num_days()),
        "content": {
            "packs": packs,
            "questions": view.map_or(0, |view| view.questions),
            "held_back": held_back.len(),
            "forms": forms,
        },
        "mastery": view.and_then(|view| view.mastery.mean),
    })
}
