//! The page of a source that is an address.

#[cfg(feature = "serve")]
use encoding_rs::Encoding;

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

#[cfg(feature = "serve")]
impl Fetched {
    /// The page as a file of this name would be, so that it can be kept and read again: its name, with the
    /// ending of its format, and its bytes. What its server says of its encoding is in the bytes.
    pub(super) fn into_file(self) -> (String, Vec<u8>) {
        let Fetched { address, bytes, ending, charset } = self;
        let mut name = address.split(['?', '#']).next().unwrap_or_default().to_owned();
        let input = Input { name: &name, ..Input::default() };
        if !ending.is_empty() && input.extension() != ending {
            name.push('.');
            name.push_str(&ending);
        }
        let label = charset.as_ref().and_then(|label| Encoding::for_label(label.as_bytes()));
        let other = label.filter(|encoding| *encoding != encoding_rs::UTF_8);
        let bytes = match other {
            // A mark that shows the encoding is believed before what the page says of itself.
            Some(encoding) => format!("\u{feff}{}", encoding.decode(&bytes).0).into_bytes(),
            None => bytes,
        };
        (name, bytes)
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
    Err(Error::request(crate::model::message::message!(
        "{address} cannot be fetched: this docbao was built without the network. Build it with the \
         feature `net`, or save the page and give its file",
        address
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

    #[cfg(feature = "serve")]
    #[test]
    fn a_page_is_a_file_that_reads_the_same() {
        let fetched = |address: &str, ending: &str, charset: Option<&str>| Fetched {
            address: address.to_owned(),
            bytes: b"<meta charset=utf-8><p>\xe9".to_vec(),
            ending: ending.to_owned(),
            charset: charset.map(str::to_owned),
        };
        let name = |address, ending| fetched(address, ending, None).into_file().0;
        assert_eq!(
            name("https://example.org/tin/bao?x=1#a", "html"),
            "https://example.org/tin/bao.html"
        );
        assert_eq!(name("https://example.org/sach.epub", "epub"), "https://example.org/sach.epub");
        assert_eq!(name("https://example.org/", ""), "https://example.org/");
        let bytes = |charset| fetched("https://example.org/a", "html", charset).into_file().1;
        assert!(bytes(None).ends_with(b"\xe9") && bytes(Some("x-none")).ends_with(b"\xe9"));
        let read = bytes(Some("ISO-8859-1"));
        assert!(read.starts_with("\u{feff}<meta".as_bytes()) && read.ends_with("é".as_bytes()));
    }
}
