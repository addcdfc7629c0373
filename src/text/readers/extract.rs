//! Which part of a web page holds its article.
//!
//! `dom_smoothie`, a port of Mozilla's Readability, finds it; where it finds hardly any of the prose that the
//! page has, the innermost element that holds most of it is taken.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::furniture;
use super::prose::{fullest, has_prose, held, paragraphs, prose};
use super::similar;
use crate::model::error::Error;
use crate::model::message::message;

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
        let reason = message!("is a web page of more than {most} elements", most = MOST_ELEMENTS);
        return Err(Error::input(name, reason));
    }
    deep.iter().rev().for_each(NodeRef::unwrap_node);
    Ok(())
}

/// What the extractor finds is believed unless the page has so many times as much prose.
const LEAST: usize = 8;

/// The part of a page that holds the article, as a document of its own.
///
/// `titles` are what the page says its title is, `described` how it describes itself.
pub(super) fn content(document: &Document, titles: &[&str], described: Option<&str>) -> Document {
    let copy = Document::from(document.html());
    let title = furniture::remove(&copy, titles);
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let parsed = Readability::with_document(copy.clone(), None, Some(config))
        .and_then(|mut readability| readability.parse());
    // Too little text to tell: all of it.
    let Ok(parsed) = parsed else {
        let left = if copy.text().trim().is_empty() { document } else { &copy };
        return Document::fragment(left.select("body").inner_html());
    };
    let found = Document::fragment(parsed.content);
    let Some(body) = copy.body() else { return found };
    let text = fullest(&body);
    if prose(&found.root()) * LEAST < prose(&text) {
        return Document::fragment(text.html());
    }
    let lost = title.map(|title| lost(&text, &title, described, &found)).unwrap_or_default();
    if lost.is_empty() { found } else { Document::fragment(lost + &found.html()) }
}

/// The elements between a title and a text that hold paragraphs which the extractor left out, as HTML: an
/// opening paragraph, the question above an answer. What the page describes itself by is found later.
fn lost(text: &NodeRef, title: &NodeRef, described: Option<&str>, found: &Document) -> String {
    /// So much of an element's text is in paragraphs.
    const SHARE: f64 = 0.7;
    /// No more paragraphs are lost at the beginning.
    const MOST: usize = 100;
    let signs = |text: &str| text.split_whitespace().collect::<String>();
    let known = signs(&found.text());
    let is_known = |node: &NodeRef| known.contains(&signs(&node.text()));
    let holds_title =
        |node: &NodeRef| node.id == title.id || title.ancestors_it(None).any(|of| of.id == node.id);
    let mut lost = Vec::new();
    let mut opening = paragraphs(text).take(MOST).map(|(paragraph, _)| paragraph);
    let Some(first) = opening.find(is_known) else { return String::new() };
    for inside in [first].into_iter().chain(first.ancestors_it(None)) {
        if inside.has_name("body") || holds_title(&inside) {
            break;
        }
        let mut at = inside.prev_sibling();
        while let Some(sibling) = at.filter(|sibling| !holds_title(sibling)) {
            at = sibling.prev_sibling();
            let is_described =
                || described.is_some_and(|told| similar::holds(&sibling.text(), told));
            // Lists of other articles have hardly any.
            let is_text =
                || held(&[sibling]) as f64 >= SHARE * sibling.normalized_char_count() as f64;
            if has_prose(&sibling) && is_text() && !is_known(&sibling) && !is_described() {
                lost.push(sibling.html().to_string());
            }
        }
    }
    lost.reverse();
    lost.concat()
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
