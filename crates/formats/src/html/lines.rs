//! Text as lines: blanks fold, blocks begin on lines of their own, and there is at most one blank line in a row.

/// Deeper lists are not indented further.
const MAX_INDENT: usize = 6;

/// Superscript or subscript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Above,
    Below,
}

/// The lines that are being written.
#[derive(Debug, Default)]
pub struct Lines {
    out: String,
    /// Line breaks that come before the next letter.
    breaks: usize,
    /// A blank that comes before the next letter of the line.
    blank: bool,
    keeps_blanks: bool,
    /// How deep in code, where blanks stay too.
    code: usize,
    /// A line break right after `<pre>` does not count.
    is_at_pre: bool,
    /// The open lists: the next number, or `None` for dashes.
    lists: Vec<Option<u32>>,
    /// Where the text of the last item begins: a block in it needs no line of its own.
    item_at: Option<usize>,
    cells: usize,
    is_in_cell: bool,
    script: Option<(Script, usize)>,
}

impl Lines {
    /// From here on blanks and line breaks stay as they are.
    pub fn keep_blanks(&mut self) {
        self.keeps_blanks = true;
    }

    /// Whether the next text is code, which is not changed.
    pub fn is_code(&self) -> bool {
        self.code > 0
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        let keeps = self.keeps_blanks || self.is_code();
        for (i, c) in text.char_indices() {
            match c {
                '\n' if keeps && self.is_at_pre => {}
                '\r' if keeps && text[i + 1..].starts_with('\n') => {}
                '\n' | '\r' if keeps => self.end_line(),
                '\u{a0}' if keeps => self.letter(' '),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' if !keeps => self.blank = true,
                _ => self.letter(c),
            }
            self.is_at_pre = false;
        }
    }

    fn letter(&mut self, c: char) {
        self.write_breaks();
        if self.blank && !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.blank = false;
        self.out.push(c);
    }

    fn write_breaks(&mut self) {
        if self.breaks == 0 {
            return;
        }
        let length = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(length);
        let there = self.out.bytes().rev().take(2).take_while(|&b| b == b'\n').count();
        let wanted = if self.out.is_empty() { 0 } else { self.breaks.min(2).saturating_sub(there) };
        self.out.push_str(&"\n\n"[..wanted]);
        self.breaks = 0;
        self.blank = false;
    }

    /// The line ends here, even if it is blank.
    pub fn end_line(&mut self) {
        match self.is_in_cell {
            true => self.blank = true,
            false => self.breaks += 1,
        }
    }

    /// What comes begins on a line of its own.
    pub fn block(&mut self) {
        self.break_at_least(1);
    }

    /// What comes begins after a blank line.
    pub fn paragraph(&mut self) {
        self.break_at_least(2);
    }

    fn break_at_least(&mut self, breaks: usize) {
        let is_at_item = self.item_at == Some(self.out.len());
        match self.is_in_cell {
            true => self.blank = true,
            false if is_at_item => {}
            false => self.breaks = self.breaks.max(breaks),
        }
    }

    /// A block of code begins.
    pub fn open_pre(&mut self) {
        self.paragraph();
        self.code += 1;
        self.is_at_pre = true;
    }

    /// A block of code ends.
    pub fn close_pre(&mut self) {
        self.close_code();
        self.paragraph();
    }

    /// Code within a line begins.
    pub fn open_code(&mut self) {
        self.code += 1;
    }

    /// Code within a line ends.
    pub fn close_code(&mut self) {
        self.code = self.code.saturating_sub(1);
    }

    /// A list with numbers from `first`, or with dashes.
    pub fn open_list(&mut self, first: Option<u32>) {
        self.line();
        self.lists.push(first);
    }

    /// The innermost list ends.
    pub fn close_list(&mut self) {
        self.lists.pop();
        self.line();
    }

    /// A new line, even right after the dash of an item.
    fn line(&mut self) {
        self.item_at = None;
        self.block();
    }

    /// An item of the innermost list begins.
    pub fn item(&mut self) {
        self.line();
        self.write_breaks();
        let depth = self.lists.len().saturating_sub(1).min(MAX_INDENT);
        let number = self.lists.last_mut().and_then(|list| {
            let number = *list.as_ref()?;
            *list = Some(number.saturating_add(1));
            Some(number)
        });
        let mark = number.map_or("- ".to_owned(), |number| format!("{number}. "));
        match self.is_in_cell {
            true => mark.chars().for_each(|c| self.letter(c)),
            false => self.out.push_str(&format!("{}{mark}", "  ".repeat(depth))),
        }
        self.item_at = Some(self.out.len());
    }

    /// A row of a table begins or ends.
    pub fn row(&mut self) {
        (self.cells, self.is_in_cell) = (0, false);
        self.line();
    }

    /// A cell of a row begins.
    pub fn cell(&mut self) {
        if self.cells > 0 {
            self.blank = true;
            self.letter('|');
            self.blank = true;
        }
        self.cells += 1;
        self.is_in_cell = true;
    }

    /// Superscript or subscript begins.
    pub fn open_script(&mut self, script: Script) {
        self.script.get_or_insert((script, self.out.len()));
    }

    /// Marks what was written since the script began, so that it can be told from the rest.
    pub fn close_script(&mut self) {
        let Some((script, from)) = self.script.take() else { return };
        let Some(small) = self.out.get(from..).filter(|small| !small.trim().is_empty()) else { return };
        if small.trim_start().contains('\n') {
            return;
        }
        let begin = from + small.len() - small.trim_start().len();
        let before = self.out[..begin].chars().next_back();
        let small = match script {
            Script::Above => raised(&self.out[begin..], before),
            Script::Below => lowered(&self.out[begin..], before),
        };
        self.out.truncate(begin);
        self.out.push_str(&small);
    }

    /// The text, without blanks around it.
    pub fn finish(self) -> String {
        let text = self.out.trim_end();
        // Code may begin with blanks that align its first line with the others.
        let text = if self.keeps_blanks { text.trim_start() } else { text.trim_start_matches('\n') };
        text.to_owned()
    }
}

/// `10^3`, `x^(n+1)`; but `1st`.
fn raised(small: &str, before: Option<char>) -> String {
    let letters = small.chars().count();
    let is_ending = letters > 1 && small.chars().all(char::is_alphabetic);
    let follows_word = before.is_some_and(char::is_numeric) || small.chars().all(char::is_uppercase);
    if (is_ending && follows_word) || matches!(small, "®" | "™") {
        return small.to_owned();
    }
    match is_term(small) {
        true => format!("^({small})"),
        false => format!("^{small}"),
    }
}

/// `H2O`; but `x_i`, `x_(n+1)`.
fn lowered(small: &str, before: Option<char>) -> String {
    let is_count = small.chars().all(|c| c.is_ascii_digit());
    if is_count && before.is_some_and(|c| c.is_alphabetic() || matches!(c, ')' | ']')) {
        return small.to_owned();
    }
    match is_term(small) {
        true => format!("_({small})"),
        false => format!("_{small}"),
    }
}

/// Whether it has an operator or a blank inside.
fn is_term(small: &str) -> bool {
    let mut inner = small.chars();
    inner.next();
    inner.next_back();
    inner.any(|c| matches!(c, '+' | '-' | '−' | '*' | '/' | '=' | ',') || c.is_whitespace())
}
