//! `docbao segment`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::args::VoiceArgs;
use super::read_args::ReadArgs;
use super::{Failure, buffered_stdout, source};

/// Print the sentences of an article, one on each line, with their breath groups and pauses.
///
/// A line starts with the number of the sentence and its melody: `.` falls, `?` rises, `!` is
/// wider. After each breath group come the mark that closes it and, between bars, its pause in
/// milliseconds.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao segment bai.txt")]
pub(super) struct Segment {
    /// The article: a file, the address of a page (https://…), or `-` for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
}

impl Segment {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let front_end = self.read.front_end_of(&self.file, self.voice.pauses())?;
        let article = source::article(&self.file, front_end.settings())?;
        let mut out = buffered_stdout();
        for utterance in front_end.utterances(&article) {
            writeln!(out, "{utterance}")?;
        }
        out.flush()?;
        Ok(())
    }
}
