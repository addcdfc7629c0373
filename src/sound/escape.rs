//! Text in HTML and XML.

use std::fmt;

use quick_xml::escape::escape;

use crate::model::shown::shown;

/// Escapes text in templates, so that it is nothing but text, in an element or in a quoted attribute.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Markup;

impl askama::filters::Escaper for Markup {
    fn write_escaped_str<W: fmt::Write>(&self, mut out: W, text: &str) -> fmt::Result {
        out.write_str(&escape(shown(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_nothing_but_text() {
        let mut out = String::new();
        let text = "<b a=\"x\">&'\u{0}\u{1b}\u{85}\u{ffff}\t\nữ😀";
        askama::filters::Escaper::write_escaped_str(&Markup, &mut out, text).unwrap();
        let xml = format!("<?xml version=\"1.0\"?><p t=\"{out}\">{out}</p>");
        let read = roxmltree::Document::parse(&xml).unwrap();
        let hidden = "<b a=\"x\">&'\u{fffd}\u{fffd}\u{fffd}\u{fffd}\t\nữ😀";
        assert_eq!(read.root_element().text(), Some(hidden));
    }
}
