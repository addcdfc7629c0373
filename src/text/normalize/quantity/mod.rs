//! Numbers that count or measure, with the unit that follows them: 2.405 học viên, 100,02%,
//! 55,61 triệu đồng, 02 Nghị quyết, số 05, thứ 4, tháng 4.

mod alternatives;
mod decimal;
mod exponent;
mod identifier;
mod lettered;
mod version;

use super::lex::Case;
use super::numeral::{self, Numeral};
use super::reader::Reader;
use super::verbalization::Verbalization;
use super::{date, number, range, unit};
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::Mark;
use crate::text::normalize::word_sets as sets;
pub(super) use alternatives::read as read_alternatives;
use decimal::{mean, spaced_comma, verbalize_signed};
use identifier::{SHORTEST_CODE, is_force, is_long_code, is_name, is_short_code};
use version::{is_version, read_dotted};

/// An ungrouped number of more digits than this, with nothing counted after it, may be an identifier.
const LONGEST_UNGROUPED: usize = 6;

/// An ungrouped number of more digits than this is an identifier, whatever is around it.
const LONGEST_COUNT: usize = 15;

/// Reads any number, and its unit if it has one.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = exponent::scientific(reader, at)
        .or_else(|| account(reader, at))
        .or_else(|| identifier::share_abroad(reader, at))
        .or_else(|| before_formula(reader, at))
        .or_else(|| price(reader, at))
        .or_else(|| lettered::days_and_nights(reader, at))
        .or_else(|| lettered::weeks_and_days(reader, at))
        .or_else(|| lettered::storeys(reader, at))
        .or_else(|| two_of_a_kind(reader, at))
        .or_else(|| mean(reader, at))
        .or_else(|| leftover(reader, at))
    {
        return Some(end);
    }
    let numeral =
        numeral::parse(&reader.lexed, at).filter(|number| !is_version(reader, at, number));
    let Some(numeral) = numeral else {
        return Some(read_dotted(reader, at));
    };
    let end = numeral.end;
    if let Some(end) = lettered::read(reader, at, &numeral).or_else(|| spaced_comma(reader, at)) {
        return Some(end);
    }
    let unit = unit::after_number(reader, end, Some(&numeral));
    verbalize_number(reader, at, &numeral, unit.is_some());
    if let Some(exponent) = exponent::exponent(reader, end).filter(|_| unit.is_none()) {
        reader.verbalize(end, exponent.end, "cardinal", Sure, |out| exponent.verbalize(out));
        let unit = unit::after_number(reader, exponent.end, None);
        return Some(unit::verbalize(reader, exponent.end, unit));
    }
    unit::split(reader, end).or_else(|| Some(unit::verbalize(reader, end, unit)))
}

/// The 0 behind the name of the author at the end of an article counted its comments on the page that it was
/// taken from, and is not read.
fn leftover(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 8;
    let lexed = &reader.lexed;
    let last = lexed.text(at) == "0" && at + 1 == lexed.len() && lexed.is_last();
    let after_name = at > 1
        && !lexed.is_glued(at)
        && matches!(lexed.case(at - 1), Some(Case::Capital | Case::Upper))
        && reader.is_vietnamese(at - 1)
        && (at.saturating_sub(REACH)..at).all(|i| lexed.digits(i).is_none());
    if !last || !after_name {
        return None;
    }
    let message =
        "the 0 at the end seems to count something on the page it is from, and is left out";
    reader.warn(at, at + 1, message.to_string().into());
    reader.pass(at, at + 1, "leftover");
    Some(at + 1)
}

/// 40K2O: so much of what a formula names, whose first letter is no scale.
fn before_formula(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let amount = lexed.digits(at).filter(|digits| digits.len() <= 3)?;
    let formula = at + 1;
    let joined = lexed.is_glued(formula)
        && lexed.glued_digits(formula + 1).is_some()
        && lexed.is_glued(formula + 2)
        && !lexed.goes_on(formula + 3);
    let known = joined && sets::PLAIN_FORMULAS.has(lexed.source(formula, formula + 3));
    known.then(|| {
        reader.verbalize(at, formula, "cardinal", Likely, |out| number::cardinal(amount, out));
        formula
    })
}

/// The number of an account or a card in groups: 1903 4567 8901.
fn account(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const MOST: usize = 6;
    let group =
        |i: usize| reader.lexed.digits(i).is_some_and(|digits| (3..=5).contains(&digits.len()));
    let groups =
        (at..at + MOST).take_while(|&i| group(i) && (i == at || !reader.lexed.is_glued(i)));
    let end = at + groups.count();
    let digits: usize = (at..end).map(|i| reader.lexed.text(i).len()).sum();
    let measured = || {
        unit::after_number(reader, end, None).is_some()
            || sets::COUNTED_LONG.has(reader.lexed.word(end))
    };
    let goes_on = reader.lexed.is_glued(end) && reader.lexed.digits(end + 1).is_some();
    if end < at + 2 || digits < 8 || goes_on || measured() || !is_long_code(reader, at) {
        return None;
    }
    let written = reader.lexed.source(at, end);
    reader.verbalize(at, end, "digits", Likely, |out| number::one_by_one(written, out));
    Some(end)
}

/// lớp 6,7, tổ 4,5: two that follow one another and are named by number, with a comma and no decimal.
fn two_of_a_kind(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let first = lexed.digits(at).filter(|digits| digits.len() <= 2)?;
    let second = lexed.glued_digits(at + 2).filter(|digits| digits.len() <= 2)?;
    let follows = first.parse::<u8>().ok()? + 1 == second.parse::<u8>().ok()?;
    let named =
        sets::COUNTED_OFF.has(lexed.before(at, 1)) && lexed.glued_symbol(at + 1) == Some(',');
    (follows && named).then_some(())?;
    let end = at + 3;
    let measured = unit::after_number(reader, end, None).is_some()
        || sets::SCALES.has(lexed.word(end))
        || sets::MONEY_WORDS.has(lexed.word(end))
        || sets::MEASURE_WORDS.has(lexed.word(end))
        || first == "0";
    let goes_on = lexed.goes_on(end)
        || lexed.glued_symbol(end).is_some() && lexed.glued_digits(end + 1).is_some();
    (!measured && !goes_on).then_some(())?;
    reader.verbalize(at, at + 1, "cardinal", Likely, |out| number::cardinal(first, out));
    reader.mark(at + 1, at + 2, Mark::Comma);
    reader.verbalize(at + 2, end, "cardinal", Likely, |out| number::cardinal(second, out));
    Some(end)
}

fn verbalize_number(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>, measured: bool) {
    let end = numeral.end;
    let digits = numeral.integer.as_str();
    let before = reader.lexed.before(at, 1);
    if numeral.fraction.is_some() || end > at + 1 {
        return verbalize_signed(reader, at, numeral, measured);
    }
    // mỗi thứ 1 thìa: so much of each
    let each = before == "thứ" && reader.lexed.before(at, 2) == "mỗi";
    if before == "thứ" && !each || (before == "hạng" && digits == "1") {
        return reader.verbalize(at, end, "ordinal", Sure, |out| number::ordinal(digits, out));
    }
    // ngã 4 Hàng Xanh
    if matches!(before, "tháng" | "quý") && matches!(digits, "4" | "04")
        || before == "ngã"
            && digits == "4"
            && reader.lexed.case(end).is_none_or(|case| case == Case::Capital)
    {
        return reader.verbalize_as(at, end, "ordinal", Sure, "tư");
    }
    // tháng 3 – 4
    let ends_months = matches!(digits, "4" | "04")
        && at > 2
        && matches!(reader.lexed.word(at - 3), "tháng" | "quý")
        && reader.lexed.digits(at - 2).is_some()
        && reader.last_word().is_some_and(|word| word.class == "range");
    if ends_months {
        let said = format!("{} tư", reader.lexed.word(at - 3));
        return reader.verbalize_as(at, end, "ordinal", Likely, &said);
    }
    let one_by_one = |out: &mut Verbalization| number::one_by_one(digits, out);
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if leading_zero && digits.len() > 4 && !is_long_code(reader, at) {
        reader.verbalize(at, end, "digits", Doubtful, one_by_one);
        let message = message!("{digits} was read digit by digit, and may be a number", digits);
        return reader.warn(at, end, message);
    }
    let zeros_alone = digits.len() > 1 && digits.bytes().all(|digit| digit == b'0');
    if zeros_alone && !measured {
        return reader.verbalize(at, end, "digits", Likely, one_by_one); // 00
    }
    if digits.len() == 2 && leading_zero && is_club(reader, at) {
        return reader.verbalize(at, end, "digits", Likely, one_by_one);
    }
    let lettered = reader.lexed.goes_on(end)
        && reader.lexed.text(end).chars().count() == 1
        && reader.lexed.glued_digits(end + 1).is_some_and(|digits| digits.len() >= SHORTEST_CODE)
        && is_long_code(reader, at); // tài khoản 711A12345678
    if (lettered || is_flight(reader, at) || is_force(reader, at)) && !measured {
        return reader.verbalize(at, end, "digits", Likely, one_by_one);
    }
    let zeros = digits.len() > 2 && !measured && digits.bytes().any(|digit| digit != b'0'); // 007
    if leading_zero && (digits.len() > 3 || zeros || is_name(reader, at)) {
        return reader.verbalize(at, end, "digits", Sure, one_by_one);
    }
    if matches!(before, "boeing" | "airbus") {
        return reader.verbalize(at, end, "digits", Likely, one_by_one);
    }
    let counted = measured || counts(reader, digits, end);
    if (SHORTEST_CODE..=LONGEST_UNGROUPED).contains(&digits.len())
        && !measured
        && is_short_code(reader, at)
    {
        return reader.verbalize(at, end, "digits", Likely, one_by_one);
    }
    if digits.len() > LONGEST_UNGROUPED && !counted {
        if digits.len() > LONGEST_COUNT || is_long_code(reader, at) {
            return reader.verbalize(at, end, "digits", Likely, one_by_one);
        }
        reader.verbalize(at, end, "cardinal", Doubtful, |out| number::cardinal(digits, out));
        let message =
            message!("{digits} was read as a number, and may be a code of single digits", digits);
        return reader.warn(at, end, message);
    }
    if !measured && date::is_year_of_day(reader, at) {
        return reader.verbalize(at, end, "date", Likely, |out| {
            out.push("năm");
            number::year(digits, out);
        });
    }
    let numbered = sets::DAY_NUMBERED.has(before);
    let year = is_year(reader, at);
    // “biến loạn”13: it may be the mark of a note
    let behind_mark = at > 0
        && reader.lexed.is_glued(at)
        && matches!(reader.lexed.symbol(at - 1), Some('”' | '"' | '»' | '’'))
        && reader.lexed.is_glued(at - 1)
        && digits.len() < 3
        && !measured;
    let confidence = if behind_mark { Doubtful } else { Sure };
    let from_zero = begins_range_at_zero(reader, at, end);
    reader.verbalize(at, end, "cardinal", confidence, |out| {
        if from_zero {
            out.push("từ");
        }
        if year {
            number::year(digits, out);
        } else if numbered {
            number::cardinal(digits, out);
        } else {
            number::count(digits, out);
        }
    });
}

/// Whether a range goes up from the 0 at `at`, and no word says so: trẻ 0-6 tuổi. What is không đến sáu tuổi is not yet six.
fn begins_range_at_zero(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.text(at) == "0"
        && lexed.symbol(end).is_some_and(range::is_dash)
        && lexed.is_glued(end) == lexed.is_glued(end + 1)
        // 0 - 1 - 3: medals
        && numeral::parse(lexed, end + 1)
            .is_some_and(|last| !lexed.symbol(last.end).is_some_and(range::is_dash))
        && (!lexed.is_glued(at) || lexed.symbol(at - 1) == Some('('))
        && !reader.near_before(at, 4, &["từ"])
        && (at < 2 || lexed.word(at - 2) != "từ")
        && !sets::LEADS_TO_ENDS.has(lexed.before(at, 1))
}

/// Whether a number is the end of the name of a club, as the year of its founding: Schalke 04.
fn is_club(reader: &Reader<'_>, at: usize) -> bool {
    let name = at.checked_sub(1).is_some_and(|name| {
        // Lynk & Co 08
        let firm = name > 0 && reader.lexed.symbol(name - 1) == Some('&');
        reader.lexed.case(name) == Some(Case::Capital) && (firm || !reader.is_vietnamese(name))
    });
    name && !reader.lexed.is_glued(at) && !sets::COUNTED_LONG.has(reader.lexed.word(at + 1))
}

/// Whether the number of a flight is at `at`, apart from the letters of its airline: BL 563.
fn is_flight(reader: &Reader<'_>, at: usize) -> bool {
    let airline = at.checked_sub(1).is_some_and(|letters| {
        reader.lexed.case(letters) == Some(Case::Upper) && reader.lexed.text(letters).len() == 2
    });
    airline
        && (3..=4).contains(&reader.lexed.text(at).len())
        && reader.near_before(at, 12, &["bay", "chuyến"])
        && !sets::COUNTED_LONG.has(reader.lexed.word(at + 1))
}

/// Whether the digits at `at` name a year: after năm and the like, or in a range of years.
fn is_year(reader: &Reader<'_>, at: usize) -> bool {
    let year = |at: usize| range::year(reader, at).is_some();
    let is_dash = |at: usize| matches!(reader.lexed.symbol(at), Some('-' | '–' | '~' | '—'));
    let named = sets::YEAR_NAMED.has(reader.lexed.before(at, 1));
    let from_year = at >= 2 && is_dash(at - 1) && year(at - 2);
    year(at) && (named || from_year || is_dash(at + 1) && year(at + 2))
}

/// 2t3, 15k5: a price whose next lower part follows its scale as bare digits. Of 2k5 a birth year
/// is more common than a price.
fn price(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let whole = reader.lexed.digits(at).filter(|digits| digits.len() <= 3)?;
    let part = reader.lexed.glued_digits(at + 2).filter(|digits| digits.len() == 1)?;
    let (scale, below) = match reader.lexed.text(at + 1) {
        "t" => ("tỷ", "trăm triệu"),
        "k" if whole != "2" || reader.near_before(at, 3, &sets::PRICE_LEADS_SHORT) => {
            ("nghìn", "trăm")
        }
        _ => return None,
    };
    let apart = reader.lexed.is_glued(at) && at > 0;
    if apart
        || !reader.lexed.is_glued(at + 1)
        || reader.lexed.is_glued(at + 3) && reader.lexed.case(at + 3).is_some()
    {
        return None;
    }
    reader.verbalize(at, at + 3, "cardinal", Likely, |out| {
        number::count(whole, out);
        out.push_styled(scale);
        number::cardinal(part, out);
        out.push(below);
    });
    Some(at + 3)
}

/// Whether a long ungrouped number can be a quantity: it is round, or something counted follows.
fn counts(reader: &Reader<'_>, digits: &str, end: usize) -> bool {
    digits.ends_with("000") || sets::COUNTED_LONG.has(reader.lexed.word(end))
}
