//! What is lost in a file: every format keeps some parts of a question, and the others are listed.

use badgedex_domain::question::{Kind, Pack, Question};

/// What a question may say besides what it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuestionPart {
    /// Its kind, and with it how its answer is checked: it comes back as a self-checked one.
    Kind,
    /// Its id.
    Id,
    /// Its topic.
    Topic,
    /// Its hint.
    Hint,
    /// Its rationale.
    Rationale,
    /// Its source.
    Source,
    /// When it was compared with its source.
    Checked,
    /// The credentials that it belongs to.
    Credentials,
    /// The facts that it asks about.
    Facts,
    /// What it was called, what it takes the place of, and what the world has changed.
    Past,
    /// Accepted answers of a question with choices.
    Typed,
    /// Accepted answers after the first.
    OtherAnswers,
    /// The unit of a number.
    Unit,
    /// The tolerance of a number.
    Tolerance,
    /// That its choices keep their order.
    FixedOrder,
    /// That the stem does not say how many choices are right.
    HiddenSize,
}

impl QuestionPart {
    /// All parts, in the order in which they are listed.
    pub const ALL: [QuestionPart; 16] = [
        QuestionPart::Kind,
        QuestionPart::Id,
        QuestionPart::Topic,
        QuestionPart::Hint,
        QuestionPart::Rationale,
        QuestionPart::Source,
        QuestionPart::Checked,
        QuestionPart::Credentials,
        QuestionPart::Facts,
        QuestionPart::Past,
        QuestionPart::Typed,
        QuestionPart::OtherAnswers,
        QuestionPart::Unit,
        QuestionPart::Tolerance,
        QuestionPart::FixedOrder,
        QuestionPart::HiddenSize,
    ];

    /// Whether a question says anything there.
    fn is_in(self, question: &Question) -> bool {
        match self {
            QuestionPart::Id | QuestionPart::Topic => true,
            QuestionPart::Kind => !matches!(question.kind, Kind::Reveal { .. }),
            QuestionPart::Hint => question.hint.is_some(),
            QuestionPart::Rationale => question.rationale.is_some(),
            QuestionPart::Source => question.source.is_some(),
            QuestionPart::Checked => question.checked.is_some(),
            QuestionPart::Credentials => !question.credentials.is_empty(),
            QuestionPart::Facts => !question.facts.is_empty(),
            QuestionPart::Past => {
                !question.was.is_empty() || !question.replaces.is_empty() || question.changed.is_some()
            }
            QuestionPart::Typed => matches!(&question.kind, Kind::OneOf { typed, .. } if !typed.is_empty()),
            QuestionPart::OtherAnswers => {
                matches!(&question.kind, Kind::Typed { accepted } if accepted.len() > 1)
            }
            QuestionPart::Unit => matches!(&question.kind, Kind::Number { unit, .. } if !unit.is_empty()),
            QuestionPart::Tolerance => {
                matches!(question.kind, Kind::Number { tolerance, .. } if tolerance > 0.0)
            }
            QuestionPart::FixedOrder => matches!(
                question.kind,
                Kind::OneOf { shuffle: false, .. } | Kind::AnyOf { shuffle: false, .. }
            ),
            QuestionPart::HiddenSize => matches!(question.kind, Kind::AnyOf { size_stated: false, .. }),
        }
    }
}

/// Something that is not in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Loss {
    /// The whole question, for a reason that is the end of a sentence: "since ..".
    Whole(&'static str),
    /// A part of the question.
    Part(QuestionPart),
}

/// A question, or a part of one, that the format cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The question's id.
    pub question: String,
    /// What is missing.
    pub loss: Loss,
}

impl LeftOut {
    /// A question that is not in the file at all.
    pub fn whole(question: &Question, why: &'static str) -> LeftOut {
        LeftOut { question: question.id.as_str().to_owned(), loss: Loss::Whole(why) }
    }

    /// The parts of a question in the file that are not there, as the format keeps only some.
    pub fn parts<'a>(question: &'a Question, kept: &'a [QuestionPart]) -> impl Iterator<Item = LeftOut> + 'a {
        let lost = QuestionPart::ALL.into_iter().filter(|part| !kept.contains(part) && part.is_in(question));
        lost.map(|part| LeftOut { question: question.id.as_str().to_owned(), loss: Loss::Part(part) })
    }
}

/// What only our own format says of a pack as a whole, by its names there.
pub fn of_head(pack: &Pack) -> Vec<&'static str> {
    let has = [
        ("description", !pack.description.is_empty()),
        ("licence", pack.licence.is_some()),
        ("source", pack.source.is_some()),
        ("facts", !pack.facts.is_empty()),
        ("weights of its topics", pack.topics.iter().any(|topic| topic.weight.is_some())),
    ];
    has.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests;
