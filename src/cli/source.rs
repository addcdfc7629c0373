//! What the commands are given: files, addresses of the web, and standard input.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{address, config, lexicons, note};
use crate::batch::{self, ArticleFile, FolderFiles};
use crate::job;
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::request::{ReadingSettings, Source};

/// The largest standard input, in bytes.
const LARGEST: u64 = 1 << 30;

/// The name by which messages call standard input.
const STANDARD_INPUT: &str = "standard input";

/// Whether `-`, standard input, is meant.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name by which messages call an input.
pub(super) fn name(path: &Path) -> String {
    if is_standard_input(path) { STANDARD_INPUT.to_owned() } else { path.display().to_string() }
}

/// Whether a folder is meant.
pub(super) fn is_folder(path: &Path) -> bool {
    !is_standard_input(path) && !is_address(path) && path.is_dir()
}

/// The articles of a folder but for those of the outputs in it. A note tells of other files, if it is
/// wanted.
pub(super) fn articles(
    folder: &Path,
    outputs: &Path,
    is_told: bool,
) -> Result<Vec<ArticleFile>, Error> {
    let FolderFiles { articles, others } = batch::folder_files(folder, outputs)?;
    let own = [config::FILE_NAME, lexicons::PROJECT, "podcast.toml", "episodes.toml"];
    // Earlier outputs, where they go to the same folder.
    let is_mixed =
        outputs.canonicalize().ok().is_some_and(|it| folder.canonicalize().ok() == Some(it));
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for other in others {
        let is_own = own.iter().any(|name| other.ends_with(name));
        if !is_own && !is_mixed {
            let ending = other.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
            *kinds.entry(ending.unwrap_or_default()).or_default() += 1;
        }
    }
    if is_told && !kinds.is_empty() {
        let bare = kinds.remove("");
        let mut kinds: Vec<_> =
            kinds.iter().map(|(kind, count)| message!("{count} {kind}", count, kind)).collect();
        kinds.extend(bare.map(|count| message!("{count} without an ending", count)));
        let kinds = Message::all_of(&kinds);
        let folder = folder.display();
        note(&message!(
            "{folder}: files that are no articles are left out: {kinds}",
            folder,
            kinds
        ));
    }
    Ok(articles)
}

/// The files and folders that are named, with the articles of each folder in its place.
pub(super) fn with_folders(files: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut all = Vec::new();
    for file in files {
        if is_folder(file) {
            let found = articles(file, Path::new(""), true)?;
            all.extend(found.into_iter().map(|article| article.path));
        } else {
            all.push(file.clone());
        }
    }
    Ok(all)
}

/// Whether a page of the web is meant.
pub(super) fn is_address(path: &Path) -> bool {
    address::address(path).is_some()
}

/// The name of the file that an input is, or could be.
pub(super) fn file_name(path: &Path) -> PathBuf {
    if is_standard_input(path) {
        return PathBuf::from("narration.txt");
    }
    match address::address(path) {
        Some(address) => address::file_name(address),
        None => path.file_name().map_or(path, Path::new).to_owned(),
    }
}

/// What a file with one of several articles would be called: its number with so many digits, so that
/// names are in reading order, and its title.
pub(super) fn numbered_name(number: u32, digits: usize, title: &str) -> PathBuf {
    let title = address::fit(&title.split_whitespace().collect::<Vec<_>>().join(" "));
    let hyphen = if title.is_empty() { "" } else { "-" };
    PathBuf::from(format!("{number:0digits$}{hyphen}{title}.txt"))
}

/// The source that an argument names. Standard input is read now, a page is fetched later.
pub(super) fn source(path: &Path) -> Result<Source, Error> {
    if let Some(address) = address::address(path) {
        return Ok(Source::Address(address.to_owned()));
    }
    if !is_standard_input(path) {
        return Ok(Source::File(path.to_owned()));
    }
    let mut bytes = Vec::new();
    let failed = |cause| Error::read(STANDARD_INPUT, cause);
    std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let reason = "is larger than 1 GiB; split it into articles";
        return Err(Error::input(STANDARD_INPUT, reason));
    }
    Ok(Source::Bytes { name: STANDARD_INPUT.to_owned(), bytes })
}

/// The article that an argument names, read under these settings.
pub(super) fn article(path: &Path, settings: &ReadingSettings) -> Result<Article, Error> {
    read(path, &source(path)?, settings)
}

/// The article in the source that an argument names, read under these settings.
pub(super) fn read(
    path: &Path,
    source: &Source,
    settings: &ReadingSettings,
) -> Result<Article, Error> {
    let article = job::read(source, settings)?;
    for said in &article.notes {
        note(&message!("{name}: {said}", name = name(path), said));
    }
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_chapters_are_in_reading_order() {
        for (number, digits, title, name) in [
            (1, 2, "Đêm  trăng", "01-Đêm trăng.txt"),
            (7, 3, "", "007.txt"),
            (12, 2, "Chương 12: Về/nhà?", "12-Chương 12- Về-nhà-.txt"),
            (2, 2, "Giá 1.5 triệu", "02-Giá 1.5 triệu.txt"),
            (3, 2, "..", "03.txt"),
        ] {
            assert_eq!(numbered_name(number, digits, title), Path::new(name));
        }
    }
}
