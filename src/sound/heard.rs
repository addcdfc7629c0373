//! The stretches of source text that are heard one after another.

use crate::model::diag::Span;
use crate::sound::marks::SentenceMark;

/// A stretch of source text that is heard as one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Heard {
    /// Where it is in the source.
    pub span: Span,
    /// Start and end in milliseconds.
    pub start: f64,
    pub end: f64,
    /// Whether a breath group begins with it.
    pub breath: bool,
}

/// What is heard of a sentence, in order. Words whose source overlaps, as when one is read from the
/// inside of another, are heard as one.
pub(super) fn heard(sentence: &SentenceMark) -> Vec<Heard> {
    let mut heard: Vec<Heard> = Vec::new();
    for (number, word) in sentence.words.iter().enumerate() {
        match heard.last_mut() {
            Some(last) if word.span.start < last.span.end || word.span.start == last.span.start => {
                last.span.end = last.span.end.max(word.span.end);
                last.end = last.end.max(word.end_ms);
            }
            _ => heard.push(Heard {
                span: word.span,
                start: word.start_ms,
                end: word.end_ms,
                breath: sentence.breaths.binary_search(&number).is_ok(),
            }),
        }
    }
    heard
}
