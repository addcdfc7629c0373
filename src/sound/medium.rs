//! What a narration is written as.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::request::Content;
use crate::sound::book;
use crate::sound::formats::{self, FORMATS, Format};

/// What a narration is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A file of sound.
    Audio(Format),
    /// A book of text and sound that is read along.
    Book,
}

impl Medium {
    /// All there are: the formats of sound in the order of their table, and the book.
    pub fn all() -> impl Iterator<Item = Medium> {
        FORMATS.iter().copied().map(Medium::Audio).chain([Medium::Book])
    }

    /// The format of its sound. That of a book is the first that all players play: it must not be one
    /// that is foreign to reading systems (EPUB 3.3, 3.2 Core media types).
    #[must_use]
    pub fn format(self) -> Format {
        match self {
            Medium::Audio(format) => format,
            Medium::Book => formats::usual(),
        }
    }

    /// Its name, which is also the usual extension of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Medium::Audio(format) => format.name(),
            Medium::Book => book::EXTENSION,
        }
    }

    /// What people call it, such as `MP3`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Medium::Audio(format) => format.label(),
            Medium::Book => book::LABEL,
        }
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Medium::Audio(format) => format.about(),
            Medium::Book => book::ABOUT,
        }
    }

    /// What a file with this name asks for by its extension, in letters of any case.
    ///
    /// # Errors
    /// `ErrorKind::Request` if it has none or one that is not known.
    pub fn of(path: &Path) -> Result<Medium, Error> {
        let is_book = path.extension().is_some_and(|it| it.eq_ignore_ascii_case(book::EXTENSION));
        if is_book {
            return Ok(Medium::Book);
        }
        Format::of(path).map(Medium::Audio).map_err(|_| {
            let names = Medium::all().map(|medium| format!(".{}", medium.name()));
            Error::request(message!(
                "{path} does not say what the narration is to be written as: give it one of the \
                 extensions {endings}",
                path = path.display(),
                endings = Message::any_of(&names.collect::<Vec<_>>())
            ))
        })
    }

    /// The output that it is in a request; `title` is for the book of an article that has none.
    #[must_use]
    pub fn content(self, sample_rate: Option<u32>, bitrate: Option<u32>, title: &str) -> Content {
        match self {
            Medium::Audio(format) => {
                Content::Audio { format: format.name().to_owned(), sample_rate, bitrate }
            }
            Medium::Book => Content::Book { title: title.to_owned(), sample_rate, bitrate },
        }
    }
}

impl fmt::Display for Medium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By name.
impl FromStr for Medium {
    type Err = Error;

    fn from_str(name: &str) -> Result<Medium, Error> {
        Medium::all().find(|medium| medium.name() == name).ok_or_else(|| {
            let names: Vec<_> = Medium::all().map(|medium| medium.name().to_owned()).collect();
            let names = Message::all_of(&names);
            Error::request(message!("there is no format {name}: there are {names}", name, names))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_medium_is_found_by_name_and_by_ending() {
        for medium in Medium::all() {
            assert_eq!(medium.name().parse::<Medium>().unwrap(), medium);
            let path = format!("bài.{}", medium.name().to_uppercase());
            assert_eq!(Medium::of(Path::new(&path)).unwrap(), medium);
        }
        let error = Medium::of(Path::new("sách.pub")).unwrap_err().to_string();
        assert!(error.contains("sách.pub") && error.contains(".opus or .epub"), "{error}");
        let error = "pub".parse::<Medium>().unwrap_err().to_string();
        assert!(error.contains("opus and epub"), "{error}");
    }

    #[test]
    fn the_sound_of_a_book_is_one_that_reading_systems_play() {
        let mime = Medium::Book.format().mime();
        assert!(["audio/mpeg", "audio/mp4"].contains(&mime), "{mime}");
    }
}
