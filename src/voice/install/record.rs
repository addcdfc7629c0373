//! What is written down when a voice is installed.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{AtomicFile, bounded};
use crate::model::address::without_passwords;
use crate::model::digest::Digest;
use crate::model::error::Error;

/// What the files of a voice were when it was installed, and where they came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Address or path of the model; an address is without a password.
    pub source: String,
    /// The licence, if the catalogue has the voice.
    pub licence: Option<String>,
    /// The files.
    pub files: Vec<RecordedFile>,
}

/// A file as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedFile {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its digest.
    pub sha256: Digest,
}

impl Record {
    pub(super) fn path(folder: &Path, voice: &str) -> PathBuf {
        folder.join(format!("{voice}.installed.json"))
    }

    /// The record of a voice; one that cannot be read is none.
    pub(super) fn load(folder: &Path, voice: &str) -> Option<Record> {
        let bytes = bounded::read(&Record::path(folder, voice), bounded::SETTINGS).ok()?;
        let record: Record = serde_json::from_slice(&bytes).ok()?;
        // Earlier versions wrote down what they were given.
        Some(Record { source: without_passwords(&record.source).into_owned(), ..record })
    }

    pub(super) fn save(&self, folder: &Path, voice: &str) -> Result<(), Error> {
        let path = Record::path(folder, voice);
        let mut file = AtomicFile::create(&path)?;
        let bytes = serde_json::to_vec_pretty(self);
        let bytes = bytes.map_err(|cause| file.error(cause.into()))?;
        file.write_all(&bytes).map_err(|cause| file.error(cause))?;
        file.finish()
    }

    /// A file of it.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&RecordedFile> {
        self.files.iter().find(|file| file.name == name)
    }
}
