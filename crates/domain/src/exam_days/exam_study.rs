//! The questions in study for an exam with a day, as they are today.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DoneToday, ExamDays, Forecast, Ordered, Seen, StudyQuestion};
use crate::domains::{ExamDomains, ExamQuestion};
use crate::mastery::Knowledge;
use crate::memory::TermEstimate;
use crate::question::QuestionId;
use crate::record::Record;
use crate::settings::DaysOff;
use crate::target::Exam;

/// What should be remembered on the day of the exam: the mean chance of recall, by weight.
pub const AIM: f64 = 0.85;
/// With fewer first answers to its content a forecast is rough.
const MIN_FIRST_ANSWERS: usize = 20;

/// How the learner studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    /// Answers on a day of study: see [`daily_answers`](super::daily_answers).
    pub daily: u32,
    /// Weekdays without study.
    pub days_off: DaysOff,
}

/// An exam with a day, and its questions in study: those that are suspended or held back are not among them.
pub struct ExamStudy<'a> {
    /// The exam.
    pub exam: &'a Exam,
    /// The days until the exam.
    pub days: ExamDays<'a>,
    /// What was answered today.
    pub done: DoneToday,
    /// In the order of pack id, file and place.
    questions: Vec<StudyQuestion<'a>>,
    begun_on: Option<NaiveDate>,
    learner: TermEstimate,
}

/// What will be remembered on the day of the exam.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// If every day until then is worked off.
    pub forecast: Forecast,
    /// Whether it rests on fewer than 20 first answers.
    pub is_rough: bool,
    /// The lowest daily number of answers that reaches [`AIM`]; `None` if 400 do not.
    pub needed: Option<u32>,
}

impl Outlook {
    /// Whether the daily number is enough.
    pub fn is_on_course(&self) -> bool {
        self.forecast.mid >= AIM
    }
}

/// A day until the exam, and what it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfStudy {
    /// The day.
    pub on: NaiveDate,
    /// About how many questions; 0 on a day off.
    pub questions: usize,
}

impl<'a> ExamStudy<'a> {
    /// The questions of an exam; `None` if its day is not ahead.
    pub fn of(
        exam: &'a Exam,
        knowledge: &Knowledge<'a>,
        record: &Record,
        pace: Pace,
    ) -> Option<ExamStudy<'a>> {
        let Knowledge { library, history, model, day: today, .. } = *knowledge;
        let on = exam.on.filter(|on| *on > today)?;
        let domains = ExamDomains::of(&exam.target, library, on);
        let mut priors: HashMap<&str, f64> = HashMap::new();
        let mut done = DoneToday { answers: answers_today(knowledge), new: 0 };
        let mut questions = Vec::new();
        let mut begun_on: Option<NaiveDate> = None;
        for of_exam in domains.questions() {
            let ExamQuestion { question, weight, turn, .. } = of_exam;
            let learned = history.learned(&question.id);
            done.new += u32::from(learned.is_some_and(|learned| learned.first_day == today));
            let first_day = learned.map(|learned| learned.first_day);
            begun_on = begun_on.into_iter().chain(first_day).min();
            if record.is_suspended(question) {
                continue;
            }
            let pack = question.id.pack();
            let prior_of = |pack: &str| history.totals.firsts.prior_of(pack);
            questions.push(StudyQuestion {
                id: &question.id,
                seen: learned.map(|l| Seen { belief: l.belief.hypotheses(), last: l.last_day }),
                guess: question.guess(knowledge.is_strong(&question.id)),
                weight,
                prior: *priors.entry(pack).or_insert_with(|| prior_of(pack)),
                turn,
            });
        }
        let days = ExamDays {
            model,
            today,
            exam: on,
            daily: pace.daily,
            days_off: pace.days_off,
            term: knowledge.term(),
        };
        Some(ExamStudy { exam, days, done, questions, begun_on, learner: history.totals.learner })
    }

    /// The day on which the first of its questions was answered, today if none was.
    pub fn begun_on(&self) -> NaiveDate {
        self.begun_on.unwrap_or(self.days.today)
    }

    /// The questions of today, in the order in which they are asked, then those that follow where the learner goes on.
    pub fn order(&self) -> Vec<Ordered<'a>> {
        self.days.order(&self.questions, self.done)
    }

    /// How many questions of the [`order`](ExamStudy::order) are today's.
    pub fn todays(&self, order: &[Ordered]) -> usize {
        self.days.todays(order, self.done)
    }

    /// What will be remembered on the day of the exam; `None` if nothing is in study.
    pub fn outlook(&self) -> Option<Outlook> {
        Some(Outlook {
            forecast: self.days.forecast_range(&self.questions, &self.learner)?,
            is_rough: self.is_rough(),
            needed: self.days.needed(&self.questions, AIM),
        })
    }

    /// The new questions, those that count least first; of equal ones, those whose turn is later.
    pub fn new_by_weight(&self) -> Vec<QuestionId> {
        let mut new: Vec<&StudyQuestion> = self.questions.iter().filter(|q| q.seen.is_none()).collect();
        new.sort_by(|a, b| a.weight.total_cmp(&b.weight).then(b.turn.total_cmp(&a.turn)));
        new.into_iter().map(|question| question.id.clone()).collect()
    }

    /// The new questions that could be left out so that the daily number reaches [`AIM`] for the others, as few as
    /// possible. `None` if leaving out all of them is not enough.
    pub fn dispensable(&self) -> Option<Vec<QuestionId>> {
        let mut new = self.new_by_weight();
        // Something must be left to study.
        new.truncate(self.questions.len().saturating_sub(1));
        let reaches = |left_out: usize| {
            let left_out: HashSet<&QuestionId> = new[..left_out].iter().collect();
            let kept = self.questions.iter().filter(|question| !left_out.contains(question.id));
            let kept: Vec<StudyQuestion> = kept.copied().collect();
            self.days.forecast(&kept).is_some_and(|forecast| forecast >= AIM)
        };
        if !reaches(new.len()) {
            return None;
        }
        let (mut too_few, mut enough) = (0, new.len());
        while enough - too_few > 1 {
            let middle = too_few.midpoint(enough);
            if reaches(middle) { enough = middle } else { too_few = middle }
        }
        new.truncate(enough);
        Some(new)
    }

    /// The days from today until the exam, its day not included, with about as many questions as each asks.
    pub fn schedule(&self) -> Vec<DayOfStudy> {
        let later = self.days.questions_by_day(&self.questions);
        let today = (self.days.today, self.todays(&self.order()));
        let days = [today].into_iter().chain(later);
        days.map(|(on, questions)| DayOfStudy { on, questions }).collect()
    }

    /// What the play of the days until the exam ends with: the chance to recall each question of an even sample on the
    /// day of the exam; 0 if it was never asked.
    pub fn recalled_on_the_day(&self) -> Vec<(&'a QuestionId, f64)> {
        let played = self.days.play(&self.questions).into_iter();
        played.map(|end| (self.questions[end.place].id, if end.is_seen { end.known } else { 0.0 })).collect()
    }

    /// The mean chance of recall on the day of the exam, by weight, if every day until then is worked off; `None` if
    /// nothing is in study.
    pub fn forecast(&self) -> Option<f64> {
        self.days.forecast(&self.questions)
    }

    /// Whether a forecast rests on fewer than 20 first answers.
    pub fn is_rough(&self) -> bool {
        self.questions.iter().filter(|question| question.seen.is_some()).count() < MIN_FIRST_ANSWERS
    }
}

/// Answers of today, without cram.
fn answers_today(knowledge: &Knowledge) -> u32 {
    let today = knowledge.history.totals.days.get(&knowledge.day);
    today.map_or(0, |totals| totals.answers - totals.cram)
}
