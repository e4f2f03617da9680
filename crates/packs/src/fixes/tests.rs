//! What is fixed, and what is left alone.

use crate::position::Position;
use badgedex_domain::library::Library;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::*;
use crate::{folder, load};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    load(&[], day).library
});

pub const HEAD: &str = "{\n  \"format\": 1, \"id\": \"mine\", \"title\": \"Mine\", \"teaches\": \"content\",\n  \"credentials\": [],\n  \
                        \"topics\": [{ \"id\": \"only\", \"name\": \"Only\" }]\n}\n";

pub fn folder_of(head: &str, files: &[String]) -> Folder {
    let file = |(number, text): (usize, &String)| File::of(&format!("mine/q{number}.json"), text);
    let mut all = vec![File::of("mine/pack.json", head)];
    all.extend(files.iter().enumerate().map(file));
    Folder::new("mine", all)
}

pub fn drafts(folder: &Folder) -> Vec<FixedFile> {
    let mut context = FixContext::of(std::slice::from_ref(folder), &LIBRARY);
    fix_folder(folder, &|_| true, &mut context).expect("a fix never makes a file worse")
}

/// A file with these questions, each on a line of its own from line 2 on.
fn file(questions: &[&str]) -> String {
    format!("{{ \"format\": 1, \"pack\": \"mine\", \"questions\": [\n{}\n] }}\n", questions.join(",\n"))
}

/// The questions of a file after the fixes, and what was fixed.
fn after(questions: &[&str]) -> (Vec<String>, Vec<Fix>) {
    let text = file(questions);
    let Some(draft) = drafts(&folder_of(HEAD, std::slice::from_ref(&text))).pop() else {
        return (questions.iter().map(|text| (*text).to_owned()).collect(), Vec::new());
    };
    let lines = draft.text.lines().skip(1);
    (lines.take(questions.len()).map(|line| line.trim_end_matches(',').to_owned()).collect(), draft.fixes)
}

/// One question with an answer, in which only this part is of interest.
fn question(part: &str) -> String {
    format!("{{ \"id\": \"mine/one\", \"topic\": \"only\", {part} }}")
}

/// A part of a question, what it is fixed to, and the fixes that are reported.
#[track_caller]
fn assert_fixed(part: &str, to: &str, done: &[FixKind]) {
    let (texts, fixes) = after(&[&question(part)]);
    assert_eq!(texts, [question(to)]);
    let whats: Vec<FixKind> = fixes.iter().map(|fix| fix.kind.clone()).collect();
    assert_eq!(whats, done, "{part}");
    assert!(fixes.iter().all(|fix| fix.place.item.as_deref() == Some("mine/one")), "{fixes:?}");
}

#[track_caller]
fn assert_left(part: &str) {
    assert_fixed(part, part, &[]);
}

fn one_of(key: &str) -> String {
    format!("\"kind\": \"one-of\", \"stem\": \"?\", \"choices\": [\"Ant\", \"Bee\", \"Cat\"], \"key\": {key}")
}

fn any_of(keys: &str) -> String {
    format!(
        "\"kind\": \"any-of\", \"stem\": \"?\", \"choices\": [\"Ant\", \"Bee\", \"Cat\"], \"keys\": {keys}"
    )
}

fn typed(rest: &str) -> String {
    format!("\"kind\": \"typed\", \"stem\": \"Which insect?\", {rest}")
}

#[test]
fn a_small_letter_is_made_a_capital() {
    for (key, to) in [("\"b\"", 'B'), ("\" c \"", 'C'), ("\"b)\"", 'B'), ("\"(a)\"", 'A'), ("\"C.\"", 'C')] {
        let what = FixKind::Letter { from: key.into(), to };
        assert_fixed(&one_of(key), &one_of(&format!("\"{to}\"")), &[what]);
    }
    let letter = |from: &str, to| FixKind::Letter { from: from.into(), to };
    assert_fixed(&any_of("[ \"a\",\"C\" ]"), &any_of("[ \"A\",\"C\" ]"), &[letter("\"a\"", 'A')]);
    for key in ["\"d\"", "\"bee\"", "\"\"", "\"ä\"", "true", "null", "[\"b\"]", "\"B\""] {
        assert_left(&one_of(key));
    }
}

#[test]
fn a_letter_that_reads_like_another_choice_is_left() {
    let part = |choices: &str, key: &str| {
        format!("\"kind\": \"one-of\", \"stem\": \"?\", \"choices\": {choices}, \"key\": {key}")
    };
    for (choices, key) in
        [("[\"b\", \"a\"]", "\"a\""), ("[\"2\", \"3\", \"4\"]", "3"), ("[\"1\", \"0\"]", "0")]
    {
        assert_left(&part(choices, key));
    }
    let what = FixKind::Letter { from: "\"b\"".into(), to: 'B' };
    assert_fixed(&part("[\"a\", \"b\"]", "\"b\""), &part("[\"a\", \"b\"]", "\"B\""), &[what]);
}

#[test]
fn a_number_is_a_letter_only_where_it_counts_in_one_way() {
    for (key, to) in [("0", 'A'), ("3", 'C'), ("\"3\"", 'C')] {
        let what = FixKind::Letter { from: key.into(), to };
        assert_fixed(&one_of(key), &one_of(&format!("\"{to}\"")), &[what]);
    }
    for key in ["1", "2", "4", "-1", "1.5", "3e0"] {
        assert_left(&one_of(key));
    }
    let letter = |from: &str, to| FixKind::Letter { from: from.into(), to };
    assert_fixed(&any_of("[0, 1]"), &any_of("[\"A\", \"B\"]"), &[letter("0", 'A'), letter("1", 'B')]);
    assert_fixed(&any_of("[2, 3]"), &any_of("[\"B\", \"C\"]"), &[letter("2", 'B'), letter("3", 'C')]);
    for keys in ["[1, 2]", "[0, 3]", "[0, \"B\"]", "[0, 4]"] {
        assert_left(&any_of(keys));
    }
}

#[test]
fn numbers_of_a_file_that_counts_in_two_ways_are_left() {
    let two = [question(&one_of("0")), question(&one_of("3")).replace("one\"", "two\"")];
    let (texts, fixes) = after(&[&two[0], &two[1]]);
    assert_eq!((texts, fixes), (two.to_vec(), vec![]));
}

#[test]
fn a_letter_that_stands_twice_may_be_a_slip_for_another_and_is_left() {
    for keys in ["[\"A\", \"B\", \"A\"]", "[\"A\",\"a\" ,\"B\"]", "[\"A\", \"A\"]"] {
        assert_left(&any_of(keys));
    }
}

#[test]
fn a_number_with_which_another_choice_begins_is_left() {
    let ask = |choices: &str, key: &str| {
        format!("\"kind\": \"one-of\", \"stem\": \"How much?\", \"choices\": [{choices}], \"key\": {key}")
    };
    assert_left(&ask("\"4 GB\", \"8 GB\", \"16 GB\", \"32 GB\"", "4"));
    let told = FixKind::Letter { from: "4".to_owned(), to: 'D' };
    let clear = "\"40 GB\", \"80 GB\", \"160 GB\", \"320 GB\"";
    assert_fixed(&ask(clear, "4"), &ask(clear, "\"D\""), &[told]);
}

#[test]
fn what_may_be_thousands_or_several_texts_is_left() {
    let number = |value: &str| format!("\"kind\": \"number\", \"stem\": \"How many?\", \"value\": {value}");
    for value in ["\"1.234\"", "\"12.500\"", "\"1,234\""] {
        assert_left(&number(value));
    }
    let fix_folder = |key: &'static str, number: &str| FixKind::Number { key, number: number.to_owned() };
    assert_fixed(&number("\"0.125\""), &number("0.125"), &[fix_folder("value", "0.125")]);
    let typed = |text: &str| format!("\"kind\": \"typed\", \"stem\": \"What?\", \"accepted\": {text}");
    assert_left(&typed("\"CPU, processor\""));
}

#[test]
fn a_truth_in_quotation_marks_loses_them() {
    let part = |key: &str| format!("\"kind\": \"true-false\", \"stem\": \"It is so.\", \"key\": {key}");
    for (key, truth) in [("\"true\"", true), ("\"True\"", true), ("\"FALSE\"", false), ("\" false \"", false)]
    {
        assert_fixed(&part(key), &part(&truth.to_string()), &[FixKind::Truth(truth)]);
    }
    for key in ["true", "\"A\"", "\"yes\"", "1"] {
        assert_left(&part(key));
    }
}

#[test]
fn answers_that_are_the_same_stand_once() {
    let twice = |key, text: &str| FixKind::TextTwice { key, text: text.into() };
    assert_fixed(
        &typed("\"accepted\": [\"Bee\", \"bee\", \"Ant\", \"B\\u0045E\"]"),
        &typed("\"accepted\": [\"Bee\", \"Ant\"]"),
        &[twice("accepted", "bee"), twice("accepted", "BEE")],
    );
    assert_fixed(
        &(one_of("\"B\"") + ", \"typed\": [\"ÄÖ\" , \"äö\"]"),
        &(one_of("\"B\"") + ", \"typed\": [\"ÄÖ\"]"),
        &[twice("typed", "äö")],
    );
    // Which of two equal choices is right nobody knows; in an order each has its place.
    assert_left("\"kind\": \"one-of\", \"stem\": \"?\", \"choices\": [\"Bee\", \"bee\"], \"key\": \"A\"");
    assert_left("\"kind\": \"order\", \"stem\": \"?\", \"items\": [\"Bee\", \"bee\", \"Ant\"]");
}

#[test]
fn blanks_around_texts_go_and_all_else_in_them_stays() {
    let blanks = |key| FixKind::Blanks { key };
    let stem = |text: &str| format!("\"kind\": \"typed\", \"stem\": \"{text}\", \"accepted\": [\"x\"]");
    assert_fixed(&stem("  Wh\\u0061t  is it?\\n\\t "), &stem("Wh\\u0061t  is it?"), &[blanks("stem")]);
    assert_fixed(&stem("\\u00a0A\\\\ "), &stem("A\\\\"), &[blanks("stem")]);
    assert_fixed(&stem("  if x:\\n    y\\n"), &stem("  if x:\\n    y"), &[blanks("stem")]);
    assert_fixed(
        &typed("\"accepted\": [\" bee\", \"ant\\n\"]"),
        &typed("\"accepted\": [\"bee\", \"ant\"]"),
        &[blanks("accepted"), blanks("accepted")],
    );
    for text in ["What?", "   ", "\\n", "\\ud83d\\ude00?", ""] {
        assert_left(&stem(text));
    }
}

#[test]
fn a_stem_that_would_be_another_ones_keeps_its_blanks() {
    let stem = |id: &str, stem: &str| {
        format!(
            "{{\"id\":\"mine/{id}\",\"topic\":\"only\",\"kind\":\"typed\",\"stem\":\"{stem}\",\"accepted\":[\"x\"]}}"
        )
    };
    let two = [stem("a", "What?"), stem("b", "What? ")];
    assert_eq!(after(&[&two[0], &two[1]]), (two.to_vec(), vec![]));
}

#[test]
fn a_credential_is_named_by_its_id() {
    let part = |names: &str| typed(&format!("\"accepted\": [\"x\"], \"credentials\": {names}"));
    let named = |from: &str, to: &str| FixKind::Credential { from: from.into(), to: to.into() };
    for (name, id) in [
        ("CLF-C02", "aws-cloud-practitioner"),
        ("AWS Certified Cloud Practitioner", "aws-cloud-practitioner"),
        ("Aws Cloud Practitioner", "aws-cloud-practitioner"),
        ("cka", "cncf-cka"),
    ] {
        assert_fixed(
            &part(&format!("[\"{name}\", \"aws-developer-associate\"]")),
            &part(&format!("[\"{id}\", \"aws-developer-associate\"]")),
            &[named(name, id)],
        );
    }
    for names in ["[\"associate\", \"aws\", \"nonsense\", \"\", \"-\", 7]", "\"CLF-C02\"", "null"] {
        assert_left(&part(names));
    }
    let head = HEAD.replace("\"credentials\": []", "\"credentials\": [\"CLF-C02\"]");
    let draft = drafts(&folder_of(&head, &[])).pop().unwrap();
    assert_eq!(draft.text, head.replace("CLF-C02", "aws-cloud-practitioner"));
    assert_eq!(draft.fixes[0].place.position, Some(Position { line: 3, column: 19 }));
}

#[test]
fn a_date_that_can_be_one_day_only_is_written_as_iso() {
    let part = |day: &str| typed(&format!("\"accepted\": [\"x\"], \"checked\": \"{day}\""));
    let date = |from: &str, to: &str| FixKind::Date { from: from.into(), to: to.into() };
    for day in ["2026/11/27", "27 Nov 2026", "November 27, 2026"] {
        assert_fixed(&part(day), &part("2026-11-27"), &[date(day, "2026-11-27")]);
    }
    assert_fixed(&part("2026-11-7"), &part("2026-11-07"), &[date("2026-11-7", "2026-11-07")]);
    for day in ["03/04/2026", "2026-11", "Nov 2026", "soon"] {
        assert_left(&part(day));
    }
    let since = |day: &str| {
        typed(&format!("\"accepted\": [\"x\"], \"changed\": {{\"was\": \"y\", \"since\": \"{day}\"}}"))
    };
    assert_fixed(&since("Nov 2026"), &since("2026-11"), &[date("Nov 2026", "2026-11")]);
}

#[test]
fn dates_of_a_catalog_are_written_as_iso_too() {
    let text = "{ \"credentials\": [{ \"id\": \"one\", \"offered\": { \"from\": \"May 2020\", \"checked\": \"1/2/2026\" } }],\n \
                \"retake\": { \"checked\": \"2026/5/1\" } }\n";
    let folder = Folder::new("mine", vec![File::of("mine/catalog.json", text)]);
    let draft = drafts(&folder).pop().unwrap();
    assert_eq!(draft.text, text.replace("May 2020", "2020-05").replace("2026/5/1", "2026-05-01"));
    let items: Vec<Option<&str>> = draft.fixes.iter().map(|fix| fix.place.item.as_deref()).collect();
    assert_eq!(items, [Some("one"), None]);
}

#[test]
fn an_id_is_written_in_the_manner_of_the_file() {
    let rest = "\"topic\":\"only\",\"kind\":\"typed\",\"stem\":\"What is it?\",\"accepted\":[\"x\"]";
    for (without, with) in [
        (format!("{{{rest}}}"), format!("{{\"id\":\"mine/what-is-it\",{rest}}}")),
        (
            format!("{{ {} }}", rest.replace(':', ": ").replace("\",\"", "\", \"")),
            format!(
                "{{ \"id\": \"mine/what-is-it\", {} }}",
                rest.replace(':', ": ").replace("\",\"", "\", \"")
            ),
        ),
        (
            format!("{{\n  {}\n}}", rest.replace(",\"", ",\r\n  \"")),
            format!("{{\n  \"id\":\"mine/what-is-it\",\n  {}\n}}", rest.replace(",\"", ",\n  \"")),
        ),
        (
            format!("{{ {}\n}}", rest.replace(",\"", " \n, \"")),
            format!("{{ \"id\":\"mine/what-is-it\"\n, {}\n}}", rest.replace(",\"", "\n, \"")),
        ),
        (format!("{{\"id\" : \"\",{rest}}}"), format!("{{\"id\" : \"mine/what-is-it\",{rest}}}")),
        (format!("{{{rest}, \"id\":null}}"), format!("{{{rest}, \"id\":\"mine/what-is-it\"}}")),
    ] {
        let draft = drafts(&folder_of(HEAD, &[file(&[&without])])).pop().unwrap();
        assert_eq!(draft.text, file(&[&with]));
        let made =
            draft.fixes.iter().find(|fix| fix.kind == FixKind::IdMade("mine/what-is-it".into())).unwrap();
        assert_eq!(made.place.item.as_deref(), Some("mine/what-is-it"));
    }
}

#[test]
fn a_made_id_is_no_id_of_today_or_of_earlier() {
    let without = "{\"topic\":\"only\",\"kind\":\"typed\",\"stem\":\"What is it?\",\"accepted\":[\"x\"]}";
    let other = |more: &str| {
        format!(
            "{{\"id\":\"mine/b\",{more}\"topic\":\"only\",\"kind\":\"typed\",\"stem\":\"?\",\"accepted\":[\"x\"]}}"
        )
    };
    for (more, broken) in [
        ("\"was\":[\"mine/what-is-it\"],", false),
        ("\"replaces\":[\"mine/what-is-it\"],", false),
        // A file with a comma too many holds ids as well, and so may one that nobody can read.
        ("\"was\":[\"mine/what-is-it\",],", false),
        ("\"was\":[\"mine/what-is-it\" \"],", true),
    ] {
        let folder = folder_of(HEAD, &[file(&[without]), file(&[&other(more)])]);
        let drafts = drafts(&folder);
        assert!(drafts[0].text.contains("\"mine/what-is-it-2\""), "{more}: {}", drafts[0].text);
        assert!(!broken || drafts.len() == 1);
    }
}

#[test]
fn an_id_is_put_right_only_where_it_is_invalid() {
    let text =
        |id: &str| question("\"kind\":\"typed\",\"stem\":\"?\",\"accepted\":[\"x\"]").replace("mine/one", id);
    for (id, righted) in [("one", "mine/one"), ("mine/One_two", "mine/one-two"), ("Mine/a b", "mine/a-b")] {
        let (texts, fixes) = after(&[&text(id)]);
        assert_eq!(texts, [text(righted)]);
        assert_eq!(fixes[0].kind, FixKind::IdRighted { from: id.into(), to: righted.into() });
    }
    for id in ["mine/one", "mine/--", "other/one", "mine/öne", "mine/a/b"] {
        assert_eq!(after(&[&text(id)]).0, [text(id)]);
    }
    let taken = [text("mine/one"), text("One")];
    assert_eq!(after(&[&taken[0], &taken[1]]).0, taken);
}

#[test]
fn in_a_file_of_another_pack_no_id_is_made() {
    let without = "{\"topic\":\"only\",\"kind\":\"typed\",\"stem\":\"What is it?\",\"accepted\":[\"x\"]}";
    let other = file(&[without]).replace("\"mine\"", "\"other\"");
    assert!(drafts(&folder_of(HEAD, &[other])).is_empty());
    let head = HEAD.replace("\"mine\"", "\"My Pack\"");
    assert!(drafts(&folder_of(&head, &[file(&[without]).replace("\"mine\"", "\"My Pack\"")])).is_empty());
}

#[test]
fn what_does_not_show_is_tidied_and_told_of_the_whole_file() {
    let text = "\u{feff}{ \"format\": 1, \"pack\": \"mine\", \r\n\"questions\": [ ,\r\n] }".replace(" ,", "");
    let draft = drafts(&folder_of(HEAD, &[text])).pop().unwrap();
    assert_eq!(draft.text, "{ \"format\": 1, \"pack\": \"mine\",\n\"questions\": [\n] }\n");
    let told: Vec<&FixKind> = draft.fixes.iter().map(|fix| &fix.kind).collect();
    assert_eq!(
        told,
        [
            &FixKind::ByteOrderMark,
            &FixKind::LineEnds(2),
            &FixKind::BlanksAtLineEnds(1),
            &FixKind::LastLineEnd
        ]
    );
    assert!(draft.fixes.iter().all(|fix| fix.place.position.is_none()));
}

#[test]
fn a_comma_too_many_goes_and_every_mend_has_its_place_in_the_new_text() {
    let text = "{ \"format\": 1, \"pack\": \"mine\", \"questions\": [\n  {\n  \"topic\": \"only\", \"kind\": \"one-of\",\n  \
                \"stem\": \"?a\", \"choices\": [\"x\", \"y\" , ], \"key\": \"b\" ,\n  },\n] }\n";
    let draft = drafts(&folder_of(HEAD, &[text.to_owned()])).pop().unwrap();
    let fix_folder = "{ \"format\": 1, \"pack\": \"mine\", \"questions\": [\n  {\n  \"id\": \"mine/a\", \"topic\": \"only\", \"kind\": \"one-of\",\n  \
                  \"stem\": \"?a\", \"choices\": [\"x\", \"y\"  ], \"key\": \"B\"\n  }\n] }\n";
    assert_eq!(draft.text, fix_folder);
    let places: Vec<(usize, usize)> = draft
        .fixes
        .iter()
        .filter_map(|fix| fix.place.position)
        .map(|spot| (spot.line, spot.column))
        .collect();
    assert_eq!(places, [(3, 3), (4, 38), (4, 49), (4, 52), (5, 4)]);
}

#[test]
fn what_cannot_be_read_or_says_a_thing_twice_is_left() {
    for text in ["", "{", "[1,,]", "{\"a\": [1,}", "\"a\r\nb\"", "{\"questions\": [}\r\n"] {
        assert!(drafts(&folder_of(HEAD, &[text.to_owned()])).is_empty(), "{text}");
    }
    assert_left("\"kind\": \"true-false\", \"stem\": \"It is.\", \"key\": \"true\", \"key\": true");
}

#[test]
fn only_files_that_are_meant_are_fixed() {
    let folder = folder_of(HEAD, &["{}\r\n".into(), "{}\r\n".into()]);
    let mut context = FixContext::of(std::slice::from_ref(&folder), &LIBRARY);
    let drafts = fix_folder(&folder, &|file| file.name == "q1.json", &mut context).unwrap();
    assert_eq!(drafts.iter().map(|draft| draft.label.as_str()).collect::<Vec<_>>(), ["mine/q1.json"]);
}

#[test]
fn shipped_packs_and_catalogs_stay_byte_for_byte() {
    let shipped = folder::shipped();
    let mut context = FixContext::of(&shipped, &LIBRARY);
    for folder in &shipped {
        let drafts = fix_folder(folder, &|_| true, &mut context).unwrap();
        let fixes: Vec<&Fix> = drafts.iter().flat_map(|draft| &draft.fixes).collect();
        assert!(fixes.is_empty(), "{fixes:?}");
    }
}

#[test]
fn a_number_in_quotation_marks_loses_them() {
    let part = |value: &str| format!("\"kind\": \"number\", \"stem\": \"How many?\", \"value\": {value}");
    for (value, number) in [("\"8\"", "8"), ("\" -1.5 \"", "-1.5")] {
        let what = FixKind::Number { key: "value", number: number.into() };
        assert_fixed(&part(value), &part(number), &[what]);
    }
    for value in ["\"1,000\"", "\"1.000,5\"", "\"eight\"", "\"8 km\"", "\"\"", "\"08\"", "\"1e999\"", "8"] {
        assert_left(&part(value));
    }
}

#[test]
fn a_text_where_a_list_belongs_is_put_into_one() {
    let what = || vec![FixKind::List { key: "accepted" }];
    assert_fixed(&typed("\"accepted\": \"Titan\""), &typed("\"accepted\": [\"Titan\"]"), &what());
    assert_fixed(&typed("\"accepted\": \" Titan\""), &typed("\"accepted\": [\"Titan\"]"), &what());
    assert_left(&typed("\"accepted\": \" \""));
    assert_left(&one_of("\"B\"").replace("[\"Ant\", \"Bee\", \"Cat\"]", "\"Ant\""));
}

#[test]
fn curly_quotation_marks_and_words_of_other_languages_are_put_right_before_all_else() {
    let part = "\"kind\": \"true-false\", “stem”: “It is so. ”, \"key\": True,";
    let (texts, fixes) = after(&[&question(part)]);
    let to = "\"kind\": \"true-false\", \"stem\": \"It is so.\", \"key\": true";
    assert_eq!(texts, [question(to)]);
    let whats: Vec<FixKind> = fixes.into_iter().map(|fix| fix.kind).collect();
    assert_eq!(
        whats,
        [FixKind::CurlyQuotes(2), FixKind::Words(1), FixKind::Blanks { key: "stem" }, FixKind::Comma]
    );
}
