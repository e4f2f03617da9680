//! Reads the history: as it was kept, with the answers recorded since; or folded from the whole journal.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::mem;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use uuid::Uuid;

use badgedex_domain::history::{History, Review};
use badgedex_domain::journal::ExamId;
use badgedex_domain::library::Library;
use badgedex_domain::memory::Model;
use badgedex_domain::question::QuestionId;
use badgedex_domain::readiness::{EvidenceFold, ExamContent, ExamEvidence, JournalAnswer};
use badgedex_domain::target::Target;
use badgedex_store::cache::{Cache, KnownEvidence, Snapshot};
use badgedex_store::{Answer, JournalHead, Store, StoreError};

/// All that decides what is remembered.
pub struct HistoryLoader<'a> {
    pub store: &'a Store,
    pub head: &'a JournalHead,
    pub model: &'a Model,
    pub library: &'a Library,
    /// Names the model and the earlier ids: another name, another history.
    pub rules: &'a str,
    /// Events that were taken back.
    pub retracted: &'a HashSet<Uuid>,
    /// The exams whose evidence is gathered with the history.
    pub contents: &'a [(Target, ExamContent<'a>)],
    /// Is told how many answers were read, where all of them are folded.
    pub progress: &'a dyn Fn(usize),
}

/// A history, and up to which place in the journal it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownHistory {
    snapshot: Snapshot,
    pub history: History,
    /// Of the exams of the loader, in their order.
    pub evidence: Vec<KnownEvidence>,
}

/// A history that is folded, with the evidence that is gathered on the way.
struct Folding<'a> {
    model: &'a Model,
    history: History,
    evidence: Vec<EvidenceFold<'a>>,
    newest: Option<(i64, Uuid)>,
}

impl<'a> Folding<'a> {
    fn new(model: &'a Model, contents: &'a [(Target, ExamContent<'a>)]) -> Folding<'a> {
        let evidence =
            contents.iter().map(|(_, content)| EvidenceFold::new(content, ExamEvidence::default()));
        Folding { model, history: History::default(), evidence: evidence.collect(), newest: None }
    }

    fn add(&mut self, late: &LateAnswer, question: &QuestionId) {
        let LateAnswer { key, review, exam, .. } = late;
        let answer = JournalAnswer { key: *key, question, review, exam: exam.as_ref() };
        for evidence in &mut self.evidence {
            evidence.before(&self.history, self.model, &answer);
        }
        self.history.fold(self.model, question, review);
        for evidence in &mut self.evidence {
            evidence.after(&self.history, self.model, question);
        }
        self.newest = Some(*key);
    }
}

/// Answers that are handed from the reading thread to the folding one at a time.
const BATCH_SIZE: usize = 4096;
/// Batches that wait before the reading thread waits, too.
const MAX_WAITING_BATCHES: usize = 4;

/// An answer that is to be folded.
struct LateAnswer {
    key: (i64, Uuid),
    question: QuestionId,
    review: Review,
    exam: Option<ExamId>,
}

impl HistoryLoader<'_> {
    /// The history of the journal as it is now: from an `earlier` one, else from the cache, else from all
    /// answers. It is cached then.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn load(&self, earlier: Option<KnownHistory>, cache: &mut Cache) -> Result<KnownHistory, StoreError> {
        let cached = || {
            let (snapshot, history) = cache.history()?;
            let evidence = cache.evidence(&snapshot)?;
            Some(KnownHistory { snapshot, history, evidence })
        };
        let fitting = |known: &KnownHistory| self.fits(&known.snapshot) && self.has_evidence(known);
        if let Some(known) = earlier.filter(fitting).or_else(|| cached().filter(fitting))
            && let Some(late) = self.since(&known.snapshot)?
        {
            return Ok(self.add(cache, known, late));
        }
        let known = self.known(self.anew()?);
        cache.store_history(&known.snapshot, &known.evidence, true, known.history.tracks());
        Ok(known)
    }

    /// The evidence for the first exam, from all answers; nothing is cached.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn evidence_anew(&self) -> Result<ExamEvidence, StoreError> {
        let evidence = self.anew()?.evidence.into_iter().next();
        Ok(evidence.map(EvidenceFold::into_evidence).unwrap_or_default())
    }

    /// What was folded, as it is known up to the end of the journal.
    fn known(&self, folding: Folding) -> KnownHistory {
        let Folding { history, evidence, newest, .. } = folding;
        let snapshot = self.snapshot(newest, &history);
        let known = |((target, content), evidence): (&(Target, ExamContent), EvidenceFold)| KnownEvidence {
            target: target.clone(),
            content: content.fingerprint(newest),
            evidence: evidence.into_evidence(),
        };
        let evidence = self.contents.iter().zip(evidence).map(known).collect();
        KnownHistory { snapshot, history, evidence }
    }

    /// Whether the evidence of every exam can be continued.
    fn has_evidence(&self, known: &KnownHistory) -> bool {
        self.contents.iter().all(|(target, content)| usable(known, target, content).is_some())
    }

    /// Whether a snapshot is of this journal and these rules.
    fn fits(&self, snapshot: &Snapshot) -> bool {
        let place = |event| self.store.seq_of(event).ok().flatten();
        snapshot.edition == self.head.edition
            && snapshot.rules == self.rules
            && snapshot.seq <= self.head.seq
            && snapshot.last.map_or(snapshot.seq == 0, |last| place(last) == Some(snapshot.seq))
    }

    /// The answers recorded since, in the journal's order; `None` if they cannot simply be added.
    fn since(&self, snapshot: &Snapshot) -> Result<Option<Vec<LateAnswer>>, StoreError> {
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

    fn late(&self, answer: &Answer) -> Option<LateAnswer> {
        let question = QuestionId::new(answer.question);
        (!self.retracted.contains(&answer.id)).then(|| LateAnswer {
            key: (answer.at, answer.id),
            question: self.library.current_id(&question).clone(),
            review: answer.review,
            exam: answer.exam.clone(),
        })
    }

    fn add(&self, cache: &mut Cache, known: KnownHistory, late: Vec<LateAnswer>) -> KnownHistory {
        if known.snapshot.is_of(self.head) {
            return known;
        }
        let before = known.snapshot.clone();
        let mut folding = self.continued(known);
        for answer in &late {
            folding.add(answer, &answer.question);
        }
        let known = self.known(folding);
        let KnownHistory { snapshot, history, evidence } = &known;
        if is_cached(cache, &before) {
            let touched: BTreeSet<&QuestionId> = late.iter().map(|answer| &answer.question).collect();
            let tracks = touched.into_iter().filter_map(|id| Some((id, history.track(id)?)));
            cache.store_history(snapshot, evidence, false, tracks);
        } else {
            // It could not be written, or another process has written since: the others would not fit.
            cache.store_history(snapshot, evidence, true, history.tracks());
        }
        known
    }

    /// A folding that goes on where another one ended.
    fn continued(&self, known: KnownHistory) -> Folding<'_> {
        let evidence = |(target, content)| {
            EvidenceFold::new(content, usable(&known, target, content).cloned().unwrap_or_default())
        };
        let evidence = self.contents.iter().map(|(target, content)| evidence((target, content))).collect();
        let KnownHistory { snapshot, history, .. } = known;
        Folding { model: self.model, history, evidence, newest: snapshot.newest }
    }

    /// Folds the whole journal: one thread reads while another folds. Answers were mostly recorded in the
    /// journal's order; only if they were not, they are held in memory and sorted.
    fn anew(&self) -> Result<Folding<'_>, StoreError> {
        let (sender, batches) = mpsc::sync_channel::<Vec<LateAnswer>>(MAX_WAITING_BATCHES);
        let (library, folding) = (self.library, Folding::new(self.model, self.contents));
        let folded = thread::scope(|scope| {
            let folding = scope.spawn(move || fold(folding, library, batches));
            let read = self.read_in_batches(&sender);
            // The folding ends when there is nothing more to come.
            drop(sender);
            read.map(|()| folding.join().expect("folding does not panic"))
        })?;
        folded.map_or_else(|| self.sorted(), Ok)
    }

    fn read_in_batches(&self, sender: &SyncSender<Vec<LateAnswer>>) -> Result<(), StoreError> {
        let mut batch = Vec::with_capacity(BATCH_SIZE);
        let mut read = 0;
        self.store.each_answer(0, |answer| {
            read += 1;
            if read % BATCH_SIZE == 0 {
                (self.progress)(read);
            }
            if !self.retracted.contains(&answer.id) {
                let question = QuestionId::new(answer.question);
                let Answer { id, at, review, exam, .. } = answer;
                batch.push(LateAnswer { key: (at, id), question, review, exam });
            }
            // Nobody listens any more if the order was not the journal's.
            batch.len() < BATCH_SIZE
                || sender.send(mem::replace(&mut batch, Vec::with_capacity(BATCH_SIZE))).is_ok()
        })?;
        // As above.
        let _ = sender.send(batch);
        Ok(())
    }

    fn sorted(&self) -> Result<Folding<'_>, StoreError> {
        let mut folding = Folding::new(self.model, self.contents);
        for answer in &self.in_order()? {
            folding.add(answer, &answer.question);
        }
        Ok(folding)
    }

    /// All answers that hold, in the journal's order.
    fn in_order(&self) -> Result<Vec<LateAnswer>, StoreError> {
        let mut all = Vec::new();
        self.store.each_answer(0, |answer| {
            all.extend(self.late(&answer));
            true
        })?;
        all.sort_unstable_by_key(|answer| answer.key);
        Ok(all)
    }

    /// The history that another model makes of all answers. Nothing is cached.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn by(&self, model: &Model) -> Result<History, StoreError> {
        let other = HistoryLoader { model, contents: &[], ..*self };
        Ok(other.anew()?.history)
    }

    /// All answers that hold, in the journal's order, by the questions' present ids.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn answers(&self) -> Result<Vec<(QuestionId, Review)>, StoreError> {
        Ok(self.in_order()?.into_iter().map(|late| (late.question, late.review)).collect())
    }

    fn snapshot(&self, newest: Option<(i64, Uuid)>, history: &History) -> Snapshot {
        let JournalHead { edition, seq, last } = self.head.clone();
        let (rules, totals) = (self.rules.to_owned(), history.totals.clone());
        Snapshot { edition, seq, last, newest, rules, totals }
    }
}

/// The evidence for an exam that goes up to the place of a history; `None` if it cannot be continued.
fn usable<'k>(known: &'k KnownHistory, target: &Target, content: &ExamContent) -> Option<&'k ExamEvidence> {
    let newest = known.snapshot.newest;
    let of_target = known.evidence.iter().find(|known| known.target == *target)?;
    let is_same = of_target.content == content.fingerprint(newest);
    Some(&of_target.evidence).filter(|evidence| is_same && evidence.is_complete(content, newest))
}

/// Whether the cache holds the history of exactly this snapshot.
fn is_cached(cache: &Cache, snapshot: &Snapshot) -> bool {
    let Snapshot { edition, seq, last, rules, .. } = snapshot.clone();
    cache.history_of(&JournalHead { edition, seq, last }, &rules, &[]).is_some()
}

/// Folds answers as they come; `None` if they are not in the journal's order, except those of one instant.
fn fold<'a>(
    mut folding: Folding<'a>,
    library: &Library,
    batches: Receiver<Vec<LateAnswer>>,
) -> Option<Folding<'a>> {
    let mut of_an_instant: Vec<LateAnswer> = Vec::new();
    let mut flush = |answers: &mut Vec<LateAnswer>| {
        answers.sort_by_key(|answer| answer.key);
        for late in answers.drain(..) {
            folding.add(&late, library.current_id(&late.question));
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
    Some(folding)
}

#[cfg(test)]
mod tests;
