//! Text in HTML.

use std::borrow::Cow;
use std::fmt;

use quick_xml::escape::escape;

/// Escapes text in templates, so that it is nothing but text, in an element or in a quoted attribute.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Html;

impl askama::filters::Escaper for Html {
    fn write_escaped_str<W: fmt::Write>(&self, mut out: W, text: &str) -> fmt::Result {
        out.write_str(&escape(shown(text)))
    }
}

/// A text with U+FFFD for each character that HTML cannot hold (HTML Living Standard, 13.2.3.5
/// Preprocessing the input stream).
fn shown(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(hidden) {
        Cow::Owned(text.replace(hidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
