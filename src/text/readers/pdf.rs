//! PDF, by `unpdf`: a file of printed pages, which says where each letter is, not what is a paragraph. What
//! is read from it is a guess, and a note says so.

use std::collections::HashMap;

use unpdf::render::{RenderOptions, to_markdown};
use unpdf::{Document, ExtractionQuality};

use super::markdown;
use super::reader::{Input, Reader};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::message::{Message, message};

/// A file of more pages is refused.
const MOST_PAGES: u32 = 5000;

/// A larger file is refused, in bytes.
const LARGEST: usize = 64 << 20;

/// What stands at the top or the foot of every page has at most so many words.
const LONGEST_HEADER: usize = 12;

/// The reader of PDF.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        is_pdf(&input.bytes)
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let refused = |reason: Message| Error::input(input.name, reason);
        if input.bytes.len() > LARGEST {
            return Err(refused("is larger than 64 MiB; split it".into()));
        }
        let document = unpdf::parse_bytes(&input.bytes).map_err(|cause| {
            refused(message!("cannot be read as PDF: {cause}", cause = cause.to_string()))
        })?;
        let pages = document.page_count();
        if pages > MOST_PAGES {
            return Err(refused(message!(
                "has {pages} pages, more than {most}; split it",
                pages,
                most = MOST_PAGES
            )));
        }
        let options = RenderOptions::default();
        let text = to_markdown(&document, &options).map_err(|cause| {
            refused(message!("cannot be read as PDF: {cause}", cause = cause.to_string()))
        })?;
        let mut article = markdown::article(input.name, &text)?;
        running_headers(&mut article);
        if article.text.trim().is_empty() {
            let reason = "has no text, only pictures of pages: run it through a program that recognizes \
                          text (OCR) first";
            return Err(refused(reason.into()));
        }
        Ok(vec![Article { notes: notes(&document), ..article }])
    }
}

/// Short lines that come again and again are those at the top or the foot of pages.
fn running_headers(article: &mut Article) {
    let is_short = |text: &str| text.split_whitespace().count() <= LONGEST_HEADER;
    let mut counts: HashMap<String, usize> = HashMap::new();
    for block in &article.blocks {
        *counts.entry(article.line_of(block)).or_default() += 1;
    }
    let repeats = |line: &String| is_short(line) && counts[line] > 1;
    let found: Vec<bool> =
        article.blocks.iter().map(|block| repeats(&article.line_of(block))).collect();
    for (block, is_header) in article.blocks.iter_mut().zip(found) {
        // The title may be one of them.
        if is_header && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            block.kind = BlockKind::Boilerplate;
            block.reason = "a line that is on several pages".into();
        }
    }
}

/// Whether these are the bytes of a PDF. Some programs write a few bytes before it (ISO 32000, annex H.3).
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|start| start == b"%PDF-")
}

/// What a person should know of how the text was found.
fn notes(document: &Document) -> Vec<Message> {
    let mut notes = vec![Message::from(
        "the text of a PDF is a guess: paragraphs, headings and their order may be wrong; check it",
    )];
    let ExtractionQuality {
        replacement_char_count,
        suppressed_text_runs,
        undecodable_content_streams,
        pages_incomplete,
        suppressed_ocr_pages,
        ..
    } = document.extraction_quality;
    if replacement_char_count + suppressed_text_runs + undecodable_content_streams > 0 {
        notes.push("some of its text cannot be decoded and is missing".into());
    }
    if pages_incomplete {
        notes.push("it is damaged, and pages are missing".into());
    }
    if suppressed_ocr_pages > 0 {
        notes.push(message!(
            "the text of {pages} scanned pages is not readable and is missing",
            pages = suppressed_ocr_pages
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF with these lines on each of its pages, in a font of Latin letters; the first line is set apart.
    fn pdf(pages: &[&[&str]]) -> Vec<u8> {
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            String::new(),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        ];
        let mut kids = Vec::new();
        for lines in pages {
            let below = |at| if at == 0 { 80 } else { 14 };
            let shown = lines.iter().enumerate();
            let shown = shown.map(|(at, line)| format!("({line}) Tj 0 -{} Td ", below(at)));
            let stream = format!("BT /F1 12 Tf 72 760 Td {}ET", shown.collect::<String>());
            let page = objects.len() + 1;
            kids.push(format!("{page} 0 R"));
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources \
                 << /Font << /F1 3 0 R >> >> >>",
                page + 1
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()));
        }
        objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len());
        let mut file = String::from("%PDF-1.4\n");
        let mut places = Vec::new();
        for (at, object) in objects.iter().enumerate() {
            places.push(file.len());
            file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
        }
        let table = file.len();
        file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
        for place in places {
            file.push_str(&format!("{place:010} 00000 n \n"));
        }
        file.push_str(&format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        ));
        file.into_bytes()
    }

    fn read(bytes: &[u8]) -> Result<Article, Error> {
        let input = Input { name: "a.pdf", bytes: bytes.into(), ..Input::default() };
        assert!(Pdf.accepts(&input));
        Pdf.read(input).map(|mut articles| articles.remove(0))
    }

    #[test]
    fn the_text_of_pages_is_read_and_what_is_on_all_of_them_is_not() {
        let article = read(&pdf(&[
            &["Ban tin xa", "Hom nay troi mua to o nhieu noi trong tinh,", "nuoc len nhanh."],
            &["Ban tin xa", "Ngay mai troi se nang tro lai tren ca nuoc,", "gio nhe."],
        ]))
        .unwrap();
        let texts: Vec<_> = article
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Boilerplate)
            .map(|block| article.line_of(block))
            .collect();
        assert_eq!(
            texts.join(" "),
            "Hom nay troi mua to o nhieu noi trong tinh, nuoc len nhanh. Ngay mai troi se nang tro lai \
             tren ca nuoc, gio nhe."
        );
        assert!(article.notes[0].contains("a guess"), "{:?}", article.notes);
    }

    #[test]
    fn what_holds_no_text_is_an_error() {
        assert!(read(&pdf(&[&[]])).unwrap_err().to_string().contains("OCR"));
        assert!(read(b"%PDF-1.4\nnothing").is_err());
    }
}
