//! A settings file, `docbao.toml`: what is in it, and where. What is allowed in it follows from the
//! commands, because each of their long options is a setting.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::files::bounded;
use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::message::message;

/// More settings than this in a file are a mistake.
const MOST: usize = 1000;

/// The name of a settings file.
pub(super) const FILE_NAME: &str = "docbao.toml";

/// The text of a settings file, which is in UTF-8.
pub(super) fn plain_text(path: &Path) -> Result<String, Error> {
    let bytes = bounded::read(path, bounded::LISTS).map_err(|cause| Error::read(path, cause))?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        let reason = message!("is not in UTF-8 (byte {at} and after); save it as UTF-8", at);
        Error::input(path.display().to_string(), reason)
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// A setting as a file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// The file.
    pub file: PathBuf,
    /// The line it is on, from 1.
    pub line: usize,
    /// The table it is in; empty at the head of the file.
    pub table: String,
    /// Its name.
    pub name: String,
    /// What it is set to.
    pub value: Value,
}

/// What a setting is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// `true` or `false`.
    Switch(bool),
    /// A word or a number.
    Text(String),
    /// Several, in brackets.
    List(Vec<String>),
    /// Several with names, in braces.
    Named(Vec<(String, String)>),
}

impl Setting {
    /// How many values it has.
    fn values(&self) -> usize {
        match &self.value {
            Value::Switch(_) | Value::Text(_) => 1,
            Value::List(list) => list.len(),
            Value::Named(named) => named.len(),
        }
    }

    /// An error that came of it, with its place.
    #[must_use]
    pub(super) fn is_wrong(&self, error: Error) -> Error {
        let value = match &self.value {
            Value::Text(text) => format!("{} = {text}", self.name),
            _ => self.name.clone(),
        };
        error.of_setting(self.file.display().to_string(), self.line, &value)
    }

    /// An error about it.
    #[must_use]
    pub(super) fn error(&self, reason: Message) -> Error {
        Error::table(self.file.display().to_string(), self.line, reason)
    }
}

/// The settings in the text of a file, in order.
///
/// # Errors
/// Of kind `Table`, with the line of what is not TOML, or is not a word, a number, a switch or several
/// of them.
pub(super) fn parse(file: &Path, text: &str) -> Result<Vec<Setting>, Error> {
    let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let line = |offset: usize| starts.partition_point(|start| *start <= offset) + 1;
    let table_error = |offset: usize, reason: Message| {
        Error::table(file.display().to_string(), line(offset), reason)
    };
    let root = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let reason = Message::from(error.message());
        let reason = match unquoted_name(text, offset) {
            Some(name) => message!(
                "{reason}; a name with other letters is in quotation marks: \"{name}\"",
                reason,
                name
            ),
            None => reason,
        };
        table_error(offset, reason)
    })?;
    let setting = |table: &str, name: &Spanned<_>, value: &Spanned<DeValue>| {
        let name_text: &std::borrow::Cow<str> = name.get_ref();
        let value = read(value.get_ref()).ok_or_else(|| {
            let reason = message!(
                "`{name_text}` must be a word, a number, true, false or a list",
                name_text
            );
            table_error(name.span().start, reason)
        })?;
        let (table, name_text) = (table.to_owned(), name_text.clone().into_owned());
        let line = line(name.span().start);
        Ok(Setting { file: file.to_owned(), line, table, name: name_text, value })
    };
    let mut settings = Vec::new();
    for (name, value) in root.get_ref() {
        match value.get_ref() {
            DeValue::Table(table) => {
                for (inner, value) in table {
                    settings.push(setting(name.get_ref(), inner, value)?);
                }
            }
            _ => settings.push(setting("", name, value)?),
        }
    }
    let many: usize = settings.iter().map(Setting::values).sum();
    if many > MOST {
        let reason =
            message!("has {many} settings, and more than {most} are a mistake", many, most = MOST);
        return Err(Error::input(file.display().to_string(), reason));
    }
    settings.sort_by_key(|setting| setting.line);
    Ok(settings)
}

/// The name in front of the `=` of a line of a text, if it has letters that only a name in quotation marks
/// may have.
fn unquoted_name(text: &str, offset: usize) -> Option<&str> {
    let before = text.get(..offset)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let (name, _) = text[start..].lines().next()?.split_once('=')?;
    let is_bare = |c: char| c.is_alphanumeric() || " -_".contains(c);
    let name = name.trim();
    (!name.is_ascii() && name.chars().all(is_bare)).then_some(name)
}

fn read(value: &DeValue) -> Option<Value> {
    Some(match value {
        DeValue::Boolean(switch) => Value::Switch(*switch),
        DeValue::Array(array) => {
            Value::List(array.iter().map(|item| word(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => {
            let named = table.iter().map(|(name, value)| {
                Some((name.get_ref().clone().into_owned(), word(value.get_ref())?))
            });
            Value::Named(named.collect::<Option<_>>()?)
        }
        other => Value::Text(word(other)?),
    })
}

/// A word, a number or a date as it is written.
fn word(value: &DeValue) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_with_their_lines() {
        let text = "jobs = 2\n\n[reading]\nlexicon = [\"a.tsv\", \"b.pls\"]\n[voice]\nrate = 1.25\n\
                    pause = { title = 900, sentence = 5.5 }\nquiet = true\n[tags]\ndate = 2024-03-05\n";
        let found = parse(Path::new("docbao.toml"), text).unwrap();
        let found: Vec<_> = found.into_iter().map(|s| (s.line, s.table, s.name, s.value)).collect();
        let text = |text: &str| text.to_owned();
        assert_eq!(
            found,
            [
                (1, text(""), text("jobs"), Value::Text(text("2"))),
                (
                    4,
                    text("reading"),
                    text("lexicon"),
                    Value::List(vec![text("a.tsv"), text("b.pls")])
                ),
                (6, text("voice"), text("rate"), Value::Text(text("1.25"))),
                (
                    7,
                    text("voice"),
                    text("pause"),
                    Value::Named(vec![
                        (text("sentence"), text("5.5")),
                        (text("title"), text("900"))
                    ])
                ),
                (8, text("voice"), text("quiet"), Value::Switch(true)),
                (10, text("tags"), text("date"), Value::Text(text("2024-03-05"))),
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_its_line() {
        let cases = [
            ("lexicon = [\n", 1),
            ("[reading]\n\nprofile = sport\n", 3),
            ("[a]\nx = 1\n[a.b.c]\nd = 1\n", 3),
            ("[a]\n\nx = [[1]]\n", 3),
            ("x = 0x10\n", 1),
            ("x = 1\nx = 2\n", 2),
        ];
        for (text, line) in cases {
            let error = parse(Path::new("docbao.toml"), text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("docbao.toml, line {line}: ")), "{text}: {error}");
        }
    }
}
