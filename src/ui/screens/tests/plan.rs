//! The plan: its columns, its obstacles, and what it says of partners' badges.

use chrono::Days;

use super::{Learner, booked, day, in_every_look, passed, today};
use crate::ui::screens::plan;
use badgedex_domain::advice::Advisor;
use badgedex_domain::exam_days::DayOfStudy;
use badgedex_domain::money::Money;
use badgedex_domain::plan::{PlanRequest, plan as planned};

fn plan_of(learner: &Learner, name: &str, is_partner: Option<bool>, target: Option<&str>, limit: bool) {
    let catalogs = learner.library.catalogs();
    let overview = learner.overview();
    let advisor = Advisor {
        catalog: &catalogs[0],
        catalogs,
        overview: &overview,
        record: &learner.record,
        role: None,
        is_partner,
        today: today(),
    };
    let wanted = PlanRequest {
        target: target.map(|name| catalogs.find_credential(name).unwrap()),
        per_month: limit.then_some(1.0),
        by: limit.then(|| day("2027-06-30")),
        budget: limit.then_some(Money(50_000)),
    };
    let plan = planned(&advisor, &wanted);
    let until_exam = (0..10).map(|after| DayOfStudy {
        on: today() + Days::new(after),
        questions: if after == 5 { 0 } else { 24 - after as usize },
    });
    let study: Vec<DayOfStudy> = until_exam.filter(|_| limit).collect();
    let context = plan::PlanContext {
        catalog: advisor.catalog,
        wanted: &wanted,
        is_partner,
        study: &study,
        mock_exams: if limit { &[day("2026-11-28"), day("2026-12-02")] } else { &[] },
        chances: &[],
        today: today(),
    };
    in_every_look(name, |look| plan::plan(look, &plan, &context));
}

#[test]
fn the_plan_of_a_beginner() {
    plan_of(&Learner::beginner(), "plan_beginner", None, None, false);
}

#[test]
fn the_plan_to_a_target_within_limits() {
    plan_of(&Learner::beginner(), "plan_within_limits", Some(false), Some("sap"), true);
}

#[test]
fn the_plan_with_a_renewal_and_a_booked_exam() {
    let deeds = vec![
        ("2026-01-02", passed("aws-solutions-architect-associate", "2024-01-10")),
        ("2026-01-02", passed("aws-cloud-practitioner", "2024-01-10")),
        ("2026-11-01", booked("aws-advanced-networking-specialty", "2026-12-28")),
    ];
    plan_of(&Learner::new(deeds), "plan_renewal", Some(true), Some("ans"), false);
    let deeds = vec![("2026-01-02", passed("aws-solutions-architect-associate", "2024-01-10"))];
    plan_of(&Learner::new(deeds), "plan_renewal_whole", Some(false), None, false);
}
