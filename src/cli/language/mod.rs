//! The language in which the program speaks to a person: help, messages and reports. English is the source;
//! another language is a catalogue of what is said instead (see `vi.po`). JSON, names of settings and
//! formats, and exit statuses are the same in every language.

mod catalogue;
mod choice;
mod errors;
mod help;
mod spoken;
#[cfg(test)]
mod tests;

pub(super) use self::choice::{Name, VARIABLE, chosen};
pub(super) use self::errors::{InLanguage, reason};
pub(super) use self::help::{described, localized, with_texts};
pub(super) use self::spoken::{Language, is_translated, known, said, speak, summary, text, told};
