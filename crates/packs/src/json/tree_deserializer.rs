//! Reads typed values from the tree of a text, as serde_json does from the text itself: slower, and every
//! error is a fact with its place instead of a sentence.

use std::cell::Cell;
use std::fmt;
use std::slice;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StringDeserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::node::{Member, Node, Value};
use super::shape_error::{ShapeError, suggestion};

/// What keeps a typed value from being read, and where.
#[derive(Debug)]
pub struct TreeError {
    /// The byte that it is about; `None` until the place is known.
    pub at: Option<usize>,
    /// What is wrong.
    pub problem: ShapeError,
    /// What to write in its place, as the end of a sentence.
    pub suggestion: String,
}

impl From<ShapeError> for TreeError {
    fn from(problem: ShapeError) -> Self {
        TreeError { at: None, problem, suggestion: String::new() }
    }
}

impl TreeError {
    /// The same at a byte, unless the place is known already.
    fn or_at(self, at: usize) -> TreeError {
        TreeError { at: self.at.or(Some(at)), ..self }
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.problem, self.suggestion)
    }
}

impl std::error::Error for TreeError {}

impl de::Error for TreeError {
    fn custom<T: fmt::Display>(problem: T) -> Self {
        ShapeError::Other(problem.to_string()).into()
    }

    /// Only types that read several types of values come here; what they expect is said by themselves.
    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        ShapeError::WrongType { found: found.to_string(), wanted: wanted.to_string() }.into()
    }

    fn missing_field(key: &'static str) -> Self {
        ShapeError::MissingKey { key, can_be_made: false }.into()
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        ShapeError::UnknownKey { key: key.to_owned(), known }.into()
    }

    fn duplicate_field(key: &'static str) -> Self {
        ShapeError::RepeatedKey(key).into()
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        ShapeError::UnknownWord { word: word.to_owned(), known }.into()
    }
}

type Result<T> = std::result::Result<T, TreeError>;

impl<'de> Node<'de> {
    fn expected<T>(&self, wanted: &str) -> Result<T> {
        Err(TreeError::from(ShapeError::wrong_type(self, wanted)).or_at(self.range().start))
    }

    /// An error of a visitor is about this value, if it is not about a part of it.
    fn locate<T>(&self, read: Result<T>) -> Result<T> {
        read.map_err(|error| error.or_at(self.range().start))
    }

    fn text(&self) -> Result<String> {
        match self.string() {
            Some(text) => Ok(text),
            None => self.expected("a text in quotation marks"),
        }
    }

    fn visit_object<V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value> {
        let Some(members) = self.members() else {
            return self.expected("an object in braces").map_err(|error: TreeError| match self.items() {
                Some(_) => TreeError { suggestion: ": write { and keys".to_owned(), ..error },
                None => error,
            });
        };
        let key = Cell::new(None);
        let read = visitor.visit_map(Members { rest: members.iter(), member: None, key: &key });
        self.locate(read.map_err(|error| match (&error.problem, key.get()) {
            (ShapeError::RepeatedKey(_), Some(at)) => error.or_at(at),
            _ => error,
        }))
    }
}

/// Reads whole numbers of one type each.
macro_rules! whole_numbers {
    ($($deserialize:ident $visit:ident)*) => { $(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match self.written().parse() {
                Ok(number) if self.is_number() => self.locate(visitor.$visit(number)),
                _ => self.expected("a whole number"),
            }
        }
    )* };
}

impl<'de> Deserializer<'de> for &Node<'de> {
    type Error = TreeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.value() {
            Value::Null => self.locate(visitor.visit_unit()),
            Value::Bool(value) => self.locate(visitor.visit_bool(*value)),
            Value::Number => match (self.written().parse(), self.written().parse()) {
                (Ok(number), _) => self.locate(visitor.visit_u64(number)),
                (_, Ok(number)) => self.locate(visitor.visit_i64(number)),
                _ => self.deserialize_f64(visitor),
            },
            Value::String => self.locate(visitor.visit_string(self.text()?)),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.visit_object(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.value() {
            Value::Bool(value) => self.locate(visitor.visit_bool(*value)),
            _ => self.expected("true or false"),
        }
    }

    whole_numbers! {
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.written().parse::<f64>() {
            Ok(number) if self.is_number() && number.is_finite() => self.locate(visitor.visit_f64(number)),
            Ok(_) if self.is_number() => self.expected("a smaller number"),
            _ => self.expected("a number"),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.locate(visitor.visit_string(self.text()?))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.value() {
            Value::Null => self.locate(visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    /// A value that is kept as it is written comes as a newtype of serde_json: a map from the newtype's name
    /// to the text.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value> {
        match name.starts_with("$serde_json::") {
            true => self.locate(visitor.visit_map(Verbatim { name, text: Some(self.written()) })),
            false => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let Some(items) = self.items() else { return self.expected("a list in square brackets") };
        self.locate(visitor.visit_seq(Items(items.iter())))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        match self.items() {
            Some(items) if items.len() == length => self.deserialize_seq(visitor),
            _ => self.expected(&format!("a list of {length}")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.visit_object(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.visit_object(visitor).map_err(|mut error| {
            // Only questions have stems, and only their ids can be made.
            if let ShapeError::MissingKey { key: "id", can_be_made } = &mut error.problem {
                *can_be_made = error.at == Some(self.range().start) && self.member("stem").is_some();
            }
            error
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.members() {
            Some(members @ [_]) => {
                let key = Cell::new(None);
                let members = Members { rest: members.iter(), member: None, key: &key };
                self.locate(visitor.visit_enum(MapAccessDeserializer::new(members)))
            }
            Some(_) => self.expected("an object with one key"),
            None => {
                let word: StringDeserializer<TreeError> = self.text()?.into_deserializer();
                self.locate(visitor.visit_enum(word))
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple_struct identifier
    }
}

/// The values of a list, one after the other.
struct Items<'t, 'de>(slice::Iter<'t, Node<'de>>);

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = TreeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.0.next().map(|item| item.locate(seed.deserialize(item))).transpose()
    }
}

/// The members of an object, one after the other.
struct Members<'t, 'de> {
    rest: slice::Iter<'t, Member<'de>>,
    /// The one whose key was read last.
    member: Option<&'t Member<'de>>,
    /// Where its key is, for errors that come before its value.
    key: &'t Cell<Option<usize>>,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = TreeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.member = self.rest.next();
        self.key.set(self.member.map(|member| member.key.range().start));
        self.member.map(|member| member.key.locate(seed.deserialize(&member.key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        let Some(Member { key, value }) = self.member else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        value.locate(seed.deserialize(value)).map_err(|mut error| {
            if error.at == Some(value.range().start) && error.suggestion.is_empty() {
                error.suggestion = suggestion(&key.string().unwrap_or_default(), value);
            }
            error
        })
    }
}

/// A value that is kept as it is written.
struct Verbatim<'de> {
    name: &'static str,
    text: Option<&'de str>,
}

impl<'de> MapAccess<'de> for Verbatim<'de> {
    type Error = TreeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.text.map(|_| seed.deserialize(BorrowedStrDeserializer::new(self.name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(BorrowedStrDeserializer::new(self.text.take().unwrap_or_default()))
    }
}
