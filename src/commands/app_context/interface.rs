//! How this run talks to the learner: JSON or screens, plain or rich, with which colors.

use std::cell::RefCell;
use std::env;
use std::io::{self, IsTerminal};

use anyhow::Result;
use serde_json::Value;

use crate::cli::{ColorWhen, GlobalArgs};
use crate::ui::look::Look;
use crate::ui::output;
use crate::ui::plain_prompter::PlainPrompter;
use crate::ui::prompter::Prompter;
use crate::ui::rich_prompter::RichPrompter;
use crate::ui::terminal;
use crate::ui::text::Page;
use badgedex_domain::settings::Color;

/// What the command line, the environment and the settings say about the look.
#[derive(Debug, Clone)]
pub struct Interface {
    /// JSON is printed instead of screens, and nothing is asked.
    pub json: bool,
    plain: bool,
    /// Of the command line: it overrules the setting.
    color: Option<ColorWhen>,
    color_setting: Color,
    /// The pages of the menu's commands, which are shown in its place; `None`: pages are printed.
    held: RefCell<Option<String>>,
}

impl Interface {
    /// The interface of a run, until [`Interface::set_color`] with the color setting's usual value.
    pub fn new(global: &GlobalArgs) -> Interface {
        Interface {
            json: global.json,
            plain: global.plain
                || env::var_os("ACCESSIBLE").is_some_and(|v| v == "1")
                || env::var_os("TERM").is_some_and(|v| v == "dumb"),
            color: global.color,
            color_setting: Color::Auto,
            held: RefCell::new(None),
        }
    }

    /// Follows the learner's setting.
    pub fn set_color(&mut self, setting: Color) {
        self.color_setting = setting;
    }

    /// How screens look on this terminal.
    pub fn look(&self) -> Look {
        let color = self.color.map_or(self.color_setting, Into::into);
        Look::of_terminal(color, self.plain)
    }

    /// Whether a command that prints may ask something first: a person reads and types, and no JSON is wanted.
    pub fn can_ask(&self) -> bool {
        !self.json && io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// The prompter that fits: rich on a terminal, else lines.
    ///
    /// # Errors
    /// The terminal cannot be set up.
    pub fn prompter(&self) -> Result<Box<dyn Prompter>> {
        // Inquire draws on standard error.
        let terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
        if terminal && !self.plain {
            terminal::guard()?;
            return Ok(Box::new(RichPrompter::new(self.look())));
        }
        Ok(Box::new(PlainPrompter::new(self.look().for_plain_prompter())?))
    }

    /// Keeps what is printed until [`Interface::held_pages`] asks for it.
    pub fn hold_pages(&self) {
        self.held.replace(Some(String::new()));
    }

    /// What was printed since [`Interface::hold_pages`]; from here on pages are printed again.
    pub fn held_pages(&self) -> String {
        self.held.take().unwrap_or_default()
    }

    fn page(&self, text: &str) -> io::Result<()> {
        match self.held.borrow_mut().as_mut() {
            Some(held) => {
                held.push_str(text);
                held.push('\n');
                Ok(())
            }
            None => output::page(text),
        }
    }

    /// Prints a sentence or two, or their JSON.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub fn tell(&self, json: &Value, text: &str) -> Result<()> {
        if self.json {
            output::json(json)?;
        } else {
            match self.held.borrow().is_some() {
                true => self.page(&Page::new(&self.look()).para(text).done())?,
                false => output::say(text)?,
            }
        }
        Ok(())
    }

    /// Prints a screen, or its JSON.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub fn print(&self, json: impl FnOnce() -> Value, screen: impl FnOnce(&Look) -> String) -> Result<()> {
        if self.json {
            output::json(&json())?;
        } else {
            self.page(&screen(&self.look()))?;
        }
        Ok(())
    }
}
