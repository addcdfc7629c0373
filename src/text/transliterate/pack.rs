//! The table of words as the program holds it: half as large as `tables/words.tsv`, which people edit, and
//! searched without being unpacked (`words.rs`). The build script packs it, so this uses nothing of the crate.
//!
//! Each row is two bytes of lengths ([`lengths`]), the bytes of its word that are not shared with the word
//! before, and the numbers of its syllables. Of every [`BLOCK`] rows the first shares nothing.

use std::collections::HashMap;

/// The table that is packed.
pub(super) const FILE: &str = "src/text/transliterate/tables/words.tsv";

/// How many rows are searched one after the other, once it is known that a word is among them.
const BLOCK: usize = 16;

/// Syllables with a lower number, which are the commonest, are one byte. Others are two, of which the first
/// is this or above: there is room for 7,396 in all.
pub(super) const TWO_BYTES: u8 = 228;

/// How many bits each length of a row has.
pub(super) const LENGTH_BITS: u32 = 5;

/// What the program embeds.
pub(super) struct Packed {
    /// The rows.
    pub(super) rows: Vec<u8>,
    /// Where each block begins in the rows: four bytes each, the lowest first.
    pub(super) blocks: Vec<u8>,
    /// The syllables by their numbers, a line each.
    pub(super) syllables: String,
}

/// Packs a table whose rows are sorted by the bytes of their words.
///
/// # Errors
/// What is wrong with the first bad row, with the file and the number of the line.
pub(super) fn pack(text: &str) -> Result<Packed, String> {
    let table = rows(text)?;
    let syllables = commonest_first(&table);
    let numbers: HashMap<&str, usize> = syllables.iter().copied().zip(0..).collect();
    let (mut rows, mut blocks) = (Vec::new(), Vec::new());
    let mut last = "";
    for (at, &(line, word, said)) in table.iter().enumerate() {
        let bad = |reason: &str| format!("{FILE}, line {line}: {word}: {reason}");
        if at % BLOCK == 0 {
            let start = u32::try_from(rows.len()).map_err(|_| bad("the table is too large"))?;
            blocks.extend(start.to_le_bytes());
            last = "";
        }
        let shared = word.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        let rest = &word.as_bytes()[shared..];
        let mut codes = Vec::new();
        for syllable in said.split(' ') {
            push_code(&mut codes, numbers[syllable]).ok_or_else(|| bad("too many syllables"))?;
        }
        let lengths = lengths([shared, rest.len(), codes.len()]);
        rows.extend(lengths.ok_or_else(|| bad("the word or its reading is too long"))?);
        rows.extend(rest);
        rows.extend(codes);
        last = word;
    }
    Ok(Packed { rows, blocks, syllables: syllables.join("\n") })
}

/// The rows of the table with the numbers of their lines. Lines that are empty or begin with `# ` are
/// comments, the first other line is the header.
fn rows(text: &str) -> Result<Vec<(usize, &str, &str)>, String> {
    let lines = text.lines().zip(1..);
    let mut lines = lines.filter(|(line, _)| !line.is_empty() && !line.starts_with("# "));
    if lines.next().is_none_or(|(header, _)| header != "word\tsaid") {
        return Err(format!("{FILE}: the header row must read: word ⇥ said"));
    }
    let mut rows = Vec::new();
    let mut last = "";
    for (row, line) in lines {
        let bad = |reason: String| Err(format!("{FILE}, line {line}: {reason}"));
        let fields: Vec<_> = row.split('\t').collect();
        let [word, said] = fields[..] else {
            return bad(format!("{} fields where the header has 2", fields.len()));
        };
        if word.is_empty() {
            return bad("there is no word".to_owned());
        }
        if word == last {
            return bad(format!("{word}: is listed twice"));
        }
        if word < last {
            return bad(format!("{word}: comes before {last}"));
        }
        rows.push((line, word, said));
        last = word;
    }
    Ok(rows)
}

/// The syllables of all readings: those that are met most first, those that are met alike as they are sorted.
fn commonest_first<'a>(rows: &[(usize, &'a str, &'a str)]) -> Vec<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for syllable in rows.iter().flat_map(|(_, _, said)| said.split(' ')) {
        *counts.entry(syllable).or_default() += 1;
    }
    let mut syllables: Vec<_> = counts.keys().copied().collect();
    syllables.sort_unstable_by_key(|syllable| (usize::MAX - counts[syllable], *syllable));
    syllables
}

/// Appends the one or two bytes for the number of a syllable, unless there are too many.
fn push_code(codes: &mut Vec<u8>, number: usize) -> Option<()> {
    let one = usize::from(TWO_BYTES);
    if number < one {
        codes.push(u8::try_from(number).ok()?);
    } else {
        codes.push(u8::try_from(one + (number - one) / 256).ok()?);
        codes.push(u8::try_from((number - one) % 256).ok()?);
    }
    Some(())
}

/// The two bytes for how many bytes a row shares with the word before, adds to them, and has for its syllables,
/// unless one of these is too many. The first is in the lowest bits.
fn lengths(lengths: [usize; 3]) -> Option<[u8; 2]> {
    let mut bits = 0;
    for length in lengths.into_iter().rev() {
        let length = u16::try_from(length).ok().filter(|length| length >> LENGTH_BITS == 0)?;
        bits = bits << LENGTH_BITS | length;
    }
    Some(bits.to_le_bytes())
}
