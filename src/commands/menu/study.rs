//! Study: what can be studied now, and for how long.

use std::collections::BTreeSet;

use anyhow::Result;

use super::{Flow, say, wait};
use crate::cli::StudyArgs;
use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::{exam_days, set, study, target};
use crate::ui::prompter::{Prompted, Prompter};
use crate::ui::screens::exam_days::CatchUp;
use crate::ui::text::{count, percent};

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::exam_days::AIM;
use badgedex_domain::selection::Selection;

/// How many more questions are offered at a time.
const MORE: u32 = 10;

/// What can be studied now.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Offered {
    /// The day's sitting.
    Continue,
    /// On the morning of an exam.
    WarmUp(CredentialId),
    /// Questions beyond today's.
    More,
    /// What a learner can do who is behind.
    CatchUp(Vec<CatchUp>),
    Mistakes,
    Choose,
    HowLong,
    /// The weakest, due or not.
    Weakest,
}

/// "Study: 24 today".
pub fn label(app: &AppContext) -> Result<String> {
    let sitting = &app.overview()?.sitting;
    Ok(match sitting.questions.len() {
        0 => "Study".to_owned(),
        number => format!("Study: {number} today"),
    })
}

/// Offers what can be studied, and starts it.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let offered = offered(app)?;
    let options: Vec<String> =
        offered.iter().map(|offer| words(app, offer)).collect::<Result<Vec<String>>>()?;
    let chosen = prompter.choose("Study", &options, 0)?;
    let Prompted::Input(place) = chosen else { return Ok(Flow::left(&chosen)) };
    let wanted = match &offered[place] {
        Offered::Continue => StudyArgs::default(),
        Offered::WarmUp(id) => StudyArgs {
            minutes: Some(10),
            credential: Some(id.to_string()),
            cram: true,
            ..StudyArgs::default()
        },
        Offered::More => StudyArgs { count: Some(MORE), ..StudyArgs::default() },
        Offered::CatchUp(ways) => return catch_up(app, prompter, ways),
        Offered::Mistakes => StudyArgs { mistakes: true, ..StudyArgs::default() },
        Offered::Weakest => StudyArgs { cram: true, ..StudyArgs::default() },
        Offered::HowLong => match how_long(prompter, StudyArgs::default())? {
            Prompted::Input(wanted) => wanted,
            left => return Ok(Flow::left(&left)),
        },
        Offered::Choose => {
            let topics = match topics(app, prompter)? {
                Prompted::Input(topics) if topics.is_empty() => return Ok(Flow::Back),
                Prompted::Input(topics) => {
                    let packs: BTreeSet<&str> =
                        topics.iter().filter_map(|t| Some(t.split_once('/')?.0)).collect();
                    if let [pack] = packs.into_iter().collect::<Vec<_>>()[..] {
                        set::put_first(app, pack)?;
                    }
                    topics
                }
                left => return Ok(Flow::left(&left)),
            };
            match how_long(prompter, StudyArgs { topic: topics, ..StudyArgs::default() })? {
                Prompted::Input(wanted) => wanted,
                left => return Ok(Flow::left(&left)),
            }
        }
    };
    sit(app, prompter, &wanted)
}

/// A sitting; what it came to stays until a key is pressed.
pub fn sit(app: &mut AppContext, prompter: &mut dyn Prompter, wanted: &StudyArgs) -> Result<Flow> {
    match study::study(app, prompter, wanted)? {
        Exit::Interrupted => Ok(Flow::Quit),
        _ => wait(prompter),
    }
}

fn offered(app: &AppContext) -> Result<Vec<Offered>> {
    let overview = app.overview()?;
    let Selection { questions, waiting, .. } = &overview.sitting;
    let today = app.clock.today;
    let on_its_day = app.learner.record.bookings().find(|(_, booking)| booking.on == today);
    let has_answers = overview.answers > 0;
    let ways = exam_days::ways_to_catch_up(app)?;
    let all = [
        (
            on_its_day.is_some(),
            Offered::WarmUp(on_its_day.map_or(CredentialId::new(""), |(id, _)| id.clone())),
        ),
        (!questions.is_empty(), Offered::Continue),
        (*waiting > 0, Offered::More),
        (!ways.is_empty(), Offered::CatchUp(ways)),
        (has_answers, Offered::Mistakes),
        (true, Offered::Choose),
        (true, Offered::HowLong),
        (has_answers, Offered::Weakest),
    ];
    Ok(all.into_iter().filter(|(is_offered, _)| *is_offered).map(|(_, offer)| offer).collect())
}

fn words(app: &AppContext, offer: &Offered) -> Result<String> {
    let sitting = &app.overview()?.sitting;
    Ok(match offer {
        Offered::Continue => {
            let what = match target::view(app)? {
                Some(view) if view.questions > 0 => format!("Continue: {}, ", view.name),
                _ => "Continue: ".to_owned(),
            };
            match (sitting.questions.len(), sitting.new) {
                (all, 0) => format!("{what}{all} today"),
                (all, new) if all == new => format!("{what}{new} new today"),
                (all, new) => format!("{what}{all} today ({new} new)"),
            }
        }
        Offered::WarmUp(_) => "Warm up: ten minutes on your weakest questions".to_owned(),
        Offered::More => {
            let number = MORE.min(sitting.waiting as u32);
            let what = if sitting.exam.is_some() { "more questions" } else { "more new questions" };
            format!("{number} {what}")
        }
        Offered::CatchUp(_) => format!("Catch up: remember {} on the exam day", percent(AIM)),
        Offered::Mistakes => "What I got wrong".to_owned(),
        Offered::Choose => "Choose packs or topics".to_owned(),
        Offered::HowLong => "How long: questions or minutes".to_owned(),
        Offered::Weakest => "The weakest, without changing the schedule".to_owned(),
    })
}

/// Offers the ways to catch up, and takes one.
fn catch_up(app: &mut AppContext, prompter: &mut dyn Prompter, ways: &[CatchUp]) -> Result<Flow> {
    let daily = app.overview()?.sitting.exam.as_ref().map_or(0, |exam| exam.daily);
    let mut options: Vec<String> = ways.iter().map(|way| way.words(daily)).collect();
    options.push("Leave it as it is".to_owned());
    let chosen = prompter.choose("How do you want to catch up?", &options, 0)?;
    let Prompted::Input(place) = chosen else { return Ok(Flow::left(&chosen)) };
    let Some(way) = ways.get(place) else { return Ok(Flow::Back) };
    let text = exam_days::catch_up(app, way)?;
    say(prompter, &text)
}

/// For how long: questions or minutes.
fn how_long(prompter: &mut dyn Prompter, wanted: StudyArgs) -> Result<Prompted<StudyArgs>> {
    let minutes = [5, 10, 20, 30];
    let questions = [10, 20, 50];
    let mut options = vec!["Today's questions".to_owned()];
    options.extend(minutes.map(|number| format!("{number} minutes")));
    options.extend(questions.map(|number| format!("{number} questions")));
    Ok(prompter.choose("How long?", &options, 0)?.map(|place| match place.checked_sub(1) {
        None => wanted,
        Some(place) if place < minutes.len() => StudyArgs { minutes: Some(minutes[place]), ..wanted },
        Some(place) => StudyArgs { count: Some(questions[place - minutes.len()]), ..wanted },
    }))
}

/// Topics of any packs, as commands take them.
fn topics(app: &AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<Vec<String>>> {
    let overview = app.overview()?;
    let topics: Vec<_> = overview.topics.iter().filter(|topic| topic.mastery.questions > 0).collect();
    let packs = topics.chunk_by(|a, b| a.pack == b.pack);
    let mut options = Vec::new();
    let mut named: Vec<Vec<String>> = Vec::new();
    for pack in packs {
        let id = |topic: &str| format!("{}/{topic}", pack[0].pack);
        options.push(format!("{}: all", pack[0].pack_title));
        named.push(pack.iter().map(|topic| id(&topic.topic)).collect());
        for topic in pack {
            let questions = count(topic.mastery.questions, "question", "questions");
            let mastery = percent(topic.mastery.mean.unwrap_or(0.0));
            options.push(format!("  {}: {questions}, {mastery}", topic.name));
            named.push(vec![id(&topic.topic)]);
        }
    }
    let chosen = prompter.choose_many("Which packs or topics?", &options, &[])?;
    Ok(chosen.map(|places| {
        let mut all: Vec<String> = places.into_iter().flat_map(|place| named[place].clone()).collect();
        all.dedup();
        all
    }))
}
