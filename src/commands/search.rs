//! `search`: finds questions by the words in them.

use anyhow::{Result, anyhow, bail};
use serde_json::Value;

use super::app_context::AppContext;
use super::exit::Exit;
use crate::ui::json::json;
use crate::ui::screens;
use badgedex_domain::question::Question;
use badgedex_domain::search::{SearchQuery, search};

/// Lists the questions that have all words.
///
/// # Errors
/// There is no such question, or standard output cannot be written to.
pub fn run(app: &AppContext, words: &[String]) -> Result<Exit> {
    let query = query(words)?;
    let found = find(app, &query)?;
    let library = app.packs.library();
    let value =
        || json!({ "format": 1, "questions": found.iter().map(|q| question_json(q)).collect::<Vec<_>>() });
    app.ui.print(value, |look| screens::search::list(look, library, &query, &found))?;
    Ok(Exit::Done)
}

/// What a person searches for.
///
/// # Errors
/// There is not a letter or digit in it.
pub fn query(words: &[String]) -> Result<SearchQuery> {
    SearchQuery::of(&words.join(" ")).ok_or_else(|| anyhow!("there is no word to search for"))
}

/// The questions in study that have all words, the best first.
///
/// # Errors
/// There is none.
pub fn find<'a>(app: &'a AppContext, query: &SearchQuery) -> Result<Vec<&'a Question>> {
    let library = app.packs.library();
    let found = search(library, query);
    if !found.is_empty() {
        return Ok(found);
    }
    let is_some_off = library.all_packs().len() > library.packs().len();
    let off = if is_some_off { "\n  packs that are off are not searched: badgedex pack list" } else { "" };
    if let Some(missing) = query.missing_word(library) {
        let meant = missing.nearest.first();
        let meant = meant.map_or_else(String::new, |(word, _)| format!("\n  did you mean {word}?"));
        bail!("no question has the word \"{}\"{meant}{off}", missing.typed);
    }
    bail!("no question has all of these words: {}\n  fewer words find more{off}", query.words().join(", "));
}

fn question_json(question: &Question) -> Value {
    json!({
        "id": question.id.as_str(),
        "pack": question.id.pack(),
        "topic": question.topic,
        "stem": question.stem,
    })
}
