//! A show to begin with.

use std::fs;
use std::path::{Path, PathBuf};

use super::publish;
use super::show::{EXAMPLE, FILE_NAME};
use crate::model::error::Error;

/// Writes an example of a `podcast.toml` into a folder, which is made if it is not there; gives its
/// path.
///
/// # Errors
/// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if there is one;
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if it cannot be written.
pub fn init(folder: &Path) -> Result<PathBuf, Error> {
    let path = folder.join(FILE_NAME);
    if path.exists() {
        let path = path.display();
        return Err(Error::request(format!("{path} is there already; it stays as it is")));
    }
    fs::create_dir_all(folder).map_err(|cause| Error::write(folder, cause))?;
    publish::file(&path, EXAMPLE.as_bytes())?;
    Ok(path)
}
