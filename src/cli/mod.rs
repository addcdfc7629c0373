//! The commands of the `docbao` program: they read their arguments, call [`crate::job::perform`] or
//! [`crate::batch::run`], and print.

mod address;
mod args;
mod cache;
mod check;
mod choices;
mod completions;
mod config;
mod design_args;
mod explain;
#[cfg(feature = "farm")]
mod farm;
mod formats_help;
mod hear;
mod hints;
#[cfg(feature = "inspect")]
mod inspect;
mod inspect_article;
mod interrupt;
mod json;
mod language;
mod lexicon;
mod lexicons;
mod man;
mod narrate;
mod normalize;
mod outputs;
mod page;
mod phonemize;
mod play;
#[cfg(feature = "podcast")]
mod podcast;
mod progress;
#[cfg(feature = "podcast")]
mod publish_args;
mod read_args;
mod report;
mod say;
mod segment;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod source;
mod suggestions;
mod teller;
mod terminal;
mod voices;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorFormatter;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::model::error::ErrorKind;
use crate::model::message::message;
use crate::model::shown::is_hidden;
use crate::voice;
use terminal::{Failure, Shown, buffered_stdout, note, print_error, print_fault, stdout};

const AFTER_HELP: &str = "\
Examples:
  docbao narrate bai.txt -o bai.mp3
  docbao say \"Giá xăng RON 95 tăng 2,5%.\"
  docbao check --fix bai.txt

Exit status:
  0  Everything asked for was done.
  1  Something could not be done; the message names the file, the place and what helps. Other
     files of the same run were still done, and no half-written file is left.
  2  The command line could not be understood.
  3  A reading is doubtful: `docbao check` lists it, `docbao narrate --strict` did not speak the
     article.
  130  The user stopped it (Ctrl-C). What was done is kept; the same command continues from there.

Settings:
  Every long option is a setting too, in docbao.toml of the current folder (or --config) and in
  docbao/docbao.toml of your own settings folder (on Linux, ~/.config). The options under a heading
  of --help belong to a table of that name: rate = 1.1 under [voice]. The command line beats the
  environment, the environment beats the project's file, and that beats your own file. Options that
  may be given several times add up.";

/// docbao reads Vietnamese articles aloud: it turns text files into narration, offline.
///
/// Numbers, dates, abbreviations and signs are read as a newsreader would read them. Doubtful
/// readings are reported.
#[derive(Debug, Parser)]
#[command(name = "docbao", version, max_term_width = 100, after_help = AFTER_HELP)]
// What comes later on the command line wins: settings files are put before it (see `settings`).
#[command(args_override_self = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// A settings file, in place of docbao.toml of the current folder.
    // Both are used by `settings`, before the command line is parsed.
    #[arg(long = "config", value_name = "FILE", global = true, overrides_with = "_no_config")]
    _config: Option<PathBuf>,
    /// Use no settings file.
    #[arg(long = "no-config", global = true)]
    _no_config: bool,
    /// The language of help and messages: en or vi. By default that of the system.
    // Used before the command line is parsed: see `language`.
    #[arg(long = "lang", value_name = "LANGUAGE", env = language::VARIABLE, global = true,
          value_parser = language::Name)]
    _lang: Option<language::Language>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Narrate(Box<narrate::Narrate>),
    Page(Box<page::Page>),
    Say(Box<say::Say>),
    Play(Box<play::Play>),
    #[cfg(feature = "podcast")]
    Podcast(podcast::Podcast),
    Normalize(normalize::Normalize),
    Segment(segment::Segment),
    Phonemize(phonemize::Phonemize),
    Explain(explain::Explain),
    Check(Box<check::Check>),
    Lexicon(lexicon::Lexicon),
    Voices(voices::Voices),
    #[cfg(feature = "inspect")]
    Inspect(inspect::Inspect),
    InspectArticle(inspect_article::InspectArticle),
    #[cfg(feature = "serve")]
    Serve(Box<serve::Serve>),
    #[cfg(feature = "farm")]
    Farm(farm::Farm),
    Cache(cache::Cache),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    fn run(&self) -> Result<(), Failure> {
        match self {
            Command::Narrate(command) => command.run(),
            Command::Page(command) => command.run(),
            Command::Say(command) => command.run(),
            Command::Play(command) => command.run(),
            #[cfg(feature = "podcast")]
            Command::Podcast(command) => command.run(),
            Command::Normalize(command) => command.run(),
            Command::Segment(command) => command.run(),
            Command::Phonemize(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::Check(command) => command.run(),
            Command::Lexicon(command) => command.run(),
            Command::Voices(command) => command.run(),
            #[cfg(feature = "inspect")]
            Command::Inspect(command) => command.run(),
            Command::InspectArticle(command) => command.run(),
            #[cfg(feature = "serve")]
            Command::Serve(command) => command.run(),
            #[cfg(feature = "farm")]
            Command::Farm(command) => command.run(),
            Command::Cache(command) => command.run(),
            Command::Completions(command) => command.run(Cli::command()),
            Command::Man(command) => command.run(Cli::command()),
        }
    }
}

/// Runs the program on the arguments it was started with.
#[must_use]
pub fn run() -> ExitCode {
    // Started anew by itself, the program runs the model of a voice.
    if let Some(status) = voice::run_worker() {
        return status;
    }
    let result = loop {
        match parse().and_then(|cli| cli.command.run()) {
            Err(Failure::Again) => {}
            result => break result,
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported | Failure::Again) => ExitCode::from(1),
        Err(Failure::Doubtful) => ExitCode::from(3),
        Err(Failure::Stopped) => ExitCode::from(interrupt::STATUS),
        Err(Failure::Error(error)) if error.kind() == ErrorKind::Request => {
            print_error(&error);
            ExitCode::from(2)
        }
        Err(Failure::Error(error)) if error.is_stop() => {
            print_error(&error);
            ExitCode::from(interrupt::STATUS)
        }
        Err(Failure::Error(error)) => {
            print_error(&error);
            ExitCode::from(1)
        }
        // The reader of our output is gone (docbao … | head): nobody is left to read it.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            print_fault(&message!("cannot write to standard output: {error}", error));
            ExitCode::from(1)
        }
    }
}

/// The arguments, with those from the settings files.
fn parse() -> Result<Cli, Failure> {
    let given: Vec<_> = std::env::args_os().collect();
    language::speak(language::chosen(&given, &settings::files(&given)));
    let mut root = Cli::command();
    // So that commands inside others have the options that they share.
    root.build();
    let arguments = settings::arguments(&root, given)?;
    Ok(parsed(&root, &arguments).unwrap_or_else(|error| {
        let command = settings::command(&root, &arguments).map(|(command, _)| command);
        let error = suggestions::suggested(error, command);
        if language::is_translated() {
            fail(&error.apply::<language::InLanguage>())
        } else {
            fail(&error)
        }
    }))
}

/// Ends the program with what clap says of its command line, be it help.
fn fail<F: ErrorFormatter>(error: &clap::error::Error<F>) -> ! {
    // What it quotes may be from a settings file of somebody else.
    let text = error.render().to_string();
    if text.contains(is_hidden) {
        let _ = write!(Shown(io::stderr().lock()), "{text}");
        std::process::exit(error.exit_code());
    }
    error.exit()
}

/// What the arguments mean.
fn parsed(root: &clap::Command, arguments: &[OsString]) -> Result<Cli, clap::Error> {
    if !language::is_translated() {
        return Cli::try_parse_from(arguments);
    }
    let mut root = language::described(language::localized(root.clone()));
    let mut matches = root.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut root))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
