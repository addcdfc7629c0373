//! Markdown, as CommonMark with the extensions of GitHub: tables, notes, struck-out text.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

use super::builder::Builder;
use super::decode::Decoded;
use super::reader::{Input, Reader};
use super::{decode, dom, front, lined, metadata, tree};
use crate::model::article::{Article, BlockKind};
use crate::model::diag::Places;
use crate::model::error::Error;
use crate::model::metadata::Field;

/// The reader of Markdown.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        self.extensions().contains(&&*input.extension()) || input.opening().is_some_and(is_markdown)
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let name = input.name;
        let Decoded { text, notes } = decode::text(input)?;
        let article = Article { notes, ..article(name, &text)? };
        if article.text.is_empty() {
            return Err(Error::input(name, "has front matter and no text"));
        }
        Ok(vec![article])
    }
}

/// The article in a text of Markdown.
pub(super) fn article(name: &str, source: &str) -> Result<Article, Error> {
    let front = front::front_matter(source);
    let body = &source[front.as_ref().map_or(0, |front| front.end)..];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut page = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut page, with_lines(source, body, Parser::new_ext(body, options)));
    let mut text = Builder::default();
    dom::add(&tree::fragment(name, &page)?.root(), &mut text);
    let told = front.as_ref().and_then(|front| front.field("title")).map(Field::text);
    let mut builder = Builder::default();
    if let Some(title) = told.filter(|_| !text.opens_with(BlockKind::Heading)) {
        builder.block(BlockKind::Title, "the title in the front matter", &title);
    }
    builder.append(text);
    let mut article = builder.finish();
    if let Some(first) = article.blocks.first_mut().filter(|first| first.kind == BlockKind::Heading)
    {
        first.kind = BlockKind::Title;
        first.reason = "the heading that opens the text".into();
    }
    // What the front matter says is kept; its text is no part of the article's.
    article.front_matter = front.map(|mut front| {
        front.end = 0;
        front
    });
    article.metadata = metadata::find(&mut article);
    Ok(article)
}

/// The events of a parser over the end `body` of a source, with an empty element before each line of text
/// that says which line of the source it is.
fn with_lines<'a>(
    source: &'a str,
    body: &'a str,
    parser: Parser<'a>,
) -> impl Iterator<Item = Event<'a>> {
    let above = source.len() - body.len();
    let mut places = Places::new(source);
    parser.into_offset_iter().flat_map(move |(event, range)| {
        let begins = match &event {
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::TableCell
                | Tag::CodeBlock(_)
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition,
            ) => Some(range.start),
            Event::SoftBreak | Event::HardBreak => Some(range.end),
            _ => None,
        };
        let mark = begins.map(|at| {
            let (line, _) = places.at(above + at);
            Event::InlineHtml(CowStr::from(format!("<wbr {}=\"{line}\">", lined::ATTRIBUTE)))
        });
        [Some(event), mark].into_iter().flatten()
    })
}

/// Whether a text is plainly Markdown: it has at least two kinds of its marks.
fn is_markdown(text: &str) -> bool {
    let has = |mark: &dyn Fn(&str) -> bool| usize::from(text.lines().any(mark));
    let heading = |line: &str| {
        let text = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ')
    };
    let link = |line: &str| {
        line.match_indices("](").any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + 2..]);
            before.contains('[') && after.contains(')') && !after.starts_with(' ')
        })
    };
    let fence = |line: &str| line.trim_start().starts_with("```");
    let strong = |line: &str| {
        let parts: Vec<&str> = line.split("**").collect();
        parts.len() >= 3 && !parts[1].is_empty() && parts[1].trim() == parts[1]
    };
    let table = |line: &str| {
        let line = line.trim();
        line.contains("--") && line.contains('|') && line.chars().all(|c| "|-: ".contains(c))
    };
    let note = |line: &str| line.contains("[^");
    has(&heading) + has(&link) + has(&fence) + has(&strong) + has(&table) + has(&note) >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_recognized_by_two_of_its_marks() {
        assert!(is_markdown("# Mưa lớn\n\nXem [bản tin](https://a.vn/x).\n"));
        assert!(is_markdown("Giá **tăng**.\n\n| Món | Giá |\n|---|---:|\n| Phở | 45 |\n"));
        for text in [
            "# Mưa lớn\n",
            "#hashtag **\n",
            "Ghi chú [1] (xem sau).\n",
            "a ** b ** c\n--- | ---\n",
            "",
        ] {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
