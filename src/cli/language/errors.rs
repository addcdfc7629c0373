//! What is wrong with a command line, in the language of a run: clap's own errors, from what clap knows of
//! each (clap's `RichFormatter` says the same in English).

use std::fmt::Write;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};

use super::spoken::{known, said};
use crate::model::error;
use crate::model::message::{Message, message};

/// Writes errors in the language of this run.
pub(in crate::cli) struct InLanguage;

impl ErrorFormatter for InLanguage {
    fn format_error(error: &Error<InLanguage>) -> StyledStr {
        let mut text = StyledStr::new();
        // A text in memory takes everything.
        let _ = write_error(&mut text, error);
        text
    }
}

fn write_error(text: &mut StyledStr, error: &Error<InLanguage>) -> std::fmt::Result {
    let styles = clap::builder::Styles::styled();
    let (bad, tip) = (styles.get_error(), styles.get_valid());
    write!(text, "{bad}{}:{bad:#} {}", known("error"), said(&reason(error)))?;
    for item in items(error) {
        write!(text, "\n  {item}")?;
    }
    if let Some(values) = values(error) {
        write!(text, "\n  [{}]", said(&values))?;
    }
    let tips: Vec<String> = tips(error);
    if !tips.is_empty() {
        writeln!(text)?;
    }
    for one in tips {
        write!(text, "\n  {tip}{}:{tip:#} {one}", known("tip"))?;
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.ansi().to_string();
        write!(text, "\n\n{}", usage.replacen("Usage:", &format!("{}:", known("Usage")), 1))?;
    }
    writeln!(text, "\n\n{}", said(&message!("For more information, try '--help'.")))
}

/// What is wrong.
pub(in crate::cli) fn reason<F: ErrorFormatter>(error: &Error<F>) -> Message {
    let one = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let number = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = one(ContextKind::InvalidArg).unwrap_or_default();
    let value = one(ContextKind::InvalidValue).unwrap_or_default();
    let command = one(ContextKind::InvalidSubcommand).unwrap_or_default();
    match error.kind() {
        ErrorKind::ArgumentConflict => {
            let other = error.get(ContextKind::PriorArg);
            let argument = if argument.is_empty() { command } else { argument };
            match other {
                Some(ContextValue::String(other)) if *other == argument => {
                    message!("the argument '{argument}' cannot be used multiple times", argument)
                }
                Some(ContextValue::String(other)) => {
                    message!(
                        "the argument '{argument}' cannot be used with '{other}'",
                        argument,
                        other
                    )
                }
                Some(ContextValue::Strings(_)) => {
                    message!("the argument '{argument}' cannot be used with:", argument)
                }
                _ => message!(
                    "the argument '{argument}' cannot be used with one or more of the other specified \
                     arguments",
                    argument
                ),
            }
        }
        ErrorKind::NoEquals => {
            message!("equal sign is needed when assigning values to '{argument}'", argument)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            message!("a value is required for '{argument}' but none was supplied", argument)
        }
        ErrorKind::InvalidValue => {
            message!("invalid value '{value}' for '{argument}'", value, argument)
        }
        ErrorKind::InvalidSubcommand => message!("unrecognized subcommand '{command}'", command),
        ErrorKind::MissingRequiredArgument => {
            message!("the following required arguments were not provided:")
        }
        ErrorKind::MissingSubcommand => {
            message!("'{command}' requires a subcommand but one was not provided", command)
        }
        ErrorKind::TooManyValues => message!(
            "unexpected value '{value}' for '{argument}' found; no more were expected",
            value,
            argument
        ),
        ErrorKind::TooFewValues => message!(
            "{least} values required by '{argument}'; only {given} were provided",
            least = number(ContextKind::MinValues),
            argument,
            given = number(ContextKind::ActualNumValues)
        ),
        ErrorKind::WrongNumberOfValues => message!(
            "{wanted} values required for '{argument}' but {given} were provided",
            wanted = number(ContextKind::ExpectedNumValues),
            argument,
            given = number(ContextKind::ActualNumValues)
        ),
        ErrorKind::ValueValidation => message!(
            "invalid value '{value}' for '{argument}': {reason}",
            value,
            argument,
            reason = cause(error, &value)
        ),
        ErrorKind::UnknownArgument => message!("unexpected argument '{argument}' found", argument),
        other => Message::from(other.as_str().unwrap_or_default()),
    }
}

/// Why a value is not taken: what our parsers say, or those of clap and of Rust.
fn cause<F: ErrorFormatter>(error: &Error<F>, value: &str) -> Message {
    let Some(source) = std::error::Error::source(error) else { return Message::default() };
    if let Some(message) = source.downcast_ref::<Message>() {
        return message.clone();
    }
    if let Some(error) = source.downcast_ref::<error::Error>() {
        return Message::from(error);
    }
    let text = source.to_string();
    match text.strip_prefix(value).and_then(|rest| rest.strip_prefix(" is not in ")) {
        Some(range) => message!("{value} is not in {range}", value, range),
        None => Message::from(text),
    }
}

/// Arguments that belong to what is wrong, a line for each.
fn items(error: &Error<InLanguage>) -> Vec<String> {
    let kind = match error.kind() {
        ErrorKind::MissingRequiredArgument => ContextKind::InvalidArg,
        ErrorKind::ArgumentConflict => ContextKind::PriorArg,
        _ => return Vec::new(),
    };
    match error.get(kind) {
        Some(ContextValue::Strings(items)) => items.clone(),
        _ => Vec::new(),
    }
}

/// The values or the commands that there are.
fn values(error: &Error<InLanguage>) -> Option<Message> {
    let listed = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::Strings(names)) if !names.is_empty() => Some(names.join(", ")),
        _ => None,
    };
    match listed(ContextKind::ValidValue) {
        Some(names) => Some(message!("possible values: {names}", names)),
        None => {
            Some(message!("subcommands: {names}", names = listed(ContextKind::ValidSubcommand)?))
        }
    }
}

/// What was probably meant.
fn tips(error: &Error<InLanguage>) -> Vec<String> {
    let named = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(name)) => vec![name.clone()],
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => Vec::new(),
    };
    let quoted = |names: Vec<String>| -> Option<String> {
        let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let similar = [
        quoted(named(ContextKind::SuggestedSubcommand))
            .map(|names| message!("a similar subcommand exists: {names}", names)),
        quoted(named(ContextKind::SuggestedArg))
            .map(|names| message!("a similar argument exists: {names}", names)),
        quoted(named(ContextKind::SuggestedValue))
            .map(|names| message!("a similar value exists: {names}", names)),
    ];
    let mut tips: Vec<String> = similar.iter().flatten().map(said).collect();
    // Of these, clap has only the text: how a value is given that looks like an option.
    if let Some(ContextValue::StyledStrs(others)) = error.get(ContextKind::Suggested) {
        let argument = named(ContextKind::InvalidArg).pop().unwrap_or_default();
        let as_value = message!("to pass '{argument}' as a value, use '-- {argument}'", argument);
        tips.extend(others.iter().map(|tip| match as_value == *tip.to_string() {
            true => said(&as_value),
            false => tip.ansi().to_string(),
        }));
    }
    tips
}
