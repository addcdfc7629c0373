//! Which part of a web page holds its article.
//!
//! `dom_smoothie`, a port of Mozilla's Readability, finds it; where it finds hardly any of the prose that the
//! page has, the innermost element that holds most of it is taken.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::furniture;
use super::prose::{fullest, prose};
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

/// What the extractor finds is believed unless the page has so many times as much prose.
const LEAST: usize = 8;

/// The part of a page that holds the article, as a document of its own.
///
/// `titles` are what the page says its title is.
pub(super) fn content(document: &Document, titles: &[&str]) -> Document {
    let copy = Document::from(document.html());
    furniture::remove(&copy, titles);
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let parsed = Readability::with_document(copy.clone(), None, Some(config))
        .and_then(|mut readability| readability.parse());
    // Too little text to tell: all of it.
    let Ok(parsed) = parsed else {
        let left = if copy.text().trim().is_empty() { document } else { &copy };
        return Document::fragment(left.select("body").inner_html());
    };
    let found = Document::fragment(parsed.content);
    let fullest = copy.body().map(|body| fullest(&body));
    match fullest.filter(|fullest| prose(&found.root()) * LEAST < prose(fullest)) {
        Some(fullest) => Document::fragment(fullest.html()),
        None => found,
    }
}

/// What a page tells of its article as an element for each paragraph, if that holds so many times as much
/// as what it shows.
pub(super) fn told(text: &str, shown: &Document) -> Option<Document> {
    let has_elements = text.contains("</");
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let html = if has_elements {
        text.to_owned()
    } else {
        lines.map(|line| format!("<p>{}</p>", html_escape::encode_text(line))).collect()
    };
    let told = Document::fragment(html);
    (prose(&shown.root()) * LEAST < prose(&told.root())).then_some(told)
}
