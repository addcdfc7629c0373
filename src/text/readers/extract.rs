//! Which part of a web page holds its article.
//!
//! `dom_smoothie`, a port of Mozilla's Readability, finds it; where it finds hardly any of the prose that the
//! page has, the innermost element that holds most of it is taken.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::{markup, table};
use crate::model::article::BlockKind;
use crate::model::error::Error;

/// A page with more elements is refused.
const MOST_ELEMENTS: usize = 200_000;

/// Deeper elements are lifted out of their parents: the time that the extractor takes grows with the
/// square of the depth.
const DEEPEST: usize = 128;

/// Bounds how deep elements are in one another.
///
/// # Errors
/// If there are too many elements.
pub(super) fn flatten(name: &str, document: &Document) -> Result<(), Error> {
    let root = document.root();
    let mut depth = 0;
    let mut count = 0usize;
    let mut deep = Vec::new();
    let Some(mut node) = root.first_child() else { return Ok(()) };
    'walk: loop {
        count += 1;
        if let Some(child) = node.first_child() {
            depth += 1;
            if depth > DEEPEST && node.is_element() {
                deep.push(node);
            }
            node = child;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if parent.id != root.id => {
                    node = parent;
                    depth -= 1;
                }
                _ => break 'walk,
            }
        }
    }
    if count > MOST_ELEMENTS {
        let reason = format!("is a web page of more than {MOST_ELEMENTS} elements");
        return Err(Error::input(name, reason));
    }
    deep.iter().rev().for_each(NodeRef::unwrap_node);
    Ok(())
}

/// Elements in which no article is.
const FURNITURE: &str = "nav, [role=navigation], [role=search], [role=contentinfo], \
    [role=complementary], [role=dialog], dialog, script, style, noscript, template";

/// What classes call furniture is no larger than this, in characters, or this share of the page's text:
/// a larger element is a layout around the article.
const SMALL: usize = 600;
const SHARE: f64 = 0.15;

/// A paragraph of an article has at least so many characters, and at most this share of them in links.
const PROSE: usize = 80;
const LINKED: f64 = 0.4;

/// Where an element holds this share of what its parent does, the article is inside it.
const MOST: f64 = 0.75;

/// What the extractor finds is believed unless the page has so many times as much prose.
const LEAST: usize = 8;

/// The part of a page that holds the article, as a document of its own.
pub(super) fn content(document: &Document) -> Document {
    let copy = Document::from(document.html());
    copy.select(FURNITURE).remove();
    tidy(&copy);
    keep_main(&copy);
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let parsed = Readability::with_document(copy.clone(), None, Some(config))
        .and_then(|mut readability| readability.parse());
    // Too little text to tell: all of it.
    let Ok(parsed) = parsed else {
        return Document::fragment(document.select("body").inner_html());
    };
    let found = Document::fragment(parsed.content);
    let fullest = copy.body().map(|body| fullest(&body));
    match fullest.filter(|fullest| prose(&found.root()) * LEAST < prose(fullest)) {
        Some(fullest) => Document::fragment(fullest.html()),
        None => found,
    }
}

/// Takes out what the names of classes say is the site's, and marks captions as HTML does, since the
/// extractor does not keep every element.
fn tidy(page: &Document) {
    let Some(body) = page.body() else { return };
    let most = SMALL.max((SHARE * body.normalized_char_count() as f64) as usize);
    let elements: Vec<NodeRef> = body.descendants_it().filter(NodeRef::is_element).collect();
    for element in elements {
        let is_quoted = || element.ancestors_it(None).any(|of| of.has_name("blockquote"));
        if element.has_name("footer") {
            if is_quoted() {
                element.rename("p");
            } else {
                element.remove_from_parent();
            }
            continue;
        }
        if element.has_name("form") && prose(&element) == 0 {
            element.remove_from_parent();
            continue;
        }
        let named = if element.has_name("span") || element.has_name("a") || element.has_name("b") {
            markup::kind_in_line(&element)
        } else {
            markup::kind_of(&element)
        };
        let Some((kind, _)) = named else { continue };
        let length = element.normalized_char_count();
        match kind {
            BlockKind::Boilerplate | BlockKind::Related
                if length <= most && !table::has(&element, "h1") =>
            {
                element.remove_from_parent();
            }
            BlockKind::Caption | BlockKind::Credit
                if length <= SMALL && !element.has_name("figure") && !element.has_name("table") =>
            {
                element.rename("figcaption");
            }
            _ => {}
        }
    }
}

/// Of several elements `article`, none inside another, those with much less prose than the fullest are
/// teasers of other articles.
fn keep_main(page: &Document) {
    let articles = page.select("article");
    let outer: Vec<NodeRef> = articles
        .nodes()
        .iter()
        .filter(|node| !node.ancestors_it(None).any(|of| of.has_name("article")))
        .copied()
        .collect();
    let most = outer.iter().map(prose).max().unwrap_or(0);
    for article in outer {
        if most > 0 && prose(&article) * 3 < most && !table::has(&article, "h1") {
            article.remove_from_parent();
        }
    }
}

/// The innermost element that holds most of the prose of a page.
fn fullest<'a>(body: &NodeRef<'a>) -> NodeRef<'a> {
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

/// How much prose there is inside an element, in characters.
fn prose(node: &NodeRef) -> usize {
    paragraphs(node).map(|(_, length)| length).sum()
}

/// The elements inside another whose own text is long enough for a paragraph, with its length. An
/// element that holds such an element is none.
fn paragraphs<'a>(node: &NodeRef<'a>) -> impl Iterator<Item = (NodeRef<'a>, usize)> {
    let is_block = |node: &NodeRef| {
        ["p", "div", "section", "td", "li", "article"].iter().any(|name| node.has_name(name))
    };
    node.descendants_it().filter(is_block).filter_map(move |element| {
        let own = element.children_it(false).filter(|child| !is_block(child));
        let (mut length, mut linked) = (0, 0);
        for child in own {
            let count = child.normalized_char_count();
            length += count;
            linked += if child.has_name("a") { count } else { 0 };
        }
        let is_prose = length >= PROSE && linked as f64 <= LINKED * length as f64;
        is_prose.then_some((element, length))
    })
}
