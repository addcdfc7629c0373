//! What is known about the files in an output folder.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::files::{AtomicFile, bounded, file_name, sweep};
use crate::model::digest::Digest;
use crate::model::error::Error;

/// The folder of the ledger inside an output folder.
const FOLDER: &str = ".docbao";

/// A process that writes into the folder holds a lock on this file in it.
const LOCK: &str = "lock";

/// The records of an output folder, and the right to change what is in it: only one process can have
/// the ledger at a time.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    /// The folder of the records.
    records: PathBuf,
    _lock: File,
}

/// One set of files: what went in, what came out, and what was reported about it.
#[derive(Debug, Serialize, Deserialize)]
struct Record<R> {
    /// The digest of all that went in.
    key: Digest,
    /// The files, in the order of the outputs.
    files: Vec<FileRecord>,
    report: R,
}

/// A file that is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its length.
    pub bytes: u64,
    /// When it was written: as long as this and the length are what they were, the content is taken
    /// to be too, and otherwise it is read.
    modified: Option<SystemTime>,
    /// The digest of its content.
    pub sha256: Digest,
}

impl Ledger {
    /// Opens the ledger of a folder, which is made if it is not there.
    ///
    /// # Errors
    /// Of kind `Busy` if another process has it; of kind `Write` if the folder cannot be made or
    /// written to.
    pub fn open(folder: &Path) -> Result<Ledger, Error> {
        Ledger::with_records(folder, &folder.join(FOLDER))
    }

    /// Opens the ledger of a folder whose records are in another one. Both are made if they are not
    /// there.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn with_records(folder: &Path, records: &Path) -> Result<Ledger, Error> {
        fs::create_dir_all(folder).map_err(|cause| Error::write(folder, cause))?;
        let failed = |cause| Error::write(records, cause);
        fs::create_dir_all(records).map_err(failed)?;
        let path = records.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|cause| Error::write(path, cause))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(Error::busy(folder.to_owned())),
            // Some network folders have no locks: there the user must take care.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            Ok(()) => {}
        }
        Ok(Ledger { folder: folder.to_owned(), records: records.to_owned(), _lock: lock })
    }

    /// Removes the files that killed runs left beside these files and their records; gives how many it
    /// removed.
    pub fn sweep<'a>(&self, files: impl IntoIterator<Item = &'a Path>) -> usize {
        let mut folders = BTreeSet::new();
        for file in files {
            folders.extend(file.parent().map(Path::to_owned));
            if let Ok(set) = file.strip_prefix(&self.folder) {
                folders.extend(self.path(set).parent().map(Path::to_owned));
            }
        }
        folders.iter().map(|folder| sweep(folder)).sum()
    }

    /// What was reported about a set and what is known about its files, if the set was made with this
    /// key and its files are whole.
    #[must_use]
    pub fn whole<R>(
        &self,
        set: &Path,
        key: &Digest,
        files: &[&PathBuf],
    ) -> Option<(R, Vec<FileRecord>)>
    where
        R: Serialize + DeserializeOwned,
    {
        // A record that cannot be read does not count.
        let mut record: Record<R> =
            serde_json::from_slice(&bounded::read(&self.path(set), bounded::LISTS).ok()?).ok()?;
        if record.key != *key || record.files.len() != files.len() {
            return None;
        }
        let mut moved = false;
        for (file, known) in files.iter().zip(&mut record.files) {
            let found = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
            if found.len() != known.bytes {
                return None;
            }
            let modified = found.modified().ok();
            if modified.is_none() || modified != known.modified {
                // It was changed or copied: its content decides.
                if Digest::of_file(file).ok()? != (known.sha256, known.bytes) {
                    return None;
                }
                known.modified = modified;
                moved = true;
            }
        }
        if moved {
            // Where this fails, the files are read next time too.
            let _ = self.save(set, &record);
        }
        Some((record.report, record.files))
    }

    /// Records a set whose files have just been made; gives what is known about them.
    ///
    /// # Errors
    /// Of kind `Read` if a file cannot be read back; of kind `Write` if the record cannot be written.
    pub fn record<R: Serialize>(
        &self,
        set: &Path,
        key: Digest,
        files: &[&PathBuf],
        report: &R,
    ) -> Result<Vec<FileRecord>, Error> {
        let whole = |path: &&PathBuf| {
            let failed = |cause| Error::read((*path).clone(), cause);
            let modified = fs::metadata(path).and_then(|found| found.modified()).ok();
            let (sha256, bytes) = Digest::of_file(path).map_err(failed)?;
            Ok(FileRecord { bytes, modified, sha256 })
        };
        let files = files.iter().map(whole).collect::<Result<_, Error>>()?;
        let record = Record { key, files, report };
        self.save(set, &record)?;
        Ok(record.files)
    }

    /// Forgets a set whose files are gone. A record that stays does no harm.
    pub fn forget(&self, set: &Path) {
        let _ = fs::remove_file(self.path(set));
    }

    fn save<R: Serialize>(&self, set: &Path, record: &Record<R>) -> Result<(), Error> {
        let path = self.path(set);
        let failed = |cause| Error::write(path.clone(), cause);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = AtomicFile::create(&path)?;
        let text = serde_json::to_vec(record).map_err(|error| failed(error.into()))?;
        file.write_all(&text).map_err(failed)?;
        file.finish()
    }

    /// Where the record of a set is: in a folder of its own, so that no record has the name of the
    /// lock.
    fn path(&self, set: &Path) -> PathBuf {
        let name = file_name(set.file_name().unwrap_or_default(), ".json");
        self.records.join("made").join(set).with_file_name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_stands_while_its_key_and_its_files_are_what_they_were() {
        let root = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(root.path()).unwrap();
        let (sound, marks) = (root.path().join("sub/a.wav"), root.path().join("a.json"));
        fs::create_dir(root.path().join("sub")).unwrap();
        fs::write(&sound, "sound").unwrap();
        fs::write(&marks, "marks").unwrap();
        let (set, key, other) = (Path::new("sub/a.wav"), Digest::of(b"1"), Digest::of(b"2"));
        let files = [&marks, &sound];
        let found = |key| ledger.whole::<String>(set, key, &files).map(|(report, _)| report);
        assert_eq!(found(&key), None);
        ledger.record(set, key, &files, &"report").unwrap();
        assert_eq!(found(&key).as_deref(), Some("report"));
        assert_eq!(found(&other), None);
        assert_eq!(ledger.whole::<String>(set, &key, &files[..1]), None);
        assert_eq!(ledger.whole::<u32>(set, &key, &files), None, "a report of another kind");

        // Copied: another time, the same content; the record learns it.
        fs::write(&sound, "sound").unwrap();
        assert!(found(&key).is_some());
        let record = fs::read_to_string(root.path().join(".docbao/made/sub/a.wav.json")).unwrap();
        assert!(found(&key).is_some());
        let again = fs::read_to_string(root.path().join(".docbao/made/sub/a.wav.json")).unwrap();
        assert_eq!(record, again);

        fs::write(&sound, "soUnd").unwrap();
        assert_eq!(found(&key), None);
        fs::write(&sound, "sound and more").unwrap();
        assert_eq!(found(&key), None);
        fs::write(&sound, "sound").unwrap();
        assert!(found(&key).is_some());
        fs::remove_file(&marks).unwrap();
        assert_eq!(found(&key), None);
        fs::write(&marks, "marks").unwrap();
        fs::write(root.path().join(".docbao/made/sub/a.wav.json"), &record[..record.len() / 2])
            .unwrap();
        assert_eq!(found(&key), None, "a record cut short does not count");
    }

    #[test]
    fn a_set_may_have_a_name_as_long_as_file_systems_hold() {
        let root = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(root.path()).unwrap();
        let sets = ['a', 'b'].map(|end| format!("{}{end}.wav", "a".repeat(250)));
        let files = sets.each_ref().map(|set| root.path().join(set));
        for (set, file) in sets.iter().zip(&files) {
            fs::write(file, "sound").unwrap();
            ledger.record(Path::new(set), Digest::of(b"1"), &[file], set).unwrap();
        }
        for (set, file) in sets.iter().zip(&files) {
            let found = ledger.whole::<String>(Path::new(set), &Digest::of(b"1"), &[file]);
            assert_eq!(found.unwrap().0, *set);
        }
    }

    #[test]
    fn a_folder_has_one_ledger_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("new/out");
        let ledger = Ledger::open(&folder).unwrap();
        let error = Ledger::open(&folder).unwrap_err();
        assert!(error.to_string().contains("new/out"), "{error}");
        drop(ledger);
        Ledger::open(&folder).unwrap();
    }
}
