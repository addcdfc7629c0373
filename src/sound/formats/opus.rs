//! Opus files (RFC 6716 in Ogg by RFC 7845), mono.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use opus_pure::{
    Application, MAX_PACKET_BYTES, OggOpusWriter, OpusEncoder, OpusHead, OpusTags, RateControl,
    Signal,
};

use super::{AudioWriter, vorbis};
use crate::files::AtomicFile;
use crate::model::error::Error;
use crate::model::tags::{Chapter, Tags};

/// Opus files count time at this rate whatever that of the sound (RFC 7845, 4).
const GRANULES: u32 = 48_000;

/// An Opus file that takes samples as they come. It says how many of the decoded samples are the
/// encoder's and not the sound's, at both ends, so that it plays neither longer nor later.
pub(super) struct OpusWriter {
    encoder: OpusEncoder,
    ogg: OggOpusWriter<BufWriter<File>>,
    file: AtomicFile,
    /// Samples of 20 ms, the frame that the encoder does best with.
    frame: usize,
    pending: Vec<f32>,
    packet: Vec<u8>,
    samples: u64,
    pre_skip: u64,
}

impl OpusWriter {
    /// Starts a file of `sample_rate` samples a second, one of those that Opus has, and about
    /// `bitrate` kbit/s.
    ///
    /// # Errors
    /// [`Error::Write`] as [`AtomicFile::create`] gives it, [`Error::Usage`] if the cover is no
    /// picture or the encoder refuses the rates.
    pub(super) fn create(
        path: &Path,
        sample_rate: u32,
        bitrate: u32,
        tags: &Tags,
        chapters: &[Chapter],
    ) -> Result<OpusWriter, Error> {
        let refused = |error| Error::request(format!("Opus cannot be written: {error}"));
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
        let file = AtomicFile::create(path)?;
        let sink = BufWriter::new(file.handle()?);
        let ogg = OggOpusWriter::with_tags(sink, head, comments)
            .map_err(|error| file.error(cause(error)))?;
        Ok(OpusWriter {
            encoder,
            ogg,
            file,
            frame: sample_rate as usize / 50,
            pending: Vec::new(),
            packet: vec![0; MAX_PACKET_BYTES],
            samples: 0,
            pre_skip,
        })
    }

    /// Encodes a frame; `granules` is how much of it is sound, all of it if not given.
    fn encode(&mut self, frame: &[f32], granules: Option<u32>) -> opus_pure::Result<()> {
        let length = self.encoder.encode(frame, frame.len(), &mut self.packet)?;
        let packet = &self.packet[..length];
        match granules {
            Some(granules) => self.ogg.write_packet_with_duration(packet, granules),
            None => self.ogg.write_packet(packet),
        }
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
                self.encode(frame, None)?;
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
            let left = end - self.ogg.granule() as u64;
            let last = frames.peek().is_none();
            self.encode(frame, last.then_some(left as u32))?;
        }
        Ok(())
    }
}

impl AudioWriter for OpusWriter {
    fn write(&mut self, samples: &[f32]) -> Result<(), Error> {
        for chunk in samples.chunks(8192) {
            self.samples += chunk.len() as u64;
            self.pending.extend_from_slice(chunk);
            self.encode_pending().map_err(|error| self.file.error(cause(error)))?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<AtomicFile, Error> {
        self.encode_rest().map_err(|error| self.file.error(cause(error)))?;
        let OpusWriter { ogg, file, .. } = *self;
        let mut sink = ogg.finish().map_err(|error| file.error(cause(error)))?;
        sink.flush().map_err(|cause| file.error(cause))?;
        Ok(file)
    }
}

fn cause(error: opus_pure::Error) -> io::Error {
    match error {
        opus_pure::Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
