//! The parts of a JSON text, each with its place in the whole, so that one of them can be changed and
//! the rest stays as it was written.

use std::collections::HashSet;
use std::ops::Range;

use serde_json::value::RawValue;

use super::place::{offset, pairs};

/// A value as it stands in a text.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    whole: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Part<'a> {
    /// The one value of a text; none where the text is no JSON.
    pub fn whole(text: &'a str) -> Option<Part<'a>> {
        serde_json::from_str(text).ok().map(|raw| Part::of(text, raw))
    }

    fn of(whole: &'a str, raw: &'a RawValue) -> Part<'a> {
        let start = offset(whole, raw);
        Part { whole, start, end: start + raw.get().len() }
    }

    pub fn text(self) -> &'a str {
        &self.whole[self.range()]
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// What a text in quotation marks says.
    pub fn string(self) -> Option<String> {
        serde_json::from_str(self.text()).ok()
    }

    /// The values of a list.
    pub fn items(self) -> Option<Vec<Part<'a>>> {
        let items: Vec<&RawValue> = serde_json::from_str(self.text()).ok()?;
        Some(items.into_iter().map(|raw| Part::of(self.whole, raw)).collect())
    }
}

/// An object in which no key stands twice.
#[derive(Debug)]
pub struct Object<'a> {
    whole: &'a str,
    pub members: Vec<Member<'a>>,
}

/// A key and its value.
#[derive(Debug)]
pub struct Member<'a> {
    pub name: String,
    pub key: Part<'a>,
    pub value: Part<'a>,
}

impl<'a> Object<'a> {
    pub fn of(part: Part<'a>) -> Option<Object<'a>> {
        part.text().starts_with('{').then_some(())?;
        let member = |(key, value): (&'a RawValue, &'a RawValue)| {
            let key = Part::of(part.whole, key);
            Some(Member { name: key.string()?, key, value: Part::of(part.whole, value) })
        };
        let members: Vec<Member> = pairs(part.text()).into_iter().map(member).collect::<Option<_>>()?;
        let mut names = HashSet::new();
        members.iter().all(|member| names.insert(&member.name)).then_some(())?;
        Some(Object { whole: part.whole, members })
    }

    /// The text that the object stands in.
    pub fn whole(&self) -> &'a str {
        self.whole
    }

    pub fn get(&self, name: &str) -> Option<Part<'a>> {
        self.members.iter().find(|member| member.name == name).map(|member| member.value)
    }

    /// What the text at a key says.
    pub fn string(&self, name: &str) -> Option<String> {
        self.get(name)?.string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_knows_its_place_in_the_whole() {
        let text = "\n { \"a\" : [ 1, \"x\\n\" ] ,\"b\":{ } } ";
        let object = Object::of(Part::whole(text).unwrap()).unwrap();
        let list = object.get("a").unwrap().items().unwrap();
        assert_eq!(&text[list[1].range()], "\"x\\n\"");
        assert_eq!(list[1].string().as_deref(), Some("x\n"));
        assert_eq!(&text[object.members[1].key.range()], "\"b\"");
        assert!(object.get("c").is_none() && list[0].string().is_none() && list[0].items().is_none());
    }

    #[test]
    fn what_is_no_json_or_says_a_thing_twice_has_no_parts() {
        for text in ["", "{", "{} {}", "{\"a\": 1,}", "\"a\nb\""] {
            assert!(Part::whole(text).is_none(), "{text}");
        }
        for text in ["7", "[1]", "null", "{\"a\": 1, \"\\u0061\": 2}"] {
            assert!(Object::of(Part::whole(text).unwrap()).is_none(), "{text}");
        }
    }
}
