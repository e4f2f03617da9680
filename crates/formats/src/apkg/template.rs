//! The sides of a card as its note type lays them out: text with the names of fields in it.

use crate::html;

/// How a back tells where the answer begins.
const ANSWER: &str = "answer";
/// What is written like a field without being one.
const SPECIAL: [&str; 9] =
    ["FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID", "NoteID"];

/// One side, taken apart once for all notes.
#[derive(Debug, Default)]
pub struct Side {
    parts: Vec<TemplatePart>,
    /// How much of it is text, in bytes.
    pub length: usize,
}

#[derive(Debug)]
enum TemplatePart {
    /// Text, and how many pictures it draws by itself.
    Literal(String, usize),
    Field(usize, FieldUse),
    /// What follows is shown only if a field is filled, or if it is not.
    Open(Condition, bool),
    Close,
}

#[derive(Debug, Clone, Copy)]
enum Condition {
    Field(usize),
    Tags,
    /// Something that a card always has.
    Always,
    Never,
}

/// What a side does with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldUse {
    Shown,
    /// Shown when it is asked for.
    Hint,
    /// To be typed.
    Typed,
    /// With its deletions hidden.
    Cloze,
    /// With its deletions hidden, to be typed.
    TypedCloze,
    /// Spoken.
    Silent,
}

/// A piece of a side as a note fills it.
#[derive(Debug, Clone, Copy)]
pub enum SidePiece<'a> {
    /// Text, and the number of pictures in it: they are the same on every card, and decorate it.
    Literal(&'a str, usize),
    /// The place of a field.
    Field(usize, FieldUse),
}

impl Side {
    /// The side that a template writes, with its fields by their names.
    pub fn parse(template: &str, fields: &[String]) -> Side {
        let mut side = Side::default();
        let template = without_hidden(template);
        let mut rest = template.as_str();
        while let Some((before, tag, after)) = next_tag(rest) {
            side.literal(before);
            side.tag(tag, fields);
            rest = after;
        }
        side.literal(rest);
        side
    }

    /// The back that a template writes: what is below the line between question and answer.
    pub fn parse_back(template: &str, fields: &[String]) -> Side {
        Side::parse(below_line(template), fields)
    }

    fn literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.length += text.len();
            self.parts.push(TemplatePart::Literal(text.to_owned(), html::plain(text).pictures));
        }
    }

    fn tag(&mut self, tag: &str, fields: &[String]) {
        let place = |name: &str| fields.iter().position(|field| field == name);
        let condition = |name: &str| match place(name) {
            Some(place) => Condition::Field(place),
            None if name == "Tags" => Condition::Tags,
            None if SPECIAL.contains(&name) => Condition::Always,
            None => Condition::Never,
        };
        if let Some(name) = tag.strip_prefix('#') {
            self.parts.push(TemplatePart::Open(condition(name.trim()), true));
        } else if let Some(name) = tag.strip_prefix('^') {
            self.parts.push(TemplatePart::Open(condition(name.trim()), false));
        } else if tag.starts_with('/') {
            self.parts.push(TemplatePart::Close);
        } else {
            let (filters, name) = tag.rsplit_once(':').unwrap_or(("", tag));
            if let Some(place) = place(name.trim()) {
                self.parts.push(TemplatePart::Field(place, use_of(filters)));
            }
        }
    }

    /// The pieces that a note shows, in their order.
    pub fn pieces(&self, is_filled: impl Fn(usize) -> bool, has_tags: bool) -> Vec<SidePiece<'_>> {
        let holds = |condition: Condition| match condition {
            Condition::Field(place) => is_filled(place),
            Condition::Tags => has_tags,
            Condition::Always => true,
            Condition::Never => false,
        };
        let mut pieces = Vec::new();
        let mut open: Vec<bool> = Vec::new();
        let mut closed = 0_usize;
        for part in &self.parts {
            match part {
                TemplatePart::Open(condition, wants) => {
                    let is_open = holds(*condition) == *wants;
                    open.push(is_open);
                    closed += usize::from(!is_open);
                }
                TemplatePart::Close => closed -= usize::from(open.pop() == Some(false)),
                _ if closed > 0 => {}
                TemplatePart::Literal(text, pictures) => pieces.push(SidePiece::Literal(text, *pictures)),
                TemplatePart::Field(place, how) => pieces.push(SidePiece::Field(*place, *how)),
            }
        }
        pieces
    }

    /// The fields that it hides deletions of.
    pub fn cloze_fields(&self) -> Vec<usize> {
        let cloze = |part: &TemplatePart| match part {
            TemplatePart::Field(place, FieldUse::Cloze | FieldUse::TypedCloze) => Some(*place),
            _ => None,
        };
        let mut places: Vec<usize> = self.parts.iter().filter_map(cloze).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

fn use_of(filters: &str) -> FieldUse {
    let has = |name: &str| filters.split(':').any(|filter| filter.trim() == name);
    match (has("cloze"), has("type")) {
        _ if filters.trim_start().starts_with("tts") => FieldUse::Silent,
        (true, true) => FieldUse::TypedCloze,
        (true, false) => FieldUse::Cloze,
        (false, true) => FieldUse::Typed,
        (false, false) if has("hint") => FieldUse::Hint,
        (false, false) => FieldUse::Shown,
    }
}

/// The text before the next tag, the tag, and the rest.
fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (tag, after) = rest.split_once("}}")?;
    Some((before, tag.trim().trim_start_matches('{').trim(), after))
}

/// What is below `<hr id=answer>`; all of it if there is no such line.
fn below_line(template: &str) -> &str {
    const MAX_TAG_LENGTH: usize = 100;
    for (at, _) in template.match_indices('<') {
        let mut tag = template[at..].bytes().take(MAX_TAG_LENGTH);
        let Some(end) = tag.position(|b| b == b'>') else { continue };
        let tag = template[at..at + end].to_ascii_lowercase();
        if tag.starts_with("<hr") && tag.contains("id") && tag.contains(ANSWER) {
            return &template[at + end + 1..];
        }
    }
    template
}

/// Without what is never seen: it would have to be read again for each note.
fn without_hidden(template: &str) -> String {
    const HIDDEN: [(&str, &str); 3] = [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")];
    let lower = template.to_ascii_lowercase();
    let mut seen = String::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find('<').map(|at| from + at) {
        seen.push_str(&template[from..at]);
        let hidden = HIDDEN.iter().find(|(begin, _)| lower[at..].starts_with(begin));
        from = match hidden {
            Some((_, end)) => lower[at..].find(end).map_or(template.len(), |length| at + length + end.len()),
            None => {
                seen.push('<');
                at + 1
            }
        };
    }
    seen.push_str(&template[from..]);
    seen
}
