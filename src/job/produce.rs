//! Where an article becomes files: everything that drives the pipeline for the sake of files comes
//! through here, be it one narration, a folder of them, or a feed.
//!
//! An article is spoken into a spool on disk, at the voice's own level; that pass takes the time and
//! needs little memory, however long the text. Then its marks are written, and a second pass masters
//! and encodes the sound.
//!
//! An article's files appear as one set. All are written under temporary names and put safely on
//! disk; only then do they take their names, the marks first and the sound last, so that a sound
//! that is there has its marks. Between two renames a killed process can leave new marks beside an
//! older sound, each of them whole; the record that [`batch`](crate::batch) writes after the set tells.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::about::Chapters;
pub use super::report::{Doubt, Skipped};
pub use super::studio::Studio;
use crate::files::AtomicFile;
use crate::job::pipeline::{self, Clock, Finding, Narrator, Timing};
use crate::model::document::Document;
use crate::model::error::Error;
use crate::model::tags::{Chapter, Tags};
use crate::model::utterance::Utterance;
use crate::sound::captions::CaptionInfo;
use crate::sound::captions::Captions;
use crate::sound::captions::MarkSink;
use crate::sound::formats::Encoding;
use crate::sound::marks::SentenceMark;
use crate::sound::master::{Measured, Preset, Spool};

/// The files that an article becomes.
#[derive(Debug, Clone)]
pub struct Outputs {
    /// The sound.
    pub audio: PathBuf,
    /// How it is encoded.
    pub encoding: Encoding,
    /// The same sound in other formats.
    pub others: Vec<(PathBuf, Encoding)>,
    /// How loud it is.
    pub preset: Preset,
    /// What it says about itself; what is not given is taken from the article.
    pub tags: Tags,
    /// Captions and marks, with their formats.
    pub captions: Vec<(Captions, PathBuf)>,
}

impl Outputs {
    /// Their paths in the order in which they take their names: the sound last.
    #[must_use]
    pub fn paths(&self) -> Vec<&PathBuf> {
        let captions = self.captions.iter().map(|(_, path)| path);
        captions.chain(self.others.iter().map(|(path, _)| path)).chain([&self.audio]).collect()
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
    /// How the finished sound measures: of a format with loss, that of the encoded file.
    pub loudness: Measured,
    /// What of the loudness preset it misses, as full sentences.
    pub faults: Vec<String>,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
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
        let findings = pipeline::findings(document, &spoken, studio.normalizer(), level);
        if !findings.is_empty() {
            return Ok(Outcome::Refused(findings));
        }
    }
    let utterances = pipeline::utterances(&spoken, studio.pauses());
    if utterances.is_empty() {
        return Err(Error::input(
            name.to_owned(),
            "has nothing to read aloud; `docbao explain` shows why, and --read reads more \
                     parts of an article"
                .to_owned(),
        ));
    }
    let tags = super::about::tags(&outputs.tags, document, studio.narrator().name());
    let rate = studio.narrator().sample_rate();
    // Whatever cannot be written is found out before anything is spoken.
    let sounds = outputs.others.iter().map(|(path, _)| path).chain([&outputs.audio]);
    sounds.map(|path| AtomicFile::create(path)).collect::<Result<Vec<_>, _>>()?;
    let mut sinks = sinks(outputs, &tags, studio.narrator())?;
    let folder = outputs.audio.parent().filter(|folder| *folder != Path::new(""));
    let mut spool = Spool::create(folder.unwrap_or(Path::new(".")), rate)?;
    let mut timings = Vec::with_capacity(utterances.len());
    let mut from_cache = 0;
    studio.narrator().narrate(&utterances, |_, speech| {
        spool.write(&speech.audio.samples)?;
        timings.push(speech.timing);
        from_cache += usize::from(speech.from_cache);
        progress(Progress { spoken: timings.len(), of: utterances.len() })
    })?;
    let mut spool = spool.finish()?;

    // When a word is heard is known once it is known how much silence the preset puts before all.
    let (lead_ms, tail_ms) = outputs.preset.padding_ms(spool.measured());
    let mut clock = Clock::new(rate, lead_ms);
    let mut chapters = Chapters::new(document, tags.title.as_deref());
    marks(document, &mut clock, &utterances, &timings, |sentence| {
        chapters.take(sentence);
        sinks.iter_mut().try_for_each(|sink| sink.write(sentence))
    })?;
    let seconds = clock.samples() as f64 / f64::from(rate) + tail_ms / 1000.0;
    let chapters = chapters.finish(seconds * 1000.0);
    let done = Progress { spoken: utterances.len(), of: utterances.len() };
    let mut check = || progress(done);
    let mut files = sinks.into_iter().map(MarkSink::seal).collect::<Result<Vec<_>, Error>>()?;
    let Outputs { audio, encoding, others, preset, .. } = outputs;
    let mut encode = |path, encoding| {
        let sound = (path, encoding, preset);
        super::encode::encode(&mut spool, sound, &tags, &chapters, &mut check)
    };
    for (path, encoding) in others {
        files.push(encode(path, encoding)?.0);
    }
    let (audio, loudness) = encode(audio, encoding)?;
    files.push(audio);
    for file in files {
        file.publish()?;
    }
    let read = document.blocks.iter().filter(|block| block.read);
    Ok(Outcome::Produced(Produced {
        characters: read.map(|block| document.text(block).chars().count()).sum(),
        utterances: utterances.len(),
        from_cache,
        speech_seconds: seconds,
        loudness,
        faults: outputs.preset.faults(&loudness),
        chapters,
        not_read: super::report::not_read(document),
        doubts: super::report::doubts(document, spoken.warnings),
    }))
}

/// The files of captions and marks, started.
fn sinks(
    outputs: &Outputs,
    tags: &Tags,
    narrator: &Narrator,
) -> Result<Vec<Box<dyn MarkSink>>, Error> {
    let info = CaptionInfo {
        title: tags.title.clone(),
        author: tags.author.clone(),
        album: tags.album.clone(),
        speaker: Some(narrator.name().to_owned()),
        times: narrator.times(),
        ..CaptionInfo::default()
    };
    let rate = narrator.sample_rate();
    outputs.captions.iter().map(|(format, path)| format.create(path, rate, &info)).collect()
}

/// Hands the sentences of a narration to `take`, in order.
fn marks(
    document: &Document,
    clock: &mut Clock,
    utterances: &[Utterance],
    timings: &[Timing],
    mut take: impl FnMut(&SentenceMark) -> Result<(), Error>,
) -> Result<(), Error> {
    for (utterance, timing) in utterances.iter().zip(timings) {
        if let Some(sentence) = clock.take(document, utterance, timing) {
            take(&sentence)?;
        }
    }
    clock.finish(document).map_or(Ok(()), |sentence| take(&sentence))
}
