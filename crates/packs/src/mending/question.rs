//! One question, the head of a pack or a catalog: what of it is written amiss.

use super::dates::{Exact, iso};
use super::keys::{self, Bases};
use super::splice::Splices;
use super::{Around, What, credentials, layout, questions_of, shapes, texts};
use crate::parts::{Object, Part};
use crate::slug::is_slug;
use badgedex_domain::period::PartialDate;

/// Days in a catalog, and months where they will do.
const DAYS: [&str; 2] = ["checked", "passed_from"];
const DAYS_OR_MONTHS: [&str; 6] = ["from", "until", "seen", "since", "after", "by"];

/// A catalog's dates lie no deeper.
const DEEPEST: usize = 8;

pub fn mend_head(whole: Part<'_>, around: &Around, splices: &mut Splices) {
    let head = Object::of(whole);
    credentials::mend(head.and_then(|head| head.get("credentials")), around, None, splices);
}

pub fn mend_catalog(whole: Part<'_>, splices: &mut Splices) {
    mend_dates(whole, DEEPEST, None, splices);
}

fn mend_dates(part: Part<'_>, depth: usize, item: Option<&str>, splices: &mut Splices) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for item_of_list in part.items().into_iter().flatten() {
        mend_dates(item_of_list, depth, item, splices);
    }
    let Some(object) = Object::of(part) else { return };
    let own = object.string("id");
    let item = own.as_deref().or(item);
    for member in &object.members {
        match member.name.as_str() {
            name if DAYS.contains(&name) => mend_day(Some(member.value), item, splices),
            name if DAYS_OR_MONTHS.contains(&name) => mend_moment(Some(member.value), item, splices),
            _ => {}
        }
        mend_dates(member.value, depth, item, splices);
    }
}

pub fn mend_file(whole: Part<'_>, pack: Option<&str>, around: &mut Around, splices: &mut Splices) {
    let Some(file) = Object::of(whole) else { return };
    let questions = questions_of(&file);
    let mut bases = Bases::default();
    questions.iter().filter_map(|part| Object::of(*part)).for_each(|question| bases.note(&question));
    // In a file of another pack nobody knows which of the two is right.
    let pack = pack.filter(|id| is_slug(id) && file.string("pack").as_deref() == Some(id));
    for question in questions.into_iter().filter_map(Object::of) {
        let item = mend_id(&question, pack, around, splices).or_else(|| question.string("id"));
        mend_question(&question, &bases, around, item.as_deref(), splices);
    }
}

fn mend_question(
    question: &Object<'_>,
    bases: &Bases,
    around: &Around,
    item: Option<&str>,
    splices: &mut Splices,
) {
    mend_stem(question, around, item, splices);
    for (key, list) in ["choices", "items"].map(|key| (key, question.get(key))) {
        list.into_iter().for_each(|list| texts::trim_all(list, key, item, splices));
    }
    for (key, list) in ["accepted", "typed"].map(|key| (key, question.get(key))) {
        list.into_iter().for_each(|list| texts::trim_and_thin(list, key, item, splices));
    }
    shapes::mend(question, item, splices);
    match question.string("kind").as_deref() {
        Some("true-false") => keys::mend_truth(question, item, splices),
        _ => keys::mend(question, bases, item, splices),
    }
    credentials::mend(question.get("credentials"), around, item, splices);
    mend_day(question.get("checked"), item, splices);
    let changed = question.get("changed").and_then(Object::of);
    mend_moment(changed.and_then(|changed| changed.get("since")), item, splices);
}

/// A stem that without its blanks would be that of another question keeps them.
fn mend_stem(question: &Object<'_>, around: &Around, item: Option<&str>, splices: &mut Splices) {
    let Some((stem, said)) = question.get("stem").and_then(|stem| Some((stem, stem.string()?))) else {
        return;
    };
    if around.stems.get(said.trim()).is_none_or(|times| *times < 2) {
        texts::trim(stem, "stem", item, splices);
    }
}

/// Makes an id that is missing and puts an invalid one right; returns the new one.
fn mend_id(
    question: &Object<'_>,
    pack: Option<&str>,
    around: &mut Around,
    splices: &mut Splices,
) -> Option<String> {
    let pack = pack?;
    let Some(written) = question.get("id") else {
        let id = around.ids.made(pack, &question.string("stem")?)?;
        let first = question.members.first()?.key.range().start;
        splices.told(first..first, member(question, &id), Some(&id), What::IdMade(id.clone()));
        return Some(id);
    };
    let (id, what) = match written.string() {
        Some(from) if !from.trim().is_empty() => {
            let to = around.ids.righted(pack, &from)?;
            (to.clone(), What::IdRighted { from, to })
        }
        None if written.text() != "null" => return None,
        _ => {
            let id = around.ids.made(pack, &question.string("stem")?)?;
            (id.clone(), What::IdMade(id))
        }
    };
    splices.told(written.range(), quoted(&id), Some(&id), what);
    Some(id)
}

/// The id as a first member, with the blanks that the author writes between members.
fn member(question: &Object<'_>, id: &str) -> String {
    let mut between = question.members.windows(2).map(|two| (&two[0], &two[1]));
    let space = |from: usize, to: usize| layout::tidy(&question.whole()[from..to]);
    let (colon, comma) = match (between.next(), question.members.first()) {
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
fn mend_day(part: Option<Part<'_>>, item: Option<&str>, splices: &mut Splices) {
    mend_date(part, Exact::ToTheDay, item, splices);
}

/// A date that may lack its day.
fn mend_moment(part: Option<Part<'_>>, item: Option<&str>, splices: &mut Splices) {
    mend_date(part, Exact::ToTheDayOrMonth, item, splices);
}

fn mend_date(part: Option<Part<'_>>, exact: Exact, item: Option<&str>, splices: &mut Splices) {
    let Some((part, from)) = part.and_then(|part| Some((part, part.string()?))) else { return };
    if from.parse::<PartialDate>().is_ok() {
        return;
    }
    if let Some(to) = iso(&from, exact) {
        splices.told(part.range(), quoted(&to), item, What::Date { from, to });
    }
}
