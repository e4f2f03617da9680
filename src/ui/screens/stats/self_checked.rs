//! Self-checked answers, apart from those that the program checked.

use super::calibration::MIN_ANSWERS;
use super::numbers::{counted, number};
use crate::ui::styled_page::StyledPage;
use crate::ui::text::percent;
use badgedex_domain::history::SelfChecked;

/// Adds what the learner said of self-checked answers.
pub fn self_checked(page: &mut StyledPage, own: &SelfChecked) {
    if own.answers == 0 {
        return;
    }
    page.heading("Self-checked", &counted(u64::from(own.answers), "answer", "answers"));
    let known = percent(f64::from(own.known) / f64::from(own.answers));
    let forgot = number(u64::from(own.forgot()));
    let hard = number(u64::from(own.hard));
    page.para(format!("By your own word {known} known, {hard} of them with effort; {forgot} forgotten."));
    let calibration = &own.calibration;
    if let Some((predicted, actual)) = calibration.means().filter(|_| calibration.answers >= MIN_ANSWERS) {
        let answers = counted(u64::from(calibration.answers), "answer", "answers");
        page.para(format!(
            "Over {answers} on later days {} predicted, {} known.",
            percent(predicted),
            percent(actual)
        ));
    }
}
