//! What a web page says about its article: JSON-LD of schema.org first, then Open Graph and `meta`
//! elements, then the elements of the page themselves.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::Value;

use super::{builder, dates};
use crate::model::metadata::Metadata;

/// How deep values may be inside one another in JSON-LD.
const DEEPEST: usize = 16;

/// The names of `meta` elements, the best first.
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "title"];
const DESCRIPTIONS: &[&str] = &["og:description", "description", "twitter:description"];
const AUTHORS: &[&str] = &["author", "article:author", "dc.creator", "article:author_name"];
const DATES: &[&str] = &[
    "article:published_time",
    "pubdate",
    "date",
    "dc.date.issued",
    "dc.date",
    "publish-date",
    "article:published",
    "lastmod",
];
const SECTIONS: &[&str] = &["article:section", "og:article:section", "its_section"];
const PICTURES: &[&str] = &["og:image", "twitter:image"];

/// What a page says of its article.
#[must_use]
pub(super) fn metadata(page: &Document) -> Metadata {
    let metas = metas(page);
    let meta = |names: &[&str]| names.iter().find_map(|name| metas.get(*name)).cloned();
    let found = Found::of(page);
    let html = page.select("html[lang]").attr("lang").map(|lang| lang.to_string());
    let canonical = page.select("link[rel=canonical]").attr("href").map(|href| href.to_string());
    let authors = found.authors.clone();
    let date = found.date.or_else(|| meta(DATES)).and_then(|date| dates::read(&date));
    // An address of the author's page is not a name.
    let named = |author: &String| !author.contains("://") && !author.contains('@');
    Metadata {
        title: found.title.or_else(|| meta(TITLES)),
        authors: if authors.is_empty() {
            meta(AUTHORS).filter(named).into_iter().collect()
        } else {
            authors
        },
        date: date.or_else(|| {
            let time = page.select("time[datetime]").attr("datetime")?;
            dates::read(&time)
        }),
        language: found.language.or(html).filter(|tag| !tag.trim().is_empty()),
        section: found.section.or_else(|| meta(SECTIONS)),
        description: found.description.or_else(|| meta(DESCRIPTIONS)),
        cover: found.picture.or_else(|| meta(PICTURES)),
        address: canonical.or_else(|| meta(&["og:url"])).or(found.address),
        collection: None,
    }
}

/// The values of `meta` elements by their names in lower case; the first of each name.
fn metas(page: &Document) -> HashMap<String, String> {
    let mut metas = HashMap::new();
    for meta in page.select("meta[content]").nodes() {
        let content = clean(&meta.attr("content").unwrap_or_default());
        let name = ["property", "name", "itemprop"].iter().find_map(|key| meta.attr(key));
        if let Some(name) = name.filter(|_| !content.is_empty()) {
            metas.entry(name.trim().to_lowercase()).or_insert(content);
        }
    }
    metas
}

/// What the JSON-LD of a page says of its article.
#[derive(Default)]
struct Found {
    title: Option<String>,
    authors: Vec<String>,
    date: Option<String>,
    language: Option<String>,
    section: Option<String>,
    description: Option<String>,
    picture: Option<String>,
    address: Option<String>,
}

/// The text of the article as the JSON-LD of a page gives it; it may hold elements of HTML.
#[must_use]
pub(super) fn body(page: &Document) -> Option<String> {
    let values = json_ld(page);
    let body = values.iter().find_map(|value| article_in(value, 0)?.get("articleBody"));
    body?.as_str().map(str::to_owned)
}

/// The values of JSON-LD on a page.
fn json_ld(page: &Document) -> Vec<Value> {
    let scripts = page.select("script[type='application/ld+json']");
    let values = scripts.nodes().iter().filter_map(|script| {
        // Some sites break lines inside strings, which JSON does not allow.
        let text = script.text();
        let text = text.trim().trim_end_matches(';');
        let parsed = serde_json::from_str::<Value>(text);
        parsed.or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " "))).ok()
    });
    values.collect()
}

impl Found {
    fn of(page: &Document) -> Found {
        let values = json_ld(page);
        values.iter().find_map(|value| article_in(value, 0)).map(Found::read).unwrap_or_default()
    }

    fn read(article: &Value) -> Found {
        let text = |key: &str| first_text(article.get(key)?, "name");
        Found {
            title: text("headline").or_else(|| text("name")),
            authors: article.get("author").map(names).unwrap_or_default(),
            date: text("datePublished").or_else(|| text("dateCreated")),
            language: text("inLanguage"),
            section: text("articleSection"),
            description: text("description"),
            picture: article.get("image").and_then(|image| first_text(image, "url")),
            address: text("url"),
        }
    }
}

/// The article among the values of JSON-LD: an object whose type is a kind of article.
fn article_in(value: &Value, depth: usize) -> Option<&Value> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article_in(value, depth + 1)),
        Value::Object(object) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| {
                    kind.ends_with("Article") || kind == "Report" || kind.ends_with("Posting")
                })
            };
            let kinds = object.get("@type");
            let is_one = kinds.is_some_and(|kinds| match kinds {
                Value::Array(kinds) => kinds.iter().any(is_article),
                kind => is_article(kind),
            });
            if is_one {
                return Some(value);
            }
            let inner = ["@graph", "mainEntity"].iter().filter_map(|key| object.get(*key));
            inner.into_iter().find_map(|inner| article_in(inner, depth + 1))
        }
        _ => None,
    }
}

/// A value as text: itself, the entry `key` of an object, or that of the first value of a list.
fn first_text(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(clean(text)).filter(|text| !text.is_empty()),
        Value::Array(values) => values.iter().find_map(|value| match value {
            Value::Array(_) => None,
            value => first_text(value, key),
        }),
        Value::Object(object) => match object.get(key)? {
            Value::String(text) => Some(clean(text)).filter(|text| !text.is_empty()),
            _ => None,
        },
        _ => None,
    }
}

/// The names of authors.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => {
            values.iter().filter_map(|value| first_text(value, "name")).collect()
        }
        value => first_text(value, "name").into_iter().collect(),
    }
}

/// A text on one line, entities decoded: sites escape them twice.
fn clean(text: &str) -> String {
    builder::line(&builder::decoded(&builder::decoded(text)))
}
