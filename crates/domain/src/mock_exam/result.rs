//! The result of a mock exam, as a whole and by domain.

use super::MockExam;
use crate::question::QuestionId;

/// The result of a mock exam. Questions without an answer count as wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct MockExamResult {
    /// How many questions were asked.
    pub questions: usize,
    /// How many of them were answered.
    pub answered: usize,
    /// How many of them were answered right.
    pub right: usize,
    /// By domain, in the order of the domains.
    pub domains: Vec<DomainResult>,
}

/// The result of one domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DomainResult {
    /// How many of its questions were asked.
    pub questions: usize,
    /// How many of them were answered right.
    pub right: usize,
}

impl MockExamResult {
    /// Share of right answers, 0 to 1.
    pub fn share(&self) -> f64 {
        self.right as f64 / self.questions.max(1) as f64
    }
}

impl MockExam {
    /// The result; `None` while the exam is open, and if it was left.
    ///
    /// `is_right` says whether the answer that was recorded at the end is right, `domain_of` gives the place of a
    /// question's domain among `domains`; questions of no domain count only for the whole.
    pub fn result(
        &self,
        is_right: impl Fn(&QuestionId) -> bool,
        domain_of: impl Fn(&QuestionId) -> Option<usize>,
        domains: usize,
    ) -> Option<MockExamResult> {
        if !self.has_result() {
            return None;
        }
        let mut by_domain = vec![DomainResult::default(); domains];
        let mut right = 0;
        for question in self.questions() {
            let is_right = self.given(question).is_some() && is_right(question);
            right += usize::from(is_right);
            if let Some(domain) = domain_of(question).and_then(|place| by_domain.get_mut(place)) {
                domain.questions += 1;
                domain.right += usize::from(is_right);
            }
        }
        let (questions, answered) = (self.questions().len(), self.answered());
        Some(MockExamResult { questions, answered, right, domains: by_domain })
    }
}
