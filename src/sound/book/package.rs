//! The package document of a book and its table of contents: what the book says of itself and which
//! files it has.

use askama::Template;
use jiff::civil::Date;

use super::chapter::Chapter;
use super::time::Time;
use crate::model::digest::Digest;
use crate::model::tags::{Cover, Tags};
use crate::sound::formats::Format;

/// What a book says of itself.
#[derive(Debug, Clone)]
pub struct BookInfo<'a> {
    /// Its title; not empty.
    pub title: String,
    /// Who wrote it, in order.
    pub creators: Vec<String>,
    /// Of these the collection and the place in it, date, language, source, comment and cover are used.
    pub tags: &'a Tags,
    /// The name of the voice.
    pub voice: &'a str,
}

/// When a book was modified if its article has no date: the first day that an archive can hold, so that
/// nothing depends on a clock.
const NO_DATE: Date = jiff::civil::date(1980, 1, 1);

/// The template of the package document.
#[derive(Template)]
#[template(path = "package.opf")]
struct PackageFile<'a> {
    about: &'a BookInfo<'a>,
    identifier: String,
    language: &'a str,
    source: Option<&'a str>,
    comment: Option<&'a str>,
    /// The collection, if it is not the book itself.
    album: Option<&'a str>,
    published: Published<'a>,
    cover_name: &'a str,
    chapters: &'a [Chapter],
    format: Format,
    /// The sum of the lengths of all chapters.
    length: Time,
    /// Whether all that is shown is heard.
    is_heard: bool,
}

/// The template of the table of contents.
#[derive(Template)]
#[template(path = "nav.xhtml")]
struct NavFile<'a> {
    language: &'a str,
    chapters: &'a [Chapter],
}

/// The table of contents.
///
/// # Errors
/// What the template says.
pub(super) fn contents(about: &BookInfo, chapters: &[Chapter]) -> Result<String, askama::Error> {
    let language = language(about.tags);
    Ok(NavFile { language: &language, chapters }.render()? + "\n")
}

/// The package document. `content` is the digest of all other files.
///
/// # Errors
/// What the template says.
pub(super) fn document(
    about: &BookInfo,
    chapters: &[Chapter],
    format: Format,
    content: &Digest,
) -> Result<String, askama::Error> {
    let language = language(about.tags);
    let lengths = chapters.iter().filter_map(|chapter| chapter.length);
    let package = PackageFile {
        about,
        identifier: identifier(content),
        language: &language,
        source: said(&about.tags.source_url),
        comment: said(&about.tags.comment),
        album: said(&about.tags.album).filter(|album| *album != about.title),
        published: Published::new(about.tags.date.as_deref()),
        cover_name: about.tags.cover.as_ref().map_or("", cover_name),
        chapters,
        format,
        length: Time(lengths.map(|length| length.0).sum()),
        is_heard: chapters.iter().all(|chapter| chapter.is_heard),
    };
    Ok(package.render()? + "\n")
}

/// A text that says something: no element may be empty.
fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

/// The name of the file of a cover.
pub(super) fn cover_name(cover: &Cover) -> &'static str {
    if cover.mime == "image/png" { "cover.png" } else { "cover.jpg" }
}

/// The language as a BCP 47 tag: of what the article says, language, script and region, as far as they
/// have their form (RFC 5646, 2.1). Vietnamese if that is nothing.
pub(super) fn language(tags: &Tags) -> String {
    let given = tags.language.as_deref().unwrap_or_default();
    let mut parts = given.trim().split(['-', '_']);
    let is = |part: &str, length: usize, kind: fn(&char) -> bool| {
        part.len() == length && part.chars().all(|c| kind(&c))
    };
    let letters = |part: &str, length| is(part, length, char::is_ascii_alphabetic);
    let first = parts.next().filter(|part| letters(part, 2) || letters(part, 3));
    let Some(first) = first else { return "vi".to_owned() };
    let mut language = first.to_ascii_lowercase();
    let mut next = parts.next();
    if let Some(script) = next.filter(|part| letters(part, 4)) {
        language.extend(["-", script]);
        next = parts.next();
    }
    let is_region = |part: &&str| letters(part, 2) || is(part, 3, char::is_ascii_digit);
    if let Some(region) = next.filter(is_region) {
        language.extend(["-", region]);
    }
    language
}

/// A URN of the UUID of version 8 that is made of a digest: of its first 16 bytes (RFC 9562, 5.8 and
/// B.2), so that the same content has the same identifier.
fn identifier(content: &Digest) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&content.bytes()[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut urn = "urn:uuid:".to_owned();
    for (at, byte) in bytes.iter().enumerate() {
        let hyphen = if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
        urn.push_str(&format!("{hyphen}{byte:02x}"));
    }
    urn
}

/// When a book was published, and when it was modified.
struct Published<'a> {
    /// A year, a month or a day of ISO 8601, if one is known.
    date: Option<&'a str>,
    /// The start of that day in Universal Time.
    modified: String,
}

impl<'a> Published<'a> {
    /// From a date of ISO 8601, of which the day is used. A year or a month is its first day.
    fn new(date: Option<&'a str>) -> Published<'a> {
        let day = date.and_then(|date| date.split(['T', ' ']).next()).unwrap_or_default();
        let first = format!("{day}{}", "-01-01".get(day.len().saturating_sub(4)..).unwrap_or(""));
        let first = first.parse::<Date>();
        Published {
            date: first.is_ok().then_some(day),
            modified: format!("{}T00:00:00Z", first.unwrap_or(NO_DATE)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_article_is_when_it_was_modified() {
        for (given, date, modified) in [
            (None, None, "1980-01-01T00:00:00Z"),
            (Some("2024"), Some("2024"), "2024-01-01T00:00:00Z"),
            (Some("2024-05"), Some("2024-05"), "2024-05-01T00:00:00Z"),
            (Some("2024-05-31"), Some("2024-05-31"), "2024-05-31T00:00:00Z"),
            (Some("2024-05-31T06:30+07:00"), Some("2024-05-31"), "2024-05-31T00:00:00Z"),
            (Some("2024-05-31 06:30"), Some("2024-05-31"), "2024-05-31T00:00:00Z"),
            (Some("2024-02-31"), None, "1980-01-01T00:00:00Z"),
            (Some("hôm qua"), None, "1980-01-01T00:00:00Z"),
            (Some(""), None, "1980-01-01T00:00:00Z"),
        ] {
            let found = Published::new(given);
            assert_eq!((found.date, &*found.modified), (date, modified), "{given:?}");
        }
    }

    #[test]
    fn a_language_has_the_form_of_a_tag() {
        for (given, expected) in [
            ("vi", "vi"),
            ("vi_VN", "vi-VN"),
            ("VI-latn-vn", "vi-latn-vn"),
            ("zh-Hant-x-a", "zh-Hant"),
            ("es-419", "es-419"),
            ("tiếng Việt", "vi"),
            ("", "vi"),
            ("en-abcdefgh-us", "en"),
            ("<&\"", "vi"),
        ] {
            let tags = Tags { language: Some(given.to_owned()), ..Tags::default() };
            assert_eq!(language(&tags), expected, "{given}");
        }
    }

    #[test]
    fn an_identifier_is_a_uuid_of_version_8() {
        let urn = identifier(&Digest::of(b"abc"));
        assert_eq!(urn, "urn:uuid:ba7816bf-8f01-8fea-8141-40de5dae2223");
    }
}
