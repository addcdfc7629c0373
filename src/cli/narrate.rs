//! `docbao narrate`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::{CacheArgs, ReadArgs, ThreadArgs, VoiceArgs, engines};
use super::check::placed;
use super::outputs::{SoundArgs, TagArgs};
use super::report::{Done, Failed, Refused, Report, State, duration, tell, tell_warnings};
use super::{Failure, complain, interrupt, note, print_json, settings, source};
use crate::batch::{self, Built, Ledger, Watch};
use crate::files::AtomicFile;
use crate::files::sweep;
use crate::job::produce::{self, Outcome, Outputs, Progress, Studio};
use crate::model::error::Error;
use crate::model::spoken::Confidence;
use crate::model::tags::Tags;
use crate::sound::formats::Format;

/// How often `--watch` looks at the files.
const LOOK: Duration = Duration::from_millis(300);

/// Narrate articles: write speech as WAV, FLAC, MP3, M4A, M4B or Opus files, with captions.
///
/// One article gives one file; several articles, or the text files (.txt) of a folder and the
/// folders in it, give a folder of files with their names. An output appears under its name only
/// when it is whole. What is not read of an article, and what was read in doubt, is told on
/// standard error.
///
/// A folder of outputs is kept up to date: an article whose files are whole and would come out the
/// same is left as it is, and of the others only the sentences are spoken that were not spoken
/// before. Whenever it is stopped, the same command goes on from there.
#[derive(Debug, Args)]
pub(super) struct Narrate {
    /// The articles: text files, folders of text files, or `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the speech goes: a file for one article, whose ending says its format (.wav, .flac,
    /// .mp3, .m4a, .m4b, .opus), or a folder for several. A folder is made if it is not there.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Also write the start and end of every sentence and word, in ms, with its place in the
    /// source, as JSON: a file for one article, a folder for several.
    #[arg(long, value_name = "OUT")]
    marks: Option<PathBuf>,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Speak no article that has a doubtful reading: list what `docbao check` would list at this
    /// level (doubtful, if none is given), write nothing for the article, and end with status 3.
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true,
          default_missing_value = "doubtful", value_parser = Confidence::from_str)]
    strict: Option<Confidence>,
    /// Make all files of a folder again, also those that are up to date.
    #[arg(long)]
    force: bool,
    /// Stay, and do it again whenever an article, a lexicon or a settings file changes, until
    /// Ctrl-C.
    #[arg(long)]
    watch: bool,
    /// Tell errors only.
    #[arg(short, long)]
    quiet: bool,
    /// Print a report as JSON for programs, instead of lines for people.
    #[arg(long)]
    json: bool,
    /// Write that report to a file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    sound: SoundArgs,
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
    /// Whether the outputs make a folder.
    many: bool,
}

/// One article to be done.
struct Job {
    input: PathBuf,
    /// Where its sound goes below the output folder, if that is one.
    below: PathBuf,
    outputs: Outputs,
}

/// What became of an article that could be read.
enum Ended {
    Done(Box<Done>),
    Refused(Refused),
}

impl Narrate {
    pub fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        if !self.watch {
            return self.round();
        }
        let before = self.look()?;
        match self.round() {
            Err(Failure::Error(error)) if error.is_stop() => return Ok(()),
            Err(Failure::Error(error)) => complain(&error),
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Ok(()) | Err(Failure::Reported | Failure::Doubtful | Failure::Again) => {}
        }
        if !self.quiet {
            note(&"watching for changes; Ctrl-C ends it");
        }
        let mut last = before.clone();
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
            match batch::articles(file, &self.output) {
                Ok(articles) => files.extend(articles.into_iter().map(|article| article.path)),
                Err(_) => files.push(file.clone()),
            }
        }
        files.extend_from_slice(self.read.lexicons());
        files.extend(settings::files(&std::env::args_os().collect::<Vec<_>>()));
        Ok(Watch::look(files))
    }

    /// Does all that is to be done, once.
    fn round(&self) -> Result<(), Failure> {
        let start = Instant::now();
        let Plan { jobs, many } = self.plan()?;
        let ledger = if many { Some(Ledger::open(&self.output)?) } else { None };
        let outputs = jobs.iter().flat_map(|job| job.outputs.paths());
        match &ledger {
            Some(ledger) => ledger.sweep(outputs.map(PathBuf::as_path)),
            None => outputs.filter_map(|path| path.parent()).map(sweep).sum(),
        };
        let reading = self.read.reading()?;
        let cache = self.cache.open(many)?;
        let studio = Studio::open(
            reading,
            (&engines(), &self.voice.settings()),
            self.voice.pauses(),
            cache,
            self.strict,
        )?;
        let pool = self.threads.pool()?;
        let mut report = Report::default();
        let mut stopped = Ok(());
        for job in &jobs {
            match pool.install(|| self.narrate(&studio, ledger.as_ref(), job)) {
                Ok(Ended::Done(done)) => self.tell(*done, many, &mut report)?,
                Ok(Ended::Refused(refused)) => {
                    tell_refusal(&refused);
                    report.refuse(refused);
                }
                Err(error) if error.is_stop() => {
                    stopped = Err(error);
                    break;
                }
                Err(error) => {
                    let (input, mut error) = (source::name(&job.input), error.to_string());
                    if !error.contains(&input) {
                        error = format!("{input}: {error}");
                    }
                    complain(&error);
                    report.fail(Failed { input, error });
                }
            }
            tell_warnings(&studio);
        }
        if report.totals.spoken > 0 {
            self.cache.trim(&studio);
        }
        report.totals.seconds = start.elapsed().as_secs_f64();
        self.print(&report, many)?;
        stopped?;
        match (report.failed.is_empty(), report.refused.is_empty()) {
            (false, _) => Err(Failure::Reported),
            (_, false) => Err(Failure::Doubtful),
            _ => Ok(()),
        }
    }

    /// What is to be done: folders opened, every output named, and no name given twice.
    fn plan(&self) -> Result<Plan, Error> {
        if self.output.as_os_str() == "-" {
            return Err(Error::request(
                "sound cannot be written to standard output, because its length stands at its \
                 start; give a file name to -o"
                    .to_owned(),
            ));
        }
        let many = self.files.len() > 1 || self.files.iter().any(|file| file.is_dir());
        let format = self.sound.format(&self.output, many || self.output.is_dir())?;
        let tags = self.tags.tags(many)?;
        let job = |input: PathBuf, below: &Path| self.job(input, below, many, format, &tags);
        let mut jobs = Vec::new();
        for file in &self.files {
            if !source::is_standard_input(file) && file.is_dir() {
                for article in batch::articles(file, &self.output)? {
                    jobs.push(job(article.path, &article.below)?);
                }
            } else {
                let stem =
                    if source::is_standard_input(file) { Path::new("narration.txt") } else { file };
                jobs.push(job(file.clone(), stem.file_name().map_or(stem, Path::new))?);
            }
        }
        check_names(&jobs)?;
        Ok(Plan { jobs, many })
    }

    /// The job for an input that lies here below its folder.
    fn job(
        &self,
        input: PathBuf,
        below: &Path,
        many: bool,
        format: Format,
        tags: &Tags,
    ) -> Result<Job, Error> {
        let target = |given: &Path, extension: &str| {
            if many || given.is_dir() {
                given.join(below.with_extension(extension))
            } else {
                given.to_owned()
            }
        };
        let audio = target(&self.output, format.name());
        let marks = self.marks.as_ref().map(|marks| target(marks, "json"));
        let outputs = self.sound.outputs(audio, format, marks, tags.clone())?;
        Ok(Job { outputs, below: below.with_extension(format.name()), input })
    }

    /// Narrates one article.
    fn narrate(&self, studio: &Studio, ledger: Option<&Ledger>, job: &Job) -> Result<Ended, Error> {
        let start = Instant::now();
        interrupt::check()?;
        let input = source::name(&job.input);
        let bytes = source::bytes(&job.input)?;
        let bar = self.progress_bar(&input);
        let mut progress = |progress: Progress| {
            bar.set_length(progress.of as u64);
            bar.set_position(progress.spoken as u64);
            interrupt::check()
        };
        let built = match ledger {
            Some(ledger) => {
                for folder in job.outputs.paths().into_iter().filter_map(|path| path.parent()) {
                    fs::create_dir_all(folder)
                        .map_err(|cause| Error::write(folder.to_owned(), cause))?;
                }
                let article = (&input[..], &bytes[..], job.below.as_path());
                batch::build(studio, ledger, article, &job.outputs, self.force, &mut progress)?
            }
            None => {
                let document = studio.document(&input, &bytes)?;
                match produce::produce(studio, &input, &document, &job.outputs, &mut progress)? {
                    Outcome::Produced(produced) => Built::Made(produced),
                    Outcome::Refused(findings) => Built::Refused(document, findings),
                }
            }
        };
        bar.finish_and_clear();
        let (state, produced) = match built {
            Built::Made(produced) => (State::Made, produced),
            Built::UpToDate(produced) => (State::UpToDate, produced),
            Built::Refused(document, findings) => {
                let findings = placed(&input, &document, findings);
                return Ok(Ended::Refused(Refused { input, findings }));
            }
        };
        let output = job.outputs.audio.clone();
        let seconds = start.elapsed().as_secs_f64();
        Ok(Ended::Done(Box::new(Done { input, output, state, seconds, produced })))
    }

    /// Tells a person what was done, and takes it into the report.
    fn tell(&self, done: Done, many: bool, report: &mut Report) -> Result<(), Failure> {
        if !self.json && !self.quiet && done.state == State::Made {
            tell(&done.input, &done.produced);
            if !many {
                let speech = duration(done.produced.speech_seconds);
                let (output, seconds) = (done.output.display(), done.seconds);
                writeln!(io::stdout(), "{output}: {speech} of speech, made in {seconds:.1} s")?;
            }
        }
        report.add(done);
        Ok(())
    }

    fn print(&self, report: &Report, many: bool) -> Result<(), Failure> {
        if let Some(path) = &self.report {
            let mut file = AtomicFile::create(path)?;
            let text = json!(report);
            writeln!(file, "{text:#}").map_err(|cause| file.error(cause))?;
            file.finish()?;
        }
        if self.json {
            print_json(report)?;
        } else if many && !self.quiet {
            report.print()?;
        }
        Ok(())
    }

    /// A progress bar where a person is watching.
    fn progress_bar(&self, input: &str) -> ProgressBar {
        if self.quiet || self.json || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {eta}");
        ProgressBar::new(0)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            .with_prefix(input.to_owned())
    }
}

/// Whether all files have names of their own.
fn check_names(jobs: &[Job]) -> Result<(), Error> {
    let mut named: BTreeMap<&Path, &Path> = BTreeMap::new();
    for job in jobs {
        for path in job.outputs.paths() {
            let clash = |what: String| {
                let path = path.display();
                Error::request(format!(
                    "{what} would both be written to {path}; rename one, or narrate them apart"
                ))
            };
            if let Some(twin) = named.insert(path, &job.input) {
                let (one, other) = (source::name(twin), source::name(&job.input));
                return Err(clash(if twin == job.input {
                    format!("two files of {one}")
                } else {
                    format!("{one} and {other}")
                }));
            }
        }
    }
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inputs: BTreeSet<PathBuf> = jobs.iter().filter_map(|job| real(&job.input)).collect();
    match named.keys().find(|path| real(path).is_some_and(|path| inputs.contains(&path))) {
        Some(path) => Err(Error::request(format!(
            "{} is an article, and would be written over; give -o another name",
            path.display()
        ))),
        None => Ok(()),
    }
}

fn tell_refusal(refused: &Refused) {
    for finding in &refused.findings {
        note(finding);
    }
    let (name, count) = (&refused.input, refused.findings.len());
    complain(&format_args!(
        "{name}: not spoken: {count} doubtful readings; settle them in a lexicon (--lexicon) or \
         leave --strict out"
    ));
}
