//! Documents of Word: Office Open XML (ECMA-376, part 1).
//!
//! Headings, lists, quotations, tables and notes are known by their styles. What was struck out in
//! tracked changes, hidden text, the codes of fields, headers and footers are not part of the text.

use std::collections::HashMap;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, is_zip};
use super::attributes::attributes;
use super::builder::{self, Builder};
use super::reader::{Input, Reader};
use super::{dates, metadata};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::metadata::Metadata;

/// The reader of documents of Word.
pub(super) struct Docx;

impl Reader for Docx {
    fn extensions(&self) -> &'static [&'static str] {
        &["docx"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        is_zip(&input.bytes) && input.extension() == "docx"
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let mut archive = Archive::open(input.name, &input.bytes)?;
        let mut part = |path: &str| archive.read(path);
        let Some(document) = part("word/document.xml")? else {
            let reason = "is no document of Word: there is no word/document.xml in it";
            return Err(Error::input(input.name, reason));
        };
        let styles = part("word/styles.xml")?.map(|xml| styles(&xml)).unwrap_or_default();
        let numbering =
            part("word/numbering.xml")?.map(|xml| Numbering::of(&xml)).unwrap_or_default();
        let mut text = Text { styles, numbering, ..Text::default() };
        let damaged = |path: &str, cause: quick_xml::Error| {
            Error::input(
                input.name,
                message!("{path} in it is damaged: {cause}", path, cause = cause.to_string()),
            )
        };
        text.read(&document).map_err(|cause| damaged("word/document.xml", cause))?;
        for path in ["word/footnotes.xml", "word/endnotes.xml"] {
            if let Some(notes) = part(path)? {
                text.is_note = true;
                text.read(&notes).map_err(|cause| damaged(path, cause))?;
            }
        }
        let mut article = text.builder.finish();
        if article.text.is_empty() {
            return Err(Error::input(input.name, "is a document without text"));
        }
        let has_title = article.blocks.iter().any(|block| block.kind == BlockKind::Title);
        if let Some(first) = article
            .blocks
            .first_mut()
            .filter(|first| !has_title && first.kind == BlockKind::Heading)
        {
            first.kind = BlockKind::Title;
            first.reason = "the heading that opens the text".into();
        }
        let told = part("docProps/core.xml")?.map(|xml| properties(&xml)).unwrap_or_default();
        article.metadata = metadata::find(&mut article);
        let Metadata { title, authors, date, .. } = article.metadata.clone();
        article.metadata = Metadata {
            title: title.or(told.title),
            authors: if authors.is_empty() { told.authors } else { authors },
            date: date.or(told.date),
            ..article.metadata
        };
        Ok(vec![article])
    }
}

/// The kind of the paragraphs of each style, by the style's identifier. Names of styles are English in
/// every language of Word; identifiers are not.
fn styles(xml: &[u8]) -> HashMap<String, (BlockKind, &'static str)> {
    let mut kinds = HashMap::new();
    let mut style = String::new();
    let mut reader = XmlReader::from_reader(xml);
    let mut buffer = Vec::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "style" => style = attribute(&element, "styleId").unwrap_or_default(),
                "name" => {
                    let name = attribute(&element, "val").unwrap_or_default().to_lowercase();
                    if let Some(kind) = kind_of_style(&name) {
                        kinds.insert(style.clone(), kind);
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    kinds
}

/// What paragraphs of a style are, by its name.
fn kind_of_style(name: &str) -> Option<(BlockKind, &'static str)> {
    Some(match name {
        "title" => (BlockKind::Title, "has the style of titles"),
        "subtitle" => (BlockKind::Sapo, "has the style of subtitles"),
        "quote" | "intense quote" => (BlockKind::Quote, "has the style of quotations"),
        "caption" => (BlockKind::Caption, "has the style of captions"),
        "toc heading" => (BlockKind::Boilerplate, "the table of contents"),
        _ if name.starts_with("toc ") => (BlockKind::Boilerplate, "the table of contents"),
        _ if name.starts_with("heading ") => (BlockKind::Heading, "has the style of headings"),
        _ if name.starts_with("list") => (BlockKind::List, "has the style of lists"),
        _ => return None,
    })
}

/// How the lists of a document are numbered.
#[derive(Default)]
struct Numbering {
    /// For each list, by its identifier: the identifier of its definition.
    lists: HashMap<String, String>,
    /// The levels that count in digits, by definition and level, with the first number.
    decimal: HashMap<(String, String), i64>,
    /// The number of the next item of each list and level.
    next: HashMap<(String, String), i64>,
}

impl Numbering {
    fn of(xml: &[u8]) -> Numbering {
        let mut numbering = Numbering::default();
        let (mut definition, mut level, mut list) = (String::new(), String::new(), String::new());
        let mut start = 1;
        let mut reader = XmlReader::from_reader(xml);
        let mut buffer = Vec::new();
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    let value = |name| attribute(&element, name).unwrap_or_default();
                    match element.local_name().as_ref() {
                        "abstractNum" => definition = value("abstractNumId"),
                        "lvl" => (level, start) = (value("ilvl"), 1),
                        "start" => start = value("val").parse().unwrap_or(1),
                        "numFmt" if value("val") == "decimal" => {
                            numbering.decimal.insert((definition.clone(), level.clone()), start);
                        }
                        "num" => list = value("numId"),
                        "abstractNumId" => {
                            numbering.lists.insert(list.clone(), value("val"));
                        }
                        _ => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        numbering
    }

    /// The number before the next item of a list, if it counts in digits.
    fn next(&mut self, list: &str, level: &str) -> Option<String> {
        let definition = self.lists.get(list)?.clone();
        let start = *self.decimal.get(&(definition, level.to_owned()))?;
        let next = self.next.entry((list.to_owned(), level.to_owned())).or_insert(start);
        let number = *next;
        *next = number.saturating_add(1);
        Some(format!("{number}. "))
    }
}

/// A paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    /// The list and the level it is an item of.
    list: Option<String>,
    level: String,
}

/// The text of a document while it is read.
#[derive(Default)]
struct Text {
    builder: Builder,
    styles: HashMap<String, (BlockKind, &'static str)>,
    numbering: Numbering,
    /// Whether it is the notes that are read.
    is_note: bool,
    /// How many paragraphs were begun.
    paragraphs: usize,
    paragraph: Paragraph,
    /// How many elements are open in which nothing is said.
    silent: usize,
    /// Whether the run of letters is hidden, or a field's code.
    is_hidden: bool,
    is_text: bool,
    /// The rows of the table that is open, and how many are open inside one another.
    table: Vec<Vec<String>>,
    tables: usize,
}

/// Elements in which nothing is said: what tracked changes removed, what an older program would show,
/// the codes of fields.
const SILENT: &[&str] = &["del", "moveFrom", "Fallback", "instrText", "delText"];

impl Text {
    /// Reads a part of the document.
    fn read(&mut self, xml: &[u8]) -> Result<(), quick_xml::Error> {
        let mut reader = XmlReader::from_reader(xml);
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer)? {
                Event::Start(element) => self.start(&element),
                Event::Empty(element) => {
                    let name = element.local_name();
                    if !SILENT.contains(&name.as_ref()) && name.as_ref() != "p" {
                        self.start(&element);
                        self.end(name.as_ref());
                    }
                }
                Event::End(element) => self.end(element.local_name().as_ref()),
                Event::Text(text) if self.is_text && self.silent == 0 && !self.is_hidden => {
                    self.paragraph.text.push_str(&text);
                }
                Event::GeneralRef(entity)
                    if self.is_text && self.silent == 0 && !self.is_hidden =>
                {
                    let escaped = format!("&{};", &*entity);
                    if let Ok(text) = quick_xml::escape::unescape(&escaped) {
                        self.paragraph.text.push_str(&text);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        Ok(())
    }

    fn start(&mut self, element: &BytesStart) {
        let name = element.local_name();
        let value = |name| attribute(element, name);
        let is_off = || value("val").is_some_and(|value| matches!(&*value, "0" | "false"));
        match name.as_ref() {
            name if SILENT.contains(&name) => self.silent += 1,
            "p" => self.begin_paragraph(),
            "pStyle" => self.paragraph.style = value("val"),
            "ilvl" => self.paragraph.level = value("val").unwrap_or_default(),
            "numId" => self.paragraph.list = value("val").filter(|list| list != "0"),
            "r" => self.is_hidden = false,
            "vanish" | "webHidden" => self.is_hidden |= !is_off(),
            "t" => self.is_text = true,
            "tab" | "noBreakHyphen" if self.silent == 0 => self.paragraph.text.push(' '),
            "br" | "cr" if self.silent == 0 => self.paragraph.text.push('\n'),
            "tbl" => self.tables += 1,
            "tr" if self.tables == 1 => self.table.push(Vec::new()),
            "tc" if self.tables == 1 => self.paragraph = Paragraph::default(),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self) {
        self.paragraphs += 1;
        if self.tables == 0 {
            self.paragraph = Paragraph::default();
        }
        if self.tables < 2 && self.table.is_empty() {
            self.builder.at_line(self.paragraphs);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if SILENT.contains(&name) => self.silent = self.silent.saturating_sub(1),
            "t" => self.is_text = false,
            "p" if self.tables > 0 => self.paragraph.text.push(' '),
            "p" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                self.add(paragraph);
            }
            "tc" if self.tables == 1 => {
                let cell = builder::line(&self.paragraph.text);
                self.paragraph = Paragraph::default();
                if let Some(row) = self.table.last_mut() {
                    row.push(cell);
                }
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    let rows = std::mem::take(&mut self.table);
                    for row in super::table::lines(&rows) {
                        self.builder.block(BlockKind::Table, "a row of a table", &row);
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds a paragraph as a block of its kind.
    fn add(&mut self, paragraph: Paragraph) {
        let style = paragraph.style.as_ref().and_then(|style| self.styles.get(style)).copied();
        let (kind, reason) = match style {
            _ if self.is_note => (BlockKind::Footnote, "a note"),
            Some(style) => style,
            None if paragraph.list.is_some() => (BlockKind::List, "an item of a list"),
            None => (BlockKind::Paragraph, "running text"),
        };
        if paragraph.text.trim().is_empty() {
            return;
        }
        self.builder.open(kind, reason);
        if let Some(list) = paragraph.list.filter(|_| kind != BlockKind::Heading)
            && let Some(number) = self.numbering.next(&list, &paragraph.level)
        {
            self.builder.push(&number);
        }
        for (at, line) in paragraph.text.split('\n').enumerate() {
            if at > 0 {
                self.builder.line_break();
            }
            self.builder.push(line);
        }
        self.builder.close();
    }
}

/// What a document says of itself.
fn properties(xml: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    let mut reader = XmlReader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut element = String::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) => element = start.local_name().as_ref().to_owned(),
            Event::End(_) => element.clear(),
            Event::Text(text) => {
                let value = builder::line(&text);
                if !value.is_empty() {
                    match &*element {
                        "title" => found.title = Some(value),
                        "creator" => found.authors = vec![value],
                        "created" => found.date = dates::read(&value),
                        "description" => found.description = Some(value),
                        _ => {}
                    }
                }
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    found
}

/// The value of an attribute, whatever its prefix.
fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = attributes(element).flatten();
    let mut found = found.filter(|found| found.key.local_name().as_ref() == name);
    found.next().map(|found| found.value.into_owned())
}
