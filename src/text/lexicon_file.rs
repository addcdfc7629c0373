//! Lexicons in files: read in whatever form they are, and changed where they are of our own form.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::files::{AtomicFile, bounded};
use crate::model::error::Error;
use crate::model::lexicon_text::LexiconText;
use crate::model::message::{Message, message};
use crate::model::shown;
use crate::text::lexicon::{Change, Lexicon, Reading, with_changes};

/// Spells the sounds of syllables as they are written, if there are such syllables.
pub type Spelling = fn(&str) -> Option<String>;

/// The text of the lexicon in a file: in UTF-8, or in UTF-16 as spreadsheets write it.
///
/// # Errors
/// Of kind `Read` if it cannot be read; of kind `Input` if it is in another encoding.
pub fn read(path: &Path) -> Result<LexiconText, Error> {
    let bytes = bounded::read(path, bounded::LISTS).map_err(|cause| Error::read(path, cause))?;
    let name = shown::path(path);
    let encoding = encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_8, |(it, _)| it);
    let (text, _, is_wrong) = encoding.decode(&bytes);
    if is_wrong {
        let reason = "is not in UTF-8; save it as UTF-8, in a spreadsheet as “CSV UTF-8” or as “Unicode \
                      Text”";
        return Err(Error::input(name, reason));
    }
    Ok(LexiconText::new(&name, &text))
}

/// A lexicon of tab-separated values that readings are put into. It is read whenever it is needed, so that
/// its user can change it too.
#[derive(Debug)]
pub struct LexiconFile {
    path: PathBuf,
    spelling: Spelling,
    /// Who changes it does so alone.
    turn: Mutex<()>,
}

impl LexiconFile {
    /// The lexicon in a file, which need not be there yet.
    ///
    /// # Errors
    /// Of kind `Request` if it is of another format; of kind `Read` if it cannot be read; of kind `Table` if
    /// a row cannot be understood.
    pub fn open(path: PathBuf, spelling: Spelling) -> Result<LexiconFile, Error> {
        let name = shown::path(&path);
        if name.to_ascii_lowercase().ends_with(".pls") {
            let reason = "is a pronunciation lexicon; readings are kept in tab-separated values";
            return Err(Error::request(message!(
                "{name} {reason}: name a .tsv file",
                name,
                reason = Message::from(reason)
            )));
        }
        let file = LexiconFile { path, spelling, turn: Mutex::default() };
        Lexicon::default().add(&name, &file.text()?, &spelling)?;
        Ok(file)
    }

    /// Its name in messages.
    #[must_use]
    pub fn name(&self) -> String {
        shown::path(&self.path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its text; that of an empty lexicon if it is not there.
    fn text(&self) -> Result<String, Error> {
        match bounded::read_text(&self.path, bounded::LISTS) {
            Ok(text) if !text.trim_matches(['\u{feff}', ' ', '\r', '\n']).is_empty() => Ok(text),
            Ok(_) => Ok(EMPTY.to_owned()),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(EMPTY.to_owned()),
            Err(cause) => Err(Error::read(&self.path, cause)),
        }
    }

    /// What is in it now.
    ///
    /// # Errors
    /// Of kind `Read`.
    pub fn read(&self) -> Result<LexiconText, Error> {
        let text = self.text()?;
        Ok(LexiconText::new(&self.name(), text.trim_start_matches('\u{feff}')))
    }

    /// Puts a reading into it, or with `None` takes it out; the file is whole at any time.
    ///
    /// # Errors
    /// As [`with_reading`](crate::text::lexicon::with_reading); of kind `Read` or `Write` if the file cannot be read or
    /// written.
    pub fn change(&self, written: &str, said: Option<&str>) -> Result<(), Error> {
        self.change_all(&[Change { written, said }])
    }

    /// Puts readings into it, all or none; the file is whole at any time.
    ///
    /// # Errors
    /// As [`LexiconFile::change`].
    pub fn add(&self, readings: &[Reading]) -> Result<(), Error> {
        let changes: Vec<_> = readings
            .iter()
            .map(|reading| Change { written: &reading.written, said: Some(&reading.said) })
            .collect();
        self.change_all(&changes)
    }

    fn change_all(&self, changes: &[Change<'_>]) -> Result<(), Error> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.text()?;
        let after = with_changes(&self.name(), &before, changes, &self.spelling)?;
        if after == before && self.path.is_file() {
            return Ok(());
        }
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|cause| Error::write(folder, cause))?;
        }
        let mut file = AtomicFile::create(&self.path)?;
        file.write_all(after.as_bytes()).map_err(|cause| file.error(cause))?;
        file.finish()
    }
}

/// The text of a lexicon without readings.
const EMPTY: &str = "written\tsaid\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_spreadsheet_is_read_whatever_its_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let text = "written;said\r\nTP;thành phố\r\n";
        let utf16 = |big: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(|it| if big { it.to_be_bytes() } else { it.to_le_bytes() }).collect()
        };
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [text.as_bytes().to_vec(), marked, utf16(false), utf16(true)] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(read(&path).unwrap().text(), text);
        }
        std::fs::write(&path, b"written;said\nTP;th\xe0nh\n").unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("a.csv is not in UTF-8") || error.contains("CSV UTF-8"), "{error}");
    }
}
