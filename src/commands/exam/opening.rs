//! What a mock exam that begins asks, and how long it may take.

use std::collections::HashMap;

use anyhow::Result;
use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::report::{AnswerTimes, title_of};
use crate::cli::ExamStartArgs;
use crate::commands::app_context::AppContext;
use crate::commands::pack::switch;
use crate::ui::screens::exam::StartView;
use badgedex_domain::domains::ExamDomains;
use badgedex_domain::journal::{ExamId, ExamStarted, QuestionRevision};
use badgedex_domain::mock_exam::answers::asked_in;
use badgedex_domain::mock_exam::drawing::{Candidate, DrawError, DrawRequest, DrawnExam, draw, minutes_for};
use badgedex_domain::question::{Kind, Question, QuestionId};
use badgedex_domain::sanitize;
use badgedex_domain::target::Target;

/// An exam of which no catalog says how many questions it has has at most this many.
const MAX_UNKNOWN_LENGTH: usize = 65;
/// An exam of which no catalog says how long it takes has this much time for a question.
const SECONDS_PER_QUESTION: usize = 90;

/// A mock exam before it begins.
pub struct Opening {
    /// The id that it will have: what is drawn follows from it.
    pub exam: ExamId,
    target: Target,
    title: String,
    wanted: ExamStartArgs,
    drawn: DrawnExam,
    /// Of the real exam; `None` if no catalog says so.
    stated_length: Option<usize>,
    minutes: Option<u32>,
    extra_percent: u32,
}

impl Opening {
    /// Draws a mock exam of a target.
    ///
    /// # Errors
    /// There are no questions or no such form, or the store cannot be read.
    pub fn of(app: &AppContext, target: &Target, wanted: &ExamStartArgs) -> Result<Opening> {
        check_pack_is_on(app, target)?;
        let library = app.packs.library();
        let domains = ExamDomains::of(target, library, app.clock.today);
        let candidates = candidates(app, target, &domains)?;
        let credential = target.credential().and_then(|id| app.packs.catalogs.credential(id));
        let stated_length = credential.and_then(|c| c.questions).map(|questions| questions as usize);
        let full_length = stated_length.unwrap_or_else(|| usual_length(&candidates));
        let stated_minutes = credential.and_then(|c| c.minutes);
        let usual_minutes = (full_length * SECONDS_PER_QUESTION).div_ceil(60);
        let full_minutes = stated_minutes.unwrap_or(u32::try_from(usual_minutes).unwrap_or(u32::MAX));
        let exam = ExamId::new(Uuid::now_v7().to_string());
        let used_forms = app.learner.exams.used_forms(target);
        let request = DrawRequest {
            exam: &exam,
            blueprint: &|questions| domains.blueprint(questions),
            full_length,
            length: wanted.questions.map(|questions| questions as usize),
            form: wanted.form.as_deref(),
            used_forms: &used_forms,
        };
        let drawn = draw(&request, &candidates).map_err(|error| cannot_draw(app, target, error))?;
        let extra_percent = app.learner.settings.extra_time;
        let in_proportion = || minutes_for(full_minutes, full_length, drawn.questions.len(), extra_percent);
        let minutes = (!wanted.untimed).then(|| wanted.minutes.unwrap_or_else(in_proportion));
        Ok(Opening {
            minutes,
            extra_percent: if wanted.untimed || wanted.minutes.is_some() { 0 } else { extra_percent },
            exam,
            target: target.clone(),
            title: title_of(app, target),
            wanted: wanted.clone(),
            drawn,
            stated_length,
        })
    }

    /// What was asked for.
    pub fn wanted(&self) -> &ExamStartArgs {
        &self.wanted
    }

    /// How many questions it asks.
    pub fn questions(&self) -> usize {
        self.drawn.questions.len()
    }

    /// What the start screen says.
    pub fn view(&self) -> StartView<'_> {
        StartView {
            title: &self.title,
            form: self.drawn.form.as_deref(),
            questions: self.questions(),
            minutes: self.minutes,
            extra_percent: self.extra_percent,
            full_length: self.stated_length,
            fresh: self.drawn.fresh,
        }
    }

    /// What the journal says about its start.
    pub fn started(&self, app: &AppContext) -> ExamStarted {
        let library = app.packs.library();
        let revision = |id: &QuestionId| {
            let question = library.exam_question(id)?;
            Some(asked_in(&self.exam, question).revision)
        };
        let asked = |id: &QuestionId| QuestionRevision { question: id.clone(), revision: revision(id) };
        ExamStarted {
            exam: self.exam.clone(),
            credential: self.target.credential().cloned(),
            pack: self.target.pack().map(str::to_owned),
            exam_form: self.drawn.form.clone(),
            minutes: self.minutes,
            questions: self.drawn.questions.iter().map(asked).collect(),
        }
    }
}

fn check_pack_is_on(app: &AppContext, target: &Target) -> Result<()> {
    match target.pack().map(|id| app.packs.library().find_pack(id)) {
        Some(Ok(pack)) => switch::check_is_on(app, pack),
        Some(Err(_)) | None => Ok(()),
    }
}

/// All that can be asked without a form, up to a limit; if there are only forms, as many as one of them may have.
fn usual_length(candidates: &[Candidate]) -> usize {
    let without_form = candidates.iter().filter(|candidate| candidate.form.is_none()).count();
    let number = if without_form > 0 { without_form } else { candidates.len() };
    number.clamp(1, MAX_UNKNOWN_LENGTH)
}

/// The questions that a mock exam may ask: those in study that are not set aside, and those that are held back.
fn candidates(app: &AppContext, target: &Target, domains: &ExamDomains) -> Result<Vec<Candidate>> {
    let library = app.packs.library();
    let last_seen = LastSeen::of(app)?;
    let record = &app.learner.record;
    let in_study = domains.questions().map(|of_exam| (of_exam.question, Some(of_exam.domain)));
    let packs = library.packs().iter().filter(|pack| target.is_taught_by(pack));
    let held_back = packs.flat_map(|pack| {
        let asked = library.held_back(&pack.id).filter(move |question| target.asks(pack, question));
        asked.map(|question| (question, domains.place_of(&question.topic)))
    });
    let can_be_asked =
        |question: &Question| is_graded_without_the_learner(&question.kind) && !record.is_suspended(question);
    let candidate = |(question, domain): (&Question, Option<usize>)| Candidate {
        question: question.id.clone(),
        domain,
        form: question.exam_form.clone(),
        last_seen: last_seen.of_question(&question.id),
    };
    Ok(in_study.chain(held_back).filter(|(question, _)| can_be_asked(question)).map(candidate).collect())
}

/// Whether an exam can mark a question of a kind. What the catalog draws has no places to mark.
fn is_graded_without_the_learner(kind: &Kind) -> bool {
    match kind {
        Kind::OneOf { .. } | Kind::AnyOf { .. } | Kind::TrueFalse { .. } => true,
        Kind::Typed { .. } | Kind::Number { .. } | Kind::Order { .. } => true,
        Kind::Drawn { .. } | Kind::Reveal { .. } => false,
    }
}

/// When the learner last saw each question, in an answer or an exam.
struct LastSeen {
    answers: AnswerTimes,
    exams: HashMap<QuestionId, DateTime<FixedOffset>>,
}

impl LastSeen {
    fn of(app: &AppContext) -> Result<LastSeen> {
        let library = app.packs.library();
        let mut exams = HashMap::new();
        // The earliest exam is the first one: later ones take its place.
        for exam in app.learner.exams.all() {
            for id in exam.questions() {
                exams.insert(library.current_id(id).clone(), exam.started_at);
            }
        }
        Ok(LastSeen { answers: AnswerTimes::of(app)?, exams })
    }

    fn of_question(&self, id: &QuestionId) -> Option<DateTime<FixedOffset>> {
        self.answers.last(id).max(self.exams.get(id).copied())
    }
}

/// Why there is no exam, and what to do.
fn cannot_draw(app: &AppContext, target: &Target, error: DrawError) -> anyhow::Error {
    let title = title_of(app, target);
    match error {
        DrawError::UnknownForm { wanted, known } if known.is_empty() => anyhow::anyhow!(
            "{title} has no form \"{}\": its packs have no forms\n  without --form the questions are drawn from those in study",
            sanitize::line(&wanted)
        ),
        DrawError::UnknownForm { wanted, known } => anyhow::anyhow!(
            "{title} has no form \"{}\"\n  forms: {}",
            sanitize::line(&wanted),
            known.join(", ")
        ),
        DrawError::NoQuestions => match target {
            Target::Credential(id) => anyhow::anyhow!(
                "there are no questions for a mock exam of {title}\n  your own question bank: badgedex pack import FILE --credential {id}"
            ),
            Target::Pack(pack) => anyhow::anyhow!(
                "the pack {pack} has no questions that a mock exam can ask\n  self-checked questions have no answer that an exam could mark"
            ),
        },
    }
}
