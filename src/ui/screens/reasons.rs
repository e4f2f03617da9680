//! The reasons for a suggestion, in words.

use chrono::NaiveDate;

use crate::ui::text::{and, capitalized, count, date, in_days, months, percent};
use badgedex_domain::advice::{Action, Reason, RunnerUpReason, Suggestion};
use badgedex_domain::catalog::{Catalog, CredentialId, Validity};

/// One reason as a sentence.
pub fn text(reason: &Reason, catalog: &Catalog, today: NaiveDate) -> String {
    let name = |id: &CredentialId| catalog.credential(id).map_or_else(|| id.to_string(), |c| c.name.clone());
    match reason {
        Reason::Booked { on, days } => format!("The exam is booked for {}, {}.", date(*on), in_days(*days)),
        Reason::Expires { on, days_left } => format!(
            "It is valid until {}: {} left to renew it.",
            date(*on),
            count(usize::try_from(*days_left).unwrap_or(0), "day is", "days are")
        ),
        Reason::Expired { on } => format!("It expired on {} and has to be earned again.", date(*on)),
        Reason::Step { number, title, have, needed } if have >= needed => {
            format!("It belongs to step {number} of {}, {title}, which is done.", catalog.path.len())
        }
        Reason::Step { number, title, have, needed } => {
            format!("Step {number} of {}, {title}: {have} of {needed} done.", catalog.path.len())
        }
        Reason::Mastery { mean, open } => match mean {
            None => "There are no questions about it.".to_owned(),
            Some(mean) if *open == 0 => format!("Mastery {}, nothing open.", percent(*mean)),
            Some(mean) => {
                format!("Mastery {}, {} still open.", percent(*mean), count(*open, "question is", "questions are"))
            }
        },
        Reason::NoContent => {
            "You know the facts about it. Its exam asks more: no installed pack teaches what the exam is about."
                .to_owned()
        }
        Reason::RolePrefers { role } => format!("Your role ({role}) prefers it."),
        Reason::Renews { credentials } => {
            format!("A pass also renews {}.", and(&credentials.iter().map(name).collect::<Vec<_>>()))
        }
        Reason::Fee { fee, proctored } => fee_text(*fee, *proctored),
        Reason::Valid { validity } => validity_text(validity.as_ref(), today),
        Reason::RetiresSoon { last_day, days_left, second_try } => {
            let again = match second_try {
                Some(true) => " A fail leaves time for a second try.",
                Some(false) => " A fail would be the last try.",
                None => "",
            };
            format!("It can be sat only until {} ({}).{again}", date(*last_day), in_days(*days_left))
        }
        Reason::Failed { on, again_from } => {
            format!("The try on {} failed; the next is possible from {} on.", date(*on), date(*again_from))
        }
        Reason::Unverified => "Nothing recent confirms that it is still offered.".to_owned(),
        Reason::PrerequisiteOpen { credential } => format!("It asks for {} first.", name(credential)),
        Reason::Second(second) => second_text(*second).to_owned(),
    }
}

fn fee_text(fee: Option<badgedex_domain::money::Fee>, proctored: Option<bool>) -> String {
    let fee = fee.map_or_else(|| "Fee not known".to_owned(), |fee| capitalized(&fee.to_string()));
    match proctored {
        Some(true) => format!("{fee}, proctored."),
        Some(false) => format!("{fee}, not proctored."),
        None => format!("{fee}."),
    }
}

fn validity_text(validity: Option<&Validity>, today: NaiveDate) -> String {
    match validity {
        None => "How long it is valid is not known.".to_owned(),
        Some(Validity::Never) => "Valid for ever.".to_owned(),
        Some(rules) => match rules.months_on(today) {
            Some(number) => format!("Valid for {}.", months(number)),
            None => "How long it is valid is not known.".to_owned(),
        },
    }
}

fn second_text(second: RunnerUpReason) -> &'static str {
    match second {
        RunnerUpReason::RenewalFirst => "What expires comes first.",
        RunnerUpReason::BookedFirst => "The booked exam comes first.",
        RunnerUpReason::LaterStep => "It belongs to a later step.",
        RunnerUpReason::Unverified => {
            "Nothing recent confirms that it is offered; the first choice is confirmed."
        }
        RunnerUpReason::Prerequisite => "It needs another credential first.",
        RunnerUpReason::NotMastered => "The first choice is mastered already.",
        RunnerUpReason::RolePrefersFirst => "Your role prefers the first choice.",
        RunnerUpReason::LessMastery => "You know less of it than of the first choice.",
        RunnerUpReason::LaterInCatalog => "Nothing sets it apart but the catalog's order.",
    }
}

/// What to do about a suggestion, as the headline says it.
pub fn action(suggestion: &Suggestion) -> &'static str {
    match suggestion.action {
        Action::Sit => "Sit the exam that is booked.",
        Action::Renew => "Renew it while it is valid.",
        Action::Retake => "Earn it again.",
        Action::Study => "Study for it.",
        Action::Take => "Take it: you know it, it is free and nobody watches.",
        Action::Prepare => "Prepare for its exam.",
        Action::Book => "Book it: you know it.",
    }
}

/// The command that starts an action.
pub fn command(suggestion: &Suggestion) -> String {
    let short = suggestion.credential.short.to_lowercase();
    match suggestion.action {
        Action::Study | Action::Sit | Action::Retake => format!("badgedex study --credential {short}"),
        Action::Take => format!("badgedex pass {short}"),
        Action::Prepare => format!("badgedex badges {short}"),
        Action::Book | Action::Renew => format!("badgedex schedule {short} --on DATE"),
    }
}
