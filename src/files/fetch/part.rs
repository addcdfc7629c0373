//! A file that is on its way, and what lets a later run go on with it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::error::Error;

/// Where a file comes from. With an equal one the rest may be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin {
    /// The address it is fetched from.
    pub url: String,
    /// The strong entity tag of the file there.
    pub tag: String,
    /// Its whole length.
    pub bytes: u64,
}

/// A file that is on its way. Beside it, under its name with `.origin` at the end, stands its
/// [`Origin`].
pub(super) struct Part {
    path: PathBuf,
    file: File,
    have: u64,
    origin: Option<Origin>,
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".origin");
    PathBuf::from(name)
}

/// Removes what is there of a file that is on its way. What is not there is no error.
///
/// # Errors
/// `ErrorKind::Write` if something cannot be removed.
pub fn discard(path: &Path) -> Result<(), Error> {
    for path in [path.to_owned(), beside(path)] {
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(Error::write(path, cause));
            }
            _ => {}
        }
    }
    Ok(())
}

impl Part {
    /// What is there of a file that is fetched from `url`; nothing, if it came from elsewhere.
    pub fn open(path: &Path, url: &str) -> Result<Part, Error> {
        let failed = |cause| Error::write(path, cause);
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let mut file = file.map_err(failed)?;
        let have = file.seek(SeekFrom::End(0)).map_err(failed)?;
        let origin = fs::read(beside(path)).ok();
        let origin = origin.and_then(|bytes| serde_json::from_slice::<Origin>(&bytes).ok());
        let origin = origin.filter(|origin| origin.url == url && have <= origin.bytes);
        let is_known = origin.is_some();
        let mut part = Part { path: path.to_owned(), file, have, origin };
        if !is_known {
            part.restart(None)?;
        }
        Ok(part)
    }

    /// Bytes that are there.
    pub fn have(&self) -> u64 {
        self.have
    }

    /// Whether a later request can go on with it.
    pub fn goes_on(&self) -> bool {
        self.origin.is_some()
    }

    pub fn is_whole(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| origin.bytes == self.have)
    }

    /// How many bytes need not be asked for again, and where they are from.
    pub fn range(&self) -> Option<(u64, &Origin)> {
        self.origin.as_ref().filter(|_| self.have > 0).map(|origin| (self.have, origin))
    }

    /// Begins it anew, from this origin.
    pub fn restart(&mut self, origin: Option<Origin>) -> Result<(), Error> {
        let beside = beside(&self.path);
        // First what it is, then its bytes: none must ever stand beside the wrong origin.
        self.file.set_len(0).and_then(|()| self.file.rewind()).map_err(|e| self.error(e))?;
        self.have = 0;
        let written = match &origin {
            Some(origin) => serde_json::to_vec(origin)
                .map_err(io::Error::from)
                .and_then(|bytes| fs::write(&beside, bytes)),
            None => match fs::remove_file(&beside) {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed,
            },
        };
        self.origin = origin;
        written.map_err(|cause| Error::write(beside, cause))
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.file.write_all(bytes);
        if written.is_err() {
            // Part of them may have been written.
            self.have = self.file.stream_position().unwrap_or(self.have);
        } else {
            self.have += bytes.len() as u64;
        }
        written.map_err(|cause| self.error(cause))
    }

    /// Puts it on disk.
    pub fn keep(&mut self) -> Result<(), Error> {
        self.file.sync_all().map_err(|cause| self.error(cause))
    }

    fn error(&self, cause: io::Error) -> Error {
        Error::write(self.path.clone(), cause)
    }
}
