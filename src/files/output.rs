//! Where the bytes of a file go, and why that failed.

use std::io::{self, Read, Seek, Write};
use std::path::Path;

use crate::model::error::Error;

/// A file, or something like one, such as a [`Cursor`](std::io::Cursor) over bytes in memory.
/// What is written to it begins at its start, and it is empty before that.
pub trait Output: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send + ?Sized> Output for T {}

/// Why nothing, or not all, was written to an output.
#[derive(Debug)]
pub enum WriteFault {
    /// The output failed. Only its owner knows its name: see [`WriteFault::in_file`].
    Output(io::Error),
    /// What was to be written is not available.
    Content(Error),
}

impl WriteFault {
    /// The error for an output of this name.
    #[must_use]
    pub fn in_file(self, path: &Path) -> Error {
        match self {
            WriteFault::Output(cause) => Error::write(path, cause),
            WriteFault::Content(error) => error,
        }
    }
}

impl From<io::Error> for WriteFault {
    fn from(cause: io::Error) -> WriteFault {
        WriteFault::Output(cause)
    }
}

impl From<Error> for WriteFault {
    fn from(error: Error) -> WriteFault {
        WriteFault::Content(error)
    }
}
