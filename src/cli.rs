//! The command line: types only.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::domain::settings::Color;

/// Study for professional credentials, collect them like rare cards, and learn which one to take next.
#[derive(Debug, Parser)]
#[command(name = "badgedex", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Print JSON instead of a screen.
    #[arg(long, global = true)]
    pub json: bool,
    /// Plain lines: no pictures, bars or redrawing (also ACCESSIBLE=1).
    #[arg(long, global = true)]
    pub plain: bool,
    /// Take this day for today.
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// The folder of your data.
    #[arg(long, global = true, value_name = "DIR", env = "BADGEDEX_HOME")]
    pub home: Option<PathBuf>,
    /// Whether to use colour.
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<When>,
    /// Draw the same choices again.
    #[arg(long, global = true, value_name = "NUMBER")]
    pub seed: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

impl From<When> for Color {
    fn from(when: When) -> Color {
        match when {
            When::Auto => Color::Auto,
            When::Always => Color::Always,
            When::Never => Color::Never,
        }
    }
}

#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// A sitting: what is due, then new questions.
    Study(Study),
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
    },
    /// Which credential next, and why.
    Next {
        /// What you do, for this once.
        #[arg(long)]
        role: Option<String>,
        /// Every step of the path, with what is held and missing.
        #[arg(long)]
        explain: bool,
    },
    /// Record that you hold a credential.
    Pass(Pass),
    /// Record an exam that you have booked.
    Schedule {
        credential: String,
        /// The day of the exam.
        #[arg(long, value_name = "DATE", value_parser = day)]
        on: NaiveDate,
        /// What you paid.
        #[arg(long, value_name = "AMOUNT", value_parser = amount)]
        fee: Option<f64>,
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
    Suspend { question: String },
    /// Ask a question again that was set aside.
    Resume { question: String },
    /// What was learned, and what is to come.
    Stats {
        /// Every question ever answered (with --json).
        #[arg(long)]
        all: bool,
    },
    /// Questions.
    #[command(subcommand)]
    Pack(PackCommand),
    /// Your own data.
    #[command(subcommand)]
    Data(DataCommand),
    /// Take back the last thing done.
    Undo,
    /// Change a setting; without a key, show them all.
    Set { key: Option<String>, value: Option<String> },
    /// Completions for a shell.
    Completions { shell: Shell },
    /// The manual page.
    Man,
}

#[derive(Debug, Clone, Default, Args)]
pub struct Study {
    /// How many questions; overrules the daily number of new ones.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub count: Option<u32>,
    /// Stop after so many minutes.
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
    /// Only what was answered wrong the last time.
    #[arg(long)]
    pub mistakes: bool,
    /// The weakest, due or not; leaves the schedule alone.
    #[arg(long)]
    pub cram: bool,
}

#[derive(Debug, Clone, Args)]
pub struct Pass {
    pub credential: String,
    /// The day of the pass; today where it is left out.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// The last valid day, or "never"; the catalog's rule where it is left out.
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// The id by which others can check it.
    #[arg(long, value_name = "ID")]
    pub proof: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum PackCommand {
    /// All packs.
    List,
    /// A pack's questions with their answers.
    Show { pack: String },
    /// Check packs and catalogs for faults.
    Check {
        /// A folder with a pack, or one that holds such folders.
        #[arg(required = true)]
        path: Vec<PathBuf>,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum DataCommand {
    /// Where your data is.
    Where,
    /// Write the journal as JSON lines.
    Export {
        /// Write to this file instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Add a journal to yours.
    Import {
        /// A file that export wrote; - reads standard input.
        file: PathBuf,
    },
    /// Check that your data is sound.
    Check,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "it is no date: write YYYY-MM-DD".to_owned())
}

fn amount(text: &str) -> Result<f64, String> {
    let amount = text.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
    amount.ok_or_else(|| "it is no amount: write a number such as 150".to_owned())
}
