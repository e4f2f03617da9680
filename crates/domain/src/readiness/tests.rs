//! Agreement with the reference, and the laws that a chance to pass keeps.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// Learners, and what the reference model tells them.
const VECTORS: &str = include_str!("../../tests/readiness_vectors.json");
/// Every number agrees within this.
const NEAR: f64 = 1e-7;

#[derive(Deserialize)]
struct Vector {
    answers: Vec<RawAnswer>,
    exam: RawExam,
    mastery: Vec<f64>,
    sizes: Vec<usize>,
    results: Vec<RawResult>,
    gap: (f64, f64),
    outside: f64,
    expected: Expected,
}

#[derive(Deserialize)]
struct RawAnswer {
    domain: usize,
    right: bool,
    guess: f64,
    day: f64,
    mastery: f64,
    hint: Option<bool>,
}

#[derive(Deserialize)]
struct RawExam {
    questions: Vec<usize>,
    guess: Vec<f64>,
    cut: f64,
    cut_sd: f64,
    day: f64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawResult {
    Scaled { scaled: f64, pass_mark: f64, top: f64 },
    Passed { passed: bool },
}

#[derive(Deserialize)]
struct Expected {
    p_pass: f64,
    share: f64,
    missing: Vec<(Option<usize>, usize)>,
    share_range: (f64, f64),
    score_range: (f64, f64),
    domains: Vec<(f64, f64, f64)>,
    hour: Vec<f64>,
    study_next: usize,
    gaps: Vec<(f64, f64)>,
}

impl Vector {
    fn answers(&self) -> Vec<FirstAnswer> {
        let answer = |a: &RawAnswer| FirstAnswer {
            domain: a.domain,
            right: a.right,
            guess: a.guess,
            hint: a.hint.unwrap_or_default(),
            day: a.day,
            mastery: a.mastery,
        };
        self.answers.iter().map(answer).collect()
    }

    fn exam(&self) -> ExamShape {
        let domains = self.exam.questions.iter().zip(&self.exam.guess);
        let domains = domains.map(|(&questions, &guess)| DomainShape { questions, guess }).collect();
        ExamShape::new(domains, Cut { share: self.exam.cut, sd: self.exam.cut_sd }).unwrap()
    }

    fn study(&self) -> Vec<DomainStudy> {
        let domains = self.mastery.iter().zip(&self.sizes);
        domains.map(|(&mastery, &questions)| DomainStudy { mastery, questions }).collect()
    }

    fn assumptions(&self) -> Assumptions {
        Assumptions { gap: Gap { mean: self.gap.0, sd: self.gap.1 }, outside: self.outside }
    }

    fn levels(&self) -> Levels {
        let posterior = Posterior::of(&self.answers(), self.sizes.len(), self.outside);
        posterior.on_day(self.exam.day, &self.study(), self.outside)
    }
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(VECTORS).unwrap()
}

#[track_caller]
fn assert_near(have: f64, want: f64, what: &str) {
    assert!((have - want).abs() <= NEAR, "{what}: {have}, not {want}");
}

#[test]
fn every_number_is_that_of_the_reference() {
    for (place, vector) in vectors().iter().enumerate() {
        let study = vector.study();
        let told =
            Readiness::of(&vector.answers(), &vector.exam(), &study, vector.exam.day, &vector.assumptions());
        let want = &vector.expected;
        let named = |what: &str| format!("{what} of vector {place}");
        assert_near(told.chance, want.p_pass, &named("chance"));
        assert_near(told.share.mid, want.share, &named("share"));
        assert_near(told.share.low, want.share_range.0, &named("low share"));
        assert_near(told.share.high, want.share_range.1, &named("high share"));
        assert_near(told.right.0, want.score_range.0, &named("low score"));
        assert_near(told.right.1, want.score_range.1, &named("high score"));
        for ((domain, share), hour) in told.domains.iter().zip(&want.domains).zip(&want.hour) {
            assert_near(domain.share.mid, share.0, &named("share of a domain"));
            assert_near(domain.share.low, share.1, &named("low share of a domain"));
            assert_near(domain.share.high, share.2, &named("high share of a domain"));
            assert_near(domain.hour, *hour, &named("hour"));
        }
        let missing: Vec<_> = told.missing.iter().map(|m| (m.domain, m.answers)).collect();
        assert_eq!(missing, want.missing, "vector {place}");
        assert_eq!(told.study_next, want.study_next, "vector {place}");
        assert_eq!(told.domains.len(), want.domains.len(), "vector {place}");
    }
}

#[test]
fn the_gap_after_every_result_is_that_of_the_reference() {
    for (place, vector) in vectors().iter().enumerate() {
        let (levels, exam) = (vector.levels(), vector.exam());
        let mut gap = vector.assumptions().gap;
        for (result, want) in vector.results.iter().zip(&vector.expected.gaps) {
            let result = match *result {
                RawResult::Passed { passed } => ExamResult::Passed(passed),
                RawResult::Scaled { scaled, pass_mark, top } => {
                    ExamResult::Scaled { score: scaled, pass_mark, top }
                }
            };
            gap = gap.after(result, &levels, &exam);
            assert_near(gap.mean, want.0, &format!("gap of vector {place}"));
            assert_near(gap.sd, want.1, &format!("sd of the gap of vector {place}"));
        }
    }
}

#[test]
fn an_exam_without_questions_or_with_more_than_a_thousand_is_none() {
    let exam = |questions| ExamShape::new(vec![DomainShape { questions, guess: 0.25 }], Cut::UNPUBLISHED);
    assert!(ExamShape::new(Vec::new(), Cut::UNPUBLISHED).is_none());
    assert!(exam(0).is_none());
    assert!(exam(MAX_EXAM_QUESTIONS).is_some());
    assert!(exam(MAX_EXAM_QUESTIONS + 1).is_none());
}

#[test]
fn the_longest_exam_loses_no_chance_to_rounding() {
    let shape = DomainShape { questions: MAX_EXAM_QUESTIONS, guess: 0.25 };
    let exam = ExamShape::new(vec![shape], Cut::UNPUBLISHED).unwrap();
    let posterior = Posterior::of(&[], 1, 0.0);
    let levels = posterior.on_day(0.0, &[DomainStudy { mastery: 0.5, questions: 10 }], 0.0);
    let sum: f64 = levels.distribution(&exam, Gap::default()).chances.iter().sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
}

#[test]
fn without_answers_forty_of_four_choices_are_missing_and_each_domain_its_share() {
    let domains = [10, 30].map(|questions| DomainShape { questions, guess: 0.25 });
    let exam = ExamShape::new(domains.to_vec(), Cut::UNPUBLISHED).unwrap();
    let missing = missing(&[], &exam);
    let expected = [(None, 40), (Some(0), 10), (Some(1), 30)];
    assert_eq!(missing, expected.map(|(domain, answers)| Missing { domain, answers }));
}

#[test]
fn a_domain_that_is_left_out_keeps_the_program_silent() {
    let domains = [25, 25].map(|questions| DomainShape { questions, guess: 0.25 });
    let exam = ExamShape::new(domains.to_vec(), Cut::UNPUBLISHED).unwrap();
    let answer = FirstAnswer { domain: 0, right: true, guess: 0.25, hint: false, day: 0.0, mastery: 0.0 };
    assert_eq!(missing(&[answer; 100], &exam), [Missing { domain: Some(1), answers: 20 }]);
}

/// A learner with up to three domains, at least one answer, and an exam.
#[derive(Debug, Clone)]
struct Case {
    answers: Vec<FirstAnswer>,
    exam: ExamShape,
    study: Vec<DomainStudy>,
    day: f64,
    assumptions: Assumptions,
}

impl Case {
    fn chance(&self) -> f64 {
        self.told().chance
    }

    fn told(&self) -> Readiness {
        Readiness::of(&self.answers, &self.exam, &self.study, self.day, &self.assumptions)
    }
}

fn guess() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(0.1), Just(0.25), Just(0.5)]
}

fn cases() -> impl Strategy<Value = Case> {
    let answer = (0..3_usize, any::<bool>(), guess(), any::<bool>(), 0..400_u32, 0.0..1.0).prop_map(
        |(domain, right, guess, hint, quarter, mastery)| FirstAnswer {
            domain,
            right,
            guess,
            hint,
            day: f64::from(quarter) / 4.0,
            mastery,
        },
    );
    let domain = (1..25_usize, guess(), 0.0..1.0, 0..200_usize);
    (
        proptest::collection::vec(answer, 1..60),
        proptest::collection::vec(domain, 3),
        (0.4..0.95, prop_oneof![Just(0.0), Just(0.03)]),
        0.0..150.0,
        (-0.5..0.5, prop_oneof![Just(0.0), 0.05..0.4], 0.0..0.03),
    )
        .prop_map(|(answers, domains, (share, sd), day, (mean, gap_sd, outside))| {
            let shapes = domains.iter().map(|&(questions, guess, ..)| DomainShape { questions, guess });
            Case {
                answers,
                exam: ExamShape::new(shapes.collect(), Cut { share, sd }).unwrap(),
                study: domains
                    .iter()
                    .map(|&(_, _, mastery, questions)| DomainStudy { mastery, questions })
                    .collect(),
                day,
                assumptions: Assumptions { gap: Gap { mean, sd: gap_sd }, outside },
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_answer_changed_from_wrong_to_right_never_lowers_the_chance(case in cases(), place: prop::sample::Index) {
        let at = place.index(case.answers.len());
        let with = |right: bool| {
            let mut changed = case.clone();
            changed.answers[at].right = right;
            changed.chance()
        };
        let (wrong, right) = (with(false), with(true));
        prop_assert!(right >= wrong - 1e-9, "{right} after a right answer, {wrong} after a wrong one");
    }

    #[test]
    fn the_chance_is_smooth_in_the_day_of_the_exam(case in cases()) {
        let soon = Case { day: case.day + 0.01, ..case.clone() };
        let (now, soon) = (case.chance(), soon.chance());
        prop_assert!((now - soon).abs() < 0.002, "{now}, and {soon} a hundredth of a day later");
    }

    #[test]
    fn the_order_of_answers_on_different_days_does_not_matter(case in cases(), seed in any::<u64>()) {
        use rand::SeedableRng;
        use rand::seq::SliceRandom;

        let mut dated = case.clone();
        for (place, answer) in dated.answers.iter_mut().enumerate() {
            answer.day += place as f64 / 1000.0;
        }
        let mut shuffled = dated.clone();
        shuffled.answers.shuffle(&mut rand::rngs::StdRng::seed_from_u64(seed));
        let (one, other) = (dated.told(), shuffled.told());
        prop_assert!((one.chance - other.chance).abs() < 1e-9);
        prop_assert_eq!(one.study_next, other.study_next);
        prop_assert_eq!(one.missing, other.missing);
    }

    #[test]
    fn answers_of_one_domain_do_not_depend_on_where_those_of_others_stand(case in cases()) {
        let mut by_domain = case.clone();
        by_domain.answers.sort_by_key(|answer| answer.domain);
        prop_assert_eq!(case.told(), by_domain.told());
    }

    #[test]
    fn a_harder_exam_never_raises_the_chance(case in cases(), by in 0.0..1.0) {
        let mut harder = case.clone();
        harder.assumptions.gap.mean += by;
        prop_assert!(harder.chance() <= case.chance() + 1e-9);
    }

    #[test]
    fn every_number_is_within_its_range(case in cases()) {
        let told = case.told();
        let most = case.exam.questions() as f64;
        prop_assert!((0.0..=1.0 + 1e-9).contains(&told.chance));
        prop_assert!(0.0 <= told.share.low && told.share.low <= told.share.mid);
        prop_assert!(told.share.mid <= told.share.high && told.share.high <= 1.0);
        prop_assert!(0.0 <= told.right.0 && told.right.0 <= told.right.1 && told.right.1 <= most);
        for domain in &told.domains {
            prop_assert!((0.0..=1.0).contains(&domain.share.mid));
        }
    }

    #[test]
    fn a_passed_exam_makes_the_gap_no_larger_and_a_failed_one_no_smaller(case in cases()) {
        let posterior = Posterior::of(&case.answers, 3, case.assumptions.outside);
        let levels = posterior.on_day(case.day, &case.study, case.assumptions.outside);
        let gap = case.assumptions.gap;
        let after = |passed| gap.after(ExamResult::Passed(passed), &levels, &case.exam);
        prop_assert!(after(true).mean <= gap.mean + 1e-9);
        prop_assert!(after(false).mean >= gap.mean - 1e-9);
    }
}
