//! What is seen around a stretch: cues before and after it, its neighbours, and what was read just
//! before.

use super::cues::Cues;
use super::feature::{Feature, Neighbor, SAID};
use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;

/// How many words before a stretch are looked at, and how many after it.
const BEFORE: usize = 10;
const AFTER: usize = 4;

/// A cue may have this many syllables.
const LONGEST_CUE: usize = 4;

/// Adds the features of what is around the lexemes `from..to`.
pub(in crate::text::normalize) fn context(
    reader: &Reader<'_>,
    from: usize,
    to: usize,
    features: &mut Vec<Feature>,
) {
    features.push(Feature::BIAS);
    features.push(Feature::from(beside(reader, from.checked_sub(1))));
    features.push(Feature::next(beside(reader, Some(to))));
    before(reader, from, features);
    after(reader, to, features);
    for token in reader.last_tokens(4) {
        if let Token::Word(word) = token
            && let Some(class) = SAID.iter().position(|&class| class == word.class)
        {
            features.push(Feature::said(class));
        }
    }
    features.sort_unstable();
    features.dedup();
}

fn before(reader: &Reader<'_>, from: usize, features: &mut Vec<Feature>) {
    let cues = Cues::get();
    let mut words = [""; BEFORE + LONGEST_CUE];
    let mut count = 0;
    // What is behind a colon or in a bracket belongs to the words before it: Hạn nộp: 15-10.
    let opens = from.checked_sub(1).and_then(|sign| reader.lexed.symbol(sign));
    let clause = from - usize::from(matches!(opens, Some(':' | '(')));
    for word in reader.words_before(clause, BEFORE + LONGEST_CUE) {
        words[count] = word;
        count += 1;
    }
    let touches = from > 0 && reader.lexed.case(from - 1).is_some();
    for near in 0..count.min(BEFORE) {
        cues.ending(&words[near..count], |set| {
            if near == 0 && touches {
                features.push(Feature::before(1, set));
            }
            if near < 4 {
                features.push(Feature::before(4, set));
            }
            features.push(Feature::before(BEFORE, set));
        });
    }
}

fn after(reader: &Reader<'_>, to: usize, features: &mut Vec<Feature>) {
    let cues = Cues::get();
    let mut words = [""; AFTER + LONGEST_CUE];
    let mut count = 0;
    for at in to..to + AFTER + LONGEST_CUE {
        if matches!(reader.lexed.symbol(at), Some('.' | ';' | '(' | ')' | '!' | '?')) {
            break;
        }
        if reader.lexed.case(at).is_some() {
            words[count] = reader.lexed.word(at);
            count += 1;
        }
    }
    let touches = reader.lexed.case(to).is_some();
    for near in 0..count.min(AFTER) {
        cues.starting(&words[near..count], |set| {
            if near == 0 && touches {
                features.push(Feature::after(1, set));
            }
            features.push(Feature::after(AFTER, set));
        });
    }
}

/// What the lexeme at an index is, as the neighbour of a stretch.
fn beside(reader: &Reader<'_>, at: Option<usize>) -> Neighbor {
    let lexed = &reader.lexed;
    let Some(at) = at.filter(|&at| at < lexed.len()) else { return Neighbor::Edge };
    if let Some(case) = lexed.case(at) {
        if lexed.is_glued(at) && reader.tables.unit(lexed.rest(at)).is_some() {
            return Neighbor::Unit;
        }
        return match case {
            Case::Lower => Neighbor::Lower,
            Case::Capital if reader.is_vietnamese(at) => Neighbor::Name,
            _ => Neighbor::Foreign,
        };
    }
    match lexed.symbol(at) {
        None => Neighbor::Number,
        Some(',' | '，') => Neighbor::Comma,
        Some('.' | '!' | '?' | '…') => Neighbor::Stop,
        Some(':' | ';') => Neighbor::Colon,
        Some('(' | ')' | '[' | ']' | '"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’') => {
            Neighbor::Bracket
        }
        Some('-' | '–' | '—' | '/' | '~' | '−') => Neighbor::Dash,
        Some('%' | '‰' | '°' | '$' | '€' | '£' | 'º') => Neighbor::Unit,
        Some(_) => Neighbor::Other,
    }
}
