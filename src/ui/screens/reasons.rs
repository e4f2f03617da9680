//! The reasons for a suggestion, in words.

use chrono::NaiveDate;

use crate::ui::text::{and, capitalized, count, date, in_days, months, percent};
use badgedex_domain::advice::{Action, Reason, RunnerUpReason, Suggestion};
use badgedex_domain::catalog::{Catalog, Credential, CredentialId, RenewalWindow, Validity};
use badgedex_domain::money::Fee;

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
        Reason::RenewsExpiring { credential, on, days_left, own_exam_is_gone } => {
            let gone = if *own_exam_is_gone { " Its own exam is no longer offered." } else { "" };
            format!(
                "A pass by {} renews {}, which expires on that day ({} left).{gone}",
                date(*on),
                name(credential),
                count(usize::try_from(*days_left).unwrap_or(0), "day", "days")
            )
        }
        Reason::RenewableWithoutExam { name, fee, from, until } => {
            format!("Without an exam: {}.", without_exam_in_short(name, *fee, *from, *until, today))
        }
        Reason::Expired { on } => format!("It expired on {} and has to be earned again.", date(*on)),
        Reason::Step { number, title, have, needed, .. } if have >= needed => {
            format!("Part of step {number} of {}, {title}, which is done.", catalog.path.len())
        }
        Reason::Step { number, title, have, needed, not_counted } => {
            let names: Vec<String> = not_counted
                .iter()
                .filter_map(|id| catalog.credential(id))
                .map(|c| not_counted_name(c, today))
                .collect();
            let others =
                if names.is_empty() { String::new() } else { format!(" Not counted: {}.", names.join(", ")) };
            format!("Step {number} of {}, {title}: {have} of {needed} done.{others}", catalog.path.len())
        }
        Reason::Mastery { mean, open } => match mean {
            None => "There are no questions about it.".to_owned(),
            Some(mean) if *open == 0 => format!("Mastery {}, every question mastered.", percent(*mean)),
            Some(mean) => {
                format!("Mastery {}, {} to go.", percent(*mean), count(*open, "question", "questions"))
            }
        },
        Reason::NoContent => {
            "You know the facts about it, but no installed pack teaches what its exam asks.".to_owned()
        }
        Reason::RolePrefers { role } => format!("It fits your role, {role}."),
        Reason::RoleFirst { why } => why.clone(),
        Reason::Renews { credentials } => {
            format!("A pass also renews {}.", and(&credentials.iter().map(name).collect::<Vec<_>>()))
        }
        Reason::Fee { fee, proctored } => fee_text(*fee, *proctored),
        Reason::Valid { validity } => validity_text(validity.as_ref(), today),
        Reason::RetiresSoon { last_day, days_left, second_try, first_try_by } => {
            let again = match (second_try, first_try_by) {
                (Some(true), Some(by)) => {
                    format!(" Take it by {}, and a fail leaves time for a second try.", date(*by))
                }
                (Some(true), None) => " A fail leaves time for a second try.".to_owned(),
                (Some(false), _) => " A fail leaves no time for a second try.".to_owned(),
                (None, _) => String::new(),
            };
            format!("The exam ends on {} ({}).{again}", date(*last_day), in_days(*days_left))
        }
        Reason::Worth { valid_until, is_renewable } => {
            let valid = match valid_until {
                Some(day) => format!("A pass on the last day is valid until {}", date(*day)),
                None => "A pass still counts after that".to_owned(),
            };
            let renewed = if *is_renewable { "" } else { ", and nothing will renew it" };
            format!("{valid}{renewed}.")
        }
        Reason::Failed { on, again_from } => {
            format!("You failed it on {}; you can try again from {}.", date(*on), date(*again_from))
        }
        Reason::ExamChanges { code, last_day, next_code, first_day } => {
            let ends = match (code, last_day) {
                (Some(code), Some(day)) => format!("{code} can be taken until {}, ", date(*day)),
                (Some(code), None) => format!("{code} ends, "),
                (None, _) => String::new(),
            };
            format!("The exam changes: {ends}{next_code} from {}.", date(*first_day))
        }
        Reason::Beta { code, fee, languages } => {
            let facts: Vec<String> =
                code.iter().cloned().chain(fee.iter().map(ToString::to_string)).collect();
            let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
            match &languages[..] {
                [] => format!("So far its exam is only a beta{facts}."),
                languages => format!("In {} its exam is a beta{facts}.", and(languages)),
            }
        }
        Reason::Unverified => "Nothing recent confirms that it is still offered.".to_owned(),
        Reason::PartnersOnly => format!(
            "It was last seen as a badge for partners of {}. If you work for one: badgedex set partner yes, else no.",
            catalog.short
        ),
        Reason::PrerequisiteOpen { credential } => format!("You need {} first.", name(credential)),
        Reason::Second(second) => second_text(*second).to_owned(),
    }
}

/// A credential that a step does not count, and why: "STP (not confirmed to be on offer)".
pub fn not_counted_name(credential: &Credential, today: NaiveDate) -> String {
    let why = if credential.is_only_beta(today) { "only a beta" } else { "not confirmed to be on offer" };
    format!("{} ({why})", credential.short)
}

/// "AWS Cloud Quest (free), until 10 January 2027. Finish the game. It is then valid for 3 years from ...".
pub fn without_exam(window: &RenewalWindow, today: NaiveDate) -> String {
    let RenewalWindow { way, from, until } = *window;
    let term = way.months.map_or_else(String::new, |number| {
        format!(" It is then valid for {} from the day you finish.", months(number))
    });
    format!("{}. {}{term}", without_exam_in_short(&way.name, way.fee, from, until, today), way.effort)
}

/// "AWS Cloud Quest (free), until 10 January 2027".
fn without_exam_in_short(
    name: &str,
    fee: Option<Fee>,
    from: Option<NaiveDate>,
    until: NaiveDate,
    today: NaiveDate,
) -> String {
    let fee = fee.map_or_else(|| "fee not known".to_owned(), |fee| fee.to_string());
    let from = from.filter(|from| *from > today);
    let from = from.map_or_else(String::new, |from| format!(" from {}", date(from)));
    // One pair of brackets: "Training (beta, fee not known)".
    let named = match name.strip_suffix(')') {
        Some(open) => format!("{open}, {fee})"),
        None => format!("{name} ({fee})"),
    };
    format!("{named},{from} until {}", date(until))
}

fn fee_text(fee: Option<Fee>, proctored: Option<bool>) -> String {
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
        Some(Validity::Never) => "Never expires.".to_owned(),
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
        RunnerUpReason::RoleFirst => "In your role the first choice comes before this step.",
        RunnerUpReason::LaterStep => "It belongs to a later step.",
        RunnerUpReason::Unverified => "Nothing recent confirms that it is offered.",
        RunnerUpReason::OnlyBeta => "So far its exam is only a beta.",
        RunnerUpReason::PartnersOnly => "It may be for partners only.",
        RunnerUpReason::Prerequisite => "You need another credential first.",
        RunnerUpReason::RetiresFirst => "Its exam ends before you could have studied for it.",
        RunnerUpReason::NotMastered => "You have mastered the first choice already.",
        RunnerUpReason::RolePrefersFirst => "The first choice fits your role better.",
        RunnerUpReason::LessMastery => "You know the first choice better.",
        RunnerUpReason::LaterInCatalog => "It comes later in the catalog.",
    }
}

/// What to do about a suggestion, as the headline says it.
pub fn action(suggestion: &Suggestion) -> &'static str {
    let renews_another = suggestion.reasons.iter().any(|r| matches!(r, Reason::RenewsExpiring { .. }));
    match suggestion.action {
        Action::Renew if renews_another => "Pass it in time: it renews what is about to expire.",
        Action::Sit => "Your exam is booked. Study for it.",
        Action::Renew => "Renew it while it is valid.",
        Action::Retake => "Earn it again.",
        Action::Study => "Study for it.",
        Action::Take => "Take it: you know it, and it is free and not proctored.",
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
