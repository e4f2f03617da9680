//! Anki packages that the tests make themselves: whole ones, damaged ones, hostile ones.

mod packages;

use std::io::{Cursor, Write};

use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use packages::{Fields, package, schema_11, zip};

use badgedex_domain::question::Kind;

use super::*;
use crate::ImportedQuestion;

/// A note, and each of its questions as `told` tells it; a refusal begins with "x".
type Case = (Fields<'static>, &'static [&'static str]);

const LONG: &str = "A load balancer <img src=a.png>";

const CASES: [Case; 47] = [
    ((0, "", &["What stores objects?", "<b>S3</b>"]), &["What stores objects? -> S3"]),
    ((0, "a b::c", &["Q<br>two", "x &lt; y &amp; z"]), &["Q / two -> x < y & z"]),
    ((0, "", &["Q", ""]), &["x its back is empty"]),
    ((0, "", &["", "A"]), &["x it asks nothing"]),
    ((0, "", &["<div><br></div>", "A"]), &["x it asks nothing"]),
    ((0, "", &["<img src=a.png>", "A"]), &["x its picture cannot be shown here"]),
    ((0, "", &["Q", "<img src=a.png>"]), &["x its picture cannot be shown here"]),
    ((0, "", &[LONG, "A"]), &["A load balancer -> A ! a picture is left out"]),
    ((0, "", &["Q", LONG]), &["Q -> A load balancer ! a picture is left out"]),
    ((0, "", &["[sound:a.mp3]", "A"]), &["x its sound cannot be played here"]),
    ((0, "", &["Hola [sound:a.mp3]", "Hello"]), &["Hola -> Hello ! a sound is left out"]),
    ((0, "", &["<ul><li>a<li>b</ul>", "A"]), &["- a / - b -> A"]),
    ((0, "", &["{{c1::no cloze}}", "A"]), &["{{c1::no cloze}} -> A"]),
    ((0, "", &["Only a front"]), &["x its back is empty"]),
    ((1, "", &["IAM", "Identity"]), &["IAM -> Identity", "Identity -> IAM"]),
    ((1, "", &["IAM", ""]), &["x its back is empty"]),
    ((2, "", &["A", "B", ""]), &["A -> B"]),
    ((2, "", &["C", "D", "y"]), &["C -> D", "D -> C"]),
    ((3, "", &["Capital of France?", "Paris"]), &["Capital of France? = Paris"]),
    ((3, "", &["Capital?", "<b>Rome</b>"]), &["Capital? = Rome"]),
    (
        (4, "", &["The {{c1::sun::star}} and {{c2::moon}}, {{c1::twice}}.", "Extra"]),
        &["The [star] and moon, [...]. -> sun; twice # Extra", "The sun and [...], twice. -> moon # Extra"],
    ),
    ((4, "", &["a {{c1::b {{c2::c}} d::e}}", ""]), &["a [e] -> b c d", "a b [...] d -> c"]),
    ((4, "", &["{{c1,2::both}} {{c2::one}}"]), &["[...] one -> both", "[...] [...] -> both; one"]),
    ((4, "", &["{{c1::open {{c2::closed}}"]), &["{{c1::open [...] -> closed"]),
    ((4, "", &["no deletion"]), &["x it has no deletion"]),
    ((4, "", &["An empty {{c3::}} one"]), &["x its deletion is empty"]),
    ((4, "", &["{{c0::zero}} {{c::none}} {{c1::a<br>b}}"]), &["{{c0::zero}} {{c::none}} [...] -> a / b"]),
    ((4, "", &["<img src=a> {{c1::x}}"]), &["x its picture cannot be shown here"]),
    ((5, "", &["France", "Paris", "On the Seine", ""]), &["Capital of France? -> Paris # On the Seine"]),
    ((5, "", &["Italy", "Rome", "", "Seven hills"]), &["Capital of Italy -> Rome ? Seven hills"]),
    ((6, "", &["Which?", "t", "2", "EC2", "S3", "", "0 1 0", "Docs"]), &["Which? {EC2|*S3} # Docs"]),
    ((6, "", &["Which two?", "t", "1", "EC2", "S3", "EBS", "1 0 1", ""]), &["Which two? {*EC2|S3|*EBS}"]),
    ((6, "", &["Which?", "t", "1", "a", "b", "c", "1 1 1", ""]), &["x every choice is marked as right"]),
    ((6, "", &["Which?", "t", "1", "a", "b", "c", "", ""]), &["x its key names no choice"]),
    ((7, "", &["Pick", "EC2", "S3", "EBS", "B", "So"]), &["Pick {EC2|*S3|EBS} # So"]),
    ((7, "", &["Pick", "EC2", "S3", "EBS", "A, c", ""]), &["Pick {*EC2|S3|*EBS}"]),
    ((7, "", &["Pick", "EC2", "S3", "EBS", "B) s3", ""]), &["Pick {EC2|*S3|EBS}"]),
    ((7, "", &["Pick", "EC2", "S3", "EBS", "it depends", "W"]), &["Pick -> it depends # W"]),
    (
        (8, "", &["{{c1::image-occlusion:rect}}"]),
        &["x it covers parts of a picture, which cannot be shown here"],
    ),
    ((9, "", &["Stars", "The {{c1::sun}}"]), &["Stars: The [...] = sun"]),
    ((10, "", &["Word", "Meaning", "Note"]), &["Word -> Meaning # Note"]),
    ((11, "", &["x", "", "c"]), &["x alone -> c"]),
    ((11, "", &["x", "y", "c"]), &["x and y -> c"]),
    ((12, "", &["untagged", "b"]), &["x it asks nothing"]),
    ((13, "", &["VPC", "A network"]), &["VPC -> A network"]),
    ((14, "", &["a", "to be"]), &["a -> to be"]),
    ((14, "", &["<img src=a.png>", "to be"]), &["x its picture cannot be shown here"]),
];

fn read_of(bytes: &[u8]) -> Result<(ParsedFile, Vec<PastReview>), PackageError> {
    read(Cursor::new(bytes), true)
}

fn notes() -> Vec<Fields<'static>> {
    CASES.iter().map(|(note, _)| *note).collect()
}

fn told(found: &ImportedQuestion) -> String {
    let marked = |choices: &[String], keys: &[usize]| {
        let mark =
            |(i, text): (usize, &String)| format!("{}{text}", if keys.contains(&i) { "*" } else { "" });
        format!(" {{{}}}", choices.iter().enumerate().map(mark).collect::<Vec<_>>().join("|"))
    };
    let mut told = found.stem.clone();
    told.push_str(&match &found.kind {
        Kind::Reveal { answer } => format!(" -> {answer}"),
        Kind::Typed { accepted } => format!(" = {}", accepted.join("|")),
        Kind::OneOf { choices, key, .. } => marked(choices, &[*key]),
        Kind::AnyOf { choices, keys, .. } => marked(choices, keys),
        other => format!(" {other:?}"),
    });
    let said = [(" ? ", &found.hint), (" # ", &found.rationale)];
    said.into_iter().for_each(|(sign, text)| told.extend(text.iter().map(|text| format!("{sign}{text}"))));
    told.extend(found.warnings.iter().map(|warning| format!(" ! {warning}")));
    told.replace('\n', " / ")
}

#[test]
fn notes_of_every_kind_are_read_alike_from_all_versions() {
    for version in 1..=3 {
        let (contents, _) = read_of(&package(version, &notes())).expect("it is sound");
        assert_eq!(contents.title.as_deref(), Some("Cloud"), "of version {version}");
        assert!(contents.questions.iter().all(|found| found.topic == ["Cloud", "Storage"]));
        for (i, (note, expected)) in CASES.iter().enumerate() {
            let found = contents.questions.iter().filter(|found| found.line == i + 1).map(told);
            let refused = contents.refusals.iter().filter(|refused| refused.line == i + 1);
            let told: Vec<String> =
                found.chain(refused.map(|refused| format!("x {}", refused.reason))).collect();
            assert_eq!(told, *expected, "{note:?} of version {version}");
        }
    }
}

#[test]
fn each_question_is_named_by_its_note_and_its_place_in_it() {
    let notes: [Fields; 3] = [
        (1, "aws s3::classes", &["IAM", "Identity"]),
        (4, "", &["{{c2::two}} {{c1::one}}"]),
        (7, "", &["Pick", "a", "b", "c", "1", ""]),
    ];
    let (contents, reviews) = read_of(&package(3, &notes)).expect("it is sound");
    let ids: Vec<&str> = contents.questions.iter().filter_map(|found| found.own_id.as_deref()).collect();
    assert_eq!(ids, ["g1", "g1/2", "g2/c1", "g2/c2", "g3"]);
    assert_eq!(contents.questions[0].tags, ["aws", "s3::classes"]);
    let answered: Vec<(&str, u8)> = reviews.iter().map(|r| (r.own_id.as_str(), r.grade)).collect();
    assert_eq!(answered, [("g1", 1), ("g1", 4), ("g2/c1", 1), ("g2/c1", 4), ("g3", 1), ("g3", 4)]);
    assert_eq!((reviews[0].at_ms, reviews[0].took_ms), (1_700_000_000_010, 2500));
}

#[test]
fn answers_to_what_is_refused_or_not_asked_for_do_not_come_along() {
    let bytes = package(2, &[(0, "", &["<img src=a>", "A"])]);
    let (contents, reviews) = read_of(&bytes).expect("it is sound");
    assert_eq!((contents.questions.len(), contents.refusals.len(), reviews), (0, 1, vec![]));
    assert_eq!(contents.refusals[0].excerpt, "A");
    let bytes = package(2, &[(0, "", &["Q", "A"])]);
    let (contents, reviews) = read(Cursor::new(&bytes), false).expect("it is sound");
    assert_eq!((contents.questions.len(), reviews), (1, vec![]));
}

#[test]
fn a_note_of_more_deletions_than_the_most_gives_the_first_ones() {
    let text: String = (1..=501).map(|n| format!("{{{{c{n}::w}}}} ")).collect();
    let (contents, _) = read_of(&package(1, &[(4, "", &[&text])])).expect("it is sound");
    assert_eq!(contents.questions.len(), 500);
    assert_eq!(contents.refusals[0].reason.to_string(), "only the first 500 of its 501 deletions are taken");
}

#[test]
fn a_note_or_a_question_that_is_too_long_is_refused_alone() {
    let (long, longest) = ("a".repeat(70_000), "a".repeat(1024 * 1024));
    let notes: [Fields; 3] = [(0, "", &[&long, "b"]), (0, "", &[&longest, "b"]), (0, "", &["q", "a"])];
    let (contents, _) = read_of(&package(1, &notes)).expect("it is sound");
    let whys: Vec<String> = contents.refusals.iter().map(|refusal| refusal.reason.to_string()).collect();
    assert_eq!(whys, ["it is longer than 64 KiB", "it is longer than 1 MiB"]);
    assert_eq!(contents.questions.len(), 1);
}

#[test]
fn what_is_no_package_is_refused_with_its_reason() {
    let collection = schema_11(&[]);
    let sound = package(2, &notes());
    let zeros = compress_to_vec(&[0_u8; 1 << 16][..], CompressionLevel::Fastest);
    let damaged = [&collection[..100], &[7; 4000]].concat();
    for (bytes, begin) in [
        (vec![], "it is not a valid zip archive"),
        (b"PK\x05\x06 and no more".to_vec(), "it is not a valid zip archive"),
        (sound[..sound.len() - 30].to_vec(), "it is not a valid zip archive"),
        (zip(&[("media", b"{}")]), "it holds no Anki collection"),
        (zip(&[("meta", &[8, 3]), ("collection.anki2", &collection)]), "it holds no Anki collection"),
        (
            zip(&[("meta", &[8, 4]), ("collection.anki2", &collection)]),
            "it was made by a newer version of Anki",
        ),
        (zip(&[("a/../collection.anki2", &collection)]), "it holds no Anki collection"),
        (zip(&[("collection.anki2", b"short")]), "its collection is not a SQLite database"),
        (zip(&[("collection.anki2", &[7; 4000])]), "its collection is not a SQLite database"),
        (zip(&[("collection.anki2", &damaged)]), "its collection is damaged"),
        (
            zip(&[("meta", &[8, 3]), ("collection.anki21b", &zeros)]),
            "its collection is not a SQLite database",
        ),
        (zip(&[("meta", &[8, 3]), ("collection.anki21b", b"zstd?")]), "its collection cannot be unpacked"),
        (link(), "its collection is a link or a folder"),
    ] {
        let refused = read_of(&bytes).expect_err(begin).to_string();
        assert!(refused.starts_with(begin), "{refused:?} is not {begin:?}");
        assert!(!refused.contains('\n'));
    }
}

#[test]
fn a_note_without_its_type_is_a_front_and_a_back() {
    let rows = packages::rows(&[(0, "", &["What is S3?", "A store"]), (0, "", &["Nothing else"])]);
    let sql = format!(
        "CREATE TABLE col (models text, decks text); INSERT INTO col VALUES ('{{}}', '{{}}'); {rows}"
    );
    let collection = super::collection::fixtures::bytes(&sql);
    let (contents, _) = read_of(&zip(&[("collection.anki2", &collection)])).expect("it is sound");
    let taken: Vec<String> = contents.questions.iter().map(told).collect();
    assert_eq!(
        taken,
        ["What is S3? -> A store ! its note type is missing: the first two fields are taken as its sides"]
    );
    assert_eq!(contents.refusals[0].reason.to_string(), "its back is empty");
}

fn link() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.add_symlink("collection.anki2", "elsewhere", options).expect("a link is added");
    writer.finish().expect("the archive ends").into_inner()
}

#[test]
fn an_archive_that_lies_about_sizes_is_never_believed() {
    let mut bytes = package(1, &[(0, "", &["Q", "A"])]);
    // The unpacked size comes after the method, the time, the checksum and the packed size.
    for (signature, place) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let at = bytes.windows(4).position(|window| window == signature).expect("a header");
        bytes[at + place..at + place + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    if let Ok((contents, _)) = read_of(&bytes) {
        assert_eq!(contents.questions.len(), 1);
    }
}

#[test]
fn a_collection_that_grows_beyond_the_limit_is_refused_with_the_limit() {
    let bytes = zip(&[("meta", &[8, 3]), ("collection.anki21b", &bomb())]);
    let refused = read_of(&bytes).expect_err("it is too large");
    assert_eq!(refused, PackageError::TooLarge);
    assert!(refused.to_string().contains("256 MiB"));
}

/// A frame that begins as a database does and repeats a byte for 257 MiB.
fn bomb() -> Vec<u8> {
    const BLOCK: u32 = 128 * 1024;
    let block = |size: u32, kind: u32, is_last: bool| {
        let header = size << 3 | kind << 1 | u32::from(is_last);
        header.to_le_bytes()[..3].to_vec()
    };
    // The magic number, a head without a size, and a window of 128 KiB.
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    frame.extend(block(16, 0, false));
    frame.write_all(b"SQLite format 3\0").expect("it is in memory");
    for _ in 0..257 * 8 {
        frame.extend(block(BLOCK, 1, false));
        frame.push(0);
    }
    frame.extend(block(0, 0, true));
    frame
}

#[test]
fn frames_follow_one_another_and_some_are_to_be_skipped() {
    let collection = schema_11(&[(0, "", &["Q", "A"])]);
    let (first, second) = collection.split_at(5000);
    let pack = |bytes: &[u8]| compress_to_vec(bytes, CompressionLevel::Fastest);
    let skipped = [&0x184D_2A50_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), b"abc"].concat();
    let packed = [pack(first), skipped, pack(second)].concat();
    let (contents, _) = read_of(&zip(&[("collection.anki21b", &packed)])).expect("it is sound");
    assert_eq!(contents.questions.len(), 1);
    let many = pack(b"").repeat(1001);
    assert!(matches!(read_of(&zip(&[("collection.anki21b", &many)])), Err(PackageError::Packed(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_package_with_flipped_bits_is_read_or_refused(
        version in 1..=3_u8,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..12),
    ) {
        let mut bytes = package(version, &notes()[..6]);
        for (place, bit) in flips {
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
        }
        let _ = read_of(&bytes);
    }

    #[test]
    fn a_damaged_collection_in_a_sound_archive_is_read_or_refused(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        is_packed in any::<bool>(),
    ) {
        let mut collection = schema_11(&notes()[18..24]);
        if is_packed {
            collection = compress_to_vec(&collection[..], CompressionLevel::Fastest);
        }
        for (place, byte) in flips {
            let place = place.index(collection.len());
            collection[place] = byte;
        }
        let name = if is_packed { "collection.anki21b" } else { "collection.anki21" };
        let _ = read_of(&zip(&[(name, &collection)]));
    }

    #[test]
    fn any_text_in_any_field_gives_questions_that_can_be_asked(
        texts in prop::collection::vec("[{}c1:,a <>/=img\\[\\]0-9é\u{202e}]{0,40}", 1..4),
        kind in 0..packages::TYPES.len(),
    ) {
        let fields: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (contents, _) = read_of(&package(1, &[(kind, "", &fields)])).expect("it is sound");
        prop_assert!(!contents.questions.is_empty() || !contents.refusals.is_empty());
        for found in &contents.questions {
            prop_assert!(!found.stem.trim().is_empty());
            if let Kind::Reveal { answer } = &found.kind {
                prop_assert!(!answer.trim().is_empty());
            }
        }
    }
}
