//! A file that is on its way, and what lets a later run complete it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::bounded;
use crate::files::transfer::origin_path;
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

/// A file that is on its way. Beside it, under its name with `.origin` at the end, is its
/// [`Origin`].
pub(super) struct Part {
    path: PathBuf,
    file: File,
    length: u64,
    origin: Option<Origin>,
}

impl Part {
    /// What is there of a file that is fetched from `url`; nothing, if it came from elsewhere.
    pub(super) fn open(path: &Path, url: &str) -> Result<Part, Error> {
        let failed = |cause| Error::write(path, cause);
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let mut file = file.map_err(failed)?;
        let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
        let origin = bounded::read(&origin_path(path), bounded::SETTINGS).ok();
        let origin = origin.and_then(|bytes| serde_json::from_slice::<Origin>(&bytes).ok());
        let origin = origin.filter(|origin| origin.url == url && length <= origin.bytes);
        let is_known = origin.is_some();
        let mut part = Part { path: path.to_owned(), file, length, origin };
        if !is_known {
            part.restart(None)?;
        }
        Ok(part)
    }

    /// Bytes that are there.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Whether a later request can complete it.
    pub(super) fn can_resume(&self) -> bool {
        self.origin.is_some()
    }

    pub(super) fn is_whole(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| origin.bytes == self.length)
    }

    /// How many bytes need not be asked for again, and where they are from.
    pub(super) fn range(&self) -> Option<(u64, &Origin)> {
        self.origin.as_ref().filter(|_| self.length > 0).map(|origin| (self.length, origin))
    }

    /// Begins it anew, from this origin.
    pub(super) fn restart(&mut self, origin: Option<Origin>) -> Result<(), Error> {
        let origin_file = origin_path(&self.path);
        // First what it is, then its bytes: none may ever be beside the wrong origin.
        self.file.set_len(0).and_then(|()| self.file.rewind()).map_err(|e| self.error(e))?;
        self.length = 0;
        let written = match &origin {
            Some(origin) => serde_json::to_vec(origin)
                .map_err(io::Error::from)
                .and_then(|bytes| fs::write(&origin_file, bytes)),
            None => match fs::remove_file(&origin_file) {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed,
            },
        };
        self.origin = origin;
        written.map_err(|cause| Error::write(origin_file, cause))
    }

    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.file.write_all(bytes);
        if written.is_err() {
            // Part of them may have been written.
            self.length = self.file.stream_position().unwrap_or(self.length);
        } else {
            self.length += bytes.len() as u64;
        }
        written.map_err(|cause| self.error(cause))
    }

    /// Puts it on disk.
    pub(super) fn keep(&mut self) -> Result<(), Error> {
        self.file.sync_all().map_err(|cause| self.error(cause))
    }

    fn error(&self, cause: io::Error) -> Error {
        Error::write(&self.path, cause)
    }
}
