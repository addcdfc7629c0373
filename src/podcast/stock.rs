//! The episodes as they were last in the feed, kept in the output folder: an episode whose article
//! can no longer be read stays published as it was.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::item::Item;
use super::publish;
use crate::files::{PathBelow, bounded};
use crate::model::error::Error;

/// Where they are kept, below the folder of the feed: beside the ledger.
const FILE: &str = ".docbao/feed.json";

/// What was in the feed.
pub(super) struct Stock {
    folder: PathBuf,
    kept: StockFile,
}

#[derive(Default, Serialize, Deserialize)]
struct StockFile {
    /// The name of the preset of loudness.
    loudness: Option<String>,
    items: Vec<Item>,
}

impl Stock {
    /// What was last in the feed of a folder; a record that cannot be read is none.
    pub(super) fn load(folder: &Path) -> Stock {
        let bytes = bounded::read(&folder.join(FILE), bounded::LISTS).unwrap_or_default();
        let kept = serde_json::from_slice(&bytes).unwrap_or_default();
        Stock { folder: folder.to_owned(), kept }
    }

    /// The name of the preset of loudness they were made with.
    pub(super) fn loudness(&self) -> Option<&str> {
        self.kept.loudness.as_deref()
    }

    /// The episodes that were in the feed.
    pub(super) fn items(&self) -> &[Item] {
        &self.kept.items
    }

    /// An episode as it was, if its files are still there in their length.
    pub(super) fn item(&self, guid: &str) -> Option<&Item> {
        let item = self.kept.items.iter().find(|item| item.guid == guid)?;
        let length = |path: &PathBelow| {
            fs::metadata(path.in_folder(&self.folder)).map(|found| found.len()).ok()
        };
        let sounds = item.sounds.iter().all(|s| length(&s.file.path) == Some(s.bytes));
        let mut others = item.transcripts.iter().chain(&item.chapters).map(|file| &file.path);
        (sounds && others.all(|path| length(path).is_some())).then_some(item)
    }

    /// Keeps what is going to be in the feed.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write).
    pub(super) fn save(&self, loudness: &str, items: &[Item]) -> Result<(), Error> {
        let path = self.folder.join(FILE);
        let kept = StockFile { loudness: Some(loudness.to_owned()), items: items.to_vec() };
        let bytes = serde_json::to_vec(&kept);
        let bytes = bytes.map_err(|e| Error::write(path.clone(), e.into()))?;
        publish::file(&path, &bytes)
    }
}
