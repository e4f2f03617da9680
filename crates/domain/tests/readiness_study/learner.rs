//! One learner of a world: they study day by day, sit mock exams, are told a chance, and take the exam.

use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate, TimeZone, Utc};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use serde_json::Map;
use uuid::Uuid;

use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::domains::ExamDomains;
use badgedex_domain::history::{History, Review};
use badgedex_domain::journal::{Answered, Deed, Event, ExamEnd, ExamId, ExamStarted, QuestionRevision};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::mock_exam::MockExams;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches, Topic};
use badgedex_domain::readiness::{
    Cut, DomainShape, EvidenceFold, ExamCandidate, ExamContent, ExamEvidence, ExamFacts, ExamShape,
    JournalAnswer,
};
use badgedex_domain::target::Target;

use crate::world::{DOMAINS, EXAM, GUESS, Knowing, STUDY, World, normal};

/// Days of study before the exam.
const DAYS: u64 = 30;
/// New questions on a day of study.
const NEW: usize = 9;
/// In a cram everything is practiced within this many days.
const CRAM_DAYS: u64 = 5;
/// Days after the last answer on which a question is practiced again, the first, second, ... time.
const INTERVALS: [u64; 4] = [1, 3, 8, 20];
/// Days of the mock exams before the exam.
const MOCK_EXAMS: [u64; 3] = [5, 12, 19];

/// What a learner was told, and whether they passed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// `None` if there was too little evidence.
    pub chance: Option<f64>,
    pub passed: bool,
}

/// The questions of all worlds, and the model that judges them.
pub struct Bank {
    library: Library,
    model: Model,
}

impl Bank {
    pub fn new() -> Bank {
        let question = |(domain, number): (usize, usize)| {
            let form = number.checked_sub(STUDY[domain]).map(|place| (place / EXAM[domain]).to_string());
            let question = Question::new(
                id(domain, number),
                topic(domain),
                format!("Statement {domain}-{number}."),
                Kind::TrueFalse { key: true },
            );
            Question { exam_form: form, ..question }
        };
        let all = (0..DOMAINS).flat_map(|domain| {
            (0..STUDY[domain] + MOCK_EXAMS.len() * EXAM[domain]).map(move |number| (domain, number))
        });
        let topics = (0..DOMAINS).map(|domain| Topic {
            id: topic(domain),
            name: topic(domain),
            weight: Some(EXAM[domain] as f64),
        });
        let pack = Pack {
            topics: topics.collect(),
            questions: all.map(question).collect(),
            ..Pack::new("p", "P", Teaches::Content)
        };
        Bank { library: Library::new(Catalogs::default(), vec![pack]), model: Model::default() }
    }
}

fn topic(domain: usize) -> String {
    format!("d{domain}")
}

fn id(domain: usize, number: usize) -> QuestionId {
    QuestionId::new(format!("p/{domain}-{number}"))
}

fn target() -> Target {
    Target::Pack("p".into())
}

fn on(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 1).unwrap() + Days::new(day)
}

fn at(day: u64, second: usize) -> DateTime<FixedOffset> {
    let noon = Utc.with_ymd_and_hms(2026, 10, 1, 12, 0, 0).unwrap().fixed_offset();
    noon + Days::new(day) + Duration::seconds(second as i64)
}

/// What a learner remembers of a question that they practiced.
#[derive(Debug, Clone, Copy, Default)]
struct Remembered {
    is_learned: bool,
    half_life: f64,
    last: f64,
    /// How often it was practiced.
    times: usize,
}

impl Remembered {
    fn recall(&self, day: f64) -> f64 {
        if self.is_learned { 0.5_f64.powf((day - self.last) / self.half_life) } else { 0.0 }
    }

    fn practice(&mut self, right: bool, day: f64, rng: &mut StdRng) {
        self.half_life = if right && self.is_learned { self.half_life * 2.3 } else { 4.0 };
        self.is_learned = (right && self.is_learned) || rng.random::<f64>() < 0.8;
        (self.last, self.times) = (day, self.times + 1);
    }
}

/// A learner in the middle of their studies.
struct Student<'a> {
    bank: &'a Bank,
    rng: StdRng,
    knowing: Knowing,
    remembered: Vec<Vec<Remembered>>,
    history: History,
    evidence: EvidenceFold<'a>,
    day: u64,
    answers: usize,
}

impl Student<'_> {
    /// The true mastery of a domain.
    fn mastery(&self, domain: usize) -> f64 {
        let day = self.day as f64;
        let recalls = self.remembered[domain].iter().map(|question| question.recall(day));
        recalls.sum::<f64>() / STUDY[domain] as f64
    }

    fn record(&mut self, question: &QuestionId, right: bool, exam: Option<&ExamId>) {
        let answered = Answered::new(question.clone(), right, GUESS);
        let at = at(self.day, self.answers);
        let review = Review::of(&answered, at);
        let key = (at.timestamp_nanos_opt().unwrap(), Uuid::from_u128(self.answers as u128));
        let answer = JournalAnswer { key, question, review: &review, exam };
        self.evidence.before(&self.history, &self.bank.model, &answer);
        self.history.fold(&self.bank.model, question, &review);
        self.evidence.after(&self.history, &self.bank.model, question);
        self.answers += 1;
    }

    fn practice(&mut self, domain: usize, number: usize) {
        let day = self.day as f64;
        let question = &self.remembered[domain][number];
        let right = if question.times == 0 {
            let mastery = self.mastery(domain);
            self.knowing.is_right(domain, Some(number), day, mastery, 0.0, &mut self.rng)
        } else {
            self.rng.random::<f64>() < GUESS + (1.0 - GUESS) * question.recall(day)
        };
        self.record(&id(domain, number), right, None);
        self.remembered[domain][number].practice(right, day, &mut self.rng);
        self.knowing.practice(domain, number, day, &mut self.rng);
    }

    /// What is due today, then new questions.
    fn study(&mut self, new: &[(usize, usize)]) {
        for (domain, questions) in STUDY.into_iter().enumerate() {
            for number in 0..questions {
                let Remembered { last, times, .. } = self.remembered[domain][number];
                let wait = INTERVALS.get(times.wrapping_sub(1));
                if wait.is_some_and(|days| self.day >= last as u64 + days) {
                    self.practice(domain, number);
                }
            }
        }
        for &(domain, number) in new {
            self.practice(domain, number);
        }
    }

    fn mock_exam(&mut self, number: usize) {
        let exam = ExamId::new(number.to_string());
        let mastery: Vec<f64> = (0..DOMAINS).map(|domain| self.mastery(domain)).collect();
        for (domain, question) in form(number) {
            let day = self.day as f64;
            let right = self.knowing.is_right(domain, None, day, mastery[domain], 0.0, &mut self.rng);
            self.record(&id(domain, question), right, Some(&exam));
        }
    }

    /// Whether enough answers are right in the real exam.
    fn sit(&mut self, harder: f64) -> bool {
        let day = self.day as f64;
        let mut right = 0;
        for (domain, questions) in EXAM.into_iter().enumerate() {
            let mastery = self.mastery(domain);
            for _ in 0..questions {
                let is_right = self.knowing.is_right(domain, None, day, mastery, harder, &mut self.rng);
                right += usize::from(is_right);
            }
        }
        let cut = Cut::UNPUBLISHED.share + Cut::UNPUBLISHED.sd * normal(&mut self.rng);
        right as f64 / EXAM.iter().sum::<usize>() as f64 >= cut
    }
}

/// The questions of a mock exam.
fn form(number: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..DOMAINS).flat_map(move |domain| {
        let first = STUDY[domain] + number * EXAM[domain];
        (first..first + EXAM[domain]).map(move |question| (domain, question))
    })
}

/// The mock exams of a journal: number and day of each.
fn sat(exams: &[(usize, u64)]) -> MockExams {
    let event = |id: u128, at, deed| Event {
        id: Uuid::from_u128(id),
        at,
        device: "d".into(),
        deed,
        extra: Map::new(),
    };
    let both = |&(number, day): &(usize, u64)| {
        let exam = ExamId::new(number.to_string());
        let revision =
            |(domain, question)| QuestionRevision { question: id(domain, question), revision: None };
        let started = ExamStarted {
            exam: exam.clone(),
            credential: None,
            pack: Some("p".into()),
            exam_form: Some(number.to_string()),
            minutes: None,
            questions: form(number).map(revision).collect(),
        };
        let at = at(day, 0);
        let first = 2 * number as u128;
        [
            event(first, at, Deed::ExamStarted(started)),
            event(first + 1, at, Deed::ExamFinished { exam, how: ExamEnd::Submitted }),
        ]
    };
    MockExams::of(&exams.iter().flat_map(both).collect::<Vec<Event>>())
}

/// The exam of all worlds.
fn facts() -> ExamFacts {
    let shapes = EXAM.map(|questions| DomainShape { questions, guess: GUESS });
    let shape = ExamShape::new(shapes.to_vec(), Cut::UNPUBLISHED).unwrap();
    ExamFacts { shape, scale: None }
}

/// The life of one learner.
pub fn life(bank: &Bank, world: World, mock_exams: usize, seed: u64) -> Told {
    let mut rng = StdRng::seed_from_u64(seed);
    let knowing = Knowing::new(world, &mut rng);
    let mut order: Vec<(usize, usize)> =
        (0..DOMAINS).flat_map(|domain| (0..STUDY[domain]).map(move |number| (domain, number))).collect();
    order.shuffle(&mut rng);
    // Not everybody gets through all questions.
    order.truncate(rng.random_range(order.len() / 3..=order.len()));
    let (study_days, new) = if world.is_crammed { (CRAM_DAYS, order.len().div_ceil(5)) } else { (DAYS, NEW) };
    let last = if world.is_crammed { CRAM_DAYS + 30 } else { DAYS };
    let exams: Vec<(usize, u64)> =
        MOCK_EXAMS[..mock_exams].iter().enumerate().map(|(number, before)| (number, last - before)).collect();
    let (target, mock) = (target(), sat(&exams));
    let domains = ExamDomains::of(&target, &bank.library, on(last));
    let content = ExamContent::of(&target, &bank.library, &domains, &mock, Vec::new());
    let mut student = Student {
        bank,
        rng,
        knowing,
        remembered: STUDY.iter().map(|questions| vec![Remembered::default(); *questions]).collect(),
        history: History::default(),
        evidence: EvidenceFold::new(&content, ExamEvidence::default()),
        day: 0,
        answers: 0,
    };
    let mut waiting = order.chunks(new);
    for day in 0..last {
        student.day = day;
        if let Some((number, _)) = exams.iter().find(|(_, on)| *on == day) {
            student.mock_exam(*number);
        }
        if day < study_days {
            student.study(waiting.next().unwrap_or_default());
        }
    }
    student.day = last;
    let passed = student.sit(world.gap);
    let Student { history, evidence, .. } = student;
    let answers = evidence.into_evidence().answers;
    let knowledge = Knowledge {
        library: &bank.library,
        history: &history,
        model: &bank.model,
        retention: 0.9,
        day: on(last),
    };
    let candidate = ExamCandidate::new(knowledge, &domains, facts(), &answers, &[]);
    Told { chance: candidate.chance(&target, on(last)).map(|told| told.chance), passed }
}
