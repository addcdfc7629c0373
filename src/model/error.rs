//! Why work cannot continue, as data: the kind of fault, its place, and a hint.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::address::without_passwords;
use crate::model::message::{Message, ToValue, Value, message};
use crate::model::shown;

/// What kind of fault stopped the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file could not be read.
    Read,
    /// A file could not be written; what was there under its name before is untouched.
    Write,
    /// An input cannot be used: it is damaged, of another format, or empty.
    Input,
    /// A file could not be downloaded.
    Download,
    /// A voice is missing, or its files are damaged.
    Voice,
    /// A row of a table or of a settings file is wrong.
    Table,
    /// Another program that is needed cannot be run, or fails.
    Program,
    /// Another process is writing to the same folder.
    Busy,
    /// The user stopped the work.
    Stopped,
    /// The request asks for something impossible.
    Request,
}

/// Where a fault is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, the address, the program, or whatever else the fault is in, by its name in messages.
    pub name: String,
    /// The line, from 1, where the fault is in one.
    pub line: Option<usize>,
}

/// What helps against a fault, in terms of the settings of a request. A program that has other names
/// for them puts those in with [`Hint::message`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Hint {
    /// Leave these settings out.
    Omit(Vec<String>),
    /// Give a setting a value.
    Set {
        /// The setting.
        setting: String,
        /// Its value.
        value: String,
        /// What that does, as words that follow: `to read it with � for what is damaged`.
        purpose: Message,
    },
    /// Run another operation.
    Run {
        /// Its name and its arguments.
        operation: Vec<String>,
        /// What that does, as words that follow.
        purpose: Message,
    },
    /// Give a setting, of whatever value.
    Give {
        /// The setting.
        setting: String,
        /// What that does, as words that follow.
        purpose: Message,
    },
}

impl Hint {
    /// Leave these settings out.
    #[must_use]
    pub fn omit(settings: &[&str]) -> Hint {
        Hint::Omit(settings.iter().map(|&setting| setting.to_owned()).collect())
    }

    /// Give `setting` this value, for this purpose.
    #[must_use]
    pub fn set(setting: &str, value: impl Into<String>, purpose: impl Into<Message>) -> Hint {
        Hint::Set { setting: setting.to_owned(), value: value.into(), purpose: purpose.into() }
    }

    /// Give `setting`, for this purpose.
    #[must_use]
    pub fn give(setting: &str, purpose: impl Into<Message>) -> Hint {
        Hint::Give { setting: setting.to_owned(), purpose: purpose.into() }
    }

    /// Run this operation, for this purpose.
    #[must_use]
    pub fn run(operation: &[&str], purpose: impl Into<Message>) -> Hint {
        let operation = operation.iter().map(|&word| word.to_owned()).collect();
        Hint::Run { operation, purpose: purpose.into() }
    }

    /// The same hint, with no password in what it says.
    fn without_passwords(mut self) -> Hint {
        if let Hint::Set { purpose, .. } | Hint::Run { purpose, .. } | Hint::Give { purpose, .. } =
            &mut self
        {
            *purpose = harmless(purpose.clone());
        }
        self
    }

    /// The hint as a clause without a full stop, in the names that a program gives its users.
    pub fn message(&self, names: &dyn HintNames) -> Message {
        let is_bare = |purpose: &Message| purpose.pattern().is_empty();
        match self {
            Hint::Omit(settings) => {
                let settings: Vec<_> =
                    settings.iter().map(|setting| names.setting(setting)).collect();
                message!("leave out {settings}", settings = Message::all_of(&settings))
            }
            Hint::Set { setting, value, purpose } => {
                let setting = names.assignment(setting, value);
                match is_bare(purpose) {
                    true => message!("give {setting}", setting),
                    false => message!("give {setting} {purpose}", setting, purpose),
                }
            }
            Hint::Give { setting, purpose } => {
                let setting = names.setting(setting);
                match is_bare(purpose) {
                    true => message!("give {setting}", setting),
                    false => message!("give {setting} {purpose}", setting, purpose),
                }
            }
            Hint::Run { operation, purpose } => {
                let operation = names.operation(operation);
                match is_bare(purpose) {
                    true => message!("run {operation}", operation),
                    false => message!("run {operation} {purpose}", operation, purpose),
                }
            }
        }
    }
}

/// A message with no password in it.
fn harmless(message: Message) -> Message {
    message.map(&|text| without_passwords(text).into_owned())
}

/// What a program's users call settings and operations.
pub trait HintNames {
    /// A setting.
    fn setting(&self, setting: &str) -> String;
    /// A setting that is given a value.
    fn assignment(&self, setting: &str, value: &str) -> String;
    /// An operation with its arguments.
    fn operation(&self, words: &[String]) -> String;
}

/// The names that requests have, in backquotes.
struct OwnNames;

impl HintNames for OwnNames {
    fn setting(&self, setting: &str) -> String {
        format!("`{setting}`")
    }

    fn assignment(&self, setting: &str, value: &str) -> String {
        format!("`{setting}` the value `{value}`")
    }

    fn operation(&self, words: &[String]) -> String {
        format!("`{}`", words.join(" "))
    }
}

/// Settings by their own names, in backquotes.
impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.message(&OwnNames), f)
    }
}

/// Why work cannot continue. Its text names the place and what is wrong, and ends with the hint.
#[derive(Debug)]
pub struct Error(Box<Fault>);

#[derive(Debug)]
struct Fault {
    kind: ErrorKind,
    place: Option<Place>,
    message: Message,
    hint: Option<Hint>,
    cause: Option<io::Error>,
}

impl Error {
    /// Whatever an error is made of, no password is in it.
    fn new(kind: ErrorKind, place: Option<Place>, message: impl Into<Message>) -> Error {
        let message = harmless(message.into());
        let place = place.map(|Place { name, line }| {
            let name = without_passwords(&name).into_owned();
            Place { name, line }
        });
        Error(Box::new(Fault { kind, place, message, hint: None, cause: None }))
    }

    fn at(kind: ErrorKind, name: impl Into<String>, message: impl Into<Message>) -> Error {
        Error::new(kind, Some(Place { name: name.into(), line: None }), message)
    }

    fn of_file(kind: ErrorKind, path: &Path, cause: io::Error) -> Error {
        let mut error = Error::at(kind, shown::path(path), &cause);
        error.0.cause = Some(cause);
        error
    }

    /// A file could not be read.
    #[must_use]
    pub fn read(path: impl AsRef<Path>, cause: io::Error) -> Error {
        Error::of_file(ErrorKind::Read, path.as_ref(), cause)
    }

    /// A file could not be written.
    #[must_use]
    pub fn write(path: impl AsRef<Path>, cause: io::Error) -> Error {
        Error::of_file(ErrorKind::Write, path.as_ref(), cause)
    }

    /// An input of this name cannot be used; `reason` follows its name.
    #[must_use]
    pub fn input(name: impl Into<String>, reason: impl Into<Message>) -> Error {
        Error::at(ErrorKind::Input, name, reason)
    }

    /// A file at this address could not be downloaded.
    #[must_use]
    pub fn download(url: impl Into<String>, reason: impl Into<Message>) -> Error {
        Error::at(ErrorKind::Download, url, reason)
    }

    /// A voice is missing or damaged.
    #[must_use]
    pub fn voice(message: impl Into<Message>) -> Error {
        Error::new(ErrorKind::Voice, None, message)
    }

    /// A row of a table is wrong; `line` is counted from 1.
    #[must_use]
    pub fn table(file: impl Into<String>, line: usize, reason: impl Into<Message>) -> Error {
        let place = Place { name: file.into(), line: Some(line) };
        Error::new(ErrorKind::Table, Some(place), reason)
    }

    /// Another program cannot be run, or fails.
    #[must_use]
    pub fn program(name: impl Into<String>, reason: impl Into<Message>) -> Error {
        Error::at(ErrorKind::Program, name, reason)
    }

    /// Another process is writing to this folder.
    #[must_use]
    pub fn busy(folder: impl Into<PathBuf>) -> Error {
        let message = "wait until it is done, or choose another folder";
        Error::at(ErrorKind::Busy, shown::path(&folder.into()), message)
    }

    /// The user stopped the work.
    #[must_use]
    pub fn stopped() -> Error {
        let message = "stopped; what is done is kept, and the same work continues from there";
        Error::new(ErrorKind::Stopped, None, message)
    }

    /// The request asks for something impossible.
    #[must_use]
    pub fn request(message: impl Into<Message>) -> Error {
        Error::new(ErrorKind::Request, None, message)
    }

    /// The same error with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: Hint) -> Error {
        self.0.hint = Some(hint.without_passwords());
        self
    }

    /// The same error as one of a setting in a file, on a line from 1; its hint stays.
    #[must_use]
    pub fn of_setting(self, file: impl Into<String>, line: usize, setting: &str) -> Error {
        let wrong = Error::table(
            file,
            line,
            message!("`{setting}`: {summary}", setting, summary = self.summary()),
        );
        match self.0.hint {
            Some(hint) => wrong.with_hint(hint),
            None => wrong,
        }
    }

    /// What kind of fault it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where the fault is, where it has a place.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// What is wrong, without the place and the hint.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.0.message
    }

    /// The hint, if there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&Hint> {
        self.0.hint.as_ref()
    }

    /// What the system said, if the fault is its.
    #[must_use]
    pub fn cause(&self) -> Option<&io::Error> {
        self.0.cause.as_ref()
    }

    /// Whether the user stopped the work.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        self.kind() == ErrorKind::Stopped
    }

    /// Whether a file was not found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.cause().is_some_and(|cause| cause.kind() == io::ErrorKind::NotFound)
    }

    /// The place and what is wrong, without the hint.
    #[must_use]
    pub fn summary(&self) -> Message {
        let message = &self.0.message;
        let Some(Place { name, line }) = &self.0.place else { return message.clone() };
        match (self.kind(), line) {
            (ErrorKind::Read, _) => message!("cannot read {name}: {message}", name, message),
            (ErrorKind::Write, _) => message!("cannot write {name}: {message}", name, message),
            (ErrorKind::Download, _) => {
                message!("cannot download {name}: {message}", name, message)
            }
            (ErrorKind::Busy, _) => {
                message!("another docbao is at work in {name}: {message}", name, message)
            }
            (_, Some(line)) => message!("{name}, line {line}: {message}", name, line, message),
            (_, None) => message!("{name}: {message}", name, message),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.summary(), f)?;
        self.hint().map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

/// The place, what is wrong and the hint.
impl From<&Error> for Message {
    fn from(error: &Error) -> Message {
        let summary = error.summary();
        match error.hint() {
            Some(hint) => message!("{summary}; {hint}", summary, hint = hint.message(&OwnNames)),
            None => summary,
        }
    }
}

impl ToValue for Error {
    fn to_value(&self) -> Value {
        Value::Message(Message::from(self))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause().map(|cause| cause as _)
    }
}

/// Kind, place, message and hint.
impl Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            kind: ErrorKind,
            place: Option<&'a Place>,
            message: &'a Message,
            hint: Option<&'a Hint>,
        }
        let Fault { kind, place, message, hint, .. } = &*self.0;
        let (place, hint) = (place.as_ref(), hint.as_ref());
        Shown { kind: *kind, place, message, hint }.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_its_place_and_ends_with_the_way_out() {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let purpose = "to read it with � for what is damaged";
        for (error, text) in [
            (Error::read("a.txt", missing()), "cannot read a.txt: entity not found"),
            (Error::write("a.wav", missing()), "cannot write a.wav: entity not found"),
            (Error::table("t.tsv", 3, "1 field"), "t.tsv, line 3: 1 field"),
            (
                Error::input("a.txt", "damaged").with_hint(Hint::set("encoding", "vni", purpose)),
                "a.txt: damaged; give `encoding` the value `vni` to read it with � for what is \
                 damaged",
            ),
            (
                Error::request("no").with_hint(Hint::omit(&["pitch", "rate"])),
                "no; leave out `pitch` and `rate`",
            ),
            (
                Error::request("no").with_hint(Hint::give("parts", "to read more of it")),
                "no; give `parts` to read more of it",
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
        assert!(Error::read("a", missing()).is_not_found() && Error::stopped().is_stop());
    }

    #[test]
    fn no_error_has_a_password() {
        let address = "https://lan:secret@example.org/a";
        let error = Error::download(address, format!("it is sent on to {address}"))
            .with_hint(Hint::give("from", format!("FILE: bring {address}")));
        let said = format!("{error} {}", serde_json::to_string(&error).unwrap());
        assert!(said.contains("https://example.org/a") && !said.contains("secret"), "{said}");
    }

    #[test]
    fn an_error_is_data() {
        let error = Error::table("t.tsv", 3, "1 field").with_hint(Hint::omit(&["rate"]));
        let json = serde_json::to_string(&error).unwrap();
        assert_eq!(
            json,
            r#"{"kind":"table","place":{"name":"t.tsv","line":3},"message":"1 field","hint":{"omit":["rate"]}}"#
        );
    }
}
