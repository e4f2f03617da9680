//! hashcards decks as tables, one card a row.

use badgedex_domain::question::Kind;

use super::*;

fn shown(text: &str) -> Vec<(usize, String, String)> {
    let contents = read(text);
    assert_eq!(contents.refusals, [], "{text}");
    let answer = |kind: &Kind| match kind {
        Kind::Reveal { answer } => answer.clone(),
        other => format!("{other:?}"),
    };
    contents.questions.iter().map(|f| (f.line, f.stem.clone(), answer(&f.kind))).collect()
}

fn rows(rows: &[(usize, &str, &str)]) -> Vec<(usize, String, String)> {
    rows.iter().map(|(line, a, b)| (*line, (*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn a_card_goes_on_until_the_next_tag_or_line() {
    let text = "Q: What is moss?\n Q: not a tag\nA: A plant.\n\n- small\n---\nQ: Fern?\nA:\nTall.\n";
    assert_eq!(
        shown(text),
        rows(&[(1, "What is moss?\n Q: not a tag", "A plant.\n\n- small"), (7, "Fern?", "Tall.")])
    );
}

#[test]
fn a_heading_or_a_comment_is_no_part_of_an_answer() {
    let text = "# Plants\nQ: Moss?\nA: Green.\n\n## More\ntext\n<!-- note -->\nQ: Fern?\nA: Tall #1.\n";
    assert_eq!(shown(text), rows(&[(2, "Moss?", "Green."), (8, "Fern?", "Tall #1.")]));
}

#[test]
fn a_head_names_the_deck() {
    let text = "---\nname = \"Plants\"\n---\n\nQ: Moss?\nA: Green.\n";
    assert_eq!(read(text).title.as_deref(), Some("Plants"));
    assert_eq!(shown(text)[0].0, 5);
}

#[test]
fn each_deletion_is_a_question() {
    let text = "C: [Moss] is \\[a\\] plant on [stones]. ![alt](x.png)\n";
    assert_eq!(
        shown(text),
        rows(&[(1, "[...] is [a] plant on stones.", "Moss"), (1, "Moss is [a] plant on [...].", "stones"),])
    );
    assert_eq!(read(text).questions[0].warnings, ["a picture is left out"]);
}

#[test]
fn a_refusal_has_its_line_and_its_reason() {
    for (card, why) in [
        ("Q: Moss?\n", "it has no answer"),
        ("A: Green.\n", "it is an answer without a question"),
        ("C: nothing here\n", "it has no deletion in square brackets"),
        ("C: an [] here\n", "its deletion is empty"),
        ("Q: ![](x.png)\nA: Green.\n", "its picture cannot be shown here"),
        ("Q:\nA: Green.\n", "it asks nothing"),
    ] {
        let contents = read(&format!("Q: Fern?\nA: Tall.\n\n{card}"));
        assert_eq!(contents.questions.len(), 1, "{card}");
        assert_eq!(
            (contents.refusals[0].line, contents.refusals[0].reason.to_string().as_str()),
            (4, why),
            "{card}"
        );
    }
}

#[test]
fn a_text_of_signs_is_read_in_one_go() {
    for sign in ["![", "![](", "[", "\\[", "C: [x]\n", "[x]"] {
        read(&format!("C: {}", sign.repeat(50_000)));
    }
}
