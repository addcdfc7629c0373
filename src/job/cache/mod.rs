//! Utterances that were spoken before: a store of samples, each under the [`Digest`] of all that
//! its sound depends on.
//!
//! An entry is a file of its own, written under a temporary name and renamed, so that any number
//! of processes can share a cache. It carries its key and ends in a checksum, which show what a crash, a
//! failing disk or whoever moved files has damaged: that counts as not stored. Nothing that goes wrong
//! with a cache stops the work; [`Cache::warnings`] lists it.
//!
//! A cache's folder may be a link. Inside it links are not followed, and only files that have the name
//! and the place of an entry are ever removed.

mod entry;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::take::Take;

/// The number of the form that entries are stored in. What has an earlier form is not read, only trimmed.
const FORM: u32 = 4;

/// Hexadecimal digits of a key, and how many of them name the folder that its entry is in; the others name
/// its file.
const KEY: usize = 64;
const SHELF: usize = 2;

/// How many folders inside a cache's folder an entry lies in.
const INSIDE: usize = 2;

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
    warnings: Mutex<Vec<Message>>,
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
    /// Of kind `Write` if the folder cannot be made, or one in it is a link or a file.
    pub fn open(folder: &Path) -> Result<Cache, Error> {
        let failed = |cause| Error::write(folder, cause);
        fs::create_dir_all(folder).map_err(failed)?;
        let entries = entries(folder, FORM);
        make_folder(&entries).map_err(|cause| Error::write(&entries, cause))?;
        // A new file is never written through a link.
        match File::create_new(folder.join(TAG.0))
            .and_then(|mut tag| tag.write_all(TAG.1.as_bytes()))
        {
            Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(failed(cause)),
            _ => Ok(Cache { folder: folder.to_owned(), warnings: Mutex::default() }),
        }
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
                self.warn(message!("cannot read {path}: {error}", path = path.display(), error));
                return None;
            }
        };
        let stored = entry::decode(&bytes, key, sample_rate);
        if stored.is_none() {
            self.warn(message!(
                "{path} is damaged, or is another entry; its utterance is spoken again",
                path = path.display()
            ));
        }
        stored
    }

    /// Stores a take under a key.
    pub fn put(&self, key: &Digest, take: &Take) {
        // A take that the form has no room for is spoken each time.
        let Some(bytes) = entry::encode(key, take) else { return };
        let path = self.path(key);
        if let Err(error) = write(&path, &bytes) {
            self.warn(message!("cannot write {path}: {error}", path = path.display(), error));
        }
    }

    /// What went wrong since this was last asked, as sentences.
    pub fn warnings(&self) -> Vec<Message> {
        std::mem::take(&mut self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How much it holds, as far as its folders can be listed.
    ///
    /// # Errors
    /// Of kind `Read` if the cache's folder cannot be listed.
    pub fn usage(&self) -> Result<Usage, Error> {
        Ok(total(&self.stored()?))
    }

    /// Removes what was not used for the longest time until no more than so many bytes are left; gives
    /// what is left. It may remove what another process is about to read: that process then speaks it
    /// again. What cannot be removed does not stop it from removing others.
    ///
    /// # Errors
    /// Of kind `Read` if the cache's folder cannot be listed; of kind `Write` if a file cannot be
    /// removed.
    pub fn trim(&self, bytes: u64) -> Result<Usage, Error> {
        let mut stored = self.stored()?;
        stored.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        let mut left = total(&stored);
        let mut fault = None;
        for file in stored {
            if left.bytes <= bytes {
                break;
            }
            match fs::remove_file(&file.path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    fault.get_or_insert(Error::write(file.path, cause));
                }
                _ => left = Usage { entries: left.entries - 1, bytes: left.bytes - file.bytes },
            }
        }
        fault.map_or(Ok(left), Err)
    }

    fn path(&self, key: &Digest) -> PathBuf {
        let name = key.to_string();
        let (shelf, rest) = name.split_at(SHELF);
        entries(&self.folder, FORM).join(shelf).join(rest).with_extension(EXTENSION)
    }

    /// All entries, of every form; the temporary files of killed processes are removed on the way. What is
    /// no entry is left alone, with a warning.
    fn stored(&self) -> Result<Vec<Shelved>, Error> {
        fs::read_dir(&self.folder).map_err(|cause| Error::read(&self.folder, cause))?;
        let mut stored = Vec::new();
        for folder in (1..=FORM).map(|form| entries(&self.folder, form)) {
            for shelf in self.list(&folder) {
                if !is_hexadecimal(&shelf, SHELF) {
                    self.warn_of_stranger(&shelf);
                    continue;
                }
                for path in self.list(&shelf) {
                    // It may be gone by now.
                    let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
                    let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                    if metadata.is_file() && is_entry(&path) {
                        stored.push(Shelved { used, path, bytes: metadata.len() });
                    } else if metadata.is_file() && is_temporary(&path) {
                        if used.elapsed().is_ok_and(|age| age > ABANDONED) {
                            let _ = fs::remove_file(path);
                        }
                    } else {
                        self.warn_of_stranger(&path);
                    }
                }
            }
        }
        Ok(stored)
    }

    /// What is in a folder of the cache; nothing, with a warning, if it cannot be listed or is none.
    fn list(&self, folder: &Path) -> Vec<PathBuf> {
        let listed = || -> io::Result<Vec<PathBuf>> {
            check_folder(folder)?;
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
        };
        listed().unwrap_or_else(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                self.warn(message!(
                    "cannot list {folder}: {error}",
                    folder = folder.display(),
                    error
                ));
            }
            Vec::new()
        })
    }

    fn warn_of_stranger(&self, path: &Path) {
        // Programs that show folders keep hidden files in them.
        if path.file_name().unwrap_or_default().as_encoded_bytes().starts_with(b".") {
            return;
        }
        self.warn(message!(
            "{path} does not belong to the cache; it is left alone",
            path = path.display()
        ));
    }

    fn warn(&self, what: Message) {
        let mut warnings = self.warnings.lock().unwrap_or_else(PoisonError::into_inner);
        if warnings.len() < MOST_WARNINGS {
            warnings.push(what);
        }
    }
}

fn total(stored: &[Shelved]) -> Usage {
    Usage { entries: stored.len() as u64, bytes: stored.iter().map(|file| file.bytes).sum() }
}

/// The folder of the entries of a form inside a cache's folder.
fn entries(folder: &Path, form: u32) -> PathBuf {
    folder.join(format!("utterances-{form}"))
}

fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Whether a file has the name of an entry.
fn is_entry(path: &Path) -> bool {
    let is_extension = path.extension().is_some_and(|extension| extension == EXTENSION);
    is_extension && is_hexadecimal(&path.with_extension(""), KEY - SHELF)
}

/// Whether the name of a file or folder is so many hexadecimal digits.
fn is_hexadecimal(path: &Path, digits: usize) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.len() == digits && name.iter().all(u8::is_ascii_hexdigit)
}

/// An error unless this is a folder, and no link to one.
fn check_folder(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder)?.is_dir() {
        true => Ok(()),
        false => Err(io::Error::other("it is no folder; a cache has no links in it")),
    }
}

/// Makes a folder of the cache, unless it is there.
fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => check_folder(folder),
        made => made,
    }
}

/// The bytes of an entry, which counts as used now.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    path.ancestors().skip(1).take(INSIDE).try_for_each(check_folder)?;
    // Whoever opens a pipe waits until someone writes to it.
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
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
    let mut folders: Vec<&Path> = path.ancestors().skip(1).take(INSIDE + 1).collect();
    let shelf = folders[0];
    folders.pop().map_or(Ok(()), fs::create_dir_all)?;
    folders.into_iter().rev().try_for_each(make_folder)?;
    let mut file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(shelf)?;
    file.write_all(bytes)?;
    file.into_temp_path().persist(path)?;
    Ok(())
}
