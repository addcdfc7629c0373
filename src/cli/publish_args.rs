//! What `docbao podcast build` and `bulletin` share: how a show is made of its folder.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use clap::builder::ValueHint;
use jiff::Timestamp;

use super::args::{CacheArgs, RunArgs, VoiceArgs, context, manner, prepare};
use super::json::{Kind, print_json};
use super::language::told;
use super::lexicons::Projects;
use super::read_args::ReadArgs;
use super::report::Report;
use super::teller::Teller;
use super::{Failure, stdout};
use crate::batch::Event;
use crate::job::Context;
use crate::model::request::{Request, Source};
use crate::podcast::{self, BuildRequest, BuildSummary, Show};

/// These settings have a table of their own in a settings file, because other commands have options
/// of the same names.
pub(super) const HEADING: &str = "Podcast";

/// How a show is made of its folder.
#[derive(Debug, Args)]
pub(super) struct PublishArgs {
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
    /// Make a bulletin without those of its articles that cannot be read or that --strict refuses. Without
    /// it such a bulletin stays as it was.
    #[arg(long, help_heading = HEADING)]
    skip_failed: bool,
    #[command(flatten)]
    pub run: RunArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    cache: CacheArgs,
}

/// What a build needs.
pub(super) struct Desk {
    pub show: Show,
    pub now: Timestamp,
    pub output: PathBuf,
    folder: PathBuf,
    context: Context,
    manner: Request,
}

impl PublishArgs {
    /// Reads the settings of the show in a folder, and opens its voices.
    pub(super) fn desk(&self, folder: &Path) -> Result<Desk, Failure> {
        let show = Show::load(folder)?;
        let context = context(&self.voice, self.cache.open(true));
        let mut manner = manner(&self.read, &self.voice, self.run.strict)?;
        let settings = folder.join(podcast::FILE_NAME);
        let found =
            self.read.projects(&mut Projects::default(), &Source::File(settings.clone()))?;
        self.read.add(found, &mut manner.reading);
        prepare(&context, &manner, Some(&settings))?;
        let output = self.output.clone().unwrap_or_else(|| folder.join("public"));
        let now = self.now.unwrap_or_else(Timestamp::now);
        Ok(Desk { show, now, output, folder: folder.to_owned(), context, manner })
    }

    /// What is asked of the build.
    pub(super) fn wanted<'a>(&self, desk: &'a Desk) -> BuildRequest<'a> {
        BuildRequest {
            folder: &desk.folder,
            output: &desk.output,
            now: desk.now,
            earlier: self.earlier,
            empties: self.empty,
            skips_failed: self.skip_failed,
            again: self.run.force,
            manner: &desk.manner,
        }
    }

    /// Builds the show and prints what was done; gives the report, which may be of failures.
    pub(super) fn build(&self, desk: &Desk) -> Result<Report, Failure> {
        let Desk { show, context, .. } = desk;
        let pool = self.run.pool()?;
        let mut teller =
            Teller::new(context, self.run.quiet || self.run.json).verbose(self.run.verbose);
        let mut tell = |event: Event| teller.tell(event);
        let wanted = self.wanted(desk);
        let published = pool.install(|| podcast::build(context, show, &wanted, &mut tell));
        let report = teller.finish();
        self.cache.trim(context);
        let BuildSummary { episodes, pages, feed } = published?;
        if self.run.json {
            print_json(Kind::NarrationReport, &report)?;
        } else if !self.run.quiet {
            report.print()?;
            let feed = feed.display();
            writeln!(
                stdout(),
                "{}",
                told!("{feed}: {episodes} episodes, {pages} pages", feed, episodes, pages)
            )?;
        }
        Ok(report)
    }
}
