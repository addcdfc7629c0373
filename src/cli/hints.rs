//! Errors as the command line prints them: the library's hints in the names of options and commands.

use crate::model::error::{Error, Hint, HintNames};

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

/// The text of a hint.
pub(super) fn hint(hint: &Hint) -> String {
    hint.text(&Options)
}

/// The text of an error, with its hint.
pub(super) fn text(error: &Error) -> String {
    let summary = error.summary();
    match error.hint() {
        Some(hint) => format!("{summary}; {}", hint.text(&Options)),
        None => summary,
    }
}
