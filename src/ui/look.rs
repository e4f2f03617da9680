//! How output looks: width, color, symbols. Decided once, in [`Look::of_terminal`].
//!
//! inquire's prompts take their colors from here, too: `rich_prompter::render_config` translates a [`Look`].

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};

use anstyle::{AnsiColor, Style};

use badgedex_domain::settings::Color;

/// Width in columns if neither the terminal nor `COLUMNS` tells it.
const DEFAULT_WIDTH: usize = 80;
/// Longer lines, in columns, are hard to read.
const MAX_WIDTH: usize = 100;
/// From this width, in columns, lists have more than one column.
const MIN_WIDE_WIDTH: usize = 50;

/// What a span of text means; color underlines it, words carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Title,
    Good,
    Bad,
    Warn,
    Accent,
    Dim,
}

/// The width, the colors and the symbols that output may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    pub color: bool,
    /// Symbols beyond ASCII.
    pub unicode: bool,
    /// No pictures, bars or margins: for screen readers, pipes and dumb terminals.
    pub plain: bool,
    /// Long lines are wrapped; not if a pipe's reader does that.
    pub wrap: bool,
    /// Addresses can be clicked.
    pub links: bool,
}

impl Look {
    /// The look of this terminal, as the user wants it.
    pub fn of_terminal(color: Color, plain: bool) -> Look {
        let terminal = io::stdout().is_terminal();
        let columns = env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let measured = terminal.then(|| crossterm::terminal::size().ok()).flatten();
        let width = measured.map(|(width, _)| usize::from(width)).filter(|w| *w > 0).or(columns);
        let dumb = env::var("TERM").is_ok_and(|t| t == "dumb");
        let refused = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || dumb;
        Look {
            width: width.unwrap_or(DEFAULT_WIDTH).clamp(20, MAX_WIDTH),
            color: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => terminal && !refused && !plain,
            },
            unicode: is_utf8(),
            plain,
            wrap: true,
            links: !plain && !refused && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        }
    }

    /// The look of the plain prompter: no colors, since a verdict is recognized by the start of its line. In a
    /// pipe lines are left whole: the reader wraps them.
    pub fn for_plain_prompter(self) -> Look {
        let wrap = io::stdout().is_terminal() || env::var_os("COLUMNS").is_some();
        Look { plain: true, color: false, wrap, links: false, ..self }
    }

    /// The text in the color of its tone, unless colors are off.
    pub fn paint<'t>(&self, tone: Tone, text: &'t str) -> Cow<'t, str> {
        let plain = Style::new();
        let color = |color: AnsiColor| plain.fg_color(Some(color.into()));
        let style = match tone {
            _ if !self.color => return Cow::Borrowed(text),
            Tone::Plain => return Cow::Borrowed(text),
            Tone::Title => plain.bold(),
            Tone::Good => color(AnsiColor::Green),
            Tone::Bad => color(AnsiColor::Red),
            // Yellow cannot be read on white.
            Tone::Warn => color(AnsiColor::Magenta),
            Tone::Accent => color(AnsiColor::Cyan),
            Tone::Dim => plain.dimmed(),
        };
        Cow::Owned(format!("{style}{text}{style:#}"))
    }

    /// A part of an address that opens it where the terminal can.
    pub fn link(&self, address: &str, part: &str) -> String {
        match self.links {
            true => format!("\x1b]8;;{address}\x1b\\{part}\x1b]8;;\x1b\\"),
            false => part.to_owned(),
        }
    }

    /// The first if the terminal can show it, else the second.
    pub fn symbol<'s>(&self, unicode: &'s str, ascii: &'s str) -> &'s str {
        if self.unicode { unicode } else { ascii }
    }

    /// Whether lists have a single column.
    pub fn is_narrow(&self) -> bool {
        self.width < MIN_WIDE_WIDTH
    }

    /// Columns left of text.
    pub fn margin(&self) -> &'static str {
        if self.plain { "" } else { "  " }
    }
}

/// Whether the locale's characters are UTF-8; unset counts as such.
fn is_utf8() -> bool {
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    set.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
