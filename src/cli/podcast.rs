//! `docbao podcast`.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Instant;

use clap::builder::ValueHint;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use super::args::{CacheArgs, ReadArgs, ThreadArgs, VoiceArgs, engines};
use super::check::placed;
use super::report::{Done, Failed, Refused, Report, State, tell, tell_warnings};
use super::{Failure, complain, interrupt, note, print_json};
use crate::job::produce::Studio;
use crate::model::error::Error;
use crate::model::spoken::Confidence;
use crate::podcast::{self, Event, Level, Outcome, Published, Wanted};

/// What in a settings file stands in tables of its own, because other commands have options of the
/// same names.
const HEADING: &str = "Podcast";
const CHECK_HEADING: &str = "Podcast check";

/// Publish a folder of articles as a podcast.
///
/// `init` writes a podcast.toml to begin with, `build` makes a folder that any web server can offer,
/// `check` tells whether such a folder is fit to be published. docs/podcast.md tells it step by step.
#[derive(Debug, Args)]
pub(super) struct Podcast {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
    Build(Box<Build>),
    Check(Check),
}

impl Podcast {
    pub fn run(&self) -> Result<(), Failure> {
        match &self.command {
            Command::Init(command) => command.run(),
            Command::Build(command) => command.run(),
            Command::Check(command) => command.run(),
        }
    }
}

/// Write a podcast.toml to begin with: every setting with what it means.
///
/// One that is there already stays as it is.
#[derive(Debug, Args)]
struct Init {
    /// The folder of the articles; it is made if it is not there.
    #[arg(default_value = ".", value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
}

impl Init {
    fn run(&self) -> Result<(), Failure> {
        let path = podcast::init(&self.folder)?;
        let (path, folder) = (path.display(), self.folder.display());
        writeln!(
            io::stdout(),
            "{path} is written: fill it in, put a cover and articles (.txt) beside it, and run \
             `docbao podcast build {folder}`"
        )?;
        Ok(())
    }
}

/// Make the podcast of a folder: its episodes, feed.xml and index.html.
///
/// Every text file (.txt) of the folder and of the folders in it is an episode. Its title, date,
/// author and description come from the article itself or from a front matter. Articles with
/// `draft: true` and of a date that is yet to come are left out.
///
/// What is up to date is left as it is, and of the rest only the sentences are spoken that were not
/// spoken before. Whenever it is stopped, what is published is whole, and the same command goes on
/// from there. Who each episode is for players stands in episodes.toml beside the articles: keep it
/// with them.
#[derive(Debug, Args)]
struct Build {
    /// The folder of podcast.toml and the articles.
    #[arg(default_value = ".", value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// The folder that is to be put on the web; by default `public` in the folder of the articles.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath,
          help_heading = HEADING)]
    output: Option<PathBuf>,
    /// The time that decides which episodes are yet to come, such as 2024-03-05T06:30:00+07:00; by
    /// default the present.
    #[arg(long, value_name = "TIME", value_parser = Timestamp::from_str, help_heading = HEADING)]
    now: Option<Timestamp>,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Publish no article that has a doubtful reading of this level (doubtful, if none is given):
    /// list them, and end with status 3. An episode that is published already stays as it was.
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true,
          default_missing_value = "doubtful", value_parser = Confidence::from_str)]
    strict: Option<Confidence>,
    /// Make all files again, also those that are up to date.
    #[arg(long)]
    force: bool,
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
    #[command(flatten)]
    cache: CacheArgs,
}

impl Build {
    fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        let start = Instant::now();
        let show = podcast::show(&self.folder)?;
        let cache = self.cache.open(true)?;
        let studio = Studio::open(
            self.read.reading()?,
            (&engines(), &self.voice.settings()),
            self.voice.pauses(),
            cache,
            self.strict,
        )?;
        let output = self.output.clone().unwrap_or_else(|| self.folder.join("public"));
        let now = self.now.unwrap_or_else(Timestamp::now);
        let (folder, output) = (self.folder.as_path(), output.as_path());
        let wanted = Wanted { folder, output, now, again: self.force };
        let pool = self.threads.pool()?;
        let mut teller = Teller { quiet: self.quiet || self.json, ..Teller::new() };
        let mut tell = |event: Event| teller.tell(event);
        let published = pool.install(|| podcast::build(&studio, &show, &wanted, &mut tell));
        teller.bar.finish_and_clear();
        tell_warnings(&studio);
        self.cache.trim(&studio);
        let mut report = teller.report;
        report.totals.seconds = start.elapsed().as_secs_f64();
        let published = published?;
        if self.json {
            print_json(&report)?;
        } else if !self.quiet {
            report.print()?;
            let Published { episodes, pages, feed } = &published;
            let feed = feed.display();
            writeln!(io::stdout(), "{feed}: {episodes} episodes, {pages} pages")?;
        }
        match (report.failed.is_empty(), report.refused.is_empty()) {
            (false, _) => Err(Failure::Reported),
            (_, false) => Err(Failure::Doubtful),
            _ => Ok(()),
        }
    }
}

/// Tells a person how a build goes, and gathers the report.
struct Teller {
    quiet: bool,
    bar: ProgressBar,
    report: Report,
    /// When the last article was done.
    since: Instant,
}

impl Teller {
    fn new() -> Teller {
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {eta}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::hidden().with_style(style);
        Teller { quiet: false, bar, report: Report::default(), since: Instant::now() }
    }

    fn tell(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Note(message) if !self.quiet => note(&message),
            Event::Note(_) => {}
            Event::Spoken(path, progress) => {
                if self.bar.is_hidden() && !self.quiet && io::stderr().is_terminal() {
                    let style = self.bar.style();
                    self.bar = ProgressBar::new(0).with_style(style);
                }
                self.bar.set_prefix(path.display().to_string());
                self.bar.set_length(progress.of as u64);
                self.bar.set_position(progress.spoken as u64);
            }
            Event::Done(path, outcome) => self.done(path, *outcome),
        }
        interrupt::check()
    }

    fn done(&mut self, path: &Path, outcome: Outcome) {
        let seconds = self.since.elapsed().as_secs_f64();
        self.since = Instant::now();
        let input = path.display().to_string();
        let mut done = |state, output, produced| {
            self.report.add(Done { input: input.clone(), output, state, seconds, produced });
        };
        match outcome {
            Outcome::Made(sound, produced) => {
                if !self.quiet {
                    tell(&input, &produced);
                }
                done(State::Made, sound, produced);
            }
            Outcome::UpToDate(sound, produced) => done(State::UpToDate, sound, produced),
            Outcome::Scheduled(date) if !self.quiet => {
                note(&format_args!("{input}: left out until {date}"));
            }
            Outcome::Draft if !self.quiet => note(&format_args!("{input}: left out, a draft")),
            Outcome::Scheduled(_) | Outcome::Draft => {}
            Outcome::Refused(document, findings) => {
                let findings = placed(&input, &document, findings);
                findings.iter().for_each(|finding| note(finding));
                let count = findings.len();
                complain(&format_args!(
                    "{input}: not spoken: {count} doubtful readings; settle them in a lexicon \
                     (--lexicon) or leave --strict out"
                ));
                self.report.refuse(Refused { input, findings });
            }
            Outcome::Failed(error) => {
                complain(&error);
                self.report.fail(Failed { input, error: error.to_string() });
            }
        }
    }
}

/// Check whether the folder of a podcast is fit to be published.
///
/// It reads the feed as directories and players do: XML, the tags they ask for, the picture, every
/// file that is named with its size and type, identifiers, dates, transcripts, chapters and pages. The
/// sound of every episode is decoded and measured. Each finding has its file, its line, and what to do.
/// Exit status 1 if there are errors; warnings count with --strict.
#[derive(Debug, Args)]
struct Check {
    /// The folder of the feed, or its feed.xml.
    #[arg(default_value = "public", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: PathBuf,
    /// The preset of loudness that the sound is measured against: apple, spotify, acx or none. By
    /// default the one that the folder was made with, or else apple.
    #[arg(long, value_name = "NAME", help_heading = CHECK_HEADING)]
    loudness: Option<String>,
    /// Fail for warnings too.
    #[arg(long, help_heading = CHECK_HEADING)]
    strict: bool,
    /// Print the findings as JSON for programs.
    #[arg(long)]
    json: bool,
}

impl Check {
    fn run(&self) -> Result<(), Failure> {
        let report = podcast::check(&self.path, self.loudness.as_deref())?;
        let (errors, warnings) = (report.count(Level::Error), report.count(Level::Warning));
        if self.json {
            print_json(&report)?;
        } else {
            let mut out = io::stdout().lock();
            report.findings.iter().try_for_each(|finding| writeln!(out, "{finding}"))?;
            let (pages, episodes) = (report.pages, report.episodes);
            writeln!(
                out,
                "{}: {episodes} episodes, {pages} pages: {errors} errors, {warnings} warnings",
                self.path.display()
            )?;
        }
        if errors > 0 || (self.strict && warnings > 0) { Err(Failure::Reported) } else { Ok(()) }
    }
}
