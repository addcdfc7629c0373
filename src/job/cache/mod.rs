//! Utterances that were spoken before: a store of samples, each under the [`Digest`] of all that
//! its sound depends on.
//!
//! An entry is a file of its own, written under a temporary name and renamed, so that any number
//! of processes can share a cache. It ends in a checksum, which shows what a crash or a failing disk
//! has damaged: that counts as not stored. Nothing that goes wrong with a cache stops the work;
//! [`Cache::warnings`] lists it.

mod entry;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::take::Take;

/// The folder of the entries inside a cache's folder, named after the form they are stored in.
const ENTRIES: &str = "utterances-3";

/// The name of an entry's file ends so.
const EXTENSION: &str = "utterance";

/// The name of a file that is being written begins and ends so.
const PREFIX: &str = ".docbao-";
const SUFFIX: &str = ".part";

/// A file that is still unfinished after this time was left by a process that was killed.
const ABANDONED: Duration = Duration::from_secs(3600);

/// The largest entry that is read, in bytes: more than ten minutes at 48 kHz take.
const LARGEST: u64 = 128 << 20;

/// The most warnings that are kept; further ones are of the same kinds.
const MOST_WARNINGS: usize = 8;

/// Asks backup programs to leave a folder out (the Cache Directory Tagging Specification, by
/// Bryan Ford).
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# Utterances that docbao has spoken.\n",
);

/// A cache in a folder.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    warnings: Mutex<Vec<String>>,
}

/// How much a cache holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Utterances.
    pub entries: u64,
    /// Bytes of their files.
    pub bytes: u64,
}

/// A file of the cache, as trimming sees it.
struct Shelved {
    used: SystemTime,
    path: PathBuf,
    bytes: u64,
}

impl Cache {
    /// The cache in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// Of kind `Write` if the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Cache, Error> {
        let failed = |cause| Error::write(folder, cause);
        fs::create_dir_all(folder.join(ENTRIES)).map_err(failed)?;
        let tag = folder.join(TAG.0);
        if !tag.exists() {
            fs::write(&tag, TAG.1).map_err(failed)?;
        }
        Ok(Cache { folder: folder.to_owned(), warnings: Mutex::default() })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is stored under a key, at this rate; `None` if there is nothing, or it is damaged.
    #[must_use]
    pub fn get(&self, key: &Digest, sample_rate: u32) -> Option<Take> {
        let path = self.path(key);
        let bytes = match read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                self.warn(format!("cannot read {}: {error}", path.display()));
                return None;
            }
        };
        let stored = entry::decode(&bytes, sample_rate);
        if stored.is_none() {
            self.warn(format!("{} is damaged; its utterance is spoken again", path.display()));
        }
        stored
    }

    /// Stores a take under a key.
    pub fn put(&self, key: &Digest, take: &Take) {
        // A take that the form has no room for is spoken each time.
        let Some(bytes) = entry::encode(take) else { return };
        let path = self.path(key);
        if let Err(error) = write(&path, &bytes) {
            self.warn(format!("cannot write {}: {error}", path.display()));
        }
    }

    /// What went wrong since this was last asked, as sentences.
    pub fn warnings(&self) -> Vec<String> {
        std::mem::take(&mut self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How much it holds.
    ///
    /// # Errors
    /// Of kind `Read` if a folder of the cache cannot be listed.
    pub fn usage(&self) -> Result<Usage, Error> {
        Ok(total(&self.stored()?))
    }

    /// Removes what was not used for the longest time until no more than so many bytes are left; gives
    /// what is left. It may remove what another process is about to read: that process then speaks it
    /// again.
    ///
    /// # Errors
    /// Of kind `Read` if a folder of the cache cannot be listed; of kind `Write` if a file cannot be
    /// removed.
    pub fn trim(&self, bytes: u64) -> Result<Usage, Error> {
        let mut stored = self.stored()?;
        stored.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        let mut left = total(&stored);
        for file in stored {
            if left.bytes <= bytes {
                break;
            }
            match fs::remove_file(&file.path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::write(file.path, cause));
                }
                _ => left = Usage { entries: left.entries - 1, bytes: left.bytes - file.bytes },
            }
        }
        Ok(left)
    }

    fn path(&self, key: &Digest) -> PathBuf {
        let name = key.to_string();
        let (shelf, rest) = name.split_at(2);
        self.folder.join(ENTRIES).join(shelf).join(rest).with_extension(EXTENSION)
    }

    /// All entries; the temporary files of killed processes are removed on the way.
    fn stored(&self) -> Result<Vec<Shelved>, Error> {
        let mut stored = Vec::new();
        for shelf in list(&self.folder.join(ENTRIES))? {
            if !shelf.is_dir() {
                continue;
            }
            for path in list(&shelf)? {
                // It may be gone by now.
                let Ok(metadata) = fs::metadata(&path) else { continue };
                let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                if path.extension().is_some_and(|extension| extension == EXTENSION) {
                    stored.push(Shelved { used, path, bytes: metadata.len() });
                } else if is_temporary(&path) && used.elapsed().is_ok_and(|age| age > ABANDONED) {
                    let _ = fs::remove_file(path);
                }
            }
        }
        Ok(stored)
    }

    fn warn(&self, what: String) {
        let mut warnings = self.warnings.lock().unwrap_or_else(PoisonError::into_inner);
        if warnings.len() < MOST_WARNINGS {
            warnings.push(what);
        }
    }
}

fn total(stored: &[Shelved]) -> Usage {
    Usage { entries: stored.len() as u64, bytes: stored.iter().map(|file| file.bytes).sum() }
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |cause| Error::read(folder, cause);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// The bytes of an entry, which counts as used now.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    (&file).take(LARGEST).read_to_end(&mut bytes)?;
    // Where this is not allowed, the entry is only trimmed sooner.
    let _ = file.set_modified(SystemTime::now());
    Ok(bytes)
}

/// Writes an entry, without waiting for the disk: the checksum shows an entry that a power failure
/// cut short.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let shelf = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(shelf)?;
    let mut file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(shelf)?;
    file.write_all(bytes)?;
    file.into_temp_path().persist(path)?;
    Ok(())
}
