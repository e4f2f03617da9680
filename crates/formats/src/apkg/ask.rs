//! From a note's card to a question: what is asked, what answers it, and what is said besides.

use super::card::{Card, Kind};
use super::choices;
use super::cloze::Hidden;
use super::note::{Asked, Note};
use crate::Content;
use crate::draft::{Draft, Why, filled, is_blank};
use crate::html::{self, Plain};

/// A text with a picture is taken where it has as many letters beside it.
const LEAST_LETTERS: usize = 12;
const PICTURE: &str = "its picture cannot be shown here";
const SOUND: &str = "its sound cannot be played here";

/// A card with a front and a back; none where the note has no such card.
pub fn of_card(draft: &mut Draft, kind: &Kind, card: &Card, note: &Note) -> Option<Result<Content, Why>> {
    let asked = note.front(&card.front, &[])?;
    Some(begin(draft, &asked).and_then(|()| answer(draft, kind, card, note, &asked)))
}

/// A deletion; none where the card does not show it.
pub fn of_deletion(
    draft: &mut Draft,
    card: &Card,
    note: &Note,
    hidden: &[(usize, Hidden)],
) -> Option<Result<Content, Why>> {
    let asked = note.front(&card.front, hidden)?;
    let answers = hidden.iter().map(|(_, hidden)| hidden.answer.as_str());
    let answer = html::plain(&answers.filter(|answer| !answer.is_empty()).collect::<Vec<_>>().join("; "));
    let is_shown = |place: usize| asked.shown.contains(&place) || hidden.iter().any(|(of, _)| *of == place);
    let back = note.back(&card.back, is_shown);
    draft.rationale = filled(&back.text);
    let settled = begin(draft, &asked).and_then(|()| {
        leave_out(draft, &answer)?;
        let text = filled(&answer.text).ok_or("its deletion is empty")?;
        Ok(if asked.types_deletion {
            Content::Typed { accepted: vec![text] }
        } else {
            Content::Reveal { answer: text }
        })
    });
    Some(settled)
}

/// A question with choices; none where the note is better read as a card.
pub fn of_choices(draft: &mut Draft, kind: &Kind, note: &Note) -> Option<Result<Content, Why>> {
    let layout = kind.choices.as_ref()?;
    let choices: Vec<Plain> = layout.choices.iter().map(|&place| note.plain(place)).collect();
    let texts: Vec<String> = choices.iter().map(|choice| choice.text.clone()).collect();
    let content = if choices.iter().any(|choice| is_blank(&choice.text) && choice.pictures > 0) {
        Some(Err("a choice is a picture, which cannot be shown here".to_owned()))
    } else {
        choices::content(&texts, &note.plain(layout.key).text)
    };
    let content = match content {
        Some(Ok(content)) => content,
        _ if !layout.is_sure => return None,
        Some(Err(why)) => return Some(Err(why)),
        None => return Some(Err("its key names no choice".to_owned())),
    };
    let asked = Asked { stem: note.plain(layout.question), ..Asked::default() };
    draft.rationale = note.joined(&kind.extras);
    let settled = begin(draft, &asked);
    Some(
        settled
            .and_then(|()| choices.iter().try_for_each(|choice| leave_out(draft, choice)).map(|()| content)),
    )
}

fn begin(draft: &mut Draft, asked: &Asked) -> Result<(), Why> {
    draft.stem.clone_from(&asked.stem.text);
    draft.hint.clone_from(&asked.hint);
    leave_out(draft, &asked.stem)
}

fn answer(draft: &mut Draft, kind: &Kind, card: &Card, note: &Note, asked: &Asked) -> Result<Content, Why> {
    let is_shown = |place: usize| asked.shown.contains(&place);
    let mut extras = kind.extras.clone();
    extras.retain(|&place| !is_shown(place) && asked.typed != Some(place));
    let is_typed = |place: usize| asked.typed == Some(place);
    let back = note.back(&card.back, |place| is_shown(place) || is_typed(place) || extras.contains(&place));
    if let Some(place) = asked.typed
        && let Some(text) = filled(&note.plain(place).text)
    {
        let texts: Vec<String> = filled(&back.text).into_iter().chain(note.joined(&extras)).collect();
        draft.rationale = filled(&texts.join("\n"));
        leave_out(draft, &note.plain(place))?;
        return Ok(Content::Typed { accepted: vec![text] });
    }
    let is_said = !is_blank(&back.text) || back.pictures + back.sounds > 0;
    draft.rationale = note.joined(&extras).filter(|_| is_said);
    // Where nothing else answers, what would explain does.
    let back = if is_said { back } else { note.back(&card.back, is_shown) };
    leave_out(draft, &back)?;
    let answer = filled(&back.text).ok_or("its back is empty")?;
    Ok(Content::Reveal { answer })
}

/// Warns of what a text has in it that is no text, or says that it is needed.
fn leave_out(draft: &mut Draft, plain: &Plain) -> Result<(), Why> {
    let letters = plain.text.chars().filter(|c| c.is_alphanumeric()).count();
    if plain.pictures > 0 && letters < LEAST_LETTERS {
        return Err(PICTURE.to_owned());
    }
    if plain.sounds > 0 && is_blank(&plain.text) {
        return Err(SOUND.to_owned());
    }
    let pictures = (plain.pictures > 0).then_some("a picture is left out");
    let sounds = (plain.sounds > 0).then_some("a sound is left out");
    for warning in pictures.into_iter().chain(sounds) {
        if !draft.warnings.iter().any(|told| told == warning) {
            draft.warnings.push(warning.to_owned());
        }
    }
    Ok(())
}
