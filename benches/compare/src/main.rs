//! Measures badgedex against small programs, hashcards and Anki in one run, and writes what came of it.

mod bench;
mod data;
mod machine;
mod options;
mod process;
mod race;
mod report;
mod sitting;
mod table;
mod tools;
mod works;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::Local;
use clap::Parser;

use bench::Bench;
use data::Data;
use options::Options;
use report::Report;
use tools::Tools;

fn main() -> Result<()> {
    let mut options = Options::parse();
    fs::create_dir_all(&options.work)?;
    options.work = options.work.canonicalize()?;
    let tools = Tools::prepare(&options)?;
    let data = Data::new(&options.work, &tools)?;
    let bench = Bench { options: &options, sizes: options.sizes(), tools: &tools, data };
    let report = measure(&bench);
    let text = without_places(&report.markdown(), &options)?;
    match out(&options) {
        Some(path) => fs::write(&path, text).with_context(|| format!("cannot write {}", path.display())),
        None => {
            print!("{text}");
            Ok(())
        }
    }
}

/// Error messages contain paths, which should not be published.
fn without_places(text: &str, options: &Options) -> Result<String> {
    let root = tools::root().canonicalize()?;
    let text = text.replace(&*options.work.to_string_lossy(), "WORK");
    Ok(text.replace(&*root.to_string_lossy(), "."))
}

/// Only a full run may replace the results in the repository.
fn out(options: &Options) -> Option<PathBuf> {
    let results = options.is_full().then(|| tools::root().join("benches/RESULTS.md"));
    options.out.clone().or(results)
}

fn measure(bench: &Bench) -> Report {
    let mut report = Report {
        date: bench.data.today.to_string(),
        command: command(bench.options),
        is_full: bench.options.is_full(),
        machine: machine::facts(&bench.options.work),
        versions: bench.tools.versions(),
        tables: Vec::new(),
        failed: Vec::new(),
    };
    for (work, measure) in works::ALL {
        if !bench.options.wants(work) {
            continue;
        }
        eprintln!("{} {work:?}", Local::now().format("%H:%M:%S"));
        match measure(bench) {
            Ok(tables) => report.tables.extend(tables),
            Err(error) => report.failed.push((format!("{work:?}"), format!("{error:#}"))),
        }
    }
    report
}

/// The command line that says the same on every machine: without folders.
fn command(options: &Options) -> String {
    let program = "cargo run --release --manifest-path benches/compare/Cargo.toml";
    let quick = options.quick.then_some("--quick".to_owned());
    let only = options.only.iter().map(|work| format!("--only {}", format!("{work:?}").to_lowercase()));
    let binary = options.badgedex.as_ref().map(|_| "--badgedex PATH".to_owned());
    let is_usual = options.patience == options::PATIENCE_SECONDS;
    let patience = (!is_usual).then(|| format!("--patience {}", options.patience));
    let given: Vec<String> = quick.into_iter().chain(only).chain(binary).chain(patience).collect();
    if given.is_empty() { program.to_owned() } else { format!("{program} -- {}", given.join(" ")) }
}
