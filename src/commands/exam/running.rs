//! A mock exam while it is taken: question after question until it is submitted, the time is up, or the learner leaves.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use chrono::{DateTime, FixedOffset};

use serde_json::Value;

use super::report;
use super::review::{self, ChanceBefore};
use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::ui::exam_prompt::{ExamCell, ExamInput, ExamMap, ExamPrompt, ExamTime, time_left};
use crate::ui::prompter::{Prompted, Prompter, Sheet};
use crate::ui::text::{Page, count};
use badgedex_domain::grading::Reply;
use badgedex_domain::journal::{Deed, ExamEnd, ExamId, ExamMarked};
use badgedex_domain::mock_exam::MockExam;
use badgedex_domain::mock_exam::answers::{asked_in, given, reply};
use badgedex_domain::question::{Asked, Question, QuestionId};

/// Takes an open mock exam whose clock runs, and shows its result.
///
/// # Errors
/// None of its questions is there any more, the learner's data cannot be read or written, or the terminal is gone.
pub fn run(app: &mut AppContext, prompter: &mut dyn Prompter, exam: &ExamId) -> Result<Exit> {
    let left = Running::new(app, prompter, exam)?.run()?;
    match left {
        Left::Over(before) => review::show_result(app, prompter, exam, before),
        Left::Open(exit) => Ok(exit),
    }
}

/// How a mock exam was left.
enum Left {
    /// It has a result. With the chance to pass the real exam before it, if it ended here.
    Over(Option<ChanceBefore>),
    /// It can go on.
    Open(Exit),
}

/// What comes after something that the learner did.
enum Flow {
    /// The same question, shown as it is or as new.
    Stay,
    Anew,
    /// Another question.
    To(usize),
    Leave(Left),
}

struct Running<'a> {
    app: &'a mut AppContext,
    prompter: &'a mut dyn Prompter,
    exam: MockExam,
    /// The place of the question that is shown.
    place: usize,
    is_new: bool,
    /// What each question has taken so far, in milliseconds.
    took: HashMap<QuestionId, u64>,
    /// Since when the question takes time that is not counted yet.
    since: Instant,
}

impl<'a> Running<'a> {
    fn new(app: &'a mut AppContext, prompter: &'a mut dyn Prompter, exam: &ExamId) -> Result<Running<'a>> {
        let exam = current(app, exam)?;
        let took = exam.questions().filter_map(|id| Some((id.clone(), exam.mark(id)?.took_ms?))).collect();
        let place = exam.first_open().unwrap_or(0);
        Ok(Running { app, prompter, exam, place, is_new: true, took, since: Instant::now() })
    }

    fn run(mut self) -> Result<Left> {
        self.place = self.shown_from(self.place)?;
        loop {
            let flow = if !self.exam.is_open() {
                // Another terminal, or another device after a sync, has ended it.
                Flow::Leave(Left::Over(None))
            } else if self.is_time_up() {
                self.finish(ExamEnd::TimeUp)?
            } else {
                self.turn()?
            };
            self.is_new = matches!(flow, Flow::Anew | Flow::To(_));
            match flow {
                Flow::Stay | Flow::Anew => {}
                Flow::To(place) => self.place = self.shown_from(place)?,
                Flow::Leave(left) => return Ok(left),
            }
        }
    }

    /// Asks at one question once.
    fn turn(&mut self) -> Result<Flow> {
        let Some((question, asked)) = self.question(self.place) else { return Ok(Flow::To(self.place)) };
        let input = self.ask(&question, &asked)?;
        self.count_time();
        if self.is_time_up() && !matches!(input, Prompted::Quit | Prompted::Input(ExamInput::Away(_))) {
            // What came after the end is not taken.
            return self.finish(ExamEnd::TimeUp);
        }
        match input {
            Prompted::Input(input) => self.take(input, &question, &asked),
            Prompted::Back => self.pause(),
            Prompted::EndOfInput => self.leave(Exit::Done),
            Prompted::Quit => self.leave(Exit::Interrupted),
        }
    }

    fn ask(&mut self, question: &Question, asked: &Asked) -> Result<Prompted<ExamInput>> {
        let given = self.exam.given(self.id()).and_then(|given| reply(question, asked, given));
        let cells = cells(&self.exam);
        let clock = self.app.clock;
        let now = || clock.now();
        let time = ExamTime { clock: &self.exam.clock, now: &now };
        let is_new = self.is_new;
        let prompt =
            ExamPrompt { place: self.place, asked, reply: given.as_ref(), cells: &cells, time, is_new };
        Ok(self.prompter.exam(&prompt)?)
    }

    fn take(&mut self, input: ExamInput, question: &Question, asked: &Asked) -> Result<Flow> {
        let last = self.exam.questions().len() - 1;
        match input {
            ExamInput::Answer(reply) => self.answer(&reply, question, asked),
            ExamInput::Flag => self.flag(),
            ExamInput::Next => Ok(Flow::To(self.exam.place_after(self.place))),
            ExamInput::Previous => Ok(Flow::To(self.place.saturating_sub(1))),
            ExamInput::GoTo(place) => Ok(Flow::To(place.min(last))),
            ExamInput::Overview => self.overview(),
            ExamInput::Submit => self.submit(),
            ExamInput::Break => self.pause(),
            ExamInput::Away(since) => self.away(since),
            ExamInput::TimeUp => self.finish(ExamEnd::TimeUp),
        }
    }

    /// Marks an answer. In lines the next question comes; on a screen the learner sees what is marked, and goes on
    /// with a key.
    fn answer(&mut self, reply: &Reply, question: &Question, asked: &Asked) -> Result<Flow> {
        let is_flagged = self.exam.is_flagged(self.id());
        let given = match reply {
            Reply::Choices(none) if none.is_empty() => Value::Null,
            reply => given(question, asked, reply),
        };
        self.mark(given, is_flagged)?;
        Ok(match self.prompter.look().plain {
            true => Flow::To(self.exam.place_after(self.place)),
            false => Flow::Stay,
        })
    }

    fn flag(&mut self) -> Result<Flow> {
        let is_flagged = !self.exam.is_flagged(self.id());
        let given = self.exam.given(self.id()).cloned().unwrap_or_default();
        self.mark(given, is_flagged)?;
        if self.prompter.look().plain {
            let number = self.place + 1;
            let text = if is_flagged { "Flagged" } else { "No longer flagged" };
            self.prompter.say(&format!("{text}: question {number}."))?;
        }
        Ok(Flow::Stay)
    }

    /// It is on disk when this returns.
    fn mark(&mut self, given: Value, flagged: bool) -> Result<()> {
        let question = self.id().clone();
        let took_ms = self.took.get(&question).copied();
        let marked = ExamMarked { exam: self.exam.id().clone(), question, given, flagged, took_ms };
        self.record(vec![Deed::ExamMarked(marked)])
    }

    fn record(&mut self, deeds: Vec<Deed>) -> Result<()> {
        self.app.record(deeds)?;
        self.exam = current(self.app, self.exam.id())?;
        Ok(())
    }

    fn overview(&mut self) -> Result<Flow> {
        let cells = cells(&self.exam);
        let clock = self.app.clock;
        let now = || clock.now();
        let time = ExamTime { clock: &self.exam.clock, now: &now };
        let input = self.prompter.exam_map(&ExamMap { cells: &cells, here: self.place, time })?;
        if self.is_time_up() && input != Prompted::Quit {
            return self.finish(ExamEnd::TimeUp);
        }
        match input {
            Prompted::Input(ExamInput::GoTo(place)) => Ok(Flow::To(place)),
            Prompted::Input(ExamInput::Submit) => self.submit(),
            Prompted::Input(_) => Ok(Flow::Anew),
            Prompted::Back if self.prompter.look().plain => Ok(Flow::Stay),
            Prompted::Back => Ok(Flow::Anew),
            Prompted::EndOfInput => self.leave(Exit::Done),
            Prompted::Quit => self.leave(Exit::Interrupted),
        }
    }

    /// Asks, naming what is open and flagged.
    fn submit(&mut self) -> Result<Flow> {
        let cells = cells(&self.exam);
        let open = cells.iter().filter(|cell| !cell.is_answered).count();
        let flagged = cells.iter().filter(|cell| cell.is_flagged).count();
        let asked = match (open, flagged) {
            (0, 0) => "All questions are answered. Submit?".to_owned(),
            (open, flagged) => format!("{open} open, {flagged} flagged. Submit?"),
        };
        match self.prompter.confirm(&asked, false)? {
            Prompted::Input(true) if self.is_time_up() => self.finish(ExamEnd::TimeUp),
            Prompted::Input(true) => self.finish(ExamEnd::Submitted),
            Prompted::Input(false) | Prompted::Back => Ok(Flow::Anew),
            Prompted::EndOfInput => self.leave(Exit::Done),
            Prompted::Quit => self.leave(Exit::Interrupted),
        }
    }

    /// A break: in lines the program ends; on a screen the clock stops until the learner goes on.
    fn pause(&mut self) -> Result<Flow> {
        if self.prompter.look().plain {
            return self.leave(Exit::Done);
        }
        let options = ["Go on", "Take a break: the clock stops", "Give the exam up: no result"];
        match self.prompter.choose("Break?", &options.map(str::to_owned), 0)? {
            Prompted::Input(1) => self.rest(),
            Prompted::Input(2) => self.give_up(),
            Prompted::Input(_) | Prompted::Back => Ok(Flow::Anew),
            Prompted::EndOfInput => self.leave(Exit::Done),
            Prompted::Quit => self.leave(Exit::Interrupted),
        }
    }

    /// Stops the clock until the learner goes on or leaves the program.
    fn rest(&mut self) -> Result<Flow> {
        self.record(vec![Deed::ExamPaused { exam: self.exam.id().clone() }])?;
        let text = self.on_a_break();
        let sheet = Sheet { text: &text, enter: "go on", keys: &[('q', "leave")], stays: false };
        match self.prompter.read(sheet)? {
            Prompted::Input(None) => {}
            Prompted::Input(Some(_)) | Prompted::Back | Prompted::EndOfInput => {
                return Ok(Flow::Leave(Left::Open(Exit::Done)));
            }
            Prompted::Quit => return Ok(Flow::Leave(Left::Open(Exit::Interrupted))),
        }
        self.record(vec![Deed::ExamResumed { exam: self.exam.id().clone() }])?;
        self.since = Instant::now();
        Ok(Flow::Anew)
    }

    fn on_a_break(&self) -> String {
        let (answered, questions) = (self.exam.answered(), self.exam.questions().len());
        let left = report::seconds_left_in_break(&self.exam);
        let left = left.map_or_else(String::new, |seconds| format!(", {}", time_left(seconds)));
        let mut page = Page::new(self.prompter.look());
        page.blank();
        page.title("A break: the clock is stopped.");
        page.para(format!("{answered} of {questions} answered{left}."));
        page.para("You may also quit; badgedex exam continues it.");
        page.done()
    }

    fn give_up(&mut self) -> Result<Flow> {
        let sure = self.prompter.confirm("Give this exam up? There will be no result", false)?;
        if sure != Prompted::Input(true) {
            return if sure == Prompted::Quit { self.leave(Exit::Interrupted) } else { Ok(Flow::Anew) };
        }
        super::leave::give_up(self.app, self.exam.id())?;
        Ok(Flow::Leave(Left::Open(Exit::Done)))
    }

    /// Nothing was pressed for a long time: the learner says whether that was a break.
    fn away(&mut self, since: DateTime<FixedOffset>) -> Result<Flow> {
        let minutes = (self.app.clock.now() - since).num_minutes().max(0);
        let minutes = count(usize::try_from(minutes).unwrap_or(0), "minute", "minutes");
        match self.prompter.confirm(&format!("Were you away for {minutes}? y takes it as a break"), true)? {
            Prompted::Input(true) => {
                let exam = self.exam.id().clone();
                self.app.journal.append(since, vec![Deed::ExamPaused { exam: exam.clone() }])?;
                self.record(vec![Deed::ExamResumed { exam }])?;
                self.since = Instant::now();
                Ok(Flow::Anew)
            }
            Prompted::Input(false) | Prompted::Back => Ok(Flow::Anew),
            Prompted::EndOfInput => self.leave(Exit::Done),
            Prompted::Quit => self.leave(Exit::Interrupted),
        }
    }

    /// Leaves it open, with the clock stopped.
    fn leave(&mut self, exit: Exit) -> Result<Flow> {
        self.record(vec![Deed::ExamPaused { exam: self.exam.id().clone() }])?;
        let (answered, questions) = (self.exam.answered(), self.exam.questions().len());
        self.prompter.say(&format!(
            "The exam stays open: {answered} of {questions} answered, and the clock is stopped. To go on: badgedex exam"
        ))?;
        Ok(Flow::Leave(Left::Open(exit)))
    }

    /// Ends the exam: its end and all of its answers are one transaction.
    fn finish(&mut self, how: ExamEnd) -> Result<Flow> {
        self.app.reload()?;
        self.exam = current(self.app, self.exam.id())?;
        let before = ChanceBefore::of(self.app, &self.exam)?;
        if self.exam.is_open() {
            let library = self.app.packs.library();
            let answers = self.exam.answers(|id| library.exam_question(id));
            let end = Deed::ExamFinished { exam: self.exam.id().clone(), how };
            let deeds = std::iter::once(end).chain(answers.into_iter().map(Deed::Answered)).collect();
            self.app.record(deeds)?;
        }
        if how == ExamEnd::TimeUp {
            self.prompter.say("The time is up: the exam is submitted.")?;
        }
        Ok(Flow::Leave(Left::Over(before)))
    }

    fn is_time_up(&self) -> bool {
        self.exam.clock.seconds_left(self.app.clock.now()) == Some(0)
    }

    /// Adds the time since the last look to the question that is shown.
    fn count_time(&mut self) {
        let elapsed = std::mem::replace(&mut self.since, Instant::now()).elapsed();
        let milliseconds = u64::try_from(Duration::as_millis(&elapsed)).unwrap_or(u64::MAX);
        let took = self.took.entry(self.id().clone()).or_default();
        *took = took.saturating_add(milliseconds);
    }

    /// The id of the question that is shown, as the exam has it.
    fn id(&self) -> &QuestionId {
        &self.exam.started.questions[self.place].question
    }

    /// A question as the exam shows it; `None` if it is gone from its pack.
    fn question(&self, place: usize) -> Option<(Question, Asked)> {
        let id = &self.exam.started.questions.get(place)?.question;
        let question = self.app.packs.library().exam_question(id)?.clone();
        let asked = asked_in(self.exam.id(), &question);
        Some((question, asked))
    }

    /// The first place from one on, and then from the beginning, whose question can be shown.
    fn shown_from(&self, place: usize) -> Result<usize> {
        let all = self.exam.questions().len();
        let places = (place..all).chain(0..place.min(all));
        match places.into_iter().find(|place| self.question(*place).is_some()) {
            Some(place) => Ok(place),
            None => bail!(
                "none of the questions of this mock exam is in a pack any more\n  badgedex exam leave {} gives it up",
                self.exam.id()
            ),
        }
    }
}

/// An exam as the journal has it now.
fn current(app: &AppContext, exam: &ExamId) -> Result<MockExam> {
    match app.learner.exams.get(exam) {
        Some(exam) => Ok(exam.clone()),
        None => bail!("the mock exam {exam} is not in the journal any more"),
    }
}

fn cells(exam: &MockExam) -> Vec<ExamCell> {
    let cell =
        |id: &QuestionId| ExamCell { is_answered: exam.given(id).is_some(), is_flagged: exam.is_flagged(id) };
    exam.questions().map(cell).collect()
}
