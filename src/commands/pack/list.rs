//! `pack list`: the packs in use.

use anyhow::Result;
use serde_json::Value;

use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::ui::json::json;
use crate::ui::screens;
use badgedex_domain::library::Library;
use badgedex_domain::question::Pack;

/// Lists all packs.
///
/// # Errors
/// Standard output cannot be written to.
pub fn list(app: &AppContext) -> Result<Exit> {
    let library = app.packs.library();
    let packs = library.all_packs();
    app.ui.print(
        || json!({ "format": 1, "packs": packs.iter().map(|pack| pack_json(library, pack)).collect::<Vec<_>>() }),
        |look| screens::packs::list(look, library),
    )?;
    Ok(Exit::Done)
}

fn pack_json(library: &Library, pack: &Pack) -> Value {
    json!({
        "id": pack.id,
        "title": pack.title,
        "questions": pack.questions.len(),
        "off": library.is_off(&pack.id),
        "held_back": library.held_back(&pack.id).count(),
        "topics": pack.topics.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(),
        "licence": pack.licence,
        "source": pack.source,
    })
}
