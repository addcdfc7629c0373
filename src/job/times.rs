//! When words are heard: for each utterance, on disk if there are many, for a long narration has millions
//! of words.

use std::cell::RefCell;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use tempfile::SpooledTempFile;

use crate::model::error::Error;

/// What is larger is on disk, in bytes.
const IN_MEMORY: usize = 1 << 20;

/// How much is read at once, in bytes.
const CHUNK: usize = 1 << 16;

/// A number in the file, in bytes.
const NUMBER: usize = size_of::<u64>();

/// When the words of an utterance are heard.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Times {
    /// Samples of its sound, pauses and the silence before its cue included.
    pub samples: u64,
    /// The samples at which each word begins and ends, counted from the start of the sound.
    pub words: Vec<Range<u64>>,
}

/// The times of utterances as they are spoken. A file of them has no name, so it is gone with the program.
pub(super) struct TimesWriter {
    file: BufWriter<SpooledTempFile>,
    folder: PathBuf,
    utterances: usize,
    samples: u64,
}

impl TimesWriter {
    /// No times yet; many will be on the disk of a folder.
    pub(super) fn new(folder: &Path) -> TimesWriter {
        let file = BufWriter::new(tempfile::spooled_tempfile_in(IN_MEMORY, folder));
        TimesWriter { file, folder: folder.to_owned(), utterances: 0, samples: 0 }
    }

    /// Takes the times of the next utterance.
    ///
    /// # Errors
    /// Of kind `Write` if nothing can be written there.
    pub(super) fn add(&mut self, times: &Times) -> Result<(), Error> {
        self.utterances += 1;
        self.samples += times.samples;
        let words = times.words.iter().flat_map(|word| [word.start, word.end]);
        let mut numbers = [times.samples, times.words.len() as u64].into_iter().chain(words);
        numbers
            .try_for_each(|number| self.file.write_all(&number.to_le_bytes()))
            .map_err(|cause| Error::write(&self.folder, cause))
    }

    /// How many utterances there are so far.
    pub(super) fn utterances(&self) -> usize {
        self.utterances
    }

    /// All times.
    ///
    /// # Errors
    /// Of kind `Write` if the disk is full.
    pub(super) fn finish(self) -> Result<AllTimes, Error> {
        let TimesWriter { file, folder, utterances, samples } = self;
        match file.into_inner() {
            Ok(file) => Ok(AllTimes { file: file.into(), folder, utterances, samples }),
            Err(failed) => Err(Error::write(&folder, failed.into_error())),
        }
    }
}

/// The times of all utterances of a narration.
pub(super) struct AllTimes {
    file: RefCell<SpooledTempFile>,
    folder: PathBuf,
    utterances: usize,
    samples: u64,
}

impl AllTimes {
    /// How many utterances there are.
    pub(super) fn utterances(&self) -> usize {
        self.utterances
    }

    /// Samples of them all.
    pub(super) fn samples(&self) -> u64 {
        self.samples
    }

    /// The times from the first utterance on.
    pub(super) fn read(&self) -> TimesReader<'_> {
        TimesReader { times: self, left: self.utterances, at: 0, chunk: Vec::new(), taken: 0 }
    }
}

/// Gives the times of one utterance after the other. Several can read at once.
pub(super) struct TimesReader<'a> {
    times: &'a AllTimes,
    /// Utterances that were not read yet.
    left: usize,
    /// Where the next chunk begins in the file.
    at: u64,
    chunk: Vec<u8>,
    /// How much of the chunk was taken.
    taken: usize,
}

impl TimesReader<'_> {
    fn number(&mut self) -> std::io::Result<u64> {
        if self.taken == self.chunk.len() {
            let mut file = self.times.file.borrow_mut();
            file.seek(SeekFrom::Start(self.at))?;
            self.chunk.clear();
            Read::by_ref(&mut *file).take(CHUNK as u64).read_to_end(&mut self.chunk)?;
            self.at += self.chunk.len() as u64;
            self.taken = 0;
        }
        let rest = &self.chunk[self.taken..];
        let bytes = rest.first_chunk::<NUMBER>().ok_or(std::io::ErrorKind::UnexpectedEof)?;
        self.taken += NUMBER;
        Ok(u64::from_le_bytes(*bytes))
    }

    fn times(&mut self) -> std::io::Result<Times> {
        let (samples, words) = (self.number()?, self.number()?);
        let words = (0..words).map(|_| Ok(self.number()?..self.number()?));
        Ok(Times { samples, words: words.collect::<std::io::Result<_>>()? })
    }
}

impl Iterator for TimesReader<'_> {
    type Item = Result<Times, Error>;

    /// Fails with an error of kind `Read` if the file cannot be read back.
    fn next(&mut self) -> Option<Result<Times, Error>> {
        self.left = self.left.checked_sub(1)?;
        Some(self.times().map_err(|cause| Error::read(&self.times.folder, cause)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_as_often_as_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = TimesWriter::new(folder.path());
        // More than fits in memory, with utterances that lie across the ends of chunks.
        let expected: Vec<Times> = (0..30_000)
            .map(|at| Times { samples: at, words: (0..at % 7).map(|word| word..at).collect() })
            .collect();
        expected.iter().for_each(|times| writer.add(times).unwrap());
        assert_eq!(writer.utterances(), 30_000);
        let all = writer.finish().unwrap();
        assert_eq!((all.utterances(), all.samples()), (30_000, 29_999 * 15_000));
        let (one, two) = (all.read(), all.read());
        for ((one, two), expected) in one.zip(two).zip(&expected) {
            assert_eq!((one.unwrap(), two.unwrap()), (expected.clone(), expected.clone()));
        }
        assert_eq!(all.read().count(), 30_000);
        assert!(all.file.borrow().is_rolled());
    }
}
