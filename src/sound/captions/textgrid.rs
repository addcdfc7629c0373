//! TextGrid, the annotations of Praat, in its long form: tiers of sentences as they are written, of words as
//! they are said, and of phones where the voice gives them. After the manual of Praat, "TextGrid file
//! formats": intervals follow one another without gaps, quotation marks are doubled.

use std::io::{self, BufWriter, Seek, Write};

use tempfile::SpooledTempFile;

use super::info::CaptionInfo;
use super::row::{MarkSink, Row};
use super::text::one_line;
use crate::sound::marks::SentenceMark;

/// The row of the table; it has no media type of its own.
pub(super) static ROW: Row = Row {
    name: "textgrid",
    extension: "TextGrid",
    mime: "text/plain",
    about: "Praat's tiers of sentences, words and phones",
    has_phones: true,
    start,
};

/// What is larger waits on disk, in bytes.
const IN_MEMORY: usize = 1 << 20;

/// Each tier says how many intervals it has before the first, so all wait until the last is known.
struct TextGridWriter<'a> {
    out: BufWriter<&'a mut dyn Write>,
    tiers: [Tier; 3],
    /// The length of the sound in seconds, if it is known.
    seconds: f64,
}

fn start<'a>(
    out: &'a mut dyn Write,
    _sample_rate: u32,
    info: &CaptionInfo,
) -> io::Result<Box<dyn MarkSink + 'a>> {
    let tiers = ["sentences", "words", "phones"].map(Tier::new);
    let seconds = seconds(1000.0 * info.seconds.unwrap_or_default());
    Ok(Box::new(TextGridWriter { out: BufWriter::new(out), tiers, seconds }))
}

impl MarkSink for TextGridWriter<'_> {
    fn write(&mut self, sentence: &SentenceMark) -> io::Result<()> {
        let [sentences, words, phones] = &mut self.tiers;
        sentences.add(sentence.start_ms, sentence.end_ms, &one_line(&sentence.text))?;
        for word in &sentence.words {
            words.add(word.start_ms, word.end_ms, &word.spoken)?;
            let mut start = word.start_ms;
            for phone in &word.phones {
                phones.add(start, phone.end_ms, &phone.phone)?;
                start = phone.end_ms;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let TextGridWriter { mut out, tiers, seconds } = *self;
        let tiers: Vec<Tier> =
            tiers.into_iter().filter(|tier| tier.name != "phones" || tier.count > 0).collect();
        let end = tiers.iter().map(|tier| tier.end).fold(seconds.max(0.001), f64::max);
        writeln!(out, "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n")?;
        writeln!(out, "xmin = 0\nxmax = {end}\ntiers? <exists>\nsize = {}\nitem []:", tiers.len())?;
        for (number, tier) in tiers.into_iter().enumerate() {
            tier.finish(&mut out, number + 1, end)?;
        }
        out.flush()
    }
}

/// Milliseconds in seconds, to the microsecond.
fn seconds(ms: f64) -> f64 {
    (ms * 1000.0).round() / 1e6
}

/// A tier of intervals on its way.
struct Tier {
    name: &'static str,
    intervals: BufWriter<SpooledTempFile>,
    count: usize,
    /// Where the last interval ends, in seconds.
    end: f64,
}

impl Tier {
    fn new(name: &'static str) -> Tier {
        let intervals = BufWriter::new(SpooledTempFile::new(IN_MEMORY));
        Tier { name, intervals, count: 0, end: 0.0 }
    }

    /// Adds what is heard then, and an interval without text for the silence before it. What has no length
    /// is left out: Praat has no such intervals.
    fn add(&mut self, start_ms: f64, end_ms: f64, text: &str) -> io::Result<()> {
        let (start, end) = (seconds(start_ms).max(self.end), seconds(end_ms));
        if end <= start {
            return Ok(());
        }
        if start > self.end {
            self.interval(start, "")?;
        }
        self.interval(end, text)
    }

    /// Adds an interval from the end of the last one on.
    fn interval(&mut self, end: f64, text: &str) -> io::Result<()> {
        self.count += 1;
        let (number, start, text) = (self.count, self.end, text.replace('"', "\"\""));
        writeln!(
            self.intervals,
            "        intervals [{number}]:\n            xmin = {start}\n            xmax = {end}\n            \
             text = \"{text}\""
        )?;
        self.end = end;
        Ok(())
    }

    /// Writes the tier, which goes on to the end of the sound.
    fn finish(mut self, out: &mut impl Write, number: usize, end: f64) -> io::Result<()> {
        if self.end < end {
            self.interval(end, "")?;
        }
        let (name, count) = (self.name, self.count);
        writeln!(
            out,
            "    item [{number}]:\n        class = \"IntervalTier\"\n        name = \"{name}\""
        )?;
        writeln!(out, "        xmin = 0\n        xmax = {end}\n        intervals: size = {count}")?;
        let mut intervals = self.intervals.into_inner().map_err(io::IntoInnerError::into_error)?;
        intervals.rewind()?;
        io::copy(&mut intervals, out)?;
        Ok(())
    }
}
