//! How things look: width, colour, symbols. Decided once, in [`Look::of_terminal`].

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};

use anstyle::{AnsiColor, Style};

use badgedex_domain::settings::Color;

/// Width where nothing says otherwise.
const USUAL_WIDTH: usize = 80;
/// Lines longer than this are hard to read.
const WIDEST: usize = 100;
/// Below this a list folds to one column.
const FOLD_BELOW: usize = 50;

/// What a piece of text means; colour underlines it, words carry it.
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    pub color: bool,
    /// Symbols beyond ASCII.
    pub unicode: bool,
    /// No pictures, bars or margins: for screen readers, pipes and dumb terminals.
    pub plain: bool,
    /// Long lines are broken; not where the reader of a pipe does that.
    pub wrap: bool,
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
            width: width.unwrap_or(USUAL_WIDTH).clamp(20, WIDEST),
            color: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => terminal && !refused && !plain,
            },
            unicode: is_utf8(),
            plain,
            wrap: true,
        }
    }

    /// The look of the lines face: no colours, since a verdict is known by how its line starts. Where a pipe
    /// reads it, lines are left whole: the reader breaks them.
    pub fn for_lines(self) -> Look {
        let wrap = io::stdout().is_terminal() || env::var_os("COLUMNS").is_some();
        Look { plain: true, color: false, wrap, ..self }
    }

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

    /// The first where the terminal can show it, else the second.
    pub fn symbol<'s>(&self, unicode: &'s str, ascii: &'s str) -> &'s str {
        if self.unicode { unicode } else { ascii }
    }

    pub fn is_narrow(&self) -> bool {
        self.width < FOLD_BELOW
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
