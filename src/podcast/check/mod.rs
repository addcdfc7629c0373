//! Whether a feed's folder is fit to be published: what directories and players do not accept is
//! reported with its place and the way out.

mod episode;
mod fault;
mod files;
mod inspection;
mod page;
mod pages;
mod placeholder;
mod said;
mod show;
mod sound;
mod times;
mod together;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use self::episode::ListedEpisode;
pub use self::fault::{Fault, Level};
use self::inspection::Inspection;
use crate::files::bounded;
use crate::model::error::Error;
use crate::model::message::message;
use crate::podcast::stock::Stock;

/// What was found in a feed's folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CheckReport {
    /// Pages of the feed.
    pub pages: usize,
    /// Episodes on all pages.
    pub episodes: usize,
    /// What is wrong, by file and line.
    pub faults: Vec<Fault>,
}

impl CheckReport {
    /// How many faults are of a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.faults.iter().filter(|fault| fault.level == level).count()
    }
}

/// Checks a feed's folder, or the first page of a feed in it. The sound of all episodes is decoded
/// and measured against a preset of loudness, on the current thread pool: the one that is given, or
/// that the folder was made with, or else `apple`.
///
/// # Errors
/// [`ErrorKind::Read`](crate::model::error::ErrorKind::Read) if the first page cannot be read;
/// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if there is no such preset.
pub fn check(path: &Path, loudness: Option<&str>) -> Result<CheckReport, Error> {
    let feed = if path.is_dir() { path.join("feed.xml") } else { path.to_owned() };
    let folder = feed.parent().unwrap_or(Path::new("")).to_owned();
    let stock = Stock::load(&folder);
    let judge = sound::Judge::new(loudness.or(stock.loudness()).unwrap_or("apple"))?;
    let text =
        bounded::read(&feed, bounded::LISTS).map_err(|cause| Error::read(feed.clone(), cause))?;
    let mut check = Inspection { folder, base: None, is_serial: false, faults: Vec::new() };
    let (pages, episodes) = pages::read(&mut check, &feed, text);
    check.unique(&episodes);
    check.descending(&episodes);
    check.serial(&episodes);
    check.orphans(&episodes);
    let of_files: Vec<Vec<Fault>> =
        episodes.par_iter().map(|episode| files::faults(episode, &judge)).collect();
    for music in stock.placeholders() {
        let message = message!(
            "the music {music} is the placeholder that `docbao podcast init` wrote; put your own in its \
             place, or remove its line from podcast.toml, and build again",
            music
        );
        check.report(Level::Warning, &feed, None, message);
    }
    let mut faults = check.faults;
    faults.extend(of_files.into_iter().flatten());
    name_articles(&mut faults, &episodes);
    faults.sort();
    faults.dedup();
    Ok(CheckReport { pages, episodes: episodes.len(), faults })
}

/// Says of each fault which article it concerns: the one whose part of the feed or whose file it is in.
fn name_articles(faults: &mut [Fault], episodes: &[ListedEpisode]) {
    let files: HashMap<PathBuf, &ListedEpisode> = episodes
        .iter()
        .flat_map(|episode| episode.files().into_iter().map(move |file| (file, episode)))
        .collect();
    for fault in faults {
        let is_within = |episode: &&ListedEpisode| {
            let lines = episode.line..=episode.last_line;
            episode.page == fault.file && fault.line.is_some_and(|line| lines.contains(&line))
        };
        let of_file = files.get(&fault.file).copied();
        let episode = of_file.or_else(|| episodes.iter().find(is_within));
        fault.article = episode.and_then(|episode| episode.title.clone());
    }
}
