//! Folders of articles that become folders of files, and are kept up to date: what is whole and
//! would come out the same is left as it is.
//!
//! For every article a [`Ledger`] keeps a record in `.docbao/` of the output folder: the
//! [key](crate::job::Context::key) of all that went in, and the digest of each file that came out. It
//! is written after the files have their names. So if a run is killed at any time, each file under a
//! final name is whole, and the next run makes exactly what is not known to be up to date.

mod folder;
mod jobs;
mod ledger;
mod watch;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

pub use self::folder::{ArticleFile, FolderFiles, article_files, folder_files};
pub use self::jobs::{Job, without_twins};
pub use self::ledger::{FileRecord, Ledger};
pub use self::watch::Watch;
use crate::job::{
    self, Context, Outcome, Produced, Progress, Watcher, as_article_asks, perform_on,
};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::request::Request;

/// What became of an article in a folder that is kept up to date.
#[derive(Debug)]
pub struct Built {
    /// The outcome.
    pub outcome: Outcome,
    /// What is known about its files, in the order of the request's outputs; empty if it has none.
    pub files: Vec<FileRecord>,
}

/// What was made of an article, and what is known about its files.
pub type UpToDate = (Box<Produced>, Vec<FileRecord>);

/// Makes the files of a request for its article, which was already read, unless they are up to date;
/// with `again` it makes them in any case. `set` names its files in the ledger: the path of the sound,
/// inside the ledger's folder.
///
/// # Errors
/// As [`perform_on`]; [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if what was made
/// cannot be recorded.
pub fn build(
    context: &Context,
    ledger: &Ledger,
    set: &Path,
    (request, article): (&Request, &Article),
    again: bool,
    watcher: &mut Watcher,
) -> Result<Built, Error> {
    let request = &*as_article_asks(context, request, article)?;
    let key = context.key(request, &article.origin.digest)?;
    let paths: Vec<&PathBuf> = request.outputs.paths().collect();
    let whole = || ledger.whole(set, &key, &paths);
    if let Some((produced, files)) = (!again).then(whole).flatten() {
        return Ok(Built { outcome: Outcome::UpToDate(produced), files });
    }
    let outcome = perform_on(context, request, article, watcher)?.outcome;
    let files = match &outcome {
        Outcome::Made(produced) => ledger.record(set, key, &paths, produced)?,
        _ => Vec::new(),
    };
    Ok(Built { outcome, files })
}

/// What was made for a request and its article, if its files are up to date.
///
/// # Errors
/// As [`Context::key`].
pub fn up_to_date(
    context: &Context,
    ledger: &Ledger,
    set: &Path,
    (request, article): (&Request, &Article),
) -> Result<Option<UpToDate>, Error> {
    let request = &*as_article_asks(context, request, article)?;
    let key = context.key(request, &article.origin.digest)?;
    let paths: Vec<&PathBuf> = request.outputs.paths().collect();
    Ok(ledger.whole(set, &key, &paths))
}

/// What happens while articles are worked on.
#[derive(Debug)]
pub enum Event<'a> {
    /// Something worth knowing.
    Note(Message),
    /// An utterance of the article of this name was spoken.
    Spoken(&'a str, Progress),
    /// The article of this name is done; this is the file of its sound, if it has one.
    Done(&'a str, Option<&'a Path>, Outcome),
}

/// Does one job after another. What is up to date in the ledger is made only with `again`. An article
/// that fails does not stop the others. `tell` is called at every step, and may stop the work with an
/// error; what is made is kept.
///
/// # Errors
/// What `tell` gives.
pub fn run(
    context: &Context,
    jobs: &[Job],
    ledger: Option<&Ledger>,
    again: bool,
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<(), Error> {
    for job in jobs {
        let name = job.name();
        let outcome = attempt(&name, tell, |watcher| one(context, job, ledger, again, watcher))?;
        let outcome = outcome.unwrap_or_else(Outcome::Failed);
        let sound = job.request.outputs.main_sound().map(PathBuf::as_path);
        tell(Event::Done(&name, sound, outcome))?;
    }
    Ok(())
}

/// Does the work of the article of this name, whose progress is handed to `tell`. An error of `tell`
/// stops everything; an error of the work concerns this article alone, and is the inner result.
///
/// # Errors
/// What `tell` gives.
pub fn attempt<T>(
    name: &str,
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
    work: impl FnOnce(&mut Watcher) -> Result<T, Error>,
) -> Result<Result<T, Error>, Error> {
    let mut is_stopped = false;
    let mut watcher = |progress: Progress| {
        let result = tell(Event::Spoken(name, progress));
        is_stopped |= result.is_err();
        result
    };
    match work(&mut watcher) {
        Err(error) if is_stopped => Err(error),
        result => Ok(result),
    }
}

/// Does a job.
fn one(
    context: &Context,
    job: &Job,
    ledger: Option<&Ledger>,
    again: bool,
    watcher: &mut Watcher,
) -> Result<Outcome, Error> {
    let Job { request, set, article } = job;
    let article = match article {
        Some(article) => Cow::Borrowed(article),
        None => Cow::Owned(job::read(&request.source, &request.reading)?),
    };
    let Some(ledger) = ledger else {
        return Ok(perform_on(context, request, &article, watcher)?.outcome);
    };
    for folder in request.outputs.paths().filter_map(|path| path.parent()) {
        fs::create_dir_all(folder).map_err(|cause| Error::write(folder, cause))?;
    }
    Ok(build(context, ledger, set, (request, &article), again, watcher)?.outcome)
}
