//! All notes of a collection, one after the other, and the answers that were given to what came of them.

use std::collections::{BTreeSet, HashMap};

use badgedex_domain::question::Kind;

use super::cloze::{ClozeField, MAX_DELETIONS};
use super::collection::{AnkiNote, AnkiReview, Collection};
use super::note_kind::{CardTemplate, NoteKind};
use super::note_text::NoteText;
use super::questions;
use crate::draft::QuestionDraft;
use crate::excerpt::first_line_excerpt;
use crate::parsed::ParsedFile;
use crate::reason::Reason;
use crate::validate::is_blank;

/// The longest note, in bytes.
const MAX_NOTE_BYTES: usize = 1024 * 1024;
/// The texts of all cards together, in bytes: a long template is read again for each of its notes.
const MAX_CARD_BYTES: usize = 256 * 1024 * 1024;
/// Where Anki puts what has no deck.
const NO_DECK: &str = "Default";

/// An answer that was given in Anki.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastReview {
    /// The question's own id.
    pub own_id: String,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// The button: 1 again, 2 hard, 3 good, 4 easy.
    pub grade: u8,
    /// How long the answer took.
    pub took_ms: u32,
}

/// The questions of a collection, and the answers to them.
pub fn gather(collection: &Collection) -> (ParsedFile, Vec<PastReview>) {
    let mut gathering = NoteGatherer::of(collection);
    let kinds: HashMap<i64, NoteKind> =
        collection.note_types.iter().map(|(id, note_type)| (*id, NoteKind::of(note_type))).collect();
    let unknown = NoteKind::unknown();
    for (place, note) in collection.notes.iter().enumerate() {
        gathering.take(place + 1, note, kinds.get(&note.note_type).unwrap_or(&unknown));
    }
    gathering.contents.title = title(&gathering.contents);
    let reviews = gathering.reviews();
    (gathering.contents, reviews)
}

/// The deck that everything is in.
fn title(contents: &ParsedFile) -> Option<String> {
    let mut decks = contents.questions.iter().map(|found| found.topic.first());
    let first = decks.next()??;
    decks.all(|deck| deck == Some(first)).then(|| first.clone())
}

struct NoteGatherer<'a> {
    collection: &'a Collection,
    /// The decks of cards, by their notes and places.
    decks: HashMap<(i64, i64), i64>,
    /// A deck of each note.
    some_deck: HashMap<i64, i64>,
    contents: ParsedFile,
    /// The questions that were taken, by their notes and places.
    own_ids: HashMap<(i64, i64), String>,
    /// What may still be written, in bytes.
    left: usize,
}

impl<'a> NoteGatherer<'a> {
    fn of(collection: &'a Collection) -> NoteGatherer<'a> {
        let cards = &collection.cards;
        NoteGatherer {
            collection,
            decks: cards.iter().map(|card| ((card.note, card.ord), card.deck)).collect(),
            some_deck: cards.iter().rev().map(|card| (card.note, card.deck)).collect(),
            contents: ParsedFile::default(),
            own_ids: HashMap::new(),
            left: MAX_CARD_BYTES,
        }
    }

    fn take(&mut self, line: usize, note: &'a AnkiNote, kind: &NoteKind) {
        if let Err((what, why)) = self.take_note(line, note, kind) {
            self.contents.refuse(line, first_line_excerpt(&what), why);
        }
    }

    /// Takes what a note asks, or says why the whole of it cannot be taken, and how it begins.
    fn take_note(
        &mut self,
        line: usize,
        note: &'a AnkiNote,
        kind: &NoteKind,
    ) -> Result<(), (String, Reason)> {
        let refused = |what: &str, why: &'static str| Err((what.to_owned(), Reason::from(why)));
        let Some(raw) = &note.fields else { return refused("", "its fields are not text") };
        if raw.iter().map(String::len).sum::<usize>() > MAX_NOTE_BYTES {
            return refused("", "it is longer than 1 MiB");
        }
        let fields = NoteText::of(raw, !note.tags.is_empty());
        let what = fields.first_text();
        if kind.is_occlusion {
            return refused(&what, "it covers parts of a picture, which cannot be shown here");
        }
        let visit = Visit { line, note, fields, kind };
        let count = self.contents.count();
        match kind.is_cloze {
            true => self.deletions(&visit),
            false => self.cards(&visit),
        }
        .map_err(|why| (what.clone(), why))?;
        match self.contents.count() == count {
            true => Err((what, Reason::NoStem)),
            false => Ok(()),
        }
    }

    fn cards(&mut self, visit: &Visit) -> Result<(), Reason> {
        let mut draft = self.draft(visit, 0);
        if let Some(kind) = questions::of_choices(&mut draft, visit.kind, &visit.fields) {
            draft.own_id = Some(visit.guid());
            self.finish(visit, draft, 0, kind);
            return Ok(());
        }
        for (i, card) in visit.kind.cards.iter().enumerate() {
            self.afford(visit, card)?;
            let mut draft = self.draft(visit, card.ord);
            draft.own_id = Some(if i == 0 { visit.guid() } else { format!("{}/{}", visit.guid(), i + 1) });
            if let Some(kind) = questions::of_card(&mut draft, visit.kind, card, &visit.fields) {
                self.finish(visit, draft, card.ord, kind);
            }
        }
        Ok(())
    }

    fn deletions(&mut self, visit: &Visit) -> Result<(), Reason> {
        let card = visit.kind.cards.first().ok_or("its note type has no card")?;
        let places = card.front.cloze_fields();
        let parsed: Vec<(usize, ClozeField)> =
            places.into_iter().map(|place| (place, ClozeField::parse(visit.fields.raw(place)))).collect();
        let numbers: BTreeSet<u32> = parsed.iter().flat_map(|(_, field)| field.numbers()).collect();
        if numbers.is_empty() {
            return Err("it has no deletion".into());
        }
        for &number in numbers.iter().take(MAX_DELETIONS) {
            self.afford(visit, card)?;
            let place = i64::from(number) - 1;
            let mut draft = self.draft(visit, place);
            draft.own_id = Some(format!("{}/c{number}", visit.guid()));
            let hidden: Vec<_> =
                parsed.iter().map(|(place, field)| (*place, field.without(number))).collect();
            if let Some(kind) = questions::of_deletion(&mut draft, card, &visit.fields, &hidden) {
                self.finish(visit, draft, place, kind);
            }
        }
        match numbers.len() > MAX_DELETIONS {
            true => {
                Err(format!("only the first {MAX_DELETIONS} of its {} deletions are taken", numbers.len())
                    .into())
            }
            false => Ok(()),
        }
    }

    /// A card costs what is read for it.
    fn afford(&mut self, visit: &Visit, card: &CardTemplate) -> Result<(), Reason> {
        let cost = visit.fields.size + card.front.length + card.back.length;
        self.left = self.left.checked_sub(cost).ok_or("the cards before it fill the maximum of 256 MiB")?;
        Ok(())
    }

    fn draft(&self, visit: &Visit, place: i64) -> QuestionDraft {
        let note = visit.note;
        let deck = self.decks.get(&(note.id, place)).or_else(|| self.some_deck.get(&note.id));
        let topic = deck.and_then(|deck| self.collection.decks.get(deck)).cloned().unwrap_or_default();
        QuestionDraft {
            topic: if topic == [NO_DECK] { Vec::new() } else { topic },
            tags: note.tags.clone(),
            warnings: visit.kind.warning.map(str::to_owned).into_iter().collect(),
            ..QuestionDraft::at(visit.line)
        }
    }

    fn finish(&mut self, visit: &Visit, draft: QuestionDraft, place: i64, kind: Result<Kind, Reason>) {
        let own_id = draft.own_id.clone();
        let has_stem = !is_blank(&draft.stem);
        let count = self.contents.questions.len();
        draft.finish(kind, &mut self.contents);
        if self.contents.questions.len() > count {
            self.own_ids.extend(own_id.map(|own_id| ((visit.note.id, place), own_id)));
        } else if let Some(refusal) = self.contents.refusals.last_mut().filter(|_| !has_stem) {
            refusal.excerpt = first_line_excerpt(&visit.fields.first_text());
        }
    }

    /// The answers to questions that were taken; what was set by hand is none.
    fn reviews(&self) -> Vec<PastReview> {
        let cards: HashMap<i64, (i64, i64)> =
            self.collection.cards.iter().map(|card| (card.id, (card.note, card.ord))).collect();
        let review = |review: &AnkiReview| {
            let own_id = self.own_ids.get(cards.get(&review.card)?)?;
            let grade = u8::try_from(review.ease).ok().filter(|ease| (1..=4).contains(ease))?;
            let is_answer = (0..=2).contains(&review.kind) && review.at > 0;
            is_answer.then(|| PastReview {
                own_id: own_id.clone(),
                at_ms: review.at,
                grade,
                took_ms: u32::try_from(review.took_ms.max(0)).unwrap_or(u32::MAX),
            })
        };
        self.collection.reviews.iter().filter_map(review).collect()
    }
}

/// A note on its turn.
struct Visit<'a> {
    line: usize,
    note: &'a AnkiNote,
    fields: NoteText<'a>,
    kind: &'a NoteKind,
}

impl Visit<'_> {
    /// What always names it.
    fn guid(&self) -> String {
        match self.note.guid.trim() {
            "" => self.note.id.to_string(),
            guid => guid.to_owned(),
        }
    }
}
