//! Practice exams in each of their layouts, as tables.

use badgedex_domain::question::Kind;

use super::*;
use crate::ImportedQuestion;
use crate::kinds;

fn only(text: &str) -> ImportedQuestion {
    let contents = read(text);
    assert_eq!(contents.refusals, [], "{text}");
    assert_eq!(contents.questions.len(), 1, "{text}: {contents:?}");
    contents.questions.into_iter().next().expect("one was found")
}

fn keys(found: &ImportedQuestion) -> String {
    let letter = |place: &usize| badgedex_packs::json_writer::letter(*place);
    match &found.kind {
        Kind::OneOf { key, .. } => letter(key).to_string(),
        Kind::AnyOf { keys, .. } => keys.iter().map(letter).collect(),
        Kind::TrueFalse { key } => key.to_string(),
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
        ("Suggested Answers: B E", "BE"),
        ("Answer; B", "B"),
        ("Antwort: C", "C"),
        ("Answer: green, red", "AC"),
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
        let expected = kinds::one_of(vec!["red".to_owned(), "blue".to_owned()], 1);
        assert_eq!(found.kind, expected, "{choices}");
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
    assert_eq!(contents.questions.iter().map(|f| f.line).collect::<Vec<_>>(), [1, 8, 15]);
    assert!(contents.questions.iter().all(|f| f.rationale.as_deref() == Some("Since it is.")));
}

#[test]
fn a_task_list_is_a_question() {
    let found = only(
        "### 4. Which **two** of `these`?\n\nMore of it.\n\n- [x] one\ngoes on\n- [ ] two\n- [x] three\n\nExplanation: so it is\n",
    );
    assert_eq!(found.stem, "Which two of these?\nMore of it.");
    let choices = ["one\ngoes on", "two", "three"].map(str::to_owned).to_vec();
    assert_eq!(found.kind, kinds::any_of(choices, vec![0, 2]));
    assert_eq!(found.rationale.as_deref(), Some("so it is"));
}

#[test]
fn a_numbered_item_may_hold_a_task_list() {
    let contents = read("1. First?\n   - [ ] a\n   - [x] b\n2. Second?\n   - [x] c\n   - [ ] d\n");
    assert_eq!(contents.refusals, []);
    let stems: Vec<&str> = contents.questions.iter().map(|f| f.stem.as_str()).collect();
    assert_eq!(stems, ["First?", "Second?"]);
    assert_eq!(contents.questions.iter().map(keys).collect::<String>(), "BA");
}

#[test]
fn what_is_unfolded_is_self_checked() {
    let text = "<details><summary>What is moss?</summary>A plant.</details>\n\n<details>\n<summary>And <b>fern</b>?</summary>\n\nAlso *one*.\n\n</details>\n";
    let contents = read(text);
    let shown: Vec<_> =
        contents.questions.iter().map(|f| (f.line, f.stem.as_str(), f.kind.clone())).collect();
    let reveal = |answer: &str| Kind::Reveal { answer: answer.to_owned() };
    assert_eq!(shown, [(1, "What is moss?", reveal("A plant.")), (3, "And fern?", reveal("Also one."))]);
}

#[test]
fn a_numbered_question_without_choices_shows_its_answer() {
    let found = only(
        "1. Why is moss green?\n\n<details><summary>Show answer</summary>\n\nChlorophyll.\n\n</details>\n",
    );
    assert_eq!(found.kind, Kind::Reveal { answer: "Chlorophyll.".to_owned() });
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
        assert_eq!(contents.questions, [], "{text}");
        assert_eq!(contents.refusals.len(), 1, "{text}: {contents:?}");
        assert_eq!(
            (contents.refusals[0].line, contents.refusals[0].reason.to_string().as_str()),
            (line, why),
            "{text}"
        );
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
    assert_eq!(contents.refusals[0].reason.to_string(), "it has 27 choices; the maximum is 26");
    assert_eq!(contents.questions[0].stem, "Few?");
}

#[test]
fn what_stands_below_a_choice_belongs_to_it() {
    let found = only("### Which loops?\n\n- [ ] :\n\n```\nfor\n```\n\n- [x] :\n\n```\nwhile\n```\n");
    assert_eq!(found.kind, kinds::one_of(vec![":\nfor".to_owned(), ":\nwhile".to_owned()], 1));
}

#[test]
fn the_first_choice_may_stand_in_the_line_of_the_stem() {
    let found = only("1. Which colour?   - A. red\n    - B. blue\nAnswer: B\n");
    assert_eq!(found.kind, kinds::one_of(vec!["red".to_owned(), "blue".to_owned()], 1));
}

#[test]
fn a_task_is_known_however_its_mark_is_written() {
    for tasks in [
        "- [ ] red\n- [x] blue\n",
        "- [] red\n- [X] blue\n",
        "-[ ] red\n-[x] blue\n",
        "- [ ]red\n- [x]blue\n",
        "* [ ]    red\n* [×] blue\n",
        "+ [  ] red\n+ [ x ] blue\n",
        "- [ ] red\n\n- [✓] blue\n",
        "1. [ ] red\n2. [x] blue\n",
    ] {
        let found = only(&format!("### 3. Which colour?\n\n{tasks}\n[see](#there)\n"));
        let expected = kinds::one_of(vec!["red".to_owned(), "blue".to_owned()], 1);
        assert_eq!((found.kind, found.stem.as_str()), (expected, "Which colour?"), "{tasks}");
    }
    assert_eq!(read("### Links?\n\n- [x](a.md)\n- [](b.md)\n").questions, []);
}

#[test]
fn blank_lines_between_tasks_change_nothing() {
    let found = only("### Which?\n\n- [ ] one\n\n- [x] two\n\n  ```\n  of them\n  ```\n\n- [ ] three\n");
    let choices = ["one", "two\nof them", "three"].map(str::to_owned).to_vec();
    assert_eq!(found.kind, kinds::one_of(choices, 1));
}

#[test]
fn the_words_of_every_choice_may_stand_below_its_mark() {
    for mark in ["&shy;", "", "A"] {
        let task = |tick: &str, words: &str| format!("- [{tick}] {mark}\n\n{words}\n\n");
        let steps = [task(" ", "1. bow\n2. stern"), task("x", "1. stern\n2. bow"), task(" ", "1. keel")];
        let found = only(&format!("### Which way?\n\n{}Explanation: so\n", steps.concat()));
        let Kind::OneOf { choices, key: 1, .. } = &found.kind else { panic!("{found:?}") };
        assert_eq!(choices.len(), 3, "{mark}");
        assert!(choices[2].ends_with("1. keel"), "{choices:?}");
        assert_eq!(found.rationale.as_deref(), Some("so"));
    }
}

#[test]
fn lists_in_a_stem_keep_their_lines() {
    let found = only(
        "#### Q7. In which order?\n\n1. bow\n2. stern\n\n- first\n- last\n\n#### A. keel\n\n#### B. mast\n\n- [ ] A\n- [x] B\n",
    );
    assert_eq!(found.stem, "In which order?\n1. bow\n2. stern\n- first\n- last\nA. keel\nB. mast");
}

#[test]
fn a_single_numbered_line_begins_a_question_with_tasks_below() {
    let contents = read("## Part one\n\n4. Which?\n- [ ] a\n- [x] b\n\n5. And which?\n- [x] c\n- [ ] d\n");
    assert_eq!(contents.refusals, []);
    let shown: Vec<_> = contents.questions.iter().map(|f| (f.stem.as_str(), keys(f))).collect();
    assert_eq!(shown, [("Which?", "B".to_owned()), ("And which?", "A".to_owned())]);
}

#[test]
fn tasks_without_a_tick_have_their_key_below() {
    for (key, right) in [
        ("**Answer:** ropes and knots, sails", "AC"),
        ("**Answer:** sails", "C"),
        ("Answer: B", "B"),
        ("Correct answers: A, C", "AC"),
        ("**Answer**\n\n- sails\n- ropes and knots", "AC"),
        ("<details><summary>Answer</summary>\n\nC\n\n</details>", "C"),
    ] {
        let found = only(&format!(
            "### Which?\n\n- [ ] ropes and knots\n- [ ] masts\n- [ ] sails\n\n{key}\n\n**Explanation:** so\n"
        ));
        assert_eq!(keys(&found), right, "{key}");
    }
}

#[test]
fn a_choice_that_markup_would_hide_is_shown_as_written() {
    let found = only("### Which sign?\n\n- [ ] #\n- [ ] \\;\n- [x] ;\n- [ ] >\n");
    let choices = ["#", "\\;", ";", ">"].map(str::to_owned).to_vec();
    assert_eq!(found.kind, kinds::one_of(choices, 2));
}

#[test]
fn an_empty_task_at_the_end_is_left_out() {
    let found = only("### Which?\n\n- [x] a\n- [ ] b\n- [ ]\n");
    assert_eq!(keys(&found), "A");
    assert_eq!(found.warnings, ["an empty choice at its end is left out"]);
}

#[test]
fn below_choices_any_fold_holds_the_answer() {
    for fold in ["Response:", "Here", "Show me"] {
        let found = only(&format!(
            "## Question 4\n\nWhich?\n\n- A. a\n- B. b\n\n<details>\n<summary>{fold}</summary>\n\nIt is clear.\n\n**Answer:** B\n\n</details>\n"
        ));
        assert_eq!((keys(&found).as_str(), found.stem.as_str()), ("B", "Which?"), "{fold}");
        assert_eq!(found.rationale.as_deref(), Some("It is clear."), "{fold}");
    }
}

#[test]
fn below_a_heading_that_asks_choices_may_have_numbers() {
    let text = "## Question 2:\nWhich one floats?\n\n1. lead\n2. cork\n3. iron\n\n<details>\n<summary>Response:</summary>\n\nThe correct answer is **2. cork**\n</details>\n";
    let found = only(text);
    let choices = ["lead", "cork", "iron"].map(str::to_owned).to_vec();
    assert_eq!(found.kind, kinds::one_of(choices, 1));
    let listed =
        only("## Question 2:\nWhich order?\n\n1. bow\n2. stern\n\n- A. as shown\n- B. turned\n\nAnswer: B\n");
    assert_eq!((listed.stem.as_str(), keys(&listed)), ("Which order?\n1. bow\n2. stern", "B".to_owned()));
}

#[test]
fn a_heading_with_a_number_may_be_a_title_above_questions() {
    let contents = read(
        "## 1. Knots\n\nAll of them.\n\n1. Which is flat?\n- A. reef\n- B. bowline\n\nAnswer: A\n\n2. Why?\n\nAnswer: It lies flat.\n",
    );
    let stems: Vec<&str> = contents.questions.iter().map(|f| f.stem.as_str()).collect();
    assert_eq!(stems, ["Which is flat?", "Why?"]);
}

#[test]
fn a_letter_as_a_key_names_a_place_and_not_a_choice_of_that_name() {
    let found = only("1. Which language?\n- A. C\n- B. D\n- C. Go\n\nAnswer: C\n");
    assert_eq!(keys(&found), "C");
}

#[test]
fn code_that_ends_in_its_line_opens_nothing() {
    let contents =
        read("1. Which?\n```x = 1```\n- A. a\n- B. b\nAnswer: A\n\n2. What?\n- A. c\n- B. d\nAnswer: B\n");
    assert_eq!(contents.questions.iter().map(keys).collect::<String>(), "AB");
}

#[test]
fn the_number_of_a_question_is_no_part_of_it() {
    for number in ["", "3. ", "Question 12: ", "Q4) ", "Frage 7\n", "Pregunta 8. ", "P42. ", "К5. ", "Q57。"]
    {
        let found = only(&format!("### {number}What floats?\n\n- [x] cork\n- [ ] lead\n"));
        assert_eq!(found.stem, "What floats?", "{number}");
    }
    for kept in ["3.5 volts of what?", "A4: how wide?", "HTTP 404: what is it?", "B12 is what?"] {
        assert_eq!(only(&format!("### {kept}\n\n- [x] cork\n- [ ] lead\n")).stem, kept);
    }
}

#[test]
fn code_that_is_opened_twice_is_meant_to_end() {
    let contents = read(
        "### What prints?\n\n```c\n- [] x\n ```md\n- [x] one\n- [ ] two\n\n### And?\n\n- [ ] three\n- [x] four\n\n```\nend\n```\n",
    );
    assert_eq!(contents.questions.iter().map(keys).collect::<String>(), "AB");
    assert_eq!(contents.questions[0].stem, "What prints?\n- [] x");
}

#[test]
fn a_title_that_asks_is_no_question() {
    let contents = read("# Which exam: A or B?\n\n### 1. Which?\n\n- [x] one\n- [] two\n- [ ] three\n");
    assert_eq!((contents.refusals.len(), contents.questions.len()), (0, 1), "{contents:?}");
    let Kind::OneOf { choices, key: 0, .. } = &contents.questions[0].kind else { panic!("{contents:?}") };
    assert_eq!(choices, &["one", "two", "three"]);
    assert_eq!(read("# Which exam?\n").refusals.len(), 1);
}

#[test]
fn the_label_of_a_key_may_be_in_any_language() {
    for key in ["#### Javob: C", "答案：C", "**Đáp án:** C", "Ответ: C.", "Cevap: C"] {
        let found = only(&format!(
            "###### 3. Which?\n\n- A: a\n- B: b\n- C: c\n\n<details><summary><b>Javob</b></summary>\n<p>\n\n{key}\n\nSo it is: A\n\n</p>\n</details>\n"
        ));
        assert_eq!(keys(&found), "C", "{key}");
    }
}

#[test]
fn a_line_that_says_that_it_is_the_key_counts_more_than_letters_behind_a_label() {
    for label in ["Zone: A", "**Difficulty:** C"] {
        let found = only(&format!("### 1. Which?\n\nA. one\n\nB. two\n\nC. three\n\n{label}\n\nAnswer: B\n"));
        assert_eq!(keys(&found), "B", "{label}");
    }
}

#[test]
fn an_explanation_may_say_which_choice_is_right() {
    let found = only(
        "# knots-1\n\nWhich ones hold?\n\nA. reef\n\nB. bowline\n\nC. figure of eight\n\n## Feedback\n\nA is not correct because it slips.\n\nB is correct because it was made so.\n\nC is correct as well.\n",
    );
    assert_eq!((keys(&found).as_str(), found.stem.as_str()), ("BC", "knots-1\nWhich ones hold?"));
}
