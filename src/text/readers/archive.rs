//! Zip archives: EPUB and DOCX are such. What they hold is bounded before it is read, because a few
//! bytes can unpack to gigabytes.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::model::error::Error;
use crate::model::message::message;

/// The most that the texts of an archive may unpack to, in bytes: some fifty long novels.
const MOST_UNPACKED: u64 = 128 << 20;

/// The most files in an archive.
const MOST_FILES: usize = 20_000;

/// An archive whose files can be read.
pub(super) struct Archive<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Of kind `Input` if it is damaged or holds too many files.
    pub(super) fn open(name: &'a str, bytes: &'a [u8]) -> Result<Archive<'a>, Error> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| {
            Error::input(name, message!("is a damaged archive: {cause}", cause = cause.to_string()))
        })?;
        if zip.len() > MOST_FILES {
            let reason = message!("is an archive of more than {most} files", most = MOST_FILES);
            return Err(Error::input(name, reason));
        }
        Ok(Archive { name, zip, left: MOST_UNPACKED })
    }

    /// The paths of its files, in the archive's order.
    pub(super) fn paths(&self) -> Vec<String> {
        let paths = self.zip.file_names().flatten();
        paths.filter(|path| !path.ends_with('/')).map(Cow::into_owned).collect()
    }

    /// The bytes of a file; `None` if there is none of this path.
    ///
    /// # Errors
    /// Of kind `Input` if it is damaged or encrypted, or all that was read of the archive is more than
    /// 128 MiB.
    pub(super) fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let damaged = |cause: String| {
            Error::input(self.name, message!("{path} in it is damaged: {cause}", path, cause))
        };
        let file = match self.zip.by_name(path) {
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            file => file.map_err(|cause| damaged(cause.to_string()))?,
        };
        let mut bytes = Vec::new();
        file.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|cause| damaged(cause.to_string()))?;
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => {
                let reason =
                    message!("unpacks to more than {most} MiB of text", most = MOST_UNPACKED >> 20);
                return Err(Error::input(self.name, reason));
            }
        }
        Ok(Some(bytes))
    }
}

/// Whether bytes begin as an archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}
