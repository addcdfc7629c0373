//! What the fuzz targets share: a file is read and its articles are checked; archives are made of texts.

use docbao::text::readers::{self, Input};
use docbao::{FrontEnd, ReadingSettings};

#[path = "../../tests/support/archives.rs"]
mod archives;
#[path = "../../tests/support/promises.rs"]
mod promises;

thread_local! {
    static FRONT_END: FrontEnd = FrontEnd::new(&ReadingSettings::default(), &|_| None)
        .expect("the usual settings have no lexicon that could be wrong");
}

/// Reads a file of this name. It may be refused; what is read of it is checked.
///
/// # Panics
/// If an article breaks a promise.
pub fn read(name: &str, bytes: &[u8]) {
    if let Ok(articles) = readers::read(Input { name, bytes: bytes.into(), ..Input::default() }) {
        FRONT_END.with(|front_end| promises::check(articles, front_end));
    }
}

/// The archive that a text stands for: the path of a file on a line, below it what is in the file, then a
/// form feed, and the next file.
#[must_use]
pub fn archive(text: &[u8]) -> Vec<u8> {
    archives::archive(text)
}

/// The book that a text stands for; what every book has is added where the text does not give it.
#[must_use]
pub fn book(text: &[u8]) -> Vec<u8> {
    archives::book(text)
}
