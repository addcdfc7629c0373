//! `docbao normalize`.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use super::args::ReadArgs;
use super::{Failure, note, source};
use crate::job::pipeline;
use crate::model::diag::Places;
use crate::model::document::Document;
use crate::model::spoken::SpokenText;
use crate::text::readers;

/// Print the text as it is spoken: one line for each part of the article that is read.
#[derive(Debug, Args)]
pub(super) struct Normalize {
    /// The article; `-` is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Take every line by itself, as running text, and print one line for it, be it empty.
    #[arg(long)]
    lines: bool,
    #[command(flatten)]
    read: ReadArgs,
}

impl Normalize {
    pub fn run(&self) -> Result<(), Failure> {
        let normalizer = self.read.normalizer()?;
        let mut out = BufWriter::new(io::stdout().lock());
        if self.lines {
            let text = source::text(&self.file, &self.read)?;
            for (at, line) in text.lines().enumerate() {
                let document = readers::lines(line.to_owned());
                let spoken = pipeline::spoken(&document, &normalizer);
                for block in &spoken.blocks {
                    write!(out, "{}", spoken.line(block))?;
                }
                writeln!(out)?;
                self.tell_doubts(&document, &spoken, at);
            }
        } else {
            let document = source::article(&self.file, &self.read)?;
            let spoken = pipeline::spoken(&document, &normalizer);
            write!(out, "{spoken}")?;
            self.tell_doubts(&document, &spoken, 0);
        }
        out.flush()?;
        Ok(())
    }

    /// Tells what was read in doubt; `above` is how many lines stand above the document.
    fn tell_doubts(&self, document: &Document, spoken: &SpokenText, above: usize) {
        let mut places = Places::new(&document.source);
        for warning in &spoken.warnings {
            let place = warning.span.map_or(String::new(), |span| {
                let (line, column) = places.at(span.start);
                format!("{}:{}:{column}: ", source::name(&self.file), line + above)
            });
            note(&format_args!("{place}{}", warning.message));
        }
    }
}
