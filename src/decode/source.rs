//! What sound is read from.

use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

/// The bytes of an audio file: a file, or what can stand in for one.
pub trait Source: Read + Seek + Send + Sync {}

impl<T: Read + Seek + Send + Sync> Source for T {}

/// A source of known length, as decoders want it.
pub(super) struct Media {
    source: Box<dyn Source>,
    length: u64,
}

impl Media {
    /// A source from its start on.
    pub(super) fn new(mut source: Box<dyn Source>) -> io::Result<Media> {
        let length = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        Ok(Media { source, length })
    }

    /// Its length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }
}

impl Read for Media {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.source.read(bytes)
    }
}

impl Seek for Media {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

impl MediaSource for Media {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}
