//! Which language is spoken: what is asked for, or else that of the system.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Command, ValueEnum};

use super::spoken::Language;
use crate::cli::config::{self, Value};

/// The environment variable that names the language.
pub(in crate::cli) const VARIABLE: &str = "DOCBAO_LANG";

/// Reads the name of a language. An empty one, as of a variable that is set to nothing, names none; the
/// value is not used, because [`chosen`] has found the language before.
#[derive(Clone)]
pub(in crate::cli) struct Name;

impl TypedValueParser for Name {
    type Value = Language;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        name: &OsStr,
    ) -> Result<Language, clap::Error> {
        if name.is_empty() {
            return Ok(Language::English);
        }
        EnumValueParser::<Language>::new().parse_ref(command, argument, name)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Language::value_variants().iter().filter_map(Language::to_possible_value)))
    }
}

/// The language for the arguments of a run, in this order: `--lang`, the environment, the settings files
/// (the last weighs most), the locale. A name of none is left to the parser of the command line, which says so.
pub(in crate::cli) fn chosen(given: &[OsString], files: &[PathBuf]) -> Language {
    let files = if given.iter().any(|argument| argument == "--no-config") { &[] } else { files };
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    named(given)
        .or_else(|| language(&variable(VARIABLE)?))
        .or_else(|| files.iter().rev().find_map(|file| setting(file)))
        .unwrap_or_else(|| of_locale(variable))
}

fn language(name: &str) -> Option<Language> {
    Language::from_str(name, false).ok()
}

/// The language that the command line names, whatever else is wrong with it.
fn named(given: &[OsString]) -> Option<Language> {
    let options = given.iter().take_while(|argument| *argument != "--");
    let options: Vec<&OsStr> = options.map(OsString::as_os_str).collect();
    let mut names =
        options.iter().enumerate().filter_map(|(at, option)| match option.to_str()? {
            "--lang" => options.get(at + 1)?.to_str(),
            option => option.strip_prefix("--lang="),
        });
    language(names.next_back()?)
}

/// The language that a settings file names. What is wrong with the file is told when it is read whole.
fn setting(file: &Path) -> Option<Language> {
    let text = config::plain_text(file).ok()?;
    let settings = config::parse(file, &text).ok()?;
    let found = settings.into_iter().find(|it| it.table.is_empty() && it.name == "lang")?;
    match found.value {
        Value::Text(name) => language(&name),
        _ => None,
    }
}

/// The language of the system's messages (POSIX, Base Definitions, 8.2): of the first of these variables that
/// has a value.
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    let locale = locale.unwrap_or_default();
    let tag = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    language(tag).unwrap_or(Language::English)
}
