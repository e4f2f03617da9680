//! The time that the rules, the journal lines and the check of packs take: `cargo bench --bench domain`.
//! `benches/compare` measures the whole program.

use std::path::Path;

use badgedex_domain::advice::Advisor;
use badgedex_domain::domains::ExamDomains;
use badgedex_domain::exam_days::{ExamStudy, Pace};
use badgedex_domain::history::{History, Review};
use badgedex_domain::journal::{self, Answered, Deed, Event};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::{Belief, Evidence, Model, Term};
use badgedex_domain::mock_exam::MockExams;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches, Topic};
use badgedex_domain::readiness::{
    EvidenceFold, ExamContent, ExamEvidence, FirstAnswer, JournalAnswer, Posterior,
};
use badgedex_domain::record::Record;
use badgedex_domain::selection::{self, NewLimit, SittingRequest};
use badgedex_domain::settings::Settings;
use badgedex_domain::target::{Exam, Target};
use badgedex_store::jsonl;
use chrono::{Days, NaiveDate};
use divan::{Bencher, black_box};
use serde_json::{Map, Value};
use uuid::Uuid;

const QUESTIONS: usize = 10_000;
const EVENTS: usize = 10_000;
const RETENTION: f64 = 0.9;

fn main() {
    divan::main();
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day of the calendar")
}

fn evidence(correct: bool, days: u32) -> Evidence {
    Evidence { correct, guess: 0.25, days, prior: 0.5, hint: false }
}

/// As many hypotheses as a belief may have.
fn belief(model: &Model) -> Belief {
    let days = [1, 3, 8, 20];
    let first = model.update(None, &evidence(true, 0), Term::USUAL);
    days.iter().fold(first, |belief, days| model.update(Some(&belief), &evidence(true, *days), Term::USUAL))
}

fn question(number: usize) -> Question {
    Question::new(
        QuestionId::new(format!("bulk/q{number:05}")),
        format!("t{}", number % 8),
        format!("Case {number}: which service fits?"),
        Kind::TrueFalse { key: true },
    )
}

fn library() -> Library {
    let topic = |number| Topic { id: format!("t{number}"), name: format!("Part {number}"), weight: None };
    let pack = Pack {
        id: "bulk".to_owned(),
        title: "Generated".to_owned(),
        description: String::new(),
        licence: None,
        source: None,
        teaches: Teaches::Content,
        credentials: Vec::new(),
        topics: (0..8).map(topic).collect(),
        facts: Vec::new(),
        questions: (0..QUESTIONS).map(question).collect(),
    };
    Library::new(Vec::new(), vec![pack])
}

/// Answers to the first thousand questions, in the journal's order, the last of them yesterday.
fn events() -> Vec<Event> {
    (0..EVENTS).map(event).collect()
}

fn event(number: usize) -> Event {
    let round = number / (EVENTS / 10);
    let day = today() - Days::new(1 + 7 * (9 - round) as u64);
    let at = day.and_hms_milli_opt(12, 0, 0, 0).expect("noon is a time").and_utc().fixed_offset();
    let answered = Answered {
        question: QuestionId::new(format!("bulk/q{:05}", number % (EVENTS / 10))),
        revision: None,
        form: Some("true-false".to_owned()),
        guess: 0.5,
        correct: !number.is_multiple_of(7),
        given: Value::Bool(true),
        hint: false,
        cram: false,
        took_ms: Some(4_000),
        sitting: None,
        exam: None,
    };
    let id = Uuid::from_u128(number as u128);
    Event { id, at, device: "bench".to_owned(), deed: Deed::Answered(answered), extra: Map::new() }
}

#[divan::bench]
fn first_answer(bencher: Bencher) {
    let model = Model::default();
    bencher.bench_local(|| model.update(None, black_box(&evidence(true, 0)), Term::USUAL));
}

#[divan::bench(args = [true, false])]
fn later_answer(bencher: Bencher, correct: bool) {
    let model = Model::default();
    let before = belief(&model);
    bencher.bench_local(|| model.update(Some(black_box(&before)), &evidence(correct, 12), Term::USUAL));
}

#[divan::bench]
fn chance_to_recall(bencher: Bencher) {
    let model = Model::default();
    let belief = belief(&model);
    bencher.bench_local(|| model.retrievability(black_box(&belief), 12.0, Term::USUAL));
}

#[divan::bench]
fn interval(bencher: Bencher) {
    let model = Model::default();
    let belief = belief(&model);
    bencher.bench_local(|| model.interval(black_box(&belief), RETENTION, Term::USUAL));
}

#[divan::bench]
fn day_due(bencher: Bencher) {
    let model = Model::default();
    let belief = belief(&model);
    bencher.bench_local(|| model.due_after(black_box(&belief), RETENTION, Term::USUAL));
}

#[divan::bench]
fn history_of_10_000_answers(bencher: Bencher) {
    let (model, library, events) = (Model::default(), library(), events());
    bencher.bench_local(|| History::of(black_box(&events), &model, &library));
}

#[divan::bench]
fn order_of_10_000_events(bencher: Bencher) {
    bencher.with_inputs(events).bench_local_values(journal::effective);
}

#[divan::bench]
fn line_written_and_read(bencher: Bencher) {
    let event = event(0);
    bencher.bench_local(|| jsonl::read(&jsonl::write(black_box(&event))));
}

#[divan::bench]
fn choice_among_10_000_questions(bencher: Bencher) {
    let (model, library, events) = (Model::default(), library(), events());
    let history = History::of(&events, &model, &library);
    let record = Record::of(&events, library.catalogs());
    let day = today();
    let knowledge =
        Knowledge { library: &library, history: &history, model: &model, retention: RETENTION, day };
    let limit = NewLimit { per_day: 10, today: 0 };
    let request = SittingRequest::default();
    bencher.bench_local(|| selection::choose(&request, black_box(&knowledge), &record, limit, day));
}

#[divan::bench]
fn mastery_of_10_000_questions(bencher: Bencher) {
    let (model, library, events) = (Model::default(), library(), events());
    let history = History::of(&events, &model, &library);
    let day = today();
    let knowledge =
        Knowledge { library: &library, history: &history, model: &model, retention: RETENTION, day };
    bencher.bench_local(|| black_box(&knowledge).of(library.questions()));
}

/// First answers to ten thousand questions of four domains, a hundred a day, that were practiced.
fn first_answers() -> Vec<FirstAnswer> {
    let answer = |number: usize| FirstAnswer {
        domain: number % 4,
        right: !number.is_multiple_of(3),
        guess: 0.25,
        hint: false,
        day: (number / 100) as f64,
        mastery: 0.9 * number as f64 / QUESTIONS as f64,
    };
    (0..QUESTIONS).map(answer).collect()
}

#[divan::bench]
fn posterior_of_10_000_first_answers(bencher: Bencher) {
    let answers = first_answers();
    bencher.bench(|| Posterior::of(&answers, 4, 0.0));
}

/// The history of 10,000 first answers with the evidence for one exam.
#[divan::bench]
fn history_of_10_000_first_answers_with_evidence(bencher: Bencher) {
    let (library, model, target) = (library(), Model::default(), Target::Pack("bulk".to_owned()));
    let domains = ExamDomains::of(&target, &library, today());
    let content = ExamContent::of(&target, &library, &domains, &MockExams::default(), Vec::new());
    let answers: Vec<(QuestionId, Review)> = (0..QUESTIONS)
        .map(|number| {
            let id = question(number).id;
            let day = today() - Days::new(100 - number as u64 / 100);
            let review = Review::at_noon(&Answered::new(id.clone(), !number.is_multiple_of(3), 0.25), day);
            (id, review)
        })
        .collect();
    bencher.bench(|| {
        let (mut history, mut fold) =
            (History::default(), EvidenceFold::new(&content, ExamEvidence::default()));
        for (number, (question, review)) in answers.iter().enumerate() {
            let key = (number as i64, Uuid::from_u128(number as u128));
            fold.before(&history, &model, &JournalAnswer { key, question, review, exam: None });
            history.fold(&model, question, review);
            fold.after(&history, &model, question);
        }
        fold.into_evidence()
    });
}

#[divan::bench]
fn sums_of_10_000_questions(bencher: Bencher) {
    let (model, library, events) = (Model::default(), library(), events());
    let history = History::of(&events, &model, &library);
    let (record, day) = (Record::default(), today());
    let knowledge =
        Knowledge { library: &library, history: &history, model: &model, retention: RETENTION, day };
    bencher.bench_local(|| Overview::of(black_box(&knowledge), &record, &Settings::default(), day));
}

#[divan::bench]
fn advice_of_the_shipped_catalog(bencher: Bencher) {
    let library = badgedex_packs::load(&[], today()).library;
    let (model, history, record) = (Model::default(), History::default(), Record::default());
    let day = today();
    let knowledge =
        Knowledge { library: &library, history: &history, model: &model, retention: RETENTION, day };
    let catalog = library.catalogs().first().expect("a catalog is shipped");
    let overview = Overview::of(&knowledge, &record, &Settings::default(), day);
    let catalogs = library.catalogs();
    let advisor = Advisor {
        catalog,
        catalogs,
        overview: &overview,
        record: &record,
        role: None,
        is_partner: None,
        today: day,
    };
    bencher.bench_local(|| black_box(&advisor).advise().suggestion.map(|s| s.credential.id.clone()));
}

#[divan::bench]
fn shipped_packs_checked(bencher: Bencher) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let folders = badgedex_packs::folders(&path).expect("the shipped folders can be read");
    bencher.bench_local(|| badgedex_packs::check(black_box(&folders)).diagnostics.len());
}

/// Four answers to each of 10,000 questions, some of them wrong, the last ones yesterday: beliefs with as many states as
/// there can be.
fn met_them_all(model: &Model) -> History {
    let mut history = History::default();
    for (round, days_ago) in [33, 21, 9, 1].into_iter().enumerate() {
        for number in 0..QUESTIONS {
            let id = question(number).id;
            let correct = !(number + round).is_multiple_of(3);
            let answered = Answered::new(id.clone(), correct, 0.5);
            history.fold(model, &id, &Review::at_noon(&answered, today() - Days::new(days_ago)));
        }
    }
    history
}

/// Measures something about 10,000 questions before an exam in four weeks, for a learner who gives 1,000 answers a day.
fn before_an_exam<T>(bencher: Bencher, measured: impl Fn(&ExamStudy) -> T) {
    let (library, model, record) = (library(), Model::default(), Record::default());
    let history = met_them_all(&model);
    let knowledge =
        Knowledge { library: &library, history: &history, model: &model, retention: RETENTION, day: today() };
    let exam = Exam { target: Target::Pack("bulk".to_owned()), on: Some(today() + Days::new(28)) };
    let pace = Pace { daily: 1_000, ..Pace::default() };
    let study = ExamStudy::of(&exam, &knowledge, &record, pace).expect("an exam with a day");
    bencher.bench_local(|| black_box(measured(&study)));
}

/// All 10,000 questions in the order of a day before an exam.
#[divan::bench]
fn exam_list(bencher: Bencher) {
    before_an_exam(bencher, |study| study.order().len());
}

/// What will be remembered of 10,000 questions on the day of an exam.
#[divan::bench]
fn exam_forecast(bencher: Bencher) {
    before_an_exam(bencher, |study| study.forecast());
}

/// The forecast with its range, and the daily number of answers that is needed: what the home screen shows.
#[divan::bench]
fn exam_outlook(bencher: Bencher) {
    before_an_exam(bencher, |study| study.outlook());
}
