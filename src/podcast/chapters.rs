//! Chapters of an episode for players: the JSON Chapters Format 1.2 of the podcast namespace.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::shown::shown;
use crate::model::tags::Chapter;

/// Its media type.
pub(super) const MIME: &str = "application/json+chapters";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChaptersFile<'a> {
    version: &'static str,
    title: &'a str,
    podcast_name: &'a str,
    chapters: Vec<ChapterEntry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChapterEntry<'a> {
    start_time: f64,
    end_time: f64,
    title: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    img: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// A chapter with what is shown of it.
pub(super) struct ChapterInfo<'a> {
    pub chapter: &'a Chapter,
    /// The address of its picture.
    pub image: Option<String>,
    /// The address of its article on the web.
    pub link: Option<String>,
}

/// The file of the chapters of an episode of a show.
pub(super) fn json(title: &str, show: &str, chapters: &[ChapterInfo]) -> String {
    let (title, show) = (shown(title), shown(show));
    let seconds = |milliseconds: f64| milliseconds.round() / 1000.0;
    let entries = chapters.iter().map(|ChapterInfo { chapter, image, link }| ChapterEntry {
        start_time: seconds(chapter.start_ms),
        end_time: seconds(chapter.end_ms),
        title: shown(&chapter.title),
        img: image.as_deref(),
        url: link.as_deref(),
    });
    let chapters = entries.collect();
    let file = ChaptersFile { version: "1.2.0", title: &title, podcast_name: &show, chapters };
    format!("{:#}\n", serde_json::json!(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_form_of_the_namespace() {
        let chapter =
            |title: &str, start_ms, end_ms| Chapter { title: title.to_owned(), start_ms, end_ms };
        let chapters =
            [chapter("Mở \"đầu\"", 0.0, 1234.5678), chapter("Mưa\u{202e}", 1234.5678, 9000.0)];
        let address = |name: &str| Some(format!("https://docbao.internal/{name}"));
        let plain = ChapterInfo { chapter: &chapters[0], image: None, link: None };
        let shown =
            ChapterInfo { chapter: &chapters[1], image: address("a.png"), link: address("a") };
        let json: serde_json::Value =
            serde_json::from_str(&json("Tin", "Show", &[plain, shown])).unwrap();
        let expected = serde_json::json!({
            "version": "1.2.0", "title": "Tin", "podcastName": "Show",
            "chapters": [
                { "startTime": 0.0, "endTime": 1.235, "title": "Mở \"đầu\"" },
                { "startTime": 1.235, "endTime": 9.0, "title": "Mưa\u{fffd}",
                    "img": "https://docbao.internal/a.png", "url": "https://docbao.internal/a" },
            ],
        });
        assert_eq!(json, expected);
    }
}
