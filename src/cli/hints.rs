//! Errors as the command line says them: the library's hints in the names of options and commands.

use super::language;
use crate::model::error::{Error, Hint, HintNames};
use crate::model::message::{Message, message};

/// Settings as options, operations as commands.
struct Options;

impl HintNames for Options {
    fn setting(&self, setting: &str) -> String {
        format!("--{}", setting.replace('_', "-"))
    }

    fn assignment(&self, setting: &str, value: &str) -> String {
        format!("{} {value}", self.setting(setting))
    }

    fn operation(&self, words: &[String]) -> String {
        format!("`docbao {}`", words.join(" "))
    }
}

/// A hint.
pub(super) fn hint(hint: &Hint) -> Message {
    hint.message(&Options)
}

/// An error, with its hint.
pub(super) fn message(error: &Error) -> Message {
    let summary = language::summary(error);
    match error.hint() {
        Some(hint) => message!("{summary}; {hint}", summary, hint = self::hint(hint)),
        None => summary,
    }
}
