//! Text in XML and HTML.

use std::fmt;

use askama::filters::Escaper;
use quick_xml::escape::escape;

/// How templates write text: as nothing but text, in an element and in a quoted attribute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Markup;

impl Escaper for Markup {
    fn write_escaped_str<W: fmt::Write>(&self, mut out: W, text: &str) -> fmt::Result {
        out.write_str(&escape(clean(text)))
    }
}

/// A text without the characters that XML 1.0 has no place for (production 2, `Char`).
pub(super) fn clean(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}

/// The lines of a text that say something: its paragraphs.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}
