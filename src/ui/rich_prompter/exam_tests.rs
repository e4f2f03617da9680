//! The page and the map of a mock exam, played without a terminal.

use std::cell::Cell;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::exam_map::MapPage;
use super::exam_page::{ExamPage, PageInput, PageSpot};
use super::key::{Edit, Key};
use super::layout::Layout;
use super::session::{Prompt, Step};
use crate::ui::exam_prompt::{ExamCell, ExamInput, ExamMap, ExamPrompt, ExamTime};
use crate::ui::look::Look;
use badgedex_domain::grading::Reply;
use badgedex_domain::mock_exam::ExamClock;
use badgedex_domain::question::{Asked, Key as Answer};

fn noon() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T12:00:00+00:00").unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn two_of_five() -> Answer {
    let choices = texts(&["Danube", "Etna", "Sahara", "Volga", "Elba"]);
    Answer::AnyOf { choices, keys: vec![0, 3], size: Some(2) }
}

fn one_of_four() -> Answer {
    Answer::OneOf { choices: texts(&["Rome", "Madrid", "Lima", "Oslo"]), key: 0 }
}

fn order_of_three() -> Answer {
    Answer::Order { shown: texts(&["Dusk", "Dawn", "Noon"]), order: vec![1, 2, 0] }
}

/// Plays with a page of the sixth of twelve questions, ninety minutes before the end. The time goes by as `later` says.
fn play<T>(
    answer: Answer,
    reply: Option<Reply>,
    later: &Cell<i64>,
    with: impl FnOnce(&mut ExamPage) -> T,
) -> T {
    let stem = "Which of these are rivers? A learner reads the question and takes the time that it needs.";
    let asked =
        Asked { stem: stem.to_owned(), answer, guess: 0.1, revision: String::new(), reasons: Vec::new() };
    let cells: Vec<ExamCell> =
        (0..12).map(|n| ExamCell { is_answered: n < 4, is_flagged: n == 5 || n == 2 }).collect();
    let clock = ExamClock::started(noon(), Some(90));
    let now = || noon() + TimeDelta::seconds(later.get());
    let time = ExamTime { clock: &clock, now: &now };
    let prompt =
        ExamPrompt { place: 5, asked: &asked, reply: reply.as_ref(), cells: &cells, time, is_new: true };
    let spot = Cell::new(PageSpot::default());
    with(&mut ExamPage::new(&prompt, &spot))
}

fn pressed(answer: Answer, reply: Option<Reply>, keys: &str) -> Step<PageInput> {
    play(answer, reply, &Cell::new(0), |page| {
        keys.chars().fold(Step::Stay, |_, key| {
            page.press(match key {
                '\n' => Key::Enter,
                '<' => Key::Edit(Edit::DeleteLeft),
                '\\' => Key::Down,
                key => Key::Char(key),
            })
        })
    })
}

fn layout(width: usize, height: usize) -> Layout {
    Layout::new(Look { width, color: false, unicode: true, plain: false, wrap: true, links: false }, height)
}

fn drawn<P: Prompt>(prompt: &P, layout: &Layout) -> String {
    prompt.draw(layout).lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn exam(input: ExamInput) -> Step<PageInput> {
    Step::Answer(PageInput::Exam(input))
}

fn chosen(places: &[usize]) -> Step<PageInput> {
    exam(ExamInput::Answer(Reply::Choices(places.to_vec())))
}

#[test]
fn letters_choose_and_the_other_keys_move_and_mark() {
    for (keys, step) in [
        ("b", exam(ExamInput::Answer(Reply::Choice(1)))),
        ("4", exam(ExamInput::Answer(Reply::Choice(3)))),
        ("\\\n", exam(ExamInput::Answer(Reply::Choice(1)))),
        ("n", exam(ExamInput::Next)),
        ("p", exam(ExamInput::Previous)),
        ("!", exam(ExamInput::Flag)),
        ("m", exam(ExamInput::Overview)),
        ("s", exam(ExamInput::Submit)),
        ("?", exam(ExamInput::Answer(Reply::DontKnow))),
        ("g12\n", exam(ExamInput::GoTo(11))),
        ("g13\n", Step::Stay),
        ("g1<3\n", exam(ExamInput::GoTo(2))),
        ("e", Step::Stay),
        ("x", Step::Stay),
    ] {
        // The arrows move over what was drawn.
        let drawn = |page: &mut ExamPage| drop(drawn(page, &layout(80, 24)));
        let last = play(one_of_four(), None, &Cell::new(0), |page| {
            drawn(page);
            keys.chars().fold(Step::Stay, |_, key| {
                page.press(match key {
                    '\n' => Key::Enter,
                    '<' => Key::Edit(Edit::DeleteLeft),
                    '\\' => Key::Down,
                    key => Key::Char(key),
                })
            })
        });
        assert_eq!(last, step, "{keys:?}");
    }
    assert_eq!(pressed(one_of_four(), Some(Reply::Choice(2)), "\n"), exam(ExamInput::Next), "it is chosen");
}

#[test]
fn several_choices_are_counted_and_no_more_than_asked_for_are_taken() {
    let both = || Some(Reply::Choices(vec![0, 3]));
    assert_eq!(pressed(two_of_five(), None, "d"), chosen(&[3]));
    assert_eq!(pressed(two_of_five(), Some(Reply::Choices(vec![3])), "a"), chosen(&[0, 3]));
    assert_eq!(pressed(two_of_five(), both(), "a"), chosen(&[3]));
    assert_eq!(pressed(two_of_five(), both(), "b"), Step::Stay);
    let page = play(two_of_five(), both(), &Cell::new(0), |page| {
        page.press(Key::Char('b'));
        drawn(page, &layout(80, 24))
    });
    assert!(page.contains("Choose 2: press a chosen letter again to free one."), "{page}");
}

#[test]
fn items_are_put_in_order_one_letter_after_the_other() {
    let in_order = |places: &[usize]| exam(ExamInput::Answer(Reply::Order(places.to_vec())));
    assert_eq!(pressed(order_of_three(), None, "b"), Step::Stay);
    assert_eq!(pressed(order_of_three(), None, "bc"), in_order(&[1, 2, 0]), "the last one needs no key");
    assert_eq!(pressed(order_of_three(), None, "b<ca"), in_order(&[2, 0, 1]));
    assert_eq!(pressed(order_of_three(), Some(Reply::Order(vec![0, 1, 2])), "cb"), in_order(&[2, 1, 0]));
}

#[test]
fn a_page_is_drawn_over_the_whole_window() {
    let reply = Reply::Choices(vec![0]);
    for (name, width, height) in [("wide", 80, 24), ("small", 40, 12)] {
        let page = play(two_of_five(), Some(reply.clone()), &Cell::new(60), |page| {
            drawn(page, &layout(width, height))
        });
        assert!(page.lines().count() <= height, "{page}");
        insta::assert_snapshot!(format!("exam_page_{name}"), page);
    }
}

#[test]
fn a_page_that_is_too_long_scrolls() {
    play(two_of_five(), None, &Cell::new(0), |page| {
        let small = layout(40, 12);
        assert!(!drawn(page, &small).contains("Elba"));
        for _ in 0..12 {
            page.press(Key::Down);
            drawn(page, &small);
        }
        let end = drawn(page, &small);
        assert!(end.contains("> [ ] E) Elba") && end.contains("Question 6 of 12"), "{end}");
    });
}

#[test]
fn the_time_is_calm_until_the_last_five_minutes_and_the_end_submits() {
    for (seconds, time, patience) in
        [(30, "90 minutes left", 20), (5100, "only 5 minutes left", 20), (5395, "less than a minute left", 5)]
    {
        let later = Cell::new(seconds);
        let (page, waits) =
            play(one_of_four(), None, &later, |page| (drawn(page, &layout(80, 24)), page.patience()));
        assert!(page.contains(time), "{page}");
        assert_eq!(waits, Some(Duration::from_secs(patience)), "{seconds}");
    }
    let later = Cell::new(5300);
    let step = play(one_of_four(), None, &later, |page| {
        later.set(5400);
        page.wake()
    });
    assert_eq!(step, exam(ExamInput::TimeUp));
}

#[test]
fn a_long_time_without_a_key_is_asked_about_before_anything_else() {
    let later = Cell::new(0);
    let steps = play(one_of_four(), None, &later, |page| {
        later.set(301);
        let away = page.press(Key::Char('b'));
        // Whoever is away at the end is asked when they come back.
        later.set(6000);
        (away, page.wake())
    });
    assert_eq!(steps, (exam(ExamInput::Away(noon())), Step::Stay));
    let later = Cell::new(0);
    let step = play(one_of_four(), None, &later, |page| {
        later.set(300);
        page.press(Key::Char('b'))
    });
    assert_eq!(step, exam(ExamInput::Answer(Reply::Choice(1))));
}

#[test]
fn the_map_shows_every_question_and_leads_to_one() {
    let cells: Vec<ExamCell> =
        (0..65).map(|n| ExamCell { is_answered: n < 58, is_flagged: n % 17 == 2 }).collect();
    let clock = ExamClock::started(noon(), Some(90));
    let map = ExamMap { cells: &cells, here: 11, time: ExamTime { clock: &clock, now: &noon } };
    for (name, width, height, unicode) in
        [("wide", 80, 24, true), ("small", 40, 12, true), ("ascii", 80, 24, false)]
    {
        let look = Look { width, color: false, unicode, plain: false, wrap: true, links: false };
        let drawn = drawn(&MapPage::new(map), &Layout::new(look, height));
        assert!(drawn.lines().count() <= height, "{drawn}");
        insta::assert_snapshot!(format!("exam_map_{name}"), drawn);
    }
    let mut page = MapPage::new(map);
    drawn(&page, &layout(80, 24));
    for (keys, place) in
        [(vec![Key::Char('6'), Key::Char('5')], 64), (vec![Key::Up], 53), (vec![Key::Edit(Edit::Right)], 54)]
    {
        keys.into_iter().for_each(|key| drop(page.press(key)));
        assert_eq!(page.press(Key::Enter), Step::Answer(ExamInput::GoTo(place)));
    }
    assert_eq!(page.press(Key::Char('s')), Step::Answer(ExamInput::Submit));
    assert_eq!(page.press(Key::Esc), Step::Back);
}
