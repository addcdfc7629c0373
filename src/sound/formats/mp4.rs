//! AAC in MP4 files: .m4a, and .m4b for books.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use super::aac::{DELAY, FRAME, Stretches};
use super::boxes::{self, Sound};
use super::{AudioWriter, Format};
use crate::files::AtomicFile;
use crate::model::error::Error;
use crate::model::tags::{Chapter, Tags};

/// What a file may hold: sizes and places have 32 bits, less room for everything but packets.
const MOST_BYTES: u64 = u32::MAX as u64 - (256 << 20);

/// An MP4 file that takes samples as they come. Its head says where every packet lies and stands
/// first, so that players can begin before the last byte is there. So packets wait in a nameless
/// file until the head is known; of each, only its size is kept: 4 bytes, 6 MB for 10 hours.
pub(super) struct Mp4Writer {
    aac: Stretches,
    packets: BufWriter<File>,
    sizes: Vec<u32>,
    bytes: u64,
    samples: u64,
    rate: u32,
    book: bool,
    tags: Tags,
    chapters: Vec<Chapter>,
    file: AtomicFile,
}

/// What can go wrong while packets are made and stored.
enum Fault {
    Encoder(rusty_aac::Error),
    Disk(io::Error),
}

impl From<rusty_aac::Error> for Fault {
    fn from(error: rusty_aac::Error) -> Fault {
        Fault::Encoder(error)
    }
}

impl Mp4Writer {
    /// Starts a file of `sample_rate` samples a second and up to `bitrate` kbit/s.
    ///
    /// # Errors
    /// [`Error::Write`] as [`AtomicFile::create`] gives it.
    pub(super) fn create(
        path: &Path,
        format: Format,
        sample_rate: u32,
        bitrate: u32,
        tags: &Tags,
        chapters: &[Chapter],
    ) -> Result<Mp4Writer, Error> {
        let file = AtomicFile::create(path)?;
        let folder = file.temporary_path().parent().unwrap_or(Path::new("."));
        let packets = tempfile::tempfile_in(folder).map_err(|cause| file.error(cause))?;
        Ok(Mp4Writer {
            aac: Stretches::new(sample_rate, bitrate),
            packets: BufWriter::new(packets),
            sizes: Vec::new(),
            bytes: 0,
            samples: 0,
            rate: sample_rate,
            book: format == Format::M4b,
            tags: tags.clone(),
            chapters: chapters.to_vec(),
            file,
        })
    }

    /// Encodes samples, or what is left if there are none to come.
    fn encode(&mut self, samples: Option<&[f32]>) -> Result<(), Error> {
        let Mp4Writer { aac, packets, sizes, bytes, .. } = self;
        let store = |packet: &[u8]| {
            sizes.push(packet.len() as u32);
            *bytes += packet.len() as u64;
            packets.write_all(packet).map_err(Fault::Disk)
        };
        let stored = match samples {
            Some(samples) => aac.add(samples, store),
            None => aac.finish(store),
        };
        let too_long = self.bytes > MOST_BYTES || self.samples > u64::from(u32::MAX) - 4096;
        match stored {
            Ok(()) if too_long => Err(self.file.error(io::Error::other(
                "an MP4 file holds at most 4 GB and 4 billion samples; split the text into parts",
            ))),
            Ok(()) => Ok(()),
            Err(Fault::Disk(cause)) => Err(self.file.error(cause)),
            Err(Fault::Encoder(error)) => Err(self.file.error(io::Error::other(error.to_string()))),
        }
    }

    fn assemble(&mut self) -> io::Result<()> {
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
        self.packets.flush()?;
        let mut packets = BufReader::new(self.packets.get_ref());
        packets.seek(SeekFrom::Start(0))?;
        let mut out = BufWriter::new(&mut self.file);
        out.write_all(&boxes::head(&sound, &self.tags, &self.chapters))?;
        io::copy(&mut packets, &mut out)?;
        for text in boxes::chapter_samples(&self.chapters) {
            out.write_all(&text)?;
        }
        out.flush()
    }
}

impl AudioWriter for Mp4Writer {
    fn write(&mut self, samples: &[f32]) -> Result<(), Error> {
        for chunk in samples.chunks(FRAME * 16) {
            self.samples += chunk.len() as u64;
            self.encode(Some(chunk))?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<AtomicFile, Error> {
        self.encode(None)?;
        self.assemble().map_err(|cause| self.file.error(cause))?;
        Ok(self.file)
    }
}
