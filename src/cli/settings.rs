//! Settings files and the command line: every long option of a command is a setting.
//!
//! What a file sets is put on the command line, before what the user wrote there. So both are
//! checked by the same rules, and what the user wrote wins. The table of a setting is the heading
//! under which `--help` shows the option. `[voices]` is one more, whose settings are roles: `quote = "bac-nu"`.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::builder::ValueHint;
use clap::{Arg, ArgAction, Command};
use etcetera::BaseStrategy;

use super::language;
use crate::cli::config::{self, Setting, Value};
use crate::model::error::{Error, Place};
use crate::model::message::message;
use crate::model::roles::roles;
#[cfg(feature = "podcast")]
use crate::podcast;
use crate::voice::remote_name;

/// The options that say where settings come from, and so are not settings themselves.
const NO_SETTINGS: [&str; 4] = ["config", "no-config", "help", "version"];

/// The command line with the settings put in.
pub(super) fn arguments(root: &Command, given: Vec<OsString>) -> Result<Vec<OsString>, Error> {
    let Some((command, at)) = command(root, &given) else { return Ok(given) };
    let is = |names: &[&str]| given.iter().any(|arg| names.iter().any(|name| arg == name));
    if is(&["--help", "-h", "--version", "-V"]) {
        return Ok(given);
    }
    let mut all = given[..at].to_vec();
    let files = if is(&["--no-config"]) { Vec::new() } else { files(&given) };
    for file in files {
        let text = config::plain_text(&file)?;
        for setting in config::parse(&file, &text)? {
            all.extend(argument(root, command, &as_option(root, setting))?);
        }
    }
    #[cfg(feature = "podcast")]
    if let Some(file) = show(root, &given).filter(|file| file.is_file()) {
        let settings = config::parse(&file, &config::plain_text(&file)?)?;
        for setting in settings.into_iter().filter(is_of_commands) {
            all.extend(argument(root, command, &as_option(root, setting))?);
        }
    }
    all.extend_from_slice(&given[at..]);
    Ok(all)
}

/// The command that the arguments name, and where its own arguments begin.
pub(super) fn command<'a>(root: &'a Command, given: &[OsString]) -> Option<(&'a Command, usize)> {
    let mut at = 1;
    while given.get(at)?.as_encoded_bytes().starts_with(b"-") {
        at += if given[at] == "--config" || given[at] == "--lang" { 2 } else { 1 };
    }
    let mut command = root.find_subcommand(&given[at])?;
    at += 1;
    while let Some(inner) = given.get(at).and_then(|name| command.find_subcommand(name)) {
        command = inner;
        at += 1;
    }
    Some((command, at))
}

/// The settings files, the first with the least weight: the user's, and the project's or the one
/// that is named.
pub(super) fn files(given: &[OsString]) -> Vec<PathBuf> {
    let user = etcetera::choose_base_strategy().ok();
    let user = user.map(|base| base.config_dir().join("docbao").join(config::FILE_NAME));
    let named = given.iter().enumerate().find_map(|(at, arg)| {
        if arg == "--config" {
            return given.get(at + 1).map(PathBuf::from);
        }
        arg.to_str()?.strip_prefix("--config=").map(PathBuf::from)
    });
    let project = named.or_else(|| {
        let here = PathBuf::from(config::FILE_NAME);
        here.is_file().then_some(here)
    });
    user.filter(|file| file.is_file()).into_iter().chain(project).collect()
}

/// The table whose settings are the voices of parts of articles, by their roles.
const ROLES: &str = "voices";

/// The option for such a table, and the table of that.
const VOICE: (&str, &str) = ("voice", "voice-for");

/// A setting as the option that it is: the voice of a role is one of `--voice-for`. The table has the options of
/// `docbao voices` too (catalogue).
fn as_option(root: &Command, setting: Setting) -> Setting {
    let has_option = || options(root).iter().any(|(_, option)| is_named(option, &setting));
    if setting.table != ROLES || has_option() {
        return setting;
    }
    let Setting { file, line, name: role, value, .. } = setting;
    let value = match value {
        Value::Text(voice) => Value::Named(vec![(role, voice)]),
        // What is no voice is an error of the option.
        other => other,
    };
    Setting { file, line, table: VOICE.0.to_owned(), name: VOICE.1.to_owned(), value }
}

/// The setting by which a voice of this name speaks a role, or is the narrator, if one of the settings files
/// has it; `show` is the podcast.toml of the show that is built.
pub(super) fn of_voice(role: Option<&str>, name: &str, show: Option<&Path>) -> Option<Setting> {
    let given: Vec<_> = std::env::args_os().collect();
    if given.iter().any(|argument| argument == "--no-config") && show.is_none() {
        return None;
    }
    let files = files(&given).into_iter().chain(show.map(Path::to_owned));
    let settings =
        files.filter_map(|file| config::parse(&file, &config::plain_text(&file).ok()?).ok());
    let mut found = None;
    for setting in settings.flatten() {
        let is_it = |voice: &str| {
            let file = setting.file.parent().unwrap_or(Path::new(""));
            voice == name || file.join(voice) == Path::new(name)
        };
        let is_role = |part: &str| role.is_some_and(|role| roles(part).iter().any(|it| it == role));
        let asks = match (&*setting.table, &*setting.name, &setting.value) {
            (ROLES, part, Value::Text(voice)) => is_role(part) && is_it(voice),
            ("voice", "voice-for", Value::Named(named)) => {
                named.iter().any(|(part, voice)| is_role(part) && is_it(voice))
            }
            ("voice", "voice", Value::Text(voice)) => role.is_none() && is_it(voice),
            _ => false,
        };
        if asks {
            found = Some(setting);
        }
    }
    found
}

/// The podcast.toml of the show that `docbao podcast build` or `bulletin` builds.
#[cfg(feature = "podcast")]
fn show(root: &Command, given: &[OsString]) -> Option<PathBuf> {
    let matches = root.clone().ignore_errors(true).try_get_matches_from(given).ok()?;
    let (name, command) = matches.subcommand_matches("podcast")?.subcommand()?;
    if !["build", "bulletin"].contains(&name) {
        return None;
    }
    Some(command.try_get_one::<PathBuf>("folder").ok()??.join(podcast::FILE_NAME))
}

/// Where the settings files give an option this path, if they do.
pub(super) fn place(table: &str, name: &str, path: &Path) -> Option<Place> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let files =
        if given.iter().any(|arg| arg == "--no-config") { Vec::new() } else { files(&given) };
    files.iter().rev().find_map(|file| {
        let settings = config::parse(file, &config::plain_text(file).ok()?).ok()?;
        let is_it = |setting: &&Setting| match &setting.value {
            Value::Text(text) => {
                let folder = file.parent().unwrap_or(Path::new(""));
                setting.table == table && setting.name == name && folder.join(text) == path
            }
            _ => false,
        };
        let line = settings.iter().find(is_it)?.line;
        Some(Place { name: file.display().to_string(), line: Some(line) })
    })
}

/// Whether a setting of a podcast.toml is one of the commands; the others are the show's.
#[cfg(feature = "podcast")]
fn is_of_commands(setting: &Setting) -> bool {
    matches!(setting.table.as_str(), "voice" | "reading" | ROLES)
        || (setting.table.is_empty() && setting.name == "lexicon")
}

/// The table of the settings of an option.
fn table(option: &Arg) -> String {
    option.get_help_heading().unwrap_or_default().to_lowercase().replace(' ', "-")
}

/// The options of all commands that are settings, each with its command.
fn options(root: &Command) -> Vec<(&Command, &Arg)> {
    let mut commands = vec![root];
    let mut options = Vec::new();
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands());
        let settable =
            |option: &&Arg| option.get_long().is_some_and(|long| !NO_SETTINGS.contains(&long));
        options.extend(command.get_arguments().filter(settable).map(|option| (command, option)));
    }
    options
}

fn is_named(option: &Arg, setting: &Setting) -> bool {
    option.get_long() == Some(&setting.name) && table(option) == setting.table
}

/// What a setting puts on the command line of a command: nothing if it is for others.
fn argument(root: &Command, command: &Command, setting: &Setting) -> Result<Vec<OsString>, Error> {
    let options = options(root);
    let Some((owner, option)) = options.iter().find(|(_, option)| is_named(option, setting)) else {
        return Err(unknown(&options, setting));
    };
    let written = written(option, setting)?;
    for argument in &written {
        let alone = (*owner)
            .clone()
            .mut_args(|option| option.required(false))
            .subcommand_required(false)
            .arg_required_else_help(false)
            .no_binary_name(true);
        if let Err(error) = alone.try_get_matches_from([argument]) {
            return Err(setting.error(language::reason(&error)));
        }
    }
    let own = command.get_arguments().find(|option| is_named(option, setting));
    // The environment beats the file.
    let in_environment = |name| std::env::var_os(name).is_some();
    let applies = own.is_some_and(|option| !option.get_env().is_some_and(in_environment));
    Ok(if applies { written } else { Vec::new() })
}

fn unknown(options: &[(&Command, &Arg)], setting: &Setting) -> Error {
    let mut tables: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (_, option) in options {
        tables.entry(table(option)).or_default().extend(option.get_long());
    }
    let list = |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(", ");
    let headings = || {
        let named = tables.keys().map(String::as_str).chain([ROLES]).collect::<BTreeSet<_>>();
        let named =
            named.into_iter().filter(|table| !table.is_empty()).map(|name| format!("[{name}]"));
        named.collect::<Vec<_>>().join(", ")
    };
    let elsewhere = tables.iter().find(|(_, names)| names.contains(setting.name.as_str()));
    let (name, place) = (&setting.name, &setting.table);
    setting.error(match (elsewhere, tables.get(place)) {
        (Some((table, _)), _) if table.is_empty() => {
            message!("`{name}` belongs at the head of the file, before any table", name)
        }
        (Some((table, _)), _) => message!("`{name}` belongs in the table [{table}]", name, table),
        (None, None) => message!("there is no table [{place}]: there are {headings}", place, headings = headings()),
        (None, Some(names)) if place.is_empty() => message!("there is no setting `{name}`: at the head of the file there are {names}, and the tables {headings}", name, names = list(names), headings = headings()),
        (None, Some(names)) => {
            message!("there is no setting `{name}` in [{place}]: there are {names}", name, place, names = list(names))
        }
    })
}

/// A setting as it is written on a command line.
fn written(option: &Arg, setting: &Setting) -> Result<Vec<OsString>, Error> {
    let name = &setting.name;
    let takes_value = option.get_action().takes_values();
    let may_lack_value = option.get_num_args().is_some_and(|count| count.min_values() == 0);
    let several = matches!(option.get_action(), ArgAction::Append);
    let argument = |value: &str| {
        let mut argument = OsString::from(format!("--{name}="));
        argument.push(located(option, &setting.file, value));
        argument
    };
    Ok(match &setting.value {
        Value::Switch(on) if !takes_value || may_lack_value => {
            if *on {
                vec![format!("--{name}").into()]
            } else {
                Vec::new()
            }
        }
        Value::Switch(_) => {
            return Err(setting.error(message!("`{name}` is not a switch: give it a value", name)));
        }
        _ if !takes_value => {
            return Err(setting.error(message!("`{name}` is a switch: give true or false", name)));
        }
        Value::Text(text) => vec![argument(text)],
        Value::List(list) if several => list.iter().map(|value| argument(value)).collect(),
        Value::List(list) => vec![argument(&list.join(","))],
        Value::Named(named) if several => {
            named.iter().map(|(part, value)| argument(&format!("{part}={value}"))).collect()
        }
        Value::Named(_) => {
            return Err(setting.error(message!("`{name}` takes no values with names", name)));
        }
    })
}

/// The value of an option; a path is relative to the folder of the file that gives it, that of a value
/// with a name (PART=VOICE) too.
fn located(option: &Arg, file: &Path, value: &str) -> OsString {
    let is_named = option.get_value_names().is_some_and(|names| names[0].contains('='));
    if let Some((name, value)) = value.split_once('=').filter(|_| is_named) {
        let mut named = OsString::from(format!("{name}="));
        named.push(located_path(option, file, value));
        return named;
    }
    located_path(option, file, value)
}

fn located_path(option: &Arg, file: &Path, value: &str) -> OsString {
    let is_path = match option.get_value_hint() {
        ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath => true,
        // A name, the path of a folder, or an address.
        ValueHint::Other => value.contains(['/', '\\']) && remote_name(value).is_none(),
        _ => false,
    };
    if is_path && value != "-" {
        let folder = file.parent().unwrap_or(Path::new(""));
        folder.join(value).into_os_string()
    } else {
        OsStr::new(value).to_owned()
    }
}
