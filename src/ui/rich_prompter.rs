//! The rich prompter: inquire's prompts on a real terminal, without its surprises.
//!
//! Prompts are drawn on standard error. Every prompt drops keys typed too early, names its own
//! keys, is wrapped between words and is not taller than the window.

mod answers;
mod entry;
mod layout;
mod render_config;

use std::io::{self, IsTerminal};

use chrono::NaiveDate;
use inquire::error::InquireResult;
use inquire::list_option::ListOption;
use inquire::validator::Validation;
use inquire::{Confirm, DateSelect, InquireError, MultiSelect, Select, Text};

use self::layout::{AFTER_BOX, AFTER_CURSOR, Layout, page_size};
use self::render_config::render_config;
use super::look::Look;
use super::prompter::{Prompted, Prompter, QuestionPrompt, StudyInput, Validator};
use super::{output, terminal, text};
use badgedex_domain::sanitize;

/// Longer lists can be filtered by typing.
const MAX_WITHOUT_FILTER: usize = 9;

/// Asks on a terminal: standard input and standard error must both be terminals.
#[derive(Debug)]
pub struct RichPrompter {
    look: Look,
}

impl RichPrompter {
    /// From here on the look alone decides about colors, for crossterm too.
    pub fn new(look: Look) -> RichPrompter {
        crossterm::style::force_color_output(look.color);
        RichPrompter { look }
    }

    /// A line of text; pasted line breaks are blanks.
    fn line(
        &self,
        title: &str,
        initial: &str,
        keys: &[&str],
        check: Validator,
    ) -> io::Result<Prompted<String>> {
        let layout = Layout::of_terminal(&self.look);
        let (title, help) = (layout.title(title), layout.help(keys));
        let start = AFTER_CURSOR + title.lines().last().map_or(0, text::display_width) + 1;
        let said = |given: &str| layout.said(start, given.trim());
        let checked = |given: &str| {
            let refusal = check(sanitize::line(given).trim()).err();
            Ok(refusal.map_or(Validation::Valid, |why| Validation::Invalid(layout.complaint(&why).into())))
        };
        let mut text = Text::new(&title)
            .with_validator(checked)
            .with_formatter(&said)
            .with_help_message(&help)
            .with_render_config(render_config(&self.look));
        // Shown next to the title, not in the field: typing would continue after it there.
        if !initial.is_empty() {
            text = text.with_default(initial);
        }
        Ok(hear(|| text.prompt())?.map(|given| sanitize::line(&given).trim().to_owned()))
    }
}

impl Prompter for RichPrompter {
    fn look(&self) -> &Look {
        &self.look
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        output::page(text)
    }

    fn ask(&mut self, prompt: QuestionPrompt) -> io::Result<Prompted<StudyInput>> {
        self.answer(prompt)
    }

    fn choose(&mut self, title: &str, options: &[String], cursor: usize) -> io::Result<Prompted<usize>> {
        let menu = Menu::new(&self.look, title, options, AFTER_CURSOR, &["Enter choose"]);
        let score = menu.scorer();
        let said = |taken: ListOption<&String>| menu.said(&[taken.index]);
        let mut select = Select::new(&menu.title, menu.labels.clone())
            .with_starting_cursor(cursor.min(options.len().saturating_sub(1)))
            .with_scorer(&score)
            .with_formatter(&said)
            .with_page_size(menu.page)
            .with_help_message(&menu.help)
            .with_render_config(render_config(&self.look));
        select.filter_input_enabled = menu.is_long();
        Ok(hear(|| select.raw_prompt())?.map(|taken| taken.index))
    }

    fn choose_many(
        &mut self,
        title: &str,
        options: &[String],
        chosen: &[usize],
    ) -> io::Result<Prompted<Vec<usize>>> {
        let arrows = self.look.symbol("← none   → all", "Left none   Right all");
        let menu = Menu::new(&self.look, title, options, AFTER_BOX, &["Space mark", arrows, "Enter done"]);
        let score = menu.scorer();
        let said =
            |marked: &[ListOption<&String>]| menu.said(&marked.iter().map(|m| m.index).collect::<Vec<_>>());
        let mut select = MultiSelect::new(&menu.title, menu.labels.clone())
            .with_default(chosen)
            .with_scorer(&score)
            .with_keep_filter(false)
            .with_formatter(&said)
            .with_page_size(menu.page)
            .with_help_message(&menu.help)
            .with_render_config(render_config(&self.look));
        select.filter_input_enabled = menu.is_long();
        Ok(hear(|| select.raw_prompt())?.map(|marked| marked.iter().map(|marked| marked.index).collect()))
    }

    fn text(&mut self, title: &str, initial: &str, check: Validator) -> io::Result<Prompted<String>> {
        self.line(title, initial, &["Enter accept", "Esc back"], check)
    }

    fn date(
        &mut self,
        title: &str,
        initial: NaiveDate,
        latest: Option<NaiveDate>,
    ) -> io::Result<Prompted<NaiveDate>> {
        let layout = Layout::of_terminal(&self.look);
        let title = layout.title(title);
        let (days, weeks) =
            (layout.symbol("← → day", "Left Right day"), layout.symbol("↑ ↓ week", "Up Down week"));
        let help = layout.help(&[days, weeks, "[ ] month", "{ } year", "Enter choose", "Esc back"]);
        let mut select = DateSelect::new(&title)
            .with_starting_date(latest.map_or(initial, |latest| initial.min(latest)))
            .with_week_start(chrono::Weekday::Mon)
            .with_formatter(&text::date)
            .with_help_message(&help)
            .with_render_config(render_config(&self.look));
        select.max_date = latest;
        hear(|| select.prompt())
    }

    fn confirm(&mut self, title: &str, initial: bool) -> io::Result<Prompted<bool>> {
        let layout = Layout::of_terminal(&self.look);
        let title = layout.title(title);
        let help = layout.help(&["y or n and Enter", "Esc back"]);
        let confirm = Confirm::new(&title)
            .with_default(initial)
            .with_error_message("Type y for yes or n for no.")
            .with_help_message(&help)
            .with_render_config(render_config(&self.look));
        hear(|| confirm.prompt())
    }
}

/// A list to choose from, made to fit the window.
struct Menu<'o> {
    layout: Layout,
    options: &'o [String],
    title: String,
    labels: Vec<String>,
    help: String,
    page: usize,
}

impl<'o> Menu<'o> {
    fn new(look: &Look, title: &str, options: &'o [String], start: usize, keys: &[&str]) -> Menu<'o> {
        let layout = Layout::of_terminal(look);
        let title = layout.title(title);
        let help = menu_help(&layout, keys, options.len() > MAX_WITHOUT_FILTER);
        let room = layout.menu_room(&title, &help);
        let labels: Vec<String> =
            options.iter().map(|option| layout.option(start, "", option, room)).collect();
        let page = page_size(labels.iter().map(String::as_str), room);
        Menu { layout, options, title, labels, help, page }
    }

    fn is_long(&self) -> bool {
        self.options.len() > MAX_WITHOUT_FILTER
    }

    /// Keeps the options that hold every typed word, in their order.
    fn scorer(&self) -> impl Fn(&str, &String, &str, usize) -> Option<i64> {
        |typed, _, _, place| {
            let option = self.options.get(place)?.to_lowercase();
            let holds = typed.to_lowercase().split_whitespace().all(|word| option.contains(word));
            holds.then(|| i64::try_from(place).map_or(i64::MIN, |place| -place))
        }
    }

    fn said(&self, places: &[usize]) -> String {
        let options: Vec<&str> =
            places.iter().filter_map(|&i| self.options.get(i)).map(String::as_str).collect();
        let start = AFTER_CURSOR + self.title.lines().last().map_or(0, text::display_width) + 1;
        self.layout.said(start, &options.join("; "))
    }
}

fn menu_help(layout: &Layout, keys: &[&str], filters: bool) -> String {
    let mut all = vec![layout.symbol("↑ ↓ move", "Up Down move")];
    all.extend(keys);
    all.extend(filters.then_some("type to filter"));
    all.push("Esc back");
    layout.help(&all)
}

/// Drops what was typed too early, asks, and turns inquire's errors into [`Prompted`].
///
/// If standard input is not a terminal, inquire would wait on the controlling terminal and never return.
fn hear<T>(prompt: impl FnOnce() -> InquireResult<T>) -> io::Result<Prompted<T>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(no_terminal());
    }
    if terminal::drop_pending_input()? {
        return Ok(Prompted::Quit);
    }
    match prompt() {
        Ok(said) => Ok(Prompted::Input(said)),
        Err(InquireError::OperationCanceled) => Ok(Prompted::Back),
        Err(InquireError::OperationInterrupted) => terminal::clear_below().map(|()| Prompted::Quit),
        Err(InquireError::IO(fault)) if fault.kind() == io::ErrorKind::UnexpectedEof => {
            Ok(Prompted::EndOfInput)
        }
        Err(InquireError::IO(fault)) => Err(fault),
        Err(InquireError::NotTTY) => Err(no_terminal()),
        Err(fault) => Err(io::Error::other(fault)),
    }
}

fn no_terminal() -> io::Error {
    io::Error::other("there is no terminal to ask on; try --plain")
}
