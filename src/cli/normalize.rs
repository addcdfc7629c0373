//! `docbao normalize`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::read_args::ReadArgs;
use super::{Failure, buffered_stdout, note, source};
use crate::job::Context;
use crate::model::message::message;
use crate::model::pauses::Pauses;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::source_place::SourcePlaces;
use crate::model::spoken::SpokenText;
use crate::text::readers;

/// Print the text as it is spoken: one line for each part of the article that is read.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao normalize bai.txt\n  echo \"Giá tăng 2,5%.\" | docbao normalize"
)]
pub(super) struct Normalize {
    /// The article: a file, the address of a page (https://…), or `-` for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Take every line by itself, as running text, and print one line for it, even an empty one.
    #[arg(long)]
    lines: bool,
    #[command(flatten)]
    read: ReadArgs,
}

impl Normalize {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut out = buffered_stdout();
        let mut settings = self.read.settings_of(&self.file, Pauses::default())?;
        let article = source::article(&self.file, &settings)?;
        if self.lines {
            settings.parts = ReadingPolicy::all();
            let front_end = Context::default().front_end(&settings)?;
            for (at, line) in article.text.lines().enumerate() {
                let article = readers::lines(line.to_owned());
                let spoken = front_end.spoken(&article);
                for block in &spoken.blocks {
                    write!(out, "{}", spoken.line(block))?;
                }
                writeln!(out)?;
                self.tell_warnings(&mut SourcePlaces::of(&article), &spoken, at);
            }
        } else {
            let front_end = Context::default().front_end(&settings)?;
            let mut places = SourcePlaces::of(&article);
            for spoken in front_end.stretches(&article) {
                write!(out, "{spoken}")?;
                self.tell_warnings(&mut places, &spoken, 0);
            }
        }
        out.flush()?;
        Ok(())
    }

    /// Reports the doubtful readings at their places in the article; `above` is how many lines are above
    /// it.
    fn tell_warnings(&self, places: &mut SourcePlaces, spoken: &SpokenText, above: usize) {
        for warning in &spoken.warnings {
            let place = warning.span.map_or(String::new(), |span| {
                let mut place = places.at(span.start);
                place.line += above;
                let file = place.part.map_or_else(|| source::name(&self.file), str::to_owned);
                format!("{file}:{place}: ")
            });
            note(&message!("{place}{message}", place, message = warning.message));
        }
    }
}
