//! Addresses on the web (RFC 3986), and those of the files in the feed's folder.

use crate::model::message::{Message, message};
use std::fmt;

use fluent_uri::component::Scheme;
use fluent_uri::pct_enc::encoder::{Fragment, IPath, Path};
use fluent_uri::pct_enc::{EStr, EString};
use fluent_uri::{Iri, Uri};

/// A web address, kept as it is written.
///
/// # Errors
/// Why it is none, with an example of one.
pub(super) fn checked(address: &str) -> Result<Uri<&str>, Message> {
    let parsed = Uri::parse(address).ok();
    let on_the_web = |uri: &Uri<&str>| {
        let host = uri.authority().is_some_and(|authority| !authority.host().is_empty());
        host && ["https", "http"].contains(&uri.scheme().as_str().to_ascii_lowercase().as_str())
    };
    let parsed = parsed.filter(on_the_web).ok_or_else(|| {
        message!(
            "`{address}` is no web address; write it as https://example.org/podcast/, with \
             characters outside ASCII as %XX",
            address
        )
    })?;
    match parsed.authority().is_some_and(|authority| authority.has_userinfo()) {
        true => Err(message!(
            "`{address}` has a name or a password in it, which would be published; write it as \
             https://example.org/podcast/",
            address
        )),
        false => Ok(parsed),
    }
}

/// The path of a file below the feed's folder as a relative address: characters that have no place in
/// one are percent-encoded. The path has `/` between names.
pub(super) fn relative(below: &str) -> String {
    let mut path = EString::<Path>::new();
    path.encode_str::<Path>(below);
    path.into_string()
}

/// The address of the feed's folder: it ends in a slash, and has no query and no fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseAddress(Iri<String>);

impl BaseAddress {
    /// The folder with this address; a slash at the end may be missing.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn parse(address: &str) -> Result<BaseAddress, Message> {
        let parsed = checked(address)?;
        if parsed.has_query() || parsed.has_fragment() {
            return Err("`base_url` is that of a folder: no `?` and no `#`".into());
        }
        let folder = Iri::parse(format!("{}/", address.trim_end_matches('/')));
        folder.map(BaseAddress).map_err(|(error, _)| error.to_string().into())
    }

    /// The folder of the file with this name and address. The address may have characters outside
    /// ASCII (RFC 3987), as feeds of other programs do.
    pub(super) fn of_file(address: &str, name: &str) -> Option<BaseAddress> {
        let folder = address.strip_suffix(name).filter(|folder| folder.ends_with('/'))?;
        let folder = Iri::parse(folder.to_owned()).ok()?;
        (!folder.has_query() && !folder.has_fragment()).then_some(BaseAddress(folder))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address of a file; its path below the folder has `/` between names.
    pub(super) fn join(&self, below: &str) -> String {
        format!("{self}{}", relative(below))
    }

    /// The address of a place on the folder's page.
    pub(super) fn place(&self, id: &str) -> String {
        let mut fragment = EString::<Fragment>::new();
        fragment.encode_str::<Fragment>(id);
        format!("{self}#{fragment}")
    }

    /// The path of the file with this address, if it is below the folder: with `/` between names, none
    /// of which is empty, `.` or `..`.
    pub(super) fn below(&self, address: &str) -> Option<String> {
        let address = Iri::parse(address).ok()?;
        let base = self.0.borrow();
        if site(address) != site(base) {
            return None;
        }
        let below = address.path().as_str().strip_prefix(base.path().as_str())?;
        let below = EStr::<IPath>::new(below)?.decode().to_string().ok()?;
        let is_name = |part: &str| !part.is_empty() && part != "." && part != "..";
        below.split('/').all(is_name).then(|| below.into_owned())
    }
}

/// What is before the path.
fn site(iri: Iri<&str>) -> (&Scheme, Option<&str>) {
    (iri.scheme(), iri.authority().map(|authority| authority.as_str()))
}

impl fmt::Display for BaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_known() {
        for good in ["https://example.org", "http://example.org:8080/a%20b?c=d#e", "HTTPS://[::1]/"]
        {
            assert_eq!(checked(good).map(|uri| uri.as_str()), Ok(good));
        }
        for bad in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///x",
            "https:x",
            "https://example.org/a b",
            "https://example.org/mưa",
            "https://example.org/\"",
            "https://example.org/%",
            "https://lan:secret@example.org/",
        ] {
            assert!(
                checked(bad)
                    .is_err_and(|reason| reason.to_string().contains("example.org/podcast/")),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_folder_ends_in_a_slash() {
        for written in ["https://example.org", "https://example.org/", "https://example.org//"] {
            assert_eq!(BaseAddress::parse(written).unwrap().as_str(), "https://example.org/");
        }
        for wrong in ["https://example.org/?x", "https://example.org/#x"] {
            assert!(
                BaseAddress::parse(wrong).unwrap_err().to_string().contains("folder"),
                "{wrong}"
            );
        }
        let of = |address| BaseAddress::of_file(address, "feed.xml").map(|base| base.to_string());
        assert_eq!(
            of("https://example.org/tin/feed.xml").as_deref(),
            Some("https://example.org/tin/")
        );
        assert_eq!(of("https://example.org/myfeed.xml"), None);
        assert_eq!(of("https://example.org/?/feed.xml"), None);
        assert_eq!(of("feed.xml"), None);
    }

    #[test]
    fn files_have_addresses_and_addresses_lead_back() {
        let base = BaseAddress::parse("https://example.org/p").unwrap();
        assert_eq!(base.join("episodes/mua-1.mp3"), "https://example.org/p/episodes/mua-1.mp3");
        assert_eq!(base.place("mua 1"), "https://example.org/p/#mua%201");
        for path in ["feed.xml", "episodes/mưa to #1?.mp3", "a:b/c%20d.mp3"] {
            assert_eq!(base.below(&base.join(path)).as_deref(), Some(path));
        }
        let below = |rest: &str| base.below(&format!("https://example.org/{rest}"));
        assert_eq!(below("p/a/b%20c.mp3?x=1").as_deref(), Some("a/b c.mp3"));
        assert_eq!(below("p/mưa.mp3").as_deref(), Some("mưa.mp3"));
        for outside in ["q/a.mp3", "p/../a.mp3", "p/%2e%2e/a.mp3", "p/", "p/a%", "p/%ff", "p//a"] {
            assert_eq!(below(outside), None, "{outside}");
        }
        for elsewhere in ["https://example.com/p/a.mp3", "ftp://example.org/p/a.mp3", "p/a.mp3"] {
            assert_eq!(base.below(elsewhere), None, "{elsewhere}");
        }
    }
}
