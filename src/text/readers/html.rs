//! Web pages: the article of a page, without what the site prints around it.
//!
//! `dom_smoothie`, a port of Mozilla's Readability, finds which part of the page holds the article; our
//! own rules then find what it lost (the opening paragraph, the title) and what it kept too much.

use std::borrow::Cow;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::builder::Builder;
use super::decode::Decoded;
use super::reader::{Input, Reader};
use super::{classify, decode, dom, page, similar};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;

/// A larger page, in bytes, is no article: pages of papers have 20 kB to 2 MB.
const LARGEST: usize = 32 << 20;

/// Deeper elements are lifted out of their parents: the time that the extractor takes grows with the
/// square of the depth.
const DEEPEST: usize = 128;

/// A page with more elements is refused.
const MOST_ELEMENTS: usize = 200_000;

/// The reader of web pages.
pub(super) struct Html;

impl Reader for Html {
    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        self.extensions().contains(&&*input.extension()) || looks_like_html(input.bytes)
    }

    fn read(&self, input: &Input<'_>) -> Result<Vec<Article>, Error> {
        if input.bytes.len() > LARGEST {
            let reason = format!("is a web page of more than {} MiB", LARGEST >> 20);
            return Err(Error::input(input.name, reason));
        }
        let Decoded { text, notes } = decode::page(input)?;
        let article = article(input.name, &text)?;
        Ok(vec![Article { notes, ..article }])
    }
}

/// Whether bytes without a telling name begin as a web page does.
fn looks_like_html(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1024)];
    let start = String::from_utf8_lossy(start).to_lowercase();
    let start = start.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    let after_comment = match start.strip_prefix("<!--") {
        Some(comment) => comment.split_once("-->").map_or("", |(_, rest)| rest.trim_start()),
        None => start,
    };
    after_comment.starts_with("<!doctype html")
        || after_comment.starts_with("<html")
        || (after_comment.starts_with("<?xml") && after_comment.contains("<html"))
}

/// The article of a page.
fn article(name: &str, html: &str) -> Result<Article, Error> {
    let document = Document::from(html);
    flatten(name, &document)?;
    let mut metadata = page::metadata(&document);
    let title = displayed_title(&document, metadata.title.as_deref());
    let content = content(&document);
    let mut builder = Builder::default();
    if let Some((title, reason)) = &title {
        builder.block(BlockKind::Title, reason, title);
    }
    let mut body = Builder::default();
    dom::add(&content.root(), &mut body);
    if let Some(sapo) = lost_sapo(&document, metadata.description.as_deref(), &mut body) {
        builder.block(BlockKind::Sapo, "the opening paragraph of the page", &sapo);
    }
    builder.append(body);
    let (mut article, looks) = builder.finish_with_looks();
    classify::refine(&mut article, &looks);
    metadata.title = title.map(|(title, _)| title).or(metadata.title);
    article.metadata = metadata;
    if article.text.trim().is_empty() {
        return Err(Error::input(name, "is a web page without an article in it"));
    }
    Ok(article)
}

/// Bounds how deep elements are in one another.
///
/// # Errors
/// If there are too many elements.
fn flatten(name: &str, document: &Document) -> Result<(), Error> {
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

/// The part of a page that holds the article, as a document of its own.
fn content(document: &Document) -> Document {
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let copy = Document::from(document.html());
    let parsed = Readability::with_document(copy, None, Some(config))
        .and_then(|mut readability| readability.parse());
    match parsed {
        Ok(article) => Document::fragment(article.content),
        // Too little text to tell: all of it.
        Err(_) => Document::fragment(document.select("body").inner_html()),
    }
}

/// The title that a page shows, and why it is taken for that.
fn displayed_title(document: &Document, told: Option<&str>) -> Option<(String, &'static str)> {
    let headings = document.select("h1, h2, [itemprop=headline]");
    let headings = headings.nodes().iter().map(dom::line).filter(|line| !line.is_empty());
    let page_title = dom_title(document);
    let known = told.map(str::to_owned).or_else(|| page_title.clone());
    if let Some(known) = &known {
        let shown = headings.clone().find(|heading| similar::is_same(known, heading));
        if let Some(shown) = shown {
            return Some((shown, "the heading that the page has for its title"));
        }
    }
    if let Some(told) = told {
        return Some((without_site(told).into_owned(), "what the page says its title is"));
    }
    let first =
        document.select("h1").nodes().first().map(dom::line).filter(|line| !line.is_empty());
    if let Some(first) = first {
        return Some((first, "the first heading of the page"));
    }
    page_title.map(|title| (without_site(&title).into_owned(), "the title of the page"))
}

/// The text of the element `title`.
fn dom_title(document: &Document) -> Option<String> {
    let title = document.select("head title").nodes().first()?.text();
    Some(super::builder::line(&title)).filter(|title| !title.is_empty())
}

/// A title without the name of the site after it: `Mưa lớn - Báo Lào Cai`.
fn without_site(title: &str) -> Cow<'_, str> {
    const FEWEST: usize = 4;
    let cut =
        [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| title.rfind(mark)).max();
    match cut.map(|at| title[..at].trim_end()) {
        Some(short) if short.split_whitespace().count() >= FEWEST => Cow::Borrowed(short),
        _ => Cow::Borrowed(title),
    }
}

/// The opening paragraph that a page shows and describes itself by, if the body does not open with it.
fn lost_sapo(document: &Document, description: Option<&str>, body: &mut Builder) -> Option<String> {
    /// So many blocks are the opening of a body.
    const OPENING: usize = 3;
    let description = description?;
    let texts: Vec<&str> = body.texts().collect();
    let opening = texts[..texts.len().min(OPENING)].join(" ");
    if similar::share(description, &opening) > 0.7 {
        return None;
    }
    let candidates = document.select("h2, h3, p, div, strong, span, td, em");
    let shown = candidates.nodes().iter().filter(|node| {
        let length = node.normalized_char_count();
        length >= 40 && length <= description.chars().count() * 3 + 200
    });
    let lines = shown.map(dom::line).filter(|line| similar::holds(line, description));
    let is_there =
        |line: &str, text: &str| similar::holds(text, line) && similar::holds(line, text);
    let is_lost = |line: &String| !texts.iter().any(|text| is_there(line, text));
    lines.filter(is_lost).min_by_key(String::len)
}
