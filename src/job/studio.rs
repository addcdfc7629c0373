//! What is the same for all articles of a run.

use std::sync::OnceLock;

use crate::job::cache::Cache;
use crate::job::pipeline::{self, Narrator, Normalizer, Reading, VoiceSettings};
use crate::model::digest::Digest;
use crate::model::document::Document;
use crate::model::error::Error;
use crate::model::spoken::Confidence;
use crate::model::tags::Tags;
use crate::text::readers;
use crate::text::segment::Pauses;
use crate::voice::Engines;

use super::produce::Outputs;

/// The digest of the program that is running: its file's, or where that cannot be read, its
/// version's.
fn program() -> Digest {
    static PROGRAM: OnceLock<Digest> = OnceLock::new();
    *PROGRAM.get_or_init(|| {
        let file = std::env::current_exe().and_then(|path| Digest::of_file(&path));
        file.map_or_else(|_| Digest::of(env!("CARGO_PKG_VERSION").as_bytes()), |(digest, _)| digest)
    })
}

/// Reads articles and speaks them, all in one way.
pub struct Studio {
    reading: Reading,
    normalizer: Normalizer,
    narrator: Narrator,
    pauses: Pauses,
    strict: Option<Confidence>,
    /// Of all settings and the voice.
    digest: Digest,
}

impl Studio {
    /// A studio with these settings. With a cache, what was spoken before is taken from it. With
    /// `strict`, an article is refused that has readings no surer than that.
    ///
    /// # Errors
    /// As [`pipeline::normalizer`] and [`Engines::open`].
    pub fn open(
        reading: Reading,
        (engines, voice): (&Engines, &VoiceSettings),
        pauses: Pauses,
        cache: Option<Cache>,
        strict: Option<Confidence>,
    ) -> Result<Studio, Error> {
        let normalizer = pipeline::normalizer(&reading)?;
        let narrator = Narrator::new(engines.open(voice)?).with_cache(cache);
        // The debug form of settings has every field, also those that are yet to be thought of.
        let settings = format!("{reading:?} {voice:?} {pauses:?} {strict:?}");
        let digest = Digest::of_parts(&[narrator.digest().bytes(), settings.as_bytes()]);
        Ok(Studio { reading, normalizer, narrator, pauses, strict, digest })
    }

    /// The article in the bytes of a text; `name` is what messages call it.
    ///
    /// # Errors
    /// As [`readers::decode`].
    pub fn document(&self, name: &str, bytes: &[u8]) -> Result<Document, Error> {
        let text = readers::decode(name, bytes, self.reading.encoding)?;
        Ok(readers::article(text, &self.reading.policy))
    }

    /// The digest of all that the files of an article depend on: its text, every setting, the voice,
    /// the program, and what files are asked for. Where it is the same, the same bytes come out.
    ///
    /// Of the program it takes the whole: a new one makes every file again, which is quick where
    /// only readings have changed, as the utterances that are still said come from the cache.
    #[must_use]
    pub fn key(&self, text: &Digest, outputs: &Outputs) -> Digest {
        let Outputs { audio: _, encoding, others, preset, tags, captions } = outputs;
        let names: Vec<_> = outputs.paths().iter().map(|path| path.file_name()).collect();
        let formats: Vec<_> = captions.iter().map(|(format, _)| format).collect();
        let others: Vec<_> = others.iter().map(|(_, encoding)| encoding).collect();
        let cover = tags.cover.as_ref().map(|cover| Digest::of(&cover.bytes));
        let tags = Tags { cover: None, ..tags.clone() };
        let files =
            format!("{names:?} {formats:?} {encoding:?} {others:?} {preset:?} {tags:?} {cover:?}");
        Digest::of_parts(&[program().bytes(), self.digest.bytes(), text.bytes(), files.as_bytes()])
    }

    /// How text is read.
    #[must_use]
    pub fn normalizer(&self) -> &Normalizer {
        &self.normalizer
    }

    /// Who speaks, and from which cache.
    #[must_use]
    pub fn narrator(&self) -> &Narrator {
        &self.narrator
    }

    /// The silences between sentences and parts.
    #[must_use]
    pub fn pauses(&self) -> &Pauses {
        &self.pauses
    }

    /// Below which certainty an article is refused.
    #[must_use]
    pub fn strict(&self) -> Option<Confidence> {
        self.strict
    }
}
