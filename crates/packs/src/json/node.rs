//! The tree of a JSON text: every value knows the bytes it is written in, so that one of them can be
//! named or changed and the rest stays as it was written.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// A value and where it is written.
#[derive(Debug)]
pub struct Node<'a> {
    /// The whole text.
    text: &'a str,
    range: Range<usize>,
    value: Value<'a>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    Number,
    String,
    List(Vec<Node<'a>>),
    Object(Vec<Member<'a>>),
}

/// A key and its value.
#[derive(Debug)]
pub struct Member<'a> {
    /// The key, a string.
    pub key: Node<'a>,
    /// What the key holds.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn new(text: &'a str, range: Range<usize>, value: Value<'a>) -> Node<'a> {
        Node { text, range, value }
    }

    pub(super) fn value(&self) -> &Value<'a> {
        &self.value
    }

    /// The bytes of the whole text that the value is written in.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The text as a whole, of which the node is a part.
    pub fn whole(&self) -> &'a str {
        self.text
    }

    /// The value as it is written, which need not be JSON: "True" or a string in curly quotation marks
    /// is read for what it means.
    pub fn written(&self) -> &'a str {
        &self.text[self.range.clone()]
    }

    /// The value in JSON; lists and objects as they are written.
    pub fn json(&self) -> Cow<'a, str> {
        match self.value {
            Value::Null => Cow::Borrowed("null"),
            Value::Bool(true) => Cow::Borrowed("true"),
            Value::Bool(false) => Cow::Borrowed("false"),
            Value::String if !self.written().starts_with('"') => {
                Cow::Owned(format!("\"{}\"", &self.text[self.inner()]))
            }
            Value::String | Value::Number | Value::List(_) | Value::Object(_) => {
                Cow::Borrowed(self.written())
            }
        }
    }

    /// The bytes between the brackets or the quotation marks.
    pub fn inner(&self) -> Range<usize> {
        let mut chars = self.written().chars();
        let (first, last) = (chars.next(), chars.next_back());
        let length = |c: Option<char>| c.map_or(0, char::len_utf8);
        self.range.start + length(first)..self.range.end - length(last)
    }

    /// What a string says; `None` if it is another value, or holds half of a character.
    pub fn string(&self) -> Option<String> {
        match self.value {
            Value::String => serde_json::from_str(&self.json()).ok(),
            _ => None,
        }
    }

    /// Whether it is a string.
    pub fn is_string(&self) -> bool {
        matches!(self.value, Value::String)
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.value, Value::Number)
    }

    /// The values of a list; `None` if it is another value.
    pub fn items(&self) -> Option<&[Node<'a>]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The keys and values of an object, in the order they are written; `None` if it is another value.
    pub fn members(&self) -> Option<&[Member<'a>]> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is an object in which each key is written once.
    pub fn has_unique_keys(&self) -> bool {
        let mut names = HashSet::new();
        self.members().is_some_and(|members| {
            members.iter().all(|member| member.name().is_some_and(|name| names.insert(name)))
        })
    }

    /// The first member of an object with this key.
    pub fn member(&self, name: &str) -> Option<&Member<'a>> {
        self.members()?.iter().find(|member| member.is(name))
    }

    /// The value of the first member with this key.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        self.member(name).map(|member| &member.value)
    }

    /// What the string at a key says.
    pub fn string_at(&self, name: &str) -> Option<String> {
        self.get(name)?.string()
    }
}

impl Member<'_> {
    /// What the key says; `None` if it holds half of a character.
    pub fn name(&self) -> Option<String> {
        self.key.string()
    }

    /// Whether the key says this.
    pub fn is(&self, name: &str) -> bool {
        let written = &self.key.text[self.key.inner()];
        if written.contains('\\') { self.name().is_some_and(|own| own == name) } else { written == name }
    }
}
