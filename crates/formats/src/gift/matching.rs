//! Matching: an order if every right side belongs to one left side, otherwise one question per left side.

use std::collections::HashSet;

use badgedex_domain::question::Kind;

use super::asked::{AskedPart, GiftAnswers, one_line};
use super::escapes;
use super::markup::{self, Markup};
use crate::excerpt::excerpt;
use crate::kinds;
use crate::reason::Reason;
use crate::validate::folded;

struct Pair {
    left: String,
    right: String,
}

/// Reads `=left -> right` pairs.
///
/// # Errors
///
/// They do not make a question.
pub fn read(answers: &str, markup: Markup) -> Result<GiftAnswers, Reason> {
    let mut answered = GiftAnswers::default();
    let (mut pairs, mut spare) = (Vec::new(), Vec::new());
    for part in escapes::split(answers, '=').into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let Pair { left, right } = pair(part, markup, &mut answered)?;
        match left.is_empty() {
            true => spare.push(right),
            false => pairs.push(Pair { left, right }),
        }
    }
    let lefts: HashSet<String> = pairs.iter().map(|p| folded(&p.left)).collect();
    if lefts.len() < pairs.len() {
        return Err("two of its left sides are the same".into());
    }
    let rights: HashSet<String> = pairs.iter().map(|p| folded(&p.right)).collect();
    answered.parts = match rights.len() == pairs.len() && spare.is_empty() && pairs.len() > 1 {
        true => vec![order(pairs)],
        false => {
            answered.warn("right sides repeat or are spare: each left side becomes a question of its own");
            one_by_one(&pairs, &spare)?
        }
    };
    Ok(answered)
}

fn pair(part: &str, markup: Markup, answered: &mut GiftAnswers) -> Result<Pair, Reason> {
    let Some((left, right)) = part.split_once("->") else {
        return Err(format!("\"{}\" has no -> and matches nothing", excerpt(part)).into());
    };
    let mut side = |text: &str| -> Result<String, Reason> {
        let shown = markup::shown(text, markup);
        if shown.pictures > 0 {
            answered.warn("a picture is left out");
        }
        match shown.text.is_empty() && shown.pictures > 0 {
            true => Err("one of its sides is a picture, which cannot be shown here".into()),
            false => Ok(one_line(&shown.text)),
        }
    };
    let pair = Pair { left: side(left)?, right: side(right)? };
    match pair.right.is_empty() {
        true => Err(format!("\"{}\" has no right side", excerpt(part)).into()),
        false => Ok(pair),
    }
}

/// Where the left sides are 1, 2, 3 .. they are the places of an order, and need no words.
fn order(mut pairs: Vec<Pair>) -> AskedPart {
    let place = |p: &Pair| p.left.parse::<usize>().ok().filter(|n| *n > 0 && p.left == n.to_string());
    let is_numbered = pairs.iter().all(|p| place(p).is_some_and(|n| n <= pairs.len()));
    if is_numbered {
        pairs.sort_by_key(|p| place(p));
    }
    let asks = (!is_numbered).then(|| {
        let lefts = pairs.iter().enumerate().map(|(at, p)| format!("\n{}. {}", at + 1, p.left));
        format!("Put what belongs to each of these into their order:{}", lefts.collect::<String>())
    });
    let items = pairs.into_iter().map(|p| p.right).collect();
    AskedPart { name: None, asks, kind: Kind::Order { items } }
}

fn one_by_one(pairs: &[Pair], spare: &[String]) -> Result<Vec<AskedPart>, Reason> {
    let mut seen = HashSet::new();
    let all = pairs.iter().map(|p| &p.right).chain(spare);
    let choices: Vec<String> = all.filter(|right| seen.insert(folded(right))).cloned().collect();
    if pairs.is_empty() {
        return Err("it has no left side".into());
    }
    if choices.len() < 2 {
        return Err(match pairs.len() {
            1 => "it has only one pair".into(),
            _ => "all of its right sides are the same".into(),
        });
    }
    let part = |pair: &Pair| {
        let right = folded(&pair.right);
        let key = choices.iter().position(|choice| folded(choice) == right)?;
        Some(AskedPart {
            name: Some(pair.left.clone()),
            asks: Some(format!("What belongs to \"{}\"?", pair.left)),
            kind: kinds::one_of(choices.clone(), key),
        })
    };
    Ok(pairs.iter().filter_map(part).collect())
}
