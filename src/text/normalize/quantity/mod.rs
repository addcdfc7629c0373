//! Numbers that count or measure, with the unit that follows them: 2.405 học viên, 100,02%,
//! 55,61 triệu đồng, 02 Nghị quyết, số 05, thứ 4, tháng 4.

mod alternatives;
mod exponent;
mod identifier;
mod lettered;

use super::lex::Case;
use super::numeral::{self, Numeral};
use super::reader::Reader;
use super::verbalization::Verbalization;
use super::{date, number, range, unit};
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::{Mark, Token};
use crate::text::normalize::word_sets as sets;
pub(super) use alternatives::read as read_alternatives;
use identifier::{
    SHORTEST_CODE, is_account, is_force, is_long_code, is_name, is_short_code, leads_quantity,
};

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

/// điểm trung bình 9.125: a mean of marks has decimals and no thousands.
fn mean(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
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
fn spaced_comma(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
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

/// Says a numeral with signs in it. Where nothing is measured, a decimal point is said as it is
/// written (điểm 6.5); before a measure it is the comma of Vietnamese (3.5 triệu).
fn verbalize_signed(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>, measured: bool) {
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
fn is_listed_measure(reader: &Reader<'_>, at: usize) -> bool {
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
fn is_side(reader: &Reader<'_>, at: usize) -> bool {
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

/// Whether a number with a decimal point names a version or section (bản 2.0, mục 1.2, iOS 17.4):
/// it ends in a zero, or is after a word that such numbers follow or after a foreign name.
fn is_version(reader: &Reader<'_>, at: usize, number: &Numeral<'_>) -> bool {
    if !number.point {
        return false;
    }
    let before = reader.lexed.before(at, 1);
    // One UI 6.1: a syllable in capitals is a name, too.
    let case = reader.lexed.case(at.wrapping_sub(1));
    let capitals = case == Some(Case::Upper) && reader.lexed.text(at - 1).len() > 1;
    let foreign = case.is_some_and(|case| case != Case::Lower) && !reader.is_vietnamese(at - 1);
    let quantity = matches!(reader.lexed.symbol(number.end), Some('%' | '‰' | '°'))
        || sets::DECIMAL_AFTER.has(reader.lexed.word(number.end));
    let measured = reader.lexed.is_glued(number.end)
        && sets::GLUED_MEASURES.has(reader.lexed.text(number.end));
    // Camera 1.9MP
    let unit = reader.lexed.is_glued(number.end)
        && reader
            .tables
            .unit(reader.lexed.rest(number.end))
            .is_some_and(|unit| unit.symbol.len() > 1);
    let measured = measured || unit;
    if measured || unit::is_inch(reader, number.end) || is_factor(reader, at, number.end) {
        return false; // rộng 3.0m, màn hình 6.7", stent 3.0x28mm, crop 1.5x
    }
    let named =
        (foreign || capitals) && !quantity && before != "ph" && !is_side(reader, number.end);
    let scaled = sets::SCALES.has(reader.lexed.word(number.end));
    let numbered = sets::VERSION_LEADS.has(before);
    if reader.lexed.text(number.end) == "L" && reader.lexed.is_glued(number.end) {
        return false; // động cơ 2.0L
    }
    let unit = number.fraction == Some("0")
        && !named
        && !numbered
        && (measures(reader, at, number.end) || is_range_measured(reader, number.end));
    if unit {
        return false; // 8.0 m/s, 3.0 độ Richter, gấp 2.0 lần, 2.0–4.0m
    }
    let heads_a_list = at == 0 && reader.lexed.glued_symbol(number.end) == Some('.');
    let channels = reader.lexed.word(number.end) == "kênh"; // loa 2.1 kênh
    !scaled
        && !is_listed_measure(reader, number.end)
        && (heads_a_list || number.fraction == Some("0") || named || numbered || channels)
}

/// Whether a unit is behind the number from `at` to `end`, or lần behind what grows (gấp 2.0 lần), or degrees of an earthquake.
fn measures(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let before = lexed.before(at, 1);
    let degrees =
        matches!(lexed.word(end + 1), "richter" | "c") || matches!(before, "mạnh" | "lớn");
    reader.tables.unit(lexed.rest(end)).is_some()
        || lexed.word(end) == "lần" && sets::GROWS.has(before)
        || lexed.word(end) == "độ" && degrees
}

/// Whether the other end of a range is at `at`, behind its dash, and measured.
fn is_range_measured(reader: &Reader<'_>, at: usize) -> bool {
    let dash = reader.lexed.symbol(at).is_some_and(range::is_dash);
    dash && numeral::parse(&reader.lexed, at + 1)
        .is_some_and(|other| reader.tables.unit(reader.lexed.rest(other.end)).is_some())
}

/// Whether an x touches the number from `at` to `end` and makes it a factor: 3.0x28, 1.5x. The editions of a car have
/// letters too.
fn is_factor(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let times =
        matches!(reader.lexed.text(end), "x" | "X" | "×") || reader.lexed.symbol(end) == Some('×');
    let alone = || {
        reader.lexed.text(end) != "X"
            && !reader.lexed.goes_on(end + 1)
            && !unit::is_of_car(reader, at)
    };
    times && reader.lexed.is_glued(end) && (reader.lexed.glued_digits(end + 1).is_some() || alone())
}

/// Digits with points that are not a numeral: versions, section numbers, addresses of machines. Said
/// number by number, those of an account digit by digit.
fn read_dotted(reader: &mut Reader<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while matches!(reader.lexed.glued_symbol(end), Some('.' | ','))
        && reader.lexed.glued_digits(end + 1).is_some()
    {
        end += 2;
    }
    let written = reader.lexed.source(at, end);
    let address = written.split('.').count() == 4
        && written.split('.').all(|part| part.parse::<u16>().is_ok_and(|part| part < 256))
        && (reader.near_before(at, 3, &["ip", "địa"])
            || reader.last_tokens(3).any(|t| matches!(t, Token::Word(w) if w.class == "dotted")));
    let account = written.split('.').all(|part| part.len() >= 3) && is_long_code(reader, at);
    reader.verbalize(at, end, "dotted", Likely, |out| {
        for (i, part) in written.split(['.', ',']).enumerate() {
            if i > 0 && !account {
                out.push("chấm");
            }
            if account || address || part.starts_with('0') || part.len() > 3 {
                number::one_by_one(part, out);
            } else {
                number::cardinal(part, out);
            }
        }
    });
    end
}
