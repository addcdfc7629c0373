//! The address of the sound, as a page leads to it.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::error::{Error, Hint};
use crate::model::message::message;

/// All but the unreserved characters (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address of a file as a page leads to it: relative, so that both can be moved together.
///
/// # Errors
/// `ErrorKind::Request` if the file is not in the page's folder or below it.
pub fn address(page: &Path, file: &Path) -> Result<String, Error> {
    let folder = |path: &Path| match path.parent() {
        Some(parent) if parent != Path::new("") => parent.canonicalize(),
        _ => Path::new(".").canonicalize(),
    };
    let below =
        folder(page).and_then(|base| Ok(folder(file)?.strip_prefix(base).map(Path::to_owned)));
    let (Ok(Ok(below)), Some(name)) = (below, file.file_name()) else {
        let reason = message!(
            "{file} is not in the folder of {page} or below it; move one of them",
            file = file.display(),
            page = page.display()
        );
        return Err(Error::request(reason).with_hint(Hint::omit(&["link_audio"])));
    };
    let mut address = ".".to_owned();
    for part in &below.join(name) {
        address.push('/');
        address.extend(utf8_percent_encode(&part.to_string_lossy(), RESERVED));
    }
    Ok(address)
}
