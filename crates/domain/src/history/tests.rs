//! What a journal of answers comes to.

use chrono::DateTime;
use fsrs::DEFAULT_PARAMETERS;
use proptest::prelude::*;
use serde_json::Map;
use uuid::Uuid;

use super::super::journal;
use super::super::mastery::Knowledge;
use super::super::question::{Kind, Pack, Question, Teaches};
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(name: &str) -> QuestionId {
    QuestionId::new(name)
}

/// An answer to a typed question, as the journal has it.
fn answered(question: &str, correct: bool) -> Answered {
    Answered::new(id(question), correct, 0.0)
}

fn guessable(question: &str, correct: bool, guess: f64) -> Answered {
    Answered { guess, ..answered(question, correct) }
}

fn crammed(question: &str, correct: bool) -> Answered {
    Answered { cram: true, ..answered(question, correct) }
}

fn event(id: u128, at: &str, deed: Deed) -> Event {
    let at = DateTime::parse_from_rfc3339(at).unwrap();
    Event { id: Uuid::from_u128(id), at, device: "d".into(), deed, extra: Map::new() }
}

/// The history of events that come in any order.
fn history(events: Vec<Event>) -> History {
    History::of(&journal::effective(events), &Model::default(), &Library::default())
}

/// One question "q" with answers on days of November 2026.
fn story(model: &Model, answers: &[(u32, bool)]) -> History {
    let mut history = History::default();
    for &(of_month, correct) in answers {
        let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + Days::new(u64::from(of_month) - 1);
        history.learn(model, &id("q"), &Review::at_noon(&answered("q", correct), day));
    }
    history
}

fn noon(day: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{day}T12:00:00+00:00")).unwrap()
}

fn learned(history: &History) -> &Learned {
    history.learned(&id("q")).unwrap()
}

/// A model in which one right answer gives a memory of this many days.
fn model_where_one_right_answer_lasts(days: f32) -> Model {
    let mut parameters = DEFAULT_PARAMETERS;
    parameters[2] = days;
    parameters[3] = parameters[3].max(days);
    Model::tuned(&parameters).unwrap()
}

/// The belief of a first answer, right and by choice of four, after these first answers.
fn belief_after_firsts(firsts: &[(bool, f64)]) -> Belief {
    let mut prior = FirstAnswers::default();
    firsts.iter().for_each(|&(correct, guess)| prior.add("a", correct, guess));
    let evidence = Evidence { correct: true, guess: 0.25, days: 0, prior: prior.prior(), hint: false };
    Model::default().update(None, &evidence, Term::USUAL)
}

#[test]
fn the_prior_comes_from_earlier_first_answers_of_any_question_in_the_journals_order() {
    let events = vec![
        event(3, "2026-11-23T12:00:00+00:00", Deed::Answered(guessable("q", true, 0.25))),
        event(9, "2026-11-23T13:00:00+00:00", Deed::Answered(answered("too/late", false))),
        event(2, "2026-11-23T11:00:00+00:00", Deed::Answered(guessable("a/b", true, 0.5))),
        // Half past nine by the clock of London.
        event(1, "2026-11-23T10:30:00+01:00", Deed::Answered(answered("a/a", false))),
    ];
    assert_eq!(learned(&history(events)).belief, belief_after_firsts(&[(false, 0.0), (true, 0.5)]));
}

#[test]
fn of_two_answers_at_one_instant_the_smaller_id_comes_first() {
    let at = "2026-11-23T12:00:00+00:00";
    for (other, firsts) in [(1, vec![(false, 0.0)]), (3, vec![])] {
        let events = vec![
            event(2, at, Deed::Answered(guessable("q", true, 0.25))),
            event(other, at, Deed::Answered(answered("a/a", false))),
        ];
        assert_eq!(learned(&history(events)).belief, belief_after_firsts(&firsts));
    }
}

#[test]
fn only_first_answers_that_stand_and_were_not_crammed_make_the_prior() {
    let answers = |n, deed| event(n, &format!("2026-11-23T12:00:{n:02}+00:00"), Deed::Answered(deed));
    let events = vec![
        answers(1, answered("a/first", true)),
        answers(2, answered("a/first", false)),
        answers(3, answered("a/retracted", false)),
        answers(4, crammed("a/crammed", false)),
        answers(5, guessable("q", true, 0.25)),
        event(6, "2026-11-23T13:00:00+00:00", Deed::Retracted { event: Uuid::from_u128(3) }),
    ];
    assert_eq!(learned(&history(events)).belief, belief_after_firsts(&[(true, 0.0)]));
}

#[test]
fn the_order_in_which_events_arrive_changes_nothing() {
    let events: Vec<Event> = (0..12_u32)
        .map(|n| {
            let question = ["q", "a/a", "a/b"][n as usize % 3];
            let at = format!("2026-11-{:02}T12:00:00+00:00", 1 + n / 2);
            event(u128::from(n), &at, Deed::Answered(guessable(question, n % 4 != 0, 0.25)))
        })
        .collect();
    let reversed: Vec<Event> = events.iter().rev().cloned().collect();
    assert_eq!(history(reversed), history(events));
}

#[test]
fn cram_counts_as_an_answer_and_changes_no_belief() {
    let model = Model::default();
    let plain = story(&model, &[(1, true), (4, true)]);
    let mut crammed_too = plain.clone();
    crammed_too.learn(&model, &id("q"), &Review::of(&crammed("q", false), noon("2026-11-05")));
    assert_eq!(learned(&crammed_too), learned(&plain));
    assert_eq!(crammed_too.totals.predictions.all, plain.totals.predictions.all);
    assert_eq!((crammed_too.answers(), crammed_too.right()), (3, 2));
}

#[test]
fn a_question_that_was_only_crammed_is_new() {
    let mut history = History::default();
    history.learn(&Model::default(), &id("q"), &Review::of(&crammed("q", true), noon("2026-11-05")));
    assert_eq!(history.learned(&id("q")), None);
    assert_eq!(history.track(&id("q")).unwrap().memory, Memory::New);
    assert_eq!(history.totals.first_seen(day("2026-11-05")), 0);
}

#[test]
fn answers_under_an_earlier_id_are_kept() {
    let question = Question {
        was: vec![id("p/old")],
        replaces: vec![id("p/replaced")],
        ..Question::new(id("p/new"), "t", "?", Kind::TrueFalse { key: true })
    };
    let pack = Pack { questions: vec![question], ..Pack::new("p", "P", Teaches::About) };
    let library = Library::new(Vec::new(), vec![pack]);
    let events = [
        event(1, "2026-11-20T12:00:00+00:00", Deed::Answered(answered("p/old", true))),
        event(2, "2026-11-21T12:00:00+00:00", Deed::Answered(answered("p/new", true))),
        event(3, "2026-11-21T12:00:00+00:00", Deed::Answered(answered("p/replaced", true))),
    ];
    let history = History::of(&events, &Model::default(), &library);
    assert_eq!(history.track(&id("p/new")).unwrap().answers, 2);
    assert_eq!(history.track(&id("p/old")), None);
    assert_eq!(history.track(&id("p/replaced")).unwrap().answers, 1, "what is replaced stays apart");
}

#[test]
fn a_wrong_answer_is_a_lapse_once_the_strength_had_reached_seven_days() {
    for (strength, answers, lapses) in [
        (6.9, vec![(1, true), (2, false)], 0),
        (7.1, vec![(1, true), (2, false)], 1),
        (7.1, vec![(1, true), (30, false)], 1),
        (7.1, vec![(1, true), (2, false), (2, false)], 1),
        (7.1, vec![(1, true), (2, true)], 0),
        (7.1, vec![(1, false), (2, false)], 0),
    ] {
        let model = model_where_one_right_answer_lasts(strength);
        assert_eq!(learned(&story(&model, &answers)).lapses, lapses, "{strength} days: {answers:?}");
    }
}

#[test]
fn eight_lapses_make_a_leech() {
    let model = Model::default();
    let mut answers = Vec::new();
    let mut of_month = 1;
    for lapses in 0..=9 {
        let history = story(&model, &[&[(1, false)], &answers[..]].concat());
        assert_eq!(learned(&history).lapses, lapses);
        assert_eq!(learned(&history).is_leech(), lapses >= 8, "{lapses} lapses");
        for (gap, correct) in [(2, true), (4, true), (10, true), (20, true), (1, false)] {
            of_month += gap;
            answers.push((of_month, correct));
        }
    }
}

#[test]
fn days_are_never_below_zero_when_a_clock_was_set_back() {
    let model = Model::default();
    let same_day = story(&model, &[(10, true), (10, true), (14, true)]);
    let set_back = story(&model, &[(10, true), (5, true), (14, true)]);
    assert_eq!(learned(&set_back), learned(&same_day));
    assert_eq!(learned(&set_back).days_until(day("2026-11-01")), 0);
    assert_eq!(set_back.totals.predictions.all.answers, 1, "the day before the last answer is no later day");
}

#[test]
fn a_traveller_to_the_west_does_not_lose_a_day() {
    let events = vec![
        event(1, "2026-11-24T05:00:00+10:00", Deed::Answered(answered("q", true))),
        event(2, "2026-11-23T12:00:00-08:00", Deed::Answered(answered("q", true))),
    ];
    let history = history(events);
    assert_eq!(learned(&history).last_day, day("2026-11-24"));
    assert_eq!(history.totals.predictions.all.answers, 0);
}

#[test]
fn an_answer_after_midnight_belongs_to_the_evening_before() {
    let events = vec![
        event(1, "2026-11-23T23:00:00+01:00", Deed::Answered(answered("q", true))),
        event(2, "2026-11-24T03:59:00+01:00", Deed::Answered(answered("q", true))),
    ];
    let history = history(events);
    assert_eq!(history.totals.predictions.all.answers, 0);
    let days: Vec<_> = history.totals.days.iter().map(|(on, totals)| (*on, totals.answers)).collect();
    assert_eq!(days, [(day("2026-11-23"), 2)]);
}

#[test]
fn calibration_counts_the_first_answer_of_a_day_after_the_first() {
    for (answers, counted, right) in [
        (vec![(1, true)], 0, 0),
        (vec![(1, true), (1, false)], 0, 0),
        (vec![(1, true), (2, true)], 1, 1),
        (vec![(1, true), (2, false), (2, true)], 1, 0),
        (vec![(1, true), (2, true), (2, false), (5, true), (9, false)], 3, 2),
    ] {
        let calibration = story(&Model::default(), &answers).totals.predictions.all;
        assert_eq!((calibration.answers, calibration.right), (counted, right), "{answers:?}");
    }
}

#[test]
fn what_a_learner_says_of_themselves_is_no_calibration() {
    let model = Model::default();
    let mut history = story(&model, &[(1, true)]);
    let said = Answered { form: Some("reveal".into()), ..answered("q", true) };
    history.learn(&model, &id("q"), &Review::of(&said, noon("2026-11-07")));
    assert_eq!(history.totals.predictions.all.answers, 0);
    history.learn(&model, &id("q"), &Review::of(&answered("q", true), noon("2026-11-09")));
    assert_eq!(history.totals.predictions.all.answers, 1);
}

#[test]
fn self_checked_answers_have_figures_of_their_own() {
    let model = Model::default();
    let mut history = story(&model, &[(1, true)]);
    let said = |correct, hint| Answered { form: Some("reveal".into()), hint, ..answered("r", correct) };
    let days = ["2026-11-02", "2026-11-03", "2026-11-05", "2026-11-05"];
    for (answer, on) in
        [said(true, false), said(true, true), said(false, false), said(true, false)].iter().zip(days)
    {
        history.learn(&model, &id("r"), &Review::of(answer, noon(on)));
    }
    let own = history.totals.self_checked;
    assert_eq!((own.answers, own.known, own.hard, own.forgot()), (4, 3, 1, 1));
    assert_eq!((own.calibration.answers, own.calibration.right), (2, 1), "the first of a later day");
    let crammed = Answered { cram: true, ..said(true, false) };
    let before = history.clone();
    let taken = history.learn(&model, &id("r"), &Review::of(&crammed, noon("2026-11-09")));
    let own = history.totals.self_checked;
    assert_eq!((own.answers, own.calibration.answers), (5, 2), "cram answers count, and prove no prediction");
    history.undo(&id("r"), taken);
    assert_eq!(history, before);
}

#[test]
fn calibration_predicts_recall_or_else_a_lucky_guess() {
    let model = Model::default();
    let mut history = story(&model, &[(1, true)]);
    let recall = model.retrievability(&learned(&history).belief, 6.0, Term::USUAL);
    history.learn(&model, &id("q"), &Review::of(&guessable("q", false, 0.25), noon("2026-11-07")));
    assert!((history.totals.predictions.all.predicted - (recall + (1.0 - recall) * 0.25)).abs() < 1e-12);
}

#[test]
fn what_is_shown_on_the_day_of_an_answer_is_the_chance_of_tomorrow() {
    let model = Model::default();
    let history = story(&model, &[(23, true)]);
    let chance = |on| learned(&history).retrievability(&model, Term::USUAL, day(on));
    let raw = |on| learned(&history).raw_retrievability(&model, Term::USUAL, day(on));
    assert_eq!(raw("2026-11-23"), 1.0);
    assert_eq!(chance("2026-11-23"), raw("2026-11-24"));
    assert_eq!(chance("2026-11-24"), raw("2026-11-24"));
    assert!(chance("2026-11-25") < chance("2026-11-24"));
}

#[test]
fn a_question_is_due_so_many_days_after_its_last_answer() {
    let model = model_where_one_right_answer_lasts(5.5);
    let history = story(&model, &[(10, true)]);
    assert_eq!(learned(&history).due_on(&model, Term::USUAL, 0.9), day("2026-11-16"));
    assert!(learned(&history).due_on(&model, Term::USUAL, 0.8) > day("2026-11-16"));
    assert!(learned(&history).due_on(&model, Term::USUAL, 0.97) < day("2026-11-16"));
}

#[test]
fn days_of_memory_are_the_strengths_of_all_questions_summed_day_by_day() {
    let model = Model::default();
    let mut history = History::default();
    for (on, question, correct) in
        [(1, "a", true), (1, "b", true), (3, "a", true), (9, "a", true), (9, "b", false), (40, "a", true)]
    {
        let at = noon(&(day("2026-10-01") + Days::new(on)).to_string());
        history.learn(&model, &id(question), &Review::of(&guessable(question, correct, 0.25), at));
    }
    let strengths: f64 = history.tracks().map(|(_, track)| track.memory_days()).sum();
    let by_day: f64 = history.totals.days.values().map(|totals| totals.memory).sum();
    assert!((strengths - by_day).abs() < 1e-9, "{strengths} {by_day}");
    assert!(strengths > 7.0);
    assert!(history.totals.days[&day("2026-10-04")].memory > 0.0, "a right answer adds to it");
}

#[test]
fn no_question_is_worth_more_than_a_year_of_memory() {
    let answers: Vec<(u32, bool)> =
        vec![(1, true), (5, true), (40, true), (200, true), (900, true), (3000, true)];
    let history = story(&Model::default(), &answers);
    assert!(learned(&history).strength(&Model::default(), Term::USUAL) > 365.0);
    assert_eq!(history.track(&id("q")).unwrap().memory_days(), 365.0);
}

#[test]
fn the_new_year_is_five_minutes_on_either_side_of_midnight() {
    for (at, is_new_year) in [
        ("2026-12-31T23:54:59+01:00", false),
        ("2026-12-31T23:55:00+01:00", true),
        ("2027-01-01T00:04:59+01:00", true),
        ("2027-01-01T00:05:00+01:00", false),
        ("2027-01-01T23:58:00+01:00", false),
        ("2026-12-31T00:01:00+01:00", false),
    ] {
        let history = history(vec![event(1, at, Deed::Answered(answered("q", true)))]);
        assert_eq!(history.totals.moments.new_year.is_some(), is_new_year, "{at}");
    }
}

#[test]
fn a_circle_is_full_two_years_after_a_question_was_first_right() {
    for (days, full) in [
        (vec!["2024-03-05", "2026-03-05"], true),
        (vec!["2024-03-06", "2026-03-05"], false),
        (vec!["2024-03-05", "2025-03-05", "2026-04-05"], true),
        (vec!["2024-03-05"], false),
    ] {
        let events = days.iter().zip(1..).map(|(on, number)| {
            event(number, &format!("{on}T12:00:00+00:00"), Deed::Answered(answered("q", true)))
        });
        let history = history(events.collect());
        assert_eq!(history.totals.moments.full_circle.is_some(), full, "{days:?}");
    }
}

#[test]
fn time_beyond_two_minutes_for_an_answer_was_spent_elsewhere() {
    let mut history = History::default();
    for took_ms in [Some(4_000), Some(3_600_000), None, Some(u64::MAX)] {
        let answered = Answered { took_ms, ..answered("q", true) };
        history.learn(&Model::default(), &id("q"), &Review::of(&answered, noon("2026-11-05")));
    }
    assert_eq!(history.totals.days[&day("2026-11-05")].took_ms, 4_000 + 120_000 + 120_000);
}

/// An answer of a property: which question, on which day, the chance to guess, and whether it was right.
type Given = (usize, u64, usize, bool);

const QUESTIONS: [&str; 4] = ["a/1", "a/2", "b/1", "b/2"];

fn given() -> impl Strategy<Value = Vec<Given>> {
    prop::collection::vec((0..QUESTIONS.len(), 0..60_u64, 0..4_usize, any::<bool>()), 1..40)
}

fn given_answer((question, _, guess, correct): Given) -> Answered {
    guessable(QUESTIONS[question], correct, [0.0, 0.25, 1.0 / 3.0, 0.5][guess])
}

fn given_at(seconds: usize, given: Given) -> String {
    format!("{}T12:00:{seconds:02}+00:00", day("2026-10-01") + Days::new(given.1))
}

/// The answers as events, in the order in which they were generated.
fn events(given: &[Given]) -> Vec<Event> {
    let event_of = |(place, &given): (usize, &Given)| {
        event(place as u128, &given_at(place, given), Deed::Answered(given_answer(given)))
    };
    given.iter().enumerate().map(event_of).collect()
}

/// The questions that are due on the day after the last answer.
fn due(history: &History) -> Vec<&str> {
    let (library, model) = (Library::default(), Model::default());
    let knowledge =
        Knowledge { library: &library, history, model: &model, retention: 0.9, day: day("2026-11-30") };
    QUESTIONS.into_iter().filter(|question| knowledge.is_due(&id(question))).collect()
}

proptest! {
    #[test]
    fn merged_in_any_order_journals_give_the_same_term_beliefs_and_due_questions(
        given in given(),
        order in prop::collection::vec(any::<u32>(), 40),
    ) {
        let all = events(&given);
        let mut shuffled: Vec<Event> = all.clone();
        shuffled.sort_by_key(|event| order[event.id.as_u128() as usize]);
        let (one, other) = (history(all), history(shuffled));
        prop_assert_eq!(one.totals.learner, other.totals.learner);
        prop_assert_eq!(due(&one), due(&other));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn cram_and_retracted_answers_change_neither_belief_nor_term(
        given in given(),
        others in prop::collection::vec((0..QUESTIONS.len(), 0..60_u64, 0..4_usize, any::<bool>()), 1..20),
    ) {
        let mut more = events(&given);
        for (place, &other) in others.iter().enumerate() {
            let number = 100 + 2 * place as u128;
            let is_cram = place % 2 == 0;
            let answered = Answered { cram: is_cram, ..given_answer(other) };
            more.push(event(number, &given_at(place, other), Deed::Answered(answered)));
            if !is_cram {
                let retracted = Deed::Retracted { event: Uuid::from_u128(number) };
                more.push(event(number + 1, "2026-12-01T12:00:00+00:00", retracted));
            }
        }
        let (without, with) = (history(events(&given)), history(more));
        prop_assert_eq!(without.totals.learner, with.totals.learner);
        prop_assert_eq!(&without.totals.firsts, &with.totals.firsts);
        prop_assert_eq!(due(&without), due(&with));
        for question in QUESTIONS {
            let belief = |history: &History| history.learned(&id(question)).cloned();
            prop_assert_eq!(belief(&without), belief(&with));
        }
    }

    #[test]
    fn undo_restores_everything_and_the_term_with_it(given in given(), last in given()) {
        let model = Model::default();
        let mut history = history(events(&given));
        let before = history.clone();
        for &last in &last {
            let answered = given_answer(last);
            let on = day("2026-11-30") + Days::new(last.1);
            let point = history.learn(&model, &answered.question, &Review::at_noon(&answered, on));
            history.undo(&answered.question, point);
            prop_assert_eq!(&history, &before);
        }
    }

    #[test]
    fn the_term_stays_within_six(given in given(), rounds in 1..20_u64, correct: Option<bool>) {
        let (model, mut history) = (Model::default(), History::default());
        for round in 0..rounds {
            for &(question, on, guess, is_right) in &given {
                let answered = given_answer((question, on, guess, correct.unwrap_or(is_right)));
                let day = day("2026-10-01") + Days::new(60 * round + on);
                history.fold(&model, &answered.question, &Review::at_noon(&answered, day));
                prop_assert!((-6.0..=6.0).contains(&history.totals.learner.term.log_odds()));
            }
        }
    }
}

#[test]
fn who_forgets_every_miss_reaches_the_lowest_term_and_who_keeps_all_rises() {
    for (keeps, is_reached) in [(false, (|term| term < -3.0) as fn(f64) -> bool), (true, |term| term > 0.5)] {
        let (model, mut history) = (Model::default(), History::default());
        for question in 0..60 {
            for (after, correct) in [(0, false), (1, keeps), (3, keeps)] {
                let answered = guessable(&format!("a/{question}"), correct, 0.0);
                let on = day("2026-10-01") + Days::new(4 * question + after);
                history.fold(&model, &answered.question, &Review::at_noon(&answered, on));
            }
        }
        let term = history.totals.learner.term.log_odds();
        assert!(is_reached(term), "keeps {keeps}: {term}");
    }
}

#[test]
fn only_answers_on_later_days_to_what_was_missed_are_evidence_that_is_counted() {
    for (answers, counted) in [
        (vec![(1, true), (2, true), (4, true)], 0),
        (vec![(1, false)], 0),
        (vec![(1, false), (1, true)], 0),
        (vec![(1, false), (1, true), (2, true)], 1),
        (vec![(1, false), (2, false), (3, true), (5, true)], 2),
        (vec![(1, true), (3, false), (4, true)], 1),
    ] {
        let history = story(&Model::default(), &answers);
        assert_eq!(history.totals.learner.answers_to_misses, counted, "{answers:?}");
    }
}
