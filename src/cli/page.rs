//! `docbao page`.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{CacheArgs, ThreadArgs, VoiceArgs, context, manner, prepare};
use super::lexicons::Projects;
use super::outputs::SoundArgs;
use super::read_args::ReadArgs;
use super::teller::Teller;
use super::{Failure, interrupt, source, stdout};
use crate::batch::{self, Event, Job};
use crate::files::{AtomicFile, Folding, file_name, keep_inputs, with_extension};
use crate::job::Outcome;
use crate::model::error::Error;
use crate::model::pauses::Pauses;
use crate::model::request::{Content, Output, Request, Target};
use crate::sound::Medium;
use crate::sound::captions::read_marks;
use crate::sound::formats::{self, Format};
use crate::sound::page::{self, PageInfo, PageSound};

/// The heading of the options that only this command has: [page] in a settings file.
const HEADING: &str = "Page";

/// Make a page to read along: the article, its sound, and every word marked as it is heard.
///
/// The page is one HTML file with everything in it, and opens in any browser without a network. A
/// click on a word plays from there; the key ? lists the keys. Parts of the article that are not read,
/// such as captions, are shown dimmed. The sound is Opus, and where it is a file beside the page also
/// MP3 for browsers that play no Opus (Safari before 18.4), unless --format asks for another.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao page bai.txt -o bai.html")]
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
            return Ok(writeln!(stdout(), "{}", target.display())?);
        }
        let manner = manner(&self.read, &self.voice, None)?;
        let many = self.files.len() > 1;
        let folding = self.folding(many)?;
        let mut projects = Projects::default();
        let job = |input: &PathBuf| {
            let mut job = self.job(&manner, input, &self.target(input, many))?;
            let found = self.read.projects(&mut projects, &job.request.source)?;
            self.read.add(found, &mut job.request.reading);
            Ok(job)
        };
        let jobs = self.files.iter().map(job).collect::<Result<Vec<_>, Error>>()?;
        let lexicons = self.read.lexicons(jobs.iter().map(|job| &job.request.source));
        let read = self.files.iter().chain(&lexicons).map(PathBuf::as_path);
        let written = jobs.iter().flat_map(|job| job.request.outputs.paths());
        keep_inputs(read, written.map(PathBuf::as_path))?;
        let (jobs, twins) = batch::without_twins(jobs, folding);
        let context = context(&self.voice, self.cache.open(many));
        prepare(&context, &manner, None)?;
        let pool = self.threads.pool()?;
        let mut teller = Teller::new(&context, false).of(jobs.len());
        for (name, error) in twins {
            teller.tell(Event::Done(&name, None, Outcome::Failed(error)))?;
        }
        let mut done = jobs.iter();
        let mut tell = |event: Event| {
            let is_made = matches!(&event, Event::Done(_, _, Outcome::Made(_)));
            let job = if let Event::Done(..) = event { done.next() } else { None };
            teller.tell(event)?;
            if let Some(job) = job.filter(|_| is_made) {
                // If nobody reads this, the page is there all the same.
                let _ = writeln!(stdout(), "{}", job.set.display());
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

    /// Makes the folder of several pages, and says what its file system does not tell apart.
    fn folding(&self, many: bool) -> Result<Folding, Error> {
        if !many {
            return Ok(Folding::default());
        }
        let failed = |cause| Error::write(self.output.clone(), cause);
        fs::create_dir_all(&self.output).map_err(failed)?;
        Ok(Folding::of(&self.output))
    }

    /// Where the page of an article goes.
    fn target(&self, input: &Path, many: bool) -> PathBuf {
        if !many && !self.output.is_dir() {
            return self.output.clone();
        }
        self.output.join(file_name(&stem(input), ".html"))
    }

    /// The job that speaks an article and makes its page.
    fn job(&self, manner: &Request, input: &Path, target: &Path) -> Result<Job, Error> {
        // What every browser plays is twice as long as Opus, so a page has it only beside itself.
        let (chosen, opus) = (self.sound.sound()?, Format::of(Path::new("a.opus"))?);
        let usual = if self.link_audio { formats::usual() } else { opus };
        let format = chosen.unwrap_or(usual);
        let audio = with_extension(target, format.name());
        let sound = match self.link_audio {
            true => Target::File(audio.clone()),
            false => Target::Kept(audio.display().to_string()),
        };
        let mut outputs = self.sound.outputs(Some(&audio), sound, Medium::Audio(format), None)?;
        let title = stem(input).to_string_lossy().into_owned();
        let page = Content::Page { title };
        outputs.files.push(Output { target: Target::File(target.to_owned()), content: page });
        if self.link_audio && chosen.is_none() {
            let target = Target::File(with_extension(target, opus.name()));
            outputs.files.push(Output { target, content: Content::audio(opus.name()) });
        }
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
        let article = source::article(input, &self.read.settings_of(input, Pauses::default())?)?;
        let sentences = read_marks(marks, &article.text)?;
        let mime = Format::of(audio)?.mime();
        let (name, mut source);
        let sound = if self.link_audio {
            PageSound::Linked { address: page::address(target, audio)?, mime }
        } else {
            let failed = |cause| Error::read(audio, cause);
            source = File::open(audio).map_err(failed)?;
            name = audio.display().to_string();
            let length = source.metadata().map_err(failed)?.len();
            PageSound::Embedded { name: &name, source: &mut source, length, mime }
        };
        let title = stem(input);
        let info = PageInfo { title: &title.to_string_lossy(), ..PageInfo::default() };
        let mut file = AtomicFile::create(target)?;
        page::write(&mut file, &article, &sentences, vec![sound], &info)
            .map_err(|fault| fault.in_file(target))?;
        file.finish()
    }
}

/// The name of an input without its ending.
fn stem(input: &Path) -> OsString {
    let name = source::file_name(input);
    name.file_stem().unwrap_or(name.as_os_str()).to_owned()
}
