//! Sittings, played through.

use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::Value;

use super::*;
use badgedex_domain::history::History;
use badgedex_domain::library::Library;
use badgedex_domain::memory::Model;
use badgedex_domain::question::{Kind, Pack, Question, Teaches, Topic};
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;

/// A learner at the table, with a pack of typed questions "a", "b", "c", ... whose answer is "yes".
struct Table {
    library: Library,
    history: History,
    model: Model,
    rng: StdRng,
    session: Session,
}

fn id(name: &str) -> QuestionId {
    QuestionId::new(format!("p/{name}"))
}

fn question(name: &str) -> Question {
    let kind = Kind::Typed { accepted: vec!["yes".into()] };
    Question::new(id(name), "t", format!("What about {name}?"), kind)
}

fn library(names: &[&str]) -> Library {
    let pack = Pack {
        id: "p".into(),
        title: "A pack".into(),
        description: String::new(),
        licence: None,
        source: None,
        teaches: Teaches::About,
        credentials: Vec::new(),
        topics: vec![Topic { id: "t".into(), name: "A topic".into(), weight: None }],
        facts: Vec::new(),
        questions: names.iter().map(|name| question(name)).collect(),
    };
    Library::new(Vec::new(), vec![pack])
}

/// A sitting of these questions; each name is one letter.
fn sitting(names: &str) -> Table {
    let names: Vec<String> = names.chars().map(String::from).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids: Vec<QuestionId> = names.iter().map(|name| id(name)).collect();
    Table {
        library: library(&names),
        history: History::default(),
        model: Model::default(),
        rng: StdRng::seed_from_u64(1),
        session: Session::new("sitting".into(), &ids, false),
    }
}

impl Table {
    fn next(&mut self) -> Option<Turn> {
        let knowledge = Knowledge {
            library: &self.library,
            history: &self.history,
            model: &self.model,
            retention: 0.9,
            day: "2026-11-23".parse().unwrap(),
        };
        self.session.next(&knowledge, &mut self.rng)
    }

    /// The name of the next question; empty at the end.
    fn name(&mut self) -> String {
        self.next().map(|turn| turn.question.as_str()[2..].to_owned()).unwrap_or_default()
    }

    fn say(&mut self, right: bool) -> Outcome {
        self.session.answer(&Reply::Text(if right { "yes" } else { "no" }.into())).unwrap()
    }

    /// Asks on, where `right` tells of a name and how often it was asked before whether it is answered
    /// right. Returns the names in the order of asking.
    fn play(&mut self, right: impl Fn(&str, usize) -> bool) -> String {
        let mut asked: Vec<String> = Vec::new();
        loop {
            let name = self.name();
            if name.is_empty() {
                return asked.concat();
            }
            let before = asked.iter().filter(|n| **n == name).count();
            self.say(right(&name, before));
            asked.push(name);
        }
    }
}

#[test]
fn a_wrong_one_comes_back_at_least_three_questions_later() {
    for (names, wrong_once, asked) in [
        ("abcdef", "", "abcdef"),
        ("abcdef", "a", "abcadef"),
        ("abcdef", "b", "abcdbef"),
        ("abcdef", "d", "abcdefd"),
        ("abcdef", "ab", "abcabdef"),
        ("abc", "a", "abca"),
        ("abc", "abc", "abcabc"),
    ] {
        let mut table = sitting(names);
        let order = table.play(|name, before| before > 0 || !wrong_once.contains(name));
        let distances = wrong_once.chars().map(|c| order.rfind(c).unwrap() - order.find(c).unwrap());
        assert!(distances.into_iter().all(|d| d >= 3), "{order}");
        assert_eq!(order, asked, "{wrong_once} wrong");
    }
}

#[test]
fn a_wrong_one_that_would_come_back_sooner_waits_for_tomorrow() {
    for (names, wrong) in [("a", "a"), ("ab", "a"), ("ab", "ab"), ("abcdef", "e"), ("abcdef", "ef")] {
        let order = sitting(names).play(|name, _| !wrong.contains(name));
        assert_eq!(order, names, "{wrong} wrong");
    }
}

#[test]
fn a_wrong_one_comes_back_at_most_twice() {
    let order = sitting("abcdefghij").play(|name, _| name != "a");
    assert_eq!(order.matches('a').count(), 3, "{order}");
}

#[test]
fn the_outcome_says_whether_it_comes_back() {
    let mut table = sitting("abcdef");
    let mut said = Vec::new();
    while !table.name().is_empty() {
        let turn = said.len();
        said.push(table.say(turn != 0 && turn != 5).comes_back);
    }
    assert_eq!(said, [true, false, false, false, false, false, false], "the first, and not the last but one");
}

#[test]
fn i_dont_know_is_a_wrong_answer_that_comes_back() {
    let mut table = sitting("abcd");
    table.name();
    let outcome = table.session.answer(&Reply::DontKnow).unwrap();
    assert_eq!((outcome.verdict, outcome.comes_back), (Verdict::Wrong, true));
    assert_eq!((outcome.answered.correct, outcome.answered.given), (false, Value::Null));
}

#[test]
fn as_many_questions_are_asked_as_were_announced_and_what_comes_back_is_counted_apart() {
    let mut table = sitting("abcd");
    let mut numbers = Vec::new();
    while let Some(turn) = table.next() {
        numbers.push((turn.number, turn.of.unwrap(), turn.is_repeat));
        table.say(turn.number != 1 || turn.is_repeat);
    }
    assert_eq!(numbers, [(1, 4, false), (2, 4, false), (3, 4, false), (3, 4, true), (4, 4, false)]);
}

#[test]
fn a_sitting_of_one_question_ends_after_it() {
    for right in [true, false] {
        let mut table = sitting("a");
        let turn = table.next().unwrap();
        assert_eq!((turn.number, turn.of), (1, Some(1)));
        assert!(!table.say(right).comes_back);
        assert_eq!(table.next(), None);
        assert_eq!(table.session.answers(), 1);
    }
}

#[test]
fn a_sitting_of_nothing_is_over_at_once() {
    assert_eq!(sitting("").next(), None);
}

#[test]
fn a_question_that_the_library_does_not_have_is_passed_over() {
    let mut table = sitting("ab");
    table.library = library(&["b"]);
    assert_eq!(table.play(|_, _| true), "b");
}

#[test]
fn without_a_question_there_is_nothing_to_answer_or_to_undo() {
    let mut table = sitting("a");
    assert_eq!(table.session.answer(&Reply::DontKnow), None);
    assert!(table.session.undo().is_none());
}

#[test]
fn undo_restores_queue_and_counts_exactly() {
    for right in [true, false] {
        let mut table = sitting("abcdef");
        table.name();
        table.say(false);
        let turn = table.next().unwrap();
        let before = table.session.clone();
        table.say(right);
        assert!(table.session.undo().is_some());
        assert_eq!(table.next().unwrap(), turn);
        let after = &table.session;
        assert_eq!((&after.queue, after.turn, &after.given), (&before.queue, before.turn, &before.given));
    }
}

#[test]
fn undo_also_works_while_the_next_question_is_being_asked() {
    let mut table = sitting("abc");
    table.name();
    table.say(false);
    assert_eq!(table.name(), "b");
    assert!(table.session.undo().is_some());
    assert_eq!(table.session.answers(), 0);
    assert_eq!(table.play(|_, _| true), "abc", "what was answered wrong no longer comes back");
}

#[test]
fn after_undo_another_answer_counts_alone() {
    let mut table = sitting("abcd");
    table.name();
    table.say(true);
    table.session.undo();
    table.name();
    assert_eq!(table.say(false).verdict, Verdict::Wrong);
    assert_eq!(table.session.answers(), 1);
    assert_eq!(table.play(|_, _| true), "bcad");
}

#[test]
fn undo_goes_back_to_the_first_answer_and_no_further() {
    let mut table = sitting("abcdef");
    table.play(|name, _| name != "a");
    let answers = table.session.answers();
    for left in (0..answers).rev() {
        assert!(table.session.undo().is_some());
        assert_eq!(table.session.answers(), left);
    }
    assert!(table.session.undo().is_none());
    assert_eq!(table.play(|_, _| true), "abcdef");
}

#[test]
fn the_last_answer_of_a_sitting_can_be_undone() {
    let mut table = sitting("ab");
    table.play(|_, _| true);
    assert!(table.session.undo().is_some());
    assert_eq!(table.name(), "b");
}

#[test]
fn an_answer_to_a_question_that_was_renamed_since_is_taken_back_under_its_present_id() {
    let mut table = sitting("ab");
    table.name();
    table.say(true);
    let mut pack = table.library.packs()[0].clone();
    pack.questions[0] = Question { was: vec![id("a")], ..question("c") };
    table.library = Library::new(Vec::new(), vec![pack]);
    table.session.rename(&table.library);
    assert_eq!(table.session.undo(), Some((id("c"), None)));
    assert_eq!(table.name(), "c", "and it is asked again under that id");
}

#[test]
fn a_skipped_question_is_neither_counted_nor_asked_again() {
    let mut table = sitting("abc");
    assert_eq!(table.name(), "a");
    table.session.skip();
    let turn = table.next().unwrap();
    assert_eq!((turn.question, turn.number, turn.of), (id("b"), 1, Some(2)));
    table.say(true);
    assert_eq!(table.play(|_, _| true), "c");
    assert_eq!(table.session.answers(), 2);
}

#[test]
fn skipping_brings_nothing_back_too_soon() {
    let mut table = sitting("abc");
    table.name();
    table.say(false);
    table.name();
    table.session.skip();
    assert_eq!(table.play(|_, _| true), "c", "a would have only one question before it");
}

#[test]
fn a_hint_marks_the_answer_of_its_turn_and_no_other() {
    let mut table = sitting("ab");
    let hints: Vec<bool> = [true, false]
        .into_iter()
        .map(|hint| {
            assert!(!table.next().unwrap().hint_shown);
            if hint {
                table.session.show_hint();
            }
            table.say(true).answered.hint
        })
        .collect();
    assert_eq!(hints, [true, false]);
}

#[test]
fn an_answer_keeps_what_the_journal_needs() {
    for cram in [false, true] {
        let mut table = sitting("a");
        table.session = Session::new("s1".into(), &[id("a")], cram);
        let asked = table.next().unwrap().asked;
        let answered = table.say(false).answered;
        assert_eq!(
            answered,
            Answered {
                question: id("a"),
                revision: Some(asked.revision),
                form: Some("typed".into()),
                guess: 0.0,
                correct: false,
                given: "no".into(),
                hint: false,
                cram,
                took_ms: None,
                sitting: Some("s1".into()),
                exam: None,
            }
        );
    }
}

#[test]
fn a_summary_counts_each_question_once_by_its_first_answer() {
    let mut table = sitting("abcd");
    table.play(|name, before| name != "a" || before > 0);
    let knowledge = Knowledge {
        library: &table.library,
        history: &table.history,
        model: &table.model,
        retention: 0.9,
        day: "2026-11-23".parse().unwrap(),
    };
    let overview = Overview::of(&knowledge, &Record::default(), &Settings::default(), knowledge.day);
    let summary = table.session.summary(&overview, &overview, &knowledge);
    assert_eq!((summary.questions, summary.right), (4, 3));
}

/// What the learner does at a turn.
#[derive(Debug, Clone, Copy)]
enum Move {
    Right,
    Wrong,
    Undo,
    Skip,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![3 => Just(Move::Right), 4 => Just(Move::Wrong)];
    prop::collection::vec(one, 60)
}

fn any_moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![3 => Just(Move::Right), 4 => Just(Move::Wrong), 2 => Just(Move::Undo), 1 => Just(Move::Skip)];
    prop::collection::vec(one, 0..60)
}

proptest! {
    #[test]
    fn every_sitting_keeps_its_distances_and_its_promises(count in 0..12_usize, moves in moves()) {
        let names = &"abcdefghijkl"[..count];
        let mut table = sitting(names);
        let mut asked: Vec<(char, bool)> = Vec::new();
        let mut last = (0, 0);
        for step in moves {
            let Some(turn) = table.next() else { break };
            let name = turn.question.as_str().chars().last().unwrap();
            let before: Vec<usize> = (0..asked.len()).filter(|&i| asked[i].0 == name).collect();
            let firsts = asked.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len();
            prop_assert_eq!(turn.is_repeat, !before.is_empty());
            prop_assert_eq!(turn.number, firsts + usize::from(!turn.is_repeat));
            prop_assert_eq!(turn.of, Some(count));
            prop_assert!(before.len() <= 2);
            if let Some(&latest) = before.last() {
                prop_assert!(asked.len() - latest >= 3, "{} too soon", name);
                prop_assert!(asked[latest].1, "only what was promised comes back");
            }
            last = (turn.number, count);
            let outcome = table.say(matches!(step, Move::Right));
            asked.push((name, outcome.comes_back));
        }
        prop_assert_eq!(last.0, last.1, "the last turn is m of m");
        for (place, (name, comes_back)) in asked.iter().enumerate() {
            prop_assert_eq!(*comes_back, asked[place + 1..].iter().any(|(n, _)| n == name));
        }
    }

    #[test]
    fn undoing_everything_leads_back_to_the_start(moves in any_moves()) {
        let mut table = sitting("abcdef");
        for step in moves {
            if table.next().is_none() {
                break;
            }
            match step {
                Move::Right => { table.say(true); }
                Move::Wrong => { table.say(false); }
                Move::Undo => { table.session.undo(); }
                Move::Skip => table.session.skip(),
            }
            prop_assert_eq!(table.session.answers(), table.session.turn);
        }
        while table.session.undo().is_some() {}
        prop_assert_eq!((table.session.answers(), table.session.turn), (0, 0));
        let left = table.play(|_, _| true);
        prop_assert!("abcdef".ends_with(&left), "{} is what was not skipped at the start", left);
    }
}
