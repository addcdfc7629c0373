//! What a person is told: a pattern in English with named values, so that a program can say it in another
//! language. What is written to files and to other programs is the English text.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text for a person. Its pattern names its values in braces (`{file} has {count} lines`), as
/// [`format!`] has it; a text without values is its own pattern. Two are equal if their English texts are.
#[derive(Debug, Clone, Default)]
pub struct Message {
    pattern: Cow<'static, str>,
    values: Vec<(&'static str, Value)>,
}

/// A value of a message.
#[derive(Debug, Clone)]
pub enum Value {
    /// The same in every language.
    Text(String),
    /// Said in the language of the whole.
    Message(Message),
}

/// A [`Message`] of a pattern and its values, each `name` or `name = value`; the compiler checks that the
/// pattern has exactly these.
macro_rules! message {
    ($pattern:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        const { assert!($crate::model::message::has_names($pattern, NAMES), "a name is missing, or one too many") };
        $crate::model::message::Message::new(
            $pattern,
            vec![$((
                stringify!($name),
                $crate::model::message::ToValue::to_value(&$crate::model::message::message!(@value $name $(= $value)?)),
            )),*],
        )
    }};
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
}
pub(crate) use message;

impl Message {
    /// A message of a pattern with these values; see [`message!`], which checks them.
    pub(crate) fn new(pattern: &'static str, values: Vec<(&'static str, Value)>) -> Message {
        Message { pattern: Cow::Borrowed(pattern), values }
    }

    /// The pattern in English.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The message in the language of which `pattern_of` knows the patterns, by the English ones; in English
    /// where it knows none.
    #[must_use]
    pub fn in_language<'a>(&self, pattern_of: &dyn Fn(&str) -> Option<&'a str>) -> String {
        let pattern = pattern_of(&self.pattern).unwrap_or(&self.pattern);
        if self.values.is_empty() {
            return pattern.to_owned();
        }
        let mut text = String::with_capacity(2 * pattern.len());
        for piece in Pieces(pattern) {
            let value = match piece {
                Piece::Text(literal) => {
                    text.push_str(literal);
                    continue;
                }
                Piece::Name(name) => self.values.iter().find(|(own, _)| *own == name),
            };
            match value {
                Some((_, Value::Text(value))) => text.push_str(value),
                Some((_, Value::Message(value))) => text.push_str(&value.in_language(pattern_of)),
                // Patterns of other languages are held to the names of the English ones by a test.
                None => {}
            }
        }
        text
    }

    /// The same with another value of this name.
    #[must_use]
    pub fn with(mut self, name: &str, value: Message) -> Message {
        for (own, old) in &mut self.values {
            if *own == name {
                *old = Value::Message(value.clone());
            }
        }
        self
    }

    /// The same with every text of its values, and its own, changed so.
    pub(crate) fn map(self, change: &dyn Fn(&str) -> String) -> Message {
        let pattern = match self.pattern {
            Cow::Owned(text) if self.values.is_empty() => Cow::Owned(change(&text)),
            pattern => pattern,
        };
        let value = |value| match value {
            Value::Text(text) => Value::Text(change(&text)),
            Value::Message(message) => Value::Message(message.map(change)),
        };
        let values = self.values.into_iter().map(|(name, it)| (name, value(it))).collect();
        Message { pattern, values }
    }

    /// A text that is the same in every language.
    #[must_use]
    pub fn text(text: &str) -> Message {
        message!("{text}", text)
    }

    /// Several, separated by commas, the last two by “and”.
    #[must_use]
    pub fn all_of<T: ToValue>(items: &[T]) -> Message {
        Message::listed(items, |first, last| message!("{first} and {last}", first, last))
    }

    /// Several, separated by commas, the last two by “or”.
    #[must_use]
    pub fn any_of<T: ToValue>(items: &[T]) -> Message {
        Message::listed(items, |first, last| message!("{first} or {last}", first, last))
    }

    /// Several, one after the other, with commas between.
    #[must_use]
    pub fn joined<T: ToValue>(items: &[T]) -> Message {
        let mut all = items.iter().map(Message::of);
        let first = all.next().unwrap_or_else(|| Message::from(""));
        all.fold(first, |first, last| message!("{first}, {last}", first, last))
    }

    fn listed<T: ToValue>(items: &[T], join: fn(Message, Message) -> Message) -> Message {
        match items {
            [first @ .., last] if !first.is_empty() => {
                join(Message::joined(first), Message::of(last))
            }
            few => Message::joined(few),
        }
    }

    fn of<T: ToValue>(item: &T) -> Message {
        match item.to_value() {
            Value::Message(message) => message,
            Value::Text(text) => Message::text(&text),
        }
    }
}

/// A piece of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Said as it is.
    Text(&'a str),
    /// Where the value of this name goes.
    Name(&'a str),
}

/// The pieces of a pattern that has values. Two braces stand for one.
#[derive(Debug)]
pub struct Pieces<'a>(pub &'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.0;
        let at = rest.find(['{', '}']).unwrap_or(rest.len());
        let length = |text: &str, end: usize| if text.len() > end { end } else { text.len() };
        let (piece, used) = match rest.as_bytes().get(at..) {
            _ if at > 0 => (Piece::Text(&rest[..at]), at),
            None | Some([]) => return None,
            Some([one, two, ..]) if one == two => (Piece::Text(&rest[..1]), 2),
            Some(_) => match rest.find('}') {
                Some(end) if rest.starts_with('{') => (Piece::Name(&rest[1..end]), end + 1),
                _ => (Piece::Text(&rest[..1]), length(rest, 1)),
            },
        };
        self.0 = &rest[used..];
        Some(piece)
    }
}

/// Whether a pattern has all of these names and no others; for [`message!`].
pub(crate) const fn has_names(pattern: &str, names: &[&str]) -> bool {
    let bytes = pattern.as_bytes();
    let mut found = 0_u64;
    let mut at = 0;
    while at < bytes.len() {
        let is_double = at + 1 < bytes.len() && bytes[at + 1] == bytes[at];
        if (bytes[at] == b'{' || bytes[at] == b'}') && is_double {
            at += 2;
            continue;
        }
        if bytes[at] == b'{' {
            let mut end = at + 1;
            while end < bytes.len() && bytes[end] != b'}' {
                end += 1;
            }
            let mut name = 0;
            while name < names.len() && !is_at(bytes, at + 1, end, names[name].as_bytes()) {
                name += 1;
            }
            if name == names.len() {
                return false;
            }
            found |= 1 << name;
            at = end;
        }
        at += 1;
    }
    found.count_ones() as usize == names.len()
}

const fn is_at(bytes: &[u8], start: usize, end: usize, name: &[u8]) -> bool {
    if end - start != name.len() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if bytes[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// What may be a value of a message.
pub trait ToValue {
    /// The value.
    fn to_value(&self) -> Value;
}

impl ToValue for Message {
    fn to_value(&self) -> Value {
        Value::Message(self.clone())
    }
}

impl ToValue for io::Error {
    fn to_value(&self) -> Value {
        Value::Message(Message::from(self))
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: ToValue + ToOwned + ?Sized> ToValue for Cow<'_, T> {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

/// Types whose texts are the same in every language.
macro_rules! texts {
    ($($type:ty),*) => {
        $(impl ToValue for $type {
            fn to_value(&self) -> Value {
                Value::Text(self.to_string())
            }
        })*
    };
}
texts!(str, String, char, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64);
texts!(std::path::Display<'_>, fmt::Arguments<'_>, std::net::SocketAddr, std::net::IpAddr);

/// A text that is its own pattern.
impl From<&str> for Message {
    fn from(text: &str) -> Message {
        Message::from(text.to_owned())
    }
}

/// A finished text: it is said in another language only if that has it word for word.
impl From<String> for Message {
    fn from(text: String) -> Message {
        Message { pattern: Cow::Owned(text), values: Vec::new() }
    }
}

/// As that of a string.
impl From<&String> for Message {
    fn from(text: &String) -> Message {
        Message::from(text.clone())
    }
}

/// As that of a string.
impl From<Cow<'_, str>> for Message {
    fn from(text: Cow<'_, str>) -> Message {
        Message::from(text.into_owned())
    }
}

impl From<&Message> for Message {
    fn from(message: &Message) -> Message {
        message.clone()
    }
}

/// What the system says. A message that is inside of it is that message.
impl From<&io::Error> for Message {
    fn from(error: &io::Error) -> Message {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Message>());
        inner.cloned().unwrap_or_else(|| Message::from(error.to_string()))
    }
}

/// In English.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.in_language(&|_| None))
    }
}

impl std::error::Error for Message {}

impl PartialEq for Message {
    fn eq(&self, other: &Message) -> bool {
        self.to_string() == other.to_string()
    }
}

impl PartialEq<str> for Message {
    fn eq(&self, other: &str) -> bool {
        self.in_language(&|_| None) == other
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, other: &&str) -> bool {
        self.in_language(&|_| None) == **other
    }
}

impl Eq for Message {}

impl PartialOrd for Message {
    fn partial_cmp(&self, other: &Message) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Message {
    fn cmp(&self, other: &Message) -> Ordering {
        self.to_string().cmp(&other.to_string())
    }
}

impl Hash for Message {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_string().hash(state);
    }
}

/// The English text.
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A finished text.
impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Message, D::Error> {
        String::deserialize(deserializer).map(Message::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_said_in_english_and_in_another_language() {
        let part = Message::from("a part");
        let message = message!("{file}: {count} of {{{part}}}", file = "a.txt", count = 2, part);
        assert_eq!(message.to_string(), "a.txt: 2 of {a part}");
        let other = |pattern: &str| match pattern {
            "a part" => Some("một phần"),
            "{file}: {count} of {{{part}}}" => Some("{{{part}}}: {count} trong {file}"),
            _ => None,
        };
        assert_eq!(message.in_language(&other), "{một phần}: 2 trong a.txt");
        assert_eq!(Message::from("{untouched}").in_language(&other), "{untouched}");
        assert_eq!(serde_json::to_string(&message).unwrap(), r#""a.txt: 2 of {a part}""#);
        assert_eq!(Message::from("a.txt: 2 of {a part}".to_owned()), message);
    }

    #[test]
    fn names_are_held_against_the_pattern() {
        assert!(has_names("{a} {{b}} {a} {c}", &["a", "c"]));
        assert!(has_names("", &[]) && has_names("{{}}", &[]));
        assert!(!has_names("{a}", &[]) && !has_names("{a}", &["a", "b"]));
        assert!(!has_names("{a:.1}", &["a"]) && !has_names("{}", &["a"]));
    }

    #[test]
    fn lists_have_their_words_between() {
        let list = |items: &[&str]| Message::all_of(items).to_string();
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(Message::any_of(&["a", "b"]).to_string(), "a or b");
    }
}
