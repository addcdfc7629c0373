//! What a reader of a format is.

use std::borrow::Cow;

use crate::model::article::Article;
use crate::model::encoding::Encoding;
use crate::model::error::Error;

/// The bytes of a source, and what is known of them.
#[derive(Debug, Clone, Default)]
pub struct Input<'a> {
    /// Its name in messages; where `ending` is `None`, its ending says something about its format.
    pub name: &'a str,
    /// The ending that files of its format have, if that is known by other means than the name.
    pub ending: Option<&'a str>,
    /// All its bytes.
    pub bytes: Cow<'a, [u8]>,
    /// The encoding of its text; `None` if it is to be recognized.
    pub encoding: Option<Encoding>,
    /// What a server calls the encoding. It is believed before what the text says of itself, and not
    /// before what the bytes show.
    pub charset: Option<&'a str>,
}

impl Input<'_> {
    /// The ending of its name, or that which is known, in lower case; empty if there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        if let Some(ending) = self.ending {
            return ending.to_lowercase();
        }
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
    }

    /// The characters it begins with, up to 64 KiB of them, if they are UTF-8: enough to tell a format by its
    /// marks.
    pub(super) fn opening(&self) -> Option<&str> {
        const LONGEST: usize = 64 << 10;
        let bytes = &self.bytes[..self.bytes.len().min(LONGEST)];
        let Some(chunk) = bytes.utf8_chunks().next() else { return Some("") };
        let is_cut = bytes.len() < self.bytes.len();
        let rest = bytes.len() - chunk.valid().len();
        (rest == 0 || (is_cut && rest == chunk.invalid().len())).then(|| chunk.valid())
    }
}

/// Reads one format of articles.
pub trait Reader: Sync {
    /// The endings of the names of its files, in lower case: by these, files of a folder are articles.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether it reads these bytes under this name.
    fn accepts(&self, input: &Input<'_>) -> bool;

    /// The articles in it, in order; at least one.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if they are damaged or there is
    /// nothing in them.
    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error>;
}
