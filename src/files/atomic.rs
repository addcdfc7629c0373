//! Files that appear whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::model::error::Error;
use crate::model::message::{Message, message};

/// How the name of a temporary file begins and ends.
pub(super) const PREFIX: &str = ".docbao-";
pub(super) const SUFFIX: &str = ".part";

/// The folders in which this process has begun files.
static BEGUN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file on its way: what is written goes to a temporary file beside the target, which takes the
/// target's name in [`AtomicFile::finish`]. Dropped before that, it leaves nothing behind, and what
/// stood under the name stays as it was.
///
/// The temporary file is locked as long as this process lives, so that [`sweep`] can know what a
/// killed process left from what another one is writing. The first file that a process starts in a folder
/// sweeps it.
#[derive(Debug)]
pub struct AtomicFile {
    file: File,
    temporary: TempPath,
    target: PathBuf,
    named: PathBuf,
}

impl AtomicFile {
    /// Starts a file that is to be at `path`. A link is followed: its target is replaced, not the
    /// link. The new file has the permissions of the one it replaces, or else the usual ones.
    ///
    /// # Errors
    /// Of kind `Write` if `path` is a folder or a device, or its folder is missing or cannot be
    /// written to.
    pub fn create(path: &Path) -> Result<AtomicFile, Error> {
        AtomicFile::start(path).map_err(|cause| Error::write(path, cause))
    }

    fn start(path: &Path) -> io::Result<AtomicFile> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let replaced = fs::metadata(&target).ok();
        if let Some(found) = replaced.as_ref().filter(|found| !found.is_file()) {
            let what = if found.is_dir() { "it is a folder" } else { "it is not a regular file" };
            return Err(io::Error::other(message!(
                "{what}; name a file to write to",
                what = Message::from(what)
            )));
        }
        let folder = folder_of(&target);
        if BEGUN.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
            let _ = sweep(folder);
        }
        let temporary = locked_temporary(folder)?;
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

    /// The error for a write that failed, naming the target.
    #[must_use]
    pub fn error(&self, cause: io::Error) -> Error {
        Error::write(self.named.clone(), cause)
    }

    /// Puts the whole file safely on disk, still under its temporary name.
    ///
    /// # Errors
    /// Of kind `Write` if it cannot be saved; nothing is left behind.
    pub fn seal(mut self) -> Result<Sealed, Error> {
        let saved = self.file.flush().and_then(|()| self.file.sync_all());
        let AtomicFile { file, temporary, target, named } = self;
        match saved {
            Ok(()) => Ok(Sealed { temporary, target, named, _lock: file }),
            Err(cause) => Err(Error::write(named, cause)),
        }
    }

    /// Gives the file its name, once it is safely on disk.
    ///
    /// # Errors
    /// Of kind `Write` if it cannot be saved or renamed; nothing is left behind.
    pub fn finish(self) -> Result<(), Error> {
        publish(vec![self.seal()?])
    }
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// A temporary file, locked by this process.
fn locked_temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    // Temporary files are private by default; this one is to be a file like any other.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    loop {
        let temporary = builder.tempfile_in(folder)?;
        match temporary.as_file().try_lock() {
            // Another process swept it away before it was locked: the next one.
            Err(TryLockError::WouldBlock) => {}
            Ok(()) if !temporary.path().exists() => {}
            // Where files cannot be locked, nothing is swept either.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(temporary),
        }
    }
}

/// Removes the temporary files that killed processes left in a folder, and spares those that a
/// living one is writing. Gives how many it removed. What cannot be read or removed stays.
#[must_use]
pub fn sweep(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let left = entries.flatten().filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        is_file && name.starts_with(PREFIX) && name.ends_with(SUFFIX)
    });
    left.filter(|entry| {
        let path = entry.path();
        let dead = File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        dead && fs::remove_file(path).is_ok()
    })
    .count()
}

/// Gives files their names, in this order. All other names are safely on disk before the last file takes
/// its own, so that after a power cut too it has beside it what it belongs to.
///
/// # Errors
/// Of kind `Write` if one cannot be renamed; those after it are gone.
pub fn publish(mut files: Vec<Sealed>) -> Result<(), Error> {
    let Some(last) = files.pop() else { return Ok(()) };
    let folders: BTreeSet<PathBuf> = files.iter().map(Sealed::folder).collect();
    files.into_iter().try_for_each(Sealed::publish)?;
    folders.iter().for_each(|folder| sync_names(folder));
    let folder = last.folder();
    last.publish()?;
    sync_names(&folder);
    Ok(())
}

/// Puts the names in a folder safely on disk. A file system that cannot do it looks after its names by
/// itself.
fn sync_names(folder: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

/// A whole file that is safely on disk and waits for its name. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Sealed {
    temporary: TempPath,
    target: PathBuf,
    named: PathBuf,
    _lock: File,
}

impl Sealed {
    /// Where its bytes are now.
    #[must_use]
    pub fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// The folder it will be in.
    fn folder(&self) -> PathBuf {
        folder_of(&self.target).to_owned()
    }

    /// The path under which it is to be, as it was given to [`AtomicFile::create`].
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.named
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Of kind `Write` if it cannot be renamed; nothing is left behind.
    fn publish(self) -> Result<(), Error> {
        let Sealed { temporary, target, named, .. } = self;
        temporary.persist(&target).map_err(|error| Error::write(named, error.error))
    }
}

impl Read for AtomicFile {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.file.read(bytes)
    }
}

impl Seek for AtomicFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
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
