//! From the elements of an HTML document to blocks.
//!
//! What is never said (scripts, menus, buttons, hidden elements) is left out; lists, quotations, tables,
//! the texts of pictures, code and notes keep what they are. Which blocks belong to the article is for
//! the caller to decide.

use dom_query::{NodeId, NodeRef};

use super::builder::{self, Builder, Place, Style};
use super::marks;
use super::markup;
use super::table;
use crate::model::article::BlockKind;
use crate::model::direction::DirectionKind;

/// A block of a small kind, such as a caption, is no longer than this, in characters: a class name that
/// says otherwise is that of a layout.
const SMALL: usize = 600;

/// The names of authors are no longer than this, in characters; what is longer tells of them.
const NAMES: usize = 80;

/// What an element means for the text inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Its text is part of the line around it.
    Inline,
    /// Its text is a block of its own.
    Block,
    /// Its text is a block of this kind, for this reason.
    Of(BlockKind, &'static str),
    /// Nothing in it is said.
    Silent,
}

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
    /// How many elements are open that make text a link, bold, italic, or set it in the middle.
    links: usize,
    bolds: usize,
    italics: usize,
    centers: usize,
    /// Whether a picture came after the last text.
    has_picture: bool,
    /// The number of an item of a list, until its text comes.
    number: Option<String>,
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
            bolds: 0,
            italics: 0,
            centers: 0,
            has_picture: false,
            number: None,
        }
    }

    /// How many elements are open that have an effect which this one has too.
    fn effects(&mut self, node: &NodeRef, name: &str) -> Vec<&mut usize> {
        let mut effects = Vec::new();
        match name {
            // A link into the page itself is no link to another article.
            "a" if node
                .attr("href")
                .is_some_and(|href| !href.starts_with('#') || href.len() == 1) =>
            {
                effects.push(&mut self.links);
            }
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
            "img" | "picture" => {
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
        self.builder.push_styled(
            text,
            Style { is_link: self.links > 0, is_bold: self.bolds > 0, is_italic: self.italics > 0 },
        );
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

/// What an element means for the text in it.
fn role(node: &NodeRef, name: &str) -> Role {
    if is_hidden(node) || is_silent(name) || is_note_link(node, name) {
        return Role::Silent;
    }
    if is_footnote(node) {
        return Role::Of(BlockKind::Footnote, "a note");
    }
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Of(BlockKind::Heading, "a heading"),
        "li" => Role::Of(BlockKind::List, "an item of a list"),
        "blockquote" => Role::Of(BlockKind::Quote, "a quotation"),
        "figcaption" => Role::Of(BlockKind::Caption, "the text of a picture"),
        "figure" if !table::has(node, "table") && !table::has(node, "blockquote") => {
            // A figure with a link is a card of another page.
            let shows = ["img", "picture", "video", "svg", "iframe", "a"];
            if shows.iter().any(|name| table::has(node, name)) {
                Role::Of(BlockKind::Caption, "the text of a picture")
            } else {
                Role::Of(BlockKind::Quote, "set apart from the text")
            }
        }
        "pre" => Role::Of(BlockKind::Code, "code"),
        _ if is_inline(name) => match markup::kind_in_line(node) {
            Some((BlockKind::Boilerplate, _)) => Role::Silent,
            Some((kind, why)) => Role::Of(kind, why),
            None => Role::Inline,
        },
        _ => match markup::kind_of(node) {
            Some((BlockKind::Byline, _)) if node.normalized_char_count() > NAMES => {
                Role::Of(BlockKind::Boilerplate, "about the author")
            }
            Some((kind, why)) if node.normalized_char_count() <= SMALL => Role::Of(kind, why),
            _ => Role::Block,
        },
    }
}

/// Elements whose text is part of the line around them.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "rb"
            | "ruby"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Elements in which nothing is said.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "del"
            | "dialog"
            | "embed"
            | "head"
            | "iframe"
            | "input"
            | "math"
            | "nav"
            | "noscript"
            | "object"
            | "rp"
            | "rt"
            | "s"
            | "script"
            | "select"
            | "strike"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
    )
}

/// Whether an element sets its text in the middle of the line.
fn is_centered(node: &NodeRef, name: &str) -> bool {
    let says = |attribute: &str, value: &str| {
        node.attr(attribute).is_some_and(|found| {
            let found: String = found.to_lowercase().split_whitespace().collect();
            found.contains(value)
        })
    };
    name == "center" || says("align", "center") || says("style", "text-align:center")
}

/// Whether an element is not shown.
fn is_hidden(node: &NodeRef) -> bool {
    let is_hiding = |style: &str| {
        let style: String = style.to_lowercase().split_whitespace().collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|value| &*value == "true")
        || node.attr("style").is_some_and(|style| is_hiding(&style))
}

/// Whether it is a link to a note or back from it.
fn is_note_link(node: &NodeRef, name: &str) -> bool {
    if name != "a" {
        return false;
    }
    let says = |attribute: &str, words: &[&str]| {
        node.attr(attribute)
            .is_some_and(|value| value.split_whitespace().any(|word| words.contains(&word)))
    };
    let is_marked = says("role", &["doc-noteref", "doc-backlink"])
        || says("epub:type", &["noteref", "backlink"])
        || says(
            "class",
            &["footnote-ref", "footnote-backref", "footnote-reference", "mw-jump-link"],
        );
    is_marked || {
        let text = node.text();
        let text = text.trim();
        text.starts_with('↩')
            || (names_note(text) && node.attr("href").is_some_and(|href| href.contains('#')))
    }
}

/// Whether a text is `[1]`, `(2)`, `*` or a number: what names a note.
fn names_note(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')']);
    let is_bracketed = inner.len() + 2 == text.len();
    let is_number =
        !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    (is_bracketed && is_number) || matches!(inner, "*" | "**" | "†" | "‡")
}

/// Whether an element holds a note.
fn is_footnote(node: &NodeRef) -> bool {
    let says = |attribute: &str, words: &[&str]| {
        node.attr(attribute)
            .is_some_and(|value| value.split_whitespace().any(|word| words.contains(&word)))
    };
    says("epub:type", &["footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"])
        || says("role", &["doc-footnote", "doc-endnote", "doc-endnotes"])
        || says("class", &["footnote", "footnotes", "footnote-definition", "endnotes"])
}

/// The whole number that an attribute gives.
fn number(node: &NodeRef, attribute: &str) -> Option<i64> {
    node.attr(attribute)?.trim().parse().ok()
}
