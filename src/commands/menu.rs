//! `badgedex` alone: the home screen and its menu, and on the first run a greeting before it.

mod collection;
mod exam;
mod home;
mod mock_exam;
mod progress;
mod questions;
mod ready;
mod results;
mod settings;
mod study;

use anyhow::Result;

use super::app_context::AppContext;
use super::exit::Exit;
use super::with_app::with_app;
use super::{first_run, is_broken_pipe, store_error, undo};
use crate::cli::GlobalArgs;
use crate::ui::prompter::{Prompted, Prompter, Sheet};
use crate::ui::screens;
use crate::ui::text::Page;

/// How the menu goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// One step back.
    Back,
    /// Ctrl-C.
    Quit,
}

impl Flow {
    /// After a prompt that was left without an answer.
    fn left<T>(prompted: &Prompted<T>) -> Flow {
        match prompted {
            Prompted::Quit => Flow::Quit,
            Prompted::Input(_) | Prompted::Back | Prompted::EndOfInput => Flow::Back,
        }
    }
}

/// The places of the menu, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Study,
    MockExam,
    Exam,
    Collection,
    Questions,
    Progress,
    Settings,
    Undo,
    Quit,
}

const PLACES: [Place; 9] = [
    Place::Study,
    Place::MockExam,
    Place::Exam,
    Place::Collection,
    Place::Questions,
    Place::Progress,
    Place::Settings,
    Place::Undo,
    Place::Quit,
];

/// Opens the menu.
///
/// # Errors
/// The learner's data cannot be read or written, or the terminal is gone.
pub fn run(global: &GlobalArgs) -> Result<Exit> {
    with_app(global, open)
}

fn open(app: &mut AppContext) -> Result<Exit> {
    let mut prompter = app.ui.prompter()?;
    if app.journal.store.is_empty()? && first_run::run(app, prompter.as_mut())? == Prompted::Quit {
        return Ok(Exit::Interrupted);
    }
    if results::ask_how_it_went(app, prompter.as_mut())? == Flow::Quit {
        return Ok(Exit::Interrupted);
    }
    let mut cursor = 0;
    loop {
        app.refresh_clock();
        let head = screens::home::head(prompter.look(), &home::head(app)?);
        let options = PLACES.map(|place| label(app, place)).into_iter().collect::<Result<Vec<String>>>()?;
        cursor = match prompter.menu(&head, "What now?", &options, cursor)? {
            Prompted::Input(place) => place,
            Prompted::Back | Prompted::EndOfInput => return Ok(Exit::Done),
            Prompted::Quit => return Ok(Exit::Interrupted),
        };
        if PLACES[cursor] == Place::Quit {
            return Ok(Exit::Done);
        }
        if enter(app, prompter.as_mut(), PLACES[cursor])? == Flow::Quit {
            return Ok(Exit::Interrupted);
        }
    }
}

fn label(app: &AppContext, place: Place) -> Result<String> {
    Ok(match place {
        Place::Study => study::label(app)?,
        Place::MockExam => mock_exam::label(app),
        Place::Exam => "Exam: target, booking, result".to_owned(),
        Place::Collection => "Collection and advice".to_owned(),
        Place::Questions => "Questions".to_owned(),
        Place::Progress => "Progress".to_owned(),
        Place::Settings => "Settings".to_owned(),
        Place::Undo => "Undo".to_owned(),
        Place::Quit => "Quit".to_owned(),
    })
}

fn enter(app: &mut AppContext, prompter: &mut dyn Prompter, place: Place) -> Result<Flow> {
    match place {
        Place::Study => study::enter(app, prompter),
        Place::MockExam => mock_exam::enter(app, prompter),
        Place::Exam => exam::enter(app, prompter),
        Place::Collection => collection::enter(app, prompter),
        Place::Questions => questions::enter(app, prompter),
        Place::Progress => progress::enter(app, prompter),
        Place::Settings => settings::enter(app, prompter),
        Place::Undo => page(app, prompter, undo::run),
        Place::Quit => Ok(Flow::Back),
    }
}

/// Asks for one of several places until the learner goes back. `enter` gets the number of the chosen one.
fn choose(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    title: &str,
    options: impl Fn(&AppContext) -> Result<Vec<String>>,
    mut enter: impl FnMut(&mut AppContext, &mut dyn Prompter, usize) -> Result<Flow>,
) -> Result<Flow> {
    let mut cursor = 0;
    loop {
        let chosen = prompter.choose(title, &options(app)?, cursor)?;
        let Prompted::Input(place) = chosen else { return Ok(Flow::left(&chosen)) };
        cursor = place;
        if enter(app, prompter, place)? == Flow::Quit {
            return Ok(Flow::Quit);
        }
    }
}

/// Shows what a command prints until a key is pressed. What went wrong is shown, too; only if the learner's data or
/// the terminal fails, the program ends.
fn page(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    show: impl FnOnce(&mut AppContext) -> Result<Exit>,
) -> Result<Flow> {
    let text = held(app, prompter, show)?;
    read(prompter, &text)
}

/// What a command prints, or why it failed.
fn held(
    app: &mut AppContext,
    prompter: &dyn Prompter,
    show: impl FnOnce(&mut AppContext) -> Result<Exit>,
) -> Result<String> {
    app.ui.hold_pages();
    let done = show(app);
    let text = app.ui.held_pages();
    match done {
        Ok(_) => Ok(text),
        Err(error) if store_error(&error).is_some() || is_broken_pipe(&error) => Err(error),
        Err(error) => {
            Ok(format!("{text}{}", Page::new(prompter.look()).blank().para(format!("{error:#}")).done()))
        }
    }
}

/// Shows a text until a key is pressed.
fn read(prompter: &mut dyn Prompter, text: &str) -> Result<Flow> {
    let pressed = prompter.read(Sheet { text, enter: "back", keys: &[], stays: false })?;
    Ok(Flow::left(&pressed))
}

/// Shows a sentence or two until a key is pressed.
fn say(prompter: &mut dyn Prompter, words: &str) -> Result<Flow> {
    let text = Page::new(prompter.look()).blank().para(words).done();
    read(prompter, &text)
}

/// Waits for a key below what was just printed.
fn wait(prompter: &mut dyn Prompter) -> Result<Flow> {
    read(prompter, "")
}
