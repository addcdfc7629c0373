//! The page of a source that is an address.

use crate::model::error::Error;
use crate::model::request::ReadingSettings;
use crate::text::readers::Input;

/// A page that was fetched.
pub(super) struct Fetched {
    /// Where it is, after all redirects.
    pub address: String,
    bytes: Vec<u8>,
    /// The ending that files of its format have.
    ending: String,
    charset: Option<String>,
}

impl Fetched {
    /// The page for a reader, without a name.
    pub(super) fn input(&self) -> Input<'_> {
        let Fetched { bytes, ending, charset, .. } = self;
        Input {
            bytes: bytes.into(),
            ending: Some(ending),
            charset: charset.as_deref(),
            ..Input::default()
        }
    }
}

/// Fetches the page at an address.
///
/// # Errors
/// As [`page`](crate::files::page).
#[cfg(feature = "net")]
pub(super) fn page(address: &str, settings: &ReadingSettings) -> Result<Fetched, Error> {
    use crate::files::{Limits, page};

    let private_addresses = settings.allow_private_addresses;
    let page = page(address, &Limits { private_addresses, ..Limits::default() })?;
    let ending = page.content_type.ending().unwrap_or_else(|| ending(&page.address)).to_owned();
    let charset = page.content_type.charset;
    Ok(Fetched { address: page.address, bytes: page.bytes, ending, charset })
}

/// The ending of the last name in the path of an address; empty if it has none.
#[cfg(feature = "net")]
fn ending(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let path = address.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    let name = path.and_then(|(_, path)| path.rsplit('/').next()).unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Without the network no page can be fetched.
///
/// # Errors
/// Of kind `Request`, in any case.
#[cfg(not(feature = "net"))]
pub(super) fn page(address: &str, _settings: &ReadingSettings) -> Result<Fetched, Error> {
    Err(Error::request(format!(
        "{address} cannot be fetched: this docbao was built without the network. Build it with the \
         feature `net`, or save the page and give its file"
    )))
}

#[cfg(all(test, feature = "net"))]
mod tests {
    use super::*;

    #[test]
    fn the_ending_is_that_of_the_path() {
        for (address, expected) in [
            ("https://example.org", ""),
            ("https://example.org/", ""),
            ("https://example.org/a.html?b=c.txt", "html"),
            ("https://example.org/v1.2/bai", ""),
            ("https://example.org/a.b/sach.epub#x/y.z", "epub"),
            ("https://example.org?a/b.txt", ""),
        ] {
            assert_eq!(ending(address), expected, "{address}");
        }
    }
}
