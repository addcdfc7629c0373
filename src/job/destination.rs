//! Where an output is written: a file that appears when it is whole, or what is handed back.

use std::io::{self, BufWriter, Seek, Write};

use tempfile::SpooledTempFile;

use crate::files::{AtomicFile, Output, Sealed};
use crate::job::outcome::Kept;
use crate::model::error::Error;
use crate::model::request::Target;

/// An output up to this many bytes is kept in memory, a larger one in a temporary file.
const IN_MEMORY: usize = 8 << 20;

/// An output on its way.
pub(super) enum Destination {
    File(AtomicFile),
    Kept(Kept),
}

/// An output that is whole.
pub(super) enum Whole {
    File(Sealed),
    Kept(Kept),
}

impl Destination {
    /// Starts an output.
    ///
    /// # Errors
    /// As [`AtomicFile::create`].
    pub fn create(target: &Target) -> Result<Destination, Error> {
        Ok(match target {
            Target::File(path) => Destination::File(AtomicFile::create(path)?),
            Target::Kept(name) => {
                let content = SpooledTempFile::new(IN_MEMORY);
                Destination::Kept(Kept { name: name.clone(), content })
            }
        })
    }

    /// What its bytes are written to.
    pub fn out(&mut self) -> &mut dyn Output {
        match self {
            Destination::File(file) => file,
            Destination::Kept(kept) => &mut kept.content,
        }
    }

    /// Writes it with `write`, through a buffer.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if `write` fails.
    pub fn put(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        let mut out = BufWriter::new(self.out());
        let written = write(&mut out).and_then(|()| out.flush());
        drop(out);
        written.map_err(|cause| self.error(cause))
    }

    /// The error of a write that failed.
    pub fn error(&self, cause: io::Error) -> Error {
        match self {
            Destination::File(file) => file.error(cause),
            Destination::Kept(kept) => Error::write(&kept.name, cause),
        }
    }

    /// Completes the output. A file is safe on disk then, and waits for its name.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if it cannot be saved.
    pub fn finish(self) -> Result<Whole, Error> {
        match self {
            Destination::File(file) => file.seal().map(Whole::File),
            Destination::Kept(mut kept) => match kept.content.rewind() {
                Ok(()) => Ok(Whole::Kept(kept)),
                Err(cause) => Err(Error::write(&kept.name, cause)),
            },
        }
    }
}
