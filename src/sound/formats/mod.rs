//! Sound in files of several formats. Every writer takes samples as they come and holds no more of
//! them than its encoder looks ahead. Where the bytes go, and under which name, is the caller's.
//!
//! A format is one file with a row of [`FORMATS`].

mod aac;
mod adts;
mod boxes;
mod encoding;
mod flac;
mod format;
#[cfg(feature = "mp3")]
mod id3v2;
#[cfg(feature = "mp3")]
mod lame;
mod mp3;
mod mp4;
mod opus;
mod row;
mod stream;
mod vorbis;
mod wav;

pub use self::encoding::Encoding;
pub use self::format::{FORMATS, Format, usual};
pub use self::row::AudioWriter;
use self::row::Order;
pub use self::stream::{STREAM_FORMATS, Stream, StreamFormat};
use crate::files::{Output, WriteFault};
use crate::model::tags::{Chapter, Tags};

/// Starts writing mono sound of [`Encoding::output_rate`] samples per second to an empty output.
///
/// # Errors
/// [`WriteFault::Output`] if the output fails, [`WriteFault::Content`] if the tags cannot be written.
pub fn create<'a>(
    out: &'a mut dyn Output,
    encoding: &Encoding,
    voice_rate: u32,
    tags: &Tags,
    chapters: &[Chapter],
) -> Result<Box<dyn AudioWriter + 'a>, WriteFault> {
    let sample_rate = encoding.output_rate(voice_rate);
    let bitrate = encoding.bitrate().unwrap_or_default();
    let order = Order { sample_rate, bitrate, tags, chapters };
    (encoding.format().0.start)(out, &order)
}
