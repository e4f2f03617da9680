//! The result of `tune`: the memory's parameters fitted to the learner, or why not.

use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, count, percent};
use badgedex_domain::tuning::{Fit, MIN_ANSWERS, Tuning, TuningVerdict};

/// `is_trial`: nothing is recorded.
pub fn tune(look: &Look, tuning: &Tuning, is_trial: bool) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(headline(&tuning.verdict));
    if let Some(before) = &tuning.before
        && tuning.after.is_some()
    {
        let held_out = count(tuning.held_out, "answer", "answers");
        page.para(format!("Judged by your last {held_out} on later days, which the fitting did not see:"));
        page.blank();
        figures(&mut page, look, "Before", before);
        if let Some(after) = &tuning.after {
            figures(&mut page, look, "After", after);
        }
        page.blank();
        page.para("Surprise is how far a chance was from what came, on average (log loss): less is better.");
        page.blank();
    }
    page.para(reason(&tuning.verdict));
    if let TuningVerdict::Better(_) = tuning.verdict {
        page.para(match is_trial {
            true => "Nothing was recorded. To use them: badgedex tune",
            false => "They are used from now on. To take them back: badgedex undo, or badgedex tune --reset",
        });
    }
    page.done()
}

fn headline(verdict: &TuningVerdict) -> &'static str {
    match verdict {
        TuningVerdict::Better(_) => "The memory's parameters, fitted to you",
        TuningVerdict::TooFew { .. } | TuningVerdict::TooFewLater { .. } => "Too early to fit",
        TuningVerdict::AllAlike
        | TuningVerdict::NotFitted
        | TuningVerdict::NotBetter
        | TuningVerdict::NoForgetting => "The parameters stay as they are",
    }
}

fn figures(page: &mut Page, look: &Look, when: &str, fit: &Fit) {
    let Fit { log_loss, predicted, actual } = fit;
    let (predicted, actual) = (percent(*predicted), percent(*actual));
    let told = format!("predicted {predicted} right, {actual} were; surprise {log_loss:.3}");
    page.hanging(&format!("{} ", look.paint(Tone::Accent, &format!("{when:6}"))), told);
}

/// The reason for the verdict, in a sentence or two.
pub fn reason(verdict: &TuningVerdict) -> String {
    match verdict {
        TuningVerdict::Better(_) => {
            "The fitted parameters predict your answers better, by more than chance.".to_owned()
        }
        TuningVerdict::TooFew { missing } => {
            format!(
                "It takes {MIN_ANSWERS} answers to fit the memory's parameters to you: {missing} more to go."
            )
        }
        TuningVerdict::TooFewLater { missing } => format!(
            "Too little was asked again on a later day lately: {} to go before fitted parameters can be judged.",
            count(*missing, "such answer", "such answers")
        ),
        TuningVerdict::AllAlike => {
            "Your answers are all right, or all wrong: they do not show how you forget.".to_owned()
        }
        TuningVerdict::NotFitted => "No usable parameters come of your answers.".to_owned(),
        TuningVerdict::NotBetter => "The present parameters predict your answers as well.".to_owned(),
        TuningVerdict::NoForgetting => {
            "Whether you were right hardly depended on how long ago you last saw a question.".to_owned()
        }
    }
}
