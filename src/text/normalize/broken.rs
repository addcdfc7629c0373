//! Words broken by signs to hide or to wrap them (gi.ết, ch/ặt, đ.a'nh), and words that lost the
//! space between them (hômnay, doanhthu, Youngđã).

use super::lex::Case;
use super::misspelled;
use super::reader::Reader;
use crate::model::spoken::Confidence::Likely;
use crate::text::orthography;
use crate::text::transliterate;

/// At most this many pieces make one broken word.
const MOST_PIECES: usize = 5;

/// A syllable has no more letters than this: nghiêng.
const LONGEST_SYLLABLE: usize = 7;

/// What a syllable costs when a run of words is cut, and what one without a consonant before its
/// vowel costs beyond that.
const SYLLABLE: u32 = 20;
const VOWEL_FIRST: u32 = 28;

/// Words run together have no more letters than this.
const LONGEST_RUN: usize = 28;

/// Reads a broken word as one, a misspelled one as what was meant, or a run of words as several.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    broken(reader, at)
        .or_else(|| misspelled::read(reader, at))
        .or_else(|| run_together(reader, at))
        .or_else(|| two_words(reader, at))
        .or_else(|| after_name(reader, at))
}

/// Pieces in lower case with signs between, of which one is not a syllable, while all together are
/// one.
fn broken(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let starts = matches!(lexed.case(at), Some(Case::Lower | Case::Capital))
        || lexed.case(at) == Some(Case::Upper) && lexed.text(at).chars().count() == 1;
    let quoted = lexed.case(at) == Some(Case::Lower)
        && lexed.text(at).split_once(['\'', '’']).is_some_and(|(_, rest)| !is_contraction(rest));
    if !starts || lexed.is_glued(at) && !follows_quote(reader, at) {
        return None;
    }
    let mut end = at + 1;
    let mut stroke = false;
    for _ in 1..MOST_PIECES {
        let Some(sign) = lexed.glued_symbol(end).filter(|&sign| breaks_words(sign)) else { break };
        if !lexed.is_glued(end + 1) || lexed.case(end + 1) != Some(Case::Lower) {
            break;
        }
        stroke |= sign == '/';
        end += 2;
    }
    let contracted = lexed.text(at).contains(['\'', '’']) && !quoted;
    if end == at + 1 && !quoted || contracted || lexed.glued_digits(end).is_some() {
        return None;
    }
    let whole = |piece: usize| reader.is_vietnamese(piece) && lexed.word(piece) != "gi";
    // ti.ền, hi/ếp: what follows the sign has no consonant of its own, and is not a common word.
    let continues = |piece: usize| {
        starts_with_vowel(lexed.text(piece)) && !(stroke && lexed.text(piece).is_ascii())
    };
    let all_syllables = (at..end).step_by(2).all(whole) && !(at + 2..end).step_by(2).all(continues);
    let measure = stroke && (reader.tables.unit(lexed.rest(end - 1)).is_some() || counted(reader));
    if all_syllables || measure || reader.tables.is_abbreviation(lexed.source(at, end)) {
        return None;
    }
    let hidden = !stroke && !starts_with_vowel(lexed.text(at)); // m.a túy
    let joined: String = lexed.source(at, end).chars().filter(|c| c.is_alphabetic()).collect();
    let long_enough = hidden || joined.chars().count() > 2;
    orthography::parse(&joined).filter(|_| long_enough)?; // c/o and a.m are no words
    reader.verbalize_as(at, end, "broken word", Likely, &joined);
    Some(end)
}

/// What follows the apostrophe of an English contraction: I'm, don't.
fn is_contraction(rest: &str) -> bool {
    matches!(rest, "m" | "s" | "t" | "re" | "ve" | "ll" | "d")
}

fn follows_quote(reader: &Reader<'_>, at: usize) -> bool {
    at > 0 && matches!(reader.lexed.symbol(at - 1), Some('"' | '“' | '‘' | '(' | '«' | '['))
}

/// Signs put inside a word to hide it, and marks without a shape.
fn breaks_words(sign: char) -> bool {
    matches!(
        sign,
        '.' | '/' | '*' | '|' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a number or unit was said last, so that a stroke is that of a measure (5 t/ha).
fn counted(reader: &Reader<'_>) -> bool {
    reader
        .last_word()
        .is_some_and(|word| matches!(word.class, "cardinal" | "decimal" | "unit" | "per"))
}

/// A word with Vietnamese letters that is not a syllable, but several in a row.
fn run_together(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let word = reader.lexed.text(at);
    // Napoléon: an accent that French has too, on a word that is known.
    let french = |c: char| c.is_ascii() || matches!(c, 'é' | 'è' | 'É' | 'È');
    // Lancôme: a mute e at the end, and a vowel of French that Vietnamese has too.
    let mute = reader.lexed.case(at) == Some(Case::Capital) && ends_in_mute_e(word);
    let of_name = |c: char| french(c) || mute && matches!(c, 'â' | 'ê' | 'ô');
    let foreign = || word.chars().all(of_name) && transliterate::is_listed(reader.lexed.word(at));
    // Béla, Sátántangó: of the runs with a capital and such marks alone that were met in news, all are names.
    let marked = |c: char| c.is_ascii() || matches!(c, 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ã' | 'õ');
    let name = reader.lexed.case(at) == Some(Case::Capital) && word.chars().all(marked);
    if word.is_ascii() || reader.is_vietnamese(at) || has_inner_capital(word) || name || foreign() {
        return None;
    }
    let parts = syllables(word, |piece| orthography::parse(piece).is_some())?;
    let said = parts.join(" ");
    reader.verbalize_as(at, at + 1, "run of words", Likely, &said);
    Some(at + 1)
}

/// doanhthu: two words without marks between Vietnamese ones. One of them has a spelling that no
/// English word has.
fn two_words(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const SHORTEST: usize = 3;
    let word = reader.lexed.text(at);
    let beside = |i: usize| reader.lexed.case(i).is_none() || reader.is_vietnamese(i);
    let small = word.is_ascii() && reader.lexed.case(at) == Some(Case::Lower);
    let apart = !reader.lexed.is_glued(at) && !reader.lexed.goes_on(at + 1);
    if !small || !apart || reader.is_vietnamese(at) || transliterate::is_listed(word) {
        return None;
    }
    if word.len() < 2 * SHORTEST || at == 0 || !beside(at - 1) || !beside(at + 1) {
        return None;
    }
    let native = |piece: &str| piece.ends_with("nh") || piece.starts_with("ng");
    let cut = (SHORTEST..=word.len() - SHORTEST).find(|&cut| {
        let (first, second) = word.split_at(cut);
        (native(first) || native(second))
            && !starts_with_vowel(second)
            && orthography::parse(first).is_some()
            && orthography::parse(second).is_some()
    })?;
    let (first, second) = word.split_at(cut);
    reader.verbalize_as(at, at + 1, "run of words", Likely, &format!("{first} {second}"));
    Some(at + 1)
}

/// Youngđã, Philippinesngày: a Vietnamese word behind a foreign name. The name is known, or the word
/// begins with a letter that no other language has.
fn after_name(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const SHORTEST: usize = 3;
    let word = reader.lexed.text(at);
    if word.is_ascii() || reader.lexed.case(at) != Some(Case::Capital) || reader.is_vietnamese(at) {
        return None;
    }
    // Rosé, Antonín: all of it is a known name.
    let marked =
        |c: char| c.is_ascii() || matches!(c, 'á' | 'é' | 'è' | 'í' | 'ó' | 'ú' | 'ã' | 'õ');
    let whole = word.chars().all(marked) && transliterate::is_listed(reader.lexed.word(at));
    if whole || word.len() > 2 * LONGEST_RUN {
        return None;
    }
    let cut = word.char_indices().map(|(cut, _)| cut).skip(SHORTEST).find(|&cut| {
        let (name, rest) = word.split_at(cut);
        let known = rest.starts_with('đ') || transliterate::is_listed(&name.to_lowercase());
        name.is_ascii() && !rest.is_ascii() && known && orthography::parse(rest).is_some()
    })?;
    let (name, rest) = word.split_at(cut);
    reader.verbalize_as(at, at + 1, "run of words", Likely, &format!("{name} {rest}"));
    Some(at + 1)
}

/// Whether a word ends in a consonant and an e, as no Vietnamese words written together do in names: Rhône.
fn ends_in_mute_e(word: &str) -> bool {
    let mut last = word.chars().rev();
    last.next() == Some('e')
        && last.next().is_some_and(|c| c.is_ascii_lowercase() && !"aeiouy".contains(c))
}

fn has_inner_capital(word: &str) -> bool {
    let mut last_is_small = false;
    word.chars().any(|c| {
        let inner = last_is_small && c.is_uppercase();
        last_is_small = c.is_lowercase();
        inner
    })
}

/// The syllables that a run of letters is written of, each of two letters or more, as few as can
/// be, none but one without a consonant before its vowel, the longer first; `None` where it is not.
pub(super) fn syllables(word: &str, is_syllable: impl Fn(&str) -> bool) -> Option<Vec<&str>> {
    let mut starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let letters = starts.len();
    if !(2..=LONGEST_RUN).contains(&letters) {
        return None;
    }
    starts.push(word.len());
    // best[i]: the cost of the letters from i on, and where the first syllable there ends.
    let mut best: Vec<Option<(u32, usize)>> = vec![None; letters + 1];
    best[letters] = Some((0, letters));
    for from in (0..letters).rev() {
        for to in from + 2..=letters.min(from + LONGEST_SYLLABLE) {
            let Some((rest, _)) = best[to] else { continue };
            let piece = &word[starts[from]..starts[to]];
            if !is_syllable(piece) {
                continue;
            }
            // A cut inside nh, th or tr is less likely than one before it: cả nhà.
            let cluster = word[..starts[to]]
                .chars()
                .next_back()
                .zip(word[starts[to]..].chars().next())
                .is_some_and(|(left, right)| {
                    matches!(
                        (left, right),
                        ('n', 'h' | 'g') | ('t', 'h' | 'r') | ('c' | 'k' | 'p', 'h')
                    )
                });
            let vowel = VOWEL_FIRST * u32::from(starts_with_vowel(piece));
            let cost = rest + SYLLABLE + vowel + u32::from(cluster);
            if best[from].is_none_or(|(known, _)| cost <= known) {
                best[from] = Some((cost, to));
            }
        }
    }
    let (cost, _) = best[0]?;
    let mut parts = Vec::new();
    let mut from = 0;
    while from < letters {
        let (_, to) = best[from]?;
        parts.push(&word[starts[from]..starts[to]]);
        from = to;
    }
    (cost < SYLLABLE * parts.len() as u32 + 2 * VOWEL_FIRST).then_some(parts)
}

/// Whether a syllable has no consonant before its vowel.
fn starts_with_vowel(syllable: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let first = syllable.chars().next().and_then(|c| c.to_lowercase().nfd().next());
    first.is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_into_few_syllables() {
        let cut = |word| syllables(word, |piece| orthography::parse(piece).is_some());
        assert_eq!(cut("hômnay"), Some(vec!["hôm", "nay"]));
        assert_eq!(cut("Đắklắk"), Some(vec!["Đắk", "lắk"]));
        assert_eq!(cut("nhândân"), Some(vec!["nhân", "dân"]));
        assert_eq!(cut("Müller"), None);
    }
}
