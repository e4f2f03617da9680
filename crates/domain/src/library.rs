//! All packs and catalogs that are in use, and how questions are found in them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::mem;
use std::sync::OnceLock;

use super::catalog::CredentialId;
use super::catalogs::{Catalogs, NotFound, folded, nearest_of};
use super::question::{Pack, Question, QuestionId, Teaches, Topic};
use super::target::Target;

/// Catalogs and packs, with an index of the questions.
#[derive(Debug, Clone, Default)]
pub struct Library {
    catalogs: Catalogs,
    /// Those in study first, then those that are switched off.
    packs: Vec<Pack>,
    /// How many packs are switched off.
    off: usize,
    /// Questions that wait for a mock exam, or are in an open one, in the order of their packs. They are not in
    /// `packs`.
    apart: Vec<Apart>,
    /// Pack and place of every question; built when a question is first looked up.
    places: OnceLock<HashMap<QuestionId, (usize, usize)>>,
    /// From earlier ids to today's.
    renamed: HashMap<QuestionId, QuestionId>,
}

/// A question that is kept apart from its pack.
#[derive(Debug, Clone)]
struct Apart {
    /// The id of its pack.
    pack: String,
    /// Its place among all questions of the pack.
    place: usize,
    /// Whether an open mock exam asks it.
    is_in_exam: bool,
    question: Question,
}

impl Library {
    /// A library of these packs, without questions that others replace. Questions that are held back for a mock
    /// exam are kept apart.
    pub fn new(catalogs: impl Into<Catalogs>, packs: Vec<Pack>) -> Library {
        let packs = without_replaced(packs);
        let mut library = Library { catalogs: catalogs.into(), packs, ..Library::default() };
        for question in library.packs.iter().flat_map(|pack| &pack.questions) {
            for old in &question.was {
                library.renamed.insert(old.clone(), question.id.clone());
            }
        }
        library.with_exams(&BTreeSet::new(), &BTreeSet::new())
    }

    /// The same library as mock exams leave it: the questions of open exams are kept apart, those of exams that are
    /// over are questions like others. See [`MockExams`](crate::mock_exam::MockExams).
    ///
    /// ```
    /// use std::collections::BTreeSet;
    ///
    /// use badgedex_domain::catalogs::Catalogs;
    /// use badgedex_domain::library::Library;
    /// use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches};
    ///
    /// let id = QuestionId::new("ports/ssh");
    /// let question = Question::new(id.clone(), "ports", "SSH uses port 22.", Kind::TrueFalse { key: true });
    /// let questions = vec![Question { exam_form: Some("a".into()), ..question }];
    /// let pack = Pack { questions, ..Pack::new("ports", "Ports", Teaches::Content) };
    /// let library = Library::new(Catalogs::default(), vec![pack]);
    /// assert!(library.question(&id).is_none() && library.exam_question(&id).is_some());
    /// let library = library.with_exams(&BTreeSet::new(), &BTreeSet::from([&id]));
    /// assert!(library.question(&id).is_some());
    /// ```
    #[must_use]
    pub fn with_exams(mut self, hidden: &BTreeSet<&QuestionId>, released: &BTreeSet<&QuestionId>) -> Library {
        let is_apart = |question: &Question| {
            let is_held_back = question.exam_form.is_some() && !released.contains(&question.id);
            is_held_back || hidden.contains(&question.id)
        };
        let mut apart: BTreeMap<String, Vec<Apart>> = BTreeMap::new();
        for waiting in mem::take(&mut self.apart) {
            apart.entry(waiting.pack.clone()).or_default().push(waiting);
        }
        for pack in &mut self.packs {
            // In the order of their places each one comes back to its own.
            for back in apart.remove(&pack.id).into_iter().flatten() {
                pack.questions.insert(back.place, back.question);
            }
            if !pack.questions.iter().any(is_apart) {
                continue;
            }
            for (place, question) in mem::take(&mut pack.questions).into_iter().enumerate() {
                if is_apart(&question) {
                    let is_in_exam = hidden.contains(&question.id);
                    self.apart.push(Apart { pack: pack.id.clone(), place, is_in_exam, question });
                } else {
                    pack.questions.push(question);
                }
            }
        }
        self.places = OnceLock::new();
        self
    }

    /// The same library with some packs switched off: nothing asks or counts their questions, but they can still be
    /// looked up.
    ///
    /// ```
    /// use badgedex_domain::catalogs::Catalogs;
    /// use badgedex_domain::library::Library;
    /// use badgedex_domain::question::{Pack, Teaches};
    ///
    /// let packs = ["north", "south"].map(|id| Pack::new(id, id, Teaches::Content)).to_vec();
    /// let library = Library::new(Catalogs::default(), packs).with_off(&["north".to_owned()].into());
    /// assert_eq!(library.packs()[0].id, "south");
    /// assert!(library.find_pack("north").is_ok_and(|pack| library.is_off(&pack.id)));
    /// ```
    #[must_use]
    pub fn with_off(mut self, off: &BTreeSet<String>) -> Library {
        let (off, on): (Vec<Pack>, Vec<Pack>) =
            self.packs.into_iter().partition(|pack| off.contains(&pack.id));
        self.off = off.len();
        self.packs = on.into_iter().chain(off).collect();
        self.places = OnceLock::new();
        self
    }

    /// Its packs with only the given questions; packs without any of them are left out.
    pub fn only(&self, questions: &[QuestionId]) -> Vec<Pack> {
        let wanted: HashSet<&QuestionId> = questions.iter().collect();
        let cut = |pack: &Pack| {
            let questions = pack.questions.iter().filter(|q| wanted.contains(&q.id)).cloned().collect();
            Pack { questions, ..pack.head() }
        };
        let has_some = |pack: &&Pack| pack.questions.iter().any(|q| wanted.contains(&q.id));
        self.packs().iter().filter(has_some).map(cut).collect()
    }

    /// The catalogs.
    pub fn catalogs(&self) -> &Catalogs {
        &self.catalogs
    }

    /// The packs in study, in their fixed order: all but those that are switched off.
    pub fn packs(&self) -> &[Pack] {
        &self.packs[..self.packs.len() - self.off]
    }

    /// All packs: those in study, then those that are switched off.
    pub fn all_packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Whether a pack is switched off.
    pub fn is_off(&self, pack: &str) -> bool {
        self.packs[self.packs.len() - self.off..].iter().any(|off| off.id == pack)
    }

    /// All questions in study, in the order of their packs.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.packs().iter().flat_map(|pack| &pack.questions)
    }

    /// The questions of a pack that are held back for a mock exam to come. Nothing shows, counts or exports them
    /// before that exam asks them, unless a person asks for them by name. Those of an open exam are not among them.
    pub fn held_back<'a>(&'a self, pack: &'a str) -> impl Iterator<Item = &'a Question> {
        let waiting = self.apart.iter().filter(move |waiting| waiting.pack == pack && !waiting.is_in_exam);
        waiting.map(|waiting| &waiting.question).filter(|question| question.exam_form.is_some())
    }

    /// All questions of a pack that a target's exam asks: also those that are held back, or in an open mock exam.
    pub fn asked_by<'a>(&'a self, target: &Target, pack: &'a Pack) -> impl Iterator<Item = &'a Question> {
        let waiting = self.apart.iter().filter(|waiting| waiting.pack == pack.id);
        let all = pack.questions.iter().chain(waiting.map(|waiting| &waiting.question));
        all.filter(|question| target.asks(pack, question))
    }

    /// The question with an id of today that is not held back, in study or not; `None` if it is gone.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        let (pack, place) = self.places.get_or_init(|| places(&self.packs)).get(id)?;
        Some(&self.packs[*pack].questions[*place])
    }

    /// The question that a mock exam asks, today or once, under an id of then: also one that nothing else shows now.
    pub fn exam_question(&self, id: &QuestionId) -> Option<&Question> {
        let id = self.current_id(id);
        let apart = || self.apart.iter().map(|waiting| &waiting.question).find(|question| question.id == *id);
        self.question(id).or_else(apart)
    }

    /// Today's id of a question that may have been answered under an earlier one.
    pub fn current_id<'a>(&'a self, id: &'a QuestionId) -> &'a QuestionId {
        self.renamed.get(id).unwrap_or(id)
    }

    /// Pairs of earlier and today's ids, sorted.
    pub fn renamed(&self) -> Vec<(&QuestionId, &QuestionId)> {
        let mut renamed: Vec<_> = self.renamed.iter().collect();
        renamed.sort();
        renamed
    }

    /// The questions in study about a credential.
    pub fn questions_of<'a>(&'a self, id: &'a CredentialId) -> impl Iterator<Item = &'a Question> {
        self.questions().filter(move |q| q.credentials.contains(id))
    }

    /// Whether a pack in study with questions teaches the content of the credential's exam.
    pub fn has_content_for(&self, id: &CredentialId) -> bool {
        self.packs()
            .iter()
            .any(|p| p.teaches == Teaches::Content && p.credentials.contains(id) && !p.questions.is_empty())
    }

    /// The name of a topic; its id if the pack or the topic is gone.
    pub fn topic_name<'a>(&'a self, pack: &str, topic: &'a str) -> &'a str {
        self.packs
            .iter()
            .find(|p| p.id == pack)
            .and_then(|p| p.topics.iter().find(|t| t.id == topic))
            .map_or(topic, |t| t.name.as_str())
    }

    /// The pack that a person means by its id, ignoring case; it may be switched off.
    ///
    /// # Errors
    ///
    /// The nearest ids if there is none.
    ///
    /// ```
    /// use badgedex_domain::catalogs::Catalogs;
    /// use badgedex_domain::library::Library;
    /// use badgedex_domain::question::{Pack, Teaches};
    ///
    /// let packs = vec![Pack::new("networks", "Networks", Teaches::Content)];
    /// let library = Library::new(Catalogs::default(), packs);
    /// assert_eq!(library.find_pack("Networks").unwrap().title, "Networks");
    /// assert_eq!(library.find_pack("netwroks").unwrap_err().nearest[0].0, "networks");
    /// ```
    pub fn find_pack(&self, typed: &str) -> Result<&Pack, NotFound> {
        self.packs.iter().find(|p| p.id.eq_ignore_ascii_case(typed.trim())).ok_or_else(|| {
            nearest_of("pack", typed, self.packs.iter().map(|p| (p.id.clone(), p.title.clone())))
        })
    }

    /// The topics that a person means by an id, a name or `pack/topic`; several packs may have the same one, and
    /// packs that are switched off, too.
    ///
    /// # Errors
    ///
    /// The nearest topics if there is none.
    pub fn find_topics(&self, typed: &str) -> Result<Vec<(&Pack, &Topic)>, NotFound> {
        let wanted = folded(typed);
        let all = || self.packs.iter().flat_map(|p| p.topics.iter().map(move |t| (p, t)));
        let found: Vec<_> = all()
            .filter(|(p, t)| {
                let full = format!("{}/{}", p.id, t.id);
                folded(&t.id) == wanted || folded(&t.name) == wanted || full == typed.trim()
            })
            .collect();
        if found.is_empty() {
            let ids = all().map(|(p, t)| (t.id.clone(), format!("{}: {}", p.id, t.name)));
            return Err(nearest_of("topic", typed, ids));
        }
        Ok(found)
    }

    /// The question that a person means by its id, today's or an earlier one.
    ///
    /// # Errors
    ///
    /// The nearest ids if there is none.
    pub fn find_question(&self, typed: &str) -> Result<&Question, NotFound> {
        let id = QuestionId::new(typed.trim());
        self.question(self.current_id(&id)).ok_or_else(|| {
            let all = self.packs.iter().flat_map(|pack| &pack.questions);
            nearest_of("question", typed, all.map(|q| (q.id.to_string(), String::new())))
        })
    }
}

fn places(packs: &[Pack]) -> HashMap<QuestionId, (usize, usize)> {
    let of_pack = |(p, pack): (usize, &Pack)| {
        pack.questions
            .iter()
            .enumerate()
            .map(|(q, question)| (question.id.clone(), (p, q)))
            .collect::<Vec<_>>()
    };
    packs.iter().enumerate().flat_map(of_pack).collect()
}

/// Removes the questions that others replace: their keys are no longer true.
fn without_replaced(mut packs: Vec<Pack>) -> Vec<Pack> {
    let replaced: HashSet<QuestionId> =
        packs.iter().flat_map(|p| &p.questions).flat_map(|q| &q.replaces).cloned().collect();
    if !replaced.is_empty() {
        for pack in &mut packs {
            pack.questions.retain(|q| !replaced.contains(&q.id));
        }
    }
    packs
}

#[cfg(test)]
mod tests;
