//! The pieces of work, each with its contestants and its bounds.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use chrono::Days;

use crate::bench::Bench;
use crate::options::Work;
use crate::process;
use crate::race::{Contestant, Outcome};
use crate::sitting;
use crate::table::{Claim, Table, Unit};

const EMPTY: &str = "`empty`: a Rust program that does nothing";
const BARE_ROW: &str = "`bare-row`: the same file opened, one row read";
const BARE_INSERT: &str = "`bare-insert`: one durable insert";
const NEXT_STATES: &str = "`rows-next-states`: the same rows, `next_states` once each";
const LINES_INSERT: &str = "`lines-insert`: serde_json, and a bare table";
const PARSE_PACK: &str = "`parse-pack`: serde_json, and owned structs";
const HASHCARDS_DUE: &str = "`hashcards due`";
const HASHCARDS_CHECK: &str = "`hashcards check`";
const ANKI_OPEN: &str = "Anki opens the collection";
const PIPED_INSERT: &str = "`bare-insert`, asked for over the same pipes";
const ANKI_ANSWER: &str = "Anki's `answer_card`";
const ANKI_RECOMPUTE: &str = "Anki works out all memory states anew";
const DUE: &str = "`badgedex due --short`";
const NEXT: &str = "`badgedex next --json`";
const BADGES: &str = "`badgedex badges --json`";
const STUDY: &str = "`badgedex study --plain`, first question";
const SITTING: &str = "`badgedex study --plain`, reply to next question";
const REBUILT: &str = "`badgedex due --json`, everything worked out anew";
const DUE_ALL: &str = "`badgedex due --json`, nothing changed";
const IMPORT: &str = "`badgedex data import`";
const CHECK: &str = "`badgedex pack check`";

/// Words of the commands that start the program, and how they are named.
const STARTS: [(&str, &str); 4] =
    [(DUE, "due --short"), (NEXT, "next --json"), (BADGES, "badges --json"), (STUDY, "study --plain")];

/// The memory limit for recalculating a million answers.
const REBUILD_BYTES: f64 = 300e6;
/// At most so long may a rebuild take for the answers of some years.
const USUAL_REBUILD_SECONDS: f64 = 0.5;
const BINARY_BYTES: f64 = 12e6;
const BUILD_SECONDS: f64 = 240.0;

type Measure = fn(&Bench) -> Result<Vec<Table>>;

/// All of them, in the order of the results.
pub const ALL: [(Work, Measure); 9] = [
    (Work::Start, start),
    (Work::Growth, growth),
    (Work::Packs, packs),
    (Work::Answer, answer),
    (Work::Rebuild, rebuild),
    (Work::Import, import),
    (Work::Check, check),
    (Work::Memory, memory),
    (Work::Binary, binary),
];

/// The name of the first run of a day.
fn of_a_day(name: &str) -> String {
    format!("{name}, first run of a day")
}

/// The outcomes of these names, in this order.
fn of<'a>(outcomes: &[Outcome], names: impl IntoIterator<Item = &'a str>) -> Vec<Outcome> {
    names.into_iter().filter_map(|name| outcomes.iter().find(|o| o.name == name).cloned()).collect()
}

/// One command of badgedex; of a sitting, as far as its first question.
fn started(command: &mut Command, words: &str) -> Result<f64> {
    match words.starts_with("study") {
        true => process::seconds_until(command, sitting::is_first_prompt),
        false => process::seconds(command),
    }
}

/// A command on a home of its own, where every run is the first on its day.
fn first_of_a_day<'b>(bench: &'b Bench, home: &'b Path, name: &str, words: &'b str) -> Contestant<'b> {
    let days = Cell::new(0);
    Contestant::new(of_a_day(name), move || {
        days.set(days.get() + 1);
        let day = bench.data.today + Days::new(days.get());
        let mut command = bench.ours(home, words);
        started(command.args(["--today", &day.to_string()]), words)
    })
}

fn start(bench: &Bench) -> Result<Vec<Table>> {
    let (answers, questions) = (bench.sizes.answers[1], bench.sizes.questions[1]);
    let home = bench.data.home(answers, questions)?;
    let file = home.join("journal.db");
    let deck = bench.data.deck(questions)?;
    let collection = bench.data.collection(questions, answers);
    let later = |nth| bench.data.copy_of(&home, &format!("later-{nth}"));
    let later: Vec<PathBuf> = (0..STARTS.len()).map(later).collect::<Result<_>>()?;
    let mut contestants = vec![
        Contestant::new(EMPTY, || process::seconds(&mut bench.probe("empty"))),
        Contestant::new(BARE_ROW, || process::seconds(bench.probe("bare-row").arg(&file))),
        Contestant::new(HASHCARDS_DUE, || process::seconds(&mut bench.hashcards("due", &deck)?)),
        Contestant::new(ANKI_OPEN, || process::seconds(&mut bench.anki("open", &collection)?)),
    ];
    for ((name, words), later) in STARTS.into_iter().zip(&later) {
        let home = &home;
        contestants.push(Contestant::new(name, move || started(&mut bench.ours(home, words), words)));
        contestants.push(first_of_a_day(bench, later, name, words));
    }
    let outcomes = bench.race(contestants, 15);
    let size = format!("{answers} answers over {questions} questions");
    Ok(vec![shortest_start(&outcomes, &size), other_starts(&outcomes, &size)])
}

fn shortest_start(outcomes: &[Outcome], size: &str) -> Table {
    Table {
        title: format!("`due --short`: whole process, {size}"),
        unit: Unit::Seconds,
        outcomes: of(outcomes, [EMPTY, BARE_ROW, DUE, &of_a_day(DUE)]),
        claims: vec![Claim::times(DUE, 1.8, BARE_ROW)],
    }
}

fn other_starts(outcomes: &[Outcome], size: &str) -> Table {
    let mut table = Table {
        title: format!("`next --json`, `badges --json`, first question of `study --plain`, {size}"),
        unit: Unit::Seconds,
        outcomes: of(outcomes, [BARE_ROW, HASHCARDS_DUE, ANKI_OPEN]),
        claims: Vec::new(),
    };
    for (name, _) in &STARTS[1..] {
        table.outcomes.extend(of(outcomes, [*name, &of_a_day(name)]));
        let bounds = [(3.0, BARE_ROW), (0.1, HASHCARDS_DUE), (0.05, ANKI_OPEN)];
        table.claims.extend(bounds.map(|(most, of)| Claim::times(name, most, of)));
    }
    table
}

fn growth(bench: &Bench) -> Result<Vec<Table>> {
    let (answers, questions) = (bench.sizes.answers, bench.sizes.questions);
    let sizes = [(answers[0], questions[0]), (answers[0], questions[1]), (answers[2], questions[1])];
    let homes: Vec<PathBuf> = sizes.iter().map(|(a, q)| bench.data.home(*a, *q)).collect::<Result<_>>()?;
    let name = |what: &str, (answers, questions)| format!("{what}, {answers} answers over {questions}");
    let mut contestants = Vec::new();
    let mut claims = Vec::new();
    for (what, words) in &STARTS[..2] {
        for (size, home) in sizes.iter().zip(&homes) {
            contestants.push(bench.timed(&name(what, *size), home, words));
        }
        claims.push(Claim::times(&name(what, sizes[2]), 1.3, &name(what, sizes[1])));
    }
    Ok(vec![Table {
        title: format!(
            "Growth from {} to {} answers over {} questions",
            answers[0], answers[2], questions[1]
        ),
        unit: Unit::Seconds,
        outcomes: bench.race(contestants, 11),
        claims,
    }])
}

fn packs(bench: &Bench) -> Result<Vec<Table>> {
    let (answers, questions) = (bench.sizes.answers[1], bench.sizes.questions[2]);
    let home = bench.data.home(answers, questions)?;
    let collection = bench.data.collection(questions, bench.sizes.answers[2]);
    let contestants = vec![
        Contestant::new(ANKI_OPEN, || process::seconds(&mut bench.anki("open", &collection)?)),
        bench.timed(NEXT, &home, "next --json"),
    ];
    Ok(vec![Table {
        title: format!("`next --json` over {questions} questions of imported packs"),
        unit: Unit::Seconds,
        outcomes: bench.race(contestants, 11),
        claims: vec![Claim::times(NEXT, 0.1, ANKI_OPEN)],
    }])
}

fn answer(bench: &Bench) -> Result<Vec<Table>> {
    let (answers, questions) = (bench.sizes.answers[1], bench.sizes.questions[1]);
    let count = bench.sizes.sitting.to_string();
    let home = bench.data.copy_of(&bench.data.home(answers, questions)?, "sitting")?;
    let collection = bench.data.collection(questions, answers);
    // One pack's questions alone: the shipped ones ask for other replies than those that are given.
    let words = format!("study --plain --pack bulk-0 --count {count}");
    let contestants = vec![
        Contestant::new(BARE_INSERT, || {
            let file = bench.data.fresh("inserts.db")?;
            process::number(bench.probe("bare-insert").arg(file).arg(&count))
        }),
        Contestant::new(PIPED_INSERT, || {
            let file = bench.data.fresh("piped.db")?;
            sitting::seconds_an_answer(bench.probe("bare-insert").arg(file), bench.sizes.sitting)
        }),
        Contestant::new(ANKI_ANSWER, || process::number(bench.anki("answer", &collection)?.arg(&count))),
        Contestant::new(SITTING, || {
            sitting::seconds_an_answer(&mut bench.ours(&home, &words), bench.sizes.sitting)
        }),
    ];
    Ok(vec![Table {
        title: format!(
            "One answer, durable, medians of {count}; {answers} answers over {questions} questions"
        ),
        unit: Unit::Seconds,
        outcomes: bench.race(contestants, 7),
        claims: vec![
            Claim::times(SITTING, 1.5, PIPED_INSERT),
            Claim::times(SITTING, 1.5, BARE_INSERT),
            Claim::times(SITTING, 0.6, ANKI_ANSWER),
        ],
    }])
}

/// A command on a home without a cache: everything is recalculated.
fn rebuilding(bench: &Bench, home: &Path) -> Result<Command> {
    match fs::remove_file(home.join("ready.db")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(bench.ours(home, "due --json")),
    }
}

fn rebuild(bench: &Bench) -> Result<Vec<Table>> {
    let (answers, questions) = (bench.sizes.answers[2], bench.sizes.questions[2]);
    let journal = bench.data.home_without_packs(answers, questions)?;
    let (home, file) = (bench.data.copy_of(&journal, "rebuilding")?, journal.join("journal.db"));
    let collection = bench.data.collection(questions, answers);
    let contestants = vec![
        Contestant::new(NEXT_STATES, || process::seconds(bench.probe("rows-next-states").arg(&file))),
        Contestant::new(ANKI_RECOMPUTE, || process::number(&mut bench.anki("recompute", &collection)?)),
        Contestant::new(REBUILT, || process::seconds(&mut rebuilding(bench, &home)?)),
        bench.timed(DUE_ALL, &journal, "due --json"),
    ];
    let many = Table {
        title: format!("Beliefs rebuilt from {answers} answers over {questions} questions, whole process"),
        unit: Unit::Seconds,
        outcomes: bench.race(contestants, 5),
        claims: vec![Claim::times(REBUILT, 4.0, NEXT_STATES), Claim::times(REBUILT, 1.0, ANKI_RECOMPUTE)],
    };
    Ok(vec![rebuild_usual(bench)?, many])
}

/// As many answers as somebody gives in some years.
fn rebuild_usual(bench: &Bench) -> Result<Table> {
    let (answers, questions) = (bench.sizes.answers[1], bench.sizes.questions[1]);
    let journal = bench.data.home_without_packs(answers, questions)?;
    let home = bench.data.copy_of(&journal, "rebuilding-usual")?;
    let rebuilt = Contestant::new(REBUILT, || process::seconds(&mut rebuilding(bench, &home)?));
    Ok(Table {
        title: format!("Beliefs rebuilt from {answers} answers over {questions} questions, whole process"),
        unit: Unit::Seconds,
        outcomes: bench.race(vec![rebuilt], 7),
        claims: vec![Claim::at_most(REBUILT, USUAL_REBUILD_SECONDS)],
    })
}

fn import(bench: &Bench) -> Result<Vec<Table>> {
    let (answers, questions) = (bench.sizes.answers[2], bench.sizes.questions[2]);
    let journal = bench.data.journal(answers, questions)?;
    let contestants = vec![
        Contestant::new(LINES_INSERT, || {
            let file = bench.data.fresh("lines.db")?;
            process::seconds(bench.probe("lines-insert").arg(&journal).arg(file))
        }),
        Contestant::new(IMPORT, || {
            let home = bench.data.fresh("imported")?;
            process::seconds(bench.ours(&home, "data import").arg(&journal))
        }),
    ];
    Ok(vec![Table {
        title: format!("Importing {answers} journal lines"),
        unit: Unit::Seconds,
        outcomes: bench.race(contestants, 5),
        claims: vec![Claim::times(IMPORT, 4.0, LINES_INSERT)],
    }])
}

fn check(bench: &Bench) -> Result<Vec<Table>> {
    let questions = bench.sizes.questions[2];
    let (packs, deck) = (bench.data.packs(questions)?, bench.data.deck(questions)?);
    let home = bench.data.fresh("checking")?;
    let contestants = vec![
        Contestant::new(PARSE_PACK, || process::seconds(bench.probe("parse-pack").arg(&packs))),
        Contestant::new(HASHCARDS_CHECK, || process::seconds(&mut bench.hashcards("check", &deck)?)),
        Contestant::new(CHECK, || process::seconds(bench.ours(&home, "pack check").arg(&packs))),
    ];
    Ok(vec![Table {
        title: format!("`pack check` of {questions} questions"),
        unit: Unit::Seconds,
        outcomes: bench.race(contestants, 7),
        claims: vec![Claim::times(CHECK, 2.5, PARSE_PACK), Claim::times(CHECK, 0.25, HASHCARDS_CHECK)],
    }])
}

/// The most memory that a command held, in bytes.
fn peak(bench: &Bench, command: &Command) -> Result<f64> {
    process::number(bench.probe("peak").arg(command.get_program()).args(command.get_args()))
}

fn memory(bench: &Bench) -> Result<Vec<Table>> {
    let sizes = bench.sizes;
    let home = bench.data.home(sizes.answers[1], sizes.questions[1])?;
    let journal = bench.data.home_without_packs(sizes.answers[2], sizes.questions[2])?;
    let changed = bench.data.copy_of(&journal, "rebuilding")?;
    let contestants = vec![
        Contestant::new(BARE_ROW, || peak(bench, bench.probe("bare-row").arg(home.join("journal.db")))),
        Contestant::new(NEXT, || peak(bench, &bench.ours(&home, "next --json"))),
        Contestant::new(REBUILT, || peak(bench, &rebuilding(bench, &changed)?)),
    ];
    Ok(vec![Table {
        title: format!(
            "Memory, peak: `next` on {} answers, and rebuilding {}",
            sizes.answers[1], sizes.answers[2]
        ),
        unit: Unit::Bytes,
        outcomes: bench.race(contestants, 5),
        claims: vec![Claim::times(NEXT, 3.0, BARE_ROW), Claim::at_most(REBUILT, REBUILD_BYTES)],
    }])
}

fn binary(bench: &Bench) -> Result<Vec<Table>> {
    let once = |name: &str, figure: Result<f64, String>| {
        vec![Outcome { name: name.to_owned(), figures: figure.map(|figure| vec![figure]) }]
    };
    let bytes = fs::metadata(&bench.tools.badgedex)?.len() as f64;
    let (size, build) = ("The binary, stripped", "A clean release build, two jobs");
    Ok(vec![
        Table {
            title: "The binary".to_owned(),
            unit: Unit::Bytes,
            outcomes: once(size, Ok(bytes)),
            claims: vec![Claim::at_most(size, BINARY_BYTES)],
        },
        Table {
            title: "Building it".to_owned(),
            unit: Unit::Seconds,
            outcomes: once(build, bench.tools.build_seconds.clone()),
            claims: vec![Claim::at_most(build, BUILD_SECONDS)],
        },
    ])
}
