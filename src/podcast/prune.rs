//! Files that no article makes any more.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::articles::Articles;
use super::item::Item;
use super::register::{Register, SeenArticle};
use super::request::BuildRequest;
use super::show::Show;
use super::stock::Stock;
use super::{episode, feed};
use crate::batch::{Event, Ledger};
use crate::model::error::Error;

/// The files of episodes in the output folder whose articles are gone or drafts: the feed does not
/// name them, and no article of the show has their name, also none that waits for its day or that
/// cannot be read now. Nothing is changed.
///
/// # Errors
/// As [`build`](super::build()), for reading the show; what `report` gives.
pub fn left_behind(
    show: &Show,
    request: &BuildRequest,
    report: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<Vec<PathBuf>, Error> {
    let mut register = Register::load(request.folder)?;
    let stock = Stock::load(request.output);
    let articles = Articles::read(show, request, &stock, report)?;
    let seen: Vec<SeenArticle> = articles.seen();
    let given = show.guid.as_ref().and_then(|guid| Uuid::parse_str(guid).ok());
    let guid = register.show(given, &show.base_url.join(feed::FIRST));
    let identities = register.identify(&guid, &seen);
    let failed = articles.failed.iter().filter_map(|file| register.name(file));
    let mut names: BTreeSet<&str> = identities.iter().map(|it| it.name.as_str()).collect();
    names.extend(failed);
    let named: HashSet<PathBuf> = stock
        .items()
        .iter()
        .filter(|item| names.contains(item.name.as_str()))
        .flat_map(Item::files)
        .map(|path| path.in_folder(request.output))
        .collect();
    let mut found = Vec::new();
    for entry in fs::read_dir(request.output.join(episode::FOLDER)).into_iter().flatten().flatten()
    {
        let (path, file) = (entry.path(), entry.file_name());
        let is_ours = file.to_str().and_then(episode::name_of);
        if path.is_file()
            && !named.contains(&path)
            && is_ours.is_some_and(|name| !names.contains(name))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Removes what [`left_behind`] gave, and the records of it.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if a file cannot be removed.
pub fn remove_left_behind(output: &Path, files: &[PathBuf]) -> Result<(), Error> {
    let ledger = Ledger::with_records(output, &super::records::folder(output))?;
    for file in files {
        fs::remove_file(file).map_err(|cause| Error::write(file.clone(), cause))?;
        let name = file.file_name().and_then(|name| name.to_str());
        if let Some(stem) = name.and_then(episode::stem_of) {
            ledger.forget(&Path::new(episode::FOLDER).join(stem));
        }
    }
    Ok(())
}
