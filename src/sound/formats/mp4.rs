//! AAC in MP4 files: .m4a, and .m4b for books.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use super::aac::{DELAY, FRAME, Fault, Stretches};
use super::boxes::{self, Sound};
use super::row::{AudioWriter, Bitrates, Order, Row, SAMPLE_RATES, UsualRate};
use crate::files::Output;
use crate::model::tags::{Chapter, Tags};

/// The row of files of sound; its media type is that of RFC 4337.
pub(super) static M4A: Row = Row {
    name: "m4a",
    label: "M4A",
    extensions: &["m4a"],
    mime: "audio/mp4",
    about: "AAC, plays everywhere",
    lossy: true,
    universal: true,
    headroom_db: 1.5,
    sample_rates: SAMPLE_RATES,
    usual_rate: UsualRate::Always(44_100),
    bitrates: &[
        Bitrates {
            from: 32_000,
            choices: &[32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192],
            usual: 96,
        },
        Bitrates { from: 0, choices: &[16, 24, 32, 40, 48, 56, 64], usual: 48 },
    ],
    missing_feature: None,
    start: |out, order| Ok(start(out, order, false)),
};

/// The row of audiobooks.
pub(super) static M4B: Row = Row {
    name: "m4b",
    label: "M4B",
    extensions: &["m4b"],
    about: "an audiobook",
    universal: false,
    start: |out, order| Ok(start(out, order, true)),
    ..M4A
};

/// What a file may hold: sizes and places have 32 bits, less room for everything but packets.
const MOST_BYTES: u64 = u32::MAX as u64 - (256 << 20);

/// Bytes that are moved at a time.
const BLOCK: usize = 1 << 16;

/// An MP4 file that takes samples as they come. Its head says where every packet is and comes first,
/// so that players can begin before the last byte is there. The length of the head is known only at
/// the end, so the packets are written to the start of the output and then moved up. Of each, only
/// its size is kept: 4 bytes, 6 MB for 10 hours.
struct Mp4Writer<'a> {
    aac: Stretches,
    out: BufWriter<&'a mut dyn Output>,
    sizes: Vec<u32>,
    bytes: u64,
    samples: u64,
    rate: u32,
    book: bool,
    tags: Tags,
    chapters: Vec<Chapter>,
}

fn start<'a>(out: &'a mut dyn Output, order: &Order, book: bool) -> Box<dyn AudioWriter + 'a> {
    Box::new(Mp4Writer {
        aac: Stretches::new(order.sample_rate, order.bitrate),
        out: BufWriter::new(out),
        sizes: Vec::new(),
        bytes: 0,
        samples: 0,
        rate: order.sample_rate,
        book,
        tags: order.tags.clone(),
        chapters: order.chapters.to_vec(),
    })
}

impl Mp4Writer<'_> {
    /// Encodes samples, or what is left if there are none to come.
    fn encode(&mut self, samples: Option<&[f32]>) -> io::Result<()> {
        let Mp4Writer { aac, out, sizes, bytes, .. } = self;
        let store = |packet: &[u8]| {
            sizes.push(packet.len() as u32);
            *bytes += packet.len() as u64;
            out.write_all(packet).map_err(Fault::Output)
        };
        let stored = match samples {
            Some(samples) => aac.add(samples, store),
            None => aac.finish(store),
        };
        let too_long = self.bytes > MOST_BYTES || self.samples > u64::from(u32::MAX) - 4096;
        match stored {
            Ok(()) if too_long => Err(io::Error::other(
                "an MP4 file holds at most 4 GB and 4 billion samples; split the text into parts",
            )),
            Ok(()) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    fn head(&self) -> Vec<u8> {
        let config = rusty_aac::audio_specific_config_bytes(self.rate, 1);
        let sound = Sound {
            rate: self.rate,
            samples: self.samples as u32,
            delay: DELAY,
            frame: FRAME as u32,
            sizes: &self.sizes,
            config: &config,
            book: self.book,
        };
        boxes::head(&sound, &self.tags, &self.chapters)
    }
}

impl AudioWriter for Mp4Writer<'_> {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        for chunk in samples.chunks(FRAME * 16) {
            self.samples += chunk.len() as u64;
            self.encode(Some(chunk))?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.encode(None)?;
        self.out.flush()?;
        let head = self.head();
        let Mp4Writer { mut out, bytes, chapters, .. } = *self;
        move_up(*out.get_mut(), bytes, head.len() as u64)?;
        out.write_all(&head)?;
        out.seek(SeekFrom::End(0))?;
        for text in boxes::chapter_samples(&chapters) {
            out.write_all(&text)?;
        }
        out.flush()
    }
}

/// Moves the first `length` bytes of an output up by `by`, the last block first, and leaves the
/// position at the start.
fn move_up(out: &mut dyn Output, length: u64, by: u64) -> io::Result<()> {
    let mut block = vec![0; BLOCK];
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(BLOCK as u64);
        let block = &mut block[..(end - start) as usize];
        out.seek(SeekFrom::Start(start))?;
        out.read_exact(block)?;
        out.seek(SeekFrom::Start(start + by))?;
        out.write_all(block)?;
        end = start;
    }
    out.seek(SeekFrom::Start(0)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn bytes_are_moved_up_whole() {
        for length in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 77] {
            for by in [1, 500, BLOCK, 3 * BLOCK] {
                let bytes: Vec<u8> = (0..length).map(|at| (at * at % 251) as u8).collect();
                let mut out = Cursor::new(bytes.clone());
                move_up(&mut out, length as u64, by as u64).unwrap();
                assert_eq!(out.position(), 0);
                let moved = out.into_inner();
                assert!(length == 0 || moved[by..] == bytes, "{length} by {by}");
            }
        }
    }
}
