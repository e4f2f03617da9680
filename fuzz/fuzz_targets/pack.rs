//! A folder with a pack. The input is its files, cut by lines of `%%%`: the head first, then questions.
//! A pack without a fault can be shown, drawn and graded; a fault can be shown, and names a line.

#![no_main]

use badgedex_domain::question::Pack;
use badgedex_fuzz::{
    assert_faults, assert_gate, assert_harmless, assert_mending, assert_question, check, folder, parts, shipped, text,
};
use libfuzzer_sys::fuzz_target;

/// So that questions have credentials to name.
const CATALOG: &str = include_str!("../seeds/catalog/small.json");

const NAMES: [&str; 4] = ["pack.json", "a.json", "b.json", "c.json"];

fuzz_target!(|bytes: &[u8]| {
    let Some(text) = text(bytes) else { return };
    assert_gate(text);
    let files: Vec<(&str, &str)> = NAMES.into_iter().zip(parts(text)).collect();
    let shelf = check(folder("mine", &files), [folder("catalog", &[("catalog.json", CATALOG)])]);
    assert_faults(&shelf.diagnostics, text);
    assert_mending(&folder("mine", &files), &shelf.library);
    // Those that stand in for shipped ones are empty.
    let packs: Vec<&Pack> = shelf.library.packs().iter().filter(|pack| shipped().find_pack(&pack.id).is_err()).collect();
    assert_eq!(packs.is_empty(), !shelf.diagnostics.is_empty(), "{:?}", shelf.diagnostics);
    for pack in packs {
        [&pack.id, &pack.title, &pack.description].into_iter().for_each(|text| assert_harmless(text));
        pack.licence.iter().chain(&pack.source).for_each(|text| assert_harmless(text));
        pack.topics.iter().for_each(|t| assert_harmless(&format!("{}{}", t.id, t.name)));
        pack.facts.iter().for_each(|f| assert_harmless(&format!("{}{}{}", f.id, f.topic, f.text)));
        for question in &pack.questions {
            assert_question(question, bytes.len() as u64);
            let found = shelf.library.find_question(question.id.as_str()).expect("it is found by its id");
            assert_eq!(found.id, question.id);
        }
    }
});
