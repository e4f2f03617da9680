//! Practice exams in each of their layouts, as tables.

use super::*;
use crate::packs::foreign::Found;

fn only(text: &str) -> Found {
    let contents = read(text);
    assert_eq!(contents.refused, [], "{text}");
    assert_eq!(contents.found.len(), 1, "{text}: {contents:?}");
    contents.found.into_iter().next().expect("one was found")
}

fn keys(found: &Found) -> String {
    let letter = |place: &usize| super::super::draft::letter(*place);
    match &found.content {
        Content::OneOf { key, .. } => letter(key).to_string(),
        Content::AnyOf { keys, .. } => keys.iter().map(letter).collect(),
        Content::TrueFalse { key } => key.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_key_is_read_however_it_is_written() {
    for (key, right) in [
        ("Correct answer: B", "B"),
        ("Correct answer: B, E", "BE"),
        ("Correct answer: BE", "BE"),
        ("Correct answer: B and E", "BE"),
        ("Correct answers: B & E.", "BE"),
        ("Correct answer: Ac", "AC"),
        ("Correct answer: A</br>", "A"),
        ("Answer: b", "B"),
        ("**Answer:** D", "D"),
        ("**Answer: D**", "D"),
        ("Answer: **C**", "C"),
        ("The correct answer is C.", "C"),
        ("Correct answers are options A and D", "AD"),
        ("Answer: C. green", "C"),
        ("Answer: a red one", "A"),
        ("Answer: green", "C"),
        ("**Answer:**\nE", "E"),
        ("- Answer: (D)", "D"),
    ] {
        let choices = "    - A. red\n    - B. blue\n    - C. green\n    - D. grey\n    - E. pink\n";
        let folded = format!("<details><summary>Answer</summary>\n\n  {key}\n\n</details>\n");
        for end in [format!("\n{key}\n"), folded] {
            let found = only(&format!("7. Which colour has the moss?\n{choices}{end}"));
            assert_eq!(keys(&found), right, "{key}");
            assert_eq!(found.stem, "Which colour has the moss?");
        }
    }
}

#[test]
fn choices_are_read_however_they_are_lettered() {
    for choices in [
        "- A. red\n- B. blue\n",
        "   * A) red\n   * B) blue\n",
        "A. red\nB. blue\n",
        "a) red\nb) blue\n",
        "- **A.** red\n- **B.** blue\n",
        "(A) red\n(B) blue\n",
    ] {
        let found = only(&format!("1. Which?\n\n{choices}\nAnswer: B\n"));
        let expected = Content::OneOf { choices: vec!["red".to_owned(), "blue".to_owned()], key: 1 };
        assert_eq!(found.content, expected, "{choices}");
    }
}

#[test]
fn a_bold_choice_is_the_right_one() {
    for choices in ["- A. red\n- **B. blue**\n", "- A. red\n- B. **blue**\n"] {
        assert_eq!(keys(&only(&format!("1. Which?\n{choices}"))), "B", "{choices}");
    }
}

#[test]
fn a_stem_goes_on_over_lines_and_code() {
    let found = only(
        "3. What prints\n   ```\n   2. x = *1*\n   A. no choice\n   ```\n   at the end?\n   - A. one\n   - B. two\nAnswer: A\n",
    );
    assert_eq!(found.stem, "What prints\n2. x = *1*\nA. no choice\nat the end?");
}

#[test]
fn numbers_may_repeat_or_skip() {
    let question = |number: usize| {
        format!("{number}. Which {number}?\n- A. x\n- B. y\n\nAnswer: A\nExplanation: Since it is.\n\n")
    };
    let contents = read(&[5, 5, 9].map(question).concat());
    assert_eq!(contents.found.iter().map(|f| f.line).collect::<Vec<_>>(), [1, 8, 15]);
    assert!(contents.found.iter().all(|f| f.rationale.as_deref() == Some("Since it is.")));
}

#[test]
fn a_task_list_is_a_question() {
    let found = only(
        "### 4. Which **two** of `these`?\n\nMore of it.\n\n- [x] one\ngoes on\n- [ ] two\n- [x] three\n\nExplanation: so it is\n",
    );
    assert_eq!(found.stem, "Which two of these?\nMore of it.");
    let choices = ["one\ngoes on", "two", "three"].map(str::to_owned).to_vec();
    assert_eq!(found.content, Content::AnyOf { choices, keys: vec![0, 2] });
    assert_eq!(found.rationale.as_deref(), Some("so it is"));
}

#[test]
fn a_numbered_item_may_hold_a_task_list() {
    let contents = read("1. First?\n   - [ ] a\n   - [x] b\n2. Second?\n   - [x] c\n   - [ ] d\n");
    assert_eq!(contents.refused, []);
    let stems: Vec<&str> = contents.found.iter().map(|f| f.stem.as_str()).collect();
    assert_eq!(stems, ["First?", "Second?"]);
    assert_eq!(contents.found.iter().map(keys).collect::<String>(), "BA");
}

#[test]
fn what_is_unfolded_is_self_checked() {
    let text = "<details><summary>What is moss?</summary>A plant.</details>\n\n<details>\n<summary>And <b>fern</b>?</summary>\n\nAlso *one*.\n\n</details>\n";
    let contents = read(text);
    let shown: Vec<_> = contents.found.iter().map(|f| (f.line, f.stem.as_str(), f.content.clone())).collect();
    let reveal = |answer: &str| Content::Reveal { answer: answer.to_owned() };
    assert_eq!(shown, [(1, "What is moss?", reveal("A plant.")), (3, "And fern?", reveal("Also one."))]);
}

#[test]
fn a_numbered_question_without_choices_shows_its_answer() {
    let found = only(
        "1. Why is moss green?\n\n<details><summary>Show answer</summary>\n\nChlorophyll.\n\n</details>\n",
    );
    assert_eq!(found.content, Content::Reveal { answer: "Chlorophyll.".to_owned() });
}

#[test]
fn a_refusal_has_its_line_and_its_reason() {
    for (text, line, why) in [
        ("\n1. Which?\n- A. x\n- B. y\n", 2, "no choice is marked as right"),
        ("1. Which?\n- A. x\n- B. y\nAnswer: C\n", 1, "its key C names no choice"),
        ("1. Which?\n- A. x\nAnswer: A\n", 1, "it has only one choice"),
        ("1. Which?\n- A. x\n- B. X\nAnswer: A\n", 1, "two choices differ only in capital letters: \"X\""),
        ("1. Which?\n- A. x\n- A. y\nAnswer: A\n", 1, "two choices have the letter A"),
        ("1. Which?\n", 1, "it has no choices and no answer"),
        ("# T\n\n### Which?\n\n- [ ] x\n- [ ] y\n", 3, "no choice is marked as right"),
        ("### Which?\n\n- [x] x\n- [x] y\n", 1, "every choice is marked as right"),
        ("- [x] x\n- [ ] y\n", 1, "it asks nothing"),
        ("### ![](map.png) Where?\n\n- [x] x\n- [ ] y\n", 1, "its picture cannot be shown here"),
        (
            "### Which map is right?\n\n- [x] ![](a.png)\n- [ ] y\n",
            1,
            "a choice is a picture, which cannot be shown here",
        ),
    ] {
        let contents = read(text);
        assert_eq!(contents.found, [], "{text}");
        assert_eq!(contents.refused.len(), 1, "{text}: {contents:?}");
        assert_eq!((contents.refused[0].line, contents.refused[0].why.as_str()), (line, why), "{text}");
    }
}

#[test]
fn what_is_let_pass_is_said() {
    let found = only("### Which of these is shown on the map?\n![](map.png)\n\n- [x] x\n- [ ] х\n");
    assert_eq!(found.warnings, ["a picture is left out", "choices look the same"]);
}

#[test]
fn more_than_26_choices_are_refused_and_cost_no_other() {
    let many: String = (0..27).map(|i| format!("- [ ] number {i}\n")).collect();
    let contents = read(&format!("### Many?\n\n{many}\n### Few?\n\n- [x] a\n- [ ] b\n"));
    assert_eq!(contents.refused[0].why, "it has 27 choices, and 26 are the most");
    assert_eq!(contents.found[0].stem, "Few?");
}

#[test]
fn what_stands_below_a_choice_belongs_to_it() {
    let found = only("### Which loops?\n\n- [ ] :\n\n```\nfor\n```\n\n- [x] :\n\n```\nwhile\n```\n");
    assert_eq!(
        found.content,
        Content::OneOf { choices: vec![":\nfor".to_owned(), ":\nwhile".to_owned()], key: 1 }
    );
}

#[test]
fn the_first_choice_may_stand_in_the_line_of_the_stem() {
    let found = only("1. Which colour?   - A. red\n    - B. blue\nAnswer: B\n");
    assert_eq!(found.content, Content::OneOf { choices: vec!["red".to_owned(), "blue".to_owned()], key: 1 });
}
