//! What a person means by a name, and what a library leaves out.

use super::*;
use crate::fixture::*;

#[test]
fn a_credential_is_found_by_all_that_it_is_called_and_by_a_part_of_its_name() {
    let catalogs = catalogs();
    for (typed, found) in [
        (" north-builder ", BUILDER),
        ("bld", BUILDER),
        ("BLD-01", BUILDER),
        ("Entry", BASICS),
        ("north certified builder associate", BUILDER),
        ("architect", ARCHITECT),
        ("associate coder", CODER),
        ("Pilot", PILOT),
    ] {
        assert_eq!(catalogs.find_credential(typed).map(|c| c.id.as_str()), Ok(found), "{typed}");
    }
}

#[test]
fn a_name_that_is_ambiguous_misspelled_or_empty_lists_the_nearest() {
    let catalogs = catalogs();
    let nearest = |typed: &str| -> Vec<String> {
        let error = catalogs.find_credential(typed).expect_err(typed);
        assert_eq!((error.what, error.typed.as_str()), ("credential", typed));
        error.nearest.into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(nearest("associate"), [BUILDER, CODER, KEEPER, OPERATOR]);
    assert!(nearest("archtect").contains(&ARCHITECT.to_owned()));
    assert_eq!(nearest("?!").len(), 3);
}

#[test]
fn the_followed_catalog_is_the_one_that_is_named_else_the_first() {
    let catalogs = catalogs();
    for (issuer, followed) in [
        (None, "north"),
        (Some("south"), "south"),
        (Some("South Institute"), "south"),
        (Some("west"), "north"),
    ] {
        assert_eq!(catalogs.followed(issuer).map(|c| c.id.as_str()), Some(followed), "{issuer:?}");
    }
    assert_eq!(Catalogs::default().followed(None), None);
}

#[test]
fn what_is_held_back_for_an_exam_is_apart_from_what_is_studied() {
    let kept = question("p/a", "t", BASICS);
    let held_back = Question { exam_form: Some("a".into()), ..question("p/b", "t", BASICS) };
    let pack = Pack {
        questions: vec![kept.clone(), held_back.clone()],
        credentials: vec![id(BASICS)],
        ..Pack::new("p", "P", Teaches::Content)
    };
    let library = Library::new(catalogs(), vec![pack]);
    assert_eq!(library.questions().collect::<Vec<_>>(), [&kept]);
    assert_eq!(library.question(&held_back.id), None);
    assert!(library.find_question("p/b").is_err());
    assert_eq!(library.held_back("p").collect::<Vec<_>>(), [&held_back]);
    assert_eq!(library.held_back("north").count(), 0);
}

#[test]
fn the_questions_of_an_open_exam_are_apart_and_come_back_to_their_places() {
    let form = |form: &str, name: &str| Question {
        exam_form: Some(form.into()),
        ..question(&format!("p/{name}"), "t", BASICS)
    };
    let plain = |name: &str| question(&format!("p/{name}"), "t", BASICS);
    let questions =
        vec![form("a", "a1"), plain("1"), form("b", "b1"), plain("2"), form("a", "a2"), plain("3")];
    let pack = Pack { questions, ..Pack::new("p", "P", Teaches::Content) };
    let other = Pack { questions: vec![question("q/1", "t", BASICS)], ..Pack::new("q", "Q", Teaches::About) };
    let ids =
        |names: &[&str]| names.iter().map(|name| QuestionId::new(format!("p/{name}"))).collect::<Vec<_>>();
    let studied = |library: &Library| -> Vec<String> {
        library.packs()[0].questions.iter().map(|q| q.id.as_str()[2..].to_owned()).collect()
    };
    let library = Library::new(catalogs(), vec![pack, other]);
    assert_eq!(studied(&library), ["1", "2", "3"]);

    let drawn = ids(&["2", "a1"]);
    let library = library.with_exams(&drawn.iter().collect(), &BTreeSet::new());
    assert_eq!(studied(&library), ["1", "3"]);
    assert!(drawn.iter().all(|id| library.question(id).is_none() && library.exam_question(id).is_some()));
    assert_eq!(library.held_back("p").count(), 2, "those of an open exam are not held back any more");

    let over = ids(&["a1", "a2"]);
    let library = library.with_exams(&BTreeSet::new(), &over.iter().collect());
    assert_eq!(studied(&library), ["a1", "1", "2", "a2", "3"]);
    assert_eq!(library.held_back("p").map(|q| q.id.as_str()).collect::<Vec<_>>(), ["p/b1"]);
    assert_eq!(studied(&library.with_exams(&BTreeSet::new(), &BTreeSet::new())), ["1", "2", "3"]);
}

#[test]
fn a_pack_that_is_off_is_neither_asked_nor_counted_and_can_still_be_looked_up() {
    let content = Pack {
        questions: vec![question("p/a", "t", BASICS)],
        credentials: vec![id(BASICS)],
        topics: vec![Topic { id: "t".into(), name: "T".into(), weight: None }],
        ..Pack::new("p", "P", Teaches::Content)
    };
    let other = Pack { questions: vec![question("q/a", "t", BASICS)], ..Pack::new("q", "Q", Teaches::About) };
    let library = Library::new(catalogs(), vec![content, other]).with_off(&BTreeSet::from(["p".to_owned()]));
    let ids = |packs: &[Pack]| packs.iter().map(|pack| pack.id.clone()).collect::<Vec<_>>();
    assert_eq!(
        (ids(library.packs()), ids(library.all_packs())),
        (vec!["q".into()], vec!["q".into(), "p".into()])
    );
    assert_eq!((library.is_off("p"), library.is_off("q"), library.is_off("gone")), (true, false, false));
    assert_eq!(library.questions().map(|q| q.id.as_str()).collect::<Vec<_>>(), ["q/a"]);
    assert_eq!(library.questions_of(&id(BASICS)).count(), 1);
    assert!(!library.has_content_for(&id(BASICS)));
    assert!(library.only(&[QuestionId::new("p/a")]).is_empty());
    assert_eq!(library.find_pack("p").unwrap().title, "P");
    assert_eq!(library.find_topics("T").unwrap().len(), 1);
    assert_eq!(library.find_question("p/a").unwrap().id.as_str(), "p/a");
}

#[test]
fn packs_topics_and_questions_are_found_by_name() {
    let library = library();
    assert_eq!(library.find_pack(" North").unwrap().id, "north");
    assert_eq!(library.find_pack("nroth").unwrap_err().nearest[0].0, "north");
    for typed in ["costs", "What it costs", "north/costs"] {
        let found = library.find_topics(typed).unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|(p, t)| (p.id.as_str(), t.id.as_str())).collect();
        assert_eq!(found, [("north", "costs")], "{typed}");
    }
    assert_eq!(library.find_topics("csots").unwrap_err().nearest[0].0, "costs");
    assert_eq!(library.find_question(" north/bld-1 ").unwrap().topic, "about");
    assert_eq!(library.topic_name("north", "costs"), "What it costs");
    assert_eq!(library.topic_name("gone", "costs"), "costs");
}

#[test]
fn a_renamed_question_is_found_under_its_earlier_id_and_a_replaced_one_is_gone() {
    let renamed = Question { was: vec![QuestionId::new("p/old")], ..question("p/new", "t", BASICS) };
    let newer =
        Question { replaces: vec![QuestionId::new("p/true-once")], ..question("p/true", "t", BASICS) };
    let pack = Pack {
        questions: vec![renamed, question("p/true-once", "t", BASICS), newer],
        ..Pack::new("p", "P", Teaches::Content)
    };
    let library = Library::new(catalogs(), vec![pack]);
    assert_eq!(library.find_question("p/old").unwrap().id.as_str(), "p/new");
    assert_eq!(library.question(&QuestionId::new("p/true-once")), None);
    assert_eq!(library.questions().count(), 2);
    assert!(!library.has_content_for(&id(BASICS)), "the pack itself prepares for no exam");
}

#[test]
fn a_part_of_a_library_keeps_only_the_questions_asked_for() {
    let library = library();
    let packs = library.only(&[QuestionId::new("north/bld-2"), QuestionId::new("nothing")]);
    let ids: Vec<&str> = packs.iter().flat_map(|p| &p.questions).map(|q| q.id.as_str()).collect();
    assert_eq!((packs.len(), ids), (1, vec!["north/bld-2"]));
    assert_eq!(packs[0].topics, library.packs()[0].topics);
}
