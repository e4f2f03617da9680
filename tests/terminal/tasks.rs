//! What people want to do, each with at most four choices from the menu.

use super::scene::Stage;
use super::{Home, Key, Scene};

/// At most this many choices lead from the menu to what is wanted.
const MAX_CHOICES: usize = 4;

/// A scene in which choices are counted.
struct Way {
    scene: Scene,
    choices: usize,
}

impl Way {
    /// From the home screen.
    fn from(stage: Stage) -> Way {
        let mut scene = stage.start();
        scene.asks("What now?");
        Way { scene, choices: 0 }
    }

    fn picks(&mut self, option: &str) -> &mut Self {
        self.choices += 1;
        assert!(self.choices <= MAX_CHOICES, "{option} is choice {}", self.choices);
        self.scene.picks(option);
        self
    }

    /// Waits for the next list, and takes an option of it.
    fn then(&mut self, title: &str, option: &str) -> &mut Self {
        self.scene.asks(title);
        self.picks(option)
    }

    /// Marks one of many by a part of its text.
    fn marks(&mut self, title: &str, text: &str) -> &mut Self {
        self.choices += 1;
        self.scene.asks(title).types(text).presses(Key::Space).presses(Key::Enter);
        self
    }
}

/// Somebody with a target, an issuer, and a role.
fn prepared() -> Home {
    let home = Home::new();
    home.run(&["set", "issuer", "aws"]);
    home.run(&["target", "clf"]);
    home
}

#[test]
fn a_question_about_lambda_is_found() {
    let home = prepared();
    let mut way = Way::from(home.scene(&[]));
    way.picks("Questions").then("Questions", "Search");
    way.scene.asks("Search for").types("lambda\r").asks("found").presses(Key::Enter);
    way.scene.sees("a answer").types("a").sees("Answer:");
}

#[test]
fn only_security_is_studied_for_ten_minutes() {
    let home = prepared();
    let mut way = Way::from(home.scene(&[]));
    way.picks("Study").then("Study", "Choose packs or topics");
    way.marks("Which packs or topics?", "compliance").then("How long?", "10 minutes");
    way.scene.asks("1  Security").presses(Key::CtrlC).ends_with(130);
}

#[test]
fn mistakes_are_gone_over() {
    let home = prepared();
    let mut scene = home.scene(&["study", "--topic", "capitals", "--count", "1"]).start();
    scene.asks("1 of 1").types("?\r").goes_on().asks("Review the one").presses(Key::Enter).ends_with(0);
    let mut way = Way::from(home.scene(&[]));
    way.picks("Study").then("Study", "What I got wrong");
    way.scene.asks("1 of 1").sees("What is the capital of Italy?");
}

#[test]
fn the_article_is_switched_off() {
    let home = prepared();
    let mut way = Way::from(home.scene(&[]));
    way.picks("Questions").then("Questions", "Packs: on or off");
    way.scene.asks("Which packs are on?").presses(Key::Space).presses(Key::Enter).asks("Questions");
    assert!(home.run(&["pack", "list", "--json"]).contains("\"off\":true"));
}

#[test]
fn a_wrong_key_is_flagged_with_a_reason() {
    let home = prepared();
    let mut way = Way::from(home.scene(&[]));
    way.picks("Study").then("Study", "Continue");
    way.scene.asks("1 of 10").types("?\r").sees("Enter next").types("f");
    way.scene.asks("What is wrong?").types("The key is B.\r");
    way.scene.asks("Leave it out of your study, too?").presses(Key::Enter).sees("Flagged:").goes_on();
    way.scene.asks("2 of 10").presses(Key::CtrlC).ends_with(130);
    assert_eq!(home.events("flagged")[0]["why"], "The key is B.");
}

#[test]
fn another_date_is_set() {
    let home = prepared();
    let mut way = Way::from(home.scene(&[]));
    way.picks("Exam").then("Exam", "Exam day").then("When is the exam?", "I plan");
    way.scene
        .asks("On which day?")
        .presses(Key::Enter)
        .asks("On which day?")
        .presses(Key::Enter)
        .asks("Exam");
    assert!(home.run(&["target", "--json"]).contains("\"on\":\"2026-12-14\""), "three weeks from now");
}

#[test]
fn what_is_weak_is_seen() {
    let home = prepared();
    let mut way = Way::from(home.scene(&[]));
    way.picks("Progress").then("Progress", "What is weak");
    way.scene.sees("Billing").goes_on();
}

#[test]
fn an_exam_is_booked_and_a_pass_recorded() {
    let home = prepared();
    let mut way = Way::from(home.scene(&[]));
    way.picks("Exam").then("Exam", "I booked an exam").then("Which exam?", "Cloud Practitioner (CLF)");
    way.scene.asks("When is the exam?").types("14 Dec 2026\r").sees("Recorded:").goes_on();
    way.choices = 1;
    way.then("Exam", "I passed an exam").then("What did you pass?", "Cloud Practitioner (CLF)");
    way.scene.asks("When did you pass?").types("2 Nov 2026\r");
    way.scene.asks("Your score").types("500\r").sees("the pass mark is 700").types("\u{8}\u{8}\u{8}812\r");
    way.scene.sees("Congratulations!");
    way.scene.asks("What do you want to prepare for next?").picks("Nothing for now");
    way.scene.asks("Exam");
    assert_eq!(home.events("scheduled").len(), 1);
    assert_eq!(home.events("passed")[0]["score"], 812);
}

#[test]
fn the_collection_is_shared() {
    let home = prepared();
    home.run(&["pass", "clf", "--on", "2026-05-04"]);
    let mut way = Way::from(home.scene(&[]));
    way.picks("Collection").then("Collection and advice", "Share");
    way.scene.sees("Cloud Practitioner").goes_on();
}
