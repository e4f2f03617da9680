//! Separated values as tables: delimiters, headers, keys, refusals.

use super::*;
use crate::kinds;
use badgedex_domain::question::Kind;

fn read_plain(text: &str) -> ParsedFile {
    read(text, &ColumnMapping::default())
}

fn kind(text: &str) -> Kind {
    let contents = read_plain(text);
    assert_eq!(contents.refusals, [], "{text}");
    contents.questions[0].kind.clone()
}

fn reveal(answer: &str) -> Kind {
    Kind::Reveal { answer: answer.to_owned() }
}

#[test]
fn the_separator_is_sniffed_and_said() {
    for (text, plural) in [
        ("question,answer\nWhat; then?,so\n", "commas"),
        ("Question;Answer\n\"a, b; c?\";d, e\n", "semicolons"),
        ("one, two?\tthree\nfour?\tfive, six, seven\n", "tabs"),
        ("front|back\na, b|c\n", "pipes"),
        ("moss?,green\nfern?,green too\n", "commas"),
    ] {
        let contents = read_plain(text);
        assert_eq!(contents.notes[0], format!("the columns are separated by {plural}"), "{text}");
        assert!(!contents.questions.is_empty() && contents.refusals.is_empty(), "{text}");
    }
}

#[test]
fn a_key_is_a_letter_a_number_or_the_words() {
    for (key, keys) in [
        ("A", vec![0]),
        ("c", vec![2]),
        ("2", vec![1]),
        ("0", vec![0]),
        ("fern", vec![1]),
        ("\"A,C\"", vec![0, 2]),
        ("AC", vec![0, 2]),
        ("A;C", vec![0, 2]),
        ("\"1, 3\"", vec![0, 2]),
        ("moss; lichen", vec![0, 2]),
        ("A and x", vec![]),
    ] {
        let text =
            format!("Question,Option A,option_b,OPTIONC,Correct Answer\nWhich?,moss,fern,lichen,{key}\n");
        let contents = read_plain(&text);
        let choices = ["moss", "fern", "lichen"].map(str::to_owned).to_vec();
        match keys[..] {
            [] => assert_eq!(
                contents.refusals[0].reason.to_string(),
                format!("its key \"{key}\" names no choice")
            ),
            [key] => assert_eq!(contents.questions[0].kind, kinds::one_of(choices, key), "{text}"),
            _ => assert_eq!(contents.questions[0].kind, kinds::any_of(choices, keys), "{text}"),
        }
    }
}

#[test]
fn a_kind_says_what_an_answer_is() {
    let accepted = vec!["moss".to_owned(), "a moss".to_owned()];
    for (row, expected) in [
        ("typed,What?,moss | a moss,", Kind::Typed { accepted }),
        ("number,How many?,3.5,0.5", Kind::Number { value: 3.5, tolerance: 0.5, unit: String::new() }),
        ("true-false,It is?,FALSE,", Kind::TrueFalse { key: false }),
        (",It is?,false,", reveal("false")),
        (",What?,moss,", reveal("moss")),
    ] {
        assert_eq!(kind(&format!("kind,question,answer,tolerance\n{row}\n")), expected, "{row}");
    }
    assert_eq!(kind("question,a,b,correct\nIs it?,True,False,B\n"), Kind::TrueFalse { key: false });
}

#[test]
fn the_unit_of_a_number_and_the_source_are_kept() {
    let text = "kind,question,answer,unit,reference\nnumber,How long is a week?,7,days,A calendar\n";
    let found = &read_plain(text).questions[0];
    let unit = "days".to_owned();
    assert_eq!(found.kind, Kind::Number { value: 7.0, tolerance: 0.0, unit });
    assert_eq!((found.source.as_deref(), &found.warnings[..]), (Some("A calendar"), &[][..]));
}

#[test]
fn two_columns_without_names_are_front_and_back() {
    let contents = read_plain("moss?,green\n\"fern,\nthe tall one?\",green\n\nlichen?,grey\n");
    assert_eq!(contents.questions.iter().map(|f| f.line).collect::<Vec<_>>(), [1, 2, 5]);
    assert_eq!(contents.questions[1].stem, "fern,\nthe tall one?");
}

#[test]
fn more_columns_without_names_need_a_map() {
    let text = "1,moss?,green\n2,fern?,tall\n";
    let refused = read_plain(text).refusals;
    assert_eq!(refused[0].excerpt, "1 | moss? | green");
    assert!(
        refused[0].reason.to_string().contains("--map question=1 --map answer=2"),
        "{}",
        refused[0].reason.to_string()
    );
    let map = ColumnMapping::parse(&["question=2".to_owned(), "answer = 3".to_owned()]).unwrap();
    let contents = read(text, &map);
    assert_eq!((contents.questions.len(), &contents.questions[1].kind), (2, &reveal("tall")));
}

#[test]
fn a_map_names_columns_by_their_names_too() {
    let map = ColumnMapping::parse(&["question=Frage".to_owned(), "answer=antwort".to_owned()]).unwrap();
    let contents = read("Antwort,Frage\ngreen,moss?\n", &map);
    assert_eq!(
        (contents.questions[0].stem.as_str(), &contents.questions[0].kind),
        ("moss?", &reveal("green"))
    );
}

#[test]
fn a_wrong_map_is_told() {
    for (said, part) in [("frog=2", "the fields are id, kind, topic"), ("question", "question=2")] {
        assert!(ColumnMapping::parse(&[said.to_owned()]).unwrap_err().to_string().contains(part));
    }
    let map = ColumnMapping::parse(&["question=9".to_owned()]).unwrap();
    assert_eq!(
        read("a?,b\n", &map).refusals[0].reason.to_string(),
        "--map names column 9, and the columns are 1 to 2"
    );
}

#[test]
fn an_open_quote_costs_its_line_only() {
    let contents = read_plain("question,answer\na?,b\n\"c?,d\ne?,f\n");
    assert_eq!(contents.questions.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(contents.refusals[0].line, 3);
    assert_eq!(contents.refusals[0].reason.to_string(), "a quotation mark on this line is never closed");
}

#[test]
fn cells_that_look_like_formulas_are_text() {
    let contents = read_plain("question,answer\n=1+1,'@x\n");
    assert_eq!((contents.questions[0].stem.as_str(), &contents.questions[0].kind), ("=1+1", &reveal("'@x")));
}

#[test]
fn a_refusal_has_its_line_and_its_reason() {
    for (row, why) in [
        ("Which?,x,,A", "it has only one choice"),
        ("Which?,x,y,", "no choice is marked as right"),
        ("Which?,x,y,E", "its key \"E\" names no choice"),
        ("Which?,x,x,A", "two choices are the same: \"x\""),
        (",x,y,A", "it asks nothing"),
        ("Which?,x,y,AB", "every choice is marked as right"),
        ("Which?,,,", "it has no answer"),
    ] {
        let contents = read_plain(&format!("question,a,b,correct\nSound?,x,y,A\n{row}\n"));
        assert_eq!(contents.questions.len(), 1, "{row}");
        assert_eq!(
            (contents.refusals[0].line, contents.refusals[0].reason.to_string().as_str()),
            (3, why),
            "{row}"
        );
    }
    let long = "A".repeat(70_000);
    assert_eq!(
        read_plain(&format!("{long}?,b\nc?,d\n")).refusals[0].reason.to_string(),
        "it is longer than 64 KiB"
    );
}

#[test]
fn choices_may_stand_in_one_cell() {
    let expected = kinds::one_of(vec!["moss".to_owned(), "fern".to_owned()], 1);
    assert_eq!(kind("Question,Options,Correct Answers\nWhich?,moss|fern,fern\n"), expected);
}

#[test]
fn all_keys_together_tell_how_they_are_meant() {
    for (keys, places) in [
        // Numbers from 1, though one of them is the words of another choice.
        (["1", "2", "3"], [0, 1, 2]),
        (["0", "2", "1"], [0, 2, 1]),
        (["B", "C", "A"], [1, 2, 0]),
        // Each is the words of a choice.
        (["3", "9", "C"], [0, 1, 1]),
    ] {
        let rows = ["3,2,1", "8,9,7", "B,C,A"].iter().zip(keys);
        let rows: String =
            rows.enumerate().map(|(i, (choices, key))| format!("Q{i}?,{choices},{key}\n")).collect();
        let contents = read(&format!("question,a,b,c,correct\n{rows}"), &ColumnMapping::default());
        assert_eq!(contents.refusals, [], "{keys:?}");
        let found: Vec<usize> = contents
            .questions
            .iter()
            .map(|found| match &found.kind {
                Kind::OneOf { key, .. } => *key,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, places, "{keys:?}");
    }
}

/// The places of the keys, or why they are refused, of rows with the choices moss, fern, lichen and reed.
fn places(keys: &[&str]) -> (Vec<String>, Vec<String>) {
    let rows = keys.iter().enumerate().map(|(i, key)| format!("Q{i}?,moss,fern,lichen,reed,\"{key}\"\n"));
    let contents = read_plain(&format!("question,a,b,c,d,correct\n{}", rows.collect::<String>()));
    let mut told: Vec<(usize, String)> =
        contents.refusals.iter().map(|refused| (refused.line, refused.reason.to_string())).collect();
    told.extend(contents.questions.iter().map(|found| match &found.kind {
        Kind::OneOf { key, .. } => (found.line, key.to_string()),
        Kind::AnyOf { keys, .. } => (found.line, format!("{keys:?}")),
        other => panic!("{other:?}"),
    }));
    told.sort();
    (told.into_iter().map(|(_, said)| said).collect(), contents.notes)
}

#[test]
fn numbers_count_from_0_or_1_for_the_file_as_a_whole_and_it_is_said() {
    let torn = |key: &str| {
        format!(
            "its key {key} may count the choices from 0, as line 2 does, or from 1, as line 3 does: write letters \
             as keys, or name another column with --map correct=COLUMN"
        )
    };
    let unknown = "its key \"7\" names no choice".to_owned();
    for (keys, said, note) in [
        (&["1", "2"][..], vec!["0".to_owned(), "1".to_owned()], Some("count the choices from 1")),
        (&["4", "B"], vec!["3".to_owned(), "1".to_owned()], Some("count the choices from 1")),
        (&["0", "3"], vec!["0".to_owned(), "3".to_owned()], Some("count the choices from 0, as one")),
        (&["0,2", "C"], vec!["[0, 2]".to_owned(), "2".to_owned()], Some("count the choices from 0, as one")),
        (
            &["0", "4", "2", "fern"],
            vec![torn("0"), torn("4"), torn("2"), "1".to_owned()],
            Some("none of them is taken"),
        ),
        (&["7", "1"], vec![unknown, "0".to_owned()], Some("count the choices from 1")),
        (&["A", "fern"], vec!["0".to_owned(), "1".to_owned()], None),
    ] {
        let (found, notes) = places(keys);
        assert_eq!(found, said, "{keys:?}");
        let told: Vec<&String> = notes.iter().filter(|note| note.contains("keys that are numbers")).collect();
        assert_eq!(told.len(), usize::from(note.is_some()), "{keys:?}: {notes:?}");
        assert!(note.is_none_or(|part| told[0].contains(part)), "{keys:?}: {notes:?}");
    }
}

#[test]
fn one_0_among_many_keys_from_1_is_a_mistake() {
    let (found, _) = places(&["0", "1", "2", "3", "4", "1", "2", "3", "4", "1", "2"]);
    assert_eq!(found[0], "its key \"0\" names no choice");
    assert_eq!(found[1..], ["0", "1", "2", "3", "0", "1", "2", "3", "0", "1"]);
}

#[test]
fn a_missing_choice_changes_no_other_key() {
    let contents = read_plain("question,a,b,c,correct\nQ0?,2,3,4,3\nQ1?,x,,z,2\nQ2?,4,3,2,3\n");
    let keys: Vec<_> = contents.questions.iter().map(|found| found.kind.clone()).collect();
    let one_of = |choices: [&str; 3]| kinds::one_of(choices.map(str::to_owned).to_vec(), 2);
    assert_eq!(keys, [one_of(["2", "3", "4"]), one_of(["4", "3", "2"])]);
    assert_eq!(contents.refusals[0].reason.to_string(), "its key \"2\" names no choice");
}

#[test]
fn a_quoted_cell_may_have_blanks_in_front_of_it() {
    for (row, answer) in [
        (r#"Which?, "one, two" "#, "one, two"),
        (r#" "Which?","one, ""two""""#, "one, \"two\""),
        (r#"Which?, "one" of two"#, "\"one\" of two"),
        (r#"Which?, "one"#, "\"one"),
    ] {
        let contents = read_plain(&format!("question, answer\n{row}\nWho?, me\n"));
        assert_eq!(contents.refusals, [], "{row}");
        assert_eq!(contents.questions[0].kind, Kind::Reveal { answer: answer.to_owned() }, "{row}");
        assert_eq!(contents.questions[1].line, 3, "{row}");
    }
}

#[test]
fn a_number_that_is_the_words_of_a_choice_is_remarked() {
    let text = "question,a,b,c,correct\nHow many?,3,2,7,2\nWho?,moss,fern,reed,B\n";
    let found = &read_plain(text).questions[0];
    assert_eq!(found.kind, kinds::one_of(["3", "2", "7"].map(str::to_owned).to_vec(), 1));
    assert_eq!(found.warnings, ["its key 2 is read as the words of a choice, not as its number"]);
    let text = "question,a,b,c,correct\nHow many?,3,2,1,1\nWho?,moss,fern,reed,3\n";
    let found = &read_plain(text).questions[0];
    assert_eq!(found.kind, kinds::one_of(["3", "2", "1"].map(str::to_owned).to_vec(), 0));
    assert_eq!(
        found.warnings,
        ["its key 1 is read as the number of a choice, as those of the other rows are"]
    );
}

#[test]
fn what_the_columns_are_read_as_is_said() {
    let said = |text: &str| read_plain(text).notes[1].clone();
    let otherwise = "--map FIELD=COLUMN changes that";
    assert_eq!(
        said("Number,Question,A,B,Key\n1,Which?,x,y,A\n"),
        format!(
            "column 1 is read as nothing, 2 as question, 3 as choice A, 4 as choice B, 5 as correct: {otherwise}"
        )
    );
    assert_eq!(
        said("moss?,green\nfern?,tall\n"),
        format!("column 1 is read as question, 2 as answer: {otherwise}")
    );
}

#[test]
fn a_table_without_answers_is_refused_once() {
    let contents = read_plain("word,examples\nmoss,green\nfern,too\n");
    assert_eq!(contents.refusals.len(), 1);
    assert_eq!(
        contents.refusals[0].reason.to_string(),
        "no column holds the answer: name it with --map answer=COLUMN"
    );
}

#[test]
fn the_right_answer_may_stand_apart_from_the_wrong_ones() {
    for header in ["question,option_a,option_b,answer", "question,incorrect_1,wrong answer 2,correct_answer"]
    {
        let contents =
            read_plain(&format!("{header}\nWhat floats?,lead,iron,cork\nWhat sinks?,cork,wood,lead\n"));
        assert_eq!(contents.refusals, [], "{header}");
        let choices = ["lead", "iron", "cork"].map(str::to_owned).to_vec();
        assert_eq!(contents.questions[0].kind, kinds::one_of(choices, 2), "{header}");
    }
    let one_is_named = read_plain("question,a,b,correct\nQ?,x,y,x\nR?,x,y,zz\n");
    assert_eq!(one_is_named.refusals[0].reason.to_string(), "its key \"zz\" names no choice");
}

#[test]
fn the_column_of_the_key_has_many_names() {
    for name in
        ["correct_option_ids", "Correct Answer Index", "right option", "correctAnswerText", "Correct No"]
    {
        let contents = read_plain(&format!("question,a,b,{name}\nQ?,x,y,2\nR?,x,y,1\n"));
        assert_eq!(contents.refusals, [], "{name}");
        assert_eq!(contents.questions.len(), 2, "{name}");
    }
}

#[test]
fn a_table_in_which_every_question_has_several_right_choices_names_them() {
    for keys in [["A,C", "B,D"], ["AC", "BD"]] {
        let (found, _) = places(&keys);
        assert_eq!(found, ["[0, 2]", "[1, 3]"], "{keys:?}");
    }
}
