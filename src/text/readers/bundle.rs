//! Zip archives of articles, of any format that has a reader.

use super::archive::{Archive, is_zip};
use super::order::natural;
use super::reader::{Input, Reader};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::message;

/// The reader of archives.
pub(super) struct Bundle {
    /// Reads a file that is in one.
    pub read: fn(Input<'_>) -> Result<Vec<Article>, Error>,
    /// Whether files with an extension can be read.
    pub reads: fn(&str) -> bool,
}

impl Reader for Bundle {
    fn extensions(&self) -> &'static [&'static str] {
        &["zip"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.extension() == "zip" && is_zip(&input.bytes)
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let mut archive = Archive::open(input.name, &input.bytes)?;
        let mut paths = archive.paths();
        paths.sort_by(|a, b| natural(a, b));
        let mut articles = Vec::new();
        let mut skipped = Vec::new();
        for path in paths {
            let name = format!("{}/{path}", input.name);
            let inner = Input { name: &name, encoding: input.encoding, ..Input::default() };
            let extension = inner.extension();
            let is_article = (self.reads)(&extension);
            // An archive inside an archive is not opened: it could go on for ever.
            if extension == "zip" || !is_article {
                skipped.push(path);
                continue;
            }
            let Some(bytes) = archive.read(&path)? else { continue };
            articles.append(&mut (self.read)(Input { bytes: bytes.into(), ..inner })?);
        }
        match articles.first_mut() {
            Some(first) if !skipped.is_empty() => {
                first.notes.push(message!(
                    "not read, no articles: {skipped}",
                    skipped = skipped.join(", ")
                ));
            }
            Some(_) => {}
            None => return Err(Error::input(input.name, "is an archive without articles in it")),
        }
        Ok(articles)
    }
}
