//! The files of an episode.

use std::fs;
use std::io;
use std::path::Path;

use super::article::Told;
use super::build::{Wanted, picture, publish};
use super::chapters;
use super::item::{File, Item, Sound, integrity};
use super::register::Identity;
use super::show::Show;
use crate::batch::{self, Article, Ledger};
use crate::job::pipeline::Finding;
use crate::job::produce::{Outputs, Produced, Progress, Studio};
use crate::model::digest::Digest;
use crate::model::document::Document;
use crate::model::error::Error;
use crate::model::tags::{Chapter, Cover, Tags};
use crate::sound::captions::Captions;
use crate::sound::formats::Encoding;
use crate::sound::formats::Format;

/// The folder of the episodes below that of the feed.
pub(super) const FOLDER: &str = "episodes";

/// The formats of transcripts: those that the podcast namespace names.
const CAPTIONS: [Captions; 3] = [Captions::VTT, Captions::SRT, Captions::TRANSCRIPT];

/// What became of an episode.
pub(super) enum Built {
    /// Its files were made.
    Made(Produced, Item),
    /// Its files are as they would come out now.
    UpToDate(Produced, Item),
    /// It was not spoken, for these doubtful readings.
    Refused(Document, Vec<Finding>),
}

/// What is the same for all episodes of a build.
pub(super) struct Workshop<'a> {
    pub studio: &'a Studio,
    pub show: &'a Show,
    pub wanted: &'a Wanted<'a>,
    pub ledger: &'a Ledger,
    /// The picture that goes into the sound files.
    pub cover: Option<Cover>,
}

/// An episode to be made.
pub(super) struct Order<'a> {
    pub article: &'a Article,
    pub told: &'a Told,
    pub identity: &'a Identity,
    /// As it was in the feed before.
    pub before: Option<&'a Item>,
}

impl Workshop<'_> {
    /// Makes the files of an episode, unless they are up to date.
    pub fn build(
        &self,
        order: &Order,
        progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
    ) -> Result<Built, Error> {
        let path = &order.article.path;
        let bytes = fs::read(path).map_err(|cause| Error::read(path.clone(), cause))?;
        let name = path.display().to_string();
        let outputs = self.outputs(order)?;
        let set = Path::new(FOLDER).join(&order.identity.name);
        let article = (&name[..], &bytes[..], set.as_path());
        let again = self.wanted.again;
        match batch::build(self.studio, self.ledger, article, &outputs, again, progress)? {
            batch::Built::Made(produced) => {
                let item = self.item(order, &outputs, &produced, None)?;
                Ok(Built::Made(produced, item))
            }
            batch::Built::UpToDate(produced) => {
                let item = self.item(order, &outputs, &produced, order.before)?;
                Ok(Built::UpToDate(produced, item))
            }
            batch::Built::Refused(document, findings) => Ok(Built::Refused(document, findings)),
        }
    }

    /// What is to be made of the article.
    fn outputs(&self, order: &Order) -> Result<Outputs, Error> {
        let folder = self.wanted.output.join(FOLDER);
        let file = |extension: &str| folder.join(format!("{}.{extension}", order.identity.name));
        let sound =
            |format: &Format| Ok((file(format.name()), Encoding::new(*format, None, None)?));
        let mut sounds = self.show.formats.iter().map(sound).collect::<Result<Vec<_>, Error>>()?;
        let (audio, encoding) = sounds.remove(0);
        let captions = CAPTIONS.map(|format| (format, file(format.extension())));
        let (show, told) = (self.show, order.told);
        let tags = Tags {
            title: Some(told.title.clone()),
            author: Some(told.author.as_ref().unwrap_or(&show.author).clone()),
            album: Some(show.title.clone()),
            date: Some(told.date.day()),
            language: Some(show.language.clone()),
            source_url: told.link.clone(),
            comment: None,
            track: told.episode,
            cover: self.cover.clone(),
        };
        let (preset, captions) = (show.loudness, captions.into());
        Ok(Outputs { audio, encoding, others: sounds, preset, tags, captions })
    }

    /// The episode as the feed has it. `same` is how it was before, if its files are the same.
    fn item(
        &self,
        order: &Order,
        outputs: &Outputs,
        produced: &Produced,
        same: Option<&Item>,
    ) -> Result<Item, Error> {
        let Identity { guid, name } = order.identity;
        let known = |file: &File| same?.sounds.iter().find(|sound| sound.file == *file).cloned();
        let others = outputs.others.iter().map(|(path, encoding)| (path, encoding));
        let sounds = [(&outputs.audio, &outputs.encoding)].into_iter().chain(others);
        let sounds = sounds.map(|(path, encoding)| {
            let file = below(path, encoding.format().mime());
            known(&file).map_or_else(|| sound(path, file), Ok)
        });
        let image = order.told.image.as_ref().map(|path| self.image(path, order.identity));
        let transcripts = outputs.captions.iter();
        Ok(Item {
            guid: guid.clone(),
            name: name.clone(),
            told: order.told.clone(),
            sounds: sounds.collect::<Result<_, _>>()?,
            seconds: produced.speech_seconds,
            transcripts: transcripts.map(|(format, path)| below(path, format.mime())).collect(),
            chapters: self.chapters(order, &produced.chapters)?,
            image: image.transpose()?,
        })
    }

    /// Writes the chapters of an episode, if it has any, beside its sound.
    fn chapters(&self, order: &Order, chapters: &[Chapter]) -> Result<Option<File>, Error> {
        if chapters.is_empty() {
            return Ok(None);
        }
        let path = chapters_path(&order.identity.name);
        let (title, show) = (&order.told.title, &self.show.title);
        let json = chapters::json(title, show, chapters);
        publish(&self.wanted.output.join(&path), json.as_bytes())?;
        Ok(Some(File { path, mime: chapters::MIME.to_owned() }))
    }

    /// Puts the picture of an episode beside its sound.
    fn image(&self, path: &Path, identity: &Identity) -> Result<String, Error> {
        let bytes = fs::read(path).map_err(|cause| Error::read(path.to_owned(), cause))?;
        let extension = picture(path, &bytes)?.extension();
        let below = format!("{FOLDER}/{}.{extension}", identity.name);
        publish(&self.wanted.output.join(&below), &bytes)?;
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

/// A file of the episodes' folder.
fn below(path: &Path, mime: &str) -> File {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    File { path: format!("{FOLDER}/{name}"), mime: mime.to_owned() }
}

fn sound(path: &Path, file: File) -> Result<Sound, Error> {
    let (digest, bytes) =
        Digest::of_file(path).map_err(|cause| Error::read(path.to_owned(), cause))?;
    Ok(Sound { file, bytes, integrity: integrity(&digest) })
}
