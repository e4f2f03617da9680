//! Anki's text files as tables: headers, meta columns, deletions, refusals.

use super::*;

fn read_all(text: &str) -> Vec<(String, String)> {
    let contents = read(text);
    assert_eq!(contents.refusals, [], "{text}");
    contents.questions.iter().map(|f| (f.stem.clone(), answer(&f.kind))).collect()
}

fn answer(kind: &Kind) -> String {
    match kind {
        Kind::Reveal { answer } => answer.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_separator_has_a_name_or_is_the_character() {
    for (header, separator) in [
        ("#separator:Comma", ","),
        ("#SEPARATOR: semicolon", ";"),
        ("#separator:tab\t\t", "\t"),
        ("#separator:Space", " "),
        ("#separator:pipe", "|"),
        ("#Separator:Colon", ":"),
        ("#separator:;", ";"),
        ("#separator:\t", "\t"),
        ("#html:false", "\t"),
    ] {
        let shown = read_all(&format!("{header}\nfront{separator}back\n"));
        assert_eq!(shown, [("front".to_owned(), "back".to_owned())], "{header}");
    }
}

#[test]
fn columns_that_are_no_fields_are_taken_out_first() {
    let text = "#separator:tab\n#guid column:1\n#notetype column: 2\n#deck column:3\t\n#tags column:6\n#frog:2\n\
                a%<;\tBasic\tPlants::Moss\tfront\tback\tgreen small\textra\n";
    let contents = read(text);
    let found = &contents.questions[0];
    assert_eq!(found.own_id.as_deref(), Some("a%<;"));
    assert_eq!(found.topic, ["Plants", "Moss"]);
    assert_eq!(found.tags, ["green", "small"]);
    assert_eq!((found.line, found.stem.as_str(), answer(&found.kind)), (7, "front", "back".to_owned()));
    assert_eq!(found.rationale.as_deref(), Some("extra"));
}

#[test]
fn quotes_span_lines_and_comments_are_skipped() {
    let contents = read("#html:false\n# a comment\n\"one\n#two \"\"x\"\"\"\tback\n#comment\n\nfour\tfive\n");
    assert_eq!(contents.questions[0].stem, "one\n#two \"x\"");
    assert_eq!(contents.questions.iter().map(|f| f.line).collect::<Vec<_>>(), [3, 7]);
}

#[test]
fn html_is_read_where_the_head_says_so_or_it_looks_like_it() {
    assert_eq!(read_all("#html:true\na &lt; b<br>c\t<b>x</b>\n")[0], ("a < b\nc".to_owned(), "x".to_owned()));
    let raw = read_all("#html:false\na &lt; b<br>c\t<b>x</b>\n");
    assert_eq!(raw[0], ("a &lt; b<br>c".to_owned(), "<b>x</b>".to_owned()));
    for (note, is_html) in [
        ("a &lt; b<br>c\tx", true),
        ("<b>What</b>\tx", true),
        ("one&nbsp;two\tx", true),
        ("Which flag is it?<img src=\"x.png\">\tx", true),
        ("Is a<b and b>c?\tx", false),
        ("What does the tag <b> do?\tIt makes letters bold.", false),
        ("R&D\tx", false),
    ] {
        let contents = read(&format!("{note}\n"));
        assert_eq!(contents.notes.iter().any(|note| note == GUESSED), is_html, "{note}");
        assert_eq!(
            contents.questions[0].stem.contains(['<', '&', '>']),
            !is_html || note.contains("&lt;"),
            "{note}"
        );
    }
}

#[test]
fn what_the_columns_are_read_as_is_said() {
    let said = |text: &str| read(text).notes[0].clone();
    let otherwise = "--as csv --map FIELD=COLUMN reads them otherwise";
    assert_eq!(
        said("a\tb\tc\n"),
        format!("column 1 is read as question, 2 as answer, 3 as explanation: {otherwise}")
    );
    assert_eq!(
        said("#guid column:1\n#tags column:3\ng\ta\tt\tb\tc\td\n"),
        format!(
            "column 1 is read as id, 2 as question, 3 as tags, 4 as answer, 5 to 6 as explanation: {otherwise}"
        )
    );
}

#[test]
fn each_deletion_is_a_question() {
    let text = "#guid column:1\ng1\tA {{c1::moss::plant}} on a {{c2::stone}}, {{c1::green}}.\n";
    let contents = read(text);
    let shown: Vec<_> = contents
        .questions
        .iter()
        .map(|f| (f.own_id.clone().unwrap(), f.stem.clone(), answer(&f.kind)))
        .collect();
    let expected = [
        ("g1 c1", "A [plant] on a stone, [...].", "moss, green"),
        ("g1 c2", "A moss on a [...], green.", "stone"),
    ];
    assert_eq!(shown, expected.map(|(id, stem, answer)| (id.to_owned(), stem.to_owned(), answer.to_owned())));
}

#[test]
fn deletions_inside_of_one_another_do_not_break() {
    let shown = read_all("{{c1::moss on {{c2::stone}}}} grows\t\n");
    assert_eq!(
        shown,
        [("[...] grows", "moss on stone"), ("moss on [...] grows", "stone")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    let deep = format!("{}x{}\tb\n", "{{c1::".repeat(5000), "}}".repeat(5000));
    assert!(!read(&deep).questions.is_empty());
}

#[test]
fn what_cannot_be_shown_is_refused() {
    for (note, why) in [
        ("<img src=x.png>\tback", "its picture cannot be shown here"),
        ("[sound:x.mp3]\tback", "its sound cannot be played here"),
        ("front of a card\t<img src=x.png>", "its back is a picture, which cannot be shown here"),
        ("front\t", "its back is empty"),
        ("front", "it has no back"),
    ] {
        let contents = read(&format!("#separator:tab\n#html:true\nsound\tone\n{note}\n"));
        assert_eq!((contents.questions.len(), contents.refusals.len()), (1, 1), "{note}");
        assert_eq!(
            (contents.refusals[0].line, contents.refusals[0].reason.to_string().as_str()),
            (4, why),
            "{note}"
        );
    }
}

#[test]
fn a_note_of_nothing_but_deletions_is_refused() {
    let note: String = (1..5000).map(|number| format!("{{{{c{number}::x}}}}")).collect();
    let contents = read(&format!("{note}\t\nfront\tback\n"));
    assert_eq!(contents.questions.len(), 1);
    assert_eq!(
        contents.refusals[0].reason.to_string(),
        "it has 4999 deletions, which is too many for its length"
    );
}
