//! Books as EPUB 2 and 3: a book is its chapters in reading order, each an article.

use std::collections::HashMap;
use std::io::Cursor;

use dom_query::{Document, NodeRef};
use rbook::Epub;

use super::archive::{Archive, is_zip};
use super::builder::{self, Builder};
use super::reader::{Input, Reader};
use super::{dates, dom, tree};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::metadata::Metadata;

/// The parts of a book that are no text of it (EPUB 3 Structural Semantics Vocabulary; EPUB 2 guide).
const OUTSIDE: &[&str] = &[
    "bibliography",
    "colophon",
    "copyright",
    "copyright-page",
    "copyrightpage",
    "cover",
    "index",
    "landmarks",
    "loi",
    "lot",
    "other-credits",
    "page-list",
    "pagelist",
    "title-page",
    "titlepage",
    "toc",
];

/// The reader of books.
pub(super) struct EpubBook;

impl Reader for EpubBook {
    fn extensions(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        /// The first file of an EPUB is `mimetype`, stored as it is, at byte 30 (EPUB OCF 3.3, 4.3).
        const MARK: &[u8] = b"mimetypeapplication/epub+zip";
        let is_marked = input.bytes.get(30..).is_some_and(|rest| rest.starts_with(MARK));
        is_zip(&input.bytes) && (is_marked || input.extension() == "epub")
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        check_size(&input)?;
        let damaged =
            |cause: String| Error::input(input.name, message!("is a damaged EPUB: {cause}", cause));
        let book = Epub::read(Cursor::new(input.bytes.into_owned()))
            .map_err(|cause| damaged(cause.to_string()))?;
        let about = metadata(&book);
        let labels = labels(&book);
        let mut chapters: Vec<Article> = Vec::new();
        let mut open: Option<(Option<String>, Builder)> = None;
        let finish = |open: Option<(Option<String>, Builder)>| {
            open.and_then(|(label, text)| chapter(label, text, &about))
        };
        for content in book.reader() {
            let content = content.map_err(|cause| damaged(cause.to_string()))?;
            if !content.spine_entry().is_linear() {
                continue;
            }
            let page = tree::page(input.name, content.content())?;
            let path = content.manifest_entry().href().path().as_str().to_owned();
            if is_outside(&page) {
                continue;
            }
            let mut text = Builder::default();
            let body = page.select("body");
            if let Some(body) = body.nodes().first() {
                dom::add(body, &mut text);
            }
            let label = labels.get(&path).cloned();
            // A part without a name or a heading goes on with the chapter before it.
            let begins = label.is_some() || text.opens_with(BlockKind::Heading);
            match &mut open {
                Some((_, before)) if !begins => before.append(text),
                _ => chapters.extend(finish(open.replace((label, text)))),
            }
        }
        chapters.extend(finish(open.take()));
        if chapters.is_empty() {
            return Err(Error::input(input.name, "is a book without text"));
        }
        Ok(chapters)
    }
}

/// Bounds what the texts of a book unpack to.
///
/// # Errors
/// As [`Archive::read`].
fn check_size(input: &Input<'_>) -> Result<(), Error> {
    let mut archive = Archive::open(input.name, &input.bytes)?;
    for path in archive.paths() {
        let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
        if matches!(&*ending, "xhtml" | "html" | "htm" | "xml" | "opf" | "ncx" | "css" | "svg") {
            archive.read(&path)?;
        }
    }
    Ok(())
}

/// What a book says of itself.
fn metadata(book: &Epub) -> Metadata {
    let about = book.metadata();
    let text = |value: &str| Some(builder::line(value)).filter(|value| !value.is_empty());
    Metadata {
        title: about.title().and_then(|title| text(title.value())),
        authors: about.creators().filter_map(|creator| text(creator.value())).collect(),
        date: about.published_entry().and_then(|entry| dates::read(entry.value())),
        language: about.language().and_then(|language| text(language.value())),
        description: about.description().and_then(|entry| text(entry.value())),
        ..Metadata::default()
    }
}

/// The names that the table of contents gives to whole files, by their paths.
fn labels(book: &Epub) -> HashMap<String, String> {
    let mut labels = HashMap::new();
    let Some(contents) = book.toc().contents() else { return labels };
    for entry in contents.flatten() {
        let Some(href) = entry.href() else { continue };
        let label = builder::line(entry.label());
        if !label.is_empty() {
            labels.entry(href.path().as_str().to_owned()).or_insert(label);
        }
    }
    labels
}

/// Whether a file is a cover, a table of contents or the like.
fn is_outside(page: &Document) -> bool {
    let types = |node: &NodeRef| {
        let values = ["epub:type", "role"].map(|name| node.attr(name).unwrap_or_default());
        let outside = |word: &str| OUTSIDE.contains(&word.trim_start_matches("doc-"));
        values.iter().any(|value| value.split_whitespace().any(outside))
    };
    let body = page.select("body");
    let Some(body) = body.nodes().first() else { return true };
    let mut children = body.children_it(false).filter(NodeRef::is_element);
    let only = children.next().filter(|_| children.next().is_none());
    types(body)
        || only.is_some_and(|only| types(&only) || only.has_name("nav"))
        || is_list_of_links(body)
}

/// Whether nearly all text of an element is in links, as in a table of contents.
fn is_list_of_links(body: &NodeRef) -> bool {
    const FEWEST: usize = 4;
    let links = body.descendants_it().filter(|node| node.has_name("a") && node.has_attr("href"));
    let (count, linked) =
        links.fold((0, 0), |(count, sum), link| (count + 1, sum + link.normalized_char_count()));
    count >= FEWEST && linked * 10 >= body.normalized_char_count() * 8
}

/// A chapter; `None` if there is no text in it.
fn chapter(label: Option<String>, text: Builder, book: &Metadata) -> Option<Article> {
    let mut builder = Builder::default();
    let is_headed = text.opens_with(BlockKind::Heading);
    if let Some(label) = label.as_ref().filter(|_| !is_headed) {
        builder.block(BlockKind::Title, "the chapter's name in the table of contents", label);
    }
    builder.append(text);
    let mut article = builder.finish();
    let first = article.blocks.first_mut()?;
    if is_headed {
        first.kind = BlockKind::Title;
        first.reason = "the heading that opens the chapter".into();
    }
    let title = article.blocks.first().filter(|first| first.kind == BlockKind::Title);
    let title = title.map(|title| article.line_of(title)).or(label).or_else(|| book.title.clone());
    article.metadata = Metadata { title, collection: book.title.clone(), ..book.clone() };
    Some(article)
}
