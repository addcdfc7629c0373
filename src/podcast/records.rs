//! Where the records of a build are: beside the folder for the web, so that all of that folder can be
//! put on a server as it is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::error::Error;

/// The folder of records, which is hidden.
const FOLDER: &str = ".docbao";

/// The folder of the records of an output folder: `tin-sang/.docbao/public` of `tin-sang/public`.
pub(super) fn folder(output: &Path) -> PathBuf {
    let name = |path: &Path| path.file_name().map(ToOwned::to_owned);
    let whole = match name(output) {
        Some(_) => Some(output.to_owned()),
        // `.` and `..` have no name of their own.
        None => output.canonicalize().ok(),
    };
    let beside = whole.as_deref().and_then(|path| Some((path.parent()?, name(path)?)));
    beside.map_or_else(|| within(output), |(parent, name)| parent.join(FOLDER).join(name))
}

/// Where earlier versions of this program kept them: in the output folder.
fn within(output: &Path) -> PathBuf {
    output.join(FOLDER)
}

/// Moves the records that an earlier version of this program left in the output folder.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if they cannot be moved.
pub(super) fn take_out(output: &Path) -> Result<(), Error> {
    let (old, new) = (within(output), folder(output));
    if old == new || new.exists() || !old.is_dir() {
        return Ok(());
    }
    let failed = |cause: io::Error| Error::write(new.clone(), cause);
    if let Some(parent) = new.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::rename(&old, &new).map_err(failed)
}

/// A record as it is kept now, or else where an earlier version kept it.
pub(super) fn find(output: &Path, name: &str) -> PathBuf {
    let (new, old) = (folder(output).join(name), within(output).join(name));
    if !new.exists() && old.exists() { old } else { new }
}

/// The folder of the times of the words of episodes, in that of the records.
pub(super) fn marks_folder(records: &Path) -> PathBuf {
    records.join("marks")
}

/// Where the times of the words of an episode are kept; `stem` is what its files are called.
pub(super) fn marks(records: &Path, stem: &str) -> PathBuf {
    marks_folder(records).join(format!("{stem}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_beside_the_folder_and_move_out_of_it() {
        assert_eq!(folder(Path::new("tin/public")), Path::new("tin/.docbao/public"));
        assert_eq!(folder(Path::new("public")), Path::new(".docbao/public"));
        let root = tempfile::tempdir().unwrap();
        let output = root.path().join("public");
        fs::create_dir_all(output.join(".docbao/made")).unwrap();
        fs::write(output.join(".docbao/feed.json"), "{}").unwrap();
        assert!(find(&output, "feed.json").starts_with(&output));
        take_out(&output).unwrap();
        let new = root.path().join(".docbao/public");
        assert!(new.join("made").is_dir() && !output.join(".docbao").exists());
        assert_eq!(find(&output, "feed.json"), new.join("feed.json"));
        take_out(&output).unwrap();
    }
}
