//! `exam`: mock exams are begun, go on, and are listed, shown and given up.

mod leave;
mod list;
mod opening;
mod report;
pub mod review;
mod running;
mod show;

use anyhow::{Result, bail};

use super::app_context::AppContext;
use super::exit::Exit;
use super::target;
use crate::cli::{ExamArgs, ExamCommand, ExamStartArgs};
use crate::ui::exam_prompt::time_left;
use crate::ui::prompter::{Prompted, Prompter};
use crate::ui::screens;
use badgedex_domain::journal::{Deed, ExamId};
use badgedex_domain::mock_exam::MockExam;
use badgedex_domain::sanitize;
use badgedex_domain::target::Target;
use opening::Opening;

/// A shorter mock exam has this many questions.
const SHORTER: u32 = 20;

/// Begins a mock exam or goes on with an open one; lists, shows or gives one up.
///
/// # Errors
/// A name is not found, there are no questions, the learner's data cannot be read or written, or the terminal is gone.
pub fn run(app: &mut AppContext, wanted: &ExamArgs) -> Result<Exit> {
    match &wanted.command {
        Some(ExamCommand::List) => list::run(app),
        Some(ExamCommand::Show { id, review }) => show::run(app, id.as_deref(), *review),
        Some(ExamCommand::Leave { id }) => leave::run(app, id),
        None if app.ui.json => bail!(
            "a mock exam asks questions and has no JSON\n  what there is: badgedex exam list --json; one in full: badgedex exam show NUMBER --json"
        ),
        None => {
            let target = wanted_target(app, &wanted.start)?;
            let mut prompter = app.ui.prompter()?;
            sit(app, prompter.as_mut(), &target, &wanted.start)
        }
    }
}

/// What a command line names, else the target.
fn wanted_target(app: &AppContext, start: &ExamStartArgs) -> Result<Target> {
    match (start.credential.as_deref(), start.pack.as_deref()) {
        (Some(named), _) => target::resolve(app, named),
        (None, Some(pack)) => target::resolve(app, &Target::Pack(pack.to_owned()).to_string()),
        (None, None) => match &app.learner.settings.target {
            Some(target) => Ok(target.clone()),
            None => bail!(
                "no target is set: which exam?\n  badgedex exam CREDENTIAL, or badgedex exam --pack PACK"
            ),
        },
    }
}

/// A mock exam of a target, from its start screen or its first open question to its result.
///
/// # Errors
/// There are no questions or no such form, the learner's data cannot be read or written, or the terminal is gone.
pub fn sit(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    target: &Target,
    wanted: &ExamStartArgs,
) -> Result<Exit> {
    app.refresh_clock();
    let begun = match app.learner.exams.open(target).cloned() {
        Some(open) => go_on(app, prompter, target, &open)?,
        None => begin(app, prompter, target, wanted)?,
    };
    match begun {
        Prompted::Input(exam) => running::run(app, prompter, &exam),
        Prompted::Back | Prompted::EndOfInput => Ok(Exit::Done),
        Prompted::Quit => Ok(Exit::Interrupted),
    }
}

/// Shows what the exam will be like, and begins it. At a terminal the learner chooses its length first.
fn begin(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    target: &Target,
    wanted: &ExamStartArgs,
) -> Result<Prompted<ExamId>> {
    let mut opening = Opening::of(app, target, wanted)?;
    prompter.show(&screens::exam::start(prompter.look(), &opening.view()))?;
    while !prompter.look().plain {
        let ways = ways(&opening, wanted);
        let names: Vec<String> = ways.iter().map(|way| way.name()).collect();
        match prompter.choose("Begin?", &names, 0)? {
            Prompted::Input(place) => match &ways[place] {
                Way::Start => break,
                Way::Back => return Ok(Prompted::Back),
                Way::Other { wanted, .. } => opening = Opening::of(app, target, wanted)?,
            },
            left => return Ok(left.map(|_| ExamId::new(""))),
        }
        prompter.show(&screens::exam::start(prompter.look(), &opening.view()))?;
    }
    let exam = opening.exam.clone();
    app.record(vec![Deed::ExamStarted(opening.started(app))])?;
    Ok(Prompted::Input(exam))
}

/// What the start screen offers.
enum Way {
    Start,
    /// The same exam in another length, or without a clock: its start screen is shown first.
    Other {
        name: &'static str,
        wanted: Box<ExamStartArgs>,
    },
    Back,
}

impl Way {
    fn name(&self) -> String {
        match self {
            Way::Start => "Start".to_owned(),
            Way::Other { name, .. } => (*name).to_owned(),
            Way::Back => "Back".to_owned(),
        }
    }
}

fn ways(opening: &Opening, wanted: &ExamStartArgs) -> Vec<Way> {
    let now = opening.wanted();
    let other = |name, wanted: ExamStartArgs| Way::Other { name, wanted: Box::new(wanted) };
    let shorter = ExamStartArgs { questions: Some(SHORTER), form: None, minutes: None, ..now.clone() };
    let untimed = ExamStartArgs { untimed: true, minutes: None, ..now.clone() };
    let timed = ExamStartArgs { untimed: false, ..now.clone() };
    let full = ExamStartArgs { questions: None, minutes: wanted.minutes, ..now.clone() };
    let mut ways = vec![Way::Start];
    if now.questions.is_none() && opening.questions() > SHORTER as usize {
        ways.push(other("Shorter: 20 questions", shorter));
    } else if now.questions.is_some() && wanted.questions.is_none() {
        ways.push(other("Full length", full));
    }
    ways.push(if now.untimed { other("With the clock", timed) } else { other("Untimed", untimed) });
    ways.push(Way::Back);
    ways
}

/// Goes on with an open exam. At a terminal the learner may also give it up.
fn go_on(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    target: &Target,
    open: &MockExam,
) -> Result<Prompted<ExamId>> {
    let title = report::title_of(app, target);
    let view = screens::exam::OpenView {
        title: &title,
        questions: open.questions().len(),
        answered: open.answered(),
        seconds_left: report::seconds_left_in_break(open),
    };
    prompter.show(&screens::exam::go_on(prompter.look(), &view))?;
    if !prompter.look().plain {
        let ways = ["Go on", "Give it up: no result, its questions are released", "Back"];
        match prompter.choose("A mock exam is open", &ways.map(str::to_owned), 0)? {
            Prompted::Input(0) => {}
            Prompted::Input(1) => {
                leave::give_up(app, open.id())?;
                prompter.say("Given up. Its questions are ordinary study questions now.")?;
                return Ok(Prompted::Back);
            }
            Prompted::Input(_) | Prompted::Back | Prompted::EndOfInput => return Ok(Prompted::Back),
            Prompted::Quit => return Ok(Prompted::Quit),
        }
    }
    app.record(vec![Deed::ExamResumed { exam: open.id().clone() }])?;
    Ok(Prompted::Input(open.id().clone()))
}

/// The exam that a person means by its number in the list or its id; without one the last.
///
/// # Errors
/// There is no such exam, or none at all.
fn find<'a>(app: &'a AppContext, named: Option<&str>) -> Result<&'a MockExam> {
    let all = app.learner.exams.all();
    let Some(named) = named else {
        return match all.last() {
            Some(last) => Ok(last),
            None => bail!("there is no mock exam yet\n  badgedex exam begins one"),
        };
    };
    let typed = named.trim();
    let by_number = typed.parse::<usize>().ok().and_then(|number| all.get(number.checked_sub(1)?));
    match all.iter().find(|exam| exam.id().as_str() == typed).or(by_number) {
        Some(exam) => Ok(exam),
        None => bail!(
            "there is no mock exam \"{}\"\n  badgedex exam list shows their numbers",
            sanitize::line(typed)
        ),
    }
}

/// "12 of 65 answered, 71 minutes left", for a menu; `None` if no exam of the target is open.
pub fn open_label(app: &AppContext, target: &Target) -> Option<String> {
    let open = app.learner.exams.open(target)?;
    let left = report::seconds_left_in_break(open);
    let left = left.map_or_else(String::new, |seconds| format!(", {}", time_left(seconds)));
    Some(format!("{} of {} answered{left}", open.answered(), open.questions().len()))
}

/// All mock exams one a line, for a menu to choose from, the newest first, with their ids.
///
/// # Errors
/// The store cannot be read.
pub fn choices(app: &AppContext) -> Result<Vec<(ExamId, String)>> {
    let lines = report::ExamReports::of(app)?.lines();
    let names = lines.iter().map(screens::exam::one_line);
    let ids = app.learner.exams.all().iter().map(|exam| exam.id().clone());
    Ok(ids.zip(names).rev().collect())
}
