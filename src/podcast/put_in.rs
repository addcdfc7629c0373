//! Articles from elsewhere are put into the folder of a show, as the bulletin of a day.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::bulletin_settings::Grouping;
use super::decided::Decided;
use super::publish;
use super::show::{FILE_NAME, Show};
use crate::files::{PathBelow, bounded};
use crate::job;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::request::{ReadingSettings, Source};
use crate::text::readers;

/// Digits of the numbers that put the files of a bulletin into their order.
const DIGITS: usize = 2;

/// What was put where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutIn {
    /// The folder of the bulletin.
    pub folder: PathBuf,
    /// How many articles are in it that were not named.
    pub others: usize,
}

/// Copies articles, with the pictures they name and what was decided of them, into the folder of a day, in
/// this order: `2024-03-05/01-mua.txt`. A file that is there under its name is replaced, and keeps its place;
/// others come after those that are there.
///
/// # Errors
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if the show makes no bulletins of folders, or
/// a file is none of an article; [`ErrorKind::Read`](crate::model::error::ErrorKind::Read) and
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write).
pub fn put_in(show: &Show, day: Date, files: &[PathBuf]) -> Result<PutIn, Error> {
    let settings = show.folder.join(FILE_NAME).display().to_string();
    match &show.bulletin {
        None => {
            let reason = "has no table [bulletin], so each article is an episode of its own; put \
                          [bulletin] at its end";
            let hint = Hint::run(
                &["podcast", "init", "DIR", "--bulletin"],
                "to see in a new folder what it may say",
            );
            return Err(Error::input(settings, reason).with_hint(hint));
        }
        Some(bulletin) if bulletin.by == Grouping::Day => {
            let reason = "has `by = \"day\"` in [bulletin]: articles go where you like, and their dates \
                          say which bulletin they are of; put them in and build the show";
            return Err(Error::input(settings, reason));
        }
        Some(_) => {}
    }
    files.iter().try_for_each(|file| check(file))?;
    let folder = show.folder.join(day.to_string());
    fs::create_dir_all(&folder).map_err(|cause| Error::write(&folder, cause))?;
    let mut there = articles_in(&folder)?;
    let mut next = there.iter().filter_map(|name| number(name)).map(|(number, _)| number).max();
    for file in files {
        let name = name_of(file);
        let is_inside =
            file.parent().and_then(|it| it.canonicalize().ok()) == folder.canonicalize().ok();
        let known = there.iter().position(|it| {
            *it == name || !is_inside && number(it).is_some_and(|(_, rest)| rest == name)
        });
        let target = match known {
            Some(at) => there.remove(at),
            None => {
                let number = next.unwrap_or(0) + 1;
                next = Some(number);
                format!("{number:0DIGITS$}-{name}")
            }
        };
        if !is_inside {
            copy(file, &folder.join(target))?;
        }
    }
    Ok(PutIn { folder, others: there.len() })
}

/// Whether a file is one of an article.
fn check(file: &Path) -> Result<(), Error> {
    let ending = file.extension().unwrap_or_default();
    if !readers::extensions().any(|known| ending.eq_ignore_ascii_case(known)) {
        let endings: Vec<_> = readers::extensions().map(|ending| format!(".{ending}")).collect();
        let reason = message!(
            "is no file of an article: its name must end in {endings}",
            endings = Message::any_of(&endings)
        );
        return Err(Error::input(file.display().to_string(), reason));
    }
    fs::metadata(file).map(|_| ()).map_err(|cause| Error::read(file, cause))
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The names of the articles in a folder, in order.
fn articles_in(folder: &Path) -> Result<Vec<String>, Error> {
    let failed = |cause| Error::read(folder, cause);
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() && check(&path).is_ok() {
            names.insert(name_of(&path));
        }
    }
    Ok(names.into_iter().collect())
}

/// The number before the name of a file that was put in, and the name.
fn number(name: &str) -> Option<(usize, &str)> {
    let (number, rest) = name.split_once('-')?;
    Some((number.parse().ok()?, rest))
}

/// Copies an article with what belongs to it.
fn copy(file: &Path, target: &Path) -> Result<(), Error> {
    let one = |from: &Path, to: &Path| {
        let bytes = fs::read(from).map_err(|cause| Error::read(from, cause))?;
        publish::file(to, &bytes)
    };
    one(file, target)?;
    let decided = Decided::path(file);
    if decided.is_file() {
        one(&decided, &Decided::path(target))?;
    }
    // What is wrong with an article is told when it is read for its bulletin.
    let article = job::read(&Source::File(file.to_owned()), &ReadingSettings::default()).ok();
    let cover = article.and_then(|article| article.metadata.cover);
    let Some(picture) = cover.and_then(|cover| PathBelow::parse(cover).ok()) else { return Ok(()) };
    let folder = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
    let (from, to) = (picture.in_folder(&folder(file)), picture.in_folder(&folder(target)));
    if let Ok(bytes) = bounded::read(&from, bounded::PICTURE) {
        fs::create_dir_all(folder(&to)).map_err(|cause| Error::write(&to, cause))?;
        publish::file(&to, &bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_told_from_names() {
        assert_eq!(super::number("02-mua-lon.txt"), Some((2, "mua-lon.txt")));
        assert_eq!(super::number("mua-lon.txt"), None);
    }
}
