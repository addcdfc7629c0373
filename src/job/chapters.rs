//! The chapters of a narration: the parts of a book or a bulletin; of a single article its opening and
//! its headings.

use crate::model::article::{Article, Block, BlockKind};
use crate::model::tags::Chapter;
use crate::sound::marks::SentenceMark;

/// Makes the chapters of a narration from its sentences: one for its opening and one for each
/// heading.
pub(super) struct Chapters<'a> {
    article: &'a Article,
    chapters: Vec<Chapter>,
    /// Which block of the document, or which part of it, the last sentence was in; `None` before the
    /// first.
    block: Option<usize>,
}

impl<'a> Chapters<'a> {
    /// `title` is that of the opening.
    pub(super) fn new(article: &'a Article, title: Option<&str>) -> Chapters<'a> {
        let first = article.parts.first().map(|part| part.title.as_str());
        let title = first.or(title).unwrap_or("Mở đầu").to_owned();
        let opening = Chapter { title, start_ms: 0.0, end_ms: 0.0 };
        Chapters { article, chapters: vec![opening], block: None }
    }

    /// Takes the next sentence.
    pub(super) fn take(&mut self, sentence: &SentenceMark) {
        if !self.article.parts.is_empty() {
            return self.take_of_part(sentence);
        }
        let blocks = &self.article.blocks;
        let after = |block: &&Block| block.span.end <= sentence.span.start;
        let last = self.block.unwrap_or_default();
        let block = last + blocks[last..].iter().take_while(after).count();
        let before = self.block.replace(block);
        let Some(heading) = blocks.get(block).filter(|_| before != Some(block)) else { return };
        if heading.kind != BlockKind::Heading {
            return;
        }
        let title = self.article.heading_of(heading);
        if before.is_none() {
            self.chapters[0].title = title;
        } else {
            let start_ms = sentence.start_ms;
            self.end(start_ms);
            self.chapters.push(Chapter { title, start_ms, end_ms: start_ms });
        }
    }

    /// Takes the next sentence of an article with parts: each part with speech in it is a chapter.
    fn take_of_part(&mut self, sentence: &SentenceMark) {
        let parts = &self.article.parts;
        let part = self.article.part_index(sentence.span.start).unwrap_or(0);
        match self.block.replace(part) {
            Some(before) if before != part => {
                let start_ms = sentence.start_ms;
                self.end(start_ms);
                let title = parts[part].title.clone();
                self.chapters.push(Chapter { title, start_ms, end_ms: start_ms });
            }
            None => self.chapters[0].title.clone_from(&parts[part].title),
            Some(_) => {}
        }
    }

    fn end(&mut self, at_ms: f64) {
        if let Some(chapter) = self.chapters.last_mut() {
            chapter.end_ms = at_ms;
        }
    }

    /// The chapters of a narration that is so long; none if it has no headings.
    pub(super) fn finish(mut self, length_ms: f64) -> Vec<Chapter> {
        self.end(length_ms);
        if self.chapters.len() > 1 { self.chapters } else { Vec::new() }
    }
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
            end_ms: start_ms + 1.0,
            span: Span::new(start, start + text.len()),
            text: text.to_owned(),
            spoken: text.to_owned(),
            words: Vec::new(),
            breaths: Vec::new(),
        }
    }

    #[test]
    fn headings_make_chapters() {
        let source = "Mở.\n\nMưa lớn\n\nMột. Hai.\n\nLũ\nquét\n\nBa.";
        let kinds = [
            BlockKind::Paragraph,
            BlockKind::Heading,
            BlockKind::Paragraph,
            BlockKind::Heading,
            BlockKind::Paragraph,
        ];
        let mut at = 0;
        let blocks = source.split("\n\n").zip(kinds).map(|(text, kind)| {
            let span = Span::new(at, at + text.len());
            at = span.end + 2;
            Block::new(kind, span, "a test")
        });
        let blocks = blocks.collect();
        let article = Article { text: source.to_owned(), blocks, ..Article::default() };
        let chapters = |texts: &[(&str, f64)]| {
            let mut chapters = Chapters::new(&article, Some("Bản tin"));
            texts.iter().for_each(|(text, at)| chapters.take(&sentence(&article, text, *at)));
            let found = chapters.finish(90.0).into_iter();
            found.map(|c| (c.title, c.start_ms, c.end_ms)).collect::<Vec<_>>()
        };
        let all = [
            ("Mở", 0.0),
            ("Mưa lớn", 10.0),
            ("Một", 20.0),
            ("Hai", 30.0),
            ("Lũ", 40.0),
            ("Ba", 50.0),
        ];
        assert_eq!(
            chapters(&all),
            [
                ("Bản tin".to_owned(), 0.0, 10.0),
                ("Mưa lớn".to_owned(), 10.0, 40.0),
                ("Lũ quét".to_owned(), 40.0, 90.0)
            ]
        );
        assert_eq!(chapters(&[("Mở", 0.0), ("Một", 20.0)]), []);
        assert_eq!(
            chapters(&[("Mưa lớn", 0.0), ("Một", 20.0), ("Lũ", 40.0)])[0],
            ("Mưa lớn".to_owned(), 0.0, 40.0)
        );
    }
}
