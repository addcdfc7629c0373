//! `docbao say`.

use std::path::Path;

use clap::Args;

use super::args::{ThreadArgs, VoiceArgs, context, manner, prepare};
use super::hear::HearArgs;
use super::read_args::ReadArgs;
use super::{Failure, interrupt, note, source};
use crate::job;
use crate::model::error::{Error, Hint};
use crate::model::message::message;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::request::Source;

/// Say a text aloud, to hear how it is read.
///
/// The sound goes to a player of this machine and starts with the first words; Ctrl-C stops it at once. All
/// of the text is read, whatever it would be in an article. With -o it is written instead.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Say {
    /// The text; `-` takes it from standard input.
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    // Before those with a heading, for it has none.
    #[command(flatten)]
    threads: ThreadArgs,
    #[command(flatten)]
    hear: HearArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
}

const EXAMPLES: &str = "\
Examples:
  docbao say \"Giá xăng RON 95 tăng 2,5%.\"
  docbao say --voice bac-nu --rate 1.2 \"Xin chào.\"
  pbpaste | docbao say -
  docbao say \"Xin chào.\" -o - --format mp3 | mpv -";

impl Say {
    pub(super) fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        let mut request = manner(&self.read, &self.voice, None)?;
        if !self.read.chooses_parts() {
            request.reading.parts = ReadingPolicy::all();
        }
        request.source = self.source()?;
        self.read.add_project(&mut request)?;
        let article = job::read(&request.source, &request.reading)?;
        let context = context(&self.voice, None);
        prepare(&context, &request, None)?;
        let request = job::as_article_asks(&context, &request, &article)?;
        let front_end = context.front_end(&request.reading)?;
        self.threads.pool()?.install(|| {
            let mut utterances = front_end.utterances(&article).peekable();
            if utterances.peek().is_none() {
                let name = article.origin.name.clone();
                return Err(Error::input(name, "has nothing to read aloud").into());
            }
            self.hear.speak((&context, &request), &article, utterances, |_| Ok(()))
        })
    }

    /// The text to say.
    fn source(&self) -> Result<Source, Error> {
        if let [only] = &self.text[..] {
            if only == "-" {
                return source::source(Path::new(only));
            }
            if Path::new(only).is_file() {
                let hint = Hint::run(&["play", only], "to hear what is in it");
                note(&message!(
                    "{only} is a file, and its name is said; {hint}",
                    only,
                    hint = super::hints::hint(&hint)
                ));
            }
        }
        Ok(Source::Text { name: "the text".to_owned(), text: self.text.join(" ") })
    }
}
