//! Writes MP3 files by LAME: mono, constant bitrate.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use mp3lame_encoder::{Bitrate, Builder, Encoder, FlushGap, Mode, MonoPcm, Quality};

use super::id3v2;
use super::row::{AudioWriter, Order};
use crate::files::{Output, WriteFault};
use crate::model::error::Error;
use crate::model::message::message;

/// Samples encoded at a time.
const CHUNK: usize = 8192;

/// An MP3 file that takes samples as they come. It begins with its tags and a frame of LAME's that
/// gives players the exact length, which they would otherwise round up to whole frames.
struct Mp3Writer<'a> {
    lame: Encoder,
    sink: BufWriter<&'a mut dyn Output>,
    /// Where the first frame is.
    start: u64,
    /// What undoes the gain that LAME gives.
    gain: f32,
    amplified: Vec<f32>,
    bytes: Vec<u8>,
}

/// Starts a file.
pub(super) fn start<'a>(
    out: &'a mut dyn Output,
    order: &Order,
) -> Result<Box<dyn AudioWriter + 'a>, WriteFault> {
    let Order { sample_rate, bitrate, tags, chapters } = *order;
    let tag = id3v2::tag(tags, chapters)?;
    let lame = encoder(sample_rate, bitrate).ok_or_else(|| {
        Error::request(message!(
            "LAME cannot encode {sample_rate} samples per second at {bitrate} kbit/s",
            sample_rate,
            bitrate
        ))
    })?;
    let mut sink = BufWriter::new(out);
    sink.write_all(&tag)?;
    Ok(Box::new(Mp3Writer {
        lame,
        sink,
        start: tag.len() as u64,
        gain: 1.0 / lame_scale(bitrate),
        amplified: Vec::new(),
        bytes: Vec::new(),
    }))
}

fn encoder(sample_rate: u32, bitrate: u32) -> Option<Encoder> {
    let mut lame = Builder::new()?;
    lame.set_num_channels(1).ok()?;
    lame.set_mode(Mode::Mono).ok()?;
    lame.set_sample_rate(sample_rate).ok()?;
    lame.set_output_sample_rate(std::num::NonZeroU32::new(sample_rate)).ok()?;
    lame.set_brate(kilobits(bitrate)?).ok()?;
    lame.set_quality(quality(bitrate)).ok()?;
    lame.set_to_write_vbr_tag(true).ok()?;
    lame.build().ok()
}

/// From this bitrate on, in kbit/s, there are bits enough for speech without weighing where noise is heard least.
const AMPLE: u32 = 96;

/// How hard LAME tries. Quality 7 leaves out shaping the noise of quantization, which takes half of the time:
/// worth it only where bits are few. docs/audio.md has the figures.
fn quality(bitrate: u32) -> Quality {
    if bitrate >= AMPLE { Quality::Ok } else { Quality::VeryNice }
}

/// LAME 3.100 makes everything quieter against clipping, by a factor for each bitrate (the table
/// `abr_switch_map` of its presets.c). Peaks are held by the limiter here, so it is undone.
fn lame_scale(bitrate: u32) -> f32 {
    match bitrate {
        ..=160 => 0.95,
        161..=192 => 0.97,
        193..=224 => 0.98,
        _ => 1.0,
    }
}

fn kilobits(bitrate: u32) -> Option<Bitrate> {
    use Bitrate::*;
    const ALL: [Bitrate; 16] = [
        Kbps8, Kbps16, Kbps24, Kbps32, Kbps40, Kbps48, Kbps64, Kbps80, Kbps96, Kbps112, Kbps128,
        Kbps160, Kbps192, Kbps224, Kbps256, Kbps320,
    ];
    ALL.into_iter().find(|candidate| *candidate as u32 == bitrate)
}

impl AudioWriter for Mp3Writer<'_> {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        for chunk in samples.chunks(CHUNK) {
            self.amplified.clear();
            self.amplified.extend(chunk.iter().map(|sample| sample * self.gain));
            self.bytes.clear();
            self.bytes.reserve(mp3lame_encoder::max_required_buffer_size(chunk.len()));
            let encoded = self.lame.encode_to_vec(MonoPcm(&self.amplified), &mut self.bytes);
            encoded.map_err(cause)?;
            self.sink.write_all(&self.bytes)?;
        }
        Ok(())
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.sink.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.bytes.clear();
        self.bytes.reserve(mp3lame_encoder::max_required_buffer_size(0));
        let flushed = self.lame.flush_to_vec::<FlushGap>(&mut self.bytes);
        flushed.map_err(cause)?;
        let mut info = Vec::with_capacity(self.lame.lame_tag_size());
        self.lame.lame_tag_encode_to_vec(&mut info);
        let Mp3Writer { mut sink, start, bytes, .. } = *self;
        sink.write_all(&bytes)?;
        // LAME left room for the frame with the length; it knows it only now.
        sink.seek(SeekFrom::Start(start))?;
        sink.write_all(&info)?;
        sink.flush()
    }
}

fn cause(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}
