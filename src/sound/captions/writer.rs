//! Writes captions in any notation.

use std::io::{self, BufWriter, Write};

use super::cues::{self, Cue, Layout};
use super::info::CaptionInfo;
use super::row::MarkSink;
use super::timing::Timing;
use crate::sound::marks::SentenceMark;

/// How a format writes cues down.
pub(super) trait Notation {
    /// How much text a cue has room for.
    fn layout(&self) -> Layout;
    /// Writes what comes before the first cue.
    fn begin(&mut self, out: &mut dyn Write, info: &CaptionInfo) -> io::Result<()>;
    /// Writes the next cue.
    fn cue(&mut self, out: &mut dyn Write, cue: &Cue) -> io::Result<()>;
    /// Writes what comes after the last cue.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Captions in some notation. It holds one sentence at a time.
struct CaptionWriter<'a, N> {
    out: BufWriter<&'a mut dyn Write>,
    notation: N,
    timing: Timing,
}

/// Starts captions in this notation.
pub(super) fn start<'a>(
    out: &'a mut dyn Write,
    mut notation: impl Notation + 'a,
    info: &CaptionInfo,
) -> io::Result<Box<dyn MarkSink + 'a>> {
    let mut out = BufWriter::new(out);
    notation.begin(&mut out, info)?;
    Ok(Box::new(CaptionWriter { out, notation, timing: Timing::default() }))
}

impl<N: Notation> MarkSink for CaptionWriter<'_, N> {
    fn write(&mut self, sentence: &SentenceMark) -> io::Result<()> {
        for cue in cues::of_sentence(sentence, self.notation.layout()) {
            if let Some(settled) = self.timing.settle(cue) {
                self.notation.cue(&mut self.out, &settled)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let CaptionWriter { mut out, mut notation, timing } = *self;
        if let Some(last) = timing.last() {
            notation.cue(&mut out, &last)?;
        }
        notation.end(&mut out)?;
        out.flush()
    }
}
