//! A sentence as pieces of its printed text that are never divided, each with the time it is heard.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::sound::heard::heard;
use crate::sound::marks::SentenceMark;

/// What is between a piece and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// White space between two words.
    Space,
    /// White space, and a breath is taken there.
    Breath,
    /// White space inside what one reading was made of, such as 100 000 or 5 km.
    Inside,
    /// Nothing: one piece too long for a line was cut.
    Cut,
}

/// A piece of a sentence: what white space separates in print, and no longer than a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Atom {
    pub text: String,
    /// Characters of `text`.
    pub width: usize,
    /// What is before it.
    pub joint: Joint,
    /// Start and end in milliseconds.
    pub start: f64,
    pub end: f64,
}

/// A stretch of the sentence's text with the time at which it is heard: words whose source overlaps
/// are one, and unspoken signs belong to the word before them.
#[derive(Debug, PartialEq)]
struct Stretch {
    text: Range<usize>,
    /// Where its words themselves begin.
    words_start: usize,
    words_end: usize,
    start: f64,
    end: f64,
    breath: bool,
}

impl Stretch {
    /// When a place in it is heard: between its ends, as the letters go.
    fn time(&self, at: usize) -> f64 {
        if at <= self.text.start.max(self.words_start) {
            return self.start;
        }
        if at >= self.text.end {
            return self.end;
        }
        let part = (at - self.text.start) as f64 / self.text.len() as f64;
        self.start + (self.end - self.start) * part
    }
}

/// The pieces of a sentence in order, none longer than `longest` characters. Together they are its
/// text but for white space and control characters.
pub(super) fn atoms(sentence: &SentenceMark, longest: usize) -> Vec<Atom> {
    let text = sentence.text.as_str();
    let chunks: Vec<_> = chunks(text).collect();
    let stretches = stretches(sentence, &chunks);
    let mut atoms = Vec::new();
    let mut at = 0;
    for chunk in chunks {
        for (number, piece) in cut(text, chunk, longest).into_iter().enumerate() {
            while at + 1 < stretches.len() && stretches[at].text.end <= piece.start {
                at += 1;
            }
            let Some(first) = stretches.get(at) else { continue };
            let last = stretches[at..].iter().find(|stretch| piece.end <= stretch.text.end);
            let joint = if number > 0 {
                Joint::Cut
            } else if piece.start > first.words_start && piece.start < first.words_end {
                Joint::Inside
            } else if piece.start <= first.text.start.max(first.words_start) && first.breath {
                Joint::Breath
            } else {
                Joint::Space
            };
            let start = first.time(piece.start);
            let end = last.unwrap_or(first).time(piece.end).max(start);
            let text = text[piece].to_owned();
            atoms.push(Atom { width: text.chars().count(), text, joint, start, end });
        }
    }
    atoms
}

/// The ranges that white space and control characters separate.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|chunk| !chunk.is_empty()).map(
        |chunk| {
            let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
            start..start + chunk.len()
        },
    )
}

/// The stretches of a sentence; they cover its text.
fn stretches(sentence: &SentenceMark, chunks: &[Range<usize>]) -> Vec<Stretch> {
    let length = sentence.text.len();
    let place = |at: usize| {
        let at = at.saturating_sub(sentence.span.start).min(length);
        (0..=at).rev().find(|&at| sentence.text.is_char_boundary(at)).unwrap_or_default()
    };
    let heard = heard(sentence).into_iter().map(|heard| {
        let (from, to) = (place(heard.span.start), place(heard.span.end));
        Stretch {
            text: from..to,
            words_start: from,
            words_end: to,
            start: heard.start,
            end: heard.end,
            breath: heard.breath,
        }
    });
    let mut stretches: Vec<_> = heard.collect();
    // A word's stretch begins with the chunk it is in, unless the word before is in it too,
    // and ends with the last chunk before the next one.
    let mut border = length;
    for at in (0..stretches.len()).rev() {
        let words_start = stretches[at].words_start;
        let chunk = chunks.partition_point(|chunk| chunk.end <= words_start);
        let chunk_start = chunks.get(chunk).map_or(words_start, |chunk| chunk.start);
        let before = at.checked_sub(1).map_or(0, |before| stretches[before].words_end);
        let start = match at {
            0 => 0,
            _ if chunk_start >= before => chunk_start.min(words_start),
            _ => words_start,
        };
        let last = chunks.partition_point(|chunk| chunk.start < border).checked_sub(1);
        let end = last.map_or(border, |last| chunks[last].end.min(border));
        stretches[at].text = start..end.max(start);
        border = start;
    }
    stretches
}

/// Cuts a chunk into pieces of at most `longest` characters: after a sign if there is one in the
/// second half of a piece, never before a combining mark if that can be.
fn cut(text: &str, chunk: Range<usize>, longest: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = chunk.start;
    loop {
        let rest = &text[start..chunk.end];
        let Some((most, _)) = rest.char_indices().nth(longest.max(1)) else {
            pieces.push(start..chunk.end);
            return pieces;
        };
        let joins = |at: &usize| {
            !rest[*at..]
                .starts_with(|c| is_combining_mark(c) || matches!(c, '\u{200d}' | '\u{fe0f}'))
                && !rest[..*at].ends_with('\u{200d}')
        };
        let ends = || rest.char_indices().map(|(at, _)| at).take_while(|&at| at <= most);
        let sign = ends().filter(|&at| at > most / 2 && rest[..at].ends_with(is_sign));
        let at = sign.last().or_else(|| ends().filter(|&at| at > 0).filter(joins).last());
        let at = at.unwrap_or(most);
        pieces.push(start..start + at);
        start += at;
    }
}

/// The signs after which addresses and codes may be broken.
fn is_sign(c: char) -> bool {
    matches!(c, '/' | '-' | '_' | '.' | ',' | '?' | '&' | '=' | '@' | ':' | ';')
}
