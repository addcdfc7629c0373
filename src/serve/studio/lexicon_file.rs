//! The file in which readings are kept that are chosen in the studio.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::files::{AtomicFile, bounded};
use crate::model::error::Error;
use crate::model::request::LexiconText;
use crate::model::shown;
use crate::text::lexicon::{Lexicon, with_reading};
use crate::voice::parametric::phonemize;

/// A lexicon of tab-separated values. It is read whenever it is needed, so that its user can change it too.
pub(in crate::serve) struct LexiconFile {
    path: PathBuf,
    /// Who changes it does so alone.
    turn: Mutex<()>,
}

impl LexiconFile {
    /// The lexicon in a file, which need not be there yet.
    ///
    /// # Errors
    /// Of kind `Request` if it is of another format; of kind `Read` if it cannot be read; of kind `Table` if
    /// a row cannot be understood.
    pub(in crate::serve) fn open(path: PathBuf) -> Result<LexiconFile, Error> {
        let name = shown::path(&path);
        if name.to_ascii_lowercase().ends_with(".pls") {
            let reason = "is a pronunciation lexicon; readings are kept in tab-separated values";
            return Err(Error::request(format!("{name} {reason}: name a .tsv file")));
        }
        let file = LexiconFile { path, turn: Mutex::default() };
        Lexicon::default().add(&name, &file.text()?, &phonemize::spelling)?;
        Ok(file)
    }

    /// Its name in messages.
    pub(super) fn name(&self) -> String {
        shown::path(&self.path)
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
    pub(super) fn read(&self) -> Result<LexiconText, Error> {
        let text = self.text()?;
        Ok(LexiconText::new(&self.name(), text.trim_start_matches('\u{feff}')))
    }

    /// Puts a reading into it, or with `None` takes it out; the file is whole at any time.
    ///
    /// # Errors
    /// As [`with_reading`]; of kind `Read` or `Write` if the file cannot be read or written.
    pub(super) fn change(&self, written: &str, said: Option<&str>) -> Result<(), Error> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.text()?;
        let after = with_reading(&self.name(), &before, written, said, &phonemize::spelling)?;
        if after == before {
            return Ok(());
        }
        let mut file = AtomicFile::create(&self.path)?;
        file.write_all(after.as_bytes()).map_err(|cause| file.error(cause))?;
        file.finish()
    }
}

/// The text of a lexicon without readings.
const EMPTY: &str = "written\tsaid\n";
