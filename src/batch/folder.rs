//! The files of articles in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::error::Error;
use crate::model::message::message;
use crate::text::readers;

/// How deep folders inside folders are followed.
const DEEPEST: usize = 64;

/// The file of an article in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleFile {
    /// Its file.
    pub path: PathBuf,
    /// Its path below the folder that was asked for.
    pub below: PathBuf,
}

impl ArticleFile {
    /// Its path below the folder, with `/` between names on every system.
    #[must_use]
    pub fn slashed(&self) -> String {
        let parts: Vec<_> = self.below.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }
}

/// The files of a folder and of the folders in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FolderFiles {
    /// Those whose endings a reader takes, in the natural order of their paths: 2 before 10.
    pub articles: Vec<ArticleFile>,
    /// The others.
    pub others: Vec<PathBuf>,
}

/// The articles of a folder: see [`folder_files`].
///
/// # Errors
/// As [`folder_files`].
pub fn article_files(folder: &Path, except: &Path) -> Result<Vec<ArticleFile>, Error> {
    Ok(folder_files(folder, except)?.articles)
}

/// The files of a folder and of the folders in it. The file or folder `except`, hidden files (their names
/// begin with a full stop) and links to folders are left out.
///
/// # Errors
/// Of kind `Read` if a folder cannot be listed; of kind `Input` if there is no file of an article, or
/// folders are too deep in one another.
pub fn folder_files(folder: &Path, except: &Path) -> Result<FolderFiles, Error> {
    let except = fs::canonicalize(except).ok();
    let (mut found, mut others) = (Vec::new(), Vec::new());
    let mut folders = vec![(folder.to_owned(), PathBuf::new(), 0)];
    while let Some((path, below, depth)) = folders.pop() {
        if depth > DEEPEST {
            let reason = message!("holds folders more than {deepest} deep", deepest = DEEPEST);
            return Err(Error::input(folder.display().to_string(), reason));
        }
        let failed = |cause| Error::read(path.clone(), cause);
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let (path, below) = (entry.path(), below.join(entry.file_name()));
            let is_folder = entry.file_type().map_err(failed)?.is_dir();
            if except.is_some() && fs::canonicalize(&path).ok() == except {
                continue;
            }
            if is_folder {
                folders.push((path, below, depth + 1));
            } else if is_article(&path) {
                found.push(ArticleFile { path, below });
            } else if path.is_file() {
                others.push(path);
            }
        }
    }
    if found.is_empty() {
        let endings: Vec<_> = readers::extensions().map(|ending| format!(".{ending}")).collect();
        let reason =
            message!("has no files of articles ({endings}) in it", endings = endings.join(", "));
        return Err(Error::input(folder.display().to_string(), reason));
    }
    found.sort_by(|a, b| readers::natural(&a.below.to_string_lossy(), &b.below.to_string_lossy()));
    others.sort();
    Ok(FolderFiles { articles: found, others })
}

fn is_article(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    readers::extensions().any(|known| ending.eq_ignore_ascii_case(known)) && path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_are_found_in_order_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        for name in
            ["b.txt", "a/c.TXT", "a/d/e.txt", "a/f.md", ".git/x.txt", "a/.y.txt", "out/z.txt"]
        {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        fs::create_dir(root.path().join("folder.txt")).unwrap();
        let found = article_files(root.path(), &root.path().join("a/../out")).unwrap();
        let below: Vec<_> = found.iter().map(|article| article.below.to_str().unwrap()).collect();
        assert_eq!(below, ["a/c.TXT", "a/d/e.txt", "a/f.md", "b.txt"]);
        assert_eq!(found[1].path, root.path().join("a/d/e.txt"));
        fs::write(root.path().join("a/cover.jpg"), "").unwrap();
        let all = folder_files(root.path(), &root.path().join("out")).unwrap();
        assert_eq!((all.articles, all.others), (found, vec![root.path().join("a/cover.jpg")]));
        let found = article_files(root.path(), &root.path().join("a/f.md")).unwrap();
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|article| article.below != Path::new("a/f.md")));
        let error = article_files(&root.path().join("folder.txt"), Path::new("x")).unwrap_err();
        assert!(error.to_string().contains("no files of articles"), "{error}");
        assert!(article_files(&root.path().join("none"), Path::new("x")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_go_round_are_not_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "").unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("round")).unwrap();
        assert_eq!(article_files(root.path(), Path::new("none")).unwrap().len(), 1);
    }
}
