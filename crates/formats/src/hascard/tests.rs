//! hascard decks as tables, one card a row.

use super::*;
use crate::kinds;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn each_kind_of_card_is_read() {
    for (card, stem, kind) in [
        ("# Moss\nA plant.\nSmall.", "Moss", Kind::Reveal { answer: "A plant.\nSmall.".to_owned() }),
        ("# Which?\n- x\n* y\n- z", "Which?", kinds::one_of(texts(&["x", "y", "z"]), 1)),
        ("# Which?\n[*] x\n[ ] y\n[x] z", "Which?", kinds::any_of(texts(&["x", "y", "z"]), vec![0, 2])),
        ("# Which?\n- [ ] x\n- [x] y\n", "Which?", kinds::one_of(texts(&["x", "y"]), 1)),
        ("# Sort\n2. b\n3. c\n1. a", "Sort", Kind::Order { items: texts(&["a", "b", "c"]) }),
        ("# Word\n_moss|a moss_", "Word", Kind::Typed { accepted: texts(&["moss", "a moss"]) }),
        (
            "# Gap\nA snake\\_case _moss_.",
            "Gap\nA snake_case [...].",
            Kind::Typed { accepted: texts(&["moss"]) },
        ),
        ("# Gaps\n_a_ and _b|c_", "Gaps\n[...] and [...]", Kind::Reveal { answer: "a; b or c".to_owned() }),
        ("# List\n- only\n- wrong", "List", Kind::Reveal { answer: "- only\n- wrong".to_owned() }),
    ] {
        let contents = read(&format!("\n{card}\n---\n"));
        assert_eq!(contents.refusals, [], "{card}");
        let found = &contents.questions[0];
        assert_eq!((found.line, found.stem.as_str(), &found.kind), (2, stem, &kind), "{card}");
    }
}

#[test]
fn a_refusal_has_its_line_and_its_reason() {
    for (card, why) in [
        ("no title", "the card does not begin with #"),
        ("# Title", "there is nothing after its title"),
        ("# Which?\n* x\n* y", "every choice is marked as right"),
        ("# Which?\n[ ] x\n[ ] y", "no choice is marked as right"),
        ("# Which?\n[x] x", "it has only one choice"),
        ("#\n- x\n* y", "it asks nothing"),
        ("# Here?\n![](x.png)\n- x\n* y", "its picture cannot be shown here"),
    ] {
        let contents = read(&format!("# Fern\nTall.\n---\n{card}\n"));
        assert_eq!(contents.questions.len(), 1, "{card}");
        assert_eq!(
            (contents.refusals[0].line, contents.refusals[0].reason.to_string().as_str()),
            (4, why),
            "{card}"
        );
    }
}
