//! Answers that only the learner could check, apart from those that the program checked.

use super::predictions::ENOUGH;
use super::words::{counted, number};
use crate::ui::sheet::Sheet;
use crate::ui::text::percent;
use badgedex_domain::history::SelfChecked;

pub fn self_checked(sheet: &mut Sheet, own: &SelfChecked) {
    if own.answers == 0 {
        return;
    }
    sheet.heading("Self-checked", &counted(u64::from(own.answers), "answer", "answers"));
    let known = percent(f64::from(own.known) / f64::from(own.answers));
    let forgot = number(u64::from(own.forgot()));
    let hard = number(u64::from(own.hard));
    sheet.para(format!("By your own word {known} known, {hard} of them with effort; {forgot} forgotten."));
    let calibration = &own.calibration;
    if let Some((predicted, actual)) = calibration.means().filter(|_| calibration.answers >= ENOUGH) {
        let answers = counted(u64::from(calibration.answers), "answer", "answers");
        sheet.para(format!(
            "Over {answers} on later days {} predicted, {} known.",
            percent(predicted),
            percent(actual)
        ));
    }
}
