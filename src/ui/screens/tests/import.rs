//! What came in from other programs, as snapshots.

use super::in_every_look;
use crate::ui::screens::import::{done, rehearsed, summary};
use badgedex_formats::Format;
use badgedex_formats::report::ImportRemark;
use badgedex_formats::report::{ChangeCounts, FileReport, KeptEdits, PackReport, ReviewCounts};

fn remark(line: usize, what: &str, why: &str) -> ImportRemark {
    ImportRemark { file: 0, line: Some(line), what: what.into(), why: why.into() }
}

fn packs() -> Vec<PackReport> {
    let questions = badgedex_packs::load(&[], super::today()).library.packs()[0].questions[..4].to_vec();
    let file = FileReport {
        name: "notes/terms.csv".into(),
        format: Some(Format::Csv),
        encoding: Some("windows-1252"),
        found: 6,
        taken: 4,
        refused: 2,
        notes: vec!["the columns are separated by semicolons".into()],
    };
    let unread = FileReport { name: "photo.gift".into(), ..FileReport::default() };
    vec![PackReport {
        id: "sea-terms".into(),
        title: "Sea terms".into(),
        place: "/home/me/.local/share/badgedex/questions/sea-terms".into(),
        files: vec![file, unread],
        questions,
        edits: KeptEdits::Kept(1),
        change: ChangeCounts { added: 1, changed: 1, unchanged: 2, gone: 3 },
        refused: vec![
            ImportRemark { file: 1, line: None, what: String::new(), why: "it is no text".into() },
            remark(4, "What holds a boat in place?", "no choice is marked as right"),
            remark(9, "Which side is port?", "repeats the question on line 2"),
        ],
        warnings: vec![remark(2, "Which side is port?", "a picture is left out")],
        reviews: ReviewCounts::default(),
    }]
}

#[test]
fn what_came_in_and_what_would() {
    let packs = packs();
    in_every_look("import_done", |look| done(look, &packs));
    in_every_look("import_dry_run", |look| rehearsed(look, &packs));
    let reviews = ReviewCounts { found: 120, new: 100, known: 15 };
    let with_history = vec![PackReport { reviews, refused: Vec::new(), ..packs[0].clone() }];
    in_every_look("import_history", |look| done(look, &with_history));
    let nothing = vec![PackReport { questions: Vec::new(), ..packs[0].clone() }];
    in_every_look("import_nothing", |look| done(look, &nothing));
}

#[test]
fn refusals_are_summed_up_and_the_first_are_told() {
    let packs = packs();
    let told = summary(&packs, false).unwrap();
    assert_eq!(
        told,
        "2 questions refused, 1 file not read\n  photo.gift: it is no text\n  notes/terms.csv:4: no choice is marked as right (What holds a \
         boat in place?)\n  notes/terms.csv:9: repeats the question on line 2 (Which side is port?)"
    );
    assert_eq!(summary(&packs, true).unwrap(), "2 questions refused, 1 file not read");
    let files = vec![FileReport { refused: 0, ..packs[0].files[0].clone() }];
    let sound = PackReport { refused: Vec::new(), files, ..packs[0].clone() };
    assert_eq!(summary(&[sound], false), None);
}

#[test]
fn a_long_list_of_remarks_is_cut_and_edits_are_told_where_they_matter() {
    let remarks = (1..=12).map(|line| remark(line, "Is it?", "a picture is left out")).collect();
    let pack = PackReport { warnings: remarks, edits: KeptEdits::Unknown, ..packs()[0].clone() };
    let look = super::WIDE;
    let said = done(&look, std::slice::from_ref(&pack));
    assert!(said.contains("terms.csv:10:") && !said.contains("terms.csv:11:"), "{said}");
    assert!(said.contains("and 2 more: --dry-run lists them"), "{said}");
    assert!(said.contains("what you edited in it by hand is not kept"), "{said}");
    assert!(rehearsed(&look, std::slice::from_ref(&pack)).contains("terms.csv:12:"));
    let same = PackReport { change: ChangeCounts { unchanged: 4, ..ChangeCounts::default() }, ..pack };
    assert!(!done(&look, &[same]).contains("by hand"));
}
