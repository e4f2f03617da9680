//! What was forecast before an exam, and what was then remembered on its day.

use chrono::{Days, NaiveDate};

use super::forecast::UNASKED;
use super::{ExamStudy, Pace, daily_answers};
use crate::domains::ExamDomains;
use crate::history::{History, Review};
use crate::library::Library;
use crate::mastery::Knowledge;
use crate::memory::Model;
use crate::question::QuestionId;
use crate::record::Record;
use crate::settings::Settings;
use crate::target::{Exam, Target};

/// The forecast is looked up so many days before the exam, or on the first day later on which it was not rough.
const DAYS_BEFORE: u64 = 14;

/// A forecast, and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LookBack {
    /// The day of the exam.
    pub on: NaiveDate,
    /// The day of the forecast.
    pub made_on: NaiveDate,
    /// What was forecast: mean chance of recall on the day of the exam, by weight.
    pub forecast: f64,
    /// That mean as it was on the day.
    pub known: f64,
}

/// What decides a forecast besides the answers.
#[derive(Clone, Copy)]
pub struct Circumstances<'a> {
    /// The packs and catalogs.
    pub library: &'a Library,
    /// The learner's model of memory.
    pub model: &'a Model,
    /// The questions that are set aside.
    pub record: &'a Record,
    /// The daily number and the days off.
    pub settings: &'a Settings,
}

impl LookBack {
    /// Looks back on an exam that took place on a day. `answers` are all that hold, in the journal's order. `None` if
    /// there were too few before it, or nothing teaches what it asks.
    ///
    /// The forecast is that of the rule as it is now, with today's settings and packs, from the answers until then.
    pub fn of(
        target: &Target,
        on: NaiveDate,
        answers: &[(QuestionId, Review)],
        around: Circumstances,
    ) -> Option<LookBack> {
        let exam = Exam { target: target.clone(), on: Some(on) };
        let mut history = History::default();
        let mut made = None;
        let mut day = on.checked_sub_days(Days::new(DAYS_BEFORE))?;
        for (question, review) in answers.iter().filter(|(_, review)| review.day < on) {
            while made.is_none() && review.day >= day && day < on {
                made = around.forecast(&exam, &history, day).map(|forecast| (day, forecast));
                day = day.succ_opt()?;
            }
            history.fold(around.model, question, review);
        }
        if made.is_none() && day < on {
            made = around.forecast(&exam, &history, day).map(|forecast| (day, forecast));
        }
        let (made_on, forecast) = made?;
        Some(LookBack { on, made_on, forecast, known: around.known(&exam, &history, on)? })
    }
}

impl<'a> Circumstances<'a> {
    fn knowledge(&self, history: &'a History, day: NaiveDate) -> Knowledge<'a> {
        let Circumstances { library, model, settings, .. } = *self;
        Knowledge { library, history, model, retention: settings.retention, day }
    }

    /// The forecast of a day, from the answers before it; `None` while it is rough.
    fn forecast(&self, exam: &Exam, history: &'a History, day: NaiveDate) -> Option<f64> {
        let daily = daily_answers(self.settings, &history.totals.days, day);
        let pace = Pace { daily, days_off: self.settings.days_off };
        let study = ExamStudy::of(exam, &self.knowledge(history, day), self.record, pace)?;
        if study.is_rough() { None } else { study.forecast() }
    }

    /// What is remembered on the day of the exam, from the answers before it.
    fn known(&self, exam: &Exam, history: &'a History, on: NaiveDate) -> Option<f64> {
        let knowledge = self.knowledge(history, on);
        let domains = ExamDomains::of(&exam.target, self.library, on);
        let (mut weights, mut known) = (0.0, 0.0);
        for of_exam in domains.questions().filter(|of_exam| !self.record.is_suspended(of_exam.question)) {
            let id = &of_exam.question.id;
            let recall = match history.learned(id) {
                Some(learned) => learned.raw_retrievability(self.model, knowledge.term(), on),
                None => UNASKED * history.totals.firsts.prior_of(id.pack()),
            };
            weights += of_exam.weight;
            known += of_exam.weight * recall;
        }
        (weights > 0.0).then(|| known / weights)
    }
}
