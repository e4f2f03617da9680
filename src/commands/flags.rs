//! `flag`, `unflag`, `flags` and `note`: the learner's own marks on questions. They stop nothing.

use anyhow::{Result, bail};
use chrono::SecondsFormat;
use serde_json::Value;

use super::app_context::AppContext;
use super::errors::not_found;
use super::exit::Exit;
use crate::ui::json::json;
use crate::ui::prompter::{Prompted, Prompter};
use crate::ui::screens::{self, flags::FlagView};
use crate::ui::text::thousands;
use badgedex_domain::journal::Deed;
use badgedex_domain::question::{Question, QuestionId};
use badgedex_domain::sanitize;

/// Longest reason of a flag, and longest note, in characters.
pub const MAX_CHARS: usize = 1_000;

/// `flag`: marks a question. A terminal is asked whether the question is set aside, too.
///
/// # Errors
/// There is no such question, it is flagged and no reason is given, the reason is too long, or the store cannot be
/// written to.
pub fn run_flag(app: &mut AppContext, named: &str, why: &[String]) -> Result<Exit> {
    let question = find(app, named)?;
    let why = given(why);
    if why.is_none() && app.learner.record.flag(&question).is_some() {
        bail!("{} is flagged already\n  badgedex flag {} WHY changes the reason", question.id, question.id);
    }
    if app.ui.can_ask() {
        let mut prompter = app.ui.prompter()?;
        return Ok(match flag(app, prompter.as_mut(), &question, why.as_deref())? {
            Prompted::Quit => Exit::Interrupted,
            Prompted::Input(()) | Prompted::Back | Prompted::EndOfInput => Exit::Done,
        });
    }
    let deed = flagged(&question.id, why.as_deref())?;
    app.record(vec![deed])?;
    let text = format!("Flagged: {}. It is asked as before.", question.id);
    let why = app.learner.record.flag(&question).and_then(|flag| flag.why.clone());
    let done = json!({ "format": 1, "done": "flagged", "question": question.id.as_str(), "why": why });
    app.ui.tell(&done, &text)?;
    Ok(Exit::Done)
}

/// Marks a question for the person at the prompter, who is asked whether it is set aside, too; both are one deed.
/// Nothing is recorded after Ctrl-C.
///
/// # Errors
/// The reason is too long, the store cannot be written to, or the terminal is gone.
pub fn flag(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    question: &Question,
    why: Option<&str>,
) -> Result<Prompted<()>> {
    let mut deeds = vec![flagged(&question.id, why)?];
    if !app.learner.record.is_suspended(question) {
        match prompter.confirm("Leave it out of your study, too?", false)? {
            Prompted::Input(true) => deeds.push(Deed::Suspended { question: question.id.clone() }),
            Prompted::Input(false) | Prompted::Back | Prompted::EndOfInput => {}
            Prompted::Quit => return Ok(Prompted::Quit),
        }
    }
    let id = &question.id;
    let text = match deeds.len() {
        1 => format!("Flagged: {id}. It is asked as before."),
        _ => format!("Flagged and set aside: {id}. badgedex unflag {id} takes the flag away."),
    };
    app.record(deeds)?;
    prompter.say(&text)?;
    Ok(Prompted::Input(()))
}

/// Asks what is wrong with a question, and flags it.
///
/// # Errors
/// The reason is too long, the store cannot be written to, or the terminal is gone.
pub fn ask_flag(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    question: &Question,
) -> Result<Prompted<()>> {
    let why = match prompter.text("What is wrong? (may be left empty)", "", &|text| fits("reason", text))? {
        Prompted::Input(why) => why,
        left => return Ok(left.map(|_| ())),
    };
    flag(app, prompter, question, Some(&why))
}

/// Asks for the learner's note on a question, and writes it; an empty one removes it.
///
/// # Errors
/// The note is too long, the store cannot be written to, or the terminal is gone.
pub fn ask_note(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    question: &Question,
) -> Result<Prompted<()>> {
    let present = app.learner.record.note(question).unwrap_or_default().to_owned();
    let text = match prompter.text("Your note", &present, &|text| fits("note", text))? {
        Prompted::Input(text) => text,
        left => return Ok(left.map(|_| ())),
    };
    if text.trim() != present {
        let said = note(app, question, &text)?;
        prompter.say(&said)?;
    }
    Ok(Prompted::Input(()))
}

/// Whether a text is short enough to be kept.
fn fits(what: &str, text: &str) -> Result<(), String> {
    check_length(what, text).map_err(|error| error.to_string())
}

/// `unflag`: takes the mark away. A terminal is asked whether a question that is set aside is resumed.
///
/// # Errors
/// There is no such question, it is not flagged, or the store cannot be written to.
pub fn run_unflag(app: &mut AppContext, named: &str) -> Result<Exit> {
    let id = flagged_id(app, named)?;
    let library = app.packs.library();
    let is_aside = library.question(&id).is_some_and(|question| app.learner.record.is_suspended(question));
    let mut deeds = vec![Deed::Unflagged { question: id.clone() }];
    let mut text = format!("{id} is no longer flagged.");
    if is_aside && app.ui.can_ask() {
        match app.ui.prompter()?.confirm("It is set aside. Ask it again?", true)? {
            Prompted::Input(true) => {
                deeds.push(Deed::Resumed { question: id.clone() });
                text.push_str(" It will be asked again.");
            }
            Prompted::Input(false) | Prompted::Back | Prompted::EndOfInput => {}
            Prompted::Quit => return Ok(Exit::Interrupted),
        }
    }
    if is_aside && deeds.len() == 1 {
        text.push_str(&format!(" It is still set aside: badgedex resume {id} brings it back."));
    }
    app.record(deeds)?;
    app.ui.tell(&json!({ "format": 1, "done": "unflagged", "question": id.as_str() }), &text)?;
    Ok(Exit::Done)
}

/// `flags`: all questions that are flagged, the newest first.
///
/// # Errors
/// Standard output cannot be written to.
pub fn list(app: &AppContext) -> Result<Exit> {
    let library = app.packs.library();
    let flags = app.learner.record.flags(library);
    let views = || -> Vec<FlagView> {
        let view = |(id, flag)| {
            let question = library.question(id);
            let is_aside = question.is_some_and(|question| app.learner.record.is_suspended(question));
            FlagView { id, flag, stem: question.map(|question| question.stem.as_str()), is_aside }
        };
        flags.iter().map(|(id, flag)| view((id, *flag))).collect()
    };
    let value = || {
        let at = |flag: &FlagView| flag.flag.at.to_rfc3339_opts(SecondsFormat::AutoSi, false);
        let one = |flag: FlagView| -> Value {
            json!({ "question": flag.id.as_str(), "why": flag.flag.why, "at": at(&flag) })
        };
        json!({ "format": 1, "flags": views().into_iter().map(one).collect::<Vec<_>>() })
    };
    app.ui.print(value, |look| screens::flags::list(look, &views()))?;
    Ok(Exit::Done)
}

/// `note`: writes the learner's note on a question, an empty text removes it; without a text, shows it.
///
/// # Errors
/// There is no such question, there is no note to remove, the text is too long, or the store cannot be written to.
pub fn run_note(app: &mut AppContext, named: &str, text: &[String]) -> Result<Exit> {
    let question = find(app, named)?;
    if !text.is_empty() {
        let said = note(app, &question, &text.join(" "))?;
        app.ui.tell(&note_json(app, &question), &said)?;
        return Ok(Exit::Done);
    }
    let written = app.learner.record.note(&question);
    app.ui.print(|| note_json(app, &question), |look| screens::flags::note(look, &question.id, written))?;
    Ok(Exit::Done)
}

/// Writes or removes the note on a question. Returns a sentence that says so.
///
/// # Errors
/// There is no note to remove, the text is too long, or the store cannot be written to.
pub fn note(app: &mut AppContext, question: &Question, text: &str) -> Result<String> {
    let text = sanitize::paragraph(text.trim()).into_owned();
    check_length("note", &text)?;
    let is_removed = text.is_empty();
    if is_removed && app.learner.record.note(question).is_none() {
        bail!("there is no note on {}", question.id);
    }
    app.record(vec![Deed::Noted { question: question.id.clone(), text: Some(text) }])?;
    Ok(format!("{}: {}.", if is_removed { "Note removed" } else { "Noted" }, question.id))
}

fn note_json(app: &AppContext, question: &Question) -> Value {
    json!({ "format": 1, "question": question.id.as_str(), "text": app.learner.record.note(question) })
}

fn flagged(question: &QuestionId, why: Option<&str>) -> Result<Deed> {
    let why = why.map(|why| sanitize::line(why.trim()).into_owned()).filter(|why| !why.is_empty());
    check_length("reason", why.as_deref().unwrap_or_default())?;
    Ok(Deed::Flagged { question: question.clone(), why })
}

fn check_length(what: &str, text: &str) -> Result<()> {
    let length = text.chars().count();
    if length > MAX_CHARS {
        bail!(
            "a {what} has at most {} characters, this one has {}; nothing was recorded",
            thousands(MAX_CHARS as u64),
            thousands(length as u64)
        );
    }
    Ok(())
}

/// The words of a command line as one text; `None` if there are none.
fn given(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

fn find(app: &AppContext, named: &str) -> Result<Question> {
    app.packs.library().find_question(named).cloned().map_err(|e| not_found(&e))
}

/// The flagged question that is named; a pack may no longer have it.
fn flagged_id(app: &AppContext, named: &str) -> Result<QuestionId> {
    let library = app.packs.library();
    let typed = QuestionId::new(named.trim());
    let id = library.current_id(&typed);
    if app.learner.record.flags(library).iter().any(|(flagged, _)| flagged == id) {
        return Ok(id.clone());
    }
    bail!("{} is not flagged", find(app, named)?.id)
}
