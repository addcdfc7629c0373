//! The lexicons that count without being named: the user's own and the project's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::config;
use crate::model::error::Error;
use crate::model::request::{LexiconText, Source};
use crate::text::lexicon_file;

/// The name of a project's lexicon.
pub(super) const PROJECT: &str = "docbao.lexicon.tsv";

/// The name of the user's own lexicon, in the folder of the user's settings.
const USER: &str = "lexicon.tsv";

/// Where the user's own lexicon is, or would be; `None` where the user has no folder for settings.
pub(super) fn user() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("docbao").join(USER))
}

/// The lexicon of the project that a folder is in: the first that is in the folder or in one above it. The
/// search ends at the first folder with a settings file, which is the project's.
pub(super) fn project(folder: &Path) -> Option<PathBuf> {
    let folders = folders(folder)?;
    let found = folders
        .iter()
        .find(|it| it.join(PROJECT).is_file() || it.join(config::FILE_NAME).is_file())?;
    let lexicon = found.join(PROJECT);
    lexicon.is_file().then(|| shortened(lexicon))
}

/// Where the lexicon of the project is, or would be, that a folder is in: beside its settings file, or else
/// in the folder itself.
pub(super) fn project_or_new(folder: &Path) -> PathBuf {
    project(folder).unwrap_or_else(|| {
        let folders = folders(folder).unwrap_or_default();
        let settled = folders.into_iter().find(|it| it.join(config::FILE_NAME).is_file());
        shortened(settled.unwrap_or_else(|| folder.to_owned()).join(PROJECT))
    })
}

/// A folder and those above it, the nearest first.
fn folders(folder: &Path) -> Option<Vec<PathBuf>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // With links followed, so that `..` leads where the folder is.
    let folder = std::fs::canonicalize(folder).ok()?;
    Some(folder.ancestors().map(Path::to_owned).collect())
}

/// A path without the folder in which the program runs.
fn shortened(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    match here.ok().and_then(|here| path.strip_prefix(here).map(Path::to_owned).ok()) {
        Some(below) => below,
        None => path,
    }
}

/// The folders of the files of a source; the one in which the program runs if it has none.
pub(super) fn folders_of(source: &Source) -> Vec<PathBuf> {
    let files = source.files();
    let mut folders: Vec<PathBuf> =
        files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
    folders.dedup();
    if folders.is_empty() { vec![PathBuf::new()] } else { folders }
}

/// The lexicons of projects, each read once.
#[derive(Default)]
pub(super) struct Projects {
    by_folder: BTreeMap<PathBuf, Option<LexiconText>>,
    by_file: BTreeMap<PathBuf, LexiconText>,
}

impl Projects {
    /// The lexicons of the projects that the files of a source are in.
    ///
    /// # Errors
    /// As [`lexicon_file::read`].
    pub(super) fn of(&mut self, source: &Source) -> Result<Vec<LexiconText>, Error> {
        let mut found: Vec<LexiconText> = Vec::new();
        for folder in folders_of(source) {
            if !self.by_folder.contains_key(&folder) {
                let lexicon = match project(&folder) {
                    Some(file) => Some(self.read(file)?),
                    None => None,
                };
                self.by_folder.insert(folder.clone(), lexicon);
            }
            let lexicon = self.by_folder[&folder].clone();
            found.extend(lexicon.filter(|lexicon| !found.contains(lexicon)));
        }
        Ok(found)
    }

    fn read(&mut self, file: PathBuf) -> Result<LexiconText, Error> {
        if let Some(known) = self.by_file.get(&file) {
            return Ok(known.clone());
        }
        let lexicon = lexicon_file::read(&file)?;
        self.by_file.insert(file, lexicon.clone());
        Ok(lexicon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_lexicon_of_the_project_counts_and_no_other_projects() {
        let root = tempfile::tempdir().unwrap();
        let root = std::fs::canonicalize(root.path()).unwrap();
        let put = |name: &str| {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "").unwrap();
            path
        };
        let inner = root.join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        assert_eq!(project_or_new(&inner), inner.join(PROJECT));
        let outer = put(PROJECT);
        assert_eq!(project(&inner), Some(outer.clone()));
        let nearer = put(&format!("a/{PROJECT}"));
        assert_eq!(project(&inner), Some(nearer));
        assert_eq!(project(&root), Some(outer));
        // A project of its own, which has none yet.
        put("a/b/docbao.toml");
        assert_eq!((project(&inner), project_or_new(&inner)), (None, inner.join(PROJECT)));
        assert_eq!(project(&root.join("none")), None);
    }
}
