//! English words made of others: keynote, housekeeping, Lockwood.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fields::check_said;
use super::fold::has_vowel;
use crate::model::error::Error;
use crate::model::tables;

/// English words of which others are made.
static PARTS: LazyLock<HashMap<&'static str, Part>> = LazyLock::new(|| {
    read(include_str!("tables/parts.tsv")).expect("the embedded table is read in a test")
});

/// A word of which others are made.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// How it is read, if not as it is alone.
    said: Option<&'static str>,
    place: Place,
}

/// Where a part may be in a word that is not all parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nowhere.
    None,
    /// At the start, before anything.
    Start,
    /// At the end, after anything.
    End,
}

/// A word longer than this is made of nothing a reader would know.
const LONGEST_WORD: usize = 32;
/// The shortest and the longest part of the table.
const PART: std::ops::RangeInclusive<usize> = 2..=9;
/// How short what is not a part may be beside a part that starts or ends any word.
const SHORTEST_REST: usize = 3;

/// The parts of which a word of the letters a to z is made, at least two, the longest first, the last
/// perhaps in the plural; or a rest and the part that ends or starts it. `None` if it is made of no parts.
pub(super) fn parts(word: &str) -> Option<Vec<&str>> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.len() > LONGEST_WORD {
        return None;
    }
    let is_part = |from: usize, to: usize| {
        let part = &word[from..to];
        PARTS.contains_key(part)
            || to == word.len() && singular(part).is_some_and(|one| PARTS.contains_key(one))
    };
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
    let is_at = |part: &str, place| PARTS.get(part).is_some_and(|part| part.place == place);
    let divided = |at: usize| {
        let (start, end) = word.split_at(at);
        let starts = end.len() >= SHORTEST_REST && has_vowel(end) && is_at(start, Place::Start);
        let ends = start.len() >= SHORTEST_REST && has_vowel(start) && is_at(end, Place::End);
        (starts || ends).then(|| vec![start, end])
    };
    (*PART.start()..word.len()).find_map(divided)
}

/// What a part is the plural of.
fn singular(part: &str) -> Option<&str> {
    part.strip_suffix('s').filter(|one| !one.ends_with(['s', 'i', 'u', 'o', 'a']))
}

/// How a part is read, if not as it is alone.
pub(super) fn said_of_part(part: &str) -> Option<&'static str> {
    let part = PARTS.get(part).or_else(|| PARTS.get(singular(part)?))?;
    part.said
}

fn read(text: &'static str) -> Result<HashMap<&'static str, Part>, Error> {
    const FILE: &str = "src/text/transliterate/tables/parts.tsv";
    let mut parts = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["part", "said", "place"])? {
        let (part, said) = (fields[0], fields[1]);
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let reason = format!("{part}: write it in lower-case letters of a to z");
            return Err(tables::bad_row(FILE, line, reason));
        }
        let said = if said == "-" { None } else { Some(said) };
        if let Some(said) = said {
            check_said(FILE, line, said)?;
        }
        let place = match fields[2] {
            "any" => Place::None,
            "start" => Place::Start,
            "end" => Place::End,
            other => {
                let reason = format!("{part}: the place is any, start or end, not {other}");
                return Err(tables::bad_row(FILE, line, reason));
            }
        };
        if parts.insert(part, Part { said, place }).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{part}: is listed twice")));
        }
    }
    Ok(parts)
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
            ("fireblocks", Some(vec!["fire", "blocks"])),
            ("microgrid", Some(vec!["micro", "grid"])),
            ("wood", None),
            ("messi", None),
            ("", None),
        ] {
            assert_eq!(parts(word), made_of, "{word}");
        }
    }

    #[test]
    fn the_table_is_sound() {
        assert!(!read(include_str!("tables/parts.tsv")).unwrap().is_empty());
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (row, reason) in [
            ("Sun\t-\tany", "lower-case letters of a to z"),
            ("sun\tsunn\tany", "`sunn` is no syllable"),
            ("sun\t-\tmiddle", "any, start or end, not middle"),
            ("day\t-\tend", "line 3: day: is listed twice"),
        ] {
            let text = format!("part\tsaid\tplace\nday\tđây\tany\n{row}\n").leak();
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
