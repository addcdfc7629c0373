//! Where an output is written: a file that appears when it is whole, or one that is handed back.

use std::fs::File;
use std::io::Seek;

use crate::decode::Decoder;
use crate::files::{AtomicFile, Output, Sealed};
use crate::job::outcome::Kept;
use crate::model::error::Error;
use crate::model::request::Target;
use crate::sound::master::{self, Measured};

/// An unfinished output.
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
    pub(super) fn create(target: &Target) -> Result<Destination, Error> {
        Ok(match target {
            Target::File(path) => Destination::File(AtomicFile::create(path)?),
            Target::Kept(name) => {
                let content = tempfile::tempfile().map_err(|cause| Error::write(name, cause))?;
                Destination::Kept(Kept { name: name.clone(), content })
            }
        })
    }

    /// Its name in messages.
    pub(super) fn name(&self) -> String {
        match self {
            Destination::File(file) => file.path().display().to_string(),
            Destination::Kept(kept) => kept.name.clone(),
        }
    }

    /// What its bytes are written to.
    pub(super) fn out(&mut self) -> &mut dyn Output {
        match self {
            Destination::File(file) => file,
            Destination::Kept(kept) => &mut kept.content,
        }
    }

    /// How the sound in it measures, once it is completely written.
    ///
    /// # Errors
    /// As [`master::measure`]; [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if a file cannot
    /// be read back.
    pub(super) fn measure(&self) -> Result<Measured, Error> {
        match self {
            Destination::File(file) => {
                let again = File::open(file.temporary_path()).map_err(|cause| file.error(cause))?;
                master::measure(Decoder::new(self.name(), again)?)
            }
            Destination::Kept(Kept { name, content }) => {
                let failed = |cause| Error::read(name, cause);
                let mut again = content.try_clone().map_err(failed)?;
                again.rewind().map_err(failed)?;
                master::measure(Decoder::new(name, again)?)
            }
        }
    }

    /// Completes the output. A file is then safely on disk, and waits for its name.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if it cannot be saved.
    pub(super) fn finish(self) -> Result<Whole, Error> {
        match self {
            Destination::File(file) => file.seal().map(Whole::File),
            Destination::Kept(mut kept) => match kept.content.rewind() {
                Ok(()) => Ok(Whole::Kept(kept)),
                Err(cause) => Err(Error::write(&kept.name, cause)),
            },
        }
    }
}
