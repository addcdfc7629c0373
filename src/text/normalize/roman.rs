//! Roman numerals: khóa XV, lần thứ XIII, thế kỷ XIX, quý IV/2021, Louis XIV, "II." before a
//! heading; in lower case after a cue.

use super::code_letters::is_airport;
use super::english;
use super::lex::Case;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::message::message;
use crate::model::spoken::Confidence::{self, Doubtful, Likely, Sure};
use crate::model::spoken::{Mark, Token};

/// The longest numeral below 4000, MMMDCCCLXXXVIII.
const LONGEST: usize = 15;

/// Reads a Roman numeral after a cue, after a foreign name, as a list index, or anywhere if it is
/// of two or more of the letters I, V and X.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let numeral = reader.lexed.text(at);
    let before = reader.lexed.before(at, 1);
    let glued_left = reader.lexed.is_glued(at) && at > 0 && reader.lexed.symbol(at - 1).is_none();
    let glued_right = reader.lexed.goes_on(at + 1);
    let initials = reader.lexed.glued_symbol(at + 1) == Some('.')
        && reader.lexed.is_glued(at + 2)
        && reader.lexed.case(at + 2).is_some(); // V.I. Lênin
    // bác sĩ Đoàn V. khuyên: a name that is kept back
    let kept_back = numeral.len() == 1
        && reader.lexed.glued_symbol(at + 1) == Some('.')
        && !reader.lexed.is_glued(at + 2)
        && reader.lexed.case(at + 2) == Some(Case::Lower)
        && at > 1
        && reader.lexed.case(at - 1) == Some(Case::Capital)
        && sets::FAMILIES.has(before)
        && reader.lexed.symbol(at - 2).is_none();
    let code = reader.lexed.glued_symbol(at + 1) == Some('.')
        && reader.lexed.glued_digits(at + 2).is_some_and(|digits| digits.starts_with('0')); // V.08.01
    let parts = parts_of_section(reader, at);
    if glued_left || glued_right || initials && parts.is_none() || code || kept_back {
        return None;
    }
    let Some(value) = number::roman(numeral) else {
        return lettered(reader, at);
    };
    if is_airport(reader, at) {
        return None; // SGN-VII
    }
    let foreign_initial =
        numeral.len() == 1 && reader.lexed.case(at + 2).is_some() && !reader.is_vietnamese(at + 2); // V. Putin
    let index = at == 0
        && !foreign_initial
        && matches!(reader.lexed.glued_symbol(1), Some('.' | ')' | '-' | ':'));
    let after_range = reader.last_word().is_some_and(|word| word.class == "range");
    let small = numeral.bytes().all(is_low);
    let year = (1000..2200).contains(&value);
    let counts = small
        && sets::DIVISIONS_OF_WORK.has(reader.lexed.word(at + 1))
        && sets::COUNTING_VERBS.has(before);
    if before == "nhóm" && (numeral == "X" || value > 10) {
        return None; // the third of X, Y and Z; nhóm XIV sings
    }
    let lettered = numeral == "X" && (before == "loại" || reader.follows(at, &["tài", "khoản"]));
    if lettered || reader.follows(at, &["xã", "hội"]) || reader.follows(at, &["chỉ", "số"]) {
        return None; // mạng xã hội X, tài khoản X, chớp lửa loại X, chỉ số DI
    }
    let is_hyphened = reader.lexed.glued_symbol(at + 1) == Some('-')
        && reader.lexed.is_glued(at + 2)
        && reader.lexed.case(at + 2).is_some()
        && number::roman(reader.lexed.text(at + 2)).is_none();
    if is_hyphened {
        return hyphened(reader, at); // điểm V-SAT is none
    }
    let name = numeral.len() > 1
        && reader.is_vietnamese(at)
        && reader.lexed.case(at.wrapping_sub(1)) == Some(Case::Upper)
        && reader.is_vietnamese(at - 1)
        && !sets::ROMAN_LEADS.has(before);
    if name {
        return None; // TƯỜNG VI
    }
    let numbers_name = english::numbers_name(reader, at);
    let ruler = small && is_of_ruler(reader, at);
    let confidence =
        if (sets::ROMAN_LEADS.has(before) && !reader.follows(at, &["tập", "đoàn"]) && small)
            || before == "thứ"
            || after_range
        {
            Sure
        } else if counts
            || small && (index || numeral.len() > 1 || is_listed(reader, at))
            || numeral == "I" && is_first(reader, at)
            || numbers_name && (numeral == "I" || reader.near_before(at, 4, &sets::THINGS_NUMBERED))
            || ruler
            || numeral.len() > 1
                && value < 100 // phụ cấp CV
                && sets::ROMAN_LEADS.has(before)
                && numeral.bytes().any(is_low)
            || numeral.len() > 1 && sets::LARGE_ROMAN_LEADS.has(before)
            || year && (numeral.len() > 6 || before == "năm" && numeral.len() > 3)
        {
            Likely
        } else if before == "chương" || numbers_name {
            Doubtful // C: a hundred, or the third of A, B, C
        } else {
            return None;
        };
    if value < 4
        && (ruler && is_throned(reader, at) || is_name_of_ruler(reader, at))
        && !(value == 1 && is_counted_before(reader))
    {
        let said = ["đệ nhất", "đệ nhị", "đệ tam"][usize::from(value) - 1];
        reader.verbalize_as(at, at + 1, "roman", confidence, said);
        return Some(at + 1);
    }
    // RX100 II is not RX102
    if at > 0 && !reader.lexed.is_glued(at) && reader.lexed.digits(at - 1).is_some() {
        reader.mark_before(at, Mark::Comma);
    }
    verbalize_value(reader, at, value, confidence);
    if let Some(end) = parts {
        verbalize_parts(reader, at + 1, end);
        return Some(end);
    }
    Some(year_after(reader, at + 1).unwrap_or(at + 1))
}

/// Where the numbers and letters end that go on the number of a section behind its Roman numeral: mục II.3, phần III.2.a, phần
/// I.B.
fn parts_of_section(reader: &Reader<'_>, at: usize) -> Option<usize> {
    const MOST: usize = 3;
    let lexed = &reader.lexed;
    (lexed.glued_symbol(at + 1) == Some('.')).then_some(())?;
    (sets::SECTIONS.has(lexed.before(at, 1)) && lexed.text(at).bytes().all(is_low)).then_some(())?;
    let is_part = |i: usize| {
        let digits = lexed.glued_digits(i).is_some_and(|d| d.len() <= 2 && !d.starts_with('0'));
        let letter = lexed.is_glued(i) && lexed.case(i).is_some() && lexed.text(i).len() == 1;
        (digits || letter) && !lexed.goes_on(i + 1)
    };
    let parts = (0..MOST)
        .take_while(|n| lexed.glued_symbol(at + 1 + 2 * n) == Some('.') && is_part(at + 2 + 2 * n));
    let end = at + 1 + 2 * parts.count();
    // phần V.I. Lênin
    let initials = lexed.glued_symbol(end) == Some('.') && lexed.case(end - 1) == Some(Case::Upper);
    (end > at + 1 && !initials).then_some(end)
}

/// Says the parts of the number of a section, each behind its point.
fn verbalize_parts(reader: &mut Reader<'_>, from: usize, end: usize) {
    for point in (from..end).step_by(2) {
        let part = reader.lexed.text(point + 1);
        reader.verbalize(point, point + 2, "roman", Likely, |out| {
            out.push("chấm");
            if part.bytes().all(|digit| digit.is_ascii_digit()) {
                number::cardinal(part, out);
            } else {
                out.push(&crate::text::transliterate::spell_letters(part));
            }
        });
    }
}

/// Whether a numeral is behind the name of a ruler or a saint: vua George V, thánh Piô X; or behind the second of two.
fn is_of_ruler(reader: &Reader<'_>, at: usize) -> bool {
    let names = names_before(reader, at);
    let another = || {
        let mut said = reader.last_tokens(names + 2);
        said.any(|token| matches!(token, Token::Word(word) if word.class == "roman"))
    };
    let foreign = names > 0 && !reader.is_vietnamese(at - 1);
    foreign && at > names && (title(reader, at).is_some() || another())
}

/// How many words of a name are right before a numeral.
fn names_before(reader: &Reader<'_>, at: usize) -> usize {
    const NAMES: usize = 3;
    let lexed = &reader.lexed;
    let is_name =
        |i: usize| lexed.case(i) == Some(Case::Capital) && !sets::RULERS.has(lexed.word(i));
    (1..=NAMES).take_while(|&back| at >= back && is_name(at - back)).count()
}

/// The title of a ruler before the name that a numeral is behind: vua Louis, Giáo hoàng John Paul.
fn title<'r>(reader: &'r Reader<'_>, at: usize) -> Option<&'r str> {
    let title = at.checked_sub(names_before(reader, at) + 1)?;
    let word = reader.lexed.word(title);
    // Hoàng Minh Tower II: a name
    let name = reader.lexed.case(title) != Some(Case::Lower) && matches!(word, "hoàng" | "vương");
    (sets::RULERS.has(word) && !name).then_some(word)
}

/// Whether that title is of somebody on a throne: khởi công Vinhomes II has none.
fn is_throned(reader: &Reader<'_>, at: usize) -> bool {
    title(reader, at).is_some_and(|title| !matches!(title, "công" | "đức" | "giáo"))
}

/// Whether another numeral was said as a number just before, so that the first of a name is one as well: vua George V và
/// Napoleon I.
fn is_counted_before(reader: &Reader<'_>) -> bool {
    const TOKENS: usize = 8;
    reader.last_tokens(TOKENS).any(|token| match token {
        Token::Word(word) => word.class == "roman" && !reader.said(word).starts_with("đệ"),
        _ => false,
    })
}

/// Whether a numeral is behind a name that rulers have, whatever is before it: chuyến thăm của Elizabeth II.
fn is_name_of_ruler(reader: &Reader<'_>, at: usize) -> bool {
    let name = reader.lexed.before(at, 1);
    let named = at > 0 && reader.lexed.case(at - 1) == Some(Case::Capital);
    named
        && (sets::NAMES_OF_RULERS.has(name)
            || name == "paul" && reader.lexed.before(at, 2) == "john")
}

/// Whether a numeral of several letters is beside the letter at `at`, in a list or a range: I và II,
/// IV, V.
fn is_listed(reader: &Reader<'_>, at: usize) -> bool {
    let joins = |i: usize| {
        sets::ROMAN_JOINS.has(reader.lexed.word(i))
            || matches!(reader.lexed.symbol(i), Some(',' | '-' | '–' | '/' | '&'))
    };
    let several = |i: usize| {
        let text = reader.lexed.text(i);
        text.len() > 1 && text.bytes().all(is_low) && number::roman(text).is_some()
    };
    let last = reader.last_tokens(2).any(|t| matches!(t, Token::Word(w) if w.class == "roman"));
    joins(at + 1) && several(at + 2) || at >= 1 && joins(at - 1) && last
}

/// Whether the letter I is the first of several of a name: Hà Nội I, mô hình I. In Vietnamese it stands
/// alone for nothing else but the letter and a name kept back.
fn is_first(reader: &Reader<'_>, at: usize) -> bool {
    let Some(noun) = at.checked_sub(1) else { return false };
    let named = reader.lexed.case(noun).is_some()
        && (reader.is_vietnamese(noun) || reader.lexed.case(noun) == Some(Case::Upper))
        && !sets::NOT_NUMBERED.has(reader.lexed.word(noun));
    let next_is_english =
        reader.lexed.case(at + 1) == Some(Case::Lower) && !reader.is_vietnamese(at + 1);
    named
        && !next_is_english
        && reader.lexed.glued_symbol(at + 1) != Some('-')
        && reader.lexed.word(at + 1) != "ốt"
        && !reader.all_capitals
}

/// Reads a Roman numeral in lower case: after a cue of its own (chương ix, thế kỷ xix, năm mmxx),
/// or between brackets before an item: (ii). What is also a Vietnamese syllable (vi, xi) counts only
/// where no word goes on after it: not in khoản vi phạm.
pub(super) fn read_small(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let written = reader.lexed.text(at);
    let letters = |letter: u8| matches!(letter, b'i' | b'v' | b'x' | b'l' | b'c' | b'd' | b'm');
    if written.len() > LONGEST || !written.bytes().all(letters) {
        return None;
    }
    let glued_left =
        reader.lexed.is_glued(at) && at > 0 && reader.lexed.symbol(at - 1) != Some('(');
    let glued_right = reader.lexed.goes_on(at + 1);
    let initials = reader.lexed.glued_symbol(at + 1) == Some('.') && reader.lexed.is_glued(at + 2);
    if glued_left || glued_right || initials {
        return None;
    }
    let before = reader.lexed.before(at, 1);
    let item = written != "x"
        && written.bytes().all(|letter| matches!(letter, b'i' | b'v' | b'x'))
        && reader.lexed.symbol(at.wrapping_sub(1)) == Some('(')
        && (at == 1 || !reader.lexed.is_glued(at - 1))
        && reader.lexed.glued_symbol(at + 1) == Some(')');
    let cued = match written.len() {
        1 => matches!(written, "i" | "v" | "x") && sets::SINGLE_ROMAN_LEADS.has(before),
        2.. if before == "năm" => written.len() > 3 && written.starts_with('m'),
        // Letters without i, v and x are units and discs as well: cm, cd.
        _ if written.bytes().any(|letter| matches!(letter, b'i' | b'v' | b'x')) => {
            sets::SMALL_ROMAN_LEADS.has(before) && written != "mix"
        }
        _ => sets::LARGE_ROMAN_LEADS.has(before) || before == "mục",
    };
    let syllable = written.len() > 1 && reader.is_vietnamese(at);
    let word = syllable && (before == "số" || reader.counts_next(at + 1));
    if !item && (!cued || word || written.len() == 1 && reader.counts_next(at + 1)) {
        return None;
    }
    let value = number::roman(&written.to_ascii_uppercase())?;
    let doubtful = !item && (syllable || written.len() == 1);
    verbalize_value(reader, at, value, if doubtful { Doubtful } else { Likely });
    Some(at + 1)
}

/// A Roman numeral with a letter after it: nhóm IIA, phụ lục IIIb, giai đoạn IV-A; and more of a list that begins so.
fn lettered(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let written = reader.lexed.text(at);
    let letter =
        written.bytes().last().filter(|letter| matches!(letter, b'A'..=b'D' | b'a'..=b'd'))?;
    let numeral = &written[..written.len() - 1];
    // nhóm VIC, VHM: a share
    if reader.lexed.before(at, 1) == "nhóm" && sets::SHARES_LIKE_ROMAN.has(written) {
        return None;
    }
    (is_led_to_letter(reader, at) && numeral.bytes().all(is_low)).then_some(())?;
    verbalize_lettered(reader, at, at + 1, numeral, letter)
}

/// IV-A: the same with a hyphen.
fn hyphened(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let numeral = lexed.text(at);
    let letter =
        lexed.text(at + 2).bytes().next().filter(|letter| matches!(letter, b'A'..=b'D'))?;
    let fits = lexed.text(at + 2).len() == 1
        && numeral.bytes().all(is_low)
        && !lexed.goes_on(at + 3)
        && is_led_to_letter(reader, at);
    fits.then(|| verbalize_lettered(reader, at, at + 3, numeral, letter))?
}

fn verbalize_lettered(
    reader: &mut Reader<'_>,
    at: usize,
    end: usize,
    numeral: &str,
    letter: u8,
) -> Option<usize> {
    let value = number::roman(numeral)?.to_string();
    let letter = crate::text::transliterate::spell_letters(&char::from(letter).to_string());
    reader.verbalize(at, end, "roman", Likely, |out| {
        number::cardinal(&value, out);
        out.push(&letter);
    });
    Some(end)
}

/// Whether a numeral with a letter is behind a word that leads to one, or behind another of its list.
fn is_led_to_letter(reader: &Reader<'_>, at: usize) -> bool {
    let before = reader.lexed.before(at, 1);
    // mật độ XD: built-up ground
    let density = before == "độ" && reader.lexed.before(at, 2) == "mật";
    let joined = at > 0
        && (reader.lexed.symbol(at - 1) == Some(',') || sets::ROMAN_JOINS.has(before))
        && reader.last_tokens(2).any(
            |t| matches!(t, Token::Word(w) if w.class == "roman" && reader.said(w).contains(' ')),
        );
    sets::LETTERED_ROMAN_LEADS.has(before) && !density || joined
}

fn is_low(letter: u8) -> bool {
    matches!(letter, b'I' | b'V' | b'X')
}

/// Says the value of a numeral, as an ordinal where the word before asks for it.
fn verbalize_value(reader: &mut Reader<'_>, at: usize, value: u16, confidence: Confidence) {
    let before = reader.lexed.before(at, 1);
    let digits = value.to_string();
    let ordinal = before == "thứ" || (before == "giải" && value == 1);
    let fourth = before == "quý" && value == 4;
    reader.verbalize(at, at + 1, "roman", confidence, |out| {
        if ordinal || fourth {
            number::ordinal(&digits, out);
        } else {
            number::cardinal(&digits, out);
        }
    });
    if confidence == Doubtful {
        let written = reader.lexed.text(at);
        reader.warn(
            at,
            at + 1,
            message!("{written} was taken as a numeral, not as letters", written),
        );
    }
}

/// The year of quý II/2021; after a quarter a hyphen or a point does as well.
fn year_after(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.glued_symbol(at)?;
    let quarter = reader.lexed.before(at, 2) == "quý";
    (sign == '/' || quarter && matches!(sign, '-' | '.')).then_some(())?;
    let year = reader.lexed.glued_digits(at + 1).filter(|year| year.len() == 4)?;
    reader.verbalize(at, at + 2, "date", Sure, |out| {
        out.push("năm");
        number::year(year, out);
    });
    Some(at + 2)
}
