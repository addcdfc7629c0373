//! What a server says of a page: the header Content-Type (RFC 9110, section 8.3).

use crate::model::message::{Message, message};

/// The types of what may be an article. With each goes the ending that files of its format have, where
/// the type says the format: servers send all kinds of texts as `text/plain`.
const TYPES: [(&str, Option<&str>); 10] = [
    ("text/html", Some("html")),
    ("application/xhtml+xml", Some("xhtml")),
    ("text/plain", None),
    ("text/markdown", Some("md")),
    ("application/rss+xml", Some("rss")),
    ("application/atom+xml", Some("atom")),
    ("application/xml", None),
    ("text/xml", None),
    ("application/epub+zip", Some("epub")),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Some("docx")),
];

/// What a server says of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContentType {
    /// Its type in lower case, such as `text/html`; `None` if the server does not say.
    pub media_type: Option<String>,
    /// The encoding of its text, as the server calls it.
    pub charset: Option<String>,
}

impl ContentType {
    /// What is in the header.
    pub(super) fn parse(header: &str) -> ContentType {
        let mut parts = header.split(';').map(str::trim);
        let media_type = parts.next().filter(|name| !name.is_empty()).map(str::to_ascii_lowercase);
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
        });
        ContentType { media_type, charset: charset.map(str::to_owned) }
    }

    /// Whether an article may be in it.
    pub(super) fn check(&self) -> Result<(), Message> {
        match &self.media_type {
            Some(name) if !TYPES.iter().any(|(known, _)| known == name) => Err(message!(
                "it is of the type {name}, and an article is text, a page or a book",
                name
            )),
            _ => Ok(()),
        }
    }

    /// The ending that files of its format have, if the type says the format.
    #[must_use]
    pub fn ending(&self) -> Option<&'static str> {
        let name = self.media_type.as_ref()?;
        TYPES.iter().find(|(known, _)| known == name)?.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_understood() {
        for (header, media_type, charset, ending) in [
            ("text/html", Some("text/html"), None, Some("html")),
            ("Text/HTML; charset=UTF-8", Some("text/html"), Some("UTF-8"), Some("html")),
            (
                "text/plain;a=b; Charset = \"windows-1258\"",
                Some("text/plain"),
                Some("windows-1258"),
                None,
            ),
            ("application/epub+zip;", Some("application/epub+zip"), None, Some("epub")),
            ("text/html; charset=", Some("text/html"), None, Some("html")),
            ("", None, None, None),
        ] {
            let found = ContentType::parse(header);
            assert_eq!(found.media_type.as_deref(), media_type, "{header}");
            assert_eq!(found.charset.as_deref(), charset, "{header}");
            assert_eq!(found.ending(), ending, "{header}");
            assert!(found.check().is_ok(), "{header}");
        }
        for other in ["image/png", "application/pdf", "video/mp4", "application/octet-stream", "a"]
        {
            let error = ContentType::parse(other).check().unwrap_err();
            assert!(error.to_string().contains(other), "{error}");
        }
    }
}
