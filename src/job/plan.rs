//! The outputs of a request, checked: every format is known and every setting possible.

use std::borrow::Cow;
use std::path::Path;

use crate::files::{AtomicFile, keep_inputs};
use crate::model::design::Role;
use crate::model::error::{Error, Hint};
use crate::model::request::{Content, Output, Outputs, Request, Target};
use crate::sound::Medium;
use crate::sound::captions::Captions;
use crate::sound::formats::Encoding;
use crate::sound::master::Preset;

/// An output with the sound in it: a file of sound, or a book.
pub(super) struct Sound<'a> {
    pub target: &'a Target,
    /// How its sound is encoded.
    pub encoding: Encoding,
    /// If it is a book, the title of the one whose article has none.
    pub book: Option<&'a str>,
}

impl<'a> Sound<'a> {
    /// An output in this medium.
    ///
    /// # Errors
    /// As [`Encoding::new`].
    fn new(
        target: &'a Target,
        medium: Medium,
        (sample_rate, bitrate): (Option<u32>, Option<u32>),
        title: &'a str,
    ) -> Result<Sound<'a>, Error> {
        let encoding = Encoding::new(medium.format(), sample_rate, bitrate)?;
        Ok(Sound { target, encoding, book: (medium == Medium::Book).then_some(title) })
    }
}

/// What is to be written, in the order in which the files take their names: the main sound last.
pub(super) struct Plan<'a> {
    /// Captions and marks.
    pub captions: Vec<(Captions, &'a Target)>,
    /// Scripts.
    pub scripts: Vec<&'a Target>,
    /// The main sound.
    pub main: Sound<'a>,
    /// The same sound in other formats.
    pub others: Vec<Sound<'a>>,
    /// Pages, with the titles of those whose article has none.
    pub pages: Vec<(&'a str, &'a Target)>,
    /// How loud the sound is.
    pub preset: Preset,
}

impl<'a> Plan<'a> {
    /// The plan of the outputs of a request.
    ///
    /// # Errors
    /// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if a format or a preset is not
    /// known, a setting of a format is not possible, there is no sound, a page is to have a book as
    /// its sound, or subtitles that have their times are to make room for music.
    pub(super) fn of(request: &'a Request) -> Result<Plan<'a>, Error> {
        let has = |role| request.design.music.contains_key(&role);
        if request.reading.fit && (has(Role::Intro) || has(Role::Sting)) {
            let reason = "subtitles that are heard when they are shown leave no room for an intro and \
                          stings";
            let hint = Hint::omit(&["fit"]);
            return Err(Error::request(reason).with_hint(hint));
        }
        let plan = Plan::new(&request.outputs)?;
        let preset = if request.design.is_empty() { plan.preset } else { plan.preset.with_music() };
        Ok(Plan { preset, ..plan })
    }

    fn new(outputs: &'a Outputs) -> Result<Plan<'a>, Error> {
        let (mut captions, mut sounds, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        let mut scripts = Vec::new();
        for Output { target, content } in &outputs.files {
            match content {
                Content::Captions { format } => captions.push((format.parse()?, target)),
                Content::Script => scripts.push(target),
                Content::Page { title } => pages.push((title.as_str(), target)),
                Content::Audio { format, sample_rate, bitrate } => {
                    let medium = Medium::Audio(format.parse()?);
                    sounds.push(Sound::new(target, medium, (*sample_rate, *bitrate), "")?);
                }
                Content::Book { title, sample_rate, bitrate } => {
                    let choices = (*sample_rate, *bitrate);
                    sounds.push(Sound::new(target, Medium::Book, choices, title)?);
                }
            }
        }
        let mut sounds = sounds.into_iter();
        let main = sounds.next().ok_or_else(|| Error::request("no file of sound is asked for"))?;
        if main.book.is_some() && !pages.is_empty() {
            let reason = "a page has a file of sound, and the first sound asked for is a book";
            return Err(Error::request(reason));
        }
        let usual = if main.encoding.format().is_lossy() { "apple" } else { "none" };
        let preset = outputs.loudness.as_deref().unwrap_or(usual).parse()?;
        Ok(Plan { captions, scripts, main, others: sounds.collect(), pages, preset })
    }

    /// Finds out before anything is spoken whether every file can be written, and is none that is read.
    ///
    /// # Errors
    /// As [`AtomicFile::create`] and [`keep_inputs`].
    pub(super) fn check_files(&self, request: &Request) -> Result<(), Error> {
        let written = self.targets().filter_map(|target| match target {
            Target::File(path) => Some(path.as_path()),
            Target::Kept(_) => None,
        });
        let read = request.source.files().into_iter().chain(request.design.files());
        keep_inputs(read, written)?;
        self.targets().try_for_each(|target| match target {
            Target::File(path) => AtomicFile::create(path).map(|_| ()),
            Target::Kept(_) => Ok(()),
        })
    }

    /// A folder on the disk that has room for the sound.
    pub(super) fn spool_folder(&self) -> Cow<'a, Path> {
        let folder = self.targets().filter_map(|target| match target {
            Target::File(path) => path.parent(),
            Target::Kept(_) => None,
        });
        match folder.last() {
            Some(folder) if folder == Path::new("") => Cow::Borrowed(Path::new(".")),
            Some(folder) => Cow::Borrowed(folder),
            None => Cow::Owned(std::env::temp_dir()),
        }
    }

    fn targets(&self) -> impl Iterator<Item = &'a Target> {
        let captions = self.captions.iter().map(|(_, target)| *target);
        let sounds = self.others.iter().chain([&self.main]).map(|sound| sound.target);
        let captions = captions.chain(self.scripts.iter().copied());
        captions.chain(self.pages.iter().map(|(_, target)| *target)).chain(sounds)
    }
}

impl Request {
    /// The request with one more file, of sound or captions or a book, in the format that the ending of
    /// its name says.
    ///
    /// # Errors
    /// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if no format has
    /// this ending.
    pub fn output(mut self, path: impl AsRef<Path>) -> Result<Request, Error> {
        let path = path.as_ref();
        let content = match Captions::of(path) {
            Ok(captions) => Content::Captions { format: captions.name().to_owned() },
            Err(_) => {
                let title = path.file_stem().unwrap_or_default().to_string_lossy();
                Medium::of(path)?.content(None, None, &title)
            }
        };
        self.outputs.files.push(Output { target: Target::File(path.to_owned()), content });
        Ok(self)
    }
}
