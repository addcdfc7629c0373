//! What the elements of HTML mean for the text inside them.

use dom_query::NodeRef;

use super::markup;
use super::table;
use crate::model::article::BlockKind;

/// A block of a small kind, such as a caption, is no longer than this, in characters: a class name that
/// says otherwise is that of a layout.
const SMALL: usize = 600;

/// The names of authors are no longer than this, in characters; what is longer tells of them.
const NAMES: usize = 80;

/// What an element means for the text inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Its text is part of the line around it.
    Inline,
    /// Its text is a block of its own.
    Block,
    /// Its text is a block of this kind, for this reason.
    Of(BlockKind, &'static str),
    /// Nothing in it is said.
    Silent,
}

/// What an element means for the text in it.
pub(super) fn role(node: &NodeRef, name: &str) -> Role {
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
            let shows = ["img", "picture", "video", "svg", "iframe", "figcaption", "a"];
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
pub(super) fn is_inline(name: &str) -> bool {
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
pub(super) fn is_centered(node: &NodeRef, name: &str) -> bool {
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
        || (node.attr("aria-hidden").is_some_and(|value| &*value == "true") && !is_initial(node))
        || node.attr("style").is_some_and(|style| is_hiding(&style))
}

/// Whether an element is the first letter of a word, set large: programs that read screens have the
/// whole word from elsewhere.
pub(super) fn is_initial(node: &NodeRef) -> bool {
    let text = node.text();
    let mut letters = text.trim().chars();
    let is_letter = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let next = node.next_sibling().filter(NodeRef::is_text);
    is_letter && next.is_some_and(|next| next.text().starts_with(char::is_lowercase))
}

/// Whether one of the words of an attribute is one of these.
fn says(node: &NodeRef, attribute: &str, words: &[&str]) -> bool {
    node.attr(attribute)
        .is_some_and(|value| value.split_whitespace().any(|word| words.contains(&word)))
}

/// Whether it is a link to a note or back from it.
fn is_note_link(node: &NodeRef, name: &str) -> bool {
    if name != "a" {
        return false;
    }
    let says = |attribute: &str, words: &[&str]| says(node, attribute, words);
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
            || (is_number(text) && node.attr("href").is_some_and(|href| href.starts_with('#')))
    }
}

/// Whether a text is `[1]`, `(2)`, `*` or a number: what names a note.
pub(super) fn names_note(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')']);
    let is_bracketed = inner.len() + 2 == text.len();
    (is_bracketed && is_number(inner)) || matches!(inner, "*" | "**" | "†" | "‡")
}

/// Whether a text is the number of a note.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether an element holds a note.
fn is_footnote(node: &NodeRef) -> bool {
    let says = |attribute: &str, words: &[&str]| says(node, attribute, words);
    says("epub:type", &["footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"])
        || says("role", &["doc-footnote", "doc-endnote", "doc-endnotes"])
        || says("class", &["footnote", "footnotes", "footnote-definition", "endnotes"])
}
