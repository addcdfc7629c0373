//! A show to begin with.

use std::fs;
use std::path::{Path, PathBuf};

use super::show::{EXAMPLE, FILE_NAME};
use super::{jingle, publish};
use crate::model::error::Error;

/// A picture that can be published, and should not be: it says that it is a placeholder.
pub(super) const PLACEHOLDER: &[u8] = include_bytes!("placeholder.png");

/// The file of the placeholder, as the example names it.
const PICTURE: &str = "cover.png";

/// The file of the jingle to begin with, as the example names it.
const JINGLE: &str = "jingle.wav";

/// Writes an example of a `podcast.toml` into a folder, which is made if it is not there, and a picture
/// and a jingle to begin with, if there are none of these names; gives the path of the settings.
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
    let picture = folder.join(PICTURE);
    if !picture.exists() {
        publish::file(&picture, PLACEHOLDER)?;
    }
    let jingle = folder.join(JINGLE);
    if !jingle.exists() {
        publish::file(&jingle, &jingle::placeholder())?;
    }
    publish::file(&path, EXAMPLE.as_bytes())?;
    Ok(path)
}
