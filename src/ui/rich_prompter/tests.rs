//! Lists and fields, played without a terminal: what keys lead to, and what is drawn.

use super::choice_list::ChoiceList;
use super::entry::{Entry, Pick, with_ways_out};
use super::key::{Edit, Key};
use super::layout::Layout;
use super::session::{Prompt, Step};
use super::text_field::TextField;
use crate::ui::look::Look;

const SERVICES: [&str; 4] = ["Amazon EC2", "AWS Lambda", "Amazon S3", "Amazon EBS, or S3 for archives"];

fn entries() -> Vec<Entry> {
    let choices = SERVICES.iter().enumerate().map(|(place, text)| Entry::choice(place, text)).collect();
    with_ways_out(choices, true)
}

fn keys() -> Vec<String> {
    ["a-d and Enter", "words filter", "h Enter hint"].map(str::to_owned).to_vec()
}

fn one() -> ChoiceList {
    ChoiceList::one("", entries(), keys(), "Esc menu")
}

fn two() -> ChoiceList {
    ChoiceList::several(entries(), Some(2), keys(), "Esc menu")
}

/// Keys as text: `<` is Backspace, `^` Ctrl-U, `~` Ctrl-W, `_` Home, `$` End, a backslash Down, `!` Esc.
fn press<P: Prompt>(prompt: &mut P, typed: &str) -> Step<P::Answer> {
    let mut last = Step::Stay;
    for c in typed.chars() {
        let key = match c {
            '\n' => Key::Enter,
            '<' => Key::Edit(Edit::DeleteLeft),
            '^' => Key::Edit(Edit::DeleteToStart),
            '~' => Key::Edit(Edit::DeleteWordLeft),
            '_' => Key::Edit(Edit::Start),
            '$' => Key::Edit(Edit::End),
            '\\' => Key::Down,
            '!' => Key::Esc,
            c => Key::Char(c),
        };
        last = prompt.press(key);
    }
    last
}

fn layout(width: usize, height: usize) -> Layout {
    Layout::new(Look { width, color: false, unicode: true, plain: false, wrap: true, links: false }, height)
}

fn drawn<P: Prompt>(prompt: &P, width: usize, height: usize) -> String {
    let lines = prompt.draw(&layout(width, height)).lines;
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn choice(place: usize) -> Step<Vec<Pick>> {
    Step::Answer(vec![Pick::Choice(place)])
}

#[test]
fn a_single_letter_chooses_and_a_longer_text_only_filters() {
    for (typed, step) in [
        ("b\n", choice(1)),
        ("B\n", choice(1)),
        ("2\n", choice(1)),
        (" b \n", choice(1)),
        ("?\n", Step::Answer(vec![Pick::DontKnow])),
        ("h\n", Step::Answer(vec![Pick::Hint])),
        ("lamb\n", choice(1)),
        ("LAMBDA\n", choice(1)),
        ("ebs\n", choice(3)),
        ("archive s3\n", choice(3)),
        // Two choices say it, none does, and no letter inside of a text names anything.
        ("s3\n", Step::Stay),
        ("ab\n", Step::Stay),
        ("bb\n", Step::Stay),
        ("abc\n", Step::Stay),
        ("know\n", Step::Stay),
        ("x\n", Step::Stay),
        ("\n", choice(0)),
    ] {
        assert_eq!(press(&mut one(), typed), step, "{typed:?}");
    }
}

#[test]
fn why_enter_takes_nothing_is_said_in_a_line() {
    for (typed, why) in [
        ("s3\n", "2 choices match: type more, or pick one with the arrows."),
        ("zebra\n", "No choice says that. Esc clears the text."),
        ("x\n", "No choice has the letter X; there are A B C D ?."),
    ] {
        let mut list = one();
        assert_eq!(press(&mut list, typed), Step::Stay);
        assert!(drawn(&list, 80, 24).contains(why), "{}", drawn(&list, 80, 24));
    }
}

#[test]
fn editing_keys_edit_and_never_type() {
    for (typed, step) in [
        ("lamb^b\n", choice(1)),
        ("zebra lamb^b\n", choice(1)),
        ("lamb zebra~\n", choice(1)),
        ("bx<\n", choice(1)),
        ("amb_l\n", choice(1)),
        ("amb_l$da\n", choice(1)),
        // Esc clears the text first, and leaves then.
        ("lamb!c\n", choice(2)),
        ("lamb!!", Step::Back),
        ("!", Step::Back),
    ] {
        assert_eq!(press(&mut one(), typed), step, "{typed:?}");
    }
}

#[test]
fn arrows_move_among_the_choices_that_match() {
    for (typed, step) in [
        ("\\\n", choice(1)),
        ("\\\\\\\\\n", Step::Answer(vec![Pick::DontKnow])),
        ("\\\\\\\\\\\n", choice(0)),
        ("s3\\\n", choice(2)),
        ("s3\\\\\n", choice(3)),
        ("zebra\\\n", Step::Stay),
    ] {
        assert_eq!(press(&mut one(), typed), step, "{typed:?}");
    }
}

#[test]
fn of_several_choices_the_stated_number_is_taken() {
    let both = |places: [usize; 2]| Step::Answer(places.map(Pick::Choice).to_vec());
    for (typed, step) in [
        ("a c\n", both([0, 2])),
        ("c,a\n", both([0, 2])),
        ("a \\\\ \n", both([0, 2])),
        ("lamb ", Step::Stay),
        ("a\n", Step::Stay),
        ("a b c\n", Step::Stay),
        ("?\n", Step::Answer(vec![Pick::DontKnow])),
        ("h\n", Step::Answer(vec![Pick::Hint])),
    ] {
        assert_eq!(press(&mut two(), typed), step, "{typed:?}");
    }
    let mut list = two();
    press(&mut list, "a\n");
    assert!(drawn(&list, 80, 24).contains("Mark 2 with Space, then Enter (1 marked)."));
}

#[test]
fn the_other_choices_stay_visible_and_matching_ones_have_a_sign() {
    let mut list = one();
    press(&mut list, "s3");
    assert_eq!(
        format!("\n{}", drawn(&list, 80, 24)),
        "
  ? s3   2 match
    A) Amazon EC2
    B) AWS Lambda
  • C) Amazon S3
  • D) Amazon EBS, or S3 for archives
    ?) I don't know
  a-d and Enter   words filter   h Enter hint   Esc clear
"
    );
    press(&mut list, " arch");
    assert_eq!(
        format!("\n{}", drawn(&list, 80, 24)),
        "
  ? s3 arch   1 matches
    A) Amazon EC2
    B) AWS Lambda
    C) Amazon S3
  > D) Amazon EBS, or S3 for archives
    ?) I don't know
  a-d and Enter   words filter   h Enter hint   Esc clear
"
    );
}

#[test]
fn a_list_fits_every_window() {
    let long = "A text of a choice that needs several lines in a narrow window, and then some more of them";
    let choices: Vec<Entry> = (0..6).map(|place| Entry::choice(place, long)).collect();
    for (width, height) in [(80, 24), (40, 12), (40, 6), (20, 10)] {
        let mut list = ChoiceList::one("", with_ways_out(choices.clone(), true), keys(), "Esc menu");
        for place in 0..6 {
            let text = drawn(&list, width, height);
            assert!(text.lines().all(|line| line.chars().count() <= width), "{width}:\n{text}");
            assert!(text.lines().count() <= height.max(8), "{height}:\n{text}");
            let letter = char::from(b'A' + place);
            assert!(text.contains(&format!("> {letter})")), "{text}");
            press(&mut list, "\\");
        }
    }
}

#[test]
fn what_remains_of_a_list_is_the_choice() {
    let list = one();
    assert_eq!(list.record(&layout(80, 24), &vec![Pick::Choice(1)]), ["  > B) AWS Lambda"]);
}

#[test]
fn a_paste_that_is_too_long_is_refused_and_said() {
    let mut list = one();
    assert_eq!(list.press(Key::Paste("b".repeat(10_000))), Step::Stay);
    assert!(drawn(&list, 80, 24).contains("Answers are at most 500 characters."));
    assert_eq!(press(&mut list, "\n"), Step::Stay, "Enter in the tail of the paste takes nothing");
    assert_eq!(press(&mut list, "!b\n"), choice(1));

    let check = |_: &str| Ok(());
    let mut field = TextField::new("Name", &["Enter accept"], &check);
    assert_eq!(field.press(Key::Paste("a".repeat(501))), Step::Stay);
    assert_eq!(press(&mut field, "\n"), Step::Stay);
    assert!(drawn(&field, 80, 24).contains("at most 500 characters"));
    assert_eq!(press(&mut field, "^ok\n"), Step::Answer("ok".to_owned()));
}
