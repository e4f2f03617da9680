//! The learner before an exam: what decides how ready they are, and the chances in the exams ahead.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::AppContext;
use badgedex_domain::domains::ExamDomains;
use badgedex_domain::library::Library;
use badgedex_domain::question::QuestionId;
use badgedex_domain::readiness::{Chance, ExamCandidate, ExamFacts};
use badgedex_domain::target::{Target, exams};
use badgedex_store::StoreError;

impl AppContext {
    /// The day of a target's exam; today if it is not known or over.
    pub fn exam_day(&self, target: &Target) -> NaiveDate {
        let day = target.day(&self.learner.settings, &self.learner.record).map(|day| day.on);
        day.filter(|on| *on >= self.clock.today).unwrap_or(self.clock.today)
    }

    /// Works with all that decides how ready the learner is for a target's exam; `None` if no question in study
    /// teaches it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn with_candidate<T>(
        &self,
        target: &Target,
        work: impl FnOnce(&ExamCandidate, &ExamDomains) -> T,
    ) -> Result<Option<T>, StoreError> {
        let library = self.library_of_study();
        let knowledge = self.knowledge_of(&library, self.history()?);
        let domains = ExamDomains::of(target, knowledge.library, self.clock.today);
        let credential = target.credential().and_then(|id| self.packs.catalogs.credential(id));
        let has_content = domains.questions().next().is_some();
        let facts = ExamFacts::of(credential, &domains).filter(|_| has_content);
        let Some(facts) = facts else { return Ok(None) };
        let evidence = self.evidence(target)?;
        let candidate =
            ExamCandidate::new(knowledge, &domains, facts, &evidence.answers, &evidence.real_exams);
        Ok(Some(work(&candidate, &domains)))
    }

    /// The library with the study questions of open mock exams in their places: to hide a question changes nothing
    /// about what is known of its domain.
    fn library_of_study(&self) -> Cow<'_, Library> {
        let (library, exams) = (self.packs.library(), &self.learner.exams);
        if exams.hidden().is_empty() {
            return Cow::Borrowed(library);
        }
        let released: BTreeSet<&QuestionId> =
            exams.released().into_iter().map(|id| library.current_id(id)).collect();
        Cow::Owned(library.clone().with_exams(&BTreeSet::new(), &released))
    }

    /// The chances to pass the exams ahead, as far as there is enough evidence, in the order in which they are
    /// studied for: from the cache as long as [`AppContext::overview`] is.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn chances(&self) -> Result<&[Chance], StoreError> {
        if let Some(chances) = self.beliefs.chances.get() {
            return Ok(chances);
        }
        let key = self.overview_key();
        let cached = self.cache.borrow().chances(&key);
        let chances = match cached {
            Some(chances) => chances,
            None => {
                let chances = self.chances_now()?;
                if self.packs.fingerprint.settled {
                    self.cache.borrow_mut().store_chances(&key, &chances);
                }
                chances
            }
        };
        Ok(self.beliefs.chances.get_or_init(|| chances))
    }

    fn chances_now(&self) -> Result<Vec<Chance>, StoreError> {
        let (library, today) = (self.packs.library(), self.clock.today);
        let mut chances = Vec::new();
        for exam in exams(&self.learner.settings, &self.learner.record, library, today) {
            let on = self.exam_day(&exam.target);
            let chance =
                self.with_candidate(&exam.target, |candidate, _| candidate.chance(&exam.target, on))?;
            chances.extend(chance.flatten());
        }
        Ok(chances)
    }
}
