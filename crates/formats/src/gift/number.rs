//! Numbers: `value:tolerance`, `low..high`, or several of them with points.

use badgedex_domain::question::Kind;

use super::asked::GiftAnswers;
use super::markup::{self, Markup};
use super::{escapes, options};
use crate::excerpt::excerpt;
use crate::kinds;
use crate::reason::Reason;

/// Reads the text after the first `#`. The number with the most points is asked for.
///
/// # Errors
///
/// No number is right, or one cannot be read.
pub fn read(answers: &str, markup: Markup) -> Result<GiftAnswers, Reason> {
    let (answers, others) = escapes::cut(answers, '~');
    let mut answered = GiftAnswers::default();
    let mut best: Option<(f64, Kind)> = None;
    let mut feedback = Vec::new();
    for part in escapes::split(answers, '=').into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let (weight, part) = options::weight(part);
        let weight = weight.unwrap_or(100.0);
        let (text, said) = escapes::cut(part, '#');
        let number = markup::shown(text, Markup::Plain).text;
        // A star matches every other number: only its feedback counts.
        if number == "*" && weight < 100.0 {
            feedback.push((false, String::new(), said));
            continue;
        }
        let kind = kind(&number)?;
        feedback.push((weight >= 100.0, number.clone(), said));
        let is_better = best.as_ref().is_none_or(|(most, _)| weight > *most);
        let left = if is_better { best.replace((weight, kind)) } else { Some((weight, kind)) };
        if left.is_some_and(|(weight, _)| weight > 0.0) {
            answered.warn("of several numbers only the best one is accepted");
        }
    }
    let Some((weight, kind)) = best else { return Err("it has no number".into()) };
    if weight < 100.0 {
        return Err("no number has all of the points".into());
    }
    answered.parts = GiftAnswers::of(kind).parts;
    for (is_right, number, said) in feedback {
        answered.feedback((!is_right && !number.is_empty()).then_some(number.as_str()), said, markup);
    }
    answered.feedback(None, others.and_then(|others| escapes::cut(others, '#').1), markup);
    Ok(answered)
}

fn kind(number: &str) -> Result<Kind, Reason> {
    let value_of = |text: &str| {
        value(text).ok_or_else(|| {
            format!("\"{}\" is not a number", excerpt(if text.is_empty() { number } else { text }))
        })
    };
    if let Some((low, high)) = number.split_once("..").filter(|(low, _)| !low.is_empty()) {
        let (low, high) = (value_of(low.trim())?, value_of(high.trim())?);
        if low > high {
            return Err(format!("its range is the wrong way round: {}", excerpt(number)).into());
        }
        let dust = low.abs().max(high.abs()) * 1e-14;
        let value = rounded(low / 2.0 + high / 2.0, dust);
        return Ok(kinds::number(value, rounded(high - value, dust)));
    }
    let (text, tolerance) = match number.split_once(':') {
        Some((text, tolerance)) => (text, value_of(tolerance.trim())?),
        None => (number, 0.0),
    };
    Ok(kinds::number(value_of(text.trim())?, tolerance))
}

/// A number without the error of binary fractions: the middle of 7.141 and 7.142 is shown as 7.1415.
fn rounded(number: f64, dust: f64) -> f64 {
    let short = format!("{number:.9e}").parse().unwrap_or(number);
    if (short - number).abs() <= dust { short } else { number }
}

/// A number with a point or a comma before its decimals.
fn value(text: &str) -> Option<f64> {
    let is_written = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'-' | b'+' | b'e' | b'E'));
    let one_comma = text.matches(',').count() == 1 && !text.contains('.');
    let text = if one_comma { text.replace(',', ".") } else { text.to_owned() };
    text.parse().ok().filter(|value: &f64| is_written && value.is_finite())
}
