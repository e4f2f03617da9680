//! `pack check --strict`: what makes questions bad although they can be asked, and where it is.

use crate::support::Learner;
use serde_json::{Value, json};

/// A question that nothing can be said against.
fn sound(id: &str, stem: &str, choices: [&str; 3], key: &str) -> Value {
    json!({
        "id": format!("garden/{id}"), "topic": "beds", "facts": ["soil"], "kind": "one-of", "stem": stem,
        "choices": choices, "key": key, "rationale": "Because of what the roots need there.",
        "source": "A handbook, page 12", "checked": "2026-10-01",
    })
}

fn sound_questions() -> Vec<Value> {
    vec![
        sound("carrots", "What do carrots ask of a bed?", ["Loose sand", "Heavy clay", "Wet moss"], "A"),
        sound("melons", "Where does a melon ripen best?", ["In a cellar", "Under glass", "On a roof"], "B"),
        sound("leeks", "How deep is a leek set?", ["One inch", "A full yard", "A hand's width"], "C"),
    ]
}

/// Writes the pack `garden` and says what the strict check says of it.
fn strict(head: Value, questions: &[Value]) -> (Learner, Value) {
    let learner = Learner::new();
    let mut pack = json!({
        "format": 1, "id": "garden", "title": "Garden", "teaches": "content",
        "topics": [{ "id": "beds", "name": "Beds" }],
        "facts": [{ "id": "soil", "topic": "beds", "text": "Roots differ in the soil that they need." }],
    });
    pack.as_object_mut().unwrap().extend(head.as_object().unwrap().clone());
    learner.write("garden/pack.json", serde_json::to_string_pretty(&pack).unwrap());
    let file = json!({ "format": 1, "pack": "garden", "questions": questions });
    learner.write("garden/questions.json", serde_json::to_string_pretty(&file).unwrap());
    let folder = learner.path("garden");
    let ran = learner.run(&["pack", "check", "--strict", "--json", folder.to_str().unwrap()]);
    let said: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(said["faults"], json!([]), "{ran}");
    let is_clean = said["flaws"].as_array().unwrap().is_empty();
    assert_eq!(ran.code, Some(i32::from(!is_clean)), "{ran}");
    (learner, said["flaws"].clone())
}

fn kinds(flaws: &Value) -> Vec<&str> {
    flaws.as_array().unwrap().iter().map(|flaw| flaw["kind"].as_str().unwrap()).collect()
}

#[test]
fn a_sound_pack_has_no_flaw() {
    let (_, flaws) = strict(json!({}), &sound_questions());
    assert_eq!(flaws, json!([]));
}

#[test]
fn a_flaw_of_a_question_is_told_with_its_place() {
    for (key, value, kind) in [
        ("stem", json!("Which of these is not a thing that carrots ask for?"), "negative-stem"),
        ("stem", json!("Which bed has loose sand for its carrots?"), "telling-stem"),
        ("choices", json!(["Sand", "Sand and clay", "Wet moss"]), "overlapping-choices"),
        ("choices", json!(["Sand", "Clay", "None of these"]), "all-of-the-above"),
        ("choices", json!(["Loose sand that no stone has ever been left in", "Clay", "Moss"]), "long-key"),
        ("rationale", json!("The answer is loose sand."), "bare-rationale"),
        ("checked", json!("2025-01-01"), "old"),
    ] {
        let mut questions = sound_questions();
        questions[0][key] = value;
        let (learner, flaws) = strict(json!({}), &questions);
        assert_eq!(kinds(&flaws), [kind], "{flaws}");
        assert_eq!(flaws[0]["question"], "garden/carrots");
        let text = std::fs::read_to_string(learner.path("garden/questions.json")).unwrap();
        let line = text.lines().nth(flaws[0]["line"].as_u64().unwrap() as usize - 1).unwrap();
        assert!(line.trim_start().starts_with(&format!("\"{key}\"")), "{line}: {flaws}");
    }
}

#[test]
fn what_a_question_lacks_is_told() {
    for (key, kind) in [("rationale", "no-rationale"), ("source", "no-source"), ("checked", "never-checked")]
    {
        let mut questions = sound_questions();
        questions[1].as_object_mut().unwrap().remove(key);
        let (_, flaws) = strict(json!({}), &questions);
        assert_eq!(kinds(&flaws), [kind], "{flaws}");
    }
}

#[test]
fn a_flaw_of_the_pack_stands_where_its_topics_or_facts_do() {
    let topics = json!({ "topics": [
        { "id": "beds", "name": "Beds", "weight": 60 }, { "id": "soil", "name": "Soil", "weight": 30 },
    ] });
    let (learner, flaws) = strict(topics, &sound_questions());
    assert_eq!(kinds(&flaws), ["weights", "unasked"], "{flaws}");
    let text = std::fs::read_to_string(learner.path("garden/pack.json")).unwrap();
    let ids: Vec<usize> = text.match_indices("\"soil\"").map(|(at, _)| text[..at].lines().count()).collect();
    // The fact "soil" comes before the topic: the flaw is the topic's.
    assert_eq!(flaws[1]["line"].as_u64().unwrap() as usize, ids[1] - 1, "{flaws}");
    let facts = json!({ "facts": [{ "id": "light", "topic": "beds", "text": "Light counts." }] });
    let mut questions = sound_questions();
    questions.iter_mut().for_each(|question| drop(question.as_object_mut().unwrap().remove("facts")));
    let (_, flaws) = strict(facts, &questions);
    assert_eq!(kinds(&flaws), ["unasked"], "{flaws}");
}

#[test]
fn keys_of_one_letter_and_twins_are_told() {
    let ask = |n: usize, stem: &str| sound(&format!("q{n}"), stem, ["Loam", "Clay", "Sand"], "A");
    let stems = [
        "What holds water longest in summer?",
        "Which ground do roses thank most?",
        "On what stood the oldest orchard?",
        "Which earth warms slowly at Easter?",
        "What should lie below a lawn?",
    ];
    let mut questions: Vec<Value> = stems.iter().enumerate().map(|(n, stem)| ask(n, stem)).collect();
    let (_, flaws) = strict(json!({}), &questions);
    assert_eq!(kinds(&flaws), ["same-letter"], "{flaws}");
    questions[4] = ask(4, "What holds the water longest in a summer?");
    questions[3]["key"] = json!("B");
    questions[2]["key"] = json!("C");
    let (_, flaws) = strict(json!({}), &questions);
    assert_eq!(kinds(&flaws), ["near-duplicate"], "{flaws}");
    assert_eq!(flaws[0]["question"], "garden/q4");
}

#[test]
fn the_page_says_each_flaw_in_a_line_and_counts_them() {
    let mut questions = sound_questions();
    questions[2].as_object_mut().unwrap().remove("source");
    let (learner, _) = strict(json!({}), &questions);
    let folder = learner.path("garden");
    let folder = folder.to_str().unwrap();
    let ran = learner.run(&["pack", "check", "--strict", folder]);
    assert_eq!(ran.code, Some(1), "{ran}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(
        lines[0].ends_with(
            "garden/leeks: \"source\" is missing: say where the answer can be looked up [no-source]"
        ),
        "{ran}"
    );
    assert_eq!(lines[1..], ["no faults in 3 questions", "1 flaw in 3 questions"], "{ran}");
    let plain = learner.run(&["pack", "check", folder]).done();
    assert_eq!(plain.lines().last(), Some("no faults in 3 questions"));
}

#[test]
fn a_new_pack_passes_the_strict_check() {
    let learner = Learner::new();
    let answers = ["--title", "My notes", "--credential", "none", "--topics", "One", "--licence", "CC0-1.0"];
    learner.run(&[&["pack", "new"][..], &answers].concat()).done();
    let folder = learner.path("questions/my-notes");
    learner.run(&["pack", "check", "--strict", folder.to_str().unwrap()]).done();
}
