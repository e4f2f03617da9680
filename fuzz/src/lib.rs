//! What the fuzz targets share: the folders that they read, the days that they look from, and the laws
//! that hold whatever was read.

#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::sync::OnceLock;

use badgedex_domain::advice::Advisor;
use badgedex_domain::catalog::Catalog;
use badgedex_domain::sanitize;
use badgedex_domain::grading::{Recall, Reply, Verdict, grade};
use badgedex_domain::history::History;
use badgedex_domain::journal::Event;
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Asked, Key, Question};
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;
use badgedex_packs::fixes::{FixContext, fix_folder};
use badgedex_packs::{Diagnostic, File, Folder, LoadedPacks};
use badgedex_domain::plan;
use badgedex_share::calendar;
use chrono::{DateTime, NaiveDate};
use rand::SeedableRng;
use rand::rngs::StdRng;

/// The laws of everything that reads files of other programs.
#[path = "../../crates/formats/tests/formats/properties.rs"]
pub mod foreign;

/// Between two files in one input: a line of its own.
const CUT: &str = "\n%%%\n";
/// Days before, in and after the time of the shipped catalogs.
const DAYS: [&str; 3] = ["2019-12-01", "2026-11-23", "2031-02-28"];

/// The text of an input; anything that is none is no file that would be read.
pub fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// A file of this process, for what is only read from disk.
pub fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("badgedex-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a scratch folder");
    folder.join(name)
}

/// The files of an input.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(CUT)
}

pub fn days() -> impl Iterator<Item = NaiveDate> {
    DAYS.into_iter().map(|day| day.parse().expect("a day"))
}

pub fn folder(label: &str, files: &[(&str, &str)]) -> Folder {
    let file = |(name, text): &(&str, &str)| File {
        label: format!("{label}/{name}"),
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    };
    Folder::new(label, files.iter().map(file).collect())
}

/// Fixes make nothing worse, and a second run changes nothing.
pub fn assert_mending(folder: &Folder, library: &Library) {
    let mend = |folder: &Folder| {
        let mut around = FixContext::of(std::slice::from_ref(folder), library);
        fix_folder(folder, &|_| true, &mut around).expect("nothing reads worse once it is fixed")
    };
    let mut settled = folder.clone();
    for draft in mend(folder) {
        let file = settled.files.iter_mut().find(|file| file.label == draft.label);
        file.expect("a draft is of a file").text = draft.text;
    }
    let again: Vec<_> = mend(&settled).into_iter().flat_map(|draft| draft.fixes).collect();
    assert!(again.is_empty(), "{again:?}");
}

/// Checks a folder alone. The shipped ones would take up most of a run: folders with their ids stand in
/// for them, whose own faults are not listed.
pub fn check(folder: Folder, others: impl IntoIterator<Item = Folder>) -> LoadedPacks {
    let mut folders: Vec<Folder> = others.into_iter().collect();
    folders.push(folder);
    folders.extend(stand_ins());
    let mut shelf = badgedex_packs::check(&folders);
    shelf.diagnostics.retain(|fault| !fault.place.file.starts_with("stand-in/"));
    shelf
}

fn stand_ins() -> Vec<Folder> {
    let packs = shipped().packs().iter().map(|pack| {
        // A folder is a version of a shipped pack if it has its id and its title, and the rest can be read.
        let rest = r#""description": "", "licence": "", "source": "", "teaches": "about", "credentials": [], "topics": []"#;
        let head = format!("{{ \"format\": 1, \"id\": {:?}, \"title\": {:?}, {rest} }}", pack.id, pack.title);
        folder("stand-in", &[("pack.json", &head)])
    });
    let catalogs = shipped().catalogs().iter().map(|catalog| {
        folder("stand-in", &[("catalog.json", &format!("{{ \"id\": {:?} }}", catalog.id))])
    });
    packs.chain(catalogs).collect()
}

/// The catalogs and packs of the program.
pub fn shipped() -> &'static Library {
    static SHIPPED: OnceLock<Library> = OnceLock::new();
    SHIPPED.get_or_init(|| badgedex_packs::load(&[], days().nth(1).expect("a day")).library)
}

/// Text that a terminal shows and does not obey.
pub fn assert_harmless(text: &str) {
    let harmless = |c: char| {
        !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')) || c == '\n'
    };
    assert!(text.chars().all(harmless), "it would be obeyed: {text:?}");
}

/// The gate lets nothing through that is obeyed, and nothing is left for it to do a second time.
pub fn assert_gate(text: &str) {
    let (line, paragraph) = (sanitize::line(text), sanitize::paragraph(text));
    assert_harmless(&line);
    assert_harmless(&paragraph);
    assert!(!line.contains('\n'), "a line has a line break: {text:?}");
    assert_eq!(sanitize::line(&line), line, "of {text:?}");
    assert_eq!(sanitize::paragraph(&paragraph), paragraph, "of {text:?}");
}

pub fn assert_faults(faults: &[Diagnostic], text: &str) {
    let lines = text.matches('\n').count() + 1;
    for fault in faults {
        let said = fault.to_string();
        assert_harmless(&said);
        assert!(!said.contains('\n'), "{said:?}");
        assert!(fault.place.line().is_none_or(|line| (1..=lines).contains(&line)), "{fault:?} of {lines} lines");
    }
}

/// A question can be shown, drawn and graded.
pub fn assert_question(question: &Question, seed: u64) {
    let texts = [question.id.as_str(), &question.topic, &question.stem].into_iter();
    let more = [&question.hint, &question.rationale, &question.source].into_iter().flatten();
    let ids = question.was.iter().chain(&question.replaces).map(|id| id.as_str());
    let credentials = question.credentials.iter().map(|id| id.as_str());
    let facts = question.facts.iter().map(String::as_str);
    let was = question.changed.iter().map(|c| c.was.as_str());
    let all = texts.chain(more.map(String::as_str)).chain(ids).chain(credentials).chain(facts).chain(was);
    all.for_each(assert_harmless);
    assert!(!question.stem.trim().is_empty(), "nothing is asked: {question:?}");
    for strong in [false, true] {
        let mut rng = StdRng::seed_from_u64(seed);
        assert_asked(&question.draw(strong, &mut rng));
    }
}

fn assert_asked(asked: &Asked) {
    assert!((0.0..1.0).contains(&asked.guess), "{asked:?}");
    assert_eq!(asked.revision.len(), 12);
    assert_harmless(&asked.answer.text());
    asked.reasons.iter().flatten().for_each(|text| assert_harmless(text));
    let (right, wrong) = match &asked.answer {
        Key::OneOf { choices, key } => {
            assert_choices(choices);
            (Reply::Choice(*key), Reply::Choice((key + 1) % choices.len().max(2)))
        }
        Key::AnyOf { choices, keys, .. } => {
            assert_choices(choices);
            (Reply::Choices(keys.clone()), Reply::Choices((0..choices.len()).collect()))
        }
        Key::TrueFalse { key } => (Reply::Choice(usize::from(!key)), Reply::Choice(usize::from(*key))),
        Key::Typed { accepted } => {
            assert_choices(accepted);
            (Reply::Text(asked.answer.text()), Reply::DontKnow)
        }
        Key::Number { value, .. } => (Reply::Text(value.to_string()), Reply::DontKnow),
        Key::Reveal { answer } => {
            assert_choices(std::slice::from_ref(answer));
            (Reply::Recalled(Recall::Hard), Reply::Recalled(Recall::Forgot))
        }
        Key::Order { shown, order } => {
            assert_choices(shown);
            (Reply::Order(order.clone()), Reply::Order(order.iter().rev().copied().collect()))
        }
    };
    assert_eq!(grade(asked, &right), Verdict::Right, "{asked:?}");
    assert_eq!(grade(asked, &wrong), Verdict::Wrong, "{asked:?}");
    assert_eq!(grade(asked, &Reply::DontKnow), Verdict::Wrong, "{asked:?}");
}

/// Each can be read, and told from the others.
fn assert_choices(choices: &[String]) {
    for (i, choice) in choices.iter().enumerate() {
        assert_harmless(choice);
        assert!(!choice.trim().is_empty(), "a choice is empty: {choices:?}");
        assert!(!choices[..i].contains(choice), "two choices are the same: {choices:?}");
    }
}

/// What a journal means on a day: memory, record, advice, plan and calendar, and none of it panics.
pub fn follow(library: &Library, catalog: &Catalog, events: &[Event], today: NaiveDate) {
    let record = Record::of(events, library.catalogs());
    let model = Model::default();
    let history = History::of(events, &model, library);
    let knowledge = Knowledge { library, history: &history, model: &model, retention: 0.9, day: today };
    let role = catalog.roles.first();
    let overview = Overview::of(&knowledge, &record, &Settings::of(events), today);
    let (catalogs, overview, record) = (library.catalogs(), &overview, &record);
    let advisor = Advisor { catalog, catalogs, overview, record, role, is_partner: None, today };
    let advice = advisor.advise();
    let suggested = advice.suggestion.iter().chain(&advice.alternatives);
    for suggestion in suggested {
        assert_harmless(&suggestion.credential.name);
    }
    // One of the two for each input: a plan asks for advice again and again.
    let target = catalog.credentials.last().filter(|_| events.len() % 2 == 1);
    let plan = plan::plan(&advisor, &plan::PlanRequest { target, per_month: None, by: None, budget: None });
    assert!(plan.total.0 >= 0, "{plan:?}");
    for title in badgedex_domain::title::titles(catalog, record, today) {
        assert!(title.have <= title.needed, "{title:?}");
    }
    assert_calendar(record, library, today);
}

/// Lines as RFC 5545 has them, whatever is in the journal.
fn assert_calendar(record: &Record, library: &Library, today: NaiveDate) {
    let entries = calendar::entries(record, library.catalogs(), today);
    let text = calendar::write(&entries, DateTime::from_timestamp(1_795_000_000, 0).expect("a time"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line:?}");
        assert_harmless(line);
        assert!(!line.contains(['\n', '\r']), "{line:?}");
    }
}
