//! Scenes of the real binary in a pseudo terminal.

#![cfg(unix)]

mod choices;
mod mock_exam;
mod output;
mod pack;
mod scene;
mod tasks;

use scene::{Home, Key, Scene};

/// A sitting of three questions, each with Rome, Madrid, Lima and Oslo to choose from.
const CAPITALS: [&str; 5] = ["study", "--topic", "capitals", "--count", "3"];

#[test]
fn the_first_run_asks_for_the_exam_first_and_is_ready_after_three_keys() {
    let home = Home::new();
    let mut scene = home.scene(&[]).start();
    scene.sees("Welcome to badgedex.");
    scene.asks("Which exam are you preparing for?").presses(Key::Enter);
    scene.asks("When is the exam?").presses(Key::Enter);
    scene.asks("What do you already hold?").presses(Key::Enter);
    scene.asks("What now?").sees("Study: 10 today").types("q").ends_with(0);
    let settings: Vec<_> = home.events("set").iter().map(|set| set["value"].clone()).collect();
    assert_eq!(settings, ["aws-cloud-practitioner"]);

    let mut scene = home.scene(&[]).start();
    scene.asks("What now?").types("q").ends_with(0);
    assert!(!scene.lines().iter().any(|line| line.contains("Welcome")), "it says hello once");
}

#[test]
fn a_sitting_answered_with_letters_says_after_each_answer_what_is_right_and_why() {
    let home = Home::new();
    let mut scene = home.scene(&CAPITALS).start();
    scene.asks("1 of 3").sees("What is the capital of Italy?").chooses("Rome");
    scene
        .sees("✔ Right: ")
        .sees("Rome has been the capital of Italy for long. An atlas, under Italy Back tomorrow.");
    scene.goes_on().asks("2 of 3").sees("What is the capital of Spain?").chooses("Lima");
    scene
        .sees("✘ Not quite. Your answer")
        .sees(") Lima Correct")
        .sees(") Madrid Madrid has been the capital of");
    scene.sees("An atlas, under Spain Back tomorrow.");
    scene.goes_on().asks("3 of 3").types("h\r").asks("Hint: It begins with L.").types("?\r");
    scene.sees("✘ Not quite. Correct").sees(") Lima Lima has been the capital of Peru for long.").goes_on();
    scene.sees("3 questions, 1 right").sees("Next: 3 tomorrow");
    scene.asks("Review the 2 you got wrong?").presses(Key::Enter).ends_with(0);
    assert_eq!(home.answered(), ["kinds/italy", "kinds/spain", "kinds/peru"]);
}

#[test]
fn a_new_pack_is_laid_out_after_the_questions_for_it_and_esc_leaves_without_a_trace() {
    let home = Home::new();
    let mut scene = home.scene(&["pack", "new"]).start();
    scene.asks("What is the pack called?").types("My notes\r");
    scene.asks("What is it for?").presses(Key::Down).presses(Key::Enter);
    scene.asks("Which credential?").presses(Key::Esc).asks("What is it for?").presses(Key::Esc);
    scene.asks("What is the pack called? (My notes)").presses(Key::Esc);
    scene.sees("nothing was written").ends_with(1);

    let mut scene = home.scene(&["pack", "new"]).start();
    scene.asks("What is the pack called?").types("My notes\r");
    scene.asks("What is it for?").presses(Key::Enter);
    scene.asks("Which credential?").types("clf\r");
    scene.asks("Which topics").presses(Key::Enter);
    scene.asks("Under which licence").presses(Key::Enter);
    scene.sees("Laid out: My notes").sees("badgedex study --pack my-notes").ends_with(0);
    assert!(home.run(&["pack", "list"]).contains("My notes"));
}

#[test]
fn a_flagged_question_is_set_aside_on_request_and_comes_back_when_the_flag_is_taken_away() {
    let home = Home::new();
    let mut scene = home.scene(&["flag", "kinds/italy", "Or is it Milan?"]).start();
    scene.asks("Leave it out of your study, too?").presses(Key::Enter);
    scene.sees("Flagged: kinds/italy. It is asked as before.").ends_with(0);
    assert!(home.events("suspended").is_empty());

    let mut scene = home.scene(&["flag", "kinds/italy", "Milan!"]).start();
    scene.asks("Leave it out of your study, too?").types("y\r").sees("Flagged and set aside").ends_with(0);
    assert_eq!(home.events("suspended")[0]["question"], "kinds/italy");
    home.run(&["undo"]);
    assert!(home.run(&["flags", "--json"]).contains("Or is it Milan?"), "one deed, undone as one");

    let mut scene = home.scene(&["flag", "kinds/italy", "Milan!"]).start();
    scene.asks("Leave it out of your study, too?").types("y\r").sees("Flagged and set aside").ends_with(0);
    let mut scene = home.scene(&["unflag", "kinds/italy"]).start();
    scene.asks("It is set aside. Ask it again?").presses(Key::Enter);
    scene.sees("kinds/italy is no longer flagged. It will be asked again.").ends_with(0);
    assert_eq!(home.events("resumed").len(), 1);
}

#[test]
fn ctrl_c_at_the_question_after_a_flag_records_nothing() {
    let home = Home::new();
    let mut scene = home.scene(&["flag", "kinds/italy"]).start();
    scene.asks("Leave it out of your study, too?").presses(Key::CtrlC).ends_with(130);
    assert!(home.events("flagged").is_empty());
}

#[test]
fn esc_opens_a_menu_in_which_undo_takes_an_answer_back_and_asks_it_again() {
    let home = Home::new();
    let mut scene = home.scene(&CAPITALS).start();
    scene.asks("1 of 3").chooses("Oslo").sees("Not quite.");
    scene.goes_on().asks("2 of 3").presses(Key::Esc);
    scene.asks("Paused").presses(Key::Down).presses(Key::Enter);
    scene.asks("Undone").sees("1 of 3").sees("What is the capital of Italy?").chooses("Rome");
    scene.goes_on().asks("2 of 3").presses(Key::CtrlC).sees("1 question, 1 right").ends_with(130);

    let answers = home.events("answered");
    let correct: Vec<_> = answers.iter().map(|answer| answer["correct"].as_bool()).collect();
    assert_eq!(correct, [Some(false), Some(true)]);
    let retracted: Vec<_> = home.events("retracted").iter().map(|event| event["event"].clone()).collect();
    assert_eq!(retracted, [answers[0]["id"].clone()]);
}

#[test]
fn ctrl_c_leaves_with_130_and_a_summary_and_the_study_goes_on_later() {
    let home = Home::new();
    let mut scene = home.scene(&CAPITALS).start();
    scene.asks("1 of 3").chooses("Rome");
    scene.goes_on().asks("2 of 3").presses(Key::CtrlC).sees("1 question, 1 right").ends_with(130);
    assert_eq!(home.answered(), ["kinds/italy"]);

    let mut scene = home.scene(&CAPITALS).start();
    scene.asks("1 of 2").sees("What is the capital of Spain?").chooses("Madrid");
    scene.goes_on().asks("2 of 2").chooses("Lima").goes_on().sees("2 questions, 2 right").ends_with(0);
    assert_eq!(home.answered(), ["kinds/italy", "kinds/spain", "kinds/peru"]);
}

#[test]
fn signals_leave_the_terminal_as_it_was() {
    // The terminal of a program that leads its session is reset when it ends: a shell has to lead.
    let shell =
        r#"trap : TERM QUIT HUP; read -r go; "$0" "$@"; code=$?; echo "It is over."; read -r go; exit $code"#;
    for (signal, code) in [("TERM", 143), ("QUIT", 131)] {
        let home = Home::new();
        let mut scene = home.scene(&CAPITALS).within(shell).start();
        let before = scene.stty();
        scene.types("\n").asks("1 of 3");
        assert_ne!(scene.stty(), before, "a prompt is open");
        assert_eq!(scene.paste_and_cursor(), (true, true));
        scene.signal(signal).sees("It is over.");
        assert_eq!(scene.stty(), before);
        assert!(before.contains(" echo ") && before.contains(" icanon "), "{before}");
        assert_eq!(scene.paste_and_cursor(), (false, true));
        scene.types("\n").ends_with(code);
    }
}

#[test]
fn a_key_typed_ahead_of_a_question_is_not_its_answer() {
    let home = Home::new();
    // More than crossterm reads at once.
    let mut scene = home.scene(&CAPITALS).typed_ahead(&"a\r".repeat(700)).start();
    scene.asks("1 of 3");
    assert!(home.answered().is_empty());
    let answer_and_more = scene.letter("Rome") + "\ra\r\r?\ra\r";
    scene.types(&answer_and_more).sees("Right: ").goes_on().asks("2 of 3");
    assert_eq!(home.answered(), ["kinds/italy"]);
    scene
        .chooses("Oslo")
        .goes_on()
        .asks("3 of 3")
        .presses(Key::CtrlC)
        .sees("2 questions, 1 right")
        .ends_with(130);
    assert_eq!(home.answered(), ["kinds/italy", "kinds/spain"]);
}

#[test]
fn a_window_of_40_by_12_is_enough() {
    let home = Home::new();
    let mut scene = home.scene(&[]).size(40, 12).start();
    scene.asks("Which exam are you preparing for?").presses(Key::Enter);
    scene.asks("When is the exam?").presses(Key::Enter);
    scene.asks("What do you already hold?").presses(Key::Enter);
    scene.asks("What now?").presses(Key::Enter).asks("Continue: Cloud Practitioner").presses(Key::Enter);
    scene.asks("1 of 10").fits().types("?\r").sees("Enter next").fits();
    scene.goes_on().asks("2 of 10").presses(Key::CtrlC).sees("1 question, 0 right").ends_with(130).fits();

    let mut scene = home.scene(&["study", "--topic", "long"]).size(40, 12).start();
    scene.asks("1 of 1").fits().types("h\r").asks("Hint:").fits().types("c\r");
    scene.sees("Enter next").goes_on().sees("1 question, 1 right").ends_with(0).fits();
}

#[test]
fn what_the_small_menu_says_fits_a_window_of_40_by_12() {
    let home = Home::new();
    let mut scene = home.scene(&CAPITALS).size(40, 12).start();
    let pick = |scene: &mut Scene, place: usize| {
        scene.presses(Key::Esc).asks("Paused");
        scene.types(&"\x1b[B".repeat(place)).presses(Key::Enter);
    };
    pick(scene.asks("1 of 3"), 1);
    pick(scene.asks("nothing to undo"), 3);
    scene.sees("Set aside.").asks("1 of 2").chooses("Madrid");
    pick(scene.goes_on().asks("2 of 2"), 1);
    pick(scene.asks("Undone"), 4);
    scene.sees("Nothing was answered").ends_with(0).fits();
}

#[test]
fn with_no_color_nothing_is_styled() {
    let home = Home::new();
    let scene = colorful(home.scene(&CAPITALS).env("NO_COLOR", "1").start());
    assert_eq!(scene.styles(), Vec::<String>::new());
    let mut scene = home.scene(&["badges"]).env("NO_COLOR", "1").start();
    scene.ends_with(0);
    assert_eq!(scene.styles(), Vec::<String>::new());
}

#[test]
fn without_no_color_there_is_colour() {
    let home = Home::new();
    let scene = colorful(home.scene(&CAPITALS).start());
    let styles = scene.styles();
    for (what, code) in [("right", "32m"), ("wrong", "31m"), ("prompts", "36m")] {
        assert!(styles.iter().any(|style| style == code), "{what}: {styles:?}");
    }
}

/// Passes all that is coloured in a sitting.
fn colorful(mut scene: Scene) -> Scene {
    scene.asks("1 of 3").chooses("Rome").goes_on().asks("2 of 3").chooses("Oslo");
    scene.goes_on().asks("3 of 3").presses(Key::Esc).asks("Paused").presses(Key::CtrlC).ends_with(130);
    scene
}

#[test]
fn cards_stand_side_by_side_as_many_as_fit() {
    let home = Home::new();
    for (columns, cards) in [(80, 4), (40, 2)] {
        let mut scene = home.scene(&["badges"]).size(columns, 24).start();
        scene.sees("badgedex badges NAME").ends_with(0).fits();
        let corners = |line: &String| line.chars().filter(|c| "╭┌┏╔".contains(*c)).count();
        assert_eq!(scene.lines().iter().map(corners).max(), Some(cards), "{columns} columns");
    }
}

#[test]
fn what_the_menu_shows_stays_until_it_was_read() {
    let home = Home::new();
    home.run(&["set", "role", "developer"]);
    home.run(&["set", "issuer", "aws"]);
    home.run(&["set", "partner", "no"]);
    for (columns, lines) in [(80, 24), (40, 12)] {
        let mut scene = home.scene(&[]).size(columns, lines).start();
        for (place, item, shows) in [
            ("Collection", "My collection", "earned today"),
            ("Collection", "Next: which credential", "Next:"),
            ("Progress", "What is due", "Nothing is due."),
            ("Progress", "Statistics", "What you remember"),
            ("Progress", "Awards", "Awards"),
        ] {
            scene.asks("What now?").picks(place);
            scene.asks(place).picks(item);
            scene.sees(shows).goes_on();
            scene.asks(place).presses(Key::Esc);
        }
        scene.asks("What now?").presses(Key::CtrlC).ends_with(130).fits();
    }
}

#[test]
fn a_long_page_is_read_to_its_end_and_searched() {
    let home = Home::new();
    let mut scene = home.scene(&[]).size(40, 12).start();
    scene.asks("Which exam").presses(Key::Esc).asks("What do you already hold?").presses(Key::Esc);
    scene.asks("What now?").picks("Progress").asks("Progress").picks("Statistics");
    scene.sees("Space scroll").types("/").sees("Search for").types("calendar\r");
    scene.types("q").asks("Progress").presses(Key::Esc).asks("What now?").types("q").ends_with(0);
}

#[test]
fn the_menu_asks_once_whose_collection_is_meant() {
    let home = Home::new();
    home.run(&["set", "role", "developer"]);
    let mut scene = home.scene(&[]).start();
    scene.asks("What now?").picks("Collection");
    scene.asks("Which collection?").presses(Key::Down).presses(Key::Enter);
    scene.asks("Collection and advice").picks("My collection").sees("Kubernetes certifications").goes_on();
    scene.asks("Collection and advice").picks("Next: which credential").sees("KCNA").goes_on();
    scene.asks("Collection and advice").presses(Key::CtrlC).ends_with(130);
}

#[test]
fn role_and_partnership_are_asked_for_when_advice_first_needs_them() {
    let home = Home::new();
    home.run(&["set", "issuer", "aws"]);
    let mut scene = home.scene(&[]).start();
    scene.asks("What now?").picks("Collection");
    scene.asks("Collection and advice").picks("Next: which credential");
    scene.asks("What do you do?").picks("Sales");
    scene.sees("AWS Technical Professional and AWS Cloud Economics were last seen as badges for partners");
    scene.asks("Do you work for a partner of AWS?").picks("Yes");
    scene.sees("Next: AWS Cloud Economics").goes_on();
    scene
        .asks("Collection and advice")
        .picks("Next: which credential")
        .sees("Next: AWS Cloud Economics")
        .goes_on();
    scene.asks("Collection and advice").presses(Key::CtrlC).ends_with(130);
    assert_eq!(home.events("set").last().unwrap()["value"], "yes");
}

#[test]
fn next_at_a_terminal_asks_once_and_a_skip_is_kept_too() {
    for (more, lines) in [(&[][..], false), (&["--plain"], true)] {
        let home = Home::new();
        let next = [&["next"][..], more].concat();
        let mut scene = home.scene(&next).start();
        if lines {
            scene.sees("Do you work for a partner of AWS?").types("3\n");
        } else {
            scene.asks("Do you work for a partner of AWS?").presses(Key::Esc);
        }
        scene.sees("Left open.").sees("Next: AWS Cloud Practitioner Essentials").ends_with(0);
        let mut scene = home.scene(&next).start();
        scene.sees("Next: AWS Cloud Practitioner Essentials").ends_with(0);
        assert!(!scene.wrote("Do you work for"), "it was asked already");
        let set = home.events("set");
        assert_eq!((set.len(), &set[0]["key"], &set[0]["value"]), (1, &"partner".into(), &"none".into()));
    }
}

#[test]
fn next_asks_nothing_without_a_terminal_for_json_or_where_nothing_depends_on_it() {
    let home = Home::new();
    assert!(!home.run(&["next"]).contains("Do you work for"));
    let mut scene = home.scene(&["next", "--json"]).start();
    scene.sees("\"suggestion\"").ends_with(0);
    assert!(!scene.wrote("Do you work for"));
    let mut scene = home.scene(&["next", "--issuer", "cncf"]).start();
    scene.sees("Next: Kubernetes and Cloud Native Associate").ends_with(0);
    assert!(!scene.wrote("Do you work for"));
    assert!(home.events("set").is_empty());
}

#[test]
fn choices_are_marked_with_space_and_counted_before_they_are_taken() {
    let home = Home::new();
    let mut scene = home.scene(&["study", "--topic", "marks"]).start();
    scene.asks("1 of 1");
    let (danube, volga) = (scene.letter("Danube"), scene.letter("Volga"));
    scene.types(&danube).presses(Key::Space).sees(&format!("[x] {}) Danube", danube.to_uppercase()));
    scene.presses(Key::Enter).sees("Mark 2 with Space, then Enter (1 marked).");
    scene.types(&volga).presses(Key::Space).sees(&format!("[x] {}) Volga", volga.to_uppercase()));
    scene.presses(Key::Enter).sees("Right:").goes_on().sees("1 question, 1 right").ends_with(0);
}

#[test]
fn an_order_is_picked_one_after_another_with_a_way_back() {
    let home = Home::new();
    let mut scene = home.scene(&["study", "--topic", "sequence"]).start();
    scene.asks("? 1.").chooses("Dawn");
    scene.asks("? 2.").chooses("Midnight");
    scene.asks("? 3.").presses(Key::Esc);
    scene.asks("? 2.").chooses("Noon");
    scene.asks("? 3.").chooses("Dusk");
    scene.sees("> 4. ").sees("Right: ").goes_on().sees("1 question, 1 right").ends_with(0);
}

#[test]
fn a_typed_answer_one_slip_away_can_be_typed_again() {
    let home = Home::new();
    let mut scene = home.scene(&["study", "--topic", "typed"]).start();
    scene.asks("Your answer:").types("mediterraneam\r").sees("One letter off?");
    assert!(home.answered().is_empty());
    scene.presses(Key::Backspace).types("n\r").sees("Right: Mediterranean").goes_on().ends_with(0);
}

#[test]
fn a_number_and_a_truth_are_answered_in_their_own_words() {
    let home = Home::new();
    let mut scene = home.scene(&["study", "--topic", "number", "--topic", "truth"]).start();
    scene.asks("Your answer in days:").types("many\r").sees("A number in days");
    scene.types(&"\x7f".repeat(4)).types("7 days\r").sees("Right: 7 days");
    scene
        .goes_on()
        .asks("2 of 2")
        .types("f\r")
        .sees("Right: ")
        .goes_on()
        .sees("2 questions, 2 right")
        .ends_with(0);
}

#[test]
fn a_self_checked_answer_is_shown_after_thinking_and_judged_by_the_learner() {
    let home = Home::new();
    let mut scene = home.scene(&["study", "--topic", "recall"]).start();
    scene.asks("Think, then press Enter to see the answer").types("h\r").asks("Hint: Look up.");
    scene.types("tides\r").sees("Enter alone shows the answer.").types(&"\x7f".repeat(5));
    assert!(!scene.lines().iter().any(|line| line.contains("The moon pulls")));
    scene.presses(Key::Enter).sees("Answer: The moon pulls at the near sea more than at the far one.");
    scene.asks("K) Knew it").presses(Key::Esc).asks("Paused").presses(Key::Enter);
    scene.asks("K) Knew it");
    scene.types("h\r").sees("✔ Right: you knew it, but it was hard. The sun does the same, but less.");
    scene.goes_on().sees("1 question, 1 right").ends_with(0);
    let answers = home.events("answered");
    assert_eq!((&answers[0]["given"], &answers[0]["hint"]), (&"hard".into(), &true.into()));
}

#[test]
fn where_errors_go_to_a_file_the_sitting_goes_on_in_lines() {
    let home = Home::new();
    let mut scene = home.scene(&CAPITALS).within(r#"exec "$0" "$@" 2>"$HOME/errors""#).start();
    scene.sees("1 of 3").sees("Oslo");
    let rome = scene.letter("Rome");
    scene.types(&rome).types("\n").sees(") Rome").sees("2 of 3").types("q\n");
    scene.sees("1 question, 1 right").ends_with(0);
    assert_eq!(home.answered(), ["kinds/italy"]);
}

#[test]
fn a_question_is_edited_from_the_small_menu_and_put_again() {
    let home = Home::new();
    let editor = r#"sh -c 'sed -i "s/capital of/main city of/g" "$0"'"#;
    let mut scene = home.scene(&CAPITALS).env("EDITOR", editor).start();
    scene.asks("1 of 3").presses(Key::Esc).asks("Paused");
    for _ in 0..5 {
        scene.presses(Key::Down);
    }
    scene
        .presses(Key::Enter)
        .sees("Here it is again.")
        .sees("What is the main city of Italy?")
        .asks("1 of 3");
    scene
        .chooses("Rome")
        .goes_on()
        .asks("2 of 3")
        .presses(Key::CtrlC)
        .sees("1 question, 1 right")
        .ends_with(130);
    assert_eq!(home.answered(), ["kinds/italy"]);
}

#[test]
fn a_question_that_is_given_another_id_in_a_sitting_is_put_again_under_it() {
    let home = Home::new();
    let editor = r#"sh -c 'sed -i "s,kinds/italy,kinds/rome," "$0"'"#;
    let mut scene = home.scene(&CAPITALS).env("EDITOR", editor).start();
    scene.asks("1 of 3").presses(Key::Esc).asks("Paused");
    for _ in 0..5 {
        scene.presses(Key::Down);
    }
    scene
        .presses(Key::Enter)
        .sees("is called kinds/rome now")
        .sees("What is the capital of Italy?")
        .asks("1 of 3");
    scene
        .chooses("Rome")
        .goes_on()
        .asks("2 of 3")
        .presses(Key::CtrlC)
        .sees("1 question, 1 right")
        .ends_with(130);
    assert_eq!(home.answered(), ["kinds/rome"]);
}

#[test]
fn a_long_import_draws_a_bar_and_takes_it_away_and_a_short_one_draws_none() {
    let home = Home::new();
    let question = "Is it wet? {T}\n\n";
    let remarks = "// Nothing is asked in this line.\n".repeat(200_000);
    let long = home.write("long.gift", &(question.to_owned() + &remarks));
    let short = home.write("short.gift", question);
    let mut scene = home.scene(&["pack", "import", &long]).start();
    scene.sees("1 question found, 1 taken").ends_with(0);
    assert!(scene.wrote("Importing"), "a bar");
    assert!(!scene.lines().iter().any(|line| line.contains("Importing")), "{:?}", scene.lines());
    for more in [[short.as_str(), "--dry-run"], [long.as_str(), "--plain"], [long.as_str(), "--json"]] {
        let mut scene = home.scene(&[&["pack", "import"], &more[..]].concat()).start();
        scene.ends_with(0);
        assert!(!scene.wrote("Importing"), "{more:?}");
    }
}

#[test]
fn the_lines_of_a_check_are_broken_between_words() {
    let home = Home::new();
    let question =
        r#"{ "id": "kinds/more", "topic": "capitls", "kind": "true-false", "stem": "It is.", "key": true }"#;
    let file = format!("{{ \"format\": 1, \"pack\": \"kinds\", \"questions\": [{question}] }}");
    home.write("questions/kinds/more.json", &file);
    for columns in [80, 40] {
        let mut scene = home.scene(&["pack", "check", "kinds"]).size(columns, 24).start();
        scene.sees("kinds/more: the pack has no topic \"capitls\": did you mean \"capitals\"?");
        scene.sees("; a pack is not used until it is fixed").ends_with(1);
        scene.fits();
    }
}
