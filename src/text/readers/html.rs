//! Web pages: the article of a page, without what the site prints around it.
//!
//! `extract` finds which part of the page holds the article; the rules here then find what is
//! elsewhere (the opening paragraph, the title), and `classify` what is there too much.

use std::borrow::Cow;

use dom_query::Document;

use super::builder::Builder;
use super::decode::Decoded;
use super::reader::{Input, Reader};
use super::{classify, decode, dom, extract, page, similar, tree};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;

/// A larger page, in bytes, is no article: pages of papers have 20 kB to 2 MB.
const LARGEST: usize = 32 << 20;

/// Titles are no longer than this, in characters.
const LONGEST_TITLE: usize = 300;

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
    let document = tree::page(name, html)?;
    extract::flatten(name, &document)?;
    let mut metadata = page::metadata(&document);
    let content = extract::content(&document);
    let described = metadata.description.as_deref();
    let title = displayed_title(&document, metadata.title.as_deref());
    let mut article = with_title(&document, &content, title.as_ref(), described);
    let is_titled =
        |article: &Article| article.blocks.iter().any(|block| block.kind == BlockKind::Title);
    if !is_titled(&article) {
        // Old sites give all pages of a section one title: any heading of the text is better.
        let weak = dom_title(&document)
            .map(|title| (without_site(&title).into_owned(), "the title of the page"));
        article = with_title(&document, &content, weak.as_ref(), described);
    }
    let shown = article.blocks.iter().find(|block| block.kind == BlockKind::Title);
    metadata.title = shown.map(|shown| article.line_of(shown)).or(metadata.title);
    article.metadata = metadata;
    if article.text.trim().is_empty() {
        return Err(Error::input(name, "is a web page without an article in it"));
    }
    Ok(article)
}

/// The article of a page under a title, if that is known, with the reason.
fn with_title(
    document: &Document,
    content: &Document,
    title: Option<&(String, &'static str)>,
    described: Option<&str>,
) -> Article {
    let mut builder = Builder::default();
    if let Some((title, reason)) = title {
        builder.block(BlockKind::Title, reason, title);
    }
    let mut body = Builder::default();
    dom::add(&content.root(), &mut body);
    if let Some(sapo) = lost_sapo(document, described, &mut body) {
        builder.block(BlockKind::Sapo, "the opening paragraph of the page", &sapo);
    }
    builder.append(body);
    let (mut article, looks) = builder.finish_with_looks();
    classify::refine(&mut article, &looks);
    article
}

/// The title that a page shows, and why it is taken for that.
fn displayed_title(document: &Document, told: Option<&str>) -> Option<(String, &'static str)> {
    /// A title that only its class calls so has at least so many words.
    const FEWEST: usize = 6;
    let lines = |selector: &str| -> Vec<String> {
        let found = document.select(selector);
        let lines =
            found.nodes().iter().filter(|node| node.normalized_char_count() <= LONGEST_TITLE);
        lines.map(dom::line).filter(|line| !line.is_empty()).collect()
    };
    let headings = lines("h1, h2, h3, h4, [itemprop=headline], [class*=title], [class*=Title]");
    let page_title = dom_title(document);
    let known = [told, page_title.as_deref()];
    let shown = known.iter().flatten().find_map(|known| {
        headings.iter().find(|heading| similar::is_same(known, heading)).cloned()
    });
    if let Some(shown) = shown {
        return Some((shown, "the heading that the page has for its title"));
    }
    if let Some(told) = told {
        return Some((without_site(told).into_owned(), "what the page says its title is"));
    }
    if let Some(first) = lines("h1").into_iter().next() {
        return Some((first, "the first heading of the page"));
    }
    let mut classed = lines("[class*=title], [class*=Title]").into_iter();
    if let Some(first) = classed.find(|line| line.split_whitespace().count() >= FEWEST) {
        return Some((first, "the first text that the page calls a title"));
    }
    None
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
