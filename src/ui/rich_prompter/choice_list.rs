//! A lettered list while it is being answered: what the keys do, and how it looks, without a terminal.
//!
//! A single letter, or the number of its place, names a choice. A longer text only filters by what the choices
//! say: no letter inside of it names anything. Where several choices can be marked, single letters in a row name
//! those.

use super::entry::{Entry, Pick};
use super::frame::{Frame, Row, Sign, page_of_rows};
use super::key::Key;
use super::layout::Layout;
use super::line_editor::{LineEditor, too_long};
use super::session::{Prompt, Step};

/// The list, what was typed, and where the arrows have moved.
#[derive(Debug)]
pub struct ChoiceList {
    title: String,
    entries: Vec<Entry>,
    keys: Vec<String>,
    /// What Esc does if nothing is typed.
    leave: &'static str,
    line: LineEditor,
    /// The entry that the arrows have reached.
    cursor: usize,
    /// An arrow was pressed after the last change of the text: Enter takes what it has reached.
    has_moved: bool,
    marking: Option<Marking>,
    notice: Option<String>,
}

/// The marks of a list of which several can be taken.
#[derive(Debug)]
struct Marking {
    marked: Vec<bool>,
    /// How many have to be marked; `None` if the stem does not say.
    size: Option<usize>,
}

/// What the typed text means.
#[derive(Debug, PartialEq, Eq)]
enum Typed {
    Nothing,
    /// Entries by their keys.
    Named(Vec<usize>),
    /// A key that no entry has.
    Unknown(char),
    /// The entries that say so.
    Filter(Vec<usize>),
}

impl ChoiceList {
    /// A list of which one entry is taken; `keys` are named in the footer.
    pub fn one(title: &str, entries: Vec<Entry>, keys: Vec<String>, leave: &'static str) -> ChoiceList {
        ChoiceList {
            title: title.to_owned(),
            entries,
            keys,
            leave,
            line: LineEditor::default(),
            cursor: 0,
            has_moved: false,
            marking: None,
            notice: None,
        }
    }

    /// A list of which several entries are taken, `size` of them if that is known.
    pub fn several(
        entries: Vec<Entry>,
        size: Option<usize>,
        keys: Vec<String>,
        leave: &'static str,
    ) -> ChoiceList {
        let marking = Some(Marking { marked: vec![false; entries.len()], size });
        ChoiceList { marking, ..ChoiceList::one("", entries, keys, leave) }
    }

    fn typed(&self) -> Typed {
        let text = self.line.text();
        let text = text.trim();
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Typed::Nothing,
            (Some(key), None) => {
                self.named(key).map_or(Typed::Unknown(key), |place| Typed::Named(vec![place]))
            }
            _ => match self.all_named(text) {
                Some(places) => Typed::Named(places),
                None => Typed::Filter(self.matching(text)),
            },
        }
    }

    fn named(&self, key: char) -> Option<usize> {
        self.entries.iter().position(|entry| entry.is_picked_by(key))
    }

    /// The entries of "A C" or "a,c"; only where several can be marked.
    fn all_named(&self, text: &str) -> Option<Vec<usize>> {
        self.marking.as_ref()?;
        let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        let key_of = |word: &str| word.chars().next().filter(|key| key.len_utf8() == word.len());
        let places: Option<Vec<usize>> = words.map(|word| self.named(key_of(word)?)).collect();
        places.filter(|places| !places.is_empty())
    }

    /// The choices that say every typed word.
    fn matching(&self, text: &str) -> Vec<usize> {
        let words = text.to_lowercase();
        let says = |entry: &Entry| {
            let said = entry.text.to_lowercase();
            words.split_whitespace().all(|word| said.contains(word))
        };
        let is_choice = |entry: &Entry| !matches!(entry.pick, Pick::DontKnow | Pick::Hint);
        let places = self.entries.iter().enumerate();
        places.filter(|(_, entry)| is_choice(entry) && says(entry)).map(|(place, _)| place).collect()
    }

    /// The entry that Enter takes, or Space marks.
    fn aimed_at(&self, typed: &Typed) -> Option<usize> {
        match typed {
            Typed::Nothing => Some(self.cursor),
            Typed::Named(places) => places.last().copied(),
            Typed::Unknown(_) => None,
            Typed::Filter(matching) => match matching[..] {
                [only] => Some(only),
                _ => Some(self.cursor).filter(|cursor| self.has_moved && matching.contains(cursor)),
            },
        }
    }

    /// The next entry of those that the arrows can reach; after the last comes the first.
    fn move_cursor(&mut self, forward: bool) {
        let typed = self.typed();
        let aimed_at = self.aimed_at(&typed);
        let reachable = match typed {
            Typed::Filter(matching) if !matching.is_empty() => matching,
            Typed::Filter(_) => return,
            Typed::Nothing | Typed::Named(_) | Typed::Unknown(_) => {
                self.line.clear();
                (0..self.entries.len()).filter(|place| self.entries[*place].is_listed()).collect()
            }
        };
        let here = aimed_at.and_then(|place| reachable.iter().position(|other| *other == place));
        let number = reachable.len();
        let next = match (here, forward) {
            (Some(here), true) => (here + 1) % number,
            (Some(here), false) => (here + number - 1) % number,
            (None, true) => 0,
            (None, false) => number - 1,
        };
        self.cursor = reachable[next];
        self.has_moved = true;
    }

    fn change(&mut self, change: impl FnOnce(&mut LineEditor)) {
        change(&mut self.line);
        self.has_moved = false;
        if self.line.is_cut() {
            self.notice = Some(too_long());
        }
    }

    /// Space: marks what is named or found, or goes on with a text that is neither.
    fn space(&mut self) {
        let typed = self.typed();
        let meant = match &typed {
            Typed::Named(places) => places.clone(),
            Typed::Nothing | Typed::Filter(_) | Typed::Unknown(_) => {
                self.aimed_at(&typed).into_iter().collect()
            }
        };
        match (&mut self.marking, &meant[..]) {
            (Some(marking), [_, ..]) => {
                meant.iter().for_each(|place| marking.marked[*place] = !marking.marked[*place]);
                self.settle(&meant);
            }
            _ => self.change(|line| line.insert(' ')),
        }
    }

    /// What was named is done: the text makes room for the next, and the arrows go on from there.
    fn settle(&mut self, places: &[usize]) {
        self.line.clear();
        self.has_moved = false;
        if let Some(last) = places.iter().rfind(|place| self.entries[**place].is_listed()) {
            self.cursor = *last;
        }
    }

    fn enter(&mut self) -> Step<Vec<Pick>> {
        if self.line.is_cut() {
            return self.refuse(too_long());
        }
        let typed = self.typed();
        let aimed_at = self.aimed_at(&typed);
        match (typed, aimed_at) {
            (Typed::Unknown(key), _) => self.refuse(self.no_such_key(key)),
            (Typed::Filter(matching), None) => self.refuse(undecided(matching.len())),
            (Typed::Named(places), _) => self.take(&places),
            (Typed::Nothing, Some(place)) if self.marking.is_some() => self.submit(place),
            (Typed::Nothing | Typed::Filter(_), Some(place)) => self.take(&[place]),
            (Typed::Nothing, None) => Step::Stay,
        }
    }

    /// Takes what was named or found; of several it marks them first.
    fn take(&mut self, places: &[usize]) -> Step<Vec<Pick>> {
        let Some(marking) = &mut self.marking else {
            return Step::Answer(places.iter().map(|place| self.entries[*place].pick).collect());
        };
        // An entry that is not a choice needs no mark.
        if let [place] = places
            && !matches!(self.entries[*place].pick, Pick::Choice(_))
        {
            return Step::Answer(vec![self.entries[*place].pick]);
        }
        places.iter().for_each(|place| marking.marked[*place] = true);
        let is_counted = marking.size.is_some();
        self.settle(places);
        // Where nothing says how many, Enter alone says that it is all.
        if is_counted { self.submit(self.cursor) } else { Step::Stay }
    }

    /// Answers with what is marked.
    fn submit(&mut self, cursor: usize) -> Step<Vec<Pick>> {
        let Some(marking) = &self.marking else { return Step::Stay };
        let picks = self.entries.iter().zip(&marking.marked);
        let marked: Vec<Pick> = picks.filter(|(_, marked)| **marked).map(|(entry, _)| entry.pick).collect();
        if let [Pick::DontKnow] = marked[..] {
            return Step::Answer(marked);
        }
        if marked.is_empty() && self.entries[cursor].pick == Pick::DontKnow {
            return Step::Answer(vec![Pick::DontKnow]);
        }
        match refusal(&marked, marking.size) {
            Some(why) => self.refuse(why),
            None => Step::Answer(marked),
        }
    }

    fn refuse(&mut self, why: String) -> Step<Vec<Pick>> {
        self.notice = Some(why);
        Step::Stay
    }

    fn no_such_key(&self, key: char) -> String {
        let letters: Vec<char> =
            self.entries.iter().filter(|entry| entry.is_listed()).map(|entry| entry.letter).collect();
        let letters: String = letters.iter().map(|letter| format!("{letter} ")).collect();
        format!("No choice has the letter {}; there are {}.", key.to_uppercase(), letters.trim_end())
    }

    /// How many choices match, for the end of the line.
    fn count(&self, typed: &Typed) -> String {
        match typed {
            Typed::Nothing | Typed::Named(_) | Typed::Unknown(_) => String::new(),
            Typed::Filter(matching) => match matching.len() {
                0 => "none match".to_owned(),
                1 => "1 matches".to_owned(),
                number => format!("{number} match"),
            },
        }
    }

    fn footer(&self, layout: &Layout, is_all: bool) -> Vec<String> {
        let more = (!is_all).then(|| layout.symbol("↑ ↓ more", "Up Down more"));
        let leave = if self.line.is_empty() { self.leave } else { "Esc clear" };
        let keys = self.keys.iter().map(String::as_str).chain(more).chain([leave]);
        layout.footer(&keys.collect::<Vec<_>>())
    }
}

impl Prompt for ChoiceList {
    type Answer = Vec<Pick>;

    fn press(&mut self, key: Key) -> Step<Vec<Pick>> {
        self.notice = None;
        match key {
            Key::Char(' ') if self.marking.is_some() => self.space(),
            Key::Char(c) => self.change(|line| line.insert(c)),
            Key::Paste(text) => self.change(|line| line.paste(&text)),
            Key::Edit(edit) => self.change(|line| line.edit(edit)),
            Key::Up | Key::PageUp => self.move_cursor(false),
            Key::Down | Key::PageDown => self.move_cursor(true),
            Key::Esc if !self.line.is_empty() || self.line.is_cut() => self.change(LineEditor::clear),
            Key::Esc | Key::Interrupt => return Step::Back,
            Key::Enter => return self.enter(),
        }
        Step::Stay
    }

    fn draw(&self, layout: &Layout) -> Frame {
        let typed = self.typed();
        let aimed_at = self.aimed_at(&typed);
        let matching = match &typed {
            Typed::Filter(matching) => Some(&matching[..]),
            Typed::Nothing | Typed::Named(_) | Typed::Unknown(_) => None,
        };
        let sign = |place: usize| match matching {
            _ if aimed_at == Some(place) => Sign::Cursor,
            Some(matching) if matching.contains(&place) => Sign::Match,
            Some(_) => Sign::NoMatch,
            None => Sign::None,
        };
        let mut frame = Frame::asking(layout, &self.title, &self.line, &self.count(&typed));
        let listed = || self.entries.iter().enumerate().filter(|(_, entry)| entry.is_listed());
        let labels: Vec<String> = listed().map(|(_, entry)| entry.label()).collect();
        let rows: Vec<Row> = listed()
            .zip(&labels)
            .map(|((place, entry), label)| Row {
                sign: sign(place),
                marked: self.marking.as_ref().map(|marking| marking.marked[place]),
                label,
                text: &entry.text,
            })
            .collect();
        let shown = aimed_at.or_else(|| matching?.first().copied()).unwrap_or(self.cursor);
        let page = |is_all| {
            let taken = frame.lines.len() + self.footer(layout, is_all).len();
            page_of_rows(layout, &rows, shown, layout.room(taken))
        };
        let page = Some(page(true)).filter(|page| page.is_all).unwrap_or_else(|| page(false));
        frame.extend(page.lines);
        frame.extend(self.notice.iter().flat_map(|why| layout.notice(why)).collect());
        frame.extend(self.footer(layout, page.is_all));
        frame
    }

    fn record(&self, layout: &Layout, picks: &Vec<Pick>) -> Vec<String> {
        let taken = self.entries.iter().filter(|entry| picks.contains(&entry.pick));
        layout.record(&self.title, &taken.map(Entry::line).collect::<Vec<_>>().join("; "))
    }
}

/// Why Enter takes nothing although a text was typed.
fn undecided(matching: usize) -> String {
    match matching {
        0 => "No choice says that. Esc clears the text.".to_owned(),
        number => format!("{number} choices match: type more, or pick one with the arrows."),
    }
}

/// Why these marks are no answer.
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
