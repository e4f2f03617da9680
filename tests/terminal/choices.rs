//! Answers on a keyboard: a letter, a part of a text, and far too long a paste.

use super::{CAPITALS, Home, Key};

#[test]
fn a_text_only_filters_and_enter_takes_the_one_choice_that_is_left() {
    let home = Home::new();
    let mut scene = home.scene(&CAPITALS).start();
    // Rome and Oslo have an o; the letters of the choices are A to D.
    scene.asks("1 of 3").types("om").sees("1 matches").presses(Key::Enter).sees("Right: ");
    scene.goes_on().asks("2 of 3").types("zebra\r").sees("No choice says that.").sees("none match");
    scene.types("\x15mad").sees("1 matches").types("\r").sees("Right: ");
    scene.goes_on().asks("3 of 3").types("x\r").sees("No choice has the letter X; there are A B C D ?.");
    scene
        .presses(Key::Backspace)
        .chooses("Lima")
        .sees("Right: ")
        .goes_on()
        .sees("3 questions, 3 right")
        .ends_with(0);
    assert_eq!(home.answered(), ["kinds/italy", "kinds/spain", "kinds/peru"]);
}

#[test]
fn a_paste_of_ten_thousand_letters_is_refused_and_ctrl_c_works() {
    for (topic, begins, answer) in
        [("typed", "1 of 1", "sea"), ("number", "1 of 1", "9"), ("capitals", "1 of 3", "a")]
    {
        let paste = answer.repeat(10_000 / answer.len());
        // As programs type, and as a terminal pastes.
        for typed in [paste.clone(), format!("\x1b[200~{paste}\x1b[201~")] {
            let home = Home::new();
            let mut scene = home.scene(&["study", "--topic", topic, "--count", "3"]).start();
            scene.asks(begins).types(&typed).types("\r").sees("Answers are at most 500 characters.");
            scene.presses(Key::CtrlC).ends_with(130);
            assert!(home.answered().is_empty(), "{topic}");
        }
    }
}
