//! FLAC files (RFC 9639): 16-bit, mono.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use flac_codec::encode::{FlacSampleWriter, Options};

use super::{AudioWriter, vorbis};
use crate::files::AtomicFile;
use crate::model::error::Error;
use crate::model::tags::{Chapter, Tags};
use crate::model::take::to_pcm16;

/// A FLAC file that takes samples as they come.
pub(super) struct FlacWriter {
    flac: FlacSampleWriter<BufWriter<File>>,
    file: AtomicFile,
    pcm: Vec<i32>,
}

impl FlacWriter {
    /// Starts a file of `sample_rate` samples a second.
    ///
    /// # Errors
    /// [`Error::Write`] as [`AtomicFile::create`] gives it, [`Error::Usage`] if the cover is no
    /// picture.
    pub(super) fn create(
        path: &Path,
        sample_rate: u32,
        tags: &Tags,
        chapters: &[Chapter],
    ) -> Result<FlacWriter, Error> {
        let mut options = Options::best().no_padding().comment(vorbis::comment(tags, chapters));
        if let Some(cover) = &tags.cover {
            options = options.picture(vorbis::picture(cover)?);
        }
        let file = AtomicFile::create(path)?;
        let sink = BufWriter::new(file.handle()?);
        let flac = FlacSampleWriter::new(sink, options, sample_rate, 16, 1, None)
            .map_err(|error| file.error(cause(error)))?;
        Ok(FlacWriter { flac, file, pcm: Vec::new() })
    }
}

impl AudioWriter for FlacWriter {
    fn write(&mut self, samples: &[f32]) -> Result<(), Error> {
        for chunk in samples.chunks(4096) {
            self.pcm.clear();
            self.pcm.extend(chunk.iter().map(|&sample| i32::from(to_pcm16(sample))));
            self.flac.write(&self.pcm).map_err(|error| self.file.error(cause(error)))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<AtomicFile, Error> {
        let FlacWriter { flac, file, .. } = *self;
        flac.finalize().map_err(|error| file.error(cause(error)))?;
        Ok(file)
    }
}

fn cause(error: flac_codec::Error) -> io::Error {
    match error {
        flac_codec::Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
