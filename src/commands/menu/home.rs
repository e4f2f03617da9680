//! The figures of the home screen.

use anyhow::Result;

use crate::commands::app_context::AppContext;
use crate::commands::{chance, target};
use crate::ui::screens::home::{Head, Morning, StreakLine, TargetLine};
use crate::ui::screens::reasons;
use crate::ui::text::percent;
use badgedex_domain::badge::Collection;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::comeback::come_back;
use badgedex_domain::period::Offer;

/// Gathers what the home screen shows.
///
/// # Errors
/// The store cannot be read.
pub fn head(app: &AppContext) -> Result<Head> {
    let catalog = app.catalog()?;
    let today = app.clock.today;
    let overview = app.overview()?;
    let record = &app.learner.record;
    let collection = Collection::of(catalog, record, overview, today);
    let short = |id: &CredentialId| {
        app.packs.catalogs.credential(id).map_or_else(|| id.to_string(), |c| c.short.clone())
    };
    let exam = record.next_exam(today).map(|(id, booking)| (short(id), booking.on));
    let valid = record.holdings().filter(|held| held.is_valid(today));
    let expiry = valid.filter_map(|held| Some((held.expires_on()?, short(&held.credential)))).min();
    let streak = app.learner.settings.gamification.then(|| StreakLine {
        streak: overview.streak,
        goal: app.learner.settings.rule_on(overview.day).goal,
        today: overview.days.get(&overview.day).copied().unwrap_or_default(),
    });
    let target = target_line(app)?;
    let morning = record.bookings().find(|(_, booking)| booking.on == today).map(|(id, booking)| Morning {
        name: app.packs.catalogs.credential(id).map_or_else(|| id.to_string(), |c| c.name.clone()),
        place: booking.place.clone(),
    });
    let has_content = target.as_ref().is_some_and(|line| line.mastery.is_some());
    Ok(Head {
        today,
        sitting: overview.sitting.questions.len(),
        due: overview.due,
        new: overview.sitting.new,
        streak,
        memory: overview.memory,
        has_levels: app.learner.settings.gamification,
        come_back: come_back(overview).filter(|_| !has_content),
        seconds_per_question: overview.seconds_per_question(),
        held: collection.badges().filter(|b| b.is_held() && b.offer == Offer::OnOffer).count(),
        obtainable: collection.obtainable,
        exam: exam.filter(|_| target.is_none()),
        expiry: expiry.map(|(day, name)| (name, day)),
        next: if target.is_some() { None } else { Some(suggestion(app)?) },
        target,
        morning,
    })
}

/// The exam whose days are counted, else the target.
fn target_line(app: &AppContext) -> Result<Option<TargetLine>> {
    let next = app.overview()?.sitting.exam.as_ref().map(|exam| &exam.target);
    let Some(target) = next.or(app.learner.settings.target.as_ref()) else { return Ok(None) };
    let view = target::view_of(app, target)?;
    Ok(Some(TargetLine {
        title: view.title(),
        when: view.when(),
        mastery: (view.questions > 0).then(|| view.mastery.mean.unwrap_or(0.0)),
        exam_days: view.exam_days.clone(),
        chance: chance::line(app, target)?,
    }))
}

/// The suggestion in one line.
fn suggestion(app: &AppContext) -> Result<String> {
    let catalog = app.catalog()?;
    let advice = app.advisor(catalog, app.role_in(catalog))?.advise();
    Ok(match advice.suggestion {
        Some(first) => {
            let step = first
                .step
                .map_or_else(String::new, |step| format!(", step {step} of {}", catalog.path.len()));
            let mastery = percent(first.mastery.mean.unwrap_or(0.0));
            format!(
                "{}: mastery {mastery}{step}. {}",
                catalog.card_name(first.credential),
                reasons::action(&first)
            )
        }
        None if advice.complete && !advice.betas.is_empty() => {
            "You hold everything on offer, apart from a beta.".to_owned()
        }
        None if advice.complete => "You hold everything on offer.".to_owned(),
        None => "No step of the path is open.".to_owned(),
    })
}
