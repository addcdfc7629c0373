//! The episodes as they were last in the feed, kept in the records of the build: an episode whose article
//! can no longer be read stays published as it was.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::feed::{self, Page};
use super::item::Item;
use super::{publish, records};
use crate::files::{PathBelow, bounded};
use crate::model::error::Error;

/// Where they are kept, in the folder of the records.
const FILE: &str = "feed.json";

/// What was in the feed.
pub(super) struct Stock {
    folder: PathBuf,
    path: PathBuf,
    kept: StockFile,
}

#[derive(Default, Serialize, Deserialize)]
struct StockFile {
    /// The name of the preset of loudness.
    loudness: Option<String>,
    items: Vec<Item>,
    /// The files of music that are placeholders.
    #[serde(default)]
    placeholders: Vec<String>,
    /// The files of its pages, and those of the edition before.
    #[serde(default)]
    pages: Vec<String>,
    #[serde(default)]
    pages_before: Vec<String>,
}

impl Stock {
    /// What was last in the feed of a folder; a record that cannot be read is none.
    pub(super) fn load(folder: &Path) -> Stock {
        let path = records::find(folder, FILE);
        let bytes = bounded::read(&path, bounded::LISTS).unwrap_or_default();
        let kept = serde_json::from_slice(&bytes).unwrap_or_default();
        Stock { folder: folder.to_owned(), path, kept }
    }

    /// Where it is kept.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the preset of loudness they were made with.
    pub(super) fn loudness(&self) -> Option<&str> {
        self.kept.loudness.as_deref()
    }

    /// The files of music in them that are placeholders.
    pub(super) fn placeholders(&self) -> &[String] {
        &self.kept.placeholders
    }

    /// The episodes that were in the feed.
    pub(super) fn items(&self) -> &[Item] {
        &self.kept.items
    }

    /// The day of the bulletin that an article was in, by its path below the folder of the show.
    pub(super) fn bulletin_of(&self, file: &str) -> Option<String> {
        let has = |item: &&Item| item.metadata.items.iter().any(|listed| listed.file == file);
        self.kept.items.iter().find(has).map(|item| item.metadata.date.day())
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

    /// What is going to be in the feed.
    pub(super) fn with(
        self,
        loudness: &str,
        items: Vec<Item>,
        pages: &[Page],
        placeholders: Vec<String>,
    ) -> Stock {
        let pages: Vec<String> = pages.iter().map(|page| page.name.clone()).collect();
        let before =
            if pages == self.kept.pages { self.kept.pages_before } else { self.kept.pages };
        let loudness = Some(loudness.to_owned());
        let kept = StockFile { loudness, items, placeholders, pages, pages_before: before };
        Stock { kept, ..self }
    }

    /// Keeps it.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write).
    pub(super) fn save(&self) -> Result<(), Error> {
        let bytes = serde_json::to_vec(&self.kept);
        let bytes = bytes.map_err(|e| Error::write(self.path.clone(), e.into()))?;
        publish::file(&self.path, &bytes)
    }

    /// Removes pages of older feeds, once the first page names them no more. Those of the edition
    /// before stay for some days, for players that have its first page.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if one cannot be removed.
    pub(super) fn tidy_pages(&self) -> Result<(), Error> {
        let StockFile { pages, pages_before: before, .. } = &self.kept;
        let is_new = publish::is_new(&self.folder.join(feed::FIRST));
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let file = entry.file_name();
            let Some(name) = file.to_str().filter(|name| feed::is_later_page(name)) else {
                continue;
            };
            let is = |names: &[String]| names.iter().any(|known| known == name);
            let is_asked_for = is(pages) || is_new && is(before);
            if !is_asked_for {
                let path = entry.path();
                fs::remove_file(&path).map_err(|cause| Error::write(path, cause))?;
            }
        }
        Ok(())
    }
}
