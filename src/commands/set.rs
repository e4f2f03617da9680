//! `set`: what the learner has chosen for good.

use crate::ui::json::json;
use anyhow::{Result, bail};

use super::app_context::AppContext;
use super::errors::{no_pack, not_found};
use super::exit::Exit;
use super::pack::switch;
use super::roles::find_role;
use super::target;
use badgedex_domain::catalogs::nearest_of;
use badgedex_domain::journal::Deed;
use badgedex_domain::sanitize;
use badgedex_domain::settings::{SettingKey, Settings, off_key, pack_of_off_key};

/// Changes a setting; without a key, shows all.
///
/// # Errors
/// There is no such setting, the value does not fit, or the store cannot be written to.
pub fn run(app: &mut AppContext, key: Option<&str>, value: Option<&str>) -> Result<Exit> {
    let Some(named) = key else { return show(app) };
    if let Some(pack) = pack_of_off_key(&named.to_lowercase()) {
        return switch::set(app, pack, value);
    }
    let Some(key) = SettingKey::named(named) else {
        let keys = SettingKey::ALL.map(|k| (k.name().to_owned(), k.values().to_owned()));
        return Err(not_found(&nearest_of("setting", named, keys.into_iter())));
    };
    let Some(value) = value else {
        bail!(
            "{} is {}\n  it can be {}",
            key.name(),
            sanitize::line(&app.learner.settings.show(key)),
            key.values()
        );
    };
    set(app, key, value)?;
    let shown = app.learner.settings.show(key);
    let text = format!("{} is {shown} now.", key.name());
    app.ui.tell(&json!({ "format": 1, "key": key.name(), "value": shown }), &text)?;
    Ok(Exit::Done)
}

/// Checks a value and records it.
///
/// # Errors
/// The value does not fit, or the store cannot be written to.
pub fn set(app: &mut AppContext, key: SettingKey, value: &str) -> Result<()> {
    let mut settings = app.learner.settings.clone();
    if let Err(unfit) = settings.apply(key, value) {
        bail!("{unfit}; nothing was recorded");
    }
    if let (SettingKey::Role, Some(role)) = (key, settings.role.as_deref()) {
        let role = find_role(app.catalog()?, role).map_err(|e| not_found(&e))?.id.clone();
        settings.role = Some(role);
    }
    if let (SettingKey::Target, Some(_)) = (key, &settings.target) {
        settings.target = Some(target::resolve(app, value)?);
    }
    if let (SettingKey::FirstPack, Some(pack)) = (key, settings.first_pack.as_deref()) {
        let pack = app.packs.library().find_pack(pack).map_err(|e| no_pack(&app.packs.folder, &e))?;
        settings.first_pack = Some(pack.id.clone());
    }
    if let (SettingKey::Issuer, Some(issuer)) = (key, settings.issuer.as_deref()) {
        let issuer = app.packs.catalogs.find_catalog(issuer).map_err(|e| not_found(&e))?.id.clone();
        settings.issuer = Some(issuer);
    }
    app.record(vec![Deed::Set { key: key.name().to_owned(), value: json!(settings.show(key)) }])?;
    Ok(())
}

/// Notes that a pack was imported or chosen: without a target it comes first from now on.
///
/// # Errors
/// The store cannot be written to.
pub fn put_first(app: &mut AppContext, pack: &str) -> Result<()> {
    let settings = &app.learner.settings;
    if settings.target.is_none() && settings.first_pack.as_deref() != Some(pack) {
        let key = SettingKey::FirstPack.name().to_owned();
        app.record(vec![Deed::Set { key, value: json!(pack) }])?;
    }
    Ok(())
}

fn show(app: &AppContext) -> Result<Exit> {
    let line = |key: SettingKey| {
        format!("{:15} {:10} ({})", key.name(), sanitize::line(&app.learner.settings.show(key)), key.values())
    };
    let all = |settings: &Settings| {
        let mut value = json!({ "format": 1 });
        for key in SettingKey::ALL {
            value[key.name()] = json!(settings.show(key));
        }
        for pack in &settings.packs_off {
            value[off_key(pack)] = json!("yes");
        }
        value
    };
    let settings = &app.learner.settings;
    let off = |pack: &String| format!("{:12} {:10} (yes or no)", sanitize::line(&off_key(pack)), "yes");
    let lines = || SettingKey::ALL.map(line).into_iter().chain(settings.packs_off.iter().map(off));
    app.ui.print(|| all(settings), |_| lines().collect::<Vec<_>>().join("\n"))?;
    Ok(Exit::Done)
}
