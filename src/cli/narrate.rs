//! `docbao narrate`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::args::{CacheArgs, RunArgs, VoiceArgs, context, manner, prepare};
use super::design_args::DesignArgs;
use super::json::{Kind, json_text, print_json};
use super::lexicons::Projects;
use super::outputs::{SoundArgs, TagArgs};
use super::read_args::ReadArgs;
use super::report::{Report, duration};
use super::teller::Teller;
use super::{Failure, formats_help, interrupt, note, print_error, settings, source, stdout};
use crate::batch::{self, Event, Job, Ledger, Watch};
use crate::cli::language::told;
use crate::files::{AtomicFile, Folding, keep_inputs, with_extension};
use crate::job::{self, Outcome, perform};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::request::{Request, Source, Target};
use crate::model::tags::Tags;
use crate::sound::Medium;
use crate::text::readers;

/// How often `--watch` looks at the files.
const LOOK: Duration = Duration::from_millis(300);

/// Narrate articles: write speech as WAV, FLAC, MP3, M4A, M4B or Opus files, or as a book to read along
/// (EPUB), with captions.
///
/// One article gives one file; several articles, or the articles of a folder and the folders in it,
/// give a folder of files with their names, or one file with a chapter for each if -o names a file
/// (-o book.m4b, -o book.epub). A book, a feed or an archive by itself gives such a file, or a folder
/// with a file for each of its articles, numbered in reading order (-o folder). An article is text,
/// Markdown, a web page, a document of Word, subtitles or a book (EPUB), in a file or at an address of
/// the web. An output appears under its name only when it is
/// whole. Parts of an article that are not read, and doubtful readings, are reported on standard error.
///
/// A folder of outputs is kept up to date: an article whose files are whole and would come out the
/// same is left as it is, and of the others only those sentences are spoken that were not spoken
/// before. After it was stopped, the same command continues from there.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao narrate bai.txt -o bai.mp3\n  docbao narrate bao/ -o ra --format mp3 --captions vtt\n  docbao narrate sach.epub -o sach.m4b"
)]
pub(super) struct Narrate {
    /// The articles: files, folders of files, addresses of pages (https://…), or `-` for standard
    /// input. A page is fetched if the robots.txt of its host lets programs fetch it.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(short, long, value_name = "OUT", help = formats_help::output().to_string())]
    output: PathBuf,
    /// Also write the start and end of every sentence and word, in ms, with its place in the
    /// source, as JSON: a file for one article, a folder for several.
    #[arg(long, value_name = "OUT")]
    marks: Option<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
    /// Stay, and do it again whenever an article, a lexicon or a settings file changes, until
    /// Ctrl-C.
    #[arg(long)]
    watch: bool,
    /// Write the report of --json to a file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    sound: SoundArgs,
    #[command(flatten)]
    design: DesignArgs,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    cache: CacheArgs,
}

/// What is to be done.
struct Plan {
    jobs: Vec<Job>,
    /// Whether the outputs go to a folder.
    many: bool,
}

impl Narrate {
    pub(super) fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        if !self.watch {
            return self.round();
        }
        let before = self.look()?;
        match self.round() {
            Err(Failure::Error(error)) if error.is_stop() => return Ok(()),
            Err(Failure::Error(error)) => print_error(&error),
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Ok(())
            | Err(Failure::Reported | Failure::Doubtful | Failure::Again | Failure::Stopped) => {}
        }
        if !self.run.quiet {
            note(&message!("watching for changes; Ctrl-C ends it"));
        }
        let mut last = before.clone();
        interrupt::take_care();
        loop {
            std::thread::sleep(LOOK);
            if interrupt::stopped() {
                return Ok(());
            }
            let now = self.look()?;
            // Changed, and no longer changing.
            if now != before && now == last {
                return Err(Failure::Again);
            }
            last = now;
        }
    }

    /// Looks at every file whose change matters.
    fn look(&self) -> Result<Watch, Error> {
        let mut files = Vec::new();
        for file in &self.files {
            if source::is_standard_input(file) {
                let reason = "standard input cannot be watched; name a file or a folder";
                return Err(Error::request(reason.to_owned()));
            }
            if source::is_address(file) {
                let reason = "a page of the web cannot be watched; name a file or a folder";
                return Err(Error::request(reason));
            }
            match batch::article_files(file, &self.output) {
                Ok(articles) => files.extend(articles.into_iter().map(|article| article.path)),
                Err(_) => files.push(file.clone()),
            }
        }
        let sources: Vec<Source> = files.iter().cloned().map(Source::File).collect();
        files.extend(self.read.lexicons(&sources));
        files.extend(self.design.files().cloned());
        files.extend(settings::files(&std::env::args_os().collect::<Vec<_>>()));
        Ok(Watch::look(files))
    }

    /// Does all that is to be done, once.
    fn round(&self) -> Result<(), Failure> {
        let design = self.design.design()?;
        let manner = Request { design, ..manner(&self.read, &self.voice, self.run.strict)? };
        if self.output.as_os_str() == "-" {
            return self.to_standard_output(&manner);
        }
        let Plan { jobs, many } = self.plan(&manner)?;
        self.keep_inputs(&jobs)?;
        let ledger = if many { Some(Ledger::open(&self.output)?) } else { None };
        if let Some(ledger) = &ledger {
            let outputs = jobs.iter().flat_map(|job| job.request.outputs.paths());
            ledger.sweep(outputs.map(PathBuf::as_path));
        }
        let folding = if many { Folding::of(&self.output) } else { Folding::default() };
        let (jobs, twins) = batch::without_twins(jobs, folding);
        let context = context(&self.voice, self.cache.open(many));
        prepare(&context, &manner, None)?;
        if many {
            context.prepare_music(&manner, &self.output)?;
        }
        let pool = self.run.pool()?;
        let mut teller = Teller::new(&context, self.run.quiet || self.run.json)
            .verbose(self.run.verbose)
            .of(jobs.len());
        let mut tell = |event: Event| teller.tell(event);
        for (name, error) in twins {
            tell(Event::Done(&name, None, Outcome::Failed(error)))?;
        }
        let result = pool
            .install(|| batch::run(&context, &jobs, ledger.as_ref(), self.run.force, &mut tell));
        let report = teller.finish();
        if report.totals.spoken > 0 {
            self.cache.trim(&context);
        }
        self.print(&report, many)?;
        result?;
        report.result()
    }

    /// Writes the sound of one article to standard output, once it is whole: a program that reads it
    /// never gets a part of it.
    fn to_standard_output(&self, manner: &Request) -> Result<(), Failure> {
        let [file] = &self.files[..] else {
            return Err(Error::request("standard output takes one article; name one").into());
        };
        let mut out = io::stdout().lock();
        if out.is_terminal() {
            let reason = "sound is not written to a terminal; send it to a file or a program";
            return Err(Error::request(reason).into());
        }
        let medium = self.sound.medium(Path::new("-"), true)?;
        let target = Target::Kept("standard output".to_owned());
        let outputs = self.sound.outputs(None, target, medium, self.marks.clone())?;
        let (source, tags) = (source::source(file)?, self.tags.tags(false)?);
        let mut request = Request { source, tags, outputs, ..manner.clone() };
        self.read.add_project(&mut request)?;
        let job = Job::new(request, PathBuf::new());
        self.keep_inputs(std::slice::from_ref(&job))?;
        let request = job.request;
        let context = context(&self.voice, self.cache.open(false));
        let pool = self.run.pool()?;
        let mut teller = Teller::new(&context, self.run.quiet).verbose(self.run.verbose);
        let name = source::name(file);
        let mut watcher = |progress| teller.tell(Event::Spoken(&name, progress));
        let performed = pool.install(|| perform(&context, &request, &mut watcher))?;
        teller.tell(Event::Done(&name, None, performed.outcome))?;
        for mut kept in performed.kept {
            io::copy(&mut kept.content, &mut out)?;
        }
        out.flush()?;
        let report = teller.finish();
        self.write_report(&report)?;
        report.result()
    }

    /// What is to be done: folders opened, and every output named.
    fn plan(&self, manner: &Request) -> Result<Plan, Error> {
        let named = Medium::of(&self.output);
        if named.is_ok() && self.output.is_dir() {
            let reason =
                "is a folder, and its name is that of a file: remove it, or give another name";
            return Err(Error::input(self.output.display().to_string(), reason));
        }
        let mut plan = match &self.files[..] {
            [file] if !source::is_folder(file) => self.of_one(manner, file)?,
            _ if named.is_ok() => Plan { jobs: vec![self.joined(manner)?], many: false },
            _ => {
                // Who names such a file does not want a folder.
                if is_foreign(&self.output) {
                    named?;
                }
                self.of_several(manner)?
            }
        };
        let mut projects = Projects::default();
        for job in &mut plan.jobs {
            let found = self.read.projects(&mut projects, &job.request.source)?;
            self.read.add(found, &mut job.request.reading);
        }
        check_names(&plan.jobs)?;
        Ok(plan)
    }

    /// What is to be done with one input. Whether it has several articles must be known only if they
    /// could go to a folder.
    fn of_one(&self, manner: &Request, file: &Path) -> Result<Plan, Error> {
        let source = source::source(file)?;
        let is_folder = self.output.is_dir();
        let mut article = None;
        if is_folder || self.output.extension().is_none() {
            // What cannot be read is reported when its turn comes.
            let mut articles = job::read_all(&source, &manner.reading).unwrap_or_default();
            if articles.len() > 1 {
                return self.of_parts(manner, source, articles);
            }
            article = articles.pop();
        }
        let medium = self.sound.medium(&self.output, is_folder)?;
        let manner = Request { tags: self.tags.tags(false)?, ..manner.clone() };
        let job = self.job(&manner, source, &source::file_name(file), false, medium)?;
        Ok(Plan { jobs: vec![Job { article, ..job }], many: false })
    }

    /// What is to be done with the articles of one input, a file for each.
    fn of_parts(
        &self,
        manner: &Request,
        source: Source,
        articles: Vec<Article>,
    ) -> Result<Plan, Error> {
        let medium = self.sound.medium(&self.output, true)?;
        let tags = self.tags.tags(true)?;
        let digits = articles.len().to_string().len().max(2);
        let of = Arc::new(source);
        let job = |(article, number): (Article, u32)| {
            let title = article.metadata.title.as_deref().unwrap_or_default();
            let below = source::numbered_name(number, digits, title);
            let source = Source::Part { of: Arc::clone(&of), number: number as usize };
            let tags = Tags { track: Some(number), ..tags.clone() };
            let manner = Request { tags, ..manner.clone() };
            let job = self.job(&manner, source, &below, true, medium)?;
            Ok(Job { article: Some(article), ..job })
        };
        let jobs = articles.into_iter().zip(1..).map(job).collect::<Result<_, Error>>()?;
        Ok(Plan { jobs, many: true })
    }

    /// What is to be done with several inputs, a file for each.
    fn of_several(&self, manner: &Request) -> Result<Plan, Error> {
        let medium = self.sound.medium(&self.output, true)?;
        let manner = Request { tags: self.tags.tags(true)?, ..manner.clone() };
        let mut jobs = Vec::new();
        for file in &self.files {
            if source::is_folder(file) {
                for article in source::articles(file, &self.output, self.is_told())? {
                    let source = Source::File(article.path);
                    jobs.push(self.job(&manner, source, &article.below, true, medium)?);
                }
            } else {
                let below = source::file_name(file);
                jobs.push(self.job(&manner, source::source(file)?, &below, true, medium)?);
            }
        }
        Ok(Plan { jobs, many: true })
    }

    /// The job that makes one file of several articles, each a chapter.
    fn joined(&self, manner: &Request) -> Result<Job, Error> {
        let mut sources = Vec::new();
        let files = in_order(&self.files);
        if files[..] != self.files[..] && self.is_told() {
            let (first, last) = (files[0].display(), files[files.len() - 1].display());
            note(&message!(
                "the articles are in the order of their numbers: {first} to {last}",
                first,
                last
            ));
        }
        for file in &*files {
            if source::is_folder(file) {
                let articles = source::articles(file, &self.output, self.is_told())?;
                sources.extend(articles.into_iter().map(|article| Source::File(article.path)));
            } else {
                sources.push(source::source(file)?);
            }
        }
        let source = Source::Several(sources);
        let medium = self.sound.medium(&self.output, false)?;
        let target = Target::File(self.output.clone());
        let outputs = self.sound.outputs(Some(&self.output), target, medium, self.marks.clone())?;
        let request = Request { source, outputs, tags: self.tags.tags(false)?, ..manner.clone() };
        Ok(Job::new(request, PathBuf::new()))
    }

    /// Whether notes are printed.
    fn is_told(&self) -> bool {
        !self.run.quiet && !self.run.json
    }

    /// The job for an article whose file lies here below its folder, or would.
    fn job(
        &self,
        manner: &Request,
        source: Source,
        below: &Path,
        many: bool,
        medium: Medium,
    ) -> Result<Job, Error> {
        let target = |given: &Path, extension: &str| {
            if many || given.is_dir() {
                given.join(with_extension(below, extension))
            } else {
                given.to_owned()
            }
        };
        let speech = target(&self.output, medium.name());
        let marks = self.marks.as_ref().map(|marks| target(marks, "json"));
        let target = Target::File(speech.clone());
        let outputs = self.sound.outputs(Some(&speech), target, medium, marks)?;
        let request = Request { source, outputs, ..manner.clone() };
        Ok(Job::new(request, with_extension(below, medium.name())))
    }

    /// Whether nothing that this run reads would be written over.
    fn keep_inputs(&self, jobs: &[Job]) -> Result<(), Error> {
        let settings = settings::files(&std::env::args_os().collect::<Vec<_>>());
        let lexicons = self.read.lexicons(jobs.iter().map(|job| &job.request.source));
        let named = lexicons.iter().chain(self.tags.cover()).chain(&settings);
        let named = named.chain(self.design.files());
        let read = named
            .map(PathBuf::as_path)
            .chain(jobs.iter().flat_map(|job| job.request.source.files()));
        let outputs = jobs.iter().flat_map(|job| job.request.outputs.paths());
        let written = outputs.chain(&self.report).map(PathBuf::as_path);
        keep_inputs(read, written)
    }

    /// Writes the report to the file that was asked for.
    fn write_report(&self, report: &Report) -> Result<(), Error> {
        if let Some(path) = &self.report {
            let mut file = AtomicFile::create(path)?;
            let text =
                json_text(Kind::NarrationReport, report).map_err(|cause| file.error(cause))?;
            writeln!(file, "{text}").map_err(|cause| file.error(cause))?;
            file.finish()?;
        }
        Ok(())
    }

    fn print(&self, report: &Report, many: bool) -> Result<(), Failure> {
        self.write_report(report)?;
        if self.run.json {
            print_json(Kind::NarrationReport, report)?;
        } else if many && !self.run.quiet {
            report.print()?;
        } else if let ([done], false) = (&report.done[..], self.run.quiet) {
            let speech = duration(done.produced.speech_seconds);
            let (output, seconds) = (done.output.display(), done.seconds);
            writeln!(
                stdout(),
                "{}",
                told!(
                    "{output}: {speech} of speech, made in {seconds} s",
                    output,
                    speech,
                    seconds = format_args!("{seconds:.1}")
                )
            )?;
        }
        Ok(())
    }
}

/// Files in the order in which they are read. Three and more whose names are in the order of their letters
/// come from a pattern that a shell has filled in (`*.txt`), which puts 10 before 2: they are read in the
/// order of their numbers. Any other order is what the user wants.
fn in_order(files: &[PathBuf]) -> Cow<'_, [PathBuf]> {
    let names: Vec<_> = files.iter().map(|file| file.to_string_lossy().to_lowercase()).collect();
    if files.len() < 3 || !names.is_sorted() {
        return Cow::Borrowed(files);
    }
    let mut ordered = files.to_vec();
    ordered.sort_by(|a, b| readers::natural(&a.to_string_lossy(), &b.to_string_lossy()));
    Cow::Owned(ordered)
}

/// Whether a name is that of a file of sound or film in a format that is not written here.
fn is_foreign(output: &Path) -> bool {
    const ENDINGS: [&str; 16] = [
        "ogg", "oga", "aac", "mp4", "mp2", "wma", "aif", "aiff", "webm", "mka", "mkv", "mov",
        "amr", "3gp", "m4r", "avi",
    ];
    let ending = output.extension().unwrap_or_default();
    !output.is_dir() && ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it))
}

/// Whether the files of each article have names of their own.
fn check_names(jobs: &[Job]) -> Result<(), Error> {
    for job in jobs {
        let mut own = BTreeSet::new();
        if let Some(path) = job.request.outputs.paths().find(|path| !own.insert(*path)) {
            let (name, path) = (job.name(), path.display());
            return Err(Error::request(message!(
                "two files of {name} would both be written to {path}; give one another name",
                name,
                path
            )));
        }
    }
    Ok(())
}
