//! A line that is typed at a question of a mock exam, and what it means.

use super::{numbers_up_to, place, places, truth};
use crate::ui::exam_prompt::{ExamInput, ExamPrompt};
use crate::ui::prompter::{Prompted, listed_texts};
use badgedex_domain::grading::{self, Reply};
use badgedex_domain::question::Key;

/// All keys, once named in full.
pub const KEYS: &str = "Type your answer. ? if you do not know, n next, p previous, g 12 to question 12, ! flag, m overview, s submit, q for a break.";

/// What a line means; the error says why it means nothing.
pub fn read(line: &str, prompt: &ExamPrompt) -> Result<Prompted<ExamInput>, String> {
    let input = match line.to_lowercase().as_str() {
        "" => return Err("Type an answer, n for the next question, or s to submit.".to_owned()),
        "?" => ExamInput::Answer(Reply::DontKnow),
        "!" => ExamInput::Flag,
        "n" => ExamInput::Next,
        "p" => ExamInput::Previous,
        "m" => ExamInput::Overview,
        "s" => ExamInput::Submit,
        "q" => ExamInput::Break,
        lower => match lower.strip_prefix('g').map(|number| number.trim().parse::<usize>()) {
            Some(Ok(number)) => ExamInput::GoTo(number_in(number, prompt.cells.len())?),
            Some(Err(_)) | None => ExamInput::Answer(reply(line, &prompt.asked.answer)?),
        },
    };
    Ok(Prompted::Input(input))
}

fn number_in(number: usize, questions: usize) -> Result<usize, String> {
    let place = number.checked_sub(1).filter(|place| *place < questions);
    place.ok_or_else(|| format!("The questions are numbered from 1 to {questions}."))
}

/// An answer. Fewer choices than asked for are one, too; more are not.
fn reply(line: &str, answer: &Key) -> Result<Reply, String> {
    let count = listed_texts(answer).len();
    match answer {
        Key::OneOf { .. } => place(line, count).map(Reply::Choice).ok_or_else(|| numbers_up_to(count)),
        Key::TrueFalse { .. } => {
            truth(line).map(Reply::Choice).ok_or_else(|| "Type 1 or t for true, 2 or f for false.".to_owned())
        }
        Key::AnyOf { size, .. } => match places(line, count) {
            Some(chosen) if size.is_none_or(|size| chosen.len() <= size) => Ok(Reply::Choices(chosen)),
            _ => Err(size.map_or_else(
                || numbers_up_to(count),
                |size| format!("Choose at most {size} of 1 to {count}."),
            )),
        },
        Key::Order { .. } => places(line, count)
            .filter(|order| order.len() == count)
            .map(Reply::Order)
            .ok_or_else(|| format!("Type all {count} numbers, each once, in order.")),
        Key::Number { unit, .. } => grading::read_number(line, unit)
            .map(|_| Reply::Text(line.to_owned()))
            .ok_or_else(|| "Type a number, or ? if you do not know.".to_owned()),
        Key::Typed { .. } => Ok(Reply::Text(line.to_owned())),
        Key::Reveal { .. } => Err("Nothing can be answered here: n for the next question.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset};

    use super::*;
    use crate::ui::exam_prompt::{ExamCell, ExamTime};
    use badgedex_domain::mock_exam::ExamClock;
    use badgedex_domain::question::Asked;

    fn noon() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-23T12:00:00+00:00").unwrap()
    }

    fn read_at(line: &str, answer: Key) -> Result<Prompted<ExamInput>, String> {
        let asked =
            Asked { stem: String::new(), answer, guess: 0.0, revision: String::new(), reasons: Vec::new() };
        let (cells, clock) = ([ExamCell::default(); 12], ExamClock::started(noon(), None));
        let time = ExamTime { clock: &clock, now: &noon };
        read(line, &ExamPrompt { place: 3, asked: &asked, reply: None, cells: &cells, time, is_new: true })
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn keys_and_answers_are_told_apart() {
        let one_of = || Key::OneOf { choices: texts(&["w", "x", "y", "z"]), key: 0 };
        for (line, input) in [
            ("2", ExamInput::Answer(Reply::Choice(1))),
            ("C)", ExamInput::Answer(Reply::Choice(2))),
            ("?", ExamInput::Answer(Reply::DontKnow)),
            ("!", ExamInput::Flag),
            ("n", ExamInput::Next),
            ("P", ExamInput::Previous),
            ("g 12", ExamInput::GoTo(11)),
            ("G1", ExamInput::GoTo(0)),
            ("m", ExamInput::Overview),
            ("s", ExamInput::Submit),
            ("q", ExamInput::Break),
        ] {
            assert_eq!(read_at(line, one_of()), Ok(Prompted::Input(input)), "{line}");
        }
        for line in ["", "9", "1,2", "g 13", "g 0", "x", "h", "u"] {
            assert!(read_at(line, one_of()).is_err(), "{line}");
        }
    }

    #[test]
    fn fewer_choices_than_asked_for_are_an_answer_and_more_are_not() {
        let two_of = || Key::AnyOf { choices: texts(&["v", "w", "x"]), keys: vec![0, 1], size: Some(2) };
        for (line, chosen) in
            [("1,3", Some(vec![0, 2])), ("ac", Some(vec![0, 2])), ("2", Some(vec![1])), ("1,2,3", None)]
        {
            let expected = chosen.map(|chosen| Prompted::Input(ExamInput::Answer(Reply::Choices(chosen))));
            assert_eq!(read_at(line, two_of()).ok(), expected, "{line}");
        }
    }

    #[test]
    fn a_typed_answer_that_begins_with_a_key_is_an_answer() {
        let typed = || Key::Typed { accepted: texts(&["glacier"]) };
        for line in ["glacier", "s3", "number 5", "gp3"] {
            let answer = ExamInput::Answer(Reply::Text(line.to_owned()));
            assert_eq!(read_at(line, typed()), Ok(Prompted::Input(answer)), "{line}");
        }
    }
}
