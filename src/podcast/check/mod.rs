//! Whether a feed's folder is fit to be published: what directories and players stumble over is told
//! with its place and the way out.

mod episode;
mod files;
mod pages;
mod show;
mod sound;
mod times;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use crate::model::error::Error;
use crate::podcast::address::BaseAddress;
use crate::podcast::stock::Stock;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Directories or players refuse it, or play it wrong.
    Error,
    /// It works, but is not what is asked for.
    Warning,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1, where the file has lines.
    pub line: Option<usize>,
    /// How bad it is.
    pub level: Level,
    /// What is wrong and what to do about it, as full sentences.
    pub message: String,
}

/// `file:line: error: what is wrong`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        let level = if self.level == Level::Error { "error" } else { "warning" };
        write!(f, " {level}: {}", self.message)
    }
}

/// What was found in a feed's folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CheckReport {
    /// Pages of the feed.
    pub pages: usize,
    /// Episodes on all pages.
    pub episodes: usize,
    /// What is wrong, by file and line.
    pub findings: Vec<Fault>,
}

impl CheckReport {
    /// How many findings are of a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}

/// What a check needs at every turn.
struct Inspection {
    folder: PathBuf,
    /// The address of the folder, if the feed has a link to itself.
    base: Option<BaseAddress>,
    findings: Vec<Fault>,
}

impl Inspection {
    fn tell(&mut self, level: Level, file: &Path, line: Option<usize>, message: String) {
        self.findings.push(Fault { file: file.to_owned(), line, level, message });
    }

    /// The path of the file with this address, if it is below the folder.
    fn local(&self, address: &str) -> Option<PathBuf> {
        self.base.as_ref()?.below(address).map(|below| self.folder.join(below))
    }

    /// The folder as messages name it.
    fn base(&self) -> &str {
        self.base.as_ref().map_or("the folder of the feed", BaseAddress::as_str)
    }
}

/// Checks a feed's folder, or the first page of a feed in it. The sound of all episodes is decoded
/// and measured against a preset of loudness, on the current thread pool: the one that is given, or
/// that the folder was made with, or else `apple`.
///
/// # Errors
/// [`Error::Read`] if the first page cannot be read; [`Error::Usage`] if there is no such preset.
pub fn check(path: &Path, loudness: Option<&str>) -> Result<CheckReport, Error> {
    let feed = if path.is_dir() { path.join("feed.xml") } else { path.to_owned() };
    let folder = feed.parent().unwrap_or(Path::new("")).to_owned();
    let stock = Stock::load(&folder);
    let judge = sound::Judge::new(loudness.or(stock.loudness()).unwrap_or("apple"))?;
    let text = fs::read(&feed).map_err(|cause| Error::read(feed.clone(), cause))?;
    let mut check = Inspection { folder, base: None, findings: Vec::new() };
    let (pages, episodes) = pages::read(&mut check, &feed, text);
    check.unique(&episodes);
    check.descending(&episodes);
    check.orphans(&episodes);
    let of_files: Vec<Vec<Fault>> =
        episodes.par_iter().map(|episode| files::findings(episode, &judge)).collect();
    let mut findings = check.findings;
    findings.extend(of_files.into_iter().flatten());
    findings.sort();
    findings.dedup();
    Ok(CheckReport { pages, episodes: episodes.len(), findings })
}

impl Inspection {
    /// No two episodes may be the same for players, nor share their sound.
    fn unique(&mut self, episodes: &[episode::ListedEpisode]) {
        let (mut guids, mut sounds) = (BTreeMap::new(), BTreeMap::new());
        for episode in episodes {
            let place = (episode.page.clone(), episode.line);
            let told = |(page, line): &(PathBuf, usize)| format!("{}:{line}", page.display());
            if let Some(guid) = &episode.guid
                && let Some(first) = guids.insert(guid.clone(), place.clone())
            {
                let message = format!(
                    "the GUID {guid} is that of the episode at {} too, and players show only \
                         one of them; give each its own",
                    told(&first)
                );
                self.tell(Level::Error, &episode.page, Some(episode.line), message);
            }
            if let Some(sound) = episode.sounds.first()
                && let Some(first) = sounds.insert(sound.url.clone(), place)
            {
                let message = format!("the episode at {} has the same enclosure", told(&first));
                self.tell(Level::Error, &episode.page, Some(sound.line), message);
            }
        }
    }

    /// The newest episode comes first.
    fn descending(&mut self, episodes: &[episode::ListedEpisode]) {
        for pair in episodes.windows(2) {
            let [newer, older] = pair else { continue };
            if let (Some(first), Some(second)) = (&newer.date, &older.date)
                && first < second
            {
                let message = "is newer than the episode before it; many programs take the \
                                   first of a feed for the newest"
                    .to_owned();
                self.tell(Level::Warning, &older.page, Some(older.line), message);
            }
        }
    }

    /// Files beside the enclosures that no episode names.
    fn orphans(&mut self, episodes: &[episode::ListedEpisode]) {
        let named: BTreeSet<PathBuf> =
            episodes.iter().flat_map(episode::ListedEpisode::files).collect();
        let folders: BTreeSet<&Path> = named.iter().filter_map(|file| file.parent()).collect();
        for folder in folders.into_iter().filter(|folder| *folder != self.folder) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                if !hidden && path.is_file() && !named.contains(&path) {
                    let message = "no episode names this file; delete it if it is no longer to be \
                                   had"
                    .to_owned();
                    self.findings.push(Fault {
                        file: path,
                        line: None,
                        level: Level::Warning,
                        message,
                    });
                }
            }
        }
    }
}
