//! A catalog. One without a fault can be shown, asks its questions on any day, and gives advice.

#![no_main]

use badgedex_domain::catalog::Catalog;
use badgedex_domain::facts;
use badgedex_domain::library::Library;
use badgedex_fuzz::{assert_faults, assert_harmless, assert_question, check, days, folder, follow, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(text) = text(bytes) else { return };
    let shelf = check(folder("mine", &[("catalog.json", text)]), []);
    assert_faults(&shelf.diagnostics, text);
    let catalogs = shelf.library.catalogs();
    assert_eq!(catalogs.is_empty(), !shelf.diagnostics.is_empty(), "{:?}", shelf.diagnostics);
    let Some(catalog) = catalogs.first() else { return };
    assert_shown(catalog);
    for today in days() {
        let pack = facts::pack(catalogs, today);
        for question in &pack.questions {
            assert_question(question, bytes.len() as u64);
        }
        let library = Library::new(catalogs.to_vec(), vec![pack]);
        follow(&library, catalog, &[], today);
    }
});

fn assert_shown(catalog: &Catalog) {
    [&catalog.id, &catalog.issuer, &catalog.short, &catalog.title]
        .into_iter()
        .for_each(|t| assert_harmless(t));
    for tier in &catalog.tiers {
        assert_harmless(&format!("{}{}{}{}", tier.id, tier.name, tier.plural, tier.family));
    }
    for credential in &catalog.credentials {
        assert_harmless(credential.id.as_str());
        assert_harmless(&format!("{}{}{}", credential.name, credential.short, credential.field));
        assert_harmless(&catalog.card_name(credential));
        credential.code.iter().chain(&credential.aliases).for_each(|t| assert_harmless(t));
        credential.notes.iter().for_each(|n| assert_harmless(&format!("{}{}", n.about, n.text)));
    }
    let named = catalog.roles.iter().flat_map(|r| [&r.id, &r.name]);
    let sets = catalog.sets.iter().flat_map(|s| [&s.id, &s.name]);
    let titles = catalog.titles.iter().flat_map(|t| [&t.id, &t.name]);
    let path = catalog.path.iter().flat_map(|s| [&s.title, &s.why]);
    named.chain(sets).chain(titles).chain(path).for_each(|text| assert_harmless(text));
    let pictures = catalog.fields.iter().flat_map(|f| f.picture.iter().chain(&f.ascii));
    pictures.for_each(|text| assert_harmless(text));
}
