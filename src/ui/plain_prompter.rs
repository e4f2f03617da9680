//! The plain prompter: numbered choices, no redraw, one line read at a time.
//!
//! For pipes, screen readers and dumb terminals. Piped input is never dropped: only the answer to what was
//! asked is read.

mod exam_lines;

use std::io::{self, BufRead, IsTerminal, Read};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use chrono::NaiveDate;

use super::exam_prompt::{ExamInput, ExamMap, ExamPrompt};
use super::look::Look;
use super::output;
use super::prompter::{
    DayRange, Prompted, Prompter, QuestionPrompt, RECALL_CHOICES, REVEAL_PROMPT, Sheet, StudyInput,
    Validator, listed_texts, typed_day,
};
use super::screens;
use super::text::guarded;
use badgedex_domain::grading::{self, Recall, Reply};
use badgedex_domain::question::Key;

/// How many lines are read before they are needed: a pipe may never end.
const MAX_LINES_AHEAD: usize = 64;
/// A longer line is cut: nothing that is asked for has so many bytes, and a pipe need not have line breaks.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// What the listening threads send.
enum Incoming {
    Line(String),
    End,
    /// Ctrl-C. Elsewhere than on Unix it ends the program at once, as the system does by itself.
    #[cfg(unix)]
    Interrupt,
}

/// Asks line by line on standard input and output.
pub struct PlainPrompter {
    look: Look,
    incoming: Receiver<Incoming>,
    /// A person types: a question about spelling does not read the answer to the next question.
    at_terminal: bool,
    /// The keys were named in full.
    keys_named: bool,
    /// Standard input has ended.
    ended: bool,
}

impl PlainPrompter {
    /// Starts to listen to standard input and for Ctrl-C.
    pub fn new(look: Look) -> io::Result<PlainPrompter> {
        let (sender, incoming) = mpsc::sync_channel(MAX_LINES_AHEAD);
        listen_for_interrupts(sender.clone())?;
        thread::spawn(move || read_lines(&sender));
        Ok(PlainPrompter {
            look,
            incoming,
            at_terminal: io::stdin().is_terminal(),
            keys_named: false,
            ended: false,
        })
    }

    fn read(&mut self) -> Prompted<String> {
        if self.ended {
            return Prompted::EndOfInput;
        }
        match self.incoming.recv() {
            Ok(Incoming::Line(line)) => Prompted::Input(line),
            #[cfg(unix)]
            Ok(Incoming::Interrupt) => Prompted::Quit,
            Ok(Incoming::End) | Err(_) => {
                self.ended = true;
                Prompted::EndOfInput
            }
        }
    }

    /// Reads lines until `read` understands one; its error is printed for each that it does not.
    fn until<T>(&mut self, read: impl Fn(&str) -> Result<Prompted<T>, String>) -> io::Result<Prompted<T>> {
        loop {
            let line = match self.read() {
                Prompted::Input(line) => line,
                Prompted::Back => return Ok(Prompted::Back),
                Prompted::EndOfInput => return Ok(Prompted::EndOfInput),
                Prompted::Quit => return Ok(Prompted::Quit),
            };
            match read(line.trim()) {
                Ok(wish) => return Ok(wish),
                Err(word) => output::page(&word)?,
            }
        }
    }

    /// The keys in full, once.
    fn keys(&mut self, prompt: QuestionPrompt) -> Option<String> {
        if std::mem::replace(&mut self.keys_named, true) {
            return None;
        }
        let hint = if prompt.has_hint { ", h for a hint" } else { "" };
        let how = match prompt.asked.answer {
            Key::Reveal { .. } => "",
            Key::OneOf { .. }
            | Key::AnyOf { .. }
            | Key::TrueFalse { .. }
            | Key::Typed { .. }
            | Key::Number { .. }
            | Key::Order { .. } => "Type your answer. ",
        };
        Some(format!("{how}? if you do not know{hint}, u to undo, s to skip, x to set it aside, q to leave."))
    }

    /// The keys of a mock exam in full, once.
    fn exam_keys(&mut self) -> Option<String> {
        let is_first = !std::mem::replace(&mut self.keys_named, true);
        is_first.then(|| exam_lines::KEYS.to_owned())
    }

    /// At a terminal, offers to retype a word that is one letter off.
    fn retyped(&mut self, prompt: QuestionPrompt, said: StudyInput) -> io::Result<Prompted<StudyInput>> {
        let StudyInput::Reply(Reply::Text(text)) = &said else { return Ok(Prompted::Input(said)) };
        if !self.at_terminal || grading::near_miss(prompt.asked, text).is_none() {
            return Ok(Prompted::Input(said));
        }
        output::page("One letter off? Type it again, or press Enter to keep it.")?;
        let again = match self.read() {
            Prompted::Input(line) => line,
            other => return Ok(other.map(|_| said)),
        };
        match again.trim() {
            "" => Ok(Prompted::Input(said)),
            again => Ok(read_said(again, prompt).unwrap_or(Prompted::Input(said))),
        }
    }
}

#[cfg(unix)]
fn listen_for_interrupts(sender: SyncSender<Incoming>) -> io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([signal_hook::consts::SIGINT])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            // The receiver is gone only when the program ends anyway.
            let _ = sender.send(Incoming::Interrupt);
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn listen_for_interrupts(_: SyncSender<Incoming>) -> io::Result<()> {
    Ok(())
}

fn read_lines(sender: &SyncSender<Incoming>) {
    let mut input = io::stdin().lock();
    loop {
        let mut bytes = Vec::new();
        let incoming = match read_line(&mut input, &mut bytes) {
            Ok(0) | Err(_) => Incoming::End,
            Ok(_) => {
                Incoming::Line(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned())
            }
        };
        let at_end = matches!(incoming, Incoming::End);
        if sender.send(incoming).is_err() || at_end {
            return;
        }
    }
}

/// Reads up to the end of a line; what is beyond [`MAX_LINE_BYTES`] is passed over. Returns how much was read.
fn read_line(mut input: impl BufRead, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let read = input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', bytes)?;
    if read as u64 == MAX_LINE_BYTES && !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(read)
}

impl Prompter for PlainPrompter {
    fn look(&self) -> &Look {
        &self.look
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        output::page(text)
    }

    fn ask(&mut self, prompt: QuestionPrompt) -> io::Result<Prompted<StudyInput>> {
        let choices =
            shown(prompt).into_iter().enumerate().map(|(i, text)| guarded(&format!("{}) {text}", i + 1)));
        let lines: Vec<String> = choices.chain(how_to_answer(prompt)).chain(self.keys(prompt)).collect();
        if !lines.is_empty() {
            output::page(&lines.join("\n"))?;
        }
        let said = self.until(|line| read_said(line, prompt))?;
        match said {
            Prompted::Input(said) => self.retyped(prompt, said),
            other => Ok(other),
        }
    }

    fn exam(&mut self, prompt: &ExamPrompt) -> io::Result<Prompted<ExamInput>> {
        if prompt.is_new {
            let question = QuestionPrompt { asked: prompt.asked, has_hint: false, revealed: false };
            let choices = listed_texts(&prompt.asked.answer).into_iter().enumerate();
            let choices = choices.map(|(i, text)| guarded(&format!("{}) {text}", i + 1)));
            let lines: Vec<String> = choices.chain(how_to_answer(question)).chain(self.exam_keys()).collect();
            let text = screens::exam::question(&self.look, prompt);
            output::page(&[vec![text], lines].concat().join("\n"))?;
        }
        self.until(|line| exam_lines::read(line, prompt))
    }

    fn exam_map(&mut self, map: &ExamMap) -> io::Result<Prompted<ExamInput>> {
        // What is typed next is an answer to the question, as before.
        output::page(&screens::exam::overview(&self.look, map))?;
        Ok(Prompted::Back)
    }

    fn choose(&mut self, title: &str, options: &[String], _cursor: usize) -> io::Result<Prompted<usize>> {
        output::page(&listed(title, options))?;
        output::page("Type a number, or q to go back.")?;
        self.until(|line| match line {
            "q" | "" => Ok(Prompted::Back),
            _ => place(line, options.len())
                .or_else(|| named(line, options))
                .map(Prompted::Input)
                .ok_or_else(|| numbers_up_to(options.len())),
        })
    }

    fn read(&mut self, sheet: Sheet) -> io::Result<Prompted<Option<char>>> {
        if !sheet.text.is_empty() {
            self.show(sheet.text)?;
        }
        Ok(Prompted::Input(None))
    }

    fn choose_many(
        &mut self,
        title: &str,
        options: &[String],
        chosen: &[usize],
    ) -> io::Result<Prompted<Vec<usize>>> {
        output::page(&listed(title, options))?;
        output::page("Type numbers, such as 1,3; an empty line for none; q to go back.")?;
        let kept = chosen.to_vec();
        self.until(|line| match line {
            "q" => Ok(Prompted::Back),
            "" => Ok(Prompted::Input(kept.clone())),
            _ => places(line, options.len()).map(Prompted::Input).ok_or_else(|| numbers_up_to(options.len())),
        })
    }

    fn text(&mut self, title: &str, initial: &str, check: Validator) -> io::Result<Prompted<String>> {
        let kept = if initial.is_empty() { String::new() } else { format!(" [{initial}]") };
        output::page(&format!("{title}{kept} (q to go back)"))?;
        self.until(|line| match line {
            "q" => Ok(Prompted::Back),
            _ => {
                let line = if line.is_empty() { initial } else { line };
                check(line).map(|()| Prompted::Input(line.to_owned()))
            }
        })
    }

    fn date(&mut self, title: &str, initial: NaiveDate, range: DayRange) -> io::Result<Prompted<NaiveDate>> {
        let read = |line: &str| typed_day(line, range);
        let said = self.text(&format!("{title} (such as 2027-03-14)"), &initial.to_string(), &|line| {
            read(line).map(drop)
        })?;
        Ok(said.map(|day| read(&day).unwrap_or(initial)))
    }

    fn confirm(&mut self, title: &str, initial: bool) -> io::Result<Prompted<bool>> {
        output::page(&format!("{title} ({})", if initial { "Y/n" } else { "y/N" }))?;
        self.until(|line| match line.to_lowercase().as_str() {
            "" => Ok(Prompted::Input(initial)),
            "y" | "yes" => Ok(Prompted::Input(true)),
            "n" | "no" => Ok(Prompted::Input(false)),
            "q" => Ok(Prompted::Back),
            _ => Err("Type y or n.".to_owned()),
        })
    }
}

fn listed(title: &str, options: &[String]) -> String {
    let lines = options.iter().enumerate().map(|(i, option)| format!("\n{}) {option}", i + 1));
    format!("{title}{}", lines.collect::<String>())
}

/// The texts to choose from, in the order of the screen: for a revealed answer how well it was known.
fn shown(prompt: QuestionPrompt<'_>) -> Vec<&str> {
    if prompt.revealed {
        RECALL_CHOICES.map(|(_, words)| words).to_vec()
    } else {
        listed_texts(&prompt.asked.answer)
    }
}

/// How to answer, if a single number does not do.
fn how_to_answer(prompt: QuestionPrompt) -> Option<String> {
    match &prompt.asked.answer {
        Key::AnyOf { size: Some(size), .. } => {
            let first: Vec<String> = (1..=*size).map(|n| n.to_string()).collect();
            Some(format!("Choose {size}, such as {}.", first.join(",")))
        }
        Key::AnyOf { size: None, .. } => Some("Choose all that apply, such as 1,3.".to_owned()),
        Key::Order { shown, .. } => {
            let turned: Vec<String> = (1..=shown.len()).rev().map(|n| n.to_string()).collect();
            Some(format!("Put all {} in order, such as {}.", shown.len(), turned.join(",")))
        }
        Key::Number { unit, .. } if !unit.is_empty() => Some(format!("A number, in {unit}.")),
        Key::Number { .. } => Some("A number.".to_owned()),
        Key::Reveal { .. } if prompt.revealed => Some("How well did you know it?".to_owned()),
        Key::Reveal { .. } => Some(format!("{REVEAL_PROMPT}.")),
        Key::OneOf { .. } | Key::TrueFalse { .. } | Key::Typed { .. } => None,
    }
}

fn read_said(line: &str, prompt: QuestionPrompt) -> Result<Prompted<StudyInput>, String> {
    let reply = |reply| Ok(Prompted::Input(StudyInput::Reply(reply)));
    match line {
        "?" | "f" if prompt.revealed => return reply(Reply::Recalled(Recall::Forgot)),
        "h" if prompt.revealed => return reply(Reply::Recalled(Recall::Hard)),
        "k" if prompt.revealed => return reply(Reply::Recalled(Recall::Knew)),
        "?" => return reply(Reply::DontKnow),
        "h" if prompt.has_hint => return Ok(Prompted::Input(StudyInput::Hint)),
        "h" => return Err("There is no hint here.".to_owned()),
        "u" => return Ok(Prompted::Input(StudyInput::Undo)),
        "s" => return Ok(Prompted::Input(StudyInput::Skip)),
        "x" => return Ok(Prompted::Input(StudyInput::Suspend)),
        "q" => return Ok(Prompted::Input(StudyInput::Finish)),
        _ => {}
    }
    let count = shown(prompt).len();
    match &prompt.asked.answer {
        Key::OneOf { .. } => {
            place(line, count).map_or_else(|| Err(numbers_up_to(count)), |i| reply(Reply::Choice(i)))
        }
        Key::TrueFalse { .. } => truth(line).map_or_else(
            || Err("Type 1 or t for true, 2 or f for false.".to_owned()),
            |i| reply(Reply::Choice(i)),
        ),
        Key::AnyOf { size, .. } => {
            match places(line, count) {
                Some(chosen) if size.is_none_or(|size| size == chosen.len()) => reply(Reply::Choices(chosen)),
                _ => Err(size
                    .map_or_else(|| numbers_up_to(count), |size| format!("Choose {size} of 1 to {count}."))),
            }
        }
        Key::Order { .. } => match places(line, count) {
            Some(order) if order.len() == count => reply(Reply::Order(order)),
            _ => Err(format!("Type all {count} numbers, each once, in order.")),
        },
        Key::Number { unit, .. } => match grading::read_number(line, unit) {
            Some(_) => reply(Reply::Text(line.to_owned())),
            None => Err("Type a number, or ? if you do not know.".to_owned()),
        },
        Key::Typed { .. } if line.is_empty() => Err("Type an answer, or ? if you do not know.".to_owned()),
        Key::Typed { .. } => reply(Reply::Text(line.to_owned())),
        Key::Reveal { .. } if prompt.revealed => place(line, count).map_or_else(
            || Err("Type 1 if you knew it, 2 if it was hard, 3 if you forgot it.".to_owned()),
            |i| reply(Reply::Recalled(RECALL_CHOICES[i].0)),
        ),
        Key::Reveal { .. } if line.is_empty() => Ok(Prompted::Input(StudyInput::Reveal)),
        Key::Reveal { .. } => Err("Press Enter to see the answer, or type ? if you do not know.".to_owned()),
    }
}

fn numbers_up_to(count: usize) -> String {
    format!("Type a number from 1 to {count}, or ? if you do not know.")
}

fn truth(line: &str) -> Option<usize> {
    match line.to_lowercase().as_str() {
        "t" | "true" => Some(0),
        "f" | "false" => Some(1),
        other => place(other, 2),
    }
}

/// The only option that has a text in it; `None` if several have, or none.
fn named(text: &str, options: &[String]) -> Option<usize> {
    let text = text.to_lowercase();
    let mut found = (0..options.len()).filter(|place| options[*place].to_lowercase().contains(&text));
    found.next().filter(|_| found.next().is_none())
}

/// A place by its number or its letter.
fn place(text: &str, count: usize) -> Option<usize> {
    let text = text.trim_end_matches([')', '.']);
    let place = match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => usize::from(letter.to_ascii_lowercase() - b'a'),
        _ => text.parse::<usize>().ok()?.checked_sub(1)?,
    };
    (place < count).then_some(place)
}

/// Several places, each once: "1,3", "1 3", "a c", "ac", and "13" if there are fewer than ten.
fn places(text: &str, count: usize) -> Option<Vec<usize>> {
    let separate: Vec<&str> = text.split([',', ' ', ';']).filter(|part| !part.is_empty()).collect();
    let parts: Vec<String> = match separate[..] {
        [run] if run.len() > 1 && (count < 10 || !run.bytes().all(|b| b.is_ascii_digit())) => {
            run.chars().map(String::from).collect()
        }
        _ => separate.iter().map(|part| (*part).to_owned()).collect(),
    };
    let places: Vec<usize> = parts.iter().map(|part| place(part, count)).collect::<Option<_>>()?;
    let mut once = places.clone();
    once.sort_unstable();
    once.dedup();
    (!places.is_empty() && once.len() == places.len()).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_named_by_a_part_of_it_that_no_other_has() {
        let options = ["Cloud Practitioner (CLF, CLF-C02)", "Developer (DVA)", "None yet"].map(str::to_owned);
        for (text, place) in [("clf-c02", Some(0)), ("developer", Some(1)), ("none", Some(2)), ("e", None)] {
            assert_eq!(named(text, &options), place, "{text}");
        }
    }

    #[test]
    fn a_line_without_end_is_cut_and_the_next_one_is_read() {
        let max = MAX_LINE_BYTES as usize;
        let mut input = io::Cursor::new([vec![b'x'; 2 * max], b"\nnext\n".to_vec()].concat());
        let (mut long, mut next) = (Vec::new(), Vec::new());
        assert_eq!(read_line(&mut input, &mut long).unwrap(), max);
        assert_eq!(read_line(&mut input, &mut next).unwrap(), 5);
        assert_eq!((long.len(), next.as_slice()), (max, &b"next\n"[..]));
    }

    #[test]
    fn several_places_are_read_in_every_way_that_people_write_them() {
        for (text, count, expected) in [
            ("1,3", 4, Some(vec![0, 2])),
            ("3 1", 4, Some(vec![2, 0])),
            ("13", 4, Some(vec![0, 2])),
            ("ac", 4, Some(vec![0, 2])),
            ("A, C", 4, Some(vec![0, 2])),
            ("12", 12, Some(vec![11])),
            ("1,1", 4, None),
            ("5", 4, None),
            ("", 4, None),
            ("0", 4, None),
        ] {
            assert_eq!(places(text, count), expected, "{text}");
        }
    }

    #[test]
    fn letters_and_numbers_choose() {
        for (text, expected) in [("2", Some(1)), ("b", Some(1)), ("B)", Some(1)), ("e", None), ("x1", None)] {
            assert_eq!(place(text, 4), expected, "{text}");
        }
    }
}
