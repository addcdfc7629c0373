//! Text files that are written a piece at a time.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::files::{AtomicFile, Sealed};
use crate::model::error::Error;

/// An [`AtomicFile`] behind a buffer, whose errors name the file.
#[derive(Debug)]
pub(super) struct TextFile(BufWriter<AtomicFile>);

impl TextFile {
    /// Starts a file.
    ///
    /// # Errors
    /// As [`AtomicFile::create`].
    pub fn create(path: &Path) -> Result<TextFile, Error> {
        Ok(TextFile(BufWriter::new(AtomicFile::create(path)?)))
    }

    /// Adds what `what` writes.
    ///
    /// # Errors
    /// [`Error::Write`] if `what` fails.
    pub fn put(
        &mut self,
        what: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        what(&mut self.0).map_err(|cause| self.0.get_ref().error(cause))
    }

    /// Puts the whole file on disk; it waits for its name.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be saved; nothing is left behind.
    pub fn seal(self) -> Result<Sealed, Error> {
        match self.0.into_inner() {
            Ok(file) => file.seal(),
            Err(error) => {
                let (cause, file) = error.into_parts();
                Err(file.get_ref().error(cause))
            }
        }
    }
}
