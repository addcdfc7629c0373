//! What the commands are given: files and standard input.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::note;
use crate::job;
use crate::model::article::Article;
use crate::model::encoding::Encoding;
use crate::model::error::Error;
use crate::model::request::Source;

/// The largest standard input, in bytes.
const LARGEST: u64 = 1 << 30;

/// The name by which messages call standard input.
const STANDARD_INPUT: &str = "standard input";

/// Whether `-`, standard input, is meant.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name by which messages call an input.
pub(super) fn name(path: &Path) -> String {
    if is_standard_input(path) { STANDARD_INPUT.to_owned() } else { path.display().to_string() }
}

/// The source that an argument names. Standard input is read now.
pub(super) fn source(path: &Path) -> Result<Source, Error> {
    if !is_standard_input(path) {
        return Ok(Source::File(path.to_owned()));
    }
    let mut bytes = Vec::new();
    let failed = |cause| Error::read(STANDARD_INPUT, cause);
    std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let reason = "is larger than 1 GiB; split it into articles";
        return Err(Error::input(STANDARD_INPUT, reason));
    }
    Ok(Source::Bytes { name: STANDARD_INPUT.to_owned(), bytes })
}

/// The article that an argument names; `encoding` is that of its text, if it is given.
pub(super) fn article(path: &Path, encoding: Option<Encoding>) -> Result<Article, Error> {
    let article = job::read(&source(path)?, encoding)?;
    for said in &article.notes {
        note(&format_args!("{}: {said}", name(path)));
    }
    Ok(article)
}

/// The text of a settings or lexicon file, which is in UTF-8.
pub(super) fn plain_text(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|cause| Error::read(path, cause))?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        let reason = format!("is not in UTF-8 (byte {at} and after); save it as UTF-8");
        Error::input(name(path), reason)
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}
