//! The commands of the `docbao` program: they read their arguments, drive [`crate::pipeline`] and
//! print.

mod args;
mod check;
mod explain;
mod inspect;
mod narrate;
mod normalize;
mod phonemize;
mod segment;
mod source;
mod voices;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diag::Error;

const EXIT_STATUSES: &str = "\
Exit status:
  0  Everything asked for was done.
  1  Something could not be done; the message names the file, the place and the way out. Other
     files of the same run were still done, and no half-written file was left behind.
  2  The command line could not be understood.
  3  Something is read in doubt: `docbao check` lists it, `docbao narrate --strict` did not speak
     the article.";

/// docbao reads Vietnamese articles aloud: it turns text files into narration, offline.
///
/// Numbers, dates, abbreviations and signs are read as a newsreader would; what is doubtful is
/// reported, never guessed in silence.
#[derive(Debug, Parser)]
#[command(name = "docbao", version, max_term_width = 100, after_help = EXIT_STATUSES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Narrate(narrate::Narrate),
    Normalize(normalize::Normalize),
    Segment(segment::Segment),
    Phonemize(phonemize::Phonemize),
    Explain(explain::Explain),
    Check(check::Check),
    Voices(voices::Voices),
    Inspect(inspect::Inspect),
}

/// Runs the program on the arguments it was started with.
#[must_use]
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Narrate(command) => command.run(),
        Command::Normalize(command) => command.run(),
        Command::Segment(command) => command.run(),
        Command::Phonemize(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Voices(command) => command.run(),
        Command::Inspect(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::from(1),
        Err(Failure::Doubtful) => ExitCode::from(3),
        Err(Failure::Error(error @ Error::Usage(_))) => {
            complain(&error);
            ExitCode::from(2)
        }
        Err(Failure::Error(error)) => {
            complain(&error);
            ExitCode::from(1)
        }
        // The reader of our output went away (docbao … | head): nobody is left to tell.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            complain(&format_args!("cannot write to standard output: {error}"));
            ExitCode::from(1)
        }
    }
}

/// Why a command ends without success.
#[derive(Debug)]
enum Failure {
    /// What went wrong, not yet told.
    Error(Error),
    /// Standard output cannot be written.
    Output(io::Error),
    /// What went wrong has been told already, file by file.
    Reported,
    /// Something is read in doubt, and has been told already.
    Doubtful,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

/// Tells an error on standard error; where even that fails there is no one to tell.
fn complain(error: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "docbao: {error}");
}

/// Tells something worth knowing on standard error.
fn note(message: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "docbao: note: {message}");
}

/// Writes a value to standard output as JSON.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
