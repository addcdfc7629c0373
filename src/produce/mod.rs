//! Where an article becomes files: everything that drives the pipeline for the sake of files comes
//! through here, be it one narration, a folder of them, or a feed.
//!
//! An article's files appear as one set. All are written under temporary names and put safely on
//! disk; only then do they take their names, the marks first and the sound last, so that a sound
//! that is there has its marks. Between two renames a killed process can leave new marks beside an
//! older sound, each of them whole; the record that [`batch`](crate::batch) writes after the set tells.

mod report;
mod studio;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use self::report::{Doubt, Skipped};
pub use self::studio::Studio;
use crate::diag::Error;
use crate::document::Document;
use crate::pipeline::{self, Clock, Finding};
use crate::write::{AudioWriter, MarksWriter, Sealed, WavWriter};

/// The files that an article becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outputs {
    /// The sound: a WAV file.
    pub audio: PathBuf,
    /// When each sentence and word is heard, as JSON.
    pub marks: Option<PathBuf>,
}

impl Outputs {
    /// Their paths in the order in which they take their names: the sound last.
    #[must_use]
    pub fn paths(&self) -> Vec<&PathBuf> {
        self.marks.iter().chain([&self.audio]).collect()
    }
}

/// How far the work on an article has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Utterances spoken.
    pub spoken: usize,
    /// Utterances in all.
    pub of: usize,
}

/// What became of an article.
#[derive(Debug)]
pub enum Outcome {
    /// It was spoken.
    Produced(Produced),
    /// It was not, for these doubtful readings; nothing was written.
    Refused(Vec<Finding>),
}

/// What was made of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Produced {
    /// Characters of the text that was read, white space at its edges left out.
    pub characters: usize,
    /// Utterances in all.
    pub utterances: usize,
    /// Utterances whose sound came from the cache; the others were spoken.
    pub from_cache: usize,
    /// Length of the sound in seconds.
    pub speech_seconds: f64,
    /// Parts of the article that were not read.
    pub not_read: Vec<Skipped>,
    /// What was read in doubt.
    pub doubts: Vec<Doubt>,
}

/// Makes the files of an article; `name` is what messages call it. `progress` is told of every
/// utterance, and may stop the work with an error.
///
/// # Errors
/// [`Error::Input`] if nothing of the article is read aloud; [`Error::Write`] if a file cannot be
/// written; what the engine or `progress` gives. No file has then taken its name, save where the
/// fault was in the renaming itself.
pub fn produce(
    studio: &Studio,
    name: &str,
    document: &Document,
    outputs: &Outputs,
    progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<Outcome, Error> {
    let spoken = pipeline::spoken(document, studio.normalizer());
    if let Some(level) = studio.strict() {
        let findings = pipeline::findings(document, &spoken, level);
        if !findings.is_empty() {
            return Ok(Outcome::Refused(findings));
        }
    }
    let utterances = pipeline::utterances(&spoken, studio.pauses());
    if utterances.is_empty() {
        return Err(Error::Input {
            name: name.to_owned(),
            reason: "has nothing to read aloud; `docbao explain` shows why, and --read reads more \
                     parts of an article"
                .to_owned(),
        });
    }
    let rate = studio.narrator().sample_rate();
    let mut wav = WavWriter::create(&outputs.audio, rate)?;
    let marks = outputs.marks.as_ref().map(|path| MarksWriter::create(path, rate));
    let mut marks = marks.transpose()?;
    let mut clock = Clock::new(rate);
    let (mut done, mut from_cache) = (0, 0);
    studio.narrator().narrate(&utterances, |utterance, speech| {
        let sentence = clock.take(document, utterance, &speech);
        if let (Some(marks), Some(sentence)) = (&mut marks, sentence) {
            marks.write(&sentence)?;
        }
        wav.write(&speech.audio.samples)?;
        done += 1;
        from_cache += usize::from(speech.from_cache);
        progress(Progress { spoken: done, of: utterances.len() })
    })?;
    let mut files: Vec<Sealed> = Vec::new();
    if let Some(mut marks) = marks {
        if let Some(sentence) = clock.finish(document) {
            marks.write(&sentence)?;
        }
        files.push(marks.seal()?);
    }
    files.push(AudioWriter::finish(Box::new(wav))?.seal()?);
    for file in files {
        file.publish()?;
    }
    let read = document.blocks.iter().filter(|block| block.read);
    Ok(Outcome::Produced(Produced {
        characters: read.map(|block| document.text(block).chars().count()).sum(),
        utterances: utterances.len(),
        from_cache,
        speech_seconds: clock.samples() as f64 / f64::from(rate),
        not_read: report::not_read(document),
        doubts: report::doubts(document, spoken.warnings),
    }))
}
