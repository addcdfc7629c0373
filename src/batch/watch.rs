//! Waiting for files to change.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

/// How files were when they were last looked at.
///
/// They are looked at again and again, without notifications of the system: that works the same on
/// every system, in containers and in shared folders, and takes less than a millisecond for a hundred
/// files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch(BTreeMap<PathBuf, Option<(u64, Option<SystemTime>)>>);

impl Watch {
    /// Looks at files; that a file is missing is remembered too.
    #[must_use]
    pub fn look(files: impl IntoIterator<Item = PathBuf>) -> Watch {
        let seen = files.into_iter().map(|path| {
            let found = fs::metadata(&path).ok();
            let found = found.map(|found| (found.len(), found.modified().ok()));
            (path, found)
        });
        Watch(seen.collect())
    }
}
