//! `docbao podcast`.

use std::io::Write;
use std::path::PathBuf;

use clap::builder::ValueHint;
use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::json::{Kind, list, print_json};
use super::publish_args::{HEADING, PublishArgs};
use super::{Failure, interrupt, note, stdout};
use crate::cli::language::{said, told};
use crate::model::message::{Message, message};
use crate::podcast::{self, Level};
use crate::text::readers::dates;

/// These settings have a table of their own in a settings file, because other commands have options
/// of the same names.
const CHECK_HEADING: &str = "Podcast check";
const INIT_HEADING: &str = "Podcast init";

/// Publish a folder of articles as a podcast.
///
/// `init` writes a podcast.toml to begin with, `build` makes a folder that any web server can offer,
/// `bulletin` makes one episode of several articles, `check` says whether such a folder is ready to be
/// published. docs/podcast.md explains it step by
/// step.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao podcast init tin-sang\n  docbao podcast build tin-sang\n  docbao podcast check tin-sang/public"
)]
pub(super) struct Podcast {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
    Build(Box<Build>),
    Bulletin(Box<Bulletin>),
    Check(Check),
}

impl Podcast {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.command {
            Command::Init(command) => command.run(),
            Command::Build(command) => command.run(),
            Command::Bulletin(command) => command.run(),
            Command::Check(command) => command.run(),
        }
    }
}

/// Write a podcast.toml to begin with: every setting with what it means.
///
/// If there is one already, it stays as it is.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao podcast init tin-sang")]
struct Init {
    /// The folder of the articles; it is made if it is not there.
    #[arg(default_value = ".", value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// The articles of a day become one episode, a bulletin: write the table [bulletin] too.
    #[arg(long, help_heading = INIT_HEADING)]
    bulletin: bool,
}

impl Init {
    fn run(&self) -> Result<(), Failure> {
        let path = podcast::init(&self.folder, self.bulletin)?;
        let (path, folder) = (path.display(), self.folder.display());
        let next = match self.bulletin {
            true => message!(
                "fill it in, put your own cover and jingle beside it, and run `docbao podcast bulletin \
                 {folder} a.txt b.txt`",
                folder
            ),
            false => message!(
                "fill it in, put your own cover, jingle and articles (.txt) beside it, and run `docbao \
                 podcast build {folder}`",
                folder
            ),
        };
        writeln!(
            stdout(),
            "{}",
            told!(
                "{path} is written, and cover.png and jingle.wav, placeholders: {next}",
                path,
                next
            )
        )?;
        Ok(())
    }
}

/// Make one episode of several articles: a bulletin, such as the morning's news.
///
/// The articles are put into the folder of their day in the show's folder, in this order, and the show is
/// built as by `docbao podcast build`: a greeting, the titles, then each article with its title, a chapter
/// each, and a farewell, as [bulletin] in podcast.toml says. The same command with corrected articles makes it
/// anew, and players go on knowing it; articles that are added come last. To take one out, remove its file.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  docbao podcast bulletin tin-sang a.txt b.txt c.txt --date 5/3/2024"
)]
struct Bulletin {
    /// The folder of podcast.toml.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// The articles, in the order in which they are heard.
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// The day of the bulletin, such as 2024-03-05 or 5/3/2024; by default today.
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = HEADING)]
    date: Option<Date>,
    #[command(flatten)]
    publish: PublishArgs,
}

/// A day.
fn day(text: &str) -> Result<Date, Message> {
    let found = dates::read(text).map(|date| date.day);
    found.ok_or_else(|| "write it as 2024-05-31 or 31/5/2024".into())
}

impl Bulletin {
    fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        let desk = self.publish.desk(&self.folder)?;
        let day = self.date.unwrap_or_else(|| desk.show.offset.to_datetime(desk.now).date());
        let put = podcast::put_in(&desk.show, day, &self.files)?;
        if put.others > 0 && !self.publish.run.quiet {
            let (folder, others) = (put.folder.display(), put.others);
            note(&message!(
                "{folder}: {others} more articles are there, and are in it too",
                folder,
                others
            ));
        }
        self.publish.build(&desk)?.result()
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
#[command(
    after_help = "Examples:\n  docbao podcast build tin-sang\n  docbao podcast build tin-sang --prune --dry-run"
)]
struct Build {
    /// The folder of podcast.toml and the articles.
    #[arg(default_value = ".", value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// Remove the files of episodes whose articles are gone.
    #[arg(long, help_heading = HEADING)]
    prune: bool,
    /// List what --prune would remove, and change nothing.
    #[arg(long, requires = "prune", help_heading = HEADING)]
    dry_run: bool,
    #[command(flatten)]
    publish: PublishArgs,
}

impl Build {
    fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        let desk = self.publish.desk(&self.folder)?;
        let left_behind =
            || podcast::left_behind(&desk.show, &self.publish.wanted(&desk), &mut |_| Ok(()));
        if self.dry_run {
            return self.list(&left_behind()?, |file| told!("would remove {file}", file));
        }
        let report = self.publish.build(&desk)?;
        if self.prune {
            let files = left_behind()?;
            podcast::remove_left_behind(&desk.output, &files)?;
            if !self.publish.run.json {
                self.list(&files, |file| told!("removed {file}", file))?;
            }
        }
        report.result()
    }

    /// Prints what is or would be removed.
    fn list(&self, files: &[PathBuf], told: fn(String) -> String) -> Result<(), Failure> {
        if self.publish.run.json {
            let files: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
            return print_json(Kind::PrunedFiles, &list("files", &files));
        }
        if !self.publish.run.quiet {
            files
                .iter()
                .try_for_each(|file| writeln!(stdout(), "{}", told(file.display().to_string())))?;
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
#[command(after_help = "Example:\n  docbao podcast check tin-sang/public --strict")]
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
            print_json(Kind::ShowCheck, &report)?;
        } else {
            let mut out = stdout();
            report.faults.iter().try_for_each(|fault| writeln!(out, "{}", said(&fault.told())))?;
            let (pages, episodes) = (report.pages, report.episodes);
            writeln!(
                out,
                "{}",
                told!(
                    "{path}: {episodes} episodes, {pages} pages: {errors} errors, {warnings} warnings",
                    path = self.path.display(),
                    episodes,
                    pages,
                    errors,
                    warnings
                )
            )?;
        }
        if errors > 0 || (self.strict && warnings > 0) { Err(Failure::Reported) } else { Ok(()) }
    }
}
