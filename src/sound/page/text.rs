//! The article as HTML: its parts, sentences and words.

use std::io::{self, Write};

use crate::model::article::{Article, BlockKind};
use crate::model::diag::Span;
use crate::sound::heard::{Heard, heard};
use crate::sound::marks::SentenceMark;

/// Writes text so that it is nothing but text, in an element or in a quoted attribute. What HTML
/// cannot hold is shown as U+FFFD (HTML Living Standard, 13.2.3.5 Preprocessing the input stream).
pub(super) fn escape(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let reference = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\n' | '\t' => continue,
            c if c.is_control() => "\u{fffd}",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[plain..at])?;
        out.write_all(reference.as_bytes())?;
        plain = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[plain..])
}

/// The title that stands in an article, on one line.
pub(super) fn title(document: &Article) -> Option<String> {
    let title = document.blocks.iter().find(|block| block.kind == BlockKind::Title)?;
    Some(document.line_of(title))
}

/// How a part of an article is shown, heard or not: its element and its class. `None`: it is left
/// out.
fn element(kind: BlockKind, heard: bool) -> Option<(&'static str, &'static str)> {
    let shown = match kind {
        BlockKind::Title => ("h1", ""),
        BlockKind::Heading => ("h2", ""),
        BlockKind::Sapo => ("p", "sapo"),
        BlockKind::Paragraph => ("p", ""),
        BlockKind::List => ("li", ""),
        BlockKind::Quote => ("blockquote", ""),
        BlockKind::Dateline => ("p", "dateline"),
        BlockKind::Caption => ("p", "caption"),
        BlockKind::Byline => ("p", "byline"),
        BlockKind::Repetition | BlockKind::Related | BlockKind::Boilerplate => {
            return heard.then_some(("p", ""));
        }
    };
    Some(shown)
}

/// Writes the article. Each sentence is a `span` of class `s`, each word a `span` in it.
pub(super) fn article(
    out: &mut dyn Write,
    document: &Article,
    sentences: &[SentenceMark],
    title: &str,
) -> io::Result<()> {
    if !document.blocks.iter().any(|block| block.kind == BlockKind::Title) {
        write!(out, "<h1>")?;
        escape(out, title)?;
        writeln!(out, "</h1>")?;
    }
    let mut sentences = sentences.iter().peekable();
    let mut in_list = false;
    for block in &document.blocks {
        let mut own = Vec::new();
        while let Some(next) = sentences.next_if(|next| next.span.start < block.span.end) {
            own.push(next);
        }
        let heard = !own.is_empty();
        let Some((name, class)) = element(block.kind, heard) else { continue };
        if in_list != (name == "li") {
            in_list = !in_list;
            writeln!(out, "{}", if in_list { "<ul>" } else { "</ul>" })?;
        }
        let unread = if heard { "" } else { "unread" };
        let space = if class.is_empty() || unread.is_empty() { "" } else { " " };
        match (class, unread) {
            ("", "") => write!(out, "<{name}>")?,
            _ => write!(out, "<{name} class=\"{class}{space}{unread}\">")?,
        }
        let mut text = Marked { source: &document.text, at: block.span.start, out };
        for sentence in own {
            text.sentence(sentence)?;
        }
        text.plain(block.span.end)?;
        writeln!(out, "</{name}>")?;
    }
    if in_list {
        writeln!(out, "</ul>")?;
    }
    Ok(())
}

/// Source text on its way out, with its sentences and words marked. Whatever the spans are, every
/// character is written once.
struct Marked<'a> {
    source: &'a str,
    at: usize,
    out: &'a mut dyn Write,
}

impl Marked<'_> {
    /// Writes the text up to a place.
    fn plain(&mut self, to: usize) -> io::Result<()> {
        if let Some(text) = self.source.get(self.at..to) {
            escape(self.out, text)?;
            self.at = to;
        }
        Ok(())
    }

    fn sentence(&mut self, sentence: &SentenceMark) -> io::Result<()> {
        let Span { start, end } = sentence.span;
        self.plain(start)?;
        write!(self.out, "<span class=\"s\">")?;
        for Heard { span, .. } in heard(sentence) {
            self.plain(span.start)?;
            write!(self.out, "<span>")?;
            self.plain(span.end)?;
            write!(self.out, "</span>")?;
        }
        self.plain(end)?;
        write!(self.out, "</span>")
    }
}
