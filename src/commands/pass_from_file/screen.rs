//! A badge file on the screen: what was recognized, what is known, what is left out and why.

use super::intake::{BadgeRemark, Intake, OpenQuestion, ReadyBadge, WhyLeftOut};
use crate::ui::look::Look;
use crate::ui::text::{Page, count, date};
use badgedex_domain::catalog::Expires;
use badgedex_proofs::BadgeWarning;

/// The whole file. `format` names how it is written.
pub fn screen(look: &Look, format: &str, intake: &Intake) -> String {
    let Intake { ready, known, left_out } = intake;
    let mut page = Page::new(look);
    page.blank();
    page.para(format!(
        "{format}: {} recognized, {} known already, {} left out",
        ready.len(),
        known.len(),
        left_out.len()
    ));
    for badge in ready {
        ready_badge(&mut page, look, badge);
    }
    for name in known {
        page.hanging("= ", format!("{name}: known already"));
    }
    for one in left_out {
        page.hanging("- ", format!("{}: {}", one.name, why_left_out(&one.why)));
    }
    page.done()
}

fn ready_badge(page: &mut Page, look: &Look, badge: &ReadyBadge) {
    let until = match badge.passed.expires {
        Some(Expires::On(day)) => format!(", until {}", date(day)),
        Some(Expires::Never) => ", never expires".to_owned(),
        None => String::new(),
    };
    let mark = if badge.open.is_empty() { look.symbol("✔ ", "+ ") } else { "? " };
    page.hanging(mark, format!("{}, {}{until}", badge.name, date(badge.passed.on)));
    for remark in &badge.remarks {
        page.hanging("    ", remark_words(remark));
    }
    for question in &badge.open {
        page.hanging("    ", open_question(question));
    }
}

fn remark_words(remark: &BadgeRemark) -> String {
    match remark {
        BadgeRemark::FromFile(doubt) => doubt.to_string(),
        BadgeRemark::Repeated(times) => {
            format!("it is in the file {}; the last to expire counts", count(*times, "time", "times"))
        }
    }
}

/// Why a badge is not recorded without asking.
pub fn open_question(question: &OpenQuestion) -> String {
    match question {
        OpenQuestion::FromFile(doubt) => doubt.to_string(),
        OpenQuestion::NotYetOffered(on) => format!("it was not offered yet on {}", date(*on)),
        OpenQuestion::NoLongerOffered(on) => format!("it was no longer offered on {}", date(*on)),
    }
}

/// Why a badge is left out.
pub fn why_left_out(why: &WhyLeftOut) -> String {
    match why {
        WhyLeftOut::Unreadable(problem) => problem.clone(),
        WhyLeftOut::Unnamed(doubts) => format!("{}; record it with: badgedex pass", joined(doubts)),
        WhyLeftOut::NotACredential(because) => format!("no credential: {because}"),
        WhyLeftOut::InNoCatalog(nearest) if nearest.is_empty() => "no catalog has it".to_owned(),
        WhyLeftOut::InNoCatalog(nearest) => {
            format!("no catalog has it; the nearest: {}", nearest.join(", "))
        }
        WhyLeftOut::Undated(doubts) => joined(doubts),
        WhyLeftOut::StillToCome(on) => format!("{} is in the future", date(*on)),
        WhyLeftOut::NotAgreed => "nothing is recorded unasked: say --yes".to_owned(),
        WhyLeftOut::Unanswered => "only you can say; record it with: badgedex pass".to_owned(),
    }
}

fn joined(doubts: &[BadgeWarning]) -> String {
    doubts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
