//! `docbao check`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use serde::Serialize;

use super::args::ReadArgs;
use super::{Failure, complain, print_json, source};
use crate::job::pipeline::{self, Finding};
use crate::model::diag::{Places, Span};
use crate::model::document::Document;
use crate::model::spoken::Confidence;

/// List only the doubtful: every reading that may be wrong, with what else it could be.
///
/// Each line has the file, line and column, the source, what is said, how sure that is, the reason,
/// and the other readings; JSON has the semiotic class of the reading too. The exit status is 3 if there is anything to list. A lexicon (--lexicon)
/// settles what is listed.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The articles; `-` is standard input.
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

/// A finding with its place.
#[derive(Serialize)]
pub(super) struct Placed {
    file: String,
    line: usize,
    column: usize,
    span: Span,
    source: String,
    said: String,
    class: &'static str,
    confidence: Confidence,
    message: String,
    alternatives: Vec<String>,
}

impl Check {
    pub fn run(&self) -> Result<(), Failure> {
        let normalizer = self.read.normalizer()?;
        let mut all = Vec::new();
        let mut failed = false;
        let mut out = io::stdout().lock();
        for file in &self.files {
            let document = match source::article(file, &self.read) {
                Ok(document) => document,
                Err(error) => {
                    complain(&error);
                    failed = true;
                    continue;
                }
            };
            let spoken = pipeline::spoken(&document, &normalizer);
            let findings = pipeline::findings(&document, &spoken, &normalizer, self.level);
            let found = placed(&source::name(file), &document, findings);
            if !self.json {
                for finding in &found {
                    writeln!(out, "{finding}")?;
                }
            }
            all.extend(found);
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

/// Findings with the lines and columns of their places.
pub(super) fn placed(file: &str, document: &Document, findings: Vec<Finding>) -> Vec<Placed> {
    let mut places = Places::new(&document.source);
    findings
        .into_iter()
        .map(|finding| {
            let (line, column) = places.at(finding.span.start);
            Placed {
                file: file.to_owned(),
                line,
                column,
                span: finding.span,
                source: finding.span.of(&document.source).replace('\n', " "),
                said: finding.said,
                class: finding.class,
                confidence: finding.confidence,
                message: finding.message,
                alternatives: finding.alternatives,
            }
        })
        .collect()
}

impl std::fmt::Display for Placed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Placed { file, line, column, source, said, message, .. } = self;
        let said = if said.is_empty() { "nothing" } else { said };
        write!(
            f,
            "{file}:{line}:{column}: {}: “{source}” is read “{said}”: {message}",
            self.confidence.name()
        )?;
        for (at, other) in self.alternatives.iter().enumerate() {
            write!(f, "{} “{other}”", if at == 0 { "; or" } else { "," })?;
        }
        Ok(())
    }
}
