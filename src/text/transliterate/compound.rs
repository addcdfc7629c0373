//! English words made of others: keynote, housekeeping, Lockwood.

use super::fold::has_vowel;
use super::words::TABLES;

/// A word longer than this is made of nothing a reader would know.
const LONGEST_WORD: usize = 32;
/// The shortest and the longest part of the table.
const PART: std::ops::RangeInclusive<usize> = 2..=9;
/// How short what is no part may be before a part that ends any word.
const SHORTEST_REST: usize = 3;

/// The parts of which a word of the letters a to z is made, at least two, the longest first; or a rest
/// and the part that ends it. `None` if it is made of no parts.
pub(super) fn parts(word: &str) -> Option<Vec<&str>> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.len() > LONGEST_WORD {
        return None;
    }
    let is_part = |from: usize, to: usize| TABLES.parts.contains_key(&word[from..to]);
    // ends[i]: where the part that starts at i ends, if the word from i on is all parts.
    let mut ends = vec![None; word.len()];
    for start in (0..word.len()).rev() {
        let candidates = (start + PART.start()..=word.len().min(start + PART.end())).rev();
        ends[start] = candidates.filter(|&end| (start, end) != (0, word.len())).find(|&end| {
            let rest_fits = end == word.len() || ends[end].is_some();
            rest_fits && is_part(start, end)
        });
    }
    if ends.first().is_some_and(Option::is_some) {
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(end) = ends.get(at).copied().flatten() {
            parts.push(&word[at..end]);
            at = end;
        }
        return Some(parts);
    }
    let (rest, end) = (SHORTEST_REST..word.len())
        .map(|at| word.split_at(at))
        .find(|(_, end)| TABLES.parts.get(end).is_some_and(|part| part.ends_any))?;
    has_vowel(rest).then(|| vec![rest, end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_their_parts_meet() {
        for (word, made_of) in [
            ("keynote", Some(vec!["key", "note"])),
            ("housekeeping", Some(vec!["house", "keeping"])),
            ("lockwood", Some(vec!["lock", "wood"])),
            ("merrywood", Some(vec!["merry", "wood"])),
            ("wood", None),
            ("messi", None),
            ("", None),
        ] {
            assert_eq!(parts(word), made_of, "{word}");
        }
    }
}
