//! `docbao narrate`.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Instant;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::args::{ReadArgs, VoiceArgs};
use super::check::{Placed, placed};
use super::{Failure, complain, note, print_json, source};
use crate::diag::Error;
use crate::pipeline::Narrator;
use crate::produce::{self, Doubt, Outputs, Produced, Skipped, Studio};
use crate::spoken::Confidence;

/// Narrate articles: write speech as WAV files.
///
/// One article gives one file; several articles, or the text files (.txt) of a folder, give a
/// folder of files with their names. An output appears under its name only when it is whole. What
/// is not read of an article, and what was read in doubt, is told on standard error.
#[derive(Debug, Args)]
pub(super) struct Narrate {
    /// The articles: text files, folders of text files, or `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the speech goes: a .wav file for one article, a folder for several. A folder is made
    /// if it is not there.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Also write the start and end of every sentence and word, in ms, with its place in the
    /// source, as JSON: a file for one article, a folder for several.
    #[arg(long, value_name = "OUT")]
    marks: Option<PathBuf>,
    /// How many utterances are spoken at a time; by default one for each processor. The sound is
    /// the same whatever the number.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Speak no article that has a doubtful reading: list what `docbao check` would list at this
    /// level (doubtful, if none is given), write nothing for the article, and end with status 3.
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true,
          default_missing_value = "doubtful", value_parser = Confidence::from_str)]
    strict: Option<Confidence>,
    /// Tell errors only.
    #[arg(short, long)]
    quiet: bool,
    /// Print a report as JSON for programs, instead of lines for people.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
}

/// One article to be done.
struct Job {
    input: PathBuf,
    outputs: Outputs,
}

/// What was done, for the report.
#[derive(Serialize)]
struct Done {
    input: String,
    output: PathBuf,
    /// Time it took in seconds.
    seconds: f64,
    #[serde(flatten)]
    produced: Produced,
}

/// What went wrong, for the report.
#[derive(Serialize)]
struct Failed {
    input: String,
    error: String,
}

/// An article that was not spoken for its doubtful readings.
#[derive(Serialize)]
struct Refused {
    input: String,
    findings: Vec<Placed>,
}

/// What became of an article that could be read.
enum Outcome {
    Done(Done),
    Refused(Refused),
}

#[derive(Serialize)]
struct Report {
    done: Vec<Done>,
    refused: Vec<Refused>,
    failed: Vec<Failed>,
}

impl Narrate {
    pub fn run(&self) -> Result<(), Failure> {
        let jobs = self.jobs()?;
        let voice = self.voice.settings();
        let studio = Studio {
            narrator: &Narrator::new(&voice)?,
            normalizer: &self.read.normalizer()?,
            pauses: &voice.pauses,
            strict: self.strict,
        };
        let threads = self.jobs.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool =
            pool.map_err(|e| Error::Usage(format!("cannot start {threads} threads: {e}")))?;
        let mut report = Report { done: Vec::new(), refused: Vec::new(), failed: Vec::new() };
        for job in &jobs {
            match pool.install(|| self.narrate(&studio, job)) {
                Ok(Outcome::Refused(refused)) => {
                    for finding in &refused.findings {
                        note(finding);
                    }
                    let (name, count) = (&refused.input, refused.findings.len());
                    complain(&format_args!(
                        "{name}: not spoken: {count} doubtful readings; settle them in a lexicon \
                         (--lexicon) or leave --strict out"
                    ));
                    report.refused.push(refused);
                }
                Ok(Outcome::Done(done)) => {
                    if !self.json && !self.quiet {
                        tell(&done)?;
                    }
                    report.done.push(done);
                }
                Err(error) => {
                    complain(&error);
                    let (input, error) = (source::name(&job.input), error.to_string());
                    report.failed.push(Failed { input, error });
                }
            }
        }
        if self.json {
            print_json(&report)?;
        }
        match (report.failed.is_empty(), report.refused.is_empty()) {
            (false, _) => Err(Failure::Reported),
            (_, false) => Err(Failure::Doubtful),
            _ => Ok(()),
        }
    }

    /// What is to be done: folders opened, every output named, and no name given twice.
    fn jobs(&self) -> Result<Vec<Job>, Error> {
        let mut inputs = Vec::new();
        for file in &self.files {
            if !source::is_standard_input(file) && file.is_dir() {
                inputs.extend(text_files(file)?);
            } else {
                inputs.push(file.clone());
            }
        }
        if self.output.as_os_str() == "-" {
            return Err(Error::Usage("WAV cannot be written to standard output, because its length stands at its start; give a file name to -o".to_owned()));
        }
        let many = inputs.len() > 1 || self.files.iter().any(|file| file.is_dir());
        let into_folder = |folder: &Path, input: &Path, extension: &str| {
            let stem =
                if source::is_standard_input(input) { Path::new("narration") } else { input };
            let mut name = stem.file_stem().unwrap_or(stem.as_os_str()).to_owned();
            name.push(".");
            name.push(extension);
            folder.join(name)
        };
        let target = |given: &Path, input: &Path, extension: &str| {
            if many || given.is_dir() {
                into_folder(given, input, extension)
            } else {
                given.to_owned()
            }
        };
        if many {
            for folder in [Some(&self.output), self.marks.as_ref()].into_iter().flatten() {
                fs::create_dir_all(folder)
                    .map_err(|cause| Error::Write { path: folder.clone(), cause })?;
            }
        }
        let jobs: Vec<Job> = inputs
            .into_iter()
            .map(|input| Job {
                outputs: Outputs {
                    audio: target(&self.output, &input, "wav"),
                    marks: self.marks.as_ref().map(|marks| target(marks, &input, "json")),
                },
                input,
            })
            .collect();
        for (at, job) in jobs.iter().enumerate() {
            let audio = &job.outputs.audio;
            if let Some(twin) = jobs[..at].iter().find(|other| other.outputs.audio == *audio) {
                return Err(Error::Usage(format!(
                    "{} and {} would both be written to {}; rename one, or narrate them apart",
                    source::name(&twin.input),
                    source::name(&job.input),
                    audio.display()
                )));
            }
        }
        Ok(jobs)
    }

    /// Narrates one article.
    fn narrate(&self, studio: &Studio, job: &Job) -> Result<Outcome, Error> {
        let start = Instant::now();
        let input = source::name(&job.input);
        let document = source::article(&job.input, &self.read)?;
        let bar = self.progress_bar(&input);
        let outcome = produce::produce(studio, &input, &document, &job.outputs, &mut |progress| {
            bar.set_length(progress.of as u64);
            bar.set_position(progress.spoken as u64);
            Ok(())
        })?;
        bar.finish_and_clear();
        Ok(match outcome {
            produce::Outcome::Produced(produced) => Outcome::Done(Done {
                input,
                output: job.outputs.audio.clone(),
                seconds: start.elapsed().as_secs_f64(),
                produced,
            }),
            produce::Outcome::Refused(findings) => {
                let findings = placed(&input, &document, findings);
                Outcome::Refused(Refused { input, findings })
            }
        })
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

/// The text files of a folder, in the order of their names.
fn text_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |cause| Error::Read { path: folder.to_owned(), cause };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_text = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"));
        if is_text && path.is_file() {
            files.push(path);
        }
    }
    if files.is_empty() {
        let reason = "has no text files (.txt) in it".to_owned();
        return Err(Error::Input { name: folder.display().to_string(), reason });
    }
    files.sort();
    Ok(files)
}

/// Tells a person what was done.
fn tell(done: &Done) -> Result<(), Failure> {
    for Skipped { line, kind, reason, text } in &done.produced.not_read {
        note(&format_args!(
            "{}:{line}: {kind} not read, {reason}: {}",
            done.input,
            shortened(text)
        ));
    }
    for Doubt { line, column, message } in &done.produced.doubts {
        note(&format_args!("{}:{line}:{column}: {message}", done.input));
    }
    let seconds = done.produced.speech_seconds.round() as u64;
    writeln!(
        io::stdout(),
        "{}: {} min {:02} s of speech, made in {:.1} s",
        done.output.display(),
        seconds / 60,
        seconds % 60,
        done.seconds
    )?;
    Ok(())
}

/// The start of a text, for a line of a list.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 60;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
