//! What the journal says about the learner, answers apart: credentials, settings, fitted parameters.

use std::collections::BTreeMap;

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::journal::{self, Deed, Event, Passed};
use badgedex_domain::memory::Model;
use badgedex_domain::mock_exam::MockExams;
use badgedex_domain::readiness::RealExam;
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;

/// All that follows from the deeds that hold, without a single question.
#[derive(Default)]
pub struct Learner {
    /// Holdings, bookings, skipped credentials, questions set aside.
    pub record: Record,
    pub settings: Settings,
    /// The memory model, with the learner's own parameters if there are any.
    pub model: Model,
    pub exams: MockExams,
    /// The real exams with their results.
    pub real_exams: BTreeMap<CredentialId, Vec<RealExam>>,
}

impl Learner {
    /// What follows from deeds. A mock exam whose end was undone is one that was left, so retractions are among
    /// them.
    pub fn of(deeds: &[Event], catalogs: &Catalogs) -> Learner {
        let standing = journal::effective(deeds.to_vec());
        Learner {
            record: Record::of(&standing, catalogs),
            settings: Settings::of(&standing),
            model: model(&standing),
            exams: MockExams::of(deeds),
            real_exams: real_exams(&standing),
        }
    }
}

/// The real exams of every credential.
fn real_exams(deeds: &[Event]) -> BTreeMap<CredentialId, Vec<RealExam>> {
    let mut exams = BTreeMap::new();
    for event in deeds {
        let (Deed::Passed(Passed { credential, .. }) | Deed::Failed { credential, .. }) = &event.deed else {
            continue;
        };
        if !exams.contains_key(credential) {
            exams.insert(credential.clone(), RealExam::of(deeds, credential));
        }
    }
    exams
}

/// The model with the last parameters that can be used.
fn model(deeds: &[Event]) -> Model {
    let tuned = deeds.iter().rev().find_map(|event| {
        let Deed::Tuned { parameters } = &event.deed else { return None };
        let parameters: Vec<f32> = parameters.iter().map(|p| *p as f32).collect();
        Model::tuned(&parameters)
    });
    tuned.unwrap_or_default()
}
