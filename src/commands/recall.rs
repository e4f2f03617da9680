//! What is remembered: as it was kept ready, with what was recorded since; or folded anew.

use std::collections::{BTreeSet, HashSet};

use uuid::Uuid;

use crate::domain::history::{History, Review};
use crate::domain::library::Library;
use crate::domain::memory::Model;
use crate::domain::question::QuestionId;
use crate::store::ready::{Ready, Snapshot};
use crate::store::{Answer, Head, Store, StoreError};

/// All that decides what is remembered.
pub struct Recall<'a> {
    pub store: &'a Store,
    pub head: &'a Head,
    pub model: &'a Model,
    pub library: &'a Library,
    /// Names model and earlier ids: another name, another history.
    pub rules: &'a str,
    /// Events that were taken back.
    pub retracted: &'a HashSet<Uuid>,
}

/// An answer that is to be folded.
struct Late {
    key: (i64, Uuid),
    question: QuestionId,
    review: Review,
}

impl Recall<'_> {
    /// The history of the journal as it is now. What was worked out is kept ready.
    pub fn history(&self, ready: &mut Ready) -> Result<History, StoreError> {
        if let Some((snapshot, history)) = ready.history().filter(|(snapshot, _)| self.fits(snapshot))
            && let Some(late) = self.since(&snapshot)?
        {
            return Ok(self.add(ready, snapshot, history, late));
        }
        let (history, newest) = self.anew()?;
        let snapshot = self.snapshot(newest, &history);
        ready.keep_history(&snapshot, true, history.tracks());
        Ok(history)
    }

    /// Whether a snapshot is of this journal and these rules.
    fn fits(&self, snapshot: &Snapshot) -> bool {
        let place = |event| self.store.place_of(event).ok().flatten();
        snapshot.edition == self.head.edition
            && snapshot.rules == self.rules
            && snapshot.seq <= self.head.seq
            && snapshot.last.map_or(snapshot.seq == 0, |last| place(last) == Some(snapshot.seq))
    }

    /// The answers recorded since, in the journal's order; none where they cannot simply be added.
    fn since(&self, snapshot: &Snapshot) -> Result<Option<Vec<Late>>, StoreError> {
        for event in self.store.retracted_since(snapshot.seq)? {
            if self.store.place_of(event)?.is_some_and(|place| place <= snapshot.seq) {
                return Ok(None);
            }
        }
        let mut late = Vec::new();
        self.store.each_answer(snapshot.seq, |answer| {
            late.extend(self.late(&answer));
            true
        })?;
        late.sort_by_key(|answer| answer.key);
        let fits = late.first().is_none_or(|first| snapshot.newest.is_none_or(|newest| newest < first.key));
        Ok(fits.then_some(late))
    }

    fn late(&self, answer: &Answer) -> Option<Late> {
        let question = QuestionId::new(answer.question);
        (!self.retracted.contains(&answer.id)).then(|| Late {
            key: (answer.at, answer.id),
            question: self.library.current_id(&question).clone(),
            review: answer.review,
        })
    }

    fn add(&self, ready: &mut Ready, before: Snapshot, mut history: History, late: Vec<Late>) -> History {
        if before.is_of(self.head) {
            return history;
        }
        for answer in &late {
            history.learn(self.model, &answer.question, &answer.review);
        }
        let newest = late.last().map(|last| last.key).or(before.newest);
        let touched: BTreeSet<&QuestionId> = late.iter().map(|answer| &answer.question).collect();
        let tracks = touched.into_iter().filter_map(|id| Some((id, history.track(id)?)));
        ready.keep_history(&self.snapshot(newest, &history), false, tracks);
        history
    }

    /// Folds the whole journal. Answers were mostly recorded in the journal's order: only where they
    /// were not are they held in memory and sorted.
    fn anew(&self) -> Result<(History, Option<(i64, Uuid)>), StoreError> {
        let mut history = History::default();
        let mut newest = None;
        let mut in_order = true;
        self.store.each_answer(0, |answer| {
            if self.retracted.contains(&answer.id) {
                return true;
            }
            let key = Some((answer.at, answer.id));
            in_order = newest < key;
            newest = key;
            let question = QuestionId::new(answer.question);
            history.learn(self.model, self.library.current_id(&question), &answer.review);
            in_order
        })?;
        if in_order { Ok((history, newest)) } else { self.sorted() }
    }

    fn sorted(&self) -> Result<(History, Option<(i64, Uuid)>), StoreError> {
        let mut all = Vec::new();
        self.store.each_answer(0, |answer| {
            all.extend(self.late(&answer));
            true
        })?;
        all.sort_unstable_by_key(|answer| answer.key);
        let mut history = History::default();
        for answer in &all {
            history.learn(self.model, &answer.question, &answer.review);
        }
        Ok((history, all.last().map(|last| last.key)))
    }

    fn snapshot(&self, newest: Option<(i64, Uuid)>, history: &History) -> Snapshot {
        let Head { edition, seq, last } = self.head.clone();
        let (rules, totals) = (self.rules.to_owned(), history.totals.clone());
        Snapshot { edition, seq, last, newest, rules, totals }
    }
}

#[cfg(test)]
mod tests;
