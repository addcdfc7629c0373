//! `docbao phonemize`.

use std::fmt::Display;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::args::{VoiceArgs, engines};
use super::json::{Kind, list, print_json};
use super::read_args::ReadArgs;
use super::{Failure, buffered_stdout, source};
use crate::voice::espeak;
use crate::voice::parametric::phonemize::Phonemizer;

/// Print the sounds of an article: one line for each breath group.
///
/// The phones of a syllable are in the International Phonetic Alphabet, separated by full stops, with
/// the number of its tone after them: 1 ngang, 2 huyền, 3 hỏi, 4 ngã, 5 sắc, 6 nặng. Syllables of one
/// word are joined by hyphens; the pause in milliseconds follows after a bar.
///
/// With --notation espeak a line is what Piper gets from espeak-ng's Vietnamese voice of the dialect
/// for the words of a breath group: phonemes, syllables separated by spaces, and the punctuation mark.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao phonemize bai.txt --dialect south\n  docbao phonemize bai.txt --notation espeak"
)]
pub(super) struct Phonemize {
    /// The article: a file, the address of a page (https://…), or `-` for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// How the sounds are written: docbao, or espeak for the phonemes that Piper's voices are trained
    /// on.
    #[arg(long, value_name = "NAME", value_enum, default_value_t, hide_possible_values = true)]
    notation: Notation,
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Notation {
    #[default]
    Docbao,
    Espeak,
}

#[derive(Serialize)]
struct SoundedSentence<'a> {
    words: Vec<SoundedWord<'a>>,
}

#[derive(Serialize)]
struct SoundedWord<'a> {
    said: &'a str,
    syllables: Vec<String>,
}

#[derive(Serialize)]
struct PhonemicSentence<'a> {
    groups: Vec<PhonemicGroup<'a>>,
}

/// A breath group as Piper gets it.
#[derive(Serialize)]
struct PhonemicGroup<'a> {
    words: Vec<PhonemicWord<'a>>,
    sign: Option<char>,
}

#[derive(Serialize)]
struct PhonemicWord<'a> {
    said: &'a str,
    ipa: String,
}

impl Phonemize {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let engine = engines(&self.voice).open(&self.voice.settings())?;
        let dialect = engine.info().dialect;
        let phonemizer = Phonemizer::new(dialect);
        let front_end = self.read.front_end_of(&self.file, self.voice.pauses())?;
        let article = source::article(&self.file, front_end.settings())?;
        let utterances = front_end.utterances(&article);
        match (self.notation, self.json) {
            (Notation::Docbao, true) => {
                let utterances: Vec<_> = utterances.collect();
                let sounded = utterances.iter().map(|utterance| {
                    let phrase = phonemizer.phonemize(utterance);
                    let words = phrase.groups.into_iter().flat_map(|group| group.words);
                    let words = words.map(|word| SoundedWord {
                        said: &utterance.words[word.word].said,
                        syllables: word.syllables.iter().map(ToString::to_string).collect(),
                    });
                    SoundedSentence { words: words.collect() }
                });
                let sentences: Vec<_> = sounded.collect();
                print_json(Kind::Phonemes, &list("sentences", &sentences))
            }
            (Notation::Espeak, true) => {
                let utterances: Vec<_> = utterances.collect();
                let phonemic = utterances.iter().map(|utterance| {
                    let groups = espeak::phonemes(utterance, dialect).into_iter().map(|group| {
                        let words = group.words.into_iter().map(|word| PhonemicWord {
                            said: &utterance.words[word.word].said,
                            ipa: word.ipa,
                        });
                        PhonemicGroup { words: words.collect(), sign: group.sign }
                    });
                    PhonemicSentence { groups: groups.collect() }
                });
                let sentences: Vec<_> = phonemic.collect();
                print_json(Kind::EspeakPhonemes, &list("sentences", &sentences))
            }
            (Notation::Docbao, false) => {
                print_lines(utterances.map(|utterance| phonemizer.phonemize(&utterance)))
            }
            (Notation::Espeak, false) => {
                let groups = utterances.flat_map(|utterance| espeak::phonemes(&utterance, dialect));
                print_lines(groups.map(|group| group.text() + "\n"))
            }
        }
    }
}

/// Prints texts that end their own lines.
fn print_lines<T: Display>(texts: impl Iterator<Item = T>) -> Result<(), Failure> {
    let mut out = buffered_stdout();
    for text in texts {
        write!(out, "{text}")?;
    }
    Ok(out.flush()?)
}
