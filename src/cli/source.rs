//! Reads what the commands are given: files and standard input.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::model::document::Document;
use crate::model::error::Error;
use crate::text::readers;

use super::args::ReadArgs;

/// The largest input taken, in bytes: a thousand novels. More is a mistake, not an article.
const LARGEST: u64 = 1 << 30;

/// The name by which messages call an input.
pub(super) fn name(path: &Path) -> String {
    if is_standard_input(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Whether `-`, standard input, is meant.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The text of a file or of standard input.
pub(super) fn text(path: &Path, args: &ReadArgs) -> Result<String, Error> {
    readers::decode(&name(path), &bytes(path)?, args.encoding)
}

/// The text of a settings or lexicon file, which is in UTF-8.
pub(super) fn plain_text(path: &Path) -> Result<String, Error> {
    let mut text = String::from_utf8(bytes(path)?).map_err(|error| {
        Error::input(
            name(path),
            format!(
                "is not in UTF-8 (byte {} and after); save it as UTF-8",
                error.utf8_error().valid_up_to() + 1
            ),
        )
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// The bytes of a file or of standard input.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let failed = |cause| Error::read(path.to_owned(), cause);
    if is_standard_input(path) {
        std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        if fs::metadata(path).map_err(failed)?.is_dir() {
            let reason = "is a folder, and this command takes files".to_owned();
            return Err(Error::input(name(path), reason));
        }
        File::open(path)
            .map_err(failed)?
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    }
    if bytes.len() as u64 > LARGEST {
        let reason = "is larger than 1 GiB; split it into articles".to_owned();
        return Err(Error::input(name(path), reason));
    }
    Ok(bytes)
}

/// An article from a file or from standard input.
pub(super) fn article(path: &Path, args: &ReadArgs) -> Result<Document, Error> {
    Ok(readers::article(text(path, args)?, &args.policy()))
}
