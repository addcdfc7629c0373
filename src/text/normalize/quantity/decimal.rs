//! Numbers with signs in them, and which of these are decimals: 8.0 độ, 3, 7 triệu USD, 162.8 x 77.6 mm, trung bình 9.125.

use super::identifier::{is_account, leads_quantity};
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::text::normalize::lex::Case;
use crate::text::normalize::numeral::{self, Numeral};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;
use crate::text::normalize::{number, range, unit};

/// điểm trung bình 9.125: a mean of marks has decimals and no thousands.
pub(super) fn mean(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 4;
    let lexed = &reader.lexed;
    let whole = lexed.digits(at).filter(|digits| digits.len() == 1)?;
    let parts = lexed.glued_digits(at + 2).filter(|digits| digits.len() == 3)?;
    let point = lexed.glued_symbol(at + 1) == Some('.') && !lexed.goes_on(at + 3);
    let marks = reader.near_phrase(at, REACH, ["điểm", "trung"]) || lexed.before(at, 1) == "gpa";
    (point && marks && !sets::COUNTED_LONG.has(lexed.word(at + 3))).then_some(())?;
    reader.verbalize(at, at + 3, "decimal", Likely, |out| {
        number::cardinal(whole, out);
        out.push("phẩy");
        number::fraction(parts, out);
    });
    Some(at + 3)
}

/// 3, 7 triệu after a word that leads to one quantity: a decimal comma with white space behind it.
pub(super) fn spaced_comma(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let whole = reader.lexed.digits(at).filter(|digits| digits.len() <= 3)?;
    (reader.lexed.glued_symbol(at + 1) == Some(',') && !reader.lexed.is_glued(at + 2))
        .then_some(())?;
    let parts = reader.lexed.digits(at + 2).filter(|digits| digits.len() <= 2)?;
    let scaled = sets::SCALES.has(reader.lexed.word(at + 3));
    let leads = leads_quantity(reader, at)
        || sets::PRICE_VERBS.has(reader.lexed.before(at, 1))
        || is_paid_alone(reader, at);
    if !scaled || !leads {
        return None;
    }
    let written = reader.lexed.source(at, at + 3);
    reader.warn(
        at,
        at + 3,
        message!("{written} was taken as one number with a decimal comma", written),
    );
    reader.verbalize(at, at + 3, "decimal", Doubtful, |out| {
        number::cardinal(whole, out);
        out.push("phẩy");
        number::fraction(parts, out);
    });
    Some(at + 3)
}

/// Whether the numbers at `at` are an amount of money behind a word that numbers nothing, or alone in a bracket or behind a
/// semicolon: trị giá 3, 7 triệu USD, but not tháng 3, 7 triệu đồng, nor 3, 4 triệu đồng, which may be two.
fn is_paid_alone(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(before) = at.checked_sub(1) else { return false };
    let word = || {
        lexed.case(before) == Some(Case::Lower)
            && !sets::NUMBERED_NOUNS.has(lexed.word(before))
            && !sets::COUNTED_OFF.has(lexed.word(before))
            && !sets::ROMAN_LEADS.has(lexed.word(before))
            && !matches!(lexed.word(before), "giải" | "phố" | "ô")
    };
    sets::MONEY_WORDS.has(lexed.word(at + 4))
        && lexed.value(at).map(|first| first + 1) != lexed.value(at + 2)
        && (matches!(lexed.symbol(before), Some('(' | ';')) || word())
}

/// Says a numeral with signs in it. Where nothing is measured, a decimal point is said as it is
/// written (điểm 6.5); before a measure it is the comma of Vietnamese (3.5 triệu).
pub(super) fn verbalize_signed(
    reader: &mut Reader<'_>,
    at: usize,
    numeral: &Numeral<'_>,
    measured: bool,
) {
    let end = numeral.end;
    if numeral.point && !numeral.grouped && is_account(reader, at, numeral) {
        let written = reader.lexed.source(at, end);
        return reader.verbalize(at, end, "digits", Likely, |out| number::one_by_one(written, out));
    }
    // 32.3000 đồng: neither thousands nor what anybody pays
    let slip = numeral.point
        && numeral.fraction.is_some_and(|fraction| fraction.len() > 3)
        && sets::MONEY_WORDS.has(reader.lexed.word(end));
    let confidence = match (numeral.ambiguous || slip, numeral.point) {
        (true, _) => Doubtful,
        (_, true) => Likely,
        _ => Sure,
    };
    let class = if numeral.fraction.is_some() { "decimal" } else { "cardinal" };
    // XBB.1.5: the parts of a name
    let of_name = at > 1
        && reader.lexed.is_glued(at)
        && reader.lexed.symbol(at - 1) == Some('.')
        && reader.lexed.is_glued(at - 1)
        && reader.lexed.case(at - 2) == Some(Case::Upper);
    let as_written = numeral.point
        && !numeral.grouped
        && !measured
        && !reader.lexed.points_measure
        && !is_measured(reader, end)
        && !is_cell(reader, at, end);
    // độ lớn 2.9, pH 8.5
    let measure =
        reader.follows(at, &["độ", "lớn"]) || reader.near_before(at, 1, &["ph"]) && at > 0;
    let sign = if (as_written || of_name) && !measure { "chấm" } else { "phẩy" };
    reader.verbalize(at, end, class, confidence, |out| numeral.verbalize_with(sign, out));
    if numeral.ambiguous {
        let written = reader.lexed.source(at, end);
        let taken = match numeral.fraction {
            Some(_) => message!("decimal sign"),
            None => message!("grouping sign"),
        };
        reader.warn(
            at,
            end,
            message!("the comma in {written} was taken as a {taken}", written, taken),
        );
    }
}

/// Whether what is measured or counted is at `at`, or after the other end of a range there.
fn is_measured(reader: &Reader<'_>, at: usize) -> bool {
    let counted = |at: usize| {
        matches!(reader.lexed.symbol(at), Some('%' | '‰' | '°'))
            || reader.counts_next(at) && !reader.lexed.is_glued(at) && reader.lexed.word(at) != "x"
    };
    let other_end = || {
        reader.lexed.symbol(at).filter(|&sign| range::is_dash(sign))?;
        Some(numeral::parse(&reader.lexed, at + 1)?.end)
    };
    let measured = |end: usize| reader.tables.unit(reader.lexed.rest(end)).is_some();
    counted(at)
        || unit::is_hyphened_inch(reader, at)
        || other_end().is_some_and(|end| counted(end) || measured(end)) // 0.8 – 1.2 kW
        || is_side(reader, at)
        || is_listed_measure(reader, at)
}

/// Whether the number that ends at `at` is one of a list whose last is measured: 3.6; 3.0 và 2.9 độ richter.
pub(super) fn is_listed_measure(reader: &Reader<'_>, at: usize) -> bool {
    const MOST: usize = 8;
    let mut end = at;
    for _ in 0..MOST {
        let joined = matches!(reader.lexed.symbol(end), Some(';' | ','))
            || matches!(reader.lexed.word(end), "và" | "hoặc");
        let next = numeral::parse(&reader.lexed, end + 1).filter(|next| joined && next.point);
        let Some(next) = next else { break };
        end = next.end;
    }
    end > at
        && (sets::LIST_MEASURES.has(reader.lexed.word(end))
            || reader.lexed.symbol(end) == Some('%')
            || reader.tables.unit(reader.lexed.rest(end)).is_some())
}

/// Whether the number that ends at `at` is a side of a size, of which the unit is behind the last: 162.8 x 77.6 x
/// 8.2 mm.
pub(super) fn is_side(reader: &Reader<'_>, at: usize) -> bool {
    const SIDES: usize = 3;
    let mut end = at;
    for _ in 0..SIDES {
        let times = reader.lexed.word(end) == "x" || reader.lexed.symbol(end) == Some('×');
        end = match numeral::parse(&reader.lexed, end + 1).filter(|_| times) {
            Some(side) => side.end,
            None => break,
        };
    }
    end > at && reader.tables.unit(reader.lexed.rest(end)).is_some()
}

/// Whether a number is in a row of a table: another number is right beside it, as in 382.17 416.32 -8%.
fn is_cell(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let apart = |i: usize| !reader.lexed.is_glued(i);
    let minus = |i: usize| reader.lexed.symbol(i).is_some_and(range::is_dash);
    let signed = at >= 1 && minus(at - 1) && reader.lexed.is_glued(at);
    let from = if signed { at - 1 } else { at };
    let before = from >= 1
        && apart(from)
        && (reader.lexed.digits(from - 1).is_some() || reader.lexed.symbol(from - 1) == Some('%'));
    let after = apart(end)
        && (reader.lexed.digits(end).is_some()
            || minus(end) && reader.lexed.glued_digits(end + 1).is_some());
    before || after
}
