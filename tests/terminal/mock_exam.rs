//! A mock exam on a screen: one question at a time, drawn in its place.

use serde_json::Value;

use super::{Home, Key, Scene};

/// An exam of nine questions, of every kind but the self-checked one.
const EXAM: [&str; 3] = ["exam", "--pack", "kinds"];

fn shown(home: &Home) -> Value {
    serde_json::from_str(&home.run(&["exam", "show", "--json"])).expect("JSON")
}

/// The number of a question in the open exam.
fn number(home: &Home, question: &str) -> usize {
    let answers = shown(home)["answers"].as_array().expect("questions").clone();
    answers.iter().position(|answer| answer["question"] == question).expect("it is asked") + 1
}

fn goes_to(scene: &mut Scene, home: &Home, question: &str) {
    let number = number(home, question);
    scene.types("g").shows("Go to question").types(&format!("{number}\r"));
    scene.shows(&format!("Question {number} of 9"));
}

fn begun(home: &Home) -> Scene {
    let mut scene = home.scene(&EXAM).start();
    scene.asks("Begin?").presses(Key::Enter);
    scene.shows("Question 1 of 9");
    scene
}

#[test]
fn an_exam_is_answered_flagged_looked_over_left_and_finished_later() {
    let home = Home::new();
    let mut scene = begun(&home);
    scene.shows("14 minutes left");
    goes_to(&mut scene, &home, "kinds/rivers");
    scene.shows("Choose 2: 0 chosen");
    let danube = scene.letter("Danube");
    scene.types(&danube).shows("Choose 2: 1 chosen");
    let volga = scene.letter("Volga");
    scene.types(&volga).shows("Choose 2: 2 chosen").types("!").shows("flagged");
    scene.types("m").shows("Overview: 1 answered, 1 flagged, 8 open").presses(Key::Esc);
    scene.shows("Choose 2: 2 chosen").presses(Key::CtrlC);
    scene.sees("The exam stays open: 1 of 9 answered").ends_with(130);

    let mut scene = home.scene(&EXAM).start();
    scene.asks("A mock exam is open").presses(Key::Enter).shows("of 9");
    goes_to(&mut scene, &home, "kinds/sea");
    scene.shows("Your answer: none yet").presses(Key::Enter).asks("Your answer:").types("mediterranean\r");
    scene.shows("Your answer: mediterranean");
    goes_to(&mut scene, &home, "kinds/moon");
    scene.types("f").shows("(x) B) False");
    scene.types("s").asks("6 open, 1 flagged. Submit?").types("y\r");
    scene.sees("3 of 9 right, 33 %").sees("6 questions were left open").sees("1 break");
    scene.asks("What now?").picks("Review what you flagged (1)");
    scene.sees("✔ Right. (flagged").sees("(your answer, correct)").goes_on_from("Enter done");
    scene.asks("What now?").presses(Key::Esc).ends_with(0);
    assert_eq!(home.answered().len(), 3);
}

#[test]
fn a_break_stops_the_clock_and_is_named_in_the_result() {
    let home = Home::new();
    let mut scene = begun(&home);
    scene.presses(Key::Esc).asks("Break?").presses(Key::Down).presses(Key::Enter);
    scene.sees("A break: the clock is stopped.").goes_on_from("Enter go on").shows("Question 1 of 9");
    assert_eq!((home.events("exam_paused").len(), home.events("exam_resumed").len()), (1, 1));
    scene.types("s").asks("9 open, 0 flagged. Submit?").types("y\r");
    scene.sees("0 of 9 right, 0 %").sees("1 break");
}

#[test]
fn a_killed_exam_goes_on_with_every_mark() {
    let home = Home::new();
    let mut scene = begun(&home);
    goes_to(&mut scene, &home, "kinds/italy");
    let rome = scene.letter("Rome");
    scene.types(&rome).shows(&format!("(x) {}) Rome", rome.to_uppercase()));
    scene.signal("KILL");
    assert_eq!(home.events("exam_marked").len(), 1);
    let mut scene = home.scene(&EXAM).start();
    scene.sees("It goes on: 1 of 9 answered").asks("A mock exam is open").presses(Key::Enter);
    scene.shows("of 9");
    goes_to(&mut scene, &home, "kinds/italy");
    scene.shows(&format!("(x) {}) Rome", rome.to_uppercase()));
}

#[test]
fn a_question_longer_than_a_small_window_scrolls() {
    let home = Home::new();
    let mut scene = home.scene(&EXAM).size(40, 12).start();
    scene.asks("Begin?").presses(Key::Enter);
    scene.shows("Question 1 of 9");
    goes_to(&mut scene, &home, "kinds/long");
    scene.shows("A learner with a very small window").shows("PgDn more");
    for _ in 0..40 {
        if scene.window().contains("One of middling length") {
            break;
        }
        let before = scene.window();
        scene.presses(Key::Down).shows("Question");
        assert!(scene.window() != before || before.contains("middling"), "{before}");
    }
    scene.shows("One of middling length").types("d").shows("(x) D) One of middling");
    scene.types("m").shows("1 answered, 0 flagged, 8 open").presses(Key::Esc).shows("Question");
    scene.fits();
}
