//! The command line: types only. Their doc comments are the texts of `--help`, so what is said to
//! programmers about a type of arguments is a plain comment.

mod formats;
#[cfg(test)]
mod reference;

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use serde_json::Number;

use badgedex_domain::catalog::Expires;
use badgedex_domain::period::PartialDate;
use badgedex_domain::settings::Color;
use badgedex_domain::typed_date;
pub use formats::{ExportFormat, ImportFormat};

/// Study for professional credentials, collect them like rare cards, and learn which one to take next.
#[derive(Debug, Parser)]
#[command(name = "badgedex", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Option<Command>,
}

// What can be said with every command.
#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    /// Print JSON instead of a screen.
    #[arg(long, global = true)]
    pub json: bool,
    /// Plain lines: no pictures, bars or redrawing (also ACCESSIBLE=1).
    #[arg(long, global = true)]
    pub plain: bool,
    /// Take this day for today.
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// The folder of your data (also BADGEDEX_HOME).
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Whether to use color.
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<ColorWhen>,
    /// Draw the same choices again.
    #[arg(long, global = true, value_name = "NUMBER")]
    pub seed: Option<u64>,
}

// When colors are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

impl From<ColorWhen> for Color {
    fn from(when: ColorWhen) -> Color {
        match when {
            ColorWhen::Auto => Color::Auto,
            ColorWhen::Always => Color::Always,
            ColorWhen::Never => Color::Never,
        }
    }
}

// All commands; none opens the menu.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// A sitting: what is due, then new questions.
    Study(StudyArgs),
    /// What you are preparing for, and when.
    Target(TargetArgs),
    /// A mock exam under the clock, answers at the end; an open one goes on.
    Exam(ExamArgs),
    /// How likely you are to pass, and where an hour of study brings most.
    Ready(ReadyArgs),
    /// What is due, by pack and topic.
    Due {
        /// One line for a shell prompt; exit code 0 when something is due, 1 when not.
        #[arg(long)]
        short: bool,
    },
    /// The collection, or one badge in full.
    Badges {
        /// A credential: id, short name, exam code or part of the name.
        credential: Option<String>,
        /// Where the facts about it come from, and what is disputed.
        #[arg(long, requires = "credential")]
        sources: bool,
        /// Whose collection.
        #[arg(long)]
        issuer: Option<String>,
    },
    /// Which credential next, and why.
    Next {
        /// What you do, for this once.
        #[arg(long)]
        role: Option<String>,
        /// Every step of the path, with what is held and missing.
        #[arg(long)]
        explain: bool,
        /// Whose path.
        #[arg(long)]
        issuer: Option<String>,
    },
    /// The way to a credential, or along the whole path: exams, fees, dates, renewals.
    Plan(PlanArgs),
    /// Record that you hold a credential, or read a badge file of Credly or Open Badges.
    Pass(PassArgs),
    /// Record an exam that you did not pass.
    Fail {
        credential: String,
        /// The day of the exam; today where it is left out.
        #[arg(long, value_name = "DATE", value_parser = day)]
        on: Option<NaiveDate>,
        /// The score that the issuer gave you.
        #[arg(long, value_name = "NUMBER", value_parser = score)]
        score: Option<Number>,
    },
    /// Record an exam that you have booked.
    Schedule {
        credential: String,
        /// The day of the exam.
        #[arg(long, value_name = "DATE", value_parser = day)]
        on: NaiveDate,
        /// What you paid.
        #[arg(long, value_name = "AMOUNT", value_parser = amount)]
        fee: Option<f64>,
        /// Where: a test centre, or "online".
        #[arg(long)]
        place: Option<String>,
    },
    /// Move a booked exam to another day.
    Move {
        credential: String,
        /// The new day.
        #[arg(long, value_name = "DATE", value_parser = day)]
        on: NaiveDate,
    },
    /// Take a booking back.
    Unschedule { credential: String },
    /// Take a credential out of your collection.
    Drop { credential: String },
    /// Never suggest a credential.
    Skip { credential: String },
    /// Suggest a skipped credential again.
    Unskip { credential: String },
    /// Set a question aside.
    Suspend {
        /// Its id.
        #[arg(required_unless_present = "least")]
        question: Option<String>,
        /// Instead, set aside this many new questions of the next exam: those that count least.
        #[arg(long, value_name = "NUMBER", conflicts_with = "question", value_parser = clap::value_parser!(u32).range(1..))]
        least: Option<u32>,
    },
    /// Ask a question again that was set aside.
    Resume { question: String },
    /// Find questions by words in their stems, choices, reasons and topics.
    Search {
        /// The words, in any order; the beginning of a word is enough.
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
    },
    /// Mark a question, for example because its key seems wrong; it is asked as before.
    Flag {
        /// The id of the question.
        question: String,
        /// What is wrong with it.
        #[arg(value_name = "WHY")]
        why: Vec<String>,
    },
    /// Take the mark of a question away.
    Unflag {
        /// The id of the question.
        question: String,
    },
    /// The questions that you have flagged.
    Flags,
    /// Write a note on a question; without a text, show it.
    Note {
        /// The id of the question.
        question: String,
        /// The note; an empty text removes it.
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
    },
    /// Exams, expiries and renewal windows as iCalendar.
    Calendar {
        /// Write to this file instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Also the days until the next exam, with the number of questions of each.
        #[arg(long)]
        study: bool,
    },
    /// The news of a credential, or the whole collection, to show to others.
    Share(ShareArgs),
    /// What was learned, and what is to come.
    Stats {
        /// Every question ever answered (with --json).
        #[arg(long)]
        all: bool,
        /// Write the page as a picture (SVG) to this file.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["all", "json"])]
        svg: Option<PathBuf>,
    },
    /// Fit the memory's parameters to your own answers; they are used where they predict better.
    Tune(TuneArgs),
    /// What was earned by remembering, and what can be.
    Awards,
    /// Questions.
    #[command(subcommand)]
    Pack(PackCommand),
    /// Your own data.
    #[command(subcommand)]
    Data(DataCommand),
    /// Take back the last thing done.
    Undo,
    /// Change a setting; without a key, show them all.
    Set {
        /// The name of the setting; off/PACK leaves a pack out of study.
        key: Option<String>,
        /// Its new value.
        value: Option<String>,
    },
    /// Completions for a shell.
    Completions { shell: Shell },
    /// The manual page.
    Man,
}

// What is prepared for.
#[derive(Debug, Clone, Default, Args)]
pub struct TargetArgs {
    /// A credential (id, short name, exam code or part of the name), or none; shows the target if left out.
    pub credential: Option<String>,
    /// A pack of your own, for an exam that no catalog knows; its topics are the domains.
    #[arg(long, value_name = "PACK", conflicts_with = "credential")]
    pub pack: Option<String>,
    /// The day of the exam. A booked exam overrules it.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
}

// A mock exam, or what is done with those there are.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ExamArgs {
    #[command(flatten)]
    pub start: ExamStartArgs,
    #[command(subcommand)]
    pub command: Option<ExamCommand>,
}

// How a mock exam is begun.
#[derive(Debug, Clone, Default, Args)]
pub struct ExamStartArgs {
    /// A credential (id, short name, exam code or part of the name); your target if left out.
    pub credential: Option<String>,
    /// A pack of your own, for an exam that no catalog knows; its topics are the domains.
    #[arg(long, value_name = "PACK", conflicts_with = "credential")]
    pub pack: Option<String>,
    /// The form; one that you have not had yet if left out.
    #[arg(long, value_name = "F")]
    pub form: Option<String>,
    /// How many questions, for a shorter exam of the same domains; it leaves the forms alone.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub questions: Option<u32>,
    /// How many minutes; those of the exam if left out, in proportion to its questions.
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=1_440))]
    pub minutes: Option<u32>,
    /// Without a clock.
    #[arg(long, conflicts_with = "minutes")]
    pub untimed: bool,
}

// What is done with the mock exams there are.
#[derive(Debug, Clone, Subcommand)]
pub enum ExamCommand {
    /// All mock exams, with their results.
    List,
    /// The result of a mock exam.
    Show {
        /// Its number in the list, or its id; the last one if left out.
        id: Option<String>,
        /// Go over its questions, with answers and reasons.
        #[arg(long)]
        review: bool,
    },
    /// Give up an open mock exam: no result, and its questions are released.
    Leave {
        /// Its number in the list, or its id.
        id: String,
    },
}

// Which questions a sitting asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct StudyArgs {
    /// How many questions; overrules the daily number of new ones.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub count: Option<u32>,
    /// Stop after this many minutes.
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=1_440))]
    pub minutes: Option<u32>,
    /// Only this topic; may be given several times.
    #[arg(long, value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// Only questions about this credential.
    #[arg(long, value_name = "CREDENTIAL")]
    pub credential: Option<String>,
    /// Only this pack.
    #[arg(long, value_name = "PACK")]
    pub pack: Option<String>,
    /// Only questions with all of these words, as badgedex search finds them.
    #[arg(long, value_name = "WORDS", num_args = 1..)]
    pub search: Vec<String>,
    /// Only what was answered wrong the last time.
    #[arg(long)]
    pub mistakes: bool,
    /// The weakest, due or not; leaves the schedule alone.
    #[arg(long)]
    pub cram: bool,
}

// What fitting does besides showing its result.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct TuneArgs {
    /// Show what fitting brings, and record nothing.
    #[arg(long, conflicts_with = "reset")]
    pub dry_run: bool,
    /// Go back to the usual parameters.
    #[arg(long)]
    pub reset: bool,
}

// Where a plan leads, and within which limits.
#[derive(Debug, Clone, Default, Args)]
pub struct PlanArgs {
    /// Where to; the whole path where it is left out.
    pub credential: Option<String>,
    /// Whose path.
    #[arg(long)]
    pub issuer: Option<String>,
    /// How many exams a month.
    #[arg(long, value_name = "NUMBER", value_parser = pace)]
    pub per_month: Option<f64>,
    /// By which day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub by: Option<NaiveDate>,
    /// For how much money.
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub budget: Option<f64>,
}

// What is shown to others, and in which form.
#[derive(Debug, Clone, Args)]
#[command(group = clap::ArgGroup::new("form").multiple(false))]
pub struct ShareArgs {
    /// A credential that you hold; the whole collection where it is left out.
    pub credential: Option<String>,
    /// A short text (what is written where no form is asked for).
    #[arg(long, group = "form")]
    pub text: bool,
    /// A card as SVG.
    #[arg(long, group = "form")]
    pub svg: bool,
    /// A card as PNG, 1200 by 630.
    #[arg(long, group = "form")]
    pub png: bool,
    /// A page of the whole collection.
    #[arg(long, group = "form")]
    pub html: bool,
    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Show the proof ids, so that others can check.
    #[arg(long)]
    pub proof: bool,
    /// Your name, as it should appear there.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Whose collection.
    #[arg(long)]
    pub issuer: Option<String>,
}

impl ShareArgs {
    /// The news of a credential, or of the whole collection, as a text.
    pub fn text_of(credential: Option<&str>) -> ShareArgs {
        ShareArgs {
            credential: credential.map(str::to_owned),
            text: true,
            svg: false,
            png: false,
            html: false,
            out: None,
            proof: false,
            name: None,
            issuer: None,
        }
    }
}

/// When something was passed, as exactly as the person remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassDay {
    On(PartialDate),
    Unknown,
}

// An exam, and the day on which it might be.
#[derive(Debug, Clone, Default, Args)]
pub struct ReadyArgs {
    /// The exam; your target if left out, else the next one that is booked.
    pub credential: Option<String>,
    /// The day of the exam; the one that is booked or set if left out, else today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// A question bank of an exam that no catalog knows.
    #[arg(long, value_name = "ID", conflicts_with = "credential")]
    pub pack: Option<String>,
}

// A pass, or the file that proves some.
#[derive(Debug, Clone, Args)]
pub struct PassArgs {
    #[arg(required_unless_present = "from")]
    pub credential: Option<String>,
    /// Read a badge file: Credly's badges.json, Open Badges 2.0 or 3.0, a badge picture (PNG).
    #[arg(long, value_name = "FILE", conflicts_with_all = ["credential", "on", "expires", "proof", "score"])]
    pub from: Option<PathBuf>,
    /// Record what the file holds without asking.
    #[arg(long, requires = "from")]
    pub yes: bool,
    /// The day of the pass, or its month or year, or "unknown"; today if left out.
    #[arg(long, value_name = "DATE", value_parser = pass_day)]
    pub on: Option<PassDay>,
    /// The last valid day, or "never"; the catalog's rule where it is left out.
    #[arg(long, value_name = "DATE", value_parser = expiry)]
    pub expires: Option<Expires>,
    /// The id by which others can check it.
    #[arg(long, value_name = "ID")]
    pub proof: Option<String>,
    /// The score that the issuer gave you.
    #[arg(long, value_name = "NUMBER", value_parser = score)]
    pub score: Option<Number>,
}

// What can be done with packs.
#[derive(Debug, Clone, Subcommand)]
pub enum PackCommand {
    /// All packs.
    List,
    /// A pack's questions with their answers.
    Show {
        pack: String,
        /// Also the questions that are held back for mock exams. Whoever has seen them learns less from the exam.
        #[arg(long)]
        held_back: bool,
        /// The statements that the questions are about, instead of the questions.
        #[arg(long, conflicts_with = "held_back")]
        facts: bool,
    },
    /// Leave a pack out of study: its questions are not asked and not counted; what was learned is kept.
    Off { pack: String },
    /// Take a pack back into study.
    On { pack: String },
    /// Lay out a new pack; asks what is not given.
    New(PackNewArgs),
    /// Check packs and catalogs for errors.
    Check {
        /// A folder with a pack, or one that holds such folders; or the id of one of your own packs.
        #[arg(required = true)]
        path: Vec<PathBuf>,
        /// List what makes questions bad, too.
        #[arg(long)]
        strict: bool,
        /// Put right what can be meant in one way only, in the files; every change is told.
        #[arg(long)]
        fix: bool,
    },
    /// Install a pack: a folder, a file that export wrote as JSON, or a zip archive.
    Add {
        /// Where the pack is.
        source: PathBuf,
    },
    /// Take one of your own packs out; its answers stay.
    Remove {
        pack: String,
        /// Do it without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Put a newer state of one of your own packs in its place.
    Update {
        pack: String,
        /// Where the newer state is: a folder, a file or an archive, as for add.
        source: PathBuf,
        /// Say what would change, and write nothing.
        #[arg(long)]
        dry_run: bool,
        /// Do it without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Change a question of one of your own packs in your editor (VISUAL or EDITOR).
    Edit { question: String },
    /// Make a pack of questions that another program wrote.
    Import(ImportArgs),
    /// Write a pack as another program reads it.
    Export {
        pack: String,
        /// The format.
        #[arg(long = "as", value_enum, value_name = "FORMAT")]
        format: ExportFormat,
        /// Also the questions that are held back for mock exams.
        #[arg(long)]
        held_back: bool,
        /// Write to this file instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

// Files of another program, and how to read them.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// Files with questions; with --name they make one pack, else each its own.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The format; recognized by the content of the file if left out.
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub format: Option<ImportFormat>,
    /// Say what would come in, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// What a column holds, by its name or number: question=2; may be given several times.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// The name of the pack.
    #[arg(long)]
    pub name: Option<String>,
    /// Take the file's questions in the place of those that you edited since the last import.
    #[arg(long)]
    pub replace: bool,
    /// The encoding of the files, such as windows-1252; detected if it is not given.
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// The credential that the questions are about.
    #[arg(long)]
    pub credential: Option<String>,
    /// Bring the past reviews of an Anki package along, as answers with their dates.
    #[arg(long)]
    pub history: bool,
}

impl ImportArgs {
    /// One file, as it is recognized.
    pub fn of_file(file: PathBuf) -> ImportArgs {
        ImportArgs {
            files: vec![file],
            format: None,
            dry_run: false,
            map: Vec::new(),
            name: None,
            replace: false,
            encoding: None,
            credential: None,
            history: false,
        }
    }
}

// What is known of a new pack before anything is asked.
#[derive(Debug, Clone, Default, Args)]
pub struct PackNewArgs {
    /// Its id, for the folder of your own packs; or a folder elsewhere, as ./notes. Made of the title where it is left out.
    #[arg(value_name = "DIR|ID")]
    pub at: Option<PathBuf>,
    /// What people read in lists.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The credential whose exam asks what the pack teaches; or none.
    #[arg(long, value_name = "CREDENTIAL")]
    pub credential: Option<String>,
    /// The pack teaches facts about the credential: fees, expiry, order.
    #[arg(long, requires = "credential")]
    pub about: bool,
    /// Its topics, with commas between.
    #[arg(long, value_name = "TOPIC,..")]
    pub topics: Option<String>,
    /// Under which terms others may use it: CC-BY-4.0, all rights reserved.
    #[arg(long, value_name = "LICENCE")]
    pub licence: Option<String>,
}

// What can be done with the learner's data.
#[derive(Debug, Clone, Subcommand)]
pub enum DataCommand {
    /// Where your data is.
    Where,
    /// Write the journal as JSON lines.
    Export {
        /// Write to this file instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write your own packs and catalogs to this file.
        #[arg(long, value_name = "FILE")]
        packs: Option<PathBuf>,
    },
    /// Add a journal, or packs, to yours.
    Import {
        /// A file that export wrote; - reads a journal from standard input.
        file: PathBuf,
    },
    /// Write a backup now.
    Backup {
        /// Where to; the folder of backups where it is left out.
        file: Option<PathBuf>,
    },
    /// Go back to a backup; after damage, also to what can still be read.
    Restore {
        /// Which backup; the newest that can be read where it is left out.
        file: Option<PathBuf>,
    },
    /// Bring several of your devices to the same state through a folder that they share.
    Sync {
        /// A folder that another program keeps the same everywhere.
        dir: PathBuf,
    },
    /// Check that your data is sound.
    Check,
}

/// The years that the journal's clock can hold, with room to spare.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

fn day(text: &str) -> Result<NaiveDate, String> {
    let shaped = text.len() == 10;
    let day = text.parse::<NaiveDate>().ok().filter(|day| shaped && YEARS.contains(&day.year()));
    day.ok_or_else(|| "not a date from 1900 to 2200: write it as 2027-03-14".to_owned())
}

/// A day, or what a person remembers of it: a month or a year, in words or with dashes, or "unknown". Other digits
/// are refused, since `04.05.` and `04/05/` mean two days.
fn pass_day(text: &str) -> Result<PassDay, String> {
    if text.eq_ignore_ascii_case("unknown") {
        return Ok(PassDay::Unknown);
    }
    let refused =
        || "not a date: write it as 2027-03-14, \"14 March 2027\", \"March 2027\" or 2027".to_owned();
    if text.contains(['.', '/']) {
        return Err(refused());
    }
    // "today" may be another day: see `--today`.
    let when = typed_date::parse(text, NaiveDate::MIN).map_err(|_| refused())?;
    Some(PassDay::On(when)).filter(|_| YEARS.contains(&when.first().year())).ok_or_else(refused)
}

fn expiry(text: &str) -> Result<Expires, String> {
    if text.eq_ignore_ascii_case("never") {
        return Ok(Expires::Never);
    }
    day(text).map(Expires::On).map_err(|_| "not a date: write it as 2027-03-14, or never".to_owned())
}

fn pace(text: &str) -> Result<f64, String> {
    let pace = text.parse::<f64>().ok().filter(|n| n.is_finite() && (0.01..=31.0).contains(n));
    pace.ok_or_else(|| "not a pace: write how many exams a month, from 0.01 to 31".to_owned())
}

fn amount(text: &str) -> Result<f64, String> {
    let amount = text.parse::<f64>().ok().filter(|n| (0.0..=1e9).contains(n));
    amount.ok_or_else(|| "not an amount: write a number such as 150".to_owned())
}

/// A whole score stays a whole number in the journal.
pub fn score(text: &str) -> Result<Number, String> {
    let whole = text.parse::<u32>().ok().map(Number::from);
    let number = || text.parse::<f64>().ok().filter(|n| (0.0..=1e9).contains(n)).and_then(Number::from_f64);
    whole.or_else(number).ok_or_else(|| "not a score: write a number such as 812".to_owned())
}
