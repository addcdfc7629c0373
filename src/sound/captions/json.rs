//! Marks as JSON, for programs: when each sentence and word is heard. One object, its `sentences` one
//! per line.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde::Deserialize;

use super::info::CaptionInfo;
use super::row::{MarkSink, Row};
use crate::files::bounded::TIMES;
use crate::model::diag::Span;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::sound::marks::SentenceMark;

/// The row of the table; its media type is registered with IANA.
pub(super) static ROW: Row = Row {
    name: "json",
    extension: "json",
    mime: "application/json",
    about: "the time of every word",
    has_phones: false,
    start,
};

struct MarksWriter<'a> {
    out: BufWriter<&'a mut dyn Write>,
    first: bool,
}

fn start<'a>(
    out: &'a mut dyn Write,
    sample_rate: u32,
    info: &CaptionInfo,
) -> io::Result<Box<dyn MarkSink + 'a>> {
    let mut out = BufWriter::new(out);
    write!(out, "{{\"version\":1,\"sample_rate\":{sample_rate},\"times\":")?;
    serde_json::to_writer(&mut out, &info.times)?;
    write!(out, ",\"sentences\":[")?;
    Ok(Box::new(MarksWriter { out, first: true }))
}

impl MarkSink for MarksWriter<'_> {
    fn write(&mut self, sentence: &SentenceMark) -> io::Result<()> {
        let separator: &[u8] = if self.first { b"\n" } else { b",\n" };
        self.first = false;
        self.out.write_all(separator)?;
        Ok(serde_json::to_writer(&mut self.out, sentence)?)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

/// Reads the marks of a narration of this source text, as the format `json` has them.
///
/// # Errors
/// `ErrorKind::Read` if the file cannot be read; `ErrorKind::Input` if it holds no marks,
/// or those of another text.
pub fn read_marks(path: &Path, source: &str) -> Result<Vec<SentenceMark>, Error> {
    let sentences = sentences(path)?;
    let bad = |reason: Message, purpose: &str| {
        Error::input(path.display().to_string(), reason).with_hint(Hint::give("marks", purpose))
    };
    let again = "when the article is narrated again, to have the marks of its text as it is now";
    let mut last = 0.0;
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        let Span { start, end } = word.span;
        if source.get(start..end) != Some(word.text.as_str()) {
            let reason = message!(
                "has `{word}` at byte {start}, and the article has not: the marks are of another text",
                word = word.text,
                start
            );
            return Err(bad(reason, again));
        }
        if !(last <= word.start_ms && word.start_ms <= word.end_ms) {
            let reason =
                message!("has times that do not ascend, at byte {start} of the article", start);
            return Err(bad(reason, again));
        }
        last = word.start_ms;
    }
    Ok(sentences)
}

/// The sentences of a file of marks, whatever the source text is.
///
/// # Errors
/// `ErrorKind::Read` if the file cannot be read; `ErrorKind::Input` if it holds no marks.
pub fn sentences(path: &Path) -> Result<Vec<SentenceMark>, Error> {
    #[derive(Deserialize)]
    struct Marks {
        sentences: Vec<SentenceMark>,
    }
    let file = File::open(path).map_err(|cause| Error::read(path, cause))?;
    let marks: Marks =
        serde_json::from_reader(BufReader::new(file.take(TIMES))).map_err(|error| {
            let purpose = "when the article is narrated, to have a file of its marks";
            let reason = message!("is not a file of marks: {error}", error = error.to_string());
            let hint = Hint::give("marks", purpose);
            Error::input(path.display().to_string(), reason).with_hint(hint)
        })?;
    Ok(marks.sentences)
}
