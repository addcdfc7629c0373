//! The folder of jobs. Each has a folder of its own, which appears when it is whole: `request.json`, `source`
//! if a file was sent, `job.json`, and `files` with what was made.

use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::record::{Record, State, now_ms};
use super::submission::Submission;
use crate::files::{AtomicFile, bounded};
use crate::model::error::Error;
use crate::model::request::Request;

/// How the names of folders begin that are not whole yet, and of those that are being removed.
const UNFINISHED: &str = ".docbao-";

/// A folder of jobs, which no other process changes meanwhile.
pub(super) struct Store {
    folder: PathBuf,
    _lock: File,
}

impl Store {
    /// Opens a folder, which is made if it is not there. What a killed process left unfinished is removed.
    ///
    /// # Errors
    /// Of kind `Busy` if another process has it; of kind `Write` if it cannot be made or written to.
    pub(super) fn open(folder: &Path) -> Result<Store, Error> {
        let failed = |cause| Error::write(folder, cause);
        fs::create_dir_all(folder).map_err(failed)?;
        let lock = folder.join("lock");
        let lock = File::options().create(true).truncate(false).write(true).open(lock);
        let lock = lock.map_err(failed)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(Error::busy(folder.to_owned())),
            // Some network folders have no locks: there the user must take care.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            Ok(()) => {}
        }
        let store = Store { folder: folder.to_owned(), _lock: lock };
        for name in store.names()?.iter().filter(|name| name.starts_with(UNFINISHED)) {
            let _ = fs::remove_dir_all(folder.join(name));
        }
        Ok(store)
    }

    fn names(&self) -> Result<Vec<String>, Error> {
        let failed = |cause| Error::read(&self.folder, cause);
        let entries = fs::read_dir(&self.folder).map_err(failed)?;
        let name = |entry: io::Result<fs::DirEntry>| {
            Ok(entry.map_err(failed)?.file_name().into_string().unwrap_or_default())
        };
        entries.map(name).collect()
    }

    /// All jobs, in the order in which they were asked for. Those that were cancelled are removed; of one
    /// that cannot be read, the reason is logged.
    ///
    /// # Errors
    /// Of kind `Read` if the folder cannot be listed.
    pub(super) fn records(&self) -> Result<Vec<Record>, Error> {
        let mut names = self.names()?;
        names.retain(|name| is_id(name));
        names.sort();
        let mut records = Vec::new();
        for id in names {
            match self.record(&id) {
                Ok(record) if record.summary.state == State::Cancelled => self.remove(&id),
                Ok(record) => records.push(record),
                Err(error) => tracing::warn!(%error, "a job cannot be read"),
            }
        }
        Ok(records)
    }

    /// A new name. Names are in the order of time.
    pub(super) fn new_id(&self) -> String {
        let chance = RandomState::new().build_hasher().finish();
        format!("{:012x}{chance:016x}", now_ms())
    }

    /// Keeps a job.
    ///
    /// # Errors
    /// Of kind `Write`; there is no such job then.
    pub(super) fn create(&self, record: &Record, submission: &Submission) -> Result<(), Error> {
        let id = &record.summary.id;
        let folder = self.folder.join(format!("{UNFINISHED}{id}"));
        let made = self.fill(&folder, record, submission).and_then(|()| {
            fs::rename(&folder, self.folder.join(id))?;
            sync(&self.folder);
            Ok(())
        });
        made.map_err(|cause| {
            let _ = fs::remove_dir_all(&folder);
            Error::write(&self.folder, cause)
        })
    }

    fn fill(&self, folder: &Path, record: &Record, submission: &Submission) -> io::Result<()> {
        fs::create_dir(folder)?;
        fs::create_dir(folder.join("files"))?;
        let write = |name: &str, bytes: &[u8]| {
            let mut file = File::create(folder.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        if let Some(upload) = &submission.upload {
            write("source", upload)?;
        }
        write("request.json", &serde_json::to_vec(&submission.request)?)?;
        write("job.json", &serde_json::to_vec(record)?)?;
        sync(folder);
        Ok(())
    }

    /// Keeps what became of a job.
    ///
    /// # Errors
    /// Of kind `Write`; what was known before is still known then.
    pub(super) fn save(&self, record: &Record) -> Result<(), Error> {
        let path = self.path(&record.summary.id, "job.json");
        let failed = |cause| Error::write(&path, cause);
        let mut file = AtomicFile::create(&path)?;
        file.write_all(&bytes(record).map_err(failed)?).map_err(failed)?;
        file.finish()
    }

    /// What is known of a job.
    ///
    /// # Errors
    /// Of kind `Read`.
    pub(super) fn record(&self, id: &str) -> Result<Record, Error> {
        let path = self.path(id, "job.json");
        let read = bounded::read(&path, bounded::LISTS)
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(io::Error::from));
        read.map_err(|cause| Error::read(&path, cause))
    }

    /// What a job asks for. Its files are named, without a folder.
    ///
    /// # Errors
    /// Of kind `Read`.
    pub(super) fn request(&self, id: &str) -> Result<Request, Error> {
        let path = self.path(id, "request.json");
        let read = fs::read(&path)
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(io::Error::from));
        read.map_err(|cause| Error::read(&path, cause))
    }

    /// The file that was sent with a job.
    ///
    /// # Errors
    /// Of kind `Read`.
    pub(super) fn upload(&self, id: &str) -> Result<Vec<u8>, Error> {
        let path = self.path(id, "source");
        fs::read(&path).map_err(|cause| Error::read(&path, cause))
    }

    /// Where a file of a job is, or will be.
    pub(super) fn file(&self, id: &str, name: &str) -> PathBuf {
        self.path(id, "files").join(name)
    }

    /// Removes a job with all its files. What cannot be removed now is removed when the server starts again.
    pub(super) fn remove(&self, id: &str) {
        let gone = self.folder.join(format!("{UNFINISHED}{id}"));
        if fs::rename(self.folder.join(id), &gone).is_ok() {
            let _ = fs::remove_dir_all(gone);
        }
    }

    fn path(&self, id: &str, name: &str) -> PathBuf {
        self.folder.join(id).join(name)
    }
}

fn bytes(value: &impl Serialize) -> io::Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(io::Error::from)
}

/// Whether a text can be the name of a job.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == 28 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Puts the names in a folder safely on disk. A file system that cannot do it looks after its names by
/// itself.
fn sync(folder: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}
