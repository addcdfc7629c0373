//! Web pages: the article of a page, without what the site prints around it.
//!
//! `extract` finds which part of the page holds the article; the rules here then find what is
//! elsewhere (the opening paragraph, the title), and `refine` what is there too much.

use dom_query::Document;

use super::builder::Builder;
use super::decode::Decoded;
use super::reader::{Input, Reader};
use super::{decode, dom, extract, page, refine, similar, title, tree};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::message::message;

/// A larger page, in bytes, is no article: pages of papers have 20 kB to 2 MB.
const LARGEST: usize = 32 << 20;

/// The reader of web pages.
pub(super) struct Html;

impl Reader for Html {
    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        self.extensions().contains(&&*input.extension()) || looks_like_html(&input.bytes)
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        if input.bytes.len() > LARGEST {
            let reason =
                message!("is a web page of more than {largest} MiB", largest = LARGEST >> 20);
            return Err(Error::input(input.name, reason));
        }
        let Decoded { text, notes } = decode::page(&input)?;
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
    let weak = title::weak(&document);
    let known: Vec<&str> = [&metadata.title, &weak].into_iter().flatten().map(|t| &**t).collect();
    let described = metadata.description.as_deref();
    let shown = extract::content(&document, &known, described);
    let told = page::body(&document).and_then(|body| extract::told(&body, &shown));
    let content = told.unwrap_or(shown);
    let title = title::displayed(&document, metadata.title.as_deref(), weak.as_deref());
    let mut article = with_title(&document, &content, title.as_ref(), described);
    let is_titled =
        |article: &Article| article.blocks.iter().any(|block| block.kind == BlockKind::Title);
    if !is_titled(&article) {
        // Old sites give all pages of a section one title: any heading of the text is better.
        let weak =
            weak.map(|title| (title::without_site(&title).to_owned(), "the title of the page"));
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
    for line in lost_sapo(document, described, &mut body) {
        builder.block(BlockKind::Sapo, "the opening paragraph of the page", &line);
    }
    builder.append(body);
    let (mut article, looks) = builder.finish_with_looks();
    refine::blocks(&mut article, &looks);
    article
}

/// The lines of the opening paragraph that a page shows and describes itself by, if the body does not
/// open with it.
fn lost_sapo(document: &Document, description: Option<&str>, body: &mut Builder) -> Vec<String> {
    /// So many blocks are the opening of a body.
    const OPENING: usize = 3;
    let Some(description) = description else { return Vec::new() };
    let texts: Vec<&str> = body.texts().collect();
    let opening = texts[..texts.len().min(OPENING)].join(" ");
    if similar::share(description, &opening) > 0.7 {
        return Vec::new();
    }
    let candidates = document.select("h2, h3, p, div, strong, span, td, em");
    let shown = candidates.nodes().iter().filter(|node| {
        let length = node.normalized_char_count();
        length >= 40 && length <= description.chars().count() * 3 + 200
    });
    let lines = shown.map(|node| (node, dom::line(node)));
    let is_there =
        |line: &str, text: &str| similar::holds(text, line) && similar::holds(line, text);
    let is_lost = |line: &str| !texts.iter().any(|text| is_there(line, text));
    let lost = lines.filter(|(_, line)| similar::holds(line, description) && is_lost(line));
    lost.min_by_key(|(_, line)| line.len()).map_or_else(Vec::new, |(node, _)| dom::lines(node))
}
