//! What a person has decided of an article of a show, in a file beside it: what is said of it, and how it is
//! read and spoken. The studio of `docbao serve` writes such files.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::address;
use super::metadata::EpisodeMetadata;
use crate::files::bounded;
use crate::model::article::Article;
use crate::model::date::PublicationDate;
use crate::model::edits::Edits;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::request::{Heeded, LexiconText, Request};
use crate::model::voice_settings::VoiceSettings;

/// What the name of the file adds to that of the article's.
const ENDING: &str = "docbao.json";

/// What a person has decided of an article. What is `None` or empty is as for the others of its show.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Decided {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it is published.
    pub date: Option<PublicationDate>,
    /// Where it is on the web.
    pub link: Option<String>,
    /// Which of its blocks are read, and how its sentences are spoken.
    pub edits: Edits,
    /// Readings that beat those of the show.
    pub lexicon: Option<LexiconText>,
    /// Who speaks it, and how.
    pub voice: Option<VoiceSettings>,
    /// Who speaks parts of it instead.
    pub voices: BTreeMap<String, VoiceSettings>,
}

impl Decided {
    /// The file of an article's: `bao.txt.docbao.json` of `bao.txt`.
    #[must_use]
    pub fn path(article: &Path) -> PathBuf {
        let mut path = article.as_os_str().to_owned();
        path.push(".");
        path.push(ENDING);
        path.into()
    }

    /// What was decided of the article in a file; nothing if there is no file of it.
    ///
    /// # Errors
    /// Of kind `Read` if it cannot be read; of kind `Input` if it is of another form.
    pub fn of(article: &Path) -> Result<Decided, Error> {
        let path = Decided::path(article);
        let bytes = match bounded::read(&path, bounded::LISTS) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Decided::default()),
            read => read.map_err(|cause| Error::read(&path, cause))?,
        };
        serde_json::from_slice(&bytes).map_err(|error| {
            let reason = message!(
                "is not what was decided of an article: {error}",
                error = error.to_string()
            );
            Error::input(path.display().to_string(), reason)
        })
    }

    /// Has an article say of itself what was decided.
    pub(super) fn describe(&self, article: &mut Article) {
        let metadata = &mut article.metadata;
        metadata.title = self.title.clone().or(metadata.title.take());
        metadata.date = self.date.or(metadata.date);
        if let Some(author) = &self.author {
            metadata.authors = vec![author.clone()];
        }
    }

    /// Has a feed link to where the article is, if its own front matter does not say.
    pub(super) fn link(&self, metadata: &mut EpisodeMetadata) {
        metadata.link = metadata.link.take().or_else(|| self.checked_link());
    }

    /// Where the article is, if that is a web address.
    pub(super) fn checked_link(&self) -> Option<String> {
        let link = self.link.as_deref().and_then(|link| address::checked(link).ok());
        link.map(|link| link.to_string())
    }

    /// How the article is read and spoken, where the others are in this manner.
    pub(super) fn request(&self, manner: &Request) -> Request {
        let mut request = manner.clone();
        request.reading.edits.clone_from(&self.edits);
        request.reading.lexicons.extend(self.lexicon.clone());
        if let Some(voice) = &self.voice {
            request.voice = voice.clone();
            request.heeded = Heeded::default();
        }
        let voices = self.voices.iter();
        voices.fold(request, |request, (part, voice)| request.voice_for(part, voice.clone()))
    }
}
