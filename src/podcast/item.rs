//! An episode as the feed and the page show it.

use serde::{Deserialize, Serialize};

use super::metadata::EpisodeMetadata;
use crate::files::{FileStem, PathBelow};
use crate::model::digest::Digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// An episode whose files are there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Item {
    /// What players know it by.
    pub guid: String,
    /// What its files are called, without extension and version.
    pub name: FileStem,
    /// How often its files were made under other names: files that a feed names never change, so what
    /// is made anew is a new version.
    #[serde(default = "first")]
    pub version: u32,
    /// What the feed says of it.
    #[serde(alias = "told")]
    pub metadata: EpisodeMetadata,
    /// Its sound: the one for all players first, then others to choose.
    pub sounds: Vec<SoundRef>,
    /// Its duration in seconds.
    pub seconds: f64,
    /// Its text with times, in several formats.
    pub transcripts: Vec<FileRef>,
    /// Its chapters.
    pub chapters: Option<FileRef>,
    /// A picture of its own, below the feed's folder.
    pub image: Option<PathBelow>,
    /// The pictures of its chapters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<PathBelow>,
    /// The page where it is read along.
    #[serde(default)]
    pub page: Option<PathBelow>,
}

fn first() -> u32 {
    1
}

/// What the files of a version of an episode are called: `mua-lon`, then `mua-lon.2`.
pub(super) fn versioned(name: &FileStem, version: u32) -> String {
    if version == 1 { name.to_string() } else { format!("{name}.{version}") }
}

impl Item {
    /// Its files.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBelow> {
        let sounds = self.sounds.iter().map(|sound| &sound.file.path);
        let texts = self.transcripts.iter().chain(&self.chapters).map(|file| &file.path);
        sounds.chain(texts).chain(&self.image).chain(&self.pictures).chain(&self.page)
    }
}

/// A file of sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SoundRef {
    /// Where it is.
    pub file: FileRef,
    /// Its length in bytes.
    pub bytes: u64,
    /// What shows that it is whole (W3C Subresource Integrity): `sha256-…`.
    pub integrity: String,
}

/// A file of the feed's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileRef {
    /// Its path below the folder, with `/` between names.
    pub path: PathBelow,
    /// Its media type.
    pub mime: String,
}

/// A digest as W3C Subresource Integrity writes it.
pub(super) fn integrity(digest: &Digest) -> String {
    format!("sha256-{}", STANDARD.encode(digest.bytes()))
}
