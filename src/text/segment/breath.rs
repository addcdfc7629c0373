//! Breaths in long stretches that no mark divides.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::boundary::Boundary;
use crate::model::error::Error;
use crate::model::tables;
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

/// Words that lean on the next, after which no reader breathes: của bị cáo, các mặt hàng.
const LEANING: [&str; 34] = [
    "của", "không", "chẳng", "chưa", "chỉ", "cũng", "vẫn", "đều", "rất", "và", "với", "các",
    "những", "một", "mọi", "mỗi", "vừa", "mới", "cả", "do", "bởi", "để", "nhưng", "mà", "thì",
    "là", "như", "khi", "nếu", "vì", "đã", "sẽ", "đang", "hay",
];

/// Words that end with an opener and are never parted: đối với, mặt bằng.
static BOUND: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    load(include_str!("tables/bound_words.tsv")).expect("the embedded table is read in a test")
});

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
    let total: usize = words[from..to].iter().map(UtteranceWord::syllables).sum();
    if total <= LONGEST_GROUP {
        return;
    }
    let mut before = 0;
    let mut best: Option<(usize, usize)> = None;
    for (at, word) in words.iter().enumerate().take(to).skip(from) {
        let after = total - before;
        let opens = OPENERS.contains(&word.said.as_str());
        if opens
            && before >= SHORTEST_PART
            && after >= SHORTEST_PART
            && !is_bound(words, at)
            && !leans(words, at)
        {
            let imbalance = before.abs_diff(after);
            if best.is_none_or(|(_, least)| imbalance < least) {
                best = Some((at, imbalance));
            }
        }
        before += word.syllables();
    }
    if let Some((at, _)) = best {
        boundaries[at - 1] = Some(Boundary::Breath);
        divide(words, boundaries, from, at);
        divide(words, boundaries, at, to);
    }
}

/// Whether the word at `at` is the end of a word that begins before it.
fn is_bound(words: &[UtteranceWord], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words[before].said.rsplit(' ').next());
    let pair = before.map(|before| format!("{} {}", before.to_lowercase(), words[at].said));
    pair.is_some_and(|pair| BOUND.contains(pair.as_str()))
}

/// Whether the word before the one at `at` leans on it.
fn leans(words: &[UtteranceWord], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| LEANING.contains(&words[before].said.as_str()))
}

fn load(text: &'static str) -> Result<HashSet<&'static str>, Error> {
    tables::words("src/text/segment/tables/bound_words.tsv", text, "words", |words| {
        let opener = words.split_once(' ').map(|(_, second)| second);
        let opens = opener.is_some_and(|opener| OPENERS.contains(&opener));
        (!opens).then_some("the second of two syllables must open phrases")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for (rows, reason) in [
            ("đối với\nđối với", "line 3: đối với is listed twice"),
            ("đối", "line 2: đối: the second"),
            ("đi chơi", "must open phrases"),
        ] {
            let error = load(format!("words\n{rows}\n").leak()).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
