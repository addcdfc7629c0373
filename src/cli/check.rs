//! `docbao check`.

use std::io::Write;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use serde::Serialize;

use super::args::ReadArgs;
use super::teller::listed;
use super::{Failure, print_error, print_json, source, stdout};
use crate::model::pauses::Pauses;
use crate::model::script::Finding;
use crate::model::spoken::Confidence;

/// List the doubtful readings: every one that may be wrong, with what else it could be.
///
/// Each line has the file, line and column, the source, what is said, how sure that is, the reason,
/// the other readings, the likeliest first, and how often it is there if more than once; JSON has every
/// place, and the semiotic class of the reading. The exit status is 3 if
/// anything is listed. A reading that is in a lexicon (--lexicon) is not listed.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The articles: files, addresses of pages (https://…), or `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// List what is no surer than this: unknown (guesses), doubtful (two readings are plausible) or
    /// likely (the usual reading of several).
    #[arg(long, value_name = "LEVEL", default_value = "doubtful", value_parser = Confidence::from_str)]
    level: Confidence,
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// A finding with the file it is in.
#[derive(Serialize)]
struct FileFinding {
    file: String,
    #[serde(flatten)]
    finding: Finding,
}

impl Check {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let front_end = self.read.front_end(Pauses::default())?;
        let mut all = Vec::new();
        let mut failed = false;
        let mut out = stdout();
        for file in &self.files {
            let article = match source::article(file, front_end.settings()) {
                Ok(article) => article,
                Err(error) => {
                    print_error(&error);
                    failed = true;
                    continue;
                }
            };
            let name = source::name(file);
            let findings = front_end.review(&article, self.level).findings;
            if !self.json {
                for line in listed(&name, &findings) {
                    writeln!(out, "{line}")?;
                }
            }
            let file = |finding| FileFinding { file: name.clone(), finding };
            all.extend(findings.into_iter().map(file));
        }
        drop(out);
        if self.json {
            print_json(&all)?;
        }
        match (failed, all.is_empty()) {
            (true, _) => Err(Failure::Reported),
            (_, false) => Err(Failure::Doubtful),
            _ => Ok(()),
        }
    }
}
