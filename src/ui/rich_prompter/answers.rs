//! The prompt for each kind of question.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use inquire::list_option::ListOption;
use inquire::validator::Validation;
use inquire::{MultiSelect, Select};

use super::entry::{Entry, Pick, last_key, with_ways_out};
use super::layout::{AFTER_BOX, AFTER_CURSOR, Layout, page_size};
use super::render_config::render_config;
use super::{RichPrompter, hear};
use crate::ui::look::Tone;
use crate::ui::prompter::{
    Prompted, Prompter, QuestionPrompt, RECALL_CHOICES, REVEAL_PROMPT, StudyInput, Validator,
};
use badgedex_domain::grading::{self, Reply};
use badgedex_domain::question::{Asked, Key, TRUE_FALSE};

const DONT_KNOW: &str = "? don't know";
const HINT: &str = "h hint";
const MENU: &str = "Esc menu";

impl RichPrompter {
    pub(super) fn answer(&mut self, prompt: QuestionPrompt) -> io::Result<Prompted<StudyInput>> {
        let has_hint = prompt.has_hint;
        match &prompt.asked.answer {
            Key::OneOf { choices, .. } => self.one_of(lettered(choices), has_hint),
            Key::TrueFalse { .. } => self.one_of(true_or_false(), has_hint),
            Key::AnyOf { choices, size, .. } => {
                self.any_of(with_ways_out(lettered(choices), has_hint), *size)
            }
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
        let hint = hint_key(&entries);
        let keys = [Some(enter.as_str()), hint.as_deref(), Some(MENU)];
        Ok(self.pick("", entries, &keys)?.map(StudyInput::from))
    }

    /// One of the entries.
    fn pick(
        &self,
        title: &str,
        mut entries: Vec<Entry>,
        keys: &[Option<&str>],
    ) -> io::Result<Prompted<Pick>> {
        let layout = Layout::of_terminal(self.look());
        let keys: Vec<&str> = keys.iter().copied().flatten().collect();
        let (help, page) = lay_out(&mut entries, &layout, AFTER_CURSOR, title, &keys);
        let score = |typed: &str, entry: &Entry, _: &str, place: usize| entry.score(typed, place);
        let said =
            |taken: ListOption<&Entry>| layout.said(AFTER_CURSOR + title.len() + 1, &taken.value.line());
        let select = Select::new(title, entries)
            .with_scorer(&score)
            .with_formatter(&said)
            .with_page_size(page)
            .with_help_message(&help)
            .with_render_config(render_config(self.look()));
        Ok(hear(|| select.prompt())?.map(|entry| entry.pick))
    }

    /// Any of the entries, as many as asked for. An entry that is not a choice needs no mark: its key and Enter do.
    fn any_of(&self, mut entries: Vec<Entry>, size: Option<usize>) -> io::Result<Prompted<StudyInput>> {
        let layout = Layout::of_terminal(self.look());
        let keys = any_of_keys(&layout, &entries, size);
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let (help, page) = lay_out(&mut entries, &layout, AFTER_BOX, "", &keys);
        let aside = Aside::of(&entries);
        let score = |typed: &str, entry: &Entry, _: &str, place: usize| {
            aside.typed.set(last_key(typed));
            entry.score(typed, place)
        };
        let said = |marked: &[ListOption<&Entry>]| layout.said(AFTER_CURSOR, &aside.said(marked));
        let select = MultiSelect::new("", entries)
            .with_scorer(&score)
            .with_keep_filter(false)
            .with_validator(enough(aside.clone(), layout, size))
            .with_formatter(&said)
            .with_page_size(page)
            .with_help_message(&help)
            .with_render_config(render_config(self.look()));
        let marked = hear(|| select.prompt())?;
        Ok(marked.map(|marked| aside.reply(marked.iter().map(|entry| entry.pick).collect())))
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
        let keys = [Some("Enter answer"), Some(DONT_KNOW), hint, Some(MENU)];
        let given = self.line(title, "", &keys.into_iter().flatten().collect::<Vec<_>>(), &check)?;
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
        Ok(self.line(&format!("{REVEAL_PROMPT}:"), "", &keys, &check)?.map(|given| match given.as_str() {
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
        Ok(self.pick("", entries, &[Some("k, h or f and Enter"), Some(MENU)])?.map(StudyInput::from))
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
        let hint = hint_key(&entries);
        let back = if picked.is_empty() { MENU } else { "Esc one back" };
        let title = format!("{}.", picked.len() + 1);
        self.pick(&title, entries, &[Some("letter and Enter"), hint.as_deref(), Some(back)])
    }

    fn show_placed(&mut self, number: usize, entry: &Entry) -> io::Result<()> {
        let label = format!("{number}. ");
        let said = Layout::of_terminal(self.look()).said(AFTER_CURSOR + label.len(), &entry.line());
        let prefix = self.look().paint(Tone::Accent, "  >").into_owned();
        let label = self.look().paint(Tone::Title, &label).into_owned();
        self.show(&format!("{prefix} {label}{said}"))
    }
}

/// The entries of an any-of question that are not choices: "I don't know" and the hint.
#[derive(Clone)]
struct Aside {
    ways: Vec<Entry>,
    /// The key that was typed last and is still shown.
    typed: Rc<Cell<Option<char>>>,
}

impl Aside {
    fn of(entries: &[Entry]) -> Aside {
        let ways = entries.iter().filter(|entry| !matches!(entry.pick, Pick::Choice(_)));
        Aside { ways: ways.cloned().collect(), typed: Rc::default() }
    }

    /// The entry that was chosen by its key, or by its mark alone.
    fn taken(&self, marked: &[Pick]) -> Option<&Entry> {
        let by_key = self.ways.iter().find(|way| Some(way.letter) == self.typed.get());
        let by_mark = || self.ways.iter().find(|way| marked == [way.pick] || marked.contains(&Pick::Hint));
        by_key.or_else(by_mark)
    }

    fn reply(&self, marked: Vec<Pick>) -> StudyInput {
        if let Some(way) = self.taken(&marked) {
            return StudyInput::from(way.pick);
        }
        let places = marked.into_iter().filter_map(|pick| match pick {
            Pick::Choice(place) => Some(place),
            Pick::Recalled(_) | Pick::DontKnow | Pick::Hint => None,
        });
        StudyInput::Reply(Reply::Choices(places.collect()))
    }

    fn said(&self, marked: &[ListOption<&Entry>]) -> String {
        let picks: Vec<Pick> = marked.iter().map(|marked| marked.value.pick).collect();
        let lines = || marked.iter().map(|marked| marked.value.line()).collect::<Vec<_>>().join("; ");
        self.taken(&picks).map_or_else(lines, Entry::line)
    }
}

/// Checks the number of marks: inquire's Right key marks everything and Left clears everything.
fn enough(
    aside: Aside,
    layout: Layout,
    size: Option<usize>,
) -> impl Fn(&[ListOption<&Entry>]) -> Result<Validation, inquire::CustomUserError> + Clone {
    move |marked| {
        let picks: Vec<Pick> = marked.iter().map(|marked| marked.value.pick).collect();
        let refusal = if aside.taken(&picks).is_some() { None } else { refusal(&picks, size) };
        Ok(refusal.map_or(Validation::Valid, |why| Validation::Invalid(layout.complaint(&why).into())))
    }
}

fn refusal(marked: &[Pick], size: Option<usize>) -> Option<String> {
    if marked.contains(&Pick::DontKnow) {
        return Some("\"I don't know\" goes alone; Space takes a mark away.".to_owned());
    }
    match size {
        Some(size) if marked.len() != size => {
            Some(format!("Mark {size} with Space, then Enter ({} marked).", marked.len()))
        }
        None if marked.is_empty() => Some("Mark at least one with Space, then Enter.".to_owned()),
        _ => None,
    }
}

fn any_of_keys(layout: &Layout, entries: &[Entry], size: Option<usize>) -> Vec<String> {
    let many = size.map_or("any".to_owned(), |size| size.to_string());
    let mut keys = vec![
        format!("{} and Space mark {many}", letters(entries)),
        "Enter answer".to_owned(),
        layout.symbol("← none", "Left none").to_owned(),
        layout.symbol("→ all", "Right all").to_owned(),
    ];
    keys.extend(hint_key(entries));
    keys.push(MENU.to_owned());
    keys
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
    hint.map(|hint| format!("{} hint", hint.letter.to_ascii_lowercase()))
}

/// Wraps the entries; returns the help line, and how many entries fit on a page.
fn lay_out(
    entries: &mut [Entry],
    layout: &Layout,
    start: usize,
    title: &str,
    keys: &[&str],
) -> (String, usize) {
    let help = layout.help(keys);
    let page = page_of(entries, layout, start, layout.room(title, &help));
    if page >= entries.iter().filter(|entry| entry.pick != Pick::Hint).count() {
        return (help, page);
    }
    // The arrows at the edge of a page are not shown if a page is a single option.
    let more = layout.symbol("↑ ↓ more", "Up Down more");
    let help = layout.help(&[keys, &[more]].concat());
    let page = page_of(entries, layout, start, layout.room(title, &help));
    (help, page)
}

fn page_of(entries: &mut [Entry], layout: &Layout, start: usize, room: usize) -> usize {
    for entry in entries.iter_mut() {
        entry.lay_out(layout, start, room);
    }
    page_size(entries.iter().filter(|entry| entry.pick != Pick::Hint).map(Entry::laid_out), room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_and_not_knowing_goes_alone() {
        let (a, b) = (Pick::Choice(0), Pick::Choice(1));
        assert_eq!(refusal(&[a, b], Some(2)), None);
        assert_eq!(refusal(&[a], Some(2)).as_deref(), Some("Mark 2 with Space, then Enter (1 marked)."));
        assert_eq!(refusal(&[a], None), None);
        assert!(refusal(&[], None).is_some());
        assert!(refusal(&[a, Pick::DontKnow], Some(2)).is_some());
    }

    #[test]
    fn a_way_out_is_taken_by_its_key_or_by_its_mark_alone() {
        let aside = Aside::of(&with_ways_out(lettered(&["x".into(), "y".into()]), true));
        let a = Pick::Choice(0);
        assert_eq!(aside.reply(vec![a]), StudyInput::Reply(Reply::Choices(vec![0])));
        assert_eq!(aside.reply(vec![Pick::DontKnow]), StudyInput::Reply(Reply::DontKnow));
        aside.typed.set(last_key("h"));
        assert_eq!(aside.reply(vec![a]), StudyInput::Hint);
        aside.typed.set(last_key("?"));
        assert_eq!(aside.reply(vec![]), StudyInput::Reply(Reply::DontKnow));
    }
}
