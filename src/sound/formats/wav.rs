//! WAV files: 16-bit PCM, mono.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use hound::{SampleFormat, WavSpec};

use super::AudioWriter;
use crate::files::AtomicFile;
use crate::model::error::Error;
use crate::model::take::to_pcm16;

/// A WAV file gives sizes in 32 bits: what is left for samples after 44 bytes of headers.
const MOST_SAMPLES: u64 = (u32::MAX as u64 - 44) / 2;

/// Samples handed to the file at a time.
const CHUNK: usize = 8192;

/// A WAV file that takes samples as they come, a stretch at a time, and holds none of them. It
/// appears under its name in [`WavWriter::finish`]; dropped before, it leaves nothing behind.
pub struct WavWriter {
    wav: hound::WavWriter<BufWriter<File>>,
    file: AtomicFile,
    samples: u64,
}

impl WavWriter {
    /// Starts a file of `sample_rate` samples a second.
    ///
    /// # Errors
    /// [`Error::Write`] as [`AtomicFile::create`] gives it, or if the header cannot be written.
    pub fn create(path: &Path, sample_rate: u32) -> Result<WavWriter, Error> {
        let spec = WavSpec {
            channels: 1,
            sample_rate,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let file = AtomicFile::create(path)?;
        let wav = hound::WavWriter::new(BufWriter::new(file.handle()?), spec)
            .map_err(|error| file.error(cause(error)))?;
        Ok(WavWriter { wav, file, samples: 0 })
    }

    /// Samples written so far: the position of the next one.
    #[must_use]
    pub fn samples(&self) -> u64 {
        self.samples
    }

    /// Adds samples, full scale ±1, converted by [`to_pcm16`].
    ///
    /// # Errors
    /// [`Error::Write`] if the disk is full or the file would pass the 4 GB that WAV can hold.
    pub fn write(&mut self, samples: &[f32]) -> Result<(), Error> {
        let total = self.samples + samples.len() as u64;
        if total > MOST_SAMPLES {
            return Err(self.file.error(too_long(self.wav.spec().sample_rate)));
        }
        for chunk in samples.chunks(CHUNK) {
            let mut out = self.wav.get_i16_writer(chunk.len() as u32);
            chunk.iter().for_each(|&sample| out.write_sample(to_pcm16(sample)));
            out.flush().map_err(|error| self.file.error(cause(error)))?;
        }
        self.samples = total;
        Ok(())
    }

    /// Completes the file and gives it its name.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be completed; nothing is left behind.
    pub fn finish(self) -> Result<(), Error> {
        self.complete()?.finish()
    }

    fn complete(self) -> Result<AtomicFile, Error> {
        let WavWriter { wav, file, .. } = self;
        wav.finalize().map_err(|error| file.error(cause(error)))?;
        Ok(file)
    }
}

impl AudioWriter for WavWriter {
    fn write(&mut self, samples: &[f32]) -> Result<(), Error> {
        WavWriter::write(self, samples)
    }

    fn finish(self: Box<Self>) -> Result<AtomicFile, Error> {
        self.complete()
    }
}

fn too_long(sample_rate: u32) -> io::Error {
    let hours = MOST_SAMPLES / u64::from(sample_rate.max(1)) / 3600;
    io::Error::other(format!(
        "a WAV file holds at most 4 GB, which is {hours} hours at {sample_rate} samples a second; \
         split the text into parts"
    ))
}

fn cause(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_four_gigabytes_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut wav = WavWriter::create(&folder.path().join("a.wav"), 22050).unwrap();
        wav.samples = MOST_SAMPLES;
        let error = wav.write(&[0.0]).unwrap_err().to_string();
        assert!(error.contains("a.wav") && error.contains("27 hours"), "{error}");
        wav.write(&[]).unwrap();
    }
}
