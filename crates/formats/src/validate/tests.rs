//! One gate for all formats: the same fault is refused in the same words, and the same doubt is told.

use super::*;
use crate::csv::{self, ColumnMapping};
use crate::{ParsedFile, aiken, anki_text, gift, hascard, hashcards, practice};

/// A question with choices of which the first is right, in every format that has such.
fn with_choices(stem: &str, choices: &[&str], right: usize) -> Vec<ParsedFile> {
    let rows = |line: &dyn Fn(usize, &str) -> String| -> String {
        choices.iter().enumerate().map(|(place, text)| line(place, text)).collect()
    };
    let mark = |place: usize| if place < right { "x" } else { " " };
    let letter = |place: usize| char::from(b'A' + u8::try_from(place).unwrap());
    let key: String = (0..right).map(|place| format!("{}, ", letter(place))).collect();
    let key = key.trim_end_matches(", ");
    let names: String = (0..choices.len()).map(|place| format!(",{}", letter(place))).collect();
    let boxes = rows(&|place, text| format!("- [{}] {text}\n", mark(place)));
    let listed = rows(&|place, text| format!("{}. {text}\n", letter(place)));
    let lines = rows(&|place, text| format!("- {}. {text}\n", letter(place)));
    let cells = rows(&|_, text| format!(",{text}"));
    let weighed = rows(&|place, text| match (place < right, right) {
        (true, 1) => format!("={text} "),
        (true, _) => format!("~%50%{text} "),
        _ => format!("~{text} "),
    });
    // A lone right answer is one that is typed.
    let weighed = if choices.len() == 1 { weighed + "~" } else { weighed };
    vec![
        practice::read(&format!("# T\n\n### {stem}\n\n{boxes}")),
        practice::read(&format!("1. {stem}\n{lines}Answer: {key}\n")),
        hascard::read(&format!("# {stem}\n{}", rows(&|place, text| format!("[{}] {text}\n", mark(place))))),
        aiken::read(&format!("{stem}\n{listed}ANSWER: {key}\n")),
        csv::read(&format!("question,correct{names}\n{stem},\"{key}\"{cells}\n"), &ColumnMapping::default()),
        gift::read(&format!("{stem} {{{weighed}}}")),
    ]
}

#[test]
fn every_format_refuses_the_same_in_the_same_words() {
    let many: Vec<String> = (0..27).map(|n| format!("choice {n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (choices, right, why) in [
        (&["salt"][..], 1, "it has only one choice"),
        (&["salt", "Salt"], 1, "two choices differ only in capital letters: \"Salt\""),
        (&["salt", "sand", "salt"], 1, "two choices are the same: \"salt\""),
        (&["salt", "sand"], 2, "every choice is marked as right"),
        (&many[..26], 1, ""),
    ] {
        for (place, contents) in with_choices("What is in the sea?", choices, right).iter().enumerate() {
            let found: Vec<String> =
                contents.refusals.iter().map(|refusal| refusal.reason.to_string()).collect();
            let expected: &[&str] = if why.is_empty() { &[] } else { &[why] };
            assert_eq!(found, expected, "format {place}: {choices:?}");
        }
    }
}

#[test]
fn every_format_warns_of_choices_that_look_the_same() {
    for twin in ["s\u{430}lt", "salt\u{200b}", "\u{ff53}alt"] {
        for (place, contents) in with_choices("What is it?", &["salt", twin], 1).iter().enumerate() {
            assert_eq!(contents.refusals, [], "format {place}: {twin:?}");
            assert_eq!(contents.questions[0].warnings, [LOOK_THE_SAME], "format {place}: {twin:?}");
        }
    }
}

#[test]
fn a_text_that_shows_nothing_asks_nothing() {
    for contents in [
        gift::read("::t::\u{200b} {T}"),
        aiken::read("\u{200b}\nA. a\nB. b\nANSWER: A\n"),
        csv::read("question,answer\n\u{200b},a\n", &ColumnMapping::default()),
        hascard::read("# \u{200b}\nA back.\n"),
        hashcards::read("Q: \u{200b}\nA: A back.\n"),
        anki_text::read("#separator:tab\n\u{200b}\tA back\n"),
    ] {
        assert_eq!(contents.questions, [], "{contents:?}");
        assert_eq!(contents.refusals[0].reason.to_string(), "it asks nothing", "{contents:?}");
    }
}
