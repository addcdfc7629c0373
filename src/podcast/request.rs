//! What is asked of a build.

use std::path::Path;

use jiff::Timestamp;

use crate::model::request::Request;

/// What is asked of a build.
#[derive(Debug, Clone, Copy)]
pub struct BuildRequest<'a> {
    /// The folder of `podcast.toml` and the articles.
    pub folder: &'a Path,
    /// The folder of the feed.
    pub output: &'a Path,
    /// Episodes of a later date are left out.
    pub now: Timestamp,
    /// Whether `now` may be earlier than an episode that was published, which is then taken back.
    pub earlier: bool,
    /// Whether a feed with episodes may be left without any.
    pub empties: bool,
    /// Whether a bulletin is made without those of its articles that cannot be read or are refused;
    /// otherwise it stays as it was.
    pub skips_failed: bool,
    /// Whether to make every file again.
    pub again: bool,
    /// How articles are read and spoken, and when they are refused: a request whose source, outputs
    /// and tags are not used.
    pub manner: &'a Request,
}
