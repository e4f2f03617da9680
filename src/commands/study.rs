//! `study`: a sitting, from the choice of questions to its end.

use std::time::{Duration, Instant};

use anyhow::Result;
use rand::rngs::StdRng;
use uuid::Uuid;

use super::Exit;
use super::desk::Desk;
use super::edit::{self, Edited};
use super::errors::{no_pack, not_found};
use crate::cli;
use crate::session::{Outcome, Session, Summary, Turn};
use crate::ui::prompter::{Prompt, Prompter, Said, Wish};
use crate::ui::screens::{
    self,
    summary::{Ending, ExamDay},
    turn::Judged,
};
use badgedex_domain::grading::{Reply, Verdict};
use badgedex_domain::history::{History, Review, UndoPoint};
use badgedex_domain::journal::{Answered, Deed};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Changed, Question, QuestionId};
use badgedex_domain::selection::{self, Selection, SittingRequest};

/// As many questions as a sitting by the clock may need.
const BY_THE_CLOCK: usize = 10_000;

pub fn run(desk: &mut Desk, wanted: &cli::Study) -> Result<Exit> {
    let mut prompter = desk.prompter()?;
    study(desk, prompter.as_mut(), wanted)
}

/// A sitting with a face that is already there.
pub fn study(desk: &mut Desk, prompter: &mut dyn Prompter, asked_for: &cli::Study) -> Result<Exit> {
    desk.look_at_clock();
    let is_usual = *asked_for == cli::Study::default();
    let selection = if is_usual { desk.overview()?.sitting.clone() } else { selection(desk, asked_for)? };
    if selection.questions.is_empty() {
        return nothing(desk, prompter, &selection, asked_for);
    }
    let limit = asked_for.minutes.map(|m| Duration::from_secs(u64::from(m) * 60));
    let table = if is_usual { desk.sitting() } else { None };
    Sitting::new(desk, prompter, &selection, table, asked_for.cram, limit)?.run()
}

/// What is asked where something is wished for.
fn selection(desk: &Desk, asked_for: &cli::Study) -> Result<Selection> {
    let wanted = wanted(desk, asked_for)?;
    let seen = desk.history()?.totals.first_seen(desk.day());
    let new_left = desk.settings.new_per_day.saturating_sub(seen) as usize;
    Ok(selection::choose(&wanted, &desk.knowledge()?, &desk.record, new_left))
}

fn nothing(
    desk: &Desk,
    prompter: &mut dyn Prompter,
    selection: &Selection,
    asked_for: &cli::Study,
) -> Result<Exit> {
    let text = if asked_for.mistakes {
        "Nothing to repeat: the last answer to every question here was right.".to_owned()
    } else {
        let is_part =
            !asked_for.topic.is_empty() || asked_for.credential.is_some() || asked_for.pack.is_some();
        let coming = match is_part {
            false => desk.overview()?.after_today(),
            true => selection::upcoming(&wanted(desk, asked_for)?, &desk.knowledge()?, &desk.record),
        };
        screens::summary::nothing(prompter.look(), selection, &coming, desk.day(), is_part)
    };
    prompter.show(&text)?;
    Ok(Exit::Done)
}

fn wanted(desk: &Desk, asked_for: &cli::Study) -> Result<SittingRequest> {
    let mut topics = Vec::new();
    for named in &asked_for.topic {
        let found = desk.library().find_topics(named).map_err(|e| not_found(&e))?;
        topics.extend(found.into_iter().map(|(pack, topic)| (pack.id.clone(), topic.id.clone())));
    }
    let credential = asked_for.credential.as_deref().map(|named| desk.catalogs.find_credential(named));
    let pack = asked_for.pack.as_deref().map(|named| desk.library().find_pack(named));
    let by_the_clock = asked_for.minutes.map(|_| BY_THE_CLOCK);
    Ok(SittingRequest {
        topics,
        credential: credential.transpose().map_err(|e| not_found(&e))?.map(|c| c.id.clone()),
        pack: pack.transpose().map_err(|e| no_pack(desk, &e))?.map(|p| p.id.clone()),
        mistakes: asked_for.mistakes,
        cram: asked_for.cram,
        count: asked_for.count.map(|n| n as usize),
        length: by_the_clock,
        exam: desk.record.next_exam(desk.today()).map(|(id, _)| id.clone()),
    })
}

/// What will be remembered of the next exam on its day, by topic, as things stand.
fn exam_day(desk: &Desk) -> Result<Option<ExamDay>> {
    let next = desk.record.next_exam(desk.today());
    let Some((credential, on)) = next.and_then(|(id, b)| Some((desk.catalogs.credential(id)?, b.on))) else {
        return Ok(None);
    };
    let then = Knowledge { day: on, ..desk.knowledge()? };
    let overview = Overview::of(&then, &desk.record, &desk.settings, on);
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

/// What comes after a question.
enum Flow {
    Next,
    Finish(Exit),
}

struct Sitting<'a> {
    desk: &'a mut Desk,
    prompter: &'a mut dyn Prompter,
    session: Session,
    rng: StdRng,
    /// The questions of the sitting; all others too, where they were there already.
    library: Library,
    is_whole: bool,
    /// What is remembered of them, answer by answer.
    history: History,
    /// The sums before the sitting.
    before: Overview,
    /// The answers in the journal, the last one last.
    recorded: Vec<Recorded>,
    /// The last verdict: it is shown together with what comes after it.
    unsaid: Option<String>,
    cram: bool,
    started: Instant,
    limit: Option<Duration>,
}

/// An answer of the sitting, and how it all stood before it.
struct Recorded {
    event: Uuid,
    question: QuestionId,
    before: UndoPoint,
}

impl<'a> Sitting<'a> {
    fn new(
        desk: &'a mut Desk,
        prompter: &'a mut dyn Prompter,
        selection: &Selection,
        table: Option<(Library, History)>,
        cram: bool,
        limit: Option<Duration>,
    ) -> Result<Self> {
        let before = desk.overview()?.clone();
        let is_whole = table.is_none();
        let (library, history) = match table {
            Some(table) => table,
            None => {
                let history = desk.history()?.clone();
                (desk.take_library(), history)
            }
        };
        Ok(Sitting {
            session: Session::new(Uuid::now_v7().to_string(), &selection.questions, cram),
            rng: desk.rng(),
            library,
            is_whole,
            history,
            before,
            recorded: Vec::new(),
            unsaid: None,
            desk,
            prompter,
            cram,
            started: Instant::now(),
            limit,
        })
    }

    /// Turn after turn until there is no question, no time or no wish left.
    fn run(mut self) -> Result<Exit> {
        let mut exit = Exit::Done;
        while self.limit.is_none_or(|limit| self.started.elapsed() < limit) {
            let knowledge = self.desk.knowledge_of(&self.library, &self.history);
            let Some(turn) = self.session.next(&knowledge, &mut self.rng) else { break };
            if let Flow::Finish(how) = self.turn(turn)? {
                exit = how;
                break;
            }
        }
        self.say_verdict()?;
        self.summarise()?;
        Ok(exit)
    }

    fn turn(&mut self, mut turn: Turn) -> Result<Flow> {
        let Some(question) = self.library.question(&turn.question).cloned() else {
            return Ok(Flow::Next);
        };
        let topic = self.library.topic_name(question.id.pack(), &question.topic).to_owned();
        let text = screens::turn::question(self.prompter.look(), &turn, &topic);
        let text = self.unsaid.take().map_or(text.clone(), |verdict| verdict + "\n" + &text);
        self.prompter.show(&text)?;
        let shown = Instant::now();
        let mut revealed = false;
        loop {
            let has_hint = question.hint.is_some() && !turn.hint_shown && !revealed;
            let said = match self.prompter.ask(Prompt { asked: &turn.asked, has_hint, revealed })? {
                Wish::Said(said) => said,
                Wish::Back => match self.pause(&question)? {
                    Wish::Said(said) => said,
                    Wish::Back => continue,
                    Wish::End => return Ok(Flow::Finish(Exit::Done)),
                    Wish::Quit => return Ok(Flow::Finish(Exit::Interrupted)),
                },
                Wish::End => return Ok(Flow::Finish(Exit::Done)),
                Wish::Quit => return Ok(Flow::Finish(Exit::Interrupted)),
            };
            match said {
                Said::Reply(reply) => {
                    self.answer(&turn, &question, &reply, shown.elapsed())?;
                    return Ok(Flow::Next);
                }
                Said::Reveal => {
                    revealed = true;
                    let text = screens::turn::answer(self.prompter.look(), &turn.asked.answer.text());
                    self.prompter.show(&text)?;
                }
                Said::Hint => {
                    turn.hint_shown = true;
                    self.session.show_hint();
                    let text = screens::turn::hint(self.prompter.look(), &question);
                    self.prompter.show(&text)?;
                }
                Said::Undo if self.undo()? => return Ok(Flow::Next),
                Said::Undo => self.prompter.say("There is nothing to take back in this sitting.")?,
                Said::Skip => {
                    self.session.skip();
                    return Ok(Flow::Next);
                }
                Said::Suspend => {
                    self.suspend(&question)?;
                    self.session.set_aside();
                    return Ok(Flow::Next);
                }
                Said::Edit => {
                    self.edit(&question)?;
                    return Ok(Flow::Next);
                }
                Said::Finish => return Ok(Flow::Finish(Exit::Done)),
            }
        }
    }

    /// The small menu behind Esc. Back: go on.
    fn pause(&mut self, question: &Question) -> Result<Wish<Said>> {
        let options =
            ["Go on", "Undo the last answer", "Skip this question", "Set this question aside", "Finish"];
        let mut options = options.map(str::to_owned).to_vec();
        if edit::is_own(self.desk, question.id.as_str()) {
            options.push("Edit this question".to_owned());
        }
        Ok(match self.prompter.choose("Paused", &options, 0)? {
            Wish::Said(1) => Wish::Said(Said::Undo),
            Wish::Said(2) => Wish::Said(Said::Skip),
            Wish::Said(3) => Wish::Said(Said::Suspend),
            Wish::Said(4) => Wish::Said(Said::Finish),
            Wish::Said(5) => Wish::Said(Said::Edit),
            Wish::Said(_) | Wish::Back => Wish::Back,
            Wish::End => Wish::End,
            Wish::Quit => Wish::Quit,
        })
    }

    /// Opens the question in the editor, and puts it again as it is then. What fails ends no sitting.
    fn edit(&mut self, question: &Question) -> Result<()> {
        self.session.ask_again();
        let said = match edit::edit(self.desk, question.id.as_str()) {
            Err(error) => format!("{error:#}"),
            Ok(Edited::Unchanged) => "The question is as it was.".to_owned(),
            Ok(Edited::Faulty) => "The question was not changed.".to_owned(),
            Ok(Edited::Changed) => {
                self.take_packs_up_again()?;
                "The question is changed. Here it is again.".to_owned()
            }
            Ok(edited @ (Edited::Renamed(_) | Edited::Another(_))) => {
                self.take_packs_up_again()?;
                edit::renamed(question.id.as_str(), &edited)
            }
        };
        self.prompter.say(&said)?;
        Ok(())
    }

    /// The packs as an editor has left them; what is remembered is so under the questions' ids of now.
    fn take_packs_up_again(&mut self) -> Result<()> {
        self.desk.reread_packs()?;
        self.history = self.desk.history()?.clone();
        self.library = self.desk.take_library();
        self.is_whole = true;
        for recorded in &mut self.recorded {
            recorded.question = self.library.current_id(&recorded.question).clone();
        }
        Ok(())
    }

    /// Grades, records, and only then says the verdict.
    fn answer(&mut self, turn: &Turn, question: &Question, reply: &Reply, took: Duration) -> Result<()> {
        let Some(outcome) = self.session.answer(reply) else { return Ok(()) };
        let mut answered = outcome.answered.clone();
        answered.took_ms = u64::try_from(took.as_millis()).ok();
        self.record(&question.id, answered)?;
        self.unsaid = Some(self.verdict(turn, question, reply, &outcome));
        self.offer_to_set_aside(question, outcome.verdict)
    }

    /// One answer, one transaction: it is on disk when this returns.
    fn record(&mut self, question: &QuestionId, answered: Answered) -> Result<()> {
        let events = self.desk.append(vec![Deed::Answered(answered.clone())])?;
        if let [event] = &events[..] {
            let before = self.history.learn(&self.desk.model, question, &Review::of(&answered, event.at));
            self.recorded.push(Recorded { event: event.id, question: question.clone(), before });
        }
        Ok(())
    }

    fn verdict(&self, turn: &Turn, question: &Question, reply: &Reply, outcome: &Outcome) -> String {
        let learned = self.history.learned(&question.id);
        let judged = Judged {
            turn,
            question,
            reply,
            verdict: outcome.verdict,
            comes_back: outcome.comes_back,
            due_on: learned.map(|l| l.due_on(&self.desk.model, self.desk.settings.retention)),
            changed: self.changed(question),
            cram: self.cram,
            today: self.desk.day(),
        };
        screens::turn::verdict(self.prompter.look(), &judged)
    }

    /// What the learner knew before the world changed, told the first time that the new question is asked.
    fn changed<'q>(&self, question: &'q Question) -> Option<&'q Changed> {
        let history = &self.history;
        let knew = question.replaces.iter().any(|old| history.learned(old).is_some());
        let is_first = history.track(&question.id).is_some_and(|track| track.answers == 1);
        question.changed.as_ref().filter(|_| knew && is_first)
    }

    /// A leech costs more than it brings. Where input is a pipe nothing is asked, only said.
    fn offer_to_set_aside(&mut self, question: &Question, verdict: Verdict) -> Result<()> {
        let is_leech = self.history.learned(&question.id).is_some_and(|l| l.is_leech());
        if verdict == Verdict::Right || !is_leech {
            return Ok(());
        }
        self.say_verdict()?;
        if self.prompter.look().plain {
            self.prompter
                .say(&format!("It keeps slipping away. badgedex suspend {} sets it aside.", question.id))?;
        } else if self.prompter.confirm("It keeps slipping away. Set it aside?", false)? == Wish::Said(true) {
            self.suspend(question)?;
        }
        Ok(())
    }

    /// Shows the last verdict, where nothing comes after it at once.
    fn say_verdict(&mut self) -> Result<()> {
        if let Some(verdict) = self.unsaid.take() {
            self.prompter.show(&verdict)?;
        }
        Ok(())
    }

    fn suspend(&mut self, question: &Question) -> Result<()> {
        self.desk.record(vec![Deed::Suspended { question: question.id.clone() }])?;
        self.prompter.say(&format!("Set aside. badgedex resume {} brings it back.", question.id))?;
        Ok(())
    }

    /// Takes back the last answer of the sitting, in the journal too.
    fn undo(&mut self) -> Result<bool> {
        let Some(last) = self.recorded.last() else { return Ok(false) };
        self.desk.append(vec![Deed::Retracted { event: last.event }])?;
        if let Some(Recorded { question, before, .. }) = self.recorded.pop() {
            self.history.undo(&question, before);
        }
        self.session.undo();
        self.prompter.say("Taken back: the last answer. Here it is again.")?;
        Ok(true)
    }

    /// Tells what the sitting came to. Only where something was answered is all the rest looked at again.
    fn summarise(self) -> Result<()> {
        let Sitting { desk, session, prompter, library, history, before, started, .. } = self;
        let seconds = started.elapsed().as_secs();
        if session.answers() == 0 {
            let summary = session.summary(&before, &before, &desk.knowledge_of(&library, &history));
            return tell(desk, prompter, &summary, (&before, &before), seconds, None);
        }
        if self.is_whole {
            desk.give_back(library);
        }
        desk.reload()?;
        let after = desk.overview()?.clone();
        let summary = session.summary(&before, &after, &desk.knowledge()?);
        let exam = exam_day(desk)?;
        tell(desk, prompter, &summary, (&before, &after), seconds, exam)
    }
}

fn tell(
    desk: &Desk,
    prompter: &mut dyn Prompter,
    summary: &Summary,
    (before, after): (&Overview, &Overview),
    seconds: u64,
    exam: Option<ExamDay>,
) -> Result<()> {
    let ending = Ending {
        catalogs: &desk.catalogs,
        mastered: summary.mastered.iter().filter_map(|id| desk.library().question(id)).collect(),
        seconds,
        coming: after.after_today(),
        still_due: after.due,
        memory: (before.memory.days, after.memory.days),
        awards: if desk.settings.gamification { after.earned_since(before) } else { Vec::new() },
        exam,
        today: desk.day(),
    };
    let text = screens::summary::summary(prompter.look(), summary, &ending);
    prompter.show(&text)?;
    Ok(())
}
