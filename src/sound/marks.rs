//! Marks: when each sentence and word is heard, and which source text it speaks. For subtitles,
//! highlighting while listening, and finding a place again.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::files::Sealed;
use crate::model::diag::Span;
use crate::model::error::Error;
use crate::model::take::Times;
use crate::sound::text_file::TextFile;

/// When a word is heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WordMark {
    /// Start, in milliseconds from the start of the sound.
    pub start_ms: f64,
    /// End, likewise.
    pub end_ms: f64,
    /// The source text it speaks: byte offsets into the text in NFC with `\n` line ends.
    pub span: Span,
    /// The source text itself.
    pub text: String,
    /// What is said for it.
    pub spoken: String,
}

/// When a sentence is heard, and its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentenceMark {
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// Start, in milliseconds from the start of the sound.
    pub start_ms: f64,
    /// End, likewise; the silence after the sentence is not part of it.
    pub end_ms: f64,
    /// The sentence in the source, as in [`WordMark::span`]: its words, the marks before and after
    /// them, and what stands among them unspoken.
    pub span: Span,
    /// The source text itself.
    pub text: String,
    /// What is said for it.
    pub spoken: String,
    /// Its words in order.
    pub words: Vec<WordMark>,
    /// The words that a breath group begins with, by their place in `words`: 0 and up.
    #[serde(default)]
    pub breaths: Vec<usize>,
}

/// The time of a sample, in milliseconds to the microsecond, exact for any length of sound. 0 if the
/// rate is.
#[must_use]
pub fn milliseconds(sample: u64, sample_rate: u32) -> f64 {
    let microseconds = u128::from(sample) * 1_000_000 + u128::from(sample_rate / 2);
    microseconds.checked_div(u128::from(sample_rate)).unwrap_or(0) as f64 / 1000.0
}

/// A JSON file of marks that takes sentences as they come: one object, its `sentences` one a line.
/// It appears under its name in [`MarksWriter::finish`]; dropped before, it leaves nothing behind.
#[derive(Debug)]
pub struct MarksWriter {
    file: TextFile,
    first: bool,
}

impl MarksWriter {
    /// Starts a file for sound of `sample_rate` samples a second; `times` says how the times of
    /// words are known.
    ///
    /// # Errors
    /// [`Error::Write`] as [`AtomicFile::create`](crate::files::AtomicFile::create) gives it, or if the disk is full.
    pub fn create(path: &Path, sample_rate: u32, times: Times) -> Result<MarksWriter, Error> {
        let mut file = TextFile::create(path)?;
        file.put(|out| {
            write!(out, "{{\"version\":1,\"sample_rate\":{sample_rate},\"times\":")?;
            serde_json::to_writer(&mut *out, &times).map_err(io::Error::from)?;
            write!(out, ",\"sentences\":[")
        })?;
        Ok(MarksWriter { file, first: true })
    }

    /// Adds the next sentence.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk is full.
    pub fn write(&mut self, sentence: &SentenceMark) -> Result<(), Error> {
        let separator: &[u8] = if self.first { b"\n" } else { b",\n" };
        self.first = false;
        self.file.put(|out| {
            out.write_all(separator)?;
            serde_json::to_writer(out, sentence).map_err(io::Error::from)
        })
    }

    /// Completes the file; it waits for its name.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be completed; nothing is left behind.
    pub fn seal(mut self) -> Result<Sealed, Error> {
        self.file.put(|out| out.write_all(b"\n]}\n"))?;
        self.file.seal()
    }

    /// Completes the file and gives it its name.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be completed; nothing is left behind.
    pub fn finish(self) -> Result<(), Error> {
        self.seal()?.publish()
    }
}

/// Reads the marks of a narration of this source text, as [`MarksWriter`] wrote them.
///
/// # Errors
/// [`Error::Read`] if the file cannot be read; [`Error::Input`] if it holds no marks, or those of
/// another text.
pub fn read_marks(path: &Path, source: &str) -> Result<Vec<SentenceMark>, Error> {
    #[derive(Deserialize)]
    struct Marks {
        sentences: Vec<SentenceMark>,
    }
    let file = File::open(path).map_err(|cause| Error::read(path.to_owned(), cause))?;
    let bad = |reason: String| Error::input(path.display().to_string(), reason);
    let marks: Marks = serde_json::from_reader(BufReader::new(file)).map_err(|error| {
        bad(format!("is no file of marks, as `docbao narrate --marks` writes it: {error}"))
    })?;
    let mut last = 0.0;
    for word in marks.sentences.iter().flat_map(|sentence| &sentence.words) {
        let Span { start, end } = word.span;
        if source.get(start..end) != Some(word.text.as_str()) {
            return Err(bad(format!(
                "has `{}` at byte {start}, and the article has not: the marks are of another text; \
                 narrate the article again with --marks",
                word.text
            )));
        }
        if !(last <= word.start_ms && word.start_ms <= word.end_ms) {
            return Err(bad(format!(
                "has times that do not ascend, at byte {start} of the article; narrate the article \
                 again with --marks"
            )));
        }
        last = word.start_ms;
    }
    Ok(marks.sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_exact_to_the_microsecond() {
        assert_eq!(milliseconds(22_050, 22_050), 1000.0);
        assert_eq!(milliseconds(1, 22_050), 0.045);
        assert_eq!(milliseconds(u64::MAX, 1), u64::MAX as f64 * 1000.0);
        assert_eq!(milliseconds(5, 0), 0.0);
    }
}
