//! Letters that the table of abbreviations has, in codes: the TT of giống lúa TT6, the HS of Ryzen 7 7840HS.
//! They are spelled there.

use super::lex::Case;
use super::reader::Reader;
use super::tables::Abbreviation;
use super::word_sets as sets;
use super::{code, letters, number, sense, vehicles};
use crate::text::transliterate;

/// Whether an abbreviation of the table is only letters here: digits that touch them make them a code (VN-1174,
/// CT02). Only roads keep their names there (QL1A), and what is counted (64 HCV-58 HCB, 3PN-2WC).
pub(super) fn is_code(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let counted = at > 0
        && reader.lexed.digits(at - 1).is_some()
        && reader.lexed.glued_symbol(end) == Some('-')
        && reader.lexed.case(end + 2) == Some(Case::Upper);
    if counted {
        return false;
    }
    if names_a_kind(reader, at, end)
        || is_off_road(reader, row, at, end)
        || is_formulation(reader, at)
        || names_a_product(reader, row, at, end)
        || is_registration(reader, row, end)
        || is_name_in_brackets(reader, row, at, end)
        || is_trim(reader, row, at)
        || is_between_joints(reader, row, at, end)
        || is_airport(reader, at)
        || is_fighter(reader, row, at, end)
        || is_certificate(reader, row, at)
    {
        return true;
    }
    let variant = reader.lexed.glued_symbol(end) == Some('/')
        && reader.lexed.is_glued(end + 1)
        && reader.lexed.case(end + 1) == Some(Case::Upper)
        && reader.lexed.text(end + 1).len() == 1
        && reader.near_before(at, 3, &sets::PRODUCT_CODES);
    // SM-S931B/DS: behind the letters that end a code
    let ends_code = at > 3
        && reader.lexed.is_glued(at)
        && reader.lexed.glued_symbol(at - 1) == Some('/')
        && reader.lexed.is_glued(at - 2)
        && reader.lexed.case(at - 2) == Some(Case::Upper)
        && reader.lexed.glued_digits(at - 3).is_some();
    // số đăng ký VND-4309-05
    let registered = reader.lexed.glued_symbol(end) == Some('-')
        && reader.lexed.glued_digits(end + 1).is_some()
        && sets::CURRENCY_CODES.has(reader.lexed.word(at));
    if code::names_a_class(reader, at) || variant || ends_code || registered {
        return true; // mã VN/A
    }
    // đài T-TB: a letter is joined to it.
    let lettered = at > 1
        && reader.lexed.is_glued(at)
        && reader.lexed.glued_symbol(at - 1) == Some('-')
        && reader.lexed.case(at - 2) == Some(Case::Upper)
        && reader.lexed.text(at - 2).chars().count() == 1
        && row.written.chars().count() <= 3
        && !letters::is_spelled(row.expansion);
    if lettered {
        return true;
    }
    let sign = reader.lexed.glued_symbol(end).filter(|sign| matches!(sign, '-' | '.'));
    let joint = usize::from(sign.is_some());
    let dash = at > 1
        && reader.lexed.glued_symbol(at - 1) == Some('-')
        && reader.lexed.is_glued(at)
        && reader.lexed.digits(at - 2).is_some()
        && (at < 3 || reader.lexed.text(at - 3) != row.written); // NV1-NV2
    let long = at > 0
        && reader.lexed.is_glued(at)
        && reader.lexed.digits(at - 1).is_some_and(|digits| digits.len() > 5);
    // Asus X450CA: letters are before the digits too.
    let model = at > 1
        && reader.lexed.is_glued(at)
        && reader.lexed.digits(at - 1).is_some()
        && reader.lexed.is_glued(at - 1)
        && (reader.lexed.case(at - 2) == Some(Case::Upper)
            || at > 2 // C-130TP
                && reader.lexed.glued_symbol(at - 2) == Some('-')
                && reader.lexed.case(at - 3) == Some(Case::Upper));
    if (dash || long || model) && row.written.len() <= 3 && row.written.is_ascii() {
        return true; // tàu cá 90123-TS, EA123456789VN
    }
    let road = sets::ROADS_BY_NUMBER.has(row.expansion);
    reader.lexed.glued_digits(end + joint).is_some()
        && row.written.chars().all(char::is_uppercase)
        && row.expansion.contains(' ')
        && !letters::is_spelled(row.expansion)
        && !road
        && !(sign == Some('.') && row.stop)
        && !sense::takes_number(row)
        && row.written.chars().count() <= 3
}

/// The names of letters at `at`. Of a code with digits, or of a product that is named by its letter, they are those that
/// newsreaders say: M is em and N is en (Su-30MK2, H5N1, Core M), while mờ and nờ are those of persons and places.
pub(super) fn spelled(reader: &Reader<'_>, at: usize) -> String {
    let text = reader.lexed.text(at);
    // D-SUV: a letter among others
    let joined = text == "D"
        && reader.lexed.glued_symbol(at + 1) == Some('-')
        && reader.lexed.is_glued(at + 2)
        && matches!(reader.lexed.case(at + 2), Some(Case::Upper | Case::Capital | Case::Mixed));
    if joined {
        return "đê".to_owned();
    }
    let names = transliterate::spell_letters(text);
    let code = || {
        is_joined_to_digits(reader, at) && !is_of_person_or_flat(reader, at)
            || is_of_product(reader, at)
    };
    if !text.contains(['M', 'N']) || !code() {
        return names;
    }
    let of_code = |name| match name {
        "mờ" => "em",
        "nờ" => "en",
        name => name,
    };
    names.split(' ').map(of_code).collect::<Vec<_>>().join(" ")
}

/// Whether digits are joined to the letters at `at`: behind them (M16, BM-21), or before them where letters or a
/// foreign name are before those (RS-12M, GT 730M, but not căn hộ 51M).
fn is_joined_to_digits(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    // BM-21, JN.1
    let point = || {
        lexed.glued_symbol(at + 1) == Some('.')
            && lexed.glued_digits(at + 2).is_some_and(|digits| digits.len() == 1)
    };
    let hyphen = usize::from(lexed.glued_symbol(at + 1) == Some('-') || point());
    let letters =
        |i: usize| matches!(lexed.case(i), Some(Case::Upper | Case::Capital | Case::Mixed));
    let named = |number: usize| {
        let Some(before) = number.checked_sub(1) else { return false };
        if !lexed.is_glued(number) {
            return letters(before)
                && lexed.text(before).is_ascii()
                && !reader.is_vietnamese(before);
        }
        letters(before) || before > 0 && lexed.symbol(before) == Some('-') && letters(before - 1)
    };
    let touched = at > 0 && lexed.is_glued(at) && lexed.digits(at - 1).is_some();
    // lô 51M-234
    let before = lexed.glued_digits(at + 1 + hyphen).is_some() && !(touched && hyphen > 0);
    before || touched && named(at - 1)
}

/// Whether letters and their number keep back the name of a person, or number a flat or a building, right before or at the head
/// of a list: bị cáo N1, N2 và M3; căn hộ M3, tòa N4.
pub(super) fn is_of_person_or_flat(reader: &Reader<'_>, at: usize) -> bool {
    const MOST: usize = 8;
    let lexed = &reader.lexed;
    let coded = |i: usize| {
        lexed.case(i) == Some(Case::Upper)
            && lexed.text(i).len() == 1
            && lexed.glued_digits(i + 1).is_some()
    };
    let mut head = at;
    for _ in 0..MOST {
        let joined = head > 2
            && (matches!(lexed.symbol(head - 1), Some(',' | '-' | '–'))
                || sets::JOINS.has(lexed.word(head - 1)))
            && coded(head - 3);
        if !joined {
            break;
        }
        head -= 3;
    }
    let before = lexed.before(head, 1);
    sets::PERSONS.has(before) || sets::KEPT_BACK_OR_FLATS.has(before)
}

/// Whether one letter stands behind a foreign name as the name of a product, and is no initial: Intel Core M.
fn is_of_product(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(name) = at.checked_sub(1).filter(|_| lexed.text(at).len() == 1) else { return false };
    // nghi phạm David M (35 tuổi)
    let person = sets::ENGLISH_GIVEN_NAMES.has(lexed.word(name))
        || sets::PERSONS.has(lexed.before(name, 1))
        || lexed.symbol(at + 1) == Some('(') && lexed.word(at + 3) == "tuổi";
    lexed.case(name) == Some(Case::Capital)
        && lexed.text(name).is_ascii()
        && !reader.is_vietnamese(name)
        && !person
        && lexed.symbol(at + 1) != Some('.')
        && transliterate::is_listed(lexed.word(name))
}

/// Whether letters with a number behind them name a kind of something that is named by such codes, right before
/// or at the head of a list: giống lúa TT6, biến chủng KP.2, biển P.102, giống sắn KM94 và KM140.
fn names_a_kind(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    /// A list of strains is so many lexemes at most.
    const STRAINS: usize = 24;
    let named = sets::CODED_KINDS.has(reader.lexed.before(head_of_list(reader, at), 1));
    let joint = usize::from(matches!(reader.lexed.glued_symbol(end), Some('.' | '-')));
    let numbered = reader.lexed.glued_digits(end + joint).is_some();
    let money = matches!(reader.lexed.before(at, 1), "coin" | "token");
    // biến thể JN.1, KP.3: another of a list of strains
    let strain = joint > 0
        && reader.lexed.glued_symbol(end) == Some('.')
        && (reader.mentions(at, STRAINS, ["biến", "thể"])
            || reader.mentions(at, STRAINS, ["biến", "chủng"]));
    let named = named || strain;
    (numbered || money) && reader.lexed.text(at).len() <= 4 && named
}

/// The index of the first code of the list that goes on at `at`, of codes that begin with the same letters: KM94
/// và KM140.
fn head_of_list(reader: &Reader<'_>, at: usize) -> usize {
    const MOST: usize = 8;
    let lexed = &reader.lexed;
    let mut head = at;
    for _ in 0..MOST {
        let joined = head > 2
            && (matches!(lexed.symbol(head - 1), Some(',' | ';' | '/'))
                || sets::JOINS.has(lexed.word(head - 1)))
            && lexed.glued_digits(head - 2).is_some()
            && lexed.text(head - 3) == lexed.text(at);
        if !joined {
            break;
        }
        head -= 3;
    }
    head
}

/// Whether letters are of the name of a product: the word before is of another language, and a number is beside:
/// Panasonic GM II, Ryzen 7 7840HS.
fn names_a_product(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    // So many digits before letters that touch them count nothing, if a name is before.
    const LONG: usize = 3;
    let lexed = &reader.lexed;
    let written = row.written;
    let letters = (2..=3).contains(&written.len())
        && written.bytes().all(|letter| letter.is_ascii_uppercase())
        && !letters::is_spelled(row.expansion)
        && row.expansion.starts_with(char::is_lowercase);
    let decided = !row.is_usual() && !sense::takes_number(row);
    let after_number = at > 0
        && lexed.is_glued(at)
        && lexed.digits(at - 1).is_some_and(|digits| digits.len() >= LONG);
    let first = if after_number { at - 1 } else { at };
    if !letters || decided && !after_number || lexed.is_glued(first) {
        return false;
    }
    let is_name = |at: usize| {
        let foreign = matches!(lexed.case(at), Some(Case::Capital | Case::Mixed))
            || lexed.case(at) == Some(Case::Upper) && reader.tables.is_letters(lexed.text(at));
        foreign && lexed.text(at).is_ascii() && !reader.is_vietnamese(at)
    };
    // The number of a series may be between: Ryzen 7.
    let series = first.checked_sub(1).is_some_and(|before| lexed.digits(before).is_some());
    let name = first.checked_sub(if series { 2 } else { 1 }).is_some_and(is_name);
    let numbered = lexed.glued_digits(end).is_some()
        || lexed
            .digits(end)
            .is_some_and(|digits| !reader.counts_next(end + 1) && digits.len() <= 4)
        || sets::AFTER_MODELS.has(lexed.text(end));
    name && (after_number || !series && numbered)
}

/// Whether the KM that a number touches is no kilometre, for no road is near: KM94 alone, but not KM94 cao tốc Bắc
/// Nam.
fn is_off_road(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    const REACH: usize = 10;
    // 23+500: so many metres behind a kilometre
    let road = || {
        reader.lexed.glued_symbol(end + 1) == Some('+')
            || reader.near_before(at, REACH, &sets::ROADS)
            || sets::ROADS.iter().any(|road| reader.near_after(end, REACH, road))
    };
    row.written == "KM" && reader.lexed.glued_digits(end).is_some() && !road()
}

/// Whether letters stand alone in brackets behind the name of a body: Trung tâm Hội nghị Quốc gia (NCC).
fn is_name_in_brackets(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    const REACH: usize = 10;
    // One of the last words of a name has a capital: Quốc gia.
    const NAME: usize = 4;
    let lexed = &reader.lexed;
    let alone = at > 1
        && lexed.symbol(at - 1) == Some('(')
        && lexed.symbol(end) == Some(')')
        && (2..=NAME).any(|back| {
            at >= back && lexed.case(at - back).is_some_and(|case| case != Case::Lower)
        });
    let letters = row.written.len() <= 4 && row.written.bytes().all(|b| b.is_ascii_uppercase());
    alone
        && letters
        && row.is_usual()
        && row.expansion.starts_with(char::is_lowercase)
        && row.expansion.contains(' ')
        && !letters::is_spelled(row.expansion)
        && reader.near_before(at - 1, REACH, &sets::BODIES)
}

/// Whether letters are joined to what is no abbreviation on either side (JADES-GS-z14), or added to numbers of a
/// code (16-16-8+TE).
fn is_between_joints(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let short = row.written.len() <= 3 && row.written.is_ascii();
    let hyphen = |sign: usize| lexed.glued_symbol(sign) == Some('-') && lexed.is_glued(sign + 1);
    let foreign = |i: usize| {
        lexed.case(i).is_some()
            && lexed.text(i).is_ascii()
            && !reader.is_vietnamese(i)
            && !reader.tables.is_abbreviation(lexed.text(i))
    };
    let joined = at > 1 && hyphen(at - 1) && hyphen(end) && foreign(at - 2) && foreign(end + 1);
    let added = at > 3
        && lexed.symbol(at - 1) == Some('+')
        && lexed.digits(at - 2).is_some()
        && lexed.glued_symbol(at - 3) == Some('-');
    short && (joined || added)
}

/// Whether three letters are the code of an airport beside another, in the plan of a flight: HAN - HND.
pub(super) fn is_airport(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 12;
    let lexed = &reader.lexed;
    let code = |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).len() == 3;
    if !code(at) || !lexed.text(at).is_ascii() {
        return false;
    }
    let dash = |i: usize| matches!(lexed.symbol(i), Some('-' | '–' | '→'));
    let other = if dash(at + 1) && code(at + 2) {
        Some(at + 2)
    } else {
        at.checked_sub(2).filter(|&other| dash(other + 1) && code(other))
    };
    let numeral = |i: usize| number::roman(lexed.text(i)).is_some();
    let known = |i: usize| sets::AIRPORTS.has(lexed.text(i));
    // SGN-VII, but not khóa VI-VII
    let beside = other.is_some_and(|other| {
        if numeral(at) {
            known(at) && !numeral(other) && !reader.all_capitals
        } else {
            known(at) && known(other) || reader.near_before(at, REACH, &sets::AIRPORT_LEADS)
        }
    });
    beside || is_airport_in_brackets(reader, at)
}

/// Whether letters stand alone in brackets behind the name of a place, where flights are told of or another place has its code
/// too: Copenhagen (CPH), từ Vinh (VII).
fn is_airport_in_brackets(reader: &Reader<'_>, at: usize) -> bool {
    /// Another code is so many lexemes away at most.
    const REACH: usize = 12;
    let lexed = &reader.lexed;
    let code = |i: usize| {
        i > 1
            && lexed.case(i) == Some(Case::Upper)
            && lexed.text(i).len() == 3
            && lexed.symbol(i - 1) == Some('(')
            && lexed.symbol(i + 1) == Some(')')
            && matches!(lexed.case(i - 2), Some(Case::Capital | Case::Mixed))
    };
    if !code(at) {
        return false;
    }
    // Dubai (UAE), Tim Cook (CEO): letters of another kind
    let known = sets::AIRPORTS.has(lexed.text(at));
    let named =
        || number::roman(lexed.text(at)).is_some() || reader.tables.is_initialism(lexed.text(at));
    let another = || {
        (at.saturating_sub(REACH)..at + REACH)
            .any(|i| i != at && code(i) && sets::AIRPORTS.has(lexed.text(i)))
    };
    let flight = || (at.saturating_sub(REACH)..at).any(|i| sets::FLIGHTS.has(lexed.word(i)));
    let place = || known || !reader.is_vietnamese(at - 2);
    (known || !named()) && (another() || place() && flight())
}

/// Whether letters touch a decimal, as in the trim of a car: 1.8HV.
fn is_trim(reader: &Reader<'_>, row: &Abbreviation, at: usize) -> bool {
    let lexed = &reader.lexed;
    at > 2
        && lexed.is_glued(at)
        && lexed.digits(at - 1).is_some()
        && lexed.glued_symbol(at - 2) == Some('.')
        && row.written.len() <= 3
        && row.written.is_ascii()
}

/// Whether letters begin the registration of an aircraft or a ship, in which letters and a number follow a dash:
/// VN-A863.
fn is_registration(reader: &Reader<'_>, row: &Abbreviation, end: usize) -> bool {
    let lexed = &reader.lexed;
    row.written.len() == 2
        && lexed.glued_symbol(end) == Some('-')
        && lexed.is_glued(end + 1)
        && lexed.case(end + 1) == Some(Case::Upper)
        && lexed.text(end + 1).len() <= 2
        && (lexed.glued_digits(end + 2).is_some_and(|digits| digits.len() >= 3)
            || vehicles::is_registration(reader, end + 2))
}

/// Whether letters are of a fighter by its number, FA-50 or FA 50, and no association of football.
fn is_fighter(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    const REACH: usize = 6;
    let lexed = &reader.lexed;
    if row.written != "FA" {
        return false;
    }
    let hyphen = usize::from(lexed.glued_symbol(end) == Some('-'));
    let number = lexed.digits(end + hyphen).filter(|number| number.len() == 2);
    number.is_some()
        && (lexed.is_glued(end + hyphen) || reader.near_before(at, REACH, &["bay", "kích", "cơ"]))
}

/// Whether letters are those of the certificates that a firm gives out: VNPT-CA, VNPT –CA.
fn is_certificate(reader: &Reader<'_>, row: &Abbreviation, at: usize) -> bool {
    let lexed = &reader.lexed;
    row.written == "CA"
        && at > 1
        && lexed.is_glued(at)
        && matches!(lexed.symbol(at - 1), Some('-' | '–'))
        && sets::CERTIFIERS.has(lexed.word(at - 2))
}

/// Whether letters behind a number say how a chemical for plants is made up: 95SP, 3.6EC. Codes: CropLife
/// International, Technical Monograph 2.
fn is_formulation(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let glued = at > 0 && lexed.is_glued(at) && lexed.digits(at - 1).is_some();
    let number = at.saturating_sub(if at > 2 && lexed.is_glued(at - 1) { 3 } else { 1 });
    let brand = number.checked_sub(1).is_some_and(|brand| {
        lexed.case(brand) == Some(Case::Capital) && !reader.is_vietnamese(brand)
    });
    let listed = reader.near_before(number, 10, &sets::ABOUT_PESTICIDES);
    glued && sets::FORMULATIONS.has(lexed.text(at)) && (brand || listed)
}
