//! Formulas: b² - 4ac, E = mc², n!/(k!(n-k)!), √(x - 1). A run of numbers, single letters and signs
//! that holds a letter and a sign that only formulas have.

use super::lex::Case;
use super::paired_codes;
use super::range;
use super::reader::Reader;
use super::unit::is_length;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::text::transliterate;

/// A formula is no longer than this to either side of where it is looked at, in lexemes.
const LONGEST: usize = 24;

/// Reads what stands for something else inside a formula: several letters together, each a
/// factor, and the signs of difference, quotient, root and factorial.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let said = match reader.lexed.symbol(at) {
        None if is_product(reader, at) => "",
        Some('-' | '−' | '–') if at == 0 && !reader.lexed.is_glued(1) => return None, // of a list
        Some('-' | '−' | '–') if range::are_chainages(reader, at) => return None,
        Some('-' | '−' | '–') => {
            let operand = at > 0 && ends_operand(reader, at - 1)
                || is_calculation(reader, at)
                || is_less_age(reader, at);
            if operand { "trừ" } else { "âm" }
        }
        Some('/')
            if at > 0 && ends_operand(reader, at - 1) && !paired_codes::are_codes(reader, at) =>
        {
            "trên"
        }
        Some('√') => "căn bậc hai",
        Some('!') if reader.lexed.is_glued(at) && ends_operand(reader, at - 1) => "giai thừa",
        _ => return None,
    };
    let counts = said == "trừ" && (is_less_age(reader, at) || is_calculation(reader, at));
    if !counts && !in_formula(reader, at) {
        return None;
    }
    if said.is_empty() {
        let letters = transliterate::spell_letters(reader.lexed.text(at));
        reader.verbalize_as(at, at + 1, "formula", Likely, &letters);
    } else {
        reader.verbalize_as(at, at + 1, "formula", Likely, said);
    }
    Some(at + 1)
}

/// Whether a dash takes the age of a person from a number of three digits: nhịp tim tối đa = 220 - tuổi.
fn is_less_age(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let next = at + 1 + usize::from(lexed.word(at + 1) == "số");
    lexed.word(next) == "tuổi"
        && lexed.word(next + 1) != "trẻ"
        && at > 0
        && lexed.digits(at - 1).is_some_and(|digits| digits.len() == 3)
        && lexed.is_glued(at) == lexed.is_glued(at + 1)
}

/// Whether a dash is a minus among quantities that are named by words, behind an equals sign and beside a sign of
/// multiplication or addition: BMR = 10 × cân nặng (kg) – 5 × tuổi + 5.
fn is_calculation(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 40;
    let lexed = &reader.lexed;
    let free = !lexed.is_glued(at) && !lexed.is_glued(at + 1);
    let operates = |i: &usize| matches!(lexed.symbol(*i), Some('×' | '+' | '÷' | '·'));
    let goes_on = |i: &usize| !matches!(lexed.symbol(*i), Some('.' | ';' | '!' | '?'));
    let before = || (at.saturating_sub(REACH)..at).rev().take_while(goes_on);
    let after = (at + 1..(at + REACH).min(lexed.len())).take_while(goes_on);
    let equated = || before().any(|i| lexed.symbol(i) == Some('='));
    if !free || !equated() {
        return false;
    }
    let operated = before().chain(after).any(|i| operates(&i));
    lexed.digits(at + 1).is_some() && operated || is_between_terms(reader, at, operated)
}

/// Whether a dash behind an equals sign is between two terms in words, beside another sign of a calculation or figures by their first
/// words: Thuế = (Thu nhập - các khoản giảm trừ) x thuế suất, Lợi nhuận = Doanh thu - Chi phí.
fn is_between_terms(reader: &Reader<'_>, at: usize, operated: bool) -> bool {
    const REACH: usize = 40;
    let lexed = &reader.lexed;
    let ends = |i: usize| lexed.case(i).is_some() || lexed.symbol(i) == Some(')');
    let parts = |i: usize| matches!(lexed.symbol(i), Some(',' | ':' | '"' | '“' | '.' | ';'));
    let equals = (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&i| !parts(i))
        .find(|&i| lexed.symbol(i) == Some('='));
    let Some(equals) = equals.filter(|_| at > 0 && ends(at - 1)) else { return false };
    let first = equals + 1 + usize::from(lexed.symbol(equals + 1) == Some('('));
    let term = |i: usize| lexed.case(i).is_some() && reader.is_vietnamese(i);
    let figure =
        |i: usize| lexed.case(i) == Some(Case::Capital) && sets::CALCULATED.has(lexed.word(i));
    let times = || (equals..at + REACH).take_while(|&i| !parts(i)).any(|i| lexed.word(i) == "x");
    // … + điểm ưu tiên - theo quy định của Bộ: a remark
    let counted = || sets::CALCULATED.has(lexed.word(at + 1));
    term(first)
        && term(at + 1)
        && ((operated || times()) && counted() || figure(first) && figure(at + 1))
}

/// Whether two or three letters are at `at` that are neither a word of Vietnamese nor a function.
fn is_product(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.lexed.word(at);
    let letters = word.chars().count();
    (2..=3).contains(&letters)
        && word.is_ascii()
        && reader.lexed.case(at) == Some(Case::Lower)
        && !sets::FUNCTIONS.has(word)
        && word != "km" // km 123+400: a place on a road
        && (reader.lexed.is_glued(at) || !reader.is_vietnamese(at) && !follows_count(reader, at))
}

/// Whether the letters at `at` are what a number apart before them counts, beside an equals sign: 1 won = 18,5 đồng, 1 USD = 156
/// yen.
fn follows_count(reader: &Reader<'_>, at: usize) -> bool {
    /// A number with decimals behind an equals sign.
    const NUMBER: usize = 4;
    let lexed = &reader.lexed;
    let equals = |i: usize| lexed.symbol(i) == Some('=');
    let behind = || lexed.text(at).len() > 2 && (at.saturating_sub(NUMBER)..at).any(equals);
    !lexed.is_glued(at) && at > 0 && lexed.digits(at - 1).is_some() && (equals(at + 1) || behind())
}

/// Whether what is at `at` can end a number, a letter or a bracket.
fn ends_operand(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.digits(at).is_some()
        || is_variable(reader, at)
        || is_product(reader, at)
        || matches!(reader.lexed.symbol(at), Some(')' | ']' | '²' | '³' | '!' | '\''))
}

/// Whether a single Latin letter is at `at`.
fn is_variable(reader: &Reader<'_>, at: usize) -> bool {
    let text = reader.lexed.text(at);
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether the signs and letters around `at` make a formula: at least one letter alone or a product,
/// and at least one sign that only formulas have.
fn in_formula(reader: &Reader<'_>, at: usize) -> bool {
    let belongs = |at: usize| {
        ends_operand(reader, at)
            || sets::FUNCTIONS.has(reader.lexed.word(at))
            || is_greek(reader.lexed.word(at))
            || matches!(
                reader.lexed.symbol(at),
                Some('(' | '[' | '-' | '−' | '–' | '/' | '|' | '·' | '½' | ',')
            )
            || is_strong(reader.lexed.symbol(at))
    };
    let from =
        (at.saturating_sub(LONGEST)..at).rev().take_while(|&i| belongs(i)).last().unwrap_or(at);
    let to = at + (at..reader.lexed.len().min(at + LONGEST)).take_while(|&i| belongs(i)).count();
    let mut letter = false;
    let mut strong = false;
    for i in (from..to).filter(|&i| !is_area(reader, i) && !is_area(reader, i.wrapping_sub(1))) {
        letter |= is_variable(reader, i)
            || (is_product(reader, i) && reader.lexed.digits(i.wrapping_sub(1)).is_some());
        strong |= is_strong(reader.lexed.symbol(i));
    }
    letter && strong
}

/// Whether a measured area or volume is at `at`: the m² of 80-120m² is not a variable.
fn is_area(reader: &Reader<'_>, at: usize) -> bool {
    is_length(reader.lexed.text(at))
        && matches!(reader.lexed.glued_symbol(at + 1), Some('²' | '³'))
        && at.checked_sub(1).is_some_and(|before| reader.lexed.digits(before).is_some())
}

/// Signs that only formulas have.
fn is_strong(sign: Option<char>) -> bool {
    matches!(sign, Some('=' | '√' | '²' | '³' | '+' | '±' | '^' | '×' | '≤' | '≥' | '∫' | '!'))
}

fn is_greek(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, 'α'..='ω'))
}
