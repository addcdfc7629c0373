//! What is read is never written over.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::model::error::Error;
use crate::model::message::message;

/// What makes two paths the same file, links of both kinds included: its device and its number.
#[cfg(unix)]
type Identity = (u64, u64);

/// What makes two paths the same file, where files have no numbers.
#[cfg(not(unix))]
type Identity = std::path::PathBuf;

/// The identity of a file that is there.
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((found.dev(), found.ino()))
}

/// The identity of a file that is there.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    fs::canonicalize(path).ok()
}

/// Whether no file that is to be written is one that is read, by whatever name or link.
///
/// # Errors
/// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) that names both.
pub fn keep_inputs<'a>(
    read: impl IntoIterator<Item = &'a Path>,
    written: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Error> {
    let identified = |path: &'a Path| Some((identity(path)?, path));
    let read: HashMap<Identity, &Path> = read.into_iter().filter_map(identified).collect();
    for target in written {
        let Some(input) = identity(target).and_then(|identity| read.get(&identity)) else {
            continue;
        };
        let (target, input) = (target.display().to_string(), input.display().to_string());
        let what = match target == input {
            true => message!("{input} is read, and would be written over", input),
            false => {
                message!(
                    "{input} is read, and {target} is the same file: it would be written over",
                    input,
                    target
                )
            }
        };
        return Err(Error::request(message!("{what}; give the output another name", what)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_same_by_any_name_or_link() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::write(path("a.txt"), "a").unwrap();
        fs::write(path("b.txt"), "a").unwrap();
        fs::create_dir(path("sub")).unwrap();
        fs::hard_link(path("a.txt"), path("hard.txt")).unwrap();
        let mut names = vec!["a.txt", "sub/../a.txt", "hard.txt"];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("a.txt"), path("soft.txt")).unwrap();
            names.push("soft.txt");
        }
        for name in names {
            let error = keep_inputs([path("a.txt").as_path()], [path(name).as_path()]);
            assert!(error.unwrap_err().to_string().contains("a.txt is read"), "{name}");
        }
        for name in ["b.txt", "new.txt", "sub"] {
            keep_inputs([path("a.txt").as_path()], [path(name).as_path()]).unwrap();
        }
    }
}
