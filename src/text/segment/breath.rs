//! Breaths in long stretches that no mark divides.

use super::boundary::Boundary;
use crate::model::utterance::UtteranceWord;

/// A stretch of more syllables than this gets a breath.
const LONGEST_GROUP: usize = 18;

/// No part of a divided stretch has fewer syllables than this.
const SHORTEST_PART: usize = 5;

/// Words that begin a phrase or clause, before which a reader may breathe.
const OPENERS: [&str; 34] = [
    "và", "nhưng", "mà", "để", "khi", "nếu", "vì", "do", "nên", "thì", "là", "với", "trong", "tại",
    "từ", "theo", "cho", "nhằm", "đã", "sẽ", "đang", "được", "bị", "gồm", "như", "sau", "trước",
    "về", "trên", "cùng", "qua", "bằng", "hoặc", "đến",
];

/// How many syllables are said for a word.
pub(super) fn syllables(word: &UtteranceWord) -> usize {
    word.said.split(' ').count()
}

/// Sets breaths into the stretches between boundaries: before the word that opens a phrase and is
/// nearest to their middle. Words said for one piece of source (a number, an abbreviation) are one word
/// here and never parted.
pub(super) fn add_breaths(words: &[UtteranceWord], boundaries: &mut [Option<Boundary>]) {
    let mut start = 0;
    for at in 0..words.len() {
        if boundaries[at].is_some() || at + 1 == words.len() {
            divide(words, boundaries, start, at + 1);
            start = at + 1;
        }
    }
}

fn divide(words: &[UtteranceWord], boundaries: &mut [Option<Boundary>], from: usize, to: usize) {
    let total: usize = words[from..to].iter().map(syllables).sum();
    if total <= LONGEST_GROUP {
        return;
    }
    let mut before = 0;
    let mut best: Option<(usize, usize)> = None;
    for (at, word) in words.iter().enumerate().take(to).skip(from) {
        let after = total - before;
        let opens = OPENERS.contains(&word.said.as_str());
        if opens && before >= SHORTEST_PART && after >= SHORTEST_PART {
            let imbalance = before.abs_diff(after);
            if best.is_none_or(|(_, least)| imbalance < least) {
                best = Some((at, imbalance));
            }
        }
        before += syllables(word);
    }
    if let Some((at, _)) = best {
        boundaries[at - 1] = Some(Boundary::Breath);
        divide(words, boundaries, from, at);
        divide(words, boundaries, at, to);
    }
}
