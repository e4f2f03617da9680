//! The reasons for a suggestion, in words.

use chrono::NaiveDate;

use crate::ui::text::{and, capitalized, count, date, in_days, months, percent};
use badgedex_domain::advice::{Action, Reason, RunnerUpReason, Suggestion};
use badgedex_domain::catalog::{Catalog, CredentialId, RenewalWindow, Validity};
use badgedex_domain::money::{Fee, Money};

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
                "A pass by {} renews {}, which then expires ({} left).{gone}",
                date(*on),
                name(credential),
                count(usize::try_from(*days_left).unwrap_or(0), "day", "days")
            )
        }
        Reason::RenewableWithoutExam { name, fee, from, until } => {
            format!("Without an exam: {}.", without_exam_in_short(name, *fee, *from, *until, today))
        }
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
        Reason::RoleFirst { why } => why.clone(),
        Reason::Renews { credentials } => {
            format!("A pass also renews {}.", and(&credentials.iter().map(name).collect::<Vec<_>>()))
        }
        Reason::Fee { fee, proctored } => fee_text(*fee, *proctored),
        Reason::Valid { validity } => validity_text(validity.as_ref(), today),
        Reason::RetiresSoon { last_day, days_left, second_try, first_try_by } => {
            let again = match (second_try, first_try_by) {
                (Some(true), Some(by)) => format!(
                    " A fail leaves time for a second try if the first is on {} or earlier.",
                    date(*by)
                ),
                (Some(true), None) => " A fail leaves time for a second try.".to_owned(),
                (Some(false), _) => " A fail would be the last try.".to_owned(),
                (None, _) => String::new(),
            };
            format!("The exam ends on {} ({}).{again}", date(*last_day), in_days(*days_left))
        }
        Reason::Worth { valid_until, is_renewable } => {
            let valid = match valid_until {
                Some(day) => format!("A pass on the last day is valid until {}", date(*day)),
                None => "A pass on the last day keeps its value".to_owned(),
            };
            let renewed = if *is_renewable { "" } else { ", and nothing will renew it" };
            format!("{valid}{renewed}.")
        }
        Reason::Failed { on, again_from } => {
            format!("The try on {} failed; the next is possible from {} on.", date(*on), date(*again_from))
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
            "It was last seen as a badge for partners of {}. Are you one? badgedex set partner yes, or no.",
            catalog.short
        ),
        Reason::PrerequisiteOpen { credential } => format!("It asks for {} first.", name(credential)),
        Reason::Second(second) => second_text(*second).to_owned(),
    }
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
    let fee = match fee {
        Some(fee) if fee.amount == Money(0) => "free".to_owned(),
        Some(fee) => fee.to_string(),
        None => "fee not known".to_owned(),
    };
    let from = from.filter(|from| *from > today);
    let from = from.map_or_else(String::new, |from| format!(" from {}", date(from)));
    format!("{name} ({fee}),{from} until {}", date(until))
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
        Some(Validity::Never) => "It never expires.".to_owned(),
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
        RunnerUpReason::RoleFirst => "Your role takes the first choice before this step.",
        RunnerUpReason::LaterStep => "It belongs to a later step.",
        RunnerUpReason::Unverified => {
            "Nothing recent confirms that it is offered; the first choice is confirmed."
        }
        RunnerUpReason::OnlyBeta => "So far its exam is only a beta.",
        RunnerUpReason::PartnersOnly => "It may be for partners only; the first choice is open to everybody.",
        RunnerUpReason::Prerequisite => "It needs another credential first.",
        RunnerUpReason::RetiresFirst => "Its exam ends before you could have studied for it.",
        RunnerUpReason::NotMastered => "The first choice is mastered already.",
        RunnerUpReason::RolePrefersFirst => "Your role prefers the first choice.",
        RunnerUpReason::LessMastery => "You know less of it than of the first choice.",
        RunnerUpReason::LaterInCatalog => "Nothing sets it apart but the catalog's order.",
    }
}

/// What to do about a suggestion, as the headline says it.
pub fn action(suggestion: &Suggestion) -> &'static str {
    let renews_another = suggestion.reasons.iter().any(|r| matches!(r, Reason::RenewsExpiring { .. }));
    match suggestion.action {
        Action::Renew if renews_another => "Pass it in time: it renews what expires.",
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
