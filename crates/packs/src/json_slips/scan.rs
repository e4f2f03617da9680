//! Reading a text as JSON, character by character, up to what only a person can put right.

use super::{Placed, Slip};

/// The slips of a text up to the first one that only a person can put right; none in JSON.
pub fn slips(text: &str) -> Vec<Placed<'_>> {
    let mut scan = Scan { text, at: 0, frames: Vec::new(), want: Want::Value, comma: 0, slips: Vec::new() };
    while let Some(found) = scan.next_char() {
        if let Err(slip) = scan.step(found) {
            scan.slips.push(slip);
            return scan.slips;
        }
    }
    scan.slips.extend(scan.end());
    scan.slips
}

/// The parser goes no deeper either.
const DEEPEST: usize = 127;

/// What comes next in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    Comma,
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Number,
    Other,
}

/// A value or a key that was read.
#[derive(Debug, Clone, Copy)]
struct Thing {
    start: usize,
    end: usize,
    sort: Sort,
}

/// A list or an object that is open.
struct Frame {
    open: usize,
    is_list: bool,
    last: Option<Thing>,
    /// The end of the one before the last.
    before: Option<usize>,
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    frames: Vec<Frame>,
    want: Want,
    /// Where the last comma stands.
    comma: usize,
    slips: Vec<Placed<'a>>,
}

type Step<'a> = Result<(), Placed<'a>>;

const CURLY: [char; 7] = ['“', '”', '„', '‟', '«', '»', '″'];
const SINGLE: [char; 5] = ['\'', '‘', '’', '‚', '`'];

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '$')
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next_char(&mut self) -> Option<char> {
        self.at = self.text.len() - self.rest().trim_start_matches(is_blank).len();
        self.rest().chars().next()
    }

    fn last(&self) -> Option<Thing> {
        self.frames.last().and_then(|frame| frame.last)
    }

    fn is_in_list(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.is_list)
    }

    /// Where the next thing of the open list or object would have ended before it.
    fn last_end(&self) -> usize {
        let frame = self.frames.last();
        frame.map_or(0, |frame| frame.last.map_or(frame.open + 1, |last| last.end))
    }

    fn step(&mut self, c: char) -> Step<'a> {
        let is_comment = c == '#' || self.rest().starts_with("//") || self.rest().starts_with("/*");
        match c {
            '{' | '[' => self.open(c),
            '}' | ']' => self.close(c),
            ',' => self.comma(),
            ':' => self.colon(),
            '"' => self.text(),
            ';' if self.want == Want::Comma && self.ends_line() => {
                Err((self.at, Slip::Instead { wanted: ',', found: ';' }))
            }
            _ if self.is_at_text_end() && !(is_comment && c == '/') => Err(self.inner_quote()),
            _ if is_comment => Err((self.at, Slip::Comment)),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            _ if CURLY.contains(&c) => self.curly(),
            _ if SINGLE.contains(&c) => Err((self.at, Slip::SingleQuotes)),
            _ if c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}' => {
                Err((self.at, Slip::Unseen(c)))
            }
            _ if c.is_alphabetic() || matches!(c, '_' | '$') => self.word(),
            ';' if self.want == Want::Comma => Err((self.at, Slip::Instead { wanted: ',', found: ';' })),
            '=' if self.want == Want::Colon => Err((self.at, Slip::Instead { wanted: ':', found: '=' })),
            _ if self.want == Want::Nothing => Err((self.at, Slip::AfterEnd)),
            _ => Err((self.at, Slip::Other(c))),
        }
    }

    /// Whether nothing follows in the line.
    fn ends_line(&self) -> bool {
        self.rest()[1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
    }

    /// Whether a text has just ended, without a blank after it.
    fn is_at_text_end(&self) -> bool {
        let is_it = |last: Thing| last.sort == Sort::Text && last.end == self.at;
        self.want == Want::Comma && self.last().is_some_and(is_it)
    }

    /// A text has ended too early: a quotation mark inside of it, or none where it should end.
    fn inner_quote(&self) -> Placed<'a> {
        let Some(last) = self.last() else { return (self.at, Slip::QuoteInside) };
        let end = self.closing_mark(last);
        match self.text[last.start..end].trim_end().ends_with([',', ':']) {
            true => (last.start, Slip::QuoteMissing),
            false => (end, Slip::QuoteInside),
        }
    }

    /// Where the quotation mark at the end of a text stands, which may be a curly one.
    fn closing_mark(&self, text: Thing) -> usize {
        let mark = self.text[text.start..text.end].chars().next_back();
        text.end - mark.map_or(0, char::len_utf8)
    }

    /// Whether a value may begin here.
    fn value_comes(&mut self, sort: Sort, is_object: bool) -> Step<'a> {
        match self.want {
            Want::Value | Want::ValueOrEnd => Ok(()),
            Want::Nothing => Err((self.at, Slip::AfterEnd)),
            Want::Colon => Err(self.no_colon()),
            Want::Key | Want::KeyOrEnd => Err(match self.last() {
                Some(last) if is_object => (last.end, self.not_closed()),
                Some(last) if sort == Sort::Number && last.sort == Sort::Number => {
                    (last.start, Slip::CommaInNumber)
                }
                _ => (self.at, Slip::KeyMissing),
            }),
            Want::Comma if self.is_at_text_end() => Err(self.inner_quote()),
            Want::Comma if is_object && !self.is_in_list() => Err((self.last_end(), self.not_closed())),
            Want::Comma => Err((self.last_end(), Slip::CommaMissing)),
        }
    }

    fn not_closed(&self) -> Slip<'a> {
        self.frames.last().map_or(Slip::AfterEnd, |frame| Slip::NotClosed(frame.open))
    }

    fn no_colon(&self) -> Placed<'a> {
        let Some(key) = self.last() else { return (self.at, Slip::ColonMissing) };
        match self.text[key.start..self.closing_mark(key)].trim_end().ends_with(':') {
            true => (key.start, Slip::QuoteMissing),
            false => (key.end, Slip::ColonMissing),
        }
    }

    /// A value ends at `end`.
    fn done(&mut self, start: usize, end: usize, sort: Sort) {
        self.at = end;
        self.want = Want::Nothing;
        if let Some(frame) = self.frames.last_mut() {
            frame.before = frame.last.map(|last| last.end);
            frame.last = Some(Thing { start, end, sort });
            self.want = Want::Comma;
        }
    }

    fn open(&mut self, c: char) -> Step<'a> {
        self.value_comes(Sort::Other, c == '{')?;
        if self.frames.len() == DEEPEST {
            return Err((self.at, Slip::TooDeep));
        }
        let is_list = c == '[';
        self.frames.push(Frame { open: self.at, is_list, last: None, before: None });
        self.want = if is_list { Want::ValueOrEnd } else { Want::KeyOrEnd };
        self.at += 1;
        Ok(())
    }

    fn close(&mut self, c: char) -> Step<'a> {
        let Some(frame) = self.frames.last() else { return Err((self.at, Slip::Needless(c))) };
        if frame.is_list != (c == ']') {
            return Err(self.closes_another(c));
        }
        match self.want {
            Want::Value if !frame.is_list => return Err((self.at, Slip::ValueMissing)),
            Want::Colon => return Err(self.no_colon()),
            Want::Value | Want::Key => self.slips.push((self.comma, Slip::CommaAtEnd)),
            _ => {}
        }
        let open = frame.open;
        self.frames.pop();
        self.done(open, self.at + 1, Sort::Other);
        Ok(())
    }

    fn closes_another(&self, c: char) -> Placed<'a> {
        let end = self.last_end();
        let after = self.text[self.at + 1..].trim_start_matches(is_blank);
        let is_twice = self.text[..end].ends_with(c) && after.starts_with([',', ']', '}']);
        let is_inside = self.frames.len() > 1;
        match (is_twice, is_inside) {
            (true, _) => (self.at, Slip::Needless(c)),
            (false, true) => (end, self.not_closed()),
            (false, false) => {
                let wanted = if c == ']' { '}' } else { ']' };
                (self.at, Slip::Instead { wanted, found: c })
            }
        }
    }

    fn comma(&mut self) -> Step<'a> {
        match self.want {
            Want::Comma => {}
            Want::Nothing => return Err((self.at, Slip::AfterEnd)),
            Want::Colon => return Err(self.no_colon()),
            Want::Value if !self.frames.is_empty() && !self.is_in_list() => {
                return Err((self.at, Slip::ValueMissing));
            }
            _ => return Err((self.at, Slip::CommaAlone)),
        }
        self.comma = self.at;
        self.want = if self.is_in_list() { Want::Value } else { Want::Key };
        self.at += 1;
        Ok(())
    }

    fn colon(&mut self) -> Step<'a> {
        match self.want {
            Want::Colon => {
                self.want = Want::Value;
                self.at += 1;
                Ok(())
            }
            Want::Comma if self.is_in_list() && self.last().is_some_and(|l| l.sort == Sort::Text) => {
                Err(self.key_in_list())
            }
            Want::Comma => Err((self.at, Slip::Instead { wanted: ',', found: ':' })),
            Want::Nothing => Err((self.at, Slip::AfterEnd)),
            Want::Key | Want::KeyOrEnd => Err((self.at, Slip::KeyMissing)),
            Want::Value | Want::ValueOrEnd => Err((self.at, Slip::Other(':'))),
        }
    }

    /// The list was to end before the key, or was to be an object.
    fn key_in_list(&self) -> Placed<'a> {
        let Some(frame) = self.frames.last() else { return (self.at, Slip::Other(':')) };
        match frame.before {
            Some(end) => (end, Slip::NotClosed(frame.open)),
            None => (frame.open, Slip::KeyInList),
        }
    }

    fn text(&mut self) -> Step<'a> {
        let is_key = matches!(self.want, Want::Key | Want::KeyOrEnd);
        if self.want == Want::Comma && self.is_in_list() && !self.is_at_text_end() {
            let after = self.text_end(self.at).ok().map(|end| self.text[end..].trim_start_matches(is_blank));
            if after.is_some_and(|after| after.starts_with(':')) {
                return Err((self.last_end(), self.not_closed()));
            }
        }
        if !is_key {
            self.value_comes(Sort::Text, false)?;
        }
        let start = self.at;
        let end = self.text_end(start)?;
        self.whole_text(is_key, start, end);
        Ok(())
    }

    fn whole_text(&mut self, is_key: bool, start: usize, end: usize) {
        self.done(start, end, Sort::Text);
        if is_key {
            self.want = Want::Colon;
        }
    }

    /// Where the text that begins at a quotation mark ends.
    fn text_end(&self, start: usize) -> Result<usize, Placed<'a>> {
        let mut chars = self.text[start + 1..].char_indices().map(|(at, c)| (start + 1 + at, c));
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => return Ok(at + 1),
                '\n' | '\r' => return Err(self.open_text(start, at)),
                '\t' => return Err((at, Slip::Tab)),
                '\0'..='\u{1f}' => return Err((at, Slip::Unseen(c))),
                '\\' => match chars.next() {
                    Some((_, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {}
                    Some((u, 'u')) if is_hexadecimal(&self.text[u + 1..]) => {}
                    _ => return Err((at, Slip::Backslash)),
                },
                _ => {}
            }
        }
        Err(self.open_text(start, self.text.len()))
    }

    /// A text whose line ends; a curly quotation mark may be what was to close it.
    fn open_text(&self, start: usize, line_end: usize) -> Placed<'a> {
        let line = self.text[start..line_end].trim_end_matches([',', ' ', ']', '}']);
        match line.chars().next_back() {
            Some(c) if CURLY.contains(&c) => (start + line.len() - c.len_utf8(), Slip::CurlyQuotes(None)),
            _ => (start, Slip::TextOpen),
        }
    }

    /// A text in curly quotation marks goes on as a text where it is clear where it ends.
    fn curly(&mut self) -> Step<'a> {
        let is_key = matches!(self.want, Want::Key | Want::KeyOrEnd);
        if !is_key {
            self.value_comes(Sort::Text, false)?;
        }
        let (start, mark) = (self.at, self.rest().chars().next().map_or(0, char::len_utf8));
        let inside = start + mark;
        let is_stop = |c: char| CURLY.contains(&c) || matches!(c, '"' | '\\') || c.is_control();
        let close = self.text[inside..].find(is_stop).map_or(self.text.len(), |found| inside + found);
        let closing = self.text[close..].chars().next().filter(|c| CURLY.contains(c));
        let end = close + closing.map_or(0, char::len_utf8);
        let after = self.text[end..].trim_start_matches(is_blank).chars().next();
        if closing.is_none() || !matches!(after, None | Some(',' | ':' | ']' | '}')) {
            return Err((start, Slip::CurlyQuotes(None)));
        }
        self.slips.push((start, Slip::CurlyQuotes(Some(inside..close))));
        self.whole_text(is_key, start, end);
        Ok(())
    }

    fn word(&mut self) -> Step<'a> {
        let written = self.rest().split(|c| !is_of_word(c)).next().unwrap_or_default();
        let meant = match written {
            "true" | "false" | "null" => Some(written),
            _ => meant(written),
        };
        match self.want {
            Want::Key | Want::KeyOrEnd => return Err((self.at, Slip::BareKey(written))),
            Want::Comma if meant.is_none() => return Err(self.stray(written)),
            _ => self.value_comes(Sort::Other, false)?,
        }
        match (meant, self::meant(written)) {
            (None, _) => return Err((self.at, Slip::BareText(written))),
            (Some(_), Some(meant)) => self.slips.push((self.at, Slip::Word { written, meant })),
            (Some(_), None) => {}
        }
        self.done(self.at, self.at + written.len(), Sort::Other);
        Ok(())
    }

    /// A word after a value: of a text that ended too early, of a number with its unit, or of nothing.
    fn stray(&self, word: &'a str) -> Placed<'a> {
        match self.last() {
            Some(last) if last.sort == Sort::Text => self.inner_quote(),
            Some(last) if last.sort == Sort::Number => {
                (last.start, Slip::Number(&self.text[last.start..self.at + word.len()]))
            }
            _ => (self.at, Slip::BareText(word)),
        }
    }

    fn number(&mut self) -> Step<'a> {
        self.value_comes(Sort::Number, false)?;
        let is_of_number = |c: char| is_of_word(c) || matches!(c, '+' | '.' | '%');
        let written = self.rest().split(|c| !is_of_number(c)).next().unwrap_or_default();
        if serde_json::from_str::<serde::de::IgnoredAny>(written).is_err() {
            return Err((self.at, Slip::Number(written)));
        }
        self.done(self.at, self.at + written.len(), Sort::Number);
        Ok(())
    }

    /// What is missing when the text has ended.
    fn end(&self) -> Option<Placed<'a>> {
        let end = self.text.trim_end_matches(is_blank).len();
        match (self.want, self.frames.is_empty()) {
            (Want::Nothing, _) => None,
            (_, true) => Some((0, Slip::Empty)),
            _ => Some((end, Slip::EndsOpen(self.frames.iter().rev().map(|frame| frame.open).collect()))),
        }
    }
}

/// How JSON writes a word that other languages write so.
fn meant(word: &str) -> Option<&'static str> {
    match word {
        "True" | "TRUE" => Some("true"),
        "False" | "FALSE" => Some("false"),
        "None" | "Null" | "NULL" | "nil" => Some("null"),
        _ => None,
    }
}

fn is_hexadecimal(text: &str) -> bool {
    text.get(..4).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
