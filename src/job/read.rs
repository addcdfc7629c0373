//! The first step of a job: its source is read, once.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::model::article::{Article, Origin};
use crate::model::digest::Digest;
use crate::model::encoding::Encoding;
use crate::model::error::Error;
use crate::model::request::Source;
use crate::text::readers::{self, Input};

/// The largest source, in bytes: a thousand novels. More is a mistake, not an article.
const LARGEST: u64 = 1 << 30;

/// The article in a source; `encoding` is that of its text, or `None` if it is to be recognized. What
/// has several articles in it, such as a book with chapters, is joined to one.
///
/// # Errors
/// As [`read_all`].
pub fn read(source: &Source, encoding: Option<Encoding>) -> Result<Article, Error> {
    let mut articles = read_all(source, encoding)?;
    if let [_] = articles[..] {
        return Ok(articles.remove(0));
    }
    let digests: Vec<_> = articles.iter().map(|article| article.origin.digest).collect();
    let parts: Vec<&[u8]> = digests.iter().map(|digest| &digest.bytes()[..]).collect();
    let origin = Origin { name: source.name(), digest: Digest::of_parts(&parts) };
    Ok(Article::join(articles, origin))
}

/// The articles in a source, in order; at least one.
///
/// # Errors
/// [`ErrorKind::Read`](crate::model::error::ErrorKind::Read) if a file cannot be read;
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if it is a folder or larger than 1 GiB,
/// and what its reader gives.
pub(crate) fn read_all(source: &Source, encoding: Option<Encoding>) -> Result<Vec<Article>, Error> {
    let (name, bytes) = match source {
        Source::File(path) => (path.display().to_string(), Cow::Owned(bytes_of(path)?)),
        Source::Text { name, text } => (name.clone(), Cow::Borrowed(text.as_bytes())),
        Source::Bytes { name, bytes } => (name.clone(), Cow::Borrowed(&bytes[..])),
        Source::Several(sources) => {
            let articles = sources.iter().map(|source| read_all(source, encoding));
            let articles: Vec<_> = articles.collect::<Result<Vec<_>, _>>()?.concat();
            let reason = "has no article in it";
            return Some(articles)
                .filter(|articles| !articles.is_empty())
                .ok_or_else(|| Error::input(source.name(), reason));
        }
    };
    let articles = readers::read(&Input { name: &name, bytes: &bytes, encoding })?;
    if articles.is_empty() {
        return Err(Error::input(name, "has no article in it"));
    }
    Ok(articles)
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
