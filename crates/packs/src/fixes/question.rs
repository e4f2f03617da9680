//! Fixes of one question, of the head of a pack, and of a catalog.

use super::context::FixContext;
use super::dates::{Exact, iso};
use super::edits::Edits;
use super::fix::{FixKind, questions};
use super::keys::{self, Bases};
use super::{credentials, layout, texts, wrong_types};
use crate::json::Node;
use crate::slug::is_slug;
use badgedex_domain::period::PartialDate;

/// Days in a catalog, and months where they will do.
const DAYS: [&str; 2] = ["checked", "passed_from"];
const DAYS_OR_MONTHS: [&str; 6] = ["from", "until", "seen", "since", "after", "by"];

/// A catalog's dates lie no deeper.
const MAX_DEPTH: usize = 8;

pub fn fix_head(whole: &Node<'_>, context: &FixContext, edits: &mut Edits) {
    if whole.has_unique_keys() {
        credentials::fix(whole.get("credentials"), context, None, edits);
    }
}

pub fn fix_catalog(whole: &Node<'_>, edits: &mut Edits) {
    fix_dates(whole, MAX_DEPTH, None, edits);
}

fn fix_dates(part: &Node<'_>, depth: usize, item: Option<&str>, edits: &mut Edits) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for item_of_list in part.items().unwrap_or_default() {
        fix_dates(item_of_list, depth, item, edits);
    }
    if !part.has_unique_keys() {
        return;
    }
    let own = part.string_at("id");
    let item = own.as_deref().or(item);
    for member in part.members().unwrap_or_default() {
        if DAYS.iter().any(|name| member.is(name)) {
            fix_day(Some(&member.value), item, edits);
        } else if DAYS_OR_MONTHS.iter().any(|name| member.is(name)) {
            fix_moment(Some(&member.value), item, edits);
        }
        fix_dates(&member.value, depth, item, edits);
    }
}

pub fn fix_file(whole: &Node<'_>, pack: Option<&str>, context: &mut FixContext, edits: &mut Edits) {
    let questions: Vec<&Node<'_>> = questions(whole).iter().filter(|part| part.has_unique_keys()).collect();
    let mut bases = Bases::default();
    questions.iter().for_each(|question| bases.note(question));
    // In a file that names another pack it is not known which of the two is right.
    let pack = pack.filter(|id| is_slug(id) && whole.string_at("pack").as_deref() == Some(id));
    for question in questions {
        let item = fix_id(question, pack, context, edits).or_else(|| question.string_at("id"));
        fix_question(question, &bases, context, item.as_deref(), edits);
    }
}

fn fix_question(
    question: &Node<'_>,
    bases: &Bases,
    context: &FixContext,
    item: Option<&str>,
    edits: &mut Edits,
) {
    fix_stem(question, context, item, edits);
    for (key, list) in ["choices", "items"].map(|key| (key, question.get(key))) {
        list.into_iter().for_each(|list| texts::trim_all(list, key, item, edits));
    }
    for (key, list) in ["accepted", "typed"].map(|key| (key, question.get(key))) {
        list.into_iter().for_each(|list| texts::trim_and_thin(list, key, item, edits));
    }
    wrong_types::fix(question, item, edits);
    match question.string_at("kind").as_deref() {
        Some("true-false") => keys::fix_truth(question, item, edits),
        _ => keys::fix(question, bases, item, edits),
    }
    credentials::fix(question.get("credentials"), context, item, edits);
    fix_day(question.get("checked"), item, edits);
    let changed = question.get("changed").filter(|changed| changed.has_unique_keys());
    fix_moment(changed.and_then(|changed| changed.get("since")), item, edits);
}

/// A stem that without its blanks would be that of another question keeps them.
fn fix_stem(question: &Node<'_>, context: &FixContext, item: Option<&str>, edits: &mut Edits) {
    let Some((stem, said)) = question.get("stem").and_then(|stem| Some((stem, stem.string()?))) else {
        return;
    };
    if context.stems.get(said.trim()).is_none_or(|times| *times < 2) {
        texts::trim(stem, "stem", item, edits);
    }
}

/// Makes an id that is missing and puts an invalid one right; returns the new one.
fn fix_id(
    question: &Node<'_>,
    pack: Option<&str>,
    context: &mut FixContext,
    edits: &mut Edits,
) -> Option<String> {
    let pack = pack?;
    let Some(written) = question.get("id") else {
        let id = context.ids.made(pack, &question.string_at("stem")?)?;
        let first = question.members()?.first()?.key.range().start;
        edits.reported(first..first, member(question, &id), Some(&id), FixKind::IdMade(id.clone()));
        return Some(id);
    };
    let (id, what) = match written.string() {
        Some(from) if !from.trim().is_empty() => {
            let to = context.ids.righted(pack, &from)?;
            (to.clone(), FixKind::IdRighted { from, to })
        }
        None if written.json() != "null" => return None,
        _ => {
            let id = context.ids.made(pack, &question.string_at("stem")?)?;
            (id.clone(), FixKind::IdMade(id))
        }
    };
    edits.reported(written.range(), quoted(&id), Some(&id), what);
    Some(id)
}

/// The id as a first member, with the blanks that the author writes between members.
fn member(question: &Node<'_>, id: &str) -> String {
    let members = question.members().unwrap_or_default();
    let mut between = members.windows(2).map(|two| (&two[0], &two[1]));
    let space = |from: usize, to: usize| layout::tidy(&question.whole()[from..to]);
    let (colon, comma) = match (between.next(), members.first()) {
        (Some((one, two)), _) => (
            space(one.key.range().end, one.value.range().start),
            space(one.value.range().end, two.key.range().start),
        ),
        (None, Some(only)) => (space(only.key.range().end, only.value.range().start), ", ".to_owned()),
        (None, None) => (": ".to_owned(), ", ".to_owned()),
    };
    format!("\"id\"{colon}{}{comma}", quoted(id))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A day that is not written as YYYY-MM-DD.
fn fix_day(part: Option<&Node<'_>>, item: Option<&str>, edits: &mut Edits) {
    fix_date(part, Exact::ToTheDay, item, edits);
}

/// A date that may lack its day.
fn fix_moment(part: Option<&Node<'_>>, item: Option<&str>, edits: &mut Edits) {
    fix_date(part, Exact::ToTheDayOrMonth, item, edits);
}

fn fix_date(part: Option<&Node<'_>>, exact: Exact, item: Option<&str>, edits: &mut Edits) {
    let Some((part, from)) = part.and_then(|part| Some((part, part.string()?))) else { return };
    if from.parse::<PartialDate>().is_ok() {
        return;
    }
    if let Some(to) = iso(&from, exact) {
        edits.reported(part.range(), quoted(&to), item, FixKind::Date { from, to });
    }
}
