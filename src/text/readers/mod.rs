//! From bytes to [`Article`]s. [`READERS`] is the list of the formats; each has a file of its own.
//!
//! Plain text: `decode` gives the characters, `classify` the blocks. No rule looks at what a text is
//! about: they use place, length, final marks, blank lines, repetition, capitals, and a table of what
//! sites print around their articles (`tables/phrases.tsv`). Where a rule cannot decide, the text is
//! taken for the author's, because losing what an author wrote is worse than reading a footer aloud.
//! Weak evidence counts only in a text that shows it was taken from a site: by a dateline, a button, or
//! its title said twice.

mod archive;
mod attributes;
mod body;
mod builder;
mod bundle;
mod chat;
mod classify;
mod context;
mod credits;
mod dateline;
pub mod dates;
mod decode;
mod detect;
mod docx;
mod dom;
mod draft;
mod element;
mod email;
mod epub;
mod extract;
mod feed;
mod front;
mod furniture;
mod grid;
mod head;
mod headings;
mod html;
mod interview;
mod legacy;
mod lined;
mod markdown;
mod marks;
mod markup;
mod metadata;
mod mojibake;
mod order;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod phrases;
mod pictures;
mod pieces;
mod plain;
mod prose;
mod reader;
mod refine;
mod rewrite;
mod rules;
mod signature;
mod similar;
mod sitemap;
mod ssml;
mod subtitles;
mod table;
mod tags;
mod tail;
mod title;
mod tree;
mod viqr;
mod words;
mod yaml;

pub use decode::decode;
pub use detect::detect;
pub use order::natural;
pub use plain::{article, lines, paragraphs};
pub use reader::{Input, Reader};
pub use sitemap::{Sitemap, sitemap};

use crate::model::article::{Article, Origin};
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::manner;
use crate::model::message::message;

/// The readers, in the order in which they are asked; plain text takes what no other reader takes.
pub const READERS: &[&dyn Reader] = &[
    #[cfg(feature = "pdf")]
    &pdf::Pdf,
    &epub::EpubBook,
    &docx::Docx,
    &bundle::Bundle { read, reads: |extension| extensions().any(|known| known == extension) },
    &feed::Feed,
    &ssml::Ssml,
    &html::Html,
    &subtitles::Subtitles,
    &email::Email,
    &chat::Chat,
    &markdown::Markdown,
    &plain::Plain,
];

/// The articles in a source, by the first reader that accepts it.
///
/// # Errors
/// What the reader gives.
pub fn read(input: Input<'_>) -> Result<Vec<Article>, Error> {
    let Some(reader) = READERS.iter().find(|reader| reader.accepts(&input)) else {
        return Err(Error::input(input.name, "is of no format that can be read"));
    };
    let (name, whole) = (input.name, Digest::of(&input.bytes));
    let mut articles = reader.read(input)?;
    let is_one = articles.len() == 1;
    for article in &mut articles {
        headings::join(article);
        interview::find(article);
        marks::find(article);
        manner::sort(&mut article.manners);
        let named = std::mem::take(&mut article.origin).name;
        // One of several is the same as long as its own text is, whatever became of the others.
        let digest = if is_one { whole } else { digest(article)? };
        // A reader of several articles may have named them.
        let called = match (&*named, &article.metadata.title) {
            ("", Some(title)) if !is_one => format!("{name}: {title}"),
            ("", _) => name.to_owned(),
            _ => named,
        };
        article.origin = Origin { name: called, digest };
    }
    Ok(articles)
}

/// What identifies an article that has no bytes of its own: the digest of all that was read of it.
fn digest(article: &Article) -> Result<Digest, Error> {
    let json = serde_json::to_vec(article);
    json.map(|json| Digest::of(&json)).map_err(|error| {
        Error::request(message!(
            "the article cannot be written as JSON: {error}",
            error = error.to_string()
        ))
    })
}

/// The endings of the names of files that are articles, in lower case.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    READERS.iter().flat_map(|reader| reader.extensions()).copied()
}
