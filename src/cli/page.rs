//! `docbao page`.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{CacheArgs, ReadArgs, ThreadArgs, VoiceArgs, context, manner};
use super::outputs::SoundArgs;
use super::teller::Teller;
use super::{Failure, interrupt, source};
use crate::batch::{self, Event, Job};
use crate::files::{AtomicFile, keep_inputs};
use crate::job::Outcome;
use crate::model::error::Error;
use crate::model::pauses::Pauses;
use crate::model::request::{Content, Output, Request, Target};
use crate::sound::Medium;
use crate::sound::captions::read_marks;
use crate::sound::formats::{self, Format};
use crate::sound::page::{self, PageSound};

/// The heading of the options that only this command has: [page] in a settings file.
const HEADING: &str = "Page";

/// Make a page to read along: the article, its sound, and every word marked as it is heard.
///
/// The page is one HTML file with everything in it, and opens in any browser without a network. A
/// click on a word plays from there; the keys are listed at its end. Parts of the article that are not
/// read, such as captions, are shown dimmed. The sound is MP3 unless --format asks for another.
#[derive(Debug, Args)]
pub(super) struct Page {
    /// The articles: files, addresses of pages (https://…), or `-` for standard input.
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
    threads: ThreadArgs,
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
    pub(super) fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        if let (Some(audio), Some(marks)) = (&self.audio, &self.marks) {
            let [input] = self.files.as_slice() else {
                let reason = "--audio is the sound of one article; name one";
                return Err(Error::request(reason).into());
            };
            let target = self.target(input, false);
            keep_inputs([input.as_path(), audio, marks], [target.as_path()])?;
            self.page_of(input, &target, audio, marks)?;
            return Ok(writeln!(io::stdout(), "{}", target.display())?);
        }
        let manner = manner(&self.read, &self.voice, None)?;
        let targets = self.targets()?;
        let jobs = targets.iter().map(|(input, target)| self.job(&manner, input, target));
        let jobs = jobs.collect::<Result<Vec<_>, _>>()?;
        let read = self.files.iter().chain(self.read.lexicons()).map(PathBuf::as_path);
        let written = jobs.iter().flat_map(|job| job.request.outputs.paths());
        keep_inputs(read, written.map(PathBuf::as_path))?;
        let context = context(self.cache.open(jobs.len() > 1));
        context.prepare(&manner)?;
        let pool = self.threads.pool()?;
        let mut teller = Teller::new(&context, false);
        let mut done = targets.iter();
        let mut tell = |event: Event| {
            let is_made = matches!(&event, Event::Done(_, _, Outcome::Made(_)));
            let target = if let Event::Done(..) = event { done.next() } else { None };
            teller.tell(event)?;
            if let Some((_, target)) = target.filter(|_| is_made) {
                // If nobody reads this, the page is there all the same.
                let _ = writeln!(io::stdout(), "{}", target.display());
            }
            Ok(())
        };
        let result = pool.install(|| batch::run(&context, &jobs, None, false, &mut tell));
        let report = teller.finish();
        if report.totals.spoken > 0 {
            self.cache.trim(&context);
        }
        result?;
        report.result()
    }

    /// Each article and where its page goes; no page is named twice.
    fn targets(&self) -> Result<Vec<(PathBuf, PathBuf)>, Error> {
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
                    "{} and {} would both be written to {}; rename one, or make their pages separately",
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
        let mut name = stem(input);
        name.push(".html");
        self.output.join(name)
    }

    /// The job that speaks an article and makes its page.
    fn job(&self, manner: &Request, input: &Path, target: &Path) -> Result<Job, Error> {
        let format = self.sound.sound_or(formats::usual())?;
        let audio = target.with_extension(format.name());
        let sound = match self.link_audio {
            true => Target::File(audio.clone()),
            false => Target::Kept(audio.display().to_string()),
        };
        let mut outputs = self.sound.outputs(Some(&audio), sound, Medium::Audio(format), None)?;
        let title = stem(input).to_string_lossy().into_owned();
        let page = Content::Page { title };
        outputs.files.push(Output { target: Target::File(target.to_owned()), content: page });
        let request = Request { source: source::source(input)?, outputs, ..manner.clone() };
        Ok(Job::new(request, target.to_owned()))
    }

    /// Makes the page of an article whose sound and marks are files.
    fn page_of(
        &self,
        input: &Path,
        target: &Path,
        audio: &Path,
        marks: &Path,
    ) -> Result<(), Error> {
        let article = source::article(input, &self.read.settings(Pauses::default())?)?;
        let sentences = read_marks(marks, &article.text)?;
        let mime = Format::of(audio)?.mime();
        let (address, name, mut source);
        let sound = if self.link_audio {
            address = page::address(target, audio)?;
            PageSound::Linked(&address)
        } else {
            let failed = |cause| Error::read(audio, cause);
            source = File::open(audio).map_err(failed)?;
            name = audio.display().to_string();
            let length = source.metadata().map_err(failed)?.len();
            PageSound::Embedded { name: &name, source: &mut source, length, mime }
        };
        let title = stem(input);
        let title = title.to_string_lossy();
        let mut file = AtomicFile::create(target)?;
        page::write(&mut file, &article, &sentences, sound, &title)
            .map_err(|fault| fault.in_file(target))?;
        file.finish()
    }
}

/// The name of an input without its ending.
fn stem(input: &Path) -> OsString {
    let name = source::file_name(input);
    name.file_stem().unwrap_or(name.as_os_str()).to_owned()
}
