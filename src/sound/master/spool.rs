//! Sound waiting on disk until its loudness is known.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::meter::{Measured, Meter};
use crate::model::error::Error;

/// Samples read at a time.
const CHUNK: usize = 16_384;

/// A temporary file of raw samples that measures what it takes. The file has no name, so it is gone
/// with the program however that ends; 10 hours at 24 kHz take 3.5 GB of disk.
pub struct Spool {
    file: BufWriter<File>,
    folder: PathBuf,
    rate: u32,
    samples: u64,
    meter: Meter,
}

/// A spool that is full: what was measured, and the samples to read as often as wanted.
pub struct Spooled {
    file: File,
    folder: PathBuf,
    rate: u32,
    samples: u64,
    measured: Measured,
}

impl Spool {
    /// A spool for mono sound of `rate` samples per second, on the disk of `folder`.
    ///
    /// # Errors
    /// `ErrorKind::Write` if nothing can be written there, `ErrorKind::Request` as [`Meter::new`].
    pub fn create(folder: &Path, rate: u32) -> Result<Spool, Error> {
        let folder = if folder == Path::new("") { Path::new(".") } else { folder };
        let file = tempfile::tempfile_in(folder).map_err(|cause| Error::write(folder, cause))?;
        Ok(Spool {
            file: BufWriter::with_capacity(4 * CHUNK, file),
            folder: folder.to_owned(),
            rate,
            samples: 0,
            meter: Meter::new(rate)?,
        })
    }

    /// Takes the next samples. What is not a finite number becomes silence.
    ///
    /// # Errors
    /// `ErrorKind::Write` if the disk is full.
    pub fn write(&mut self, samples: &[f32]) -> Result<(), Error> {
        let mut clean = [0.0f32; 1024];
        let mut bytes = [0u8; 4 * 1024];
        for chunk in samples.chunks(clean.len()) {
            let clean = &mut clean[..chunk.len()];
            for (clean, &sample) in clean.iter_mut().zip(chunk) {
                *clean = if sample.is_finite() { sample } else { 0.0 };
            }
            for (bytes, clean) in bytes.chunks_exact_mut(4).zip(clean.iter()) {
                bytes.copy_from_slice(&clean.to_le_bytes());
            }
            self.meter.add(clean);
            self.file.write_all(&bytes[..4 * chunk.len()]).map_err(|cause| self.error(cause))?;
        }
        self.samples += samples.len() as u64;
        Ok(())
    }

    /// Samples taken so far.
    #[must_use]
    pub fn samples(&self) -> u64 {
        self.samples
    }

    /// Ends the sound.
    ///
    /// # Errors
    /// `ErrorKind::Write` if the disk is full.
    pub fn finish(self) -> Result<Spooled, Error> {
        let Spool { file, folder, rate, samples, meter } = self;
        match file.into_inner() {
            Ok(file) => Ok(Spooled { file, folder, rate, samples, measured: meter.finish() }),
            Err(error) => Err(Error::write(folder, error.into_error())),
        }
    }

    fn error(&self, cause: std::io::Error) -> Error {
        Error::write(&self.folder, cause)
    }
}

impl Spooled {
    /// Samples per second.
    #[must_use]
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// How many samples it holds.
    #[must_use]
    pub fn samples(&self) -> u64 {
        self.samples
    }

    /// How loud they are.
    #[must_use]
    pub fn measured(&self) -> &Measured {
        &self.measured
    }

    /// Hands over these samples in order, some at a time; `range` lies within the spool.
    ///
    /// # Errors
    /// `ErrorKind::Read` if the disk fails, and what `take` says.
    pub fn read(
        &mut self,
        range: &Range<u64>,
        mut take: impl FnMut(&mut Vec<f32>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let failed = |cause| Error::read(&self.folder, cause);
        self.file.seek(SeekFrom::Start(4 * range.start)).map_err(failed)?;
        let mut file = BufReader::with_capacity(4 * CHUNK, &self.file);
        let mut bytes = vec![0; 4 * CHUNK];
        let mut samples = Vec::with_capacity(CHUNK);
        let mut left = range.end.saturating_sub(range.start);
        while left > 0 {
            let count = left.min(CHUNK as u64) as usize;
            let bytes = &mut bytes[..4 * count];
            file.read_exact(bytes).map_err(failed)?;
            let sample =
                |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
            samples.clear();
            samples.extend(bytes.chunks_exact(4).map(sample));
            take(&mut samples)?;
            left -= count as u64;
        }
        Ok(())
    }
}
