//! A show to begin with.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::show::{EXAMPLE, FILE_NAME};
use crate::files::AtomicFile;
use crate::model::error::Error;

/// Writes an example of a `podcast.toml` into a folder, which is made if it is not there; gives its
/// path.
///
/// # Errors
/// [`Error::Usage`] if there is one; [`Error::Write`] if it cannot be written.
pub fn init(folder: &Path) -> Result<PathBuf, Error> {
    let path = folder.join(FILE_NAME);
    if path.exists() {
        let path = path.display();
        return Err(Error::request(format!("{path} is there already; it stays as it is")));
    }
    fs::create_dir_all(folder).map_err(|cause| Error::write(folder.to_owned(), cause))?;
    let mut file = AtomicFile::create(&path)?;
    file.write_all(EXAMPLE.as_bytes()).map_err(|cause| file.error(cause))?;
    file.finish()?;
    Ok(path)
}
