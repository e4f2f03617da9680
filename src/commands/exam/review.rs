//! After a mock exam: its result, and the review of its questions.

use anyhow::Result;

use super::report::{self, ExamReports};
use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::flags;
use crate::ui::look::Look;
use crate::ui::prompter::{Prompted, Prompter, Sheet};
use crate::ui::screens::exam::{ChanceChange, ExamResultView, ReviewView};
use crate::ui::screens::{self, question::Marks};
use badgedex_domain::grading::{Reply, Verdict};
use badgedex_domain::journal::ExamId;
use badgedex_domain::mock_exam::MockExam;
use badgedex_domain::mock_exam::answers::{asked_in, reply};
use badgedex_domain::question::{Asked, Question, QuestionId};
use badgedex_domain::target::Target;

/// Which questions are gone over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Wrong,
    Flagged,
    Unsure,
    All,
}

impl Which {
    const EVERY: [Which; 4] = [Which::Wrong, Which::Flagged, Which::Unsure, Which::All];

    /// What the menu says of so many questions.
    fn label(self, number: usize) -> String {
        match self {
            Which::Wrong => format!("Review the {number} you got wrong"),
            Which::Flagged => format!("Review what you flagged ({number})"),
            Which::Unsure => format!("Review where you were unsure ({number})"),
            Which::All => format!("Review all {number}"),
        }
    }
}

/// The chance to pass the real exam before a mock exam ended.
#[derive(Debug, Clone, PartialEq)]
pub struct ChanceBefore {
    target: Target,
    /// `None` if there was too little evidence.
    chance: Option<f64>,
}

impl ChanceBefore {
    /// That of now; `None` if nothing in study teaches what the real exam asks.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(app: &AppContext, exam: &MockExam) -> Result<Option<ChanceBefore>> {
        let Some(target) = exam.target() else { return Ok(None) };
        let told = chance_to_pass(app, &target)?;
        Ok(told.map(|chance| ChanceBefore { target, chance }))
    }

    /// What has changed since.
    fn change(self, app: &AppContext) -> Result<ChanceChange> {
        let after = chance_to_pass(app, &self.target)?.flatten();
        let (on, today) = (app.exam_day(&self.target), app.clock.today);
        Ok(ChanceChange { on, today, before: self.chance, after })
    }
}

/// The chance to pass a target's exam on its day; the inner `None` if there is too little evidence.
fn chance_to_pass(app: &AppContext, target: &Target) -> Result<Option<Option<f64>>> {
    let on = app.exam_day(target);
    Ok(app.with_candidate(target, |candidate, _| {
        candidate.missing().is_empty().then(|| candidate.readiness(on).chance)
    })?)
}

/// Shows the result of an exam that is over, and offers to go over its questions until that is enough.
///
/// # Errors
/// The store cannot be read or written to, or the terminal is gone.
pub fn show_result(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    id: &ExamId,
    before: Option<ChanceBefore>,
) -> Result<Exit> {
    let Some(exam) = app.learner.exams.get(id).cloned() else { return Ok(Exit::Done) };
    let title = report::title(app, &exam);
    let look = *prompter.look();
    let chance = before.map(|before| before.change(app)).transpose()?;
    let text = match ExamReports::of(app)?.view(&exam, &title) {
        Some(view) => screens::exam::result(&look, &ExamResultView { chance, ..view }),
        None => without_result(&look, app, &exam),
    };
    prompter.show(&text)?;
    choose(app, prompter, &exam)
}

/// What is said about an exam without a result.
pub fn without_result(look: &Look, app: &AppContext, exam: &MockExam) -> String {
    let answered = (exam.answered(), exam.questions().len());
    let title = format!("Mock exam, {}", report::title(app, exam));
    screens::exam::open_or_left(look, &title, exam.started_at.date_naive(), answered, exam.is_open())
}

/// Offers to review, until the learner is done.
pub fn choose(app: &mut AppContext, prompter: &mut dyn Prompter, exam: &MockExam) -> Result<Exit> {
    if !exam.has_result() {
        return Ok(Exit::Done);
    }
    let mut cursor = 0;
    loop {
        let offered = offered(app, exam)?;
        let mut names: Vec<String> = offered.iter().map(|(which, ids)| which.label(ids.len())).collect();
        names.push("Done".to_owned());
        match prompter.choose("What now?", &names, cursor)? {
            Prompted::Input(place) if place < offered.len() => {
                cursor = place;
                if review(app, prompter, exam, &offered[place].1)? == Prompted::Quit {
                    return Ok(Exit::Interrupted);
                }
            }
            Prompted::Input(_) | Prompted::Back | Prompted::EndOfInput => return Ok(Exit::Done),
            Prompted::Quit => return Ok(Exit::Interrupted),
        }
    }
}

/// The reviews that have questions, with them.
fn offered(app: &AppContext, exam: &MockExam) -> Result<Vec<(Which, Vec<QuestionId>)>> {
    let reports = ExamReports::of(app)?;
    let is_in = |which: Which, id: &QuestionId| match which {
        Which::Wrong => !reports.is_right(exam, id),
        Which::Flagged => exam.is_flagged(id),
        Which::Unsure => exam.is_unsure(id),
        Which::All => true,
    };
    let of = |which| {
        let ids: Vec<QuestionId> = exam.questions().filter(|id| is_in(which, id)).cloned().collect();
        (which, ids)
    };
    Ok(Which::EVERY.into_iter().map(of).filter(|(_, ids)| !ids.is_empty()).collect())
}

/// Goes over questions, one after the other.
fn review(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    exam: &MockExam,
    ids: &[QuestionId],
) -> Result<Prompted<()>> {
    let look = *prompter.look();
    let mut place = 0;
    while place < ids.len() {
        let Some(reviewed) = Reviewed::of(app, exam, &ids[place]) else {
            place += 1;
            continue;
        };
        let text = screens::exam::review(&look, &reviewed.view(app, exam, (place, ids.len())));
        let is_last = place + 1 == ids.len();
        let keys = [('p', "previous"), ('f', "flag"), ('n', "note")];
        let enter = if is_last { "done" } else { "next" };
        let asked = match prompter.read(Sheet { text: &text, enter, keys: &keys, stays: false })? {
            Prompted::Input(None) => {
                place += 1;
                continue;
            }
            Prompted::Input(Some('p')) => {
                place = place.saturating_sub(1);
                continue;
            }
            Prompted::Input(Some('f')) => flags::ask_flag(app, prompter, &reviewed.question)?,
            Prompted::Input(Some(_)) => flags::ask_note(app, prompter, &reviewed.question)?,
            left => return Ok(left.map(|_| ())),
        };
        if asked == Prompted::Quit {
            return Ok(Prompted::Quit);
        }
    }
    Ok(Prompted::Input(()))
}

/// A question of an exam that is over.
pub struct Reviewed {
    question: Question,
    asked: Asked,
    reply: Option<Reply>,
    number: usize,
    topic: String,
    verdict: Verdict,
}

impl Reviewed {
    /// `None` if the question is gone from its pack.
    pub fn of(app: &AppContext, exam: &MockExam, id: &QuestionId) -> Option<Reviewed> {
        let library = app.packs.library();
        let question = library.exam_question(id)?.clone();
        let asked = asked_in(exam.id(), &question);
        let reply = exam.given(id).and_then(|given| reply(&question, &asked, given));
        let is_right = |reply: &Reply| badgedex_domain::grading::grade(&asked, reply);
        Some(Reviewed {
            number: exam.questions().position(|other| other == id)? + 1,
            topic: library.topic_name(question.id.pack(), &question.topic).to_owned(),
            verdict: reply.as_ref().map_or(Verdict::Wrong, is_right),
            question,
            asked,
            reply,
        })
    }

    /// What its page shows.
    pub fn view<'a>(&'a self, app: &'a AppContext, exam: &MockExam, place: (usize, usize)) -> ReviewView<'a> {
        let record = &app.learner.record;
        let id = exam.questions().nth(self.number - 1);
        ReviewView {
            place,
            number: self.number,
            topic: &self.topic,
            question: &self.question,
            asked: &self.asked,
            reply: self.reply.as_ref(),
            verdict: self.verdict,
            was_flagged: id.is_some_and(|id| exam.is_flagged(id)),
            was_unsure: id.is_some_and(|id| exam.is_unsure(id)),
            marks: Marks { flag: record.flag(&self.question), note: record.note(&self.question) },
        }
    }
}
