//! What a sitting asks, and in which order.

use chrono::{DateTime, Days, NaiveDate};
use serde_json::Map;
use uuid::Uuid;

use super::super::history::{History, Review};
use super::super::journal::{Answered, Deed, Event};
use super::super::library::Library;
use super::super::memory::Model;
use super::super::question::{Kind, Pack, Teaches, Topic};
use super::*;

/// A learner on a day, with two packs.
///
/// Pack "p": `p/a1`, `p/a2`, `p/a3` of topic a, `p/b1` of topic b, `p/c1`, `p/c2` of topic c.
/// Pack "s": `s/a1` of topic a. Questions whose name ends with 1 are about the credential "x".
struct Learner {
    library: Library,
    history: History,
    record: Record,
    model: Model,
}

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn id(text: &str) -> QuestionId {
    QuestionId::new(text)
}

fn question(name: &str) -> Question {
    let id = id(name);
    let local = name.split('/').nth(1).unwrap();
    Question {
        credentials: if local.ends_with('1') { vec![CredentialId::new("x")] } else { vec![] },
        ..Question::new(
            id,
            &local[..1],
            format!("What about {name}?"),
            Kind::Typed { accepted: vec!["yes".into()] },
        )
    }
}

fn pack(id: &str, names: &[&str]) -> Pack {
    let topics = ["a", "b", "c"].map(|t| Topic { id: t.into(), name: t.into(), weight: None });
    Pack {
        topics: topics.into(),
        questions: names.iter().map(|name| question(name)).collect(),
        ..Pack::new(id, id, Teaches::About)
    }
}

fn learner() -> Learner {
    let packs = vec![pack("p", &["p/a1", "p/a2", "p/a3", "p/b1", "p/c1", "p/c2"]), pack("s", &["s/a1"])];
    Learner {
        library: Library::new(Vec::new(), packs),
        history: History::default(),
        record: Record::default(),
        model: Model::default(),
    }
}

impl Learner {
    /// One typed answer, this many days ago.
    fn answered(mut self, question: &str, days_ago: u64, correct: bool) -> Learner {
        let answered = Answered::new(id(question), correct, 0.0);
        self.history.learn(
            &self.model,
            &id(question),
            &Review::at_noon(&answered, today() - Days::new(days_ago)),
        );
        self
    }

    fn suspended(mut self, questions: &[&str]) -> Learner {
        let at = DateTime::parse_from_rfc3339("2026-11-23T12:00:00+00:00").unwrap();
        let suspended = |question: &&str| Event {
            id: Uuid::from_u128(1),
            at,
            device: "d".into(),
            deed: Deed::Suspended { question: id(question) },
            extra: Map::new(),
        };
        let events: Vec<Event> = questions.iter().map(suspended).collect();
        self.record = Record::of(&events, self.library.catalogs());
        self
    }

    fn knowledge(&self) -> Knowledge<'_> {
        Knowledge {
            library: &self.library,
            history: &self.history,
            model: &self.model,
            retention: 0.9,
            day: today(),
        }
    }

    fn choose(&self, wanted: &SittingRequest, new_left: usize) -> Selection {
        let limit = NewLimit { per_day: new_left, today: 0 };
        choose(wanted, &self.knowledge(), &self.record, limit, today())
    }

    fn names(&self, wanted: &SittingRequest, new_left: usize) -> Vec<String> {
        self.choose(wanted, new_left).questions.iter().map(QuestionId::to_string).collect()
    }
}

fn anything() -> SittingRequest {
    SittingRequest::default()
}

fn count(count: usize) -> SittingRequest {
    SittingRequest { count: Some(count), ..anything() }
}

fn cram() -> SittingRequest {
    SittingRequest { cram: true, ..anything() }
}

fn mistakes() -> SittingRequest {
    SittingRequest { mistakes: true, ..anything() }
}

/// Four were answered: three are due, the longest ago most forgotten; `p/b1` is not due.
fn some_days_later() -> Learner {
    learner()
        .answered("p/a1", 5, true)
        .answered("p/a2", 30, true)
        .answered("p/a3", 9, true)
        .answered("p/b1", 0, true)
}

#[test]
fn what_is_due_comes_first_and_the_most_forgotten_before_all() {
    let asked = some_days_later().names(&anything(), 10);
    assert_eq!(asked, ["p/a2", "p/a3", "p/a1", "p/c1", "s/a1", "p/c2"]);
}

#[test]
fn what_comes_back_is_told_of_the_part_that_is_wanted() {
    let learner = learner().answered("p/b1", 0, true).answered("s/a1", 0, true).answered("p/a2", 300, true);
    let comes_back = |wanted: SittingRequest| {
        let coming = upcoming(&wanted, &learner.knowledge(), &learner.record);
        assert!(coming.iter().all(|(on, _)| *on > today()), "{coming:?}");
        coming.iter().map(|(_, number)| number).sum::<usize>()
    };
    assert_eq!(comes_back(anything()), 2);
    assert_eq!(comes_back(SittingRequest { pack: Some("s".into()), ..anything() }), 1);
    assert_eq!(comes_back(SittingRequest { topics: vec![("p".into(), "c".into())], ..anything() }), 0);
}

#[test]
fn due_and_new_are_counted_apart() {
    let selection = some_days_later().choose(&anything(), 2);
    assert_eq!((selection.due, selection.new, selection.waiting), (3, 2, 1));
}

#[test]
fn the_most_forgotten_is_the_one_least_likely_to_be_recalled_and_not_the_oldest() {
    let learner = learner()
        .answered("p/a1", 60, true)
        .answered("p/a1", 50, true)
        .answered("p/a1", 30, true)
        .answered("p/a1", 29, false)
        .answered("p/a2", 20, false);
    let asked = learner.names(&anything(), 0);
    assert_eq!(asked, ["p/a2", "p/a1"], "a1 left a trace of its long past");
}

#[test]
fn new_ones_take_their_topics_in_turn() {
    let asked = learner().names(&anything(), 10);
    assert_eq!(asked, ["p/a1", "p/b1", "p/c1", "s/a1", "p/a2", "p/c2", "p/a3"]);
}

#[test]
fn the_daily_limit_holds_new_ones_back_and_nothing_that_is_due() {
    for (new_left, asked, waiting) in [
        (0, vec!["p/a2", "p/a3", "p/a1"], 3),
        (1, vec!["p/a2", "p/a3", "p/a1", "p/c1"], 2),
        (3, vec!["p/a2", "p/a3", "p/a1", "p/c1", "s/a1", "p/c2"], 0),
    ] {
        let learner = some_days_later();
        assert_eq!(learner.names(&anything(), new_left), asked);
        assert_eq!(learner.choose(&anything(), new_left).waiting, waiting);
    }
}

#[test]
fn a_count_overrules_the_daily_limit_and_cuts_what_is_due_too() {
    for (number, asked) in [
        (0, vec![]),
        (2, vec!["p/a2", "p/a3"]),
        (4, vec!["p/a2", "p/a3", "p/a1", "p/c1"]),
        (5, vec!["p/a2", "p/a3", "p/a1", "p/c1", "s/a1"]),
        (100, vec!["p/a2", "p/a3", "p/a1", "p/c1", "s/a1", "p/c2"]),
    ] {
        assert_eq!(some_days_later().names(&count(number), 0), asked, "--count {number}");
    }
}

#[test]
fn what_is_set_aside_is_never_asked() {
    let learner = some_days_later().answered("p/b1", 0, false).suspended(&["p/a2", "p/c1", "p/b1"]);
    for wanted in [anything(), count(100), cram(), mistakes()] {
        let asked = learner.names(&wanted, 10);
        let set_aside = asked.iter().filter(|n| ["p/a2", "p/c1", "p/b1"].contains(&n.as_str()));
        assert_eq!(set_aside.count(), 0, "{wanted:?}: {asked:?}");
    }
}

#[test]
fn mistakes_are_what_was_answered_wrong_the_last_time_due_or_not_and_nothing_new() {
    let learner = learner()
        .answered("p/a1", 9, false)
        .answered("p/a2", 9, false)
        .answered("p/a2", 8, true)
        .answered("p/a3", 0, false)
        .answered("p/b1", 30, true);
    assert_eq!(learner.names(&mistakes(), 10), ["p/a1", "p/a3"]);
}

#[test]
fn cram_asks_the_weakest_first_whether_due_or_not() {
    let asked = some_days_later().names(&cram(), 0);
    assert_eq!(asked, ["p/a2", "p/a3", "p/a1", "p/b1", "p/c1", "s/a1", "p/c2"]);
}

#[test]
fn a_sitting_can_be_kept_to_topics_a_pack_or_a_credential() {
    let topics = |all: &[(&str, &str)]| SittingRequest {
        topics: all.iter().map(|(pack, topic)| ((*pack).to_owned(), (*topic).to_owned())).collect(),
        ..anything()
    };
    let of_pack = SittingRequest { pack: Some("s".into()), ..anything() };
    let of_credential = SittingRequest { credential: Some(CredentialId::new("x")), ..anything() };
    for (wanted, asked) in [
        (topics(&[("p", "c")]), vec!["p/c1", "p/c2"]),
        (topics(&[("p", "b"), ("s", "a")]), vec!["p/b1", "s/a1"]),
        (of_pack, vec!["s/a1"]),
        (of_credential, vec!["p/a1", "p/b1", "p/c1", "s/a1"]),
        (SittingRequest { pack: Some("nowhere".into()), ..anything() }, vec![]),
    ] {
        assert_eq!(learner().names(&wanted, 10), asked, "{wanted:?}");
    }
}

#[test]
fn a_question_is_due_from_the_day_on_which_it_falls_to_the_retention() {
    // A first typed answer lasts 2.3 days.
    for (days_ago, due) in [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1)] {
        let selection = learner().answered("p/a1", days_ago, true).choose(&anything(), 0);
        assert_eq!(selection.due, due, "{days_ago} days after");
    }
}

/// The pack "p" teaches what the exam of "x" asks; "s" has facts about it.
fn with_exam(mut learner: Learner) -> Learner {
    let mut packs = learner.library.packs().to_vec();
    packs[0].teaches = Teaches::Content;
    packs[0].credentials = vec![CredentialId::new("x")];
    learner.library = Library::new(Vec::new(), packs);
    learner
}

/// What follows from a target whose exam is in some days.
fn towards_x(days: Option<u64>, mix: f64) -> SittingRequest {
    let on = days.map(|days| today() + Days::new(days));
    let exam = Exam { target: Target::Credential(CredentialId::new("x")), on };
    SittingRequest { focus: Focus { exams: vec![exam], mix, ..Focus::default() }, ..anything() }
}

#[test]
fn with_a_target_only_what_its_exam_asks_is_asked() {
    let learner = with_exam(learner().answered("s/a1", 30, true).answered("p/a1", 30, true));
    let asked = learner.names(&towards_x(None, 0.0), 10);
    // The only question of topic b counts as much as the three of topic a: of the same turn, it is first.
    assert_eq!(asked, ["p/a1", "p/c1", "p/b1", "p/a2", "p/c2", "p/a3"], "due first, then new ones in turn");
}

#[test]
fn facts_about_the_exam_come_in_by_the_mix_and_after_the_content() {
    let learner = with_exam(learner().answered("s/a1", 30, true));
    let asked = learner.names(&towards_x(None, 0.2), 10);
    assert_eq!(asked.len(), 7);
    assert_eq!(asked.last().map(String::as_str), Some("s/a1"));
}

/// What follows from an exam of "x" in some days, for a learner who gives a daily number of answers.
fn exam_in(days: u64, daily: u32) -> SittingRequest {
    let focus = towards_x(Some(days), 0.0).focus;
    SittingRequest { focus: Focus { pace: Pace { daily, ..Pace::default() }, ..focus }, ..anything() }
}

#[test]
fn before_an_exam_a_sitting_is_the_list_of_the_day_whatever_the_daily_limit_of_new_ones() {
    for (days, daily, new) in [(100, 20, 6), (3, 20, 6), (1, 20, 6), (3, 2, 2), (3, 0, 0)] {
        let selection = with_exam(learner()).choose(&exam_in(days, daily), 0);
        let waiting = 6 - new;
        assert_eq!((selection.new, selection.waiting), (new, waiting), "{days} days, {daily} a day");
        assert_eq!(selection.of_exam(), &selection.questions[..]);
    }
}

#[test]
fn who_goes_on_before_an_exam_is_asked_what_follows_in_the_order_of_the_day() {
    let learner = with_exam(learner());
    let todays = learner.names(&exam_in(3, 3), 0);
    let more = learner.names(&SittingRequest { count: Some(4), ..exam_in(3, 3) }, 0);
    assert_eq!((todays.len(), more.len()), (2, 4));
    assert!(more.starts_with(&todays));
}

#[test]
fn what_was_answered_today_is_taken_off_the_list_of_an_exam() {
    let learner = with_exam(learner().answered("p/c2", 0, true).answered("s/a1", 0, false));
    let exam = learner.choose(&exam_in(3, 4), 0).exam.unwrap();
    assert_eq!(exam.done, DoneToday { answers: 2, new: 1 });
    assert!(exam.questions < with_exam(self::learner()).choose(&exam_in(3, 4), 0).questions.len());
}

#[test]
fn what_is_due_for_another_exam_comes_after_the_list_of_the_nearest() {
    let mut learner = with_exam(learner().answered("s/a1", 300, true));
    let mut packs = learner.library.packs().to_vec();
    packs[1].teaches = Teaches::Content;
    packs[1].credentials = vec![CredentialId::new("y")];
    packs[1].questions[0].credentials = vec![];
    learner.library = Library::new(Vec::new(), packs);
    let mut request = exam_in(3, 4);
    let later = Some(today() + Days::new(9));
    request.focus.exams.push(Exam { target: Target::Credential(CredentialId::new("y")), on: later });
    let asked = learner.choose(&request, 0);
    assert!(asked.of_exam().iter().all(|id| id.pack() == "p"));
    assert_eq!(asked.questions.last().map(QuestionId::as_str), Some("s/a1"));
    assert_eq!(asked.due, 1);
}

#[test]
fn a_question_that_is_suspended_leaves_the_list_of_an_exam() {
    let learner = with_exam(learner()).suspended(&["p/a1"]);
    let asked = learner.names(&exam_in(1, 20), 0);
    assert_eq!(asked.len(), 5);
    assert!(!asked.contains(&"p/a1".to_owned()));
}

#[test]
fn a_credential_that_is_named_has_its_content_asked_before_facts_about_it() {
    let learner = with_exam(learner().answered("s/a1", 300, false));
    let wanted = SittingRequest { credential: Some(CredentialId::new("x")), ..anything() };
    assert_eq!(learner.names(&wanted, 10), ["p/a1", "p/c1", "p/b1", "s/a1"]);
}

#[test]
fn without_a_target_the_pack_that_was_chosen_last_comes_first() {
    let focus = Focus { first_pack: Some("s".into()), ..Focus::default() };
    let asked = learner().names(&SittingRequest { focus, ..anything() }, 2);
    assert_eq!(asked, ["s/a1", "p/a1"]);
}
