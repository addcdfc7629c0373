//! Where outputs go. A unit that was done once is known by its key, so that a second delivery does nothing.

use std::fs;
use std::path::{Path, PathBuf};

use super::bucket::{Bucket, SCHEME};
use super::unit::Unit;
use crate::files::AtomicFile;
use crate::model::error::Error;

/// The folder of the keys of what is done.
const KEYS: &str = ".docbao-farm";

/// A folder that all workers see, or a bucket of a store of objects.
pub enum Store {
    /// A folder.
    Folder(PathBuf),
    /// A bucket, and the folder of this worker for what is being made.
    Bucket(Box<Bucket>, tempfile::TempDir),
}

impl Store {
    /// The place with this name: `s3://BUCKET/PREFIX`, or a folder, which is made if it is not there.
    ///
    /// # Errors
    /// Of kind `Write` if a folder cannot be made; of kind `Request` if the name or the environment of a
    /// bucket is wrong.
    pub fn open(name: &Path) -> Result<Store, Error> {
        if let Some(place) = name.to_str().and_then(|name| name.strip_prefix(SCHEME)) {
            let folder =
                tempfile::tempdir().map_err(|cause| Error::write(std::env::temp_dir(), cause))?;
            return Ok(Store::Bucket(Box::new(Bucket::open(place)?), folder));
        }
        fs::create_dir_all(name).map_err(|cause| Error::write(name, cause))?;
        Ok(Store::Folder(name.to_owned()))
    }

    /// Whether all that a unit makes is there.
    ///
    /// # Errors
    /// If the store cannot be asked.
    pub fn has(&self, unit: &Unit) -> Result<bool, Error> {
        let key = key_name(unit);
        match self {
            Store::Folder(folder) => {
                let all = unit.files()?.iter().all(|file| file.in_folder(folder).is_file());
                Ok(all && folder.join(key).is_file())
            }
            Store::Bucket(bucket, _) => bucket.has(&key),
        }
    }

    /// The folder in which the outputs of a unit are made, with those for their names in it.
    ///
    /// # Errors
    /// Of kind `Write` if one cannot be made.
    pub fn prepare(&self, unit: &Unit) -> Result<&Path, Error> {
        let folder = match self {
            Store::Folder(folder) => folder.as_path(),
            Store::Bucket(_, folder) => folder.path(),
        };
        for file in unit.files()? {
            let path = file.in_folder(folder);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(|cause| Error::write(parent, cause))?;
        }
        Ok(folder)
    }

    /// Keeps what was made in the folder of [`Store::prepare`], and the key last.
    ///
    /// # Errors
    /// Of kind `Write` or `Program` if that fails; of kind `Request` if something else is there under one
    /// of its names, where nothing is written over.
    pub fn keep(&self, unit: &Unit) -> Result<(), Error> {
        let key = key_name(unit);
        match self {
            Store::Folder(folder) => {
                let path = folder.join(key);
                let parent = path.parent().unwrap_or(folder);
                fs::create_dir_all(parent).map_err(|cause| Error::write(parent, cause))?;
                AtomicFile::create(&path)?.finish()
            }
            Store::Bucket(bucket, folder) => {
                // The main output comes last, as in a folder.
                for file in unit.files()?.iter().rev() {
                    let path = file.in_folder(folder.path());
                    let bytes = fs::read(&path).map_err(|cause| Error::read(&path, cause))?;
                    bucket.put(file.as_str(), &bytes)?;
                    fs::remove_file(&path).map_err(|cause| Error::write(&path, cause))?;
                }
                bucket.put(&key, b"")
            }
        }
    }
}

/// The name under which it is kept that a unit is done.
fn key_name(unit: &Unit) -> String {
    let key = unit.key.to_string();
    // A million names in one folder are slow on some file systems.
    format!("{KEYS}/{}/{key}", &key[..2])
}
