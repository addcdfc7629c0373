//! Lines to pieces: the paragraphs, headings and other single things a text is made of, before it is
//! known what each one is.

use crate::model::diag::Span;
use crate::text::readers::words::{self, Words};

/// A paragraph or another single thing: one line, or several that a line break at the margin (or
/// at a link) separated.
pub(super) struct Piece<'a> {
    /// Where it is, white space around it left out.
    pub span: Span,
    /// Its text.
    pub text: &'a str,
    /// Whether a blank line (or the start of the text) is before it.
    pub gap_before: bool,
    /// Length in characters.
    pub chars: usize,
    /// Number of words, separated by white space.
    pub words: usize,
    /// Its words in the form in which phrases are compared; empty if it is too long to be compared.
    pub key: Words,
    /// Its text in lower case; empty if `key` is.
    pub lower: String,
}

/// Only pieces up to this many characters are compared with phrases: titles, captions and footers
/// are shorter, and the cost of a long text stays that of reading it.
pub(super) const COMPARED: usize = 600;

impl<'a> Piece<'a> {
    pub(super) fn new(source: &'a str, span: Span, gap_before: bool) -> Piece<'a> {
        let text = span.of(source);
        let chars = text.chars().count();
        let (key, lower) = if chars <= COMPARED {
            (words::words(text), text.to_lowercase())
        } else {
            (Words::default(), String::new())
        };
        let words = text.split_whitespace().count();
        Piece { span, text, gap_before, chars, words, key, lower }
    }

    /// The text without closing quotation marks and brackets at its end.
    fn unclosed(&self) -> &'a str {
        self.text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' '])
    }

    /// Whether it ends as a sentence does.
    pub(super) fn stops(&self) -> bool {
        self.unclosed().ends_with(['.', '!', '?', '…'])
    }

    /// Whether it ends with a full stop or an ellipsis, as headlines do not.
    pub(super) fn full_stop(&self) -> bool {
        self.unclosed().ends_with(['.', '…'])
    }

    /// Whether it ends in a sign that more follows.
    pub(super) fn leads_on(&self) -> bool {
        self.text.ends_with([':', ';', ','])
    }

    /// Whether its first letter or digit is not a lower-case letter, or one of a name that is written
    /// so: iPhone, eSIM.
    pub(super) fn starts_large(&self) -> bool {
        let mut letters = self.text.chars().skip_while(|c| !c.is_alphanumeric());
        let is_small = letters.next().is_some_and(char::is_lowercase);
        !is_small || letters.next().is_some_and(char::is_uppercase)
    }

    /// Whether it reads as running text: whole sentences, or too long for a headline.
    pub(super) fn is_prose(&self) -> bool {
        self.chars > 250 || (self.words >= 6 && (self.stops() || self.leads_on()))
    }

    /// Whether it has no sentence end inside it.
    pub(super) fn one_sentence(&self) -> bool {
        self.stops_inside() == 0
    }

    /// How many sentences end inside it, the last left out.
    pub(super) fn stops_inside(&self) -> usize {
        let inside = self.unclosed().trim_end_matches(['.', '!', '?', '…', '/']);
        inside
            .match_indices(' ')
            .filter(|&(at, _)| inside[..at].ends_with(['.', '!', '?', '…']))
            .count()
    }

    /// The mark that makes it an item of a list, if it begins with one.
    pub(super) fn list_mark(&self) -> Option<ListMark> {
        list_mark(self.text)
    }
}

/// What a list item begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListMark {
    /// A hyphen or a dash, which spoken lines of a story begin with too.
    Dash,
    /// Another sign: bullet, plus, asterisk, arrow, tick.
    Bullet,
    /// A number or a letter and a closing bracket: `1)`, `a)`.
    Bracket,
    /// A number or a Roman numeral and a full stop, which headings begin with too: `1.`, `IV.`.
    Number,
}

pub(super) fn list_mark(text: &str) -> Option<ListMark> {
    let (mark, rest) = text.split_once(' ')?;
    if rest.is_empty() {
        return None;
    }
    match mark {
        "-" | "–" | "—" => return Some(ListMark::Dash),
        "•" | "+" | "*" | "●" | "○" | "▪" | "■" | "◦" | "‣" | "·" | "►" | "▶" | "➤" | "✓" | "✔"
        | "→" | "❖" => return Some(ListMark::Bullet),
        _ => {}
    }
    let numbered = |label: &str| {
        let roman = label.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let digits = label.split('.').all(|part| {
            !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
        });
        !label.is_empty() && label.len() <= 6 && (roman || digits)
    };
    let letter = |label: &str| {
        let mut chars = label.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    if let Some(label) = mark.strip_suffix(')') {
        let label = label.strip_prefix('(').unwrap_or(label);
        return (numbered(label) || letter(label)).then_some(ListMark::Bracket);
    }
    let label = mark.strip_suffix('.').or_else(|| mark.contains('.').then_some(mark))?;
    numbered(label).then_some(ListMark::Number)
}

/// A line that is not blank.
struct Line {
    span: Span,
    chars: usize,
    gap_before: bool,
}

/// The pieces of a text in order. Together they hold every character that is not white space.
pub(super) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let lines = lines(source);
    let wrap = Wrap::measure(source, &lines);
    let mut pieces = Vec::new();
    let mut lines = lines.iter().peekable();
    while let Some(first) = lines.next() {
        let mut span = first.span;
        let mut last = first;
        let mut longest = first.chars;
        while let Some(next) = lines.next_if(|next| wrap.joins(source, last, next, longest)) {
            span = span.to(next.span);
            longest = longest.max(next.chars);
            last = next;
        }
        pieces.push(Piece::new(source, span, first.gap_before));
    }
    pieces
}

/// One piece for each line that is not blank.
pub(super) fn single_lines(source: &str) -> Vec<Span> {
    lines(source).iter().map(|line| line.span).collect()
}

fn lines(source: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut gap_before = true;
    for line in source.split('\n') {
        let text = line.trim();
        if text.is_empty() {
            gap_before = true;
        } else {
            let from = start + (line.len() - line.trim_start().len());
            let span = Span::new(from, from + text.len());
            lines.push(Line { span, chars: text.chars().count(), gap_before });
            gap_before = false;
        }
        start += line.len() + 1;
    }
    lines
}

/// How the lines of a text are broken at a margin, if they are.
struct Wrap {
    /// The margin in characters; `None` if a line is a paragraph.
    width: Option<usize>,
}

impl Wrap {
    /// Margins at which people, mail and text programs break lines: usually 65 to 80.
    const WIDTHS: std::ops::RangeInclusive<usize> = 48..=124;
    /// A line counts as full if the next word would leave no more than this many characters free: not
    /// every program counts characters in the same way.
    const SLACK: usize = 3;

    /// A text is wrapped if its longest lines keep within a likely margin, most line breaks inside
    /// its paragraphs are where the next word did not fit, and lines often continue in lower case
    /// (lines of verse and one-line paragraphs begin with a capital).
    fn measure(source: &str, lines: &[Line]) -> Wrap {
        let none = Wrap { width: None };
        let mut lengths: Vec<usize> = lines
            .iter()
            .filter(|line| line.span.of(source).contains(' '))
            .map(|line| line.chars)
            .collect();
        if lengths.is_empty() {
            return none;
        }
        // The longest but for one in fifty, so that one long line does not undo the rest.
        let at = (lengths.len() - 1) - lengths.len() / 50;
        let (_, &mut width, _) = lengths.select_nth_unstable(at);
        if !Wrap::WIDTHS.contains(&width) {
            return none;
        }
        let (mut breaks, mut full, mut small) = (0usize, 0usize, 0usize);
        for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
            let text = next.span.of(source);
            if !next.gap_before && list_mark(text).is_none() {
                breaks += 1;
                full += usize::from(is_full(line, text, width));
                small += usize::from(begins_small(text));
            }
        }
        let wrapped = breaks > 0 && full * 10 >= breaks * 6 && small * 10 >= breaks * 4;
        Wrap { width: wrapped.then_some(width) }
    }

    /// Whether the next line continues what this one began; `longest` is the longest line joined
    /// so far.
    fn joins(&self, source: &str, line: &Line, next: &Line, longest: usize) -> bool {
        let (before, after) = (line.span.of(source), next.span.of(source));
        let full = self.width.is_some_and(|width| is_full(line, after, width));
        let mark = list_mark(after);
        // A dash inside a sentence may come at the start of a line.
        let inner_dash = full
            && mark == Some(ListMark::Dash)
            && begins_small(after.trim_start_matches(|c: char| !c.is_alphanumeric()));
        if next.gap_before || (mark.is_some() && !inner_dash) {
            return false;
        }
        if full {
            return true;
        }
        // A page saved as text breaks lines around links: the rest continues in lower case or
        // with a comma, or the line stops at a word that wants another. Short lines that begin in
        // lower case stay as they are, because they may be verse or keywords.
        let open = !before.ends_with(['.', '!', '?', '…', ':', ';', '"', '”', ')']);
        let comma = after.starts_with([',', ';', '.', ')']) && !after.starts_with("...");
        let small = begins_small(after)
            && !begins_name(after)
            && longest.max(next.chars) >= *Wrap::WIDTHS.start();
        let last_word = before.rsplit(' ').next().unwrap_or_default();
        open && (comma || small || (last_word != before && WANTS_MORE.contains(&last_word)))
    }
}

/// Words that no line of print ends with unless it was cut there.
const WANTS_MORE: [&str; 12] =
    ["của", "và", "với", "là", "tại", "từ", "cho", "theo", "các", "những", "nhờ", "bởi"];

/// Whether the first word of the next line would not have fit before the margin.
fn is_full(line: &Line, next: &str, width: usize) -> bool {
    let word = next.split(' ').next().unwrap_or_default().chars().count();
    line.chars + 1 + word + Wrap::SLACK > width
}

/// Whether a text begins with a name that has its capital inside: iPhone, eSIM.
fn begins_name(text: &str) -> bool {
    text.split(' ').next().is_some_and(|word| word.chars().skip(1).take(2).any(char::is_uppercase))
}

fn begins_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}
