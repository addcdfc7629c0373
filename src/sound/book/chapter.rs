//! The text of a chapter, and which of its sentences is heard when.

use askama::Template;

use super::time::Time;
use crate::model::article::{Article, Block, BlockKind};
use crate::sound::formats::Format;
use crate::sound::marks::SentenceMark;
use crate::sound::shown::{self, Content, Part, Piece};

/// The text of a chapter: a part of an article, or a single one.
pub struct ChapterText<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its blocks that belong to the chapter.
    pub blocks: &'a [Block],
    /// The title of the chapter; what is shown where none of its blocks is a title.
    pub title: &'a str,
    /// The sentences that are heard, with the times in the chapter's own sound.
    pub sentences: &'a [SentenceMark],
}

/// What the package and the table of contents need to know of a chapter.
pub(super) struct Chapter {
    /// Its number, from 1.
    pub number: usize,
    pub title: String,
    pub headings: Vec<Heading>,
    /// The length of its sound, if it has any.
    pub length: Option<Time>,
    /// Whether all that is shown of it is heard.
    pub is_heard: bool,
}

/// A heading inside a chapter.
pub(super) struct Heading {
    /// Of its element.
    pub id: String,
    pub title: String,
}

impl Chapter {
    /// The names of its files.
    pub(super) fn text(&self) -> String {
        format!("chapter-{}.xhtml", self.number)
    }

    pub(super) fn overlay(&self) -> String {
        format!("chapter-{}.smil", self.number)
    }

    pub(super) fn sound(&self, format: Format) -> String {
        format!("chapter-{}.{format}", self.number)
    }
}

/// The template of the text.
#[derive(Template)]
#[template(path = "chapter.xhtml")]
struct TextFile<'a> {
    language: &'a str,
    title: &'a str,
    /// Whether the title is part of the article.
    has_title: bool,
    parts: &'a [Part<'a>],
}

/// The template of the media overlay.
#[derive(Template)]
#[template(path = "chapter.smil")]
struct OverlayFile<'a> {
    text: &'a str,
    sound: &'a str,
    clips: &'a [Clip],
}

/// When a sentence is heard.
#[derive(Debug, PartialEq)]
struct Clip {
    /// Its place among the sentences of the chapter, from 0.
    sentence: usize,
    begin: Time,
    end: Time,
}

/// A chapter and its files; the overlay only if some sentence is heard in a sound of `length_ms`.
pub(super) struct Files {
    pub chapter: Chapter,
    pub text: String,
    pub overlay: Option<String>,
}

/// Makes the files of a chapter.
///
/// # Errors
/// What the templates say.
pub(super) fn files(
    text: &ChapterText,
    number: usize,
    language: &str,
    length_ms: u64,
    format: Format,
) -> Result<Files, askama::Error> {
    let &ChapterText { article, blocks, title, sentences } = text;
    let own_title = shown::title(article, blocks);
    let parts = shown::parts(article, blocks, sentences);
    let title = match title.split_whitespace().collect::<Vec<_>>().join(" ") {
        title if !title.is_empty() => title,
        _ => own_title.clone().unwrap_or_else(|| format!("Phần {number}")),
    };
    let has_title = own_title.is_some();
    let page = TextFile { language, title: &title, has_title, parts: &parts }.render()?;
    let clips = clips(&parts, sentences, length_ms);
    let chapter = Chapter {
        number,
        title,
        headings: headings(article, &parts),
        length: (!clips.is_empty()).then_some(Time(length_ms)),
        is_heard: parts.iter().all(|part| part.is_heard),
    };
    let overlay = chapter.length.map(|_| {
        let (text, sound) = (chapter.text(), chapter.sound(format));
        OverlayFile { text: &text, sound: &sound, clips: &clips }.render()
    });
    Ok(Files { chapter, text: page + "\n", overlay: overlay.transpose()?.map(|it| it + "\n") })
}

/// The headings inside a chapter, with the identifiers that the template gives them.
fn headings(article: &Article, parts: &[Part]) -> Vec<Heading> {
    let parts = parts.iter().zip(1..);
    let headings = parts.filter(|(part, _)| part.block.kind == BlockKind::Heading);
    let heading = |(part, number): (&Part, usize)| Heading {
        id: format!("h{number}"),
        title: article.heading_of(part.block),
    };
    headings.map(heading).collect()
}

/// When each sentence that is shown is heard, in whole milliseconds. Each lasts until the next one
/// begins, so that players go on through the pauses without a seam; together they are all of the
/// sound.
fn clips(parts: &[Part], sentences: &[SentenceMark], length_ms: u64) -> Vec<Clip> {
    let contents = parts.iter().flat_map(|part| &part.content);
    let shown = contents.filter_map(|content| match content {
        Content::Sentence { number, .. } => Some(*number),
        Content::Unheard(_) => None,
    });
    let shown: Vec<usize> = shown.collect();
    let mut clips = Vec::new();
    let mut end = Time(length_ms);
    for (place, &sentence) in shown.iter().enumerate().rev() {
        let start = sentences[sentence].start_ms.round() as u64;
        let begin = if place == 0 { Time(0) } else { Time(start) };
        // What is shorter than a millisecond has no clip: none may be empty.
        if begin < end {
            clips.push(Clip { sentence, begin, end });
            end = begin;
        }
    }
    clips.reverse();
    clips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diag::Span;

    fn sentence(article: &Article, text: &str, start_ms: f64) -> SentenceMark {
        let start = article.text.find(text).unwrap();
        SentenceMark {
            sentence: 0,
            start_ms,
            end_ms: start_ms + 400.0,
            span: Span::new(start, start + text.len()),
            text: text.to_owned(),
            spoken: text.to_owned(),
            words: Vec::new(),
            breaths: Vec::new(),
        }
    }

    fn article(blocks: &[(BlockKind, &str)]) -> Article {
        let mut article = Article::default();
        for &(kind, text) in blocks {
            let start = article.text.len();
            article.text.push_str(text);
            article.blocks.push(Block::new(kind, Span::new(start, start + text.len()), "a test"));
            article.text.push_str("\n\n");
        }
        article
    }

    fn of(article: &Article, heard: &[(&str, f64)], length_ms: u64) -> Files {
        let sentences: Vec<_> =
            heard.iter().map(|(text, start)| sentence(article, text, *start)).collect();
        let text = ChapterText {
            article,
            blocks: &article.blocks,
            title: "Mưa <lớn>",
            sentences: &sentences,
        };
        files(&text, 3, "vi", length_ms, crate::sound::formats::usual()).unwrap()
    }

    #[test]
    fn a_sentence_is_heard_until_the_next_begins() {
        use BlockKind::*;
        let article = article(&[
            (Heading, "Chương 1\nĐêm mưa"),
            (Paragraph, "Mưa to. Gió \u{b}lớn & lạnh."),
            (Caption, "Ảnh: An."),
            (List, "- Một"),
        ]);
        let heard = [("Chương", 20.4), ("Mưa to.", 700.0), ("Gió", 1500.5), ("- Một", 2600.0)];
        let Files { chapter, text, overlay } = of(&article, &heard, 3000);
        let times: Vec<_> =
            overlay.as_deref().unwrap().lines().filter(|it| it.contains("<par")).collect();
        assert_eq!(times.len(), 4);
        assert!(
            times[0].contains("#s1")
                && times[0].contains("=\"0:00:00.000\" clipEnd=\"0:00:00.700\"")
        );
        assert!(
            times[2].contains("clipBegin=\"0:00:01.501\" clipEnd=\"0:00:02.600\""),
            "{}",
            times[2]
        );
        assert!(times[3].contains("clipEnd=\"0:00:03.000\""));
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let read = roxmltree::Document::parse_with_options(&text, options).unwrap();
        let by_id =
            |id: &str| read.descendants().find(|it| it.attribute("id") == Some(id)).unwrap();
        assert_eq!(by_id("s3").text(), Some("Gió"));
        assert_eq!(by_id("h1").tag_name().name(), "h2");
        assert_eq!(chapter.headings[0].title, "Chương 1: Đêm mưa");
        assert_eq!((&*chapter.title, chapter.is_heard), ("Mưa <lớn>", false));
        assert!(
            text.contains("<p class=\"caption unread\">Ảnh: An.</p>\n<ul>\n<li><span id=\"s4\">"),
            "{text}"
        );
        assert!(text.contains("\u{fffd}lớn &amp; lạnh."), "{text}");
    }

    #[test]
    fn no_clip_is_empty_and_none_is_beyond_the_sound() {
        let article = article(&[(BlockKind::Paragraph, "Một. Hai. Ba. Bốn.")]);
        let heard = [("Một.", 0.0), ("Hai.", 0.2), ("Ba.", 900.0), ("Bốn.", 1200.0)];
        let overlay = of(&article, &heard, 1000).overlay.unwrap();
        let times: Vec<_> = overlay.lines().filter(|it| it.contains("<par")).collect();
        assert_eq!(times.len(), 2, "{overlay}");
        assert!(times[0].contains("#s2") && times[1].contains("#s3"), "{overlay}");
        assert!(times[1].contains("0:00:00.900\" clipEnd=\"0:00:01.000"), "{overlay}");
        let silent = of(&article, &[], 0);
        assert!(silent.overlay.is_none() && silent.chapter.length.is_none());
    }
}
