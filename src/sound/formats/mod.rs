//! Sound to files of several formats. Every writer takes samples as they come and holds no more of
//! them than its encoder looks ahead; its file appears under its name when it is whole.

mod aac;
mod boxes;
mod encoding;
mod flac;
#[cfg(feature = "mp3")]
mod id3v2;
#[cfg(feature = "mp3")]
mod mp3;
mod mp4;
mod opus;
mod vorbis;
mod wav;

use std::path::Path;

pub use self::encoding::{Encoding, Format};
pub use self::wav::WavWriter;
use crate::files::AtomicFile;
use crate::model::error::Error;
use crate::model::tags::{Chapter, Tags};

/// A file of sound on its way.
pub trait AudioWriter {
    /// Adds samples, full scale ±1.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk is full or the format can hold no more.
    fn write(&mut self, samples: &[f32]) -> Result<(), Error>;

    /// Completes the file. It has not taken its name yet: read it at
    /// [`AtomicFile::temporary_path`] to check it, then keep it with [`AtomicFile::finish`]; dropped,
    /// it leaves nothing behind.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be completed; nothing is left behind.
    fn finish(self: Box<Self>) -> Result<AtomicFile, Error>;
}

/// Starts a file for mono sound of [`Encoding::output_rate`] samples a second.
///
/// # Errors
/// [`Error::Write`] as [`AtomicFile::create`], [`Error::Usage`] if the tags cannot be written.
pub fn create(
    path: &Path,
    encoding: &Encoding,
    voice_rate: u32,
    tags: &Tags,
    chapters: &[Chapter],
) -> Result<Box<dyn AudioWriter>, Error> {
    let rate = encoding.output_rate(voice_rate);
    let bitrate = encoding.bitrate().unwrap_or_default();
    Ok(match encoding.format() {
        Format::Wav => Box::new(WavWriter::create(path, rate)?),
        Format::Flac => Box::new(flac::FlacWriter::create(path, rate, tags, chapters)?),
        #[cfg(feature = "mp3")]
        Format::Mp3 => Box::new(mp3::Mp3Writer::create(path, rate, bitrate, tags, chapters)?),
        Format::Opus => Box::new(opus::OpusWriter::create(path, rate, bitrate, tags, chapters)?),
        #[cfg(not(feature = "mp3"))]
        Format::Mp3 => return Err(Error::request(encoding::without_mp3())),
        format @ (Format::M4a | Format::M4b) => {
            Box::new(mp4::Mp4Writer::create(path, format, rate, bitrate, tags, chapters)?)
        }
    })
}
