//! Opus files (RFC 6716 in Ogg by RFC 7845), mono.

use std::io::{self, BufWriter, Write};

use opus_pure::{
    Application, MAX_PACKET_BYTES, OggOpusWriter, OpusEncoder, OpusHead, OpusTags, RateControl,
    Signal,
};

use super::row::{AudioWriter, Bitrates, Order, Row, UsualRate};
use super::vorbis;
use crate::files::{Output, WriteFault};
use crate::model::error::Error;
use crate::model::message::message;

/// The row of the table; its media type is that of RFC 5334, its sample rates those of RFC 6716,
/// 2.1.3. It is always played at 48 kHz.
pub(super) static ROW: Row = Row {
    name: "opus",
    label: "Opus",
    extensions: &["opus", "ogg"],
    mime: "audio/ogg",
    about: "the smallest",
    lossy: true,
    universal: false,
    headroom_db: 0.7,
    sample_rates: &[8000, 12_000, 16_000, 24_000, 48_000],
    usual_rate: UsualRate::VoiceOr(48_000),
    bitrates: &[Bitrates {
        from: 0,
        choices: &[12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256],
        usual: 48,
    }],
    missing_feature: None,
    start,
};

/// Opus files count time at this rate whatever that of the sound (RFC 7845, 4).
const GRANULES: u32 = 48_000;

/// The bytes of a page (RFC 3533, 6), as `opusenc` makes them.
const PAGE: usize = 4096;

/// An Opus file that takes samples as they come. It says how many of the decoded samples are the
/// encoder's and not the sound's, at both ends, so that it plays neither longer nor later.
struct OpusWriter<'a> {
    encoder: OpusEncoder,
    ogg: OggOpusWriter<BufWriter<&'a mut dyn Output>>,
    /// Samples of 20 ms, the frame that the encoder does best with.
    frame: usize,
    pending: Vec<f32>,
    packet: Vec<u8>,
    /// The last packet, which waits for the next: a page is sent only when a packet follows it.
    held: Vec<u8>,
    samples: u64,
    pre_skip: u64,
}

fn start<'a>(
    out: &'a mut dyn Output,
    order: &Order,
) -> Result<Box<dyn AudioWriter + 'a>, WriteFault> {
    let Order { sample_rate, bitrate, tags, chapters } = *order;
    let refused = |error: opus_pure::Error| {
        Error::request(message!("Opus cannot be written: {error}", error = error.to_string()))
    };
    let mut comments = OpusTags { vendor: vorbis::VENDOR.to_owned(), comments: Vec::new() };
    for (name, value) in vorbis::fields(tags, chapters) {
        comments.push(&name, &value).map_err(refused)?;
    }
    if let Some(cover) = &tags.cover {
        let picture = vorbis::picture_field(cover)?;
        comments.push("METADATA_BLOCK_PICTURE", &picture).map_err(refused)?;
    }
    let mut encoder =
        OpusEncoder::new(sample_rate as i32, 1, Application::Audio).map_err(refused)?;
    encoder.bitrate_bps = bitrate as i32 * 1000;
    encoder.rate_control = RateControl::Vbr;
    encoder.complexity = 10;
    encoder.signal_type = Some(Signal::Voice);
    let head = OpusHead::for_encoder(&encoder, sample_rate);
    let pre_skip = u64::from(head.pre_skip);
    let mut ogg = OggOpusWriter::with_tags(BufWriter::new(out), head, comments).map_err(cause)?;
    ogg.set_page_target(PAGE);
    Ok(Box::new(OpusWriter {
        encoder,
        ogg,
        frame: sample_rate as usize / 50,
        pending: Vec::new(),
        packet: vec![0; MAX_PACKET_BYTES],
        held: Vec::new(),
        samples: 0,
        pre_skip,
    }))
}

impl OpusWriter<'_> {
    /// Encodes a frame.
    fn encode(&mut self, frame: &[f32]) -> opus_pure::Result<()> {
        self.write_held()?;
        let length = self.encoder.encode(frame, frame.len(), &mut self.packet)?;
        self.held.extend_from_slice(&self.packet[..length]);
        Ok(())
    }

    /// Writes the packet that was held back.
    fn write_held(&mut self) -> opus_pure::Result<()> {
        if !self.held.is_empty() {
            self.ogg.write_packet(&self.held)?;
            self.held.clear();
        }
        Ok(())
    }

    /// Encodes all whole frames that are pending but the last, which may turn out to be the last
    /// of the file.
    fn encode_pending(&mut self) -> opus_pure::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        let mut frames = pending.chunks(self.frame).peekable();
        while let Some(frame) = frames.next() {
            if frames.peek().is_none() {
                self.pending.extend_from_slice(frame);
            } else {
                self.encode(frame)?;
            }
        }
        Ok(())
    }

    /// Pushes out what the encoder still holds, with silence, and marks where the sound ends (RFC
    /// 7845, 4.4).
    fn encode_rest(&mut self) -> opus_pure::Result<()> {
        let ticks = u64::from(GRANULES) / (self.frame as u64 * 50);
        let end = self.pre_skip + self.samples * ticks;
        let silence = self.pre_skip.div_ceil(ticks) as usize;
        let length = (self.pending.len() + silence).div_ceil(self.frame) * self.frame;
        let mut rest = std::mem::take(&mut self.pending);
        rest.resize(length, 0.0);
        let mut frames = rest.chunks_exact(self.frame).peekable();
        while let Some(frame) = frames.next() {
            self.encode(frame)?;
            if frames.peek().is_none() {
                let left = end - self.ogg.granule() as u64;
                self.ogg.write_packet_with_duration(&self.held, left as u32)?;
            }
        }
        Ok(())
    }
}

impl AudioWriter for OpusWriter<'_> {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        for chunk in samples.chunks(8192) {
            self.samples += chunk.len() as u64;
            self.pending.extend_from_slice(chunk);
            self.encode_pending().map_err(cause)?;
        }
        Ok(())
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.ogg.set_page_target(1);
        self.write_held().map_err(cause)?;
        self.ogg.set_page_target(PAGE);
        self.ogg.get_mut().map_or(Ok(()), BufWriter::flush)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.encode_rest().map_err(cause)?;
        self.ogg.finish().map_err(cause)?.flush()
    }
}

fn cause(error: opus_pure::Error) -> io::Error {
    match error {
        opus_pure::Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
