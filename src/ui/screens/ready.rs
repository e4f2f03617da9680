//! Readiness: the chance to pass on the day of the exam, what it rests on, and where an hour of study brings most.

use chrono::NaiveDate;

use super::chance::{self, Stake};
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, and, count, date, display_width, fit, percent};
use badgedex_domain::readiness::{Cut, DomainReadiness, Gap, Missing, Range, Readiness};

/// The chance from which an exam is worth booking.
pub const ENOUGH: f64 = 0.8;
/// From here on a chance is told as 8 in 10, too.
const ALMOST_ENOUGH: f64 = 0.75;
/// Columns of a domain's name, at most.
const MAX_DOMAIN: usize = 30;
/// Cells of the bar of right answers, at most.
const MAX_BAR: usize = 42;
/// A gain below this is none, as a share.
const MIN_GAIN: f64 = 0.005;
/// A smaller gap between the exam and the questions here, in log odds, is not worth a sentence.
const MIN_GAP: f64 = 0.1;
/// A published share has this spread at most.
const EXACT: f64 = 1e-9;

/// All that the screen shows.
#[derive(Debug, Clone)]
pub struct ReadyView<'a> {
    /// "Cloud Practitioner (CLF-C02)".
    pub title: String,
    /// What commands call the exam: "clf", or "--pack ports".
    pub named: String,
    pub on: NaiveDate,
    pub today: NaiveDate,
    pub readiness: &'a Readiness,
    /// How many questions count.
    pub of: usize,
    pub cut: Cut,
    pub gap: Gap,
    /// The chance if the daily list is worked off until then; `None` if the day is not ahead.
    pub with_plan: Option<f64>,
    /// In the exam's order.
    pub domains: Vec<DomainView<'a>>,
    pub evidence: EvidenceView,
    pub advice: BookingAdvice,
}

/// A domain of the exam.
#[derive(Debug, Clone)]
pub struct DomainView<'a> {
    pub id: &'a str,
    pub title: &'a str,
    /// Percent of the exam.
    pub weight: f64,
    /// On the day of the exam, 0 to 1.
    pub mastery: f64,
    pub first_answers: usize,
    /// Questions in study, and how many of them were answered.
    pub questions: usize,
    pub seen: usize,
    pub told: DomainReadiness,
}

impl DomainView<'_> {
    /// Questions in study whose first answer is still to come.
    fn unseen(&self) -> usize {
        self.questions - self.seen.min(self.questions)
    }
}

/// What the estimate rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EvidenceView {
    /// First answers.
    pub answers: usize,
    pub mock_exams: usize,
    /// Results of real exams that were counted.
    pub results: usize,
    /// By what factor one more mock exam would narrow the range.
    pub narrowed_by_mock_exam: f64,
}

/// Whether to book, to wait or to move.
#[derive(Debug, Clone, PartialEq)]
pub struct BookingAdvice {
    /// What is at stake, if the exam is booked.
    pub stake: Option<Stake>,
    /// The first day on which the chance reaches 8 in 10 at today's pace; `None` if none within half a year does.
    pub enough_from: Option<NaiveDate>,
}

/// The screen: the chance first, then what it is made of; or what is missing to tell it.
pub fn ready(look: &Look, view: &ReadyView) -> String {
    let mut page = Page::new(look);
    page.blank();
    if view.readiness.missing.is_empty() {
        sentence(&mut page, look, view);
        score(&mut page, look, view);
        hours(&mut page, look, view);
        rests_on(&mut page, view);
        booking(&mut page, view);
    } else {
        missing(&mut page, look, view);
    }
    page.done()
}

/// "If nothing changes, you would pass Cloud Practitioner (CLF-C02) on 21 December 2026 with a chance of about 7 in 10."
fn sentence(page: &mut Page, look: &Look, view: &ReadyView) {
    let told = chance::in_words(view.readiness.chance);
    let title = &view.title;
    let text = match view.on > view.today {
        true => {
            format!("As things stand, you would pass {title} on {} with a chance of {told}.", date(view.on))
        }
        false => format!("If you took {title} today, you would pass with a chance of {told}."),
    };
    page.para(look.paint(Tone::Title, &text));
    if let Some(with_plan) = view.with_plan {
        let told = chance::in_words(with_plan);
        page.para(format!("If you work off every day's list until then: {told}, roughly."));
    }
}

/// The range of right answers with the pass mark.
fn score(page: &mut Page, look: &Look, view: &ReadyView) {
    let right = chance::right_of(view.readiness.right, view.of);
    page.blank();
    if look.plain {
        page.para(format!("You would answer {right} right in four of five such exams."));
    } else if look.is_narrow() {
        page.line(bar(look, view, look.width.saturating_sub(6)));
        page.para(format!("{right} right, in four of five such exams."));
    } else {
        page.line(format!("{}  {right} right", bar(look, view, MAX_BAR)));
        page.para("Four of five such exams would end in this range.");
    }
    page.para(pass_mark(view));
}

/// "About 35 are needed to pass (70 %, the mark): the issuer does not publish it."
fn pass_mark(view: &ReadyView) -> String {
    let share = (view.cut.share * 100.0).round();
    let needed = (view.cut.share * view.of as f64 - 1e-9).ceil();
    match view.cut.sd > EXACT {
        true => {
            format!("Passing takes about {needed} ({share} %, more or less: the issuer does not publish it).")
        }
        false => format!("Passing takes {needed} ({share} %)."),
    }
}

/// The range from the lowest to the highest of the likely numbers, its middle, and the pass mark.
fn bar(look: &Look, view: &ReadyView, cells: usize) -> String {
    let place = |share: f64| ((share * (cells - 1) as f64).round() as usize).min(cells - 1);
    let of = view.of.max(1) as f64;
    let (low, high) = view.readiness.right;
    let (low, high) = (place(low / of), place(high / of));
    let (middle, mark) = (place(view.readiness.share.mid), place(view.cut.share));
    let cell = |at: usize| match at {
        _ if at == mark => look.paint(Tone::Warn, look.symbol("┃", "!")).into_owned(),
        _ if at == middle => look.paint(Tone::Accent, look.symbol("●", "o")).into_owned(),
        _ if (low..=high).contains(&at) => look.paint(Tone::Accent, look.symbol("━", "=")).into_owned(),
        0 => look.symbol("├", "[").to_owned(),
        _ if at == cells - 1 => look.symbol("┤", "]").to_owned(),
        _ => look.paint(Tone::Dim, look.symbol("─", "-")).into_owned(),
    };
    (0..cells).map(cell).collect()
}

/// What an hour of practice brings in each domain, the most first.
fn hours(page: &mut Page, look: &Look, view: &ReadyView) {
    page.blank();
    page.title("What one more hour of study brings, and what you would get right");
    let mut domains: Vec<&DomainView> = view.domains.iter().collect();
    domains.sort_by(|a, b| b.told.hour.total_cmp(&a.told.hour));
    let widest = domains.iter().map(|domain| display_width(domain.title)).max().unwrap_or(0);
    let room = if look.is_narrow() { look.width.saturating_sub(4) } else { MAX_DOMAIN };
    for domain in domains {
        let DomainView { title, questions, seen, told, .. } = domain;
        let (gain, share) = (gain(told.hour), range(told.share));
        if look.plain {
            page.para(format!("{title}: {gain}; {share} right, {seen} of {questions} seen"));
        } else if look.is_narrow() {
            page.line(fit(title, widest.min(room)).trim_end());
            page.line(format!("  {gain}, {share}"));
        } else {
            let title = fit(title, widest.min(room));
            page.line(format!("{title}  {gain:<12}  {share}, {seen} of {questions} seen"));
        }
    }
}

/// "+ 6 in 100".
fn gain(hour: f64) -> String {
    match hour {
        hour if hour < MIN_GAIN => "hardly more".to_owned(),
        hour => format!("+ {} in 100", (hour * 100.0).round()),
    }
}

/// "68 % (59 to 76)".
fn range(share: Range) -> String {
    let whole = |share: f64| (share * 100.0).round();
    format!("{} ({} to {})", percent(share.mid), whole(share.low), whole(share.high))
}

/// The evidence, what would sharpen it, and what is assumed.
fn rests_on(page: &mut Page, view: &ReadyView) {
    let EvidenceView { answers, mock_exams, results, narrowed_by_mock_exam } = view.evidence;
    let mut on = vec![count(answers, "first answer", "first answers")];
    on.extend((mock_exams > 0).then(|| count(mock_exams, "mock exam", "mock exams")));
    on.extend((results > 0).then(|| count(results, "real exam", "real exams")));
    page.blank();
    let days = match (view.on - view.today).num_days() {
        ..=0 => String::new(),
        days => format!(", {} before the exam", count(days as usize, "day", "days")),
    };
    let more = if mock_exams == 0 { "A" } else { "Another" };
    let sharper = narrowed(narrowed_by_mock_exam)
        .map_or_else(String::new, |by| format!(" {more} mock exam would narrow the range {by}."));
    page.para(format!("This is based on {}{days}.{sharper}", and(&on)));
    if mock_exams == 0 {
        page.para(
            "Without a mock exam it assumes that practice helps with questions that you have not seen. A mock exam tests this.",
        );
    }
    if results > 0 && view.gap.mean.abs() > MIN_GAP {
        let harder = if view.gap.mean > 0.0 { "harder" } else { "easier" };
        page.para(format!(
            "Your results say that the exam is {harder} than the questions here; the estimate allows for that."
        ));
    }
    page.para("It does not know about luck, nerves, or what you learn elsewhere.");
}

/// "by half"; `None` if it would hardly be narrower.
fn narrowed(factor: f64) -> Option<&'static str> {
    match factor {
        ..0.6 => Some("by half"),
        ..0.72 => Some("by a third"),
        ..0.82 => Some("by a quarter"),
        ..0.92 => Some("a little"),
        _ => None,
    }
}

/// What is at stake, and whether to book now, to wait or to move.
fn booking(page: &mut Page, view: &ReadyView) {
    let stake = view.advice.stake.as_ref();
    if let Some(at_stake) = stake.and_then(|stake| chance::at_stake(stake, view.today)) {
        page.para(at_stake);
    }
    let is_enough = view.with_plan.unwrap_or(view.readiness.chance) >= ENOUGH;
    let text = match (stake, view.advice.enough_from) {
        (Some(_), _) if is_enough => return,
        (None, _) if is_enough => "Worth booking: at today's pace you reach 8 in 10 by that day.".to_owned(),
        (_, None) if view.with_plan.is_some_and(|chance| chance >= ALMOST_ENOUGH) => {
            "A later day would bring little more at today's pace.".to_owned()
        }
        (_, None) => "At today's pace, the chance stays below 8 in 10 for the next half year.".to_owned(),
        (Some(_), Some(day)) => format!("At today's pace, the chance reaches 8 in 10 around {}.", date(day)),
        (None, Some(day)) => {
            format!("Book for {} or later: at today's pace, the chance reaches 8 in 10 then.", date(day))
        }
    };
    page.para(text);
}

/// Why there is no chance to tell, and what is missing.
fn missing(page: &mut Page, look: &Look, view: &ReadyView) {
    let title = look.paint(Tone::Title, &view.title).into_owned();
    page.para(format!("It is too early to tell how likely you are to pass {title}."));
    let answers = view.evidence.answers;
    page.para(format!(
        "Only the first answer to a question shows how you would do in an exam, and {} so far. Still needed:",
        match answers {
            0 => "there are none".to_owned(),
            1 => "there is 1".to_owned(),
            answers => format!("there are {answers}"),
        },
    ));
    page.blank();
    for (domain, answers) in wanted(&view.readiness.missing, &view.domains) {
        let number = count(answers, "new question", "new questions");
        let Some(domain) = domain else {
            page.hanging("- ", format!("{number} of any domain"));
            continue;
        };
        page.hanging("- ", format!("{}: {number}", domain.title));
        if domain.unseen() < answers {
            let left = match domain.unseen() {
                0 => "None is left to study".to_owned(),
                left => format!("Only {left} left to study"),
            };
            page.hanging("  ", format!("{left}: a mock exam, or more questions, can tell."));
        }
    }
    page.blank();
    let step = first_step(&view.readiness.missing, &view.domains);
    let command = match step.and_then(|step| Some((step.topic?, step.answers))) {
        Some((topic, answers)) => format!("badgedex study --topic {topic} --count {answers}"),
        None => "badgedex study".to_owned(),
    };
    page.para(format!("Begin with: {command}"));
    if view.evidence.mock_exams == 0 {
        page.para(format!("A mock exam brings the most evidence at once: badgedex exam {}", view.named));
    }
}

/// The missing answers with which to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstStep {
    /// The domain's id; `None`: any.
    pub topic: Option<String>,
    /// The domain's name.
    pub title: Option<String>,
    pub answers: usize,
}

/// The domains of which answers are missing; if none is, how many of any.
fn wanted<'v, 'a>(
    missing: &[Missing],
    domains: &'v [DomainView<'a>],
) -> Vec<(Option<&'v DomainView<'a>>, usize)> {
    let of = |missing: &Missing| (missing.domain.and_then(|place| domains.get(place)), missing.answers);
    let all: Vec<_> = missing.iter().map(of).collect();
    let by_domain: usize =
        all.iter().filter(|(domain, _)| domain.is_some()).map(|(_, answers)| answers).sum();
    let is_told = |(domain, answers): &(Option<&DomainView>, usize)| domain.is_some() || *answers > by_domain;
    all.into_iter().filter(is_told).collect()
}

/// The missing answers that can be given at once: of the domain of which most are missing; `None` if nothing is
/// missing.
pub fn first_step(missing: &[Missing], domains: &[DomainView]) -> Option<FirstStep> {
    let can_be_given = |(domain, answers): (Option<&DomainView>, usize)| match domain {
        Some(domain) if domain.unseen() == 0 => None,
        Some(domain) => Some(FirstStep {
            topic: Some(domain.id.to_owned()),
            title: Some(domain.title.to_owned()),
            answers: answers.min(domain.unseen()),
        }),
        None => Some(FirstStep { topic: None, title: None, answers }),
    };
    let steps = wanted(missing, domains).into_iter().filter_map(can_be_given);
    steps.max_by_key(|step| (step.topic.is_some(), step.answers))
}
