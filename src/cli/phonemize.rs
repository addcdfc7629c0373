//! `docbao phonemize`.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::args::{ReadArgs, VoiceArgs};
use super::{Failure, print_json, source};
use crate::diag::Error;
use crate::pipeline::{self, Narrator};

/// Print the sounds of an article: one line for each breath group.
///
/// The phones of a syllable stand in the International Phonetic Alphabet, apart by points, with the
/// number of its tone after them: 1 ngang, 2 huyền, 3 hỏi, 4 ngã, 5 sắc, 6 nặng. Syllables of one
/// word are joined by hyphens; the pause in milliseconds stands after a bar. For a Piper voice the
/// phonemes are those it is given, with the sign that closes the group.
#[derive(Debug, Args)]
pub(super) struct Phonemize {
    /// The article; `-` is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
}

#[derive(Serialize)]
struct SoundedWord<'a> {
    said: &'a str,
    syllables: Vec<String>,
}

impl Phonemize {
    pub fn run(&self) -> Result<(), Failure> {
        let settings = self.voice.settings();
        let narrator = Narrator::new(&settings)?;
        let spoken =
            pipeline::spoken(&source::article(&self.file, &self.read)?, &self.read.normalizer()?);
        let utterances = pipeline::utterances(&spoken, &settings.pauses);
        if self.json {
            let words: Vec<_> = utterances
                .iter()
                .map(|utterance| {
                    let groups = narrator.sounds(utterance)?.into_iter();
                    let sounded = groups.flat_map(|group| group.words).map(|word| SoundedWord {
                        said: &utterance.words[word.word].said,
                        syllables: word.syllables,
                    });
                    Ok(sounded.collect::<Vec<_>>())
                })
                .collect::<Result<_, Error>>()?;
            return print_json(&words);
        }
        let mut out = BufWriter::new(io::stdout().lock());
        for utterance in &utterances {
            for group in narrator.sounds(utterance)? {
                let words: Vec<_> = group.words.iter().map(|w| w.syllables.join("-")).collect();
                writeln!(out, "{}{}", words.join(" "), group.end)?;
            }
        }
        out.flush()?;
        Ok(())
    }
}
