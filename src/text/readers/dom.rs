//! From the elements of an HTML document to blocks.
//!
//! What is never said (scripts, menus, buttons, hidden elements) is left out; lists, quotations, tables,
//! the texts of pictures, code and notes keep what they are. Which blocks belong to the article is for
//! the caller to decide.

use dom_query::{NodeId, NodeRef};

use super::builder::{self, Builder, Place, Style};
use super::element::{Role, is_centered, is_inline, names_note, role};
use super::lined;
use super::marks;
use super::table;
use crate::model::article::BlockKind;
use crate::model::diag::Span;
use crate::model::direction::DirectionKind;
use crate::model::manner::{Manner, MannerKind};

/// An element that encloses the text being read, and what that text is.
struct Context {
    element: NodeId,
    kind: BlockKind,
    reason: &'static str,
}

/// Walks over elements and hands their text to a builder.
struct Walker<'a> {
    builder: &'a mut Builder,
    contexts: Vec<Context>,
    /// The ordered lists that are open, each with the number of its last item.
    lists: Vec<(NodeId, i64)>,
    /// How many elements are open that make text a link, a link into the page, bold, italic, or set it
    /// in the middle.
    links: usize,
    jumps: usize,
    bolds: usize,
    italics: usize,
    centers: usize,
    /// Whether a picture came after the last text.
    has_picture: bool,
    /// The number of an item of a list, until its text comes.
    number: Option<String>,
    /// The elements that are open and say which language their text is in, and where it begins.
    languages: Vec<(NodeId, usize, MannerKind)>,
    /// Whether an element begins right where another ended.
    is_seam: bool,
}

/// Adds everything that is said inside `root`.
pub(super) fn add(root: &NodeRef, builder: &mut Builder) {
    let mut walker = Walker::new(builder);
    let Some(mut node) = root.first_child() else { return };
    // Not by recursion: elements may be thousands deep in one another.
    loop {
        if walker.enter(&node) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            walker.leave(&node);
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if parent.id != root.id => node = parent,
                _ => return walker.builder.close(),
            }
            walker.leave(&node);
        }
    }
}

/// Everything that is said inside an element, on one line.
pub(super) fn line(node: &NodeRef) -> String {
    let mut builder = Builder::default();
    add(node, &mut builder);
    builder.finish().text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of everything that is said inside an element.
pub(super) fn lines(node: &NodeRef) -> Vec<String> {
    let mut builder = Builder::default();
    add(node, &mut builder);
    builder.texts().flat_map(str::lines).map(str::to_owned).collect()
}

/// How many blocks of text are inside an element.
fn blocks(node: &NodeRef) -> usize {
    let mut builder = Builder::default();
    add(node, &mut builder);
    builder.texts().count()
}

impl<'a> Walker<'a> {
    fn new(builder: &'a mut Builder) -> Walker<'a> {
        Walker {
            builder,
            contexts: Vec::new(),
            lists: Vec::new(),
            links: 0,
            jumps: 0,
            bolds: 0,
            italics: 0,
            centers: 0,
            has_picture: false,
            number: None,
            languages: Vec::new(),
            is_seam: false,
        }
    }

    /// How many elements are open that have an effect which this one has too.
    fn effects(&mut self, node: &NodeRef, name: &str) -> Vec<&mut usize> {
        let mut effects = Vec::new();
        match name {
            "a" => match node.attr("href") {
                Some(href) if href.starts_with('#') && href.len() > 1 => {
                    effects.push(&mut self.jumps);
                }
                Some(_) => effects.push(&mut self.links),
                None => {}
            },
            "b" | "strong" => effects.push(&mut self.bolds),
            "i" | "em" => effects.push(&mut self.italics),
            _ => {}
        }
        if is_centered(node, name) {
            effects.push(&mut self.centers);
        }
        effects
    }

    /// Reads a node up to its children; gives whether they are to be read.
    fn enter(&mut self, node: &NodeRef) -> bool {
        if let Some(line) = lined::line(node) {
            self.builder.at_line(line);
        }
        let is_open = self.begin(node);
        let tag = node.attr("lang").or_else(|| node.attr("xml:lang")).filter(|_| is_open);
        if let Some(language) = tag.and_then(|tag| Manner::language(Span::new(0, 0), &tag)) {
            self.languages.push((node.id, self.builder.position(), language.kind));
        }
        is_open
    }

    fn begin(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            self.text(&node.text());
            return false;
        }
        let Some(name) = node.node_name().filter(|_| node.is_element()) else {
            return node.is_document() || node.is_fragment();
        };
        match &*name {
            "br" => {
                self.builder.line_break();
                return false;
            }
            "abbr" | "acronym" => return !self.explained(node),
            "ruby" => {
                self.annotated(node);
                return false;
            }
            "break" => {
                let attributes = ["time", "strength"].map(|name| {
                    let value = node.attr(name)?;
                    Some(format!("{name}=\"{value}\""))
                });
                let attributes = attributes.into_iter().flatten().collect::<Vec<_>>().join(" ");
                if let Some(pause) = marks::ssml_break(&attributes) {
                    let here = self.builder.position();
                    self.builder.direct(here, DirectionKind::Pause(pause));
                }
                // HTML has no such element: what follows it is parsed as if it were inside.
                return true;
            }
            "img" | "picture" | "video" | "amp-img" | "amp-video" | "amp-youtube" => {
                self.has_picture = true;
                return false;
            }
            "sup" | "sub" => {
                self.raised(node, &name);
                return false;
            }
            "table" => {
                if let Some(rows) = table::rows(node, line) {
                    self.builder.close();
                    for row in rows {
                        self.builder.block(BlockKind::Table, "a row of a table", &row);
                    }
                    return false;
                }
                if table::is_picture(node, blocks) {
                    self.push(node, BlockKind::Caption, "text in a table with a picture");
                    return true;
                }
            }
            _ => {}
        }
        match role(node, &name) {
            Role::Silent => return false,
            Role::Inline => {
                if name == *"q" {
                    self.text("“");
                }
                self.effects(node, &name).into_iter().for_each(|open| *open += 1);
                let before = node.prev_sibling().filter(NodeRef::is_element);
                self.is_seam |= before.is_some_and(|before| !before.has_name("br"));
                return true;
            }
            Role::Block => self.builder.close(),
            Role::Of(kind, reason) => self.push(node, kind, reason),
        }
        self.effects(node, &name).into_iter().for_each(|open| *open += 1);
        match &*name {
            "ol" => {
                let start = number(node, "start").unwrap_or(1);
                self.lists.push((node.id, start.saturating_sub(1)));
            }
            "li" => self.number = self.item_number(node),
            _ => {}
        }
        true
    }

    /// Ends a node whose children were read.
    fn leave(&mut self, node: &NodeRef) {
        let Some(name) = node.node_name().filter(|_| node.is_element()) else { return };
        if name == *"q" {
            self.text("”");
        }
        for open in self.effects(node, &name) {
            *open = open.saturating_sub(1);
        }
        if let Some((_, from, kind)) = self.languages.pop_if(|(of, ..)| *of == node.id) {
            let span = self.builder.since(from);
            self.builder.speak(Manner { span, kind });
        }
        self.lists.pop_if(|(list, _)| *list == node.id);
        if self.contexts.last().is_some_and(|context| context.element == node.id) {
            self.contexts.pop();
            self.builder.close();
        } else if !is_inline(&name) && name != *"br" {
            self.builder.close();
        }
    }

    /// From here on text is of this kind, until the element ends.
    fn push(&mut self, node: &NodeRef, kind: BlockKind, reason: &'static str) {
        self.builder.close();
        let outer = self.contexts.last().map(|context| context.kind);
        // What is in a picture's text, a table or a note is part of that.
        let keeps = matches!(
            outer,
            Some(
                BlockKind::Boilerplate
                    | BlockKind::Byline
                    | BlockKind::Caption
                    | BlockKind::Credit
                    | BlockKind::Footnote
                    | BlockKind::Related
            )
        ) || (outer == Some(BlockKind::Quote) && kind == BlockKind::List);
        if !keeps {
            self.contexts.push(Context { element: node.id, kind, reason });
        }
    }

    /// The number that a browser shows before an item of an ordered list.
    fn item_number(&mut self, item: &NodeRef) -> Option<String> {
        let list = item.parent()?.id;
        let (_, last) = self.lists.last_mut().filter(|(open, _)| *open == list)?;
        *last = number(item, "value").unwrap_or(last.saturating_add(1));
        Some(format!("{last}. "))
    }

    fn text(&mut self, text: &str) {
        if !self.builder.is_open() {
            if text.trim().is_empty() {
                return;
            }
            let (kind, reason) = self
                .contexts
                .last()
                .map_or((BlockKind::Paragraph, "running text"), |top| (top.kind, top.reason));
            self.builder.open(kind, reason);
            self.builder.place(Place {
                is_centered: self.centers > 0,
                is_under_picture: std::mem::take(&mut self.has_picture),
            });
            if let Some(number) = self.number.take() {
                self.builder.push(&number);
            }
        }
        if std::mem::take(&mut self.is_seam) && are_apart(self.builder.current(), text) {
            self.builder.push(" ");
        }
        let style = Style {
            is_link: self.links > 0,
            is_jump: self.jumps > 0,
            is_bold: self.bolds > 0,
            is_italic: self.italics > 0,
        };
        self.builder.push_styled(text, style);
    }

    /// An abbreviation whose element says what it is short for is said so; gives whether it does.
    fn explained(&mut self, node: &NodeRef) -> bool {
        let title = node.attr("title").map(|title| builder::line(&title)).unwrap_or_default();
        let is_said = !title.is_empty() && title.chars().all(|c| c.is_alphabetic() || c == ' ');
        if is_said {
            self.said(&node.text(), title.to_lowercase());
        }
        is_said
    }

    /// A text with its reading above it is said as that.
    fn annotated(&mut self, node: &NodeRef) {
        let (mut base, mut reading) = (String::new(), String::new());
        for child in node.descendants_it().filter(NodeRef::is_text) {
            let inside = child
                .ancestors_it(Some(3))
                .find_map(|of| ["rt", "rp", "rtc"].into_iter().find(|name| of.has_name(name)));
            match inside {
                Some("rp") => {}
                Some(_) => reading.push_str(&child.text()),
                None => base.push_str(&child.text()),
            }
        }
        let reading = builder::line(&reading).to_lowercase();
        if !reading.is_empty() && reading.chars().all(|c| c.is_alphabetic() || c == ' ') {
            self.said(&base, reading);
        } else {
            self.text(&base);
        }
    }

    /// Adds text for which other words are said.
    fn said(&mut self, text: &str, said: String) {
        let from = self.builder.position();
        self.text(text);
        self.builder.direct(from, DirectionKind::Say(said));
    }

    /// Raised and lowered text: a mark that names a note is left out, the digits of `m²` and `CO₂` become
    /// such digits, anything else is text.
    fn raised(&mut self, node: &NodeRef, name: &str) {
        const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
        let text = node.text();
        let text = text.trim();
        let is_mark = node.attr("class").is_some_and(|class| class.contains("footnote"));
        if name == "sup" && (is_mark || names_note(text) || table::has(node, "a")) {
            return;
        }
        let digits = if name == "sup" { RAISED } else { LOWERED };
        let digit = |c: char| c.to_digit(10).map(|value| digits[value as usize]);
        match text.chars().map(digit).collect::<Option<String>>() {
            Some(raised) => self.text(&raised),
            None => self.text(text),
        }
    }
}

/// The whole number that an attribute gives.
fn number(node: &NodeRef, attribute: &str) -> Option<i64> {
    node.attr(attribute)?.trim().parse().ok()
}

/// Whether two texts are two things that only the look of the page keeps apart: `5 phút đọc` and
/// `Chia sẻ`. A first letter that is set large is no such thing.
fn are_apart(before: &str, after: &str) -> bool {
    let mut last = before.chars().rev();
    let (end, inner) = (last.next(), last.next());
    let is_word = inner.is_some_and(char::is_alphanumeric);
    let begins = |is: fn(char) -> bool| after.starts_with(is);
    match end {
        Some(end) if end.is_lowercase() => {
            is_word && (begins(char::is_uppercase) || begins(|c| c.is_ascii_digit()))
        }
        Some(end) if end.is_ascii_digit() => begins(char::is_uppercase),
        _ => false,
    }
}
