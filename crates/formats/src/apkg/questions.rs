//! From a note's card to a question: what is asked, what answers it, and what is added.

use badgedex_domain::question::Kind;

use super::choice_fields;
use super::cloze::HiddenDeletion;
use super::note_kind::{CardTemplate, NoteKind};
use super::note_text::{FrontText, NoteText};
use crate::draft::{QuestionDraft, filled};
use crate::html::{self, PlainText};
use crate::kinds;
use crate::limits::MIN_LETTERS_WITHOUT_PICTURE;
use crate::reason::Reason;
use crate::validate::is_blank;

/// A card with a front and a back; `None` if the note has no such card.
pub fn of_card(
    draft: &mut QuestionDraft,
    note_kind: &NoteKind,
    card: &CardTemplate,
    note: &NoteText,
) -> Option<Result<Kind, Reason>> {
    let asked = note.front(&card.front, &[])?;
    Some(begin(draft, &asked).and_then(|()| answer(draft, note_kind, card, note, &asked)))
}

/// A deletion; `None` if the card does not show it.
pub fn of_deletion(
    draft: &mut QuestionDraft,
    card: &CardTemplate,
    note: &NoteText,
    hidden: &[(usize, HiddenDeletion)],
) -> Option<Result<Kind, Reason>> {
    let asked = note.front(&card.front, hidden)?;
    let answers = hidden.iter().map(|(_, hidden)| hidden.answer.as_str());
    let answer = html::plain(&answers.filter(|answer| !answer.is_empty()).collect::<Vec<_>>().join("; "));
    let is_shown = |place: usize| asked.shown.contains(&place) || hidden.iter().any(|(of, _)| *of == place);
    let back = note.back(&card.back, is_shown);
    draft.rationale = filled(&back.text);
    let settled = begin(draft, &asked).and_then(|()| {
        leave_out(draft, &answer)?;
        let text = filled(&answer.text).ok_or(Reason::EmptyDeletion)?;
        Ok(if asked.types_deletion { kinds::typed(text) } else { kinds::reveal(text) })
    });
    Some(settled)
}

/// A question with choices; `None` if the note is better read as a card.
pub fn of_choices(
    draft: &mut QuestionDraft,
    note_kind: &NoteKind,
    note: &NoteText,
) -> Option<Result<Kind, Reason>> {
    let layout = note_kind.choices.as_ref()?;
    let choices: Vec<PlainText> = layout.choices.iter().map(|&place| note.plain(place)).collect();
    let texts: Vec<String> = choices.iter().map(|choice| choice.text.clone()).collect();
    let kind = if choices.iter().any(|choice| is_blank(&choice.text) && choice.pictures > 0) {
        Some(Err(Reason::PictureAsChoice))
    } else {
        choice_fields::kind_of(&texts, &note.plain(layout.key).text)
    };
    let kind = match kind {
        Some(Ok(kind)) => kind,
        _ if !layout.is_sure => return None,
        Some(Err(why)) => return Some(Err(why)),
        None => return Some(Err(Reason::KeyNamesNoChoice)),
    };
    let asked = FrontText { stem: note.plain(layout.question), ..FrontText::default() };
    draft.rationale = note.joined(&note_kind.extras);
    let settled = begin(draft, &asked);
    Some(settled.and_then(|()| choices.iter().try_for_each(|choice| leave_out(draft, choice)).map(|()| kind)))
}

fn begin(draft: &mut QuestionDraft, asked: &FrontText) -> Result<(), Reason> {
    draft.stem.clone_from(&asked.stem.text);
    draft.hint.clone_from(&asked.hint);
    leave_out(draft, &asked.stem)
}

fn answer(
    draft: &mut QuestionDraft,
    note_kind: &NoteKind,
    card: &CardTemplate,
    note: &NoteText,
    asked: &FrontText,
) -> Result<Kind, Reason> {
    let is_shown = |place: usize| asked.shown.contains(&place);
    let mut extras = note_kind.extras.clone();
    extras.retain(|&place| !is_shown(place) && asked.typed != Some(place));
    let is_typed = |place: usize| asked.typed == Some(place);
    let back = note.back(&card.back, |place| is_shown(place) || is_typed(place) || extras.contains(&place));
    if let Some(place) = asked.typed
        && let Some(text) = filled(&note.plain(place).text)
    {
        let texts: Vec<String> = filled(&back.text).into_iter().chain(note.joined(&extras)).collect();
        draft.rationale = filled(&texts.join("\n"));
        leave_out(draft, &note.plain(place))?;
        return Ok(kinds::typed(text));
    }
    let is_said = !is_blank(&back.text) || back.pictures + back.sounds > 0;
    draft.rationale = note.joined(&extras).filter(|_| is_said);
    // If nothing else answers, the explanation does.
    let back = if is_said { back } else { note.back(&card.back, is_shown) };
    leave_out(draft, &back)?;
    let answer = filled(&back.text).ok_or(Reason::EmptyBack)?;
    Ok(kinds::reveal(answer))
}

/// Warns of pictures and sounds that are left out, or refuses the text because it needs them.
fn leave_out(draft: &mut QuestionDraft, plain: &PlainText) -> Result<(), Reason> {
    let letters = plain.text.chars().filter(|c| c.is_alphanumeric()).count();
    if plain.pictures > 0 && letters < MIN_LETTERS_WITHOUT_PICTURE {
        return Err(Reason::NeedsPicture);
    }
    if plain.sounds > 0 && is_blank(&plain.text) {
        return Err(Reason::NeedsSound);
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
