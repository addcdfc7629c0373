//! `docbao play`.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use super::args::{ThreadArgs, VoiceArgs, context, manner, prepare};
use super::hear::{HearArgs, is_sound};
use super::read_args::ReadArgs;
use super::{Failure, interrupt, source, stdout};
use crate::job;
use crate::model::article::Article;
use crate::model::error::{Error, Hint};
use crate::model::message::message;
use crate::model::utterance::Utterance;
use crate::text::FrontEnd;
use crate::text::orthography::fold;
use crate::text::sentences::text_of;

/// Read an article aloud, to hear it: all of it, a sentence, or from some words on.
///
/// The sound goes to a player of this machine and starts with the first words; Ctrl-C stops it at once. On
/// a terminal, each sentence is shown with its number when it is handed to the player. A file of sound
/// (.wav, .mp3, …) is played as it is.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Play {
    /// The article: a file, the address of a page (https://…), or `-` for standard input; or a file of
    /// sound.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Play only this sentence; the first that is read is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Hearing")]
    sentence: Option<u32>,
    /// Begin with the first sentence that has these words in it, as they are written or as they are said.
    #[arg(long, value_name = "WORDS", conflicts_with = "sentence", help_heading = "Hearing")]
    from: Option<String>,
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
  docbao play bai.txt
  docbao play bai.txt --sentence 3
  docbao play bai.txt --from \"trong phiên họp\"
  docbao play ban-tin.mp3";

impl Play {
    pub(super) fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        if is_sound(&self.file) {
            if self.sentence.is_some() || self.from.is_some() {
                let reason = "--sentence and --from are for articles, and this is a file of sound";
                return Err(Error::request(reason).into());
            }
            return self.hear.play_file(&self.file);
        }
        let is_part = self.sentence.is_some() || self.from.is_some();
        if is_part && self.hear.is_to_file() {
            let reason = "a part of an article is played, or sent to standard output with -o -";
            return Err(Error::request(reason).into());
        }
        let mut request = manner(&self.read, &self.voice, None)?;
        request.source = source::source(&self.file)?;
        self.read.add_project(&mut request)?;
        let article = source::read(&self.file, &request.source, &request.reading)?;
        let context = context(&self.voice, None);
        prepare(&context, &request, None)?;
        let request = job::as_article_asks(&context, &request, &article)?;
        let front_end = context.front_end(&request.reading)?;
        let shows = io::stdout().is_terminal();
        let mut shown = None;
        let begun = |utterance: &Utterance| {
            if !shows || shown == Some(utterance.sentence) {
                return Ok(());
            }
            shown = Some(utterance.sentence);
            let text = text_of(&article, std::slice::from_ref(utterance));
            writeln!(stdout(), "{:>4}  {text}", utterance.sentence + 1)
        };
        self.threads.pool()?.install(|| {
            let utterances = self.wanted(&front_end, &article)?;
            self.hear.speak((&context, &request), &article, utterances, begun)
        })
    }

    /// The utterances that are asked for; there is at least one.
    fn wanted<'a>(
        &self,
        front_end: &'a FrontEnd,
        article: &'a Article,
    ) -> Result<impl Iterator<Item = Utterance> + use<'a>, Error> {
        let name = source::name(&self.file);
        let (first, last) = match (self.sentence, &self.from) {
            (Some(number), _) => (number as usize - 1, number as usize - 1),
            (None, Some(words)) => {
                let found = sentence_with(front_end.utterances(article), article, words);
                let reason = || message!("no sentence that is read has “{words}” in it", words);
                let segment = || Hint::run(&["segment", &name], "to see what is read");
                (
                    found.ok_or_else(|| Error::input(&*name, reason()).with_hint(segment()))?,
                    usize::MAX,
                )
            }
            (None, None) => (0, usize::MAX),
        };
        let mut found =
            front_end.utterances(article).skip_while(move |it| it.sentence < first).peekable();
        let is_wanted = |utterance: &Utterance| utterance.sentence <= last;
        if !found.peek().is_some_and(is_wanted) {
            let count = front_end.utterances(article).last().map_or(0, |last| last.sentence + 1);
            let hint = Hint::give("read", "to read more parts of the article");
            return Err(match count {
                0 => Error::input(name, "has nothing to read aloud").with_hint(hint),
                _ => Error::input(
                    name,
                    message!("has {count} sentences that are read, and no more", count),
                ),
            });
        }
        Ok(found.take_while(move |utterance| utterance.sentence <= last))
    }
}

/// The number of the first sentence that has these words in it.
fn sentence_with(
    utterances: impl Iterator<Item = Utterance>,
    article: &Article,
    words: &str,
) -> Option<usize> {
    let spaced = |text: &str| fold(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let words = spaced(words);
    let mut sentence: Vec<Utterance> = Vec::new();
    let has = |sentence: &[Utterance]| {
        let said = sentence.iter().flat_map(|it| &it.words).map(|word| word.said.as_str());
        let said = said.collect::<Vec<_>>().join(" ");
        spaced(&text_of(article, sentence)).contains(&words) || spaced(&said).contains(&words)
    };
    for utterance in utterances {
        if sentence.first().is_some_and(|first| first.sentence != utterance.sentence) {
            if has(&sentence) {
                break;
            }
            sentence.clear();
        }
        sentence.push(utterance);
    }
    has(&sentence).then(|| sentence.first().map(|first| first.sentence)).flatten()
}
