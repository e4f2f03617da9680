//! Errors about what was not found, with the nearest names.

use std::path::Path;

use badgedex_domain::catalogs::NotFound;
use badgedex_domain::sanitize;
use badgedex_packs::installed;

/// `there is no credential "x"`, and on a second line `did you mean ...?`.
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
    anyhow::anyhow!("there is no {} \"{}\"{meant}", error.what, sanitize::line(&error.typed))
}

/// No such pack is in use: it has faults, is elsewhere, or has another id. `questions` is the folder of the
/// learner's own packs.
pub fn no_pack(questions: &Path, error: &NotFound) -> anyhow::Error {
    let typed = sanitize::line(error.typed.trim());
    match installed::own(questions, &typed) {
        Some(folder) => anyhow::anyhow!(
            "the pack \"{typed}\" has faults and is left out until they are fixed: badgedex pack check {typed}\n  it is in {}",
            folder.label
        ),
        None => anyhow::anyhow!(
            "{}\n  your own packs are in {}, each in its own folder",
            not_found(error),
            questions.display()
        ),
    }
}
