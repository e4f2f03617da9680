//! The first run after an upgrade to another model of memory: everything is folded anew, and what changed is told once.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::app_context::AppContext;
use crate::ui::output;
use crate::ui::progress_bar::ProgressBar;
use crate::ui::text::count;

/// Work of up to this time needs no bar.
const MAX_WAIT_WITHOUT_BAR: Duration = Duration::from_secs(1);

/// Tells, once, how many questions are due earlier than by the first edition of the model, if that was in use here.
/// A script is told nothing: the next person is.
///
/// # Errors
/// The store cannot be read, or standard error is closed.
pub fn run(app: &AppContext) -> Result<()> {
    if app.ui.json || !app.is_after_first_edition() {
        return Ok(());
    }
    let (started, bar) =
        (Instant::now(), RefCell::new(ProgressBar::new(app.ui.look(), "Recalculating", false)));
    let earlier = app.due_earlier(|share| {
        if started.elapsed() > MAX_WAIT_WITHOUT_BAR {
            // A bar that cannot be drawn does not stop the work.
            let _ = bar.borrow_mut().show(share);
        }
    })?;
    bar.into_inner().end()?;
    if let Some(told) = told(earlier) {
        output::note(&told)?;
    }
    app.forget_first_edition();
    Ok(())
}

/// What changed, in a sentence; `None` if nothing is due earlier.
fn told(earlier: usize) -> Option<String> {
    let questions = count(earlier, "question is", "questions are");
    let what = "Your program now also allows for answers that were not learned";
    (earlier > 0).then(|| format!("{what}: {questions} due earlier."))
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn what_is_due_earlier_is_said_in_one_sentence_and_nothing_if_nothing_is() {
        let told_of = |questions: &str| {
            Some(format!(
                "Your program now also allows for answers that were not learned: {questions} due earlier."
            ))
        };
        assert_eq!(told(0), None);
        assert_eq!(told(1), told_of("1 question is"));
        assert_eq!(told(14), told_of("14 questions are"));
    }
}
