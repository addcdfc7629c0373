//! Text in XML and HTML.

use std::fmt;

use askama::filters::Escaper;
use quick_xml::escape::escape;

use crate::model::shown::shown;

/// How templates write text: as nothing but text, in an element and in a quoted attribute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Markup;

impl Escaper for Markup {
    fn write_escaped_str<W: fmt::Write>(&self, mut out: W, text: &str) -> fmt::Result {
        out.write_str(&escape(shown(text)))
    }
}

/// The lines of a text that say something: its paragraphs.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}
