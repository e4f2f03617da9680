//! Simulated learners before an exam, asked by this rule and by simpler ones: what they know on its day.

use std::fmt;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::*;
use crate::memory::{Belief, Evidence, FirstAnswers, Grade};

/// Chance to know a question before it was met.
const KNEW: f64 = 0.2;
/// All questions are multiple choice with four choices.
const GUESS: f64 = 0.25;
/// What is left on the exam day of the chance that an unseen question is known.
const UNASKED: f64 = 0.9;

/// Which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    ExamDays,
    /// What has fallen to 90 %, the most forgotten first; then new ones.
    DueFirst,
    /// New ones; then the most forgotten.
    NewFirst,
    /// What raises the chance on the exam day most, per expected answer.
    Greedy,
}

const RULES: [Rule; 4] = [Rule::ExamDays, Rule::DueFirst, Rule::NewFirst, Rule::Greedy];

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rule::ExamDays => "exam days",
            Rule::DueFirst => "due first",
            Rule::NewFirst => "new first",
            Rule::Greedy => "greedy",
        })
    }
}

/// A time before an exam: days, questions, answers a day.
type Setting = (i32, usize, u32);

const SETTINGS: [Setting; 14] = [
    (5, 60, 20),
    (5, 120, 40),
    (10, 60, 10),
    (10, 200, 40),
    (21, 120, 20),
    (21, 240, 20),
    (21, 240, 40),
    (21, 400, 60),
    (42, 240, 15),
    (42, 400, 40),
    (60, 240, 10),
    (60, 800, 60),
    (90, 400, 20),
    (120, 800, 30),
];

/// What a learner really remembers of a question.
#[derive(Debug, Clone, Copy, Default)]
struct Truth {
    state: Option<(f64, f64)>,
    is_learned: bool,
}

/// A simulated learner, and what the program believes of them.
struct Simulation {
    rng: StdRng,
    /// Chance to learn from a miss.
    learns: f64,
    ids: Vec<QuestionId>,
    truths: Vec<Truth>,
    beliefs: Vec<Option<(Belief, i32)>>,
    learner: TermEstimate,
    firsts: FirstAnswers,
}

/// What came of a rule.
#[derive(Debug, Clone, Copy)]
struct Outcome {
    /// Mean chance of recall on the exam day.
    known: f64,
    /// Share of the questions that were met.
    met: f64,
    /// By how much the forecast at a quarter of the time was too high; 0 for other rules.
    too_high: f64,
}

impl Simulation {
    fn new(questions: usize, learns: f64, seed: u64) -> Simulation {
        Simulation {
            rng: StdRng::seed_from_u64(seed),
            learns,
            ids: ids(questions),
            truths: vec![Truth::default(); questions],
            beliefs: vec![None; questions],
            learner: TermEstimate::default(),
            firsts: FirstAnswers::default(),
        }
    }

    fn questions<'a>(&'a self) -> Vec<StudyQuestion<'a>> {
        let prior = self.firsts.prior_of("pack");
        let question = |(place, id): (usize, &'a QuestionId)| StudyQuestion {
            id,
            seen: self.beliefs[place]
                .as_ref()
                .map(|(b, last)| Seen { belief: b.hypotheses(), last: day(*last) }),
            guess: GUESS,
            weight: 1.0,
            prior,
            turn: (place as f64 + 0.5) / self.ids.len() as f64,
        };
        self.ids.iter().enumerate().map(question).collect()
    }

    fn recall(&self, place: usize, on: i32) -> f64 {
        let belief = self.beliefs[place].as_ref();
        belief.map_or(0.0, |(b, last)| model().retrievability(b, f64::from(on - last), self.learner.term))
    }

    /// The order in which a rule asks on a day.
    fn order(&self, rule: Rule, days: &ExamDays) -> Vec<usize> {
        let today = days.today.to_epoch_days();
        let questions = self.questions();
        let place = |id: &QuestionId| -> usize { id.as_str()[5..].parse().unwrap() };
        let (mut seen, new): (Vec<usize>, Vec<usize>) =
            (0..self.ids.len()).partition(|place| self.beliefs[*place].is_some());
        seen.retain(|place| self.beliefs[*place].as_ref().is_some_and(|(_, last)| *last < today));
        seen.sort_by(|a, b| self.recall(*a, today).total_cmp(&self.recall(*b, today)));
        match rule {
            Rule::ExamDays => {
                days.order(&questions, DoneToday::default()).iter().map(|ordered| place(ordered.id)).collect()
            }
            Rule::DueFirst => {
                let (due, rest): (Vec<usize>, Vec<usize>) =
                    seen.into_iter().partition(|place| self.recall(*place, today) <= 0.9);
                [due, new, rest].concat()
            }
            Rule::NewFirst => [new, seen].concat(),
            Rule::Greedy => {
                let (exam, memory) = (days.days_left(), days.memory());
                let today = Day { memory, day: 0, exam, answers_per_day: days.answers_per_day() };
                let gain = |place: &usize| {
                    let card = days.card(&questions[*place]);
                    today.gain(&card) / card.answers(card.known(0, memory))
                };
                let mut all: Vec<(f64, usize)> =
                    [seen, new].concat().iter().map(|place| (gain(place), *place)).collect();
                all.sort_by(|a, b| b.0.total_cmp(&a.0));
                all.into_iter().map(|(_, place)| place).collect()
            }
        }
    }

    /// Answers a question, a wrong answer twice. Returns how many answers that took.
    fn answer(&mut self, place: usize, today: i32) -> u32 {
        for answers in 1..=2 {
            let last = self.beliefs[place].as_ref().map_or(today, |(_, last)| *last);
            let days = u32::try_from(today - last).unwrap();
            let truth = self.truths[place];
            let chance = match truth.state {
                None => KNEW,
                Some((s, _)) if truth.is_learned => model().recall(s, f64::from(days)),
                Some(_) => 0.0,
            };
            let is_recalled = self.rng.random::<f64>() < chance;
            let correct = is_recalled || self.rng.random::<f64>() < GUESS;
            let grade = if is_recalled { Grade::Good } else { Grade::Again };
            self.truths[place] = Truth {
                state: Some(model().step(truth.state, grade, days)),
                is_learned: is_recalled || self.rng.random::<f64>() < self.learns,
            };
            self.believe(place, correct, days, today);
            if correct {
                return answers;
            }
        }
        2
    }

    fn believe(&mut self, place: usize, correct: bool, days: u32, today: i32) {
        let prior = self.firsts.prior_of("pack");
        let evidence = Evidence { correct, guess: GUESS, days, prior, hint: false };
        let before = self.beliefs[place].take().map(|(belief, _)| belief);
        let after = model().update(before.as_ref(), &evidence, self.learner.term);
        match before {
            None => self.firsts.add("pack", correct, GUESS),
            Some(belief) if days > 0 => {
                let before = model().before_answer(&belief, days, self.learner.term);
                self.learner = self.learner.after(&before, &evidence);
            }
            Some(_) => {}
        }
        self.beliefs[place] = Some((after, today));
    }

    fn known(&self, exam: i32) -> f64 {
        let known = |(truth, belief): (&Truth, &Option<(Belief, i32)>)| match (truth.state, belief) {
            (Some((s, _)), Some((_, last))) if truth.is_learned => model().recall(s, f64::from(exam - last)),
            (Some(_), _) => 0.0,
            (None, _) => KNEW * UNASKED,
        };
        self.truths.iter().zip(&self.beliefs).map(known).sum::<f64>() / self.truths.len() as f64
    }
}

/// Lives through a setting by a rule.
fn live((days, questions, daily): Setting, learns: f64, rule: Rule, seed: u64) -> Outcome {
    let mut learner = Simulation::new(questions, learns, seed);
    let mut forecast = None;
    for today in 0..days {
        let left = ExamDays {
            today: day(today),
            exam: day(days),
            daily,
            term: learner.learner.term,
            ..three_weeks()
        };
        if rule == Rule::ExamDays && today == days / 4 {
            forecast = left.forecast(&learner.questions());
        }
        let mut answers = 0;
        for place in learner.order(rule, &left) {
            if answers >= daily {
                break;
            }
            answers += learner.answer(place, today);
        }
    }
    let known = learner.known(days);
    let met = learner.beliefs.iter().flatten().count() as f64 / questions as f64;
    Outcome { known, met, too_high: forecast.map_or(0.0, |forecast| forecast - known) }
}

/// The means over learners with different luck.
fn mean(setting: Setting, learns: f64, rule: Rule, learners: u64) -> Outcome {
    let outcomes: Vec<Outcome> = (0..learners).map(|seed| live(setting, learns, rule, seed)).collect();
    let mean = |of: &dyn Fn(&Outcome) -> f64| outcomes.iter().map(of).sum::<f64>() / outcomes.len() as f64;
    Outcome { known: mean(&|o| o.known), met: mean(&|o| o.met), too_high: mean(&|o| o.too_high) }
}

#[test]
fn three_weeks_before_an_exam_everything_is_met_and_no_simple_rule_leads_to_knowing_clearly_more() {
    for (setting, margin) in [((21, 120, 20), 0.0), ((21, 240, 40), -0.01)] {
        let by = |rule| mean(setting, 0.75, rule, 8);
        let outcome = by(Rule::ExamDays);
        assert!(outcome.met >= 0.95, "{setting:?}: {outcome:?}");
        for rule in [Rule::DueFirst, Rule::NewFirst, Rule::Greedy] {
            let other = by(rule);
            assert!(outcome.known - other.known > margin, "{setting:?}, {rule}: {other:?}, {outcome:?}");
        }
    }
}

/// `cargo test --release -p badgedex-domain rules -- --ignored --nocapture` prints the tables of `docs/exam-days.md`.
#[test]
#[ignore = "42 cases by four rules take most of a minute"]
#[allow(clippy::print_stdout, reason = "it prints the tables of docs/exam-days.md")]
fn what_each_rule_leads_to() {
    println!(
        "| Days | Questions | Answers a day | Learns from a miss | exam days | due first | new first | greedy | met | forecast too high by |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let (mut sums, mut cases, mut behind, mut worst) = ([[0.0; 4]; 3], 0, 0, 0.0_f64);
    for setting in SETTINGS {
        for (row, learns) in [1.0, 0.75, 0.5].into_iter().enumerate() {
            let by_rule = RULES.map(|rule| mean(setting, learns, rule, 4));
            let known = by_rule.map(|outcome| outcome.known);
            let best = known[1..].iter().copied().fold(0.0, f64::max);
            cases += 1;
            behind += usize::from(known[0] < best - 0.003);
            worst = worst.max(best - known[0]);
            for (sum, known) in sums[row].iter_mut().zip(known) {
                *sum += known / SETTINGS.len() as f64;
            }
            let (days, questions, daily) = setting;
            let [ours, due, new, greedy] = known;
            let Outcome { met, too_high, .. } = by_rule[0];
            println!(
                "| {days} | {questions} | {daily} | {learns} | {ours:.3} | {due:.3} | {new:.3} | {greedy:.3} | {:.0} % | {too_high:+.3} |",
                met * 100.0
            );
        }
    }
    for (learns, [ours, due, new, greedy]) in [1.0, 0.75, 0.5].into_iter().zip(sums) {
        println!(
            "mean, learns from {learns}: exam days {ours:.3}, due first {due:.3}, new first {new:.3}, greedy {greedy:.3}"
        );
    }
    println!("more than 0.003 behind the best other rule in {behind} of {cases} cases, at worst {worst:.3}");
    for ([ours, ..], others) in sums.iter().map(|sums| (sums, &sums[1..])) {
        assert!(others.iter().all(|other| ours > other), "{sums:?}");
    }
}
