//! Breaths in long stretches that no mark divides.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::boundary::Boundary;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::tables;
use crate::model::utterance::UtteranceWord;

/// A stretch of more syllables than this gets a breath.
const LONGEST_GROUP: usize = 18;

/// No part of a divided stretch has fewer syllables than this.
const SHORTEST_PART: usize = 5;

/// A quotation of no more syllables is a title or a term, and is said in one breath.
const SHORT_QUOTE: usize = 10;

/// Numbers of no more syllables are the ends of a range that is said in one breath; years and dates have more.
const SHORT_NUMBER: usize = 4;

/// The class of the đến that is said for a dash.
const RANGE: &str = "range";

/// Words that begin a phrase or clause, before which a reader may breathe.
const OPENERS: [&str; 34] = [
    "và", "nhưng", "mà", "để", "khi", "nếu", "vì", "do", "nên", "thì", "là", "với", "trong", "tại",
    "từ", "theo", "cho", "nhằm", "đã", "sẽ", "đang", "được", "bị", "gồm", "như", "sau", "trước",
    "về", "trên", "cùng", "qua", "bằng", "hoặc", "đến",
];

/// Those of them that are followed by what is there or then.
const PREPOSITIONS: [&str; 12] =
    ["trong", "tại", "từ", "theo", "với", "sau", "trước", "về", "trên", "cùng", "qua", "bằng"];

/// Words that follow no preposition. Where one does, that belongs to the noun before it: vụ việc trên đã, mặt sau có.
const NEVER_BEHIND: [&str; 34] = [
    "và", "của", "thì", "là", "mà", "nhưng", "đã", "sẽ", "đang", "cũng", "đều", "vẫn", "còn", "có",
    "cho", "được", "bị", "không", "chưa", "phải", "để", "nên", "vì", "do", "với", "tại", "ở",
    "kèm", "nhằm", "diễn", "xảy", "hoặc", "trong", "nói",
];

/// What the words of the table decide.
static WORDS: LazyLock<BreathWords> = LazyLock::new(|| {
    load(include_str!("tables/breath_words.tsv")).expect("the embedded table is read in a test")
});

struct BreathWords {
    /// The phrases with an opener that is not free, by the two words of which the second, or else the first, is that opener.
    phrases: HashMap<(&'static str, &'static str), Vec<Phrase>>,
    /// Words after which no reader breathes: của bị cáo, các mặt hàng, có thể được.
    leaning: HashSet<&'static str>,
    /// Verbs that được makes passive, or their first syllables.
    passive: HashSet<&'static str>,
}

/// A phrase, as one of its openers sees it.
struct Phrase {
    words: Vec<&'static str>,
    /// Which of them the opener is.
    at: usize,
    /// Whether a breath may be taken before the first.
    opens: bool,
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
    let total = syllables(&words[from..to]);
    if total <= LONGEST_GROUP {
        return;
    }
    let stretch = &words[from..to];
    let mut before = 0;
    let mut best: Option<(usize, usize)> = None;
    for (at, word) in stretch.iter().enumerate() {
        let least = best.map_or(usize::MAX, |(_, least)| least);
        if before + SHORTEST_PART > total {
            break;
        }
        if before >= SHORTEST_PART && OPENERS.contains(&word.said.as_str()) {
            let place = place(stretch, at).filter(|&place| place > 0);
            if let Some(place) = place {
                let before = before - syllables(&stretch[place..at]);
                let imbalance = before.abs_diff(total - before);
                if before >= SHORTEST_PART && imbalance < least {
                    best = Some((place, imbalance));
                }
            }
        }
        before += word.syllables();
    }
    if let Some((at, _)) = best {
        boundaries[from + at - 1] = Some(Boundary::Breath);
        divide(words, boundaries, from, from + at);
        divide(words, boundaries, from + at, to);
    }
}

fn syllables(words: &[UtteranceWord]) -> usize {
    words.iter().map(UtteranceWord::syllables).sum()
}

/// Before which word of a stretch a breath may be taken for the opener at `at`: that word itself, or the first of a phrase that it ends.
fn place(words: &[UtteranceWord], at: usize) -> Option<usize> {
    let glued = is_glued(words, at) && words[at].class != RANGE;
    if glued || is_in_short_quote(words, at) || !is_free(words, at) {
        return None;
    }
    let mut place = at;
    let known: &HashMap<(&str, &str), Vec<Phrase>> = &WORDS.phrases;
    let pairs = [at.checked_sub(1).and_then(|before| pair(words, before)), pair(words, at)];
    for (first, second) in pairs.iter().flatten() {
        let phrases = known.get(&(first.as_str(), second.as_str())).into_iter().flatten();
        for phrase in phrases.filter(|phrase| phrase.is_at(words, at)) {
            if !phrase.opens {
                return None;
            }
            place = place.min(at - phrase.at);
        }
    }
    (!leans(words, place)).then_some(place)
}

/// The last syllable of the word at `at` and the word behind it, in lower case.
fn pair(words: &[UtteranceWord], at: usize) -> Option<(String, String)> {
    let after = words.get(at + 1)?;
    Some((last_syllable(&words[at]).to_lowercase(), after.said.to_lowercase()))
}

fn last_syllable(word: &UtteranceWord) -> &str {
    word.said.rsplit(' ').next().unwrap_or_default()
}

impl Phrase {
    /// Whether it is there with its opener at `at`.
    fn is_at(&self, words: &[UtteranceWord], at: usize) -> bool {
        at.checked_sub(self.at)
            .and_then(|from| words.get(from..from + self.words.len()))
            .is_some_and(|said| {
                said.iter().zip(&self.words).enumerate().all(|(i, (word, &phrase))| {
                    let said = if i == 0 { last_syllable(word) } else { &word.said };
                    said == phrase || said.to_lowercase() == phrase
                })
            })
    }
}

/// Whether the source has no white space before or behind the word at `at`: the sign of T&T, the đến of 2-3.
fn is_glued(words: &[UtteranceWord], at: usize) -> bool {
    let touch = |at: usize| {
        words.get(at..at + 2).is_some_and(|two| two[0].source.end == two[1].source.start)
    };
    at > 0 && touch(at - 1) || touch(at)
}

/// Whether the word at `at` is inside a quotation that is said in one breath.
fn is_in_short_quote(words: &[UtteranceWord], at: usize) -> bool {
    let quoted = |word: &&UtteranceWord| word.is_quoted;
    let inside = at > 0 && words[at - 1].is_quoted && words[at].is_quoted;
    inside && {
        let before = words[..at].iter().rev().take_while(quoted).take(SHORT_QUOTE + 1);
        let after = words[at..].iter().take_while(quoted).take(SHORT_QUOTE + 1);
        before.chain(after).map(UtteranceWord::syllables).sum::<usize>() <= SHORT_QUOTE
    }
}

/// Whether the opener at `at` can begin a phrase before what follows it.
fn is_free(words: &[UtteranceWord], at: usize) -> bool {
    let opener = words[at].said.as_str();
    let next = words.get(at + 1).map_or("", |next| next.said.as_str());
    let before = at.checked_sub(1).map(|before| &words[before]);
    match opener {
        // kiểm soát được tình hình, but vụ việc được điều tra, ông Nam được mời
        "được" => {
            let name = |word: &str| word.starts_with(char::is_uppercase);
            let told = before.is_some_and(|before| name(&before.said) || before.said == "này");
            WORDS.passive.contains(next)
                || name(next)
                || told
                || pair(words, at + 1).is_some_and(|(verb, end)| {
                    WORDS.passive.contains(format!("{verb} {end}").as_str())
                })
        }
        // 2 - 3 %
        "đến" if words[at].class == RANGE => {
            let long = |word: &UtteranceWord| word.syllables() > SHORT_NUMBER;
            before.is_some_and(long) || words.get(at + 1).is_some_and(long)
        }
        "đến" => next != "với" && next != "cho",
        // hai trên ba bàn thua
        "trên" if is_share(words, at) => false,
        _ => !PREPOSITIONS.contains(&opener) || !NEVER_BEHIND.contains(&next),
    }
}

/// Whether the trên at `at` is between two short numbers of the source.
fn is_share(words: &[UtteranceWord], at: usize) -> bool {
    let short = |word: Option<&UtteranceWord>| {
        word.is_some_and(|word| word.class == "cardinal" && word.syllables() <= SHORT_NUMBER)
    };
    at > 0 && short(words.get(at - 1)) && short(words.get(at + 1))
}

/// Whether the word before the one at `at`, or the two before it, lean on it.
fn leans(words: &[UtteranceWord], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| words[before].said.as_str()) else {
        return false;
    };
    WORDS.leaning.contains(before)
        || at > 1 && WORDS.leaning.contains(format!("{} {before}", words[at - 2].said).as_str())
}

fn load(text: &'static str) -> Result<BreathWords, Error> {
    const FILE: &str = "src/text/segment/tables/breath_words.tsv";
    let mut words =
        BreathWords { phrases: HashMap::new(), leaning: HashSet::new(), passive: HashSet::new() };
    let mut seen = HashSet::new();
    for (line, row) in tables::rows(FILE, text, &["words", "kind"])? {
        let (written, kind) = (row[0], row[1]);
        let bad = |reason: Message| tables::bad_row(FILE, line, reason);
        if !seen.insert(row) {
            return Err(bad(message!("{word} is listed twice", word = written)));
        }
        match kind {
            "leans" => {
                words.leaning.insert(written);
            }
            "passive" => {
                words.passive.insert(written);
            }
            "opens" | "inside" | "whole" => {
                let phrase: Vec<&str> = written.split(' ').collect();
                // What the first opens is free, but in a whole.
                let from = usize::from(kind != "whole");
                let openers = (from..phrase.len()).filter(|&at| OPENERS.contains(&phrase[at]));
                let openers: Vec<usize> = openers.collect();
                if openers.is_empty() || phrase.len() < 2 {
                    let reason = "two words or more, one of which opens phrases";
                    return Err(bad(format!("{written}: {reason}").into()));
                }
                for at in openers {
                    let first = at.saturating_sub(1);
                    let key = (phrase[first], phrase[first + 1]);
                    let phrase = Phrase { words: phrase.clone(), at, opens: kind == "opens" };
                    words.phrases.entry(key).or_default().push(phrase);
                }
            }
            _ => return Err(bad(format!("{kind} is no kind").into())),
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for (rows, reason) in [
            ("đối với\topens\nđối với\topens", "line 3: đối với is listed twice"),
            ("đối\tinside", "line 2: đối: two words"),
            ("đi chơi\twhole", "one of which opens phrases"),
            ("bằng khen\tinside", "one of which opens phrases"),
            ("bằng khen\thalf", "half is no kind"),
        ] {
            let error = load(format!("words\tkind\n{rows}\n").leak()).err().unwrap().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
