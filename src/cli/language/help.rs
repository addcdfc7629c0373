//! Help in the language of a run: clap's tree of commands with its texts replaced.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::OnceLock;

use clap::builder::StyledStr;
use clap::{Arg, Command};

use super::spoken::{catalogue, known, said};
use crate::cli::formats_help;
use crate::model::message::{Message, message};

/// The commands with their help in the language of this run; as they are in English. They must be built.
pub(in crate::cli) fn localized(root: Command) -> Command {
    if catalogue().is_none() { root } else { named(texts(root)) }
}

/// Commands with their texts and the names of values in the language of this run.
pub(in crate::cli) fn with_texts(root: Command) -> Command {
    if catalogue().is_none() { root } else { texts(root) }
}

/// As [`localized`], with what clap writes by itself about options: their defaults, variables and values.
pub(in crate::cli) fn described(root: Command) -> Command {
    if catalogue().is_none() { root } else { whole(root) }
}

/// Texts of commands and of their arguments, and the names of values.
fn texts(mut command: Command) -> Command {
    let of = |text: Option<&StyledStr>| text.map(|text| block(&text.to_string()));
    if let Some(about) = of(command.get_about()) {
        command = command.about(about);
    }
    if let Some(about) = of(command.get_long_about()) {
        command = command.long_about(about);
    }
    if let Some(help) = of(command.get_after_help()) {
        command = command.after_help(help);
    }
    command.mut_args(argument).mut_subcommands(texts)
}

fn argument(mut option: Arg) -> Arg {
    let of = |text: Option<&StyledStr>| text.map(|text| block(&text.to_string()));
    if let Some(help) = of(option.get_help()) {
        option = option.help(help);
    }
    if let Some(help) = of(option.get_long_help()) {
        option = option.long_help(help);
    }
    let names: Option<Vec<&'static str>> =
        option.get_value_names().map(|names| names.iter().map(|name| fixed(name)).collect());
    if let Some(names) = names.filter(|_| option.get_action().takes_values()) {
        option = option.value_names(names);
    }
    option
}

/// The headings, and the usage of each command.
fn named(command: Command) -> Command {
    let command =
        command.subcommand_help_heading(fixed("Commands")).subcommand_value_name(fixed("COMMAND"));
    let command = command.mut_args(|option| {
        let usual = if option.is_positional() { "Arguments" } else { "Options" };
        let heading = fixed(option.get_help_heading().unwrap_or(usual));
        // Under a heading of their own they would be in the order of their letters.
        match option.get_index() {
            Some(place) => option.display_order(place).help_heading(heading),
            None => option.help_heading(heading),
        }
    });
    let mut command = command.mut_subcommands(named);
    let usage = command.render_usage().ansi().to_string();
    let (_, usage) = usage.split_once(' ').unwrap_or_default();
    let usage = usage.replace("[OPTIONS]", &format!("[{}]", known("OPTIONS")));
    let style = *command.get_styles().get_usage();
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{style}{}:{style:#} {{usage}}\n\n{{all-args}}{{after-help}}",
        known("Usage")
    );
    command.override_usage(StyledStr::from(usage.trim_end().to_owned())).help_template(template)
}

/// What clap adds to the help of an option is added here, and kept from clap.
fn whole(command: Command) -> Command {
    let command = command.mut_args(|option| {
        let (short, long) = (facts(&option, false), facts(&option, true));
        let with = |text: Option<&StyledStr>, facts: &[String], between: &str| {
            let text = text.map(ToString::to_string).unwrap_or_default();
            let all =
                std::iter::once(text).filter(|text| !text.is_empty()).chain(facts.iter().cloned());
            all.collect::<Vec<_>>().join(between)
        };
        let help = with(option.get_help(), &short, " ");
        let long_help = with(option.get_long_help().or(option.get_help()), &long, "\n\n");
        option
            .help(help)
            .long_help(long_help)
            .hide_env(true)
            .hide_default_value(true)
            .hide_possible_values(true)
    });
    command.mut_subcommands(whole)
}

/// The environment variable of an option, its default and the values it takes, each in brackets; in long help
/// the values with what they mean.
fn facts(option: &Arg, is_long: bool) -> Vec<String> {
    let mut facts = Vec::new();
    let values: Vec<_> =
        option.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect();
    let is_hidden = option.is_hide_possible_values_set() || values.is_empty();
    let is_listed = is_long && values.iter().any(|value| value.get_help().is_some());
    if !is_hidden && is_listed {
        let mut list = format!("{}:", known("Possible values"));
        for value in &values {
            let help = value.get_help().map(|help| block(&help.to_string())).unwrap_or_default();
            let _ = write!(list, "\n- {}: {help}", value.get_name());
        }
        facts.push(list);
    }
    if let Some(variable) = option.get_env().filter(|_| !option.is_hide_env_set()) {
        facts.push(said(&message!("[env: {variable}]", variable = variable.to_string_lossy())));
    }
    let defaults = option.get_default_values();
    if !defaults.is_empty()
        && !option.is_hide_default_value_set()
        && option.get_action().takes_values()
    {
        let defaults: Vec<_> = defaults.iter().map(|value| value.to_string_lossy()).collect();
        facts.push(said(&message!("[default: {defaults}]", defaults = defaults.join(" "))));
    }
    if !is_hidden && !is_listed {
        let names: Vec<_> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        facts.push(said(&message!("[possible values: {names}]", names = names.join(", "))));
    }
    facts
}

/// A text of the help, paragraph by paragraph.
fn block(text: &str) -> String {
    if let Some(message) = made().get(text) {
        return said(message);
    }
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// The texts that are made of the tables of formats, by what they are in English.
fn made() -> &'static HashMap<String, Message> {
    static MADE: OnceLock<HashMap<String, Message>> = OnceLock::new();
    let named = |message: Message| (message.to_string(), message);
    MADE.get_or_init(|| formats_help::all().into_iter().map(named).collect())
}

/// A paragraph. A full stop at its end stays; of examples only the heading is in a language.
fn paragraph(text: &str) -> String {
    if let Some((heading, examples)) = example(text) {
        return format!("{}\n{examples}", known(heading));
    }
    match text.strip_suffix('.').filter(|rest| !rest.ends_with('.')) {
        Some(rest) => format!("{}.", known(rest)),
        None => known(text).to_owned(),
    }
}

/// The heading and the lines of examples.
fn example(text: &str) -> Option<(&str, &str)> {
    let (heading, examples) = text.split_once('\n')?;
    ["Example:", "Examples:"].contains(&heading).then_some((heading, examples))
}

/// What is said for a word that clap keeps as long as the program runs.
fn fixed(word: &str) -> &'static str {
    match catalogue().and_then(|catalogue| catalogue.said(word)) {
        Some(said) => said,
        None => Box::leak(word.to_owned().into_boxed_str()),
    }
}

/// What a catalogue has for a paragraph.
#[cfg(test)]
pub(super) fn key(paragraph: &str) -> &str {
    match example(paragraph) {
        Some((heading, _)) => heading,
        None => paragraph.strip_suffix('.').unwrap_or(paragraph),
    }
}

/// The texts of a built command and of those in it, as the catalogue has them.
#[cfg(test)]
pub(super) fn keys(command: &Command) -> std::collections::BTreeSet<String> {
    let mut keys = std::collections::BTreeSet::new();
    let mut add = |text: Option<&StyledStr>| {
        let text = text.map(ToString::to_string).unwrap_or_default();
        match made().get(&text) {
            Some(message) => drop(keys.insert(message.pattern().to_owned())),
            None => keys.extend(text.split("\n\n").map(|text| key(text).to_owned())),
        }
    };
    add(command.get_about());
    add(command.get_long_about());
    add(command.get_after_help());
    for option in command.get_arguments() {
        add(option.get_help());
        add(option.get_long_help());
        for value in option.get_possible_values() {
            add(value.get_help());
        }
        if option.get_action().takes_values() {
            let names = option.get_value_names().unwrap_or_default();
            names.iter().for_each(|name| add(Some(&name.to_string().into())));
        }
        add(option.get_help_heading().map(|heading| heading.to_owned().into()).as_ref());
    }
    for inner in command.get_subcommands() {
        keys.extend(self::keys(inner));
    }
    keys.remove("");
    keys
}
