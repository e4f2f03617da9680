//! All notes of a collection, one after the other, and the answers that were given to what came of them.

use std::collections::{BTreeSet, HashMap};

use super::PastReview;
use super::ask;
use super::card::{Card, Kind};
use super::cloze::{self, MOST_DELETIONS};
use super::note::Note;
use crate::anki::{self, Collection};
use crate::draft::{Draft, Why, beginning, is_blank};
use crate::{Content, Contents, Refused};

/// A longer note is none that could be asked, in bytes.
const LONGEST_NOTE: usize = 1024 * 1024;
/// So much is written for all cards together, in bytes: a long template of many notes is read for each.
const MOST_WRITTEN: usize = 256 * 1024 * 1024;
/// Where Anki puts what has no deck.
const NO_DECK: &str = "Default";

/// The questions of a collection, and the answers to them.
pub fn gather(collection: &Collection) -> (Contents, Vec<PastReview>) {
    let mut gathering = Gathering::of(collection);
    let kinds: HashMap<i64, Kind> =
        collection.notetypes.iter().map(|(id, notetype)| (*id, Kind::of(notetype))).collect();
    let unknown = Kind::unknown();
    for (place, note) in collection.notes.iter().enumerate() {
        gathering.take(place + 1, note, kinds.get(&note.notetype).unwrap_or(&unknown));
    }
    gathering.contents.title = title(&gathering.contents);
    let reviews = gathering.reviews();
    (gathering.contents, reviews)
}

/// The deck that all of it lies in.
fn title(contents: &Contents) -> Option<String> {
    let mut decks = contents.found.iter().map(|found| found.topic.first());
    let first = decks.next()??;
    decks.all(|deck| deck == Some(first)).then(|| first.clone())
}

struct Gathering<'a> {
    collection: &'a Collection,
    /// The decks of cards, by their notes and places.
    decks: HashMap<(i64, i64), i64>,
    /// A deck of each note.
    some_deck: HashMap<i64, i64>,
    contents: Contents,
    /// The questions that were taken, by their notes and places.
    own_ids: HashMap<(i64, i64), String>,
    /// What may still be written, in bytes.
    left: usize,
}

impl<'a> Gathering<'a> {
    fn of(collection: &'a Collection) -> Gathering<'a> {
        let cards = &collection.cards;
        Gathering {
            collection,
            decks: cards.iter().map(|card| ((card.note, card.place), card.deck)).collect(),
            some_deck: cards.iter().rev().map(|card| (card.note, card.deck)).collect(),
            contents: Contents::default(),
            own_ids: HashMap::new(),
            left: MOST_WRITTEN,
        }
    }

    fn take(&mut self, line: usize, note: &'a anki::Note, kind: &Kind) {
        if let Err((what, why)) = self.take_note(line, note, kind) {
            self.contents.refused.push(Refused { line, what: beginning(&what), why });
        }
    }

    /// Takes what a note asks, or says why the whole of it cannot be taken, and how it begins.
    fn take_note(&mut self, line: usize, note: &'a anki::Note, kind: &Kind) -> Result<(), (String, Why)> {
        let refused = |what: &str, why: &str| Err((what.to_owned(), why.to_owned()));
        let Some(raw) = &note.fields else { return refused("", "its fields are no text") };
        if raw.iter().map(String::len).sum::<usize>() > LONGEST_NOTE {
            return refused("", "it is longer than 1 MiB");
        }
        let fields = Note::of(raw, !note.tags.is_empty());
        let what = fields.beginning();
        if kind.is_occlusion {
            return refused(&what, "it covers parts of a picture, which cannot be shown here");
        }
        let visit = Visit { line, note, fields, kind };
        let count = self.contents.found.len() + self.contents.refused.len();
        match kind.is_cloze {
            true => self.deletions(&visit),
            false => self.cards(&visit),
        }
        .map_err(|why| (what.clone(), why))?;
        match self.contents.found.len() + self.contents.refused.len() == count {
            true => refused(&what, "it asks nothing"),
            false => Ok(()),
        }
    }

    fn cards(&mut self, visit: &Visit) -> Result<(), Why> {
        let mut draft = self.draft(visit, 0);
        if let Some(content) = ask::of_choices(&mut draft, visit.kind, &visit.fields) {
            draft.own_id = Some(visit.guid());
            self.settle(visit, draft, 0, content);
            return Ok(());
        }
        for (i, card) in visit.kind.cards.iter().enumerate() {
            self.afford(visit, card)?;
            let mut draft = self.draft(visit, card.place);
            draft.own_id = Some(if i == 0 { visit.guid() } else { format!("{}/{}", visit.guid(), i + 1) });
            if let Some(content) = ask::of_card(&mut draft, visit.kind, card, &visit.fields) {
                self.settle(visit, draft, card.place, content);
            }
        }
        Ok(())
    }

    fn deletions(&mut self, visit: &Visit) -> Result<(), Why> {
        let card = visit.kind.cards.first().ok_or("its note type has no card")?;
        let places = card.front.cloze_fields();
        let parsed: Vec<(usize, cloze::Field)> =
            places.into_iter().map(|place| (place, cloze::Field::parse(visit.fields.raw(place)))).collect();
        let numbers: BTreeSet<u32> = parsed.iter().flat_map(|(_, field)| field.numbers()).collect();
        if numbers.is_empty() {
            return Err("it has no deletion".to_owned());
        }
        for &number in numbers.iter().take(MOST_DELETIONS) {
            self.afford(visit, card)?;
            let place = i64::from(number) - 1;
            let mut draft = self.draft(visit, place);
            draft.own_id = Some(format!("{}/c{number}", visit.guid()));
            let hidden: Vec<_> =
                parsed.iter().map(|(place, field)| (*place, field.without(number))).collect();
            if let Some(content) = ask::of_deletion(&mut draft, card, &visit.fields, &hidden) {
                self.settle(visit, draft, place, content);
            }
        }
        match numbers.len() > MOST_DELETIONS {
            true => {
                Err(format!("only the first {MOST_DELETIONS} of its {} deletions are taken", numbers.len()))
            }
            false => Ok(()),
        }
    }

    /// A card costs what is read for it.
    fn afford(&mut self, visit: &Visit, card: &Card) -> Result<(), Why> {
        let cost = visit.fields.size + card.front.length + card.back.length;
        self.left =
            self.left.checked_sub(cost).ok_or("the cards before it fill 256 MiB, which is the most")?;
        Ok(())
    }

    fn draft(&self, visit: &Visit, place: i64) -> Draft {
        let note = visit.note;
        let deck = self.decks.get(&(note.id, place)).or_else(|| self.some_deck.get(&note.id));
        let topic = deck.and_then(|deck| self.collection.decks.get(deck)).cloned().unwrap_or_default();
        Draft {
            topic: if topic == [NO_DECK] { Vec::new() } else { topic },
            tags: note.tags.clone(),
            warnings: visit.kind.warning.map(str::to_owned).into_iter().collect(),
            ..Draft::at(visit.line)
        }
    }

    fn settle(&mut self, visit: &Visit, draft: Draft, place: i64, content: Result<Content, Why>) {
        let own_id = draft.own_id.clone();
        let has_stem = !is_blank(&draft.stem);
        let count = self.contents.found.len();
        draft.settle(content, &mut self.contents);
        if self.contents.found.len() > count {
            self.own_ids.extend(own_id.map(|own_id| ((visit.note.id, place), own_id)));
        } else if let Some(refused) = self.contents.refused.last_mut().filter(|_| !has_stem) {
            refused.what = beginning(&visit.fields.beginning());
        }
    }

    /// The answers to questions that were taken; what was set by hand is none.
    fn reviews(&self) -> Vec<PastReview> {
        let cards: HashMap<i64, (i64, i64)> =
            self.collection.cards.iter().map(|card| (card.id, (card.note, card.place))).collect();
        let review = |review: &anki::Review| {
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
    note: &'a anki::Note,
    fields: Note<'a>,
    kind: &'a Kind,
}

impl Visit<'_> {
    /// What names it for ever.
    fn guid(&self) -> String {
        match self.note.guid.trim() {
            "" => self.note.id.to_string(),
            guid => guid.to_owned(),
        }
    }
}
