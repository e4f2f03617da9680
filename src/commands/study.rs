//! `study`: a sitting, from the choice of questions to its end.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use rand::rngs::StdRng;
use uuid::Uuid;

use super::app_context::{AppContext, Packs};
use super::errors::{no_pack, not_found};
use super::exam_days;
use super::exit::Exit;
use super::flags;
use super::pack::edit::{self, Edited};
use super::pack::switch;
use super::search;
use crate::cli;
use crate::session::{Outcome, Recorded, Session, Summary, Turn};
use crate::ui::prompter::{Prompted, Prompter, QuestionPrompt, Sheet, StudyInput};
use crate::ui::screens::{
    self,
    question::Marks,
    summary::{Ending, ExamDay, Explained},
    verdict::VerdictView,
};
use badgedex_domain::grading::{Reply, Verdict};
use badgedex_domain::history::{History, Review};
use badgedex_domain::journal::{Answered, Deed};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Changed, Question, QuestionId};
use badgedex_domain::selection::{self, NewLimit, Selection, SittingRequest};

/// A sitting by the clock needs at most this many questions.
const MAX_BY_THE_CLOCK: usize = 10_000;

/// Asks questions until there are no more, time is up, or the learner leaves.
///
/// # Errors
/// A name is not found, the learner's data cannot be read or written, or the terminal is gone.
pub fn run(app: &mut AppContext, wanted: &cli::StudyArgs) -> Result<Exit> {
    if app.ui.json {
        bail!(
            "study asks questions and has no JSON\n  your answers: badgedex data export; what you know: badgedex stats --all --json"
        );
    }
    let mut prompter = app.ui.prompter()?;
    study(app, prompter.as_mut(), wanted)
}

/// A sitting with a prompter that is already there.
///
/// # Errors
/// As for [`run`].
pub fn study(app: &mut AppContext, prompter: &mut dyn Prompter, asked_for: &cli::StudyArgs) -> Result<Exit> {
    app.refresh_clock();
    let is_usual = *asked_for == cli::StudyArgs::default();
    let selection = if is_usual { app.overview()?.sitting.clone() } else { selection(app, asked_for)? };
    if selection.questions.is_empty() {
        return nothing(app, prompter, &selection, asked_for);
    }
    let limit = asked_for.minutes.map(|m| Duration::from_secs(u64::from(m) * 60));
    let cached = if is_usual { app.cached_sitting() } else { None };
    let ended = Sitting::new(app, prompter, &selection, cached, asked_for.cram, limit)?.run()?;
    review(app, prompter, ended)
}

/// Offers to go over what was answered wrong, until nothing is left or it is enough. The schedule stays as it is.
fn review(app: &mut AppContext, prompter: &mut dyn Prompter, mut ended: Ended) -> Result<Exit> {
    while ended.exit == Exit::Done && !ended.wrong.is_empty() && !prompter.look().plain {
        let which = match ended.wrong.len() {
            1 => "the one".to_owned(),
            number => format!("the {number}"),
        };
        match prompter.confirm(&format!("Review {which} you got wrong?"), false)? {
            Prompted::Input(true) => {}
            Prompted::Quit => return Ok(Exit::Interrupted),
            Prompted::Input(false) | Prompted::Back | Prompted::EndOfInput => break,
        }
        let selection = Selection { questions: ended.wrong, ..Selection::default() };
        ended = Sitting::new(app, prompter, &selection, None, true, None)?.run()?;
    }
    Ok(ended.exit)
}

/// What is asked if the command line says something about it.
fn selection(app: &AppContext, asked_for: &cli::StudyArgs) -> Result<Selection> {
    let wanted = wanted(app, asked_for)?;
    let seen = app.history()?.totals.first_seen(app.clock.day);
    let limit = NewLimit { per_day: app.learner.settings.new_per_day as usize, today: seen as usize };
    Ok(selection::choose(&wanted, &app.knowledge()?, &app.learner.record, limit, app.clock.today))
}

fn nothing(
    app: &AppContext,
    prompter: &mut dyn Prompter,
    selection: &Selection,
    asked_for: &cli::StudyArgs,
) -> Result<Exit> {
    let text = if asked_for.mistakes {
        "Nothing to repeat: the last answer to every question here was right.".to_owned()
    } else {
        let is_part = !asked_for.topic.is_empty()
            || !asked_for.search.is_empty()
            || asked_for.credential.is_some()
            || asked_for.pack.is_some();
        let coming = match is_part {
            false => app.overview()?.after_today(),
            true => selection::upcoming(&wanted(app, asked_for)?, &app.knowledge()?, &app.learner.record),
        };
        match exam_days::view(app)?.filter(|_| !is_part) {
            Some(exam) => screens::summary::nothing_for_exam(prompter.look(), &exam, selection),
            None => screens::summary::nothing(prompter.look(), selection, &coming, app.clock.day, is_part),
        }
    };
    prompter.show(&text)?;
    Ok(Exit::Done)
}

fn wanted(app: &AppContext, asked_for: &cli::StudyArgs) -> Result<SittingRequest> {
    let mut topics = Vec::new();
    for named in &asked_for.topic {
        let mut found = app.packs.library().find_topics(named).map_err(|e| not_found(&e))?;
        if found.iter().all(|(pack, _)| app.packs.library().is_off(&pack.id)) {
            switch::check_is_on(app, found[0].0)?;
        }
        found.retain(|(pack, _)| !app.packs.library().is_off(&pack.id));
        topics.extend(found.into_iter().map(|(pack, topic)| (pack.id.clone(), topic.id.clone())));
    }
    let credential = asked_for.credential.as_deref().map(|named| app.packs.catalogs.find_credential(named));
    let pack = asked_for.pack.as_deref().map(|named| app.packs.library().find_pack(named));
    let pack = pack.transpose().map_err(|e| no_pack(&app.packs.folder, &e))?;
    pack.map_or(Ok(()), |pack| switch::check_is_on(app, pack))?;
    let questions = match &asked_for.search[..] {
        [] => None,
        words => Some(search::find(app, &search::query(words)?)?.into_iter().map(|q| q.id.clone()).collect()),
    };
    let by_the_clock = asked_for.minutes.map(|_| MAX_BY_THE_CLOCK);
    Ok(SittingRequest {
        topics,
        credential: credential.transpose().map_err(|e| not_found(&e))?.map(|c| c.id.clone()),
        pack: pack.map(|p| p.id.clone()),
        questions,
        mistakes: asked_for.mistakes,
        cram: asked_for.cram,
        count: asked_for.count.map(|n| n as usize),
        length: by_the_clock,
        focus: app.focus()?,
    })
}

/// What will be remembered of the facts about a booked exam on its day, by topic, as things stand; `None` where the
/// days before an exam with content are counted.
fn exam_day(app: &AppContext) -> Result<Option<ExamDay>> {
    if app.overview()?.sitting.exam.is_some() {
        return Ok(None);
    }
    let next = app.learner.record.next_exam(app.clock.today);
    let Some((credential, on)) = next.and_then(|(id, b)| Some((app.packs.catalogs.credential(id)?, b.on)))
    else {
        return Ok(None);
    };
    let then = Knowledge { day: on, ..app.knowledge()? };
    let overview = Overview::of(&then, &app.learner.record, &app.learner.settings, on);
    let topics = overview.topics_of(&credential.id).into_iter();
    let mut topics: Vec<(String, f64)> =
        topics.filter_map(|(name, mastery)| Some((name, mastery.mean?))).collect();
    topics.sort_by(|a, b| a.1.total_cmp(&b.1));
    Ok(overview.of_credential(&credential.id).mean.map(|mean| ExamDay {
        name: credential.short.clone(),
        on,
        mean,
        topics,
        only_facts: !overview.has_content_for(&credential.id),
    }))
}

/// How a sitting ended.
struct Ended {
    exit: Exit,
    /// Answered wrong; empty if the learner left before the end.
    wrong: Vec<QuestionId>,
}

/// What comes after a question.
enum Flow {
    Next,
    Finish(Exit),
}

/// Where the sitting's questions come from.
enum Questions {
    /// Only those of the day's sitting: they were cached.
    Cached(Library),
    All,
}

impl Questions {
    fn library<'a>(&'a self, packs: &'a Packs) -> &'a Library {
        match self {
            Questions::Cached(library) => library,
            Questions::All => packs.library(),
        }
    }
}

struct Sitting<'a> {
    app: &'a mut AppContext,
    prompter: &'a mut dyn Prompter,
    session: Session,
    rng: StdRng,
    questions: Questions,
    /// What is remembered of them, answer by answer.
    history: History,
    /// The sums before the sitting.
    before: Overview,
    cram: bool,
    started: Instant,
    limit: Option<Duration>,
}

impl<'a> Sitting<'a> {
    fn new(
        app: &'a mut AppContext,
        prompter: &'a mut dyn Prompter,
        selection: &Selection,
        cached: Option<(Library, History)>,
        cram: bool,
        limit: Option<Duration>,
    ) -> Result<Self> {
        let before = app.overview()?.clone();
        let (questions, history) = match cached {
            Some((library, history)) => (Questions::Cached(library), history),
            None => (Questions::All, app.history()?.clone()),
        };
        Ok(Sitting {
            session: Session::new(Uuid::now_v7().to_string(), &selection.questions, cram),
            rng: app.rng(),
            questions,
            history,
            before,
            app,
            prompter,
            cram,
            started: Instant::now(),
            limit,
        })
    }

    fn library(&self) -> &Library {
        self.questions.library(&self.app.packs)
    }

    /// Turn after turn until there are no more questions, time is up, or the learner leaves.
    fn run(mut self) -> Result<Ended> {
        let (mut exit, mut was_left) = (Exit::Done, false);
        while self.limit.is_none_or(|limit| self.started.elapsed() < limit) {
            let library = self.questions.library(&self.app.packs);
            let knowledge = self.app.knowledge_of(library, &self.history);
            let Some(mut turn) = self.session.next(&knowledge, &mut self.rng) else { break };
            turn.of = turn.of.filter(|_| self.limit.is_none());
            if let Flow::Finish(how) = self.turn(turn)? {
                (exit, was_left) = (how, true);
                break;
            }
        }
        let wrong = self.summarise()?;
        Ok(Ended { exit, wrong: if was_left { Vec::new() } else { wrong } })
    }

    fn turn(&mut self, mut turn: Turn) -> Result<Flow> {
        let Some(question) = self.library().question(&turn.question).cloned() else {
            return Ok(Flow::Next);
        };
        let topic = self.library().topic_name(question.id.pack(), &question.topic).to_owned();
        let record = &self.app.learner.record;
        let marks = Marks { flag: record.flag(&question), note: record.note(&question) };
        let text = screens::question::question(self.prompter.look(), &turn, &topic, marks);
        self.prompter.show(&text)?;
        let shown = Instant::now();
        let mut revealed = false;
        loop {
            let has_hint = question.hint.is_some() && !turn.hint_shown && !revealed;
            let said = match self.prompter.ask(QuestionPrompt { asked: &turn.asked, has_hint, revealed })? {
                Prompted::Input(said) => said,
                Prompted::Back => match self.pause(&question)? {
                    Prompted::Input(said) => said,
                    Prompted::Back => continue,
                    Prompted::EndOfInput => return Ok(Flow::Finish(Exit::Done)),
                    Prompted::Quit => return Ok(Flow::Finish(Exit::Interrupted)),
                },
                Prompted::EndOfInput => return Ok(Flow::Finish(Exit::Done)),
                Prompted::Quit => return Ok(Flow::Finish(Exit::Interrupted)),
            };
            match said {
                StudyInput::Reply(reply) => {
                    return self.answer(&turn, &question, &reply, shown.elapsed());
                }
                StudyInput::Reveal => {
                    revealed = true;
                    let text = screens::question::answer(self.prompter.look(), &turn.asked.answer.text());
                    self.prompter.show(&text)?;
                }
                StudyInput::Hint => {
                    turn.hint_shown = true;
                    self.session.show_hint();
                    let text = screens::question::hint(self.prompter.look(), &question);
                    self.prompter.show(&text)?;
                }
                StudyInput::Undo if self.undo()? => return Ok(Flow::Next),
                StudyInput::Undo => self.prompter.say("There is nothing to undo in this sitting.")?,
                StudyInput::Skip => {
                    self.session.skip();
                    return Ok(Flow::Next);
                }
                StudyInput::Suspend => {
                    self.suspend(&question)?;
                    self.session.set_aside();
                    return Ok(Flow::Next);
                }
                StudyInput::Edit => {
                    self.edit(&question)?;
                    return Ok(Flow::Next);
                }
                StudyInput::Finish => return Ok(Flow::Finish(Exit::Done)),
            }
        }
    }

    /// The small menu that Esc opens. Back means: go on.
    fn pause(&mut self, question: &Question) -> Result<Prompted<StudyInput>> {
        let options =
            ["Go on", "Undo the last answer", "Skip this question", "Set this question aside", "Finish"];
        let mut options = options.map(str::to_owned).to_vec();
        if edit::is_own(self.app, question.id.as_str()) {
            options.push("Edit this question".to_owned());
        }
        Ok(match self.prompter.choose("Paused", &options, 0)? {
            Prompted::Input(1) => Prompted::Input(StudyInput::Undo),
            Prompted::Input(2) => Prompted::Input(StudyInput::Skip),
            Prompted::Input(3) => Prompted::Input(StudyInput::Suspend),
            Prompted::Input(4) => Prompted::Input(StudyInput::Finish),
            Prompted::Input(5) => Prompted::Input(StudyInput::Edit),
            Prompted::Input(_) | Prompted::Back => Prompted::Back,
            Prompted::EndOfInput => Prompted::EndOfInput,
            Prompted::Quit => Prompted::Quit,
        })
    }

    /// Opens the question in the editor, and asks it again as it is then. A failure does not end the sitting.
    fn edit(&mut self, question: &Question) -> Result<()> {
        self.session.ask_again();
        let said = match edit::edit(self.app, question.id.as_str()) {
            Err(error) => format!("{error:#}"),
            Ok(Edited::Unchanged) => "The question is as it was.".to_owned(),
            Ok(Edited::Faulty) => "The question was not changed.".to_owned(),
            Ok(Edited::Changed) => {
                self.follow_packs()?;
                "The question is changed. Here it is again.".to_owned()
            }
            Ok(Edited::Renamed(to)) => {
                self.follow_packs()?;
                edit::renamed(question.id.as_str(), &to)
            }
            Ok(Edited::Another(to)) => {
                self.follow_packs()?;
                edit::replaced(question.id.as_str(), &to)
            }
        };
        self.prompter.say(&said)?;
        Ok(())
    }

    /// Takes the packs as an editor has left them; what is remembered is then under the questions' present ids.
    fn follow_packs(&mut self) -> Result<()> {
        self.app.reread_packs();
        self.history = self.app.history()?.clone();
        self.questions = Questions::All;
        self.session.rename(self.app.packs.library());
        Ok(())
    }

    /// Grades and records the answer, and only then shows the verdict.
    fn answer(&mut self, turn: &Turn, question: &Question, reply: &Reply, took: Duration) -> Result<Flow> {
        let Some(outcome) = self.session.answer(reply) else { return Ok(Flow::Next) };
        let mut answered = outcome.answered.clone();
        answered.took_ms = u64::try_from(took.as_millis()).ok();
        self.record(&question.id, answered)?;
        let flow = self.tell(turn, question, reply, &outcome)?;
        if let Flow::Next = flow {
            self.offer_to_set_aside(question, outcome.verdict)?;
        }
        Ok(flow)
    }

    /// Shows the verdict until the learner goes on; in between they may read all reasons, flag the question, write
    /// a note, or take the answer back.
    fn tell(&mut self, turn: &Turn, question: &Question, reply: &Reply, outcome: &Outcome) -> Result<Flow> {
        let look = *self.prompter.look();
        let (mut text, mut has_more) = self.verdict(turn, question, reply, outcome);
        loop {
            let mut keys = vec![('e', "all reasons"), ('f', "flag"), ('n', "note"), ('u', "undo")];
            keys.retain(|(key, _)| *key != 'e' || has_more);
            let sheet = Sheet { text: &text, enter: "next", keys: &keys, stays: true };
            let pressed = self.prompter.read(sheet)?;
            text = String::new();
            let flow = match pressed {
                Prompted::Input(None) => return Ok(Flow::Next),
                Prompted::Input(Some('e')) => {
                    has_more = false;
                    text = screens::verdict::reasons(&look, &turn.asked);
                    continue;
                }
                Prompted::Input(Some('f')) => {
                    flags::ask_flag(self.app, self.prompter, question)?.map(|()| None)
                }
                Prompted::Input(Some('n')) => {
                    flags::ask_note(self.app, self.prompter, question)?.map(|()| None)
                }
                Prompted::Input(Some(_)) => Prompted::Input(Some(StudyInput::Undo)),
                Prompted::Back => self.pause(question)?.map(Some),
                Prompted::EndOfInput => Prompted::EndOfInput,
                Prompted::Quit => Prompted::Quit,
            };
            match flow {
                Prompted::Input(None) | Prompted::Back => {}
                Prompted::Input(Some(StudyInput::Undo)) => {
                    self.undo()?;
                    return Ok(Flow::Next);
                }
                Prompted::Input(Some(StudyInput::Suspend)) => {
                    self.suspend(question)?;
                    return Ok(Flow::Next);
                }
                Prompted::Input(Some(StudyInput::Edit)) => {
                    self.edit(question)?;
                    return Ok(Flow::Next);
                }
                Prompted::Input(Some(StudyInput::Finish)) | Prompted::EndOfInput => {
                    return Ok(Flow::Finish(Exit::Done));
                }
                Prompted::Input(Some(_)) => return Ok(Flow::Next),
                Prompted::Quit => return Ok(Flow::Finish(Exit::Interrupted)),
            }
        }
    }

    /// One answer, one transaction: it is on disk when this returns.
    fn record(&mut self, question: &QuestionId, answered: Answered) -> Result<()> {
        let recorded = self.app.append(vec![Deed::Answered(answered.clone())]);
        let events = match recorded {
            Ok(events) => events,
            Err(error) => {
                self.prompter.say("This answer was not recorded.")?;
                return Err(error.into());
            }
        };
        if self.app.journal.take_has_moved() {
            self.prompter.say(
                "Your journal was replaced since this sitting began. This answer is recorded in the one that is there now.",
            )?;
        }
        if let [event] = &events[..] {
            let review = Review::of(&answered, event.at);
            let before = self.history.learn(&self.app.learner.model, question, &review);
            self.session.note_recorded(Recorded { event: event.id, before });
        }
        Ok(())
    }

    /// The verdict, and whether there are reasons that it does not show.
    fn verdict(&self, turn: &Turn, question: &Question, reply: &Reply, outcome: &Outcome) -> (String, bool) {
        let learned = self.history.learned(&question.id);
        let (model, retention) = (&self.app.learner.model, self.app.learner.settings.retention);
        let term = self.history.totals.learner.term;
        let judged = VerdictView {
            turn,
            question,
            reply,
            verdict: outcome.verdict,
            comes_back: outcome.comes_back,
            due_on: learned.map(|l| l.due_on(model, term, retention)),
            changed: self.changed(question),
            cram: self.cram,
            today: self.app.clock.day,
        };
        (screens::verdict::verdict(self.prompter.look(), &judged), judged.has_more_reasons())
    }

    /// What has changed in the world since the learner knew the answer; told when the new question is first asked.
    fn changed<'q>(&self, question: &'q Question) -> Option<&'q Changed> {
        let history = &self.history;
        let knew = question.replaces.iter().any(|old| history.learned(old).is_some());
        let is_first = history.track(&question.id).is_some_and(|track| track.answers == 1);
        question.changed.as_ref().filter(|_| knew && is_first)
    }

    /// Offers to set a leech aside: it costs more than it brings. Nothing is asked if the look is plain.
    fn offer_to_set_aside(&mut self, question: &Question, verdict: Verdict) -> Result<()> {
        let is_leech = self.history.learned(&question.id).is_some_and(|l| l.is_leech());
        if verdict == Verdict::Right || !is_leech {
            return Ok(());
        }
        if self.prompter.look().plain {
            self.prompter
                .say(&format!("It keeps slipping away. badgedex suspend {} sets it aside.", question.id))?;
        } else if self.prompter.confirm("It keeps slipping away. Set it aside?", false)?
            == Prompted::Input(true)
        {
            self.suspend(question)?;
        }
        Ok(())
    }

    fn suspend(&mut self, question: &Question) -> Result<()> {
        self.app.record(vec![Deed::Suspended { question: question.id.clone() }])?;
        self.prompter.say(&format!("Set aside. badgedex resume {} brings it back.", question.id))?;
        Ok(())
    }

    /// Takes back the last answer of the sitting, in the journal too.
    fn undo(&mut self) -> Result<bool> {
        let Some(event) = self.session.last_event() else { return Ok(false) };
        self.app.append(vec![Deed::Retracted { event }])?;
        if let Some((question, Some(Recorded { before, .. }))) = self.session.undo() {
            self.history.undo(&question, before);
        }
        self.prompter.say("Undone: the last answer. Here is the question again.")?;
        Ok(true)
    }

    /// Tells what the sitting came to; returns what was answered wrong. Only if something was answered, everything
    /// else is looked at again.
    fn summarise(self) -> Result<Vec<QuestionId>> {
        let Sitting { app, session, prompter, questions, history, before, started, .. } = self;
        let seconds = started.elapsed().as_secs();
        if session.answers() == 0 {
            let known = app.knowledge_of(questions.library(&app.packs), &history);
            let summary = session.summary(&before, &before, &known);
            tell(app, prompter, &summary, (&before, &before), seconds, None)?;
            return Ok(Vec::new());
        }
        app.reload()?;
        let after = app.overview()?;
        let summary = session.summary(&before, after, &app.knowledge()?);
        let exam = exam_day(app)?;
        tell(app, prompter, &summary, (&before, after), seconds, exam)?;
        Ok(summary.wrong)
    }
}

fn tell(
    app: &AppContext,
    prompter: &mut dyn Prompter,
    summary: &Summary,
    (before, after): (&Overview, &Overview),
    seconds: u64,
    exam: Option<ExamDay>,
) -> Result<()> {
    let ending = Ending {
        catalogs: &app.packs.catalogs,
        mastered: summary.mastered.iter().filter_map(|id| app.packs.library().question(id)).collect(),
        seconds,
        coming: after.after_today(),
        still_due: after.due,
        memory: (before.memory.days, after.memory.days),
        explains: Explained {
            memory: before.memory.days == 0.0 && after.memory.days >= 0.5,
            mastered: before.all.mastered == 0,
        },
        awards: if app.learner.settings.gamification { after.earned_since(before) } else { Vec::new() },
        exam,
        exam_days: if summary.questions > 0 { exam_days::view(app)? } else { None },
        today: app.clock.day,
    };
    let text = screens::summary::summary(prompter.look(), summary, &ending);
    prompter.show(&text)?;
    Ok(())
}
