//! Where a page has its sound from.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, Read};

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;

use crate::model::error::{Error, Hint};
use crate::model::message::message;

/// The largest sound that is put into a page, in bytes. As text it is a third longer, and browsers
/// take addresses of up to 512 MB (MDN, "data: URLs", Common problems).
pub const LARGEST_EMBEDDED: u64 = 256 << 20;

/// Bytes of sound that are encoded at a time. Of a multiple of three bytes, base64 has no padding, so
/// pieces join to one text.
const BLOCK: u64 = 3 << 14;

/// Where a page has its sound from.
pub enum PageSound<'a> {
    /// It is inside the page, copied from here.
    Embedded {
        /// What messages call it.
        name: &'a str,
        /// The bytes of an audio file.
        source: &'a mut dyn Read,
        /// How many they are.
        length: u64,
        /// Its media type, such as `audio/mpeg`.
        mime: &'a str,
    },
    /// It is elsewhere.
    Linked {
        /// The address that the page leads to, relative to the page or absolute.
        address: String,
        /// Its media type.
        mime: &'a str,
    },
}

/// A sound as the page has it.
pub(super) enum Source<'a> {
    Embedded(Embedded<'a>),
    Linked { address: String, mime: &'a str },
}

impl<'a> Source<'a> {
    /// # Errors
    /// As [`Embedded::new`].
    pub(super) fn new(sound: PageSound<'a>) -> Result<Source<'a>, Error> {
        Ok(match sound {
            PageSound::Linked { address, mime } => Source::Linked { address, mime },
            PageSound::Embedded { name, source, length, mime } => {
                Source::Embedded(Embedded::new(name, source, length, mime)?)
            }
        })
    }

    /// Its media type.
    pub(super) fn mime(&self) -> &str {
        match self {
            Source::Embedded(sound) => sound.mime,
            Source::Linked { mime, .. } => mime,
        }
    }

    /// Why it could not be read, if that is so.
    pub(super) fn fault(&self) -> Option<Error> {
        match self {
            Source::Embedded(sound) => sound.fault(),
            Source::Linked { .. } => None,
        }
    }
}

/// Sound that is written into a page as base64, a block at a time.
pub(super) struct Embedded<'a> {
    /// Its media type.
    pub mime: &'a str,
    name: &'a str,
    length: u64,
    source: RefCell<&'a mut dyn Read>,
    /// Why it could not be read: formatting has no errors of its own.
    fault: RefCell<Option<io::Error>>,
}

impl<'a> Embedded<'a> {
    /// # Errors
    /// `ErrorKind::Input` if there are more than [`LARGEST_EMBEDDED`] bytes.
    fn new(
        name: &'a str,
        source: &'a mut dyn Read,
        length: u64,
        mime: &'a str,
    ) -> Result<Embedded<'a>, Error> {
        if length > LARGEST_EMBEDDED {
            let reason = message!(
                "has {length} MB, and a page can hold {largest_embedded} MB of sound",
                length = length >> 20,
                largest_embedded = LARGEST_EMBEDDED >> 20
            );
            let hint = Hint::give("link_audio", "to keep it in a file beside the page");
            return Err(Error::input(name, reason).with_hint(hint));
        }
        let (source, fault) = (RefCell::new(source), RefCell::new(None));
        Ok(Embedded { mime, name, length, source, fault })
    }

    /// Why it could not be read, if that is so.
    fn fault(&self) -> Option<Error> {
        self.fault.take().map(|cause| Error::read(self.name, cause))
    }
}

/// Base64; the sound is read by that, so it can be written once.
impl fmt::Display for Embedded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = vec![0; BLOCK as usize];
        let mut left = self.length;
        while left > 0 {
            let block = &mut buffer[..left.min(BLOCK) as usize];
            if let Err(cause) = self.source.borrow_mut().read_exact(block) {
                self.fault.replace(Some(cause));
                return Err(fmt::Error);
            }
            left -= block.len() as u64;
            Base64Display::new(block, &STANDARD).fmt(f)?;
        }
        Ok(())
    }
}
