//! Questions: search, browse, flags, imports, packs of one's own.

use std::path::PathBuf;

use anyhow::Result;

use super::{Flow, choose, page, read, say};
use crate::cli::{ImportArgs, PackNewArgs};
use crate::commands::app_context::AppContext;
use crate::commands::pack::{edit, import, new, switch};
use crate::commands::{flags, search};
use crate::ui::prompter::{Prompted, Prompter, Sheet};
use crate::ui::screens::question::{self as question_screen, Marks};
use crate::ui::text::count;
use badgedex_domain::journal::Deed;
use badgedex_domain::question::{Question, QuestionId};

/// Offers what can be done with questions.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let options = |app: &AppContext| {
        let flags = app.learner.record.flags(app.packs.library()).len();
        let aside = app.learner.record.suspended().count();
        Ok(vec![
            "Search".to_owned(),
            "Browse a pack".to_owned(),
            format!("Flagged questions ({flags})"),
            format!("Questions set aside ({aside})"),
            "Import a file".to_owned(),
            "New pack".to_owned(),
            "Packs: on or off".to_owned(),
        ])
    };
    choose(app, prompter, "Questions", options, |app, prompter, place| match place {
        0 => find(app, prompter),
        1 => browse(app, prompter),
        2 => flagged(app, prompter),
        3 => resume(app, prompter),
        4 => import_file(app, prompter),
        5 => page(app, prompter, |app| new::run(app, &PackNewArgs::default())),
        _ => switch_packs(app, prompter),
    })
}

fn find(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let check = |text: &str| match text.trim() {
        "" => Err("Type a word or two.".to_owned()),
        _ => Ok(()),
    };
    let typed = prompter.text("Search for", "", &check)?;
    let Prompted::Input(words) = typed else { return Ok(Flow::left(&typed)) };
    let found = search::query(&[words]).and_then(|query| {
        let found = search::find(app, &query)?;
        Ok(found.into_iter().map(|question| question.id.clone()).collect::<Vec<_>>())
    });
    match found {
        Ok(found) => {
            list(app, prompter, &format!("{} found", count(found.len(), "question", "questions")), &found)
        }
        Err(error) => say(prompter, &format!("{error:#}")),
    }
}

fn browse(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let packs: Vec<(String, String)> =
        app.packs.library().packs().iter().map(|pack| (pack.id.clone(), pack.title.clone())).collect();
    let titles: Vec<String> = packs.iter().map(|(_, title)| title.clone()).collect();
    let chosen = prompter.choose("Which pack?", &titles, 0)?;
    let Prompted::Input(place) = chosen else { return Ok(Flow::left(&chosen)) };
    let pack = &packs[place].0;
    let topics: Vec<(String, String, usize)> = {
        let overview = app.overview()?;
        let topics = overview.topics.iter().filter(|topic| topic.pack == *pack);
        topics.map(|topic| (topic.topic.clone(), topic.name.clone(), topic.mastery.questions)).collect()
    };
    let names: Vec<String> =
        topics.iter().map(|(_, name, n)| format!("{name}: {}", count(*n, "question", "questions"))).collect();
    let chosen = prompter.choose("Which topic?", &names, 0)?;
    let Prompted::Input(place) = chosen else { return Ok(Flow::left(&chosen)) };
    let (topic, name, _) = &topics[place];
    let library = app.packs.library();
    let in_topic = |q: &&Question| q.id.pack() == pack && q.topic == *topic;
    let questions: Vec<QuestionId> = library.questions().filter(in_topic).map(|q| q.id.clone()).collect();
    list(app, prompter, name, &questions)
}

fn flagged(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let library = app.packs.library();
    let flagged: Vec<QuestionId> =
        app.learner.record.flags(library).into_iter().map(|(id, _)| id.clone()).collect();
    if flagged.is_empty() {
        return say(
            prompter,
            "No question is flagged. After an answer, f flags a question that seems wrong.",
        );
    }
    list(app, prompter, "Flagged questions", &flagged)
}

/// Questions to choose from; each can be read.
fn list(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    title: &str,
    questions: &[QuestionId],
) -> Result<Flow> {
    let stems = |app: &AppContext| {
        let library = app.packs.library();
        let stem = |id: &QuestionId| {
            library.question(id).map_or_else(|| id.to_string(), |q| q.stem.replace('\n', " "))
        };
        Ok(questions.iter().map(stem).collect())
    };
    choose(app, prompter, title, stems, |app, prompter, place| open(app, prompter, &questions[place]))
}

/// One question with its choices; its answer on request.
fn open(app: &mut AppContext, prompter: &mut dyn Prompter, id: &QuestionId) -> Result<Flow> {
    let mut shows_answer = false;
    let Some(question) = app.packs.library().question(id).cloned() else {
        return say(prompter, "This question is no longer there.");
    };
    let asked = question.draw(false, &mut app.rng());
    loop {
        let look = *prompter.look();
        let topic = app.packs.library().topic_name(id.pack(), &question.topic).to_owned();
        let record = &app.learner.record;
        let marks = Marks { flag: record.flag(&question), note: record.note(&question) };
        let text = question_screen::browsed(&look, &question, &asked, &topic, marks, shows_answer);
        let mut keys = Vec::new();
        keys.extend((!shows_answer).then_some(('a', "answer")));
        keys.push(if marks.flag.is_some() { ('f', "unflag") } else { ('f', "flag") });
        keys.push(('n', "note"));
        keys.extend(edit::is_own(app, id.as_str()).then_some(('e', "edit")));
        let is_flagged = marks.flag.is_some();
        let key =
            match prompter.read(Sheet { look, text: &text, enter: "back", keys: &keys, stays: false })? {
                Prompted::Input(Some(key)) => key,
                left => return Ok(Flow::left(&left)),
            };
        let done = match key {
            'a' => {
                shows_answer = true;
                Flow::Back
            }
            'f' if is_flagged => {
                app.record(vec![Deed::Unflagged { question: id.clone() }])?;
                Flow::Back
            }
            'f' => Flow::left(&flags::ask_flag(app, prompter, &question)?),
            'n' => Flow::left(&flags::ask_note(app, prompter, &question)?),
            _ => return page(app, prompter, |app| edit::run(app, id.as_str())),
        };
        if done == Flow::Quit {
            return Ok(Flow::Quit);
        }
    }
}

fn import_file(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let check = |text: &str| match PathBuf::from(text.trim()).is_file() {
        true => Ok(()),
        false => Err("There is no such file.".to_owned()),
    };
    let typed = prompter.text("Which file?", "", &check)?;
    let Prompted::Input(path) = typed else { return Ok(Flow::left(&typed)) };
    page(app, prompter, |app| import::run(app, &ImportArgs::of_file(path.trim().into())))
}

fn switch_packs(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let library = app.packs.library();
    let packs: Vec<(String, String, bool)> = library
        .all_packs()
        .iter()
        .map(|pack| (pack.id.clone(), pack.title.clone(), !library.is_off(&pack.id)))
        .collect();
    let titles: Vec<String> = packs.iter().map(|(_, title, _)| title.clone()).collect();
    let on: Vec<usize> = (0..packs.len()).filter(|place| packs[*place].2).collect();
    let chosen = prompter.choose_many("Which packs are on?", &titles, &on)?;
    let Prompted::Input(chosen) = chosen else { return Ok(Flow::left(&chosen)) };
    let changed =
        packs.iter().enumerate().filter(|(place, (_, _, was_on))| chosen.contains(place) != *was_on);
    let deeds: Vec<Deed> =
        changed.map(|(place, (id, ..))| switch::deed(id, !chosen.contains(&place))).collect();
    if !deeds.is_empty() {
        app.record(deeds)?;
    }
    Ok(Flow::Back)
}

/// Chooses which of the questions set aside are asked again.
fn resume(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let aside: Vec<QuestionId> = app.learner.record.suspended().cloned().collect();
    if aside.is_empty() {
        return read(prompter, "\n  No question is set aside.");
    }
    let stem = |id: &QuestionId| {
        let stem = app.packs.library().question(id).map(|q| q.stem.replace('\n', " "));
        stem.unwrap_or_else(|| badgedex_domain::sanitize::line(id.as_str()).into_owned())
    };
    let stems: Vec<String> = aside.iter().map(stem).collect();
    let chosen = prompter.choose_many("Which should be asked again?", &stems, &[])?;
    let Prompted::Input(chosen) = chosen else { return Ok(Flow::left(&chosen)) };
    let deeds: Vec<Deed> = chosen.iter().map(|&i| Deed::Resumed { question: aside[i].clone() }).collect();
    if !deeds.is_empty() {
        app.record(deeds)?;
    }
    Ok(Flow::Back)
}
