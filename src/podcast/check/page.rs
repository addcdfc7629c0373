//! A page of a feed as XML.

use std::path::Path;

use roxmltree::{Document, Node};

use crate::podcast::feed::NAMESPACES;

/// A page of a feed.
pub(super) struct FeedPage<'a> {
    pub file: &'a Path,
    pub xml: &'a Document<'a>,
    /// Where each line but the first begins.
    lines: Vec<usize>,
}

impl<'a> FeedPage<'a> {
    pub(super) fn new(file: &'a Path, xml: &'a Document<'a>) -> FeedPage<'a> {
        let ends = xml.input_text().match_indices('\n');
        FeedPage { file, xml, lines: ends.map(|(at, _)| at + 1).collect() }
    }

    /// The line where a node ends, from 1.
    pub(super) fn last_line(&self, node: Node) -> usize {
        self.lines.partition_point(|start| *start < node.range().end) + 1
    }

    /// The line where a node begins, from 1.
    pub(super) fn line(&self, node: Node) -> usize {
        self.lines.partition_point(|start| *start <= node.range().start) + 1
    }
}

/// The children of a node with this tag: `title`, or `itunes:image` with one of our prefixes.
pub(super) fn children<'a>(node: Node<'a, 'a>, tag: &str) -> Vec<Node<'a, 'a>> {
    let (prefix, name) = tag.split_once(':').unwrap_or(("", tag));
    let known = NAMESPACES.iter().find(|(known, _)| known.strip_prefix("xmlns:") == Some(prefix));
    let namespace = known.map(|(_, namespace)| *namespace);
    let of = |child: &Node| {
        child.is_element()
            && child.tag_name().name() == name
            && child.tag_name().namespace() == namespace
    };
    node.children().filter(of).collect()
}

/// The text of the first child with this tag, if it says something.
pub(super) fn text<'a>(node: Node<'a, 'a>, tag: &str) -> Option<&'a str> {
    let child = children(node, tag).into_iter().next()?;
    child.text().map(str::trim).filter(|text| !text.is_empty())
}
