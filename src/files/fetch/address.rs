//! Addresses of pages (RFC 3986), as people and servers write them.

use crate::model::message::{Message, message};
use fluent_uri::component::Authority;
use fluent_uri::{Uri, UriRef};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What has no place in a path or a query, and is percent-encoded as browsers do.
const FOREIGN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The address of a page: absolute, `http` or `https`, with a host, without a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address(Uri<String>);

impl Address {
    /// The address in a text. Characters that may not be in one are percent-encoded.
    pub(super) fn parse(text: &str) -> Result<Address, Message> {
        let wrong =
            || "this is no address of a page; write it as https://example.org/page".to_owned();
        let parsed = Uri::parse(encoded(text)?).map_err(|_| wrong())?;
        Address::checked(parsed)
    }

    /// The address that a page at this one leads to.
    pub(super) fn join(&self, reference: &str) -> Result<Address, Message> {
        let wrong =
            || message!("it is sent on to `{reference}`, which is no address of a page", reference);
        let reference = UriRef::parse(encoded(reference)?).map_err(|_| wrong())?;
        let joined = reference.resolve_against(&self.0).map_err(|_| wrong())?;
        Address::checked(joined)
    }

    fn checked(uri: Uri<String>) -> Result<Address, Message> {
        let scheme = uri.scheme().as_str().to_ascii_lowercase();
        if !["http", "https"].contains(&scheme.as_str()) {
            return Err(message!("pages are fetched by http and https, not by {scheme}", scheme));
        }
        let authority = uri.authority().filter(|authority| !authority.host().is_empty());
        let Some(authority) = authority else {
            return Err("there is no host in its address".into());
        };
        if authority.has_userinfo() {
            return Err("a name and a password in an address are not sent; leave them out".into());
        }
        if authority.port_to_u16().is_err() {
            return Err("its port is no number up to 65535".into());
        }
        Ok(Address(uri.strip_fragment().to_owned()))
    }

    /// As it is written.
    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether what is asked for and what comes is encrypted on its way.
    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme().as_str().eq_ignore_ascii_case("https")
    }

    /// The name or the number of the host; an IPv6 address is in brackets.
    pub(super) fn host(&self) -> &str {
        self.0.authority().map_or("", |authority: Authority| authority.host())
    }

    /// What robots.txt has rules for: the path with the query.
    pub(super) fn path_and_query(&self) -> String {
        let path = Some(self.0.path().as_str()).filter(|path| !path.is_empty()).unwrap_or("/");
        match self.0.query() {
            Some(query) => format!("{path}?{}", query.as_str()),
            None => path.to_owned(),
        }
    }

    /// The address of the file that says what of this host may be fetched (RFC 9309, section 2.3).
    pub(super) fn robots(&self) -> Result<Address, Message> {
        self.join("/robots.txt")
    }
}

/// An address or a relative reference with what may not be in one percent-encoded. A host with letters
/// outside ASCII has another form for machines, which is not made here.
fn encoded(text: &str) -> Result<String, Message> {
    let text = text.trim();
    let path = match text.find("//").filter(|at| is_scheme(&text[..*at])) {
        Some(slashes) => {
            let start = slashes + 2;
            text[start..].find(['/', '?', '#']).map_or(text.len(), |length| start + length)
        }
        None => 0,
    };
    let (site, path) = text.split_at(path);
    if !site.is_ascii() {
        let reason = "its host has letters outside ASCII; write the host in its form for machines, \
                      which begins with xn--";
        return Err(reason.to_string().into());
    }
    let mut encoded = site.to_owned();
    for (at, part) in path.split('%').enumerate() {
        if at > 0 {
            let is_code = part.len() >= 2 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit());
            encoded.push_str(if is_code { "%" } else { "%25" });
        }
        encoded.extend(utf8_percent_encode(part, FOREIGN));
    }
    Ok(encoded)
}

/// Whether a host follows after these characters and two slashes.
fn is_scheme(before: &str) -> bool {
    before.is_empty()
        || before.strip_suffix(':').is_some_and(|name| !name.contains(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<String, String> {
        Address::parse(text)
            .map(|address| address.as_str().to_owned())
            .map_err(|reason| reason.to_string())
    }

    #[test]
    fn addresses_are_taken_as_browsers_take_them() {
        for (written, address) in [
            ("https://example.org", "https://example.org"),
            (" HTTP://example.org:8080/a%20b?c=d#e ", "HTTP://example.org:8080/a%20b?c=d"),
            ("https://example.org/bài viết", "https://example.org/b%C3%A0i%20vi%E1%BA%BFt"),
            (
                "https://example.org/?tag[]=a|b&p=100%",
                "https://example.org/?tag%5B%5D=a%7Cb&p=100%25",
            ),
            ("https://example.org?u=http://b.vn/ạ", "https://example.org?u=http://b.vn/%E1%BA%A1"),
            ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
        ] {
            assert_eq!(parsed(written).as_deref(), Ok(address));
        }
        for (written, reason) in [
            ("example.org/a", "no address"),
            ("https:///a", "no host"),
            ("https://", "no host"),
            ("ftp://example.org/a", "not by ftp"),
            ("file:///etc/passwd", "not by file"),
            ("https://lan:mat-khau@example.org/", "password"),
            ("https://example.org:99999/", "port"),
            ("https://báo.vn/a", "xn--"),
            ("https://a b/", "no address"),
        ] {
            let error = parsed(written).unwrap_err();
            assert!(error.contains(reason), "{written}: {error}");
        }
    }

    #[test]
    fn a_page_leads_on() {
        let page = Address::parse("https://example.org/tin/bai?x=1").unwrap();
        for (reference, address) in [
            ("khác", "https://example.org/tin/kh%C3%A1c"),
            ("/a", "https://example.org/a"),
            ("//b.example/a", "https://b.example/a"),
            ("?y=2", "https://example.org/tin/bai?y=2"),
            ("http://example.org/a#b", "http://example.org/a"),
        ] {
            assert_eq!(page.join(reference).unwrap().as_str(), address);
        }
        for reference in ["ftp://example.org/", "javascript:alert(1)", "data:text/html,a", "//"] {
            assert!(page.join(reference).is_err(), "{reference}");
        }
        assert_eq!(page.robots().unwrap().as_str(), "https://example.org/robots.txt");
        assert_eq!(page.path_and_query(), "/tin/bai?x=1");
        assert_eq!(Address::parse("http://example.org").unwrap().path_and_query(), "/");
    }
}
