//! FLAC files (RFC 9639): 16-bit, mono.

use std::cell::RefCell;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::rc::Rc;

use flac_codec::encode::{FlacSampleWriter, Options};

use super::row::{AudioWriter, Order, Row, SAMPLE_RATES, UsualRate};
use super::vorbis;
use crate::files::{Output, WriteFault};
use crate::model::take::to_pcm16;

/// The row of the table; its media type is that of RFC 9639.
pub(super) static ROW: Row = Row {
    name: "flac",
    label: "FLAC",
    extensions: &["flac"],
    mime: "audio/flac",
    about: "compressed without loss",
    lossy: false,
    universal: false,
    headroom_db: 0.0,
    sample_rates: SAMPLE_RATES,
    usual_rate: UsualRate::Voice,
    bitrates: &[],
    missing_feature: None,
    start,
};

/// A FLAC file that takes samples as they come.
struct FlacWriter<'a> {
    flac: FlacSampleWriter<Sink<'a>>,
    sink: Sink<'a>,
    pcm: Vec<i32>,
}

fn start<'a>(
    out: &'a mut dyn Output,
    order: &Order,
) -> Result<Box<dyn AudioWriter + 'a>, WriteFault> {
    let comment = vorbis::comment(order.tags, order.chapters);
    let mut options = Options::best().no_padding().comment(comment);
    if let Some(cover) = &order.tags.cover {
        options = options.picture(vorbis::picture(cover)?);
    }
    let sink = Sink(Rc::new(RefCell::new(BufWriter::new(out))));
    let flac = FlacSampleWriter::new(sink.clone(), options, order.sample_rate, 16, 1, None)
        .map_err(cause)?;
    Ok(Box::new(FlacWriter { flac, sink, pcm: Vec::new() }))
}

impl AudioWriter for FlacWriter<'_> {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        for chunk in samples.chunks(4096) {
            self.pcm.clear();
            self.pcm.extend(chunk.iter().map(|&sample| i32::from(to_pcm16(sample))));
            self.flac.write(&self.pcm).map_err(cause)?;
        }
        Ok(())
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.sink.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let FlacWriter { flac, mut sink, .. } = *self;
        flac.finalize().map_err(cause)?;
        sink.flush()
    }
}

/// A buffered output that is still there when the encoder, which keeps what it is given, is gone: so
/// that an error of the last bytes is seen.
#[derive(Clone)]
struct Sink<'a>(Rc<RefCell<BufWriter<&'a mut dyn Output>>>);

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

impl Seek for Sink<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.borrow_mut().seek(to)
    }
}

fn cause(error: flac_codec::Error) -> io::Error {
    match error {
        flac_codec::Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
