//! The episodes of all pages together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::episode::ListedEpisode;
use super::fault::Level;
use super::inspection::Inspection;
use crate::model::message::message;

impl Inspection {
    /// No two episodes may be the same for players, nor share their sound.
    pub(super) fn unique(&mut self, episodes: &[ListedEpisode]) {
        let (mut guids, mut sounds) = (BTreeMap::new(), BTreeMap::new());
        for episode in episodes {
            let place = (episode.page.clone(), episode.line);
            let written = |(page, line): &(PathBuf, usize)| format!("{}:{line}", page.display());
            if let Some(guid) = &episode.guid
                && let Some(first) = guids.insert(guid.clone(), place.clone())
            {
                let message = message!(
                    "the GUID {guid} is that of the episode at {first} too, and players show only \
                         one of them; give each its own",
                    guid,
                    first = written(&first)
                );
                self.report(Level::Error, &episode.page, Some(episode.line), message);
            }
            if let Some(sound) = episode.sounds.first()
                && let Some(first) = sounds.insert(sound.url.clone(), place)
            {
                let message = message!(
                    "the episode at {first} has the same enclosure",
                    first = written(&first)
                );
                self.report(Level::Error, &episode.page, Some(sound.line), message);
            }
        }
    }

    /// The newest episode comes first.
    pub(super) fn descending(&mut self, episodes: &[ListedEpisode]) {
        for pair in episodes.windows(2) {
            let [newer, older] = pair else { continue };
            if let (Some(first), Some(second)) = (&newer.date, &older.date)
                && first < second
            {
                let message = "is newer than the episode before it; many programs expect \
                               the newest first";
                self.report(Level::Warning, &older.page, Some(older.line), message);
            }
        }
    }

    /// A serial is heard in the order of its times and numbers, so no two may be the same, and they must
    /// not contradict each other.
    pub(super) fn serial(&mut self, episodes: &[ListedEpisode]) {
        if !self.is_serial {
            return;
        }
        let (mut dates, mut numbers) = (BTreeMap::new(), BTreeMap::new());
        for episode in episodes {
            let title = || episode.title.clone().unwrap_or_default();
            if let Some(date) = &episode.date
                && let Some(other) = dates.insert(date, title())
            {
                let message = message!(
                    "is published at the same time as “{other}”; players cannot tell which of a \
                     serial comes first: give each its own `date:`, with a time",
                    other
                );
                self.report(Level::Warning, &episode.page, Some(episode.line), message);
            }
            let Some(number) = episode.number else { continue };
            if let Some((other, _)) = numbers.insert(number, (title(), &episode.date)) {
                let message = message!(
                    "has the season and number of “{other}”; give each its own `episode:`",
                    other
                );
                self.report(Level::Warning, &episode.page, Some(episode.line), message);
            }
        }
        let mut before = None;
        for (number, (title, date)) in &numbers {
            if let Some((earlier, last)) = before.replace((title, date))
                && date < last
            {
                let at = episodes.iter().find(|episode| episode.number == Some(*number));
                let message = message!(
                    "comes after “{earlier}” by its number, and before it by its date; put them in \
                     one order",
                    earlier
                );
                if let Some(episode) = at {
                    self.report(Level::Warning, &episode.page, Some(episode.line), message);
                }
            }
        }
    }

    /// Files beside the enclosures that no episode names.
    pub(super) fn orphans(&mut self, episodes: &[ListedEpisode]) {
        let named: BTreeSet<PathBuf> = episodes.iter().flat_map(ListedEpisode::files).collect();
        let folders: BTreeSet<&Path> = named.iter().filter_map(|file| file.parent()).collect();
        // mua.mp3 beside mua.2.mp3 is for players that read the feed before.
        let things: BTreeSet<_> = named.iter().map(|file| thing(file)).collect();
        let is_version = |path: &Path| things.contains(&thing(path));
        for folder in folders {
            if folder == self.folder {
                continue;
            }
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                if !hidden && path.is_file() && !named.contains(&path) && !is_version(&path) {
                    let message = "no episode names this file; delete it if it is no longer \
                                   offered";
                    self.report(Level::Warning, &path, None, message);
                }
            }
        }
    }
}

/// What the files of an episode have in common in all versions: their folder, and their name up to the
/// first point.
fn thing(path: &Path) -> (Option<&Path>, String) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split_once('.').map_or(&*name, |(stem, _)| stem);
    (path.parent(), stem.to_owned())
}
