//! `docbao page`.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{CacheArgs, ReadArgs, VoiceArgs, engines};
use super::outputs::SoundArgs;
use super::report::tell_warnings;
use super::{Failure, complain, interrupt, source};
use crate::job::produce::{self, Studio};
use crate::model::document::Document;
use crate::model::error::Error;
use crate::model::tags::Tags;
use crate::sound::captions::Captions;
use crate::sound::formats::Format;
use crate::sound::marks::read_marks;
use crate::sound::page::{self, PageSound};

/// The heading of the options that only this command has: [page] in a settings file.
const HEADING: &str = "Page";

/// The sound of a page, if no format is asked for: one that every browser plays.
const USUAL_SOUND: &str = if cfg!(feature = "mp3") { "sound.mp3" } else { "sound.m4a" };

/// Make a page to read along: the article, its sound, and every word marked as it is heard.
///
/// The page is one HTML file with everything in it, and opens in any browser without a network. A
/// click on a word plays from there; the keys are told at its end. Parts of the article that are not
/// read, such as captions, are shown dimmed. The sound is MP3 unless --format asks for another.
#[derive(Debug, Args)]
pub(super) struct Page {
    /// The articles; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the page goes: an .html file for one article, a folder for several. A folder is made if
    /// it is not there.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Take this sound instead of speaking the article again: WAV, FLAC, MP3, M4A, Opus or Ogg. Needs
    /// the marks of the same narration.
    #[arg(long, value_name = "FILE", requires = "marks", help_heading = HEADING)]
    audio: Option<PathBuf>,
    /// The marks that `docbao narrate --marks` wrote with that sound.
    #[arg(long, value_name = "FILE", requires = "audio", help_heading = HEADING)]
    marks: Option<PathBuf>,
    /// Keep the sound out of the page and link to it: to a file that is written beside the page, or
    /// to the one that --audio names, which must be in the page's folder or below it.
    #[arg(long, help_heading = HEADING)]
    link_audio: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    sound: SoundArgs,
    #[command(flatten)]
    cache: CacheArgs,
}

impl Page {
    pub fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        if let (Some(audio), Some(marks)) = (&self.audio, &self.marks) {
            let [input] = self.files.as_slice() else {
                let reason = "--audio is the sound of one article; name one";
                return Err(Error::request(reason.to_owned()).into());
            };
            let target = self.target(input, false);
            self.page(input, &target, &source::article(input, &self.read)?, audio, marks)?;
            return told(&target);
        }
        let jobs = self.jobs()?;
        let cache = self.cache.open(jobs.len() > 1)?;
        let studio = Studio::open(
            self.read.reading()?,
            (&engines(), &self.voice.settings()),
            self.voice.pauses(),
            cache,
            None,
        )?;
        let mut failed = false;
        for (input, target) in &jobs {
            match self.spoken_page(&studio, input, target) {
                Ok(()) => {
                    tell_warnings(&studio);
                    told(target)?;
                }
                Err(error) if error.is_stop() => return Err(error.into()),
                Err(error) => {
                    complain(&error);
                    failed = true;
                }
            }
        }
        if failed { Err(Failure::Reported) } else { Ok(()) }
    }

    /// Each article and where its page goes; no page is named twice.
    fn jobs(&self) -> Result<Vec<(PathBuf, PathBuf)>, Error> {
        let many = self.files.len() > 1;
        if many {
            let failed = |cause| Error::write(self.output.clone(), cause);
            fs::create_dir_all(&self.output).map_err(failed)?;
        }
        let jobs: Vec<_> =
            self.files.iter().map(|input| (input.clone(), self.target(input, many))).collect();
        for (at, (input, target)) in jobs.iter().enumerate() {
            if let Some((twin, _)) = jobs[..at].iter().find(|(_, other)| other == target) {
                return Err(Error::request(format!(
                    "{} and {} would both be written to {}; rename one, or make their pages apart",
                    source::name(twin),
                    source::name(input),
                    target.display()
                )));
            }
        }
        Ok(jobs)
    }

    /// Where the page of an article goes.
    fn target(&self, input: &Path, many: bool) -> PathBuf {
        if !many && !self.output.is_dir() {
            return self.output.clone();
        }
        let mut name = stem(input).to_owned();
        name.push(".html");
        self.output.join(name)
    }

    /// Speaks an article and makes its page.
    fn spoken_page(&self, studio: &Studio, input: &Path, target: &Path) -> Result<(), Error> {
        let document = source::article(input, &self.read)?;
        let scratch =
            tempfile::tempdir().map_err(|cause| Error::write(std::env::temp_dir(), cause))?;
        let format = self.sound.format(Path::new(USUAL_SOUND), false)?;
        let audio = match self.link_audio {
            true => target.with_extension(format.name()),
            false => scratch.path().join("sound").with_extension(format.name()),
        };
        let marks = scratch.path().join("marks.json");
        let mut outputs = self.sound.outputs(audio.clone(), format, None, Tags::default())?;
        for (captions, path) in &mut outputs.captions {
            *path = target.with_extension(captions.extension());
        }
        outputs.captions.push((Captions::Json, marks.clone()));
        let name = source::name(input);
        produce::produce(studio, &name, &document, &outputs, &mut |_| interrupt::check())?;
        self.page(input, target, &document, &audio, &marks)
    }

    /// Makes the page of an article whose sound and marks are there.
    fn page(
        &self,
        input: &Path,
        target: &Path,
        document: &Document,
        audio: &Path,
        marks: &Path,
    ) -> Result<(), Error> {
        let sentences = read_marks(marks, &document.source)?;
        let mime = Format::of(audio)?.mime();
        let address;
        let sound = if self.link_audio {
            address = page::address(target, audio)?;
            PageSound::Linked(&address)
        } else {
            PageSound::Embedded { path: audio, mime }
        };
        let title = stem(input).to_string_lossy();
        page::write(target, document, &sentences, sound, &title)?.publish()
    }
}

/// The name of an input without its ending.
fn stem(input: &Path) -> &OsStr {
    match source::is_standard_input(input) {
        true => OsStr::new("narration"),
        false => input.file_stem().unwrap_or(input.as_os_str()),
    }
}

fn told(target: &Path) -> Result<(), Failure> {
    Ok(writeln!(io::stdout(), "{}", target.display())?)
}
