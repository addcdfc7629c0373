//! `docbao cache`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::args::{CacheArgs, size, size_text};
use super::json::{Kind, print_json};
use super::{Failure, note, stdout};
use crate::cli::language::told;
use crate::job::cache::{Cache as Store, Usage};
use crate::model::error::Error;
use crate::model::shown::serialize_path;

/// Show the cache of utterances that were spoken before, or make it smaller.
///
/// `docbao narrate` fills it when a folder of articles is narrated, so that for a corrected article
/// only the changed sentences are spoken. What is removed from it is spoken again.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao cache")]
pub(super) struct Cache {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print JSON for programs.
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    cache: CacheArgs,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Remove what was not used for the longest time, until no more than this is left.
    #[command(after_help = "Example:\n  docbao cache trim --to 500MB")]
    Trim {
        /// How much may be left; by default what --cache-limit says.
        #[arg(long, value_name = "SIZE", value_parser = size)]
        to: Option<u64>,
    },
    /// Remove everything in it.
    #[command(after_help = "Example:\n  docbao cache clear")]
    Clear,
}

#[derive(Serialize)]
struct Shown {
    #[serde(serialize_with = "serialize_path")]
    folder: PathBuf,
    entries: u64,
    bytes: u64,
    limit: u64,
}

impl Cache {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let folder = self.cache.folder().ok_or_else(|| {
            Error::request("there is no folder for caches here; name one with --cache".to_owned())
        })?;
        let limit = self.cache.cache_limit;
        let Usage { entries, bytes } = if folder.exists() {
            self.held(&Store::open(&folder)?, limit)?
        } else {
            Usage::default()
        };
        if self.json {
            return print_json(Kind::Cache, &Shown { folder, entries, bytes, limit });
        }
        let (held, limit) = (size_text(bytes), size_text(limit));
        writeln!(
            stdout(),
            "{}",
            told!(
                "{folder}: {entries} utterances, {held} of {limit}",
                folder = folder.display(),
                entries,
                held,
                limit
            )
        )?;
        Ok(())
    }

    /// Does what is asked for; gives how much is left.
    fn held(&self, store: &Store, limit: u64) -> Result<Usage, Error> {
        let held = match &self.action {
            None => store.usage(),
            Some(Action::Trim { to }) => store.trim(to.unwrap_or(limit)),
            Some(Action::Clear) => store.trim(0),
        };
        store.warnings().iter().for_each(note);
        held
    }
}
