//! What the words before a bracket say of the abbreviation in it: those whose first letters it has, or that they stand for it.

use super::letters;
use super::lex::{Case, Lexed};
use super::tables::Tables;
use super::word_sets as sets;
use crate::text::{orthography, transliterate};

/// The start of a name is so many words before its last initials at most.
const LONGEST_NAME: usize = 4;

/// What the words before a bracket say that the table has for the abbreviation too: Nợ xấu (NPL),
/// Bitcoin (BTC).
pub(super) fn listed<'a>(before: &Lexed<'a>, abbreviation: &str) -> Option<&'a str> {
    let rows = Tables::get().abbreviations(abbreviation);
    let last = before.len().checked_sub(1)?;
    let said = transliterate::transliterate(before.text(last));
    if before.case(last).is_some() && rows.iter().any(|row| row.expansion == said) {
        return Some(before.source(last, before.len()));
    }
    rows.iter().filter(|row| row.written == abbreviation).find_map(|row| {
        let expansion = row.expansion.to_lowercase();
        // Chương trình phát triển của Liên Hợp Quốc (UNDP): a connective may be between.
        let mut start = before.len();
        for word in expansion.split(' ').rev() {
            start = start.checked_sub(1)?;
            if before.word(start) != word && sets::CONNECTIVES.has(before.word(start)) {
                start = start.checked_sub(1)?;
            }
            if before.word(start) != word {
                return None;
            }
        }
        expansion.contains(' ').then(|| before.source(start, before.len()))
    })
}

/// Whether what is in a bracket adds to the words before it and explains no name: 8.000.000đ (SVIP), 5 triệu đồng (SKY), về nhì
/// (MVP), but giá trị nhất (MVP).
pub(super) fn is_told_beside(abbreviation: &str, before: &str) -> bool {
    let mut words = before.trim_end().rsplit(' ');
    let last = words.next().unwrap_or_default();
    let counted = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) || sets::SCALES.has(&word.to_lowercase())
    };
    let unit = || {
        let last = last.to_lowercase();
        sets::MONEY_WORDS.has(&last) || Tables::get().unit(&last).is_some_and(|u| u.symbol == last)
    };
    last.starts_with(|c: char| c.is_ascii_digit())
        || last.ends_with(['%', '$', '€'])
        || words.next().is_some_and(counted) && unit()
        || sets::CLASSES_IN_BRACKETS.has(abbreviation) && last != "nhất"
}

/// Whether the words right before a bracket are said as the table says the abbreviation in it, however they are written: đôla Úc
/// (AUD), franc Thuỵ Sĩ (CHF), NHTW châu Âu (ECB).
pub(super) fn says_again(before: &Lexed<'_>, abbreviation: &str) -> bool {
    /// No such name has more words.
    const LONGEST: usize = 8;
    let rows = Tables::get().abbreviations(abbreviation).iter();
    let joined = |text: &str| orthography::fold(text).replace([' ', '-'], "");
    let mut names = rows
        .filter(|row| row.written == abbreviation && row.expansion.contains(' '))
        .filter(|row| !letters::is_spelled(row.expansion))
        .map(|row| joined(row.expansion));
    names.any(|name| {
        let mut rest = name.as_str();
        let places = (before.len().saturating_sub(LONGEST)..before.len()).rev();
        let words = places.filter(|&at| before.symbol(at) != Some('-')); // đô-la
        for at in words.take_while(|&at| before.case(at).is_some()) {
            let text = before.text(at);
            let short = Tables::get().abbreviations(text).iter();
            let mut short = short.filter(|row| row.written == text && row.is_usual());
            let less = match short.next() {
                Some(row) if before.case(at) == Some(Case::Upper) => {
                    rest.strip_suffix(joined(row.expansion).as_str())
                }
                _ => rest.strip_suffix(joined(text).as_str()).or_else(|| {
                    rest.strip_suffix(joined(&transliterate::transliterate(text)).as_str())
                }),
            };
            let Some(less) = less else { return false };
            rest = less;
            if rest.is_empty() {
                return true;
            }
        }
        false
    })
}

/// Whether a bracket gives a short name for the plain words before it that has nothing to do with what the table has
/// for it: Đánh giá tín dụng cơ bản (BCA), where BCA is not Bộ Công an. Only short names are taken by chance.
pub(super) fn contradicts(before: &Lexed<'_>, abbreviation: &str) -> bool {
    const REACH: usize = 8;
    const LENGTHS: std::ops::RangeInclusive<usize> = 3..=4;
    let Some(last) = before.len().checked_sub(1) else { return false };
    let length = abbreviation.chars().count();
    let lower = |i: usize| before.case(i) == Some(Case::Lower) && before.is_syllable(i);
    let plain = last + 1 >= length && (last + 1 - length..=last).all(lower);
    let short = LENGTHS.contains(&length);
    let mut rows = Tables::get().abbreviations(abbreviation).iter();
    plain
        && short
        && is_source(abbreviation)
        && rows.all(|row| {
            let mut words = row.expansion.split(' ').map(str::to_lowercase);
            row.written != abbreviation
                || words.all(|word| {
                    (before.len().saturating_sub(REACH)..before.len())
                        .all(|i| before.word(i) != word)
                })
        })
}

/// Whether a year is at an index, of the last century or this.
fn is_year(lexed: &Lexed<'_>, at: usize) -> bool {
    let year = |digits: &str| digits.len() == 4 && matches!(&digits[..2], "19" | "20");
    lexed.digits(at).is_some_and(year) && !lexed.is_glued(at)
}

/// The words at the end of `lexed` whose initials spell the abbreviation, if they do.
pub(super) fn expansion_before<'a>(lexed: &Lexed<'a>, abbreviation: &str) -> Option<&'a str> {
    let letters: Vec<char> =
        abbreviation.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    let mut missing = letters.len();
    let mut at = lexed.len();
    while at > 0 && matches!(lexed.symbol(at - 1), Some('"' | '”' | '’')) {
        at -= 1;
    }
    // Bộ luật Dân sự năm 2015 (BLDS)
    if at > 1 && is_year(lexed, at - 1) {
        at -= if lexed.word(at - 2) == "năm" { 2 } else { 1 };
    }
    let end = at;
    let mut skipped = 0;
    while missing > 0 {
        at = at.checked_sub(1)?;
        if matches!(lexed.symbol(at), Some('-' | '–' | ',')) {
            continue;
        }
        lexed.case(at)?;
        if lexed.case(at) == Some(Case::Upper) && lexed.text(at).chars().count() > 1 {
            return None; // An expansion that needs expanding itself explains nothing.
        }
        let word = lexed.word(at);
        if letters::is_initial(letters[missing - 1], word) {
            missing -= 1;
        } else if lexed.case(at) == Some(Case::Lower) && 2 * (skipped + 1) <= letters.len() {
            skipped += usize::from(!sets::CONNECTIVES.has(word));
        } else if !sets::CONNECTIVES.has(word) {
            return None;
        }
    }
    // Tập thể dục buổi sáng (TDBS): what starts the name, not the second syllable of its first word.
    if lexed.case(at) == Some(Case::Lower)
        && let Some(head) = at.checked_sub(1)
        && lexed.case(head) == Some(Case::Capital)
        && letters::is_initial(letters[0], lexed.word(head))
    {
        return Some(lexed.source(head, end));
    }
    // Not the second half of a name: Nhựa Thiếu niên Tiền Phong (NTP).
    let inside_name = lexed.case(at) == Some(Case::Lower)
        && at.checked_sub(1).is_some_and(|i| lexed.case(i) == Some(Case::Capital))
        && (at..end).any(|i| lexed.case(i) == Some(Case::Capital));
    if inside_name {
        let start = (at.saturating_sub(LONGEST_NAME)..at)
            .rev()
            .take_while(|&i| lexed.case(i).is_some())
            .find(|&i| {
                lexed.case(i) == Some(Case::Capital)
                    && letters::is_initial(letters[0], lexed.word(i))
            })?;
        return Some(lexed.source(start, end));
    }
    // Second syllables may be left out of a name (Quỹ Từ thiện Trẻ em: QTTE), not of plain words.
    if skipped > 0 && lexed.case(at) == Some(Case::Lower) {
        return None;
    }
    Some(lexed.source(at, end))
}

/// Whether an abbreviation is one of Vietnamese words that nothing before a bracket said, such as the
/// agency that sends a report: Hà Nội (TTXVN).
pub(super) fn is_source(abbreviation: &str) -> bool {
    let letters: Vec<char> = abbreviation.chars().flat_map(char::to_lowercase).collect();
    let rows = Tables::get().abbreviations(abbreviation);
    rows.iter().any(|row| {
        let words = row.expansion.split(' ');
        row.written == abbreviation
            // A name or long words, not the names of letters: Bộ Y tế, thông tấn xã, but not gi đi pi.
            && (row.expansion.starts_with(char::is_uppercase)
                || words.clone().any(|word| word.chars().count() > 3))
            && words.clone().count() == letters.len()
            && words.zip(&letters).all(|(word, &letter)| letters::is_initial(letter, &word.to_lowercase()))
    })
}
