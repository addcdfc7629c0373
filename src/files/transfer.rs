//! A file that is brought from elsewhere.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::error::Error;

/// A file that is to be brought from elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Transfer<'a> {
    /// Its address, `http://` or `https://`, or its path.
    pub from: &'a str,
    /// The file it is brought into, under which name it stays until it has been checked. What an earlier
    /// run left there is completed where that can be done.
    pub part: &'a Path,
    /// Its length in bytes, where it is known beforehand.
    pub bytes: Option<u64>,
    /// The most bytes that are taken.
    pub most: u64,
}

/// How far a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are there.
    pub done: u64,
    /// Bytes it has in all, where that is known.
    pub of: Option<u64>,
}

/// Where it is written down from where the file at `part` comes.
pub(super) fn origin_path(part: &Path) -> PathBuf {
    let mut name = part.as_os_str().to_owned();
    name.push(".origin");
    PathBuf::from(name)
}

/// Removes what is there of a transfer into `part`. What is not there is no error.
///
/// # Errors
/// Of kind `Write` if something cannot be removed.
pub fn discard(part: &Path) -> Result<(), Error> {
    for path in [part.to_owned(), origin_path(part)] {
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(Error::write(path, cause));
            }
            _ => {}
        }
    }
    Ok(())
}
