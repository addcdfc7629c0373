//! `docbao lexicon`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::ValueHint;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::json::{Kind, list, print_json};
use super::lexicons::{project, project_or_new, user};
use super::read_args::ReadArgs;
use super::{Failure, buffered_stdout, stdout};
use crate::cli::language::told;
use crate::job::Context;
use crate::model::error::{Error, Hint};
use crate::model::message::message;
use crate::model::pauses::Pauses;
use crate::model::reading_policy::ReadingPolicy;
use crate::text::lexicon::{Reading, readings};
use crate::text::lexicon_file::{self, LexiconFile};
use crate::text::readers;
use crate::voice::parametric::phonemize;

/// Keep your own readings: how names, abbreviations and whatever else is written are said.
///
/// Two lexicons count without being named: yours, in your settings folder (on Linux,
/// ~/.config/docbao/lexicon.tsv), and that of the project, docbao.lexicon.tsv in the folder of the article or
/// in one above it, up to the folder with docbao.toml. The project's beats yours, and one that is named with
/// --lexicon beats both.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Lexicon {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  docbao lexicon add QAZX \"ka zét\"
  docbao lexicon add HĐQT \"hội đồng quản trị\" --to project
  docbao lexicon test HĐQT \"ông QAZX\"
  docbao lexicon import ten-rieng.csv
  docbao lexicon list";

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
    Remove(Remove),
    List(List),
    Test(Test),
    Import(Import),
}

/// Which lexicon is changed.
#[derive(Debug, Args)]
pub(super) struct KeepArgs {
    /// The lexicon in which readings are kept: user, project (docbao.lexicon.tsv, which is made beside
    /// docbao.toml, or in the folder itself, if it is not there) or a file. By default the project's if
    /// it is there, and else yours.
    #[arg(long, value_name = "LEXICON", value_hint = ValueHint::Other, help_heading = "Keeping")]
    to: Option<String>,
}

impl KeepArgs {
    /// The lexicon, for articles in this folder.
    ///
    /// # Errors
    /// As [`LexiconFile::open`]; of kind `Request` if the user has no folder for settings.
    pub(super) fn file(&self, near: &Path) -> Result<LexiconFile, Error> {
        let own = || {
            user().ok_or_else(|| {
                let reason = "there is no folder for your settings on this machine";
                let hint = Hint::set("to", "project", "to keep readings with the project");
                Error::request(reason).with_hint(hint)
            })
        };
        let path = match self.to.as_deref() {
            Some("user") => own()?,
            Some("project") => project_or_new(near),
            Some(file) => PathBuf::from(file),
            None => project(near).map_or_else(own, Ok)?,
        };
        LexiconFile::open(path, phonemize::spelling)
    }
}

/// Keep a reading: from now on the written form is said so.
///
/// The reading is words; or the sounds of syllables between strokes, as `docbao phonemize` writes them; or
/// `-` for nothing. A row that you wrote yourself stays, and the new one beats it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao lexicon add QAZX \"ka zét\" --to project")]
struct Add {
    /// As it is written, capitals as they are.
    #[arg(value_name = "WRITTEN")]
    written: String,
    /// As it is said.
    #[arg(value_name = "READING", allow_hyphen_values = true)]
    said: String,
    #[command(flatten)]
    keep: KeepArgs,
}

/// Take a reading out that was kept here or by the studio.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao lexicon remove QAZX")]
struct Remove {
    /// As it is written.
    #[arg(value_name = "WRITTEN")]
    written: String,
    #[command(flatten)]
    keep: KeepArgs,
}

/// List the readings of the lexicons that count in this folder, the lexicon first that beats the others.
///
/// Each line has the file and the line of the reading, what is written, what is said, and where it holds if
/// not everywhere, separated by tabs.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao lexicon list")]
struct List {
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// Say how words would be read in this folder, and which lexicon or which rule says so.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao lexicon test HĐQT \"ông QAZX\"")]
struct Test {
    /// The words, each as it is written.
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    #[command(flatten)]
    read: ReadArgs,
}

/// Take the readings of a file into a lexicon: a table that tabs, commas or semicolons separate, as
/// spreadsheets write it, or a pronunciation lexicon (.pls).
///
/// All are taken, or none if one cannot be understood.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao lexicon import ten-rieng.csv")]
struct Import {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    keep: KeepArgs,
}

impl Lexicon {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.command {
            Command::Add(Add { written, said, keep }) => {
                let file = keep.file(Path::new(""))?;
                file.change(written, Some(said))?;
                Ok(writeln!(
                    stdout(),
                    "{}",
                    told!(
                        "{file}: “{written}” is read “{said}”",
                        file = file.name(),
                        written,
                        said
                    )
                )?)
            }
            Command::Remove(Remove { written, keep }) => {
                let file = keep.file(Path::new(""))?;
                file.change(written, None)?;
                Ok(writeln!(
                    stdout(),
                    "{}",
                    told!(
                        "{file}: no reading is kept for “{written}”",
                        file = file.name(),
                        written
                    )
                )?)
            }
            Command::List(command) => command.run(),
            Command::Test(command) => command.run(),
            Command::Import(command) => command.run(),
        }
    }
}

/// A reading with the file it is in.
#[derive(Serialize)]
struct Listed {
    file: String,
    #[serde(flatten)]
    reading: Reading,
}

impl List {
    fn run(&self) -> Result<(), Failure> {
        let settings = self.read.settings_of(Path::new(""), Pauses::default())?;
        let mut all = Vec::new();
        for lexicon in settings.lexicons.iter().rev() {
            let found = readings(lexicon, &phonemize::spelling)?.into_iter();
            all.extend(found.map(|reading| Listed { file: lexicon.name().to_owned(), reading }));
        }
        if self.json {
            return print_json(Kind::Readings, &list("readings", &all));
        }
        let mut out = buffered_stdout();
        for Listed { file, reading: Reading { line, written, said, only } } in &all {
            let only = if only.is_empty() { String::new() } else { format!("\t{only}") };
            writeln!(out, "{file}:{line}\t{written}\t{said}{only}")?;
        }
        Ok(out.flush()?)
    }
}

impl Test {
    fn run(&self) -> Result<(), Failure> {
        let mut settings = self.read.settings_of(Path::new(""), Pauses::default())?;
        settings.parts = ReadingPolicy::all();
        let front_end = Context::default().front_end(&settings)?;
        let mut out = stdout();
        for written in &self.words {
            let spoken = front_end.spoken(&readers::lines(written.clone()));
            let mut by: Vec<&str> = Vec::new();
            for word in spoken.words() {
                let from = spoken.lexicon_of(word).unwrap_or(word.class);
                if by.last() != Some(&from) {
                    by.push(from);
                }
            }
            let said: Vec<_> = spoken.blocks.iter().map(|block| spoken.line(block)).collect();
            writeln!(out, "{written}\t{}\t{}", said.join(" "), by.join(", "))?;
        }
        Ok(())
    }
}

impl Import {
    fn run(&self) -> Result<(), Failure> {
        let lexicon = lexicon_file::read(&self.file)?;
        let found = readings(&lexicon, &phonemize::spelling)?;
        if let Some(Reading { line, only, .. }) = found.iter().find(|it| !it.only.is_empty()) {
            let reason = message!(
                "the reading holds only with {only}, which an import would lose; name the file with \
                 --lexicon, or in docbao.toml as lexicon = [\"{lexicon}\"]",
                only,
                lexicon = lexicon.name()
            );
            return Err(Error::table(lexicon.name(), *line, reason).into());
        }
        let file = self.keep.file(Path::new(""))?;
        file.add(&found)?;
        let (count, from, to) = (found.len(), lexicon.name(), file.name());
        Ok(writeln!(
            stdout(),
            "{}",
            told!("{to}: {count} readings of {from} are kept", to, count, from)
        )?)
    }
}
