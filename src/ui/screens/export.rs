//! What an exported file leaves out, in words: a sentence for each set of questions.

use crate::ui::text::{and, count};
use badgedex_domain::question::Pack;
use badgedex_formats::write::{LeftOut, Loss, QuestionPart};

/// At most this many questions are named in one sentence; `--json` names all.
const MAX_NAMED: usize = 5;

/// All that is left out, of the questions and of the pack's head; `None` if nothing is.
pub fn left_out(pack: &Pack, left_out: &[LeftOut], of_head: &[&str]) -> Option<String> {
    let groups = by_loss(left_out);
    let mut lines: Vec<String> = Vec::new();
    for (place, (loss, questions)) in groups.iter().enumerate() {
        if let Loss::Part(part) = loss
            && let Words::Noun(..) = words(*part)
        {
            // Parts that the same questions lose are told together, with the first of them.
            let is_same = |other: &&(Loss, Vec<&str>)| is_noun(other.0) && other.1 == *questions;
            if groups[..place].iter().any(|other| is_same(&other)) {
                continue;
            }
            let parts: Vec<Loss> = groups[place..].iter().filter(is_same).map(|group| group.0).collect();
            lines.push(sentence(pack, questions, &lose(questions.len(), &parts)));
        } else {
            lines.push(sentence(pack, questions, &deed(questions.len(), *loss)));
        }
    }
    if !of_head.is_empty() {
        let parts: Vec<String> = of_head.iter().map(|part| (*part).to_owned()).collect();
        lines.push(format!("the pack itself loses its {}", and(&parts)));
    }
    let text = lines.iter().map(|line| format!("\n  {line}")).collect::<String>();
    (!lines.is_empty()).then(|| format!("not all of the pack {} can be said in this format:{text}", pack.id))
}

/// What is left out of one question, as a sentence about it.
pub fn of_one(one: &LeftOut) -> String {
    match one.loss {
        Loss::Part(part) if is_noun(one.loss) => format!("it loses its {}", noun(part, 1)),
        loss => format!("it {}", deed(1, loss)),
    }
}

/// The questions of each loss, losses in their order.
fn by_loss(left_out: &[LeftOut]) -> Vec<(Loss, Vec<&str>)> {
    let mut groups = std::collections::BTreeMap::<Loss, Vec<&str>>::new();
    for one in left_out {
        groups.entry(one.loss).or_default().push(&one.question);
    }
    groups.into_iter().collect()
}

/// "3 questions lose their hints: a, b, c".
fn sentence(pack: &Pack, questions: &[&str], says: &str) -> String {
    let number = questions.len();
    if number > 1 && number == pack.questions.len() {
        return format!("all {number} questions {says}");
    }
    let named = questions[..number.min(MAX_NAMED)].join(", ");
    let more = match number.saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{} {says}: {named}{more}", count(number, "question", "questions"))
}

fn lose(number: usize, losses: &[Loss]) -> String {
    let parts = losses.iter().filter_map(|loss| match loss {
        Loss::Part(part) => Some(noun(*part, number).to_owned()),
        Loss::Whole(_) => None,
    });
    let whose = if number == 1 { "loses its" } else { "lose their" };
    format!("{whose} {}", and(&parts.collect::<Vec<_>>()))
}

/// What happens to a question, for a loss that is not told as "loses its ...".
fn deed(number: usize, loss: Loss) -> String {
    match loss {
        Loss::Whole(why) => format!("{} not in the file, {why}", if number == 1 { "is" } else { "are" }),
        Loss::Part(part) => match words(part) {
            Words::Verb(one, many) | Words::Noun(one, many) => {
                if number == 1 { one } else { many }.to_owned()
            }
        },
    }
}

fn is_noun(loss: Loss) -> bool {
    matches!(loss, Loss::Part(part) if matches!(words(part), Words::Noun(..)))
}

fn noun(part: QuestionPart, number: usize) -> &'static str {
    let (Words::Noun(one, many) | Words::Verb(one, many)) = words(part);
    if number == 1 { one } else { many }
}

/// How a loss is told, for one question and for several: as a thing that is lost, or as what happens to the
/// question.
enum Words {
    Noun(&'static str, &'static str),
    Verb(&'static str, &'static str),
}

fn words(part: QuestionPart) -> Words {
    match part {
        QuestionPart::Kind => {
            Words::Verb("comes back as a self-checked one", "come back as self-checked ones")
        }
        QuestionPart::FixedOrder => {
            Words::Verb("comes back with its choices shuffled", "come back with their choices shuffled")
        }
        QuestionPart::HiddenSize => {
            Words::Verb("will say how many choices are right", "will say how many choices are right")
        }
        QuestionPart::Id => Words::Noun("id", "ids"),
        QuestionPart::Topic => Words::Noun("topic", "topics"),
        QuestionPart::Hint => Words::Noun("hint", "hints"),
        QuestionPart::Rationale => Words::Noun("rationale", "rationales"),
        QuestionPart::Source => Words::Noun("source", "sources"),
        QuestionPart::Checked => Words::Noun("date of checking", "dates of checking"),
        QuestionPart::Credentials => Words::Noun("credentials", "credentials"),
        QuestionPart::Facts => Words::Noun("facts", "facts"),
        QuestionPart::Past => Words::Noun("earlier ids and changes", "earlier ids and changes"),
        QuestionPart::Typed => Words::Noun("answers to type", "answers to type"),
        QuestionPart::OtherAnswers => Words::Noun("further accepted answers", "further accepted answers"),
        QuestionPart::Unit => Words::Noun("unit", "units"),
        QuestionPart::Tolerance => Words::Noun("tolerance", "tolerances"),
    }
}

#[cfg(test)]
mod tests {
    use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches};

    use super::*;

    #[test]
    fn each_loss_is_a_sentence_with_its_questions() {
        let question = |number: usize| {
            let id = QuestionId::new(format!("mine/q{number}"));
            Question::new(id, "knots", "Is it?", Kind::TrueFalse { key: true })
        };
        let questions = (0..7).map(question).collect();
        let pack = Pack { questions, ..Pack::new("mine", "Mine", Teaches::Content) };
        let lost = |places: &[usize], loss| -> Vec<LeftOut> {
            let id = |place: &usize| pack.questions[*place].id.as_str().to_owned();
            places.iter().map(|place| LeftOut { question: id(place), loss }).collect()
        };
        let all: Vec<usize> = (0..7).collect();
        let left_out = [
            lost(&all[..1], Loss::Whole("since it is long")),
            lost(&all[1..3], Loss::Whole("since they are short")),
            lost(&all, Loss::Part(QuestionPart::Id)),
            lost(&all, Loss::Part(QuestionPart::Topic)),
            lost(&all[2..3], Loss::Part(QuestionPart::Hint)),
            lost(&all[..6], Loss::Part(QuestionPart::Kind)),
            lost(&all[4..6], Loss::Part(QuestionPart::Source)),
        ]
        .concat();
        let said = super::left_out(&pack, &left_out, &["licence", "source"]).unwrap();
        let expected = "not all of the pack mine can be said in this format:
  1 question is not in the file, since it is long: mine/q0
  2 questions are not in the file, since they are short: mine/q1, mine/q2
  6 questions come back as self-checked ones: mine/q0, mine/q1, mine/q2, mine/q3, mine/q4 and 1 more
  all 7 questions lose their ids and topics
  1 question loses its hint: mine/q2
  2 questions lose their sources: mine/q4, mine/q5
  the pack itself loses its licence and source";
        assert_eq!(said, expected);
        assert_eq!(super::left_out(&pack, &[], &[]), None);
        assert_eq!(of_one(&left_out[0]), "it is not in the file, since it is long");
        assert_eq!(of_one(&lost(&[0], Loss::Part(QuestionPart::Hint))[0]), "it loses its hint");
    }
}
