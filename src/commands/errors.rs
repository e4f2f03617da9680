//! Words for what was not found.

use crate::domain::catalogs::NotFound;
use crate::domain::gate;

/// "there is no credential "x"; did you mean ...?"
pub fn not_found(error: &NotFound) -> anyhow::Error {
    let label = |(name, remark): &(String, String)| match remark.as_str() {
        "" => name.clone(),
        remark => format!("{name} ({remark})"),
    };
    let names: Vec<String> = error.nearest.iter().map(label).collect();
    let meant = match names.split_last() {
        None => String::new(),
        Some((last, [])) => format!("\n  did you mean {last}?"),
        Some((last, most)) => format!("\n  did you mean {} or {last}?", most.join(", ")),
    };
    anyhow::anyhow!("there is no {} \"{}\"{meant}", error.what, gate::line(&error.typed))
}
