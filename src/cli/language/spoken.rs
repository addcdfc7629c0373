//! The language of a run, and what is said in it.

use std::sync::OnceLock;

use clap::ValueEnum;

use super::catalogue::{Catalogue, VIETNAMESE};
use crate::model::error::Error;
use crate::model::message::{Message, ToValue, Value};

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Language {
    /// English
    #[value(name = "en")]
    English,
    /// Vietnamese
    #[value(name = "vi")]
    Vietnamese,
}

/// What is said in the language of this run; none in English.
static CATALOGUE: OnceLock<Option<Catalogue>> = OnceLock::new();

/// Speaks this language from now on; the first call counts.
pub(in crate::cli) fn speak(language: Language) {
    CATALOGUE.get_or_init(|| match language {
        Language::English => None,
        // What is wrong with the catalogue, a test finds: then English is heard.
        Language::Vietnamese => Catalogue::read(VIETNAMESE).ok(),
    });
}

/// The catalogue of the language of this run; none in English.
pub(super) fn catalogue() -> Option<&'static Catalogue> {
    CATALOGUE.get()?.as_ref()
}

/// Whether what is said is not the English source.
pub(in crate::cli) fn is_translated() -> bool {
    catalogue().is_some()
}

/// A message in the language of this run.
pub(in crate::cli) fn said(message: &Message) -> String {
    message.in_language(&|pattern| catalogue()?.said(pattern))
}

/// A text without values in the language of this run.
pub(in crate::cli) fn known(text: &str) -> &str {
    catalogue().and_then(|catalogue| catalogue.said(text)).unwrap_or(text)
}

/// What is given to be told, in the language of this run. A text is told as it is.
pub(in crate::cli) fn text<T: ToValue + ?Sized>(given: &T) -> String {
    match given.to_value() {
        Value::Text(text) => text,
        Value::Message(message) => said(&message),
    }
}

/// An error without its hint, in the language of this run.
pub(in crate::cli) fn summary(error: &Error) -> Message {
    // These names are not of files.
    const NAMED: [&str; 5] = [
        "standard input",
        "standard output",
        "the text",
        "the player",
        "there is no player for the sound",
    ];
    let Some(place) = error.place().filter(|place| NAMED.contains(&&*place.name)) else {
        return error.summary();
    };
    error.summary().with("name", Message::from(&*place.name))
}

/// A text in the language of this run: a pattern and its values, as [`message!`](crate::model::message) has
/// them.
macro_rules! told {
    ($($message:tt)*) => {
        $crate::cli::language::said(&$crate::model::message::message!($($message)*))
    };
}
pub(in crate::cli) use told;
