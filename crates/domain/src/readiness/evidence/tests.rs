//! The evidence is what the definition says, however the journal came about.

use chrono::{DateTime, Days, TimeZone, Utc};
use proptest::prelude::*;
use serde_json::Map;

use super::*;
use crate::catalog::{Catalog, Credential, CredentialId, Domain};
use crate::journal::{Answered, Deed, Event, ExamEnd, ExamStarted, QuestionRevision};
use crate::mastery::Knowledge;
use crate::question::{Kind, Pack, Question, Teaches};
use crate::readiness::{Assumptions, Cut, DomainShape, ExamShape, Gap, Readiness, learn};

const EXAM: &str = "north-builder";
/// Questions of each domain in study, and held back.
const STUDY: usize = 6;
const HELD_BACK: usize = 2;
const DOMAINS: [&str; 2] = ["a", "b"];

fn target() -> Target {
    Target::Credential(CredentialId::new(EXAM))
}

fn today() -> NaiveDate {
    "2026-12-01".parse().unwrap()
}

/// A question of a domain; those from [`STUDY`] on are held back for form "a".
fn id(domain: usize, number: usize) -> QuestionId {
    QuestionId::new(format!("p/{}{number}", DOMAINS[domain]))
}

fn library() -> Library {
    let domain = |id: &&str| Domain { id: Some((*id).to_owned()), name: id.to_uppercase(), weight: None };
    let credential = Credential {
        domains: DOMAINS.iter().map(domain).collect(),
        ..Credential::new(CredentialId::new(EXAM), "Builder", "associate")
    };
    let question = |(domain, number): (usize, usize)| {
        let kind = Kind::Typed { accepted: vec!["yes".into()] };
        let question = Question::new(id(domain, number), DOMAINS[domain], "Is it?", kind);
        Question { exam_form: (number >= STUDY).then(|| "a".to_owned()), ..question }
    };
    let all = (0..DOMAINS.len()).flat_map(|domain| (0..STUDY + HELD_BACK).map(move |n| (domain, n)));
    let pack = Pack {
        credentials: vec![CredentialId::new(EXAM)],
        questions: all.map(question).collect(),
        ..Pack::new("p", "P", Teaches::Content)
    };
    Library::new(
        vec![Catalog { credentials: vec![credential], ..Catalog::new("north", "North") }],
        vec![pack],
    )
}

/// An answer at noon of a day, counted from the first one, with a number that tells it from others.
fn answered(number: usize, day: u64, question: QuestionId, right: bool) -> Event {
    event(number, day, Deed::Answered(Answered::new(question, right, 0.25)))
}

fn event(number: usize, day: u64, deed: Deed) -> Event {
    let noon = Utc.with_ymd_and_hms(2026, 10, 1, 12, 0, 0).unwrap().fixed_offset();
    let at = noon.checked_add_days(Days::new(day)).unwrap() + chrono::Duration::seconds(number as i64);
    Event { id: Uuid::from_u128(number as u128), at, device: "d".into(), deed, extra: Map::new() }
}

/// A mock exam of all held-back questions, and its answers.
fn mock_exam(first: usize, day: u64, right: bool) -> Vec<Event> {
    let exam = ExamId::new("e1");
    let asked: Vec<QuestionId> =
        (0..2).flat_map(|domain| (STUDY..STUDY + HELD_BACK).map(move |n| id(domain, n))).collect();
    let started = Deed::ExamStarted(ExamStarted {
        exam: exam.clone(),
        credential: Some(CredentialId::new(EXAM)),
        pack: None,
        exam_form: Some("a".into()),
        minutes: None,
        questions: asked.iter().map(|q| QuestionRevision { question: q.clone(), revision: None }).collect(),
    });
    let finished = Deed::ExamFinished { exam: exam.clone(), how: ExamEnd::Submitted };
    let end = event(first + 1, day, finished.clone()).at;
    let answer = |question: QuestionId| {
        let exam = Some(exam.clone());
        Deed::Answered(Answered { exam, ..Answered::new(question, right, 0.25) })
    };
    let answers = asked.into_iter().enumerate();
    let answers =
        answers.map(|(n, question)| Event { at: end, ..event(first + 2 + n, day, answer(question)) });
    [event(first, day, started), event(first + 1, day, finished)].into_iter().chain(answers).collect()
}

fn nanoseconds(at: DateTime<chrono::FixedOffset>) -> i64 {
    at.timestamp_nanos_opt().unwrap()
}

/// Everything that a folded journal has left.
struct Folded {
    evidence: ExamEvidence,
    history: History,
}

/// Folds a journal; the evidence is put aside and taken up again before the answers with the given numbers.
fn fold(events: &[Event], breaks: &[usize]) -> Folded {
    let library = library();
    let target = target();
    let domains = ExamDomains::of(&target, &library, today());
    let mock_exams = MockExams::of(events);
    let real_exams = RealExam::of(events, &CredentialId::new(EXAM));
    let content = ExamContent::of(&target, &library, &domains, &mock_exams, real_exams);
    let (mut history, model) = (History::default(), Model::default());
    let mut fold = EvidenceFold::new(&content, ExamEvidence::default());
    let mut events = events.to_vec();
    events.sort_by_key(Event::key);
    for (number, event) in events.iter().enumerate() {
        if breaks.contains(&number) {
            fold = EvidenceFold::new(&content, fold.into_evidence());
        }
        let Deed::Answered(answered) = &event.deed else { continue };
        let review = Review::of(answered, event.at);
        let key = (nanoseconds(event.at), event.id);
        let answer = JournalAnswer {
            key,
            question: &answered.question,
            review: &review,
            exam: answered.exam.as_ref(),
        };
        fold.before(&history, &model, &answer);
        history.fold(&model, &answered.question, &review);
        fold.after(&history, &model, &answered.question);
    }
    Folded { evidence: fold.into_evidence(), history }
}

/// Mastery of the first `questions` questions of a domain, looking at each of them.
fn mastery(history: &History, domain: usize, questions: usize, day: NaiveDate) -> f64 {
    let (library, model) = (library(), Model::default());
    let knowledge = Knowledge { library: &library, history, model: &model, retention: 0.9, day };
    (0..questions).map(|n| knowledge.retrievability(&id(domain, n))).sum::<f64>() / questions as f64
}

#[test]
fn a_first_answer_has_the_mastery_from_before_it_and_a_second_one_is_none() {
    let events = [
        answered(0, 0, id(0, 0), true),
        answered(1, 0, id(1, 0), false),
        answered(2, 3, id(0, 0), true),
        answered(3, 3, id(0, 1), false),
    ];
    let evidence = fold(&events, &[]).evidence.answers;
    let told: Vec<(usize, bool)> = evidence.iter().map(|answer| (answer.domain, answer.right)).collect();
    assert_eq!(told, [(0, true), (1, false), (0, false)]);
    let before = fold(&events[..3], &[]).history;
    let want = mastery(&before, 0, STUDY, events[3].day());
    assert_eq!(evidence[0].mastery, 0.0);
    assert!(want > 0.0 && (evidence[2].mastery - want).abs() < 1e-12);
    assert_eq!(evidence[2].day - evidence[0].day, 3.0);
}

#[test]
fn a_question_that_was_first_seen_in_a_cram_gives_no_evidence() {
    let crammed = |number, cram| {
        let answered = Answered { cram, ..Answered::new(id(0, 0), true, 0.25) };
        event(number, number as u64, Deed::Answered(answered))
    };
    assert!(fold(&[crammed(0, true), crammed(1, false)], &[]).evidence.answers.is_empty());
    assert_eq!(fold(&[crammed(0, false), crammed(1, true)], &[]).evidence.answers.len(), 1);
}

#[test]
fn all_answers_of_a_mock_exam_have_the_mastery_from_before_it_without_its_held_back_questions() {
    let mut events = vec![answered(0, 0, id(0, 0), true)];
    events.extend(mock_exam(1, 2, true));
    events.push(answered(20, 3, id(0, 1), true));
    let Folded { evidence, .. } = fold(&events, &[]);
    let before = fold(&events[..1], &[]).history;
    let want = mastery(&before, 0, STUDY, events[1].day());
    let of_exam: Vec<&FirstAnswer> = evidence.answers[1..].iter().filter(|a| a.domain == 0).collect();
    for answer in &of_exam[..HELD_BACK] {
        assert!((answer.mastery - want).abs() < 1e-12);
    }
    let after = fold(&events[..events.len() - 1], &[]).history;
    let want = mastery(&after, 0, STUDY + HELD_BACK, events[events.len() - 1].day());
    assert!((of_exam[HELD_BACK].mastery - want).abs() < 1e-12);
}

#[test]
fn a_real_exam_finds_the_learner_as_they_stood_on_its_day() {
    let passed = |on: &str| {
        let mut pass = crate::journal::Passed::new(CredentialId::new(EXAM), on.parse().unwrap());
        pass.score = Some(800.into());
        event(90, 60, Deed::Passed(pass))
    };
    let mut events = vec![answered(0, 0, id(0, 0), true), answered(1, 9, id(0, 1), true)];
    let before = fold(&events[..1], &[]);
    events.push(passed("2026-10-05"));
    let Folded { evidence, .. } = fold(&events, &[]);
    let (of, preparedness) = &evidence.real_exams[0];
    assert_eq!((*of, preparedness.answers), (Uuid::from_u128(90), 1));
    let want = mastery(&before.history, 0, STUDY, "2026-10-05".parse().unwrap());
    assert!((preparedness.study[0].mastery - want).abs() < 1e-12);
    let exam = RealExam::of(&events, &CredentialId::new(EXAM));
    assert_eq!((exam[0].passed, exam[0].score), (true, Some(800.0)));
}

#[test]
fn a_result_that_is_told_late_makes_the_evidence_incomplete() {
    let events = vec![answered(0, 0, id(0, 0), true), answered(1, 9, id(0, 1), true)];
    let evidence = fold(&events, &[]).evidence;
    let (library, target) = (library(), target());
    let domains = ExamDomains::of(&target, &library, today());
    let with = |on: &str| {
        let real = RealExam {
            key: (i64::MAX, Uuid::from_u128(9)),
            on: on.parse().unwrap(),
            passed: true,
            score: None,
        };
        ExamContent::of(&target, &library, &domains, &MockExams::default(), vec![real])
    };
    let newest = Some((nanoseconds(events[1].at), events[1].id));
    assert!(evidence.is_complete(&with("2026-10-10"), newest));
    assert!(!evidence.is_complete(&with("2026-10-05"), newest));
}

#[test]
fn without_enough_evidence_a_result_moves_nothing_and_nothing_was_predicted() {
    let exam = shape();
    let preparedness =
        Preparedness { answers: 0, study: vec![DomainStudy { mastery: 0.9, questions: 50 }; 2] };
    let real = RealExam { key: (0, Uuid::nil()), on: today(), passed: false, score: None };
    let (gap, told) = learn(&[], &exam, None, &[(real, preparedness.clone())]);
    assert_eq!((gap, told[0].chance), (Gap::default(), None));
    let day = day_number(today());
    let answer =
        |n: usize| FirstAnswer { domain: n % 2, right: true, guess: 0.0, hint: false, day, mastery: 0.9 };
    let answers: Vec<FirstAnswer> = (0..80).map(answer).collect();
    let (gap, told) = learn(&answers, &exam, None, &[(real, Preparedness { answers: 80, ..preparedness })]);
    assert!(gap.mean > 0.0 && told[0].chance.is_some_and(|chance| chance > 0.9));
}

fn shape() -> ExamShape {
    let domain = DomainShape { questions: 25, guess: 0.25 };
    ExamShape::new(vec![domain; 2], Cut::UNPUBLISHED).unwrap()
}

/// The chance to pass a week after the last day of a journal.
fn chance(events: &[Event]) -> f64 {
    let Folded { evidence, history, .. } = fold(events, &[]);
    let on = events.iter().map(Event::day).max().unwrap().checked_add_days(Days::new(7)).unwrap();
    let study =
        [0, 1].map(|domain| DomainStudy { mastery: mastery(&history, domain, STUDY, on), questions: STUDY });
    Readiness::of(&evidence.answers, &shape(), &study, day_number(on), &Assumptions::default()).chance
}

/// Answers to questions in study on up to thirty days, in the order of their days.
fn journals() -> impl Strategy<Value = Vec<Event>> {
    let answer = (0..2_usize, 0..STUDY, 0..3_u64, any::<bool>());
    prop::collection::vec(answer, 1..40).prop_map(|answers| {
        let mut day = 0;
        let event = |(number, (domain, question, days, right)): (usize, (usize, usize, u64, bool))| {
            day += days;
            answered(number, day, id(domain, question), right)
        };
        answers.into_iter().enumerate().map(event).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_mastery_is_the_mean_over_the_questions_in_study(events in journals()) {
        let evidence = fold(&events, &[]).evidence.answers;
        let mut rows = evidence.iter();
        for place in 0..events.len() {
            let Deed::Answered(answered) = &events[place].deed else { unreachable!() };
            let before = fold(&events[..place], &[]).history;
            if before.track(&answered.question).is_some() {
                continue;
            }
            let row = rows.next().unwrap();
            let want = mastery(&before, row.domain, STUDY, events[place].day());
            prop_assert!((row.mastery - want).abs() < 1e-12, "{} instead of {want}", row.mastery);
        }
        prop_assert!(rows.next().is_none());
    }

    #[test]
    fn evidence_that_is_continued_is_that_of_the_whole_journal(
        mut events in journals(),
        day in 0..30_u64,
        breaks in prop::collection::vec(0..60_usize, 0..4),
    ) {
        events.extend(mock_exam(100, day, true));
        prop_assert_eq!(fold(&events, &breaks).evidence, fold(&events, &[]).evidence);
    }

    #[test]
    fn the_order_of_import_does_not_matter(mut events in journals(), seed in any::<u64>()) {
        use rand::SeedableRng;
        use rand::seq::SliceRandom;

        events.extend(mock_exam(100, 5, false));
        let in_order = fold(&events, &[]).evidence;
        events.shuffle(&mut rand::rngs::StdRng::seed_from_u64(seed));
        prop_assert_eq!(fold(&events, &[]).evidence, in_order);
    }

    // A repeated answer is no evidence. Changed to right, it also makes the question better remembered when later ones
    // were first answered, which then say a little less about what was known without practice.
    #[test]
    fn a_first_answer_of_the_journal_changed_from_wrong_to_right_never_lowers_the_chance(
        events in journals(),
        place: prop::sample::Index,
    ) {
        let question = |event: &Event| match &event.deed {
            Deed::Answered(answered) => answered.question.clone(),
            _ => unreachable!("only answers"),
        };
        let at = place.index(events.len());
        let at = events.iter().position(|event| question(event) == question(&events[at])).unwrap();
        let with = |right: bool| {
            let mut changed = events.clone();
            let Deed::Answered(answered) = &mut changed[at].deed else { unreachable!("only answers") };
            answered.correct = right;
            chance(&changed)
        };
        let (wrong, right) = (with(false), with(true));
        prop_assert!(right >= wrong - 1e-9, "{right} after a right answer, {wrong} after a wrong one");
    }
}
