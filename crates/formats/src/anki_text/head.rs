//! The `#key:value` lines before Anki's notes.

/// What the head of a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileHead {
    separator: Option<u8>,
    /// `None` if the head does not say.
    pub is_html: Option<bool>,
    pub tags: Option<String>,
    pub deck: Option<String>,
    /// Places from 0.
    pub tags_column: Option<usize>,
    pub deck_column: Option<usize>,
    pub guid_column: Option<usize>,
    notetype_column: Option<usize>,
}

impl FileHead {
    /// What a column is read as.
    pub fn column(&self, place: usize) -> &'static str {
        let is = |column: Option<usize>| column == Some(place);
        let fields = (0..place).filter(|before| !self.is_meta(*before)).count();
        match fields {
            _ if is(self.guid_column) => "id",
            _ if is(self.deck_column) => "topic",
            _ if is(self.tags_column) => "tags",
            _ if is(self.notetype_column) => "nothing",
            0 => "question",
            1 => "answer",
            _ => "explanation",
        }
    }

    /// Whether a column holds no field of the note.
    pub fn is_meta(&self, place: usize) -> bool {
        let columns = [self.tags_column, self.deck_column, self.guid_column, self.notetype_column];
        columns.contains(&Some(place))
    }

    /// The separator that is named, otherwise the first likely one in the first line of the notes.
    pub fn delimiter(&self, body: &str) -> u8 {
        let first = body.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let seen = [b'\t', b';', b',', b'|'].into_iter().find(|&d| first.unwrap_or("").contains(d as char));
        self.separator.or(seen).unwrap_or(b'\t')
    }

    fn take(&mut self, key: &str, value: &str) {
        let text = || Some(value.trim().to_owned()).filter(|text| !text.is_empty());
        let column = || value.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match key.trim().to_lowercase().as_str() {
            "separator" => self.separator = separator(value),
            "html" => self.is_html = Some(value.trim().eq_ignore_ascii_case("true")),
            "tags" => self.tags = text(),
            "deck" => self.deck = text(),
            "tags column" => self.tags_column = column(),
            "deck column" => self.deck_column = column(),
            "guid column" => self.guid_column = column(),
            "notetype column" => self.notetype_column = column(),
            _ => {}
        }
    }
}

/// Reads the head; what follows it, and the number of the line in which that begins.
pub fn read(text: &str) -> (FileHead, &str, usize) {
    let mut head = FileHead::default();
    let mut body = text;
    let mut line = 1;
    while let Some(rest) = body.strip_prefix('#') {
        let (header, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let Some((key, value)) = header.split_once(':') else { break };
        head.take(key, value);
        body = after;
        line += 1;
    }
    (head, body, line)
}

/// By name, or the character itself, which may be a tab or a blank.
fn separator(value: &str) -> Option<u8> {
    match value.trim().to_lowercase().as_str() {
        "comma" => Some(b','),
        "semicolon" => Some(b';'),
        "tab" | "\\t" => Some(b'\t'),
        "space" => Some(b' '),
        "pipe" => Some(b'|'),
        "colon" => Some(b':'),
        "" => value.bytes().next(),
        other => other.bytes().next().filter(|b| other.len() == 1 && b.is_ascii_punctuation() && *b != b'"'),
    }
}
