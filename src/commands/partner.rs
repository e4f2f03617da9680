//! Asks, once and where it matters, whether the learner works for a partner of the issuer.

use crate::ui::json::json;
use anyhow::Result;

use super::app_context::AppContext;
use super::roles::find_role;
use crate::ui::prompter::{Prompted, Prompter};
use crate::ui::text::and;
use badgedex_domain::journal::Deed;
use badgedex_domain::settings::{Partnership, SettingKey};

/// The answers, each with the value of the setting.
const ANSWERS: [(&str, &str); 3] = [("Yes", "yes"), ("No", "no"), ("Skip: do not ask again", "none")];
/// Where the cursor starts: a bare Enter claims nothing.
const SKIP: usize = 2;

/// The question, if the suggestion depends on its answer and it was never asked; `None` if it need not be asked.
///
/// # Errors
/// There is no such issuer, or the store cannot be read.
pub fn question(
    app: &AppContext,
    role: Option<&str>,
    issuer: Option<&str>,
) -> Result<Option<PartnerQuestion>> {
    if app.learner.settings.partner != Partnership::NotAsked {
        return Ok(None);
    }
    let catalog = app.catalog_named(issuer)?;
    let role = role.and_then(|named| find_role(catalog, named).ok()).or_else(|| app.role_in(catalog));
    let advisor = app.advisor(catalog, role)?;
    let names = || advisor.partners_only().iter().map(|c| c.name.clone()).collect();
    let question = || PartnerQuestion { issuer: catalog.short.clone(), credentials: names() };
    Ok(advisor.depends_on_partnership().then(question))
}

/// Whether the learner works for a partner of an issuer, and what depends on that.
#[derive(Debug, Clone)]
pub struct PartnerQuestion {
    /// The short name of the issuer.
    issuer: String,
    /// The names of what only partners can earn.
    credentials: Vec<String>,
}

impl PartnerQuestion {
    /// Asks, and records the answer; leaving it open is recorded, too, so that it is asked only once.
    ///
    /// # Errors
    /// The store cannot be written to, or the terminal is gone.
    pub fn ask(&self, app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
        let PartnerQuestion { issuer, credentials } = self;
        let were =
            if credentials.len() == 1 { "was last seen as a badge" } else { "were last seen as badges" };
        prompter.say(&format!("{} {were} for partners of {issuer}.", and(credentials)))?;
        let options = ANSWERS.map(|(answer, _)| answer.to_owned());
        let chosen = prompter.choose(&format!("Do you work for a partner of {issuer}?"), &options, SKIP)?;
        let value = match &chosen {
            Prompted::Input(place) => ANSWERS[*place].1,
            Prompted::Back => ANSWERS[SKIP].1,
            Prompted::EndOfInput | Prompted::Quit => return Ok(chosen.map(|_| ())),
        };
        app.record(vec![Deed::Set { key: SettingKey::Partner.name().to_owned(), value: json!(value) }])?;
        if value == ANSWERS[SKIP].1 {
            prompter.say("Left open. To say it later: badgedex set partner yes (or no)")?;
        }
        Ok(Prompted::Input(()))
    }
}
