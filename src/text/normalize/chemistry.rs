//! Chemical formulas by their letters and numbers: CO2, NaCl, CaCO3, C6H12O6, CH3COOH, pH.

use super::code_letters;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;
use crate::text::transliterate;

/// More lexemes than this are not a formula.
const LONGEST: usize = 16;

/// Reads a formula, or the measure pH.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if reader.lexed.text(at) == "pH" {
        reader.verbalize_as(at, at + 1, "letters", Likely, "pê hát");
        return Some(at + 1);
    }
    if let Some(end) = equivalent(reader, at) {
        return Some(end);
    }
    let after_digits = at > 0 && reader.lexed.digits(at - 1).is_some(); // 2H2O
    if !reader.lexed.text(at).is_ascii() || reader.lexed.is_glued(at) && touches(reader, at) {
        return None;
    }
    let mut end = at;
    let mut formula = String::new();
    let mut open = false;
    while end < at + LONGEST && (end == at || reader.lexed.is_glued(end)) {
        match reader.lexed.symbol(end) {
            None => formula.push_str(reader.lexed.text(end)),
            Some('(') if end > at && closes(reader, end) => open = true,
            Some(')') if open => open = false,
            Some(sign @ '₀'..='₉') => formula.extend(lowered(sign)),
            Some(_) => break,
        }
        end += 1;
    }
    let letters = formula.chars().filter(char::is_ascii_uppercase).count();
    // bị cáo N2, tòa N4
    if letters == 1 && code_letters::is_of_person_or_flat(reader, at) {
        return None;
    }
    // U23-, K1+: no ions, for they have one letter
    let charge = (letters > 1).then(|| charge(reader, &formula, end)).flatten();
    // PO43-: four of O, three charges
    let atoms = formula.len() - usize::from(charge.is_some_and(|(_, counted)| counted));
    let mut parts = elements(&formula[..atoms])?;
    parts.extend((atoms < formula.len()).then(|| &formula[atoms..]));
    let digits = parts.iter().filter(|part| part.starts_with(|c: char| c.is_ascii_digit())).count();
    let two_letters = parts.iter().any(|part| part.len() == 2 && sets::ELEMENTS.has(part));
    let symbols = parts.len() - digits;
    let last = parts.iter().rev().find(|part| sets::ELEMENTS.has(part))?;
    // quặng sắt 62% Fe
    let share = at > 0
        && reader.lexed.symbol(at - 1) == Some('%')
        && parts.len() == 1
        && parts[0].len() == 2;
    let listed =
        || parts.len() == 1 && parts[0].len() == 2 && end == at + 1 && is_in_list(reader, at);
    let is_formula = share
        || charge.is_some()
        || sets::PLAIN_FORMULAS.has(formula.as_str())
        || two_letters && symbols > 1 && sets::LAST_ELEMENTS.has(last)
        || digits > 0 && formula.contains("COO")
        || digits > 1 && symbols > 2 && parts[0] != "I" && sets::LAST_ELEMENTS.has(last)
        || after_digits && symbols > 1 && digits > 0 && sets::LAST_ELEMENTS.has(last)
        || listed();
    // CO may be short for much; gas and poison speak of it.
    let bare = digits == 0 && !two_letters;
    let in_list = reader
        .last_tokens(3)
        .any(|token| matches!(token, Token::Word(word) if word.class == "formula"));
    if !is_formula || bare && !in_list && !reader.near_before(at, 5, &sets::ABOUT_GASES) {
        return None;
    }
    let charged = end + usize::from(charge.is_some());
    reader.verbalize(at, charged, "formula", Likely, |out| {
        for part in parts {
            if part.starts_with(|c: char| c.is_ascii_digit()) {
                number::cardinal(part, out);
            } else if part == "O" {
                out.push("ô");
            } else if part == "N" && symbols == 1 {
                out.push("en"); // N2: the gas, a road or a house
            } else {
                for letter in part.split("").filter(|letter| !letter.is_empty()) {
                    let name = transliterate::spell_letters(letter);
                    out.push(if letter == "o" { "ô" } else { &name });
                }
            }
        }
        if let Some((said, _)) = charge {
            out.push(said);
        }
    });
    Some(charged)
}

/// CO2e, CO2tđ: so much carbon dioxide as other gases weigh in the warmth that they keep.
fn equivalent(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let dioxide = lexed.text(at) == "CO"
        && (lexed.glued_digits(at + 1) == Some("2") || lexed.glued_symbol(at + 1) == Some('₂'));
    let end = at + 3;
    let fits = dioxide
        && lexed.is_glued(at + 2)
        && matches!(lexed.text(at + 2), "e" | "eq" | "tđ")
        && !lexed.goes_on(end);
    fits.then_some(())?;
    reader.verbalize_as(at, end, "formula", Likely, "xê ô hai tương đương");
    Some(end)
}

/// Whether the symbol of an element is in a list of several, of which one is no syllable of Vietnamese or a single
/// letter: K, Na và P; Ca, Mg.
fn is_in_list(reader: &Reader<'_>, at: usize) -> bool {
    /// More than this to either side are not looked at.
    const MOST: usize = 6;
    let lexed = &reader.lexed;
    let joins = |i: usize| {
        matches!(lexed.symbol(i), Some(',' | '&')) || matches!(lexed.text(i), "và" | "hoặc")
    };
    let element = |i: usize| sets::ELEMENTS.has(lexed.text(i)) && !lexed.is_glued(i);
    let before =
        (1..=MOST).map_while(|n| at.checked_sub(2 * n)).take_while(|&i| joins(i + 1) && element(i));
    let after = (1..=MOST).map(|n| at + 2 * n).take_while(|&i| joins(i - 1) && element(i));
    let beside: Vec<usize> = before.chain(after).collect();
    let strange = |&i: &usize| lexed.text(i).len() == 2 && !reader.is_vietnamese(i);
    let letter = |i: &usize| lexed.text(*i).len() == 1;
    let strange = strange(&at) || beside.iter().any(strange);
    beside.len() > 1 && (strange || beside.iter().any(letter)) || beside.len() == 1 && strange
}

/// The charge of an ion whose formula ends at `end`, and whether the last digit of the formula counts it: NH4+, NO3-,
/// PO43-, SO42-.
fn charge(reader: &Reader<'_>, formula: &str, end: usize) -> Option<(&'static str, bool)> {
    let lexed = &reader.lexed;
    let sign = lexed.glued_symbol(end)?;
    if lexed.is_glued(end + 1) && (lexed.case(end + 1).is_some() || lexed.digits(end + 1).is_some())
    {
        return None;
    }
    let digits = formula.len() - formula.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    match (sign, digits) {
        ('+', 1) => Some(("cộng", false)),
        ('-' | '−', 1) if sets::ANIONS.has(formula) => Some(("trừ", false)),
        ('-' | '−', 2) if formula.ends_with(['2', '3']) => Some(("trừ", true)),
        _ => None,
    }
}

/// Reads the fineness of gold: vàng 9999 is gold of four nines.
pub(super) fn read_fineness(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let digits = reader.lexed.digits(at)?;
    let nines = digits.bytes().all(|digit| digit == b'9') && (3..=4).contains(&digits.len());
    let apart = !reader.lexed.is_glued(at) && !reader.lexed.is_glued(at + 1)
        || reader.lexed.symbol(at + 1).is_some_and(|sign| !matches!(sign, '.' | ',' | '-'))
        || at + 1 >= reader.lexed.len()
        || !reader.lexed.is_glued(at + 2);
    if !nines || !apart || !reader.near_before(at, 6, &["vàng", "sjc"]) && !is_silver(reader, at) {
        return None;
    }
    let said = if digits.len() == 4 { "bốn số chín" } else { "ba số chín" };
    reader.verbalize_as(at, at + 1, "fineness", Likely, said);
    Some(at + 1)
}

/// Whether silver is right before the nines at `at`, or shortly before them as it is sold: bạc 999, bạc miếng Phú Quý 999. What is
/// counted or paid is none.
fn is_silver(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    let next = reader.lexed.word(at + 1);
    let counted = sets::SCALES.has(next)
        || sets::MONEY_WORDS.has(next)
        || sets::COUNTED_WHOLE.has(next)
        || reader.tables.unit(reader.lexed.rest(at + 1)).is_some();
    let sold =
        || ["miếng", "thỏi"].into_iter().any(|form| reader.near_phrase(at, REACH, ["bạc", form]));
    !counted && (reader.lexed.before(at, 1) == "bạc" || sold())
}

/// Whether what the formula touches on its left is neither its number nor a sign that sets it off.
fn touches(reader: &Reader<'_>, at: usize) -> bool {
    at > 0 && reader.lexed.case(at - 1).is_some()
        || at > 1 && reader.lexed.glued_symbol(at - 1) == Some('-')
}

/// Whether the bracket at an index holds a group of a formula: letters and digits, then a number.
fn closes(reader: &Reader<'_>, at: usize) -> bool {
    let close = (at + 1..at + 5).find(|&i| reader.lexed.glued_symbol(i) == Some(')'));
    close.is_some_and(|close| reader.lexed.glued_digits(close + 1).is_some())
}

/// The digit that a lowered one stands for.
fn lowered(sign: char) -> Option<char> {
    char::from_digit(u32::from(sign) - u32::from('₀'), 10)
}

/// The elements and numbers that a formula is made of, the longer symbol first; `None` where it is
/// not.
fn elements(formula: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = formula;
    if !formula.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let length = match digits {
            0 => (1..=2).rev().find(|&n| rest.get(..n).is_some_and(|s| sets::ELEMENTS.has(s)))?,
            1..=3 => digits,
            _ => return None,
        };
        let (part, after) = rest.split_at(length);
        if part.starts_with('0') {
            return None;
        }
        parts.push(part);
        rest = after;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_of_elements() {
        assert_eq!(elements("CaCO3"), Some(vec!["Ca", "C", "O", "3"]));
        assert_eq!(elements("NaHCO3"), Some(vec!["Na", "H", "C", "O", "3"]));
        assert_eq!(elements("HaNoi"), None);
        assert_eq!(elements("3D"), None);
    }
}
