//! What a person has decided of the reading of words at one place: it takes the place of what rules and lexicons
//! made of them, once the text around them was read.

use crate::model::article::Article;
use crate::model::diag::Span;
use crate::model::place_reading::PlaceReading;
use crate::model::spoken::{Confidence, SpokenText, Token, Word};

/// The class of such words.
const CLASS: &str = "edit";

/// Puts the readings of a block in the place of its words. The text that is said of the block is the end of that
/// of `spoken`, from `begin` on.
pub(super) fn decide(
    document: &Article,
    block: Span,
    begin: usize,
    tokens: &mut Vec<Token>,
    spoken: &mut SpokenText,
) {
    let all = &document.readings;
    let from = all.partition_point(|reading| reading.span.end <= block.start);
    let to = all.partition_point(|reading| reading.span.start < block.end);
    let readings = &all[from.min(to)..to];
    if readings.is_empty() {
        return;
    }
    let of = |source: Span| readings.iter().find(|reading| is_for(reading, source));
    let before = spoken.text.split_off(begin);
    let mut last: Option<Span> = None;
    tokens.retain_mut(|token| {
        let Token::Word(word) = token else { return true };
        let start = match of(word.source) {
            // Its first word says all of it.
            Some(reading) if last == Some(reading.span) => return false,
            Some(reading) => {
                last = Some(reading.span);
                let start = push(&mut spoken.text, reading.words());
                let (source, class, confidence) = (reading.span, CLASS, Confidence::Sure);
                *word = Word { source, class, confidence, spoken: start..start };
                start
            }
            None => {
                let said = &before[word.spoken.start - begin..word.spoken.end - begin];
                push(&mut spoken.text, Some(said).filter(|said| !said.is_empty()).into_iter())
            }
        };
        word.spoken = start..spoken.text.len();
        true
    });
    // What is decided is no longer doubtful.
    spoken.decisions.retain(|decision| of(decision.source).is_none());
    spoken.warnings.retain(|warning| warning.span.is_none_or(|span| of(span).is_none()));
}

/// Whether a reading is for all of a piece of the text.
fn is_for(reading: &PlaceReading, source: Span) -> bool {
    let PlaceReading { span, .. } = reading;
    span.start <= source.start && source.start < source.end && source.end <= span.end
}

/// Adds words to what is said, a space before each; gives where the first begins.
fn push<'a>(text: &mut String, words: impl Iterator<Item = &'a str>) -> usize {
    let mut start = None;
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        start.get_or_insert(text.len());
        text.push_str(word);
    }
    start.unwrap_or(text.len())
}
