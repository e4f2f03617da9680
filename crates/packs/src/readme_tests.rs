//! What `questions/README.md` shows is right: every example in it goes through the checker.

use serde_json::{Value, json};

use super::fixes::{FixContext, fix_folder};
use super::{File, Folder, LoadedPacks, check};

const README: &str = include_str!("../../../questions/README.md");

/// The JSON examples, in their order.
fn examples() -> Vec<Value> {
    let blocks = README.split("```json\n").skip(1).map(|rest| rest.split("\n```").next().unwrap());
    blocks.map(|text| serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))).collect()
}

fn checked(head: &Value, questions: &Value) -> LoadedPacks {
    let files = [("pack.json", head), ("questions.json", questions)];
    let files = files.map(|(name, text)| File::of(&format!("readme/{name}"), &text.to_string()));
    check(&[Folder::new("readme", files.into())])
}

fn file(pack: &Value, questions: &[&Value]) -> Value {
    json!({ "format": 1, "pack": pack["id"], "questions": questions })
}

fn assert_sound(loaded: &LoadedPacks, what: &str) {
    let diagnostics: Vec<String> = loaded.diagnostics.iter().map(ToString::to_string).collect();
    assert!(diagnostics.is_empty(), "{what}: {diagnostics:#?}");
}

#[test]
fn the_examples_of_the_readme_make_packs_without_faults() {
    let examples = examples();
    let heads: Vec<&Value> = examples.iter().filter(|e| e.get("title").is_some()).collect();
    let files: Vec<&Value> = examples.iter().filter(|e| e.get("questions").is_some()).collect();
    let single: Vec<&Value> = examples.iter().filter(|e| e.get("stem").is_some()).collect();
    assert_eq!(heads.len() + files.len() + single.len(), examples.len(), "every example is one of three");
    assert!(!heads.is_empty() && !files.is_empty() && !single.is_empty());
    for file in &files {
        assert_sound(&checked(heads[0], file), "a file of questions");
    }
    for head in &heads {
        let belongs = |q: &&&Value| {
            let pack = q["id"].as_str().unwrap().split('/').next();
            pack == head["id"].as_str()
        };
        let own: Vec<&Value> = single.iter().filter(belongs).copied().collect();
        let loaded = checked(head, &file(head, &own));
        assert_sound(&loaded, "the single questions");
        assert!(head != &heads[0] || loaded.questions_read == own.len());
    }
}

#[test]
fn the_readme_shows_every_kind() {
    let examples = examples();
    let kinds: Vec<&str> = examples.iter().filter_map(|example| example["kind"].as_str()).collect();
    for kind in ["one-of", "any-of", "true-false", "typed", "number", "order", "reveal"] {
        assert!(kinds.contains(&kind), "{kind}");
    }
}

#[test]
fn what_the_readme_says_of_mending_is_what_is_done() {
    let careless = README.split("```jsonc\n").nth(1).and_then(|rest| rest.split("\n```").next()).unwrap();
    let file = |question: &str| {
        format!("{{\n\"format\": 1, \"pack\": \"planets\", \"questions\": [\n{question}\n]\n}}\n")
    };
    let files = [("pack.json", examples()[0].to_string() + "\n"), ("questions.json", file(careless))];
    let files = files.map(|(name, text)| File::of(&format!("readme/{name}"), &text));
    let folder = Folder::new("readme", files.into());
    let mut context = FixContext::of(std::slice::from_ref(&folder), &check(&[]).library);
    let drafts = fix_folder(&folder, &|_| true, &mut context).unwrap();
    let [draft] = &drafts[..] else { panic!("{drafts:?}") };
    let blocks = README.split("```json\n").skip(1).map(|rest| rest.split("\n```").next().unwrap());
    assert!(blocks.map(file).any(|text| text == draft.text), "{}", draft.text);
}
