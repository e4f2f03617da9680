//! The real exams: what was predicted, and what happened.

use crate::ui::screens::chance;
use crate::ui::styled_page::StyledPage;
use crate::ui::text::{count, date, percent};
use badgedex_domain::exam_days::LookBack;
use badgedex_domain::readiness::{Prediction, brier_score};

/// A real exam, by its short name.
#[derive(Debug, Clone, PartialEq)]
pub struct RealExamLine {
    pub short: String,
    pub told: Prediction,
    /// What was forecast, and what was remembered on the day; `None` if too little was known before.
    pub look_back: Option<LookBack>,
}

/// Adds the exams, the earliest first, and from three predictions on how good they were.
pub fn real_exams(page: &mut StyledPage, exams: &[RealExamLine]) {
    if exams.is_empty() {
        return;
    }
    page.heading("Exams", &count(exams.len(), "result", "results"));
    for RealExamLine { short, told, look_back } in exams {
        let result = if told.passed { "passed" } else { "not passed" };
        let predicted = match told.chance {
            Some(chance) => format!("the chance was {}", chance::in_words(chance)),
            None => "too little evidence to predict it".to_owned(),
        };
        page.para(format!("{short}, {}: {result}; {predicted}", date(told.on)));
        if let Some(LookBack { made_on, forecast, known, .. }) = look_back {
            page.para(format!(
                "Forecast on {}: about {} remembered on the day. It was about {}.",
                date(*made_on),
                percent(*forecast),
                percent(*known)
            ));
        }
    }
    let told: Vec<Prediction> = exams.iter().map(|exam| exam.told).collect();
    if let Some(score) = brier_score(&told) {
        page.para(format!(
            "Brier score of these predictions: {score:.2}. 0 is best; to say 5 in 10 every time gets 0.25."
        ));
    }
}
