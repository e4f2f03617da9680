//! The domains of an exam: which questions belong to each, how much each counts, and in which turn its questions come.
//!
//! The catalog's topics of the credential are its domains. A pack's topic belongs to the domain with its id; questions
//! of other topics are a domain named "other" that counts in proportion to their number. Where the catalog gives no
//! ids, and for a pack of the learner's own, the packs' topics are the domains. Without weights all domains are equal.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::library::Library;
use super::question::{Pack, Question};
use super::target::Target;

/// The id of the domain of questions whose topic is no domain of the exam.
pub const OTHER: &str = "other";
/// All weights together, in percent.
const WHOLE: f64 = 100.0;

/// One domain of an exam, with the questions that teach it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamDomain<'a> {
    /// Unique within the exam.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Percent of the exam; those of all domains sum to 100.
    pub weight: f64,
    /// Whether that weight is stated by the exam guide, not assumed.
    pub is_weight_stated: bool,
    /// Its questions in study, in the order of pack id, file and place.
    pub questions: Vec<&'a Question>,
}

impl ExamDomain<'_> {
    /// Percent of the exam per question of this domain; 0 if it has none.
    pub fn weight_of_question(&self) -> f64 {
        if self.questions.is_empty() { 0.0 } else { self.weight / self.questions.len() as f64 }
    }
}

/// A question of an exam's content, with its place in the exam.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExamQuestion<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its domain, by its place in the exam.
    pub domain: usize,
    /// Its share of the exam, in percent.
    pub weight: f64,
    /// Its turn, above 0 and below 1: new questions in the order of their turns come from all domains in proportion
    /// to their numbers.
    pub turn: f64,
}

/// The domains of an exam.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExamDomains<'a> {
    domains: Vec<ExamDomain<'a>>,
    /// The domain and the place in it of every question, in the order of pack id, file and place.
    places: Vec<(usize, usize)>,
}

/// What is stated of a domain.
struct Stated<'a> {
    id: &'a str,
    title: &'a str,
    weight: Option<f64>,
}

impl<'a> ExamDomains<'a> {
    /// The domains of a target's exam as it is on a day.
    pub fn of(target: &Target, library: &'a Library, day: NaiveDate) -> ExamDomains<'a> {
        let mut packs: Vec<&Pack> = library.packs().iter().filter(|pack| target.is_taught_by(pack)).collect();
        packs.sort_by(|a, b| a.id.cmp(&b.id));
        let stated = stated_by_catalog(target, library, day).unwrap_or_else(|| topics(&packs));
        let by_id: HashMap<&str, usize> =
            stated.iter().enumerate().map(|(place, domain)| (domain.id, place)).collect();
        let other = stated.len();
        let mut questions: Vec<Vec<&Question>> = vec![Vec::new(); stated.len() + 1];
        let mut places = Vec::new();
        let of_pack = |pack: &&'a Pack| {
            let pack = *pack;
            pack.questions.iter().filter(move |question| target.asks(pack, question))
        };
        for question in packs.iter().flat_map(of_pack) {
            let domain = by_id.get(question.topic.as_str()).copied().unwrap_or(other);
            places.push((domain, questions[domain].len()));
            questions[domain].push(question);
        }
        let others = questions.pop().unwrap_or_default();
        let share = others.len() as f64 / places.len().max(1) as f64;
        let weights = weights(stated.iter().map(|domain| domain.weight));
        let is_weight_stated = stated.iter().all(|domain| is_usable(domain.weight));
        let domain = |((domain, weight), questions): ((Stated<'a>, f64), Vec<&'a Question>)| ExamDomain {
            id: domain.id,
            title: domain.title,
            weight: weight * (1.0 - share),
            is_weight_stated,
            questions,
        };
        let mut domains: Vec<ExamDomain> =
            stated.into_iter().zip(weights).zip(questions).map(domain).collect();
        if !others.is_empty() {
            let (weight, questions) = (WHOLE * share, others);
            domains.push(ExamDomain {
                id: OTHER,
                title: "Other",
                weight,
                is_weight_stated: false,
                questions,
            });
        }
        ExamDomains { domains, places }
    }

    /// The domains: in the catalog's order, then "other"; without a catalog in the order of the packs.
    pub fn domains(&self) -> &[ExamDomain<'a>] {
        &self.domains
    }

    /// The place of the domain to which the questions of a topic belong, in study or held back; `None` if there is
    /// none.
    pub fn place_of(&self, topic: &str) -> Option<usize> {
        let place = |id: &str| self.domains.iter().position(|domain| domain.id == id);
        place(topic).or_else(|| place(OTHER))
    }

    /// The questions in study, in the order of pack id, file and place.
    pub fn questions(&self) -> impl Iterator<Item = ExamQuestion<'a>> + '_ {
        self.places.iter().map(|&(domain, place)| {
            let of = &self.domains[domain];
            let turn = (place as f64 + 0.5) / of.questions.len() as f64;
            ExamQuestion { question: of.questions[place], domain, weight: of.weight_of_question(), turn }
        })
    }

    /// The questions in study in their turns: of two with the same turn, the one that counts more is first.
    pub fn by_turn(&self) -> Vec<&'a Question> {
        let mut questions: Vec<ExamQuestion> = self.questions().collect();
        questions.sort_by(|a, b| a.turn.total_cmp(&b.turn).then(b.weight.total_cmp(&a.weight)));
        questions.into_iter().map(|of_exam| of_exam.question).collect()
    }

    /// How many of an exam's questions come from each domain.
    pub fn blueprint(&self, questions: usize) -> Vec<usize> {
        largest_remainder(self.domains.iter().map(|domain| domain.weight), questions)
    }
}

/// The catalog's topics of a credential; `None` if one of them has no id, or there are none.
fn stated_by_catalog<'a>(target: &Target, library: &'a Library, day: NaiveDate) -> Option<Vec<Stated<'a>>> {
    let credential = library.catalogs().credential(target.credential()?)?;
    let stated = credential
        .domains_on(day)
        .iter()
        .map(|domain| Some(Stated { id: domain.id.as_deref()?, title: &domain.name, weight: domain.weight }));
    let stated: Vec<Stated> = stated.collect::<Option<_>>()?;
    (!stated.is_empty()).then_some(stated)
}

/// The topics of packs; one that several packs have is one domain.
fn topics<'a>(packs: &[&'a Pack]) -> Vec<Stated<'a>> {
    let mut stated: Vec<Stated> = Vec::new();
    for topic in packs.iter().flat_map(|pack| &pack.topics) {
        if !stated.iter().any(|domain| domain.id == topic.id) {
            stated.push(Stated { id: &topic.id, title: &topic.name, weight: topic.weight });
        }
    }
    stated
}

/// Weights in percent that sum to 100: in proportion to the stated ones; equal unless all are stated.
pub fn weights(stated: impl Iterator<Item = Option<f64>> + Clone) -> Vec<f64> {
    let is_stated = stated.clone().all(is_usable);
    let weight = |weight: Option<f64>| weight.filter(|_| is_stated).unwrap_or(1.0);
    let total: f64 = stated.clone().map(weight).sum();
    stated.map(|stated| WHOLE * weight(stated) / total).collect()
}

fn is_usable(weight: Option<f64>) -> bool {
    weight.is_some_and(|weight| weight.is_finite() && weight > 0.0)
}

/// Splits a number by weights (Hare and Niemeyer): each gets the whole part of its share; what is left goes to the
/// largest remainders, the first of equal ones.
pub fn largest_remainder(weights: impl Iterator<Item = f64>, number: usize) -> Vec<usize> {
    let weights: Vec<f64> = weights.collect();
    let total: f64 = weights.iter().sum();
    let shares: Vec<f64> = weights.iter().map(|weight| number as f64 * weight / total).collect();
    let mut parts: Vec<usize> = shares.iter().map(|share| share.floor() as usize).collect();
    let left = number.saturating_sub(parts.iter().sum());
    let mut places: Vec<usize> = (0..parts.len()).collect();
    places.sort_by(|a, b| shares[*b].fract().total_cmp(&shares[*a].fract()));
    for place in places.into_iter().take(left) {
        parts[place] += 1;
    }
    parts
}

#[cfg(test)]
mod tests;
