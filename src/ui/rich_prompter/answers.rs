//! The prompt for each kind of question.

use std::cell::Cell;
use std::io;

use super::choice_list::ChoiceList;
use super::entry::{Entry, Pick, with_ways_out};
use super::layout::Layout;
use super::session::run;
use super::{RichPrompter, TextField};
use crate::ui::prompter::{
    Prompted, Prompter, QuestionPrompt, RECALL_CHOICES, REVEAL_PROMPT, StudyInput, Validator,
};
use badgedex_domain::grading::{self, Reply};
use badgedex_domain::question::{Asked, Key, TRUE_FALSE};

const DONT_KNOW: &str = "? don't know";
const HINT: &str = "h Enter hint";
const FILTER: &str = "words filter";
const MENU: &str = "Esc menu";

impl RichPrompter {
    pub(super) fn answer(&mut self, prompt: QuestionPrompt) -> io::Result<Prompted<StudyInput>> {
        let has_hint = prompt.has_hint;
        match &prompt.asked.answer {
            Key::OneOf { choices, .. } => self.one_of(lettered(choices), has_hint),
            Key::TrueFalse { .. } => self.one_of(true_or_false(), has_hint),
            Key::AnyOf { choices, size, .. } => self.any_of(lettered(choices), *size, has_hint),
            Key::Typed { .. } => self.typed(prompt.asked, has_hint),
            Key::Number { unit, .. } => self.number(unit, has_hint),
            Key::Order { shown, .. } => self.order(shown, has_hint),
            Key::Reveal { .. } if prompt.revealed => self.recalled(),
            Key::Reveal { .. } => self.think(has_hint),
        }
    }

    fn one_of(&self, choices: Vec<Entry>, has_hint: bool) -> io::Result<Prompted<StudyInput>> {
        let enter = format!("{} and Enter", letters(&choices));
        let entries = with_ways_out(choices, has_hint);
        let keys = [Some(enter), Some(FILTER.to_owned()), hint_key(&entries)];
        Ok(self.pick("", entries, keys.into_iter().flatten().collect(), MENU)?.map(StudyInput::from))
    }

    /// One of the entries.
    fn pick(
        &self,
        title: &str,
        entries: Vec<Entry>,
        keys: Vec<String>,
        leave: &'static str,
    ) -> io::Result<Prompted<Pick>> {
        let picked = run(self.look(), ChoiceList::one(title, entries, keys, leave))?;
        // A list of which one entry is taken gives exactly one.
        Ok(picked.map(|picks| picks.first().copied().unwrap_or(Pick::DontKnow)))
    }

    /// Any of the choices, as many as asked for.
    fn any_of(
        &self,
        choices: Vec<Entry>,
        size: Option<usize>,
        has_hint: bool,
    ) -> io::Result<Prompted<StudyInput>> {
        let many = size.map_or("any".to_owned(), |size| size.to_string());
        let mark = format!("{} and Space mark {many}", letters(&choices));
        let entries = with_ways_out(choices, has_hint);
        let keys = [Some(mark), Some("Enter answer".to_owned()), hint_key(&entries)];
        let list = ChoiceList::several(entries, size, keys.into_iter().flatten().collect(), MENU);
        Ok(run(self.look(), list)?.map(reply))
    }

    /// Asks again, once, if the word looks like a typo.
    fn typed(&self, asked: &Asked, has_hint: bool) -> io::Result<Prompted<StudyInput>> {
        let warned = Cell::new(false);
        self.words("Your answer:", has_hint, &|given| {
            if given.is_empty() {
                return Err("Type an answer, or ? and Enter if you do not know.".to_owned());
            }
            if grading::near_miss(asked, given).is_some() && !warned.replace(true) {
                return Err("One letter off? Check the spelling; Enter again keeps it.".to_owned());
            }
            Ok(())
        })
    }

    fn number(&self, unit: &str, has_hint: bool) -> io::Result<Prompted<StudyInput>> {
        let title =
            if unit.is_empty() { "Your number:".to_owned() } else { format!("Your answer in {unit}:") };
        self.words(&title, has_hint, &|given| match grading::read_number(given, unit) {
            Some(_) => Ok(()),
            None if unit.is_empty() => Err("A number, or ? and Enter.".to_owned()),
            None => Err(format!("A number in {unit}, or ? and Enter.")),
        })
    }

    /// A line of text that passes `check`, or a key with another meaning.
    fn words(&self, title: &str, has_hint: bool, check: Validator) -> io::Result<Prompted<StudyInput>> {
        let is_hint = |given: &str| has_hint && given.eq_ignore_ascii_case("h");
        let check = |given: &str| if given == "?" || is_hint(given) { Ok(()) } else { check(given) };
        let hint = has_hint.then_some(HINT);
        let keys: Vec<&str> =
            [Some("Enter answer"), Some(DONT_KNOW), hint, Some(MENU)].into_iter().flatten().collect();
        let given = run(self.look(), TextField::new(title, &keys, &check))?;
        Ok(given.map(|given| match given {
            given if given == "?" => StudyInput::Reply(Reply::DontKnow),
            given if is_hint(&given) => StudyInput::Hint,
            given => StudyInput::Reply(Reply::Text(given)),
        }))
    }

    /// Waits until the learner wants to see the answer of a self-checked question.
    fn think(&self, has_hint: bool) -> io::Result<Prompted<StudyInput>> {
        let hint = has_hint.then_some(HINT);
        let keys = [Some("Enter show the answer"), Some(DONT_KNOW), hint, Some(MENU)];
        let keys: Vec<&str> = keys.into_iter().flatten().collect();
        let is_hint = |given: &str| has_hint && given.eq_ignore_ascii_case("h");
        let check = |given: &str| match given {
            "" | "?" => Ok(()),
            given if is_hint(given) => Ok(()),
            _ => Err("Enter alone shows the answer.".to_owned()),
        };
        let field = TextField::new(&format!("{REVEAL_PROMPT}:"), &keys, &check);
        Ok(run(self.look(), field)?.map(|given| match given.as_str() {
            "" => StudyInput::Reveal,
            "?" => StudyInput::Reply(Reply::DontKnow),
            _ => StudyInput::Hint,
        }))
    }

    /// How well it was known, once the answer was shown.
    fn recalled(&self) -> io::Result<Prompted<StudyInput>> {
        let recalls = RECALL_CHOICES.iter().enumerate();
        let mut entries: Vec<Entry> =
            recalls.map(|(place, (recall, words))| Entry::recalled(place, *recall, words)).collect();
        if let Some(forgot) = entries.pop() {
            entries.push(forgot.or('?'));
        }
        Ok(self.pick("", entries, vec!["k, h or f and Enter".to_owned()], MENU)?.map(StudyInput::from))
    }

    /// One item after the other; the last item needs no question.
    fn order(&mut self, items: &[String], has_hint: bool) -> io::Result<Prompted<StudyInput>> {
        let mut picked: Vec<usize> = Vec::new();
        while picked.len() + 1 < items.len() {
            match self.next_item(items, &picked, has_hint)? {
                Prompted::Input(Pick::Choice(place)) => picked.push(place),
                Prompted::Back if !picked.is_empty() => {
                    picked.pop();
                }
                other => return Ok(other.map(StudyInput::from)),
            }
        }
        let last = (0..items.len()).find(|place| !picked.contains(place));
        if let Some(place) = last {
            picked.push(place);
            self.show_placed(picked.len(), &Entry::choice(place, &items[place]))?;
        }
        Ok(Prompted::Input(StudyInput::Reply(Reply::Order(picked))))
    }

    /// Picks one of the remaining items. They keep their letters.
    fn next_item(&self, items: &[String], picked: &[usize], has_hint: bool) -> io::Result<Prompted<Pick>> {
        let mut left = lettered(items);
        left.retain(|entry| !matches!(entry.pick, Pick::Choice(place) if picked.contains(&place)));
        // A hint restarts the question: offered later, it would discard the items already placed.
        let entries = with_ways_out(left, has_hint && picked.is_empty());
        let keys = [Some("letter and Enter".to_owned()), Some(FILTER.to_owned()), hint_key(&entries)];
        let back = if picked.is_empty() { MENU } else { "Esc one back" };
        let title = format!("{}.", picked.len() + 1);
        self.pick(&title, entries, keys.into_iter().flatten().collect(), back)
    }

    fn show_placed(&mut self, number: usize, entry: &Entry) -> io::Result<()> {
        let layout = Layout::of_terminal(self.look());
        self.show(&layout.record(&format!("{number}."), &entry.line()).join("\n"))
    }
}

/// What was picked where several choices can be.
fn reply(picks: Vec<Pick>) -> StudyInput {
    let place = |pick: &Pick| match pick {
        Pick::Choice(place) => Some(*place),
        Pick::Recalled(_) | Pick::DontKnow | Pick::Hint => None,
    };
    match picks[..] {
        [way_out @ (Pick::DontKnow | Pick::Hint)] => StudyInput::from(way_out),
        _ => StudyInput::Reply(Reply::Choices(picks.iter().filter_map(place).collect())),
    }
}

fn lettered(texts: &[String]) -> Vec<Entry> {
    texts.iter().enumerate().map(|(place, text)| Entry::choice(place, text)).collect()
}

/// True and false are also chosen by T and F.
fn true_or_false() -> Vec<Entry> {
    let first = |text: &str| text.chars().next().unwrap_or(' ');
    TRUE_FALSE.iter().enumerate().map(|(place, text)| Entry::choice(place, text).or(first(text))).collect()
}

/// "a-d".
fn letters(entries: &[Entry]) -> String {
    let last = entries.iter().rfind(|entry| matches!(entry.pick, Pick::Choice(_)));
    last.map_or("a".to_owned(), |last| format!("a-{}", last.letter.to_ascii_lowercase()))
}

fn hint_key(entries: &[Entry]) -> Option<String> {
    let hint = entries.iter().find(|entry| entry.pick == Pick::Hint);
    hint.map(|hint| format!("{} Enter hint", hint.letter.to_ascii_lowercase()))
}
