//! A screen as spans of text with a tone each: printed with or without color, or drawn as a picture.
//!
//! Charts arrive as a buffer that a ratatui widget was drawn into; its cells become spans, too.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};

use super::look::{Look, Tone};
use super::text::{Page, display_width};

/// Text of one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
}

/// A span of text in a tone.
pub fn span(tone: Tone, text: impl Into<String>) -> Span {
    Span { text: text.into(), tone }
}

/// Builds a screen line by line.
#[derive(Debug, Clone)]
pub struct StyledPage {
    pub look: Look,
    lines: Vec<Vec<Span>>,
}

impl StyledPage {
    /// An empty page.
    pub fn new(look: Look) -> StyledPage {
        StyledPage { look, lines: Vec::new() }
    }

    /// Columns between the margins.
    pub fn room(&self) -> usize {
        self.look.width.saturating_sub(2 * self.look.margin().len())
    }

    /// An empty line.
    pub fn blank(&mut self) -> &mut Self {
        self.lines.push(Vec::new());
        self
    }

    /// One line, as it is.
    pub fn line(&mut self, spans: impl IntoIterator<Item = Span>) -> &mut Self {
        let margin = span(Tone::Plain, self.look.margin());
        self.lines.push([margin].into_iter().chain(spans).collect());
        self
    }

    /// Text that is broken into lines that fit.
    pub fn para(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.toned(Tone::Plain, "", text)
    }

    /// Text of one tone after a label; further lines are aligned with the text.
    pub fn toned(&mut self, tone: Tone, label: &str, text: impl AsRef<str>) -> &mut Self {
        let mut page = Page::new(&self.look);
        page.hanging(label, text);
        let done = page.done();
        self.lines.extend(done.lines().map(|line| vec![span(tone, line)]));
        self
    }

    /// Opens a section of the screen: its name, a rule, and a figure at the end of the rule.
    pub fn heading(&mut self, title: &str, figure: &str) -> &mut Self {
        self.blank();
        if self.look.plain {
            let text = if figure.is_empty() { title.to_owned() } else { format!("{title}: {figure}") };
            return self.para(text);
        }
        let fits = display_width(title) + display_width(figure) + 4 <= self.room();
        let figure = if fits { figure } else { "" };
        let taken = display_width(title) + display_width(figure) + if figure.is_empty() { 1 } else { 2 };
        let rule = self.look.symbol("─", "-").repeat(self.room().saturating_sub(taken));
        let end = if figure.is_empty() { String::new() } else { format!(" {figure}") };
        self.line([span(Tone::Title, title), span(Tone::Dim, format!(" {rule}")), span(Tone::Plain, end)])
    }

    /// What a widget drew.
    pub fn picture(&mut self, buffer: &Buffer) -> &mut Self {
        let width = usize::from(buffer.area.width).max(1);
        for row in buffer.content.chunks(width) {
            let spans = spans_of(row, self.look.unicode);
            self.line(spans);
        }
        self
    }

    /// Two pages side by side; the left one is as wide as its look says.
    pub fn beside(&mut self, left: &StyledPage, right: &StyledPage) -> &mut Self {
        let tall = left.lines.len().max(right.lines.len());
        let none = Vec::new();
        for row in 0..tall {
            let mut line = left.lines.get(row).unwrap_or(&none).clone();
            let taken: usize = line.iter().map(|part| display_width(&part.text)).sum();
            line.push(span(Tone::Plain, " ".repeat(left.look.width.saturating_sub(taken))));
            line.extend(right.lines.get(row).unwrap_or(&none).iter().cloned());
            self.lines.push(line);
        }
        self
    }

    /// The lines without trailing blanks, and without empty lines at the end.
    pub fn lines(&self) -> Vec<Vec<Span>> {
        let mut lines: Vec<Vec<Span>> = self.lines.iter().map(|line| trimmed(line)).collect();
        while lines.last().is_some_and(Vec::is_empty) {
            lines.pop();
        }
        lines
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        let paint = |part: &Span| self.look.paint(part.tone, &part.text).into_owned();
        let lines: Vec<String> = self.lines().iter().map(|line| line.iter().map(paint).collect()).collect();
        lines.join("\n")
    }
}

fn trimmed(line: &[Span]) -> Vec<Span> {
    let mut line = line.to_vec();
    while let Some(last) = line.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        line.pop();
    }
    line
}

/// A tone as a widget's style.
pub fn style(tone: Tone) -> Style {
    let plain = Style::new();
    match tone {
        Tone::Plain => plain,
        Tone::Title => plain.add_modifier(Modifier::BOLD),
        Tone::Good => plain.fg(Color::Green),
        Tone::Bad => plain.fg(Color::Red),
        Tone::Warn => plain.fg(Color::Magenta),
        Tone::Accent => plain.fg(Color::Cyan),
        Tone::Dim => plain.fg(Color::DarkGray),
    }
}

fn tone(cell: &Cell) -> Tone {
    match cell.fg {
        Color::Green => Tone::Good,
        Color::Red => Tone::Bad,
        Color::Magenta => Tone::Warn,
        Color::Cyan => Tone::Accent,
        Color::DarkGray => Tone::Dim,
        _ if cell.modifier.contains(Modifier::BOLD) => Tone::Title,
        _ => Tone::Plain,
    }
}

fn spans_of(row: &[Cell], unicode: bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for cell in row {
        let symbol = if unicode { cell.symbol() } else { ascii(cell.symbol()) };
        match spans.last_mut() {
            Some(last) if last.tone == tone(cell) || symbol == " " => last.text.push_str(symbol),
            _ => spans.push(span(tone(cell), symbol)),
        }
    }
    spans
}

/// The closest ASCII symbol.
fn ascii(symbol: &str) -> &str {
    match symbol {
        "│" => "|",
        "─" => "-",
        "└" => "+",
        "▁" | "▂" => ".",
        "▃" | "▄" | "▎" | "▏" => ":",
        "▅" | "▆" => "=",
        _ if symbol.is_ascii() => symbol,
        "▇" | "█" | "▊" | "▉" | "▋" | "▌" | "▍" => "#",
        _ => "*",
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    const LOOK: Look =
        Look { width: 40, color: false, unicode: true, plain: false, wrap: true, links: false };

    #[test]
    fn a_buffer_becomes_lines_without_blanks_at_their_ends() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 2));
        buffer.set_string(0, 0, "ab█", style(Tone::Good));
        for (unicode, color, shown) in
            [(true, false, "  ab█"), (false, false, "  ab#"), (true, true, "  \u{1b}[32mab█\u{1b}[0m")]
        {
            let mut page = StyledPage::new(Look { unicode, color, ..LOOK });
            page.picture(&buffer);
            assert_eq!(page.text(), shown);
        }
    }

    #[test]
    fn two_pages_are_side_by_side() {
        let (mut left, mut right) = (StyledPage::new(Look { width: 8, ..LOOK }), StyledPage::new(LOOK));
        left.para("one");
        right.para("two").para("three");
        let mut both = StyledPage::new(LOOK);
        both.beside(&left, &right);
        assert_eq!(both.text(), "  one     two\n          three");
    }
}
