//! From HTML to a tree of its elements, within bounds.
//!
//! A few kilobytes can ask for a tree of gigabytes: elements such as `b` that nothing closes are opened
//! again in every later paragraph (HTML Standard, 13.2.4.3). And the deeper elements are in one another,
//! the longer each tag takes; so it does with attributes in one tag. So what a tag may have is bounded, a
//! parser is fed piece by piece, and stopped where a tree grows too large.

use dom_query::{Document, Tree};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, Parser, QualName, local_name, ns, parse_document, parse_fragment};

use super::lined::Lined;
use super::tags::most_attributes;
use crate::model::error::Error;
use crate::model::message::message;

/// Bytes that a parser is fed at once.
const PIECE: usize = 1024;

/// A tree may have so many elements and texts, or one for two bytes if that is more.
const MOST: usize = 200_000;

/// Elements are no deeper in one another. What people and programs write has some dozens.
const DEEPEST: usize = 4000;

/// A tag has no more attributes. What people and programs write has some dozens.
const MOST_ATTRIBUTES: usize = 1000;

/// A whole page, with the lines of its blocks. `name` is the source's name for messages.
///
/// # Errors
/// Of kind `Input` if it has too many elements, or too many in one another.
pub(super) fn page(name: &str, html: &str) -> Result<Document, Error> {
    let sink = Lined::new(Document::default(), true);
    built(name, html, parse_document(sink, options(false)))
}

/// What may stand in the body of a page. `name` is the source's name for messages. Its lines are not
/// noted: it was made from something else.
///
/// # Errors
/// As [`page`].
pub(super) fn fragment(name: &str, html: &str) -> Result<Document, Error> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let sink = Lined::new(Document::fragment_sink(), false);
    built(name, html, parse_fragment(sink, options(true), body, Vec::new(), false))
}

fn options(drop_doctype: bool) -> ParseOpts {
    let tree_builder =
        TreeBuilderOpts { scripting_enabled: false, drop_doctype, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

fn built(name: &str, html: &str, mut parser: Parser<Lined>) -> Result<Document, Error> {
    if most_attributes(html) > MOST_ATTRIBUTES {
        let reason =
            message!("has more than {most} attributes in one tag of HTML", most = MOST_ATTRIBUTES);
        return Err(Error::input(name, reason));
    }
    let most = MOST.max(html.len() / 2);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from(piece));
        rest = after;
        let tree = &parser.tokenizer.sink.sink.document.tree;
        if tree.len() > most {
            return Err(Error::input(
                name,
                message!("has more than {most} elements of HTML", most),
            ));
        }
        if is_deep(tree) {
            let reason = message!(
                "has more than {deepest} elements of HTML in one another",
                deepest = DEEPEST
            );
            return Err(Error::input(name, reason));
        }
    }
    Ok(parser.finish())
}

/// Whether the elements are too deep in one another that a parser has open.
fn is_deep(tree: &Tree) -> bool {
    let mut left = vec![(tree.root(), 0)];
    while let Some((node, depth)) = left.pop() {
        if depth > DEEPEST {
            return true;
        }
        let Some(last) = node.last_child() else { continue };
        // What cannot be in a table is put before it.
        let before = last.prev_sibling().filter(|_| last.has_name("table"));
        left.extend([Some(last), before].into_iter().flatten().map(|node| (node, depth + 1)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::readers::lined;

    #[test]
    fn a_tree_is_as_a_parser_makes_it_at_once() {
        let html =
            "<p>Mưa <b>lớn</b> ở miền núi&nbsp;phía Bắc.</p><!-- x --><ul><li>Một</ul>".repeat(99);
        let page = page("a", &html).unwrap();
        page.select("[data-docbao-line]").remove_attr(lined::ATTRIBUTE);
        assert_eq!(page.html(), Document::from(html.as_str()).html());
        let at_once = Document::fragment(html.as_str()).html();
        assert_eq!(fragment("a", &html).unwrap().html(), at_once);
    }

    #[test]
    fn blocks_have_the_lines_they_begin_on() {
        let html = "<html>\n<body>\n<div><p>Mưa <b>to</b></p>\n\n<p\n class=a>Gió</p></div>";
        let page = page("a", html).unwrap();
        let lines: Vec<_> = page.select("p, b").nodes().iter().map(lined::line).collect();
        assert_eq!(lines, [Some(3), None, Some(6)]);
    }

    #[test]
    fn a_tree_that_grows_too_large_is_refused() {
        let again: String = (0..2000).map(|at| format!("<b a={at}>")).collect();
        let again = format!("<p>{again}{}", "<p>x".repeat(30_000));
        let deep = "<div>".repeat(DEEPEST + 1);
        let before_table = format!("<table>{deep}");
        let many: String = (0..200_000).map(|at| format!(" a{at}")).collect();
        let crowded = format!("<p{many}>x");
        for (html, expected) in [
            (&again, "more than 200000 elements"),
            (&deep, "elements of HTML in one another"),
            (&before_table, "elements of HTML in one another"),
            (&crowded, "more than 1000 attributes in one tag"),
        ] {
            for built in [page("a", html), fragment("a", html)] {
                let error = built.err().unwrap().to_string();
                assert!(error.contains(expected), "{error}");
            }
        }
        assert!(page("a", &"<p>x".repeat(90_000)).is_ok());
        assert!(fragment("a", &"<p>x\n".repeat(300_000)).is_ok());
    }
}
