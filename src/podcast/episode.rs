//! The files of an episode.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::articles::EpisodeArticle;
use super::artwork::Artwork;
use super::bulletin::BulletinItem;
use super::chapters::{self, ChapterInfo};
use super::item::{FileRef, Item, SoundRef, integrity, versioned};
use super::publish;
use super::records;
use super::register::Identity;
use super::show::Show;
use crate::batch::{FileRecord, Ledger};
use crate::files::{PathBelow, bounded};
use crate::job::Produced;
use crate::model::error::Error;
use crate::model::request::{Content, Output, Outputs, Request, Target};
use crate::model::tags::{Chapter, Cover, Tags};
use crate::sound::captions::Captions;
use crate::sound::formats::FORMATS;

/// The folder of the episodes below that of the feed.
pub(super) const FOLDER: &str = "episodes";

/// The formats of transcripts: those that the podcast namespace names.
const CAPTIONS: [Captions; 3] = [Captions::VTT, Captions::SRT, Captions::TRANSCRIPT];

/// What is the same for all episodes of a build.
pub(super) struct Making<'a> {
    pub show: &'a Show,
    /// The folder of the feed.
    pub output: &'a Path,
    /// The folder of the records.
    pub records: &'a Path,
    /// How articles are read and spoken, and when they are refused.
    pub manner: &'a Request,
    /// The picture that goes into the sound files.
    pub cover: Option<Cover>,
}

/// An episode to be made.
pub(super) struct Episode<'a> {
    pub article: &'a EpisodeArticle,
    pub identity: &'a Identity,
    /// As it was in the feed before.
    pub before: Option<&'a Item>,
    /// The version of its files.
    pub version: u32,
}

impl Episode<'_> {
    /// What its files are called.
    pub(super) fn stem(&self) -> String {
        versioned(&self.identity.name, self.version)
    }

    /// The path of one of its files below the folder of the feed.
    fn path(&self, extension: &str) -> Result<PathBelow, Error> {
        let path = format!("{FOLDER}/{}.{extension}", self.stem());
        PathBelow::parse(path).map_err(|reason| Error::input(self.stem(), reason))
    }
}

impl Making<'_> {
    /// What is asked for of an episode.
    pub(super) fn request(&self, episode: &Episode) -> Request {
        let folder = self.output.join(FOLDER);
        let name = episode.stem();
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
        let marks = Output {
            target: Target::File(records::marks(self.records, &name)),
            content: Content::Captions { format: Captions::JSON.name().to_owned() },
        };
        let (show, said) = (self.show, &episode.article.metadata);
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
            files: sounds.chain(captions).chain([marks]).collect(),
        };
        Request { outputs, tags, ..episode.article.request(show, self.manner) }
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
        let below = |extension: &str, mime: &str| {
            Ok(FileRef { path: episode.path(extension)?, mime: mime.to_owned() })
        };
        let sounds = self.show.formats.iter().zip(files).map(|(format, known)| {
            Ok(SoundRef {
                file: below(format.name(), format.mime())?,
                bytes: known.bytes,
                integrity: integrity(&known.sha256),
            })
        });
        let metadata = &episode.article.metadata;
        let image = metadata.image.as_ref();
        let image = image.map(|path| self.image(path, episode, &episode.stem()));
        let (chapters, pictures) = self.chapters(episode, &produced.chapters)?;
        let transcripts = CAPTIONS.iter().map(|one| below(one.extension(), one.mime()));
        Ok(Item {
            guid: guid.clone(),
            name: name.clone(),
            version: episode.version,
            metadata: metadata.clone(),
            sounds: sounds.collect::<Result<_, Error>>()?,
            seconds: produced.speech_seconds,
            transcripts: transcripts.collect::<Result<_, Error>>()?,
            chapters,
            image: image.transpose()?,
            pictures,
            page: episode.before.and_then(|item| item.page.clone()),
        })
    }

    /// Writes the chapters of an episode, if it has any, beside its sound, with their pictures.
    fn chapters(
        &self,
        episode: &Episode,
        chapters: &[Chapter],
    ) -> Result<(Option<FileRef>, Vec<PathBelow>), Error> {
        if chapters.is_empty() {
            return Ok((None, Vec::new()));
        }
        let mut pictures = Vec::new();
        let mut entries = Vec::new();
        for (chapter, item) in chapters.iter().zip(items_of(episode.article, chapters)) {
            let said = item.map(|(number, item)| (number, &item.metadata));
            let picture = said.and_then(|(number, said)| Some((number, said.image.as_ref()?)));
            let picture = picture.map(|(number, path)| {
                self.image(path, episode, &format!("{}{CHAPTER}{number}", episode.stem()))
            });
            let picture = picture.transpose()?;
            entries.push(ChapterInfo {
                chapter,
                image: picture.as_ref().map(|picture| self.show.base_url.join(picture.as_str())),
                link: said.and_then(|(_, said)| said.link.clone()),
            });
            pictures.extend(picture);
        }
        let path = episode.path(CHAPTERS)?;
        let (title, show) = (&episode.article.metadata.title, &self.show.title);
        let json = chapters::json(title, show, &entries);
        publish::file(&path.in_folder(self.output), json.as_bytes())?;
        Ok((Some(FileRef { path, mime: chapters::MIME.to_owned() }), pictures))
    }

    /// Puts a picture beside the sound of an episode, in a file of this name without its ending. It must be in
    /// the folder of the show: whoever wrote the article publishes no other file of this machine.
    fn image(&self, path: &Path, episode: &Episode, name: &str) -> Result<PathBelow, Error> {
        let real = |path: &Path| fs::canonicalize(path).map_err(|cause| Error::read(path, cause));
        let own = &self.show.folder;
        let own = if own.as_os_str().is_empty() { Path::new(".") } else { own };
        if !real(path)?.starts_with(real(own)?) {
            let reason = "is outside the folder of the show; put a copy of the picture there";
            return Err(Error::input(path.display().to_string(), reason));
        }
        let bytes =
            bounded::read(path, bounded::PICTURE).map_err(|cause| Error::read(path, cause))?;
        let extension = Artwork::of_file(path, &bytes)?.extension();
        let below = PathBelow::parse(format!("{FOLDER}/{name}.{extension}"));
        let below = below.map_err(|reason| Error::input(episode.stem(), reason))?;
        publish::file(&below.in_folder(self.output), &bytes)?;
        Ok(below)
    }
}

/// The article of a bulletin that each chapter is, with its number from 1; `None` for what is said before and
/// after them, and in other episodes.
fn items_of<'a>(
    article: &'a EpisodeArticle,
    chapters: &[Chapter],
) -> Vec<Option<(usize, &'a BulletinItem)>> {
    let mut items = article.bulletin.iter().flat_map(|bulletin| &bulletin.items).zip(1..);
    let mut parts = article.article.parts.iter().map(|part| {
        let item = if part.is_frame { None } else { items.next() };
        (&*part.title, item.map(|(item, number)| (number, item)))
    });
    // A part in which nothing is said is no chapter.
    let of = |chapter: &Chapter| parts.find(|(title, _)| *title == chapter.title)?.1;
    chapters.iter().map(of).collect()
}

/// What is before the number of a chapter in the name of its picture.
const CHAPTER: &str = ".chapter-";

/// The extension of chapters.
const CHAPTERS: &str = "chapters.json";

/// Removes what episodes were made of before, once no feed names it: files of their names, in another
/// version or of a kind that they no longer have. The version before stays for some days.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if one cannot be removed.
pub(super) fn tidy(ledger: &Ledger, output: &Path, items: &[Item]) -> Result<(), Error> {
    let folder = output.join(FOLDER);
    let named: HashSet<PathBuf> =
        items.iter().flat_map(Item::files).map(|path| path.in_folder(output)).collect();
    let known: HashMap<&str, &Item> = items.iter().map(|item| (item.name.as_str(), item)).collect();
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let file = entry.file_name();
        let parts = file.to_str().and_then(|file| parts(file, &known));
        let Some((item, version)) = parts.filter(|_| !named.contains(&path)) else { continue };
        if version + 1 == item.version && is_new(item, output) {
            continue;
        }
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(Error::write(path, cause));
            }
            _ if version != item.version => {
                ledger.forget(&Path::new(FOLDER).join(versioned(&item.name, version)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes the marks of episodes as they were before.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if a file cannot be removed.
pub(super) fn tidy_marks(records: &Path, items: &[Item]) -> Result<(), Error> {
    let marks = |item: &Item| records::marks(records, &versioned(&item.name, item.version));
    let kept: HashSet<PathBuf> = items.iter().map(marks).collect();
    for entry in fs::read_dir(records::marks_folder(records)).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_file() && !kept.contains(&path) {
            fs::remove_file(&path).map_err(|cause| Error::write(path, cause))?;
        }
    }
    Ok(())
}

/// What the files of an episode are called, by the name of one of them: `mua.2` of `mua.2.mp3`.
pub(super) fn stem_of(file: &str) -> Option<&str> {
    let captions = CAPTIONS.iter().map(|format| format.extension());
    let sounds = FORMATS.iter().map(|format| format.name());
    let mut extensions = captions.chain(sounds).chain([CHAPTERS, "html", "jpg", "png"]);
    let stem = extensions.find_map(|ending| file.strip_suffix(ending)?.strip_suffix('.'))?;
    let of_chapter = stem.rsplit_once(CHAPTER).filter(|(_, number)| number.parse::<u32>().is_ok());
    Some(of_chapter.map_or(stem, |(stem, _)| stem))
}

/// The name of the episode that a file is of, without its version: `mua` of `mua.2.mp3`.
pub(super) fn name_of(file: &str) -> Option<&str> {
    let stem = stem_of(file)?;
    let name = stem.rsplit_once('.').filter(|(_, version)| version.parse::<u32>().is_ok());
    Some(name.map_or(stem, |(name, _)| name))
}

/// Whether the sound of an episode was made not long ago.
fn is_new(item: &Item, output: &Path) -> bool {
    item.sounds.first().is_none_or(|sound| publish::is_new(&sound.file.path.in_folder(output)))
}

/// The episode that a file in the folder of episodes belongs to by its name, and the version in it, if
/// its extension is one that episodes have.
fn parts<'a>(file: &str, known: &HashMap<&str, &'a Item>) -> Option<(&'a Item, u32)> {
    let stem = stem_of(file)?;
    if let Some(item) = known.get(stem) {
        return Some((item, 1));
    }
    let (name, version) = stem.rsplit_once('.')?;
    let item = known.get(name)?;
    version.parse().ok().map(|version| (*item, version))
}
