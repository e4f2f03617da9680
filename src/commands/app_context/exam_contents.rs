//! The exams whose evidence is gathered together with the history.

use chrono::NaiveDate;

use super::learner::Learner;
use badgedex_domain::domains::ExamDomains;
use badgedex_domain::library::Library;
use badgedex_domain::readiness::ExamContent;
use badgedex_domain::target::{self, Target};

/// The exams ahead, and those that were taken, as far as packs teach what they ask.
pub fn contents<'a>(
    learner: &Learner,
    library: &'a Library,
    today: NaiveDate,
) -> Vec<(Target, ExamContent<'a>)> {
    let ahead = target::exams(&learner.settings, &learner.record, library, today);
    let mut targets: Vec<Target> = ahead.into_iter().map(|exam| exam.target).collect();
    let taken = learner.real_exams.keys().map(|id| Target::Credential(id.clone()));
    for target in taken {
        if !targets.contains(&target) && target.content(library).next().is_some() {
            targets.push(target);
        }
    }
    let with_content = |target: Target| {
        let content = content_of(&target, learner, library, today);
        (target, content)
    };
    targets.into_iter().map(with_content).collect()
}

/// The content of a target's exam.
pub fn content_of<'a>(
    target: &Target,
    learner: &Learner,
    library: &'a Library,
    today: NaiveDate,
) -> ExamContent<'a> {
    let domains = ExamDomains::of(target, library, today);
    let taken = target.credential().and_then(|id| learner.real_exams.get(id)).cloned();
    ExamContent::of(target, library, &domains, &learner.exams, taken.unwrap_or_default())
}
