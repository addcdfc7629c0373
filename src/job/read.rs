//! The first step of a job: its source is read, once.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::model::article::Article;
use crate::model::encoding::Encoding;
use crate::model::error::Error;
use crate::model::request::Source;
use crate::text::readers::{self, Input};

/// The largest source, in bytes: a thousand novels. More is a mistake, not an article.
const LARGEST: u64 = 1 << 30;

/// The article in a source; `encoding` is that of its text, or `None` if it is to be recognized.
///
/// # Errors
/// [`ErrorKind::Read`](crate::model::error::ErrorKind::Read) if the file cannot be read;
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if it is a folder or larger than 1 GiB,
/// or has several articles in it, and what its reader gives.
pub fn read(source: &Source, encoding: Option<Encoding>) -> Result<Article, Error> {
    let (name, bytes) = match source {
        Source::File(path) => (path.display().to_string(), Cow::Owned(bytes_of(path)?)),
        Source::Text { name, text } => (name.clone(), Cow::Borrowed(text.as_bytes())),
        Source::Bytes { name, bytes } => (name.clone(), Cow::Borrowed(&bytes[..])),
    };
    let mut articles = readers::read(&Input { name: &name, bytes: &bytes, encoding })?;
    match (articles.pop(), articles.is_empty()) {
        (Some(article), true) => Ok(article),
        (None, _) => Err(Error::input(name, "has no article in it")),
        (Some(_), false) => Err(Error::input(name, "has several articles; split it")),
    }
}

/// The bytes of a file.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |cause| Error::read(path, cause);
    if fs::metadata(path).map_err(failed)?.is_dir() {
        let reason = "is a folder, where a file is needed";
        return Err(Error::input(path.display().to_string(), reason));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let reason = "is larger than 1 GiB; split it into articles";
        return Err(Error::input(path.display().to_string(), reason));
    }
    Ok(bytes)
}
