//! Files of the folder for the web, written when they are not there as they are to be: what has not
//! changed keeps its time, and servers and players need not fetch it again.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::files::{self, AtomicFile};
use crate::model::error::Error;

/// Writes a file.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write).
pub(super) fn file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    together([(path, bytes)])
}

/// Writes files: none takes its name before all are safely on disk, and then in this order.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write).
pub(super) fn together<P: AsRef<Path>, B: AsRef<[u8]>>(
    files: impl IntoIterator<Item = (P, B)>,
) -> Result<(), Error> {
    let mut sealed = Vec::new();
    for (path, bytes) in files {
        let (path, bytes) = (path.as_ref(), bytes.as_ref());
        if is_there(path, bytes) {
            continue;
        }
        let mut file = AtomicFile::create(path)?;
        file.write_all(bytes).map_err(|cause| file.error(cause))?;
        sealed.push(file.seal()?);
    }
    files::publish(sealed)
}

/// So long after a file was made, what was there before it stays: players read feeds that are days old.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// Whether a file was made not long ago, so that what was there before is still asked for.
pub(super) fn is_new(path: &Path) -> bool {
    let made = fs::metadata(path).and_then(|found| found.modified());
    made.ok().and_then(|time| time.elapsed().ok()).is_none_or(|age| age < KEPT)
}

fn is_there(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::metadata(path).map_or(0, |found| found.len());
    length == bytes.len() as u64 && fs::read(path).is_ok_and(|found| found == bytes)
}
