//! `pack off` and `pack on`: whether a pack's questions are asked and counted.

use anyhow::{Result, bail};

use crate::commands::app_context::AppContext;
use crate::commands::errors::no_pack;
use crate::commands::exit::Exit;
use crate::ui::json::json;
use badgedex_domain::journal::Deed;
use badgedex_domain::question::Pack;
use badgedex_domain::settings::{off_key, yes_or_no};

/// Leaves a pack out of study; what was learned of it is kept.
///
/// # Errors
/// There is no such pack, it is off already, or the store cannot be written to.
pub fn off(app: &mut AppContext, named: &str) -> Result<Exit> {
    let (id, title) = find(app, named)?;
    if app.packs.library().is_off(&id) {
        bail!("the pack {id} is off already");
    }
    record(app, &id, true)?;
    let text = format!(
        "{title} is off: its questions are not asked and not counted. What you learned is kept. badgedex pack on {id} brings it back."
    );
    app.ui.tell(&json!({ "format": 1, "done": "off", "pack": id }), &text)?;
    Ok(Exit::Done)
}

/// Takes a pack back into study.
///
/// # Errors
/// There is no such pack, it is not off, or the store cannot be written to.
pub fn on(app: &mut AppContext, named: &str) -> Result<Exit> {
    let (id, title) = find(app, named)?;
    if !app.packs.library().is_off(&id) {
        bail!("the pack {id} is not off");
    }
    record(app, &id, false)?;
    let text = format!("{title} is on: its questions are asked and counted again.");
    app.ui.tell(&json!({ "format": 1, "done": "on", "pack": id }), &text)?;
    Ok(Exit::Done)
}

/// `set off/PACK VALUE`: the same as a setting. Without a value, says how it is set.
///
/// # Errors
/// There is no such pack, the value is not yes or no, or the store cannot be written to.
pub fn set(app: &mut AppContext, named: &str, value: Option<&str>) -> Result<Exit> {
    let (id, _) = find(app, &named.replace('_', "-"))?;
    let key = off_key(&id);
    let Some(value) = value else {
        bail!("{key} is {}\n  it can be yes or no", word(app.packs.library().is_off(&id)));
    };
    let Some(is_off) = yes_or_no(value) else {
        bail!("{key} cannot be \"{}\": it is yes or no; nothing was recorded", value.trim());
    };
    record(app, &id, is_off)?;
    let text = format!("{key} is {} now.", word(is_off));
    app.ui.tell(&json!({ "format": 1, "key": key, "value": word(is_off) }), &text)?;
    Ok(Exit::Done)
}

/// Refuses to study a pack that is off, and says how to switch it on.
///
/// # Errors
/// The pack is off.
pub fn check_is_on(app: &AppContext, pack: &Pack) -> Result<()> {
    if app.packs.library().is_off(&pack.id) {
        bail!("the pack {} is off\n  badgedex pack on {} brings it back", pack.id, pack.id);
    }
    Ok(())
}

/// The id and the title of a pack.
fn find(app: &AppContext, named: &str) -> Result<(String, String)> {
    let pack = app.packs.library().find_pack(named).map_err(|e| no_pack(&app.packs.folder, &e))?;
    Ok((pack.id.clone(), pack.title.clone()))
}

/// The event that switches a pack off or on.
pub fn deed(pack: &str, is_off: bool) -> Deed {
    Deed::Set { key: off_key(pack), value: json!(word(is_off)) }
}

fn record(app: &mut AppContext, pack: &str, is_off: bool) -> Result<()> {
    app.record(vec![deed(pack, is_off)])?;
    Ok(())
}

fn word(is_off: bool) -> &'static str {
    if is_off { "yes" } else { "no" }
}
