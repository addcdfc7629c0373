//! The files of an episode.

use std::fs;
use std::io;
use std::path::Path;

use super::artwork::Artwork;
use super::chapters;
use super::item::{FileRef, Item, SoundRef, integrity};
use super::metadata::EpisodeMetadata;
use super::publish;
use super::register::Identity;
use super::show::Show;
use crate::batch::FileRecord;
use crate::job::Produced;
use crate::model::error::Error;
use crate::model::request::{Content, Output, Outputs, Request, Target};
use crate::model::tags::{Chapter, Cover, Tags};
use crate::sound::captions::Captions;

/// The folder of the episodes below that of the feed.
pub(super) const FOLDER: &str = "episodes";

/// The formats of transcripts: those that the podcast namespace names.
const CAPTIONS: [Captions; 3] = [Captions::VTT, Captions::SRT, Captions::TRANSCRIPT];

/// What is the same for all episodes of a build.
pub(super) struct Making<'a> {
    pub show: &'a Show,
    /// The folder of the feed.
    pub output: &'a Path,
    /// How articles are read and spoken, and when they are refused.
    pub manner: &'a Request,
    /// The picture that goes into the sound files.
    pub cover: Option<Cover>,
}

/// An episode to be made.
pub(super) struct Episode<'a> {
    pub metadata: &'a EpisodeMetadata,
    pub identity: &'a Identity,
    /// As it was in the feed before.
    pub before: Option<&'a Item>,
}

impl Making<'_> {
    /// What is asked for of an episode.
    pub(super) fn request(&self, episode: &Episode) -> Request {
        let folder = self.output.join(FOLDER);
        let name = &episode.identity.name;
        let file = |extension: &str, content| Output {
            target: Target::File(folder.join(format!("{name}.{extension}"))),
            content,
        };
        let sounds = self.show.formats.iter();
        let sounds = sounds.map(|format| file(format.name(), Content::audio(format.name())));
        let captions = CAPTIONS.iter().map(|format| {
            let content = Content::Captions { format: format.name().to_owned() };
            file(format.extension(), content)
        });
        let (show, said) = (self.show, episode.metadata);
        let tags = Tags {
            title: Some(said.title.clone()),
            author: Some(said.author.as_ref().unwrap_or(&show.author).clone()),
            album: Some(show.title.clone()),
            date: Some(said.date.day()),
            language: Some(show.language.clone()),
            source_url: said.link.clone(),
            comment: None,
            track: said.episode,
            cover: self.cover.clone(),
        };
        let outputs = Outputs {
            loudness: Some(show.loudness.name.to_owned()),
            files: sounds.chain(captions).collect(),
        };
        Request { outputs, tags, ..self.manner.clone() }
    }

    /// The episode as the feed has it, with what is known of its files, in the order of the request's
    /// outputs.
    ///
    /// # Errors
    /// As [`publish::file`], for its chapters and its picture.
    pub(super) fn item(
        &self,
        episode: &Episode,
        produced: &Produced,
        files: &[FileRecord],
    ) -> Result<Item, Error> {
        let Identity { guid, name } = episode.identity;
        let below = |extension: &str, mime: &str| FileRef {
            path: format!("{FOLDER}/{name}.{extension}"),
            mime: mime.to_owned(),
        };
        let sounds = self.show.formats.iter().zip(files).map(|(format, known)| SoundRef {
            file: below(format.name(), format.mime()),
            bytes: known.bytes,
            integrity: integrity(&known.sha256),
        });
        let image = episode.metadata.image.as_ref().map(|path| self.image(path, name));
        let transcripts = CAPTIONS.iter();
        Ok(Item {
            guid: guid.clone(),
            name: name.clone(),
            metadata: episode.metadata.clone(),
            sounds: sounds.collect(),
            seconds: produced.speech_seconds,
            transcripts: transcripts.map(|one| below(one.extension(), one.mime())).collect(),
            chapters: self.chapters(episode, &produced.chapters)?,
            image: image.transpose()?,
        })
    }

    /// Writes the chapters of an episode, if it has any, beside its sound.
    fn chapters(&self, episode: &Episode, chapters: &[Chapter]) -> Result<Option<FileRef>, Error> {
        if chapters.is_empty() {
            return Ok(None);
        }
        let path = chapters_path(&episode.identity.name);
        let (title, show) = (&episode.metadata.title, &self.show.title);
        let json = chapters::json(title, show, chapters);
        publish::file(&self.output.join(&path), json.as_bytes())?;
        Ok(Some(FileRef { path, mime: chapters::MIME.to_owned() }))
    }

    /// Puts the picture of an episode beside its sound.
    fn image(&self, path: &Path, name: &str) -> Result<String, Error> {
        let bytes = fs::read(path).map_err(|cause| Error::read(path, cause))?;
        let extension = Artwork::of_file(path, &bytes)?.extension();
        let below = format!("{FOLDER}/{name}.{extension}");
        publish::file(&self.output.join(&below), &bytes)?;
        Ok(below)
    }
}

fn chapters_path(name: &str) -> String {
    format!("{FOLDER}/{name}.chapters.json")
}

/// Removes the chapters that an episode no longer has, once no feed names them.
pub(super) fn tidy(output: &Path, item: &Item) -> Result<(), Error> {
    if item.chapters.is_some() {
        return Ok(());
    }
    let path = output.join(chapters_path(&item.name));
    match fs::remove_file(&path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(Error::write(path, cause)),
        _ => Ok(()),
    }
}
