//! How much running text the elements of a page hold.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

/// A paragraph of an article has at least so many characters, and at most this share of them in links.
const PROSE: usize = 80;
const LINKED: f64 = 0.4;

/// Where an element holds this share of what its parent does, the article is inside it.
const MOST: f64 = 0.75;

/// How much prose there is inside an element, in characters.
pub(super) fn prose(node: &NodeRef) -> usize {
    paragraphs(node).map(|(_, length)| length).sum()
}

/// How much prose several elements are or hold, in characters.
pub(super) fn held(elements: &[NodeRef]) -> usize {
    elements.iter().map(|node| prose(node) + own_prose(node).unwrap_or(0)).sum()
}

/// Whether an element is a paragraph or holds one.
pub(super) fn has_prose(node: &NodeRef) -> bool {
    own_prose(node).is_some() || paragraphs(node).next().is_some()
}

/// The innermost element that holds most of the prose of a page.
pub(super) fn fullest<'a>(body: &NodeRef<'a>) -> NodeRef<'a> {
    let mut amounts: HashMap<NodeId, usize> = HashMap::new();
    for (paragraph, length) in paragraphs(body) {
        for ancestor in paragraph.ancestors_it(None) {
            *amounts.entry(ancestor.id).or_default() += length;
        }
    }
    let amount = |node: &NodeRef| amounts.get(&node.id).copied().unwrap_or(0);
    let mut inside = *body;
    loop {
        let most = inside.children_it(false).max_by_key(amount);
        match most {
            Some(child) if amount(&child) as f64 >= MOST * amount(&inside).max(1) as f64 => {
                inside = child;
            }
            _ => return inside,
        }
    }
}

/// The elements inside another whose own text is long enough for a paragraph, with its length. An
/// element that holds such an element is none.
pub(super) fn paragraphs<'a>(node: &NodeRef<'a>) -> impl Iterator<Item = (NodeRef<'a>, usize)> {
    let inside = node.descendants_it().filter(is_block);
    inside.filter_map(|element| own_prose(&element).map(|length| (element, length)))
}

/// The elements that paragraphs are found in.
fn is_block(node: &NodeRef) -> bool {
    ["p", "div", "section", "td", "li", "article"].iter().any(|name| node.has_name(name))
}

/// How long the text of an element is, without the elements that may be paragraphs themselves, if
/// that is long enough for a paragraph.
fn own_prose(element: &NodeRef) -> Option<usize> {
    let own = element.children_it(false).filter(|child| !is_block(child));
    let (mut length, mut linked) = (0, 0);
    for child in own {
        let count = child.normalized_char_count();
        length += count;
        linked += if child.has_name("a") { count } else { 0 };
    }
    (length >= PROSE && linked as f64 <= LINKED * length as f64).then_some(length)
}
