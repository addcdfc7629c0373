//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

use crate::diag::Error;

/// A file on its way: what is written goes to a temporary file beside the target, which takes the
/// target's name in [`AtomicFile::finish`]. Dropped before that, it leaves nothing behind, and what
/// stood under the name stays as it was.
#[derive(Debug)]
pub struct AtomicFile {
    file: File,
    temporary: TempPath,
    target: PathBuf,
    named: PathBuf,
}

impl AtomicFile {
    /// Starts a file that is to stand at `path`. A link is followed: its target is replaced, not the
    /// link. The new file has the permissions of the one it replaces, or else the usual ones.
    ///
    /// # Errors
    /// [`Error::Write`] if `path` is a folder or a device, or its folder is missing or cannot be
    /// written to.
    pub fn create(path: &Path) -> Result<AtomicFile, Error> {
        AtomicFile::start(path).map_err(|cause| Error::Write { path: path.to_owned(), cause })
    }

    fn start(path: &Path) -> io::Result<AtomicFile> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let replaced = fs::metadata(&target).ok();
        if let Some(found) = replaced.as_ref().filter(|found| !found.is_file()) {
            let what = if found.is_dir() { "it is a folder" } else { "it is not a regular file" };
            return Err(io::Error::other(format!("{what}; name a file to write to")));
        }
        let folder = match target.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let mut builder = Builder::new();
        builder.prefix(".docbao-").suffix(".part");
        // Temporary files are private by default; this one is to be a file like any other.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder)?;
        if let Some(found) = replaced {
            temporary.as_file().set_permissions(found.permissions())?;
        }
        let (file, temporary) = temporary.into_parts();
        Ok(AtomicFile { file, temporary, target, named: path.to_owned() })
    }

    /// The path it was created with.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.named
    }

    /// Where it is until it takes its name, to be read and checked once it is completely written.
    #[must_use]
    pub fn temporary_path(&self) -> &Path {
        &self.temporary
    }

    /// Another handle on the temporary file, for a writer that wants to own one. Both share one
    /// position.
    ///
    /// # Errors
    /// [`Error::Write`] if the system gives no further handle.
    pub fn handle(&self) -> Result<File, Error> {
        self.file.try_clone().map_err(|cause| self.error(cause))
    }

    /// The error for a write that failed, naming the target.
    #[must_use]
    pub fn error(&self, cause: io::Error) -> Error {
        Error::Write { path: self.named.clone(), cause }
    }

    /// Gives the file its name, once it is safely on disk.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be saved or renamed; nothing is left behind.
    pub fn finish(mut self) -> Result<(), Error> {
        let saved = self.file.flush().and_then(|()| self.file.sync_all());
        let AtomicFile { temporary, target, named, .. } = self;
        saved
            .and_then(|()| temporary.persist(&target).map_err(io::Error::from))
            .map_err(|cause| Error::Write { path: named, cause })
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
