//! What is remembered: as it was kept ready, with what was recorded since; or folded anew.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::mem;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use uuid::Uuid;

use badgedex_domain::history::{History, Review};
use badgedex_domain::library::Library;
use badgedex_domain::memory::Model;
use badgedex_domain::question::QuestionId;
use badgedex_store::cache::{Cache, Snapshot};
use badgedex_store::{Answer, JournalHead, Store, StoreError};

/// All that decides what is remembered.
pub struct Recall<'a> {
    pub store: &'a Store,
    pub head: &'a JournalHead,
    pub model: &'a Model,
    pub library: &'a Library,
    /// Names model and earlier ids: another name, another history.
    pub rules: &'a str,
    /// Events that were taken back.
    pub retracted: &'a HashSet<Uuid>,
}

/// So many answers are handed over at once, and so many times before the reader waits.
const A_BATCH: usize = 4096;
const BATCHES: usize = 4;

/// An answer that is to be folded.
struct Late {
    key: (i64, Uuid),
    question: QuestionId,
    review: Review,
}

impl Recall<'_> {
    /// The history of the journal as it is now. What was worked out is kept ready.
    pub fn history(&self, ready: &mut Cache) -> Result<History, StoreError> {
        if let Some((snapshot, history)) = ready.history().filter(|(snapshot, _)| self.fits(snapshot))
            && let Some(late) = self.since(&snapshot)?
        {
            return Ok(self.add(ready, snapshot, history, late));
        }
        let (history, newest) = self.anew()?;
        let snapshot = self.snapshot(newest, &history);
        ready.store_history(&snapshot, true, history.tracks());
        Ok(history)
    }

    /// Whether a snapshot is of this journal and these rules.
    fn fits(&self, snapshot: &Snapshot) -> bool {
        let place = |event| self.store.seq_of(event).ok().flatten();
        snapshot.edition == self.head.edition
            && snapshot.rules == self.rules
            && snapshot.seq <= self.head.seq
            && snapshot.last.map_or(snapshot.seq == 0, |last| place(last) == Some(snapshot.seq))
    }

    /// The answers recorded since, in the journal's order; none where they cannot simply be added.
    fn since(&self, snapshot: &Snapshot) -> Result<Option<Vec<Late>>, StoreError> {
        for event in self.store.retracted_since(snapshot.seq)? {
            if self.store.seq_of(event)?.is_some_and(|place| place <= snapshot.seq) {
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

    fn add(&self, ready: &mut Cache, before: Snapshot, mut history: History, late: Vec<Late>) -> History {
        if before.is_of(self.head) {
            return history;
        }
        for answer in &late {
            history.fold(self.model, &answer.question, &answer.review);
        }
        let newest = late.last().map(|last| last.key).or(before.newest);
        let touched: BTreeSet<&QuestionId> = late.iter().map(|answer| &answer.question).collect();
        let tracks = touched.into_iter().filter_map(|id| Some((id, history.track(id)?)));
        ready.store_history(&self.snapshot(newest, &history), false, tracks);
        history
    }

    /// Folds the whole journal: one thread reads while another folds. Answers were mostly recorded in the
    /// journal's order; only where they were not are they held in memory and sorted.
    fn anew(&self) -> Result<(History, Option<(i64, Uuid)>), StoreError> {
        let (sender, batches) = mpsc::sync_channel::<Vec<Late>>(BATCHES);
        let (library, model) = (self.library, self.model);
        let folded = thread::scope(|scope| {
            let folding = scope.spawn(move || fold(model, library, batches));
            let read = self.read_in_batches(&sender);
            // The folding ends when there is nothing more to come.
            drop(sender);
            read.map(|()| folding.join().expect("folding does not panic"))
        })?;
        folded.map_or_else(|| self.sorted(), Ok)
    }

    fn read_in_batches(&self, sender: &SyncSender<Vec<Late>>) -> Result<(), StoreError> {
        let mut batch = Vec::with_capacity(A_BATCH);
        self.store.each_answer(0, |answer| {
            if !self.retracted.contains(&answer.id) {
                let question = QuestionId::new(answer.question);
                batch.push(Late { key: (answer.at, answer.id), question, review: answer.review });
            }
            // Nobody listens any more where the order was not the journal's.
            batch.len() < A_BATCH
                || sender.send(mem::replace(&mut batch, Vec::with_capacity(A_BATCH))).is_ok()
        })?;
        // The same.
        let _ = sender.send(batch);
        Ok(())
    }

    fn sorted(&self) -> Result<(History, Option<(i64, Uuid)>), StoreError> {
        let all = self.in_order()?;
        let mut history = History::default();
        for answer in &all {
            history.fold(self.model, &answer.question, &answer.review);
        }
        Ok((history, all.last().map(|last| last.key)))
    }

    /// All answers that stand, in the journal's order.
    fn in_order(&self) -> Result<Vec<Late>, StoreError> {
        let mut all = Vec::new();
        self.store.each_answer(0, |answer| {
            all.extend(self.late(&answer));
            true
        })?;
        all.sort_unstable_by_key(|answer| answer.key);
        Ok(all)
    }

    /// All answers that stand, in the journal's order, by the questions' present names.
    pub fn answers(&self) -> Result<Vec<(QuestionId, Review)>, StoreError> {
        Ok(self.in_order()?.into_iter().map(|late| (late.question, late.review)).collect())
    }

    fn snapshot(&self, newest: Option<(i64, Uuid)>, history: &History) -> Snapshot {
        let JournalHead { edition, seq, last } = self.head.clone();
        let (rules, totals) = (self.rules.to_owned(), history.totals.clone());
        Snapshot { edition, seq, last, newest, rules, totals }
    }
}

/// Folds answers as they come; none where they are not in the journal's order, but for those of one instant.
fn fold(
    model: &Model,
    library: &Library,
    batches: Receiver<Vec<Late>>,
) -> Option<(History, Option<(i64, Uuid)>)> {
    let (mut history, mut newest) = (History::default(), None);
    let mut of_an_instant: Vec<Late> = Vec::new();
    let mut flush = |answers: &mut Vec<Late>| {
        answers.sort_by_key(|answer| answer.key);
        for Late { key, question, review } in answers.drain(..) {
            newest = Some(key);
            history.fold(model, library.current_id(&question), &review);
        }
    };
    for late in batches.into_iter().flatten() {
        match of_an_instant.last().map(|last| last.key.0.cmp(&late.key.0)) {
            Some(Ordering::Greater) => return None,
            Some(Ordering::Less) => flush(&mut of_an_instant),
            Some(Ordering::Equal) | None => {}
        }
        of_an_instant.push(late);
    }
    flush(&mut of_an_instant);
    Some((history, newest))
}

#[cfg(test)]
mod tests;
