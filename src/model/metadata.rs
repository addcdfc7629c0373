//! What an article says about itself.

use serde::{Deserialize, Serialize};

use crate::model::date::PublicationDate;
use crate::model::message::Message;

/// What an article says about itself, found once, by its reader. What is `None` or empty is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Its title, on one line.
    pub title: Option<String>,
    /// Who wrote it, in order.
    pub authors: Vec<String>,
    /// When it was published.
    pub date: Option<PublicationDate>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The section of the paper it is in.
    pub section: Option<String>,
    /// What it is about, in a sentence or two.
    pub description: Option<String>,
    /// Its picture: a path relative to the article's folder, or an address.
    pub cover: Option<String>,
    /// Where it is on the web.
    pub address: Option<String>,
    /// The book, the feed or the bulletin that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
}

impl Metadata {
    /// The authors, separated by commas.
    #[must_use]
    pub fn author(&self) -> Option<String> {
        (!self.authors.is_empty()).then(|| self.authors.join(", "))
    }
}

/// The entries in front of an article, between two fences, as site generators write them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Its entries in order.
    pub fields: Vec<Field>,
    /// What cannot be understood: the line from 1, and why.
    pub faults: Vec<(usize, Message)>,
    /// Where the article begins: the offset after the closing fence.
    pub end: usize,
}

/// An entry of a front matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in lower case, `-` and spaces as `_`.
    pub key: String,
    /// Its value; the items of a list. A value with entries of its own gives none.
    pub values: Vec<String>,
    /// Its line, from 1.
    pub line: usize,
    /// The entries of its own, with their names as they are written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Field>,
}

impl Field {
    /// An entry of this name.
    #[must_use]
    pub fn new(key: &str, values: Vec<String>, line: usize) -> Field {
        let key = key.trim().to_lowercase().replace(['-', ' '], "_");
        Field { key, values, line, entries: Vec::new() }
    }

    /// An entry inside another one, whose name is written so.
    #[must_use]
    pub fn inner(key: &str, value: String, line: usize) -> Field {
        Field { key: key.trim().to_owned(), values: vec![value], line, entries: Vec::new() }
    }

    /// The same entry so many lines further down.
    #[must_use]
    pub fn moved(mut self, by: usize) -> Field {
        self.line += by;
        self.entries.iter_mut().for_each(|entry| entry.line += by);
        self
    }

    /// Its value; those of a list separated by commas.
    #[must_use]
    pub fn text(&self) -> String {
        self.values.join(", ")
    }
}

impl FrontMatter {
    /// The entry of this name that says something.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        let is_filled = |field: &&Field| field.values.iter().any(|value| !value.is_empty());
        self.fields.iter().find(|field| field.key == key).filter(is_filled)
    }

    /// The entries inside the entry of this name.
    #[must_use]
    pub fn entries(&self, key: &str) -> &[Field] {
        self.fields.iter().find(|field| field.key == key).map_or(&[], |field| &field.entries)
    }
}
