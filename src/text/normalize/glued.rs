//! What a page put between the sentences of a paragraph: the name of a picture's file, the label of a box, where the text
//! is from, what a player says that cannot play.

use std::ops::Range;

use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;

/// What is of the page where a sentence begins.
pub(super) fn at(reader: &Reader<'_>, at: usize) -> Option<Range<usize>> {
    let end = match reader.lexed.word(at) {
        "" => return None,
        "box" if ends_sentence(reader, at) || at == 0 => label(reader, at),
        "bạn" if begins_large(reader, at) => player(reader, at),
        _ if !ends_sentence(reader, at) => None,
        word if begins_large(reader, at) && sets::ADDRESS_LABELS.has(word) => address(reader, at),
        _ => picture(reader, at),
    }?;
    Some(at..end)
}

/// Where a label of a box ends: Box: Theo báo cáo…
fn label(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let end = at + 2;
    let begins = begins_large(reader, end) || matches!(reader.lexed.symbol(end), Some('“' | '"'));
    (reader.lexed.glued_symbol(at + 1) == Some(':') && begins && !reader.lexed.is_glued(end))
        .then_some(end)
}

/// Where the words of a player end: Bạn cài Flash Player để xem được Clip này.
fn player(reader: &Reader<'_>, at: usize) -> Option<usize> {
    /// They are no more words.
    const MOST: usize = 16;
    let lexed = &reader.lexed;
    let stop = (at..lexed.len().min(at + MOST)).find(|&i| lexed.symbol(i) == Some('.'))?;
    let has = |word: &str| (at..stop).any(|i| lexed.word(i) == word);
    let is_player = has("cài") && has("flash") && has("player") && (has("xem") || has("nghe"));
    (is_player && lexed.word(stop - 1) == "này").then_some(stop + 1)
}

/// Where an address ends that a label leads to, and its source: Bài viết: http://….html Nguồn Zing News
fn address(reader: &Reader<'_>, at: usize) -> Option<usize> {
    /// A label has so many words at most.
    const LABEL: usize = 3;
    let lexed = &reader.lexed;
    let colon = (at + 1..=at + LABEL).find(|&i| lexed.symbol(i) == Some(':'))?;
    if !matches!(lexed.word(colon + 1), "http" | "https") {
        return None;
    }
    let end = (colon + 2..lexed.len()).find(|&i| !lexed.is_glued(i)).unwrap_or(lexed.len());
    // Nguồn: https://… là trang giả
    (lexed.case(end) != Some(Case::Lower)).then(|| source(reader, end).unwrap_or(end))
}

/// Where the source ends that an index names without a colon: Nguồn Zing News. A sentence may begin behind it.
fn source(reader: &Reader<'_>, at: usize) -> Option<usize> {
    /// A name has so many words at most.
    const NAME: usize = 4;
    let lexed = &reader.lexed;
    if lexed.word(at) != "nguồn" || !begins_large(reader, at) {
        return None;
    }
    let from = at + 1;
    let names = (from..from + NAME).take_while(|&i| begins_large(reader, i)).count();
    let next_begins = lexed.case(from + names) == Some(Case::Lower);
    let end = from + names - usize::from(next_begins && names > 0);
    let stop = usize::from(lexed.glued_symbol(end) == Some('.'));
    (end > from).then_some(end + stop)
}

/// Where the name of a picture's file ends, without marks among words with marks: Giet co gai 21 tuoi anh 1 Nghi phạm…
fn picture(reader: &Reader<'_>, at: usize) -> Option<usize> {
    /// It has so many words and signs at least, and at most.
    const LEAST: usize = 4;
    const MOST: usize = 32;
    /// So many words beside it have a mark among them.
    const BESIDE: usize = 8;
    let lexed = &reader.lexed;
    let plain = |i: &usize| lexed.text(*i).is_ascii() && !ends_sentence(reader, *i + 1);
    let last = (at..lexed.len().min(at + MOST)).take_while(plain).last()?;
    let anh = (at + LEAST..=last).find(|&i| {
        lexed.word(i) == "anh"
            && matches!(lexed.value(i + 1), Some(1..100))
            && !lexed.is_glued(i + 1)
    })?;
    let end = anh + 2;
    let quoted = matches!(lexed.symbol(end), Some('“' | '"'));
    // Another may touch it: … anh 3Hoa hau Do My Linh anh 4
    let touches = lexed.case(end).is_some() && lexed.is_glued(end);
    let number = lexed.digits(end).is_some();
    let ends = end >= lexed.len() || begins_large(reader, end) || quoted || touches || number;
    let marked = |i: usize| lexed.case(i).is_some() && !lexed.text(i).is_ascii();
    let beside = (at.saturating_sub(BESIDE)..at).any(marked) || (end..end + BESIDE).any(marked);
    (ends && beside).then(|| picture(reader, end).unwrap_or(end))
}

/// Whether a sentence ends before an index.
pub(super) fn ends_sentence(reader: &Reader<'_>, at: usize) -> bool {
    let sign = at.checked_sub(1).and_then(|before| reader.lexed.symbol(before));
    matches!(sign, Some('.' | '!' | '?' | '…' | '”' | '"' | '’' | ')' | ']'))
}

/// Whether the word at an index has a capital.
pub(super) fn begins_large(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.case(at), Some(Case::Capital | Case::Upper | Case::Mixed))
}
