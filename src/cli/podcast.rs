//! `docbao podcast`.

use std::io::Write;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::ValueHint;
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::args::{CacheArgs, RunArgs, VoiceArgs, context, manner, prepare};
use super::lexicons::Projects;
use super::read_args::ReadArgs;
use super::teller::Teller;
use super::{Failure, interrupt, print_json, stdout};
use crate::batch::Event;
use crate::model::request::Source;
use crate::podcast::{self, BuildRequest, BuildSummary, Level, Show};

/// These settings have tables of their own in a settings file, because other commands have options
/// of the same names.
const HEADING: &str = "Podcast";
const CHECK_HEADING: &str = "Podcast check";

/// Publish a folder of articles as a podcast.
///
/// `init` writes a podcast.toml to begin with, `build` makes a folder that any web server can offer,
/// `check` says whether such a folder is ready to be published. docs/podcast.md explains it step by
/// step.
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
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.command {
            Command::Init(command) => command.run(),
            Command::Build(command) => command.run(),
            Command::Check(command) => command.run(),
        }
    }
}

/// Write a podcast.toml to begin with: every setting with what it means.
///
/// If there is one already, it stays as it is.
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
            stdout(),
            "{path} is written, and cover.png and jingle.wav, placeholders: fill it in, put your own \
             cover, jingle and articles (.txt) beside it, and run `docbao podcast build {folder}`"
        )?;
        Ok(())
    }
}

/// Make the podcast of a folder: its episodes, feed.xml and index.html.
///
/// Every text file (.txt) of the folder and of the folders in it is an episode. Its title, date,
/// author and description come from the article itself or from a front matter. Articles with
/// `draft: true` and articles with a date in the future are left out.
///
/// What is up to date is left as it is, and of the rest only those sentences are spoken that were not
/// spoken before. If it is stopped at any time, what is published is whole, and the same command
/// continues from there. The identifiers by which players know the episodes are in episodes.toml
/// beside the articles: keep it with them.
#[derive(Debug, Args)]
struct Build {
    /// The folder of podcast.toml and the articles.
    #[arg(default_value = ".", value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// The folder that is to be put on the web; by default `public` in the folder of the articles.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath,
          help_heading = HEADING)]
    output: Option<PathBuf>,
    /// The time that decides which episodes are in the future, such as 2024-03-05T06:30:00+07:00; by
    /// default now.
    #[arg(long, value_name = "TIME", value_parser = Timestamp::from_str, help_heading = HEADING)]
    now: Option<Timestamp>,
    /// Build although the time is earlier than that of an episode in the feed, and take back what is
    /// later. Without it such a build is refused, for the clock may be wrong.
    #[arg(long, help_heading = HEADING)]
    earlier: bool,
    /// Build although no episode is left, and empty the feed. Without it such a build is refused.
    #[arg(long, help_heading = HEADING)]
    empty: bool,
    /// Remove the files of episodes whose articles are gone.
    #[arg(long, help_heading = HEADING)]
    prune: bool,
    /// List what --prune would remove, and change nothing.
    #[arg(long, requires = "prune", help_heading = HEADING)]
    dry_run: bool,
    #[command(flatten)]
    run: RunArgs,
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
        let show = Show::load(&self.folder)?;
        let context = context(&self.voice, self.cache.open(true));
        let mut manner = manner(&self.read, &self.voice, self.run.strict)?;
        let show_file = Source::File(self.folder.join(podcast::FILE_NAME));
        let found = self.read.projects(&mut Projects::default(), &show_file)?;
        self.read.add(found, &mut manner.reading);
        prepare(&context, &manner, Some(&self.folder.join(podcast::FILE_NAME)))?;
        let output = self.output.clone().unwrap_or_else(|| self.folder.join("public"));
        let now = self.now.unwrap_or_else(Timestamp::now);
        let (folder, output) = (self.folder.as_path(), output.as_path());
        let wanted = BuildRequest {
            folder,
            output,
            now,
            earlier: self.earlier,
            empties: self.empty,
            again: self.run.force,
            manner: &manner,
        };
        if self.dry_run {
            return self
                .list(&podcast::left_behind(&show, &wanted, &mut |_| Ok(()))?, "would remove");
        }
        let pool = self.run.pool()?;
        let mut teller =
            Teller::new(&context, self.run.quiet || self.run.json).verbose(self.run.verbose);
        let mut tell = |event: Event| teller.tell(event);
        let published = pool.install(|| podcast::build(&context, &show, &wanted, &mut tell));
        let report = teller.finish();
        self.cache.trim(&context);
        let published = published?;
        if self.run.json {
            print_json(&report)?;
        } else if !self.run.quiet {
            report.print()?;
            let BuildSummary { episodes, pages, feed } = &published;
            let feed = feed.display();
            writeln!(stdout(), "{feed}: {episodes} episodes, {pages} pages")?;
        }
        if self.prune {
            let files = podcast::left_behind(&show, &wanted, &mut |_| Ok(()))?;
            podcast::remove_left_behind(output, &files)?;
            if !self.run.json {
                self.list(&files, "removed")?;
            }
        }
        report.result()
    }

    /// Prints what is or would be removed.
    fn list(&self, files: &[PathBuf], what: &str) -> Result<(), Failure> {
        if self.run.json {
            let files: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
            return print_json(&files);
        }
        if !self.run.quiet {
            files.iter().try_for_each(|file| writeln!(stdout(), "{what} {}", file.display()))?;
        }
        Ok(())
    }
}

/// Check whether the folder of a podcast is ready to be published.
///
/// It reads the feed as directories and players do: XML, the tags they ask for, the picture, every
/// file that is named with its size and type, identifiers, dates, transcripts, chapters and pages. The
/// sound of every episode is decoded and measured. Each fault has its file, its line, and what to do.
/// Exit status 1 if there are errors; warnings count with --strict.
#[derive(Debug, Args)]
struct Check {
    /// The folder of the feed, or its feed.xml.
    #[arg(default_value = "public", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: PathBuf,
    /// The preset of loudness that the sound is compared with: apple, spotify, acx or none. By default
    /// the one that the folder was made with, or else apple.
    #[arg(long, value_name = "NAME", help_heading = CHECK_HEADING)]
    loudness: Option<String>,
    /// Fail for warnings too.
    #[arg(long, help_heading = CHECK_HEADING)]
    strict: bool,
    /// Print the faults as JSON for programs.
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
            let mut out = stdout();
            report.faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
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
