//! Quotations that are spoken as parts of their own: whole sentences between quotation marks, not words that
//! are only set apart.

use std::ops::Range;

use crate::model::spoken::{Mark, SpokenText, Token};

/// A quotation without the end of a sentence in it has at least this many syllables: a title of a film or a
/// name in quotation marks is shorter. The number is our own.
const FEWEST_SYLLABLES: usize = 6;

/// Which tokens of a block are quotations, in order. One begins where a sentence does, or after a colon; and
/// it ends with a sentence, or where who said it follows after a comma or a dash. One that nothing closes
/// goes to the end of its block, if it is all of it: the next paragraph goes on with it.
pub(super) fn whole(spoken: &SpokenText, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = position(tokens, from, Mark::OpenQuote) {
        let close = position(tokens, open + 1, Mark::CloseQuote);
        let end = close.unwrap_or(tokens.len());
        from = end + 1;
        let begins = begins(&tokens[..open]);
        let ends = match close {
            Some(close) => ends(&tokens[close + 1..]),
            None => !tokens[..open].iter().any(is_word),
        };
        let inner = open + 1..end;
        let is_sentence = has_sentence(&tokens[inner.clone()]);
        let long_enough = || syllables(spoken, &tokens[inner.clone()]) >= FEWEST_SYLLABLES;
        if begins && (is_sentence || ends && long_enough()) {
            found.push(inner);
        }
    }
    found
}

fn position(tokens: &[Token], from: usize, mark: Mark) -> Option<usize> {
    let is = |token: &Token| matches!(token, Token::Mark(other, _) if *other == mark);
    tokens.get(from..)?.iter().position(is).map(|at| from + at)
}

fn is_word(token: &Token) -> bool {
    matches!(token, Token::Word(word) if !word.spoken.is_empty())
}

fn ends_sentence(token: &Token) -> bool {
    let ends = [Mark::Period, Mark::Question, Mark::Exclamation, Mark::Ellipsis];
    matches!(token, Token::Mark(mark, _) if ends.contains(mark))
}

/// Whether a sentence ends among the tokens of a quotation. An ellipsis in the middle is none.
fn has_sentence(tokens: &[Token]) -> bool {
    let is_middle = |token: &Token| matches!(token, Token::Mark(Mark::Ellipsis, _));
    let mut ends = tokens.iter().enumerate().filter(|(_, token)| ends_sentence(token));
    ends.any(|(at, token)| !is_middle(token) || at + 1 == tokens.len())
}

/// Whether a sentence, or what a colon announces, begins after these tokens. A dash may open the sentence.
fn begins(before: &[Token]) -> bool {
    let mut before = before.iter().rev().filter(|token| match token {
        Token::Word(_) => is_word(token),
        Token::Mark(mark, _) => !matches!(mark, Mark::CloseQuote),
        Token::Pause(..) => false,
    });
    match before.next() {
        None | Some(Token::Mark(Mark::Colon, _)) => true,
        Some(Token::Mark(Mark::Dash, _)) => before.next().is_none_or(ends_sentence),
        Some(token) => ends_sentence(token),
    }
}

/// Whether a quotation can end before these tokens.
fn ends(after: &[Token]) -> bool {
    let mut after = after.iter().filter(|token| !matches!(token, Token::Pause(..)));
    match after.next() {
        None | Some(Token::Mark(Mark::Comma | Mark::Dash, _)) => true,
        Some(token) => ends_sentence(token),
    }
}

fn syllables(spoken: &SpokenText, tokens: &[Token]) -> usize {
    let words = tokens.iter().filter_map(|token| match token {
        Token::Word(word) if !word.spoken.is_empty() => Some(word),
        _ => None,
    });
    words.map(|word| spoken.said(word).split(' ').count()).sum()
}
