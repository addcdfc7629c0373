//! E-mail as it was saved (`.eml`, RFC 5322): its subject and its text, without what it quotes.

use mail_parser::MessageParser;

use super::builder::{self, Builder};
use super::reader::{Input, Reader};
use super::{dom, pieces, tree};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::metadata::Metadata;

/// The reader of e-mail.
pub(super) struct Email;

impl Reader for Email {
    fn extensions(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.extension() == "eml"
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let message = MessageParser::default().parse(&*input.bytes);
        let Some(message) = message.filter(|message| !message.parts.is_empty()) else {
            return Err(Error::input(input.name, "is no e-mail: it has no header such as Subject"));
        };
        let mut builder = Builder::default();
        let title = message.subject().map(builder::line).filter(|title| !title.is_empty());
        if let Some(title) = &title {
            builder.block(BlockKind::Title, "the subject of the message", title);
        }
        // A text is preferred to the same as HTML, which mail programs make from it.
        let is_text = message
            .text_body
            .first()
            .is_some_and(|&part| message.part(part).is_some_and(|part| !part.is_text_html()));
        match (message.body_text(0), message.body_html(0)) {
            (Some(text), _) if is_text => add_text(&text, &mut builder),
            (_, Some(html)) => dom::add(&tree::page(input.name, &html)?.root(), &mut builder),
            (Some(text), None) => add_text(&text, &mut builder),
            (None, None) => {}
        }
        let mut article = builder.finish();
        if article.text.is_empty() {
            return Err(Error::input(input.name, "is an e-mail without text"));
        }
        let from = message.from().and_then(|from| from.first());
        let author = from.and_then(|from| from.name()).map(builder::line);
        let date = message.date().and_then(|date| super::dates::read(&date.to_rfc3339()));
        article.metadata =
            Metadata { title, authors: author.into_iter().collect(), date, ..Metadata::default() };
        Ok(vec![article])
    }
}

/// Adds the text of a message: lines that were broken at a margin are joined, what it quotes and the
/// signature are no part of it.
fn add_text(text: &str, builder: &mut Builder) {
    let text = text.replace("\r\n", "\n");
    let mut is_signature = false;
    for piece in pieces::pieces(&text) {
        is_signature |= piece.text == "--";
        let quotes = piece.text.starts_with('>');
        let announces = piece.text.ends_with(':')
            && (piece.text.contains(" wrote") || piece.text.contains(" đã viết"))
            && piece.text.contains(|c: char| c.is_ascii_digit());
        let (kind, reason) = if is_signature {
            (BlockKind::Boilerplate, "the signature of the message")
        } else if quotes || announces {
            (BlockKind::Boilerplate, "what the message quotes")
        } else {
            (BlockKind::Paragraph, "running text")
        };
        builder.block(kind, reason, piece.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_its_subject_and_its_text() {
        let mail = "From: Lan <lan@example.org>\r\nDate: Tue, 5 Mar 2024 06:30:00 +0700\r\nSubject: \
            =?UTF-8?B?TMOhIHRoxrAgdOG7qyBxdcOq?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nChào \
            bạn,\r\n\r\nQuê mình đang mùa gặt.\r\n\r\nOn Mon, 4 Mar 2024, Nam wrote:\r\n> Bao giờ về?\r\n\r\n--\r\nLan\r\n";
        let input = Input { name: "a.eml", bytes: mail.as_bytes().into(), ..Input::default() };
        let article = Email.read(input).unwrap().remove(0);
        let read: Vec<_> = article
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Boilerplate)
            .map(|block| article.text_of(block))
            .collect();
        assert_eq!(read, ["Lá thư từ quê", "Chào bạn,", "Quê mình đang mùa gặt."]);
        assert_eq!(article.metadata.authors, ["Lan"]);
        assert_eq!(article.metadata.date.unwrap().day.to_string(), "2024-03-05");
    }

    #[test]
    fn what_is_no_message_says_so() {
        let input = Input { name: "a.eml", bytes: b"".into(), ..Input::default() };
        assert!(Email.read(input).is_err());
    }
}
