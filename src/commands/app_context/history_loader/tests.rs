//! However the journal came about, what was kept with what came since equals what the whole journal says.

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use serde_json::{Map, Value};
use tempfile::TempDir;

use super::*;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::domains::ExamDomains;
use badgedex_domain::journal::{self, Answered, Deed, Event, Passed};
use badgedex_domain::mock_exam::MockExams;
use badgedex_domain::question::{Kind, Pack, Question, Teaches, Topic};
use badgedex_domain::readiness::RealExam;

/// What happens to a journal, one thing after another.
#[derive(Debug, Clone)]
enum Move {
    /// A question is answered, this many minutes after the last thing (or before it).
    Answer { question: u8, minutes: i64, correct: bool },
    /// An event is taken back; one of the existing ones, or one that comes later.
    Retract(u16),
    /// A real exam was passed this many days after the first day, and that is told now.
    Pass(u64),
    /// A program starts and looks; what it worked out is cached.
    Look,
    /// A program that has run on since it last looked looks again.
    LookAgain,
    /// The cache is gone.
    Lose,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let minutes = prop_oneof![8 => 1..4000_i64, 1 => Just(0), 1 => -4000..0_i64];
    let answer = (0..6_u8, minutes, any::<bool>());
    let one = prop_oneof![
        8 => answer.prop_map(|(question, minutes, correct)| Move::Answer { question, minutes, correct }),
        2 => (0..40_u16).prop_map(Move::Retract),
        1 => (0..60_u64).prop_map(Move::Pass),
        3 => Just(Move::Look),
        3 => Just(Move::LookAgain),
        1 => Just(Move::Lose),
    ];
    prop::collection::vec(one, 1..40)
}

struct Table {
    home: TempDir,
    store: Store,
    events: Vec<Event>,
    minute: i64,
    /// What the program that runs on has last seen.
    earlier: Option<KnownHistory>,
}

impl Table {
    fn new() -> Table {
        let home = tempfile::tempdir().unwrap();
        let store = Store::open(home.path(), Utc::now()).unwrap();
        Table { home, store, events: Vec::new(), minute: 0, earlier: None }
    }

    fn record(&mut self, deed: Deed) {
        let at = DateTime::from_timestamp(1_790_000_000 + self.minute * 60, 0).unwrap().fixed_offset();
        let id = Uuid::from_u128(self.events.len() as u128);
        let event = Event { id, at, device: "d".into(), deed, extra: Map::new() };
        self.store.record(std::slice::from_ref(&event)).unwrap();
        self.events.push(event);
    }

    fn go(&mut self, one: &Move) {
        match one {
            Move::Answer { question, minutes, correct } => {
                self.minute += minutes;
                self.record(Deed::Answered(answered(*question, *correct)));
            }
            Move::Retract(number) => {
                let event = Uuid::from_u128(u128::from(*number) % (self.events.len() as u128 + 3));
                self.record(Deed::Retracted { event });
            }
            Move::Pass(days) => {
                let first = NaiveDate::from_ymd_opt(2026, 9, 21).unwrap();
                let passed = Passed::new(CredentialId::new("c"), first + chrono::Days::new(*days));
                self.record(Deed::Passed(passed));
            }
            Move::Look => drop(self.look()),
            Move::LookAgain => drop(self.look_again()),
            Move::Lose => drop(std::fs::remove_file(self.home.path().join("ready.db"))),
        }
    }

    fn look(&self) -> History {
        self.load(None).history
    }

    fn look_again(&mut self) -> History {
        let known = self.load(self.earlier.clone());
        self.earlier.insert(known).history.clone()
    }

    fn load(&self, earlier: Option<KnownHistory>) -> KnownHistory {
        self.loading(|loader| loader.load(earlier, &mut Cache::open(self.home.path()))).unwrap()
    }

    /// The evidence for the exam of the pack, folded from the whole journal.
    fn whole_evidence(&self) -> ExamEvidence {
        self.loading(|loader| loader.evidence_anew()).unwrap()
    }

    fn loading<T>(&self, read: impl FnOnce(&HistoryLoader) -> T) -> T {
        let retracted = journal::retracted(&self.store.deeds().unwrap());
        let (library, target) = (library(), Target::Pack("p".into()));
        let domains = ExamDomains::of(&target, &library, "2026-12-01".parse().unwrap());
        let standing = journal::effective(self.events.clone());
        let real_exams = RealExam::of(&standing, &CredentialId::new("c"));
        let content = ExamContent::of(&target, &library, &domains, &MockExams::default(), real_exams);
        let loader = HistoryLoader {
            store: &self.store,
            head: &self.store.head().unwrap(),
            model: &Model::default(),
            library: &library,
            rules: "rules",
            retracted: &retracted,
            contents: &[(target.clone(), content)],
            progress: &|_| {},
        };
        read(&loader)
    }

    fn whole(&self) -> History {
        let standing = journal::effective(self.events.clone());
        History::of(&standing, &Model::default(), &Library::default())
    }
}

/// The pack of all questions but one, so that some answers are no evidence.
fn library() -> Library {
    let question = |n: u8| {
        let (id, kind) = (QuestionId::new(format!("p/{n}")), Kind::TrueFalse { key: true });
        Question::new(id, if n < 3 { "a" } else { "b" }, format!("Statement {n}."), kind)
    };
    let topic = |id: &str| Topic { id: id.into(), name: id.to_uppercase(), weight: None };
    let pack = Pack {
        topics: vec![topic("a"), topic("b")],
        questions: (0..5).map(question).collect(),
        ..Pack::new("p", "P", Teaches::Content)
    };
    Library::new(Catalogs::default(), vec![pack])
}

fn answered(question: u8, correct: bool) -> Answered {
    Answered {
        question: QuestionId::new(format!("p/{question}")),
        revision: None,
        form: None,
        guess: f64::from(question % 4) / 4.0,
        correct,
        given: Value::Null,
        hint: question == 5,
        cram: question == 4,
        took_ms: None,
        sitting: None,
        exam: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_was_kept_and_what_came_since_is_the_whole_journal_to_the_last_bit(moves in moves()) {
        let mut table = Table::new();
        for one in &moves {
            table.go(one);
        }
        prop_assert_eq!(table.look_again(), table.whole());
        prop_assert_eq!(&table.earlier.as_ref().unwrap().evidence[0].evidence, &table.whole_evidence());
        prop_assert_eq!(&table.load(None).evidence[0].evidence, &table.whole_evidence());
        // What was just cached, and what was cached before, says the same.
        prop_assert_eq!(table.look(), table.whole());
        prop_assert_eq!(table.look(), table.whole());
    }

    #[test]
    fn a_deed_and_its_undoing_leave_the_same_beliefs_to_the_last_bit(moves in moves(), question in 0..6_u8) {
        let mut table = Table::new();
        for one in &moves {
            table.go(one);
        }
        let before = table.look();
        table.minute += 3000;
        table.record(Deed::Answered(answered(question, true)));
        let event = table.events.last().unwrap().id;
        table.go(&Move::Look);
        table.record(Deed::Retracted { event });
        prop_assert_eq!(table.look(), before);
    }
}

#[test]
fn what_was_kept_of_another_journal_is_not_taken() {
    let mut table = Table::new();
    table.go(&Move::Answer { question: 1, minutes: 5, correct: true });
    table.look();
    let other = Table::new();
    std::fs::copy(table.home.path().join("ready.db"), other.home.path().join("ready.db")).unwrap();
    assert_eq!(other.look(), History::default());
}
