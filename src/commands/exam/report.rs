//! What the journal and the packs say about a mock exam: result, domains, how many questions were fresh.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use uuid::Uuid;

use crate::commands::app_context::AppContext;
use crate::ui::screens::exam::{DomainLine, Earlier, ExamLine, ExamResultView, PassLine};
use badgedex_domain::domains::ExamDomains;
use badgedex_domain::journal::{Deed, ExamId};
use badgedex_domain::library::Library;
use badgedex_domain::mock_exam::{MockExam, MockExamResult};
use badgedex_domain::question::QuestionId;
use badgedex_domain::readiness::Cut;
use badgedex_domain::target::Target;

/// When questions were answered.
pub struct AnswerTimes {
    /// First and last answer that hold, by today's id; nanoseconds since 1970.
    times: HashMap<QuestionId, (i64, i64)>,
}

impl AnswerTimes {
    /// Reads all answers.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(app: &AppContext) -> Result<AnswerTimes> {
        let library = app.packs.library();
        let retracted = app.journal.retracted();
        let mut times: HashMap<QuestionId, (i64, i64)> = HashMap::new();
        app.journal.store.each_answer(0, |answer| {
            if !retracted.contains(&answer.id) {
                let id = QuestionId::new(answer.question);
                let (first, last) =
                    times.entry(library.current_id(&id).clone()).or_insert((answer.at, answer.at));
                (*first, *last) = ((*first).min(answer.at), (*last).max(answer.at));
            }
            true
        })?;
        Ok(AnswerTimes { times })
    }

    /// When a question was last answered; `None` if it never was.
    pub fn last(&self, question: &QuestionId) -> Option<DateTime<FixedOffset>> {
        self.times.get(question).map(|(_, last)| Utc.timestamp_nanos(*last).fixed_offset())
    }

    /// Whether a question was answered before an instant.
    fn is_answered_before(&self, question: &QuestionId, at: DateTime<FixedOffset>) -> bool {
        self.times.get(question).is_some_and(|(first, _)| Utc.timestamp_nanos(*first) < at)
    }
}

/// What is needed for the result of any mock exam, read once.
pub struct ExamReports<'a> {
    app: &'a AppContext,
    times: AnswerTimes,
    /// The questions that were answered right, by exam.
    right: HashSet<(ExamId, QuestionId)>,
    /// The first exam that asked each question, by its number; by today's ids.
    first_asked: HashMap<QuestionId, usize>,
}

/// One domain of a mock exam.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamDomainResult {
    pub topic: String,
    pub title: String,
    /// Percent of the exam.
    pub weight: f64,
    pub questions: usize,
    pub right: usize,
}

impl<'a> ExamReports<'a> {
    /// Reads the answers.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(app: &'a AppContext) -> Result<ExamReports<'a>> {
        let retracted: HashSet<Uuid> = app.journal.retracted();
        let answers = app.journal.store.exam_answers()?.into_iter();
        let right = answers.filter(|event| !retracted.contains(&event.id)).filter_map(|event| {
            let Deed::Answered(answered) = event.deed else { return None };
            answered.exam.filter(|_| answered.correct).map(|exam| (exam, answered.question))
        });
        let mut first_asked = HashMap::new();
        for (exam, number) in app.learner.exams.all().iter().zip(1..) {
            for id in exam.questions() {
                first_asked.entry(app.packs.library().current_id(id).clone()).or_insert(number);
            }
        }
        Ok(ExamReports { app, times: AnswerTimes::of(app)?, right: right.collect(), first_asked })
    }

    fn library(&self) -> &'a Library {
        self.app.packs.library()
    }

    /// Whether the answer that was recorded at the end of an exam is right.
    pub fn is_right(&self, exam: &MockExam, question: &QuestionId) -> bool {
        self.right.contains(&(exam.id().clone(), question.clone()))
    }

    /// Whether the learner had never seen a question before an exam.
    pub fn is_fresh(&self, exam: &MockExam, question: &QuestionId) -> bool {
        let current = self.library().current_id(question);
        let is_first = self.first_asked.get(current) == Some(&self.number(exam));
        is_first && !self.times.is_answered_before(current, exam.started_at)
    }

    /// How many questions of an exam the learner had never seen before it.
    pub fn fresh(&self, exam: &MockExam) -> usize {
        exam.questions().filter(|question| self.is_fresh(exam, question)).count()
    }

    /// The result by domain; all numbers of right answers are 0 if the exam has no result. Domains of which it asked
    /// nothing are left out.
    pub fn domains(&self, exam: &MockExam) -> Vec<ExamDomainResult> {
        let Some(target) = exam.target() else { return Vec::new() };
        let domains = ExamDomains::of(&target, self.library(), self.app.clock.today);
        let mut results: Vec<ExamDomainResult> = domains
            .domains()
            .iter()
            .map(|domain| ExamDomainResult {
                topic: domain.id.to_owned(),
                title: domain.title.to_owned(),
                weight: domain.weight,
                questions: 0,
                right: 0,
            })
            .collect();
        for id in exam.questions() {
            let question = self.library().exam_question(id);
            let place = question.and_then(|question| domains.place_of(&question.topic));
            if let Some(domain) = place.and_then(|place| results.get_mut(place)) {
                domain.questions += 1;
                domain.right += usize::from(exam.has_result() && self.is_right(exam, id));
            }
        }
        results.retain(|domain| domain.questions > 0);
        results
    }

    /// The result as a whole; `None` if there is none.
    pub fn result(&self, exam: &MockExam) -> Option<MockExamResult> {
        exam.result(|id| self.is_right(exam, id), |_| None, 0)
    }

    /// What the screen of a result shows; `None` if there is none.
    pub fn view<'t>(&self, exam: &'t MockExam, title: &'t str) -> Option<ExamResultView<'t>> {
        let (result, (_, how)) = (self.result(exam)?, exam.end?);
        let lines = self.domains(exam).into_iter();
        Some(ExamResultView {
            number: self.number(exam),
            title,
            form: exam.started.exam_form.as_deref(),
            how,
            minutes: exam.started.minutes,
            used_seconds: exam.clock.used_seconds(),
            breaks: exam.clock.breaks(),
            questions: result.questions,
            answered: result.answered,
            right: result.right,
            fresh: self.fresh(exam),
            pass: pass_line(self.app, exam),
            domains: lines
                .map(|domain| DomainLine {
                    title: domain.title,
                    questions: domain.questions,
                    right: domain.right,
                })
                .collect(),
            earlier: self.earlier(exam),
            chance: None,
        })
    }

    /// The results of earlier exams of the same target.
    fn earlier(&self, exam: &MockExam) -> Vec<Earlier> {
        let Some(target) = exam.target() else { return Vec::new() };
        let all = self.app.learner.exams.of_target(&target);
        let earlier = all.take_while(|other| other.id() != exam.id()).filter_map(|other| {
            let result = self.result(other)?;
            Some(Earlier { number: self.number(other), right: result.right, questions: result.questions })
        });
        earlier.collect()
    }

    /// The place of an exam among all, from 1.
    pub fn number(&self, exam: &MockExam) -> usize {
        let all = self.app.learner.exams.all();
        all.iter().position(|other| other.id() == exam.id()).map_or(all.len(), |place| place + 1)
    }

    /// All exams, as the list shows them.
    pub fn lines(&self) -> Vec<ExamLine> {
        let line = |exam: &MockExam| ExamLine {
            number: self.number(exam),
            title: title(self.app, exam),
            form: exam.started.exam_form.clone(),
            on: exam.started_at.date_naive(),
            questions: exam.questions().len(),
            answered: exam.answered(),
            right: self.result(exam).map(|result| result.right),
            is_open: exam.is_open(),
        };
        self.app.learner.exams.all().iter().map(line).collect()
    }
}

/// The share that passes: what the catalog has, else what is assumed where the issuer does not publish it.
fn pass_line(app: &AppContext, exam: &MockExam) -> PassLine {
    let credential = exam.started.credential.as_ref().and_then(|id| app.packs.catalogs.credential(id));
    match credential.and_then(|credential| credential.pass_share.as_ref()) {
        Some(published) => PassLine { share: published.share, is_published: published.sd == 0.0 },
        None => PassLine { share: Cut::UNPUBLISHED.share, is_published: false },
    }
}

/// What an exam is of: the name of a credential with its code, the title of a pack, or an id if both are gone.
pub fn title(app: &AppContext, exam: &MockExam) -> String {
    exam.target().map_or_else(|| "unknown exam".to_owned(), |target| title_of(app, &target))
}

/// The name of a target.
pub fn title_of(app: &AppContext, target: &Target) -> String {
    let credential = target.credential().and_then(|id| app.packs.catalogs.credential(id));
    let pack = target.pack().and_then(|id| app.packs.library().find_pack(id).ok());
    match (credential, pack) {
        (Some(credential), _) => {
            let name = app
                .packs
                .catalog_of(&credential.id)
                .map_or_else(|_| credential.name.clone(), |catalog| catalog.card_name(credential));
            match credential.code_on(app.clock.today) {
                Some(code) => format!("{name} ({code})"),
                None => name,
            }
        }
        (None, Some(pack)) => pack.title.clone(),
        (None, None) => target.to_string(),
    }
}

/// Seconds that are left of an exam that is not being taken now; `None` without a limit.
pub fn seconds_left_in_break(exam: &MockExam) -> Option<u64> {
    let limit = exam.started.minutes.map(|minutes| u64::from(minutes) * 60)?;
    Some(limit.saturating_sub(exam.clock.used_seconds()))
}
