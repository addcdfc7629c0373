//! Codes of shares that are abbreviations of something else too: VND, PGS, HCM. Data of
//! `tables/tickers.tsv`.

use super::word_sets as sets;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::letters;
use super::lex::Case;
use super::reader::Reader;
use crate::model::error::Error;
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::Likely;
use crate::model::tables::words;

/// How far after a code its price may be.
const PRICE_REACH: usize = 12;

/// Whether an abbreviation is the code of a share here.
pub(super) fn is_ticker(reader: &Reader<'_>, at: usize) -> bool {
    codes().contains(reader.lexed.text(at))
        && (is_among_codes(reader, at) && !is_among_bodies(reader, at)
            || is_code(reader, at)
                && (changes(reader, at)
                    || moves_alone(reader, at)
                    || has_volume(reader, at)
                    || is_of_firm(reader, at)
                    || moves_beside(reader, at)
                    || moves_with_others(reader, at)
                    || acts(reader, at)))
}

/// Reads the code of a share of an exchange abroad by its English letters, though it stands for something else at home:
/// Goldman Sachs (NYSE:GS).
pub(super) fn read_abroad(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    /// A code has so many letters at most.
    const LONGEST: usize = 5;
    let lexed = &reader.lexed;
    let text = lexed.text(at);
    let code = at > 1
        && lexed.symbol(at - 1) == Some(':')
        && text.len() <= LONGEST
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && sets::EXCHANGES_ABROAD.has(lexed.word(at - 2))
        && !lexed.goes_on(at + 1);
    code.then(|| {
        let letters: Vec<&str> =
            text.bytes().map(|byte| letters::ENGLISH[usize::from(byte - b'A')]).collect();
        reader.verbalize_as(at, at + 1, "letters", Likely, &letters.join(" "));
        at + 1
    })
}

/// Whether letters that the news knows better as a body (BTP: Bộ Tư pháp) are among others that stand for words too, where
/// nothing says that they are codes: BTP, BTC và BCA.
fn is_among_bodies(reader: &Reader<'_>, at: usize) -> bool {
    sets::CODES_OF_BODIES.has(reader.lexed.text(at)) && {
        let first = start_of_list(reader, at);
        !sets::SHARE_LEADS.has(reader.lexed.before(first, 1))
            && !has_plain_code(reader, first, end_of_list(reader, at))
    }
}

/// Whether a list has a code that stands for nothing else.
fn has_plain_code(reader: &Reader<'_>, first: usize, last: usize) -> bool {
    let text = |i: usize| reader.lexed.text(i);
    (first..=last).any(|i| is_code(reader, i) && !reader.tables.is_abbreviation(text(i)))
}

/// Whether a sentence or a clause ends at an index.
fn ends_clause(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.symbol(at), Some('.' | ';' | '!' | '?')) && !reader.lexed.is_glued(at + 1)
}

/// Whether one code is set apart from the others of a sentence about shares, or from the market where an article is about finance, and
/// its price moves: 22 mã tăng và duy nhất PGD giảm, riêng PGD đi ngược xu hướng, giảm 0,32%.
fn moves_alone(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 24;
    let lexed = &reader.lexed;
    let (first, last) = (start_of_list(reader, at), end_of_list(reader, at));
    if !has_plain_code(reader, first, last) && !sets::ALONE_LEADS.has(lexed.before(first, 1)) {
        return false;
    }
    let ends = |&i: &usize| ends_clause(reader, i);
    let behind = || (last + 1..last + REACH).take_while(|i| !ends(i));
    let moves = sets::PRICE_MOVES.has(lexed.word(last + 1))
        || behind().any(|i| sets::PRICE_MOVES.has(lexed.word(i)) && lexed.digits(i + 1).is_some());
    let is_share = |i: usize| {
        sets::SHARE_LEADS.has(lexed.word(i))
            || sets::EXCHANGES.has(lexed.word(i))
            || lexed.word(i) == "index"
    };
    let hundredths = |i: usize| {
        lexed.symbol(i) == Some('%')
            && lexed.text(i - 1).len() == 2
            && lexed.symbol(i - 2) == Some(',')
    };
    // PVD và PGD giảm nhẹ
    let moves_slightly = sets::PRICE_MOVES.has(lexed.word(last + 1))
        && matches!(lexed.word(last + 2), "nhẹ" | "trần" | "sàn");
    let told = || {
        let before = (first.saturating_sub(REACH)..first).rev().take_while(|i| !ends(i));
        reader.options.profile == Profile::Finance
            || before.chain(behind()).any(is_share)
            || behind().any(hundredths)
            || moves_slightly
    };
    let is_money = |i: usize| sets::MONEY_CODES.has(lexed.text(i));
    // VND giảm 0,25% so với USD
    let around = || (first.saturating_sub(REACH)..first).chain(behind());
    let money =
        || (first..=last).any(is_money) || lexed.text(at) == "VND" && around().any(is_money);
    moves && told() && !money()
}

/// Whether three capitals are the code of a share: they follow mã or cổ phiếu, stand in a list of
/// codes, or a price follows that moves.
pub(super) fn is_among_codes(reader: &Reader<'_>, at: usize) -> bool {
    if !is_code(reader, at) {
        return false;
    }
    let first = start_of_list(reader, at);
    let last = end_of_list(reader, at);
    let money = (first..=last).any(|i| sets::MONEY_CODES.has(reader.lexed.text(i)));
    let finance = reader.options.profile == Profile::Finance;
    let listed = (first..=last).filter(|&i| is_code(reader, i)).count();
    let colon = first > 0 && reader.lexed.symbol(first - 1) == Some(':'); // (HoSE: NVL)
    let before = reader.lexed.before(first - usize::from(colon), 1);
    let named = sets::SHARE_LEADS.has(before)
        || before == "ck" && finance
        || colon && sets::EXCHANGES.has(before);
    let after = reader.lexed.word(at + 1) == "là" && reader.lexed.word(at + 2) == "mã";
    !money && (named || after || listed >= 3 || listed == 2 && finance || has_price(reader, at))
}

/// A code that is no part of anything: three capitals, no number before, no stroke or dot.
fn is_code(reader: &Reader<'_>, at: usize) -> bool {
    let text = reader.lexed.text(at);
    let apart = |i: usize| !matches!(reader.lexed.symbol(i), Some('/' | '.' | '-' | '&'));
    text.len() == 3
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && (!reader.lexed.is_glued(at) || at == 0 || apart(at - 1))
        && (!reader.lexed.is_glued(at + 1) || apart(at + 1) || !reader.lexed.is_glued(at + 2))
        && at.checked_sub(1).is_none_or(|i| {
            reader.lexed.digits(i).is_none() && !sets::NOT_BEFORE_CODES.has(reader.lexed.word(i))
        })
}

/// Whether a code is at an index, and a verb right after says what its price does.
fn is_code_that_moves(reader: &Reader<'_>, at: usize) -> bool {
    is_code(reader, at) && sets::PRICE_MOVES.has(reader.lexed.word(at + 1))
}

/// Whether it moves, and another code before it in the sentence does: VIX giảm 1,9%, HCM tăng nhẹ.
fn moves_with_others(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 14;
    let moves = |i: usize| is_code_that_moves(reader, i);
    let goes_on = |&i: &usize| !ends_clause(reader, i);
    moves(at) && (at.saturating_sub(REACH)..at).rev().take_while(goes_on).any(moves)
}

/// Whether the share by which a price changed is right behind, with its sign: NVL +1,99%.
fn changes(reader: &Reader<'_>, at: usize) -> bool {
    const LONGEST: usize = 7;
    let lexed = &reader.lexed;
    // VND (-0,8%)
    let sign = at + 1 + usize::from(lexed.symbol(at + 1) == Some('('));
    matches!(lexed.symbol(sign), Some('+' | '-' | '−'))
        && lexed.glued_digits(sign + 1).is_some()
        && (sign + 2..at + LONGEST).any(|i| lexed.glued_symbol(i) == Some('%'))
}

/// Whether a list goes on over the lexeme at `at`.
fn joins(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.symbol(at), Some(',' | ';')) || sets::JOINS.has(reader.lexed.word(at))
}

/// A list is followed over so many codes to either side, so that the work grows with the text alone.
const LONGEST_LIST: usize = 16;

/// Where a bracket between a code and the next ends at most: SBT (300.500 đơn vị), TDH.
const LONGEST_BRACKET: usize = 8;

/// The index after a bracket at `at`; `at` itself if there is none.
fn after_bracket(reader: &Reader<'_>, at: usize) -> usize {
    if reader.lexed.symbol(at) != Some('(') {
        return at;
    }
    let close = (at..at + LONGEST_BRACKET).find(|&i| reader.lexed.symbol(i) == Some(')'));
    close.map_or(at, |close| close + 1)
}

/// The index after the code before a bracket that ends before `at`; `at` itself if there is none.
fn before_bracket(reader: &Reader<'_>, at: usize) -> usize {
    if at.checked_sub(1).and_then(|close| reader.lexed.symbol(close)) != Some(')') {
        return at;
    }
    let open = (at.saturating_sub(LONGEST_BRACKET)..at)
        .rev()
        .find(|&i| reader.lexed.symbol(i) == Some('('));
    open.unwrap_or(at)
}

/// The index of the first code of the list that the one at `at` is in, as far as it is followed.
fn start_of_list(reader: &Reader<'_>, at: usize) -> usize {
    let mut first = at;
    for _ in 0..LONGEST_LIST {
        let Some(joint) = first.checked_sub(1).filter(|&joint| joins(reader, joint)) else { break };
        match before_bracket(reader, joint).checked_sub(1) {
            Some(code) if is_code(reader, code) => first = code,
            _ => break,
        }
    }
    first
}

/// The index of its last code.
fn end_of_list(reader: &Reader<'_>, at: usize) -> usize {
    let mut last = at;
    for _ in 0..LONGEST_LIST {
        let joint = after_bracket(reader, last + 1);
        if !joins(reader, joint) || !is_code(reader, joint + 1) {
            break;
        }
        last = joint + 1;
    }
    last
}

/// Whether words right after say that a price moves, by how many đồng or to which bound of the day.
fn has_price(reader: &Reader<'_>, at: usize) -> bool {
    let moves = (at + 1..at + 4).any(|i| {
        reader.lexed.case(i) == Some(Case::Lower) && sets::PRICE_MOVES.has(reader.lexed.word(i))
    });
    let bound = (at + 1..at + PRICE_REACH)
        .take_while(|&i| {
            !matches!(reader.lexed.symbol(i), Some('.' | ';' | '!')) || reader.lexed.is_glued(i + 1)
        })
        .any(|i| match reader.lexed.word(i) {
            "đồng" | "cp" => {
                i > 0
                    && (reader.lexed.digits(i - 1).is_some()
                        || reader.lexed.symbol(i - 1) == Some('/'))
            }
            "trần" | "sàn" => true,
            _ => false,
        });
    moves && bound
}

/// Whether an article about finance tells right after how many of a share were dealt in: SBT với 320.700 đơn
/// vị.
fn has_volume(reader: &Reader<'_>, at: usize) -> bool {
    let unit = |i: usize| {
        matches!((reader.lexed.word(i), reader.lexed.word(i + 1)), ("đơn", "vị") | ("cổ", "phiếu"))
            && (reader.lexed.digits(i - 1).is_some()
                || matches!(reader.lexed.word(i - 1), "triệu" | "nghìn"))
    };
    reader.options.profile == Profile::Finance
        && (at + 1..at + PRICE_REACH)
            .take_while(|&i| {
                !matches!(reader.lexed.symbol(i), Some('.' | ';' | '!'))
                    || reader.lexed.is_glued(i + 1)
            })
            .any(unit)
}

/// Whether the code of a firm is in brackets behind its name: Công ty X (NVL) where an article is about finance,
/// Novaland (NVL) anywhere.
fn is_of_firm(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let finance = reader.options.profile == Profile::Finance;
    // Novaland (NVL)
    let foreign = |i: usize| lexed.case(i) == Some(Case::Capital) && !reader.is_vietnamese(i);
    let named =
        |i: usize| finance && lexed.case(i).is_some_and(|case| case != Case::Lower) || foreign(i);
    at > 1
        && lexed.symbol(at - 1) == Some('(')
        && lexed.symbol(at + 1) == Some(')')
        && named(at - 2)
}

/// Whether an article about finance tells right after what the firm of a code does: NVL lỗ 666 tỷ.
fn acts(reader: &Reader<'_>, at: usize) -> bool {
    reader.options.profile == Profile::Finance && sets::FIRM_VERBS.has(reader.lexed.word(at + 1))
}

/// Whether a share of the code moves right after it, and another code in the same sentence does too: ORS giảm
/// 3,23%, VND giảm 1,49%.
fn moves_beside(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 16;
    let lexed = &reader.lexed;
    let moves = |i: usize| is_code_that_moves(reader, i);
    let share =
        (at + 2..at + 7).any(|i| lexed.digits(i).is_some() && lexed.symbol(i + 1) == Some('%'));
    let window = at.saturating_sub(REACH)..at + REACH;
    let money = window.clone().any(|i| sets::MONEY_CODES.has(lexed.text(i)));
    moves(at) && share && !money && window.into_iter().any(|i| i != at && moves(i))
}

fn codes() -> &'static HashSet<&'static str> {
    static CODES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        load(include_str!("tables/tickers.tsv")).expect("the embedded table is read in a test")
    });
    &CODES
}

fn load(text: &'static str) -> Result<HashSet<&'static str>, Error> {
    words("src/text/normalize/tables/tickers.tsv", text, "code", |code| {
        (code.len() != 3).then_some("a code has three letters")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_sound() {
        assert!(codes().contains("VND"));
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        let error = load("code\nABCD\n").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
