//! The cheapest exams that keep a set of credentials valid.

use super::*;
use crate::fixture::*;

/// Short names of the exams, sorted, and the sum in whole dollars.
fn cheapest_for(learner: &Learner, chosen: &[&str]) -> (Vec<String>, i64, Vec<String>) {
    let catalogs = catalogs();
    let chosen: Vec<&Credential> =
        chosen.iter().map(|name| catalogs.credential(&id(name)).unwrap()).collect();
    let plan = cheapest(&catalogs[0], &learner.record(), &chosen, learner.today);
    let mut exams: Vec<String> = plan.exams.iter().map(|(exam, _)| exam.short.clone()).collect();
    exams.sort_unstable();
    let left = plan.not_renewable.iter().map(|c| c.short.clone()).collect();
    assert!(!plan.fee_unknown);
    (exams, plan.total.0 / 100, left)
}

#[test]
fn the_fewest_exams_and_then_the_least_money_renew_a_set() {
    let builder = Learner::on(TODAY).holding(&[BUILDER]);
    let nobody = Learner::on(TODAY);
    for (learner, chosen, exams, total) in [
        (&builder, vec![], vec![], 0),
        (&builder, vec![BASICS], vec!["BAS"], 100),
        (&builder, vec![BUILDER], vec!["BLD"], 150),
        (&builder, vec![BASICS, BUILDER], vec!["BLD"], 150),
        (&builder, vec![BUILDER, CODER], vec!["ARC"], 300),
        (&builder, vec![BASICS, BUILDER, CODER, KEEPER], vec!["ARC"], 300),
        (&builder, vec![BASICS, NETWORK], vec!["BAS", "NET"], 400),
        (&builder, vec![KEEPER], vec!["OPE"], 150),
        // The professional exam needs a pass that is not there.
        (&nobody, vec![BUILDER, CODER], vec!["BLD", "COD"], 300),
        (&builder.clone().skipping(&[ARCHITECT]), vec![BUILDER, CODER], vec!["BLD", "COD"], 300),
    ] {
        let (found, sum, left) = cheapest_for(learner, &chosen);
        assert_eq!((found, sum), (exams.into_iter().map(str::to_owned).collect(), total), "{chosen:?}");
        assert_eq!(left, Vec::<String>::new());
    }
}

#[test]
fn what_no_exam_on_offer_renews_is_named_and_costs_nothing() {
    let (exams, total, left) = cheapest_for(&Learner::on(TODAY), &[LEGACY, BASICS]);
    assert_eq!((exams, total, left), (vec!["BAS".to_owned()], 100, vec!["LEG".to_owned()]));
}
