//! What an article says of itself: the tags of its files, and their chapters.

use crate::model::document::{Block, BlockKind, Document};
use crate::model::tags::{Chapter, Tags};
use crate::sound::marks::SentenceMark;

/// A byline that is longer, in characters, is not a name.
const LONGEST_AUTHOR: usize = 80;

/// The tags of an article's files: those that are given, and what the article says of the others.
/// That the voice is a machine's is said in any case, in the language of the listeners.
pub(super) fn tags(given: &Tags, document: &Document, voice: &str) -> Tags {
    let mut tags = given.clone();
    let first = |kind| document.blocks.iter().find(|block| block.kind == kind);
    let text = |block| one_line(document, block);
    tags.title = tags.title.or_else(|| first(BlockKind::Title).map(text));
    let is_name = |text: &String| text.chars().count() <= LONGEST_AUTHOR;
    tags.author = tags.author.or_else(|| first(BlockKind::Byline).map(text).filter(is_name));
    let mut datelines = document.blocks.iter().filter(|block| block.kind == BlockKind::Dateline);
    tags.date = tags.date.or_else(|| datelines.find_map(|block| date(document.text(block))));
    tags.language = tags.language.or_else(|| Some("vi".to_owned()));
    let note = format!("Giọng đọc tổng hợp: docbao, giọng {voice}.");
    tags.comment = Some(match tags.comment {
        Some(comment) => format!("{comment}\n{note}"),
        None => note,
    });
    tags
}

/// The text of a block on one line.
fn one_line(document: &Document, block: &Block) -> String {
    document.text(block).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first whole date in a text, as ISO 8601 has it: 5/3/2024, 05-03-2024 or 5.3.2024.
fn date(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-' | '.')).find_map(|word| {
        let word = word.trim_matches(['/', '-', '.']);
        let sign = word.chars().find(|c| !c.is_ascii_digit())?;
        let parts: Vec<&str> = word.split(sign).collect();
        let [day, month, year] = parts[..] else { return None };
        let number = |part: &str, most: u32, digits: std::ops::RangeInclusive<usize>| {
            let number: u32 = part.parse().ok()?;
            (digits.contains(&part.len()) && (1..=most).contains(&number)).then_some(number)
        };
        let (day, month) = (number(day, 31, 1..=2)?, number(month, 12, 1..=2)?);
        let year = number(year, 9999, 4..=4)?;
        Some(format!("{year:04}-{month:02}-{day:02}"))
    })
}

/// Makes the chapters of a narration from its sentences: one for its opening and one for each
/// heading.
pub(super) struct Chapters<'a> {
    document: &'a Document,
    chapters: Vec<Chapter>,
    /// Which block of the document the last sentence was in; `None` before the first.
    block: Option<usize>,
}

impl<'a> Chapters<'a> {
    /// `title` is that of the opening.
    pub fn new(document: &'a Document, title: Option<&str>) -> Chapters<'a> {
        let title = title.unwrap_or("Mở đầu").to_owned();
        let opening = Chapter { title, start_ms: 0.0, end_ms: 0.0 };
        Chapters { document, chapters: vec![opening], block: None }
    }

    /// Takes the next sentence.
    pub fn take(&mut self, sentence: &SentenceMark) {
        let blocks = &self.document.blocks;
        let after = |block: &&Block| block.span.end <= sentence.span.start;
        let last = self.block.unwrap_or_default();
        let block = last + blocks[last..].iter().take_while(after).count();
        let before = self.block.replace(block);
        let Some(heading) = blocks.get(block).filter(|_| before != Some(block)) else { return };
        if heading.kind != BlockKind::Heading {
            return;
        }
        let title = one_line(self.document, heading);
        if before.is_none() {
            self.chapters[0].title = title;
        } else {
            let start_ms = sentence.start_ms;
            self.end(start_ms);
            self.chapters.push(Chapter { title, start_ms, end_ms: start_ms });
        }
    }

    fn end(&mut self, at_ms: f64) {
        if let Some(chapter) = self.chapters.last_mut() {
            chapter.end_ms = at_ms;
        }
    }

    /// The chapters of a narration that is so long; none if it has no headings.
    pub fn finish(mut self, length_ms: f64) -> Vec<Chapter> {
        self.end(length_ms);
        if self.chapters.len() > 1 { self.chapters } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diag::Span;
    use crate::text::readers::{self, ReadingPolicy};

    const ARTICLE: &str = "Mưa lớn ở miền núi\n\n05/03/2024 06:30\n\nTừ đêm nay, các tỉnh miền Bắc có \
        mưa to đến rất to, nhiều nơi trên 100 mm.\n\nNgười dân cần đề phòng lũ quét và sạt lở đất ở \
        vùng núi.\n\nTheo TTXVN\n";

    #[test]
    fn an_article_gives_what_was_not_given() {
        let document = readers::article(ARTICLE.to_owned(), &ReadingPolicy::default());
        let found = tags(&Tags::default(), &document, "bac");
        assert_eq!(found.title.as_deref(), Some("Mưa lớn ở miền núi"));
        assert_eq!(found.author.as_deref(), Some("Theo TTXVN"));
        assert_eq!(found.date.as_deref(), Some("2024-03-05"));
        assert_eq!(found.comment.as_deref(), Some("Giọng đọc tổng hợp: docbao, giọng bac."));
        let given = Tags {
            title: Some("Mưa".to_owned()),
            comment: Some("Bản tin sáng.".to_owned()),
            ..Tags::default()
        };
        let found = tags(&given, &document, "bac");
        assert_eq!(found.title.as_deref(), Some("Mưa"));
        assert!(found.comment.unwrap().starts_with("Bản tin sáng.\nGiọng đọc tổng hợp"));
    }

    #[test]
    fn dates_are_whole_and_possible() {
        for (text, found) in [
            ("Thứ Ba, 5/3/2024, 06:30 GMT+7", Some("2024-03-05")),
            ("31-12-2019.", Some("2019-12-31")),
            ("Cập nhật: 1.2.2021", Some("2021-02-01")),
            ("32/1/2024", None),
            ("1/13/2024", None),
            ("5/3", None),
            ("5/3/24", None),
            ("06:30", None),
            ("1/2-2024", None),
            ("số 7, 8/9/2020", Some("2020-09-08")),
        ] {
            assert_eq!(date(text).as_deref(), found, "{text}");
        }
    }

    fn sentence(document: &Document, text: &str, start_ms: f64) -> SentenceMark {
        let start = document.source.find(text).unwrap();
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
            Block { kind, span, read: true, reason: "a test" }
        });
        let document = Document { source: source.to_owned(), blocks: blocks.collect() };
        let chapters = |texts: &[(&str, f64)]| {
            let mut chapters = Chapters::new(&document, Some("Bản tin"));
            texts.iter().for_each(|(text, at)| chapters.take(&sentence(&document, text, *at)));
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
