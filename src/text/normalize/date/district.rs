//! Districts and wards by a letter and their number: Q3, Q10, P2. Q1 to Q4 are also quarters.

use crate::model::spoken::Confidence::{Doubtful, Likely};
use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::number;
use crate::text::normalize::range;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// Quarters have no higher number.
const LAST_QUARTER: u8 = 4;

/// Districts of Thành phố Hồ Chí Minh have no higher number.
const LAST_DISTRICT: u8 = 12;

/// How far before and after a letter the words are that tell what it is.
const REACH: usize = 8;

/// How many districts of a list are looked through.
const MOST: usize = 6;

/// Reads a district that is no quarter, or a ward.
pub(super) fn read_late(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let number = reader.lexed.glued_digits(at + 1)?;
    let quarter = number.parse::<u8>().is_ok_and(|number| number <= LAST_QUARTER);
    let ward = reader.lexed.text(at) == "P";
    (ward || !quarter).then(|| read(reader, at))?
}

/// Reads a district where its number or what is around it tells that it is one, and a ward before it.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let end = at + 2;
    let letter = reader.lexed.text(at);
    let digits = reader.lexed.glued_digits(at + 1).filter(|digits| !digits.starts_with('0'))?;
    let number: u8 = digits.parse().ok()?;
    let begins = !reader.lexed.is_glued(at)
        || at == 0
        || reader.lexed.symbol(at - 1).is_some_and(|s| range::is_dash(s) || matches!(s, '(' | ','));
    let signed = reader.lexed.glued_symbol(end).is_some() && reader.lexed.is_glued(end + 1);
    let followed = reader.lexed.symbol(end).is_some_and(range::is_dash); // Q5-Q6
    if !begins || reader.lexed.goes_on(end) || signed && !followed && end + 1 < reader.lexed.len() {
        return None;
    }
    let said = match letter {
        "P" if is_before_district(reader, end) => "phường",
        "Q" if (1..=LAST_DISTRICT).contains(&number) && is_district(reader, at, number) => "quận",
        _ => return None,
    };
    let doubtful = said == "quận" && number <= LAST_QUARTER && !is_settled(reader, at, end);
    let confidence = if doubtful { Doubtful } else { Likely };
    reader.verbalize(at, end, "date", confidence, |out| {
        out.push(said);
        number::cardinal(digits, out);
    });
    Some(end)
}

/// Whether a comma and a district are at `at`, behind a ward: (P2, Q.PN), P7, Q3.
fn is_before_district(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let letter = lexed.text(at + 1) == "Q"
        && (lexed.glued_digits(at + 2).is_some() || lexed.glued_symbol(at + 2) == Some('.'));
    lexed.symbol(at) == Some(',') && (letter || lexed.word(at + 1) == "quận")
}

/// Whether the Q from `at` to `end` is surely no quarter, as an office, a division or the city beside it tells. ở Q3
/// may be a round of a race, too.
fn is_settled(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let before = reader.lexed.before(at, 1);
    let of_office = sets::DISTRICT_LEADS.has(before) && !sets::PLACE_LEADS.has(before)
        || reader.follows(at, &["công", "an"]);
    of_office
        || reader.lexed.word(end) == "cũ" // phường Bến Nghé (Q1 cũ)
        || is_after_division(reader, at)
        || is_before_late(reader, at)
        || is_before_city(reader, end)
}

/// Whether Thành phố Hồ Chí Minh is named right behind `end`: Q1, TP.HCM.
pub(super) fn is_before_city(reader: &Reader<'_>, end: usize) -> bool {
    ["hcm", "tphcm"].iter().any(|city| reader.near_after(end, 4, city))
}

/// Whether figures of a quarter are told beside the Q at `at`: ở Q4, doanh thu tăng.
pub(super) fn tells_figures(reader: &Reader<'_>, at: usize) -> bool {
    let ahead =
        (at + 2..at + REACH).any(|i| matches!(reader.lexed.word(i), "doanh" | "nhuận" | "gdp"));
    ahead || reader.near_before(at, REACH, &sets::MONTHLY_FIGURES)
}

/// Whether the Q at `at` is a district.
fn is_district(reader: &Reader<'_>, at: usize, number: u8) -> bool {
    let lexed = &reader.lexed;
    let model = reader.near_before(at, REACH, &sets::Q_MODELS);
    let late = number > LAST_QUARTER;
    let figures = !late && tells_figures(reader, at);
    let led = sets::DISTRICT_LEADS.has(lexed.before(at, 1)) || reader.follows(at, &["công", "an"]);
    let foreign = at > 0
        && matches!(lexed.case(at - 1), Some(Case::Capital | Case::Mixed))
        && !reader.is_vietnamese(at - 1);
    let told = led || is_after_division(reader, at);
    let listed = !model && is_before_late(reader, at);
    let former = lexed.word(at + 2) == "cũ";
    (told || listed || former) && !figures || late && !model && !foreign
}

/// Whether a ward, or another district of a list, was said right before: P.7, Q3; Q10 và Q3.
fn is_after_division(reader: &Reader<'_>, at: usize) -> bool {
    /// A ward, its number, a comma or a word that joins.
    const TOKENS: usize = 3;
    let lexed = &reader.lexed;
    let joined = at > 0
        && (lexed.symbol(at - 1).is_some_and(|sign| sign == ',' || range::is_dash(sign))
            || sets::JOINS.has(lexed.word(at - 1)));
    joined
        && reader.last_tokens(TOKENS).any(|token| match token {
            Token::Word(word) => {
                let said = reader.said(word);
                said.starts_with("phường") || said.starts_with("quận")
            }
            _ => false,
        })
}

/// Whether a list of districts goes on to one that is no quarter: Q1, Q10 và Q7.
fn is_before_late(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let mut end = at + 2;
    for _ in 0..MOST {
        let joined = lexed.symbol(end).is_some_and(|sign| sign == ',' || range::is_dash(sign))
            || sets::JOINS.has(lexed.word(end))
            || matches!(lexed.word(end), "đến" | "tới");
        let number = lexed.glued_digits(end + 2).and_then(|digits| digits.parse::<u8>().ok());
        match number {
            Some(number) if joined && lexed.text(end + 1) == "Q" => {
                if (LAST_QUARTER + 1..=LAST_DISTRICT).contains(&number) {
                    return true;
                }
            }
            _ => return false,
        }
        end += 3;
    }
    false
}
