//! `tune`: fits the memory's parameters to the learner's own answers, and uses them where they predict better.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

use super::app_context::AppContext;
use super::exit::Exit;
use crate::cli::TuneArgs;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::progress_bar::{self, ProgressBar};
use crate::ui::screens;
use badgedex_domain::journal::Deed;
use badgedex_domain::tuning::{self, Fit, Given, Progress, Tuning, TuningVerdict};

/// The bar is redrawn at this interval.
const REDRAW_INTERVAL: Duration = Duration::from_millis(50);

/// Fits the parameters, or goes back to the usual ones.
///
/// # Errors
/// The store cannot be read or written, or the usual parameters are in use already.
pub fn run(app: &mut AppContext, wanted: &TuneArgs) -> Result<Exit> {
    if wanted.reset {
        return reset(app);
    }
    let interrupted = progress_bar::interrupts()?;
    let given = app.answers()?;
    let Some(tuning) = tune(app, &given, &interrupted)? else {
        output::note("left as it was: nothing was recorded")?;
        return Ok(Exit::Interrupted);
    };
    if let TuningVerdict::Better(parameters) = &tuning.verdict
        && !wanted.dry_run
    {
        app.record(vec![deed(parameters)])?;
    }
    app.ui.print(
        || tuning_json(app, &tuning, wanted.dry_run),
        |look| screens::tune::tune(look, &tuning, wanted.dry_run),
    )?;
    let is_too_early =
        matches!(tuning.verdict, TuningVerdict::TooFew { .. } | TuningVerdict::TooFewLater { .. });
    Ok(if is_too_early { Exit::NotDone } else { Exit::Done })
}

/// Fits next to a progress bar; `None` if Ctrl-C ended it.
fn tune(app: &AppContext, given: &[Given], interrupted: &AtomicBool) -> Result<Option<Tuning>> {
    let (model, mut rng, progress) = (&app.learner.model, app.rng(), &Progress::default());
    let is_silent = app.ui.json || given.len() < tuning::MIN_ANSWERS;
    let mut bar = ProgressBar::new(app.ui.look(), "Fitting", is_silent);
    let (sender, done) = mpsc::channel();
    let tuned = thread::scope(|scope| {
        scope.spawn(move || {
            // The receiver is there until this has ended.
            let _ = sender.send(tuning::tune(given, model, &mut rng, progress));
        });
        loop {
            match done.recv_timeout(REDRAW_INTERVAL) {
                Ok(tuned) => return Ok(tuned),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("the fitting broke off")),
            }
            if interrupted.load(Ordering::Relaxed) {
                progress.stop();
            }
            if let Err(error) = bar.show(progress.share()) {
                progress.stop();
                return Err(error);
            }
        }
    })?;
    bar.end()?;
    // Ctrl-C in the last moment counts too: nothing is recorded against the learner's wish.
    Ok(tuned.filter(|_| !interrupted.load(Ordering::Relaxed)))
}

fn reset(app: &mut AppContext) -> Result<Exit> {
    let usual = tuning::default_parameters();
    if app.learner.model.parameters() == usual {
        bail!("the usual parameters are in use already; nothing was recorded");
    }
    app.record(vec![deed(&usual)])?;
    let text = "The usual parameters are used from now on. To take that back: badgedex undo";
    app.ui.tell(&json!({ "format": 1, "today": app.clock.today, "parameters": decimals(&usual) }), text)?;
    Ok(Exit::Done)
}

fn deed(parameters: &[f32]) -> Deed {
    Deed::Tuned { parameters: decimals(parameters) }
}

/// The shortest decimals that mean these numbers.
fn decimals(parameters: &[f32]) -> Vec<f64> {
    parameters.iter().map(|p| p.to_string().parse().unwrap_or(f64::from(*p))).collect()
}

fn tuning_json(app: &AppContext, tuning: &Tuning, is_trial: bool) -> Value {
    let parameters = match &tuning.verdict {
        TuningVerdict::Better(parameters) => Some(decimals(parameters)),
        TuningVerdict::TooFew { .. }
        | TuningVerdict::TooFewLater { .. }
        | TuningVerdict::AllAlike
        | TuningVerdict::NotFitted
        | TuningVerdict::NotBetter
        | TuningVerdict::NoForgetting => None,
    };
    json!({
        "format": 1,
        "today": app.clock.today,
        "answers": tuning.answers,
        "held_out": tuning.held_out,
        "adopted": parameters.is_some() && !is_trial,
        "before": tuning.before.as_ref().map(fit_json),
        "after": tuning.after.as_ref().map(fit_json),
        "parameters": parameters,
        "reason": screens::tune::reason(&tuning.verdict),
    })
}

fn fit_json(fit: &Fit) -> Value {
    json!({ "log_loss": fit.log_loss, "predicted": fit.predicted, "actual": fit.actual })
}
