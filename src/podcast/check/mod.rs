//! Whether a feed's folder is fit to be published: what directories and players do not accept is
//! reported with its place and the way out.

mod episode;
mod fault;
mod files;
mod inspection;
mod page;
mod pages;
mod show;
mod sound;
mod times;
mod together;

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

pub use self::fault::{Fault, Level};
use self::inspection::Inspection;
use crate::files::bounded;
use crate::model::error::Error;
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
    let mut check = Inspection { folder, base: None, faults: Vec::new() };
    let (pages, episodes) = pages::read(&mut check, &feed, text);
    check.unique(&episodes);
    check.descending(&episodes);
    check.orphans(&episodes);
    let of_files: Vec<Vec<Fault>> =
        episodes.par_iter().map(|episode| files::faults(episode, &judge)).collect();
    let mut faults = check.faults;
    faults.extend(of_files.into_iter().flatten());
    faults.sort();
    faults.dedup();
    Ok(CheckReport { pages, episodes: episodes.len(), faults })
}
