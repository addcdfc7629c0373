//! The articles of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::error::Error;

/// Folders inside folders are followed so deep.
const DEEPEST: usize = 64;

/// An article of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Article {
    /// Its file.
    pub path: PathBuf,
    /// The same below the folder that was asked for.
    pub below: PathBuf,
}

/// The text files (.txt) of a folder and of the folders in it, in the order of their paths. Left
/// out are the folder `except`, what is hidden (its name begins with a point), and links to
/// folders.
///
/// # Errors
/// [`Error::Read`] if a folder cannot be listed; [`Error::Input`] if there is no text file, or the
/// folders lie too deep in one another.
pub fn articles(folder: &Path, except: &Path) -> Result<Vec<Article>, Error> {
    let except = fs::canonicalize(except).ok();
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), PathBuf::new(), 0)];
    while let Some((path, below, depth)) = folders.pop() {
        if depth > DEEPEST {
            let reason = format!("holds folders more than {DEEPEST} deep");
            return Err(Error::input(folder.display().to_string(), reason));
        }
        let failed = |cause| Error::read(path.clone(), cause);
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let (path, below) = (entry.path(), below.join(entry.file_name()));
            if entry.file_type().map_err(failed)?.is_dir() {
                if except.is_none() || fs::canonicalize(&path).ok() != except {
                    folders.push((path, below, depth + 1));
                }
            } else if is_article(&path) {
                found.push(Article { path, below });
            }
        }
    }
    if found.is_empty() {
        let reason = "has no text files (.txt) in it".to_owned();
        return Err(Error::input(folder.display().to_string(), reason));
    }
    found.sort();
    Ok(found)
}

fn is_article(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
        && path.is_file()
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
        let found = articles(root.path(), &root.path().join("a/../out")).unwrap();
        let below: Vec<_> = found.iter().map(|article| article.below.to_str().unwrap()).collect();
        assert_eq!(below, ["a/c.TXT", "a/d/e.txt", "b.txt"]);
        assert_eq!(found[1].path, root.path().join("a/d/e.txt"));
        let error = articles(&root.path().join("folder.txt"), Path::new("x")).unwrap_err();
        assert!(error.to_string().contains("no text files"), "{error}");
        assert!(articles(&root.path().join("none"), Path::new("x")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_go_round_are_not_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "").unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("round")).unwrap();
        assert_eq!(articles(root.path(), Path::new("none")).unwrap().len(), 1);
    }
}
