//! The classes of non-standard words, in the order in which they are asked.

use super::lex::{Case, Kind};
use super::reader::Reader;
use super::{
    abbreviation, address, broken, changes, chemistry, code, coordinate, date, document_number,
    emoticon, english, foreign_names, form, formula, fraction, law_reference, list_index, masked,
    misspelled, models, money, number, pair, phone, punctuation, quantity, range, rating, roman,
    run_on, script, scripture, symbol, tally, teencode, ticker, time, troops, types, unit,
    user_lexicon, vitals, web, word,
};
use crate::model::spoken::Confidence::Sure;
use crate::model::spoken::{Mark, Token};

/// Reads what is at an index: says it and gives the index after it, or leaves everything as it
/// is and gives `None`.
type Read = fn(&mut Reader<'_>, usize) -> Option<usize>;

/// The kinds of lexeme that a class can start with, as a set of bits.
const DIGITS: u8 = 1;
const LOWER: u8 = 2;
const UPPER: u8 = 4;
const SYMBOL: u8 = 8;
const ANY: u8 = DIGITS | LOWER | UPPER | SYMBOL;

/// Every class: what it starts with, how it reads and, beside it, why it has its place.
const CLASSES: [(u8, Read); 52] = [
    (ANY, user_lexicon::read), // what the user says beats every rule
    (LOWER | UPPER | SYMBOL, emoticon::read), // T_T would be an account, :) a colon
    (LOWER | UPPER | SYMBOL, web::read), // an address holds dots, strokes and digits of all kinds
    (SYMBOL, abbreviation::read_explanation), // a bracket that only explains is not a bracket
    (LOWER | UPPER | SYMBOL, list_index::read), // (ii) would be a word in brackets, II.1 initials
    (DIGITS | LOWER | UPPER, foreign_names::read), // De Rossi would have the de of French, 20th no ordinal
    (LOWER | UPPER, english::read), // the to of Got to dance would be a word, ON an abbreviation
    (DIGITS | LOWER | UPPER, scripture::read), // Ga 3,16 would be a decimal, 1 Cr a number
    (UPPER, money::read_dollars),   // the S of S$15 would be a letter
    (UPPER, form::read),            // the H of T-H-B would be an initial
    (UPPER, vitals::read),          // the M of M: 88 l/p would be a letter
    (UPPER, address::read),         // the K of K1/29 would be a letter
    (DIGITS, web::read_numbered),   // 24h.com.vn begins like a time
    (DIGITS, document_number::read), // 12/2021/NĐ-CP begins like a month
    (DIGITS | SYMBOL, coordinate::read), // 14.847 độ vĩ Bắc would be thousands, its dash a minus
    (DIGITS | SYMBOL, phone::read), // 024.3825.1234 begins like a decimal
    (DIGITS, chemistry::read_fineness), // the nines of gold are not a quantity
    (LOWER | UPPER | SYMBOL, code::read_width), // Ø16 would be a letter
    (DIGITS, types::read),          // Peugeot 3008 would be thousands, A321 hundreds
    (DIGITS, models::read),         // iPad 3/4 would be a day and a month
    (DIGITS, code::read),           // the digits of U23 are not a quantity
    (DIGITS | LOWER, quantity::read_alternatives), // 32/64GB would be a fraction, 2,4/5 GHz as well
    (DIGITS, tally::read),          // 13/2/25 would be a date, 1/2-1 a range
    (SYMBOL, tally::read_tie_break), // the bracket of 7-6(4) would be a pause
    (DIGITS, pair::read),           // 5/7 and 3-1 are weighed against all that they could be
    (DIGITS, date::read),           // 18/02/2019 begins like a fraction, 3.7 like a decimal
    (DIGITS, time::read),           // 7h30 begins like a quantity, 19:14 like a ratio
    (DIGITS, fraction::read),       // 17/17 would be two quantities
    (SYMBOL, money::read),          // $5 tỷ says the sign after the number
    (DIGITS, quantity::read),       // takes every number that is left
    (SYMBOL, unit::read),           // the stroke of đồng/kg would be a pause
    (LOWER | SYMBOL, formula::read), // the minus of b² - 4ac would be a pause, mg a unit
    (SYMBOL, range::read),          // a dash between numbers would be a pause
    (UPPER | LOWER | SYMBOL, rating::read), // the minus of AB- would be a pause, BB an abbreviation
    (UPPER, date::read_half),       // the H2 of H2/2025 would be hydrogen
    (UPPER | LOWER, chemistry::read), // NaCl would be a word, CO2 initials and a code
    (UPPER, masked::read),          // the T1 of ông Vũ Văn T1 would be a month
    (UPPER, date::read_lettered),   // Q4/2025 would be a letter and a fraction
    (LOWER | UPPER, law_reference::read), // k3 Đ189 would be letters
    (UPPER, roman::read),           // XV would be an unknown abbreviation
    (LOWER, roman::read_small),     // xc would be a foreign word, cm a unit
    (LOWER | UPPER, unit::read_word), // km after a scale word would be a foreign word
    (LOWER | UPPER, script::read),  // letters that are not Latin are not initials
    (LOWER, troops::read),          // the f of f372 would be a letter
    (LOWER | UPPER, broken::read),  // the đ of đ.ánh would be an initial
    (UPPER | LOWER, changes::read_compared), // CK would be the exchange, n/n letters
    (LOWER, teencode::read),        // ko and rùi are words to the others
    (UPPER, ticker::read_abroad),   // the GS of NYSE:GS would be a professor
    (LOWER | UPPER, abbreviation::read), // TP. takes its stop with it
    (LOWER | UPPER, word::read),    // takes every word that is left
    (SYMBOL, punctuation::read),    // signs that are heard as pauses
    (SYMBOL, symbol::read),         // takes every sign that is left
];

/// Reads what is at `at`, which must be an index of the reader's lexemes, and gives the index
/// after it.
pub(super) fn read_one(reader: &mut Reader<'_>, at: usize) -> usize {
    let start = match reader.lexed.get(at).map(|lexeme| lexeme.kind) {
        Some(Kind::Digits) => {
            if is_beside_number(reader, at) {
                reader.mark_before(at, Mark::Comma); // Snapdragon 800 2,2GHz
            }
            if list_index::opens_point(reader, at) {
                reader.mark_before(at, Mark::Period); // ghi bàn 2. Công Vinh
            }
            DIGITS
        }
        Some(Kind::Word(case)) => {
            if case == Case::Capital && run_on::begins(reader, at) {
                reader.mark_before(at, Mark::Period); // ngập nhà Trong nhiều ngày qua
            }
            if matches!(case, Case::Upper | Case::Mixed) {
                UPPER
            } else if is_plain(reader, at) {
                debug_assert!(is_plain_to_all(reader, at), "{} is plain", reader.lexed.text(at));
                reader.verbalize_as(at, at + 1, word::PLAIN, Sure, reader.lexed.text(at));
                return at + 1;
            } else {
                LOWER
            }
        }
        Some(Kind::Symbol(_)) | None => SYMBOL,
    };
    ask(reader, at, start).unwrap_or(at + 1)
}

/// Asks the classes that start so in their order.
fn ask(reader: &mut Reader<'_>, at: usize, start: u8) -> Option<usize> {
    let read = CLASSES
        .iter()
        .filter(|(starts, _)| starts & start != 0)
        .find_map(|(_, read)| read(reader, at));
    debug_assert!(read.is_some_and(|after| after > at), "the last classes take anything");
    read
}

/// Whether a number ends right before another and nothing but white space is between them, so that
/// without a pause they would be heard as one. A part belongs to its whole: 2 1/2.
fn is_beside_number(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    // RON95-III 1.210 đồng
    let coded = at > 2
        && lexed.is_glued(at - 1)
        && lexed.glued_symbol(at - 2) == Some('-')
        && lexed.digits(at - 3).is_some()
        && number::roman(lexed.text(at - 1)).is_some();
    let number = at > 0
        && !lexed.is_glued(at)
        && (lexed.digits(at - 1).is_some() || lexed.symbol(at - 1) == Some('%') || coded);
    // JN1 1/2.76 inch
    let of_code = at > 1 && lexed.is_glued(at - 1) && lexed.case(at - 2).is_some();
    // V.League 1 2024/25: the year of a season is no part
    let season =
        lexed.text(at).len() == 4 && lexed.glued_digits(at + 2).is_some_and(|d| d.len() != 3);
    // chip A7 64-bit
    let bits = of_code && lexed.glued_symbol(at + 1) == Some('-') && lexed.word(at + 2) == "bit";
    number
        && !bits
        && (of_code || season || lexed.glued_symbol(at + 1) != Some('/'))
        && matches!(reader.last_token(), Some(Token::Word(_)))
}

/// Whether a word is a plain syllable of Vietnamese, as most words are: no class but that of words needs to be
/// asked. White space is before it, nothing but the mark of a clause touches it on its right, and nothing that a
/// table has begins with it. A word with a capital has a letter or a mark that only Vietnamese has.
fn is_plain(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let mark = |sign: Option<char>| matches!(sign, Some(',' | '.' | ';' | '!' | '?'));
    let ends = !lexed.is_glued(at + 1) || mark(lexed.symbol(at + 1)) && !lexed.is_glued(at + 2);
    let word = lexed.word(at);
    !lexed.is_glued(at)
        && ends
        && word.len() > 1
        && word.chars().nth(1).is_some()
        && reader.lexicon.is_empty()
        && !reader.definitions.has_phrases()
        && reader.is_vietnamese(at)
        && !reader.tables.begins(word)
        && (lexed.case(at) == Some(Case::Lower) || is_marked_name(reader, at))
        && !misspelled::may_be_slip(word)
}

/// Whether a word with a capital cannot be a word of another language or the start of an abbreviation.
fn is_marked_name(reader: &Reader<'_>, at: usize) -> bool {
    let text = reader.lexed.text(at);
    !text.is_ascii()
        && !reader.tables.begins(text)
        && !scripture::begins(text)
        && reader.definitions.expansion(text).is_none()
}

/// Whether no class reads a word as anything but itself: what [`is_plain`] promises.
fn is_plain_to_all(reader: &mut Reader<'_>, at: usize) -> bool {
    let text = reader.lexed.text(at);
    let said = reader.rehearse(|reader| {
        ask(reader, at, LOWER) == Some(at + 1)
            && reader.last_word().is_some_and(|word| word.class == word::PLAIN)
    });
    said.is_some_and(|said| said == text)
}
