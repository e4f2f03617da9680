//! The programs that are compared: built here, or installed from the registries.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::options::{Options, Work};
use crate::process;

/// This crate's folder, and with it the others of the repository.
const HERE: &str = env!("CARGO_MANIFEST_DIR");
/// On as many cores the bound for a clean build is stated.
const BUILD_CORES: &str = "2";

/// Something from a registry, or why it is not there.
pub type Installed = Result<PathBuf, String>;

pub struct Tools {
    pub badgedex: PathBuf,
    /// The folder with the small programs of this crate.
    pub probes: PathBuf,
    pub hashcards: Installed,
    /// A Python that knows Anki.
    pub anki: Installed,
    /// How long a clean release build of badgedex took, or why it was not measured.
    pub build_seconds: Result<f64, String>,
}

impl Tools {
    /// Builds our programs, and installs those of others into the work folder if they are missing.
    pub fn prepare(options: &Options) -> Result<Tools> {
        build_probes()?;
        let probes = env::current_exe()?.parent().context("a program is in a folder")?.to_owned();
        let (badgedex, build_seconds) = badgedex(options)?;
        Ok(Tools {
            badgedex,
            probes,
            hashcards: installed(hashcards(&options.work)),
            anki: installed(anki(&options.work)),
            build_seconds,
        })
    }

    /// Names and versions for the head of the results.
    pub fn versions(&self) -> Vec<(&'static str, String)> {
        let said = |mut command: Command| process::said(&mut command).unwrap_or_else(|_| "none".to_owned());
        let with = |program: &Path, arguments: &[&str]| {
            let mut command = Command::new(program);
            command.args(arguments);
            said(command)
        };
        let python = "import sys, anki.buildinfo as b; print(b.version, 'on Python', sys.version.split()[0])";
        let root = root();
        let revision =
            with(Path::new("git"), &["-C", &root.to_string_lossy(), "describe", "--always", "--dirty"]);
        vec![
            ("badgedex", format!("{} ({revision})", with(&self.badgedex, &["--version"]))),
            ("rustc", with(Path::new("rustc"), &["--version"])),
            ("SQLite of the small programs", rusqlite::version().to_owned()),
            ("hashcards", versioned(&self.hashcards, |path| with(path, &["--version"]))),
            ("Anki", versioned(&self.anki, |path| with(path, &["-c", python]))),
        ]
    }
}

fn versioned(installed: &Installed, version: impl Fn(&Path) -> String) -> String {
    installed.as_ref().map_or_else(|why| format!("not installed: {why}"), |path| version(path))
}

fn installed(result: Result<PathBuf>) -> Installed {
    result.map_err(|error| {
        eprintln!("not installed: {error:#}");
        format!("{error:#}")
    })
}

/// The repository's root, whose program is measured.
pub fn root() -> PathBuf {
    Path::new(HERE).join("../..")
}

pub fn anki_probe() -> PathBuf {
    Path::new(HERE).join("anki_probe.py")
}

fn run(command: &mut Command) -> Result<()> {
    eprintln!("{command:?}");
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}

/// `cargo run` builds the driver alone.
fn build_probes() -> Result<()> {
    let manifest = Path::new(HERE).join("Cargo.toml");
    run(Command::new("cargo")
        .args(["build", "--release", "--locked", "--bins", "--manifest-path"])
        .arg(manifest))
}

/// The program to measure; if its build is measured, too, it is built from clean.
fn badgedex(options: &Options) -> Result<(PathBuf, Result<f64, String>)> {
    if let Some(path) = &options.badgedex {
        let path = path.canonicalize().with_context(|| format!("there is no {}", path.display()))?;
        return Ok((path, Err("the binary was given, not built".to_owned())));
    }
    let is_clean = !options.quick && options.wants(Work::Binary);
    let target = options.work.join("badgedex");
    if is_clean && target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let manifest = root().join("Cargo.toml");
    run(Command::new("cargo").args(["fetch", "--locked", "--manifest-path"]).arg(&manifest))?;
    let started = Instant::now();
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--locked", "--bin", "badgedex", "-j", BUILD_CORES]);
    build.arg("--manifest-path").arg(&manifest);
    run(build.arg("--target-dir").arg(&target))?;
    let seconds = started.elapsed().as_secs_f64();
    let clean = if is_clean { Ok(seconds) } else { Err("only a full run builds from nothing".to_owned()) };
    Ok((target.join("release/badgedex"), clean))
}

fn hashcards(work: &Path) -> Result<PathBuf> {
    let folder = work.join("hashcards");
    let program = folder.join("bin/hashcards");
    if !program.exists() {
        run(Command::new("cargo").args(["install", "hashcards", "--locked", "--root"]).arg(&folder))?;
    }
    Ok(program)
}

fn anki(work: &Path) -> Result<PathBuf> {
    let folder = work.join("anki");
    let python = folder.join("bin/python");
    let knows_anki = || process::said(Command::new(&python).args(["-c", "import anki.collection"]));
    if knows_anki().is_err() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "anki"]))?;
        knows_anki()?;
    }
    Ok(python)
}
