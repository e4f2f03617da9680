//! Collection and advice: the badges, one of them in full, what to take next, what to show to others.

use anyhow::Result;

use super::exam::{record_booking, record_pass};
use super::{Flow, choose, held, page, read, study};
use crate::cli::{PlanArgs, ShareArgs, StudyArgs};
use crate::commands::app_context::AppContext;
use crate::commands::{badges, first_run, next, partner, plan, share, target};
use crate::ui::prompter::{Prompted, Prompter, Sheet};
use badgedex_domain::badge::Collection;
use badgedex_domain::catalog::Credential;
use badgedex_domain::settings::SettingKey;
use badgedex_domain::target::Target;

/// What can be done with a badge.
const KEYS: [(char, &str); 5] =
    [('s', "study"), ('t', "set as target"), ('b', "I booked it"), ('p', "I passed it"), ('h', "share")];

/// Offers the collection and the advice. The issuer is asked for once, where there are several.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    if app.packs.catalogs.len() > 1 && app.learner.settings.issuer.is_none() {
        let asked = first_run::ask_issuer(app, prompter)?;
        if asked != Prompted::Input(()) {
            return Ok(Flow::left(&asked));
        }
    }
    let options = |_: &AppContext| {
        Ok([
            "My collection",
            "Next: which credential, and why",
            "Plan: dates and fees",
            "Share",
            "Another issuer",
        ]
        .map(str::to_owned)
        .into())
    };
    choose(app, prompter, "Collection and advice", options, |app, prompter, place| match place {
        0 => collection(app, prompter),
        1 => advice(app, prompter),
        2 => page(app, prompter, |app| plan::run(app, &PlanArgs::default())),
        3 => page(app, prompter, |app| share::run(app, &ShareArgs::text_of(None))),
        _ => first_run::ask_issuer(app, prompter).map(|asked| Flow::left(&asked)),
    })
}

/// The role, and whether the learner is a partner, are asked for when advice first needs them.
fn advice(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    if !app.learner.settings.was_set(SettingKey::Role) {
        let asked = first_run::ask_role(app, prompter)?;
        if asked != Prompted::Input(()) {
            return Ok(Flow::left(&asked));
        }
    }
    if let Some(question) = partner::question(app, None, None)? {
        let asked = question.ask(app, prompter)?;
        if asked != Prompted::Input(()) {
            return Ok(Flow::left(&asked));
        }
    }
    page(app, prompter, |app| next::show(app, None, false, None))
}

/// The collection; from there any badge can be opened.
fn collection(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    loop {
        let text = held(app, prompter, |app| badges::run(app, None, false, None))?;
        let look = *prompter.look();
        let keys = [('o', "open a badge")];
        match prompter.read(Sheet { look, text: &text, enter: "back", keys: &keys, stays: false })? {
            Prompted::Input(Some(_)) => {}
            left => return Ok(Flow::left(&left)),
        }
        let today = app.clock.today;
        let shown: Vec<Credential> = {
            let collection = Collection::of(app.catalog()?, &app.learner.record, app.overview()?, today);
            collection.badges().map(|badge| badge.credential.clone()).collect()
        };
        let names: Vec<String> = shown.iter().map(|c| format!("{} ({})", c.name, c.short)).collect();
        let chosen = prompter.choose("Which badge?", &names, 0)?;
        match chosen {
            Prompted::Input(place) => {
                if badge(app, prompter, &shown[place])? == Flow::Quit {
                    return Ok(Flow::Quit);
                }
            }
            Prompted::Quit => return Ok(Flow::Quit),
            Prompted::Back | Prompted::EndOfInput => {}
        }
    }
}

/// One badge, and what can be done from there.
fn badge(app: &mut AppContext, prompter: &mut dyn Prompter, credential: &Credential) -> Result<Flow> {
    let id = credential.id.as_str();
    let text = held(app, prompter, |app| badges::run(app, Some(id), false, None))?;
    let look = *prompter.look();
    let key = match prompter.read(Sheet { look, text: &text, enter: "back", keys: &KEYS, stays: false })? {
        Prompted::Input(Some(key)) => key,
        left => return Ok(Flow::left(&left)),
    };
    match key {
        's' => {
            study::sit(app, prompter, &StudyArgs { credential: Some(id.to_owned()), ..StudyArgs::default() })
        }
        't' => {
            target::set(app, Some(&Target::Credential(credential.id.clone())), None)?;
            let text = held(app, prompter, |app| target::show(app))?;
            read(prompter, &text)
        }
        'b' => record_booking(app, prompter, credential),
        'p' => record_pass(app, prompter, credential),
        _ => page(app, prompter, |app| share::run(app, &ShareArgs::text_of(Some(id)))),
    }
}
