//! `docbao check`: what may be read wrong is listed, written as a table, or gone through and mended.

mod file_finding;
mod fix;
mod question;
mod table;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use self::file_finding::FileFinding;
use self::table::Table;
use super::args::{VoiceArgs, context, manner};
use super::hear::PlayerArgs;
use super::json::{Kind, list, print_json};
use super::language::said;
use super::lexicon::KeepArgs;
use super::lexicons::Projects;
use super::read_args::ReadArgs;
use super::teller::listed;
use super::{Failure, choices, print_error, source, stdout};
use crate::job::Context;
use crate::model::request::Source;
use crate::model::spoken::Confidence;

/// List the doubtful readings: every one that may be wrong, with what else it could be.
///
/// Each line has the file, line and column, the source, what is said, how sure that is, the reason,
/// the other readings, the likeliest first, and how often it is there if more than once; JSON has every
/// place, and the semiotic class of the reading. The exit status is 3 if
/// anything is listed. A reading that is in a lexicon is not listed.
///
/// With --fix, each is asked about: its sentence is shown and can be heard, and the reading that you choose
/// or write is kept in a lexicon at once. With --write they are put into a table, to be corrected in an
/// editor or a spreadsheet.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// The articles: files, folders of files, addresses of pages (https://…), or `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// List what is no surer than this: unknown (guesses), doubtful (two readings are plausible) or
    /// likely (the usual reading of several).
    #[arg(long, value_name = "LEVEL", default_value = "doubtful", value_parser = choices::confidence(),
          hide_possible_values = true)]
    level: Confidence,
    /// Print JSON for programs.
    #[arg(long, conflicts_with_all = ["fix", "write"])]
    json: bool,
    /// Go through the readings in a terminal: choose another by its number, write your own, hear the
    /// sentence. What you choose is kept in a lexicon at once.
    #[arg(long)]
    fix: bool,
    /// Write the readings to a new table instead, one row for each written form, with how often it is
    /// there. Correct its column `said`, and give it to --lexicon. Name it .csv for a spreadsheet.
    #[arg(long, value_name = "FILE", conflicts_with = "fix")]
    write: Option<PathBuf>,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    player: PlayerArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
}

const EXAMPLES: &str = "\
Examples:
  docbao check bai.txt
  docbao check --fix bai.txt
  docbao check bao/ --write ten.csv
  docbao narrate bao/ -o ra --lexicon ten.csv";

impl Check {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let files = source::with_folders(&self.files)?;
        let manner = manner(&self.read, &self.voice, None)?;
        if self.fix {
            let keep = self.keep.file(&near(&files))?;
            let context = context(&self.voice, None);
            let asked = fix::Asked { read: &self.read, level: self.level, player: &self.player };
            return fix::run(asked, (&context, &manner), &files, &keep);
        }
        let table = self.write.as_ref().map(|path| Table::new(path)).transpose()?;
        let context = Context::default();
        let mut projects = Projects::default();
        let mut all = Vec::new();
        let mut failed = false;
        let mut out = stdout();
        for file in &files {
            let (request, article) = match self.read.article(&manner, &mut projects, file) {
                Ok(found) => found,
                Err(error) => {
                    print_error(&error);
                    failed = true;
                    continue;
                }
            };
            let name = source::name(file);
            let front_end = context.front_end(&request.reading)?;
            let findings = front_end.review(&article, self.level).findings;
            if !self.json && table.is_none() {
                for line in listed(&name, &findings) {
                    writeln!(out, "{}", said(&line))?;
                }
            }
            let file = |finding| FileFinding { file: name.clone(), finding };
            all.extend(findings.into_iter().map(file));
        }
        if self.json {
            print_json(Kind::Findings, &list("findings", &all))?;
        }
        if let Some(table) = table {
            writeln!(out, "{}", said(&table.write(&all)?))?;
        }
        match (failed, all.is_empty()) {
            (true, _) => Err(Failure::Reported),
            (_, false) => Err(Failure::Doubtful),
            _ => Ok(()),
        }
    }
}

/// The folder of the first file.
fn near(files: &[PathBuf]) -> PathBuf {
    let first =
        files.iter().find(|file| !source::is_standard_input(file) && !source::is_address(file));
    let folder = first.map(|file| Source::File(file.clone()));
    let folders = folder.map(|source| super::lexicons::folders_of(&source)).unwrap_or_default();
    folders.into_iter().next().unwrap_or_default()
}
