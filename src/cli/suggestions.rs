//! What was probably meant by an option that there is not.

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::model::tables::rows;

/// The names of options elsewhere, and what they are called here.
const TABLE: (&str, &str) = ("other_names.tsv", include_str!("other_names.tsv"));

/// The error with the option that was meant, if it is one that is called otherwise elsewhere and `command`
/// has it.
pub(super) fn suggested(mut error: Error, command: Option<&Command>) -> Error {
    if error.kind() != ErrorKind::UnknownArgument {
        return error;
    }
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    if let Some(meant) = command.and_then(|command| meant(command, given)) {
        error.insert(ContextKind::SuggestedArg, ContextValue::String(format!("--{meant}")));
    }
    error
}

/// The option of a command that is called otherwise elsewhere.
fn meant(command: &Command, given: &str) -> Option<&'static str> {
    let name = given.trim_start_matches('-').split('=').next()?.to_lowercase().replace('_', "-");
    // What is wrong with the table, a test finds.
    let rows = rows(TABLE.0, TABLE.1, &["name", "option"]).ok()?;
    let (_, row) = rows.into_iter().find(|(_, row)| row[0] == name)?;
    command.get_arguments().any(|option| option.get_long() == Some(row[1])).then_some(row[1])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_row_names_an_option_and_no_name_is_one_of_the_same_command() {
        let mut root = crate::cli::Cli::command();
        root.build();
        let mut commands = vec![&root];
        let mut at = 0;
        while let Some(command) = commands.get(at) {
            commands.extend(command.get_subcommands());
            at += 1;
        }
        let options = |command: &Command| -> BTreeSet<String> {
            command.get_arguments().filter_map(|it| it.get_long()).map(str::to_owned).collect()
        };
        let mut names = BTreeSet::new();
        for (line, row) in rows(TABLE.0, TABLE.1, &["name", "option"]).unwrap() {
            assert!(names.insert(row[0]), "line {line}: {} is there twice", row[0]);
            let having: Vec<_> =
                commands.iter().map(|it| options(it)).filter(|it| it.contains(row[1])).collect();
            assert!(!having.is_empty(), "line {line}: there is no --{}", row[1]);
            assert!(having.iter().all(|it| !it.contains(row[0])), "line {line}");
        }
    }
}
