//! A show to begin with.

use std::fs;
use std::path::{Path, PathBuf};

use super::show::{EXAMPLE, FILE_NAME};
use super::{jingle, publish};
use crate::model::error::Error;
use crate::model::message::message;

/// A picture that can be published, and should not be: it says that it is a placeholder.
pub(super) const PLACEHOLDER: &[u8] = include_bytes!("placeholder.png");

/// What is before a line of the example that is not in force.
const UNUSED: &str = "#: ";

/// The file of the placeholder, as the example names it.
const PICTURE: &str = "cover.png";

/// The file of the jingle to begin with, as the example names it.
const JINGLE: &str = "jingle.wav";

/// Writes an example of a `podcast.toml` into a folder, which is made if it is not there, and a picture
/// and a jingle to begin with, if there are none of these names; gives the path of the settings. With
/// `bulletin` the articles of a folder are one episode.
///
/// # Errors
/// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if there is one;
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if it cannot be written.
pub fn init(folder: &Path, bulletin: bool) -> Result<PathBuf, Error> {
    let path = folder.join(FILE_NAME);
    if path.exists() {
        let path = path.display();
        return Err(Error::request(message!("{path} is there already; it stays as it is", path)));
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
    let example = if bulletin { with_bulletin(EXAMPLE) } else { EXAMPLE.to_owned() };
    publish::file(&path, example.as_bytes())?;
    Ok(path)
}

/// The example with its table of bulletins in force.
fn with_bulletin(example: &str) -> String {
    let is_begin = |line: &&str| line.strip_prefix(UNUSED) == Some("[bulletin]");
    let before = example.lines().take_while(|line| !is_begin(line)).count();
    let inside = example.lines().skip(before).take_while(|line| !line.is_empty()).count();
    let within = before..before + inside;
    let line = |(at, line): (usize, &str)| {
        let used = line.strip_prefix(UNUSED).filter(|_| within.contains(&at));
        format!("{}\n", used.unwrap_or(line))
    };
    example.lines().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::podcast::show::Show;

    #[test]
    fn an_example_of_bulletins_is_a_show() {
        let path = Path::new("podcast.toml");
        assert_eq!(Show::parse(path, EXAMPLE).unwrap().bulletin, None);
        let bulletin = Show::parse(path, &with_bulletin(EXAMPLE)).unwrap().bulletin.unwrap();
        assert!(bulletin.title.contains("{ngày}") && !bulletin.greeting.is_empty());
        assert_eq!((bulletin.time, bulletin.voices), (None, Vec::new()));
    }
}
